/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/json.h"
#include "ops/elementwise.h"
#include "ops/matmul.h"
#include "ops/reduce.h"
#include "optimizers/adam-math.h"
#include "optimizers/common-params.h"

#include <math.h>
#include <string.h>

typedef struct
{
  StrataOptimizer parent;
  double adam_beta_1, adam_beta_2, epsilon;
  JsonNode *exclude_layers;
  double muon_a, muon_b, muon_c;
  double adam_lr_ratio, momentum;
  gint64 ns_steps;
  gboolean nesterov, exclude_embeddings;
  double adam_weight_decay, rms_rate;
} Muon;

static const StrataParam params[] = {
  STRATA_PARAM_BETA (Muon, adam_beta_1, "0.9", "Adam beta 1",
                     "How slowly the average of the gradients follows, where Adam is used"),
  STRATA_PARAM_BETA (Muon, adam_beta_2, "0.999", "Adam beta 2", "How slowly the average of their squares follows"),
  STRATA_PARAM_EPSILON (Muon, "1e-7"),
  STRATA_PARAM (JSON, Muon, exclude_layers, "[]", .nullable = TRUE, .title = "Excluded layers",
                .description = "Regular expressions for the paths of weights that Adam is used for"),
  STRATA_PARAM (FLOAT, Muon, muon_a, "3.4445", .title = "A",
                .description = "First coefficient of the Newton–Schulz iteration"),
  STRATA_PARAM (FLOAT, Muon, muon_b, "-4.775", .title = "B",
                .description = "Second coefficient of the Newton–Schulz iteration"),
  STRATA_PARAM (FLOAT, Muon, muon_c, "2.0315", .title = "C",
                .description = "Third coefficient of the Newton–Schulz iteration"),
  STRATA_PARAM (FLOAT, Muon, adam_lr_ratio, "1", .minimum = 0, .maximum = G_MAXFLOAT, .soft_maximum = 1,
                .title = "Adam ratio", .description = "What the learning rate is multiplied by where Adam is used"),
  STRATA_PARAM (FLOAT, Muon, momentum, "0.95", .minimum = 0, .maximum = 1, .title = "Momentum",
                .description = "How much of the last step is kept"),
  STRATA_PARAM (INT, Muon, ns_steps, "5", .minimum = 0, .maximum = 100, .soft_minimum = 1, .soft_maximum = 10,
                .title = "Iterations", .description = "How often a step is brought nearer to an orthogonal matrix"),
  STRATA_PARAM (BOOL, Muon, nesterov, "true", .title = "Nesterov",
                .description = "Whether momentum looks ahead to where it is going"),
  STRATA_PARAM (BOOL, Muon, exclude_embeddings, "true", .title = "Exclude embeddings",
                .description = "Whether Adam is used for embeddings"),
  STRATA_PARAM (FLOAT, Muon, adam_weight_decay, "0.004", .nullable = TRUE, .minimum = 0, .maximum = G_MAXFLOAT,
                .soft_maximum = 0.1,
                .title = "Adam weight decay", .description = "How much weights decay where Adam is used"),
  STRATA_PARAM (FLOAT, Muon, rms_rate, "0.2", .nullable = TRUE, .minimum = 0, .maximum = G_MAXFLOAT, .soft_maximum = 1,
                .title = "RMS rate", .description = "Size of steps in relation to Adam's"),
  { NULL },
};

