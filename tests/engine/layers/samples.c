/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Runs every layer of the registry with each of its sample configs. */

#include <string.h>

#include "base/registry.h"
#include "graph/program.h"
#include "layers/core/input-layer.h"
#include "layers/layer.h"

#include "gradient-check.h"

#define MAX_INPUTS 8

typedef struct
{
  const StrataLayerInfo *info;
  const char *sample;
  StrataLayer *layer;
  StrataTensor *inputs[MAX_INPUTS];
  guint n_inputs;
  gboolean training;
  GPtrArray *weights; /* float32 ones that the gradient is taken for */
  GPtrArray *states;  /* the others, which calls in training may change */
  GPtrArray *kept;    /* what those are before */
} Trial;

static StrataTensor *
make_words (const StrataShape *shape,
            StrataRandom      *random)
{
  static const char *const words[] = { "red", "Green", "blue", "red green", "green, blue!", "none", "",
                                       "\303\251t\303\251" };
  StrataTensor *tensor = strata_tensor_new (STRATA_STRING, shape);

  for (gint64 i = 0; i < strata_tensor_get_size (tensor); i++)
    strata_tensor_set_string (tensor, i, words[strata_random_below (random, G_N_ELEMENTS (words))]);
  return tensor;
}

static StrataTensor *
make_input (const char   *text,
            StrataRandom *random)
{
  const char *colon = strchr (text, ':');
  gint64 below = colon != NULL && strchr (text, '<') != NULL ? g_ascii_strtoll (strchr (text, '<') + 1, NULL, 10) : 0;
  g_auto (GStrv) sizes = g_strsplit (colon != NULL ? colon + 1 : text, ",", -1);
  StrataShape shape = { 0 };
  StrataTensor *tensor;

  for (guint i = 0; sizes[i] != NULL; i++)
    strata_shape_append (&shape, g_ascii_strtoll (sizes[i], NULL, 10));
  if (g_str_has_prefix (text, "text"))
    return make_words (&shape, random);
  tensor = strata_tensor_new (below > 0 ? STRATA_INT32 : STRATA_FLOAT32, &shape);
  for (gint64 i = 0; i < strata_tensor_get_size (tensor); i++)
    if (below > 0)
      ((gint32 *) strata_tensor_get_data (tensor))[i] = strata_random_below (random, below);
    else
      strata_tensor_get_floats (tensor)[i] = strata_random_normal (random);
  return tensor;
}

static void
make_inputs (Trial *trial)
{
  g_autoptr (GString) text = g_string_new (trial->info->sample_inputs);
  g_auto (GStrv) parts = NULL;
  StrataRandom random;

  if (trial->info->sample_inputs == NULL)
    {
      g_string_assign (text, "3");
      for (int i = 1; i < MAX (trial->info->min_rank, 2); i++)
        g_string_append (text, ",4");
    }
  strata_random_init (&random, 7);
  parts = g_strsplit (text->str, ";", -1);
  for (trial->n_inputs = 0; parts[trial->n_inputs] != NULL; trial->n_inputs++)
    trial->inputs[trial->n_inputs] = make_input (parts[trial->n_inputs], &random);
}

static StrataLayer *
make_layer (const StrataLayerInfo *info,
            const char            *sample)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  StrataLayer *layer;

  json_parser_load_from_data (parser, sample, -1, &error);
  g_assert_no_error (error);
  layer = strata_layer_new (info->object.name, json_node_get_object (json_parser_get_root (parser)), &error);
  g_assert_no_error (error);
  return layer;
}

/* The weights of a new layer are often zero: other numbers tell more. */
static void
disturb_weights (Trial *trial)
{
  g_autoptr (GPtrArray) all = strata_layer_dup_weights (trial->layer);
  g_autoptr (GPtrArray) trainable = strata_layer_dup_trainable_weights (trial->layer);
  StrataRandom random;

  strata_random_init (&random, 11);
  for (guint i = 0; i < all->len; i++)
    {
      StrataVariable *variable = all->pdata[i];

      if (variable->dtype != STRATA_FLOAT32)
        continue;
      for (gint64 k = 0; k < strata_shape_get_size (&variable->shape); k++)
        strata_variable_get_floats (variable)[k] = 0.5 + 0.5 * strata_random_uniform (&random) - 0.6 *
                                                   variable->trainable;
    }
  trial->weights = g_ptr_array_new ();
  for (guint i = 0; i < trainable->len; i++)
    g_ptr_array_add (trial->weights, trainable->pdata[i]);
  trial->states = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_variable_unref);
  trial->kept = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_tensor_unref);
  for (guint i = 0; i < all->len; i++)
    if (!g_ptr_array_find (trainable, all->pdata[i], NULL))
      {
        g_ptr_array_add (trial->states, strata_variable_ref (all->pdata[i]));
        g_ptr_array_add (trial->kept, strata_tensor_copy (strata_variable_get_tensor (all->pdata[i])));
      }
}

