/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "base/registry.h"
#include "command.h"
#include "describe.h"
#include "io/atomic-file.h"

/* The reference: a page of Markdown for all that has parameters, and one that lists each kind. */

/* In Markdown, tables and HTML these stand for something else. */
static char *
escape (const char *text)
{
  g_autoptr (GString) escaped = g_string_new (NULL);

  for (const char *c = text; *c != '\0'; c++)
    {
      if (*c == '<' || *c == '>' || *c == '&')
        g_string_append (escaped, *c == '<' ? "&lt;" : *c == '>' ? "&gt;" : "&amp;");
      else
        {
          if (strchr ("|*_`[]\\#", *c) != NULL)
            g_string_append_c (escaped, '\\');
          g_string_append_c (escaped, *c);
        }
    }
  return g_string_free (g_steal_pointer (&escaped), FALSE);
}

static char *
make_page_name (StrataKind              kind,
                const StrataObjectInfo *info)
{
  return g_strdup_printf ("%s-%s", strata_kind_get_name (kind), info->name);
}

/* A row: what the parameter does is what most readers look for; what it takes comes after. */
static void
add_param (GString           *page,
           const StrataParam *param)
{
  g_autofree char *type = strata_describe_type (param, FALSE), *range = strata_describe_range (param, FALSE);
  g_autofree char *value = strata_describe_default (param);
  g_autofree char *meaning = escape (strata_describe_meaning (param)), *name = escape (param->name);
  g_autofree char *safe_range = range != NULL ? escape (range) : NULL;

  g_string_append_printf (page, "| **%s** | %s | %s", name, meaning, type);
  if (param->unit != NULL)
    g_string_append_printf (page, " (%s)", param->unit);
  if (safe_range != NULL)
    g_string_append_printf (page, "; %s", safe_range);
  if (value != NULL)
    g_string_append_printf (page, "; default `%s` |\n", value);
  else
    g_string_append (page, "; must be given |\n");
}

static void
add_aliases (GString                *page,
             const StrataObjectInfo *info)
{
  for (guint i = 0; info->aliases != NULL && info->aliases[i] != NULL; i++)
    g_string_append_printf (page, "%s`%s`%s", i == 0 ? "Also called " : ", ", info->aliases[i],
                            info->aliases[i + 1] == NULL ? ".\n\n" : "");
}

static char *
write_entry (StrataKind              kind,
             const StrataObjectInfo *info)
{
  StrataObjectClass *klass = g_type_class_ref (strata_registry_get_type (kind, info));
  const char *module = info->module != NULL ? info->module : strata_registry_get_module (kind);
  g_autofree char *description = escape (info->description != NULL ? info->description : info->title);
  g_autofree char *kinds = g_ascii_strdown (strata_describe_kinds (kind), -1);
  const StrataParam *call = strata_describe_call_params (kind, info);
  GString *page = g_string_new (NULL);

  g_string_append_printf (page, "Title: %s\n\n# %s\n\n%s.\n\n", info->name, info->name, description);
  if (info->formula != NULL)
    g_string_append_printf (page, "```\n%s\n```\n\n", info->formula);
  add_aliases (page, info);
  if (module != NULL && module[0] != '\0')
    g_string_append_printf (page, "In Keras: `%s.%s`.\n\n", module, info->name);
  if (klass->params->len > 0)
    g_string_append (page, "## Parameters\n\n| Name | What it does | What it takes |\n|---|---|---|\n");
  for (guint i = 0; i < klass->params->len; i++)
    add_param (page, g_ptr_array_index (klass->params, i));
  if (call->name != NULL)
    g_string_append (page, "\n## When it is called\n\n| Name | What it does | What it takes |\n|---|---|---|\n");
  for (; call->name != NULL; call++)
    add_param (page, call);
  g_string_append_printf (page, "\nThis is one of the [%s](reference-%s.html).\n", kinds, strata_kind_get_name (kind));
  g_type_class_unref (klass);
  return g_string_free (page, FALSE);
}

static char *
write_list (StrataKind  kind,
            GPtrArray  *entries)
{
  const char *category = NULL;
  GString *page = g_string_new (NULL);

  g_string_append_printf (page, "Title: %s\n\n# %s\n", strata_describe_kinds (kind), strata_describe_kinds (kind));
  for (guint i = 0; i < entries->len; i++)
    {
      const StrataObjectInfo *info = g_ptr_array_index (entries, i);
      g_autofree char *name = make_page_name (kind, info);
      g_autofree char *description = escape (info->description != NULL ? info->description : "");
      g_autofree char *title = escape (info->name);

      if (i == 0 || g_strcmp0 (info->category, category) != 0)
        g_string_append_printf (page, "\n%s%s\n\n", info->category != NULL ? "## " : "",
                                info->category != NULL ? info->category : "");
      category = info->category;
      g_string_append_printf (page, "- [%s](%s.html): %s\n", title, name, description);
    }
  return g_string_free (page, FALSE);
}

/* Takes the text. */
static gboolean
put (const char  *folder,
     const char  *name,
     char        *text,
     GError     **error)
{
  g_autofree char *owned = text, *file = g_strconcat (name, ".md", NULL), *path = g_build_filename (folder, file, NULL);

  return strata_file_write (path, owned, strlen (owned), error);
}

static gboolean
put_kind (const char  *folder,
          StrataKind   kind,
          GError     **error)
{
  g_autoptr (GPtrArray) entries = strata_describe_sorted (kind);
  g_autofree char *list = g_strconcat ("reference-", strata_kind_get_name (kind), NULL);

  for (guint i = 0; i < entries->len; i++)
    {
      const StrataObjectInfo *info = g_ptr_array_index (entries, i);
      g_autofree char *name = make_page_name (kind, info);

      if (!put (folder, name, write_entry (kind, info), error))
        return FALSE;
    }
  return put (folder, list, write_list (kind, entries), error);
}

static int
run (const StrataCommand  *self,
     int                   argc,
     char                **argv)
{
  const GOptionEntry entries[] = { { NULL } };
  g_autoptr (GError) error = NULL;

  if (!strata_command_parse (self, entries, &argc, &argv, 1, 1))
    return STRATA_EXIT_USAGE;
  if (g_mkdir_with_parents (argv[1], 0755) != 0)
    {
      strata_set_error (&error, STRATA_ERROR_FILE, "Cannot make the folder “%s”", argv[1]);
      return strata_command_fail ("reference", error);
    }
  for (int kind = 0; kind < STRATA_N_KINDS; kind++)
    if (!put_kind (argv[1], kind, &error))
      return strata_command_fail ("reference", error);
  return STRATA_EXIT_DONE;
}

const StrataCommand strata_command_reference = {
  .name = "reference",
  .arguments = "FOLDER",
  .summary = "Write a page of Markdown for each layer, loss, metric and all else that has parameters",
  .run = run,
};
