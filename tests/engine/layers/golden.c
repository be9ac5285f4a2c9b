/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Compares each layer with what Keras computed: tests/golden/make_layers.py writes the files. */

#include <math.h>
#include <string.h>

#include "base/registry.h"
#include "graph/gradient.h"
#include "layers/layer.h"
#include "layers/recurrent/rnn-base.h"
#include "ops/elementwise.h"
#include "ops/reduce.h"

#define RELATIVE 2e-4
#define ABSOLUTE 1e-5

typedef struct
{
  const char *class_name;
  guint index;
  JsonObject *json;
  StrataLayer *layer;
  StrataValue **inputs;
  guint n_inputs;
  StrataValue **masks;
} Case;

static StrataTensor *
read_tensor (JsonObject *json)
{
  StrataDType dtype;
  StrataShape shape;
  JsonArray *data = json_object_get_array_member (json, "data");
  StrataTensor *tensor;
  const char *name = json_object_get_string_member (json, "dtype");

  g_assert_true (strata_dtype_from_name (name, &dtype, NULL));
  g_assert_true (strata_shape_from_json (json_object_get_member (json, "shape"), &shape, NULL));
  tensor = strata_tensor_new (dtype, &shape);
  g_assert_cmpint (strata_tensor_get_size (tensor), ==, json_array_get_length (data));
  for (guint i = 0; i < json_array_get_length (data); i++)
    switch (dtype)
      {
      case STRATA_STRING:
        strata_tensor_set_string (tensor, i, json_array_get_string_element (data, i));
        break;
      case STRATA_FLOAT32:
        strata_tensor_get_floats (tensor)[i] = json_array_get_double_element (data, i);
        break;
      case STRATA_INT32:
        ((gint32 *) strata_tensor_get_data (tensor))[i] = json_array_get_int_element (data, i);
        break;
      case STRATA_INT64:
        ((gint64 *) strata_tensor_get_data (tensor))[i] = json_array_get_int_element (data, i);
        break;
      case STRATA_BOOL:
      case STRATA_UINT8:
        ((guint8 *) strata_tensor_get_data (tensor))[i] = json_array_get_int_element (data, i);
        break;
      default:
        g_assert_not_reached ();
      }
  return tensor;
}

static void
check_texts (const Case   *c,
             const char   *what,
             guint         i,
             StrataTensor *actual,
             StrataTensor *expected)
{
  for (gint64 k = 0; k < strata_tensor_get_size (expected); k++)
    {
      const char *a = ((char **) strata_tensor_get_data (actual))[k];
      const char *e = ((char **) strata_tensor_get_data (expected))[k];

      if (g_str_equal (a, e))
        continue;
      g_test_message ("%s case %u: %s %u: text %d is “%s”, Keras's is “%s”", c->class_name, c->index, what, i,
                      (int) k, a, e);
      g_test_fail ();
    }
}

static void
check_numbers (const Case   *c,
               const char   *what,
               guint         i,
               StrataTensor *actual,
               JsonObject   *json)
{
  g_autoptr (StrataTensor) expected = read_tensor (json);
  g_autofree char *shape = strata_shape_to_string (strata_tensor_get_shape (actual));
  g_autofree char *wanted = strata_shape_to_string (strata_tensor_get_shape (expected));

  if (!g_str_equal (shape, wanted))
    {
      g_test_message ("%s case %u: %s %u has shape %s, Keras's has %s", c->class_name, c->index, what, i,
                      shape, wanted);
      g_test_fail ();
      return;
    }
  if (g_str_equal (what, "output") && strata_tensor_get_dtype (expected) == STRATA_INT64 &&
      strata_tensor_get_dtype (actual) != STRATA_INT64)
    {
      g_test_message ("%s case %u: %s %u is not of whole numbers, as Keras's is", c->class_name, c->index, what, i);
      g_test_fail ();
    }
  if (strata_tensor_get_dtype (expected) == STRATA_STRING)
    {
      check_texts (c, what, i, actual, expected);
      return;
    }
  for (gint64 k = 0; k < strata_tensor_get_size (expected); k++)
    {
      double a = strata_tensor_get_number (actual, k), e = strata_tensor_get_number (expected, k);

      if ((isnan (a) && isnan (e)) || fabs (a - e) <= ABSOLUTE + RELATIVE * fabs (e))
        continue;
      g_test_message ("%s case %u: %s %u: number %d is %.7g, Keras's is %.7g", c->class_name, c->index, what, i,
                      (int) k, a, e);
      g_test_fail ();
      return;
    }
}

