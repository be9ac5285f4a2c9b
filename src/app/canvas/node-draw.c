/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <adwaita.h>
#include <string.h>

#include "canvas/category.h"
#include "canvas/contrast.h"
#include "canvas/metrics.h"
#include "canvas/node-widget-private.h"
#include "document/group.h"

#define PADDING STRATA_NODE_PADDING
#define ICON_SIZE 16
#define BADGE_SIZE 16
#define BAR_HEIGHT 4
#define LEAST_BAR 2

void
strata_node_widget_drop_layouts (StrataNodeWidget *self)
{
  for (guint i = 0; i < STRATA_CARD_N_LINES; i++)
    g_clear_object (&self->lines[i]);
}

/* Who reads from right to left has cards whose edge, icon and text begin at the right. */
static gboolean
is_mirrored (StrataNodeWidget *self)
{
  return gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
}

/* Where something comes to lie that is at @x on a card for readers from left to right. */
static double
mirror (StrataNodeWidget *self,
        double            x,
        double            width)
{
  return is_mirrored (self) ? STRATA_NODE_WIDTH - x - width : x;
}

static const char *
get_category (StrataNodeWidget *self)
{
  const StrataLayerInfo *info = strata_doc_node_get_info (self->node);

  return info != NULL ? info->object.category : NULL;
}

/* Inside a block, without the block's name, by which names of published networks begin: what is left tells them
 * apart. */
static const char *
get_short_name (StrataNodeWidget *self)
{
  StrataDocNode *group = strata_doc_node_get_group (self->node);
  const char *block = group != NULL ? strata_doc_node_get_name (group) : NULL;
  gsize length = block != NULL ? strlen (block) : 0;

  if (length > 0 && g_str_has_prefix (self->name, block) && self->name[length] == '_' && self->name[length + 1] != '\0')
    return self->name + length + 1;
  return self->name;
}

static const char *
get_text (StrataNodeWidget *self,
          StrataCardLine    line)
{
  switch (line)
    {
    case STRATA_CARD_CLASS:
      return strata_doc_node_get_class_name (self->node);
    case STRATA_CARD_WORDS:
      return self->words;
    case STRATA_CARD_SHAPE:
      return self->shape;
    case STRATA_CARD_LARGE_SHAPE:
      return self->short_shape;
    case STRATA_CARD_COUNT:
      return self->count;
    case STRATA_CARD_LARGE_NAME:
    case STRATA_CARD_LABEL:
      return get_short_name (self);
    default:
      return self->name;
    }
}

/**
 * strata_node_widget_get_line: (skip)
 *
 * Returns: (transfer none): a line of its text, in the canvas's units
 */
PangoLayout *
strata_node_widget_get_line (StrataNodeWidget *self,
                             StrataCardLine    line)
{
  if (self->lines[line] == NULL)
    {
      PangoContext *context = gtk_widget_create_pango_context (GTK_WIDGET (self));

      self->lines[line] = strata_card_line_new (context, line, get_text (self, line), is_mirrored (self));
      g_object_unref (context);
    }
  return self->lines[line];
}

static void
draw_layout (GtkSnapshot   *snapshot,
             PangoLayout   *layout,
             double         x,
             double         y,
             const GdkRGBA *ink,
             double         alpha)
{
  GdkRGBA color = *ink;

  color.alpha *= alpha;
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, y));
  gtk_snapshot_append_layout (snapshot, layout, &color);
  gtk_snapshot_restore (snapshot);
}

/* Text that begins at @x, or ends there where @ends. Returns how wide it is. */
static double
draw_line (StrataNodeWidget *self,
           GtkSnapshot      *snapshot,
           StrataCardLine    line,
           double            x,
           double            width,
           gboolean          ends,
           const GdkRGBA    *ink)
{
  PangoLayout *layout = strata_node_widget_get_line (self, line);
  PangoRectangle used;

  pango_layout_set_width (layout, MAX (width, 0) * PANGO_SCALE);
  pango_layout_get_pixel_extents (layout, NULL, &used);
  draw_layout (snapshot, layout, mirror (self, ends ? x - used.width : x, used.width) - used.x,
               self->layout.tops[line], ink,
               strata_contrast_alpha (GTK_WIDGET (self), strata_card_line_get_alpha (line)));
  return used.width;
}

