/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "models/functional.h"

#include <string.h>

#include "models/network.h"
#include "ops/elementwise.h"
#include "ops/shaping.h"

struct _StrataFunctional
{
  StrataModel parent_instance;

  GPtrArray *inputs, *outputs; /* StrataSymbol */
  StrataNetwork network;
  GHashTable *positions;       /* StrataSite -> index in sites, plus one */
  JsonNode *structures[2];     /* how inputs and outputs are arranged, or NULL for a list */
};

/**
 * StrataFunctional:
 *
 * A model that is a graph of layers: several inputs and outputs, branches,
 * shared layers, models in models.
 */
G_DEFINE_FINAL_TYPE (StrataFunctional, strata_functional, STRATA_TYPE_MODEL)

/*
 * What one call of a layer gave, while the model is being called.
 *
 * Keras has masks in two ways. They hang on tensors while a model runs, and attention takes them off. And where a layer
 * with an argument for it is called on a tensor and nothing else, the model records the mask, as it was when the model
 * was put together. So after attention, Add finds no mask any more on what attention was given, while LSTM heeds it
 * still.
 */
typedef struct
{
  StrataValue *values[STRATA_MAX_RESULTS];
  StrataValue *masks[STRATA_MAX_RESULTS];
  StrataValue *recorded[STRATA_MAX_RESULTS];
} Result;

static Result *
get_result (StrataFunctional *self,
            Result           *results,
            StrataSite       *site)
{
  return &results[GPOINTER_TO_UINT (g_hash_table_lookup (self->positions, site)) - 1];
}

/* A dimension of 1 at the end is added or dropped, and numbers are converted, as Keras does. */
static StrataValue *
fit_input (StrataBuilder    *b,
           StrataValue      *value,
           const StrataSpec *spec)
{
  int rank = spec->shape.rank;

  if (value->dtype != spec->dtype && value->dtype != STRATA_STRING && spec->dtype != STRATA_STRING)
    value = strata_cast (b, value, spec->dtype);
  if (value->shape.rank == rank + 1 && value->shape.dims[rank] == 1)
    value = strata_squeeze (b, value, -1);
  else if (value->shape.rank == rank - 1 && spec->shape.dims[rank - 1] == 1)
    value = strata_expand_dims (b, value, -1);
  return value;
}

static gboolean
bind_inputs (StrataFunctional *self,
             StrataBuilder    *b,
             StrataCall       *call,
             Result           *results)
{
  if (call->n_inputs != self->inputs->len)
    {
      strata_builder_fail (b, STRATA_ERROR_SHAPE, "expected %u inputs, received %u", self->inputs->len, call->n_inputs);
      return FALSE;
    }
  for (guint i = 0; i < self->inputs->len; i++)
    {
      StrataSymbol *symbol = g_ptr_array_index (self->inputs, i);
      Result *result = get_result (self, results, symbol->site);
      StrataValue *value = fit_input (b, call->inputs[i], &symbol->spec);

      if (strata_builder_has_failed (b))
        return FALSE;
      if (!strata_shape_is_compatible (&value->shape, &symbol->spec.shape))
        {
          g_autofree char *expected = strata_shape_to_string (&symbol->spec.shape);
          g_autofree char *received = strata_shape_to_string (&value->shape);

          strata_builder_fail (b, STRATA_ERROR_SHAPE, "the input “%s” expects the shape %s, received %s",
                               strata_layer_get_name (symbol->layer), expected, received);
          return FALSE;
        }
      result->values[symbol->index] = value;
      result->masks[symbol->index] = call->masks != NULL ? call->masks[i] : NULL;
    }
  return TRUE;
}

static gboolean
records_mask (const StrataSite *site)
{
  return (STRATA_LAYER_GET_CLASS (site->layer)->flags & STRATA_LAYER_TAKES_MASK) && site->inputs->len == 1 &&
         (site->arguments == NULL || json_object_get_size (site->arguments) == 0);
}

