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
    .choices = (const char *const[]){ "sum_over_batch_size", "sum", "mean", "mean_with_sample_weight", "none",
                                      "auto", NULL },
    .title = "Reduction", .description = "How the losses of a batch become one" },
  { NULL },
};

static void
strata_loss_adopt (StrataObjectClass      *klass,
                   const StrataObjectInfo *object_info)
{
  const StrataLossInfo *info = (const StrataLossInfo *) object_info;
  StrataLossClass *loss_class = STRATA_LOSS_CLASS (klass);

  loss_class->sparse = info->sparse;
  loss_class->function = info->function;
  loss_class->call = info->call;
  loss_class->mask = info->mask;
}

static gboolean
strata_loss_configured (StrataObject  *object,
                        GError       **error)
{
  StrataLossPrivate *priv = strata_loss_get_instance_private (STRATA_LOSS (object));

  const StrataLossInfo *info = (const StrataLossInfo *) STRATA_OBJECT_GET_CLASS (object)->info;

  if (priv->name == NULL && info != NULL)
    priv->name = g_strdup (info->default_name);
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

/**
 * strata_loss_match_ranks: (skip)
 * @y_true: (inout): targets
 * @y_pred: (inout): predictions
 *
 * Where one has a last dimension of 1 that the other lacks, the other gets it
 * if it has but one dimension; else it is dropped.
 */
void
strata_loss_match_ranks (StrataBuilder  *b,
                         StrataValue   **y_true,
                         StrataValue   **y_pred)
{
  StrataValue **longer = (*y_true)->shape.rank > (*y_pred)->shape.rank ? y_true : y_pred;
  StrataValue **shorter = longer == y_true ? y_pred : y_true;
  int rank = (*longer)->shape.rank;

  if (strata_builder_has_failed (b) || (*shorter)->shape.rank != rank - 1 || (*longer)->shape.dims[rank - 1] != 1)
    return;
  if (rank == 2)
    *shorter = strata_expand_dims (b, *shorter, -1);
  else
    *longer = strata_squeeze (b, *longer, -1);
}

static gboolean
check_shapes (StrataLoss    *self,
              StrataBuilder *b,
              StrataValue   *y_true,
              StrataValue   *y_pred)
{
  g_autofree char *expected = NULL, *received = NULL;
  StrataShape joint;

  if (y_true->shape.rank == y_pred->shape.rank && strata_shape_broadcast (&y_true->shape, &y_pred->shape, &joint))
    return TRUE;
  expected = strata_shape_to_string (&y_pred->shape);
  received = strata_shape_to_string (&y_true->shape);
  strata_builder_fail (b, STRATA_ERROR_SHAPE,
                       "%s: the model predicts arrays of shape %s, but the targets have shape %s",
                       strata_loss_get_name (self), expected, received);
  return FALSE;
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

  if (strata_builder_has_failed (b))
    return strata_builder_nothing (b);
  y_true = strata_cast (b, y_true, STRATA_FLOAT32);
  y_pred = strata_cast (b, y_pred, STRATA_FLOAT32);
  if (y_pred->precision != STRATA_FLOAT32)
    y_pred = strata_widen (b, y_pred);
  if (!klass->sparse)
    {
      strata_loss_match_ranks (b, &y_true, &y_pred);
      if (!check_shapes (self, b, y_true, y_pred))
        return strata_builder_nothing (b);
    }
  return klass->function != NULL ? klass->function (b, y_true, y_pred) : klass->call (self, b, y_true, y_pred);
}

/**
 * strata_loss_fit_weights: (skip)
 * @weights: weights, a sample or a step
 * @values: what they weigh
 *
 * Returns: (transfer none): weights of as many dimensions as @values; those of
 *   fewer hold for all steps of a sample
 */
StrataValue *
strata_loss_fit_weights (StrataBuilder *b,
                         StrataValue   *weights,
                         StrataValue   *values)
{
  int rank = values->shape.rank;

  weights = strata_cast (b, weights, STRATA_FLOAT32);
  if (weights->shape.rank == rank + 1 && weights->shape.dims[rank] == 1)
    weights = strata_squeeze (b, weights, -1);
  while (weights->shape.rank < rank && !strata_builder_has_failed (b))
    weights = strata_expand_dims (b, weights, -1);
  return weights;
}

/* Both masks, where there are two. */
static StrataValue *
join_masks (StrataLoss    *self,
            StrataBuilder *b,
            StrataValue   *y_true,
            StrataValue   *y_pred,
            StrataValue   *mask)
{
  StrataLossClass *klass = STRATA_LOSS_GET_CLASS (self);
  StrataValue *own = klass->mask != NULL && !strata_builder_has_failed (b)
                     ? klass->mask (self, b, y_true, y_pred) : NULL;

  if (own == NULL || mask == NULL)
    return own != NULL ? own : mask;
  return strata_logical_and (b, strata_loss_fit_weights (b, mask, own), own);
}

static StrataValue *
mask_weights (StrataLoss    *self,
              StrataBuilder *b,
              StrataValue   *mask,
              StrataValue   *weights,
              StrataValue   *losses)
{
  StrataLossPrivate *priv = strata_loss_get_instance_private (self);
  StrataValue *valid = strata_loss_fit_weights (b, mask, losses), *total;

  /* Keras scales the mask so that the mean is over the steps that count. */
  if (g_strcmp0 (priv->reduction, "sum_over_batch_size") == 0 || g_strcmp0 (priv->reduction, "mean") == 0)
    {
      total = strata_builder_scalar (b, strata_shape_get_size (&valid->shape));
      total = strata_divide_no_nan (b, total, strata_reduce_sum (b, valid, STRATA_ALL_AXES, FALSE));
      valid = strata_where (b, strata_cast (b, valid, STRATA_BOOL), total, strata_builder_scalar (b, 0));
    }
  return weights != NULL ? strata_multiply (b, weights, valid) : valid;
}

/* @weights: (nullable): what @losses were multiplied by */
static StrataValue *
reduce (StrataLoss    *self,
        StrataBuilder *b,
        StrataValue   *losses,
        StrataValue   *weights)
{
  StrataLossPrivate *priv = strata_loss_get_instance_private (self);
  StrataValue *sum, *divisor;

  if (priv->reduction == NULL || g_str_equal (priv->reduction, "none") || losses->shape.rank == 0)
    return losses;
  sum = strata_reduce_sum (b, losses, STRATA_ALL_AXES, FALSE);
  if (g_str_equal (priv->reduction, "sum"))
    return sum;
  if (g_str_equal (priv->reduction, "mean_with_sample_weight") && weights != NULL)
    divisor = strata_reduce_sum (b, strata_broadcast_to (b, weights, &losses->shape), STRATA_ALL_AXES, FALSE);
  else
    divisor = strata_builder_scalar (b, MAX (1, strata_shape_get_size (&losses->shape)));
  return strata_divide_no_nan (b, sum, divisor);
}

/* Weights of samples that fit the last dimension of the losses hold for that one in Keras, as NumPy has it; just
 * losses (n, 1) are weighed sample by sample. */
static StrataValue *
weigh (StrataBuilder *b,
       StrataValue   *weights,
       StrataValue   *losses)
{
  int rank = losses->shape.rank;
  gint64 last = rank > 0 ? losses->shape.dims[rank - 1] : 0;

  if (weights->shape.rank == 1 && rank > 1 && (last == 1 ? rank > 2 : last == weights->shape.dims[0]))
    return strata_cast (b, weights, STRATA_FLOAT32);
  return strata_loss_fit_weights (b, weights, losses);
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
  StrataValue *losses = strata_loss_call (self, b, y_true, y_pred);

  mask = join_masks (self, b, y_true, y_pred, mask);
  if (weights != NULL)
    weights = weigh (b, weights, losses);
  if (mask != NULL)
    weights = mask_weights (self, b, mask, weights, losses);
  if (weights != NULL)
    losses = strata_multiply (b, losses, weights);
  if (strata_builder_has_failed (b))
    return strata_builder_nothing (b);
  return reduce (self, b, losses, weights);
}

/**
 * strata_loss_find_logits: (skip)
 * @y_pred: what a model predicts
 *
 * Keras's crossentropies look for them wherever a softmax or a sigmoid came last, whichever of the two it was,
 * and whether or not they were told that they get scores.
 *
 * Returns: (transfer none) (nullable): the scores that @y_pred was made of
 */
StrataValue *
strata_loss_find_logits (StrataValue *y_pred)
{
  const StrataNode *node = y_pred->node;

  return node->op != NULL && (node->op->flags & STRATA_OP_LOGITS) ? node->inputs[0] : NULL;
}
