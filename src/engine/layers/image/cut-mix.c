/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/image/augment.h"
#include "ops/constants.h"
#include "ops/drawing.h"
#include "ops/elementwise.h"
#include "ops/indexing.h"
#include "ops/shaping.h"

static const StrataParam params[] = {
  STRATA_PARAM (JSON, StrataAugmentLayer, factor, "1.0", .title = "Factor",
                .description = "How much the sizes of what is cut differ, from 0 to 1, or between what that is"),
  STRATA_AUGMENT_PARAMS_COMMON,
  { NULL },
};

/* 1 where rows (or columns: @axis 2) are within a span that is a part of the image, for each image. */
static StrataValue *
draw_span (StrataAugmentLayer *self,
           StrataBuilder      *b,
           StrataValue        *x,
           StrataValue        *part,
           int                 axis,
           int                 which)
{
  gint64 n = x->shape.dims[axis];
  StrataShape shape = STRATA_SHAPE (1, 1, 1, 1);
  StrataValue *length = strata_scale (b, part, n), *start, *at;

  shape.dims[axis] = n;
  at = strata_count_up (b, &shape);
  start = strata_multiply (b, strata_augment_draw4 (self, b, x, 0, 1, which),
                           strata_offset (b, strata_negative (b, length), n));
  return strata_logical_and (b, strata_greater_equal (b, at, start),
                             strata_less (b, at, strata_add (b, start, length)));
}

/* Which pixels come from another image; @kept is how much of each is its own. */
static StrataValue *
draw_patches (StrataAugmentLayer  *self,
              StrataBuilder       *b,
              StrataValue         *x,
              StrataValue        **kept)
{
  double lower = 0, upper = 0;
  StrataValue *alpha, *part;

  strata_augment_get_range (self->factor, 0, &lower, &upper);
  alpha = strata_draw_uniform (b, &STRATA_SHAPE (1, 1, 1, 1), strata_augment_get_seed (self, 0));
  alpha = strata_offset (b, strata_scale (b, alpha, upper - lower), lower + 1e-6);
  alpha = strata_broadcast_to (b, alpha, &STRATA_SHAPE (x->shape.dims[0], 1, 1, 1));
  *kept = strata_augment_draw_beta (self, b, alpha, 1);
  part = strata_sqrt (b, strata_offset (b, strata_negative (b, *kept), 1));
  return strata_logical_and (b, draw_span (self, b, x, part, 1, 3), draw_span (self, b, x, part, 2, 4));
}

static void
cut_mix_call (StrataLayer   *layer,
              StrataBuilder *b,
              StrataCall    *call)
{
  StrataAugmentLayer *self = (StrataAugmentLayer *) layer;
  StrataValue *x = strata_augment_enter (self, b, call), *labels = strata_augment_get_labels (call), *kept, *covered;
  StrataValue *order;

  /* One image alone, without a batch, has none that it could be mixed with. */
  if (call->training && !strata_builder_has_failed (b) && x->shape.dims[0] != 1 && x->shape.dims[1] >= 0 &&
      x->shape.dims[2] >= 0)
    {
      covered = draw_patches (self, b, x, &kept);
      order = strata_augment_draw_order (self, b, x, 5);
      x = strata_where (b, covered, strata_gather (b, x, order), x);
      labels = labels != NULL ? strata_augment_mix (b, labels, kept, order) : NULL;
    }
  strata_augment_leave_with (self, b, call, x, labels);
}

const StrataLayerInfo strata_layer_cut_mix = {
  .object = {
    .name = "CutMix",
    .title = "Patched images",
    .category = "Preprocessing",
    .description = "Puts a part of another image of the batch over each while training",
    .formula = "label = (1 − area) · own + area · that of the other image",
    .params = params,
    .instance_size = sizeof (StrataAugmentLayer),
    .samples = (const char *const[]){ "{}", "{\"factor\": [0.5, 0.9], \"seed\": 5}", "{\"factor\": 0.0}", NULL },
    .configured = strata_augment_share_configured,
  },
  .flags = STRATA_LAYER_MIXES_SAMPLES | STRATA_LAYER_TAKES_LABELS,
  .min_rank = 3,
  .max_rank = 4,
  .sample_inputs = "3,4,5,2",
  .call = cut_mix_call,
};
