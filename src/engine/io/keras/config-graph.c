/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "io/keras/config-call.h"
#include "io/keras/config-mask.h"
#include "io/keras/config-private.h"
#include "layers/core/input-layer.h"
#include "models/functional.h"

#define MAX_LAYERS 100000

static void
free_mask (gpointer node)
{
  if (node != NULL)
    json_node_unref (node);
}

static void
entry_clear (gpointer data)
{
  StrataConfigEntry *entry = data;

  g_clear_object (&entry->layer);
  g_clear_error (&entry->problem);
  g_clear_pointer (&entry->sites, g_ptr_array_unref);
  g_clear_pointer (&entry->masks, g_ptr_array_unref);
  g_clear_pointer (&entry->waiting, g_array_unref);
}

static StrataConfigEntry *
get_entry (StrataConfigGraph *self,
           guint              i)
{
  return &g_array_index (self->entries, StrataConfigEntry, i);
}

/* Reads all layers; they are connected later, in whatever order they depend on each other. */
static gboolean
read_layers (StrataConfigGraph   *self,
             StrataConfigReader  *reader,
             JsonArray           *layers,
             GError             **error)
{
  for (guint i = 0; i < json_array_get_length (layers); i++)
    {
      JsonObject *object = strata_json_element_object (layers, i);
      StrataConfigEntry entry = { 0 };
      const char *name;

      if (object == NULL)
        {
          strata_set_error (error, STRATA_ERROR_FORMAT, "Layer %u is not described by an object", i + 1);
          return FALSE;
        }
      entry.object = object;
      entry.spare = strata_config_may_be_mask (object);
      entry.layer = strata_config_read_layer (reader, object, &entry.problem);
      if (entry.layer == NULL && !entry.spare)
        {
          g_propagate_error (error, g_steal_pointer (&entry.problem));
          return FALSE;
        }
      entry.sites = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_site_unref);
      entry.masks = g_ptr_array_new_with_free_func (free_mask);
      entry.waiting = g_array_new (FALSE, FALSE, sizeof (guint));
      entry.calls = strata_json_get_array (object, "inbound_nodes");
      entry.n_calls = entry.calls != NULL ? json_array_get_length (entry.calls) : 0;
      g_array_append_val (self->entries, entry);

      /* References are by the name outside of the config, which is the same in all files but edited ones. */
      name = strata_json_get_string (object, "name", entry.layer != NULL ? strata_layer_get_name (entry.layer) : "");
      if (g_hash_table_contains (self->names, name))
        {
          strata_set_error (error, STRATA_ERROR_FORMAT, "Two layers are called “%.200s”", name);
          return FALSE;
        }
      g_hash_table_insert (self->names, g_strdup (name), GUINT_TO_POINTER (i));
    }
  return TRUE;
}

static gboolean
connect_call (StrataConfigGraph  *self,
              StrataConfigEntry  *entry,
              StrataConfigCall   *call,
              GError            **error)
{
  StrataSite *site = strata_layer_connect_full (entry->layer, (StrataSymbol *const *) call->inputs->pdata,
                                                call->inputs->len, call->arguments, call->args, error);

  if (site == NULL)
    return FALSE;
  g_ptr_array_add (entry->sites, site);
  g_ptr_array_add (entry->masks, g_steal_pointer (&call->mask));
  return TRUE;
}

