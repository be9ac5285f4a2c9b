/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gdk/gdk.h>
#include <graphene.h>
#include <pango/pango.h>

#include "document/note.h"

G_BEGIN_DECLS

/**
 * StrataNoteStyle:
 * @context: what text is set with
 * @ink: of text
 * @ground: what paper is tinted from
 * @accent: (nullable): the outline of what is selected
 * @edge_alpha: how strong edges are
 * @scale: how large a unit of the canvas is seen where text has its usual size: what is written stays legible from afar
 * @hint: (nullable): what a note without text says
 * @is_edited: whether something else shows the text
 * @covers: (nullable): whether something lies on a place of the canvas
 * @cover: what @covers gets
 *
 * How a note is drawn, on the screen and on paper.
 */
typedef struct
{
  PangoContext *context;
  GdkRGBA ink, ground;
  const GdkRGBA *accent;
  double edge_alpha, scale;
  gboolean dark, mirrored, is_edited;
  const char *hint;
  gboolean (*covers) (const graphene_rect_t *place, gpointer cover);
  gpointer cover;
} StrataNoteStyle;

void   strata_note_draw           (cairo_t *cr, StrataDocNote *note, const graphene_rect_t *area,
                                   const StrataNoteStyle *style, graphene_rect_t *title);
double strata_note_measure        (PangoContext *context, const char *text, double width);
void   strata_note_color_get_rgba (StrataNoteColor color, gboolean dark, GdkRGBA *rgba);
const char *strata_note_color_get_title (StrataNoteColor color);

/* The side of the square at the lower right by which a note is made larger or smaller. */
#define STRATA_NOTE_GRIP 18
#define STRATA_NOTE_PADDING 12
#define STRATA_NOTE_TEXT_SIZE 13
#define STRATA_NOTE_TITLE_SIZE 15

G_END_DECLS
