/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "base/registry.h"
#include "command.h"
#include "data/data-kind.h"
#include "describe.h"
#include "io/atomic-file.h"
#include "io/example.h"
#include "listing.h"

/* Texts of tables and data, which xgettext does not see, as a template for translators. */
typedef struct
{
  GHashTable *seen;
  GString *template;
} Texts;

static void
add (Texts      *self,
     const char *text,
     const char *place,
     const char *what)
{
  if (text == NULL || text[0] == '\0' || !g_hash_table_add (self->seen, (char *) text))
    return;
  g_string_append_printf (self->template, "\n#. %s: %s\nmsgid \"", place, what);
  for (const char *c = text; *c != '\0'; c++)
    {
      if (strchr ("\"\\", *c) != NULL)
        g_string_append_c (self->template, '\\');
      g_string_append_c (self->template, *c);
    }
  g_string_append (self->template, "\"\nmsgstr \"\"\n");
}

static void
add_entry (Texts                  *self,
           StrataKind              kind,
           const StrataObjectInfo *info)
{
  StrataObjectClass *klass = g_type_class_ref (strata_registry_get_type (kind, info));

  add (self, info->title, info->name, "title");
  add (self, info->category, info->name, "category");
  add (self, info->description, info->name, "description");
  add (self, info->formula, info->name, "formula");
  for (guint i = 0; i < klass->params->len; i++)
    {
      const StrataParam *param = g_ptr_array_index (klass->params, i);
      g_autofree char *place = g_strdup_printf ("%s, %s", info->name, param->name);

      add (self, param->title, place, "title");
      add (self, param->description, place, "description");
      add (self, param->unit, place, "unit");
    }
  g_type_class_unref (klass);
}

static void
add_commands (Texts *self)
{
  for (guint i = 0; strata_command_table[i] != NULL; i++)
    add (self, strata_command_table[i]->summary, strata_command_table[i]->name, "summary");
  for (const StrataCommand *listing = strata_listing_table; listing->name != NULL; listing++)
    add (self, listing->summary, listing->name, "summary");
}

static int
run (const StrataCommand  *self,
     int                   argc,
     char                **argv)
{
  const GOptionEntry entries[] = { { NULL } };
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) examples = strata_example_list ();
  g_autoptr (GString) template = g_string_new ("msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=UTF-8\\n\"\n");
  g_autoptr (GError) error = NULL;
  Texts texts = { seen, template };

  if (!strata_command_parse (self, entries, &argc, &argv, 1, 1))
    return STRATA_EXIT_USAGE;
  for (int kind = 0; kind < STRATA_N_KINDS; kind++)
    {
      g_autoptr (GPtrArray) sorted = strata_describe_sorted (kind);

      add (&texts, strata_kind_get_name (kind), "kinds of objects", "name");
      for (guint i = 0; i < sorted->len; i++)
        add_entry (&texts, kind, g_ptr_array_index (sorted, i));
    }
  for (const StrataDataKind *const *data = strata_data_kind_list (); *data != NULL; data++)
    {
      add (&texts, (*data)->title, (*data)->name, "title");
      add (&texts, (*data)->description, (*data)->name, "description");
    }
  add_commands (&texts);
  for (guint i = 0; i < examples->len; i++)
    {
      const StrataExample *example = g_ptr_array_index (examples, i);

      add (&texts, example->title, example->name, "title");
      add (&texts, example->description, example->name, "description");
    }
  if (!strata_file_write (argv[1], template->str, template->len, &error))
    return strata_command_fail ("texts", error);
  return STRATA_EXIT_DONE;
}

const StrataCommand strata_command_texts = {
  .name = "texts",
  .arguments = "FILE.pot",
  .summary = "Write what is said of layers and all else that has parameters, for translators",
  .run = run,
};
