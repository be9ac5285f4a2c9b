/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/run-private.h"

#include <math.h>

#include "base/json.h"
#include "document/json.h"

/* A file keeps no more points of a curve than a wide screen has pixels. */
#define SAVED_POINTS 4000
#define MAX_POINTS 1000000

static const char *const state_names[] = { "active", "finished", "stopped", "failed" };

/* JSON has no NaN, which is what a loss becomes when training diverges. */
static JsonNode *
write_points (GArray *points)
{
  JsonArray *array = json_array_new ();
  JsonNode *node = json_node_init_array (json_node_alloc (), array);
  guint every = MAX (1, (points->len + SAVED_POINTS - 1) / SAVED_POINTS);

  for (guint i = 0; i < points->len; i += every)
    {
      const StrataRunPoint *point = &g_array_index (points, StrataRunPoint, i);

      json_array_add_double_element (array, point->epoch);
      if (isfinite (point->value))
        json_array_add_double_element (array, point->value);
      else
        json_array_add_null_element (array);
    }
  json_array_unref (array);
  return node;
}

static void
read_points (JsonNode *node,
             GArray   *points)
{
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; array != NULL && i + 1 < json_array_get_length (array) && i < MAX_POINTS; i += 2)
    {
      JsonNode *epoch = json_array_get_element (array, i), *value = json_array_get_element (array, i + 1);
      StrataRunPoint point = { JSON_NODE_HOLDS_VALUE (epoch) ? json_node_get_double (epoch) : 0,
                               JSON_NODE_HOLDS_VALUE (value) ? json_node_get_double (value) : NAN };

      g_array_append_val (points, point);
    }
}

/**
 * strata_run_to_json:
 *
 * Returns: (transfer full): what files hold of it
 */
JsonNode *
strata_run_to_json (StrataRun *self)
{
  JsonObject *object = json_object_new ();
  JsonArray *array = json_array_new ();
  JsonNode *node = json_node_init_object (json_node_alloc (), object);

  json_object_set_int_member (object, "number", self->number);
  json_object_set_string_member (object, "name", self->name);
  if (self->notes != NULL)
    json_object_set_string_member (object, "notes", self->notes);
  json_object_set_string_member (object, "state", state_names[self->state]);
  if (self->message != NULL)
    json_object_set_string_member (object, "message", self->message);
  json_object_set_int_member (object, "started", self->started);
  json_object_set_double_member (object, "seconds", self->seconds);
  json_object_set_int_member (object, "epochs", self->n_epochs);
  if (self->settings != NULL)
    json_object_set_member (object, "settings", strata_json_copy (self->settings));
  for (guint i = 0; i < self->series->len; i++)
    {
      StrataRunSeries *series = g_ptr_array_index (self->series, i);
      JsonObject *entry = json_object_new ();

      json_object_set_string_member (entry, "name", series->name);
      json_object_set_member (entry, "epochs", write_points (series->epochs));
      json_object_set_member (entry, "batches", write_points (series->batches));
      json_array_add_object_element (array, entry);
    }
  json_object_set_array_member (object, "series", array);
  json_object_unref (object);
  return node;
}

static void
read_series (StrataRun *self,
             JsonNode  *node)
{
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      JsonObject *object = JSON_NODE_HOLDS_OBJECT (element) ? json_node_get_object (element) : NULL;
      StrataRunSeries *series;

      if (object == NULL)
        continue;
      series = strata_run_ensure_series (self, strata_json_get_string (object, "name", "?"));
      read_points (json_object_get_member (object, "epochs"), series->epochs);
      read_points (json_object_get_member (object, "batches"), series->batches);
    }
}

/**
 * strata_run_new_from_json:
 *
 * Returns: (transfer full) (nullable): a run as it was saved
 */
StrataRun *
strata_run_new_from_json (JsonNode *json)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (json) ? json_node_get_object (json) : NULL;
  StrataRun *self;
  const char *state, *name;

  if (object == NULL)
    return NULL;

  self = strata_run_new ((guint) strata_json_get_int (object, "number", 1),
                         json_object_get_member (object, "settings"));
  name = strata_json_get_string (object, "name", NULL);
  if (name != NULL)
    strata_run_set_name (self, name);
  self->started = strata_json_get_int (object, "started", 0);
  self->seconds = strata_json_get_double (object, "seconds", 0);
  self->n_epochs = (guint) strata_json_get_int (object, "epochs", 0);
  self->notes = g_strdup (strata_json_get_string (object, "notes", NULL));
  self->message = g_strdup (strata_json_get_string (object, "message", NULL));
  /* A run that was being saved while it went on has not come to its end. */
  self->state = STRATA_RUN_STOPPED;
  state = strata_json_get_string (object, "state", "");
  for (guint i = STRATA_RUN_FINISHED; i < G_N_ELEMENTS (state_names); i++)
    if (g_strcmp0 (state, state_names[i]) == 0)
      self->state = i;
  read_series (self, json_object_get_member (object, "series"));
  return self;
}
