/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Python's text of a number, and NumPy's of a number in single precision: for files that both write. */
char *strata_number_to_text        (double value) G_GNUC_WARN_UNUSED_RESULT;
char *strata_single_number_to_text (float value) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
