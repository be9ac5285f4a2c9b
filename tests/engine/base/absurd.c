/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What a file may say, and a person may type: sizes out of all proportion, nothing where a number is needed, a list for
 * a word. Whatever it is, it is taken or refused with a reason; that the program goes on is what is tested. */

#include "base/json.h"
#include "base/registry.h"
#include "layers/layer.h"
#include "losses/loss.h"
#include "metrics/metric.h"
#include "optimizers/optimizer.h"
#include "regularizers/regularizer.h"

#define HUGE_SIZE G_MAXINT32
#define MAX_INPUTS 8

static const char *const values[] = {
  "-1", "0", "2147483647", "1e300", "null", "[]", "[null]", "[2147483647,2147483647]", "\"x\"", "{}",
};

typedef struct
{
  StrataSpec specs[MAX_INPUTS];
  guint n;
} Inputs;

static JsonObject *
parse (const char *text)
{
  g_autoptr (JsonNode) node = strata_json_parse (text, strlen (text), NULL);

  return json_object_ref (json_node_get_object (node));
}

/* Such as "2,5,4;below<3:2,5": types and shapes, the batch open. */
static void
read_inputs (const StrataLayerInfo *info,
             Inputs                *inputs)
{
  g_auto (GStrv) parts = g_strsplit (info->sample_inputs != NULL ? info->sample_inputs : "3,4,4,4", ";", -1);

  for (inputs->n = 0; parts[inputs->n] != NULL; inputs->n++)
    {
      const char *part = parts[inputs->n], *colon = strchr (part, ':');
      g_auto (GStrv) sizes = g_strsplit (colon != NULL ? colon + 1 : part, ",", -1);
      StrataSpec *spec = &inputs->specs[inputs->n];

      *spec = (StrataSpec){ g_str_has_prefix (part, "text") ? STRATA_STRING
                            : colon != NULL && strchr (part, '<') != NULL ? STRATA_INT32 : STRATA_FLOAT32, { 0 } };
      for (guint i = 0; sizes[i] != NULL; i++)
        strata_shape_append (&spec->shape, i == 0 ? STRATA_UNKNOWN : g_ascii_strtoll (sizes[i], NULL, 10));
    }
}

static void
use_layer (StrataObject *object,
           const Inputs *inputs)
{
  StrataSpec outputs[STRATA_MAX_RESULTS];
  g_autoptr (GError) error = NULL;
  guint n;
  gboolean ok = strata_layer_infer (STRATA_LAYER (object), inputs->specs, inputs->n, outputs, &n, &error);

  g_assert_true (ok == (error == NULL));
  for (guint i = 0; ok && i < n; i++)
    for (int d = 0; d < outputs[i].shape.rank; d++)
      g_assert_cmpint (outputs[i].shape.dims[d], >=, STRATA_UNKNOWN);
}

static void
use (StrataKind    kind,
     StrataObject *object)
{
  const StrataShape *shape = &STRATA_SHAPE (4, 3);
  StrataBuilder *b = strata_builder_new_recording ();
  StrataValue *y = strata_builder_input (b, "y", STRATA_FLOAT32, shape);
  StrataValue *x = strata_builder_input (b, "x", STRATA_FLOAT32, shape);
  g_autoptr (StrataVariable) weight = strata_variable_new ("kernel", strata_tensor_new (STRATA_FLOAT32, shape), TRUE);
  g_autoptr (GPtrArray) weights = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (weights, weight);
  if (kind == STRATA_KIND_LOSS)
    strata_loss_compute (STRATA_LOSS (object), b, y, x, NULL, NULL);
  else if (kind == STRATA_KIND_METRIC && strata_metric_build (STRATA_METRIC (object), shape, &error))
    {
      strata_metric_update (STRATA_METRIC (object), b, y, x, NULL);
      strata_metric_result (STRATA_METRIC (object), b);
    }
  else if (kind == STRATA_KIND_OPTIMIZER && strata_optimizer_build (STRATA_OPTIMIZER (object), weights, &error))
    strata_optimizer_apply (STRATA_OPTIMIZER (object), b, &x);
  else if (kind == STRATA_KIND_REGULARIZER)
    strata_regularizer_penalty (STRATA_REGULARIZER (object), b, x);
  strata_builder_free (b);
}

