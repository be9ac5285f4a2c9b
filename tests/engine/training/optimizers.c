/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Compares steps of each optimizer with Keras's: the weights after each, and all that is remembered at the end. */

#include "graph/gradient.h"
#include "ops/elementwise.h"
#include "ops/indexing.h"
#include "ops/reduce.h"
#include "ops/shaping.h"
#include "optimizers/optimizer.h"
#include "optimizers/slices.h"

#include "golden.h"

static GPtrArray *
make_weights (JsonArray *start)
{
  GPtrArray *weights = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_variable_unref);
  const char *const names[] = { "kernel", "bias" };

  for (guint i = 0; i < json_array_get_length (start); i++)
    {
      StrataVariable *weight = strata_variable_new (names[i],
                                                    golden_read (json_array_get_object_element (start, i)), TRUE);

      weight->path = g_strdup_printf ("dense/%s", names[i]);
      g_ptr_array_add (weights, weight);
    }
  return weights;
}

/* A gradient, or slices of one. */
static StrataValue *
read_grad (StrataBuilder  *b,
           StrataVariable *weight,
           JsonObject     *given)
{
  JsonArray *indices = json_object_has_member (given, "indices")
                       ? json_object_get_array_member (given, "indices") : NULL;
  StrataTensor *rows;

  if (indices == NULL)
    return strata_builder_constant (b, golden_read (given));
  rows = strata_tensor_new (STRATA_INT32, &STRATA_SHAPE (json_array_get_length (indices)));
  for (guint i = 0; i < json_array_get_length (indices); i++)
    ((gint32 *) strata_tensor_get_data (rows))[i] = json_array_get_int_element (indices, i);
  return strata_scatter_add (b, strata_builder_constant (b, rows),
                             strata_builder_constant (b, golden_read (json_object_get_object_member (given, "rows"))),
                             weight->shape.dims[0]);
}

/* A program of its own for each step: those of other gradients, and those that lack one, are other programs. */
static gboolean
take_step (const GoldenCase *c,
           StrataOptimizer  *optimizer,
           JsonArray        *given,
           gboolean          eagerly)
{
  g_autoptr (StrataBuilder) b = eagerly ? strata_builder_new_eager (0) : strata_builder_new_recording ();
  g_autoptr (StrataProgram) program = NULL;
  g_autoptr (GError) error = NULL;
  StrataValue *grads[2] = { NULL }, *nothing;

  for (guint i = 0; i < 2; i++)
    if (!json_array_get_null_element (given, i))
      grads[i] = read_grad (b, g_ptr_array_index (strata_optimizer_get_weights (optimizer), i),
                            json_array_get_object_element (given, i));
  strata_optimizer_apply (optimizer, b, grads);
  if (eagerly)
    {
      golden_finish (c, b);
      return !g_test_failed ();
    }
  nothing = strata_builder_scalar (b, 0);
  program = strata_program_compile (g_steal_pointer (&b), &nothing, 1, &error);
  if (program == NULL)
    {
      golden_fail (c, "%s", error->message);
      return FALSE;
    }
  strata_program_run (program, 0, 0);
  return TRUE;
}

/* What Keras saves, in its order. Adafactor and Nadam name some variables as weights or not at all. */
static void
check_variables (const GoldenCase *c,
                 StrataOptimizer  *optimizer)
{
  g_autoptr (GPtrArray) variables = strata_optimizer_dup_variables (optimizer);
  JsonArray *expected = json_object_get_array_member (c->json, "variables");
  gboolean named = !g_str_equal (c->class_name, "Adafactor") && !g_str_equal (c->class_name, "Nadam");

  if (variables->len != json_array_get_length (expected))
    {
      golden_fail (c, "there are %u variables, Keras has %u", variables->len, json_array_get_length (expected));
      return;
    }
  for (guint i = 0; i < variables->len; i++)
    {
      StrataVariable *variable = g_ptr_array_index (variables, i);
      JsonObject *json = json_array_get_object_element (expected, i);
      const char *path = json_object_get_string_member (json, "path");

      if (named && !g_str_equal (variable->path, path))
        golden_fail (c, "variable %u is %s, Keras's is %s", i, variable->path, path);
      if (!g_str_equal (strata_dtype_get_name (variable->dtype), json_object_get_string_member (json, "dtype")))
        golden_fail (c, "%s is %s", variable->path, strata_dtype_get_name (variable->dtype));
      golden_check (c, variable->path, strata_variable_get_tensor (variable),
                    json_object_get_object_member (json, "value"), 1);
    }
}

