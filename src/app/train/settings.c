/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "train/settings.h"

#include <math.h>

#include "base/json.h"
#include "base/registry.h"
#include "document/ends.h"
#include "document/output-setting.h"

static JsonObject *
get_object (StrataDocument *document,
            const char     *key)
{
  JsonNode *node = strata_document_get_setting (document, key);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static JsonNode *
get_member (StrataDocument *document,
            const char     *key,
            const char     *member)
{
  JsonObject *object = get_object (document, key);

  return object != NULL ? json_object_get_member (object, member) : NULL;
}

static void
add_member (JsonObject *object,
            const char *name,
            JsonNode   *value,
            gpointer    copy)
{
  json_object_set_member (copy, name, json_node_copy (value));
}

/* Objects of a document are not written to; a changed copy takes their place, as a step that can be undone. */
static JsonObject *
copy_object (JsonObject *object)
{
  JsonObject *copy = json_object_new ();

  if (object != NULL)
    json_object_foreach_member (object, add_member, copy);
  return copy;
}

/**
 * strata_settings_get_number:
 * @document: a document
 * @key: which settings
 * @member: Keras's name
 * @fallback: what it is if nothing is set
 *
 * Returns: the number
 */
double
strata_settings_get_number (StrataDocument *document,
                            const char     *key,
                            const char     *member,
                            double          fallback)
{
  JsonNode *node = get_member (document, key, member);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_double (node) : fallback;
}

/**
 * strata_settings_set_number:
 * @document: a document
 * @key: which settings
 * @member: Keras's name
 * @value: a number
 */
void
strata_settings_set_number (StrataDocument *document,
                            const char     *key,
                            const char     *member,
                            double          value)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_VALUE);

  if (value == floor (value) && fabs (value) < 1e15)
    json_node_set_int (node, (gint64) value);
  else
    json_node_set_double (node, value);
  strata_document_set_setting_member (document, key, member, node);
}

/**
 * strata_settings_get_flag:
 * @document: a document
 * @key: which settings
 * @member: Keras's name
 * @fallback: what it is if nothing is set
 *
 * Returns: whether it is on
 */
gboolean
strata_settings_get_flag (StrataDocument *document,
                          const char     *key,
                          const char     *member,
                          gboolean        fallback)
{
  JsonNode *node = get_member (document, key, member);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_boolean (node) : fallback;
}

/**
 * strata_settings_set_flag:
 * @document: a document
 * @key: which settings
 * @member: Keras's name
 * @value: whether it is on
 */
void
strata_settings_set_flag (StrataDocument *document,
                          const char     *key,
                          const char     *member,
                          gboolean        value)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_VALUE);

  json_node_set_boolean (node, value);
  strata_document_set_setting_member (document, key, member, node);
}

/* The name of a class or function as Keras writes it. */
static char *
dup_name (JsonNode *node)
{
  JsonObject *object;
  JsonNode *name;

  if (node != NULL && JSON_NODE_HOLDS_VALUE (node))
    return json_node_dup_string (node);
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return NULL;
  object = json_node_get_object (node);
  name = json_object_get_member (object, "class_name");
  /* A function of Keras is described by its name. */
  if (name != NULL && JSON_NODE_HOLDS_VALUE (name) && g_strcmp0 (json_node_get_string (name), "function") == 0)
    name = json_object_get_member (object, "config");
  return name != NULL && JSON_NODE_HOLDS_VALUE (name) ? json_node_dup_string (name) : NULL;
}

/**
 * strata_settings_dup_class:
 * @document: a document
 * @key: which settings
 * @member: "optimizer" or "loss"
 *
 * Returns: (transfer full) (nullable): the name of its class or function
 */
char *
strata_settings_dup_class (StrataDocument *document,
                           const char     *key,
                           const char     *member)
{
  return dup_name (get_member (document, key, member));
}

/**
 * strata_settings_dup_loss:
 * @document: a document
 * @output: which of several outputs
 * @name: what it is called
 *
 * Returns: (transfer full) (nullable): the name of its loss
 */
char *
strata_settings_dup_loss (StrataDocument *document,
                          guint           output,
                          const char     *name)
{
  JsonObject *compile = get_object (document, "compile");

  return compile != NULL ? dup_name (strata_output_setting_find (compile, "loss", output, name)) : NULL;
}

static JsonNode *
describe (const char *class_name,
          JsonObject *config)
{
  JsonObject *object = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_string_member (object, "class_name", class_name);
  json_object_set_object_member (object, "config", config);
  json_node_take_object (node, object);
  return node;
}

/**
 * strata_settings_set_class:
 * @document: a document
 * @key: which settings
 * @member: "optimizer" or "loss"
 * @name: the name of a class
 *
 * Takes another class, with its usual parameters; a learning rate that was set is kept.
 */
void
strata_settings_set_class (StrataDocument *document,
                           const char     *key,
                           const char     *member,
                           const char     *name)
{
  JsonObject *config = json_object_new ();
  JsonNode *before = get_member (document, key, member);
  g_autoptr (JsonNode) node = NULL;

  if (g_strcmp0 (member, "optimizer") == 0 && before != NULL && JSON_NODE_HOLDS_OBJECT (before))
    {
      JsonNode *old = json_object_get_member (json_node_get_object (before), "config");
      JsonNode *rate = old != NULL && JSON_NODE_HOLDS_OBJECT (old)
                         ? json_object_get_member (json_node_get_object (old), "learning_rate") : NULL;

      if (rate != NULL)
        json_object_set_member (config, "learning_rate", json_node_copy (rate));
    }
  node = describe (name, config);
  strata_document_set_setting_member (document, key, member, node);
}

