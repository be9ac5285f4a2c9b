/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "io/code/python-reader-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/error.h"
#include "io/code/python-value.h"

/* What reading may take: statements, rounds of loops, what lists and strings have. Layers count for more. */
#define MAX_SPENT 1000000

const StrataPythonToken *
strata_python_reader_peek (StrataPythonReader *self)
{
  return &g_array_index (self->tokens, StrataPythonToken, self->at);
}

gboolean
strata_python_reader_is (StrataPythonReader *self,
                         const char         *text)
{
  return g_strcmp0 (strata_python_reader_peek (self)->text, text) == 0;
}

/* Goes past a sign or word, if that comes next. */
gboolean
strata_python_reader_take (StrataPythonReader *self,
                           const char         *sign)
{
  if (!strata_python_reader_is (self, sign))
    return FALSE;
  self->at++;
  return TRUE;
}

/**
 * strata_python_reader_fail: (skip)
 *
 * Notes the first thing that went wrong, and where.
 * Returns: %NULL
 */
gpointer
strata_python_reader_fail (StrataPythonReader *self, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list args;

  if (self->line != 0)
    return NULL;
  va_start (args, format);
  message = g_strdup_vprintf (_(format), args);
  va_end (args);
  self->line = strata_python_reader_peek (self)->line;
  g_clear_error (self->error);
  g_set_error_literal (self->error, STRATA_ERROR, STRATA_ERROR_FORMAT, message);
  return NULL;
}

/**
 * strata_python_reader_give_up: (skip)
 * @line: where what went wrong begins
 * @error: (transfer full): why
 *
 * Returns: %NULL
 */
gpointer
strata_python_reader_give_up (StrataPythonReader *self,
                              guint               line,
                              GError             *error)
{
  if (self->line == 0)
    {
      strata_python_reader_fail (self, "%s", error->message);
      self->line = line;
    }
  g_error_free (error);
  return NULL;
}

/**
 * strata_python_reader_not_known: (skip)
 * @path: where a value comes from
 *
 * Refuses a value that is only known once code runs.
 * Returns: %NULL
 */
gpointer
strata_python_reader_not_known (StrataPythonReader *self,
                                const char         *path)
{
  return strata_python_reader_fail (
      self, "what “%s” gives is not known here, as the code is not run; write the value itself", path);
}

/* Whether there is time and memory left for so much. */
gboolean
strata_python_reader_spend (StrataPythonReader *self,
                            guint64             n)
{
  self->spent += MIN (n, MAX_SPENT + 1);
  if (self->spent > MAX_SPENT)
    strata_python_reader_fail (self, "the code goes on for too long");
  return self->spent <= MAX_SPENT;
}

const char *
strata_python_reader_take_name (StrataPythonReader *self)
{
  const StrataPythonToken *token = strata_python_reader_peek (self);

  if (token->type != STRATA_PYTHON_NAME)
    return strata_python_reader_fail (self, "a name is missing");
  self->at++;
  return token->text;
}

gboolean
strata_python_reader_expect (StrataPythonReader *self,
                             const char         *sign)
{
  const StrataPythonToken *token = strata_python_reader_peek (self);

  if (strata_python_reader_take (self, sign))
    return TRUE;
  if (token->text != NULL)
    strata_python_reader_fail (self, "“%s” is not understood here; “%s” should come", token->text, sign);
  else
    strata_python_reader_fail (self, "“%s” is missing", sign);
  return FALSE;
}

StrataPythonData *
strata_python_reader_find (StrataPythonReader *self,
                           const char         *name)
{
  for (guint i = self->scope;;)
    {
      StrataPythonScope *scope = g_ptr_array_index (self->scopes, i);
      StrataPythonData *data = g_hash_table_lookup (scope->names, name);

      if (data != NULL || i == 0)
        return data;
      i = scope->outer;
    }
}

/* Notes the model that was made, compiled or trained last. */
void
strata_python_reader_use (StrataPythonReader *self,
                          StrataModel        *model)
{
  g_set_object (self->scope == 0 ? &self->model : &self->inner, model);
}

/**
 * strata_python_reader_bind: (skip)
 * @data: (transfer full): what @name stands for from now on
 */
void
strata_python_reader_bind (StrataPythonReader *self,
                           const char         *name,
                           StrataPythonData   *data)
{
  StrataPythonScope *scope = g_ptr_array_index (self->scopes, self->scope);

  if (data->kind == STRATA_PYTHON_OBJECT && STRATA_IS_MODEL (data->object))
    strata_python_reader_use (self, STRATA_MODEL (data->object));
  g_hash_table_replace (scope->names, g_strdup (name), data);
}

static StrataPythonScope *
scope_new (guint outer)
{
  StrataPythonScope *self = g_new0 (StrataPythonScope, 1);

  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) strata_python_data_unref);
  self->outer = outer;
  return self;
}

static void
scope_free (StrataPythonScope *self)
{
  g_hash_table_unref (self->names);
  g_free (self);
}

/**
 * strata_python_reader_enter: (skip)
 * @outer: the scope that the new one is in
 *
 * Returns: what to give to strata_python_reader_leave()
 */
guint
strata_python_reader_enter (StrataPythonReader *self,
                            guint               outer)
{
  guint before = self->scope;

  g_ptr_array_add (self->scopes, scope_new (outer));
  self->scope = self->scopes->len - 1;
  return before;
}