static void
run_case (const GoldenCase *c,
          gboolean          eagerly)
{
  g_autoptr (StrataOptimizer) optimizer = golden_make (c, STRATA_KIND_OPTIMIZER);
  g_autoptr (GPtrArray) weights = make_weights (json_object_get_array_member (c->json, "start"));
  JsonArray *steps = json_object_get_array_member (c->json, "steps");
  g_autoptr (GError) error = NULL;

  strata_optimizer_build (optimizer, weights, &error);
  g_assert_no_error (error);
  for (guint s = 0; s < json_array_get_length (steps); s++)
    {
      JsonObject *step = json_array_get_object_element (steps, s);
      JsonArray *after = json_object_get_array_member (step, "weights");

      if (!take_step (c, optimizer, json_object_get_array_member (step, "grads"), eagerly))
        return;
      for (guint i = 0; i < weights->len; i++)
        {
          g_autofree char *what = g_strdup_printf ("weight %u after step %u", i, s);

          golden_check (c, what, strata_variable_get_tensor (g_ptr_array_index (weights, i)),
                        json_array_get_object_element (after, i), 1);
        }
    }
  check_variables (c, optimizer);
}

static void
check_compiled (const GoldenCase *c)
{
  run_case (c, FALSE);
}

static void
check_eager (const GoldenCase *c)
{
  run_case (c, TRUE);
}

static void
test_compiled (void)
{
  golden_run ("optimizers.json", check_compiled);
}

static void
test_eager (void)
{
  golden_run ("optimizers.json", check_eager);
}

static void
test_slices (void)
{
  golden_run ("embeddings.json", check_compiled);
  golden_run ("embeddings.json", check_eager);
}

/* What is looked up once is one list of slices, whatever reads it, in whichever order: a recurrent layer forwards and
 * backwards has what it says of a word added up. What is looked up twice is two. */
static void
test_lookups (void)
{
  for (guint times = 1; times <= 2; times++)
    {
      g_autoptr (StrataBuilder) b = strata_builder_new_recording ();
      StrataValue *table = strata_builder_input (b, "table", STRATA_FLOAT32, &STRATA_SHAPE (5, 3));
      StrataValue *words = strata_builder_input (b, "words", STRATA_INT32, &STRATA_SHAPE (2, 4));
      StrataValue *rows = NULL, *all = NULL, *loss, *grad, *indices, *slices;

      for (guint i = 0; i < 2; i++)
        {
          StrataValue *timed;

          if (i < times)
            rows = strata_gather (b, table, words);
          timed = strata_square (b, strata_transpose (b, rows, (int[]){ 1, 0, 2 }));
          all = all == NULL ? timed : strata_multiply (b, all, timed);
        }
      loss = strata_reduce_sum (b, all, STRATA_ALL_AXES, FALSE);
      g_assert_true (strata_gradient (b, loss, &table, 1, &grad));
      g_assert_true (strata_slices_is (grad));
      g_assert_cmpint (strata_slices_get (grad, &indices, &slices), ==, times == 1);
    }
}

static StrataOptimizer *
make (const char *text)
{
  g_autoptr (GError) error = NULL;
  StrataOptimizer *optimizer = (StrataOptimizer *) strata_object_new_from_text (STRATA_KIND_OPTIMIZER, text, &error);

  g_assert_no_error (error);
  return optimizer;
}

/* The update of many weights must be one pass over each, and a few numbers besides. */
static void
test_fusion (void)
{
  enum { N = 12 };
  g_autoptr (StrataOptimizer) optimizer = make ("Adam");
  g_autoptr (GPtrArray) weights = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_variable_unref);
  g_autoptr (StrataBuilder) b = strata_builder_new_recording ();
  g_autoptr (StrataProgram) program = NULL;
  g_autoptr (GError) error = NULL;
  StrataValue *grads[N], *nothing;

  for (guint i = 0; i < N; i++)
    {
      g_ptr_array_add (weights, strata_variable_new ("kernel", strata_tensor_new (STRATA_FLOAT32,
                                                                                  &STRATA_SHAPE (4, 3 + i)), TRUE));
      grads[i] = strata_builder_input (b, "grad", STRATA_FLOAT32, &STRATA_SHAPE (4, 3 + i));
    }
  strata_optimizer_build (optimizer, weights, &error);
  g_assert_no_error (error);
  strata_optimizer_apply (optimizer, b, grads);
  nothing = strata_builder_scalar (b, 0);
  program = strata_program_compile (g_steal_pointer (&b), &nothing, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (strata_program_get_n_steps (program), <=, N + 6);
}

