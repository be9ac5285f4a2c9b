/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/json.h"
#include "metrics/confusion.h"
#include "ops/elementwise.h"
#include "ops/reduce.h"
#include "ops/shaping.h"

typedef struct
{
  StrataMetric parent;
  gint64 num_thresholds;
  char *curve, *summation_method;
  gboolean multi_label;
  gint64 num_labels;
  JsonNode *label_weights, *thresholds;
  gboolean from_logits;
  StrataConfusion confusion;
} Auc;

static const StrataParam params[] = {
  STRATA_PARAM (INT, Auc, num_thresholds, "200", .minimum = 2, .maximum = 100000, .soft_minimum = 10,
                .soft_maximum = 1000, .title = "Thresholds", .description = "How many points the curve has"),
  STRATA_PARAM (CHOICE, Auc, curve, "\"ROC\"", .choices = STRATA_CHOICES ("ROC", "PR", "PRGAIN", "roc", "pr", "prgain"),
                .title = "Curve", .description = "True over false positives (ROC), or precision over recall (PR)"),
  STRATA_PARAM (CHOICE, Auc, summation_method, "\"interpolation\"",
                .choices = STRATA_CHOICES ("interpolation", "minoring", "majoring"),
                .title = "Summation", .description = "Whether points are joined, or the lower or the upper is taken"),
  STRATA_PARAM (BOOL, Auc, multi_label, "false", .title = "Label by label",
                .description = "Whether each label has a curve of its own, and the areas are averaged"),
  STRATA_PARAM (INT, Auc, num_labels, "null", .nullable = TRUE, .minimum = 1, .maximum = G_MAXINT32, .title = "Labels",
                .description = "How many labels there are"),
  STRATA_PARAM (JSON, Auc, label_weights, "null", .nullable = TRUE, .title = "Label weights",
                .description = "How much each label counts"),
  STRATA_PARAM (BOOL, Auc, from_logits, "false", .title = "From logits",
                .description = "Whether predictions are scores rather than probabilities"),
  STRATA_PARAM (JSON, Auc, thresholds, "null", .nullable = TRUE, .omit_default = TRUE, .title = "Threshold list",
                .description = "The thresholds between 0 and 1, where they are not to be even"),
  { NULL },
};

/* The list that is given has an end put to both sides. */
static gboolean
set_listed (Auc     *self,
            GError **error)
{
  float first = -1e-7f, last = 1 + 1e-7f;
  GArray *thresholds;
  gboolean is_even = TRUE;

  if (!strata_confusion_set_thresholds (&self->confusion, self->thresholds, 0.5, error))
    return FALSE;
  thresholds = self->confusion.thresholds;
  for (guint i = 0; i < thresholds->len; i++)
    is_even &= ABS (g_array_index (thresholds, float, i) - (i + 1.0f) / (thresholds->len + 1)) < 1e-6f;
  g_array_prepend_val (thresholds, first);
  g_array_append_val (thresholds, last);
  self->num_thresholds = thresholds->len;
  self->confusion.kind = is_even ? STRATA_THRESHOLDS_EVEN_WIDER : STRATA_THRESHOLDS_RISING;
  return TRUE;
}

/* Keras sorts the thresholds, and wraps the weights of labels as a tensor. */
static void
tidy_lists (Auc *self)
{
  if (self->thresholds != NULL)
    {
      g_autoptr (JsonArray) sorted = json_array_new ();
      JsonNode *node = json_node_new (JSON_NODE_ARRAY);

      for (guint i = 1; i + 1 < self->confusion.thresholds->len; i++)
        {
          JsonArray *given = json_node_get_array (self->thresholds);
          gint place = g_array_index (self->confusion.order, gint, i - 1);

          json_array_add_double_element (sorted, json_array_get_double_element (given, place));
        }
      json_node_set_array (node, sorted);
      json_node_unref (self->thresholds);
      self->thresholds = node;
    }
  if (self->label_weights != NULL && JSON_NODE_HOLDS_OBJECT (self->label_weights))
    {
      JsonObject *object = json_node_get_object (self->label_weights);
      JsonNode *config = json_object_get_member (object, "config");
      JsonNode *value = config != NULL && JSON_NODE_HOLDS_OBJECT (config)
                        ? json_object_get_member (json_node_get_object (config), "value") : NULL;
      JsonNode *node = value != NULL ? json_node_copy (value) : NULL;

      g_clear_pointer (&self->label_weights, json_node_unref);
      self->label_weights = node;
    }
}

static gboolean
are_numbers (JsonNode *node)
{
  JsonArray *list = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    if (!strata_json_is_number (json_array_get_element (list, i)))
      return FALSE;
  return list != NULL;
}