/* Makes the calls of a layer up to the first that waits for another layer. */
static gboolean
advance (StrataConfigGraph  *self,
         guint               i,
         GQueue             *ready,
         GError            **error)
{
  while (get_entry (self, i)->sites->len < get_entry (self, i)->n_calls)
    {
      StrataConfigEntry *entry = get_entry (self, i);
      g_auto (StrataConfigCall) call = { 0 };
      int awaited = -1;

      if (!strata_config_call_read (&call, self, entry, json_array_get_element (entry->calls, entry->sites->len),
                                    &awaited, error))
        return FALSE;
      if (awaited >= 0)
        {
          g_array_append_val (get_entry (self, awaited)->waiting, i);
          if (get_entry (self, awaited)->spare)
            g_queue_push_tail (ready, GUINT_TO_POINTER (awaited));
          get_entry (self, awaited)->spare = FALSE;
          return TRUE;
        }
      if (!connect_call (self, entry, &call, error))
        return FALSE;
      for (guint k = 0; k < entry->waiting->len; k++)
        g_queue_push_tail (ready, GUINT_TO_POINTER (g_array_index (entry->waiting, guint, k)));
      g_array_set_size (entry->waiting, 0);
    }
  return TRUE;
}

/* An input is called once, on nothing. */
static gboolean
begin (StrataConfigGraph  *self,
       GError            **error)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      StrataConfigEntry *entry = get_entry (self, i);
      StrataSite *site;

      if (entry->spare || !strata_is_input_layer (entry->layer))
        continue;
      site = strata_layer_connect_full (entry->layer, NULL, 0, NULL, NULL, error);
      if (site == NULL)
        return FALSE;
      g_ptr_array_add (entry->sites, site);
      entry->n_calls = 1;
    }
  return TRUE;
}

static gboolean
connect_all (StrataConfigGraph  *self,
             GError            **error)
{
  g_autoptr (GQueue) ready = g_queue_new ();

  if (!begin (self, error))
    return FALSE;
  for (guint i = 0; i < self->entries->len; i++)
    if (!get_entry (self, i)->spare)
      g_queue_push_tail (ready, GUINT_TO_POINTER (i));
  while (!g_queue_is_empty (ready))
    {
      guint i = GPOINTER_TO_UINT (g_queue_pop_head (ready));

      if (!advance (self, i, ready, error))
        {
          g_prefix_error (error, _("The layer “%.200s”: "), strata_layer_get_name (get_entry (self, i)->layer));
          return FALSE;
        }
    }
  for (guint i = 0; i < self->entries->len; i++)
    if (!get_entry (self, i)->spare && get_entry (self, i)->sites->len < get_entry (self, i)->n_calls)
      {
        strata_set_error (error, STRATA_ERROR_FORMAT, "The layer “%.200s” depends on its own output",
                          strata_layer_get_name (get_entry (self, i)->layer));
        return FALSE;
      }
  return TRUE;
}

static gboolean
add_port (StrataConfigGraph  *self,
          JsonNode           *node,
          GPtrArray          *symbols,
          GError            **error)
{
  int awaited = -1;
  StrataSymbol *symbol = strata_config_graph_find (self, node, TRUE, &awaited, error);

  if (symbol == NULL)
    return FALSE;
  g_ptr_array_add (symbols, symbol);
  return TRUE;
}

/* Inputs or outputs: a reference, a list of them, or an object of them; in Keras 2 always a list. */
static gboolean
read_ports (StrataConfigGraph  *self,
            JsonNode           *node,
            guint               depth,
            GPtrArray          *symbols,
            GError            **error)
{
  if (node == NULL || depth > 8 || !(JSON_NODE_HOLDS_ARRAY (node) || JSON_NODE_HOLDS_OBJECT (node)))
    {
      strata_set_error (error, STRATA_ERROR_FORMAT, "The inputs and outputs are not listed");
      return FALSE;
    }
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      if (strata_json_element_string (array, 0) != NULL)
        return add_port (self, node, symbols, error);
      for (guint i = 0; i < json_array_get_length (array); i++)
        if (!read_ports (self, json_array_get_element (array, i), depth + 1, symbols, error))
          return FALSE;
    }
  else
    {
      JsonObject *object = json_node_get_object (node);
      g_autoptr (GList) names = json_object_get_members (object);

      /* Keras orders what has names by them. */
      names = g_list_sort (g_steal_pointer (&names), (GCompareFunc) strcmp);
      for (GList *l = names; l != NULL; l = l->next)
        if (!read_ports (self, json_object_get_member (object, l->data), depth + 1, symbols, error))
          return FALSE;
    }
  return TRUE;
}