static void
try_config (StrataKind              kind,
            const StrataObjectInfo *info,
            JsonObject             *config,
            const Inputs           *inputs)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataObject) object = strata_object_new (kind, info->name, config, &error);

  g_assert_true ((object != NULL) == (error == NULL));
  if (object == NULL)
    return;
  if (kind == STRATA_KIND_LAYER)
    use_layer (object, inputs);
  else
    use (kind, object);
}

/* Each parameter in turn, those that the kind has in common among them. */
static void
try_params (StrataKind              kind,
            const StrataObjectInfo *info,
            const Inputs           *inputs)
{
  g_autoptr (JsonObject) sample = parse (info->samples[0]);
  g_autoptr (StrataObject) object = strata_object_new (kind, info->name, sample, NULL);
  g_autoptr (JsonObject) whole = strata_object_get_config (object);
  g_autoptr (GList) names = json_object_get_members (whole);

  for (GList *l = names; l != NULL; l = l->next)
    for (guint i = 0; i < G_N_ELEMENTS (values); i++)
      {
        g_autoptr (JsonObject) config = parse (info->samples[0]);

        g_test_message ("%s(%s=%s)", info->name, (char *) l->data, values[i]);
        json_object_set_member (config, l->data, strata_json_parse (values[i], strlen (values[i]), NULL));
        try_config (kind, info, config, inputs);
      }
}

static void
try_sizes (const StrataObjectInfo *info,
           const Inputs           *inputs)
{
  static const gint64 sizes[] = { HUGE_SIZE, (gint64) HUGE_SIZE * HUGE_SIZE, 0, STRATA_UNKNOWN };
  g_autoptr (JsonObject) config = parse (info->samples[0]);

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (int axis = 0; axis < STRATA_MAX_RANK; axis++)
      {
        Inputs changed = *inputs;

        /* All of them first, then one at a time. */
        for (guint k = 0; k < changed.n; k++)
          for (int d = 1; d < changed.specs[k].shape.rank; d++)
            if (axis == 0 || axis == d)
              changed.specs[k].shape.dims[d] = sizes[i];
        g_test_message ("%s on %" G_GINT64_FORMAT " along %d", info->name, sizes[i], axis);
        try_config (STRATA_KIND_LAYER, info, config, &changed);
      }
}

static void
test_kind (gconstpointer data)
{
  StrataKind kind = GPOINTER_TO_UINT (data);

  for (const StrataObjectInfo *const *infos = strata_registry_list (kind); *infos != NULL; infos++)
    {
      Inputs inputs = { 0 };

      if (kind == STRATA_KIND_LAYER)
        {
          read_inputs ((const StrataLayerInfo *) *infos, &inputs);
          try_sizes (*infos, &inputs);
        }
      try_params (kind, *infos, &inputs);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/absurd/layers", GUINT_TO_POINTER (STRATA_KIND_LAYER), test_kind);
  g_test_add_data_func ("/absurd/losses", GUINT_TO_POINTER (STRATA_KIND_LOSS), test_kind);
  g_test_add_data_func ("/absurd/metrics", GUINT_TO_POINTER (STRATA_KIND_METRIC), test_kind);
  g_test_add_data_func ("/absurd/optimizers", GUINT_TO_POINTER (STRATA_KIND_OPTIMIZER), test_kind);
  g_test_add_data_func ("/absurd/regularizers", GUINT_TO_POINTER (STRATA_KIND_REGULARIZER), test_kind);
  return g_test_run ();
}
