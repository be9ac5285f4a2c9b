/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* A layer of one's own: y = x * scale + offset, with a scale and an offset a
 * feature that training finds. It stands in a sequential model like any other. */

#include <stdio.h>

#include "models/array-source.h"
#include "models/sequential.h"
#include "ops/elementwise.h"
#include "tensor/random.h"

#define MY_TYPE_AFFINE (my_affine_get_type ())
G_DECLARE_FINAL_TYPE (MyAffine, my_affine, MY, AFFINE, StrataLayer)

struct _MyAffine
{
  StrataLayer parent_instance;

  gboolean use_offset;
  StrataVariable *scale, *offset;
};

G_DEFINE_FINAL_TYPE (MyAffine, my_affine, STRATA_TYPE_LAYER)

/* The table is all it takes to have a property, a config and a row in an inspector. */
static const StrataParam params[] = {
  STRATA_PARAM (BOOL, MyAffine, use_offset, "true", .title = "Use offset",
                .description = "Whether something is added, too"),
  { NULL },
};

static gboolean
my_affine_build (StrataLayer       *layer,
                 const StrataSpec  *inputs,
                 guint              n_inputs,
                 GError           **error)
{
  MyAffine *self = MY_AFFINE (layer);
  StrataShape shape = STRATA_SHAPE (inputs[0].shape.dims[inputs[0].shape.rank - 1]);

  self->scale = strata_layer_add_weight (layer, "scale", &shape, NULL, error);
  if (self->scale == NULL)
    return FALSE;
  if (self->use_offset)
    self->offset = strata_layer_add_weight (layer, "offset", &shape, NULL, error);
  return !self->use_offset || self->offset != NULL;
}

static void
my_affine_call (StrataLayer   *layer,
                StrataBuilder *b,
                StrataCall    *call)
{
  MyAffine *self = MY_AFFINE (layer);
  StrataValue *y = strata_multiply (b, call->inputs[0], strata_builder_read (b, self->scale));

  if (self->use_offset)
    y = strata_add (b, y, strata_builder_read (b, self->offset));
  strata_call_return (call, y);
}

static void
my_affine_class_init (MyAffineClass *klass)
{
  strata_object_class_install_params (STRATA_OBJECT_CLASS (klass), params);
  STRATA_LAYER_CLASS (klass)->build = my_affine_build;
  STRATA_LAYER_CLASS (klass)->call = my_affine_call;
}

static void
my_affine_init (MyAffine *self)
{
  self->use_offset = TRUE;
}

int
main (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataModel) model = strata_sequential_new ("affine");
  g_autoptr (StrataLayer) layer = g_object_new (MY_TYPE_AFFINE, NULL);
  g_autoptr (StrataTensor) x = strata_tensor_new (STRATA_FLOAT32, &STRATA_SHAPE (256, 2));
  g_autoptr (StrataTensor) y = strata_tensor_new (STRATA_FLOAT32, &STRATA_SHAPE (256, 2));
  g_autoptr (StrataSource) inputs = NULL, targets = NULL;
  g_autoptr (StrataHistory) history = NULL;

  /* What is to be found: 3 x - 1 for the first feature, -2 x + 4 for the second. */
  strata_random_fill_normal (1, 0, 0, strata_tensor_get_floats (x), 512);
  for (int i = 0; i < 512; i++)
    strata_tensor_get_floats (y)[i] = i % 2 == 0 ? 3 * strata_tensor_get_floats (x)[i] - 1
                                                 : -2 * strata_tensor_get_floats (x)[i] + 4;
  inputs = strata_array_source_new1 (x);
  targets = strata_array_source_new1 (y);

  if (!strata_sequential_add (STRATA_SEQUENTIAL (model), layer, &error) ||
      !strata_model_compile_with (model, "SGD(learning_rate=0.1)", "mse", NULL, &error))
    {
      fprintf (stderr, "%s\n", error->message);
      return 1;
    }
  history = strata_model_fit (model, &(StrataFit){ .x = inputs, .y = targets, .epochs = 40 }, &error);
  if (history == NULL)
    {
      fprintf (stderr, "%s\n", error->message);
      return 1;
    }

  printf ("y = %.2f x + %.2f\n", strata_variable_get_floats (MY_AFFINE (layer)->scale)[0],
          strata_variable_get_floats (MY_AFFINE (layer)->offset)[0]);
  printf ("y = %.2f x + %.2f\n", strata_variable_get_floats (MY_AFFINE (layer)->scale)[1],
          strata_variable_get_floats (MY_AFFINE (layer)->offset)[1]);
  return 0;
}
