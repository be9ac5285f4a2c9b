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
  strata_document_touch (self);
  strata_document_emit_runs_changed (self);
}

void
strata_document_remove_run (StrataDocument *self,
                            StrataRun      *run)
{
  if (!g_ptr_array_remove (self->runs, run))
    return;

  strata_document_touch (self);
  strata_document_emit_runs_changed (self);
}
