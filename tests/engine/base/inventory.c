/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * Everything that Keras names is here, with its parameters and defaults, or has a reason in
 * tests/golden/absent.json why it is not. tests/golden/make_inventory.py lists what Keras has.
 */

#include "base/registry.h"
#include "layers/operation.h"

#include "../training/golden.h"

static JsonObject *inventory, *absent;

static JsonObject *
read_json (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "golden", name, NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;

  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  return json_object_ref (json_node_get_object (json_parser_get_root (parser)));
}

/* Each reason is used, so that one for what is no longer absent is noticed. */
static GHashTable *used;

static gboolean
is_absent (const char *kind,
           const char *name,
           const char *parameter)
{
  JsonObject *reasons = json_object_has_member (absent, kind) ? json_object_get_object_member (absent, kind) : NULL;
  g_autofree char *key = parameter != NULL ? g_strdup_printf ("%s.%s", name, parameter) : g_strdup (name);
  g_autofree char *any = parameter != NULL ? g_strdup_printf ("*.%s", parameter) : NULL;
  const char *found = reasons == NULL ? NULL : json_object_has_member (reasons, key)
                      ? key : any != NULL && json_object_has_member (reasons, any) ? any : NULL;

  if (found == NULL)
    return FALSE;
  g_hash_table_add (used, g_strdup_printf ("%s %s", kind, found));
  return TRUE;
}

static void G_GNUC_PRINTF (1, 2)
complain (const char *format,
          ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_test_message ("%s", text);
  g_test_fail ();
}

static const StrataObjectInfo *
check_name (StrataKind  kind,
            const char *name,
            const char *class_name)
{
  const StrataObjectInfo *info = strata_registry_lookup (kind, name);
  const StrataObjectInfo *named = strata_registry_lookup (kind, class_name);

  if (info == NULL && (is_absent (strata_kind_get_name (kind), class_name, NULL) ||
                       is_absent (strata_kind_get_name (kind), name, NULL)))
    return NULL;
  if (info == NULL)
    complain ("the %s %s is not here", strata_kind_get_name (kind), name);
  else if (info != named)
    complain ("the %s %s is %s, not %s", strata_kind_get_name (kind), name, info->name, class_name);
  return info;
}

static void
check_parameters (StrataKind  kind,
                  const char *name,
                  JsonObject *entry)
{
  const char *kind_name = strata_kind_get_name (kind);
  JsonArray *parameters = json_object_get_array_member (entry, "parameters");
  g_autoptr (StrataObject) object = NULL;
  g_autoptr (JsonObject) config = NULL;
  g_autoptr (GList) members = NULL;
  g_autoptr (GError) error = NULL;
  JsonObject *wanted;

  if (!json_object_has_member (entry, "given"))
    {
      complain ("the %s %s has no parameters to compare", kind_name, name);
      return;
    }
  object = strata_object_new (kind, name, json_object_get_object_member (entry, "given"), &error);
  if (object == NULL)
    {
      complain ("the %s %s: %s", kind_name, name, error->message);
      return;
    }
  for (guint i = 0; i < json_array_get_length (parameters); i++)
    {
      const char *parameter = json_array_get_string_element (parameters, i);

      if (strata_object_find_param (object, parameter) == NULL && !is_absent (kind_name, name, parameter))
        complain ("the %s %s lacks the parameter %s", kind_name, name, parameter);
    }

  config = strata_object_get_config (object);
  wanted = json_object_get_object_member (entry, "config");
  members = json_object_get_members (wanted);
  for (GList *l = members; l != NULL; l = l->next)
    {
      /* Where a kind is written as a name, the config is empty, and the parameters are there. */
      g_autoptr (JsonNode) own = strata_object_find_param (object, l->data) != NULL
                                 ? strata_object_get_param (object, l->data) : NULL;
      JsonNode *had = json_object_has_member (config, l->data) ? json_object_get_member (config, l->data) : own;
      JsonNode *expected = json_object_get_member (wanted, l->data);
      g_autofree char *text = had != NULL ? json_to_string (had, FALSE) : g_strdup ("nothing");
      g_autofree char *expected_text = json_to_string (expected, FALSE);

      if (!golden_same (had, expected) && !is_absent (kind_name, name, l->data))
        complain ("the %s %s has %s = %s; Keras has %s", kind_name, name, (char *) l->data, text, expected_text);
    }
}

static void
test_kind (gconstpointer data)
{
  StrataKind kind = GPOINTER_TO_UINT (data);
  JsonObject *all = json_object_get_object_member (inventory, strata_kind_get_name (kind));
  JsonObject *names = json_object_get_object_member (all, "names");
  JsonObject *classes = json_object_get_object_member (all, "classes");
  g_autoptr (GList) each = json_object_get_members (names), each_class = json_object_get_members (classes);

  g_assert_cmpuint (json_object_get_size (names), >, 0);
  for (GList *l = each; l != NULL; l = l->next)
    check_name (kind, l->data, json_object_get_string_member (names, l->data));
  for (GList *l = each_class; l != NULL; l = l->next)
    if (strata_registry_lookup (kind, l->data) != NULL)
      check_parameters (kind, l->data, json_object_get_object_member (classes, l->data));
}

