/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "losses/loss.h"

#include "layers/naming.h"
#include "ops/elementwise.h"
#include "ops/reduce.h"
#include "ops/shaping.h"

typedef struct
{
  char *name;
  char *reduction;
} StrataLossPrivate;

/**
 * StrataLoss:
 *
 * How wrong a prediction is: what training makes small.
 */
G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (StrataLoss, strata_loss, STRATA_TYPE_OBJECT)

static StrataParam loss_params[] = {
  { .name = "name", .type = STRATA_PARAM_STRING, .fallback = "null", .nullable = TRUE, .title = "Name",
    .description = "What the loss is called in logs" },
  { .name = "reduction", .type = STRATA_PARAM_CHOICE, .fallback = "\"sum_over_batch_size\"", .nullable = TRUE,
    .choices = (const char *const[]){ "sum_over_batch_size", "sum", "mean", "mean_with_sample_weight", "none", "auto", NULL },
    .title = "Reduction", .description = "How the losses of a batch become one" },
  { NULL },
};

static void
strata_loss_adopt (StrataObjectClass      *klass,
                   const StrataObjectInfo *info)
{
  STRATA_LOSS_CLASS (klass)->call = ((const StrataLossInfo *) info)->call;
  STRATA_LOSS_CLASS (klass)->sparse = ((const StrataLossInfo *) info)->sparse;
}

static gboolean
strata_loss_configured (StrataObject  *object,
                        GError       **error)
{
  StrataLossPrivate *priv = strata_loss_get_instance_private (STRATA_LOSS (object));

  if (priv->name == NULL)
    priv->name = strata_naming_snake (strata_object_get_class_name (object));
  return STRATA_OBJECT_CLASS (strata_loss_parent_class)->configured (object, error);
}

static void
strata_loss_class_init (StrataLossClass *klass)
{
  StrataObjectClass *object_class = STRATA_OBJECT_CLASS (klass);
  int base = g_type_class_get_instance_private_offset (klass);

  object_class->kind = STRATA_KIND_LOSS;
  object_class->adopt = strata_loss_adopt;
  object_class->configured = strata_loss_configured;
  loss_params[0].offset = base + (int) G_STRUCT_OFFSET (StrataLossPrivate, name);
  loss_params[1].offset = base + (int) G_STRUCT_OFFSET (StrataLossPrivate, reduction);
  strata_object_class_install_params (object_class, loss_params);
}

static void
strata_loss_init (StrataLoss *self)
{
}

const char *
strata_loss_get_name (StrataLoss *self)
{
  StrataLossPrivate *priv = strata_loss_get_instance_private (self);

  return priv->name;
}

/* A dimension of 1 at the end is added or dropped, as Keras does, so that both have the same rank. */
static StrataValue *
match_rank (StrataBuilder *b,
            StrataValue   *y_true,
            int            rank)
{
  if (y_true->shape.rank == rank + 1 && y_true->shape.dims[rank] == 1)
    return strata_squeeze (b, y_true, -1);
  if (y_true->shape.rank == rank - 1)
    return strata_expand_dims (b, y_true, -1);
  return y_true;
}

/**
 * strata_loss_call: (skip)
 * @y_true: targets
 * @y_pred: predictions, (batch, ...)
 *
 * Returns: (transfer none): a loss for each sample (and each step, where there are some)
 */
StrataValue *
strata_loss_call (StrataLoss    *self,
                  StrataBuilder *b,
                  StrataValue   *y_true,
                  StrataValue   *y_pred)
{
  StrataLossClass *klass = STRATA_LOSS_GET_CLASS (self);
  StrataShape joint;

  if (strata_builder_has_failed (b))
    return strata_builder_nothing (b);
  y_true = strata_cast (b, y_true, STRATA_FLOAT32);
  if (!klass->sparse)
    {
      y_true = match_rank (b, y_true, y_pred->shape.rank);
      if (!strata_shape_broadcast (&y_true->shape, &y_pred->shape, &joint))
        {
          g_autofree char *expected = strata_shape_to_string (&y_pred->shape);
          g_autofree char *received = strata_shape_to_string (&y_true->shape);

          strata_builder_fail (b, STRATA_ERROR_SHAPE, "%s: the model predicts arrays of shape %s, but the targets have shape %s",
                               strata_loss_get_name (self), expected, received);
          return strata_builder_nothing (b);
        }
    }
  return klass->call (self, b, y_true, y_pred);
}

/* Weights of fewer dimensions hold for all steps of a sample. */
static StrataValue *
fit_weights (StrataBuilder *b,
             StrataValue   *weights,
             StrataValue   *losses)
{
  weights = match_rank (b, strata_cast (b, weights, STRATA_FLOAT32), losses->shape.rank);
  while (weights->shape.rank < losses->shape.rank && !strata_builder_has_failed (b))
    weights = strata_expand_dims (b, weights, -1);
  return weights;
}

/**
 * strata_loss_compute: (skip)
 * @weights: (nullable): a weight a sample
 * @mask: (nullable): which steps count
 *
 * Returns: (transfer none): the loss of a batch, reduced as the loss says
 */
StrataValue *
strata_loss_compute (StrataLoss    *self,
                     StrataBuilder *b,
                     StrataValue   *y_true,
                     StrataValue   *y_pred,
                     StrataValue   *weights,
                     StrataValue   *mask)
{
  StrataLossPrivate *priv = strata_loss_get_instance_private (self);
  StrataValue *losses = strata_loss_call (self, b, y_true, y_pred), *sum, *divisor;

  if (weights != NULL)
    weights = fit_weights (b, weights, losses);
  if (mask != NULL)
    {
      StrataValue *valid = fit_weights (b, mask, losses);
      StrataValue *total = strata_builder_scalar (b, strata_shape_get_size (&valid->shape));

      /* Keras scales the mask so that the mean is over the steps that count. */
      valid = strata_multiply (b, valid, strata_divide_no_nan (b, total, strata_reduce_sum (b, valid, STRATA_ALL_AXES, FALSE)));
      weights = weights != NULL ? strata_multiply (b, weights, valid) : valid;
    }
  if (weights != NULL)
    losses = strata_multiply (b, losses, weights);

  if (g_strcmp0 (priv->reduction, "none") == 0 || priv->reduction == NULL)
    return losses;
  sum = strata_reduce_sum (b, losses, STRATA_ALL_AXES, FALSE);
  if (g_str_equal (priv->reduction, "sum"))
    return sum;
  divisor = strata_builder_scalar (b, MAX (1, strata_shape_get_size (&losses->shape)));
  if (g_str_equal (priv->reduction, "mean_with_sample_weight") && weights != NULL)
    divisor = strata_reduce_sum (b, strata_broadcast_to (b, weights, &losses->shape), STRATA_ALL_AXES, FALSE);
  return strata_divide_no_nan (b, sum, divisor);
}

StrataValue *
strata_loss_find_logits (StrataValue *y_pred,
                         const char  *op_name)
{
  const StrataNode *node = y_pred->node;

  if (node->op == NULL || !(node->op->flags & STRATA_OP_LOGITS) || !g_str_equal (node->op->name, op_name))
    return NULL;
  return node->inputs[0];
}
