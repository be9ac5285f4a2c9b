/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/json.h"
#include "optimizers/optimizer-private.h"

/* An optimizer, and the paths of weights that it is for; the last one is for all others. */
typedef struct
{
  char *pattern; /* NULL for the last */
  GRegex *regex;
  guint part;
} Rule;

typedef struct
{
  StrataOptimizer parent;
  JsonNode *optimizer_map;
  GPtrArray *parts; /* StrataOptimizer */
  GArray *rules;
  GArray *chosen; /* which part each weight belongs to */
} MultiOptimizer;

static const StrataParam params[] = {
  STRATA_PARAM (JSON, MultiOptimizer, optimizer_map, NULL, .title = "Optimizers",
                .description = "A default optimizer, and optimizers by regular expressions that paths of weights such "
                               "as dense/kernel match"),
  { NULL },
};

static void
clear_rule (gpointer data)
{
  Rule *rule = data;

  g_free (rule->pattern);
  g_clear_pointer (&rule->regex, g_regex_unref);
}

static void
forget (MultiOptimizer *self)
{
  g_clear_pointer (&self->parts, g_ptr_array_unref);
  g_clear_pointer (&self->rules, g_array_unref);
  g_clear_pointer (&self->chosen, g_array_unref);
}

static void
multi_finalize (StrataObject *object)
{
  forget ((MultiOptimizer *) object);
}

/* The loss is scaled once, and each part unscales the gradients that it gets. */
static StrataOptimizer *
read_part (MultiOptimizer  *self,
           JsonNode        *node,
           GError         **error)
{
  g_autoptr (StrataObject) part = strata_object_deserialize (STRATA_KIND_OPTIMIZER, node, error);
  g_autoptr (JsonNode) factor = strata_object_get_param (STRATA_OBJECT (self), "loss_scale_factor");

  if (part == NULL)
    return NULL;
  if (STRATA_OPTIMIZER_GET_CLASS (part)->apply != NULL)
    {
      strata_set_error (error, STRATA_ERROR_VALUE, "%s cannot be one of several optimizers, as it has others inside",
                        strata_object_get_class_name (part));
      return NULL;
    }
  return strata_object_set_param (part, "loss_scale_factor", factor, error)
         ? STRATA_OPTIMIZER (g_steal_pointer (&part)) : NULL;
}

static gboolean
add_rule (MultiOptimizer  *self,
          const char      *pattern,
          JsonNode        *node,
          GError         **error)
{
  StrataOptimizer *part = read_part (self, node, error);
  Rule rule = { g_strdup (pattern), NULL, self->parts->len };
  g_autoptr (GError) own = NULL;

  if (part == NULL)
    {
      g_free (rule.pattern);
      return FALSE;
    }
  g_ptr_array_add (self->parts, part);
  if (pattern != NULL)
    rule.regex = g_regex_new (pattern, G_REGEX_ANCHORED | G_REGEX_DOLLAR_ENDONLY, 0, &own);
  g_array_append_val (self->rules, rule);
  if (own == NULL)
    return TRUE;
  strata_set_error (error, STRATA_ERROR_VALUE, "“%s” is not a regular expression: %s", pattern, own->message);
  return FALSE;
}

/* As Keras writes it, with optimizers that have all of their parameters. */
static void
write_map (MultiOptimizer *self)
{
  JsonObject *map = json_object_new (), *config = json_object_new (), *written = json_object_new ();

  for (guint i = 0; i < self->rules->len; i++)
    {
      const Rule *rule = &g_array_index (self->rules, Rule, i);
      JsonNode *node = strata_object_serialize (g_ptr_array_index (self->parts, rule->part));

      if (rule->pattern != NULL)
        json_object_set_member (written, rule->pattern, node);
      else
        json_object_set_member (config, "default_optimizer", node);
    }
  json_object_set_object_member (config, "optimizer_map", written);
  json_object_set_string_member (map, "module", "keras.optimizers");
  json_object_set_string_member (map, "class_name", "OptimizerMap");
  json_object_set_object_member (map, "config", config);
  json_object_set_null_member (map, "registered_name");
  json_node_unref (self->optimizer_map);
  self->optimizer_map = json_node_init_object (json_node_alloc (), map);
  json_object_unref (map);
}

static gboolean
multi_configured (StrataObject  *object,
                  GError       **error)
{
  MultiOptimizer *self = (MultiOptimizer *) object;
  JsonObject *given = JSON_NODE_HOLDS_OBJECT (self->optimizer_map) ? json_node_get_object (self->optimizer_map) : NULL;
  JsonObject *map;
  g_autoptr (GList) patterns = NULL;

  if (given != NULL && strata_json_get_object (given, "config") != NULL)
    given = strata_json_get_object (given, "config");
  if (given == NULL || !json_object_has_member (given, "default_optimizer"))
    {
      strata_set_error (error, STRATA_ERROR_VALUE, "optimizer_map must have a default_optimizer, and may have an "
                        "optimizer_map by patterns of paths; a Python function is not run");
      return FALSE;
    }
  forget (self);
  self->parts = g_ptr_array_new_with_free_func (g_object_unref);
  self->rules = g_array_new (FALSE, FALSE, sizeof (Rule));
  g_array_set_clear_func (self->rules, clear_rule);
  map = strata_json_get_object (given, "optimizer_map");
  patterns = map != NULL ? json_object_get_members (map) : NULL;
  for (GList *l = patterns; l != NULL; l = l->next)
    if (!add_rule (self, l->data, json_object_get_member (map, l->data), error))
      return FALSE;
  if (!add_rule (self, NULL, json_object_get_member (given, "default_optimizer"), error))
    return FALSE;
  write_map (self);
  return TRUE;
}