static gboolean
auc_configured (StrataObject  *object,
                GError       **error)
{
  Auc *self = (Auc *) object;
  char *upper = g_ascii_strup (self->curve, -1);

  g_free (self->curve);
  self->curve = upper;
  self->confusion.top_k = self->confusion.class_id = STRATA_NONE_INT;
  self->confusion.by_label = self->multi_label;
  if (self->thresholds == NULL)
    strata_confusion_set_even (&self->confusion, self->num_thresholds, TRUE);
  else if (!JSON_NODE_HOLDS_ARRAY (self->thresholds))
    {
      strata_set_error (error, STRATA_ERROR_VALUE, "thresholds must be a list of numbers from 0 to 1");
      return FALSE;
    }
  else if (!set_listed (self, error))
    return FALSE;
  tidy_lists (self);
  if (self->label_weights != NULL && !are_numbers (self->label_weights))
    {
      strata_set_error (error, STRATA_ERROR_VALUE, "label_weights must be a list of numbers");
      return FALSE;
    }
  return TRUE;
}

static void
auc_finalize (StrataObject *object)
{
  strata_confusion_clear (&((Auc *) object)->confusion);
}

static gboolean
auc_build (StrataMetric       *metric,
           const StrataShape  *y_pred,
           GError            **error)
{
  Auc *self = (Auc *) metric;
  StrataShape shape = STRATA_SHAPE (self->confusion.thresholds->len, 1);

  if (self->multi_label && y_pred->rank != 2)
    {
      strata_set_error (error, STRATA_ERROR_SHAPE,
                        "AUC label by label is for predictions (samples, labels), not of %d dimensions", y_pred->rank);
      return FALSE;
    }
  if (self->multi_label)
    shape.dims[1] = y_pred->dims[1];
  strata_metric_add_state (metric, "true_positives", &shape);
  strata_metric_add_state (metric, "false_positives", &shape);
  strata_metric_add_state (metric, "true_negatives", &shape);
  strata_metric_add_state (metric, "false_negatives", &shape);
  return TRUE;
}

static StrataValue *
get_label_weights (Auc           *self,
                   StrataBuilder *b)
{
  JsonArray *list = json_node_get_array (self->label_weights);
  guint n = json_array_get_length (list);
  StrataTensor *tensor = strata_tensor_new (STRATA_FLOAT32, &STRATA_SHAPE (n));

  for (guint i = 0; i < n; i++)
    strata_tensor_get_floats (tensor)[i] = json_array_get_double_element (list, i);
  return strata_builder_constant (b, tensor);
}

static void
auc_update (StrataMetric  *metric,
            StrataBuilder *b,
            StrataValue   *y_true,
            StrataValue   *y_pred,
            StrataValue   *weights)
{
  Auc *self = (Auc *) metric;
  GPtrArray *states = strata_metric_get_states (metric);
  StrataConfusionCounts counts;

  if (self->from_logits)
    y_pred = strata_sigmoid (b, y_pred);
  if (self->label_weights != NULL && !self->multi_label)
    {
      StrataValue *by_label = strata_broadcast_to (b, get_label_weights (self, b), &y_pred->shape);

      weights = weights == NULL ? by_label : strata_multiply (b, by_label, y_pred->shape.rank > weights->shape.rank
                                                              ? strata_expand_dims (b, weights, -1) : weights);
    }
  strata_confusion_count (&self->confusion, b, y_true, y_pred, weights, &counts);
  strata_metric_add_to (b, g_ptr_array_index (states, 0), counts.true_positives);
  strata_metric_add_to (b, g_ptr_array_index (states, 1), counts.false_positives);
  strata_metric_add_to (b, g_ptr_array_index (states, 2), counts.true_negatives);
  strata_metric_add_to (b, g_ptr_array_index (states, 3), counts.false_negatives);
}

static StrataValue *
all_but_last (StrataBuilder *b,
              StrataValue   *x)
{
  return strata_slice (b, x, 0, 0, x->shape.dims[0] - 1);
}

static StrataValue *
all_but_first (StrataBuilder *b,
               StrataValue   *x)
{
  return strata_slice (b, x, 0, 1, x->shape.dims[0] - 1);
}

/* Between points of a PR curve true positives, not precision, grow evenly (Davis and Goadrich, 2006). */
static StrataValue *
get_pr_areas (StrataBuilder *b,
              StrataValue   *tp,
              StrataValue   *fp,
              StrataValue   *fn)
{
  StrataValue *zero = strata_builder_scalar (b, 0), *one = strata_builder_scalar (b, 1);
  StrataValue *p = strata_add (b, tp, fp), *from = all_but_last (b, p), *to = all_but_first (b, p);
  StrataValue *tp_to = all_but_first (b, tp);
  StrataValue *gain = strata_subtract (b, all_but_last (b, tp), tp_to);
  StrataValue *slope = strata_divide_no_nan (b, gain, strata_maximum (b, strata_subtract (b, from, to), zero));
  StrataValue *start = strata_subtract (b, tp_to, strata_multiply (b, slope, to));
  StrataValue *both = strata_logical_and (b, strata_greater (b, from, zero), strata_greater (b, to, zero));
  StrataValue *ratio = strata_where (b, both, strata_divide_no_nan (b, from, strata_maximum (b, to, zero)), one);
  StrataValue *area = strata_multiply (b, slope,
                                       strata_add (b, gain, strata_multiply (b, start, strata_log (b, ratio))));

  return strata_divide_no_nan (b, area, strata_maximum (b, strata_add (b, tp_to, all_but_first (b, fn)), zero));
}

