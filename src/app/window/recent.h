/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The networks that were opened lately, on this computer and still there. */
GPtrArray *strata_recent_dup_infos (guint limit) G_GNUC_WARN_UNUSED_RESULT;
void       strata_recent_add       (GFile *file);
void       strata_recent_fill      (GtkListBox *list, GPtrArray *infos);

G_END_DECLS