/* What the model returns is needed, whatever it is. */
static void
need_ports (StrataConfigGraph *self,
            JsonNode          *node,
            guint              depth)
{
  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node) && depth <= 8)
    {
      JsonArray *array = json_node_get_array (node);
      const char *name = strata_json_element_string (array, 0);
      gpointer i;

      if (name != NULL && g_hash_table_lookup_extended (self->names, name, NULL, &i))
        get_entry (self, GPOINTER_TO_UINT (i))->spare = get_entry (self, GPOINTER_TO_UINT (i))->layer == NULL;
      for (guint k = 0; name == NULL && k < json_array_get_length (array); k++)
        need_ports (self, json_array_get_element (array, k), depth + 1);
    }
  else if (node != NULL && JSON_NODE_HOLDS_OBJECT (node) && depth <= 8)
    {
      g_autoptr (GList) values = json_object_get_values (json_node_get_object (node));

      for (GList *l = values; l != NULL; l = l->next)
        need_ports (self, l->data, depth + 1);
    }
}

static gboolean
check_inputs (GPtrArray  *inputs,
              GError    **error)
{
  for (guint i = 0; i < inputs->len; i++)
    {
      StrataSymbol *symbol = g_ptr_array_index (inputs, i);

      for (guint k = 0; k < i; k++)
        if (((StrataSymbol *) g_ptr_array_index (inputs, k))->site == symbol->site)
          {
            strata_set_error (error, STRATA_ERROR_FORMAT, "The input “%.200s” is listed twice",
                              strata_layer_get_name (symbol->layer));
            return FALSE;
          }
    }
  return TRUE;
}

static StrataModel *
make_model (StrataConfigGraph  *self,
            JsonObject         *config,
            GError            **error)
{
  g_autoptr (GPtrArray) inputs = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_symbol_unref);
  g_autoptr (GPtrArray) outputs = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_symbol_unref);
  StrataModel *model;

  if (!read_ports (self, json_object_get_member (config, "input_layers"), 0, inputs, error) ||
      !read_ports (self, json_object_get_member (config, "output_layers"), 0, outputs, error) ||
      !check_inputs (inputs, error))
    return NULL;
  model = strata_functional_new ((StrataSymbol *const *) inputs->pdata, inputs->len,
                                 (StrataSymbol *const *) outputs->pdata,
                                 outputs->len, strata_json_get_string (config, "name", NULL), error);
  if (model != NULL)
    strata_config_mask_name (self, STRATA_FUNCTIONAL (model));
  if (model != NULL)
    strata_functional_set_structures (STRATA_FUNCTIONAL (model), json_object_get_member (config, "input_layers"),
                                      json_object_get_member (config, "output_layers"));
  return model;
}

/**
 * strata_config_read_functional: (skip)
 * @config: the config of a functional model
 *
 * Returns: (transfer full): the model
 */
StrataModel *
strata_config_read_functional (StrataConfigReader  *reader,
                               JsonObject          *config,
                               GError             **error)
{
  JsonArray *layers = strata_json_get_array (config, "layers");
  StrataConfigGraph self = { 0 };
  StrataModel *model = NULL;

  if (layers == NULL || json_array_get_length (layers) > MAX_LAYERS)
    {
      strata_set_error (error, STRATA_ERROR_FORMAT, "There is no list of layers");
      return NULL;
    }
  self.entries = g_array_new (FALSE, TRUE, sizeof (StrataConfigEntry));
  g_array_set_clear_func (self.entries, entry_clear);
  self.names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (read_layers (&self, reader, layers, error))
    {
      strata_config_graph_find_bases (&self);
      need_ports (&self, json_object_get_member (config, "output_layers"), 0);
      if (connect_all (&self, error))
        model = make_model (&self, config, error);
    }
  g_hash_table_unref (self.names);
  g_array_unref (self.entries);
  return model;
}
