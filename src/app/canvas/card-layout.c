/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "canvas/card-layout.h"

#include <math.h>
#include <string.h>

#include "canvas/text.h"

/* How each line is set: in pixels at 100 %, as the canvas scales with the desktop's text. */
static const struct
{
  double size;
  PangoWeight weight;
  double alpha;
} styles[STRATA_CARD_N_LINES] = {
  [STRATA_CARD_NAME] = { 15, PANGO_WEIGHT_BOLD, 1.0 },
  [STRATA_CARD_CLASS] = { 12.5, PANGO_WEIGHT_NORMAL, 0.7 },
  [STRATA_CARD_WORDS] = { 13, PANGO_WEIGHT_NORMAL, 0.85 },
  [STRATA_CARD_SHAPE] = { 13, PANGO_WEIGHT_MEDIUM, 1.0 },
  [STRATA_CARD_COUNT] = { 13, PANGO_WEIGHT_NORMAL, 0.7 },
  [STRATA_CARD_LARGE_NAME] = { 23, PANGO_WEIGHT_BOLD, 1.0 },
  [STRATA_CARD_LARGE_SHAPE] = { 21, PANGO_WEIGHT_NORMAL, 0.8 },
  [STRATA_CARD_LABEL] = { STRATA_CARD_LABEL_SIZE, PANGO_WEIGHT_MEDIUM, 1.0 },
};

/* How far apart lines begin where the font is an ordinary one, and what is around them. */
#define TOP 9
#define NAME_PITCH 21
#define CLASS_PITCH 21
#define WORDS_PITCH 18
#define FOOT_PITCH 18
#define AROUND_RULE 4
#define BELOW_WORDS 6
#define BELOW_FOOT 7
#define LEADING 2
/* What the icon and the space behind it take from a name. */
#define BESIDE_ICON 24
/* How much smaller a name may be set. */
#define LEAST_SHRINK 0.7
/* As many as any layer's description takes. */
#define WORDS_LINES 4
/* How many lines a name seen from afar may take. */
#define LARGE_NAME_LINES 3

double
strata_card_line_get_alpha (StrataCardLine line)
{
  return styles[line].alpha;
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

/* A name that is a little too long is set smaller rather than cut. */
static void
shrink (PangoLayout *layout,
        double       available)
{
  PangoFontDescription *font;
  int width;

  pango_layout_set_width (layout, -1);
  pango_layout_get_size (layout, &width, NULL);
  if (width <= available * PANGO_SCALE || width * LEAST_SHRINK > available * PANGO_SCALE)
    return;
  font = pango_font_description_copy (pango_layout_get_font_description (layout));
  pango_font_description_set_absolute_size (font, floor (pango_font_description_get_size (font) *
                                                         (available * PANGO_SCALE / width)));
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
}

static gboolean
fits (PangoLayout *layout)
{
  int width;

  pango_layout_set_width (layout, -1);
  pango_layout_get_pixel_size (layout, &width, NULL);
  return width <= STRATA_CARD_TEXT_WIDTH;
}

/* In two lines, as much alike in length as the underscores allow. */
static gboolean
break_evenly (PangoLayout *layout)
{
  const char *text = pango_layout_get_text (layout), *best = NULL;
  g_autofree char *broken = NULL;
  gsize length = strlen (text), least = length;

  for (const char *at = strchr (text, '_'); at != NULL; at = strchr (at + 1, '_'))
    if (MAX (at + 1 - text, text + length - at - 1) < (gssize) least)
      {
        best = at + 1;
        least = MAX (at + 1 - text, text + length - at - 1);
      }
  if (best == NULL)
    return FALSE;
  broken = g_strdup_printf ("%.*s\u2028%s", (int) (best - text), text, best);
  pango_layout_set_text (layout, broken, -1);
  return fits (layout);
}

/* All are set in one size, as they are compared: what is too long takes several lines. */
static void
set_large_name (PangoLayout *layout)
{
  g_autofree char *name = g_strdup (pango_layout_get_text (layout));

  if (!fits (layout) && !break_evenly (layout))
    {
      pango_layout_set_text (layout, name, -1);
      break_at_underscores (layout);
    }
  pango_layout_set_width (layout, STRATA_CARD_TEXT_WIDTH * PANGO_SCALE);
  pango_layout_set_height (layout, -LARGE_NAME_LINES);
  pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
}

/* Names of one network begin alike: what is too long is cut in the middle. */
static void
set_name (PangoLayout *layout)
{
  shrink (layout, STRATA_CARD_TEXT_WIDTH - BESIDE_ICON);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_MIDDLE);
  pango_layout_set_width (layout, STRATA_CARD_TEXT_WIDTH * PANGO_SCALE);
}