static GPtrArray *
get_parts (StrataOptimizer *optimizer)
{
  return ((MultiOptimizer *) optimizer)->parts;
}

static gboolean
matches_whole (const Rule *rule,
               const char *path)
{
  g_autoptr (GMatchInfo) info = NULL;
  int start = 0, end = -1;

  return rule->regex != NULL && g_regex_match (rule->regex, path, 0, &info) &&
         g_match_info_fetch_pos (info, 0, &start, &end) && end == (int) strlen (path);
}

/* A path that is named wins over patterns, of which no more than one may match. */
static gboolean
choose (MultiOptimizer  *self,
        const char      *path,
        guint           *part,
        GError         **error)
{
  guint n = 0;

  *part = self->parts->len - 1;
  for (guint i = 0; i < self->rules->len; i++)
    if (g_strcmp0 (g_array_index (self->rules, Rule, i).pattern, path) == 0)
      {
        *part = g_array_index (self->rules, Rule, i).part;
        return TRUE;
      }
  for (guint i = 0; i < self->rules->len; i++)
    if (matches_whole (&g_array_index (self->rules, Rule, i), path))
      {
        *part = g_array_index (self->rules, Rule, i).part;
        n++;
      }
  if (n < 2)
    return TRUE;
  strata_set_error (error, STRATA_ERROR_VALUE, "Several patterns of optimizers match the weight “%s”", path);
  return FALSE;
}

static gboolean
multi_build (StrataOptimizer  *optimizer,
             GError          **error)
{
  MultiOptimizer *self = (MultiOptimizer *) optimizer;
  GPtrArray *weights = strata_optimizer_get_weights (optimizer);

  g_clear_pointer (&self->chosen, g_array_unref);
  self->chosen = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < weights->len; i++)
    {
      StrataVariable *weight = g_ptr_array_index (weights, i);
      guint part;

      if (!choose (self, weight->path != NULL ? weight->path : weight->name, &part, error))
        return FALSE;
      g_array_append_val (self->chosen, part);
    }
  for (guint k = 0; k < self->parts->len; k++)
    {
      g_autoptr (GPtrArray) own = g_ptr_array_new ();

      for (guint i = 0; i < weights->len; i++)
        if (g_array_index (self->chosen, guint, i) == k)
          g_ptr_array_add (own, g_ptr_array_index (weights, i));
      if (!strata_optimizer_build (g_ptr_array_index (self->parts, k), own, error))
        return FALSE;
    }
  return TRUE;
}

static void
multi_apply (StrataOptimizer    *optimizer,
             StrataBuilder      *b,
             StrataValue *const *grads)
{
  MultiOptimizer *self = (MultiOptimizer *) optimizer;
  StrataOptimizerPrivate *priv = strata_optimizer_get_private (optimizer);
  g_autofree StrataValue **own = g_new0 (StrataValue *, MAX (priv->weights->len, 1));

  for (guint k = 0; k < self->parts->len; k++)
    {
      guint n = 0;

      for (guint i = 0; i < priv->weights->len; i++)
        if (g_array_index (self->chosen, guint, i) == k)
          own[n++] = grads[i];
      if (n > 0)
        strata_optimizer_apply_if (g_ptr_array_index (self->parts, k), b, own, priv->condition);
    }
  strata_optimizer_count (optimizer, b);
}

const StrataOptimizerInfo strata_optimizer_multi_optimizer = {
  .object = {
    .name = "MultiOptimizer",
    .title = "Several optimizers",
    .description = "Trains some weights by one optimizer and others by another",
    .formula = "w ← the step of the optimizer whose pattern its path matches",
    .params = params,
    .instance_size = sizeof (MultiOptimizer),
    .samples = (const char *const[]){
      "{\"optimizer_map\": {\"default_optimizer\": {\"class_name\": \"SGD\", \"config\": {\"learning_rate\": 0.1}}}}",
      "{\"optimizer_map\": {\"class_name\": \"OptimizerMap\", \"config\": {\"default_optimizer\": {\"class_name\": "
      "\"SGD\", \"config\": {\"learning_rate\": 0.1}}, "
      "\"optimizer_map\": {\".*\": {\"class_name\": \"Adam\", \"config\": {\"learning_rate\": 0.1}}}}}, "
      "\"loss_scale_factor\": 4.0}",
      NULL },
    .configured = multi_configured,
    .finalize = multi_finalize,
  },
  .default_rate = "0.0",
  .build = multi_build,
  .get_parts = get_parts,
  .apply = multi_apply,
};
