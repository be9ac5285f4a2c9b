/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "tensor/dtype.h"

G_BEGIN_DECLS

void strata_convert (StrataDType from, gconstpointer source, StrataDType to, gpointer target, gsize n);

float   strata_half_to_float     (guint16 half);
guint16 strata_half_from_float   (float value);
float   strata_bfloat_to_float   (guint16 bits);
guint16 strata_bfloat_from_float (float value);

G_END_DECLS