/* Callbacks set the rate while a program runs again and again. */
static void
test_rate (void)
{
  g_autoptr (StrataOptimizer) optimizer = make ("SGD(learning_rate=0.5)"), scheduled = NULL, around = NULL;
  g_autoptr (GPtrArray) weights = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_variable_unref);
  StrataVariable *weight = strata_variable_new ("w", strata_tensor_new_scalar (10), TRUE);
  g_autoptr (StrataBuilder) b = strata_builder_new_recording ();
  g_autoptr (StrataProgram) program = NULL;
  g_autoptr (JsonObject) config = NULL;
  g_autoptr (GError) error = NULL;
  StrataValue *grad, *nothing;

  g_ptr_array_add (weights, weight);
  strata_optimizer_build (optimizer, weights, &error);
  g_assert_no_error (error);
  grad = strata_builder_scalar (b, 1);
  strata_optimizer_apply (optimizer, b, &grad);
  nothing = strata_builder_scalar (b, 0);
  program = strata_program_compile (g_steal_pointer (&b), &nothing, 1, &error);
  g_assert_no_error (error);

  strata_program_run (program, 0, 0);
  g_assert_cmpfloat_with_epsilon (strata_variable_get_floats (weight)[0], 9.5, 1e-6);
  g_assert_true (strata_optimizer_set_rate (optimizer, 0.25, &error));
  strata_program_run (program, 0, 0);
  g_assert_cmpfloat_with_epsilon (strata_variable_get_floats (weight)[0], 9.25, 1e-6);
  g_assert_cmpint (strata_optimizer_get_iterations (optimizer), ==, 2);
  g_assert_cmpfloat_with_epsilon (strata_optimizer_get_rate (optimizer), 0.25, 1e-6);
  config = strata_object_get_config (STRATA_OBJECT (optimizer));
  g_assert_cmpfloat_with_epsilon (json_object_get_double_member (config, "learning_rate"), 0.25, 1e-6);

  around = make ("LossScaleOptimizer(inner_optimizer=SGD(learning_rate=0.125))");
  strata_optimizer_build (around, weights, &error);
  g_assert_no_error (error);
  json_object_unref (config);
  config = strata_object_get_config (STRATA_OBJECT (around));
  g_assert_cmpfloat_with_epsilon (strata_optimizer_get_rate (around), 0.125, 1e-6);

  g_assert_false (strata_optimizer_set_rate (optimizer, -1, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_VALUE);
  g_clear_error (&error);
  scheduled = make ("Adam(learning_rate=CosineDecay(initial_learning_rate=0.1, decay_steps=10))");
  g_assert_false (strata_optimizer_set_rate (scheduled, 0.1, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_STATE);
  g_assert_cmpfloat_with_epsilon (strata_optimizer_get_rate (scheduled), 0.1, 1e-6);
}

static void
test_refusals (void)
{
  const char *const texts[] = { "Adam(clipnorm=1, clipvalue=1)", "SGD(gradient_accumulation_steps=1)",
                                "SGD(learning_rate=-1)", "LossScaleOptimizer",
                                "Adam(learning_rate=PiecewiseConstantDecay(boundaries=[1], values=[1]))",
                                "SGD(momentum=2)", "SGD(lr=1)" };
  g_autoptr (StrataOptimizer) optimizer = make ("SGD");
  g_autoptr (GPtrArray) weights = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_variable_unref);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_assert_null (strata_object_new_from_text (STRATA_KIND_OPTIMIZER, texts[i], &error));
      g_assert_nonnull (error);
      g_clear_error (&error);
    }

  strata_optimizer_build (optimizer, weights, &error);
  g_assert_no_error (error);
  g_ptr_array_add (weights, strata_variable_new ("w", strata_tensor_new_scalar (1), TRUE));
  g_assert_false (strata_optimizer_build (optimizer, weights, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_STATE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/training/optimizers/compiled", test_compiled);
  g_test_add_func ("/training/optimizers/eager", test_eager);
  g_test_add_func ("/training/optimizers/slices", test_slices);
  g_test_add_func ("/training/optimizers/lookups", test_lookups);
  g_test_add_func ("/training/optimizers/fusion", test_fusion);
  g_test_add_func ("/training/optimizers/rate", test_rate);
  g_test_add_func ("/training/optimizers/refusals", test_refusals);
  return g_test_run ();
}
