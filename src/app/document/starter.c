/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/starter.h"

#include <glib/gi18n.h>

#include "base/json.h"
#include "document/target.h"

/* Larger pictures are pooled once more. */
#define LARGE_SIDE 48
/* Pictures whose pixels go up to 255. */
#define BYTES_FROM 2

/* A layer of a network to begin with, its parameters as JSON. */
typedef struct
{
  const char *class_name, *config;
} Part;

static const Part of_rows[] = {
  { "Dense", "{\"units\": 32, \"activation\": \"relu\"}" },
  { "Dense", "{\"units\": 16, \"activation\": \"relu\"}" },
  { NULL },
};

static const Part of_series[] = {
  { "LSTM", "{\"units\": 32}" },
  { NULL },
};

static const Part of_words[] = {
  { "GlobalAveragePooling1D", "{}" },
  { "Dense", "{\"units\": 16, \"activation\": \"relu\"}" },
  { "Dropout", "{\"rate\": 0.3}" },
  { NULL },
};

static const Part of_pictures[] = {
  { "Conv2D", "{\"filters\": 16, \"kernel_size\": [3, 3], \"padding\": \"same\", \"activation\": \"relu\"}" },
  { "MaxPooling2D", "{\"pool_size\": [2, 2]}" },
  { "Conv2D", "{\"filters\": 32, \"kernel_size\": [3, 3], \"padding\": \"same\", \"activation\": \"relu\"}" },
  { "MaxPooling2D", "{\"pool_size\": [2, 2]}" },
  { NULL },
};

static const Part of_large_pictures[] = {
  { "Conv2D", "{\"filters\": 64, \"kernel_size\": [3, 3], \"padding\": \"same\", \"activation\": \"relu\"}" },
  { "MaxPooling2D", "{\"pool_size\": [2, 2]}" },
  { NULL },
};

static const Part after_pictures[] = {
  { "Flatten", "{}" },
  { "Dense", "{\"units\": 64, \"activation\": \"relu\"}" },
  { "Dropout", "{\"rate\": 0.3}" },
  { NULL },
};

/* The network so far, and the first thing that went wrong. */
typedef struct
{
  StrataDocument *document;
  StrataDocNode *last;
  GError *error;
} Chain;

static void
append (Chain      *self,
        const char *class_name,
        JsonObject *config)
{
  StrataDocNode *node;

  if (self->error != NULL)
    return;
  node = strata_document_add_node (self->document, class_name, config, 0, 0, &self->error);
  if (node == NULL)
    return;
  if (self->last != NULL)
    strata_document_connect (self->document, self->last, 0, node, 0, &self->error);
  self->last = node;
}

static void
append_text (Chain      *self,
             const char *class_name,
             const char *config)
{
  g_autoptr (JsonNode) node = json_from_string (config, NULL);

  append (self, class_name, json_node_get_object (node));
}

static void
append_parts (Chain      *self,
              const Part *parts)
{
  for (; parts->class_name != NULL; parts++)
    append_text (self, parts->class_name, parts->config);
}

static void
append_pictures (Chain                 *self,
                 const StrataDataFacts *facts)
{
  const gint64 *dims = facts->input.shape.dims;

  if (facts->input_high > BYTES_FROM)
    append_text (self, "Rescaling", "{\"scale\": 0.00392156862745098}");
  append_parts (self, of_pictures);
  if (MIN (dims[0], dims[1]) >= LARGE_SIDE)
    append_parts (self, of_large_pictures);
  append_parts (self, after_pictures);
}

static void
append_words (Chain                 *self,
              const StrataDataFacts *facts)
{
  g_autofree char *config = g_strdup_printf ("{\"input_dim\": %" G_GINT64_FORMAT ", \"output_dim\": 16}",
                                             (gint64) facts->input_high + 1);

  append_text (self, "Embedding", config);
  append_parts (self, of_words);
}

static void
append_output (Chain                 *self,
               const StrataDataFacts *facts)
{
  gint64 units = facts->n_classes > 0 ? facts->n_classes : MAX (strata_shape_get_size (&facts->target.shape), 1);
  g_autofree char *config = g_strdup_printf ("{\"units\": %" G_GINT64_FORMAT "%s}", units,
                                             facts->n_classes > 0 ? ", \"activation\": \"softmax\"" : "");

  append_text (self, "Dense", config);
}

/* Few samples are seen more often. */
static void
set_training (StrataDocument        *document,
              const StrataDataFacts *facts)
{
  const char *loss_name = facts->n_classes > 0 ? "sparse_categorical_crossentropy" : "mean_squared_error";
  g_autoptr (JsonNode) loss = json_node_init_string (json_node_alloc (), loss_name);
  g_autoptr (JsonNode) metrics = json_from_string (facts->n_classes > 0 ? "[\"accuracy\"]"
                                                                        : "[\"mean_absolute_error\"]", NULL);
  g_autoptr (JsonNode) epochs = json_node_init_int (json_node_alloc (),
                                                    facts->n_samples <= 2000 ? 20 : facts->n_samples <= 20000 ? 10 : 5);

  strata_document_set_setting_member (document, "compile", "loss", loss);
  strata_document_set_setting_member (document, "compile", "metrics", metrics);
  strata_document_set_setting_member (document, "fit", "epochs", epochs);
}

/**
 * strata_starter_is_possible: (skip)
 *
 * Returns: whether @document has data of a usual kind and no network yet
 */
gboolean
strata_starter_is_possible (StrataDocument *document)
{
  const StrataDataFacts *facts = strata_document_get_data_facts (document);

  if (facts == NULL || strata_document_get_nodes (document)->len > 0 || facts->n_inputs != 1 || facts->n_targets != 1 ||
      facts->n_classes == 1 || facts->input.dtype == STRATA_STRING)
    return FALSE;
  return facts->input.shape.rank >= 1 && facts->input.shape.rank <= 3 &&
         (!facts->has_words || facts->input.shape.rank == 1);
}

/**
 * strata_starter_build: (skip)
 *
 * Begins with a small network that fits the document's data, as one step: what a textbook would begin with.
 *
 * Returns: whether it was possible
 */
gboolean
strata_starter_build (StrataDocument  *document,
                      GError         **error)
{
  const StrataDataFacts *facts = strata_document_get_data_facts (document);
  g_autoptr (JsonObject) input = NULL;
  Chain chain = { document };

  g_return_val_if_fail (strata_starter_is_possible (document), FALSE);

  input = strata_target_dup_input_config (document);
  strata_document_begin_group (document, _("Begin with a Network"));
  append (&chain, "InputLayer", input);
  if (facts->has_words)
    append_words (&chain, facts);
  else if (facts->input.shape.rank == 3)
    append_pictures (&chain, facts);
  else
    append_parts (&chain, facts->input.shape.rank == 2 ? of_series : of_rows);
  append_output (&chain, facts);
  set_training (document, facts);
  strata_document_arrange (document);
  strata_document_end_group (document);
  if (chain.error == NULL)
    return TRUE;
  strata_document_undo (document);
  g_propagate_error (error, chain.error);
  return FALSE;
}
