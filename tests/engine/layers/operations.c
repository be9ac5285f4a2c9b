/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Compares keras.ops in models with what Keras computed: tests/golden/make_operations.py writes the file. */

#include "layers/operator.h"
#include "ops/matmul.h"
#include "ops/matrices.h"
#include "ops/shaping.h"
#include "tensor/random.h"

#include "../training/golden.h"

typedef struct
{
  GoldenCase golden;
  StrataLayer *layer;
  StrataValue *inputs[8];
  guint n_inputs;
  JsonObject *arguments;
} Trial;

static StrataValue *
weigh (StrataBuilder *b,
       StrataValue   *output)
{
  StrataTensor *pattern = strata_tensor_new (STRATA_FLOAT32, &output->shape);

  for (gint64 i = 0; i < strata_tensor_get_size (pattern); i++)
    strata_tensor_get_floats (pattern)[i] = ((i * 7) % 5 - 2) / 2.0f;
  return strata_reduce_sum (b, strata_multiply (b, output, strata_builder_constant (b, pattern)),
                            STRATA_ALL_AXES, FALSE);
}

/* In files, what is not finite is null: in inputs that is NaN. */
static StrataValue *
read_input (StrataBuilder *b,
            JsonObject    *json)
{
  StrataTensor *tensor = golden_read (json);
  StrataDType dtype = STRATA_FLOAT32;

  for (gint64 i = 0; i < strata_tensor_get_size (tensor); i++)
    if (isinf (strata_tensor_get_floats (tensor)[i]))
      strata_tensor_get_floats (tensor)[i] = NAN;
  if (json_object_has_member (json, "dtype"))
    g_assert_true (strata_dtype_from_name (json_object_get_string_member (json, "dtype"), &dtype, NULL));
  return strata_cast (b, strata_builder_constant (b, tensor), dtype);
}

static void
check_outputs (Trial         *trial,
               StrataBuilder *b,
               StrataCall    *call)
{
  JsonArray *outputs = json_object_get_array_member (trial->golden.json, "outputs");

  if (call->n_outputs != json_array_get_length (outputs))
    {
      golden_fail (&trial->golden, "it has %u results, Keras's has %u", call->n_outputs,
                   json_array_get_length (outputs));
      return;
    }
  for (guint i = 0; i < call->n_outputs; i++)
    {
      JsonObject *expected = json_array_get_object_element (outputs, i);
      const char *dtype = json_object_get_string_member (expected, "dtype");
      const char *had = strata_dtype_get_name (call->outputs[i]->dtype);
      g_autofree char *shape = strata_shape_to_string (&call->outputs[i]->shape);
      StrataShape wanted;

      g_assert_true (strata_shape_from_json (json_object_get_member (expected, "shape"), &wanted, NULL));
      if (!g_str_equal (dtype, had))
        golden_fail (&trial->golden, "result %u is of type %s, Keras's is %s", i, had, dtype);
      if (!strata_shape_equal (&call->outputs[i]->shape, &wanted))
        golden_fail (&trial->golden, "result %u has the shape %s", i, shape);
      golden_check (&trial->golden, "result", call->outputs[i]->tensor, expected, 1);
    }
}

static void
check_grads (Trial         *trial,
             StrataBuilder *b,
             StrataCall    *call)
{
  StrataValue *total = strata_builder_scalar (b, 0), *grads[8];
  JsonArray *expected = json_object_get_array_member (trial->golden.json, "grads");

  for (guint i = 0; i < call->n_outputs; i++)
    if (call->outputs[i]->dtype == STRATA_FLOAT32)
      total = strata_add (b, total, weigh (b, call->outputs[i]));
  strata_gradient (b, total, trial->inputs, trial->n_inputs, grads);
  golden_finish (&trial->golden, b);
  for (guint i = 0; i < trial->n_inputs; i++)
    {
      g_autoptr (StrataTensor) zeros = strata_tensor_new (STRATA_FLOAT32, &trial->inputs[i]->shape);

      memset (strata_tensor_get_data (zeros), 0, strata_tensor_get_bytes (zeros));
      golden_check (&trial->golden, "gradient", grads[i] != NULL ? grads[i]->tensor : zeros,
                    json_array_get_object_element (expected, i), 1);
    }
}

