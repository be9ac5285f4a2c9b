/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <cairo.h>
#include <gdk/gdk.h>
#include <pango/pango.h>

#include "canvas/ports.h"

G_BEGIN_DECLS

#define STRATA_PICTURE_INK ((GdkRGBA){ 0.12f, 0.12f, 0.13f, 1 })

/* Cards on paper: dark on white, as high as their text needs. */
void strata_picture_card_measure (StrataDocNode *node, PangoContext *context);
void strata_picture_card_draw    (cairo_t *cr, StrataDocNode *node, StrataFlow flow, PangoContext *context,
                                  gboolean mirrored);
void strata_picture_draw_layout  (cairo_t *cr, PangoLayout *layout, double x, double y, double alpha);

G_END_DECLS
