/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "models/model.h"

#include <string.h>

#include "models/model-private.h"

typedef struct
{
  char **names;
  StrataSpec *specs;
  guint n;
} Ports;

typedef struct
{
  Ports inputs, outputs;
  JsonObject *compile_config;
  StrataOptimizer *optimizer;
  StrataObjective *objective;
  GPtrArray *metrics; /* (element-type StrataMetric): its own, besides those it was compiled with */
  GPtrArray *passes;
  guint64 signature;
  guint64 n_steps;
  gboolean stopped;
  guint profile_every;
  gint64 initial_epoch;
} StrataModelPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (StrataModel, strata_model, STRATA_TYPE_LAYER)

static StrataModelPrivate *
get_private (StrataModel *self)
{
  return strata_model_get_instance_private (self);
}

static void
ports_clear (Ports *ports)
{
  g_clear_pointer (&ports->names, g_strfreev);
  g_clear_pointer (&ports->specs, g_free);
  ports->n = 0;
}

static void
ports_set (Ports             *ports,
           const char *const *names,
           const StrataSpec  *specs,
           guint              n)
{
  char **copies = g_new0 (char *, n + 1);
  StrataSpec *kept = n > 0 ? g_memdup2 (specs, n * sizeof specs[0]) : NULL;

  for (guint i = 0; i < n; i++)
    copies[i] = g_strdup (names[i]);
  ports_clear (ports);
  *ports = (Ports){ copies, kept, n };
}

static void
strata_model_finalize (GObject *object)
{
  StrataModelPrivate *priv = get_private (STRATA_MODEL (object));

  ports_clear (&priv->inputs);
  ports_clear (&priv->outputs);
  g_ptr_array_unref (priv->metrics);
  g_ptr_array_unref (priv->passes);
  g_clear_pointer (&priv->compile_config, json_object_unref);
  g_clear_pointer (&priv->objective, strata_objective_free);
  g_clear_object (&priv->optimizer);

  G_OBJECT_CLASS (strata_model_parent_class)->finalize (object);
}

static void
strata_model_class_init (StrataModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_model_finalize;
  klass->train_step = strata_model_real_train_step;
  klass->test_step = strata_model_real_test_step;
}

static void
strata_model_init (StrataModel *self)
{
  StrataModelPrivate *priv = get_private (self);

  priv->metrics = g_ptr_array_new_with_free_func (g_object_unref);
  priv->passes = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_pass_free);
}

/* Structure */

guint
strata_model_get_n_layers (StrataModel *self)
{
  return strata_layer_get_n_children (STRATA_LAYER (self));
}

/**
 * strata_model_get_layer:
 *
 * Returns: (transfer none): a layer, in the order Keras's `model.layers` has
 */
StrataLayer *
strata_model_get_layer (StrataModel *self,
                        guint        i)
{
  return strata_layer_get_child (STRATA_LAYER (self), i, NULL);
}

/**
 * strata_model_find_layer:
 *
 * Returns: (transfer none) (nullable): the layer called @name
 */
StrataLayer *
strata_model_find_layer (StrataModel *self,
                         const char  *name)
{
  for (guint i = 0; i < strata_model_get_n_layers (self); i++)
    if (g_str_equal (strata_layer_get_name (strata_model_get_layer (self, i)), name))
      return strata_model_get_layer (self, i);
  return NULL;
}

guint
strata_model_get_n_inputs (StrataModel *self)
{
  return get_private (self)->inputs.n;
}

const char *
strata_model_get_input_name (StrataModel *self,
                             guint        i)
{
  return get_private (self)->inputs.names[i];
}

/**
 * strata_model_get_input_spec: (skip)
 */
const StrataSpec *
strata_model_get_input_spec (StrataModel *self,
                             guint        i)
{
  return &get_private (self)->inputs.specs[i];
}

guint
strata_model_get_n_outputs (StrataModel *self)
{
  return get_private (self)->outputs.n;
}

const char *
strata_model_get_output_name (StrataModel *self,
                              guint        i)
{
  return get_private (self)->outputs.names[i];
}

/**
 * strata_model_get_output_spec: (skip)
 */
const StrataSpec *
strata_model_get_output_spec (StrataModel *self,
                              guint        i)
{
  return &get_private (self)->outputs.specs[i];
}

/**
 * strata_model_set_inputs: (skip)
 *
 * For classes that derive: what the model takes.
 */
