/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/document-private.h"

/**
 * strata_document_get_runs:
 *
 * Returns: (transfer none) (element-type StrataRun): all runs, oldest first
 */
const GPtrArray *
strata_document_get_runs (StrataDocument *self)
{
  return self->runs;
}

/**
 * strata_document_add_run:
 *
 * Adds the record of a run. Runs are no steps: undo leaves them.
 */
void
strata_document_add_run (StrataDocument *self,
                         StrataRun      *run)
{
  g_ptr_array_add (self->runs, g_object_ref (run));
  g_signal_connect_object (run, "notify::name", G_CALLBACK (strata_document_touch), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (run, "notify::notes", G_CALLBACK (strata_document_touch), self, G_CONNECT_SWAPPED);
  strata_document_touch (self);
  strata_document_emit_runs_changed (self);
}

void
strata_document_remove_run (StrataDocument *self,
                            StrataRun      *run)
{
  guint index;

  if (!g_ptr_array_find (self->runs, run, &index))
    return;

  g_signal_handlers_disconnect_by_func (run, strata_document_touch, self);
  g_ptr_array_remove_index (self->runs, index);
  strata_document_touch (self);
  strata_document_emit_runs_changed (self);
}
