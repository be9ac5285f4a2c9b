/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define STRATA_TYPE_NUMBER (strata_number_get_type ())
G_DECLARE_FINAL_TYPE (StrataNumber, strata_number, STRATA, NUMBER, GtkWidget)

/**
 * StrataChange:
 * @STRATA_CHANGE_NONE: nothing to compare with
 * @STRATA_CHANGE_BETTER: it got better
 * @STRATA_CHANGE_WORSE: it got worse
 *
 * How a number compares to the one before.
 */
typedef enum
{
  STRATA_CHANGE_NONE,
  STRATA_CHANGE_BETTER,
  STRATA_CHANGE_WORSE,
} StrataChange;

GtkWidget  *strata_number_new       (const char *title) G_GNUC_WARN_UNUSED_RESULT;
const char *strata_number_get_value (StrataNumber *self);
void        strata_number_set_value (StrataNumber *self, const char *value);
void        strata_number_set_change (StrataNumber *self, StrataChange change, gboolean rises);

G_END_DECLS
