/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/preprocessing/lookup-base.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "base/json.h"
#include "layers/json-numbers.h"
#include "ops/constants.h"
#include "ops/elementwise.h"

static gboolean
is_mode (StrataLookupLayer *self,
         const char        *mode)
{
  return g_str_equal (self->output_mode, mode);
}

static gboolean
has_texts (StrataLookupLayer *self)
{
  return self->vocabulary_dtype == NULL;
}

static gboolean
is_given (JsonNode *node)
{
  return node != NULL && !JSON_NODE_HOLDS_NULL (node);
}

static void
set_rules (StrataLookupLayer *self,
           StrataTokenRules  *rules)
{
  rules->masks = has_texts (self) ? self->mask_text != NULL : self->mask_number != STRATA_NONE_INT;
  g_free (rules->mask_text);
  rules->mask_text = g_strdup (self->mask_text);
  rules->mask_number = self->mask_number;
  /* Vectors have no place for what stands for nothing. */
  rules->mask_index = is_mode (self, "int") ? 0 : G_MAXINT64;
  rules->unknown_start = rules->masks && is_mode (self, "int") ? 1 : 0;
  rules->n_unknown = self->num_oov_indices;
  rules->by_remainder = g_strcmp0 (self->oov_method, "floormod") == 0;
}

/* Special tokens at the beginning of a vocabulary, as files have them, are no tokens of its own. */
static gboolean
is_special (StrataLookupLayer *self,
            JsonNode          *token,
            gint64             i)
{
  const StrataTokenRules *rules = strata_token_table_get_rules (self->table);
  gboolean mask = i < rules->unknown_start;

  if (has_texts (self))
    return strata_json_is_string (token) &&
           g_strcmp0 (json_node_get_string (token), mask ? self->mask_text : self->oov_text) == 0;
  return strata_json_is_number (token) && json_node_get_int (token) == (mask ? self->mask_number : self->oov_number);
}

static gint64
count_special (StrataLookupLayer *self,
               JsonArray         *tokens)
{
  const StrataTokenRules *rules = strata_token_table_get_rules (self->table);
  gint64 n = rules->unknown_start + rules->n_unknown;

  if (n > json_array_get_length (tokens))
    return 0;
  for (gint64 i = 0; i < n; i++)
    if (!is_special (self, json_array_get_element (tokens, i), i))
      return 0;
  return n;
}

static gboolean
add_token (StrataLookupLayer  *self,
           JsonNode           *token,
           GError            **error)
{
  const StrataTokenRules *rules = strata_token_table_get_rules (self->table);
  g_autofree char *text = strata_json_to_text (token, FALSE);

  if (has_texts (self) ? !strata_json_is_string (token) : !strata_json_is_number (token))
    strata_set_error (error, STRATA_ERROR_VALUE, has_texts (self)
                        ? N_("the vocabulary has %s, which is no text")
                        : N_("the vocabulary has %s, which is no whole number"), text);
  else if (rules->masks &&
           (has_texts (self) ? g_str_equal (json_node_get_string (token), self->mask_text)
            : json_node_get_int (token) == self->mask_number))
    strata_set_error (error, STRATA_ERROR_VALUE, "the vocabulary has the mask token %s; leave special tokens out, or "
                      "put all of them before the others", text);
  else if (has_texts (self) ? strata_token_table_add_text (self->table, json_node_get_string (token))
                            : strata_token_table_add_number (self->table, json_node_get_int (token)))
    return TRUE;
  else
    strata_set_error (error, STRATA_ERROR_VALUE, "the vocabulary has %s twice", text);
  return FALSE;
}

/* Weights for all indices: special ones that were not given count as the others do on average. */
static StrataTensor *
spread_idf (StrataLookupLayer  *self,
            const float        *given,
            gint64              n,
            gint64              n_special,
            GError            **error)
{
  gint64 depth = MAX (n + n_special, self->pad_to_max_tokens && self->max_tokens != STRATA_NONE_INT ? self->max_tokens
                      : 0);
  StrataTensor *idf = strata_tensor_try_new (STRATA_FLOAT32, &STRATA_SHAPE (depth), error);
  double sum = 0;

  if (idf == NULL)
    return NULL;
  for (gint64 i = 0; i < n; i++)
    sum += given[i];
  for (gint64 i = 0; i < n_special; i++)
    strata_tensor_get_floats (idf)[i] = n > 0 ? sum / n : 0;
  for (gint64 i = 0; i < n; i++)
    strata_tensor_get_floats (idf)[n_special + i] = given[i];
  return idf;
}

static gint64
get_n_special (StrataLookupLayer *self)
{
  const StrataTokenRules *rules = strata_token_table_get_rules (self->table);

  return rules->unknown_start + rules->n_unknown;
}

