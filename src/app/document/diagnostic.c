/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/document.h"

/**
 * StrataDiagnostic:
 *
 * Something to say about a document: what, where, why, and maybe how to mend it.
 */
struct _StrataDiagnostic
{
  gatomicrefcount ref_count;
  StrataSeverity severity;
  guint node_id;
  const char *check;
  gboolean blocking;
  char *message;
  char *fix_label;
  StrataFixFunc fix;
  JsonNode *fix_data;
};

G_DEFINE_BOXED_TYPE (StrataDiagnostic, strata_diagnostic, strata_diagnostic_ref, strata_diagnostic_unref)

/**
 * strata_diagnostic_new:
 * @node_id: the node it is about, or 0 for the whole document
 * @message: (transfer full): a sentence for a student
 */
StrataDiagnostic *
strata_diagnostic_new (StrataSeverity  severity,
                       guint           node_id,
                       char           *message)
{
  StrataDiagnostic *self = g_new0 (StrataDiagnostic, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->severity = severity;
  self->node_id = node_id;
  self->message = message;
  return self;
}

StrataDiagnostic *
strata_diagnostic_ref (StrataDiagnostic *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
strata_diagnostic_unref (StrataDiagnostic *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->message);
  g_free (self->fix_label);
  g_clear_pointer (&self->fix_data, json_node_unref);
  g_free (self);
}

/**
 * strata_diagnostic_set_fix:
 * @label: (transfer full): what the button says, such as "Add Flatten"
 * @fix: does it
 * @data: (transfer full) (nullable): what @fix needs to know
 */
void
strata_diagnostic_set_fix (StrataDiagnostic *self,
                           char             *label,
                           StrataFixFunc     fix,
                           JsonNode         *data)
{
  g_free (self->fix_label);
  g_clear_pointer (&self->fix_data, json_node_unref);
  self->fix_label = label;
  self->fix = fix;
  self->fix_data = data;
}

/**
 * strata_diagnostic_set_check:
 * @check: (transfer none): the name of the check that found it; must stay
 */
void
strata_diagnostic_set_check (StrataDiagnostic *self,
                             const char       *check)
{
  self->check = check;
}

/**
 * strata_diagnostic_set_blocking:
 *
 * Errors keep a network from being built, other things do where this is set: what is only not done yet.
 */
void
strata_diagnostic_set_blocking (StrataDiagnostic *self,
                                gboolean          blocking)
{
  self->blocking = blocking;
}

/**
 * strata_diagnostic_get_check:
 *
 * Returns: (nullable): the name of the check that found it
 */
const char *
strata_diagnostic_get_check (StrataDiagnostic *self)
{
  return self->check;
}

/**
 * strata_diagnostic_is_blocking:
 *
 * Returns: whether the network cannot be built before it is mended
 */
gboolean
strata_diagnostic_is_blocking (StrataDiagnostic *self)
{
  return self->blocking || self->severity == STRATA_SEVERITY_ERROR;
}

StrataSeverity
strata_diagnostic_get_severity (StrataDiagnostic *self)
{
  return self->severity;
}

/**
 * strata_diagnostic_get_node_id:
 *
 * Returns: the node it is about, or 0 for the whole document
 */
guint
strata_diagnostic_get_node_id (StrataDiagnostic *self)
{
  return self->node_id;
}

const char *
strata_diagnostic_get_message (StrataDiagnostic *self)
{
  return self->message;
}

/**
 * strata_diagnostic_get_fix_label:
 *
 * Returns: (nullable): what a button that mends it says
 */
const char *
strata_diagnostic_get_fix_label (StrataDiagnostic *self)
{
  return self->fix_label;
}

/**
 * strata_diagnostic_apply_fix:
 * @document: the document it came from
 *
 * Mends it, as one step that can be undone.
 */
gboolean
strata_diagnostic_apply_fix (StrataDiagnostic  *self,
                             StrataDocument    *document,
                             GError           **error)
{
  gboolean success;

  g_return_val_if_fail (self->fix != NULL, FALSE);

  strata_document_end_coalescing (document);
  strata_document_begin_group (document, self->fix_label);
  success = self->fix (document, self->node_id, self->fix_data, error);
  strata_document_end_group (document);
  return success;
}
