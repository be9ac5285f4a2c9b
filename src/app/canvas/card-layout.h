/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <pango/pango.h>

#include "canvas/metrics.h"

G_BEGIN_DECLS

/* The lines of text on a card, on the screen and in pictures; large ones are for cards seen from afar, and the label
 * stands beside a card that is too small for text. */
typedef enum
{
  STRATA_CARD_NAME,
  STRATA_CARD_CLASS,
  STRATA_CARD_WORDS,
  STRATA_CARD_SHAPE,
  STRATA_CARD_COUNT,
  STRATA_CARD_LARGE_NAME,
  STRATA_CARD_LARGE_SHAPE,
  STRATA_CARD_LABEL,
  STRATA_CARD_N_LINES,
} StrataCardLine;

/**
 * StrataCardLayout:
 * @tops: where each line begins, from the top of the card; the shape and the count share one
 * @rule: where the line above the foot is
 * @height: of the card, on the grid
 *
 * Where things are on a card: as far below each other as the font needs, and room for two lines of parameters where
 * there is much to say.
 */
typedef struct
{
  double tops[STRATA_CARD_N_LINES];
  double rule;
  double height;
} StrataCardLayout;

/* The size of names beside cards that are too small for text. */
#define STRATA_CARD_LABEL_SIZE 11.5

/* Room for text between the edges of a card. */
#define STRATA_CARD_TEXT_WIDTH (STRATA_NODE_WIDTH - 2 * STRATA_NODE_PADDING)

void         strata_card_layout_init    (StrataCardLayout *self, PangoLayout *words);
PangoLayout *strata_card_line_new       (PangoContext *context, StrataCardLine line, const char *text,
                                         gboolean mirrored) G_GNUC_WARN_UNUSED_RESULT;
double       strata_card_line_get_alpha (StrataCardLine line);

G_END_DECLS
