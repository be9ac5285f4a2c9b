/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <glib/gi18n.h>

#include "canvas/canvas-private.h"
#include "canvas/metrics.h"

static void
delete_cb (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  StrataCanvas *self = STRATA_CANVAS (widget);
  g_autoptr (GPtrArray) nodes = strata_selection_dup_nodes (self->selection);
  g_autoptr (GPtrArray) notes = strata_selection_dup_notes (self->selection);
  StrataDocWire *wire = strata_selection_get_wire (self->selection);

  if (wire != NULL)
    strata_document_disconnect (self->document, wire);
  else
    strata_document_remove_all (self->document, nodes, notes);
}

static void
select_all_cb (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  StrataCanvas *self = STRATA_CANVAS (widget);
  g_autoptr (GPtrArray) units = strata_canvas_dup_units (self), notes = strata_canvas_dup_notes (self);

  strata_selection_set_all (self->selection, units, notes);
}

static void
arrange_cb (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  StrataCanvas *self = STRATA_CANVAS (widget);

  g_autoptr (GPtrArray) nodes = strata_selection_dup_nodes (self->selection);

  /* Of one card there is nothing to arrange. */
  if (nodes->len > 1)
    {
      strata_document_arrange_some (self->document, nodes);
      return;
    }
  strata_document_arrange (self->document);
  strata_canvas_zoom_to_fit (self);
}

static void
rename_cb (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  StrataCanvas *self = STRATA_CANVAS (widget);
  StrataDocNode *node = strata_selection_get_single (self->selection);
  StrataDocNote *note = strata_selection_get_single_note (self->selection);

  if (note != NULL)
    strata_canvas_edit_note (self, note);
  if (node == NULL)
    return;
  strata_canvas_reveal (self, node);
  strata_canvas_edit_name (self, node);
}

static void
help_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  StrataCanvas *self = STRATA_CANVAS (widget);
  StrataDocNode *node = strata_selection_get_single (self->selection);

  if (node != NULL)
    strata_canvas_popup_help (self, node);
}

static void
zoom_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  StrataCanvas *self = STRATA_CANVAS (widget);

  if (g_str_equal (name, "canvas.zoom-in"))
    strata_canvas_zoom_in (self);
  else if (g_str_equal (name, "canvas.zoom-out"))
    strata_canvas_zoom_out (self);
  else if (g_str_equal (name, "canvas.zoom-original"))
    strata_canvas_zoom_to (self, 1);
  else
    strata_canvas_zoom_to_fit (self);
}

static void
want_input_cb (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  StrataCanvas *self = STRATA_CANVAS (widget);
  StrataDocNode *node = strata_selection_get_single (self->selection);

  if (node != NULL)
    strata_document_want_inputs (self->document, node, g_variant_get_uint32 (parameter));
}

static void
toggle_causal_cb (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  StrataCanvas *self = STRATA_CANVAS (widget);
  StrataDocNode *node = strata_selection_get_single (self->selection);

  if (node != NULL)
    strata_document_set_causal (self->document, node, !strata_doc_node_is_causal (node));
}

static void
toggle_amounts_cb (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  strata_canvas_set_amounts (STRATA_CANVAS (widget), !strata_canvas_get_amounts (STRATA_CANVAS (widget)));
}

/* By pixels, as wheels do. */
static void
pan_cb (GtkWidget  *widget,
        const char *name,
        GVariant   *parameter)
{
  double dx, dy;

  g_variant_get (parameter, "(dd)", &dx, &dy);
  strata_canvas_pan (STRATA_CANVAS (widget), dx, dy);
}

static void
search_cb (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  strata_canvas_begin_search (STRATA_CANVAS (widget));
}

static void
menu_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  StrataCanvas *self = STRATA_CANVAS (widget);
  StrataDocNode *node = strata_selection_get_single (self->selection);
  graphene_point_t point;
  graphene_rect_t area;

  graphene_point_init (&point, gtk_widget_get_width (widget) / 2.0, gtk_widget_get_height (widget) / 2.0);
  if (node != NULL)
    {
      strata_canvas_reveal (self, node);
      strata_canvas_get_card_area (self, node, &area);
      graphene_rect_get_center (&area, &point);
      strata_viewport_to_widget (&self->viewport, &point, &point);
    }
  strata_canvas_popup_menu (self, point.x, point.y);
}

/* What screen readers and tests reach through a card */