/* With a batch of any size, shapes must come out as with one of this size, but for what depends on it. */
static void
check_inference (Trial      *trial,
                 StrataCall *call)
{
  g_autoptr (StrataBuilder) b = strata_builder_new_recording ();
  StrataValue *inputs[8];
  StrataCall open = { .inputs = inputs, .n_inputs = trial->n_inputs, .arguments = call->arguments };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < trial->n_inputs; i++)
    {
      StrataShape shape = trial->inputs[i]->shape;

      if (i == 0 && shape.rank > 2)
        shape.dims[0] = STRATA_UNKNOWN;
      inputs[i] = strata_builder_input (b, "x", trial->inputs[i]->dtype, &shape);
    }
  strata_layer_call (trial->layer, b, &open);
  if (!strata_builder_take_error (b, &error))
    return;
  for (guint i = 0; i < open.n_outputs; i++)
    if (!strata_shape_is_compatible (&open.outputs[i]->shape, &call->outputs[i]->shape))
      golden_fail (&trial->golden, "with an open batch, result %u has another shape", i);
}

static void
check_case (const GoldenCase *c)
{
  g_autoptr (StrataBuilder) b = strata_builder_new_eager (1);
  JsonArray *inputs = json_object_get_array_member (c->json, "inputs");
  g_autoptr (StrataLayer) layer = NULL;
  g_autoptr (GError) error = NULL;
  Trial trial = { .golden = *c, .n_inputs = json_array_get_length (inputs) };
  StrataCall call = { .inputs = trial.inputs, .n_inputs = trial.n_inputs,
                      .arguments = json_object_get_object_member (c->json, "kwargs") };

  layer = strata_operator_new (c->class_name, json_object_get_object_member (c->json, "config"), &error);
  if (layer == NULL ||
      !strata_operator_set_args (STRATA_OPERATOR (layer), json_object_get_member (c->json, "args"), &error))
    {
      golden_fail (c, "%s", error->message);
      return;
    }
  trial.layer = layer;
  for (guint i = 0; i < trial.n_inputs; i++)
    trial.inputs[i] = read_input (b, json_array_get_object_element (inputs, i));
  strata_layer_call (layer, b, &call);
  if (strata_builder_has_failed (b))
    {
      golden_finish (c, b);
      return;
    }
  check_outputs (&trial, b, &call);
  if (json_object_has_member (c->json, "grads"))
    check_grads (&trial, b, &call);
  check_inference (&trial, &call);
}

static void
test_operations (void)
{
  golden_run ("../operations.json", check_case);
}

/* Sizes and numbers out of all proportion: refused, or taken, but never the end of the program. */
static void
try_absurd (const GoldenCase *c,
            gint64            size,
            const char       *parameter)
{
  JsonArray *inputs = json_object_get_array_member (c->json, "inputs");
  StrataBuilder *b = strata_builder_new_recording ();
  g_autoptr (JsonObject) arguments = json_object_new ();
  g_autoptr (StrataLayer) layer = strata_operator_new (c->class_name,
                                                       json_object_get_object_member (c->json, "config"), NULL);
  StrataValue *values[8];
  StrataCall call = { .inputs = values, .n_inputs = json_array_get_length (inputs), .arguments = arguments };

  strata_operator_set_args (STRATA_OPERATOR (layer), json_object_get_member (c->json, "args"), NULL);
  for (guint i = 0; i < call.n_inputs; i++)
    {
      g_autoptr (StrataTensor) tensor = golden_read (json_array_get_object_element (inputs, i));
      StrataShape shape = *strata_tensor_get_shape (tensor);

      for (int d = 0; parameter == NULL && d < shape.rank; d++)
        shape.dims[d] = size;
      values[i] = strata_builder_input (b, "x", STRATA_FLOAT32, &shape);
    }
  if (parameter != NULL)
    json_object_set_int_member (arguments, parameter, size);
  strata_layer_call (layer, b, &call);
  strata_builder_free (b);
}

