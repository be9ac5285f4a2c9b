/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/elementwise.h"
#include "ops/reduce.h"
#include "ops/shaping.h"
#include "optimizers/common-params.h"
#include "optimizers/slices.h"

typedef struct
{
  StrataOptimizer parent;
  double beta_2_decay, epsilon_1, epsilon_2, clip_threshold;
  gboolean relative_step;
} Adafactor;

static const StrataParam params[] = {
  STRATA_PARAM (FLOAT, Adafactor, beta_2_decay, "-0.8", .minimum = -G_MAXFLOAT, .maximum = 0, .soft_minimum = -1,
                .title = "Beta 2 decay", .description = "How fast the averages become slower"),
  STRATA_PARAM (FLOAT, Adafactor, epsilon_1, "1e-30", .minimum = 0, .maximum = 1, .title = "Epsilon 1",
                .description = "A small number that is added to squared gradients"),
  STRATA_PARAM (FLOAT, Adafactor, epsilon_2, "1e-3", .minimum = 0, .maximum = G_MAXFLOAT, .soft_maximum = 0.1,
                .title = "Epsilon 2", .description = "The least that weights count as"),
  STRATA_PARAM (FLOAT, Adafactor, clip_threshold, "1.0", .minimum = 0, .maximum = G_MAXFLOAT, .soft_maximum = 10,
                .title = "Clip threshold", .description = "How large a step may be on average"),
  STRATA_PARAM (BOOL, Adafactor, relative_step, "true", .title = "Relative step",
                .description = "Whether the learning rate falls with the square root of the steps, as it does in Keras "
                               "in any case"),
  { NULL },
};

/* Vectors have no rows: Keras then keeps two numbers that it does not use. */
static void
row_spec (StrataVariable *weight,
          StrataDType    *dtype,
          StrataShape    *shape)
{
  if (shape->rank >= 2)
    strata_shape_remove (shape, shape->rank - 1);
  else
    *dtype = STRATA_INT32, *shape = STRATA_SCALAR;
}

static void
column_spec (StrataVariable *weight,
             StrataDType    *dtype,
             StrataShape    *shape)
{
  if (shape->rank >= 2)
    strata_shape_remove (shape, shape->rank - 2);
  else
    *dtype = STRATA_INT32, *shape = STRATA_SCALAR;
}

static StrataValue *
get_root_mean (StrataBuilder *b,
               StrataValue   *x)
{
  return strata_sqrt (b, strata_reduce_mean (b, x, STRATA_ALL_AXES, FALSE));
}

static StrataValue *
follow (StrataOptimizer *optimizer,
        StrataBuilder   *b,
        StrataVariable  *average,
        StrataValue     *value,
        StrataValue     *keep)
{
  StrataValue *rest = strata_subtract (b, strata_builder_scalar (b, 1), keep);

  return strata_add (b, strata_multiply (b, keep, strata_builder_read (b, average)), strata_multiply (b, rest, value));
}

/* What the squares would be if they were a row times a column, which are all that is remembered. */
static StrataValue *
factor (StrataOptimizer    *optimizer,
        StrataBuilder      *b,
        const StrataUpdate *update,
        StrataValue        *squares,
        StrataValue        *keep)
{
  StrataValue *row = follow (optimizer, b, update->slots[0],
                             strata_reduce_mean (b, squares, strata_axis_bit (squares, -1), FALSE), keep);
  StrataValue *column = follow (optimizer, b, update->slots[1],
                                strata_reduce_mean (b, squares, strata_axis_bit (squares, -2), FALSE), keep);
  StrataValue *share = strata_divide (b, row, strata_reduce_mean (b, row, strata_axis_bit (row, -1), TRUE));

  strata_optimizer_assign (optimizer, b, update->slots[0], row);
  strata_optimizer_assign (optimizer, b, update->slots[1], column);
  return strata_multiply (b, strata_expand_dims (b, share, -1), strata_expand_dims (b, column, -2));
}

static StrataValue *
adafactor_update (StrataOptimizer    *optimizer,
                  StrataBuilder      *b,
                  const StrataUpdate *update)
{
  Adafactor *self = (Adafactor *) optimizer;
  StrataValue *one = strata_builder_scalar (b, 1), *speed = strata_rsqrt (b, update->step), *u, *scale, *rate, *v;
  StrataValue *keep = strata_subtract (b, one,
                                       strata_power (b, update->step, strata_builder_scalar (b, self->beta_2_decay)));
  StrataValue *squares = strata_slices_square (b, update->grad), *raised = strata_offset (b, squares, self->epsilon_1);

  v = update->weight->shape.rank >= 2 ? factor (optimizer, b, update, raised, keep)
                                      : follow (optimizer, b, update->slots[2], raised, keep);
  strata_optimizer_assign (optimizer, b, update->slots[2], v);
  rate = strata_multiply (b, strata_maximum (b, get_root_mean (b, strata_square (b, update->weight)),
                                             strata_builder_scalar (b, self->epsilon_2)),
                          strata_minimum (b, update->rate, speed));
  u = strata_divide (b, update->grad, strata_sqrt (b, v));
  scale = strata_maximum (b, one,
                          strata_scale (b, get_root_mean (b, strata_divide (b, squares, v)), 1 / self->clip_threshold));
  return strata_subtract (b, update->weight, strata_multiply (b, rate, strata_divide (b, u, scale)));
}

const StrataOptimizerInfo strata_optimizer_adafactor = {
  .object = {
    .name = "Adafactor",
    .title = "Adafactor",
    .description = "Adam that remembers a row and a column instead of a matrix (Shazeer and Stern, 2018)",
    .formula = "v ≈ r·cᵀ/mean(r);  w ← w − max(ε₂, rms(w)) · ρₜ · u/max(1, rms(u)/d),  u = g/√v",
    .params = params,
    .instance_size = sizeof (Adafactor),
    .samples = (const char *const[]){
      "{}",
      "{\"learning_rate\": 0.1}",
      "{\"learning_rate\": 0.5, \"clip_threshold\": 0.3, \"epsilon_2\": 0.1, \"beta_2_decay\": -0.5}",
      "{\"learning_rate\": 0.1, \"relative_step\": false, \"weight_decay\": 0.1}",
      NULL },
  },
  .slots = (const StrataSlot[]){ { .name = "row", .spec = row_spec },
                                 { .name = "column", .spec = column_spec },
                                 { .name = "velocity" }, { NULL } },
  .update = adafactor_update,
};