void
strata_model_set_inputs (StrataModel       *self,
                         const char *const *names,
                         const StrataSpec  *specs,
                         guint              n)
{
  ports_set (&get_private (self)->inputs, names, specs, n);
}

/**
 * strata_model_set_outputs: (skip)
 *
 * For classes that derive: what the model returns.
 */
void
strata_model_set_outputs (StrataModel       *self,
                          const char *const *names,
                          const StrataSpec  *specs,
                          guint              n)
{
  ports_set (&get_private (self)->outputs, names, specs, n);
}

/* Compiling */

static StrataOptimizer *
make_optimizer (JsonObject  *config,
                GError     **error)
{
  JsonNode *node = json_object_get_member (config, "optimizer");
  g_autoptr (JsonNode) fallback = NULL;

  /* Keras's compile() without an optimizer means rmsprop. */
  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    node = fallback = json_from_string ("\"rmsprop\"", NULL);
  return (StrataOptimizer *) strata_object_deserialize (STRATA_KIND_OPTIMIZER, node, error);
}

/**
 * strata_model_compile:
 * @config: what Keras calls a compile config: optimizer, loss, loss_weights,
 *   metrics and weighted_metrics, each in any of the forms that Keras takes
 *
 * Tells the model what it is trained for. The optimizer begins anew.
 */
gboolean
strata_model_compile (StrataModel  *self,
                      JsonObject   *config,
                      GError      **error)
{
  StrataModelPrivate *priv = get_private (self);
  g_autoptr (StrataOptimizer) optimizer = make_optimizer (config, error);

  if (optimizer == NULL || !strata_objective_check (config, error))
    return FALSE;

  strata_model_invalidate (self);
  g_clear_pointer (&priv->objective, strata_objective_free);
  g_set_object (&priv->optimizer, optimizer);
  json_object_ref (config);
  g_clear_pointer (&priv->compile_config, json_object_unref);
  priv->compile_config = config;
  return TRUE;
}

/**
 * strata_model_compile_with:
 * @optimizer: such as "adam" or "SGD(learning_rate=0.1, momentum=0.9)"
 * @loss: (nullable): such as "mse"; %NULL for a model that has a step of its own or losses inside
 * @metrics: (nullable): names, separated by commas
 *
 * As strata_model_compile(), from words.
 */
gboolean
strata_model_compile_with (StrataModel  *self,
                           const char   *optimizer,
                           const char   *loss,
                           const char   *metrics,
                           GError      **error)
{
  g_autoptr (JsonObject) config = json_object_new ();
  g_autoptr (StrataObject) made = strata_object_new_from_text (STRATA_KIND_OPTIMIZER, optimizer, error);
  g_auto (GStrv) names = g_strsplit (metrics != NULL ? metrics : "", ",", -1);
  JsonArray *list = json_array_new ();

  json_object_set_array_member (config, "metrics", list);
  if (made == NULL)
    return FALSE;
  for (guint i = 0; names[i] != NULL; i++)
    if (*g_strstrip (names[i]) != '\0')
      json_array_add_string_element (list, names[i]);
  json_object_set_member (config, "optimizer", strata_object_serialize (made));
  if (loss != NULL && strchr (loss, '(') != NULL)
    {
      g_autoptr (StrataObject) object = strata_object_new_from_text (STRATA_KIND_LOSS, loss, error);

      if (object == NULL)
        return FALSE;
      json_object_set_member (config, "loss", strata_object_serialize (object));
    }
  else if (loss != NULL)
    json_object_set_string_member (config, "loss", loss);
  return strata_model_compile (self, config, error);
}

gboolean
strata_model_is_compiled (StrataModel *self)
{
  return get_private (self)->compile_config != NULL;
}

/**
 * strata_model_get_compile_config:
 *
 * Returns: (transfer none) (nullable): what the model was compiled with
 */
JsonObject *
strata_model_get_compile_config (StrataModel *self)
{
  return get_private (self)->compile_config;
}

/**
 * strata_model_get_optimizer:
 *
 * Returns: (transfer none) (nullable): its optimizer, once compiled
 */
StrataOptimizer *
strata_model_get_optimizer (StrataModel *self)
{
  return get_private (self)->optimizer;
}

/* What training needs */

StrataObjective *
strata_model_get_objective (StrataModel *self)
{
  return get_private (self)->objective;
}

