/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <adwaita.h>

#include "canvas/category.h"
#include "canvas/metrics.h"
#include "canvas/node-widget-private.h"
#include "canvas/text.h"

#define PADDING STRATA_NODE_PADDING
#define ICON_SIZE 16
#define BADGE_SIZE 16

/* How each line of text is set: in pixels at 100 %, as the canvas scales with the desktop's text. */
static const struct
{
  double size;
  PangoWeight weight;
  double alpha;
} styles[N_LINES] = {
  [LINE_NAME] = { 15, PANGO_WEIGHT_BOLD, 1.0 },
  [LINE_CLASS] = { 12.5, PANGO_WEIGHT_NORMAL, 0.7 },
  [LINE_WORDS] = { 13, PANGO_WEIGHT_NORMAL, 0.85 },
  [LINE_SHAPE] = { 13, PANGO_WEIGHT_MEDIUM, 1.0 },
  [LINE_COUNT] = { 13, PANGO_WEIGHT_NORMAL, 0.7 },
  [LINE_LARGE_NAME] = { 28, PANGO_WEIGHT_BOLD, 1.0 },
};

void
strata_node_widget_drop_layouts (StrataNodeWidget *self)
{
  for (guint i = 0; i < N_LINES; i++)
    g_clear_object (&self->lines[i]);
}

static const char *
get_category (StrataNodeWidget *self)
{
  const StrataLayerInfo *info = strata_doc_node_get_info (self->node);

  return info != NULL ? info->object.category : NULL;
}

static const char *
get_text (StrataNodeWidget *self,
          StrataNodeLine    line)
{
  switch (line)
    {
    case LINE_CLASS:
      return strata_doc_node_get_class_name (self->node);
    case LINE_WORDS:
      return self->words;
    case LINE_SHAPE:
      return self->shape;
    case LINE_COUNT:
      return self->count;
    default:
      return self->name;
    }
}

/* Names are words joined by underscores, but Pango breaks lines at spaces only: a space of no width says where. */
static void
break_at_underscores (PangoLayout *layout)
{
  g_autoptr (GString) text = g_string_new (pango_layout_get_text (layout));

  g_string_replace (text, "_", "_\u200b", 0);
  pango_layout_set_text (layout, text->str, text->len);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
}

static PangoLayout *
get_layout (StrataNodeWidget *self,
            StrataNodeLine    line,
            double            width)
{
  if (self->lines[line] == NULL)
    {
      PangoLayout *layout = strata_text_layout_new (GTK_WIDGET (self), get_text (self, line), styles[line].size, styles[line].weight);

      pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
      if (line == LINE_LARGE_NAME)
        {
          break_at_underscores (layout);
          pango_layout_set_height (layout, -2);
          pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
        }
      self->lines[line] = layout;
    }
  pango_layout_set_width (self->lines[line], MAX (width, 0) * PANGO_SCALE);
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

static void
draw_line (StrataNodeWidget *self,
           GtkSnapshot      *snapshot,
           StrataNodeLine    line,
           double            x,
           double            y,
           double            width,
           const GdkRGBA    *ink)
{
  draw_layout (snapshot, get_layout (self, line, width), x, y, ink, styles[line].alpha);
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
  double width = self->flow == STRATA_FLOW_DOWN ? length : size, height = self->flow == STRATA_FLOW_DOWN ? size : length;
  GdkRGBA fill, ring = *ink, ground;
  graphene_point_t middle;

  strata_port_get_position (port, self->flow, &middle);
  look_up (self, names[state], &fill);
  /* A card's colour may be translucent: wires must not shine through. */
  look_up (self, "window_bg_color", &ground);
  ring.alpha = 0.7;
  if (state == STRATA_PORT_IDLE)
    fill = ground;
  else
    ring = fill;
  draw_disc (snapshot, &GRAPHENE_RECT_INIT (middle.x - width / 2, middle.y - height / 2, width, height), &fill, &ring, 2);
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
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (PADDING, 13));
  gtk_symbolic_paintable_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (self->icon), snapshot, ICON_SIZE, ICON_SIZE,
                                            (GdkRGBA[4]){ *color, *color, *color, *color }, 4);
  gtk_snapshot_restore (snapshot);
}

/* An exclamation mark on red or yellow: not by colour alone. */
static void
draw_badge (StrataNodeWidget *self,
            GtkSnapshot      *snapshot)
{
  graphene_rect_t area = GRAPHENE_RECT_INIT (STRATA_NODE_WIDTH - PADDING - BADGE_SIZE, 12, BADGE_SIZE, BADGE_SIZE);
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

static void
draw_full (StrataNodeWidget *self,
           GtkSnapshot      *snapshot,
           const GdkRGBA    *ink,
           const GdkRGBA    *color)
{
  double text = PADDING + ICON_SIZE + 8, right = STRATA_NODE_WIDTH - PADDING;
  double name_width = right - text - (self->error || self->warning ? BADGE_SIZE + 6 : 0);
  GdkRGBA rule = *ink;
  int count_width;

  rule.alpha *= 0.12;
  draw_icon (self, snapshot, color);
  draw_line (self, snapshot, LINE_NAME, text, 9, name_width, ink);
  draw_line (self, snapshot, LINE_CLASS, text, 30, name_width, ink);
  draw_line (self, snapshot, LINE_WORDS, PADDING, 51, right - PADDING, ink);
  gtk_snapshot_append_color (snapshot, &rule, &GRAPHENE_RECT_INIT (STRATA_NODE_EDGE, 75, STRATA_NODE_WIDTH - STRATA_NODE_EDGE, 1));

  pango_layout_get_pixel_size (get_layout (self, LINE_COUNT, STRATA_NODE_WIDTH / 2), &count_width, NULL);
  draw_line (self, snapshot, LINE_COUNT, right - count_width, 79, STRATA_NODE_WIDTH / 2, ink);
  draw_line (self, snapshot, LINE_SHAPE, PADDING, 79, right - PADDING - count_width - 8, ink);
  draw_badge (self, snapshot);
}

/**
 * strata_node_widget_get_name_layout: (skip)
 *
 * Returns: (transfer none): the name as it is written on a card seen from afar, in the canvas's units
 */
PangoLayout *
strata_node_widget_get_name_layout (StrataNodeWidget *self)
{
  return get_layout (self, LINE_LARGE_NAME, STRATA_NODE_WIDTH - 2 * PADDING);
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
  gsk_rounded_rect_init_from_rect (&outline, &GRAPHENE_RECT_INIT (0, 0, STRATA_NODE_WIDTH, STRATA_NODE_HEIGHT),
                                   STRATA_NODE_RADIUS);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &edge, &GRAPHENE_RECT_INIT (0, 0, STRATA_NODE_EDGE, STRATA_NODE_HEIGHT));
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
