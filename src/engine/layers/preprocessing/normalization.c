/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/layer.h"

#include <inttypes.h>
#include <math.h>

#include "layers/json-numbers.h"
#include "ops/elementwise.h"
#include "ops/shaping.h"

/* What a standard deviation is at least. */
#define EPSILON 1e-7

typedef struct
{
  StrataLayer parent;
  StrataInts axis;
  gboolean invert;
  JsonNode *mean, *variance;
  StrataVariable *adapted_mean, *adapted_variance, *count;
} Normalization;

static const StrataParam params[] = {
  STRATA_PARAM (INTS, Normalization, axis, "-1", .nullable = TRUE, .minimum = -STRATA_MAX_RANK,
                .maximum = STRATA_MAX_RANK - 1,
                .soft_minimum = -1, .soft_maximum = 3, .title = "Axis",
                .description = "The dimensions whose entries are normalized each by themselves; none for all numbers "
                               "together"),
  STRATA_PARAM (BOOL, Normalization, invert, "false", .title = "Invert",
                .description = "Whether to go the other way: from normalized numbers to real ones"),
  STRATA_PARAM (JSON, Normalization, mean, "null", .nullable = TRUE, .title = "Mean",
                .description = "The mean, where it is not learned from data"),
  STRATA_PARAM (JSON, Normalization, variance, "null", .nullable = TRUE, .title = "Variance",
                .description = "The variance, where it is not learned from data"),
  { NULL },
};

static gboolean
normalization_configured (StrataObject  *object,
                          GError       **error)
{
  Normalization *self = (Normalization *) object;
  g_autoptr (StrataTensor) mean = strata_json_to_floats (self->mean), variance = strata_json_to_floats (self->variance);

  self->axis.scalar = FALSE;
  self->axis.n = MAX (self->axis.n, 0);
  if ((mean == NULL) == (variance == NULL) &&
      (mean == NULL) == (self->mean == NULL || JSON_NODE_HOLDS_NULL (self->mean)) &&
      (mean == NULL || strata_shape_equal (strata_tensor_get_shape (mean), strata_tensor_get_shape (variance))))
    return TRUE;
  strata_set_error (error, STRATA_ERROR_VALUE,
                    "mean and variance must be given both, as numbers or lists of the same shape, or neither");
  return FALSE;
}

/* Which dimensions of an input are kept, as bits. */
static gboolean
get_kept (Normalization      *self,
          const StrataShape  *shape,
          guint              *kept,
          GError            **error)
{
  *kept = 0;
  for (int i = 0; i < self->axis.n; i++)
    {
      gint64 axis = self->axis.v[i] < 0 ? self->axis.v[i] + shape->rank : self->axis.v[i];

      if (axis < 0 || axis >= shape->rank || shape->dims[axis] == STRATA_UNKNOWN)
        {
          g_autofree char *text = strata_shape_to_string (shape);

          strata_set_error (error, STRATA_ERROR_SHAPE,
                            "axis %" PRId64 " must be a dimension of known size, the input's shape is %s",
                            self->axis.v[i], text);
          return FALSE;
        }
      *kept |= 1u << axis;
    }
  return TRUE;
}

static gboolean
normalization_build (StrataLayer       *layer,
                     const StrataSpec  *inputs,
                     guint              n_inputs,
                     GError           **error)
{
  Normalization *self = (Normalization *) layer;
  g_autoptr (StrataObject) ones = strata_object_new (STRATA_KIND_INITIALIZER, "Ones", NULL, NULL);
  g_autoptr (StrataTensor) mean = strata_json_to_floats (self->mean);
  StrataShape shape = { 0 };
  guint kept;

  if (!get_kept (self, &inputs[0].shape, &kept, error))
    return FALSE;
  for (int i = 0; i < inputs[0].shape.rank; i++)
    if (kept & 1u << i)
      strata_shape_append (&shape, inputs[0].shape.dims[i]);
  if (mean != NULL)
    return TRUE;
  self->adapted_mean = strata_layer_add_state (layer, "mean", STRATA_FLOAT32, &shape, NULL, error);
  if (self->adapted_mean == NULL)
    return FALSE;
  self->adapted_variance = strata_layer_add_state (layer, "variance", STRATA_FLOAT32, &shape, ones, error);
  self->count = strata_layer_add_state (layer, "count", STRATA_INT32, &STRATA_SCALAR, NULL, error);
  return self->count != NULL;
}

/* Statistics with their dimensions where the kept ones of the input are; given ones may be fewer, from the last on. */
static StrataValue *
spread (StrataBuilder     *b,
        StrataValue       *numbers,
        const StrataShape *x,
        guint              kept)
{
  StrataShape shape = { .rank = x->rank };
  int next = numbers->shape.rank - 1;

  for (int i = x->rank - 1; i >= 0; i--)
    shape.dims[i] = (kept & 1u << i) && next >= 0 ? numbers->shape.dims[next--] : 1;
  return strata_reshape (b, numbers, &shape);
}