static void
get_batch_spec (StrataSource *source,
                guint         array,
                StrataSpec   *spec)
{
  strata_source_get_spec (source, array, &spec->dtype, &spec->shape);
  strata_shape_insert (&spec->shape, 0, STRATA_UNKNOWN);
}

/* Where shapes were open until now, the data decides. */
gboolean
strata_model_ensure_built (StrataModel   *self,
                           StrataSource  *x,
                           GError       **error)
{
  StrataModelPrivate *priv = get_private (self);
  guint n = strata_source_get_n_arrays (x), n_outputs;
  g_autofree StrataSpec *specs = g_new (StrataSpec, MAX (n, 1));
  g_autofree StrataSpec *outputs = g_new (StrataSpec, STRATA_MAX_RESULTS);

  if (strata_layer_is_built (STRATA_LAYER (self)) && priv->outputs.n > 0)
    return TRUE;
  for (guint i = 0; i < n; i++)
    {
      get_batch_spec (x, i, &specs[i]);
      if (specs[i].dtype == STRATA_UINT8 || specs[i].dtype == STRATA_FLOAT64)
        specs[i].dtype = STRATA_FLOAT32;
    }
  if (!strata_layer_infer (STRATA_LAYER (self), specs, n, outputs, &n_outputs, error))
    return FALSE;

  if (priv->inputs.n == 0)
    {
      g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

      for (guint i = 0; i < n; i++)
        g_ptr_array_add (names, g_strdup_printf (i == 0 ? "input" : "input_%u", i));
      strata_model_set_inputs (self, (const char *const *) names->pdata, specs, n);
    }
  if (priv->outputs.n == 0)
    {
      g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

      for (guint i = 0; i < n_outputs; i++)
        g_ptr_array_add (names, g_strdup_printf ("output_%u", i + 1));
      strata_model_set_outputs (self, (const char *const *) names->pdata, outputs, n_outputs);
    }
  return TRUE;
}

gboolean
strata_model_ensure_objective (StrataModel   *self,
                               StrataSource  *y,
                               GError       **error)
{
  StrataModelPrivate *priv = get_private (self);
  guint n = priv->outputs.n;
  g_autofree StrataShape *y_pred = g_new (StrataShape, MAX (n, 1)), *y_true = g_new (StrataShape, MAX (n, 1));

  if (priv->compile_config == NULL)
    {
      strata_set_error (error, STRATA_ERROR_STATE, "the model must be compiled first: give it an optimizer and a loss");
      return FALSE;
    }
  if (y == NULL && strata_objective_needs_targets (priv->compile_config))
    {
      strata_set_error (error, STRATA_ERROR_DATA, "there are no targets, but the model was compiled with a loss or "
                        "metrics that compare with them");
      return FALSE;
    }
  if (y != NULL && strata_source_get_n_arrays (y) != n)
    {
      strata_set_error (error, STRATA_ERROR_DATA, "the model has %u outputs, but there are targets for %u", n,
                        strata_source_get_n_arrays (y));
      return FALSE;
    }
  if (priv->objective != NULL)
    return TRUE;

  for (guint i = 0; i < n; i++)
    {
      StrataSpec spec = priv->outputs.specs[i];

      y_pred[i] = spec.shape;
      if (y != NULL)
        get_batch_spec (y, i, &spec);
      y_true[i] = spec.shape;
    }
  priv->objective = strata_objective_new (priv->compile_config, (const char *const *) priv->outputs.names, y_pred,
                                          y_true, n, error);
  return priv->objective != NULL && strata_objective_add_own (priv->objective, priv->metrics, error);
}

/**
 * strata_model_add_metric:
 * @metric: told of each batch by `train_step` and `test_step`, such as a `Mean`
 *
 * Adds a metric of the model's own: it begins anew with each epoch, and logs have it under its name.
 */
void
strata_model_add_metric (StrataModel  *self,
                         StrataMetric *metric)
{
  StrataModelPrivate *priv = get_private (self);

  g_ptr_array_add (priv->metrics, g_object_ref (metric));
  g_clear_pointer (&priv->objective, strata_objective_free);
  strata_model_invalidate (self);
}

/* Changes when layers are frozen or thawed: programs made before are of no use then. */
static guint64
get_signature (StrataLayer *layer)
{
  guint64 signature = strata_layer_get_trainable (layer) ? 3 : 5;

  for (guint i = 0; i < strata_layer_get_n_children (layer); i++)
    signature = signature * 1099511628211u + get_signature (strata_layer_get_child (layer, i, NULL));
  return signature;
}

