/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "listing.h"

#include <glib/gi18n.h>

#include "base/json.h"
#include "base/registry.h"
#include "describe.h"
#include "terminal.h"

/* Terminals of fewer characters a line have explanations below names, not beside them. */
#define NARROW 76

static void
print_json (JsonNode *node)
{
  g_autofree char *text = strata_json_to_text (node, TRUE);

  g_print ("%s\n", text);
  json_node_unref (node);
}

/* A line, or on a terminal lines, behind a name; on a narrow terminal below it. */
static void
print_text (const char *name,
            const char *text,
            int         indent,
            int         width)
{
  int long_name = g_utf8_strlen (name, -1) + 3 > indent;
  g_autofree char *lines = strata_terminal_wrap (text, indent, width);

  if (name[0] != '\0' && long_name)
    g_print ("  %s\n%*s%s\n", name, indent, "", lines);
  else
    g_print ("  %-*s%s\n", indent - 2, name, lines);
}

static void
print_param (const StrataParam *param,
             int                indent,
             int                width)
{
  g_autofree char *value = strata_describe_default (param), *type = strata_describe_type (param, TRUE);
  g_autofree char *range = strata_describe_range (param, TRUE), *facts = NULL;
  /* Translators: the value that a parameter has where none is given */
  g_autofree char *fallback = value != NULL ? g_strdup_printf (_("default %s"), value) : g_strdup (_("must be given"));

  facts = g_strjoin ("; ", type, fallback, range, NULL);
  print_text (param->name, _(strata_describe_meaning (param)), indent, width);
  print_text ("", facts, indent, width);
}

static void
print_entry (StrataKind              kind,
             const StrataObjectInfo *info)
{
  StrataObjectClass *klass = g_type_class_ref (strata_registry_get_type (kind, info));
  int width = strata_terminal_get_width (), indent = width > 0 && width < NARROW ? 6 : 31;
  const StrataParam *call = strata_describe_call_params (kind, info);
  g_autofree char *head = g_strdup_printf ("%s: %s", info->name, _(info->description));
  g_autofree char *lines = strata_terminal_wrap (head, 0, width);

  g_print ("%s\n", lines);
  if (info->formula != NULL)
    {
      g_autofree char *formula = strata_terminal_wrap (_(info->formula), 4, width);

      g_print ("\n  %s\n", formula);
    }
  g_print ("\n");
  for (guint i = 0; i < klass->params->len; i++)
    print_param (g_ptr_array_index (klass->params, i), indent, width);
  if (call->name != NULL)
    g_print ("\n%s\n\n", _("When it is called"));
  for (; call->name != NULL; call++)
    print_param (call, indent, width);
  g_type_class_unref (klass);
}

static void
print_table (const StrataObjectInfo *const *table)
{
  int width = strata_terminal_get_width (), indent = width > 0 && width < NARROW ? 6 : 35;
  const char *category = NULL;

  for (guint i = 0; table[i] != NULL; i++)
    {
      if (table[i]->category != NULL && g_strcmp0 (table[i]->category, category) != 0)
        {
          g_print ("%s%s\n", category != NULL ? "\n" : "", _(table[i]->category));
          category = table[i]->category;
        }
      print_text (table[i]->name, table[i]->description != NULL ? _(table[i]->description) : "", indent, width);
    }
}

static int
show (const StrataCommand *self,
      const char          *name,
      gboolean             json)
{
  const StrataObjectInfo *info = strata_registry_lookup (self->kind, name);

  if (info == NULL)
    {
      const char *near = strata_registry_suggest (self->kind, name), *kind = _(strata_kind_get_name (self->kind));

      if (near != NULL)
        strata_command_warn (self->name, "there is no %s called “%s”; did you mean “%s”?", kind, name, near);
      else
        strata_command_warn (self->name, "there is no %s called “%s”", kind, name);
      return STRATA_EXIT_FAILED;
    }
  if (json)
    print_json (json_node_init_object (json_node_alloc (), strata_describe_entry (self->kind, info)));
  else
    print_entry (self->kind, info);
  return STRATA_EXIT_DONE;
}

/**
 * strata_listing_run: (skip)
 *
 * Lists all of a kind, or explains one with its parameters.
 */
int
strata_listing_run (const StrataCommand  *self,
                    int                   argc,
                    char                **argv)
{
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_("For programs to read"), NULL },
    { NULL },
  };
  g_autoptr (GPtrArray) sorted = NULL;

  if (!strata_command_parse (self, entries, &argc, &argv, 0, 1))
    return STRATA_EXIT_USAGE;
  if (argc > 1)
    return show (self, argv[1], json);

  sorted = strata_describe_sorted (self->kind);
  if (json)
    {
      JsonArray *array = json_array_new ();

      for (guint i = 0; i < sorted->len; i++)
        json_array_add_object_element (array, strata_describe_entry (self->kind, g_ptr_array_index (sorted, i)));
      print_json (json_node_init_array (json_node_alloc (), array));
      json_array_unref (array);
    }
  else
    {
      g_ptr_array_add (sorted, NULL);
      print_table ((const StrataObjectInfo *const *) sorted->pdata);
    }
  return STRATA_EXIT_DONE;
}