/* Every member that Keras writes must come out again, in the same form; what is absent is None. */
static gboolean
includes (JsonNode *actual,
          JsonNode *expected)
{
  g_autoptr (GList) members = NULL;

  if (JSON_NODE_HOLDS_NULL (expected))
    return actual == NULL || JSON_NODE_HOLDS_NULL (actual);
  if (actual == NULL || JSON_NODE_TYPE (actual) != JSON_NODE_TYPE (expected))
    return FALSE;
  if (JSON_NODE_HOLDS_ARRAY (expected))
    {
      JsonArray *a = json_node_get_array (actual), *e = json_node_get_array (expected);

      if (json_array_get_length (a) != json_array_get_length (e))
        return FALSE;
      for (guint i = 0; i < json_array_get_length (e); i++)
        if (!includes (json_array_get_element (a, i), json_array_get_element (e, i)))
          return FALSE;
      return TRUE;
    }
  if (!JSON_NODE_HOLDS_OBJECT (expected))
    return json_node_equal (actual, expected);

  members = json_object_get_members (json_node_get_object (expected));
  for (GList *l = members; l != NULL; l = l->next)
    if (!includes (json_object_get_member (json_node_get_object (actual), l->data),
                   json_object_get_member (json_node_get_object (expected), l->data)))
      return FALSE;
  return TRUE;
}

static void
check_config (const Case *c,
              JsonObject *expected)
{
  g_autoptr (JsonObject) actual = strata_object_get_config (STRATA_OBJECT (c->layer));
  g_autoptr (GList) members = json_object_get_members (expected);

  for (GList *l = members; l != NULL; l = l->next)
    {
      JsonNode *a = json_object_get_member (actual, l->data), *e = json_object_get_member (expected, l->data);
      g_autofree char *had = a != NULL ? json_to_string (a, FALSE) : g_strdup ("nothing");
      g_autofree char *wanted = json_to_string (e, FALSE);

      /* Some layers write the policy as its name; Strata always writes it whole. */
      if (g_str_equal (l->data, "dtype") || includes (a, e))
        continue;
      g_test_message ("%s case %u: config has %s = %s, Keras writes %s", c->class_name, c->index, (char *) l->data, had,
                      wanted);
      g_test_fail ();
    }
}

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

static void
read_inputs (Case          *c,
             StrataBuilder *b)
{
  JsonArray *inputs = json_object_get_array_member (c->json, "inputs");
  JsonArray *masks = json_object_has_member (c->json, "masks") ? json_object_get_array_member (c->json, "masks") : NULL;

  c->n_inputs = json_array_get_length (inputs);
  c->inputs = g_new0 (StrataValue *, MAX (c->n_inputs, 1));
  c->masks = g_new0 (StrataValue *, MAX (c->n_inputs, 1));
  for (guint i = 0; i < c->n_inputs; i++)
    {
      c->inputs[i] = strata_builder_constant (b, read_tensor (json_array_get_object_element (inputs, i)));
      if (masks != NULL && i < json_array_get_length (masks) && !json_array_get_null_element (masks, i))
        {
          JsonArray *rows = json_array_get_array_element (masks, i);
          gint64 width = json_array_get_length (json_array_get_array_element (rows, 0));
          StrataTensor *mask = strata_tensor_new (STRATA_FLOAT32, &STRATA_SHAPE (json_array_get_length (rows), width));

          for (gint64 k = 0; k < strata_tensor_get_size (mask); k++)
            strata_tensor_get_floats (mask)[k] =
              json_array_get_int_element (json_array_get_array_element (rows, k / width), k % width);
          c->masks[i] = strata_builder_constant (b, mask);
        }
    }
}

