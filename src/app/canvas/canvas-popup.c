/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <glib/gi18n.h>

#include "canvas/canvas-private.h"
#include "canvas/note-draw.h"

static gboolean
unparent_cb (gpointer popover)
{
  gtk_widget_unparent (popover);
  return G_SOURCE_REMOVE;
}

/* Not at once: what was chosen in the popover may act after it is closed. */
static void
closed_cb (GtkWidget *popover)
{
  GtkWidget *canvas = gtk_widget_get_parent (popover);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (canvas));

  if (focus == NULL || gtk_widget_is_ancestor (focus, popover))
    gtk_widget_grab_focus (canvas);
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, unparent_cb, g_object_ref (popover), g_object_unref);
}

/**
 * strata_canvas_popup: (skip)
 * @popover: (transfer floating): what to show; it goes when it is closed
 * @area: what it points to, in the widget
 */
void
strata_canvas_popup (StrataCanvas          *self,
                     GtkWidget             *popover,
                     const graphene_rect_t *area)
{
  GdkRectangle place = { area->origin.x, area->origin.y, MAX (area->size.width, 1), MAX (area->size.height, 1) };

  self->space_held = FALSE;
  gtk_widget_set_parent (popover, GTK_WIDGET (self));
  gtk_popover_set_pointing_to (GTK_POPOVER (popover), &place);
  g_signal_connect (popover, "closed", G_CALLBACK (closed_cb), NULL);
  gtk_popover_popup (GTK_POPOVER (popover));
}

/**
 * strata_canvas_get_card_place: (skip)
 * @area: (out): where the card of @node is in the widget
 */
void
strata_canvas_get_card_place (StrataCanvas    *self,
                              StrataDocNode   *node,
                              graphene_rect_t *area)
{
  graphene_point_t corner;

  strata_canvas_get_card_area (self, node, area);
  strata_viewport_to_widget (&self->viewport, &area->origin, &corner);
  graphene_rect_init (area, corner.x, corner.y, area->size.width * self->viewport.scale,
                      area->size.height * self->viewport.scale);
}

/* The context menu */

static void
append_section (GMenu *menu,
                GMenu *section)
{
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
  g_object_unref (section);
}

static void
append_colors (GMenu *section)
{
  g_autoptr (GMenu) colors = g_menu_new ();

  for (guint i = 0; i < STRATA_NOTE_N_COLORS; i++)
    {
      g_autofree char *action = g_strdup_printf ("canvas.color::%s", strata_note_color_get_name (i));

      g_menu_append (colors, strata_note_color_get_title (i), action);
    }
  g_menu_append_submenu (section, _("C_olor"), G_MENU_MODEL (colors));
}

static void
append_input (GMenu      *menu,
              const char *label,
              guint       input)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, "canvas.want-input", "u", input + 1);
  g_menu_append_item (menu, item);
}

/* Inputs that a layer can do without, each of which can be had at once: who wants a mask need not take a key first. */
static void
append_inputs (GMenu         *section,
               StrataDocNode *node)
{
  guint first = strata_doc_node_get_n_inputs (node), end = strata_doc_node_get_most_inputs (node);
  g_autoptr (GMenu) inputs = g_menu_new ();

  if (end == first + 1)
    {
      g_autofree char *name = strata_doc_node_dup_input_name (node, first);
      /* Translators: %s is an input that a layer can do without, such as "key" or "first state". */
      g_autofree char *label = g_strdup_printf (_("Add _input “%s”"), name);

      append_input (section, label, first);
    }
  for (guint input = first; end > first + 1 && input < end; input++)
    {
      g_autofree char *name = strata_doc_node_dup_input_name (node, input);

      append_input (inputs, name, input);
    }
  if (end > first + 1)
    g_menu_append_submenu (section, _("Add _input"), G_MENU_MODEL (inputs));
}

static GMenuModel *
build_menu (StrataCanvas *self)
{
  guint n_nodes = strata_selection_get_n_nodes (self->selection);
  g_autoptr (GPtrArray) notes = strata_selection_dup_notes (self->selection);
  StrataDocNode *node = strata_selection_get_single (self->selection);
  GMenu *menu = g_menu_new (), *section = g_menu_new ();
  guint n_notes = notes->len;

  g_menu_append (section, _("_Add layer…"), "canvas.search");
  g_menu_append (section, _("Add _note"), "canvas.add-note");
  g_menu_append (section, n_nodes > 0 ? _("Add fram_e around") : _("Add fram_e"), "canvas.add-frame");
  append_section (menu, section);

  section = g_menu_new ();
  if (n_nodes == 1)
    {
      g_menu_append (section, _("_Rename…"), "canvas.rename");
      g_menu_append (section, _("What is t_his?"), "canvas.help");
    }
  if (n_nodes == 1)
    g_menu_append (section, _("_Connect to…"), "canvas.connect");
  else if (n_nodes == 2)
    g_menu_append (section, _("_Connect"), "canvas.connect");
  if (node != NULL)
    append_inputs (section, node);
  if (node != NULL && strata_doc_node_can_be_causal (node))
    g_menu_append (section, strata_doc_node_is_causal (node)
                   ? _("Loo_k at all steps") : _("Loo_k at earlier steps only"), "canvas.toggle-causal");
  if (n_nodes + n_notes > 0)
    g_menu_append (section, _("D_uplicate"), "canvas.duplicate");
  if (strata_selection_get_single_note (self->selection) != NULL)
    g_menu_append (section, _("_Write…"), "canvas.rename");
  if (n_notes > 0)
    append_colors (section);
  append_section (menu, section);

  section = g_menu_new ();
  if (n_nodes > 0)
    {
      g_menu_append (section, _("_Mute or unmute"), "canvas.mute");
      g_menu_append (section, _("_Group"), "canvas.group");
    }
  if (node != NULL && (strata_doc_node_is_group (node) || STRATA_IS_MODEL (strata_doc_node_get_layer (node))))
    g_menu_append (section, _("Look _inside"), "canvas.enter");
  if (node != NULL && strata_doc_node_is_group (node))
    g_menu_append (section, _("U_ngroup"), "canvas.ungroup");
  if (self->scope != NULL)
    g_menu_append (section, _("_Leave the group"), "canvas.leave");
  append_section (menu, section);

  section = g_menu_new ();
  if (n_nodes + n_notes > 0)
    {
      g_menu_append (section, _("Cu_t"), "canvas.cut");
      g_menu_append (section, _("Cop_y"), "canvas.copy");
    }
  g_menu_append (section, _("_Paste"), "canvas.paste");
  if (!strata_selection_is_empty (self->selection))
    g_menu_append (section, _("_Delete"), "canvas.delete");
  append_section (menu, section);

  section = g_menu_new ();
  g_menu_append (section, _("_Select all"), "canvas.select-all");
  g_menu_append (section, _("Arran_ge"), "canvas.arrange");
  g_menu_append (section, _("Fold _blocks"), "canvas.fold-blocks");
  g_menu_append (section, _("Zoom to _fit"), "canvas.zoom-fit");
  g_menu_append (section, self->amounts ? _("Sho_w no amounts") : _("Sho_w amounts on wires and cards"),
                 "canvas.toggle-amounts");
  append_section (menu, section);
  return G_MENU_MODEL (menu);
}

