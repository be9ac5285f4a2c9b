/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <adwaita.h>
#include <math.h>
#include <string.h>

#include "canvas/category.h"
#include "canvas/contrast.h"
#include "canvas/metrics.h"
#include "canvas/node-widget-private.h"
#include "canvas/rounded.h"
#include "document/group.h"

#define PADDING STRATA_NODE_PADDING
#define ICON_SIZE 16
#define BADGE_SIZE 16
#define BAR_HEIGHT 4
#define LEAST_BAR 2
#define PORT_RING 2
/* Of the line around the card, and of the one above its foot. */
#define RULE_ALPHA 0.12

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

/* Where a port is, and so much wider. */
static void
get_port_area (StrataNodeWidget *self,
               const StrataPort *port,
               double            more,
               graphene_rect_t  *area)
{
  double half = STRATA_PORT_SIZE / 2 + more, along = strata_port_is_list (port) ? STRATA_LIST_PORT_REACH + more : half;
  double x = self->flow == STRATA_FLOW_DOWN ? along : half, y = self->flow == STRATA_FLOW_DOWN ? half : along;
  graphene_point_t middle;

  strata_port_get_position (port, self->flow, &middle);
  graphene_rect_init (area, middle.x - x, middle.y - y, 2 * x, 2 * y);
}

static void
add_port (StrataNodeWidget *self,
          cairo_t          *cr,
          const StrataPort *port,
          double            more)
{
  graphene_rect_t area;

  get_port_area (self, port, more, &area);
  strata_rounded_add (cr, area.origin.x, area.origin.y, area.size.width, area.size.height,
                      MIN (area.size.width, area.size.height) / 2);
}

/* Rings are discs on discs, all of a card at once: strokes take twice the time. */
static void
draw_ports (StrataNodeWidget *self,
            cairo_t          *cr,
            const GdkRGBA    *ink)
{
  GdkRGBA ring = *ink, ground;

  ring.alpha = strata_contrast_alpha (GTK_WIDGET (self), 0.7);
  /* A card's colour may be translucent: wires must not shine through. */
  look_up (self, "window_bg_color", &ground);
  for (int inside = 0; inside < 2; inside++)
    {
      for (guint i = 0; i < strata_doc_node_get_n_inputs (self->node); i++)
        add_port (self, cr, &(StrataPort){ self->node, FALSE, i }, inside ? -PORT_RING : 0);
      for (guint i = 0; i < strata_doc_node_get_n_outputs (self->node); i++)
        add_port (self, cr, &(StrataPort){ self->node, TRUE, i }, inside ? -PORT_RING : 0);
      gdk_cairo_set_source_rgba (cr, inside ? &ground : &ring);
      cairo_fill (cr);
    }
}

/* A port that does something else than wait has the colour of that, and is larger. */
static void
draw_used_port (StrataNodeWidget *self,
                GtkSnapshot      *snapshot)
{
  static const char *const names[] = { NULL, "accent_bg_color", "success_bg_color", "error_bg_color" };
  graphene_rect_t area;
  GdkRGBA fill;

  if (self->port_state == STRATA_PORT_IDLE)
    return;
  look_up (self, names[self->port_state], &fill);
  get_port_area (self, &self->port, 2, &area);
  draw_disc (snapshot, &area, &fill, &fill, 2);
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
  double count_width;

  draw_icon (self, snapshot, color);
  draw_line (self, snapshot, STRATA_CARD_NAME, text, name_width, FALSE, ink);
  draw_line (self, snapshot, STRATA_CARD_CLASS, text, name_width, FALSE, ink);
  draw_line (self, snapshot, STRATA_CARD_WORDS, PADDING, right - PADDING, FALSE, ink);
  draw_share (self, snapshot, color);

  count_width = draw_line (self, snapshot, STRATA_CARD_COUNT, right, STRATA_NODE_WIDTH / 2, TRUE, ink);
  shorten_shape (self, right - PADDING - count_width - 8);
  draw_line (self, snapshot, STRATA_CARD_SHAPE, PADDING, right - PADDING - count_width - 8, FALSE, ink);
  draw_badge (self, snapshot);
}

static void
get_colors (StrataNodeWidget *self,
            GdkRGBA          *ink,
            GdkRGBA          *category)
{
  GtkWidget *widget = GTK_WIDGET (self);
  AdwStyleManager *manager = adw_style_manager_get_for_display (gtk_widget_get_display (widget));

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), ink);
  strata_category_get_color (get_category (self), adw_style_manager_get_dark (manager), category);
}

/* The edge, by a path of its own: to clip the whole card there takes longer than all the rest. */
static void
fill_edge (StrataNodeWidget *self,
           cairo_t          *cr,
           const GdkRGBA    *color)
{
  double height = self->layout.height, radius = STRATA_NODE_RADIUS, turn = acos (1 - STRATA_NODE_EDGE / radius);
  GdkRGBA edge = *color;

  if (self->error)
    look_up (self, "error_bg_color", &edge);
  cairo_save (cr);
  cairo_translate (cr, is_mirrored (self) ? STRATA_NODE_WIDTH : 0, 0);
  cairo_scale (cr, is_mirrored (self) ? -1 : 1, 1);
  cairo_arc (cr, radius, radius, radius, G_PI, G_PI + turn);
  cairo_arc (cr, radius, height - radius, radius, G_PI - turn, G_PI);
  cairo_close_path (cr);
  gdk_cairo_set_source_rgba (cr, &edge);
  cairo_fill (cr);
  cairo_restore (cr);
}

