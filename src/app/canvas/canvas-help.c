/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <glib/gi18n.h>

#include "canvas/canvas-private.h"
#include "widgets/words.h"

/*
 * What F1 tells of a layer: what it does, its formula, its shapes, and each of its parameters with its value, all from
 * the tables that the engine has.
 */

static GtkWidget *
add_text (GtkWidget  *box,
          const char *text,
          const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_width_chars (GTK_LABEL (label), 44);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 52);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static void
add_shapes (GtkWidget     *box,
            StrataDocNode *node)
{
  const StrataSpec *spec = strata_doc_node_get_output_spec (node, 0);
  g_autofree char *shape = spec != NULL ? strata_words_shape (&spec->shape) : g_strdup (_("not known yet"));
  g_autofree char *count = strata_words_count (MAX (strata_doc_node_get_n_params (node), 0));
  g_autofree char *text = g_strdup_printf (_("Output: %s. Numbers to learn: %s."), shape, count);

  add_text (box, text, "numeric");
}

static void
add_param (GtkWidget         *box,
           const StrataParam *param,
           StrataObject      *object)
{
  g_autoptr (JsonNode) value = strata_param_get (param, object);
  g_autofree char *words = strata_words_value (value);
  g_autofree char *title = g_strdup_printf ("%s (%s): %s", param->title != NULL ? _(param->title) : param->name,
                                            param->name, words);

  add_text (box, title, "heading");
  if (param->description != NULL)
    add_text (box, _(param->description), "dim-label");
}

static GtkWidget *
build_sheet (StrataDocNode *node)
{
  StrataObject *object = STRATA_OBJECT (strata_doc_node_get_layer (node));
  const StrataLayerInfo *info = strata_doc_node_is_group (node) ? NULL : strata_doc_node_get_info (node);
  const GPtrArray *params = strata_object_get_params (object);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  gtk_widget_add_css_class (box, "layer-help");
  add_text (box, strata_doc_node_get_class_name (node), "title-3");
  if (info != NULL && info->object.description != NULL)
    add_text (box, _(info->object.description), NULL);
  if (strata_doc_node_is_group (node))
    add_text (box, _("Stands for the layers in it. In Keras, it is a model within the model."), NULL);
  if (info != NULL && info->object.formula != NULL)
    add_text (box, _(info->object.formula), "formula");
  add_shapes (box, node);
  for (guint i = 0; info != NULL && i < params->len; i++)
    if (strata_words_is_plain (g_ptr_array_index (params, i)))
      add_param (box, g_ptr_array_index (params, i), object);
  return box;
}

/**
 * strata_canvas_popup_help: (skip)
 *
 * Explains a layer beside its card.
 */
void
strata_canvas_popup_help (StrataCanvas  *self,
                          StrataDocNode *node)
{
  GtkWidget *popover = gtk_popover_new (), *scrolled = gtk_scrolled_window_new ();
  graphene_rect_t area;

  strata_canvas_reveal (self, node);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 420);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), build_sheet (node));
  gtk_popover_set_child (GTK_POPOVER (popover), scrolled);
  gtk_popover_set_position (GTK_POPOVER (popover), GTK_POS_RIGHT);
  strata_canvas_get_card_place (self, node, &area);
  strata_canvas_popup (self, popover, &area);
}
