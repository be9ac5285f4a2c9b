/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "models/functional.h"

#include "models/network.h"
#include "ops/elementwise.h"
#include "ops/shaping.h"

struct _StrataFunctional
{
  StrataModel parent_instance;

  GPtrArray *inputs, *outputs; /* StrataSymbol */
  GPtrArray *sites;            /* StrataSite, in the order they can be computed */
  GHashTable *positions;       /* StrataSite -> index in sites, plus one */
};

/**
 * StrataFunctional:
 *
 * A model that is a graph of layers: several inputs and outputs, branches,
 * shared layers, models in models.
 */
G_DEFINE_FINAL_TYPE (StrataFunctional, strata_functional, STRATA_TYPE_MODEL)

/* What one call of a layer gave, while the model is being called. */
typedef struct
{
  StrataValue *values[STRATA_MAX_RESULTS];
  StrataValue *masks[STRATA_MAX_RESULTS];
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
call_site (StrataFunctional *self,
           StrataBuilder    *b,
           StrataSite       *site,
           gboolean          training,
           Result           *results)
{
  Result *result = get_result (self, results, site);
  guint n = site->inputs->len;
  g_autofree StrataValue **inputs = g_new (StrataValue *, n + 1), **masks = g_new (StrataValue *, n + 1);
  StrataCall call = { .inputs = inputs, .n_inputs = n, .masks = masks, .training = training, .arguments = site->arguments };

  for (guint i = 0; i < n; i++)
    {
      StrataSymbol *symbol = g_ptr_array_index (site->inputs, i);
      Result *source = get_result (self, results, symbol->site);

      inputs[i] = source->values[symbol->index];
      masks[i] = source->masks[symbol->index];
    }
  if (!strata_layer_call (site->layer, b, &call))
    return FALSE;
  for (guint i = 0; i < call.n_outputs; i++)
    if (result->values[i] == NULL)
      {
        result->values[i] = call.outputs[i];
        result->masks[i] = call.output_masks[i];
      }
  return TRUE;
}

static void
strata_functional_call (StrataLayer   *layer,
                        StrataBuilder *b,
                        StrataCall    *call)
{
  StrataFunctional *self = STRATA_FUNCTIONAL (layer);
  g_autofree Result *results = g_new0 (Result, self->sites->len);

  if (!bind_inputs (self, b, call, results))
    return;
  for (guint i = 0; i < self->sites->len; i++)
    {
      StrataSite *site = g_ptr_array_index (self->sites, i);

      if (site->inputs->len > 0 && !call_site (self, b, site, call->training, results))
        return;
    }
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
  g_clear_pointer (&self->sites, g_ptr_array_unref);
  g_hash_table_unref (self->positions);

  G_OBJECT_CLASS (strata_functional_parent_class)->finalize (object);
}

static void
strata_functional_class_init (StrataFunctionalClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_functional_finalize;
  STRATA_OBJECT_CLASS (klass)->get_class_name = strata_functional_get_class_name;
  STRATA_LAYER_CLASS (klass)->call = strata_functional_call;
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
          g_set_error (error, STRATA_ERROR, STRATA_ERROR_NAME, "two layers are called “%s”: names must be unique in a model", name);
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
  for (guint i = 0; i < self->sites->len; i++)
    {
      StrataSite *site = g_ptr_array_index (self->sites, i);
      gboolean given = site->inputs->len > 0;

      for (guint j = 0; j < self->inputs->len && !given; j++)
        given = ((StrataSymbol *) g_ptr_array_index (self->inputs, j))->site == site;
      if (!given)
        {
          g_set_error (error, STRATA_ERROR, STRATA_ERROR_VALUE,
                       "the outputs depend on “%s”, which is not among the inputs of the model", strata_layer_get_name (site->layer));
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
  g_autoptr (GPtrArray) layers = NULL;
  g_autofree StrataSpec *specs = g_new (StrataSpec, n_inputs + 1);

  if (n_inputs == 0 || n_outputs == 0 || n_outputs > STRATA_MAX_RESULTS)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_VALUE, "a model needs an input and an output, and at most %d outputs",
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

  if (!strata_network_map (inputs, n_inputs, outputs, n_outputs, &self->sites, &layers, error))
    return NULL;
  for (guint i = 0; i < self->sites->len; i++)
    g_hash_table_insert (self->positions, g_ptr_array_index (self->sites, i), GUINT_TO_POINTER (i + 1));
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

/**
 * strata_functional_get_sites: (skip)
 *
 * Returns: (transfer none): StrataSite pointers, in an order in which they can be computed
 */
const GPtrArray *
strata_functional_get_sites (StrataFunctional *self)
{
  return self->sites;
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
