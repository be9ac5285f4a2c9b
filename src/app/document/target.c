/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/target.h"

/**
 * strata_target_dup_batch_shape: (skip)
 *
 * Returns: (transfer full): the shape of an input that takes the data's samples, as JSON
 */
char *
strata_target_dup_batch_shape (const StrataDataFacts *facts)
{
  GString *text = g_string_new ("[null");

  for (int i = 0; i < facts->input.shape.rank; i++)
    if (facts->input.shape.dims[i] >= 0)
      g_string_append_printf (text, ", %" G_GINT64_FORMAT, facts->input.shape.dims[i]);
    else
      g_string_append (text, ", null");
  g_string_append_c (text, ']');
  return g_string_free (text, FALSE);
}

/**
 * strata_target_dup_input_config: (skip)
 *
 * Returns: (transfer full): the config of an input for the document's data, empty where nothing is known of it
 */
JsonObject *
strata_target_dup_input_config (StrataDocument *document)
{
  const StrataDataFacts *facts = strata_document_get_data_facts (document);
  g_autofree char *shape = NULL;
  JsonObject *config = json_object_new ();

  if (facts == NULL)
    return config;
  shape = strata_target_dup_batch_shape (facts);
  json_object_set_member (config, "batch_shape", json_from_string (shape, NULL));
  if (facts->has_words)
    json_object_set_string_member (config, "dtype", "int32");
  return config;
}