/* Flach and Kull, 2015. */
static void
get_gain_curve (StrataBuilder  *b,
                StrataValue    *tp,
                StrataValue    *fp,
                StrataValue    *tn,
                StrataValue    *fn,
                StrataValue   **x,
                StrataValue   **y)
{
  StrataValue *zero = strata_builder_scalar (b, 0), *one = strata_builder_scalar (b, 1);
  StrataValue *odds = strata_divide_no_nan (b, strata_add (b, tp, fn), strata_add (b, tn, fp));
  StrataValue *none = strata_equal (b, tp, zero);

  *x = strata_subtract (b, one, strata_multiply (b, odds, strata_divide_no_nan (b, fn, tp)));
  *y = strata_subtract (b, one, strata_multiply (b, odds, strata_divide_no_nan (b, fp, tp)));
  *x = strata_maximum (b, strata_where (b, none, zero, *x), zero);
  *y = strata_where (b, none, one, *y);
}

static StrataValue *
get_areas (Auc           *self,
           StrataBuilder *b,
           StrataValue   *x,
           StrataValue   *y)
{
  StrataValue *left = all_but_last (b, y), *right = all_but_first (b, y), *height;

  if (g_str_equal (self->summation_method, "interpolation"))
    height = strata_scale (b, strata_add (b, left, right), 0.5);
  else if (g_str_equal (self->summation_method, "minoring"))
    height = strata_minimum (b, left, right);
  else
    height = strata_maximum (b, left, right);
  return strata_multiply (b, strata_subtract (b, all_but_last (b, x), all_but_first (b, x)), height);
}

/* The area of each label's curve becomes one number. */
static StrataValue *
sum_up (Auc           *self,
        StrataBuilder *b,
        StrataValue   *areas)
{
  StrataValue *by_label = strata_reduce_sum (b, areas, STRATA_AXIS (0), FALSE), *weights;

  if (!self->multi_label || self->label_weights == NULL)
    return strata_reduce_mean (b, by_label, STRATA_ALL_AXES, FALSE);
  weights = get_label_weights (self, b);
  return strata_divide_no_nan (b, strata_reduce_sum (b, strata_multiply (b, by_label, weights), STRATA_ALL_AXES, FALSE),
                               strata_reduce_sum (b, weights, STRATA_ALL_AXES, FALSE));
}

static StrataValue *
auc_result (StrataMetric  *metric,
            StrataBuilder *b)
{
  Auc *self = (Auc *) metric;
  GPtrArray *states = strata_metric_get_states (metric);
  StrataValue *tp = strata_builder_read (b, g_ptr_array_index (states, 0));
  StrataValue *fp = strata_builder_read (b, g_ptr_array_index (states, 1));
  StrataValue *tn = strata_builder_read (b, g_ptr_array_index (states, 2));
  StrataValue *fn = strata_builder_read (b, g_ptr_array_index (states, 3));
  StrataValue *x = strata_confusion_ratio (b, tp, fn), *y = x;

  if (g_str_equal (self->curve, "PR") && g_str_equal (self->summation_method, "interpolation"))
    return sum_up (self, b, get_pr_areas (b, tp, fp, fn));
  if (g_str_equal (self->curve, "ROC"))
    x = strata_confusion_ratio (b, fp, tn);
  else if (g_str_equal (self->curve, "PR"))
    y = strata_confusion_ratio (b, tp, fp);
  else
    get_gain_curve (b, tp, fp, tn, fn, &x, &y);
  return sum_up (self, b, get_areas (self, b, x, y));
}

const StrataMetricInfo strata_metric_auc = {
  .object = {
    .name = "AUC",
    .title = "Area under the curve",
    .description = "How well scores rank: 1 where every yes scores above every no, 0.5 for guessing",
    .formula = "∫ recall d(false positive rate)",
    .params = params,
    .instance_size = sizeof (Auc),
    .samples = (const char *const[]){
      "{}",
      "{\"num_thresholds\": 11}",
      "{\"num_thresholds\": 20, \"curve\": \"PR\"}",
      "{\"num_thresholds\": 20, \"curve\": \"PR\", \"summation_method\": \"minoring\"}",
      "{\"num_thresholds\": 20, \"curve\": \"PRGAIN\", \"summation_method\": \"majoring\"}",
      "{\"thresholds\": [0.1, 0.6, 0.3]}",
      "{\"num_thresholds\": 20, \"from_logits\": true}",
      "{\"num_thresholds\": 20, \"multi_label\": true}",
      "{\"num_thresholds\": 20, \"multi_label\": true, \"label_weights\": [0.5, 2.0, 1.0]}",
      "{\"num_thresholds\": 20, \"label_weights\": [0.5, 2.0, 1.0]}",
      NULL },
    .configured = auc_configured,
    .finalize = auc_finalize,
  },
  .maximise = TRUE,
  .build = auc_build,
  .update = auc_update,
  .result = auc_result,
};