/* Masks of outputs as they were when the model was put together. */
static gboolean
find_recorded (StrataSite        *site,
               StrataBuilder     *b,
               const StrataCall  *call,
               StrataValue      **recorded,
               StrataValue      **masks)
{
  StrataLayerFlags flags = STRATA_LAYER_GET_CLASS (site->layer)->flags;
  gboolean same = TRUE;

  for (guint i = 0; i < call->n_inputs; i++)
    same = same && recorded[i] == call->masks[i];
  for (guint i = 0; i < call->n_outputs; i++)
    masks[i] = call->output_masks[i];
  if (!same && (flags & STRATA_LAYER_MERGES))
    {
      /* For its masks only: what nobody uses is not computed. */
      StrataCall again = { .inputs = call->inputs, .n_inputs = call->n_inputs, .masks = recorded,
                           .training = call->training, .arguments = call->arguments, .args = call->args };

      if (!strata_layer_call (site->layer, b, &again))
        return FALSE;
      masks[0] = again.output_masks[0];
    }
  else if (!same && ((flags & STRATA_LAYER_PASSES_MASK) || call->spent != 0))
    masks[0] = recorded[0];
  return TRUE;
}

/* The masks of what is the same tensor as an input whose mask is spent. */
static void
spend_masks (StrataFunctional *self,
             const StrataCall *call,
             Result           *results)
{
  for (guint i = 0; i < MIN (call->n_inputs, 64); i++)
    for (guint s = 0; (call->spent >> i & 1) && s < self->network.sites->len; s++)
      for (guint k = 0; k < ((StrataSite *) g_ptr_array_index (self->network.sites, s))->n_outputs; k++)
        if (results[s].values[k] == call->inputs[i])
          results[s].masks[k] = NULL;
}

static gboolean
call_site (StrataFunctional *self,
           StrataBuilder    *b,
           StrataSite       *site,
           gboolean          training,
           Result           *results)
{
  Result *result = get_result (self, results, site);
  guint n = site->inputs->len;
  g_autofree StrataValue **inputs = g_new (StrataValue *, n + 1), **masks = g_new (StrataValue *, n + 1);
  g_autofree StrataValue **recorded = g_new (StrataValue *, n + 1);
  StrataValue *output_masks[STRATA_MAX_RESULTS];
  StrataCall call = { .inputs = inputs, .n_inputs = n, .masks = masks, .training = training,
                      .arguments = site->arguments, .args = site->args };

  for (guint i = 0; i < n; i++)
    {
      StrataSymbol *symbol = g_ptr_array_index (site->inputs, i);
      Result *source = get_result (self, results, symbol->site);

      inputs[i] = source->values[symbol->index];
      recorded[i] = source->recorded[symbol->index];
      masks[i] = recorded[i] != NULL && records_mask (site) ? recorded[i] : source->masks[symbol->index];
    }
  if (!strata_layer_call (site->layer, b, &call) || !find_recorded (site, b, &call, recorded, output_masks))
    return FALSE;
  for (guint i = 0; i < call.n_outputs; i++)
    if (result->values[i] == NULL)
      {
        result->values[i] = call.outputs[i];
        result->masks[i] = call.output_masks[i];
        result->recorded[i] = output_masks[i];
      }
  if (call.spent != 0)
    spend_masks (self, &call, results);
  return TRUE;
}

static void
note_spent_inputs (StrataFunctional *self,
                   StrataCall       *call,
                   Result           *results)
{
  for (guint i = 0; i < MIN (self->inputs->len, 64); i++)
    {
      StrataSymbol *symbol = g_ptr_array_index (self->inputs, i);

      if (call->masks != NULL && call->masks[i] != NULL &&
          get_result (self, results, symbol->site)->masks[symbol->index] == NULL)
        call->spent |= G_GUINT64_CONSTANT (1) << i;
    }
}

static void
strata_functional_call (StrataLayer   *layer,
                        StrataBuilder *b,
                        StrataCall    *call)
{
  StrataFunctional *self = STRATA_FUNCTIONAL (layer);
  g_autofree Result *results = g_new0 (Result, self->network.sites->len);

  if (!bind_inputs (self, b, call, results))
    return;
  for (guint i = 0; i < self->network.running->len; i++)
    {
      StrataSite *site = g_ptr_array_index (self->network.running, i);

      if (site->inputs->len > 0 && !call_site (self, b, site, call->training, results))
        return;
    }
  note_spent_inputs (self, call, results);
  for (guint i = 0; i < self->outputs->len; i++)
    {
      StrataSymbol *symbol = g_ptr_array_index (self->outputs, i);
      Result *result = get_result (self, results, symbol->site);

      call->output_masks[i] = result->masks[symbol->index];
      strata_call_return (call, result->values[symbol->index]);
    }
}

static const char *
strata_functional_get_class_name (StrataObject *object)
{
  return "Functional";
}

