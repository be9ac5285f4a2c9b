/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/elementwise.h"
#include "schedules/common-params.h"

#include <math.h>

typedef struct
{
  StrataSchedule parent;
  JsonNode *boundaries, *values;
  char *name;
} PiecewiseConstantDecay;

static const StrataParam params[] = {
  STRATA_PARAM (JSON, PiecewiseConstantDecay, boundaries, NULL, .title = "Boundaries", .unit = "steps",
                .description = "Up to which step each rate holds, in rising order"),
  STRATA_PARAM (JSON, PiecewiseConstantDecay, values, NULL, .title = "Values",
                .description = "The rates, one more than there are boundaries"),
  STRATA_PARAM_SCHEDULE_NAME (PiecewiseConstantDecay, "PiecewiseConstant"),
  { NULL },
};

static gboolean
is_list_of_numbers (JsonNode *node)
{
  JsonArray *list;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return FALSE;
  list = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      JsonNode *item = json_array_get_element (list, i);

      if (!JSON_NODE_HOLDS_VALUE (item) ||
          (json_node_get_value_type (item) != G_TYPE_INT64 && json_node_get_value_type (item) != G_TYPE_DOUBLE))
        return FALSE;
    }
  return TRUE;
}

static gboolean
piecewise_constant_configured (StrataObject  *object,
                               GError       **error)
{
  PiecewiseConstantDecay *self = (PiecewiseConstantDecay *) object;

  if (is_list_of_numbers (self->boundaries) && is_list_of_numbers (self->values) &&
      json_array_get_length (json_node_get_array (self->boundaries)) + 1 ==
        json_array_get_length (json_node_get_array (self->values)))
    return TRUE;
  strata_set_error (error, STRATA_ERROR_VALUE,
                    "boundaries and values must be lists of numbers, and there must be one value more than boundaries");
  return FALSE;
}

static StrataValue *
piecewise_constant_decay_rate (StrataSchedule *schedule,
                               StrataBuilder  *b,
                               StrataValue    *step)
{
  PiecewiseConstantDecay *self = (PiecewiseConstantDecay *) schedule;
  JsonArray *boundaries = json_node_get_array (self->boundaries), *values = json_node_get_array (self->values);
  guint n = json_array_get_length (boundaries);
  StrataValue *rate = strata_builder_scalar (b, json_array_get_double_element (values, n));

  for (guint i = n; i > 0; i--)
    {
      StrataValue *boundary = strata_builder_scalar (b, trunc (json_array_get_double_element (boundaries, i - 1)));

      rate = strata_where (b, strata_less_equal (b, step, boundary),
                           strata_builder_scalar (b, json_array_get_double_element (values, i - 1)), rate);
    }
  return rate;
}

const StrataScheduleInfo strata_schedule_piecewise_constant_decay = {
  .object = {
    .name = "PiecewiseConstantDecay",
    .title = "Piecewise constant",
    .description = "Falls in steps",
    .formula = "values[i] with boundaries[i − 1] < t ≤ boundaries[i]",
    .params = params,
    .instance_size = sizeof (PiecewiseConstantDecay),
    .samples = (const char *const[]){
      "{\"boundaries\": [2, 4], \"values\": [0.1, 0.05, 0.01]}",
      "{\"boundaries\": [1], \"values\": [0.1, 0.5]}",
      NULL },
    .configured = piecewise_constant_configured,
  },
  .rate = piecewise_constant_decay_rate,
};
