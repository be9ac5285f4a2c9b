/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "applications/assembly.h"

#include <string.h>

void
strata_assembly_init (StrataAssembly *self)
{
  self->symbols = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_symbol_unref);
  self->error = NULL;
  self->name_layer = NULL;
  self->user_data = NULL;
}

void
strata_assembly_clear (StrataAssembly *self)
{
  g_clear_pointer (&self->symbols, g_ptr_array_unref);
  g_clear_error (&self->error);
}

static StrataSymbol *
keep (StrataAssembly *self,
      StrataSymbol   *symbol)
{
  if (symbol != NULL)
    g_ptr_array_add (self->symbols, symbol);
  return symbol;
}

static char *
make_name (StrataAssembly *self,
           const char     *class_name)
{
  return self->name_layer != NULL ? self->name_layer (class_name, self->user_data) : NULL;
}

/**
 * strata_assembly_input: (skip)
 * @shape: of a batch; sizes may be unknown
 *
 * Returns: (transfer none) (nullable): where the network begins
 */
StrataSymbol *
strata_assembly_input (StrataAssembly    *self,
                       const StrataShape *shape)
{
  g_autofree char *name = make_name (self, "InputLayer");

  return keep (self, strata_input (name, STRATA_FLOAT32, shape, &self->error));
}

/**
 * strata_assembly_connect: (skip)
 *
 * Returns: (transfer none) (nullable): what @layer makes of @x, %NULL after an error
 */
StrataSymbol *
strata_assembly_connect (StrataAssembly *self,
                         StrataLayer    *layer,
                         StrataSymbol   *x)
{
  if (self->error != NULL || layer == NULL || x == NULL)
    return NULL;
  return keep (self, strata_layer_connect1 (layer, x, &self->error));
}

static StrataLayer *
make_layer (StrataAssembly *self,
            const char     *name,
            const char     *text)
{
  gsize length = strlen (text);
  gboolean has_arguments = length > 0 && text[length - 1] == ')';
  g_autofree char *class_name = g_strndup (text, strcspn (text, "(")),
                  *made_up = name == NULL && self->error == NULL ? make_name (self, class_name) : NULL,
                  *named = NULL;

  if (self->error != NULL)
    return NULL;
  if (name == NULL)
    name = made_up;
  if (name == NULL)
    return strata_layer_new_from_text (text, &self->error);
  named = g_strdup_printf ("%.*s%sname=\"%s\")", (int) length - has_arguments, text, has_arguments ? ", " : "(", name);
  return strata_layer_new_from_text (named, &self->error);
}

/**
 * strata_assembly_add: (skip)
 * @name: (nullable): what to call the layer
 * @format: the layer as text, such as `Dense(units=10)`
 *
 * Returns: (transfer none) (nullable): what the new layer makes of @x, %NULL after an error
 */
StrataSymbol *
strata_assembly_add (StrataAssembly *self,
                     StrataSymbol   *x,
                     const char     *name,
                     const char     *format,
                     ...)
{
  g_autoptr (StrataLayer) layer = NULL;
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  layer = make_layer (self, name, text);
  return strata_assembly_connect (self, layer, x);
}

/**
 * strata_assembly_merge: (skip)
 * @class_name: a layer that merges, such as `Add`
 *
 * Returns: (transfer none) (nullable): what it makes of both
 */
StrataSymbol *
strata_assembly_merge (StrataAssembly *self,
                       const char     *class_name,
                       const char     *name,
                       StrataSymbol   *a,
                       StrataSymbol   *b)
{
  g_autoptr (StrataLayer) layer = make_layer (self, name, class_name);

  if (layer == NULL || a == NULL || b == NULL)
    return NULL;
  return keep (self, strata_layer_connect (layer, (StrataSymbol *[]){ a, b }, 2, &self->error));
}

/**
 * strata_assembly_get_channels: (skip)
 *
 * Returns: how many channels @x has; 0 after an error
 */
gint64
strata_assembly_get_channels (const StrataSymbol *x)
{
  return x != NULL ? x->spec.shape.dims[x->spec.shape.rank - 1] : 0;
}

/**
 * strata_assembly_pad_for_stride: (skip)
 * @kernel_size: of the convolution by steps of two that follows
 *
 * Adds the margins that Keras's correct_pad() chooses: the same cells are seen
 * as in the networks that the published weights come from.
 */
StrataSymbol *
strata_assembly_pad_for_stride (StrataAssembly *self,
                                StrataSymbol   *x,
                                const char     *name,
                                int             kernel_size)
{
  int after = kernel_size / 2, before[2];

  if (x == NULL)
    return NULL;
  for (int d = 0; d < 2; d++)
    {
      gint64 size = x->spec.shape.dims[1] == STRATA_UNKNOWN ? STRATA_UNKNOWN : x->spec.shape.dims[1 + d];

      before[d] = after - (size == STRATA_UNKNOWN || size % 2 == 0 ? 1 : 0);
    }
  return strata_assembly_add (self, x, name, "ZeroPadding2D(padding=((%d, %d), (%d, %d)))", before[0], after, before[1],
                              after);
}

/**
 * strata_named_block_get: (skip)
 *
 * Returns: the name of a layer of the block, good until the next is asked for
 */
const char *
strata_named_block_get (StrataNamedBlock *self,
                        const char       *suffix)
{
  g_snprintf (self->name, sizeof self->name, "%s%s", self->prefix, suffix);
  return self->name;
}
