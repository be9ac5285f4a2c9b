/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "io/code/c-code.h"

#include <string.h>

#include "base/json.h"
#include "io/code/code-writer.h"
#include "io/code/python-value.h"
#include "layers/core/input-layer.h"
#include "layers/naming.h"
#include "layers/operator.h"

#define HEAD \
  "#include <stdio.h>\n\n" \
  "#include \"layers/operator.h\"\n#include \"models/functional.h\"\n#include \"models/sequential.h\"\n"

/* What is said once and used by all functions; only what is needed is written. */
static const struct
{
  const char *word, *code;
} helpers[] = {
  { "new_layer (",
    "\nstatic StrataLayer *\nnew_layer (const char *text, GError **error)\n{\n"
    "  return *error == NULL ? strata_layer_new_from_text (text, error) : NULL;\n}\n" },
  { "new_described (",
    "\nstatic StrataLayer *\nnew_described (const char *class_name, const char *config, GError **error)\n{\n"
    "  g_autoptr (JsonNode) json = json_from_string (config, NULL);\n\n"
    "  return *error == NULL ? strata_layer_new (class_name, json_node_get_object (json), error) : NULL;\n}\n" },
  { "new_operator (",
    "\nstatic StrataLayer *\n"
    "new_operator (const char *operation, const char *config, const char *args, GError **error)\n{\n"
    "  g_autoptr (JsonNode) json = json_from_string (config, NULL), list = json_from_string (args, NULL);\n"
    "  StrataLayer *layer = *error == NULL ? strata_operator_new (operation, json_node_get_object (json), error) : "
    "NULL;\n\n"
    "  if (layer != NULL && !strata_operator_set_args (STRATA_OPERATOR (layer), list, error))\n"
    "    g_clear_object (&layer);\n"
    "  return layer;\n}\n" },
  { "add (",
    "\n/* Takes the layer over. */\nstatic gboolean\nadd (StrataModel *model, StrataLayer *taken, GError **error)\n{\n"
    "  g_autoptr (StrataLayer) layer = taken;\n\n"
    "  return layer != NULL && strata_sequential_add (STRATA_SEQUENTIAL (model), layer, error);\n}\n" },
  { "call (",
    "\n/* Takes the layer over; arguments besides tensors are JSON. */\nstatic StrataSite *\n"
    "call (StrataLayer *taken, StrataSymbol **inputs, guint n, const char *arguments, const char *args, GError "
    "**error)\n{\n"
    "  g_autoptr (StrataLayer) layer = taken;\n"
    "  g_autoptr (JsonNode) named = arguments != NULL ? json_from_string (arguments, NULL) : NULL;\n"
    "  g_autoptr (JsonNode) positional = args != NULL ? json_from_string (args, NULL) : NULL;\n\n"
    "  if (layer == NULL || *error != NULL)\n    return NULL;\n"
    "  return strata_layer_connect_full (layer, inputs, n, named != NULL ? json_node_get_object (named) : NULL, "
    "positional, error);\n}\n" },
  { "output (",
    "\nstatic StrataSymbol *\noutput (StrataSite *site, guint i)\n{\n"
    "  return site != NULL ? strata_site_get_output (site, i) : NULL;\n}\n" },
};

static char *
quote (const char *text)
{
  g_autofree char *escaped = g_strescape (text, NULL);

  return g_strdup_printf ("\"%s\"", escaped);
}

/* The layer as strata_layer_new_from_text() takes it, which is Python without the modules. */
static char *
describe (StrataLayer *layer)
{
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GRegex) modules = g_regex_new ("\\b(layers|keras\\.[a-z_.]+)\\.(?=[A-Z])", 0, 0, NULL);
  g_autofree char *python = NULL, *text = NULL;

  /* As if Keras had named many already, so that the name is always written. */
  g_hash_table_insert (counts, strata_naming_snake (strata_object_get_class_name (STRATA_OBJECT (layer))),
                       GUINT_TO_POINTER (G_MAXINT));
  python = strata_python_call (STRATA_OBJECT (layer), counts, NULL, NULL);
  text = g_regex_replace (modules, python, -1, 0, "", 0, NULL);
  return strchr (text, '\'') == NULL && strchr (text, '\\') == NULL ? g_strdelimit (g_steal_pointer (&text), "\"", '\'')
                                                                   : g_steal_pointer (&text);
}

