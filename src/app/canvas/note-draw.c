/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "canvas/note-draw.h"

#include <glib/gi18n.h>
#include <pango/pangocairo.h>

#include "canvas/rounded.h"
#include "canvas/text.h"

#define NOTE_RADIUS 6
#define FRAME_RADIUS 16
/* The pixels that the title of a frame has at least, and how far it grows for that. */
#define LEAST_TITLE 12.0
#define LARGEST_TITLE 72.0
/* How many times its size it may be long beside a frame. */
#define LONGEST_TITLE 16
/* Likewise what a note says: from farther away, words of which few would fit are left as they are. */
#define LEAST_TEXT 10.5
#define LARGEST_TEXT 28.0

/* As categories: told apart whatever one's colour vision, darker on light ground. */
static const struct
{
  const char *title;
  guint light, dark;
} colors[STRATA_NOTE_N_COLORS] = {
  [STRATA_NOTE_YELLOW] = { N_("Yellow"), 0xc79a00, 0xf0d060 },
  [STRATA_NOTE_ORANGE] = { N_("Orange"), 0xd55e00, 0xf08a48 },
  [STRATA_NOTE_GREEN] = { N_("Green"), 0x008f68, 0x2fc49b },
  [STRATA_NOTE_BLUE] = { N_("Blue"), 0x0072b2, 0x4aa8e8 },
  [STRATA_NOTE_PURPLE] = { N_("Purple"), 0x8a55b5, 0xc0a0ee },
  [STRATA_NOTE_GREY] = { N_("Grey"), 0x68717a, 0xa9b2bb },
};

const char *
strata_note_color_get_title (StrataNoteColor color)
{
  return _(colors[color].title);
}

void
strata_note_color_get_rgba (StrataNoteColor  color,
                            gboolean         dark,
                            GdkRGBA         *rgba)
{
  guint rgb = dark ? colors[color].dark : colors[color].light;

  *rgba = (GdkRGBA){ ((rgb >> 16) & 0xff) / 255.0f, ((rgb >> 8) & 0xff) / 255.0f, (rgb & 0xff) / 255.0f, 1 };
}

static void
set_color (cairo_t       *cr,
           const GdkRGBA *color,
           double         alpha)
{
  cairo_set_source_rgba (cr, color->red, color->green, color->blue, color->alpha * alpha);
}

static void
set_mix (cairo_t       *cr,
         const GdkRGBA *ground,
         const GdkRGBA *color,
         double         part)
{
  cairo_set_source_rgb (cr, ground->red + (color->red - ground->red) * part,
                        ground->green + (color->green - ground->green) * part,
                        ground->blue + (color->blue - ground->blue) * part);
}

