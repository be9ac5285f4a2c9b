/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/reshaping/margins.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "base/json.h"
#include "ops/elementwise.h"
#include "ops/shaping.h"

static gboolean
get_count (JsonNode *node,
           gint64   *count)
{
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
    return FALSE;
  *count = json_node_get_int (node);
  return *count >= 0 && *count < G_MAXINT32;
}

/* One number for both sides, or one for each. */
static gboolean
get_pair (JsonNode *node,
          gint64   *before,
          gint64   *after)
{
  JsonArray *items = strata_json_get_items (node);

  if (items == NULL)
    return get_count (node, before) && get_count (node, after);
  return json_array_get_length (items) == 2 && get_count (json_array_get_element (items, 0), before) &&
         get_count (json_array_get_element (items, 1), after);
}

static gboolean
get_margins (StrataMarginLayer *self,
             JsonNode          *node,
             int                nd)
{
  JsonArray *items = strata_json_get_items (node);

  if (nd == 1)
    return get_pair (node, &self->before[0], &self->after[0]);
  if (items != NULL && json_array_get_length (items) != (guint) nd)
    return FALSE;
  for (int d = 0; d < nd; d++)
    if (!get_pair (items != NULL ? json_array_get_element (items, d) : node, &self->before[d], &self->after[d]))
      return FALSE;
  return TRUE;
}

static JsonNode *
new_pair (gint64 before,
          gint64 after)
{
  JsonArray *pair = json_array_new ();

  json_array_add_int_element (pair, before);
  json_array_add_int_element (pair, after);
  return json_node_init_array (json_node_alloc (), pair);
}

/**
 * strata_margin_layer_parse: (skip)
 * @name: what the parameter is called
 * @value: the parameter: a number, a number for each dimension, or two for each; put into Keras's form
 * @nd: how many dimensions
 */
gboolean
strata_margin_layer_parse (StrataMarginLayer  *self,
                           const char         *name,
                           JsonNode          **value,
                           int                 nd,
                           GError            **error)
{
  JsonNode *whole;

  if (!get_margins (self, *value, nd))
    {
      g_autofree char *text = strata_json_to_text (*value, FALSE);

      strata_set_error (error, STRATA_ERROR_VALUE,
                        nd > 1 ? N_("%s must be a whole number from 0 up, one for each dimension, or two for each "
                                    "dimension, not %s")
                               : N_("%s must be a whole number from 0 up, or two for each dimension, not %s"),
                        name, text);
      return FALSE;
    }

  if (nd == 1)
    whole = new_pair (self->before[0], self->after[0]);
  else
    {
      JsonArray *pairs = json_array_new ();

      for (int d = 0; d < nd; d++)
        json_array_add_element (pairs, new_pair (self->before[d], self->after[d]));
      whole = json_node_init_array (json_node_alloc (), pairs);
    }
  json_node_unref (*value);
  *value = whole;
  return TRUE;
}

static int
get_nd (gpointer self)
{
  return STRATA_LAYER_GET_CLASS (self)->min_rank - 2;
}

gboolean
strata_margin_layer_padding_configured (StrataObject  *object,
                                        GError       **error)
{
  StrataMarginLayer *self = (StrataMarginLayer *) object;

  return strata_margin_layer_parse (self, "padding", &self->padding, get_nd (self), error);
}

gboolean
strata_margin_layer_cropping_configured (StrataObject  *object,
                                         GError       **error)
{
  StrataMarginLayer *self = (StrataMarginLayer *) object;

  return strata_margin_layer_parse (self, "cropping", &self->cropping, get_nd (self), error);
}

void
strata_margin_layer_pad (StrataLayer   *layer,
                         StrataBuilder *b,
                         StrataCall    *call)
{
  StrataMarginLayer *self = (StrataMarginLayer *) layer;
  StrataValue *x = strata_cast (b, call->inputs[0], STRATA_FLOAT32);
  gint64 before[STRATA_MAX_RANK] = { 0 }, after[STRATA_MAX_RANK] = { 0 };

  for (int d = 0; d < get_nd (self); d++)
    {
      before[strata_get_spatial_axis (self->data_format, d)] = self->before[d];
      after[strata_get_spatial_axis (self->data_format, d)] = self->after[d];
    }
  strata_call_return (call, strata_pad (b, x, before, after, 0));
}

/* What is cut from an unknown size leaves an unknown one. */
static StrataValue *
crop (StrataBuilder *b,
      StrataValue   *x,
      int            axis,
      gint64         before,
      gint64         after)
{
  gint64 size = x->shape.dims[axis];

  if (size == STRATA_UNKNOWN || (before == 0 && after == 0))
    return x;
  if (before + after < size)
    return strata_slice (b, x, axis, before, size - before - after);
  strata_builder_fail (b, STRATA_ERROR_SHAPE,
                       "cutting %" PRId64 " and %" PRId64 " from dimension %d leaves nothing of its "
                       "%" PRId64
                       "; use a smaller cropping", before, after, axis, size);
  return x;
}

void
strata_margin_layer_crop (StrataLayer   *layer,
                          StrataBuilder *b,
                          StrataCall    *call)
{
  StrataMarginLayer *self = (StrataMarginLayer *) layer;
  StrataValue *x = call->inputs[0];

  for (int d = 0; d < get_nd (self); d++)
    x = crop (b, x, strata_get_spatial_axis (self->data_format, d), self->before[d], self->after[d]);
  strata_call_return (call, x);
}
