/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "document/run.h"

G_BEGIN_DECLS

/**
 * StrataAdviceTone:
 * @STRATA_ADVICE_GOOD: all went well
 * @STRATA_ADVICE_HINT: something can be made better
 * @STRATA_ADVICE_PROBLEM: something went wrong
 *
 * How serious it is.
 */
typedef enum
{
  STRATA_ADVICE_GOOD,
  STRATA_ADVICE_HINT,
  STRATA_ADVICE_PROBLEM,
} StrataAdviceTone;

/**
 * StrataAdvice:
 * @tone: how serious it is
 * @heading: what happened
 * @body: why, and what to do
 *
 * What a teacher would say of a run.
 */
typedef struct
{
  StrataAdviceTone tone;
  char *heading;
  char *body;
} StrataAdvice;

StrataAdvice *strata_advice_new_for_run (StrataRun *run) G_GNUC_WARN_UNUSED_RESULT;
void          strata_advice_free        (StrataAdvice *self);
char         *strata_advice_sentence    (const char *message) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataAdvice, strata_advice_free)

G_END_DECLS
