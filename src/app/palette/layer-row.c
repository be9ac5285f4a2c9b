/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "palette/layer-row.h"

#include <glib/gi18n.h>
#include <string.h>

#include "canvas/category-icon.h"
#include "canvas/metrics.h"
#include "canvas/node-widget.h"

/* All that any layer says of itself; without a limit, labels take thrice as long to be measured. */
#define MOST_LINES 4

/**
 * StrataLayerRow:
 *
 * A kind of layer to choose: what it is called and does. Can be dragged onto the canvas.
 */
struct _StrataLayerRow
{
  GtkListBoxRow parent_instance;

  const StrataLayerInfo *info;
  char *words;
};

G_DEFINE_FINAL_TYPE (StrataLayerRow, strata_layer_row, GTK_TYPE_LIST_BOX_ROW)

static void
strata_layer_row_finalize (GObject *object)
{
  g_free (STRATA_LAYER_ROW (object)->words);

  G_OBJECT_CLASS (strata_layer_row_parent_class)->finalize (object);
}

/* For assistive technology, which cannot press keys. */
static void
add_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  g_signal_emit_by_name (widget, "activate");
}

static void
strata_layer_row_class_init (StrataLayerRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_layer_row_finalize;
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "layer.add", NULL, add_action);
}

static void
strata_layer_row_init (StrataLayerRow *self)
{
}

static GdkContentProvider *
prepare_cb (GtkDragSource  *source,
            double          x,
            double          y,
            StrataLayerRow *self)
{
  return gdk_content_provider_new_typed (G_TYPE_STRING, self->info->object.name);
}

/* What is dragged looks like what will be dropped: the card of such a layer, alone in a document of its own. */
static void
drag_begin_cb (GtkDragSource  *source,
               GdkDrag        *drag,
               StrataLayerRow *self)
{
  g_autoptr (StrataDocument) document = strata_document_new ();
  StrataDocNode *node = strata_document_add_node (document, self->info->object.name, NULL, 0, 0, NULL);
  GtkWidget *card;

  if (node == NULL)
    return;
  card = strata_node_widget_new_sample (node);
  gtk_widget_add_css_class (card, "dragged");
  gtk_widget_set_margin_top (card, STRATA_PORT_SIZE);
  gtk_widget_set_margin_bottom (card, STRATA_PORT_SIZE);
  gtk_widget_set_margin_start (card, STRATA_PORT_SIZE);
  gtk_widget_set_margin_end (card, STRATA_PORT_SIZE);
  gtk_drag_icon_set_child (GTK_DRAG_ICON (gtk_drag_icon_get_for_drag (drag)), card);
  gdk_drag_set_hotspot (drag, STRATA_NODE_WIDTH / 2 + STRATA_PORT_SIZE, STRATA_NODE_HEIGHT / 2 + STRATA_PORT_SIZE);
}

static void
add_drag_source (StrataLayerRow *self)
{
  GtkDragSource *source = gtk_drag_source_new ();

  gtk_drag_source_set_actions (source, GDK_ACTION_COPY);
  g_signal_connect (source, "prepare", G_CALLBACK (prepare_cb), self);
  g_signal_connect (source, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (source));
}

static GtkWidget *
build_label (const char *text,
             const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_lines (GTK_LABEL (label), MOST_LINES);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

/* Long names may be broken between the words that they are made of. */
static char *
split_name (const char *name)
{
  GString *text = g_string_new (NULL);

  for (const char *c = name; *c != '\0'; c++)
    {
      if (c > name && g_ascii_isupper (c[0]) && g_ascii_islower (c[1]))
        g_string_append (text, "\u200b");
      g_string_append_c (text, *c);
    }
  return g_string_free (text, FALSE);
}

static void
build (StrataLayerRow *self)
{
  const StrataObjectInfo *info = &self->info->object;
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10), *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  const char *description = info->description != NULL ? _(info->description) : "";
  g_autofree char *name = split_name (info->name);

  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (texts), build_label (name, "heading"));
  if (*description != '\0')
    gtk_box_append (GTK_BOX (texts), build_label (description, "layer-description"));
  gtk_box_append (GTK_BOX (row), strata_category_icon_new (info->category));
  gtk_box_append (GTK_BOX (row), texts);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), row);
  gtk_widget_add_css_class (GTK_WIDGET (self), "layer");

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, info->name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description, -1);
}

/**
 * strata_layer_row_new:
 * @info: a kind of layer
 * @draggable: whether it can be dragged onto a canvas
 */
GtkWidget *
strata_layer_row_new (const StrataLayerInfo *info,
                      gboolean               draggable)
{
  StrataLayerRow *self = g_object_new (STRATA_TYPE_LAYER_ROW, NULL);
  g_autofree char *words = g_strjoin (" ", info->object.title != NULL ? _(info->object.title) : "",
                                      info->object.category != NULL ? info->object.category : "",
                                      info->object.description != NULL ? _(info->object.description) : "", NULL);

  self->info = info;
  self->words = g_utf8_casefold (words, -1);
  build (self);
  if (draggable)
    add_drag_source (self);
  return GTK_WIDGET (self);
}

const StrataLayerInfo *
strata_layer_row_get_info (StrataLayerRow *self)
{
  return self->info;
}

/**
 * strata_layer_row_match:
 * @search: some words
 *
 * Returns: how well the layer answers to @search: 0 not at all, more when it begins with it
 */
int
strata_layer_row_match (StrataLayerRow *self,
                        const char     *search)
{
  g_autofree char *sought = g_utf8_casefold (search, -1), *name = g_utf8_casefold (self->info->object.name, -1);
  g_auto (GStrv) words = g_strsplit_set (sought, " \t", -1);
  g_autofree char *joined = g_strjoinv ("", words);

  if (g_str_has_prefix (name, joined))
    return 3;
  if (strstr (name, joined) != NULL)
    return 2;
  for (guint i = 0; words[i] != NULL; i++)
    if (strstr (name, words[i]) == NULL && strstr (self->words, words[i]) == NULL)
      return 0;
  return 1;
}
