/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <adwaita.h>
#include <glib/gi18n.h>

#include "canvas/canvas-private.h"
#include "canvas/contrast.h"
#include "canvas/metrics.h"
#include "canvas/note-draw.h"
#include "canvas/note-widget.h"

/* How large what is new is, where nothing says otherwise. */
/* Between a new note and the cards beside it, and how often it goes on to find that. */
#define NOTE_DISTANCE 24
#define MOST_STEPS 100
#define NOTE_WIDTH 208
#define NOTE_HEIGHT 72
#define FRAME_WIDTH 320
#define FRAME_HEIGHT 240

/**
 * strata_canvas_get_note_area: (skip)
 * @area: (out): where a note is on the canvas, as it is dragged
 */
void
strata_canvas_get_note_area (StrataCanvas    *self,
                             StrataDocNote   *note,
                             graphene_rect_t *area)
{
  const StrataNoteLook *look = strata_doc_note_get_look (note);

  graphene_rect_init (area, look->x, look->y, look->width, look->height);
  if (self->drag == STRATA_DRAG_MOVE && g_hash_table_contains (self->moving, note))
    graphene_rect_offset (area, self->move_dx, self->move_dy);
  if (self->drag == STRATA_DRAG_RESIZE && self->resized == note)
    {
      area->size.width = MAX (look->width + self->move_dx, STRATA_NOTE_LEAST_WIDTH);
      area->size.height = MAX (look->height + self->move_dy, STRATA_NOTE_LEAST_HEIGHT);
    }
}

/**
 * strata_canvas_dup_notes: (skip)
 *
 * Returns: (transfer full) (element-type StrataDocNote): the notes and frames at this level
 */
GPtrArray *
strata_canvas_dup_notes (StrataCanvas *self)
{
  return strata_document_dup_notes (self->document, self->scope);
}

/**
 * strata_canvas_get_extent: (skip)
 * @units: some nodes and groups
 * @extent: (out): what contains their cards and all notes at this level
 *
 * Returns: whether there are any
 */
gboolean
strata_canvas_get_extent (StrataCanvas    *self,
                          const GPtrArray *units,
                          graphene_rect_t *extent)
{
  g_autoptr (GPtrArray) notes = strata_canvas_dup_notes (self);
  gboolean any = strata_canvas_get_bounds (self, units, extent);

  for (guint i = 0; i < notes->len; i++)
    {
      graphene_rect_t area;

      strata_canvas_get_note_area (self, g_ptr_array_index (notes, i), &area);
      graphene_rect_union (any ? extent : &area, &area, extent);
      any = TRUE;
    }
  return any;
}

/* What follows the document */