static void
check_absurd (const GoldenCase *c)
{
  static const gint64 sizes[] = { 0, G_MAXINT32, G_MAXINT64 };
  JsonObject *arguments = json_object_get_object_member (c->json, "kwargs");
  g_autoptr (GList) names = json_object_get_members (arguments);

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      try_absurd (c, sizes[i], NULL);
      for (GList *l = names; l != NULL; l = l->next)
        try_absurd (c, sizes[i], l->data);
    }
}

static void
test_absurd (void)
{
  golden_run ("../operations.json", check_absurd);
}

/* Before the kth place no number is larger than there, and behind it none is smaller. */
static void
test_argpartition (void)
{
  g_autoptr (StrataBuilder) b = strata_builder_new_eager (1);
  g_autoptr (JsonNode) config = json_from_string ("{\"kth\": 4, \"axis\": -1}", NULL);
  g_autoptr (StrataLayer) layer = strata_operator_new ("Argpartition", json_node_get_object (config), NULL);
  StrataTensor *x = strata_tensor_new_floats (&STRATA_SHAPE (2, 7),
                                              (float[]){ 3, -1, 0.5f, 0.25f, 9, -2, 0.5f, 7, 6, 5, 4, 3, 2, 1 });
  StrataValue *places;

  g_assert_nonnull (layer);
  places = strata_layer_call_on (layer, b, strata_builder_constant (b, x), FALSE);
  g_assert_false (strata_builder_has_failed (b));
  for (int row = 0; row < 2; row++)
    {
      const float *numbers = strata_tensor_get_floats (x) + 7 * row;
      const gint32 *order = (gint32 *) strata_tensor_get_data (places->tensor) + 7 * row;

      for (int i = 0; i < 7; i++)
        g_assert_true (i < 4 ? numbers[order[i]] <= numbers[order[4]] : numbers[order[i]] >= numbers[order[4]]);
    }
}

