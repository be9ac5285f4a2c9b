/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "metrics/iou-base.h"

static const StrataParam params[] = {
  STRATA_PARAM_N_CLASSES,
  STRATA_PARAM_IGNORE_CLASS,
  STRATA_PARAM_SPARSE (sparse_y_pred, "false", "Predictions are numbers",
                       "Whether predictions are class numbers rather than a score a class"),
  STRATA_PARAM_CLASS_AXIS,
  { NULL },
};

static gboolean
one_hot_mean_iou_configured (StrataObject  *object,
                             GError       **error)
{
  StrataIou *self = (StrataIou *) object;

  self->sparse_y_true = FALSE;
  return strata_iou_configured (object, error);
}

const StrataMetricInfo strata_metric_one_hot_mean_iou = {
  .object = {
    .name = "OneHotMeanIoU",
    .title = "One-hot mean intersection over union",
    .description = "How well areas are covered, on average over all classes; targets are one-hot",
    .formula = "both / either",
    .params = params,
    .instance_size = sizeof (StrataIou),
    .samples = (const char *const[]){
      "{\"num_classes\": 3}",
      "{\"num_classes\": 3, \"ignore_class\": 2, \"dtype\": \"float32\"}",
      NULL },
    .configured = one_hot_mean_iou_configured,
  },
  .default_dtype = "\"int64\"",
  .maximise = TRUE,
  .raw = TRUE,
  .build = strata_iou_build,
  .update = strata_iou_update,
  .result = strata_iou_result,
};