static void
check_operation (const char *name,
                 JsonObject *entry)
{
  const StrataOperation *operation = strata_operation_find (name);
  JsonObject *parameters = json_object_get_object_member (entry, "parameters");
  JsonArray *arguments = json_object_get_array_member (entry, "arguments");
  g_autoptr (JsonObject) given = json_object_new (), config = NULL;
  g_autoptr (GList) members = json_object_get_members (parameters);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) own = NULL;

  if (operation == NULL)
    {
      if (!is_absent ("operation", name, NULL))
        complain ("the operation %s is not here", name);
      return;
    }
  if (!g_str_equal (strata_operation_get_module (operation), json_object_get_string_member (entry, "module")))
    complain ("the operation %s is of %s, not %s", name, json_object_get_string_member (entry, "module"),
              strata_operation_get_module (operation));
  own = strata_operation_get_arguments (operation);
  for (guint i = 0; i < json_array_get_length (arguments); i++)
    {
      const char *argument = json_array_get_string_element (arguments, i);

      if (i >= g_strv_length (own))
        {
          if (!is_absent ("operation", name, argument))
            complain ("the operation %s lacks the argument %s", name, argument);
        }
      else if (strncmp (own[i], argument, strlen (argument)) != 0)
        complain ("argument %u of the operation %s is %s, not %s", i, name, argument, own[i]);
    }
  for (GList *l = members; l != NULL; l = l->next)
    if (json_object_get_null_member (parameters, l->data))
      json_object_set_int_member (given, l->data, 1);
  config = strata_operation_new_config (operation, given, &error);
  if (config == NULL)
    {
      complain ("the operation %s: %s", name, error->message);
      return;
    }
  for (GList *l = members; l != NULL; l = l->next)
    {
      JsonNode *had = json_object_get_member (config, l->data);
      g_autofree char *text = had != NULL ? json_to_string (had, FALSE) : NULL;

      if (had == NULL && !is_absent ("operation", name, l->data))
        complain ("the operation %s lacks the parameter %s", name, (char *) l->data);
      else if (had != NULL && !json_object_get_null_member (parameters, l->data) &&
               !golden_same (had,
                             json_object_get_member (json_object_get_object_member (parameters, l->data), "default")))
        complain ("the operation %s has the default %s for %s", name, text, (char *) l->data);
    }
}

static void
test_operations (void)
{
  JsonObject *all = json_object_get_object_member (inventory, "operation");
  g_autoptr (GList) each = json_object_get_members (all);

  g_assert_cmpuint (json_object_get_size (all), >, 300);
  for (GList *l = each; l != NULL; l = l->next)
    check_operation (l->data, json_object_get_object_member (all, l->data));
}

static void
test_reasons (void)
{
  g_autoptr (GList) kinds = json_object_get_members (absent);

  for (GList *k = kinds; k != NULL; k = k->next)
    {
      JsonObject *reasons = json_object_get_object_member (absent, k->data);
      g_autoptr (GList) each = json_object_get_members (reasons);

      for (GList *l = each; l != NULL; l = l->next)
        {
          g_autofree char *key = g_strdup_printf ("%s %s", (char *) k->data, (char *) l->data);

          g_assert_cmpuint (strlen (json_object_get_string_member (reasons, l->data)), >, 10);
          if (!g_hash_table_contains (used, key))
            complain ("%s has a reason to be absent, and is not", key);
        }
    }
}

int
main (int    argc,
      char **argv)
{
  static const StrataKind kinds[] = { STRATA_KIND_LAYER, STRATA_KIND_ACTIVATION, STRATA_KIND_INITIALIZER,
                                      STRATA_KIND_REGULARIZER, STRATA_KIND_CONSTRAINT,
                                      STRATA_KIND_LOSS, STRATA_KIND_METRIC, STRATA_KIND_OPTIMIZER, STRATA_KIND_SCHEDULE,
                                      STRATA_KIND_CALLBACK };
  int status;

  g_test_init (&argc, &argv, NULL);
  inventory = read_json ("inventory.json");
  absent = read_json ("absent.json");
  used = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *path = g_strdup_printf ("/inventory/%s", strata_kind_get_name (kinds[i]));

      g_test_add_data_func (path, GUINT_TO_POINTER (kinds[i]), test_kind);
    }
  g_test_add_func ("/inventory/operation", test_operations);
  g_test_add_func ("/inventory/reasons", test_reasons);
  status = g_test_run ();
  g_hash_table_unref (used);
  json_object_unref (inventory);
  json_object_unref (absent);
  return status;
}