static void
restore_states (Trial *trial)
{
  for (guint i = 0; i < trial->states->len; i++)
    strata_variable_assign (trial->states->pdata[i], trial->kept->pdata[i], NULL);
}

/* Keras tells no size that an EinsumDense leaves open, though the input may have it. */
static gboolean
leaves_sizes_open (StrataLayer *layer)
{
  return g_str_equal (strata_object_get_class_name (STRATA_OBJECT (layer)), "EinsumDense");
}

static void
check_shapes (Trial         *trial,
              StrataTensor **outputs,
              guint          n_outputs)
{
  for (int open = 0; open < 2; open++)
    {
      StrataSpec specs[MAX_INPUTS], *inferred = g_newa (StrataSpec, STRATA_MAX_RESULTS);
      g_autoptr (GError) error = NULL;
      guint n = 0;

      for (guint i = 0; i < trial->n_inputs; i++)
        {
          specs[i] = (StrataSpec){ strata_tensor_get_dtype (trial->inputs[i]),
                                   *strata_tensor_get_shape (trial->inputs[i]) };
          for (int d = 0; d < (open ? specs[i].shape.rank - 1 : 1); d++)
            specs[i].shape.dims[d] = STRATA_UNKNOWN;
        }
      /* With all but the last dimension open, some layers rightly refuse, but none may be wrong. */
      if (!strata_layer_infer (trial->layer, specs, trial->n_inputs, inferred, &n, &error))
        {
          if (!open)
            g_assert_no_error (error);
          continue;
        }
      g_assert_cmpuint (n, ==, n_outputs);
      for (guint i = 0; i < n; i++)
        {
          g_assert_true (strata_shape_is_compatible (&inferred[i].shape, strata_tensor_get_shape (outputs[i])));
          g_assert_cmpint (inferred[i].dtype, ==, strata_tensor_get_dtype (outputs[i]));
          if (!open && inferred[i].shape.rank > 1 && !leaves_sizes_open (trial->layer))
            for (int d = 1; d < inferred[i].shape.rank; d++)
              g_assert_cmpint (inferred[i].shape.dims[d], >, 0);
        }
    }
}

static void
check_config (Trial *trial)
{
  g_autoptr (JsonNode) node = strata_object_serialize (STRATA_OBJECT (trial->layer));
  g_autoptr (JsonNode) again = NULL;
  g_autoptr (StrataObject) twin = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *first = NULL, *second = NULL;

  twin = strata_object_deserialize (STRATA_KIND_LAYER, node, &error);
  g_assert_no_error (error);
  again = strata_object_serialize (twin);
  first = json_to_string (node, FALSE);
  second = json_to_string (again, FALSE);
  g_assert_cmpstr (first, ==, second);
}

static void
call_layer (StrataBuilder       *b,
            StrataTensor *const *tensors,
            GPtrArray           *outputs,
            GPtrArray           *wrt,
            gpointer             data)
{
  Trial *trial = data;
  StrataValue *inputs[MAX_INPUTS];
  StrataCall call = { .inputs = inputs, .n_inputs = trial->n_inputs, .training = trial->training };
  guint at = 0;

  restore_states (trial);
  for (guint i = 0; i < trial->n_inputs; i++)
    {
      gboolean moved = strata_tensor_get_dtype (trial->inputs[i]) == STRATA_FLOAT32;

      inputs[i] = strata_builder_constant (b, strata_tensor_copy (moved ? tensors[at++] : trial->inputs[i]));
      if (moved)
        g_ptr_array_add (wrt, inputs[i]);
    }
  for (guint i = 0; i < trial->weights->len; i++)
    g_ptr_array_add (wrt, strata_builder_read_initial (b, trial->weights->pdata[i]));
  strata_layer_call (trial->layer, b, &call);
  for (guint i = 0; i < call.n_outputs; i++)
    if (call.outputs[i]->dtype == STRATA_FLOAT32)
      g_ptr_array_add (outputs, call.outputs[i]);
}

