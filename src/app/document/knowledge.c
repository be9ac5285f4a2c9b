/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a document is told about itself by those who tried: no edits, and never saved. */
#include "document/document-private.h"
#include "document/json.h"

/**
 * strata_document_get_data_facts: (skip)
 *
 * Returns: (transfer none) (nullable): what is known of the data that the settings name
 */
const StrataDataFacts *
strata_document_get_data_facts (StrataDocument *self)
{
  JsonNode *data = strata_document_get_setting (self, "data");

  if (self->data_facts == NULL || data == NULL || !json_node_equal (data, self->data_description))
    return NULL;
  return self->data_facts;
}

/**
 * strata_document_set_data_facts: (skip)
 * @description: the setting "data" that they are about
 * @facts: (nullable): what was found, or %NULL where the data cannot be read
 *
 * Tells the document what its data is like, for its checks.
 */
void
strata_document_set_data_facts (StrataDocument  *self,
                                JsonNode        *description,
                                StrataDataFacts *facts)
{
  g_clear_pointer (&self->data_facts, strata_data_facts_unref);
  g_clear_pointer (&self->data_description, json_node_unref);
  self->data_description = strata_json_copy (description);
  self->data_facts = facts != NULL ? strata_data_facts_ref (facts) : NULL;
  strata_document_check (self);
  strata_document_emit_analysed (self);
}

/**
 * strata_document_get_epoch_seconds:
 *
 * Returns: about how long an epoch takes on this computer, or -1 where that was not measured
 */
double
strata_document_get_epoch_seconds (StrataDocument *self)
{
  return self->epoch_seconds;
}

/**
 * strata_document_set_epoch_seconds:
 * @seconds: as measured, or -1 where that is not known
 */
void
strata_document_set_epoch_seconds (StrataDocument *self,
                                   double          seconds)
{
  if (self->epoch_seconds == seconds)
    return;
  self->epoch_seconds = seconds;
  strata_document_emit_analysed (self);
}
