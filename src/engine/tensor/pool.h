/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * StrataTask:
 * @data: what was given to strata_pool_run()
 * @task: which of the tasks, from 0
 * @thread: which thread runs it, from 0: an index for scratch memory
 */
typedef void (*StrataTask) (gpointer data, guint task, guint thread);

void  strata_pool_run             (guint n_tasks, StrataTask func, gpointer data);
guint strata_pool_get_n_threads   (void);
void  strata_pool_set_n_threads   (guint n_threads);

G_END_DECLS