/* Whether the text makes the same layer; what it has no form for goes as JSON. */
static gboolean
comes_back (StrataLayer *layer,
            const char  *text)
{
  g_autoptr (StrataLayer) again = strata_layer_new_from_text (text, NULL);
  g_autofree char *second = again != NULL ? describe (again) : NULL;

  return g_strcmp0 (text, second) == 0;
}

/* Code whose value is a new layer. */
static char *
write_layer (StrataCodeWriter  *self,
             StrataLayer       *layer,
             GError           **error)
{
  g_autofree char *text = NULL, *quoted = NULL;
  const char *class_name = strata_object_get_class_name (STRATA_OBJECT (layer));

  if (STRATA_IS_MODEL (layer))
    {
      const char *function = strata_code_writer_add_model (self, STRATA_MODEL (layer), error);

      return function != NULL ? g_strdup_printf ("(StrataLayer *) %s (error)", function) : NULL;
    }
  if (STRATA_IS_OPERATOR (layer))
    {
      JsonNode *args = strata_operator_get_args (STRATA_OPERATOR (layer));
      g_autoptr (JsonNode) config = strata_json_wrap (strata_operator_dup_config (STRATA_OPERATOR (layer)));
      g_autofree char *json = args != NULL ? strata_json_to_text (args, FALSE) : g_strdup ("null");
      g_autofree char *config_json = strata_json_to_text (config, FALSE), *quoted_config = quote (config_json);

      quoted = quote (json);
      return g_strdup_printf ("new_operator (\"%s\", %s, %s, error)", class_name, quoted_config, quoted);
    }
  if (strata_layer_get_info (layer) == NULL)
    {
      strata_code_writer_refuse_layer (self, layer, error);
      return NULL;
    }
  text = describe (layer);
  if (comes_back (layer, text))
    {
      quoted = quote (text);
      return g_strdup_printf ("new_layer (%s, error)", quoted);
    }
  else
    {
      g_autoptr (JsonNode) json = strata_json_wrap (strata_object_get_config (STRATA_OBJECT (layer)));
      g_autofree char *config = strata_json_to_text (json, FALSE);

      quoted = quote (config);
      return g_strdup_printf ("new_described (\"%s\", %s, error)", class_name, quoted);
    }
}

static gboolean
write_sequential (StrataCodeWriter  *self,
                  StrataSequential  *model,
                  GString           *code,
                  GError           **error)
{
  StrataLayer *input = strata_sequential_get_input_layer (model);
  guint n = strata_model_get_n_layers (STRATA_MODEL (model));
  g_autofree char *name = quote (strata_layer_get_name (STRATA_LAYER (model)));

  g_string_append_printf (code, "  g_autoptr (StrataModel) model = strata_sequential_new (%s);\n\n", name);
  for (guint i = 0; i < n + (input != NULL); i++)
    {
      StrataLayer *layer = input != NULL && i == 0 ? input
                                                   : strata_model_get_layer (STRATA_MODEL (model), i - (input != NULL));
      g_autofree char *made = write_layer (self, layer, error);

      if (made == NULL)
        return FALSE;
      g_string_append_printf (code, "%s!add (model, %s, error)", i == 0 ? "  if (" : " ||\n      ", made);
    }
  if (n > 0 || input != NULL)
    g_string_append (code, ")\n    return NULL;\n");
  return TRUE;
}

static char *
write_symbol (StrataCodeBody     *self,
              const StrataSymbol *symbol)
{
  const char *name = g_hash_table_lookup (self->results, symbol->site);

  return symbol->index > 0 ? g_strdup_printf ("%s_%u", name, symbol->index) : g_strdup (name);
}