/* Puts together again what Eigh and SVD take apart: signs of vectors are nobody's, so they are not compared. */
static void
test_decompositions (void)
{
  static const struct { const char *operation; StrataShape shape; } trials[] = {
    { "Eigh", { 3, { 2, 4, 4 } } }, { "SVD", { 3, { 2, 5, 3 } } }, { "SVD", { 2, { 3, 6 } } },
    { "SVD", { 2, { 4, 4 } } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (trials); i++)
    {
      g_autoptr (StrataBuilder) b = strata_builder_new_eager (1);
      g_autoptr (StrataLayer) layer = strata_operator_new (trials[i].operation, NULL, NULL);
      StrataTensor *x = strata_tensor_new (STRATA_FLOAT32, &trials[i].shape);
      StrataValue *a = strata_builder_constant (b, x), *again, *ones;
      StrataCall call = { .inputs = &a, .n_inputs = 1 };
      StrataRandom random;

      strata_random_init (&random, i);
      for (gint64 k = 0; k < strata_tensor_get_size (x); k++)
        strata_tensor_get_floats (x)[k] = strata_random_normal (&random);
      if (i == 0)
        a = strata_add (b, a, strata_matrix_transposed (b, a));
      strata_layer_call (layer, b, &call);
      g_assert_false (strata_builder_has_failed (b));
      if (i == 0)
        {
          again = strata_multiply (b, call.outputs[1], strata_expand_dims (b, call.outputs[0], -2));
          again = strata_matmul (b, again, call.outputs[1], FALSE, TRUE);
          ones = call.outputs[1];
        }
      else
        {
          gint64 k = call.outputs[1]->shape.dims[call.outputs[1]->shape.rank - 1];

          again = strata_multiply (b, strata_slice (b, call.outputs[0], -1, 0, k),
                                   strata_expand_dims (b, call.outputs[1], -2));
          again = strata_matmul (b, again, strata_slice (b, call.outputs[2], -2, 0, k), FALSE, FALSE);
          ones = call.outputs[trials[i].shape.dims[trials[i].shape.rank - 2] > k ? 0 : 2];
        }
      ones = strata_matmul (b, ones, ones, TRUE, FALSE);
      for (gint64 k = 0; k < strata_tensor_get_size (again->tensor); k++)
        g_assert_cmpfloat (fabs (strata_tensor_get_number (again->tensor, k) - strata_tensor_get_number (a->tensor, k)),
                           <, 1e-4);
      for (gint64 k = 0, n = ones->shape.dims[ones->shape.rank - 1]; k < strata_tensor_get_size (ones->tensor); k++)
        g_assert_cmpfloat (fabs (strata_tensor_get_number (ones->tensor, k) - (k % n == k / n % n)), <, 1e-4);
    }
}

/* Keras caps scores on TPUs alone, so what a query of one number sees is worked out by hand. */
static void
test_soft_cap (void)
{
  g_autoptr (StrataBuilder) b = strata_builder_new_eager (1);
  g_autoptr (JsonNode) config = json_from_string ("{\"attn_logits_soft_cap\": 2.0}", NULL);
  g_autoptr (StrataLayer) layer = strata_operator_new ("DotProductAttention", json_node_get_object (config), NULL);
  StrataValue *inputs[] =
    { strata_builder_constant (b, strata_tensor_new_floats (&STRATA_SHAPE (1, 1, 1, 1), (float[]){ 3 })),
      strata_builder_constant (b, strata_tensor_new_floats (&STRATA_SHAPE (1, 2, 1, 1), (float[]){ 1, -2 })),
      strata_builder_constant (b, strata_tensor_new_floats (&STRATA_SHAPE (1, 2, 1, 1), (float[]){ 1, 0 })) };
  StrataCall call = { .inputs = inputs, .n_inputs = 3 };

  strata_layer_call (layer, b, &call);
  g_assert_false (strata_builder_has_failed (b));
  g_assert_cmpfloat_with_epsilon (strata_tensor_get_number (call.outputs[0]->tensor, 0),
                                  1 / (1 + exp (2 * tanh (-3) - 2 * tanh (1.5))), 1e-6);
}

/* What there is of an operation's input besides numbers; in Keras the number of dimensions is a number of Python's. */
static void
test_dimensions (void)
{
  g_autoptr (StrataBuilder) b = strata_builder_new_eager (1);
  g_autoptr (StrataLayer) ndim = strata_operator_new ("Ndim", NULL, NULL);
  StrataValue *y = strata_layer_call_on (ndim, b,
                                         strata_builder_constant (b,
                                                                  strata_tensor_new (STRATA_FLOAT32,
                                                                                     &STRATA_SHAPE (2, 3, 1))), FALSE);

  g_assert_false (strata_builder_has_failed (b));
  g_assert_cmpint (y->shape.rank, ==, 0);
  g_assert_cmpfloat (strata_tensor_get_number (y->tensor, 0), ==, 3);
}

/* What cannot be here says why; what nobody knows is told as a name. */
static void
test_refusals (void)
{
  static const struct { const char *name, *reason; int code; } refusals[] = {
    { "Map", "Python functions", STRATA_ERROR_UNSUPPORTED }, { "Eig", "complex numbers", STRATA_ERROR_UNSUPPORTED },
    { "Nonzero", "as the data says", STRATA_ERROR_UNSUPPORTED }, { "Nothing", "Nothing", STRATA_ERROR_NAME },
  };

  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (strata_operator_new (refusals[i].name, NULL, &error));
      g_assert_error (error, STRATA_ERROR, refusals[i].code);
      g_assert_nonnull (strstr (error->message, refusals[i].reason));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/operations/golden", test_operations);
  g_test_add_func ("/operations/absurd", test_absurd);
  g_test_add_func ("/operations/soft-cap", test_soft_cap);
  g_test_add_func ("/operations/dimensions", test_dimensions);
  g_test_add_func ("/operations/refusals", test_refusals);
  g_test_add_func ("/operations/argpartition", test_argpartition);
  g_test_add_func ("/operations/decompositions", test_decompositions);
  return g_test_run ();
}
