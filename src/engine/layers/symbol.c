/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/symbol.h"

G_DEFINE_BOXED_TYPE (StrataSymbol, strata_symbol, strata_symbol_ref, strata_symbol_unref)

StrataSite *
strata_site_ref (StrataSite *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
strata_site_unref (StrataSite *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_ptr_array_remove (strata_layer_get_sites (self->layer), self);
  g_ptr_array_unref (self->inputs);
  g_clear_pointer (&self->arguments, json_object_unref);
  g_clear_pointer (&self->args, json_node_unref);
  g_object_unref (self->layer);
  g_free (self);
}

StrataSymbol *
strata_symbol_ref (StrataSymbol *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
strata_symbol_unref (StrataSymbol *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  strata_site_unref (self->site);
  g_free (self);
}

/**
 * strata_site_has_mask:
 *
 * Returns: whether an output of a call comes with a mask
 */
gboolean
strata_site_has_mask (StrataSite *self,
                      guint       i)
{
  return i < self->n_outputs && self->mask_specs[i].shape.rank > 0;
}

/**
 * strata_site_get_output:
 *
 * Returns: (transfer full): the symbol of one output of a call
 */
StrataSymbol *
strata_site_get_output (StrataSite *self,
                        guint       i)
{
  StrataSymbol *symbol;

  g_return_val_if_fail (i < self->n_outputs, NULL);

  symbol = g_new0 (StrataSymbol, 1);
  g_atomic_ref_count_init (&symbol->ref_count);
  symbol->site = strata_site_ref (self);
  symbol->layer = self->layer;
  symbol->index = i;
  symbol->spec = self->specs[i];
  return symbol;
}

static StrataSite *
site_new (StrataLayer         *layer,
          StrataSymbol *const *inputs,
          guint                n_inputs)
{
  GPtrArray *sites = strata_layer_get_sites (layer);
  StrataSite *self = g_new0 (StrataSite, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->layer = g_object_ref (layer);
  self->index = sites->len > 0 ? ((StrataSite *) g_ptr_array_index (sites, sites->len - 1))->index + 1 : 0;
  self->inputs = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_symbol_unref);
  for (guint i = 0; i < n_inputs; i++)
    g_ptr_array_add (self->inputs, strata_symbol_ref (inputs[i]));
  g_ptr_array_add (sites, self);
  return self;
}

/**
 * strata_layer_connect_full: (skip)
 * @inputs: all tensors among the arguments
 * @n_inputs: how many
 * @arguments: (nullable): the other arguments, see [struct@Call]
 * @args: (nullable): the positional arguments, see [struct@Site]
 *
 * Calls a layer on symbols.
 * Returns: (transfer full): the call, or %NULL with @error set where the shapes do not fit
 */
StrataSite *
strata_layer_connect_full (StrataLayer          *self,
                           StrataSymbol *const  *inputs,
                           guint                 n_inputs,
                           JsonObject           *arguments,
                           JsonNode             *args,
                           GError              **error)
{
  g_autoptr (StrataBuilder) b = strata_builder_new_declaring ();
  g_autofree StrataValue **values = g_new (StrataValue *, MAX (n_inputs, 1));
  g_autofree StrataValue **masks = g_new0 (StrataValue *, MAX (n_inputs, 1));
  StrataCall call = { .inputs = values, .n_inputs = n_inputs, .masks = masks, .arguments = arguments,
                      .args = args };
  StrataSite *site;

  for (guint i = 0; i < n_inputs; i++)
    {
      const StrataSpec *mask = &inputs[i]->site->mask_specs[inputs[i]->index];

      values[i] = strata_builder_input (b, "input", inputs[i]->spec.dtype, &inputs[i]->spec.shape);
      if (mask->shape.rank > 0)
        masks[i] = strata_builder_input (b, "mask", mask->dtype, &mask->shape);
    }
  strata_layer_call (self, b, &call);
  if (!strata_builder_take_error (b, error))
    return NULL;

  site = site_new (self, inputs, n_inputs);
  site->arguments = arguments != NULL ? json_object_ref (arguments) : NULL;
  site->args = args != NULL ? json_node_copy (args) : NULL;
  site->n_outputs = call.n_outputs;
  for (guint i = 0; i < call.n_outputs; i++)
    {
      site->specs[i] = (StrataSpec){ call.announces_float ? STRATA_FLOAT32 : call.outputs[i]->dtype,
                                     call.outputs[i]->shape };
      if (call.output_masks[i] != NULL)
        site->mask_specs[i] = (StrataSpec){ call.output_masks[i]->dtype, call.output_masks[i]->shape };
    }
  return site;
}

/**
 * strata_layer_connect:
 * @inputs: (array length=n_inputs): what to call the layer on
 * @n_inputs: how many
 *
 * Returns: (transfer full): the first output, or %NULL with @error set where the shapes do not fit
 */
StrataSymbol *
strata_layer_connect (StrataLayer          *self,
                      StrataSymbol *const  *inputs,
                      guint                 n_inputs,
                      GError              **error)
{
  g_autoptr (StrataSite) site = strata_layer_connect_full (self, inputs, n_inputs, NULL, NULL, error);

  return site != NULL ? strata_site_get_output (site, 0) : NULL;
}

StrataSymbol *
strata_layer_connect1 (StrataLayer   *self,
                       StrataSymbol  *input,
                       GError       **error)
{
  return strata_layer_connect (self, &input, 1, error);
}

/**
 * strata_input:
 * @name: (nullable): what to call it
 * @dtype: element type
 * @shape: its shape, the batch included
 *
 * Returns: (transfer full): where a functional model begins
 */
StrataSymbol *
strata_input (const char         *name,
              StrataDType         dtype,
              const StrataShape  *shape,
              GError            **error)
{
  g_autoptr (JsonObject) config = json_object_new ();
  g_autoptr (StrataLayer) layer = NULL;

  json_object_set_member (config, "batch_shape", strata_shape_to_json (shape));
  json_object_set_string_member (config, "dtype", strata_dtype_get_name (dtype));
  if (name != NULL)
    json_object_set_string_member (config, "name", name);
  layer = strata_layer_new ("InputLayer", config, error);
  return layer != NULL ? strata_layer_connect (layer, NULL, 0, error) : NULL;
}