static void
write_input (StrataCodeBody *self,
             StrataSite     *site,
             GString        *code)
{
  const StrataSpec *spec = &site->specs[0];
  g_autofree char *name = quote (strata_layer_get_name (site->layer));
  g_autofree char *type = g_ascii_strup (strata_dtype_get_name (spec->dtype), -1);

  g_string_append_printf (code, "  g_autoptr (StrataSymbol) %s = strata_input (%s, STRATA_%s, &STRATA_SHAPE (",
                          strata_code_body_name_result (self, site), name, type);
  for (int i = 0; i < spec->shape.rank; i++)
    if (spec->shape.dims[i] < 0)
      g_string_append_printf (code, "%sSTRATA_UNKNOWN", i > 0 ? ", " : "");
    else
      g_string_append_printf (code, "%s%" G_GINT64_FORMAT, i > 0 ? ", " : "", spec->shape.dims[i]);
  g_string_append (code, "), error);\n");
}

/* Code whose value is the layer to call: a new one, or one more reference to one that is shared. */
static char *
write_callee (StrataCodeBody  *self,
              StrataLayer     *layer,
              GString         *code,
              GError         **error)
{
  const char *shared = g_hash_table_lookup (self->layers, layer);
  g_autofree char *made = NULL;

  if (shared == NULL)
    {
      made = write_layer (self->writer, layer, error);
      if (made == NULL)
        return NULL;
      shared = strata_code_body_share (self, layer);
      if (shared == NULL)
        return g_steal_pointer (&made);
      g_string_append_printf (code, "  g_autoptr (StrataLayer) %s = %s;\n", shared, made);
    }
  return g_strdup_printf ("%s != NULL ? g_object_ref (%s) : NULL", shared, shared);
}

static char *
quote_json (JsonNode *json)
{
  g_autofree char *text = json != NULL ? strata_json_to_text (json, FALSE) : NULL;

  return text != NULL ? quote (text) : g_strdup ("NULL");
}

static gboolean
write_site (StrataCodeBody  *self,
            StrataSite      *site,
            GString         *code,
            GError         **error)
{
  g_autofree char *callee = NULL, *named = NULL, *positional = NULL, *variable = NULL;
  g_autoptr (JsonNode) arguments = site->arguments != NULL
                                   ? strata_json_wrap (json_object_ref (site->arguments)) : NULL;
  g_autoptr (GString) inputs = g_string_new (NULL);
  const char *result;

  if (strata_is_input_layer (site->layer))
    {
      write_input (self, site, code);
      return TRUE;
    }
  callee = write_callee (self, site->layer, code, error);
  if (callee == NULL)
    return FALSE;
  for (guint i = 0; i < site->inputs->len; i++)
    {
      g_autofree char *name = write_symbol (self, g_ptr_array_index (site->inputs, i));

      g_string_append_printf (inputs, "%s%s", i > 0 ? ", " : "", name);
    }
  named = quote_json (arguments);
  positional = quote_json (site->args);
  result = strata_code_body_name_result (self, site);
  variable = g_strdup_printf ("%s_call", result);
  g_string_append_printf (code,
                          "  g_autoptr (StrataSite) %s = call (%s, (StrataSymbol *[]){ %s }, %u, %s, %s, error);\n",
                          variable, callee, inputs->str, site->inputs->len, named, positional);
  for (guint i = 0; i < site->n_outputs; i++)
    {
      g_autofree char *suffix = i > 0 ? g_strdup_printf ("_%u", i) : g_strdup ("");

      g_string_append_printf (code, "  g_autoptr (StrataSymbol) %s%s = output (%s, %u);\n", result, suffix, variable,
                              i);
    }
  return TRUE;
}