/**
 * strata_canvas_popup_menu: (skip)
 * @x: in the widget
 * @y: likewise
 *
 * Shows what can be done there; what lies there is selected first.
 */
void
strata_canvas_popup_menu (StrataCanvas *self,
                          double        x,
                          double        y)
{
  g_autoptr (GMenuModel) menu = NULL;
  GtkWidget *popover;
  GtkWindow *window;
  StrataHit hit;

  strata_canvas_hit (self, x, y, &hit);
  if (hit.card != NULL && !strata_selection_contains (self->selection, strata_node_widget_get_node (hit.card)))
    strata_selection_select (self->selection, strata_node_widget_get_node (hit.card));
  else if (hit.wire != NULL)
    strata_selection_select_wire (self->selection, hit.wire);
  else if (hit.note != NULL && !strata_selection_contains_note (self->selection, hit.note))
    strata_selection_select_note (self->selection, hit.note);

  self->pointer_x = x;
  self->pointer_y = y;
  self->pointer_counts = TRUE;
  menu = build_menu (self);
  popover = gtk_popover_menu_new_from_model (menu);
  gtk_popover_set_has_arrow (GTK_POPOVER (popover), FALSE);
  gtk_widget_set_halign (popover, GTK_ALIGN_START);
  strata_canvas_popup (self, popover, &GRAPHENE_RECT_INIT (x, y, 1, 1));
  /* Who came by keys goes on by keys. */
  window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  gtk_popover_set_mnemonics_visible (GTK_POPOVER (popover), gtk_window_get_focus_visible (window));
}

/* Problems */

static void
fix_clicked_cb (GtkButton *button,
                gpointer   user_data)
{
  GtkWidget *popover = gtk_widget_get_ancestor (GTK_WIDGET (button), GTK_TYPE_POPOVER);
  StrataCanvas *self = STRATA_CANVAS (gtk_widget_get_ancestor (popover, STRATA_TYPE_CANVAS));
  g_autoptr (StrataDiagnostic) diagnostic = strata_diagnostic_ref (user_data);
  g_autoptr (GError) error = NULL;

  gtk_popover_popdown (GTK_POPOVER (popover));
  if (!strata_diagnostic_apply_fix (diagnostic, self->document, &error))
    strata_canvas_notice (self, error->message);
}

static void
release_diagnostic (gpointer  diagnostic,
                    GClosure *closure)
{
  strata_diagnostic_unref (diagnostic);
}

static GtkWidget *
build_problem (StrataDiagnostic *diagnostic)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *label = gtk_label_new (strata_diagnostic_get_message (diagnostic));
  const char *fix = strata_diagnostic_get_fix_label (diagnostic);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 40);
  gtk_box_append (GTK_BOX (box), label);
  if (fix != NULL)
    {
      GtkWidget *button = gtk_button_new_with_label (fix);

      gtk_widget_add_css_class (button, "suggested-action");
      gtk_widget_set_halign (button, GTK_ALIGN_START);
      g_signal_connect_data (button, "clicked", G_CALLBACK (fix_clicked_cb), strata_diagnostic_ref (diagnostic),
                             release_diagnostic, 0);
      gtk_box_append (GTK_BOX (box), button);
    }
  return box;
}

/**
 * strata_canvas_popup_problems: (skip)
 *
 * Tells what is wrong with a card, with a button for what mends it.
 */
void
strata_canvas_popup_problems (StrataCanvas     *self,
                              StrataNodeWidget *card)
{
  StrataDocNode *node = strata_node_widget_get_node (card);
  const GPtrArray *diagnostics = strata_doc_node_get_diagnostics (node);
  GtkWidget *popover = gtk_popover_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 16);
  graphene_rect_t area;

  for (guint i = 0; i < diagnostics->len; i++)
    gtk_box_append (GTK_BOX (box), build_problem (g_ptr_array_index (diagnostics, i)));
  gtk_widget_add_css_class (box, "problems");
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  strata_canvas_get_card_place (self, node, &area);
  strata_canvas_popup (self, popover, &area);
}
