/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/registry.h"

#include <string.h>

/*
 * The registry: one table a kind, made by meson from the lists in the kinds'
 * folders, and a GType an entry, registered when first asked for.
 */

#define STRATA_KIND(lower, UPPER, module)                                  \
  extern const StrataObjectInfo *const strata_##lower##_table[];           \
  extern GType strata_##lower##_get_type (void);
#include "kinds.inc"
#undef STRATA_KIND

typedef struct
{
  const StrataObjectInfo *const *table;
  GType (*get_type) (void);
  const char *module;
} Kind;

static const Kind kinds[STRATA_N_KINDS] = {
#define STRATA_KIND(lower, UPPER, module) \
  [STRATA_KIND_##UPPER] = { strata_##lower##_table, strata_##lower##_get_type, module },
#include "kinds.inc"
#undef STRATA_KIND
};

/**
 * strata_registry_list: (skip)
 *
 * Returns: the entries of a kind, %NULL-terminated
 */
const StrataObjectInfo *const *
strata_registry_list (StrataKind kind)
{
  g_return_val_if_fail (kind < STRATA_N_KINDS, NULL);

  return kinds[kind].table;
}

const char *
strata_registry_get_module (StrataKind kind)
{
  g_return_val_if_fail (kind < STRATA_N_KINDS, NULL);

  return kinds[kind].module;
}

GType
strata_registry_get_base_type (StrataKind kind)
{
  g_return_val_if_fail (kind < STRATA_N_KINDS, G_TYPE_INVALID);

  return kinds[kind].get_type ();
}

/* "Mean_Squared-Error" and "meansquarederror" are the same name, as in Keras. */
static char *
fold (const char *name)
{
  GString *folded = g_string_new (NULL);

  for (; *name != '\0'; name++)
    if (*name != '_' && *name != '-' && *name != ' ')
      g_string_append_c (folded, g_ascii_tolower (*name));
  return g_string_free (folded, FALSE);
}

static gboolean
folds_to (const char *name,
          const char *folded)
{
  g_autofree char *other = fold (name);

  return g_str_equal (other, folded);
}

static gboolean
answers_to (const StrataObjectInfo *info,
            const char             *folded)
{
  if (folds_to (info->name, folded))
    return TRUE;
  for (const char *const *alias = info->aliases; alias != NULL && *alias != NULL; alias++)
    if (folds_to (*alias, folded))
      return TRUE;
  return FALSE;
}

/**
 * strata_registry_lookup: (skip)
 * @kind: a kind
 * @name: a Keras class name (`MeanSquaredError`), function name
 *   (`mean_squared_error`) or alias (`mse`)
 *
 * Returns: (nullable): the entry
 */
const StrataObjectInfo *
strata_registry_lookup (StrataKind  kind,
                        const char *name)
{
  const StrataObjectInfo *const *table = strata_registry_list (kind);
  g_autofree char *folded = NULL;

  for (guint i = 0; table[i] != NULL; i++)
    if (g_str_equal (table[i]->name, name))
      return table[i];

  folded = fold (name);
  for (guint i = 0; table[i] != NULL; i++)
    if (answers_to (table[i], folded))
      return table[i];
  return NULL;
}

static guint
edit_distance (const char *a,
               const char *b)
{
  gsize n = MIN (strlen (b), 63);
  guint row[64];

  for (gsize j = 0; j <= n; j++)
    row[j] = j;
  for (gsize i = 0; a[i] != '\0'; i++)
    {
      guint diagonal = row[0];

      row[0] = i + 1;
      for (gsize j = 0; j < n; j++)
        {
          guint cost = diagonal + (a[i] != b[j]);

          diagonal = row[j + 1];
          row[j + 1] = MIN (cost, MIN (row[j], diagonal) + 1);
        }
    }
  return row[n];
}

/**
 * strata_registry_suggest: (skip)
 *
 * Returns: (nullable): the known name nearest to a misspelled one, if any is near
 */
const char *
strata_registry_suggest (StrataKind  kind,
                         const char *name)
{
  const StrataObjectInfo *const *table = strata_registry_list (kind);
  g_autofree char *folded = fold (name);
  guint best = strlen (folded) / 3 + 1;
  const char *nearest = NULL;

  for (guint i = 0; table[i] != NULL; i++)
    {
      g_autofree char *other = fold (table[i]->name);
      guint distance = edit_distance (folded, other);

      if (distance < best)
        {
          best = distance;
          nearest = table[i]->name;
        }
    }
  return nearest;
}

static void
class_init (gpointer klass,
            gpointer data)
{
  StrataObjectClass *object_class = STRATA_OBJECT_CLASS (klass);
  const StrataObjectInfo *info = data;

  object_class->info = info;
  strata_object_class_install_params (object_class, info->params);
  if (object_class->adopt != NULL)
    object_class->adopt (object_class, info);
}

/**
 * strata_registry_get_type: (skip)
 *
 * Returns: the GType of an entry, a class derived from its kind's base
 */
GType
strata_registry_get_type (StrataKind              kind,
                          const StrataObjectInfo *info)
{
  static GMutex mutex;
  GType parent = strata_registry_get_base_type (kind);
  g_autofree char *name = g_strdup_printf ("Strata%c%s_%s", g_ascii_toupper (strata_kind_get_name (kind)[0]),
                                           strata_kind_get_name (kind) + 1, info->name);
  GType type;

  g_mutex_lock (&mutex);
  type = g_type_from_name (name);
  if (type == G_TYPE_INVALID)
    {
      GTypeQuery query;
      GTypeInfo type_info = { .class_init = class_init, .class_data = info };

      g_type_query (parent, &query);
      type_info.class_size = query.class_size;
      type_info.instance_size = MAX (query.instance_size, info->instance_size);
      type = g_type_register_static (parent, name, &type_info, 0);
    }
  g_mutex_unlock (&mutex);
  return type;
}