static void
set_weights (Case *c)
{
  JsonArray *values = json_object_get_array_member (c->json, "weights");
  g_autoptr (GPtrArray) weights = strata_layer_dup_weights (c->layer);

  g_assert_cmpuint (weights->len, ==, json_array_get_length (values));
  for (guint i = 0; i < weights->len; i++)
    {
      g_autoptr (StrataTensor) value = read_tensor (json_array_get_object_element (values, i));
      g_autoptr (GError) error = NULL;

      strata_variable_assign (g_ptr_array_index (weights, i), value, &error);
      g_assert_no_error (error);
    }
}

static void
check_grads (Case           *c,
             StrataBuilder  *b,
             StrataValue    *total,
             StrataValue   **wrt,
             guint           n,
             const char     *what,
             JsonArray      *expected)
{
  g_autofree StrataValue **grads = g_new0 (StrataValue *, MAX (n, 1));
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (n, ==, json_array_get_length (expected));
  strata_gradient (b, total, wrt, n, grads);
  strata_builder_take_error (b, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (StrataTensor) zeros = strata_tensor_new (STRATA_FLOAT32, &wrt[i]->shape);

      memset (strata_tensor_get_data (zeros), 0, strata_tensor_get_bytes (zeros));
      check_numbers (c, what, i, grads[i] != NULL ? grads[i]->tensor : zeros,
                     json_array_get_object_element (expected, i));
    }
}

static void
check_gradients (Case          *c,
                 StrataBuilder *b,
                 StrataCall    *call,
                 JsonObject    *expected)
{
  g_autoptr (GPtrArray) trainable = strata_layer_dup_trainable_weights (c->layer);
  g_autofree StrataValue **wrt = g_new0 (StrataValue *, MAX (c->n_inputs, trainable->len) + 1);
  StrataValue *total = strata_builder_scalar (b, 0);
  const GPtrArray *losses = strata_builder_get_losses (b);
  guint n = 0;

  for (guint i = 0; i < call->n_outputs; i++)
    if (call->outputs[i]->dtype == STRATA_FLOAT32)
      total = strata_add (b, total, weigh (b, call->outputs[i]));
  for (guint i = 0; i < losses->len; i++)
    total = strata_add (b, total, losses->pdata[i]);

  for (guint i = 0; i < c->n_inputs; i++)
    if (c->inputs[i]->dtype == STRATA_FLOAT32)
      wrt[n++] = c->inputs[i];
  if (!json_object_get_null_member (expected, "input_grads"))
    check_grads (c, b, total, wrt, n, "gradient of input", json_object_get_array_member (expected, "input_grads"));
  for (guint i = 0; i < trainable->len; i++)
    wrt[i] = strata_builder_read_initial (b, g_ptr_array_index (trainable, i));
  check_grads (c, b, total, wrt, trainable->len, "gradient of weight",
               json_object_get_array_member (expected, "weight_grads"));
}

static void
check_states (Case       *c,
              JsonObject *expected)
{
  g_autoptr (GPtrArray) weights = strata_layer_dup_weights (c->layer);
  g_autoptr (GPtrArray) trainable = strata_layer_dup_trainable_weights (c->layer);
  JsonArray *states = json_object_get_array_member (expected, "states");
  guint n = 0;

  for (guint i = 0; i < weights->len; i++)
    {
      StrataVariable *variable = g_ptr_array_index (weights, i);

      if (g_ptr_array_find (trainable, variable, NULL) || variable->dtype != STRATA_FLOAT32)
        continue;
      g_assert_cmpuint (n, <, json_array_get_length (states));
      check_numbers (c, "state", n, variable->tensor, json_array_get_object_element (states, n));
      n++;
    }
  g_assert_cmpuint (n, ==, json_array_get_length (states));
}

