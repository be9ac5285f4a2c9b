/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "canvas/canvas.h"
#include "canvas/curve.h"
#include "canvas/sprites.h"
#include "canvas/tiles.h"
#include "canvas/viewport.h"
#include "document/group.h"
#include "document/note.h"
#include "widgets/hint.h"

G_BEGIN_DECLS

/**
 * StrataDetail:
 * @STRATA_DETAIL_BLOCKS: colours, and names beside them where there is room
 * @STRATA_DETAIL_NAMES: names and shapes, large enough to be read from afar
 * @STRATA_DETAIL_FULL: parameters, shape and count
 *
 * How much of a node can be made out at a zoom level.
 */
typedef enum
{
  STRATA_DETAIL_BLOCKS,
  STRATA_DETAIL_NAMES,
  STRATA_DETAIL_FULL,
} StrataDetail;

/* What the pointer does while its button is down. */
typedef enum
{
  STRATA_DRAG_NONE,
  STRATA_DRAG_PAN,
  STRATA_DRAG_MOVE,
  STRATA_DRAG_BAND,
  STRATA_DRAG_WIRE,
  STRATA_DRAG_RESIZE,
} StrataDrag;

typedef enum
{
  STRATA_HIT_NOTHING,
  STRATA_HIT_CARD,
  STRATA_HIT_BADGE,
  STRATA_HIT_PORT,
  STRATA_HIT_WIRE,
  STRATA_HIT_NOTE,
  STRATA_HIT_GRIP,
} StrataHitKind;

/* What lies under a point. */
typedef struct
{
  StrataHitKind kind;
  StrataNodeWidget *card;
  StrataPort port;
  StrataDocWire *wire;
  StrataDocNote *note;
} StrataHit;

/* A wire that follows the pointer: from an output to where an input is sought, or the other way round. */
typedef struct
{
  gboolean active;
  StrataPort from;
  StrataDocWire *detached;
  gboolean has_target, fits;
  StrataPort target;
  char *reason, *result;
} StrataGhost;

/* What the layer that is being searched for shall be connected to, only that if it is strict, and where it shall be. */
typedef struct
{
  gboolean connects, strict;
  StrataPort from;
  double x, y;
} StrataPending;

struct _StrataCanvas
{
  GtkWidget parent_instance;

  StrataDocument *document;
  StrataSelection *selection;
  GtkWidget *plane;
  GHashTable *cards, *notes;    /* of nodes and of notes -> their widgets */
  StrataDocNode *scope;         /* the group that is looked into, or NULL */
  /* What lies where; curves of wires are kept until something moves. */
  GHashTable *curves;
  StrataSprites *faces, *pill_faces;    /* what cards and shapes on wires look like */
  double card_scale;            /* that cards are drawn for as widgets */
  GHashTable *pills;            /* text -> its layout at the scale below */
  GArray *titles;               /* where titles of frames were drawn last, which shapes on wires leave free */
  double pill_scale;
  GHashTable *shadows;          /* height in pixels -> mask, at the scale below */
  double shadow_scale;
  StrataTiles *card_tiles, *wire_tiles;
  gboolean cards_mapped, wires_mapped;

  StrataViewport viewport;
  double text_scale;
  StrataDetail detail;
  StrataFlow flow;
  gboolean amounts;             /* whether wires and cards show how much flows in them, and parameter counts */
  gboolean shown, recalls;      /* whether it shows at first what is below, rather than all */
  gboolean fitted;              /* all is shown, and shall be so in another size, too */
  int fitted_width, fitted_height;
  GtkWidget *controls;          /* what floats over its lower edge */
  graphene_point_t recalled;
  double recalled_zoom;

  StrataDrag drag;
  gboolean pressing;
  double start_x, start_y;
  double pointer_x, pointer_y;
  gboolean pointer_counts;      /* it was moved later than keys went about */
  StrataViewport start_viewport;
  double move_dx, move_dy;
  double move_x, move_y;
  gboolean aligned_x, aligned_y;
  GPtrArray *moved_nodes, *moved_notes;
  GHashTable *moving;           /* both of them */
  StrataDocNote *resized;
  graphene_rect_t band;
  GPtrArray *band_base;
  GtkGesture *click, *left, *middle;
  StrataPort hover;
  gboolean has_hover;

  StrataGhost ghost;
  StrataDocWire *drop_wire;
  StrataPending pending;

  GtkWidget *editor;            /* what one writes in, while one does */
  GObject *edited;              /* the node or note that this is for */