/* Few shapes are kept: series of any length would otherwise fill the memory. */
#define MAX_PASSES 12

StrataPass *
strata_model_get_pass (StrataModel       *self,
                       StrataMode         mode,
                       gint64             n,
                       const StrataFeed  *feed,
                       GError           **error)
{
  StrataModelPrivate *priv = get_private (self);
  guint64 signature = get_signature (STRATA_LAYER (self));
  StrataPass *pass;

  if (signature != priv->signature)
    strata_model_invalidate (self);
  priv->signature = signature;
  for (guint i = 0; i < priv->passes->len; i++)
    if (strata_pass_fits (g_ptr_array_index (priv->passes, i), mode, n, feed))
      return g_ptr_array_index (priv->passes, i);

  pass = strata_layer_check_learned (STRATA_LAYER (self), error) ? strata_pass_new (mode, n, feed, error) : NULL;
  if (pass == NULL)
    return NULL;
  strata_pass_set_profiling (pass, priv->profile_every);
  if (priv->passes->len >= MAX_PASSES)
    g_ptr_array_remove_index (priv->passes, 0);
  g_ptr_array_add (priv->passes, pass);
  return pass;
}

guint64
strata_model_next_step (StrataModel *self)
{
  return get_private (self)->n_steps++;
}

/**
 * strata_model_invalidate:
 *
 * Forgets the programs made for the model, after its layers were changed.
 */
void
strata_model_invalidate (StrataModel *self)
{
  g_ptr_array_set_size (get_private (self)->passes, 0);
}

/**
 * strata_model_set_profiling: (skip)
 * @every: as for strata_program_set_profiling()
 *
 * Begins or ends measuring what each step of the model's programs takes.
 */
void
strata_model_set_profiling (StrataModel *self,
                            guint        every)
{
  StrataModelPrivate *priv = get_private (self);

  priv->profile_every = every;
  for (guint i = 0; i < priv->passes->len; i++)
    strata_pass_set_profiling (g_ptr_array_index (priv->passes, i), every);
}

/**
 * strata_model_profile: (skip)
 * @func: called for each step of each program, in order, before it for bringing samples
 *
 * Tells what was measured since profiling began.
 */
void
strata_model_profile (StrataModel       *self,
                      StrataProfileFunc  func,
                      gpointer           user_data)
{
  StrataModelPrivate *priv = get_private (self);

  for (guint i = 0; i < priv->passes->len; i++)
    strata_pass_profile (g_ptr_array_index (priv->passes, i), func, user_data);
}

void
strata_model_begin_training (StrataModel *self)
{
  get_private (self)->stopped = FALSE;
  get_private (self)->initial_epoch = 0;
}

gint64
strata_model_get_initial_epoch (StrataModel *self)
{
  return get_private (self)->initial_epoch;
}

/**
 * strata_model_set_initial_epoch:
 * @epoch: from 0
 *
 * For callbacks, when training begins: makes fit() go on from there.
 */
void
strata_model_set_initial_epoch (StrataModel *self,
                                gint64       epoch)
{
  get_private (self)->initial_epoch = epoch;
}

/**
 * strata_model_stop_training:
 *
 * For callbacks: makes fit() end after this epoch.
 */
void
strata_model_stop_training (StrataModel *self)
{
  get_private (self)->stopped = TRUE;
}

gboolean
strata_model_has_stopped (StrataModel *self)
{
  return get_private (self)->stopped;
}

/**
 * strata_model_get_metric_mode:
 * @log_name: a name from the logs, with or without `val_`
 *
 * Returns: (nullable): "max" or "min", whichever is better, or %NULL where it is not known
 */
const char *
strata_model_get_metric_mode (StrataModel *self,
                              const char  *log_name)
{
  StrataObjective *objective = get_private (self)->objective;
  const char *name = g_str_has_prefix (log_name, "val_") ? log_name + 4 : log_name;

  if (g_str_equal (name, "loss") || g_str_has_suffix (name, "_loss"))
    return "min";
  for (guint i = 0; objective != NULL && i < objective->metrics->len; i++)
    {
      StrataObjectiveMetric *metric = &g_array_index (objective->metrics, StrataObjectiveMetric, i);

      if (g_str_equal (metric->log_name, name))
        return STRATA_METRIC_GET_CLASS (metric->metric)->maximise ? "max" : "min";
    }
  return NULL;
}