static void
strata_functional_finalize (GObject *object)
{
  StrataFunctional *self = STRATA_FUNCTIONAL (object);

  g_ptr_array_unref (self->inputs);
  g_ptr_array_unref (self->outputs);
  strata_network_clear (&self->network);
  for (int i = 0; i < 2; i++)
    g_clear_pointer (&self->structures[i], json_node_unref);
  g_hash_table_unref (self->positions);

  G_OBJECT_CLASS (strata_functional_parent_class)->finalize (object);
}

static void
strata_functional_class_init (StrataFunctionalClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_functional_finalize;
  STRATA_OBJECT_CLASS (klass)->get_class_name = strata_functional_get_class_name;
  STRATA_LAYER_CLASS (klass)->call = strata_functional_call;
  STRATA_LAYER_CLASS (klass)->flags = STRATA_LAYER_TAKES_MASK;
}

static void
strata_functional_init (StrataFunctional *self)
{
  self->inputs = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_symbol_unref);
  self->outputs = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_symbol_unref);
  self->positions = g_hash_table_new (NULL, NULL);
}

static gboolean
check_names (GPtrArray  *layers,
             GError    **error)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < layers->len; i++)
    {
      const char *name = strata_layer_get_name (g_ptr_array_index (layers, i));

      if (!g_hash_table_add (names, (gpointer) name))
        {
          strata_set_error (error, STRATA_ERROR_NAME, "two layers are called “%s”: names must be unique in a model",
                            name);
          return FALSE;
        }
    }
  return TRUE;
}

/* Every way up from an output must end at an input of the model. */
static gboolean
check_sources (StrataFunctional  *self,
               GError           **error)
{
  for (guint i = 0; i < self->network.sites->len; i++)
    {
      StrataSite *site = g_ptr_array_index (self->network.sites, i);
      gboolean given = site->inputs->len > 0;

      for (guint j = 0; j < self->inputs->len && !given; j++)
        given = ((StrataSymbol *) g_ptr_array_index (self->inputs, j))->site == site;
      if (!given)
        {
          strata_set_error (error, STRATA_ERROR_VALUE,
                            "the outputs depend on “%s”, which is not among the inputs of the model",
                            strata_layer_get_name (site->layer));
          return FALSE;
        }
    }
  return TRUE;
}

static void
set_ports (StrataFunctional *self,
           GPtrArray        *symbols,
           gboolean          inputs)
{
  g_autofree const char **names = g_new (const char *, symbols->len + 1);
  g_autofree StrataSpec *specs = g_new (StrataSpec, symbols->len + 1);

  for (guint i = 0; i < symbols->len; i++)
    {
      StrataSymbol *symbol = g_ptr_array_index (symbols, i);

      names[i] = strata_layer_get_name (symbol->layer);
      specs[i] = symbol->spec;
    }
  if (inputs)
    strata_model_set_inputs (STRATA_MODEL (self), names, specs, symbols->len);
  else
    strata_model_set_outputs (STRATA_MODEL (self), names, specs, symbols->len);
}

/**
 * strata_functional_new: (skip)
 * @inputs: where it begins, from strata_input()
 * @n_inputs: how many
 * @outputs: where it ends
 * @n_outputs: how many
 * @name: (nullable): what to call it
 *
 * Returns: (transfer full): the model between inputs and outputs
 */