static gboolean
muon_configured (StrataObject  *object,
                 GError       **error)
{
  Muon *self = (Muon *) object;
  JsonArray *patterns = self->exclude_layers != NULL ? strata_json_get_items (self->exclude_layers) : NULL;

  for (guint i = 0; patterns != NULL && i < json_array_get_length (patterns); i++)
    {
      JsonNode *node = json_array_get_element (patterns, i);
      const char *pattern = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
      g_autoptr (GRegex) regex = pattern != NULL ? g_regex_new (pattern, 0, 0, NULL) : NULL;

      if (regex == NULL)
        {
          strata_set_error (error, STRATA_ERROR_VALUE, "exclude_layers must be a list of regular expressions");
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
is_excluded (Muon       *self,
             const char *path)
{
  JsonArray *patterns;

  if (self->exclude_layers == NULL || !JSON_NODE_HOLDS_ARRAY (self->exclude_layers))
    return FALSE;
  patterns = json_node_get_array (self->exclude_layers);
  for (guint i = 0; i < json_array_get_length (patterns); i++)
    if (g_regex_match_simple (json_array_get_string_element (patterns, i), path, 0, 0))
      return TRUE;
  return FALSE;
}

static gboolean
uses_adam (StrataOptimizer *optimizer,
           StrataVariable  *weight)
{
  Muon *self = (Muon *) optimizer;
  const char *path = weight->path != NULL ? weight->path : weight->name;
  g_autofree char *lower = g_ascii_strdown (path, -1);

  return weight->shape.rank != 2 || (self->exclude_embeddings && strstr (lower, "embedding") != NULL) ||
         is_excluded (self, path);
}

static double
muon_decay (StrataOptimizer *optimizer,
            StrataVariable  *weight)
{
  double decay = 0;

  if (uses_adam (optimizer, weight))
    return ((Muon *) optimizer)->adam_weight_decay;
  g_object_get (optimizer, "weight_decay", &decay, NULL);
  return decay;
}

/* Makes the singular values of a matrix about 1 (Newton and Schulz). */
static StrataValue *
orthogonalize (Muon          *self,
               StrataBuilder *b,
               StrataValue   *x)
{
  gboolean tall = x->shape.dims[0] > x->shape.dims[1];
  StrataValue *norm = strata_sqrt (b, strata_reduce_sum (b, strata_square (b, x), STRATA_ALL_AXES, FALSE));

  x = strata_divide (b, x, strata_offset (b, norm, 1e-7));
  for (gint64 i = 0; i < self->ns_steps; i++)
    {
      StrataValue *square = strata_matmul (b, x, x, tall, !tall);
      StrataValue *mix = strata_add (b, strata_scale (b, square, self->muon_b),
                                     strata_matmul (b, strata_scale (b, square, self->muon_c), square, FALSE, FALSE));

      x = strata_add (b, strata_scale (b, x, self->muon_a),
                      tall ? strata_matmul (b, x, mix, FALSE, FALSE) : strata_matmul (b, mix, x, FALSE, FALSE));
    }
  return x;
}

static StrataValue *
muon_update (StrataOptimizer    *optimizer,
             StrataBuilder      *b,
             const StrataUpdate *update)
{
  Muon *self = (Muon *) optimizer;
  StrataValue *momentum, *step;
  double size = 1;

  if (update->slots[1] != NULL)
    {
      StrataUpdate adam = *update;

      adam.rate = strata_scale (b, update->rate, self->adam_lr_ratio);
      return strata_adam_step (optimizer, b, &adam, self->adam_beta_1, self->adam_beta_2, self->epsilon);
    }

  momentum = strata_add (b, strata_scale (b, strata_builder_read (b, update->slots[0]), self->momentum), update->grad);
  strata_optimizer_assign (optimizer, b, update->slots[0], momentum);
  step = self->nesterov ? strata_add (b, update->grad, strata_scale (b, momentum, self->momentum)) : momentum;
  if (!isnan (self->rms_rate))
    size = sqrt (MAX (update->weight->shape.dims[0], update->weight->shape.dims[1])) * self->rms_rate;
  step = strata_multiply (b, update->rate, strata_scale (b, orthogonalize (self, b, step), size));
  return strata_subtract (b, update->weight, step);
}

const StrataOptimizerInfo strata_optimizer_muon = {
  .object = {
    .name = "Muon",
    .title = "Muon",
    .description = "Steps that are orthogonal matrices, so that all directions are learned; Adam for all but matrices "
                   "(Jordan, 2024)",
    .formula = "m ← momentum · m + g;  w ← w − learning_rate · 0.2√max(rows, columns) · orthogonalize(m)",
    .params = params,
    .instance_size = sizeof (Muon),
    .samples = (const char *const[]){
      "{}",
      "{\"learning_rate\": 0.1, \"nesterov\": false, \"ns_steps\": 3}",
      "{\"learning_rate\": 0.1, \"rms_rate\": null, \"adam_lr_ratio\": 0.5, \"weight_decay\": 0.1}",
      "{\"learning_rate\": 0.1, \"exclude_layers\": [\"kernel\"], \"adam_weight_decay\": null}",
      NULL },
    .configured = muon_configured,
  },
  .default_decay = "0.004",
  .slots = (const StrataSlot[]){ { .name = "momentum" }, { .name = "velocity", .wanted = uses_adam }, { NULL } },
  .decay = muon_decay,
  .update = muon_update,
};