/* What a scope has stays while functions that were defined in it may be called. */
void
strata_python_reader_leave (StrataPythonReader *self,
                            guint               before)
{
  StrataPythonScope *scope = g_ptr_array_index (self->scopes, self->scope);

  if (!scope->is_kept && self->scope == self->scopes->len - 1)
    g_ptr_array_remove_index (self->scopes, self->scope);
  self->scope = before;
}

/* As Keras in a program that has just begun: "dense", then "dense_1". */
char *
strata_python_reader_next_name (StrataPythonReader *self,
                                const char         *class_name)
{
  return strata_python_next_name (self->counts, class_name);
}

void
strata_python_reader_note (StrataPythonReader *self,
                           StrataLayer        *layer,
                           int                 call,
                           guint               line,
                           gboolean            is_named)
{
  StrataPythonOrigin origin = { g_object_ref (layer), call, line, line, is_named };

  if (self->at > 0)
    origin.last_line = MAX (line, g_array_index (self->tokens, StrataPythonToken, self->at - 1).line);
  g_array_append_val (self->origins, origin);
}

static void
origin_clear (gpointer data)
{
  g_object_unref (((StrataPythonOrigin *) data)->layer);
}

void
strata_python_source_free (StrataPythonSource *self)
{
  g_object_unref (self->model);
  g_array_unref (self->origins);
  g_free (self);
}

static void
reader_clear (StrataPythonReader *self)
{
  g_clear_pointer (&self->code, g_array_unref);
  g_ptr_array_unref (self->scopes);
  g_hash_table_unref (self->counts);
  g_hash_table_unref (self->shapes);
  g_clear_pointer (&self->origins, g_array_unref);
  g_clear_object (&self->model);
  g_clear_object (&self->inner);
  g_clear_pointer (&self->returned, strata_python_data_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StrataPythonReader, reader_clear)

/* The code's own model, or the one that a function made last. */
static StrataModel *
take_model (StrataPythonReader *self)
{
  return self->model != NULL ? g_steal_pointer (&self->model) : g_steal_pointer (&self->inner);
}

/**
 * strata_python_source_read: (skip)
 * @code: Python code
 * @line: (out): from 1, the line that was not understood
 *
 * Reads the part of Python that describes networks, without running any of it:
 *
 * - imports of Keras and of what is in it;
 * - names for values: numbers, strings (f-strings, too), lists, tuples, dicts, and what is computed and compared of
 * them;
 * - objects of Keras's classes with their arguments, `keras.Input`, layers called on tensors, operators and `keras.ops`
 *   on tensors, `keras.Model`, `keras.Sequential` and its `add`, `compile`, `functools.partial`;
 * - `if`, `for` over lists, ranges and dicts, comprehensions of lists; `range`, `len`, `enumerate`, `zip` and the like;
 *   methods of lists, dicts and strings that such code needs;
 * - functions with arguments; what is in `main` counts if no model is outside.
 *
 * What is done with data before and after (`fit`, `print`, arrays of NumPy, `keras.datasets`) is passed over, as long
 * as the network does not depend on it. Of several models, the one that is made, compiled or trained last counts.
 * Returns: (transfer full): the model, or %NULL with @line and @error set
 */
StrataPythonSource *
strata_python_source_read (const char  *code,
                           guint       *line,
                           GError     **error)
{
  g_autoptr (GError) why = NULL;
  g_auto (StrataPythonReader) self = { .error = &why };
  StrataPythonSource *source;

  self.scopes = g_ptr_array_new_with_free_func ((GDestroyNotify) scope_free);
  self.counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self.shapes = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) json_node_unref);
  self.origins = g_array_new (FALSE, FALSE, sizeof (StrataPythonOrigin));
  g_array_set_clear_func (self.origins, origin_clear);
  g_ptr_array_add (self.scopes, scope_new (0));
  strata_python_reader_bind (&self, "__name__", strata_python_data_new_string ("__main__"));

  if (g_utf8_validate (code, -1, NULL))
    self.code = self.tokens = strata_python_split (code, &self.line, &why);
  else
    {
      self.line = 1;
      strata_set_error (&why, STRATA_ERROR_FORMAT, "the code is not in UTF-8");
    }
  if (self.tokens != NULL && strata_python_read_block (&self) && self.model == NULL && self.inner == NULL)
    strata_python_reader_fail (&self, "no model is made: assign a keras.Sequential or a keras.Model to a name");
  if (why != NULL)
    {
      if (line != NULL)
        *line = self.line;
      g_propagate_error (error, g_steal_pointer (&why));
      return NULL;
    }
  source = g_new0 (StrataPythonSource, 1);
  source->model = take_model (&self);
  source->origins = g_steal_pointer (&self.origins);
  return source;
}

/**
 * strata_model_from_python:
 * @code: Python code, see strata_python_source_read()
 *
 * Returns: (transfer full): the model that the code describes, compiled where the code compiles it
 */
StrataModel *
strata_model_from_python (const char  *code,
                          GError     **error)
{
  guint line = 0;
  g_autoptr (StrataPythonSource) source = strata_python_source_read (code, &line, error);

  if (source == NULL)
    {
      g_prefix_error (error, _("Line %u: "), line);
      return NULL;
    }
  return g_object_ref (source->model);
}
