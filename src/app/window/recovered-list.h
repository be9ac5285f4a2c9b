/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Networks with changes that were not saved when the program ended. */
void  strata_recovered_list_fill    (GtkListBox *list);
char *strata_recovered_list_summary (GListModel *left) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
