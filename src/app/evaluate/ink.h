/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean strata_ink_center (const float *ink, int width, int height, float *pixels, int columns, int rows);

G_END_DECLS