void
strata_canvas_note_added (StrataCanvas  *self,
                          StrataDocNote *note)
{
  GtkWidget *widget = strata_note_widget_new (note);
  guint group = strata_doc_note_get_look (note)->group;

  g_hash_table_insert (self->notes, note, widget);
  gtk_widget_set_visible (widget, group == (self->scope != NULL ? strata_doc_node_get_id (self->scope) : 0));
  gtk_widget_set_parent (widget, self->plane);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
strata_canvas_note_removed (StrataCanvas  *self,
                            StrataDocNote *note)
{
  GtkWidget *widget = g_hash_table_lookup (self->notes, note);

  if (self->edited == (gpointer) note)
    strata_canvas_end_editing (self, FALSE);
  if (self->resized == note)
    strata_canvas_cancel (self);
  g_hash_table_remove (self->notes, note);
  if (widget != NULL)
    gtk_widget_unparent (widget);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
strata_canvas_note_changed (StrataCanvas  *self,
                            StrataDocNote *note)
{
  GtkWidget *widget = g_hash_table_lookup (self->notes, note);

  if (widget != NULL)
    strata_note_widget_refresh (STRATA_NOTE_WIDGET (widget));
  strata_canvas_update_level (self);
}

/* Drawing */

static void
draw_kind (StrataCanvas    *self,
           cairo_t         *cr,
           GPtrArray       *notes,
           StrataNoteKind   kind,
           StrataNoteStyle *style,
           const GdkRGBA   *accent)
{
  graphene_rect_t sight;

  strata_canvas_get_sight (self, &sight);
  for (guint i = 0; i < notes->len; i++)
    {
      StrataDocNote *note = g_ptr_array_index (notes, i);
      graphene_rect_t area, title;

      strata_canvas_get_note_area (self, note, &area);
      if (strata_doc_note_get_kind (note) != kind || !graphene_rect_intersection (&area, &sight, NULL))
        continue;
      style->accent = strata_selection_contains_note (self->selection, note) ? accent : NULL;
      style->is_edited = self->edited == (gpointer) note;
      strata_note_draw (cr, note, &area, style, &title);
      if (title.size.width > 0)
        g_array_append_val (self->titles, title);
    }
}

static gboolean
has_card (const graphene_rect_t *place,
          gpointer               canvas)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();

  strata_canvas_find_cards (canvas, place, found);
  return found->len > 0;
}

/**
 * strata_canvas_draw_notes: (skip)
 * @kind: frames lie below wires, notes above
 */
void
strata_canvas_draw_notes (StrataCanvas   *self,
                          cairo_t        *cr,
                          StrataNoteKind  kind)
{
  GtkWidget *widget = GTK_WIDGET (self);
  g_autoptr (GPtrArray) notes = strata_canvas_dup_notes (self);
  StrataNoteStyle style = { .scale = strata_canvas_get_zoom (self), .hint = _("Double-click to write"),
                            .covers = has_card, .cover = self };
  GdkRGBA accent;

  if (kind == STRATA_NOTE_FRAME)
    g_array_set_size (self->titles, 0);
  if (notes->len == 0)
    return;
  style.context = gtk_widget_get_pango_context (widget);
  style.dark = adw_style_manager_get_dark (adw_style_manager_get_for_display (gtk_widget_get_display (widget)));
  style.mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  style.edge_alpha = strata_contrast_alpha (widget, 0.7);
  strata_canvas_get_ink (self, &style.ink);
  strata_canvas_look_up (self, "popover_bg_color", &style.ground);
  strata_canvas_look_up (self, "accent_bg_color", &accent);

  cairo_save (cr);
  cairo_translate (cr, self->viewport.x, self->viewport.y);
  cairo_scale (cr, self->viewport.scale, self->viewport.scale);
  draw_kind (self, cr, notes, kind, &style, &accent);
  cairo_restore (cr);
}

/* Commands */

/**
 * strata_canvas_collect_moved: (skip)
 * @nodes: (element-type StrataDocNode): gets what is selected and what lies on frames that are
 * @notes: (element-type StrataDocNote): likewise
 */
void
strata_canvas_collect_moved (StrataCanvas *self,
                             GPtrArray    *nodes,
                             GPtrArray    *notes)
{
  g_autoptr (GPtrArray) chosen = strata_selection_dup_nodes (self->selection);
  g_autoptr (GPtrArray) frames = strata_selection_dup_notes (self->selection);

  for (guint i = 0; i < chosen->len; i++)
    g_ptr_array_add (nodes, g_object_ref (g_ptr_array_index (chosen, i)));
  for (guint i = 0; i < frames->len; i++)
    g_ptr_array_add (notes, g_object_ref (g_ptr_array_index (frames, i)));
  for (guint i = 0; i < frames->len; i++)
    strata_document_collect_held (self->document, g_ptr_array_index (frames, i), nodes, notes);
}

/* Where the pointer is, or else in the middle. */
static void
get_spot (StrataCanvas     *self,
          graphene_point_t *spot)
{
  gboolean pointed = strata_canvas_is_pointed_at (self);
  double x = pointed ? self->pointer_x : gtk_widget_get_width (GTK_WIDGET (self)) / 2.0;
  double y = pointed ? self->pointer_y : gtk_widget_get_height (GTK_WIDGET (self)) / 2.0;

  strata_viewport_to_canvas (&self->viewport, x, y, spot);
}

static void
add (StrataCanvas         *self,
     StrataNoteKind        kind,
     const StrataNoteLook *look)
{
  StrataDocNote *note = strata_document_add_note (self->document, kind, look);

  strata_selection_select_note (self->selection, note);
  strata_canvas_reveal_widget (self, g_hash_table_lookup (self->notes, note));
  strata_canvas_edit_note (self, note);
}

/* Cards lie on notes: one that shall be read goes on beside them. */
static void
find_room (StrataCanvas   *self,
           StrataNoteLook *look)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  gboolean mirrored = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  for (guint i = 0; i < MOST_STEPS; i++)
    {
      graphene_rect_t around = GRAPHENE_RECT_INIT (look->x, look->y, look->width, look->height), card;
      gboolean taken = FALSE;

      graphene_rect_inset (&around, -NOTE_DISTANCE, -NOTE_DISTANCE);
      g_ptr_array_set_size (found, 0);
      strata_canvas_find_cards (self, &around, found);
      for (guint j = 0; j < found->len && !taken; j++)
        {
          strata_canvas_get_card_area (self, g_ptr_array_index (found, j), &card);
          taken = graphene_rect_intersection (&card, &around, NULL);
        }
      if (!taken)
        return;
      look->x = mirrored ? card.origin.x - NOTE_DISTANCE - look->width
                         : card.origin.x + card.size.width + NOTE_DISTANCE;
    }
}