  StrataHint *hint;
  gboolean space_held, space_used;
  guint paste_count;
};

/* canvas.c */
void     strata_canvas_get_card_area  (StrataCanvas *self, StrataDocNode *node, graphene_rect_t *area);
void     strata_canvas_get_widget_area (StrataCanvas *self, GtkWidget *widget, graphene_rect_t *area);
gboolean strata_canvas_get_bounds     (StrataCanvas *self, const GPtrArray *nodes, graphene_rect_t *bounds);
void     strata_canvas_viewport_changed (StrataCanvas *self);
void     strata_canvas_nodes_moved    (StrataCanvas *self);
void     strata_canvas_nodes_dragged  (StrataCanvas *self, GPtrArray *nodes);
void     strata_canvas_get_sight      (StrataCanvas *self, graphene_rect_t *sight);
void     strata_canvas_notice         (StrataCanvas *self, const char *text);
void     strata_canvas_emit_search    (StrataCanvas *self, double x, double y);

/* canvas-groups.c */
void     strata_canvas_class_init_groups (GtkWidgetClass *widget_class);
GPtrArray *strata_canvas_dup_units    (StrataCanvas *self) G_GNUC_WARN_UNUSED_RESULT;
gboolean strata_canvas_get_wire_ports (StrataCanvas *self, StrataDocWire *wire, StrataPort *output, StrataPort *input);
void     strata_canvas_update_level   (StrataCanvas *self);
void     strata_canvas_group_removed  (StrataCanvas *self, StrataDocNode *group);
gboolean strata_canvas_enter          (StrataCanvas *self, StrataDocNode *node);

/* canvas-notes.c */
void     strata_canvas_class_init_notes (GtkWidgetClass *widget_class);
void     strata_canvas_get_note_area  (StrataCanvas *self, StrataDocNote *note, graphene_rect_t *area);
gboolean strata_canvas_get_extent     (StrataCanvas *self, const GPtrArray *units, graphene_rect_t *extent);
GPtrArray *strata_canvas_dup_notes    (StrataCanvas *self) G_GNUC_WARN_UNUSED_RESULT;
void     strata_canvas_note_added     (StrataCanvas *self, StrataDocNote *note);
void     strata_canvas_note_removed   (StrataCanvas *self, StrataDocNote *note);
void     strata_canvas_note_changed   (StrataCanvas *self, StrataDocNote *note);
void     strata_canvas_draw_notes     (StrataCanvas *self, cairo_t *cr, StrataNoteKind kind);
void     strata_canvas_collect_moved  (StrataCanvas *self, GPtrArray *nodes, GPtrArray *notes);

/* canvas-edit.c */
void     strata_canvas_edit_name      (StrataCanvas *self, StrataDocNode *node);
void     strata_canvas_edit_note      (StrataCanvas *self, StrataDocNote *note);
void     strata_canvas_end_editing    (StrataCanvas *self, gboolean accept);
void     strata_canvas_allocate_editor (StrataCanvas *self);

/* canvas-map.c */
void     strata_canvas_forget_places  (StrataCanvas *self);
void     strata_canvas_forget_places_of (StrataCanvas *self, GPtrArray *nodes);
void     strata_canvas_forget_wires   (StrataCanvas *self);
void     strata_canvas_find_cards     (StrataCanvas *self, const graphene_rect_t *area, GPtrArray *found);
void     strata_canvas_find_wires     (StrataCanvas *self, const graphene_rect_t *area, GPtrArray *found);
void     strata_canvas_get_wire_curve (StrataCanvas *self, StrataDocWire *wire, StrataCurve *curve);
void     strata_canvas_get_port_point (StrataCanvas *self, const StrataPort *port, graphene_point_t *point);

/* canvas-hit.c */
void     strata_canvas_hit            (StrataCanvas *self, double x, double y, StrataHit *hit);

/* canvas-amounts.c */
#define STRATA_MOST_THICKNESS 6
guint    strata_canvas_get_thickness  (StrataCanvas *self, StrataDocWire *wire);
void     strata_canvas_update_shares  (StrataCanvas *self);

/* canvas-far.c */
void     strata_canvas_draw_far       (StrataCanvas *self, cairo_t *cr, const GPtrArray *nodes);

/* canvas-labels.c */
void     strata_canvas_draw_labels    (StrataCanvas *self, cairo_t *cr, const GPtrArray *nodes);

