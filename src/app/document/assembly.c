/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/document-private.h"

#include "base/json.h"
#include "document/ends.h"
#include "document/node-private.h"
#include "document/template.h"
#include "layers/symbol.h"
#include "models/functional.h"
#include "models/sequential.h"

/* A model while it is put together. */
typedef struct
{
  StrataDocument *document;
  gboolean flat;        /* whether groups are not models within the model */
  GPtrArray *sorted;
  GHashTable *layers;   /* template -> layer of the model */
} Assembly;

/* The model itself, or one within it that a group becomes. */
typedef struct
{
  StrataDocNode *scope;
  GHashTable *symbols;  /* StrataDocEnd -> what leaves there */
} Level;

static void
assembly_clear (Assembly *self)
{
  g_clear_pointer (&self->sorted, g_ptr_array_unref);
  g_clear_pointer (&self->layers, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Assembly, assembly_clear)

static guint
hash_end (gconstpointer data)
{
  const StrataDocEnd *end = data;

  return g_direct_hash (end->node) ^ end->port * 2654435761u;
}

static gboolean
equal_ends (gconstpointer a,
            gconstpointer b)
{
  const StrataDocEnd *first = a, *second = b;

  return first->node == second->node && first->port == second->port;
}

static void
level_init (Level         *self,
            StrataDocNode *scope)
{
  self->scope = scope;
  self->symbols = g_hash_table_new_full (hash_end, equal_ends, g_free, (GDestroyNotify) strata_symbol_unref);
}

static void
level_clear (Level *self)
{
  g_clear_pointer (&self->symbols, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Level, level_clear)

/* Takes @symbol over. */
static void
level_set (Level         *self,
           StrataDocNode *node,
           guint          port,
           StrataSymbol  *symbol)
{
  StrataDocEnd end = { node, port };

  g_hash_table_insert (self->symbols, g_memdup2 (&end, sizeof end), symbol);
}

static StrataSymbol *
level_get (Level         *self,
           StrataDocNode *node,
           guint          port)
{
  return g_hash_table_lookup (self->symbols, &(StrataDocEnd){ node, port });
}

static StrataLayer *
get_layer (Assembly       *self,
           StrataDocNode  *node,
           GError        **error)
{
  StrataLayer *layer = g_hash_table_lookup (self->layers, node->layer);

  if (layer == NULL)
    {
      layer = strata_template_clone (node->layer, error);
      if (layer != NULL)
        g_hash_table_insert (self->layers, node->layer, layer);
    }
  return layer;
}

static GPtrArray *
collect_symbols (Assembly      *self,
                 Level         *level,
                 StrataDocNode *node,
                 GArray        *ports)
{
  g_autoptr (GPtrArray) wires = strata_document_dup_wires_of (self->document, node, TRUE);
  GPtrArray *symbols = g_ptr_array_new ();

  for (guint i = 0; i < wires->len; i++)
    {
      StrataDocWire *wire = g_ptr_array_index (wires, i);
      guint port = strata_doc_wire_get_to_port (wire);

      g_array_append_val (ports, port);
      g_ptr_array_add (symbols,
                       level_get (level, strata_doc_wire_get_from (wire), strata_doc_wire_get_from_port (wire)));
    }
  return symbols;
}

static gboolean
connect_node (Assembly       *self,
              Level          *level,
              StrataDocNode  *node,
              GError        **error)
{
  g_autoptr (GArray) ports = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GPtrArray) symbols = collect_symbols (self, level, node, ports);
  g_autoptr (JsonObject) arguments = strata_doc_node_dup_arguments (node, (const guint *) ports->data, symbols->len);
  g_autoptr (JsonNode) args = strata_doc_node_dup_args (node, symbols->len);
  g_autoptr (StrataSite) site = NULL;
  StrataLayer *layer;

  if (node->muted && symbols->len > 0)
    {
      level_set (level, node, 0, strata_symbol_ref (g_ptr_array_index (symbols, 0)));
      return TRUE;
    }
  layer = get_layer (self, node, error);
  if (layer == NULL)
    return FALSE;
  site = strata_layer_connect_full (layer, (StrataSymbol *const *) symbols->pdata, symbols->len, arguments,
                                    args, error);
  if (site == NULL)
    return FALSE;
  for (guint i = 0; i < site->n_outputs; i++)
    level_set (level, node, i, strata_site_get_output (site, i));
  return TRUE;
}

static gboolean connect_all (Assembly *self, Level *level, GError **error);

/* What comes into a group from outside, and the inputs inside that stand for it. */
static gboolean
add_inputs (StrataDocNode  *group,
            Level          *outer,
            Level          *inner,
            GPtrArray      *sources,
            GPtrArray      *inputs,
            GError        **error)
{
  for (guint i = 0; i < group->entries->len; i++)
    {
      const StrataDocEntry *entry = strata_doc_node_get_entry (group, i);
      StrataSymbol *source, *input;
      g_autofree char *name = NULL;

      if (entry->source.node == NULL)
        continue;
      name = i == 0 ? g_strdup_printf ("%s_input", strata_doc_node_get_name (group))
                    : g_strdup_printf ("%s_input_%u", strata_doc_node_get_name (group), i);
      source = level_get (outer, entry->source.node, entry->source.port);
      input = strata_input (name, source->spec.dtype, &source->spec.shape, error);
      if (input == NULL)
        return FALSE;
      level_set (inner, entry->source.node, entry->source.port, input);
      g_ptr_array_add (sources, source);
      g_ptr_array_add (inputs, input);
    }
  return TRUE;
}

static gboolean
connect_group (Assembly       *self,
               Level          *outer,
               StrataDocNode  *group,
               GError        **error)
{
  g_autoptr (GPtrArray) sources = g_ptr_array_new (), inputs = g_ptr_array_new (), outputs = g_ptr_array_new ();
  g_auto (Level) inner = { NULL };
  g_autoptr (StrataModel) model = NULL;
  g_autoptr (StrataSite) site = NULL;

  if (group->exits->len == 0)
    return TRUE;
  level_init (&inner, group);
  if (!add_inputs (group, outer, &inner, sources, inputs, error) || !connect_all (self, &inner, error))
    return FALSE;
  for (guint i = 0; i < group->exits->len; i++)
    {
      const StrataDocEnd *exit = strata_doc_node_get_exit (group, i);

      g_ptr_array_add (outputs, level_get (&inner, exit->node, exit->port));
    }
  model = strata_functional_new ((StrataSymbol *const *) inputs->pdata, inputs->len,
                                 (StrataSymbol *const *) outputs->pdata,
                                 outputs->len, strata_doc_node_get_name (group), error);
  if (model == NULL)
    return FALSE;
  site = strata_layer_connect_full (STRATA_LAYER (model), (StrataSymbol *const *) sources->pdata, sources->len,
                                    NULL, NULL, error);
  if (site == NULL)
    return FALSE;
  for (guint i = 0; i < group->exits->len; i++)
    level_set (outer, strata_doc_node_get_exit (group, i)->node, strata_doc_node_get_exit (group, i)->port,
               strata_site_get_output (site, i));
  return TRUE;
}

static gboolean
connect_all (Assembly  *self,
             Level     *level,
             GError   **error)
{
  g_autoptr (GPtrArray) units = self->flat ? g_ptr_array_ref (self->sorted)
                                           : strata_document_dup_sorted_units (self->document, level->scope, NULL);

  for (guint i = 0; i < units->len; i++)
    {
      StrataDocNode *unit = g_ptr_array_index (units, i);

      if (!(unit->is_group ? connect_group (self, level, unit, error) : connect_node (self, level, unit, error)))
        return FALSE;
    }
  return TRUE;
}

static GPtrArray *
collect (Level  *level,
         GArray *ends)
{
  GPtrArray *symbols = g_ptr_array_new ();

  for (guint i = 0; i < ends->len; i++)
    {
      const StrataDocEnd *end = &g_array_index (ends, StrataDocEnd, i);
      StrataSymbol *symbol = level_get (level, end->node, end->port);

      if (symbol != NULL)
        g_ptr_array_add (symbols, symbol);
    }
  return symbols;
}

static const char *
get_model_member (StrataDocument *self,
                  const char     *name)
{
  JsonNode *setting = strata_document_get_setting (self, "model");

  return setting != NULL && JSON_NODE_HOLDS_OBJECT (setting)
           ? strata_json_get_string (json_node_get_object (setting), name, NULL) : NULL;
}

/* Whether the nodes are a row: then Keras may have it as Sequential, which it was when it was loaded. */
static gboolean
is_row (StrataDocument *self,
        GPtrArray      *sorted)
{
  if (sorted->len < 2 || self->wires->len != sorted->len - 1 || self->groups->len > 0)
    return FALSE;

  for (guint i = 0; i < sorted->len; i++)
    {
      StrataDocNode *node = g_ptr_array_index (sorted, i);
      g_autoptr (GPtrArray) sharers = strata_document_dup_sharers (self, node->layer);

      if (node->incoming->len != (i == 0 ? 0 : 1) || sharers->len != 1 || node->arguments != NULL ||
          strata_doc_node_is_input (node) != (i == 0) || strata_doc_node_get_n_outputs (node) != 1)
        return FALSE;
    }
  return TRUE;
}

static StrataModel *
assemble_row (Assembly  *self,
              GError   **error)
{
  g_autoptr (StrataModel) model = strata_sequential_new (get_model_member (self->document, "name"));

  for (guint i = 0; i < self->sorted->len; i++)
    {
      StrataDocNode *node = g_ptr_array_index (self->sorted, i);
      StrataLayer *layer;

      if (node->muted)
        continue;
      layer = get_layer (self, node, error);
      if (layer == NULL || !strata_sequential_add (STRATA_SEQUENTIAL (model), layer, error))
        return NULL;
    }
  return g_steal_pointer (&model);
}

static StrataModel *
assemble_graph (Assembly  *self,
                GError   **error)
{
  g_autoptr (GArray) entries = strata_document_dup_inputs (self->document);
  g_autoptr (GArray) exits = strata_document_dup_outputs (self->document);
  g_autoptr (GPtrArray) inputs = NULL, outputs = NULL;
  g_auto (Level) level = { NULL };

  level_init (&level, NULL);
  if (!connect_all (self, &level, error))
    return NULL;

  inputs = collect (&level, entries);
  outputs = collect (&level, exits);
  return strata_functional_new ((StrataSymbol *const *) inputs->pdata, inputs->len,
                                (StrataSymbol *const *) outputs->pdata,
                                outputs->len, get_model_member (self->document, "name"), error);
}

static gboolean
same_shapes (StrataLayer *a,
             StrataLayer *b)
{
  g_autoptr (GPtrArray) first = strata_layer_dup_weights (a), second = strata_layer_dup_weights (b);

  if (first->len != second->len)
    return FALSE;
  for (guint i = 0; i < first->len; i++)
    {
      StrataVariable *x = g_ptr_array_index (first, i), *y = g_ptr_array_index (second, i);

      if (x->dtype != y->dtype || !strata_shape_equal (&x->shape, &y->shape))
        return FALSE;
    }
  return TRUE;
}

/* What a layer has learned from samples, unlike what it was given: frozen weights, and what was taken from data at
 * once. */
static gboolean
has_learned (StrataLayer *layer)
{
  return strata_layer_count_params (layer, TRUE) > 0;
}

static gboolean
carry_weights (Assembly           *self,
               StrataWeightsKept   kept,
               GError            **error)
{
  for (guint i = 0; i < self->sorted->len; i++)
    {
      StrataDocNode *node = g_ptr_array_index (self->sorted, i);
      StrataLayer *layer = g_hash_table_lookup (self->layers, node->layer);

      if (kept == STRATA_WEIGHTS_GIVEN && layer != NULL && has_learned (layer))
        continue;
      if (node->trained != NULL && layer != NULL && same_shapes (layer, node->trained) &&
          !strata_layer_copy_weights (layer, node->trained, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_tangled (StrataDocument *self,
            StrataDocNode  *scope)
{
  gboolean has_cycle;

  g_ptr_array_unref (strata_document_dup_sorted_units (self, scope, &has_cycle));
  return has_cycle;
}

/* Whether a model within the model would have to be computed before itself, at any level. */
static gboolean
has_tangled_group (StrataDocument *self)
{
  gboolean tangled = is_tangled (self, NULL);

  for (guint i = 0; i < self->groups->len && !tangled; i++)
    tangled = is_tangled (self, g_ptr_array_index (self->groups, i));
  return tangled;
}

/**
 * strata_document_writes_groups: (skip)
 *
 * Returns: whether the document's groups are models within its model
 */
gboolean
strata_document_writes_groups (StrataDocument *self)
{
  return self->groups->len > 0 && !has_tangled_group (self);
}

/* Makes the model of a document in which nothing is wrong. Where data leaves a group and comes back, it is without
 * groups. */
StrataModel *
strata_document_assemble (StrataDocument     *self,
                          StrataWeightsKept   kept,
                          GError            **error)
{
  g_auto (Assembly) assembly = { .document = self };
  g_autoptr (StrataModel) model = NULL;

  assembly.sorted = strata_document_dup_sorted (self, NULL);
  assembly.layers = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  assembly.flat = !strata_document_writes_groups (self);
  if (g_strcmp0 (get_model_member (self, "class"), "Sequential") == 0 && is_row (self, assembly.sorted))
    model = assemble_row (&assembly, error);
  else
    model = assemble_graph (&assembly, error);
  if (model == NULL || (kept != STRATA_WEIGHTS_NONE && !carry_weights (&assembly, kept, error)))
    return NULL;
  return g_steal_pointer (&model);
}
