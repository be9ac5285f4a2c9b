/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "base/object.h"
#include "ops/builder.h"

G_BEGIN_DECLS

#define STRATA_TYPE_SCHEDULE (strata_schedule_get_type ())
G_DECLARE_DERIVABLE_TYPE (StrataSchedule, strata_schedule, STRATA, SCHEDULE, StrataObject)

/**
 * StrataScheduleInfo:
 * @object: what every kind has
 * @rate: the learning rate at @step, a float32 scalar: how many steps came before
 *
 * What a file in schedules/ exports.
 */
typedef struct
{
  StrataObjectInfo object;
  StrataValue *(*rate) (StrataSchedule *self, StrataBuilder *b, StrataValue *step);
} StrataScheduleInfo;

struct _StrataScheduleClass
{
  StrataObjectClass parent_class;

  StrataValue *(*rate) (StrataSchedule *self, StrataBuilder *b, StrataValue *step);

  gpointer padding[4];
};

StrataValue *strata_schedule_rate        (StrataSchedule *self, StrataBuilder *b, StrataValue *step);
gboolean     strata_schedule_is_constant (StrataSchedule *self, double *value);

G_END_DECLS
