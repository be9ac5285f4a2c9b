/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "layers/layer.h"

G_BEGIN_DECLS

char    *strata_input_layer_dup_dtype (StrataLayer *self);
gboolean strata_input_layer_get_spec  (StrataLayer *self, StrataSpec *spec, GError **error);

static inline gboolean
strata_is_input_layer (StrataLayer *self)
{
  return g_str_equal (strata_object_get_class_name (STRATA_OBJECT (self)), "InputLayer");
}

G_END_DECLS