/* canvas-wires.c */
void     strata_canvas_draw_wires     (StrataCanvas *self, cairo_t *cr, const GPtrArray *wires);
void     strata_canvas_draw_shadows (StrataCanvas *self, cairo_t *cr, const GPtrArray *nodes);
void     strata_canvas_draw_pills     (StrataCanvas *self, cairo_t *cr, const GPtrArray *wires);
void     strata_canvas_snapshot_ghost (StrataCanvas *self, GtkSnapshot *snapshot);

/* canvas-paint.c */
void     strata_canvas_snapshot       (GtkWidget *widget, GtkSnapshot *snapshot);
void     strata_canvas_get_ink        (StrataCanvas *self, GdkRGBA *ink);
void     strata_canvas_look_up        (StrataCanvas *self, const char *name, GdkRGBA *color);

/* canvas-pointer.c */
void     strata_canvas_init_pointer   (StrataCanvas *self);
void     strata_canvas_cancel         (StrataCanvas *self);

/* canvas-move.c */
void     strata_canvas_begin_move     (StrataCanvas *self, StrataDocNode *node);
void     strata_canvas_begin_move_note (StrataCanvas *self, StrataDocNote *note);
void     strata_canvas_begin_resize   (StrataCanvas *self, StrataDocNote *note);
void     strata_canvas_update_resize  (StrataCanvas *self, double dx, double dy);
void     strata_canvas_end_resize     (StrataCanvas *self);
void     strata_canvas_update_move    (StrataCanvas *self, double dx, double dy);
void     strata_canvas_end_move       (StrataCanvas *self);
void     strata_canvas_begin_band     (StrataCanvas *self, gboolean adds);
void     strata_canvas_update_band    (StrataCanvas *self, double dx, double dy);

/* canvas-guides.c */
void     strata_canvas_align_move     (StrataCanvas *self);
void     strata_canvas_snapshot_guides (StrataCanvas *self, GtkSnapshot *snapshot);

/* canvas-wiring.c */
void     strata_canvas_begin_wire     (StrataCanvas *self, const StrataPort *from, StrataDocWire *detached);
void     strata_canvas_aim_wire       (StrataCanvas *self, double x, double y);
void     strata_canvas_aim_wire_at    (StrataCanvas *self, StrataDocNode *node);
void     strata_canvas_next_port      (StrataCanvas *self, StrataDocNode *node);
void     strata_canvas_finish_wire    (StrataCanvas *self, double x, double y);
void     strata_canvas_cancel_wire    (StrataCanvas *self);
void     strata_canvas_connect_pending (StrataCanvas *self, StrataDocNode *node);
void     strata_canvas_search_for_wire (StrataCanvas *self, const StrataPort *from, double x, double y);
gboolean strata_canvas_is_pointed_at   (StrataCanvas *self);

/* canvas-keys.c */
void     strata_canvas_class_init_keys (GtkWidgetClass *widget_class);
void     strata_canvas_init_keys      (StrataCanvas *self);
gboolean strata_canvas_focus          (GtkWidget *widget, GtkDirectionType direction);

/* canvas-view.c */
void     strata_canvas_set_scale      (StrataCanvas *self, double x, double y, double scale);
void     strata_canvas_show_first     (StrataCanvas *self);
void     strata_canvas_pan            (StrataCanvas *self, double dx, double dy);
void     strata_canvas_reveal_widget  (StrataCanvas *self, GtkWidget *widget);

/* canvas-actions.c, canvas-clipboard.c, canvas-drop.c, canvas-menu.c */
void     strata_canvas_aim_hint            (StrataCanvas *self, StrataNodeWidget *card);
void     strata_canvas_hide_hint           (StrataCanvas *self);
void     strata_canvas_init_hint           (StrataCanvas *self);
void     strata_canvas_class_init_actions   (GtkWidgetClass *widget_class);
void     strata_canvas_class_init_clipboard (GtkWidgetClass *widget_class);
void     strata_canvas_init_drop            (StrataCanvas *self);
void     strata_canvas_popup_menu           (StrataCanvas *self, double x, double y);
void     strata_canvas_popup_help           (StrataCanvas *self, StrataDocNode *node);
void     strata_canvas_get_card_place       (StrataCanvas *self, StrataDocNode *node, graphene_rect_t *area);
void     strata_canvas_popup_problems       (StrataCanvas *self, StrataNodeWidget *card);
void     strata_canvas_popup                (StrataCanvas *self, GtkWidget *popover, const graphene_rect_t *area);
void     strata_canvas_put_on_wire          (StrataCanvas *self, StrataDocNode *node, StrataDocWire *wire);

G_END_DECLS
