/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <glib/gi18n.h>
#include <string.h>

#include "base/json.h"
#include "command.h"
#include "io/example.h"
#include "io/keras/keras-file.h"
#include "io/keras/model-config.h"

static void
print_examples (void)
{
  g_autoptr (GPtrArray) examples = strata_example_list ();

  for (guint i = 0; i < examples->len; i++)
    {
      StrataExample *example = g_ptr_array_index (examples, i);

      g_print ("  %-16s %s\n", example->name, _(example->description));
    }
}

/* The document lays the network out when it is opened: only how it is trained is kept beside it. */
static GBytes *
make_document (StrataExample *example)
{
  JsonObject *document = json_object_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  char *text;

  json_node_take_object (node, document);
  json_object_set_member (document, "settings", json_node_copy (example->settings));
  text = strata_json_to_text (node, TRUE);
  return g_bytes_new_take (text, strlen (text));
}

static gboolean
write_example (const char  *name,
               const char  *path,
               GError     **error)
{
  g_autoptr (StrataExample) example = strata_example_load (name, error);
  g_autoptr (StrataModel) model = NULL;
  g_autoptr (StrataKerasFile) file = NULL;
  g_autoptr (GBytes) document = NULL;
  JsonObject *settings;

  if (example == NULL)
    return FALSE;
  model = strata_model_from_config (example->model, error);
  if (model == NULL)
    return FALSE;
  settings = json_node_get_object (example->settings);
  if (json_object_has_member (settings, "compile") &&
      !strata_model_compile (model, json_object_get_object_member (settings, "compile"), error))
    return FALSE;

  file = strata_keras_file_new (model);
  document = make_document (example);
  strata_keras_file_set_extra (file, "strata/document.json", document);
  return strata_keras_file_write (file, path, error);
}

static int
run (const StrataCommand  *self,
     int                   argc,
     char                **argv)
{
  g_autoptr (GError) error = NULL;

  if (!strata_command_parse (self, NULL, &argc, &argv, 0, 2))
    return STRATA_EXIT_USAGE;
  if (argc == 1)
    {
      print_examples ();
      return STRATA_EXIT_DONE;
    }
  if (argc == 2)
    {
      strata_command_warn ("example", "name the file to write, too, such as %s.keras", argv[1]);
      return STRATA_EXIT_USAGE;
    }
  if (!write_example (argv[1], argv[2], &error))
    return strata_command_fail ("example", error);
  return STRATA_EXIT_DONE;
}

const StrataCommand strata_command_example = {
  .name = "example",
  .arguments = "[NAME OUT.keras]",
  .summary = "List the examples, or write one to a file",
  .run = run,
};