gint64
strata_lookup_layer_get_size (StrataLookupLayer *self)
{
  return strata_token_table_get_size (self->table) + get_n_special (self);
}

static gboolean
check_size (StrataLookupLayer  *self,
            GError            **error)
{
  self->vocabulary_size = strata_lookup_layer_get_size (self);
  if (self->max_tokens == STRATA_NONE_INT || self->vocabulary_size <= self->max_tokens)
    return TRUE;
  strata_set_error (error, STRATA_ERROR_VALUE,
                    "the vocabulary has %" PRId64 " indices, but max_tokens allows %" PRId64,
                        self->vocabulary_size, self->max_tokens);
  return FALSE;
}

static gboolean
set_vocabulary (StrataLookupLayer  *self,
                JsonArray          *tokens,
                GError            **error)
{
  g_autoptr (StrataTensor) given = strata_json_to_floats (self->idf_weights);
  gint64 n_special = count_special (self, tokens);

  strata_token_table_clear (self->table);
  for (guint i = n_special; i < json_array_get_length (tokens); i++)
    if (!add_token (self, json_array_get_element (tokens, i), error))
      return FALSE;
  if (!check_size (self, error))
    return FALSE;
  if (!is_mode (self, "tf_idf") || !is_given (self->idf_weights))
    return TRUE;
  if (given == NULL || strata_tensor_get_shape (given)->rank != 1 ||
      strata_tensor_get_size (given) != json_array_get_length (tokens))
    {
      strata_set_error (error, STRATA_ERROR_VALUE,
                        "idf_weights must have a number for each token of the vocabulary");
      return FALSE;
    }
  g_clear_pointer (&self->idf, strata_tensor_unref);
  self->idf = spread_idf (self, strata_tensor_get_floats (given), strata_tensor_get_size (given),
                          n_special > 0 ? 0 : get_n_special (self), error);
  return self->idf != NULL;
}

static gboolean
check_options (StrataLookupLayer  *self,
               GError            **error)
{
  const char *wrong = NULL;

  if (self->pad_to_max_tokens && self->max_tokens == STRATA_NONE_INT)
    wrong = _("pad_to_max_tokens needs max_tokens");
  else if (self->invert && !is_mode (self, "int"))
    wrong = _("invert goes only with output_mode “int”");
  else if (is_given (self->idf_weights) && !is_mode (self, "tf_idf"))
    wrong = _("idf_weights go only with output_mode “tf_idf”");
  else if (is_given (self->vocabulary) && is_mode (self, "tf_idf") && !is_given (self->idf_weights))
    wrong = _("a vocabulary with output_mode “tf_idf” needs idf_weights, too");
  else if (is_given (self->vocabulary) && strata_json_is_string (self->vocabulary))
    wrong = _("the vocabulary is the name of a file; give its tokens as a list");
  else if (is_given (self->vocabulary) && strata_json_get_items (self->vocabulary) == NULL)
    wrong = _("the vocabulary must be a list of tokens");
  if (wrong == NULL)
    return TRUE;
  g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_VALUE, wrong);
  return FALSE;
}

gboolean
strata_lookup_layer_configured (StrataObject  *object,
                                GError       **error)
{
  StrataLookupLayer *self = (StrataLookupLayer *) object;
  StrataTokenRules *rules;

  if (!check_options (self, error))
    return FALSE;
  g_clear_pointer (&self->table, strata_token_table_free);
  self->table = strata_token_table_new (has_texts (self));
  rules = strata_token_table_get_rules (self->table);
  set_rules (self, rules);
  if (!strata_salt_read (self->salt, rules->key, &rules->salted, error))
    return FALSE;
  return !is_given (self->vocabulary) || set_vocabulary (self, strata_json_get_items (self->vocabulary), error);
}

void
strata_lookup_layer_finalize (StrataObject *object)
{
  StrataLookupLayer *self = (StrataLookupLayer *) object;

  g_clear_pointer (&self->table, strata_token_table_free);
  g_clear_pointer (&self->idf, strata_tensor_unref);
}

/**
 * strata_lookup_layer_get_depth: (skip)
 *
 * Returns: how wide vectors are; 0 with an error in @b where there is no vocabulary yet
 */
gint64
strata_lookup_layer_get_depth (StrataLookupLayer *self,
                               StrataBuilder     *b)
{
  if (self->pad_to_max_tokens)
    return self->max_tokens;
  if (strata_token_table_get_size (self->table) > 0)
    return strata_lookup_layer_get_size (self);
  /* An architecture is read before its vocabulary. */
  if (self->vocabulary_size != STRATA_NONE_INT && self->vocabulary_size > 0)
    return self->vocabulary_size;
  strata_builder_fail (b, STRATA_ERROR_STATE,
                       "there is no vocabulary yet; give one, or let the layer learn it from data");
  return 0;
}

