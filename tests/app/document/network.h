/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "base/json.h"
#include "base/literal.h"
#include "document/document.h"

/*
 * Documents from a line of text: layers one after the other, apart by ">", each as in Keras, such as
 * "Input(batch_shape=[None,4]) > Dense(units=3)". A name before a colon is one that others can lead to; "<" names those
 * that lead to a layer, instead of the one before: "a: Input() > b: Dense() > Add() < a b". "<" alone: nothing does.
 */

static StrataDocNode *
network_find_source (GHashTable *names,
                     const char *name)
{
  StrataDocNode *node = g_hash_table_lookup (names, name);

  g_assert_nonnull (node);
  return node;
}

static StrataDocNode *
network_add_layer (StrataDocument *document,
                   GHashTable     *names,
                   StrataDocNode  *before,
                   char           *text)
{
  char *sources = strchr (text, '<'), *colon = strchr (text, ':');
  g_auto (GStrv) list = NULL;
  g_autofree char *class_name = NULL;
  g_autoptr (JsonObject) config = NULL;
  g_autoptr (GError) error = NULL;
  StrataDocNode *node;

  if (sources != NULL)
    {
      *sources = '\0';
      list = g_strsplit (g_strstrip (sources + 1), " ", -1);
    }
  if (colon != NULL && strcspn (text, "(") > (gsize) (colon - text))
    *colon = '\0';
  else
    colon = NULL;

  strata_literal_parse_call (g_strstrip (colon != NULL ? colon + 1 : text), &class_name, &config, &error);
  g_assert_no_error (error);
  node = strata_document_add_node (document, class_name, config, 0, 0, &error);
  g_assert_no_error (error);
  if (colon != NULL)
    g_hash_table_insert (names, g_strdup (g_strstrip (text)), node);

  if (list == NULL && before != NULL && strata_doc_node_get_n_inputs (node) > 0)
    strata_document_connect (document, before, 0, node, 0, &error);
  for (guint i = 0; list != NULL && list[i] != NULL; i++)
    if (*list[i] != '\0')
      strata_document_connect (document, network_find_source (names, list[i]), 0, node,
                               strata_doc_node_takes_list (node, 0) ? 0 : i, &error);
  g_assert_no_error (error);
  return node;
}

G_GNUC_UNUSED static StrataDocument *
network_new (const char *text)
{
  StrataDocument *document = strata_document_new ();
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_auto (GStrv) layers = g_strsplit (text, ">", -1);
  StrataDocNode *before = NULL;

  for (guint i = 0; layers[i] != NULL; i++)
    before = network_add_layer (document, names, before, layers[i]);
  return document;
}

static void
network_set (StrataDocument *document,
             const char     *key,
             const char     *text)
{
  g_autoptr (JsonNode) json = json_from_string (text, NULL);

  g_assert_nonnull (json);
  strata_document_set_setting (document, key, json);
}

static void
network_read_shape (JsonObject *object,
                    const char *name,
                    StrataSpec *spec)
{
  JsonArray *dims = strata_json_get_array (object, name);

  spec->dtype = strata_json_get_bool (object, "whole", FALSE) ? STRATA_INT32 : STRATA_FLOAT32;
  for (guint i = 0; dims != NULL && i < json_array_get_length (dims); i++)
    strata_shape_append (&spec->shape, json_array_get_int_element (dims, i));
}

/* Data that is only told of: n samples of shape input, from low to high, with targets likewise. */
G_GNUC_UNUSED static void
network_tell_data (StrataDocument *document,
                   const char     *text)
{
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  g_autoptr (JsonNode) description = json_from_string ("{\"kind\": \"told\"}", NULL);
  JsonObject *object = json_node_get_object (node);
  JsonArray *counts = strata_json_get_array (object, "counts");
  g_autoptr (StrataDataFacts) facts = g_new0 (StrataDataFacts, 1);

  g_atomic_ref_count_init (&facts->ref_count);
  facts->n_samples = strata_json_get_int (object, "n", 1000);
  facts->n_inputs = 1;
  facts->n_targets = 1;
  network_read_shape (object, "input", &facts->input);
  network_read_shape (object, "target", &facts->target);
  facts->input_low = strata_json_get_double (object, "low", 0);
  facts->input_high = strata_json_get_double (object, "high", 1);
  facts->target_low = strata_json_get_double (object, "target_low", 0);
  facts->target_high = strata_json_get_double (object, "target_high", 1);
  facts->target_mean = (facts->target_low + facts->target_high) / 2;
  facts->target_deviation = (facts->target_high - facts->target_low) / 4;
  facts->n_classes = strata_json_get_int (object, "classes", 0);
  facts->has_words = strata_json_get_bool (object, "words", FALSE);
  facts->class_counts = g_array_new (FALSE, TRUE, sizeof (gint64));
  for (guint i = 0; counts != NULL && i < json_array_get_length (counts); i++)
    {
      gint64 count = json_array_get_int_element (counts, i);

      g_array_append_val (facts->class_counts, count);
    }
  strata_document_set_setting (document, "data", description);
  strata_document_set_data_facts (document, description, facts);
}