static void
draw_disc (GtkSnapshot           *snapshot,
           const graphene_rect_t *area,
           const GdkRGBA         *fill,
           const GdkRGBA         *ring,
           double                 ring_width)
{
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, area, MIN (area->size.width, area->size.height) / 2);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, fill, area);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_append_border (snapshot, &outline,
                              (float[4]){ ring_width, ring_width, ring_width, ring_width },
                              (GdkRGBA[4]){ *ring, *ring, *ring, *ring });
}

static void
look_up (StrataNodeWidget *self,
         const char       *name,
         GdkRGBA          *color)
{
  if (!gtk_style_context_lookup_color (gtk_widget_get_style_context (GTK_WIDGET (self)), name, color))
    *color = (GdkRGBA){ 0.5, 0.5, 0.5, 1 };
}

/* A port that does something else than wait has the colour of that, and is larger. */
static void
draw_port (StrataNodeWidget *self,
           GtkSnapshot      *snapshot,
           const StrataPort *port,
           const GdkRGBA    *ink)
{
  static const char *const names[] = { "card_bg_color", "accent_bg_color", "success_bg_color", "error_bg_color" };
  StrataPortState state = strata_port_equal (port, &self->port) ? self->port_state : STRATA_PORT_IDLE;
  double size = STRATA_PORT_SIZE + (state != STRATA_PORT_IDLE ? 4 : 0);
  double length = strata_port_is_list (port) ? 2 * STRATA_LIST_PORT_REACH + size - STRATA_PORT_SIZE : size;
  double width = self->flow == STRATA_FLOW_DOWN ? length : size;
  double height = self->flow == STRATA_FLOW_DOWN ? size : length;
  GdkRGBA fill, ring = *ink, ground;
  graphene_point_t middle;

  strata_port_get_position (port, self->flow, &middle);
  look_up (self, names[state], &fill);
  /* A card's colour may be translucent: wires must not shine through. */
  look_up (self, "window_bg_color", &ground);
  ring.alpha = strata_contrast_alpha (GTK_WIDGET (self), 0.7);
  if (state == STRATA_PORT_IDLE)
    fill = ground;
  else
    ring = fill;
  draw_disc (snapshot, &GRAPHENE_RECT_INIT (middle.x - width / 2, middle.y - height / 2, width, height), &fill, &ring,
             2);
}

static void
draw_ports (StrataNodeWidget *self,
            GtkSnapshot      *snapshot,
            const GdkRGBA    *ink)
{
  for (guint i = 0; i < strata_doc_node_get_n_inputs (self->node); i++)
    draw_port (self, snapshot, &(StrataPort){ self->node, FALSE, i }, ink);
  for (guint i = 0; i < strata_doc_node_get_n_outputs (self->node); i++)
    draw_port (self, snapshot, &(StrataPort){ self->node, TRUE, i }, ink);
}

static void
draw_icon (StrataNodeWidget *self,
           GtkSnapshot      *snapshot,
           const GdkRGBA    *color)
{
  GtkWidget *widget = GTK_WIDGET (self);

  if (self->icon == NULL)
    {
      GtkIconTheme *theme = gtk_icon_theme_get_for_display (gtk_widget_get_display (widget));
      g_autofree char *name = strata_category_dup_icon_name (get_category (self));

      self->icon = gtk_icon_theme_lookup_icon (theme, name, NULL, ICON_SIZE, 2 * gtk_widget_get_scale_factor (widget),
                                               gtk_widget_get_direction (widget), GTK_ICON_LOOKUP_PRELOAD);
    }
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (mirror (self, PADDING, ICON_SIZE), 13));
  gtk_symbolic_paintable_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (self->icon), snapshot, ICON_SIZE, ICON_SIZE,
                                            (GdkRGBA[4]){ *color, *color, *color, *color }, 4);
  gtk_snapshot_restore (snapshot);
}

/* An exclamation mark on red or yellow: not by colour alone. */
static void
draw_badge (StrataNodeWidget *self,
            GtkSnapshot      *snapshot)
{
  graphene_rect_t area = GRAPHENE_RECT_INIT (mirror (self, STRATA_NODE_WIDTH - PADDING - BADGE_SIZE, BADGE_SIZE), 12,
                                             BADGE_SIZE, BADGE_SIZE);
  double middle = area.origin.x + BADGE_SIZE / 2;
  GdkRGBA fill, mark;

  if (!self->error && !self->warning)
    return;
  look_up (self, self->error ? "error_bg_color" : "warning_bg_color", &fill);
  look_up (self, self->error ? "error_fg_color" : "warning_fg_color", &mark);
  draw_disc (snapshot, &area, &fill, &fill, 1);
  gtk_snapshot_append_color (snapshot, &mark, &GRAPHENE_RECT_INIT (middle - 1, area.origin.y + 3.5, 2, 5.5));
  gtk_snapshot_append_color (snapshot, &mark, &GRAPHENE_RECT_INIT (middle - 1, area.origin.y + 10.5, 2, 2));
}