/**
 * strata_lookup_layer_weigh: (skip)
 * @counts: how often each index is in a sample
 *
 * Returns: (transfer none): counts, each times how telling its token is
 */
StrataValue *
strata_lookup_layer_weigh (StrataLookupLayer *self,
                           StrataBuilder     *b,
                           StrataValue       *counts)
{
  StrataShape shape;
  StrataTensor *zeros;

  if (self->idf != NULL)
    return strata_multiply (b, counts, strata_builder_constant (b, strata_tensor_ref (self->idf)));
  shape = STRATA_SHAPE (strata_lookup_layer_get_depth (self, b));
  zeros = strata_constant_new (b, STRATA_FLOAT32, &shape);
  return zeros != NULL ? strata_multiply (b, counts, strata_builder_constant (b, zeros)) : counts;
}

/**
 * strata_lookup_layer_return_counts: (skip)
 * @y: which tokens occur, or how often
 *
 * Keras counts in whole numbers, whatever the type of the layer; what is normalized then is cut off.
 */
void
strata_lookup_layer_return_counts (StrataBuilder *b,
                                   StrataCall    *call,
                                   StrataValue   *y)
{
  call->announces_float = TRUE;
  strata_call_return (call, strata_cast (b, y, STRATA_INT64));
}

void
strata_lookup_layer_call (StrataLayer   *layer,
                          StrataBuilder *b,
                          StrataCall    *call)
{
  StrataLookupLayer *self = (StrataLookupLayer *) layer;
  gboolean weighs = is_mode (self, "tf_idf");
  StrataValue *y;
  gint64 depth;

  if (self->invert)
    {
      strata_call_return (call,
                          strata_name_tokens (b, call->inputs[0], self->table, self->oov_text != NULL ? self->oov_text
                                              : "", self->oov_number));
      return;
    }
  y = strata_find_tokens (b, call->inputs[0], self->table);
  if (is_mode (self, "int"))
    {
      strata_call_return (call, y);
      return;
    }
  depth = strata_lookup_layer_get_depth (self, b);
  if (strata_builder_has_failed (b))
    return;
  y = strata_encode_categories (b, y, depth, weighs ? "count" : self->output_mode, NULL);
  if (weighs)
    strata_call_return (call, strata_lookup_layer_weigh (self, b, y));
  else
    strata_lookup_layer_return_counts (b, call, y);
}

/**
 * strata_lookup_layer_learn: (skip)
 * @counts: what was found in data
 *
 * Makes the vocabulary of it.
 */
gboolean
strata_lookup_layer_learn (StrataLookupLayer  *self,
                           StrataTokenCounts  *counts,
                           GError            **error)
{
  gint64 n_special = get_n_special (self), most = self->max_tokens != STRATA_NONE_INT
                     ? MAX (0, self->max_tokens - n_special) : -1;

  if (is_given (self->vocabulary))
    {
      strata_set_error (error, STRATA_ERROR_STATE,
                        "the layer was given a vocabulary, so that it cannot learn one");
      return FALSE;
    }
  strata_token_counts_fill (counts, self->table, most, self->oov_text, self->oov_number);
  g_clear_pointer (&self->idf, strata_tensor_unref);
  if (is_mode (self, "tf_idf"))
    {
      g_autofree float *idf = strata_token_counts_dup_idf (counts, self->table);

      self->idf = spread_idf (self, idf, strata_token_table_get_size (self->table), n_special, error);
      if (self->idf == NULL)
        return FALSE;
    }
  return check_size (self, error);
}

gboolean
strata_lookup_layer_adapt (StrataLayer   *layer,
                           StrataTensor  *data,
                           GError       **error)
{
  StrataLookupLayer *self = (StrataLookupLayer *) layer;
  g_autoptr (StrataTokenCounts) counts = strata_token_counts_new (has_texts (self));
  const StrataShape *shape = strata_tensor_get_shape (data);
  gint64 width = shape->rank > 1 ? strata_shape_get_span (shape, 1, shape->rank) : 1;

  if ((strata_tensor_get_dtype (data) == STRATA_STRING) != has_texts (self))
    {
      strata_set_error (error, STRATA_ERROR_TYPE, has_texts (self) ? N_("the data must be texts")
                        : N_("the data must be whole numbers"));
      return FALSE;
    }
  for (gint64 i = 0; i < strata_tensor_get_size (data); i++)
    {
      if (has_texts (self))
        {
          const char *text = ((const char *const *) strata_tensor_get_data (data))[i];

          strata_token_counts_add_text (counts, text != NULL ? text : "", text != NULL ? strlen (text) : 0);
        }
      else
        strata_token_counts_add_number (counts, strata_tensor_get_number (data, i));
      if ((i + 1) % width == 0)
        strata_token_counts_end_document (counts);
    }
  return strata_lookup_layer_learn (self, counts, error);
}
