/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "models/objective.h"

#include <glib/gi18n-lib.h>

#include "base/error.h"

typedef struct
{
  StrataObjective *objective;
  const char *const *output_names;
  const StrataShape *y_pred, *y_true; /* NULL while only names are checked */
  guint n_outputs;
} Resolver;

static void
loss_clear (gpointer data)
{
  StrataObjectiveLoss *loss = data;

  g_object_unref (loss->loss);
  g_free (loss->log_name);
}

static void
metric_clear (gpointer data)
{
  StrataObjectiveMetric *metric = data;

  g_object_unref (metric->metric);
  g_free (metric->log_name);
}

static StrataObjective *
objective_new (void)
{
  StrataObjective *self = g_new0 (StrataObjective, 1);

  self->losses = g_array_new (FALSE, TRUE, sizeof (StrataObjectiveLoss));
  g_array_set_clear_func (self->losses, loss_clear);
  self->metrics = g_array_new (FALSE, TRUE, sizeof (StrataObjectiveMetric));
  g_array_set_clear_func (self->metrics, metric_clear);
  return self;
}

void
strata_objective_free (StrataObjective *self)
{
  g_array_unref (self->losses);
  g_array_unref (self->metrics);
  g_free (self);
}

static gboolean
is_nothing (JsonNode *node)
{
  return node == NULL || JSON_NODE_HOLDS_NULL (node);
}

static gboolean
is_text (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING;
}

/* A dictionary by output, rather than one serialised object. */
static gboolean
is_dictionary (JsonNode *node)
{
  return JSON_NODE_HOLDS_OBJECT (node) && !json_object_has_member (json_node_get_object (node), "class_name");
}

/* The words that mean another class for other shapes: Keras's rule. */
static const char *
choose_class (Resolver   *self,
              guint       output,
              const char *binary,
              const char *sparse,
              const char *categorical)
{
  const StrataShape *y_pred, *y_true;
  gint64 pred_last, true_last;

  if (self->y_pred == NULL)
    return categorical;
  y_pred = &self->y_pred[output];
  y_true = &self->y_true[output];
  pred_last = y_pred->rank > 0 ? y_pred->dims[y_pred->rank - 1] : 1;
  true_last = y_true->rank > 0 ? y_true->dims[y_true->rank - 1] : 1;
  if (pred_last == 1)
    return binary;
  return y_true->rank < y_pred->rank || (true_last == 1 && pred_last > 1) ? sparse : categorical;
}

static StrataLoss *
resolve_loss (Resolver  *self,
              JsonNode  *node,
              guint      output,
              GError   **error)
{
  const char *word = is_text (node) ? json_node_get_string (node) : NULL;

  if (word != NULL && (g_ascii_strcasecmp (word, "crossentropy") == 0 || g_ascii_strcasecmp (word, "ce") == 0))
    return (StrataLoss *) strata_object_new (
      STRATA_KIND_LOSS,
      choose_class (self, output, "BinaryCrossentropy", "SparseCategoricalCrossentropy",
                    "CategoricalCrossentropy"), NULL, error);
  return (StrataLoss *) strata_object_deserialize (STRATA_KIND_LOSS, node, error);
}

static gboolean
add_loss (Resolver  *self,
          JsonNode  *node,
          double     weight,
          guint      output,
          GError   **error)
{
  StrataObjectiveLoss entry = { .output = output, .weight = weight };

  if (is_nothing (node))
    return TRUE;
  entry.loss = resolve_loss (self, node, output, error);
  if (entry.loss == NULL)
    return FALSE;
  if (self->n_outputs > 1)
    entry.log_name = g_strdup_printf ("%s_loss", self->output_names[output]);
  g_array_append_val (self->objective->losses, entry);
  return TRUE;
}

static gboolean
find_output (Resolver    *self,
             const char  *name,
             const char  *what,
             guint       *output,
             GError     **error)
{
  for (guint i = 0; i < self->n_outputs; i++)
    if (g_str_equal (self->output_names[i], name))
      {
        *output = i;
        return TRUE;
      }
  strata_set_error (error, STRATA_ERROR_NAME, self->n_outputs > 1
                      ? N_("%s names an output “%s” that the model does not have; it has “%s” and others")
                      : N_("%s names an output “%s” that the model does not have; it has “%s”"),
                    what, name, self->output_names[0]);
  return FALSE;
}

/* The entry for an output of something given once, as a list or by name. */
static JsonNode *
pick (Resolver *self,
      JsonNode *node,
      guint     output)
{
  if (is_nothing (node))
    return NULL;
  if (is_dictionary (node))
    return json_object_get_member (json_node_get_object (node), self->output_names[output]);
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *list = json_node_get_array (node);

      return output < json_array_get_length (list) ? json_array_get_element (list, output) : NULL;
    }
  return node;
}