static StrataDocNode *
get_node (StrataCanvas *self,
          GVariant     *parameter)
{
  return strata_document_get_node (self->document, g_variant_get_uint32 (parameter));
}

static void
select_node_cb (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  StrataCanvas *self = STRATA_CANVAS (widget);
  StrataDocNode *node = get_node (self, parameter);

  if (node == NULL)
    return;
  if (g_str_equal (name, "canvas.toggle-node"))
    strata_selection_toggle (self->selection, node);
  else
    strata_selection_select (self->selection, node);
}

static void
remove_node_cb (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  StrataCanvas *self = STRATA_CANVAS (widget);
  StrataDocNode *node = get_node (self, parameter);
  g_autoptr (GPtrArray) nodes = g_ptr_array_new_with_free_func (g_object_unref);

  if (node == NULL)
    return;
  g_ptr_array_add (nodes, g_object_ref (node));
  strata_document_remove_nodes (self->document, nodes);
}

/* The first call begins a wire at a node's output, the second leads it to another node. */
static void
connect_node (StrataCanvas  *self,
              StrataDocNode *node)
{
  if (!self->ghost.active)
    {
      strata_canvas_begin_wire (self, &(StrataPort){ node, TRUE, 0 }, NULL);
      return;
    }
  strata_canvas_aim_wire_at (self, node);
  if (self->ghost.has_target)
    strata_canvas_finish_wire (self, 0, 0);
  else
    strata_canvas_cancel_wire (self);
}

static void
connect_node_cb (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  StrataCanvas *self = STRATA_CANVAS (widget);
  StrataDocNode *node = get_node (self, parameter);

  if (node != NULL)
    connect_node (self, node);
}

/* Connects the two nodes that are selected, from the upper to the lower; of one, begins a wire. */
static void
connect_cb (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  StrataCanvas *self = STRATA_CANVAS (widget);
  g_autoptr (GPtrArray) nodes = strata_selection_dup_nodes (self->selection);
  guint upper;

  if (nodes->len == 1)
    connect_node (self, g_ptr_array_index (nodes, 0));
  if (nodes->len != 2)
    return;
  upper = strata_doc_node_get_y (g_ptr_array_index (nodes, 0)) <= strata_doc_node_get_y (g_ptr_array_index (nodes, 1))
          ? 0 : 1;
  strata_canvas_cancel_wire (self);
  connect_node (self, g_ptr_array_index (nodes, upper));
  connect_node (self, g_ptr_array_index (nodes, 1 - upper));
}

void
strata_canvas_class_init_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "canvas.delete", NULL, delete_cb);
  gtk_widget_class_install_action (widget_class, "canvas.select-all", NULL, select_all_cb);
  gtk_widget_class_install_action (widget_class, "canvas.arrange", NULL, arrange_cb);
  gtk_widget_class_install_action (widget_class, "canvas.rename", NULL, rename_cb);
  gtk_widget_class_install_action (widget_class, "canvas.help", NULL, help_cb);
  gtk_widget_class_install_action (widget_class, "canvas.search", NULL, search_cb);
  gtk_widget_class_install_action (widget_class, "canvas.menu", NULL, menu_cb);
  gtk_widget_class_install_action (widget_class, "canvas.connect", NULL, connect_cb);
  gtk_widget_class_install_action (widget_class, "canvas.zoom-in", NULL, zoom_cb);
  gtk_widget_class_install_action (widget_class, "canvas.zoom-out", NULL, zoom_cb);
  gtk_widget_class_install_action (widget_class, "canvas.zoom-original", NULL, zoom_cb);
  gtk_widget_class_install_action (widget_class, "canvas.zoom-fit", NULL, zoom_cb);
  gtk_widget_class_install_action (widget_class, "canvas.want-input", "u", want_input_cb);
  gtk_widget_class_install_action (widget_class, "canvas.toggle-causal", NULL, toggle_causal_cb);
  gtk_widget_class_install_action (widget_class, "canvas.toggle-amounts", NULL, toggle_amounts_cb);
  gtk_widget_class_install_action (widget_class, "canvas.pan", "(dd)", pan_cb);
  gtk_widget_class_install_action (widget_class, "canvas.select-node", "u", select_node_cb);
  gtk_widget_class_install_action (widget_class, "canvas.toggle-node", "u", select_node_cb);
  gtk_widget_class_install_action (widget_class, "canvas.connect-node", "u", connect_node_cb);
  gtk_widget_class_install_action (widget_class, "canvas.remove-node", "u", remove_node_cb);
}
