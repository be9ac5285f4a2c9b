/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "metrics/iou-base.h"

static const StrataParam params[] = {
  STRATA_PARAM_N_CLASSES,
  STRATA_PARAM_TARGET_CLASSES (NULL),
  STRATA_PARAM_IGNORE_CLASS,
  STRATA_PARAM_SPARSE (sparse_y_true, "true", "Targets are numbers",
                       "Whether targets are class numbers rather than one-hot"),
  STRATA_PARAM_SPARSE (sparse_y_pred, "true", "Predictions are numbers",
                       "Whether predictions are class numbers rather than a score a class"),
  STRATA_PARAM_CLASS_AXIS,
  { NULL },
};

const StrataMetricInfo strata_metric_iou = {
  .object = {
    .name = "IoU",
    .title = "Intersection over union",
    .description = "How well areas of some classes are covered",
    .formula = "both / either",
    .params = params,
    .instance_size = sizeof (StrataIou),
    .samples = (const char *const[]){
      "{\"num_classes\": 3, \"target_class_ids\": [0, 2]}",
      "{\"num_classes\": 3, \"target_class_ids\": [1], \"ignore_class\": 0}",
      "{\"num_classes\": 3, \"target_class_ids\": [0, 1], \"sparse_y_pred\": false}",
      NULL },
    .configured = strata_iou_configured,
  },
  .default_dtype = "\"int64\"",
  .maximise = TRUE,
  .raw = TRUE,
  .build = strata_iou_build,
  .update = strata_iou_update,
  .result = strata_iou_result,
};
