/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "describe.h"

#include <glib/gi18n.h>

#include "base/json.h"
#include "base/registry.h"
#include "layers/layer.h"

static const char *G_GNUC_FORMAT (1)
say (const char *text,
     gboolean    translated)
{
  return translated ? _(text) : text;
}

/* The type of a parameter: "whole number, or null". */
char *
strata_describe_type (const StrataParam *param,
                      gboolean           translated)
{
  static const char *const words[] = {
    [STRATA_PARAM_BOOL] = N_("true or false"),
    [STRATA_PARAM_INT] = N_("whole number"),
    [STRATA_PARAM_FLOAT] = N_("number"),
    [STRATA_PARAM_STRING] = N_("text"),
    [STRATA_PARAM_CHOICE] = N_("choice"),
    [STRATA_PARAM_INTS] = N_("whole numbers"),
    [STRATA_PARAM_JSON] = N_("value or list"),
  };
  g_autofree char *several = NULL;
  const char *word;

  if (param->count > 1)
    several = g_strdup_printf (say (N_("whole number or %d of them"), translated), param->count);
  word = param->type == STRATA_PARAM_OBJECT ? strata_kind_get_name (param->kind) : words[param->type];
  word = several != NULL ? several : say (word, translated);

  /* Translators: the type of a parameter that may be null besides */
  return param->nullable ? g_strdup_printf (say (N_("%s, or null"), translated), word) : g_strdup (word);
}

/* What values are allowed: "from 0 to 1", or %NULL where all are. */
char *
strata_describe_range (const StrataParam *param,
                       gboolean           translated)
{
  if (param->choices != NULL)
    {
      g_autofree char *choices = g_strjoinv (", ", (char **) param->choices);

      return g_strdup_printf (say (N_("one of %s"), translated), choices);
    }
  if (param->maximum >= G_MAXINT32)
    return g_strdup_printf (say (N_("at least %g"), translated), param->minimum);
  if (param->minimum != 0 || param->maximum != 0)
    return g_strdup_printf (say (N_("from %g to %g"), translated), param->minimum, param->maximum);
  return NULL;
}

/* The default as JSON, or %NULL where the parameter must be given. */
char *
strata_describe_default (const StrataParam *param)
{
  g_autoptr (JsonNode) fallback = strata_param_get_default (param);

  return fallback != NULL ? strata_json_to_text (fallback, FALSE) : NULL;
}

const char *
strata_describe_meaning (const StrataParam *param)
{
  return param->description != NULL ? param->description : param->title;
}

/* What a list of a kind is called. */
const char *
strata_describe_kinds (StrataKind kind)
{
  static const char *const names[STRATA_N_KINDS] = {
    [STRATA_KIND_LAYER] = "Layers",
    [STRATA_KIND_ACTIVATION] = "Activations",
    [STRATA_KIND_INITIALIZER] = "Initializers",
    [STRATA_KIND_REGULARIZER] = "Regularizers",
    [STRATA_KIND_CONSTRAINT] = "Constraints",
    [STRATA_KIND_LOSS] = "Losses",
    [STRATA_KIND_METRIC] = "Metrics",
    [STRATA_KIND_OPTIMIZER] = "Optimizers",
    [STRATA_KIND_SCHEDULE] = "Schedules",
    [STRATA_KIND_CALLBACK] = "Callbacks",
    [STRATA_KIND_APPLICATION] = "Applications",
  };

  return names[kind];
}

static JsonObject *
describe_param (const StrataParam *param)
{
  JsonObject *object = json_object_new ();
  JsonNode *fallback = strata_param_get_default (param);
  g_autofree char *type = strata_describe_type (param, FALSE);

  json_object_set_string_member (object, "name", param->name);
  json_object_set_string_member (object, "type", type);
  json_object_set_string_member (object, "title", param->title);
  json_object_set_string_member (object, "description", param->description);
  json_object_set_boolean_member (object, "required", fallback == NULL);
  if (fallback != NULL)
    json_object_set_member (object, "default", fallback);
  if (param->minimum != 0 || param->maximum != 0)
    {
      json_object_set_double_member (object, "minimum", param->minimum);
      json_object_set_double_member (object, "maximum", param->maximum);
    }
  if (param->choices != NULL)
    {
      JsonArray *choices = json_array_new ();

      for (guint i = 0; param->choices[i] != NULL; i++)
        json_array_add_string_element (choices, param->choices[i]);
      json_object_set_array_member (object, "choices", choices);
    }
  return object;
}

/* What a layer can be told when it is called, or an empty table. */
const StrataParam *
strata_describe_call_params (StrataKind              kind,
                             const StrataObjectInfo *info)
{
  static const StrataParam none[] = { { NULL } };
  const StrataParam *params = kind == STRATA_KIND_LAYER ? ((const StrataLayerInfo *) info)->call_params : NULL;

  return params != NULL ? params : none;
}

/* All of an entry, for programs to read. */
JsonObject *
strata_describe_entry (StrataKind              kind,
                       const StrataObjectInfo *info)
{
  StrataObjectClass *klass = g_type_class_ref (strata_registry_get_type (kind, info));
  JsonObject *object = json_object_new ();
  JsonArray *params = json_array_new ();
  const StrataParam *call = strata_describe_call_params (kind, info);

  json_object_set_string_member (object, "name", info->name);
  json_object_set_string_member (object, "title", info->title);
  json_object_set_string_member (object, "category", info->category);
  json_object_set_string_member (object, "description", info->description);
  json_object_set_string_member (object, "formula", info->formula);
  for (guint i = 0; i < klass->params->len; i++)
    json_array_add_object_element (params, describe_param (g_ptr_array_index (klass->params, i)));
  json_object_set_array_member (object, "params", params);
  if (call->name != NULL)
    {
      JsonArray *calls = json_array_new ();

      for (; call->name != NULL; call++)
        json_array_add_object_element (calls, describe_param (call));
      json_object_set_array_member (object, "call", calls);
    }
  g_type_class_unref (klass);
  return object;
}

static int
compare_entries (gconstpointer a,
                 gconstpointer b)
{
  const StrataObjectInfo *x = *(const StrataObjectInfo *const *) a, *y = *(const StrataObjectInfo *const *) b;
  int order = g_strcmp0 (x->category, y->category);

  return order != 0 ? order : g_strcmp0 (x->name, y->name);
}

/* The entries of a kind by category and name. */
GPtrArray *
strata_describe_sorted (StrataKind kind)
{
  const StrataObjectInfo *const *table = strata_registry_list (kind);
  GPtrArray *sorted = g_ptr_array_new ();

  for (guint i = 0; table[i] != NULL; i++)
    g_ptr_array_add (sorted, (gpointer) table[i]);
  g_ptr_array_sort (sorted, compare_entries);
  return sorted;
}