static void
normalization_call (StrataLayer   *layer,
                    StrataBuilder *b,
                    StrataCall    *call)
{
  Normalization *self = (Normalization *) layer;
  StrataValue *x = strata_cast (b, call->inputs[0], STRATA_FLOAT32), *mean, *variance, *deviation;
  g_autoptr (GError) error = NULL;
  guint kept;

  if (!get_kept (self, &x->shape, &kept, &error))
    {
      strata_builder_fail (b, STRATA_ERROR_SHAPE, "%s", error->message);
      return;
    }
  mean = self->adapted_mean != NULL ? strata_builder_read (b, self->adapted_mean)
         : strata_builder_constant (b, strata_json_to_floats (self->mean));
  variance = self->adapted_mean != NULL ? strata_builder_read (b, self->adapted_variance)
                                        : strata_builder_constant (b, strata_json_to_floats (self->variance));
  mean = spread (b, mean, &x->shape, kept);
  deviation = strata_maximum (b, strata_sqrt (b, spread (b, variance, &x->shape, kept)),
                              strata_builder_scalar (b, EPSILON));
  if (self->invert)
    strata_call_return (call, strata_add (b, mean, strata_multiply (b, x, deviation)));
  else
    strata_call_return (call, strata_divide (b, strata_subtract (b, x, mean), deviation));
}

/* Which entry of the statistics number @index of the data belongs to. */
static gint64
find_entry (const StrataShape *shape,
            guint              kept,
            gint64             index)
{
  gint64 entry = 0, stride = 1;

  for (int i = shape->rank - 1; i >= 0; i--)
    {
      if (kept & 1u << i)
        {
          entry += index % shape->dims[i] * stride;
          stride *= shape->dims[i];
        }
      index /= shape->dims[i];
    }
  return entry;
}

static gboolean
normalization_adapt (StrataLayer   *layer,
                     StrataTensor  *data,
                     GError       **error)
{
  Normalization *self = (Normalization *) layer;
  StrataSpec spec = { strata_tensor_get_dtype (data), *strata_tensor_get_shape (data) };
  gint64 n = strata_tensor_get_size (data), entries;
  g_autofree double *sums = NULL, *squares = NULL;
  guint kept;

  if (!strata_layer_build (layer, &spec, 1, error) || !get_kept (self, &spec.shape, &kept, error))
    return FALSE;
  if (self->adapted_mean == NULL || n == 0)
    return TRUE;
  entries = strata_shape_get_size (&self->adapted_mean->shape);
  if (n % entries != 0)
    {
      strata_set_error (error, STRATA_ERROR_SHAPE,
                        "the data do not have the %" PRId64 " features the layer was built for", entries);
      return FALSE;
    }
  sums = g_new0 (double, entries);
  squares = g_new0 (double, entries);
  for (gint64 i = 0; i < n; i++)
    sums[find_entry (&spec.shape, kept, i)] += strata_tensor_get_number (data, i);
  for (gint64 e = 0; e < entries; e++)
    sums[e] /= n / entries;
  for (gint64 i = 0; i < n; i++)
    {
      gint64 e = find_entry (&spec.shape, kept, i);

      squares[e] += pow (strata_tensor_get_number (data, i) - sums[e], 2);
    }
  for (gint64 e = 0; e < entries; e++)
    {
      strata_variable_get_floats (self->adapted_mean)[e] = sums[e];
      strata_variable_get_floats (self->adapted_variance)[e] = squares[e] / (n / entries);
    }
  return TRUE;
}

const StrataLayerInfo strata_layer_normalization = {
  .object = {
    .name = "Normalization",
    .title = "Normalization",
    .category = "Preprocessing",
    .description = "Brings each feature to mean 0 and spread 1, as measured from the data beforehand",
    .formula = "y = (x − mean) / √variance",
    .params = params,
    .instance_size = sizeof (Normalization),
    .samples = (const char *const[]){
      "{}",
      "{\"axis\": null}",
      "{\"axis\": [1, 2]}",
      "{\"mean\": 3.0, \"variance\": 2.0}",
      "{\"mean\": [1.0, 2.0, 3.0], \"variance\": [1.0, 4.0, 0.25], \"invert\": true}",
      NULL },
    .configured = normalization_configured,
  },
  .flags = STRATA_LAYER_PASSES_MASK,
  .sample_inputs = "2,4,3",
  .build = normalization_build,
  .call = normalization_call,
  .adapt = normalization_adapt,
};