static gboolean
check_names (Resolver    *self,
             JsonNode    *node,
             const char  *what,
             GError     **error)
{
  g_autoptr (GList) members = NULL;
  guint output;

  if (is_nothing (node))
    return TRUE;
  if (JSON_NODE_HOLDS_ARRAY (node) && g_str_equal (what, "loss") &&
      json_array_get_length (json_node_get_array (node)) != self->n_outputs)
    {
      strata_set_error (error, STRATA_ERROR_VALUE, "the model has %u outputs, but %u losses are given", self->n_outputs,
                        json_array_get_length (json_node_get_array (node)));
      return FALSE;
    }
  if (!is_dictionary (node))
    return TRUE;
  members = json_object_get_members (json_node_get_object (node));
  for (GList *l = members; l != NULL; l = l->next)
    if (!find_output (self, l->data, what, &output, error))
      return FALSE;
  return TRUE;
}

static gboolean
add_losses (Resolver    *self,
            JsonObject  *config,
            GError     **error)
{
  JsonNode *losses = json_object_get_member (config, "loss");
  JsonNode *weights = json_object_get_member (config, "loss_weights");

  if (!check_names (self, losses, "loss", error) || !check_names (self, weights, "loss_weights", error))
    return FALSE;
  for (guint i = 0; i < self->n_outputs; i++)
    {
      JsonNode *weight = pick (self, weights, i);
      double number = 1;

      if (weight != NULL && JSON_NODE_HOLDS_VALUE (weight))
        number = json_node_get_double (weight);
      if (!add_loss (self, pick (self, losses, i), number, i, error))
        return FALSE;
    }
  return TRUE;
}

static StrataMetric *
resolve_metric (Resolver  *self,
                JsonNode  *node,
                guint      output,
                GError   **error)
{
  const char *word = is_text (node) ? json_node_get_string (node) : NULL;
  StrataMetric *metric;

  if (word != NULL && (g_ascii_strcasecmp (word, "accuracy") == 0 || g_ascii_strcasecmp (word, "acc") == 0))
    metric = (StrataMetric *) strata_object_new (
      STRATA_KIND_METRIC,
      choose_class (self, output, "BinaryAccuracy", "SparseCategoricalAccuracy", "CategoricalAccuracy"), NULL,
      error);
  else
    metric = (StrataMetric *) strata_object_deserialize (STRATA_KIND_METRIC, node, error);
  if (metric != NULL && word != NULL)
    strata_metric_set_name (metric, word);
  return metric;
}

static gboolean
has_log_name (Resolver   *self,
              const char *name)
{
  for (guint i = 0; i < self->objective->metrics->len; i++)
    if (g_str_equal (g_array_index (self->objective->metrics, StrataObjectiveMetric, i).log_name, name))
      return TRUE;
  return FALSE;
}

/* Keras numbers metrics of one name, and marks weighted ones where both are there. */
static char *
choose_log_name (Resolver     *self,
                 StrataMetric *metric,
                 guint         output,
                 gboolean      weighted)
{
  g_autofree char *prefix = self->n_outputs > 1 ? g_strdup_printf ("%s_", self->output_names[output]) : g_strdup ("");
  char *name = g_strdup_printf ("%s%s", prefix, strata_metric_get_name (metric));
  g_autofree char *base = NULL;

  if (has_log_name (self, name) && weighted)
    {
      g_free (name);
      name = g_strdup_printf ("%sweighted_%s", prefix, strata_metric_get_name (metric));
    }
  base = g_strdup (name);
  for (guint i = 1; has_log_name (self, name); i++)
    {
      g_free (name);
      name = g_strdup_printf ("%s_%u", base, i);
    }
  return name;
}

static gboolean
add_metric (Resolver  *self,
            JsonNode  *node,
            guint      output,
            gboolean   weighted,
            GError   **error)
{
  StrataObjectiveMetric entry = { .output = output, .weighted = weighted };

  if (is_nothing (node))
    return TRUE;
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *list = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (list); i++)
        if (!add_metric (self, json_array_get_element (list, i), output, weighted, error))
          return FALSE;
      return TRUE;
    }

  entry.metric = resolve_metric (self, node, output, error);
  if (entry.metric == NULL)
    return FALSE;
  if (self->y_pred != NULL && !strata_metric_build (entry.metric, &self->y_pred[output], error))
    {
      g_object_unref (entry.metric);
      return FALSE;
    }
  entry.log_name = choose_log_name (self, entry.metric, output, weighted);
  g_array_append_val (self->objective->metrics, entry);
  return TRUE;
}

/* With one output all metrics are its own, however they are listed; with several
 * the list has an entry an output. */
static gboolean
add_metrics (Resolver  *self,
             JsonNode  *node,
             gboolean   weighted,
             GError   **error)
{
  if (is_nothing (node))
    return TRUE;
  if (!check_names (self, node, "metrics", error))
    return FALSE;
  if (self->n_outputs == 1 && !is_dictionary (node))
    return add_metric (self, node, 0, weighted, error);
  if (JSON_NODE_HOLDS_ARRAY (node) && json_array_get_length (json_node_get_array (node)) != self->n_outputs)
    {
      if (json_array_get_length (json_node_get_array (node)) == 0)
        return TRUE;
      strata_set_error (error, STRATA_ERROR_VALUE,
                        "the model has %u outputs: metrics must be a list with an entry for each, or name the outputs",
                        self->n_outputs);
      return FALSE;
    }
  for (guint i = 0; i < self->n_outputs; i++)
    if (!add_metric (self, pick (self, node, i), i, weighted, error))
      return FALSE;
  return TRUE;
}

