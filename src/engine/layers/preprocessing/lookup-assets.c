/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "layers/preprocessing/lookup-base.h"

/* Keras's names of the file and of the array. */
#define VOCABULARY "vocabulary.txt"
#define WEIGHTS "idf_weights"

static gboolean
is_parameter (StrataLookupLayer *self)
{
  return self->vocabulary != NULL && !JSON_NODE_HOLDS_NULL (self->vocabulary);
}

static void
append_special (StrataLookupLayer *self,
                GString           *text,
                gboolean           mask)
{
  if (self->vocabulary_dtype == NULL)
    g_string_append_printf (text, "%s\n", mask ? self->mask_text : self->oov_text != NULL ? self->oov_text : "");
  else
    g_string_append_printf (text, "%" G_GINT64_FORMAT "\n", mask ? self->mask_number : self->oov_number);
}

/* All tokens, the special ones first, a line each. */
void
strata_lookup_layer_save_assets (StrataLayer  *layer,
                                 StrataAssets *assets)
{
  StrataLookupLayer *self = (StrataLookupLayer *) layer;
  const StrataTokenRules *rules = strata_token_table_get_rules (self->table);
  GString *text = g_string_new (NULL);

  if (self->idf != NULL)
    g_hash_table_insert (assets->arrays, g_strdup (WEIGHTS), strata_tensor_ref (self->idf));
  if (!is_parameter (self))
    {
      for (gint64 i = 0; i < rules->unknown_start + rules->n_unknown; i++)
        append_special (self, text, i < rules->unknown_start);
      for (gint64 i = 0; i < strata_token_table_get_size (self->table); i++)
        if (self->vocabulary_dtype == NULL)
          g_string_append_printf (text, "%s\n", strata_token_table_get_text (self->table, i));
        else
          g_string_append_printf (text, "%" G_GINT64_FORMAT "\n", strata_token_table_get_number (self->table, i));
      if (text->len > 0)
        g_string_truncate (text, text->len - 1);
      g_hash_table_insert (assets->files, g_strdup (VOCABULARY), g_bytes_new (text->str, text->len));
    }
  g_string_free (text, TRUE);
}

static JsonArray *
write_tokens (StrataLookupLayer *self)
{
  JsonArray *tokens = json_array_new ();

  for (gint64 i = 0; i < strata_token_table_get_size (self->table); i++)
    if (self->vocabulary_dtype == NULL)
      json_array_add_string_element (tokens, strata_token_table_get_text (self->table, i));
    else
      json_array_add_int_element (tokens, strata_token_table_get_number (self->table, i));
  return tokens;
}

/* The weights of its tokens; those of special ones follow from them. */
static JsonArray *
write_weights (StrataLookupLayer *self)
{
  JsonArray *weights = json_array_new ();
  gint64 n = strata_token_table_get_size (self->table), first = strata_lookup_layer_get_size (self) - n;

  for (gint64 i = 0; i < n && first + i < strata_tensor_get_size (self->idf); i++)
    json_array_add_double_element (weights, strata_tensor_get_floats (self->idf)[first + i]);
  return weights;
}

/**
 * strata_lookup_layer_dup_learned: (skip)
 *
 * Returns: (transfer full) (nullable): its vocabulary as a parameter, where it is not one anyhow
 */
JsonObject *
strata_lookup_layer_dup_learned (StrataLayer *layer)
{
  StrataLookupLayer *self = (StrataLookupLayer *) layer;
  JsonObject *learned;

  if (is_parameter (self))
    return NULL;
  learned = json_object_new ();
  json_object_set_array_member (learned, "vocabulary", write_tokens (self));
  if (self->idf != NULL)
    json_object_set_array_member (learned, WEIGHTS, write_weights (self));
  return learned;
}

static gboolean
add_line (StrataLookupLayer *self,
          const char        *line)
{
  gint64 number;

  if (self->vocabulary_dtype == NULL)
    return g_utf8_validate (line, -1, NULL) && strata_token_table_add_text (self->table, line);
  return g_ascii_string_to_signed (line, 10, G_MININT64 + 1, G_MAXINT64, &number, NULL) &&
         strata_token_table_add_number (self->table, number);
}

static gboolean
load_vocabulary (StrataLookupLayer  *self,
                 GBytes             *bytes,
                 GError            **error)
{
  const StrataTokenRules *rules = strata_token_table_get_rules (self->table);
  gsize size, n_lines;
  const char *data = g_bytes_get_data (bytes, &size);
  g_autofree char *text = g_strndup (data != NULL ? data : "", size);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  n_lines = g_strv_length (lines);
  while (n_lines > 0 && lines[n_lines - 1][strspn (lines[n_lines - 1], "\r")] == 0)
    n_lines--;
  strata_token_table_clear (self->table);
  for (gsize i = rules->unknown_start + rules->n_unknown; i < n_lines; i++)
    {
      g_strchomp (lines[i] + strcspn (lines[i], "\r"));
      if (!add_line (self, lines[i]))
        {
          strata_set_error (error, STRATA_ERROR_DATA,
                            "line %zu of %s is damaged, or repeats a token: “%.80s”", i + 1,
                            VOCABULARY, lines[i]);
          return FALSE;
        }
    }
  self->vocabulary_size = strata_lookup_layer_get_size (self);
  return TRUE;
}

static gboolean
load_weights (StrataLookupLayer  *self,
              StrataTensor       *weights,
              GError            **error)
{
  StrataTensor *idf;

  if (strata_tensor_get_shape (weights)->rank != 1)
    {
      strata_set_error (error, STRATA_ERROR_SHAPE, "%s must be a list of numbers", WEIGHTS);
      return FALSE;
    }
  idf = strata_tensor_cast (weights, STRATA_FLOAT32, error);
  if (idf == NULL)
    return FALSE;
  g_clear_pointer (&self->idf, strata_tensor_unref);
  self->idf = idf;
  return TRUE;
}

gboolean
strata_lookup_layer_load_assets (StrataLayer         *layer,
                                 const StrataAssets  *assets,
                                 GError             **error)
{
  StrataLookupLayer *self = (StrataLookupLayer *) layer;
  GBytes *vocabulary = g_hash_table_lookup (assets->files, VOCABULARY);
  StrataTensor *weights = g_hash_table_lookup (assets->arrays, WEIGHTS);

  if (vocabulary != NULL && !is_parameter (self) && !load_vocabulary (self, vocabulary, error))
    return FALSE;
  return weights == NULL || !g_str_equal (self->output_mode, "tf_idf") || load_weights (self, weights, error);
}