StrataModel *
strata_functional_new (StrataSymbol *const  *inputs,
                       guint                 n_inputs,
                       StrataSymbol *const  *outputs,
                       guint                 n_outputs,
                       const char           *name,
                       GError              **error)
{
  g_autoptr (StrataFunctional) self = g_object_new (STRATA_TYPE_FUNCTIONAL, NULL);
  g_autoptr (GPtrArray) layers = g_ptr_array_new ();
  g_autofree StrataSpec *specs = g_new (StrataSpec, n_inputs + 1);

  if (n_inputs == 0 || n_outputs == 0 || n_outputs > STRATA_MAX_RESULTS)
    {
      strata_set_error (error, STRATA_ERROR_VALUE, "a model needs an input and an output, and at most %d outputs",
                        STRATA_MAX_RESULTS);
      return NULL;
    }
  if (name != NULL)
    strata_layer_set_name (STRATA_LAYER (self), name);
  for (guint i = 0; i < n_inputs; i++)
    {
      g_ptr_array_add (self->inputs, strata_symbol_ref (inputs[i]));
      specs[i] = inputs[i]->spec;
    }
  for (guint i = 0; i < n_outputs; i++)
    g_ptr_array_add (self->outputs, strata_symbol_ref (outputs[i]));

  if (!strata_network_map (&self->network, inputs, n_inputs, outputs, n_outputs, error))
    return NULL;
  for (guint i = 0; i < self->network.items->len; i++)
    if (g_array_index (self->network.items, StrataNetworkItem, i).layer != NULL)
      g_ptr_array_add (layers, g_array_index (self->network.items, StrataNetworkItem, i).layer);
  for (guint i = 0; i < self->network.sites->len; i++)
    g_hash_table_insert (self->positions, g_ptr_array_index (self->network.sites, i), GUINT_TO_POINTER (i + 1));
  if (!check_names (layers, error) || !check_sources (self, error))
    return NULL;

  for (guint i = 0; i < layers->len; i++)
    strata_layer_add_child (STRATA_LAYER (self), "layers", g_ptr_array_index (layers, i));
  set_ports (self, self->inputs, TRUE);
  set_ports (self, self->outputs, FALSE);
  if (!strata_layer_build (STRATA_LAYER (self), specs, n_inputs, error))
    return NULL;
  return STRATA_MODEL (g_steal_pointer (&self));
}

/* What has names goes by them: losses and metrics, too. */
static void
name_outputs (StrataFunctional *self,
              JsonObject       *structure)
{
  g_autoptr (GList) keys = g_list_sort (json_object_get_members (structure), (GCompareFunc) strcmp);
  g_autofree const char **names = g_new (const char *, self->outputs->len + 1);
  g_autofree StrataSpec *specs = g_new (StrataSpec, self->outputs->len + 1);
  guint n = 0;

  for (GList *l = keys; l != NULL && n < self->outputs->len; l = l->next, n++)
    {
      names[n] = l->data;
      specs[n] = ((StrataSymbol *) g_ptr_array_index (self->outputs, n))->spec;
    }
  if (n == self->outputs->len && g_list_length (keys) == n)
    strata_model_set_outputs (STRATA_MODEL (self), names, specs, n);
}

/**
 * strata_functional_set_structures: (skip)
 * @inputs: (nullable): how inputs are arranged: lists and objects, each tensor being a list that begins with a name
 * @outputs: (nullable): the same for outputs
 *
 * Keeps what Python's code gives to the model and gets from it: dictionaries,
 * lists in lists. Here tensors are numbered through; objects go by sorted names.
 */
void
strata_functional_set_structures (StrataFunctional *self,
                                  JsonNode         *inputs,
                                  JsonNode         *outputs)
{
  g_clear_pointer (&self->structures[FALSE], json_node_unref);
  g_clear_pointer (&self->structures[TRUE], json_node_unref);
  self->structures[FALSE] = inputs != NULL ? json_node_copy (inputs) : NULL;
  self->structures[TRUE] = outputs != NULL ? json_node_copy (outputs) : NULL;
  if (outputs != NULL && JSON_NODE_HOLDS_OBJECT (outputs))
    name_outputs (self, json_node_get_object (outputs));
}

/**
 * strata_functional_get_structure: (skip)
 *
 * Returns: (transfer none) (nullable): how inputs, or @outputs, are arranged
 */
JsonNode *
strata_functional_get_structure (StrataFunctional *self,
                                 gboolean          outputs)
{
  return self->structures[outputs];
}

/**
 * strata_functional_get_sites: (skip)
 *
 * Returns: (transfer none): StrataSite pointers, in an order in which they can be computed
 */
const GPtrArray *
strata_functional_get_sites (StrataFunctional *self)
{
  return self->network.sites;
}

/**
 * strata_functional_get_input: (skip)
 *
 * Returns: (transfer none): where it begins
 */
StrataSymbol *
strata_functional_get_input (StrataFunctional *self,
                             guint             i)
{
  return g_ptr_array_index (self->inputs, i);
}

/**
 * strata_functional_get_output: (skip)
 *
 * Returns: (transfer none): where it ends
 */
StrataSymbol *
strata_functional_get_output (StrataFunctional *self,
                              guint             i)
{
  return g_ptr_array_index (self->outputs, i);
}

/**
 * strata_functional_get_network: (skip)
 *
 * Returns: (transfer none): its calls, layers and masks in their orders
 */
StrataNetwork *
strata_functional_get_network (StrataFunctional *self)
{
  return &self->network;
}
