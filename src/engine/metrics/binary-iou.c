/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "metrics/iou-base.h"
#include "ops/elementwise.h"

static const StrataParam params[] = {
  STRATA_PARAM_TARGET_CLASSES ("[0, 1]"),
  STRATA_PARAM (FLOAT, StrataIou, threshold, "0.5", .soft_maximum = 1, .title = "Threshold",
                .description = "From which on a prediction means yes"),
  { NULL },
};

static gboolean
binary_iou_configured (StrataObject  *object,
                       GError       **error)
{
  StrataIou *self = (StrataIou *) object;

  self->num_classes = 2;
  self->ignore_class = STRATA_NONE_INT;
  self->sparse_y_true = self->sparse_y_pred = TRUE;
  return strata_iou_configured (object, error);
}

static void
binary_iou_update (StrataMetric  *metric,
                   StrataBuilder *b,
                   StrataValue   *y_true,
                   StrataValue   *y_pred,
                   StrataValue   *weights)
{
  y_pred = strata_greater_equal (b, y_pred, strata_builder_scalar (b, ((StrataIou *) metric)->threshold));
  strata_iou_update (metric, b, y_true, y_pred, weights);
}

const StrataMetricInfo strata_metric_binary_iou = {
  .object = {
    .name = "BinaryIoU",
    .title = "Binary intersection over union",
    .description = "How well the area of yes, of no, or of both is covered",
    .formula = "both / either",
    .params = params,
    .instance_size = sizeof (StrataIou),
    .samples = (const char *const[]){
      "{}",
      "{\"target_class_ids\": [1], \"threshold\": 0.3}",
      "{\"target_class_ids\": [0]}",
      NULL },
    .configured = binary_iou_configured,
  },
  .default_dtype = "\"int64\"",
  .maximise = TRUE,
  .raw = TRUE,
  .build = strata_iou_build,
  .update = binary_iou_update,
  .result = strata_iou_result,
};
