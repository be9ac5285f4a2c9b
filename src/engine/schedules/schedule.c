/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "schedules/schedule.h"

#include "base/codec.h"

/**
 * StrataSchedule:
 *
 * How the learning rate changes while training goes on.
 */
G_DEFINE_ABSTRACT_TYPE (StrataSchedule, strata_schedule, STRATA_TYPE_OBJECT)

static void
strata_schedule_adopt (StrataObjectClass      *klass,
                       const StrataObjectInfo *info)
{
  STRATA_SCHEDULE_CLASS (klass)->rate = ((const StrataScheduleInfo *) info)->rate;
}

static void
strata_schedule_class_init (StrataScheduleClass *klass)
{
  StrataObjectClass *object_class = STRATA_OBJECT_CLASS (klass);

  object_class->kind = STRATA_KIND_SCHEDULE;
  object_class->adopt = strata_schedule_adopt;
}

static void
strata_schedule_init (StrataSchedule *self)
{
}

/**
 * strata_schedule_rate: (skip)
 *
 * Returns: (transfer none): the learning rate at @step
 */
StrataValue *
strata_schedule_rate (StrataSchedule *self,
                      StrataBuilder  *b,
                      StrataValue    *step)
{
  return STRATA_SCHEDULE_GET_CLASS (self)->rate (self, b, step);
}

/**
 * strata_schedule_is_constant:
 * @value: (out): the rate, where it is
 *
 * Returns: whether it is just a number
 */
gboolean
strata_schedule_is_constant (StrataSchedule *self,
                             double         *value)
{
  g_autoptr (JsonNode) node = NULL;

  if (!g_str_equal (strata_object_get_class_name (STRATA_OBJECT (self)), "Constant"))
    return FALSE;
  node = strata_object_get_param (STRATA_OBJECT (self), "value");
  *value = json_node_get_double (node);
  return TRUE;
}

/* A constant learning rate is written as its number. */
static JsonNode *
write_schedule (StrataObject *object)
{
  return g_str_equal (strata_object_get_class_name (object), "Constant")
         ? strata_object_get_param (object, "value") : NULL;
}

const StrataCodec strata_schedule_codec = {
  .write = write_schedule,
};
