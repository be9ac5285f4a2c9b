/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

void strata_rounded_add (cairo_t *cr, double x, double y, double width, double height, double radius);

G_END_DECLS