static void
fill_card (StrataNodeWidget *self,
           cairo_t          *cr,
           double            more,
           const GdkRGBA    *color,
           double            alpha)
{
  strata_rounded_add (cr, -more, -more, STRATA_NODE_WIDTH + 2 * more, self->layout.height + 2 * more,
                      STRATA_NODE_RADIUS + more);
  cairo_set_source_rgba (cr, color->red, color->green, color->blue, color->alpha * alpha);
  cairo_fill (cr);
}

/* All that is not text. */
static void
draw_ground (StrataNodeWidget *self,
             cairo_t          *cr)
{
  double rule_alpha = strata_contrast_alpha (GTK_WIDGET (self), RULE_ALPHA);
  GdkRGBA ink, color, ground;

  get_colors (self, &ink, &color);
  look_up (self, "popover_bg_color", &ground);
  fill_card (self, cr, 1, &ink, RULE_ALPHA);
  fill_card (self, cr, 0, &ground, 1);
  fill_edge (self, cr, &color);
  cairo_rectangle (cr, mirror (self, STRATA_NODE_EDGE, STRATA_NODE_WIDTH - STRATA_NODE_EDGE), self->layout.rule,
                   STRATA_NODE_WIDTH - STRATA_NODE_EDGE, 1);
  cairo_set_source_rgba (cr, ink.red, ink.green, ink.blue, ink.alpha * rule_alpha);
  cairo_fill (cr);
  draw_ports (self, cr, &ink);
}

/* A card as pixels; what reaches beyond it is the margin. */
typedef struct
{
  StrataNodeWidget *card;
  int width, height, margin;
} Face;

static void
draw_face (cairo_t  *cr,
           gpointer  user_data)
{
  Face *self = user_data;

  cairo_translate (cr, self->margin, self->margin);
  cairo_scale (cr, self->width / (double) STRATA_NODE_WIDTH, self->height / self->card->layout.height);
  draw_ground (self->card, cr);
}

/* All that tells faces apart which are drawn under the same conditions. */
static char *
describe_face (StrataNodeWidget *self)
{
  GString *text = g_string_new (NULL);

  g_string_printf (text, "%s %d %g %g %u", get_category (self), self->error, self->layout.height, self->layout.rule,
                   strata_doc_node_get_n_outputs (self->node));
  for (guint i = 0; i < strata_doc_node_get_n_inputs (self->node); i++)
    g_string_append_c (text, strata_port_is_list (&(StrataPort){ self->node, FALSE, i }) ? 'l' : 'i');
  return g_string_free (text, FALSE);
}

/* From the nearest whole pixel on: cards that look alike share the picture, as a thousand round corners take long. */
static void
snapshot_face (StrataNodeWidget *self,
               GtkSnapshot      *snapshot)
{
  double scale = self->scale, x = strata_doc_node_get_x (self->node), y = strata_doc_node_get_y (self->node);
  Face face = { self, (int) round (STRATA_NODE_WIDTH * scale), (int) round (self->layout.height * scale),
                (int) ceil (STRATA_PORT_SIZE * scale) };
  int width = face.width + 2 * face.margin, height = face.height + 2 * face.margin;
  g_autofree char *key = describe_face (self);
  cairo_surface_t *sprite = strata_sprites_get (self->sprites, key, width, height, draw_face, &face);
  graphene_rect_t bounds = GRAPHENE_RECT_INIT ((round (x * scale) - face.margin) / scale - x,
                                               (round (y * scale) - face.margin) / scale - y,
                                               width / scale, height / scale);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &bounds);

  cairo_translate (cr, bounds.origin.x, bounds.origin.y);
  cairo_scale (cr, 1 / scale, 1 / scale);
  strata_sprites_put (cr, sprite, 0, 0);
  cairo_destroy (cr);
}

static void
snapshot_ground (StrataNodeWidget *self,
                 GtkSnapshot      *snapshot)
{
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, STRATA_NODE_WIDTH, self->layout.height);
  cairo_t *cr;

  if (self->sprites != NULL)
    {
      snapshot_face (self, snapshot);
      return;
    }
  graphene_rect_inset (&bounds, -STRATA_PORT_SIZE, -STRATA_PORT_SIZE);
  cr = gtk_snapshot_append_cairo (snapshot, &bounds);
  draw_ground (self, cr);
  cairo_destroy (cr);
}

void
strata_node_widget_snapshot (GtkWidget   *widget,
                             GtkSnapshot *snapshot)
{
  StrataNodeWidget *self = STRATA_NODE_WIDGET (widget);
  GdkRGBA ink, color;

  get_colors (self, &ink, &color);
  snapshot_ground (self, snapshot);
  draw_full (self, snapshot, &ink, &color);
  draw_used_port (self, snapshot);
}
