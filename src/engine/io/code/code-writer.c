/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "io/code/code-writer.h"

#include "base/error.h"
#include "io/code/code-order.h"
#include "io/code/python-value.h"

/* For a writer on the stack, which strata_code_writer_clear() ends. */
void
strata_code_writer_init (StrataCodeWriter         *self,
                         const StrataCodeLanguage *language)
{
  self->language = language;
  self->functions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->finished = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->code = g_string_new (NULL);
}

void
strata_code_writer_clear (StrataCodeWriter *self)
{
  g_hash_table_unref (self->functions);
  g_hash_table_unref (self->finished);
  g_string_free (self->code, TRUE);
}

/* Layers of classes that only a program knows have no code. */
void
strata_code_writer_refuse_layer (StrataCodeWriter  *self,
                                 StrataLayer       *layer,
                                 GError           **error)
{
  strata_set_error (error, STRATA_ERROR_UNSUPPORTED,
                    "The layer “%s” is of the class %s, which is defined in a program and cannot be written as %s",
                    strata_layer_get_name (layer), strata_object_get_class_name (STRATA_OBJECT (layer)),
                    self->language->name);
}

static guint
count_calls (StrataFunctional *model,
             StrataLayer      *layer)
{
  const GPtrArray *sites = strata_functional_get_sites (model);
  guint n = 0;

  for (guint i = 0; i < sites->len; i++)
    n += ((StrataSite *) g_ptr_array_index (sites, i))->layer == layer;
  return n;
}

/* The variable that is to hold a layer from now on, or NULL for one that is called only here. */
const char *
strata_code_body_share (StrataCodeBody *self,
                        StrataLayer    *layer)
{
  g_autofree char *hint = NULL;
  char *name;

  if (count_calls (self->model, layer) < 2)
    return NULL;
  hint = g_strdup_printf ("%s_layer", strata_layer_get_name (layer));
  name = strata_python_identifier (hint, self->names);
  g_hash_table_insert (self->layers, layer, name);
  return name;
}

/* The variable that holds what a call returns. */
const char *
strata_code_body_name_result (StrataCodeBody *self,
                              StrataSite     *site)
{
  char *name = strata_python_identifier (strata_layer_get_name (site->layer), self->names);

  g_hash_table_insert (self->results, site, name);
  return name;
}

static gboolean
write_functional (StrataCodeWriter  *self,
                  StrataFunctional  *model,
                  GString           *code,
                  GError           **error)
{
  g_autoptr (GPtrArray) sites = strata_code_order_sites (strata_functional_get_sites (model));
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) layers = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  g_autoptr (GHashTable) results = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  StrataCodeBody body = { self, model, names, layers, results };

  if (self->language->begin != NULL)
    self->language->begin (&body);
  for (guint i = 0; i < sites->len; i++)
    if (!self->language->site (&body, g_ptr_array_index (sites, i), code, error))
      return FALSE;
  self->language->ports (&body, code);
  return TRUE;
}

/* Writes the function that makes a model, after those of the models inside it, and tells its name. */
const char *
strata_code_writer_add_model (StrataCodeWriter  *self,
                              StrataModel       *model,
                              GError           **error)
{
  g_autoptr (GString) code = g_string_new (NULL);
  g_autofree char *hint = g_strdup_printf ("make_%s", strata_layer_get_name (STRATA_LAYER (model)));
  char *name = g_hash_table_lookup (self->finished, model);
  gboolean good;

  if (name != NULL)
    return name;
  if (STRATA_IS_FUNCTIONAL (model))
    good = write_functional (self, STRATA_FUNCTIONAL (model), code, error);
  else if (STRATA_IS_SEQUENTIAL (model))
    good = self->language->sequential (self, STRATA_SEQUENTIAL (model), code, error);
  else
    {
      strata_set_error (error, STRATA_ERROR_UNSUPPORTED,
                        "The model “%s” is of a class that is defined in a program and cannot be written as %s",
                        strata_layer_get_name (STRATA_LAYER (model)), self->language->name);
      good = FALSE;
    }
  if (!good)
    return NULL;
  name = strata_python_identifier (hint, self->functions);
  g_hash_table_insert (self->finished, model, name);
  self->language->function (self, model, name, code->str);
  return name;
}