/* At the pointer, or beside what is selected where that is elsewhere. */
static void
add_note_cb (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  StrataCanvas *self = STRATA_CANVAS (widget);
  StrataNoteLook look = { STRATA_NOTE_YELLOW, .width = NOTE_WIDTH, .height = NOTE_HEIGHT, .text = "" };
  g_autoptr (GPtrArray) nodes = strata_selection_dup_nodes (self->selection);
  graphene_rect_t bounds;
  graphene_point_t spot;

  get_spot (self, &spot);
  look.x = strata_snap (spot.x - look.width / 2);
  look.y = strata_snap (spot.y - look.height / 2);
  if (!strata_canvas_is_pointed_at (self) && strata_canvas_get_bounds (self, nodes, &bounds))
    {
      look.x = bounds.origin.x;
      look.y = bounds.origin.y;
    }
  find_room (self, &look);
  add (self, STRATA_NOTE_TEXT, &look);
}

/* Around what is selected, or else at the pointer. */
static void
add_frame_cb (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  StrataCanvas *self = STRATA_CANVAS (widget);
  g_autoptr (GPtrArray) nodes = strata_selection_dup_nodes (self->selection);
  StrataNoteLook look = { STRATA_NOTE_BLUE, .width = FRAME_WIDTH, .height = FRAME_HEIGHT, .text = "" };
  graphene_point_t spot;
  graphene_rect_t bounds;

  if (strata_canvas_get_bounds (self, nodes, &bounds))
    {
      look.x = bounds.origin.x - STRATA_FRAME_MARGIN;
      look.y = bounds.origin.y - STRATA_FRAME_TITLE;
      look.width = bounds.size.width + 2 * STRATA_FRAME_MARGIN;
      look.height = bounds.size.height + STRATA_FRAME_TITLE + STRATA_FRAME_BELOW;
    }
  else
    {
      get_spot (self, &spot);
      look.x = strata_snap (spot.x - look.width / 2);
      look.y = strata_snap (spot.y - look.height / 2);
    }
  add (self, STRATA_NOTE_FRAME, &look);
}

static void
color_cb (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  StrataCanvas *self = STRATA_CANVAS (widget);
  g_autoptr (GPtrArray) notes = strata_selection_dup_notes (self->selection);
  StrataNoteColor color;

  if (strata_note_color_parse (g_variant_get_string (parameter, NULL), &color))
    strata_document_color_notes (self->document, notes, color);
}

/* What screen readers and tests reach through a note's widget. */
static void
note_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  StrataCanvas *self = STRATA_CANVAS (widget);
  StrataDocNote *note = strata_document_get_note (self->document, g_variant_get_uint32 (parameter));
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_object_unref), none = g_ptr_array_new ();

  if (note == NULL)
    return;
  if (g_str_equal (name, "canvas.select-note"))
    strata_selection_select_note (self->selection, note);
  else if (g_str_equal (name, "canvas.edit-note"))
    strata_canvas_edit_note (self, note);
  else
    {
      g_ptr_array_add (notes, g_object_ref (note));
      strata_document_remove_all (self->document, none, notes);
    }
}

void
strata_canvas_class_init_notes (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "canvas.add-note", NULL, add_note_cb);
  gtk_widget_class_install_action (widget_class, "canvas.add-frame", NULL, add_frame_cb);
  gtk_widget_class_install_action (widget_class, "canvas.color", "s", color_cb);
  gtk_widget_class_install_action (widget_class, "canvas.select-note", "u", note_cb);
  gtk_widget_class_install_action (widget_class, "canvas.edit-note", "u", note_cb);
  gtk_widget_class_install_action (widget_class, "canvas.remove-note", "u", note_cb);
}
