/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "train/class-picker.h"

#include <glib/gi18n.h>

#include "base/registry.h"
#include "train/settings.h"

/* As long as most names are. Beside the list of runs the bar has room for half of it: a long name takes two small
 * lines there. */
#define MOST_CHARS 40
#define BAR_CHARS 18
#define SHORT_NAME 14

/* A drop-down of all that the registry has of a kind, bound to a member of the document's "compile" settings, or of its
 * losses to that of one output. */
typedef struct
{
  GtkDropDown *drop_down;
  StrataDocument *document;
  StrataKind kind;
  char *member;
  guint output;
  char *output_name;            /* or NULL where there is but one loss */
  gboolean reading;
} Picker;

static void
picker_free (gpointer  data,
             GClosure *closure)
{
  Picker *self = data;

  g_free (self->member);
  g_free (self->output_name);
  g_free (self);
}

static const StrataObjectInfo *
get_selected (Picker *self)
{
  guint position = gtk_drop_down_get_selected (self->drop_down);

  return position != GTK_INVALID_LIST_POSITION ? strata_registry_list (self->kind)[position] : NULL;
}

static void
read_setting (Picker *self)
{
  g_autofree char *name = self->output_name != NULL
                          ? strata_settings_dup_loss (self->document, self->output, self->output_name)
                          : strata_settings_dup_class (self->document, "compile", self->member);
  const StrataObjectInfo *info = name != NULL ? strata_registry_lookup (self->kind, name) : NULL;
  const StrataObjectInfo *const *list = strata_registry_list (self->kind);
  guint position = GTK_INVALID_LIST_POSITION;

  for (guint i = 0; list[i] != NULL; i++)
    if (list[i] == info)
      position = i;
  self->reading = TRUE;
  gtk_drop_down_set_selected (self->drop_down, position);
  self->reading = FALSE;
}

static void
selected_cb (Picker *self)
{
  const StrataObjectInfo *info = get_selected (self);

  if (info == NULL)
    return;
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->drop_down), info->description != NULL ? _(info->description) : NULL);
  if (!self->reading && self->output_name != NULL)
    strata_settings_set_loss (self->document, self->output, info->name);
  else if (!self->reading)
    strata_settings_set_class (self->document, "compile", self->member, info->name);
}

static void
settings_changed_cb (StrataDocument *document,
                     const char     *key,
                     Picker         *self)
{
  if (g_strcmp0 (key, "compile") == 0)
    read_setting (self);
}

static void
gone_cb (GtkWidget *widget,
         Picker    *self)
{
  if (self->document == NULL)
    return;
  g_signal_handlers_disconnect_by_func (self->document, settings_changed_cb, self);
  g_clear_object (&self->document);
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          gpointer                  data)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (label), 6);
  gtk_label_set_max_width_chars (GTK_LABEL (label), GPOINTER_TO_INT (data));
  gtk_list_item_set_child (item, label);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item,
         gpointer                  data)
{
  const char *text = gtk_string_object_get_string (gtk_list_item_get_item (item));
  GtkWidget *label = gtk_list_item_get_child (item);
  gboolean lines = GPOINTER_TO_INT (data) == BAR_CHARS && g_utf8_strlen (text, -1) > SHORT_NAME;

  gtk_label_set_text (GTK_LABEL (label), text);
  gtk_label_set_wrap (GTK_LABEL (label), lines);
  gtk_label_set_lines (GTK_LABEL (label), lines ? 2 : 1);
  if (lines)
    gtk_widget_add_css_class (label, "small-lines");
  else
    gtk_widget_remove_css_class (label, "small-lines");
}

static GtkListItemFactory *
make_factory (int max_chars)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), GINT_TO_POINTER (max_chars));
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), GINT_TO_POINTER (max_chars));
  return factory;
}

static GtkWidget *
make (StrataDocument *document,
      StrataKind      kind,
      const char     *member,
      guint           output,
      const char     *output_name)
{
  g_autoptr (GtkListItemFactory) short_factory = make_factory (output_name != NULL ? MOST_CHARS : BAR_CHARS);
  g_autoptr (GtkListItemFactory) long_factory = make_factory (MOST_CHARS);
  GtkStringList *titles = gtk_string_list_new (NULL);
  Picker *self = g_new0 (Picker, 1);

  for (const StrataObjectInfo *const *info = strata_registry_list (kind); *info != NULL; info++)
    gtk_string_list_append (titles, (*info)->title != NULL ? _((*info)->title) : (*info)->name);
  self->drop_down = GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (titles), NULL));
  self->document = g_object_ref (document);
  self->kind = kind;
  self->member = g_strdup (member);
  self->output = output;
  self->output_name = g_strdup (output_name);
  gtk_drop_down_set_factory (self->drop_down, short_factory);
  gtk_drop_down_set_list_factory (self->drop_down, long_factory);
  g_signal_connect_data (self->drop_down, "notify::selected", G_CALLBACK (selected_cb), self, picker_free,
                         G_CONNECT_SWAPPED);
  g_signal_connect (self->drop_down, "destroy", G_CALLBACK (gone_cb), self);
  g_signal_connect (document, "settings-changed", G_CALLBACK (settings_changed_cb), self);
  read_setting (self);
  return GTK_WIDGET (self->drop_down);
}

/**
 * strata_class_picker_new:
 * @document: a document
 * @kind: what is picked
 * @member: "optimizer" or "loss"
 *
 * Returns: (transfer floating): a drop-down of all there are
 */
GtkWidget *
strata_class_picker_new (StrataDocument *document,
                         StrataKind      kind,
                         const char     *member)
{
  return make (document, kind, member, 0, NULL);
}

/**
 * strata_class_picker_new_for_output:
 * @document: a document
 * @output: which of several outputs
 * @name: what it is called
 *
 * Returns: (transfer floating): a drop-down of all losses
 */
GtkWidget *
strata_class_picker_new_for_output (StrataDocument *document,
                                    guint           output,
                                    const char     *name)
{
  return make (document, STRATA_KIND_LOSS, "loss", output, name);
}