/* On the line above the foot, as long as its part of the parameters. */
static void
draw_share (StrataNodeWidget *self,
            GtkSnapshot      *snapshot,
            const GdkRGBA    *color)
{
  double width = MAX (self->share * (STRATA_NODE_WIDTH - STRATA_NODE_EDGE), LEAST_BAR);

  if (self->share > 0)
    gtk_snapshot_append_color (snapshot, color,
                               &GRAPHENE_RECT_INIT (mirror (self, STRATA_NODE_EDGE, width),
                                                    self->layout.rule - BAR_HEIGHT / 2, width, BAR_HEIGHT));
}

/* Beside a long count, a shape is told as from afar rather than cut. */
static void
shorten_shape (StrataNodeWidget *self,
               double            width)
{
  PangoLayout *layout = strata_node_widget_get_line (self, STRATA_CARD_SHAPE);

  pango_layout_set_width (layout, MAX (width, 0) * PANGO_SCALE);
  if (pango_layout_is_ellipsized (layout))
    pango_layout_set_text (layout, self->short_shape, -1);
}

static void
draw_full (StrataNodeWidget *self,
           GtkSnapshot      *snapshot,
           const GdkRGBA    *ink,
           const GdkRGBA    *color)
{
  double text = PADDING + ICON_SIZE + 8, right = STRATA_NODE_WIDTH - PADDING;
  double name_width = right - text - (self->error || self->warning ? BADGE_SIZE + 6 : 0);
  GdkRGBA rule = *ink;
  double count_width;

  rule.alpha *= strata_contrast_alpha (GTK_WIDGET (self), 0.12);
  draw_icon (self, snapshot, color);
  draw_line (self, snapshot, STRATA_CARD_NAME, text, name_width, FALSE, ink);
  draw_line (self, snapshot, STRATA_CARD_CLASS, text, name_width, FALSE, ink);
  draw_line (self, snapshot, STRATA_CARD_WORDS, PADDING, right - PADDING, FALSE, ink);
  gtk_snapshot_append_color (snapshot, &rule,
                             &GRAPHENE_RECT_INIT (mirror (self, STRATA_NODE_EDGE, STRATA_NODE_WIDTH - STRATA_NODE_EDGE),
                                                  self->layout.rule, STRATA_NODE_WIDTH - STRATA_NODE_EDGE, 1));
  draw_share (self, snapshot, color);

  count_width = draw_line (self, snapshot, STRATA_CARD_COUNT, right, STRATA_NODE_WIDTH / 2, TRUE, ink);
  shorten_shape (self, right - PADDING - count_width - 8);
  draw_line (self, snapshot, STRATA_CARD_SHAPE, PADDING, right - PADDING - count_width - 8, FALSE, ink);
  draw_badge (self, snapshot);
}

/* The category's edge. */
static void
draw_ground (StrataNodeWidget *self,
             GtkSnapshot      *snapshot,
             const GdkRGBA    *color)
{
  GskRoundedRect outline;
  GdkRGBA edge = *color;

  if (self->error)
    look_up (self, "error_bg_color", &edge);
  gsk_rounded_rect_init_from_rect (&outline, &GRAPHENE_RECT_INIT (0, 0, STRATA_NODE_WIDTH, self->layout.height),
                                   STRATA_NODE_RADIUS);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &edge, &GRAPHENE_RECT_INIT (mirror (self, 0, STRATA_NODE_EDGE), 0,
                                                                   STRATA_NODE_EDGE, self->layout.height));
  gtk_snapshot_pop (snapshot);
}

void
strata_node_widget_snapshot (GtkWidget   *widget,
                             GtkSnapshot *snapshot)
{
  StrataNodeWidget *self = STRATA_NODE_WIDGET (widget);
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_for_display (gtk_widget_get_display (widget)));
  GdkRGBA ink, color;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &ink);
  strata_category_get_color (get_category (self), dark, &color);

  draw_ground (self, snapshot, &color);
  draw_full (self, snapshot, &ink, &color);
  draw_ports (self, snapshot, &ink);
}