/* What separates two parameters is not left at the end of a line; a break of a line takes its place. */
static gboolean
drop_separator (PangoLayout *layout)
{
  static const char separator[] = "· ", line_break[] = "\u2028";
  const char *text = pango_layout_get_text (layout);

  for (GSList *line = pango_layout_get_lines_readonly (layout); line != NULL; line = line->next)
    {
      int begin = ((PangoLayoutLine *) line->data)->start_index;
      g_autoptr (GString) mended = NULL;

      if (begin < (int) strlen (separator) || !g_str_has_prefix (text + begin - strlen (separator), separator))
        continue;
      mended = g_string_new_len (text, begin - strlen (separator));
      g_string_append (mended, line_break);
      g_string_append (mended, text + begin);
      pango_layout_set_text (layout, mended->str, mended->len);
      return TRUE;
    }
  return FALSE;
}

/**
 * strata_card_line_new: (skip)
 * @mirrored: whether the card is for readers from right to left
 *
 * Returns: (transfer full): the text, of which as much is shown as a card has room for
 */
PangoLayout *
strata_card_line_new (PangoContext   *context,
                      StrataCardLine  line,
                      const char     *text,
                      gboolean        mirrored)
{
  PangoLayout *layout = strata_text_layout_new_for (context, text, styles[line].size, styles[line].weight);

  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_width (layout, STRATA_CARD_TEXT_WIDTH * PANGO_SCALE);
  if (line == STRATA_CARD_LARGE_NAME)
    set_large_name (layout);
  else if (line == STRATA_CARD_NAME)
    set_name (layout);
  else if (line == STRATA_CARD_LARGE_SHAPE)
    pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
  else if (line == STRATA_CARD_WORDS)
    {
      pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
      pango_layout_set_height (layout, -WORDS_LINES);
      pango_layout_set_auto_dir (layout, FALSE);
      pango_layout_set_alignment (layout, mirrored ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
      while (drop_separator (layout))
        ;
    }
  return layout;
}

static double
measure_line (PangoContext   *context,
              StrataCardLine  line)
{
  PangoFontDescription *font = pango_font_description_copy (pango_context_get_font_description (context));
  PangoFontMetrics *metrics;
  double height;

  pango_font_description_set_absolute_size (font, styles[line].size * PANGO_SCALE);
  pango_font_description_set_weight (font, styles[line].weight);
  metrics = pango_context_get_metrics (context, font, NULL);
  height = pango_units_to_double (pango_font_metrics_get_height (metrics));
  pango_font_metrics_unref (metrics);
  pango_font_description_free (font);
  return ceil (height);
}

/* A thousand cards have one font: its lines are measured once. */
static double
get_line_height (PangoContext   *context,
                 StrataCardLine  line)
{
  static PangoFontDescription *known_font;
  static guint known_serial;
  static double heights[STRATA_CARD_N_LINES];
  const PangoFontDescription *font = pango_context_get_font_description (context);
  guint serial = pango_font_map_get_serial (pango_context_get_font_map (context));

  if (known_font == NULL || serial != known_serial || !pango_font_description_equal (font, known_font))
    {
      g_clear_pointer (&known_font, pango_font_description_free);
      known_font = pango_font_description_copy (font);
      known_serial = serial;
      for (StrataCardLine i = 0; i < STRATA_CARD_N_LINES; i++)
        heights[i] = measure_line (context, i);
    }
  return heights[line];
}

/**
 * strata_card_layout_init: (skip)
 * @words: the line of parameters
 */
void
strata_card_layout_init (StrataCardLayout *self,
                         PangoLayout      *words)
{
  PangoContext *context = pango_layout_get_context (words);
  double y = TOP, spare;
  int height;

  pango_layout_get_pixel_size (words, NULL, &height);
  self->tops[STRATA_CARD_NAME] = y;
  y += MAX (NAME_PITCH, get_line_height (context, STRATA_CARD_NAME) + LEADING);
  self->tops[STRATA_CARD_CLASS] = y;
  y += MAX (CLASS_PITCH, get_line_height (context, STRATA_CARD_CLASS) + LEADING);
  self->tops[STRATA_CARD_WORDS] = y;
  y += MAX (WORDS_PITCH, height) + BELOW_WORDS + AROUND_RULE;
  self->tops[STRATA_CARD_SHAPE] = y;
  y += MAX (FOOT_PITCH, get_line_height (context, STRATA_CARD_SHAPE)) + BELOW_FOOT;

  /* What the grid adds is left between the parameters and the foot. */
  self->height = STRATA_GRID * ceil (y / STRATA_GRID);
  spare = self->height - y;
  self->tops[STRATA_CARD_SHAPE] += spare;
  self->tops[STRATA_CARD_COUNT] = self->tops[STRATA_CARD_SHAPE];
  self->tops[STRATA_CARD_LARGE_NAME] = 0;
  self->rule = self->tops[STRATA_CARD_SHAPE] - AROUND_RULE;
}