static void
check_gradients (Trial *trial)
{
  g_autoptr (GPtrArray) tensors = g_ptr_array_new ();
  double worst = 0;

  for (guint i = 0; i < trial->n_inputs; i++)
    if (strata_tensor_get_dtype (trial->inputs[i]) == STRATA_FLOAT32)
      g_ptr_array_add (tensors, trial->inputs[i]);
  for (guint i = 0; i < trial->weights->len; i++)
    g_ptr_array_add (tensors, strata_variable_get_tensor (trial->weights->pdata[i]));
  for (guint64 seed = 1; seed <= 3; seed++)
    worst = MAX (worst, gradient_check (call_layer, trial, (StrataTensor **) tensors->pdata, tensors->len, seed));
  if (worst > GRADIENT_TOLERANCE)
    {
      g_test_message ("%s %s, training %d: the gradient is off by %g", trial->info->object.name, trial->sample,
                      trial->training, worst);
      g_test_fail ();
    }
}

static gboolean
draws (StrataBuilder *b)
{
  const GPtrArray *nodes = strata_builder_get_nodes (b);

  for (guint i = 0; i < nodes->len; i++)
    {
      const StrataNode *node = nodes->pdata[i];

      if (node->op != NULL && (node->op->flags & STRATA_OP_RANDOM))
        return TRUE;
    }
  return FALSE;
}

static void
check_program (Trial         *trial,
               StrataTensor **expected,
               guint          n_outputs)
{
  StrataBuilder *b = strata_builder_new_recording ();
  StrataValue *inputs[MAX_INPUTS];
  StrataCall call = { .inputs = inputs, .n_inputs = trial->n_inputs, .training = trial->training };
  g_autoptr (StrataProgram) program = NULL;
  g_autoptr (GError) error = NULL;
  gboolean random;

  for (guint i = 0; i < trial->n_inputs; i++)
    {
      g_autofree char *name = g_strdup_printf ("input %u", i);

      inputs[i] = strata_builder_input (b, name, strata_tensor_get_dtype (trial->inputs[i]),
                                        strata_tensor_get_shape (trial->inputs[i]));
    }
  strata_layer_call (trial->layer, b, &call);
  random = draws (b);
  program = strata_program_compile (b, call.outputs, call.n_outputs, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < trial->n_inputs; i++)
    {
      gpointer memory = strata_program_get_input_data (program, inputs[i]);

      if (memory != NULL)
        memcpy (memory, strata_tensor_get_data (trial->inputs[i]), strata_tensor_get_bytes (trial->inputs[i]));
    }
  restore_states (trial);
  strata_program_run (program, 1, 0);
  g_assert_cmpuint (call.n_outputs, ==, n_outputs);
  for (guint i = 0; i < n_outputs && !random; i++)
    {
      g_autoptr (StrataTensor) actual = strata_program_dup_output (program, i);

      g_assert_cmpint (strata_tensor_get_dtype (actual), ==, strata_tensor_get_dtype (expected[i]));
      if (strata_tensor_get_dtype (actual) == STRATA_STRING)
        {
          for (gint64 k = 0; k < strata_tensor_get_size (actual); k++)
            g_assert_cmpstr (((char **) strata_tensor_get_data (actual))[k], ==,
                             ((char **) strata_tensor_get_data (expected[i]))[k]);
          continue;
        }
      for (gint64 k = 0; k < strata_tensor_get_size (actual); k++)
        {
          double a = strata_tensor_get_number (actual, k), e = strata_tensor_get_number (expected[i], k);

          if (!(fabs (a - e) <= 1e-5 + 1e-4 * fabs (e)))
            g_test_message ("%s %s: compiled, number %d is %g, not %g", trial->info->object.name, trial->sample,
                            (int) k, a, e);
          g_assert_true (fabs (a - e) <= 1e-5 + 1e-4 * fabs (e));
        }
    }
}

/* A layer that sets weights which are trained means other gradients than its outputs tell. */
static gboolean
sets_weights (Trial         *trial,
              StrataBuilder *b)
{
  for (guint i = 0; i < strata_builder_get_n_assigned (b); i++)
    {
      StrataValue *value;

      if (g_ptr_array_find (trial->weights, strata_builder_get_assigned (b, i, &value), NULL))
        return TRUE;
    }
  return FALSE;
}

