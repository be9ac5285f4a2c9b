/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/core/expression.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "layers/operation.h"

/*
 * A small part of Python that computes with tensors and cannot do anything else:
 *
 *   sum      = product { ("+" | "-") product }
 *   product  = sign { ("*" | "/" | "//" | "%" | "@") sign }
 *   sign     = "-" sign | power
 *   power    = operand [ "**" sign ]
 *   operand  = number | "x" | "x" number | name "(" [ argument { "," argument } ] ")" | "(" sum ")"
 *   argument = sum | name "=" literal
 *   literal  = JSON, with True, False and None
 *
 * x is the input, x0, x1, … are several; names are functions of keras.ops or keras.activations, with or without these
 * words before them.
 */

#define MOST_NESTED 40
#define MOST_INPUTS 8
#define MOST_ARGUMENTS 16

typedef struct
{
  StrataBuilder *b; /* NULL to see only whether it can be read */
  const char *text, *at;
  StrataValue *const *inputs;
  guint n_inputs, depth;
  GError *error;
} Reader;

/* What a part of an expression is: a number, or a tensor. */
typedef struct
{
  StrataValue *tensor;
  double number;
} Term;

static Term read_sum (Reader *self);

static Term G_GNUC_PRINTF (2, 3)
give_up (Reader     *self,
         const char *format,
         ...)
{
  g_autofree char *reason = NULL;
  va_list args;

  va_start (args, format);
  reason = g_strdup_vprintf (_(format), args);
  va_end (args);
  if (self->error == NULL)
    strata_set_error (&self->error, STRATA_ERROR_UNSUPPORTED,
                      "“%.200s” is not an expression that Strata computes: %s", self->text, reason);
  return (Term){ 0 };
}

static gboolean
take (Reader     *self,
      const char *word)
{
  while (*self->at == ' ')
    self->at++;
  if (!g_str_has_prefix (self->at, word))
    return FALSE;
  self->at += strlen (word);
  return TRUE;
}

/* A name with dots, or an empty text. */
static char *
take_name (Reader *self)
{
  const char *start;

  while (*self->at == ' ')
    self->at++;
  start = self->at;
  while (g_ascii_isalnum (*self->at) || *self->at == '_' || (*self->at == '.' && self->at > start))
    self->at++;
  return g_strndup (start, self->at - start);
}

