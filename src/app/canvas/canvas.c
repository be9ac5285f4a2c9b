/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "canvas/canvas-private.h"

#include <glib/gi18n.h>
#include <math.h>

#include "base/json.h"
#include "canvas/metrics.h"
#include "canvas/node-widget-private.h"
#include "canvas/note-widget.h"
#include "canvas/plane.h"
#include "canvas/text.h"

/* How far a card's shadow and ports reach beyond it. */
#define SHADOW 24

/**
 * StrataCanvas:
 *
 * Where the network of a document is seen and edited. Cards are widgets; the
 * canvas draws what is between them and handles the pointer for all.
 */
G_DEFINE_FINAL_TYPE (StrataCanvas, strata_canvas, GTK_TYPE_WIDGET)

enum
{
  PROP_ZOOM = 1,
  N_PROPS,
};

enum
{
  NOTICE,
  SEARCH,
  SCOPE_CHANGED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

void
strata_canvas_notice (StrataCanvas *self,
                      const char   *text)
{
  g_signal_emit (self, signals[NOTICE], 0, text);
}

void
strata_canvas_emit_search (StrataCanvas *self,
                           double        x,
                           double        y)
{
  g_signal_emit (self, signals[SEARCH], 0, x, y);
}

/**
 * strata_canvas_get_card_area: (skip)
 * @area: (out): where the card of @node is on the canvas, as it is dragged
 */
void
strata_canvas_get_card_area (StrataCanvas    *self,
                             StrataDocNode   *node,
                             graphene_rect_t *area)
{
  gboolean moving = self->drag == STRATA_DRAG_MOVE && g_hash_table_contains (self->moving, node);

  graphene_rect_init (area,
                      strata_doc_node_get_x (node) + (moving ? self->move_dx : 0),
                      strata_doc_node_get_y (node) + (moving ? self->move_dy : 0),
                      strata_doc_node_get_width (node), strata_doc_node_get_height (node));
}

/**
 * strata_canvas_get_bounds: (skip)
 * @nodes: some nodes
 * @bounds: (out): what contains their cards
 *
 * Returns: whether there are any
 */
gboolean
strata_canvas_get_bounds (StrataCanvas    *self,
                          const GPtrArray *nodes,
                          graphene_rect_t *bounds)
{
  for (guint i = 0; i < nodes->len; i++)
    {
      graphene_rect_t area;

      strata_canvas_get_card_area (self, g_ptr_array_index (nodes, i), &area);
      graphene_rect_union (i > 0 ? bounds : &area, &area, bounds);
    }
  return nodes->len > 0;
}

/**
 * strata_canvas_get_widget_area: (skip)
 * @widget: a card, or what stands for a note
 * @area: (out): where it is on the canvas, as it is dragged
 */
void
strata_canvas_get_widget_area (StrataCanvas    *self,
                               GtkWidget       *widget,
                               graphene_rect_t *area)
{
  if (STRATA_IS_NOTE_WIDGET (widget))
    strata_canvas_get_note_area (self, strata_note_widget_get_note (STRATA_NOTE_WIDGET (widget)), area);
  else
    strata_canvas_get_card_area (self, strata_node_widget_get_node (STRATA_NODE_WIDGET (widget)), area);
}

static void
place_widget (GtkWidget       *child,
              graphene_rect_t *area,
              gpointer         user_data)
{
  strata_canvas_get_widget_area (user_data, child, area);
}

static void
wires_changed (StrataCanvas *self)
{
  strata_canvas_forget_wires (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
cards_changed (StrataCanvas *self)
{
  strata_canvas_forget_places (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Cards moved: on the plane, and the wires with them. */
void
strata_canvas_nodes_moved (StrataCanvas *self)
{
  gtk_widget_queue_allocate (self->plane);
  cards_changed (self);
}

/* The same, while the pointer has them. */
void
strata_canvas_nodes_dragged (StrataCanvas *self,
                             GPtrArray    *nodes)
{
  gtk_widget_queue_allocate (self->plane);
  strata_canvas_forget_places_of (self, nodes);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static StrataDetail
choose_detail (double zoom)
{
  return zoom < 0.3 ? STRATA_DETAIL_BLOCKS : zoom < 0.55 ? STRATA_DETAIL_NAMES : STRATA_DETAIL_FULL;
}

/* Cards are drawn in pixels of this zoom, once they are seen as such. */
static void
update_sprites (StrataCanvas *self)
{
  GHashTableIter iter;
  gpointer card;

  if (self->detail != STRATA_DETAIL_FULL || self->card_scale == self->viewport.scale)
    return;
  self->card_scale = self->viewport.scale;
  g_hash_table_iter_init (&iter, self->cards);
  while (g_hash_table_iter_next (&iter, NULL, &card))
    strata_node_widget_set_sprites (card, self->faces, self->card_scale);
}

void
strata_canvas_viewport_changed (StrataCanvas *self)
{
  self->detail = choose_detail (strata_canvas_get_zoom (self));
  update_sprites (self);
  self->fitted = FALSE;
  strata_canvas_hide_hint (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ZOOM]);
}

/* What follows the document */

static void
node_added_cb (StrataCanvas  *self,
               StrataDocNode *node)
{
  GtkWidget *card = strata_node_widget_new (node);

  strata_node_widget_set_flow (STRATA_NODE_WIDGET (card), self->flow);
  if (self->card_scale > 0)
    strata_node_widget_set_sprites (STRATA_NODE_WIDGET (card), self->faces, self->card_scale);
  strata_node_widget_set_selected (STRATA_NODE_WIDGET (card), strata_selection_contains (self->selection, node));
  g_hash_table_insert (self->cards, node, card);
  gtk_widget_set_visible (card, strata_doc_node_get_group (node) == self->scope);
  gtk_widget_set_parent (card, self->plane);
  cards_changed (self);
}

static void
node_removed_cb (StrataCanvas  *self,
                 StrataDocNode *node)
{
  GtkWidget *card = g_hash_table_lookup (self->cards, node);

  if (card == NULL)
    return;
  if (self->has_hover && self->hover.node == node)
    self->has_hover = FALSE;
  if (self->ghost.active &&
      (self->ghost.from.node == node || (self->ghost.has_target && self->ghost.target.node == node)))
    strata_canvas_cancel_wire (self);
  if (self->edited == (gpointer) node)
    strata_canvas_end_editing (self, FALSE);
  if (strata_doc_node_is_group (node))
    strata_canvas_group_removed (self, node);
  g_hash_table_remove (self->cards, node);
  if (gtk_widget_has_focus (card))
    gtk_widget_grab_focus (GTK_WIDGET (self));
  gtk_widget_unparent (card);
  cards_changed (self);
}

static void
wire_removed_cb (StrataCanvas  *self,
                 StrataDocWire *wire)
{
  if (self->drop_wire == wire)
    self->drop_wire = NULL;
  if (self->ghost.detached == wire)
    self->ghost.detached = NULL;
  wires_changed (self);
}

/* After any change, as shapes may be new far from where something was edited. */
static void
analysed_cb (StrataCanvas *self)
{
  gboolean resized = FALSE;
  GHashTableIter iter;
  gpointer card;

  g_hash_table_iter_init (&iter, self->cards);
  while (g_hash_table_iter_next (&iter, NULL, &card))
    resized |= strata_node_widget_refresh (card);
  if (self->amounts)
    strata_canvas_update_shares (self);
  /* Where ports are depends on how many a node has. */
  if (resized)
    strata_canvas_nodes_moved (self);
  else
    wires_changed (self);
}

/* The document notes which way its data flows. */
static void
update_flow (StrataCanvas *self)
{
  JsonNode *view = strata_document_get_setting (self->document, "view");
  const char *name = NULL;
  GHashTableIter iter;
  gpointer card;

  if (view != NULL && JSON_NODE_HOLDS_OBJECT (view))
    name = strata_json_get_string (json_node_get_object (view), "flow", NULL);
  self->flow = g_strcmp0 (name, "right") == 0 ? STRATA_FLOW_RIGHT : STRATA_FLOW_DOWN;
  g_hash_table_iter_init (&iter, self->cards);
  while (g_hash_table_iter_next (&iter, NULL, &card))
    strata_node_widget_set_flow (card, self->flow);
  wires_changed (self);
}

static void
selection_changed_cb (StrataCanvas *self)
{
  GHashTableIter iter;
  gpointer node, card;

  strata_document_end_coalescing (self->document);
  g_hash_table_iter_init (&iter, self->cards);
  while (g_hash_table_iter_next (&iter, &node, &card))
    strata_node_widget_set_selected (card, strata_selection_contains (self->selection, node));
  g_hash_table_iter_init (&iter, self->notes);
  while (g_hash_table_iter_next (&iter, &node, &card))
    strata_note_widget_set_selected (card, strata_selection_contains_note (self->selection, node));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Layout */

static void
strata_canvas_measure (GtkWidget      *widget,
                       GtkOrientation  orientation,
                       int             for_size,
                       int            *minimum,
                       int            *natural,
                       int            *minimum_baseline,
                       int            *natural_baseline)
{
  *minimum = STRATA_NODE_WIDTH;
  *natural = 3 * STRATA_NODE_WIDTH;
}

/**
 * strata_canvas_get_sight: (skip)
 * @sight: (out): what can be seen of the canvas, with some room for shadows
 */
void
strata_canvas_get_sight (StrataCanvas    *self,
                         graphene_rect_t *sight)
{
  GtkWidget *widget = GTK_WIDGET (self);
  graphene_point_t from, to;

  strata_viewport_to_canvas (&self->viewport, 0, 0, &from);
  strata_viewport_to_canvas (&self->viewport, gtk_widget_get_width (widget), gtk_widget_get_height (widget), &to);
  graphene_rect_init (sight, from.x - SHADOW, from.y - SHADOW, to.x - from.x + 2 * SHADOW, to.y - from.y + 2 * SHADOW);
}

static void
strata_canvas_size_allocate (GtkWidget *widget,
                             int        width,
                             int        height,
                             int        baseline)
{
  StrataCanvas *self = STRATA_CANVAS (widget);
  GskTransform *transform;
  graphene_rect_t sight;

  if (!self->shown)
    {
      self->shown = TRUE;
      strata_canvas_show_first (self);
    }
  else if (self->fitted && (width != self->fitted_width || height != self->fitted_height))
    strata_canvas_zoom_to_fit (self);
  strata_canvas_get_sight (self, &sight);
  strata_plane_set_sight (STRATA_PLANE (self->plane), &sight);
  /* On whole pixels, for which cards are drawn. */
  transform = gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT (round (self->viewport.x), round (self->viewport.y)));
  transform = gsk_transform_scale (transform, self->viewport.scale, self->viewport.scale);
  gtk_widget_allocate (self->plane, 1, 1, -1, transform);
  strata_canvas_allocate_editor (self);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_POPOVER (child))
      gtk_popover_present (GTK_POPOVER (child));
}

/* The canvas grows with the desktop's text, so that cards keep their proportions. */
static void
update_text_scale (StrataCanvas *self)
{
  double text_scale = strata_text_get_scale (GTK_WIDGET (self));

  if (text_scale == self->text_scale)
    return;
  strata_viewport_zoom_at (&self->viewport, 0, 0, self->viewport.scale * text_scale / self->text_scale);
  self->text_scale = text_scale;
  strata_canvas_viewport_changed (self);
}

/* Another font needs other cards. */
static void
fit_cards (StrataCanvas *self)
{
  GHashTableIter iter;
  gpointer card;

  g_hash_table_iter_init (&iter, self->cards);
  while (g_hash_table_iter_next (&iter, NULL, &card))
    strata_node_widget_fit (card);
  g_hash_table_remove_all (self->pills);
  strata_sprites_forget (self->pill_faces);
  strata_canvas_nodes_moved (self);
}

static void
strata_canvas_system_setting_changed (GtkWidget        *widget,
                                      GtkSystemSetting  setting)
{
  GTK_WIDGET_CLASS (strata_canvas_parent_class)->system_setting_changed (widget, setting);
  if (setting == GTK_SYSTEM_SETTING_DPI)
    update_text_scale (STRATA_CANVAS (widget));
  else if (setting == GTK_SYSTEM_SETTING_FONT_NAME || setting == GTK_SYSTEM_SETTING_FONT_CONFIG)
    fit_cards (STRATA_CANVAS (widget));
}

static void
strata_canvas_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  if (prop_id == PROP_ZOOM)
    g_value_set_double (value, strata_canvas_get_zoom (STRATA_CANVAS (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
strata_canvas_dispose (GObject *object)
{
  StrataCanvas *self = STRATA_CANVAS (object);
  GtkWidget *child;

  self->ghost.active = FALSE;
  self->editor = NULL;
  g_clear_object (&self->hint);
  g_clear_weak_pointer (&self->controls);
  g_clear_object (&self->edited);
  if (self->document != NULL)
    g_signal_handlers_disconnect_by_data (self->document, self);
  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  g_hash_table_remove_all (self->cards);
  g_hash_table_remove_all (self->notes);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->scope);
  g_clear_object (&self->selection);
  g_clear_object (&self->document);

  G_OBJECT_CLASS (strata_canvas_parent_class)->dispose (object);
}

static void
strata_canvas_finalize (GObject *object)
{
  StrataCanvas *self = STRATA_CANVAS (object);

  g_hash_table_unref (self->cards);
  g_hash_table_unref (self->notes);
  g_hash_table_unref (self->moving);
  g_ptr_array_unref (self->moved_nodes);
  g_ptr_array_unref (self->moved_notes);
  g_hash_table_unref (self->curves);
  strata_sprites_free (self->faces);
  strata_sprites_free (self->pill_faces);
  g_hash_table_unref (self->pills);
  g_hash_table_unref (self->shadows);
  g_array_unref (self->titles);
  strata_tiles_free (self->card_tiles);
  strata_tiles_free (self->wire_tiles);
  g_clear_pointer (&self->band_base, g_ptr_array_unref);
  g_free (self->ghost.reason);
  g_free (self->ghost.result);

  G_OBJECT_CLASS (strata_canvas_parent_class)->finalize (object);
}

static void
strata_canvas_class_init (StrataCanvasClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = strata_canvas_dispose;
  object_class->finalize = strata_canvas_finalize;
  object_class->get_property = strata_canvas_get_property;
  widget_class->measure = strata_canvas_measure;
  widget_class->size_allocate = strata_canvas_size_allocate;
  widget_class->snapshot = strata_canvas_snapshot;
  widget_class->system_setting_changed = strata_canvas_system_setting_changed;
  widget_class->focus = strata_canvas_focus;

  properties[PROP_ZOOM] = g_param_spec_double ("zoom", NULL, NULL, 0, STRATA_MAX_ZOOM, 1,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[NOTICE] = g_signal_new ("notice", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SEARCH] = g_signal_new ("search", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 2, G_TYPE_DOUBLE, G_TYPE_DOUBLE);

  signals[SCOPE_CHANGED] = g_signal_new ("scope-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                         NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_css_name (widget_class, "strata-canvas");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST_BOX);
  strata_canvas_class_init_actions (widget_class);
  strata_canvas_class_init_clipboard (widget_class);
  strata_canvas_class_init_groups (widget_class);
  strata_canvas_class_init_notes (widget_class);
  strata_canvas_class_init_keys (widget_class);
}

static void
strata_canvas_init (StrataCanvas *self)
{
  self->cards = g_hash_table_new (NULL, NULL);
  self->notes = g_hash_table_new (NULL, NULL);
  self->moving = g_hash_table_new (NULL, NULL);
  self->moved_nodes = g_ptr_array_new_with_free_func (g_object_unref);
  self->moved_notes = g_ptr_array_new_with_free_func (g_object_unref);
  self->curves = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->shadows = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) cairo_surface_destroy);
  self->faces = strata_sprites_new ();
  self->pill_faces = strata_sprites_new ();
  self->pills = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->titles = g_array_new (FALSE, FALSE, sizeof (graphene_rect_t));
  self->card_tiles = strata_tiles_new ();
  self->wire_tiles = strata_tiles_new ();
  self->viewport.scale = self->text_scale = 1;
  self->detail = STRATA_DETAIL_FULL;
  self->plane = strata_plane_new (place_widget, self);
  gtk_widget_set_parent (self->plane, GTK_WIDGET (self));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Network"),
                                  GTK_ACCESSIBLE_PROPERTY_MULTI_SELECTABLE, TRUE, -1);

  strata_canvas_init_pointer (self);
  strata_canvas_init_keys (self);
  strata_canvas_init_drop (self);
  strata_canvas_init_hint (self);
  update_text_scale (self);
}

GtkWidget *
strata_canvas_new (StrataDocument  *document,
                   StrataSelection *selection)
{
  StrataCanvas *self = g_object_new (STRATA_TYPE_CANVAS, NULL);
  const GPtrArray *nodes = strata_document_get_nodes (document);

  self->document = g_object_ref (document);
  self->selection = g_object_ref (selection);
  update_flow (self);
  for (guint i = 0; i < nodes->len; i++)
    node_added_cb (self, g_ptr_array_index (nodes, i));
  for (guint i = 0; i < strata_document_get_groups (document)->len; i++)
    node_added_cb (self, g_ptr_array_index (strata_document_get_groups (document), i));
  for (guint i = 0; i < strata_document_get_notes (document)->len; i++)
    strata_canvas_note_added (self, g_ptr_array_index (strata_document_get_notes (document), i));

  strata_document_arrange_first (document);

  g_signal_connect_swapped (document, "note-added", G_CALLBACK (strata_canvas_note_added), self);
  g_signal_connect_swapped (document, "note-removed", G_CALLBACK (strata_canvas_note_removed), self);
  g_signal_connect_swapped (document, "note-changed", G_CALLBACK (strata_canvas_note_changed), self);
  g_signal_connect_swapped (document, "node-added", G_CALLBACK (node_added_cb), self);
  g_signal_connect_swapped (document, "node-removed", G_CALLBACK (node_removed_cb), self);
  g_signal_connect_swapped (document, "node-moved", G_CALLBACK (strata_canvas_nodes_moved), self);
  g_signal_connect_swapped (document, "wire-added", G_CALLBACK (wires_changed), self);
  g_signal_connect_swapped (document, "wire-removed", G_CALLBACK (wire_removed_cb), self);
  g_signal_connect_swapped (document, "settings-changed", G_CALLBACK (update_flow), self);
  g_signal_connect_swapped (document, "groups-changed", G_CALLBACK (strata_canvas_update_level), self);
  g_signal_connect_swapped (document, "analysed", G_CALLBACK (analysed_cb), self);
  g_signal_connect_swapped (selection, "changed", G_CALLBACK (selection_changed_cb), self);
  return GTK_WIDGET (self);
}

StrataDocument *
strata_canvas_get_document (StrataCanvas *self)
{
  return self->document;
}

/**
 * strata_canvas_get_card:
 *
 * Returns: (nullable): the widget that shows @node
 */
StrataNodeWidget *
strata_canvas_get_card (StrataCanvas  *self,
                        StrataDocNode *node)
{
  return g_hash_table_lookup (self->cards, node);
}
