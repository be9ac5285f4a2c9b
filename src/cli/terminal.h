/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void  strata_terminal_set_up    (void);
int   strata_terminal_get_width (void);
char *strata_terminal_wrap      (const char *text, int indent, int width) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
