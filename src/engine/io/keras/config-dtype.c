/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/policy.h"
#include "io/keras/config-private.h"
#include "layers/operator.h"

#define MAX_NESTING 32

static const char *find_dtype (const StrataSymbol *symbol, guint depth);

static const char *
get_compute_dtype (StrataLayer *layer)
{
  g_autoptr (JsonNode) policy = strata_object_get_param (STRATA_OBJECT (layer), "dtype");

  return g_intern_string (strata_policy_get_compute_dtype (policy));
}

/* What two types of floating point become together. */
static const char *
promote (const char *a,
         const char *b)
{
  if (a == NULL || g_str_equal (a, b))
    return b;
  return g_str_equal (a, "float64") || g_str_equal (b, "float64") ? "float64" : "float32";
}

/* What a cast is to make, which computes in float32 here. */
static const char *
get_cast_dtype (StrataLayer *layer)
{
  g_autoptr (JsonObject) config = strata_operator_dup_config (STRATA_OPERATOR (layer));

  return g_str_equal (strata_object_get_class_name (STRATA_OBJECT (layer)), "Cast")
         ? g_intern_string (json_object_get_string_member_with_default (config, "dtype", "float32")) : NULL;
}

static const char *
find_operator_dtype (const StrataSymbol *symbol,
                     guint               depth)
{
  const char *dtype = get_cast_dtype (symbol->layer);

  if (dtype != NULL)
    return dtype;
  for (guint i = 0; i < symbol->site->inputs->len; i++)
    {
      const StrataSymbol *input = g_ptr_array_index (symbol->site->inputs, i);

      if (input->spec.dtype == STRATA_FLOAT32)
        dtype = promote (dtype, find_dtype (input, depth + 1));
    }
  return dtype != NULL ? dtype : "float32";
}

static const char *
find_model_dtype (StrataModel *model,
                  guint        index,
                  guint        depth)
{
  if (STRATA_IS_FUNCTIONAL (model))
    return find_dtype (strata_functional_get_output (STRATA_FUNCTIONAL (model), index), depth + 1);
  if (strata_model_get_n_layers (model) > 0)
    {
      StrataLayer *last = strata_model_get_layer (model, strata_model_get_n_layers (model) - 1);

      return STRATA_IS_MODEL (last) ? find_model_dtype (STRATA_MODEL (last), 0, depth + 1) : get_compute_dtype (last);
    }
  return "float32";
}

static const char *
find_dtype (const StrataSymbol *symbol,
            guint               depth)
{
  if (symbol->spec.dtype != STRATA_FLOAT32 || depth > MAX_NESTING)
    return strata_dtype_get_name (symbol->spec.dtype);
  if (STRATA_IS_OPERATOR (symbol->layer))
    return find_operator_dtype (symbol, depth);
  return STRATA_IS_MODEL (symbol->layer) ? find_model_dtype (STRATA_MODEL (symbol->layer), symbol->index, depth)
                                         : get_compute_dtype (symbol->layer);
}

/**
 * strata_config_get_dtype: (skip)
 *
 * Returns: the type that a tensor has in Keras, where layers hand on what they compute in; here, all of that is float32
 */
const char *
strata_config_get_dtype (const StrataSymbol *symbol)
{
  return find_dtype (symbol, 0);
}
