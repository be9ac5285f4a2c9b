/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

const char *strata_naming_get_own (const char *class_name);
char *strata_naming_snake (const char *class_name) G_GNUC_WARN_UNUSED_RESULT;
char *strata_naming_next  (const char *class_name) G_GNUC_WARN_UNUSED_RESULT;
void  strata_naming_reset (void);

G_END_DECLS
