/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "metrics/metric.h"

G_BEGIN_DECLS

/* IoU and its relatives; each has some of these as parameters, and fixes the others. */
typedef struct
{
  StrataMetric parent;
  gint64 num_classes;
  JsonNode *target_class_ids; /* NULL for all */
  double threshold;
  gint64 ignore_class;
  gboolean sparse_y_true, sparse_y_pred;
  gint64 axis;
} StrataIou;

#define STRATA_PARAM_N_CLASSES                                                                                        \
  STRATA_PARAM (INT, StrataIou, num_classes, NULL, .minimum = 1, .maximum = 100000, .soft_minimum = 2,                 \
                .soft_maximum = 100,                                                                                   \
                .title = "Classes", .description = "How many classes there are")
#define STRATA_PARAM_TARGET_CLASSES(def)                                                                              \
  STRATA_PARAM (JSON, StrataIou, target_class_ids, def, .title = "Target classes",                                     \
                .description = "The classes that are averaged")
#define STRATA_PARAM_IGNORE_CLASS                                                                                     \
  STRATA_PARAM (INT, StrataIou, ignore_class, "null", .nullable = TRUE, .title = "Ignored class",                     \
                .description = "Samples of this class do not count, such as background")
#define STRATA_PARAM_SPARSE(f, def, label, text) \
  STRATA_PARAM (BOOL, StrataIou, f, def, .title = label, .description = text)
#define STRATA_PARAM_CLASS_AXIS                                                                                       \
  STRATA_PARAM (INT, StrataIou, axis, "-1", .minimum = -STRATA_MAX_RANK, .maximum = STRATA_MAX_RANK, .title = "Axis",  \
                .description = "The dimension that holds the classes, where they are one-hot")

gboolean     strata_iou_configured (StrataObject *object, GError **error);
gboolean     strata_iou_build      (StrataMetric *self, const StrataShape *y_pred, GError **error);
void         strata_iou_update     (StrataMetric *self, StrataBuilder *b, StrataValue *y_true, StrataValue *y_pred,
                                    StrataValue *weights);
StrataValue *strata_iou_result     (StrataMetric *self, StrataBuilder *b);

G_END_DECLS