/**
 * strata_settings_set_loss:
 * @document: a document
 * @output: which of several outputs
 * @name: the name of a class
 *
 * Has one output take another loss, with its usual parameters.
 */
void
strata_settings_set_loss (StrataDocument *document,
                          guint           output,
                          const char     *name)
{
  g_autoptr (JsonNode) node = describe (name, json_object_new ());

  strata_output_setting_set (document, "loss", output, node);
}

static JsonObject *
get_optimizer_config (StrataDocument *document)
{
  JsonNode *node = get_member (document, "compile", "optimizer");
  JsonNode *config;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return NULL;
  config = json_object_get_member (json_node_get_object (node), "config");
  return config != NULL && JSON_NODE_HOLDS_OBJECT (config) ? json_node_get_object (config) : NULL;
}

/* What the optimizer takes if nobody says otherwise. */
static double
get_usual_rate (StrataDocument *document)
{
  g_autofree char *name = strata_settings_dup_class (document, "compile", "optimizer");
  const StrataObjectInfo *info = strata_registry_lookup (STRATA_KIND_OPTIMIZER, name != NULL ? name : "RMSprop");

  if (info == NULL)
    return 0.001;
  for (const StrataParam *param = info->params; param != NULL && param->name != NULL; param++)
    if (g_str_equal (param->name, "learning_rate") && param->fallback != NULL)
      return g_ascii_strtod (param->fallback, NULL);
  return g_str_equal (info->name, "SGD") ? 0.01 : 0.001;
}

/**
 * strata_settings_get_learning_rate:
 * @document: a document
 *
 * Returns: the learning rate; where a schedule gives it, what it begins with
 */
double
strata_settings_get_learning_rate (StrataDocument *document)
{
  JsonObject *config = get_optimizer_config (document);
  JsonNode *rate = config != NULL ? json_object_get_member (config, "learning_rate") : NULL;

  if (rate != NULL && JSON_NODE_HOLDS_VALUE (rate))
    return json_node_get_double (rate);
  if (rate != NULL && JSON_NODE_HOLDS_OBJECT (rate))
    {
      JsonNode *schedule = json_object_get_member (json_node_get_object (rate), "config");

      if (schedule != NULL && JSON_NODE_HOLDS_OBJECT (schedule))
        return strata_json_get_double (json_node_get_object (schedule), "initial_learning_rate", 0.001);
    }
  return get_usual_rate (document);
}

/**
 * strata_settings_has_schedule:
 * @document: a document
 *
 * Returns: whether the learning rate changes with time
 */
gboolean
strata_settings_has_schedule (StrataDocument *document)
{
  JsonObject *config = get_optimizer_config (document);
  JsonNode *rate = config != NULL ? json_object_get_member (config, "learning_rate") : NULL;

  return rate != NULL && JSON_NODE_HOLDS_OBJECT (rate);
}

/**
 * strata_settings_set_learning_rate:
 * @document: a document
 * @rate: how far one step goes
 *
 * Sets the learning rate; what else is known of the optimizer stays.
 */
void
strata_settings_set_learning_rate (StrataDocument *document,
                                   double          rate)
{
  g_autofree char *name = strata_settings_dup_class (document, "compile", "optimizer");
  JsonObject *config = copy_object (get_optimizer_config (document));
  g_autoptr (JsonNode) node = NULL;

  json_object_set_double_member (config, "learning_rate", rate);
  node = describe (name != NULL ? name : "Adam", config);
  strata_document_set_setting_member (document, "compile", "optimizer", node);
}

static const char *
get_metric_name (JsonNode *metric)
{
  if (JSON_NODE_HOLDS_VALUE (metric))
    return json_node_get_string (metric);
  return JSON_NODE_HOLDS_OBJECT (metric) ? strata_json_get_string (json_node_get_object (metric), "class_name", NULL)
                                         : NULL;
}

static void
add_metrics (JsonArray *array,
             GPtrArray *names)
{
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      const char *name = get_metric_name (element);

      if (JSON_NODE_HOLDS_ARRAY (element))
        add_metrics (json_node_get_array (element), names);
      else if (name != NULL && !g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
        g_ptr_array_add (names, (gpointer) name);
    }
}

/**
 * strata_settings_dup_metrics:
 * @document: a document
 *
 * Returns: (transfer full): the names of its metrics, those of all outputs, separated by commas
 */
char *
strata_settings_dup_metrics (StrataDocument *document)
{
  JsonObject *compile = get_object (document, "compile");
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  if (compile != NULL)
    add_metrics (strata_json_get_array (compile, "metrics"), names);
  g_ptr_array_add (names, NULL);
  return g_strjoinv (", ", (char **) names->pdata);
}

static JsonArray *
read_metrics (const char *text)
{
  g_auto (GStrv) names = g_strsplit (text, ",", -1);
  JsonArray *array = json_array_new ();

  for (guint i = 0; names[i] != NULL; i++)
    if (*g_strstrip (names[i]) != '\0')
      json_array_add_string_element (array, names[i]);
  return array;
}

/**
 * strata_settings_set_metrics:
 * @document: a document
 * @text: names of metrics, separated by commas; each of several outputs gets all of them
 */
void
strata_settings_set_metrics (StrataDocument *document,
                             const char     *text)
{
  g_autoptr (GArray) outputs = strata_document_dup_outputs (document);
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = outputs->len < 2 ? read_metrics (text) : json_array_new ();

  for (guint i = 0; outputs->len >= 2 && i < outputs->len; i++)
    json_array_add_array_element (array, read_metrics (text));
  json_node_take_array (node, array);
  strata_document_set_setting_member (document, "compile", "metrics", node);
}