static PangoLayout *
set_text (PangoContext *context,
          const char   *text,
          double        size,
          double        width)
{
  PangoLayout *layout = strata_text_layout_new_for (context, text, size, PANGO_WEIGHT_NORMAL);

  pango_layout_set_width (layout, (int) (MAX (width, 1) * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  return layout;
}

/**
 * strata_note_measure: (skip)
 *
 * Returns: how high a note of that width must be to show all of its text
 */
double
strata_note_measure (PangoContext *context,
                     const char   *text,
                     double        width)
{
  g_autoptr (PangoLayout) layout = set_text (context, text, STRATA_NOTE_TEXT_SIZE, width - 2 * STRATA_NOTE_PADDING);
  int height;

  pango_layout_get_pixel_size (layout, NULL, &height);
  return height + 2 * STRATA_NOTE_PADDING;
}

/* As much as there is room for; where letters are larger than usual, with less around them. */
static void
draw_text (cairo_t               *cr,
           const char            *text,
           const graphene_rect_t *area,
           const StrataNoteStyle *style)
{
  double size = CLAMP (LEAST_TEXT / style->scale, STRATA_NOTE_TEXT_SIZE, LARGEST_TEXT);
  double padding = STRATA_NOTE_PADDING * STRATA_NOTE_TEXT_SIZE / size;
  gboolean empty = *text == '\0';
  g_autoptr (PangoLayout) layout = NULL;

  if (style->is_edited || (empty && style->hint == NULL))
    return;
  layout = set_text (style->context, empty ? style->hint : text, size, area->size.width - 2 * padding);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_height (layout, (int) (MAX (area->size.height - 2 * padding, 1) * PANGO_SCALE));
  if (style->mirrored)
    {
      pango_layout_set_auto_dir (layout, FALSE);
      pango_layout_set_alignment (layout, PANGO_ALIGN_RIGHT);
    }
  set_color (cr, &style->ink, empty ? 0.6 : 1);
  cairo_move_to (cr, area->origin.x + padding, area->origin.y + padding);
  pango_cairo_show_layout (cr, layout);
}

/* In the frame where there is room for it; from afar above it, or beside it where cards are in the way. */
static void
place_title (const graphene_rect_t *area,
             double                 width,
             double                 height,
             const StrataNoteStyle *style,
             graphene_rect_t       *place)
{
  double room = MIN (width, area->size.width - 2 * STRATA_NOTE_PADDING), gap = 4 / style->scale;
  double left = area->origin.x - gap - width, right = area->origin.x + area->size.width + gap;
  double x = style->mirrored ? area->origin.x + area->size.width - STRATA_NOTE_PADDING - room
                             : area->origin.x + STRATA_NOTE_PADDING;
  const graphene_rect_t places[] = {
    GRAPHENE_RECT_INIT (x, area->origin.y - height - gap, room, height),
    GRAPHENE_RECT_INIT (style->mirrored ? left : right, area->origin.y, width, height),
    GRAPHENE_RECT_INIT (style->mirrored ? right : left, area->origin.y, width, height),
  };

  *place = places[0];
  if (height < STRATA_FRAME_TITLE)
    place->origin.y = area->origin.y + (STRATA_FRAME_TITLE + 2 - height) / 2.0;
  else if (style->covers != NULL)
    for (guint i = 0; i < G_N_ELEMENTS (places); i++)
      if (!style->covers (&places[i], style->cover))
        {
          *place = places[i];
          return;
        }
}

static void
draw_title (cairo_t               *cr,
            const char            *text,
            const graphene_rect_t *area,
            const StrataNoteStyle *style,
            graphene_rect_t       *place)
{
  double size = CLAMP (LEAST_TITLE / style->scale, STRATA_NOTE_TITLE_SIZE, LARGEST_TITLE);
  g_autoptr (PangoLayout) layout = NULL;
  int width, height;

  if (style->is_edited || *text == '\0')
    return;
  layout = strata_text_layout_new_for (style->context, text, size, PANGO_WEIGHT_BOLD);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_get_pixel_size (layout, &width, &height);
  place_title (area, MIN (width, LONGEST_TITLE * size), height, style, place);
  pango_layout_set_width (layout, (int) (MAX (place->size.width, 1) * PANGO_SCALE));
  set_color (cr, &style->ink, 1);
  cairo_move_to (cr, place->origin.x, place->origin.y);
  pango_cairo_show_layout (cr, layout);
}

/* Where a note can be pulled, on what is selected. */
static void
draw_grip (cairo_t               *cr,
           const graphene_rect_t *area,
           const StrataNoteStyle *style)
{
  double right = area->origin.x + area->size.width - 5, bottom = area->origin.y + area->size.height - 5;

  for (int i = 1; i <= 2; i++)
    {
      cairo_move_to (cr, right - 5 * i, bottom);
      cairo_line_to (cr, right, bottom - 5 * i);
    }
  set_color (cr, &style->ink, 0.6);
  cairo_set_line_width (cr, 1.5);
  cairo_stroke (cr);
}

/**
 * strata_note_draw: (skip)
 * @area: where, on the canvas
 * @title: (out): where the title of a frame is; empty where there is none
 *
 * Draws a note or a frame.
 */
void
strata_note_draw (cairo_t               *cr,
                  StrataDocNote         *note,
                  const graphene_rect_t *area,
                  const StrataNoteStyle *style,
                  graphene_rect_t       *title)
{
  const StrataNoteLook *look = strata_doc_note_get_look (note);
  gboolean frame = strata_doc_note_get_kind (note) == STRATA_NOTE_FRAME;
  GdkRGBA color;

  graphene_rect_init (title, 0, 0, 0, 0);
  strata_note_color_get_rgba (look->color, style->dark, &color);
  strata_rounded_add (cr, area->origin.x, area->origin.y, area->size.width, area->size.height,
                      frame ? FRAME_RADIUS : NOTE_RADIUS);
  if (frame)
    set_color (cr, &color, style->dark ? 0.14 : 0.11);
  else
    set_mix (cr, &style->ground, &color, style->dark ? 0.24 : 0.2);
  cairo_fill_preserve (cr);
  set_color (cr, style->accent != NULL ? style->accent : &color, style->accent != NULL ? 1 : style->edge_alpha);
  cairo_set_line_width (cr, style->accent != NULL ? MAX (2, 2 / style->scale) : 1.5);
  cairo_stroke (cr);
  if (style->accent != NULL)
    draw_grip (cr, area, style);
  if (frame)
    draw_title (cr, look->text, area, style, title);
  else
    draw_text (cr, look->text, area, style);
}
