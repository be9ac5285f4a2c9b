/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "listing.h"

#include "base/registry.h"

/* What a parameter takes, in words. */
static char *
describe_type (const StrataParam *param)
{
  static const char *const words[] = {
    [STRATA_PARAM_BOOL] = "true or false",
    [STRATA_PARAM_INT] = "whole number",
    [STRATA_PARAM_FLOAT] = "number",
    [STRATA_PARAM_STRING] = "text",
    [STRATA_PARAM_CHOICE] = "choice",
    [STRATA_PARAM_INTS] = "whole numbers",
    [STRATA_PARAM_JSON] = "value or list",
  };
  g_autofree char *several = param->count > 1 ? g_strdup_printf ("whole number or %d of them", param->count) : NULL;
  const char *word = param->type == STRATA_PARAM_OBJECT ? strata_kind_get_name (param->kind) : several != NULL ? several : words[param->type];

  return g_strconcat (word, param->nullable ? ", or null" : "", NULL);
}

static JsonObject *
describe_param (const StrataParam *param)
{
  JsonObject *object = json_object_new ();
  JsonNode *fallback = strata_param_get_default (param);
  g_autofree char *type = describe_type (param);

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

static JsonObject *
describe (StrataKind              kind,
          const StrataObjectInfo *info)
{
  StrataObjectClass *klass = g_type_class_ref (strata_registry_get_type (kind, info));
  JsonObject *object = json_object_new ();
  JsonArray *params = json_array_new ();

  json_object_set_string_member (object, "name", info->name);
  json_object_set_string_member (object, "title", info->title);
  json_object_set_string_member (object, "category", info->category);
  json_object_set_string_member (object, "description", info->description);
  json_object_set_string_member (object, "formula", info->formula);
  for (guint i = 0; i < klass->params->len; i++)
    json_array_add_object_element (params, describe_param (g_ptr_array_index (klass->params, i)));
  json_object_set_array_member (object, "params", params);
  g_type_class_unref (klass);
  return object;
}

static void
print_json (JsonNode *node)
{
  g_autofree char *text = json_to_string (node, TRUE);

  g_print ("%s\n", text);
  json_node_unref (node);
}

static void
print_param (const StrataParam *param)
{
  g_autoptr (JsonNode) fallback = strata_param_get_default (param);
  g_autofree char *value = fallback != NULL ? json_to_string (fallback, FALSE) : NULL, *type = describe_type (param);

  g_print ("  %-28s %s\n", param->name, param->description != NULL ? param->description : param->title);
  g_print ("  %-28s %s; ", "", type);
  g_print (value != NULL ? "default %s" : "must be given", value);
  if (param->choices != NULL)
    {
      g_autofree char *choices = g_strjoinv (", ", (char **) param->choices);

      g_print ("; one of %s", choices);
    }
  else if (param->maximum >= G_MAXINT32)
    g_print ("; at least %g", param->minimum);
  else if (param->minimum != 0 || param->maximum != 0)
    g_print ("; from %g to %g", param->minimum, param->maximum);
  else if (param->type == STRATA_PARAM_OBJECT)
    g_print ("; one of strata-cli's %ss", strata_kind_get_name (param->kind));
  g_print ("\n");
}

static void
print_entry (StrataKind              kind,
             const StrataObjectInfo *info)
{
  StrataObjectClass *klass = g_type_class_ref (strata_registry_get_type (kind, info));

  g_print ("%s: %s\n", info->name, info->description);
  if (info->formula != NULL)
    g_print ("\n  %s\n", info->formula);
  g_print ("\n");
  for (guint i = 0; i < klass->params->len; i++)
    print_param (g_ptr_array_index (klass->params, i));
  g_type_class_unref (klass);
}

static void
print_table (const StrataObjectInfo *const *table)
{
  const char *category = NULL;

  for (guint i = 0; table[i] != NULL; i++)
    {
      if (table[i]->category != NULL && g_strcmp0 (table[i]->category, category) != 0)
        {
          g_print ("%s%s\n", category != NULL ? "\n" : "", table[i]->category);
          category = table[i]->category;
        }
      g_print ("  %-32s %s\n", table[i]->name, table[i]->description != NULL ? table[i]->description : "");
    }
}

static int
compare_entries (gconstpointer a,
                 gconstpointer b)
{
  const StrataObjectInfo *x = *(const StrataObjectInfo *const *) a, *y = *(const StrataObjectInfo *const *) b;
  int order = g_strcmp0 (x->category, y->category);

  return order != 0 ? order : g_strcmp0 (x->name, y->name);
}

static GPtrArray *
sort_entries (StrataKind kind)
{
  const StrataObjectInfo *const *table = strata_registry_list (kind);
  GPtrArray *sorted = g_ptr_array_new ();

  for (guint i = 0; table[i] != NULL; i++)
    g_ptr_array_add (sorted, (gpointer) table[i]);
  g_ptr_array_sort (sorted, compare_entries);
  g_ptr_array_add (sorted, NULL);
  return sorted;
}

static int
show (const StrataCommand *command,
      StrataKind           kind,
      const char          *name,
      gboolean             json)
{
  const StrataObjectInfo *info = strata_registry_lookup (kind, name);

  if (info == NULL)
    {
      const char *near = strata_registry_suggest (kind, name);

      g_printerr ("strata-cli %s: there is no %s called “%s”%s%s%s\n", command->name, strata_kind_get_name (kind), name,
                  near != NULL ? "; did you mean “" : "", near != NULL ? near : "", near != NULL ? "”?" : "");
      return STRATA_EXIT_FAILED;
    }
  if (json)
    print_json (json_node_init_object (json_node_alloc (), describe (kind, info)));
  else
    print_entry (kind, info);
  return STRATA_EXIT_DONE;
}

/**
 * strata_listing_run: (skip)
 * @kind: what kind is listed
 *
 * Lists all of a kind, or explains one with its parameters.
 */
int
strata_listing_run (const StrataCommand *command,
                    StrataKind           kind,
                    int                  argc,
                    char               **argv)
{
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, "For programs to read", NULL },
    { NULL },
  };
  g_autoptr (GPtrArray) sorted = NULL;

  if (!strata_command_parse (command, entries, &argc, &argv, 0, 1))
    return STRATA_EXIT_USAGE;
  if (argc > 1)
    return show (command, kind, argv[1], json);

  sorted = sort_entries (kind);
  if (json)
    {
      JsonArray *array = json_array_new ();

      for (guint i = 0; i + 1 < sorted->len; i++)
        json_array_add_object_element (array, describe (kind, g_ptr_array_index (sorted, i)));
      print_json (json_node_init_array (json_node_alloc (), array));
      json_array_unref (array);
    }
  else
    print_table ((const StrataObjectInfo *const *) sorted->pdata);
  return STRATA_EXIT_DONE;
}