static void
check_masks (Case       *c,
             StrataCall *call,
             JsonObject *expected)
{
  JsonArray *masks = json_object_get_array_member (expected, "masks");

  for (guint i = 0; i < call->n_outputs; i++)
    {
      StrataValue *mask = call->output_masks[i];
      JsonArray *numbers;

      if (json_array_get_null_element (masks, i))
        {
          if (mask != NULL)
            {
              g_test_message ("%s case %u: output %u has a mask, Keras's has none", c->class_name, c->index, i);
              g_test_fail ();
            }
          continue;
        }
      numbers = json_array_get_array_element (masks, i);
      if (mask == NULL || strata_tensor_get_size (mask->tensor) != json_array_get_length (numbers))
        {
          g_test_message ("%s case %u: the mask of output %u is missing or of another size", c->class_name, c->index,
                          i);
          g_test_fail ();
          continue;
        }
      for (guint k = 0; k < json_array_get_length (numbers); k++)
        g_assert_cmpint (strata_tensor_get_number (mask->tensor, k) != 0, ==, json_array_get_int_element (numbers, k));
    }
}

/* A stateful layer remembers the calls before: those are made first. */
static void
call_before (Case             *c,
             const StrataCall *call)
{
  gint64 n = json_object_get_int_member_with_default (c->json, "calls", 0);

  if (n == 0)
    return;
  strata_rnn_layer_reset_states (c->layer);
  for (gint64 i = 1; i < n; i++)
    {
      g_autoptr (StrataBuilder) b = strata_builder_new_eager (1);
      StrataCall before = *call;

      strata_layer_call (c->layer, b, &before);
      g_assert_false (strata_builder_has_failed (b));
    }
}

static void
check_mode (Case       *c,
            JsonObject *expected,
            gboolean    training)
{
  g_autoptr (StrataBuilder) b = strata_builder_new_eager (1);
  JsonArray *outputs = json_object_get_array_member (expected, "outputs");
  StrataCall call = { .training = training };
  g_autoptr (GError) error = NULL;

  read_inputs (c, b);
  call.inputs = c->inputs;
  call.masks = c->masks;
  call.n_inputs = c->n_inputs;
  if (json_object_has_member (c->json, "arguments"))
    call.arguments = json_object_get_object_member (c->json, "arguments");
  if (!strata_layer_is_built (c->layer))
    {
      strata_layer_call (c->layer, b, &call);
      g_assert_true (strata_builder_take_error (b, &error) || error != NULL);
      if (error != NULL)
        {
          g_test_message ("%s case %u: %s", c->class_name, c->index, error->message);
          g_test_fail ();
          g_clear_pointer (&c->inputs, g_free);
          g_clear_pointer (&c->masks, g_free);
          return;
        }
    }
  else
    {
      if (!json_object_has_member (c->json, "adapt"))
        set_weights (c);
      call_before (c, &call);
      strata_layer_call (c->layer, b, &call);
      strata_builder_take_error (b, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (call.n_outputs, ==, json_array_get_length (outputs));
      for (guint i = 0; i < call.n_outputs; i++)
        check_numbers (c, "output", i, call.outputs[i]->tensor, json_array_get_object_element (outputs, i));
      check_masks (c, &call, expected);
      if (json_object_has_member (expected, "weight_grads"))
        {
          check_states (c, expected);
          check_gradients (c, b, &call, expected);
        }
    }
  g_clear_pointer (&c->inputs, g_free);
  g_clear_pointer (&c->masks, g_free);
}

/* What a layer learns beforehand must be what Keras's learned: its weights, and what its config says then. */
static void
adapt (Case *c)
{
  g_autoptr (StrataTensor) data = read_tensor (json_object_get_object_member (c->json, "adapt"));
  JsonArray *values = json_object_get_array_member (c->json, "weights");
  g_autoptr (GPtrArray) weights = NULL;
  g_autoptr (GError) error = NULL;

  strata_layer_adapt (c->layer, data, &error);
  g_assert_no_error (error);
  check_config (c, json_object_get_object_member (c->json, "adapted"));
  weights = strata_layer_dup_weights (c->layer);
  g_assert_cmpuint (weights->len, ==, json_array_get_length (values));
  for (guint i = 0; i < weights->len; i++)
    check_numbers (c, "weight", i, strata_variable_get_tensor (weights->pdata[i]),
                   json_array_get_object_element (values, i));
}

static void
check_case (const char *class_name,
            guint       index,
            JsonObject *json)
{
  JsonObject *config = json_object_get_object_member (json, "config");
  JsonObject *inference = json_object_get_object_member (json, "inference");
  Case c = { .class_name = class_name, .index = index, .json = json };
  JsonNode *training = json_object_get_member (json, "training");
  g_autoptr (GError) error = NULL;

  c.layer = strata_layer_new (class_name, config, &error);
  if (error != NULL)
    {
      g_test_message ("%s case %u: %s", class_name, index, error->message);
      g_test_fail ();
      return;
    }
  check_config (&c, config);
  if (json_object_has_member (json, "adapt"))
    adapt (&c);
  check_mode (&c, inference, FALSE);
  if (strata_layer_is_built (c.layer))
    {
      check_mode (&c, inference, FALSE);
      if (training != NULL)
        check_mode (&c, JSON_NODE_HOLDS_OBJECT (training) ? json_node_get_object (training) : inference, TRUE);
    }
  g_object_unref (c.layer);
}

static void
test_file (gconstpointer data)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  JsonObject *root;
  JsonArray *cases;
  const char *name;

  json_parser_load_from_file (parser, data, &error);
  g_assert_no_error (error);
  root = json_node_get_object (json_parser_get_root (parser));
  name = json_object_get_string_member (root, "class_name");
  cases = json_object_get_array_member (root, "cases");
  g_assert_cmpuint (json_array_get_length (cases), >, 0);
  for (guint i = 0; i < json_array_get_length (cases); i++)
    check_case (name, i, json_array_get_object_element (cases, i));
}