/* Its results jump from shade to shade, so that differences tell nothing of the gradient. */
static gboolean
jumps (Trial *trial)
{
  return g_str_has_suffix (trial->info->object.name, "Equalization");
}

/* Keras cuts images only while training, and makes models as if that were always: shapes that are inferred are of
 * parts. */
static gboolean
leaves_whole (Trial *trial)
{
  return !trial->training && g_str_equal (trial->info->object.name, "RandomCrop");
}

static void
run_trial (Trial *trial)
{
  g_autoptr (StrataBuilder) b = strata_builder_new_eager (1);
  StrataValue *inputs[MAX_INPUTS];
  StrataCall call = { .inputs = inputs, .n_inputs = trial->n_inputs, .training = trial->training };
  StrataTensor *outputs[STRATA_MAX_RESULTS];
  g_autoptr (GError) error = NULL;

  restore_states (trial);
  for (guint i = 0; i < trial->n_inputs; i++)
    inputs[i] = strata_builder_constant (b, strata_tensor_copy (trial->inputs[i]));
  strata_layer_call (trial->layer, b, &call);
  strata_builder_take_error (b, &error);
  if (error != NULL)
    g_test_message ("%s %s: %s", trial->info->object.name, trial->sample, error->message);
  g_assert_no_error (error);
  g_assert_cmpuint (call.n_outputs, >, 0);
  for (guint i = 0; i < call.n_outputs; i++)
    outputs[i] = call.outputs[i]->tensor;
  if (!leaves_whole (trial))
    check_shapes (trial, outputs, call.n_outputs);
  check_program (trial, outputs, call.n_outputs);
  if (!sets_weights (trial, b) && !jumps (trial))
    check_gradients (trial);
}

static void
test_layer (gconstpointer data)
{
  const StrataLayerInfo *info = data;

  for (guint s = 0; info->object.samples != NULL && info->object.samples[s] != NULL; s++)
    {
      Trial trial = { .info = info, .sample = info->object.samples[s] };
      StrataSpec specs[MAX_INPUTS];
      g_autoptr (GError) error = NULL;

      trial.layer = make_layer (info, trial.sample);
      check_config (&trial);
      make_inputs (&trial);
      for (guint i = 0; i < trial.n_inputs; i++)
        specs[i] = (StrataSpec){ strata_tensor_get_dtype (trial.inputs[i]),
                                 *strata_tensor_get_shape (trial.inputs[i]) };
      strata_layer_build (trial.layer, specs, trial.n_inputs, &error);
      g_assert_no_error (error);
      disturb_weights (&trial);
      for (trial.training = FALSE; trial.training <= TRUE; trial.training++)
        run_trial (&trial);

      g_ptr_array_unref (trial.weights);
      g_ptr_array_unref (trial.states);
      g_ptr_array_unref (trial.kept);
      for (guint i = 0; i < trial.n_inputs; i++)
        strata_tensor_unref (trial.inputs[i]);
      g_object_unref (trial.layer);
    }
}

/* What the palette, the inspector and the reference show must be there. */
static void
test_words (void)
{
  for (const StrataObjectInfo *const *infos = strata_registry_list (STRATA_KIND_LAYER); *infos != NULL; infos++)
    {
      const StrataObjectInfo *info = *infos;

      g_test_message ("%s", info->name);
      g_assert_true (info->title != NULL && info->category != NULL && info->description != NULL);
      g_assert_true (info->samples != NULL && info->samples[0] != NULL);
      for (const StrataParam *param = info->params; param != NULL && param->name != NULL; param++)
        {
          g_test_message ("%s.%s", info->name, param->name);
          g_assert_true (param->title != NULL && param->description != NULL);
        }
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/layers/words", test_words);
  for (const StrataObjectInfo *const *infos = strata_registry_list (STRATA_KIND_LAYER); *infos != NULL; infos++)
    {
      g_autofree char *path = g_strdup_printf ("/layers/samples/%s", (*infos)->name);

      if (!g_str_equal ((*infos)->name, "InputLayer"))
        g_test_add_data_func (path, *infos, test_layer);
    }
  return g_test_run ();
}