/**
 * strata_objective_new: (skip)
 * @config: Keras's compile_config
 * @output_names: the model's
 * @y_pred: shapes of the model's outputs, the batch included
 * @y_true: shapes of the targets
 * @n_outputs: how many outputs
 *
 * Returns: (transfer full): losses and metrics, ready to be used
 */
StrataObjective *
strata_objective_new (JsonObject         *config,
                      const char *const  *output_names,
                      const StrataShape  *y_pred,
                      const StrataShape  *y_true,
                      guint               n_outputs,
                      GError            **error)
{
  g_autoptr (StrataObjective) self = objective_new ();
  Resolver resolver = { self, output_names, y_pred, y_true, n_outputs };

  if (!add_losses (&resolver, config, error) ||
      !add_metrics (&resolver, json_object_get_member (config, "metrics"), FALSE, error) ||
      !add_metrics (&resolver, json_object_get_member (config, "weighted_metrics"), TRUE, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * strata_objective_add_own: (skip)
 * @metrics: (element-type StrataMetric): those that a model's own steps tell of each batch
 */
gboolean
strata_objective_add_own (StrataObjective  *self,
                          GPtrArray        *metrics,
                          GError          **error)
{
  Resolver resolver = { .objective = self };

  for (guint i = 0; i < metrics->len; i++)
    {
      StrataObjectiveMetric entry = { .metric = g_ptr_array_index (metrics, i), .own = TRUE };

      if (!strata_metric_build (entry.metric, &STRATA_SCALAR, error))
        return FALSE;
      g_object_ref (entry.metric);
      entry.log_name = choose_log_name (&resolver, entry.metric, 0, FALSE);
      g_array_append_val (self->metrics, entry);
    }
  return TRUE;
}

/**
 * strata_objective_reset_metrics: (skip)
 *
 * Forgets all batches.
 */
void
strata_objective_reset_metrics (StrataObjective *self)
{
  for (guint i = 0; i < self->metrics->len; i++)
    strata_metric_reset (g_array_index (self->metrics, StrataObjectiveMetric, i).metric);
}

/**
 * strata_objective_forget_values: (skip)
 *
 * Begins a new recording.
 */
void
strata_objective_forget_values (StrataObjective *self)
{
  for (guint i = 0; i < self->losses->len; i++)
    g_array_index (self->losses, StrataObjectiveLoss, i).value = NULL;
}

static gboolean
check_entry (Resolver  *self,
             JsonNode  *node,
             gboolean   is_metric,
             GError   **error)
{
  g_autoptr (GObject) object = NULL;

  if (is_nothing (node))
    return TRUE;
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
        if (!check_entry (self, json_array_get_element (json_node_get_array (node), i), is_metric, error))
          return FALSE;
      return TRUE;
    }
  if (is_dictionary (node))
    {
      g_autoptr (GList) values = json_object_get_values (json_node_get_object (node));

      for (GList *l = values; l != NULL; l = l->next)
        if (!check_entry (self, l->data, is_metric, error))
          return FALSE;
      return TRUE;
    }
  object = is_metric ? (GObject *) resolve_metric (self, node, 0, error)
                     : (GObject *) resolve_loss (self, node, 0, error);
  return object != NULL;
}

/**
 * strata_objective_check: (skip)
 *
 * Returns: whether every loss and metric that @config names is known
 */
gboolean
strata_objective_check (JsonObject  *config,
                        GError     **error)
{
  Resolver resolver = { 0 };

  return check_entry (&resolver, json_object_get_member (config, "loss"), FALSE, error) &&
         check_entry (&resolver, json_object_get_member (config, "metrics"), TRUE, error) &&
         check_entry (&resolver, json_object_get_member (config, "weighted_metrics"), TRUE, error);
}

static gboolean
is_empty (JsonNode *node)
{
  return is_nothing (node) ||
         (JSON_NODE_HOLDS_ARRAY (node) && json_array_get_length (json_node_get_array (node)) == 0) ||
         (JSON_NODE_HOLDS_OBJECT (node) && json_object_get_size (json_node_get_object (node)) == 0);
}

/**
 * strata_objective_needs_targets: (skip)
 * @config: Keras's compile_config
 *
 * Returns: whether it has a loss or metrics, which compare predictions with targets
 */
gboolean
strata_objective_needs_targets (JsonObject *config)
{
  return !is_empty (json_object_get_member (config, "loss")) ||
         !is_empty (json_object_get_member (config, "metrics")) ||
         !is_empty (json_object_get_member (config, "weighted_metrics"));
}