/* Layers with fewer than five cases: how many make sense. */
static const struct
{
  const char *name;
  guint n;
  const char *why;
} exceptions[] = {
  { "InputLayer", 0, "only tells a shape, which models test" },
  { "Wrapper", 0, "does nothing of its own in Keras" },
  { "Identity", 1, "has no parameters, and nothing to compute" },
};

static guint
get_n_wanted (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (exceptions); i++)
    if (g_str_equal (exceptions[i].name, name))
      return exceptions[i].n;
  return 5;
}

/* Every layer is compared with Keras in five configurations or more. */
static void
test_enough (void)
{
  for (const StrataObjectInfo *const *infos = strata_registry_list (STRATA_KIND_LAYER); *infos != NULL; infos++)
    {
      g_autofree char *file = g_strconcat ((*infos)->name, ".json", NULL);
      g_autofree char *path = g_test_build_filename (G_TEST_DIST, "golden", "layers", file, NULL);
      g_autoptr (JsonParser) parser = json_parser_new ();
      guint n = 0, wanted = get_n_wanted ((*infos)->name);

      if (json_parser_load_from_file (parser, path, NULL))
        n = json_array_get_length (json_object_get_array_member (json_node_get_object (json_parser_get_root (parser)),
                                                                 "cases"));
      if (n >= wanted)
        continue;
      g_test_message ("%s has %u golden cases, should have %u", (*infos)->name, n, wanted);
      g_test_fail ();
    }
}

static void
add_folder (const char *name)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "golden", name, NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *file;

  g_assert_nonnull (dir);
  while ((file = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_strdup_printf ("/layers/golden/%s/%.*s", name, (int) strcspn (file, "."), file);

      g_test_add_data_func_full (path, g_build_filename (folder, file, NULL), test_file, g_free);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/layers/golden/enough", test_enough);
  add_folder ("layers");
  add_folder ("options");
  add_folder ("precision");
  return g_test_run ();
}