static char *
write_ports (StrataCodeBody *self,
             gboolean        outputs)
{
  StrataModel *model = STRATA_MODEL (self->model);
  guint n = outputs ? strata_model_get_n_outputs (model) : strata_model_get_n_inputs (model);
  g_autoptr (GString) code = g_string_new ("(StrataSymbol *[]){ ");

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = write_symbol (self, outputs ? strata_functional_get_output (self->model, i)
                                                          : strata_functional_get_input (self->model, i));

      g_string_append_printf (code, "%s%s", i > 0 ? ", " : "", name);
    }
  g_string_append_printf (code, " }, %u", n);
  return g_strdup (code->str);
}

static void
reserve_names (StrataCodeBody *self)
{
  static const char *const taken[] = { "error", "output", "call", "add" };

  for (guint i = 0; i < G_N_ELEMENTS (taken); i++)
    g_hash_table_add (self->names, g_strdup (taken[i]));
}

static void
write_model (StrataCodeBody *self,
             GString        *code)
{
  g_autofree char *inputs = write_ports (self, FALSE), *outputs = write_ports (self, TRUE);
  g_autofree char *name = quote (strata_layer_get_name (STRATA_LAYER (self->model)));

  g_string_append_printf (code,
                          "  g_autoptr (StrataModel) model = NULL;\n\n  if (*error != NULL)\n    return NULL;\n"
                          "  model = strata_functional_new (%s,\n                                 %s, %s, error);\n",
                          inputs, outputs, name);
}

static void
write_function (StrataCodeWriter *self,
                StrataModel      *model,
                const char       *name,
                const char       *code)
{
  g_string_append_printf (self->code, "\nstatic StrataModel *\n%s (GError **error)\n{\n%s", name, code);
  if (!strata_layer_get_trainable (STRATA_LAYER (model)))
    g_string_append (self->code,
                     "  if (model != NULL)\n    strata_layer_set_trainable (STRATA_LAYER (model), FALSE);\n");
  g_string_append (self->code, "  return g_steal_pointer (&model);\n}\n");
}

static const StrataCodeLanguage c = { "C", reserve_names, write_sequential, write_site, write_model, write_function };

static void
write_main (StrataModel *model,
            const char  *function,
            GString     *code)
{
  g_autoptr (JsonNode) config =
    strata_model_is_compiled (model)
      ? strata_json_wrap (json_object_ref (strata_model_get_compile_config (model))) : NULL;
  g_autofree char *json = quote_json (config);

  g_string_append (code, "\nint\nmain (void)\n{\n  g_autoptr (GError) error = NULL;\n");
  if (config != NULL)
    g_string_append_printf (code, "  /* As compile() takes it. */\n"
                                  "  g_autoptr (JsonNode) config = json_from_string (%s, NULL);\n", json);
  g_string_append_printf (code, "  g_autoptr (StrataModel) model = %s (&error);\n  g_autofree char *summary = NULL;\n"
                                "\n", function);
  g_string_append_printf (code, "  if (model == NULL%s)\n    {\n      fprintf (stderr, \"%%s\\n\", error->message);\n"
                                "      return 1;\n    }\n",
                          config != NULL
                                    ? " || !strata_model_compile (model, json_node_get_object (config), &error)" : "");
  g_string_append (code,
                   "  summary = strata_model_summary (model, 80);\n  printf (\"%s\", summary);\n  return 0;\n}\n");
}

/**
 * strata_model_to_c:
 *
 * Returns: (transfer full): a C program against libstrata that builds the same model, without its weights,
 *   and prints its summary
 */
char *
strata_model_to_c (StrataModel  *model,
                   GError      **error)
{
  StrataCodeWriter self;
  const char *function;
  GString *code = NULL;

  strata_code_writer_init (&self, &c);
  function = strata_code_writer_add_model (&self, model, error);
  if (function != NULL)
    {
      write_main (model, function, self.code);
      code = g_string_new (HEAD);
      for (guint i = 0; i < G_N_ELEMENTS (helpers); i++)
        if (strstr (self.code->str, helpers[i].word) != NULL)
          g_string_append (code, helpers[i].code);
      g_string_append (code, self.code->str);
    }
  strata_code_writer_clear (&self);
  return code != NULL ? g_string_free (code, FALSE) : NULL;
}