static const StrataOperation *
find_function (const char *name)
{
  static const char *const modules[] = { "keras.ops.", "keras.activations.", "keras.ops.image.", "keras.ops.nn." };
  const char *last = strrchr (name, '.') != NULL ? strrchr (name, '.') + 1 : name;

  if (strrchr (name, '.') != NULL && !g_str_has_prefix (name, "keras.") && !g_str_has_prefix (name, "ops."))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (modules); i++)
    {
      g_autofree char *path = g_strconcat (modules[i], last, NULL);
      const StrataOperation *found = strata_operation_find_function (path);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/*
 * Functions without a module are found among activations first: of those, gelu is exact, and that of keras.ops is
 * not.
 */
static JsonObject *
dup_config (const char *name,
            JsonObject *given)
{
  JsonObject *config = json_object_new ();
  g_autoptr (GList) members = given != NULL ? json_object_get_members (given) : NULL;

  if (g_str_equal (name, "gelu") || g_str_equal (name, "keras.activations.gelu"))
    json_object_set_boolean_member (config, "approximate", FALSE);
  for (GList *l = members; l != NULL; l = l->next)
    json_object_set_member (config, l->data, json_node_copy (json_object_get_member (given, l->data)));
  return config;
}

/* Computes an operation of tensors and numbers. */
static Term
operate (Reader                *self,
         const StrataOperation *operation,
         JsonObject            *given,
         const Term            *terms,
         guint                  n)
{
  g_autoptr (JsonObject) config = strata_operation_new_config (operation, given, self->error == NULL ? &self->error
                                                               : NULL);
  g_autoptr (JsonArray) args = json_array_new ();
  StrataValue *inputs[MOST_ARGUMENTS];
  StrataCall call = { .inputs = inputs };
  StrataOperands operands = { self->b, operation, config, args, &call };

  if (config == NULL || self->b == NULL)
    return (Term){ 0 };
  for (guint i = 0; i < n; i++)
    if (terms[i].tensor != NULL)
      {
        JsonObject *reference = json_object_new ();

        json_object_set_int_member (reference, "$", call.n_inputs);
        json_array_add_object_element (args, reference);
        inputs[call.n_inputs++] = terms[i].tensor;
      }
    else
      json_array_add_double_element (args, terms[i].number);
  strata_operation_call (&operands);
  return (Term){ .tensor = call.n_outputs > 0 ? call.outputs[0] : strata_builder_nothing (self->b) };
}

static Term
combine (Reader     *self,
         const char *class_name,
         Term        x,
         Term        y)
{
  return operate (self, strata_operation_find (class_name), NULL, (Term[]){ x, y }, 2);
}

/* What comes behind a name and "=": JSON, but for three words. */
static JsonNode *
read_literal (Reader *self)
{
  const char *start = self->at;
  int depth = 0;
  g_autofree char *text = NULL;
  JsonNode *node;

  for (; *self->at != '\0' && (depth > 0 || (*self->at != ',' && *self->at != ')')); self->at++)
    {
      depth += (*self->at == '[' || *self->at == '(') - (*self->at == ']' || *self->at == ')');
      if (depth < 0)
        break;
    }
  text = g_strstrip (g_strndup (start, self->at - start));
  for (char *c = text; *c != '\0'; c++)
    *c = *c == '(' ? '[' : *c == ')' ? ']' : *c == '\'' ? '"' : *c;
  if (g_str_equal (text, "None"))
    return json_node_new (JSON_NODE_NULL);
  if (g_str_equal (text, "True") || g_str_equal (text, "False"))
    return json_node_init_boolean (json_node_alloc (), text[0] == 'T');
  node = strlen (text) < 1000 ? json_from_string (text, NULL) : NULL;
  if (node == NULL)
    give_up (self, "“%s” is not a value", text);
  return node;
}

static void
set_number (JsonObject *config,
            const char *name,
            double      number)
{
  if (number == floor (number) && fabs (number) < 1e15)
    json_object_set_int_member (config, name, number);
  else
    json_object_set_double_member (config, name, number);
}

/* Behind the bracket that opens what a function is called with. */
static Term
read_call (Reader     *self,
           const char *name)
{
  const StrataOperation *operation = find_function (name);
  g_auto (GStrv) signature = operation != NULL ? strata_operation_get_signature (operation) : NULL;
  g_autoptr (JsonObject) config = dup_config (name, NULL);
  Term terms[MOST_ARGUMENTS];
  guint n = 0, position = 0;

  if (operation == NULL)
    return give_up (self, "there is no function “%s”", name);
  while (self->error == NULL && !take (self, ")"))
    {
      const char *before;
      g_autofree char *parameter = NULL;

      if (position > 0 && !take (self, ","))
        return give_up (self, "a comma or a bracket is missing");
      before = self->at;
      parameter = take_name (self);
      if (*parameter != '\0' && take (self, "=") && *self->at != '=')
        {
          JsonNode *value = read_literal (self);

          if (value == NULL)
            return (Term){ 0 };
          json_object_set_member (config, parameter, value);
        }
      else if (position >= g_strv_length (signature) || n == MOST_ARGUMENTS)
        return give_up (self, "%s takes fewer arguments", name);
      else
        {
          Term term;

          self->at = before;
          term = read_sum (self);
          if (!strata_operation_has_parameter (operation, signature[position]))
            terms[n++] = term;
          else if (term.tensor != NULL)
            return give_up (self, "“%s” of %s must be a number", signature[position], name);
          else
            set_number (config, signature[position], term.number);
        }
      position++;
    }
  return operate (self, operation, config, terms, n);
}

static Term
read_input (Reader     *self,
            const char *name)
{
  guint64 i = 0;

  if (name[1] != '\0' && !g_ascii_string_to_unsigned (name + 1, 10, 0, MOST_INPUTS - 1, &i, NULL))
    return give_up (self, "“%s” is neither an input nor a function", name);
  if (self->b == NULL)
    return (Term){ 0 };
  if (i >= self->n_inputs)
    return give_up (self, "there is no input “%s”", name);
  return (Term){ .tensor = self->inputs[i] };
}

static Term
read_operand (Reader *self)
{
  g_autofree char *name = NULL;
  Term term;

  if (take (self, "("))
    {
      term = read_sum (self);
      return take (self, ")") ? term : give_up (self, "a bracket is missing");
    }
  if (g_ascii_isdigit (*self->at) || *self->at == '.')
    {
      char *end;

      term = (Term){ .number = g_ascii_strtod (self->at, &end) };
      if (end == self->at)
        return give_up (self, "a number is missing");
      self->at = end;
      return term;
    }
  name = take_name (self);
  if (*name == '\0')
    return give_up (self, "something is missing at “%.20s”", self->at);
  if (take (self, "("))
    return read_call (self, name);
  return name[0] == 'x' ? read_input (self, name) : give_up (self, "“%s” is neither an input nor a function", name);
}

static Term
read_sign (Reader *self)
{
  gboolean negative = take (self, "-");
  Term term;

  if (++self->depth > MOST_NESTED)
    return give_up (self, "it is nested too deeply");
  term = negative ? read_sign (self) : read_operand (self);
  if (!negative && take (self, "**"))
    term = combine (self, "Power", term, read_sign (self));
  self->depth--;
  if (!negative)
    return term;
  return term.tensor != NULL ? operate (self, strata_operation_find ("Negative"), NULL, &term, 1)
         : (Term){ .number = -term.number };
}

static Term
read_product (Reader *self)
{
  static const char *const signs[][2] = { { "//", "FloorDivide" }, { "/", "TrueDivide" }, { "*", "Multiply" },
                                          { "%", "Mod" }, { "@", "Matmul" } };
  Term term = read_sign (self);

  for (guint i = 0; i < G_N_ELEMENTS (signs) && self->error == NULL; i++)
    if (take (self, signs[i][0]))
      {
        term = combine (self, signs[i][1], term, read_sign (self));
        i = -1;
      }
  return term;
}

static Term
read_sum (Reader *self)
{
  Term term;

  if (++self->depth > MOST_NESTED)
    return give_up (self, "it is nested too deeply");
  term = read_product (self);
  while (self->error == NULL)
    {
      gboolean plus = take (self, "+");

      if (!plus && !take (self, "-"))
        break;
      term = combine (self, plus ? "Add" : "Subtract", term, read_product (self));
    }
  self->depth--;
  return term;
}

static Term
read_all (Reader *self)
{
  Term term = read_sum (self);

  take (self, "");
  if (self->error == NULL && *self->at != '\0')
    return give_up (self, "“%.20s” is too much", self->at);
  return term;
}

/**
 * strata_expression_dup_path: (skip)
 *
 * Returns: (transfer full) (nullable): what Python calls the function of a name, with its module
 */
char *
strata_expression_dup_path (const char *name)
{
  static const char *const modules[] = { "keras.activations.", "keras.ops.", "keras.ops.image.", "keras.ops.nn." };

  if (find_function (name) == NULL)
    return NULL;
  if (g_str_has_prefix (name, "keras."))
    return g_strdup (name);
  if (g_str_has_prefix (name, "ops."))
    return g_strconcat ("keras.", name, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (modules); i++)
    {
      g_autofree char *path = g_strconcat (modules[i], name, NULL);

      if (strata_operation_find_function (path) != NULL)
        return g_steal_pointer (&path);
    }
  return NULL;
}

/**
 * strata_expression_is_function: (skip)
 *
 * Returns: whether a function of Keras's is called that, such as "relu" or "keras.ops.mean"
 */
gboolean
strata_expression_is_function (const char *name)
{
  return find_function (name) != NULL;
}

/**
 * strata_expression_check: (skip)
 *
 * Returns: whether an expression can be computed, apart from what it is of
 */
gboolean
strata_expression_check (const char  *text,
                         GError     **error)
{
  Reader reader = { .text = text, .at = text };

  if (strlen (text) > 4000)
    give_up (&reader, "it is too long");
  else if (!strata_expression_is_function (text))
    read_all (&reader);
  if (reader.error == NULL)
    return TRUE;
  g_propagate_error (error, reader.error);
  return FALSE;
}

/**
 * strata_expression_emit: (skip)
 * @text: an expression, or the name of a function that is called with the inputs
 * @arguments: (nullable): what a function is called with besides
 *
 * Returns: (transfer none): what it computes of the inputs
 */
StrataValue *
strata_expression_emit (StrataBuilder      *b,
                        const char         *text,
                        JsonObject         *arguments,
                        StrataValue *const *inputs,
                        guint               n_inputs)
{
  Reader reader = { .b = b, .text = text, .at = text, .inputs = inputs, .n_inputs = MIN (n_inputs, MOST_INPUTS) };
  Term term, terms[MOST_INPUTS];

  if (strata_expression_is_function (text))
    {
      g_autoptr (JsonObject) config = dup_config (text, arguments);

      for (guint i = 0; i < reader.n_inputs; i++)
        terms[i] = (Term){ .tensor = inputs[i] };
      term = operate (&reader, find_function (text), config, terms, reader.n_inputs);
    }
  else
    term = read_all (&reader);
  if (reader.error != NULL)
    {
      strata_builder_fail (b, STRATA_ERROR_VALUE, "%s", reader.error->message);
      g_clear_error (&reader.error);
    }
  if (strata_builder_has_failed (b))
    return strata_builder_nothing (b);
  return term.tensor != NULL ? term.tensor : strata_builder_scalar (b, term.number);
}
