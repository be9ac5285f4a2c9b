/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <math.h>

#include "base/object.h"
#include "graph/gradient.h"
#include "graph/program.h"
#include "ops/elementwise.h"
#include "ops/reduce.h"

/* What the tests of training share: cases that Keras computed, written by tests/golden/make_training.py. */

#define GOLDEN_RELATIVE 2e-4
#define GOLDEN_ABSOLUTE 1e-5

typedef struct
{
  const char *class_name;
  guint index;
  JsonObject *json;
} GoldenCase;

typedef void (*GoldenFunc) (const GoldenCase *c);

/* null stands for what is not finite: infinity in what is given, anything of the kind in results. */
static inline StrataTensor *
golden_read (JsonObject *json)
{
  JsonArray *data = json_object_get_array_member (json, "data");
  StrataShape shape;
  StrataTensor *tensor;

  g_assert_true (strata_shape_from_json (json_object_get_member (json, "shape"), &shape, NULL));
  tensor = strata_tensor_new (STRATA_FLOAT32, &shape);
  g_assert_cmpint (strata_tensor_get_size (tensor), ==, json_array_get_length (data));
  for (guint i = 0; i < json_array_get_length (data); i++)
    strata_tensor_get_floats (tensor)[i] = json_array_get_null_element (data, i)
                                           ? INFINITY : json_array_get_double_element (data, i);
  return tensor;
}

static inline StrataTensor *
golden_get (const GoldenCase *c,
            const char       *name)
{
  return golden_read (json_object_get_object_member (c->json, name));
}

static inline void G_GNUC_PRINTF (2, 3)
golden_fail (const GoldenCase *c,
             const char       *format,
             ...)
{
  g_autofree char *config = json_to_string (json_object_get_member (c->json, "config"), FALSE), *what = NULL;
  va_list args;

  va_start (args, format);
  what = g_strdup_vprintf (format, args);
  va_end (args);
  g_test_message ("%s case %u %s: %s", c->class_name, c->index, config, what);
  g_test_fail ();
}

static inline void
golden_check (const GoldenCase *c,
              const char       *what,
              StrataTensor     *actual,
              JsonObject       *json,
              double            scale)
{
  g_autoptr (StrataTensor) expected = golden_read (json);

  if (strata_tensor_get_size (actual) != strata_tensor_get_size (expected))
    {
      g_autofree char *had = strata_shape_to_string (strata_tensor_get_shape (actual));
      g_autofree char *wanted = strata_shape_to_string (strata_tensor_get_shape (expected));

      golden_fail (c, "%s has shape %s, Keras's has %s", what, had, wanted);
      return;
    }
  for (gint64 i = 0; i < strata_tensor_get_size (expected); i++)
    {
      double a = strata_tensor_get_number (actual, i), e = strata_tensor_get_number (expected, i);

      if ((!isfinite (a) && !isfinite (e)) || fabs (a - e) <= scale * (GOLDEN_ABSOLUTE + GOLDEN_RELATIVE * fabs (e)))
        continue;
      golden_fail (c, "number %d of %s is %.7g, Keras's is %.7g", (int) i, what, a, e);
      return;
    }
}

static inline gboolean
golden_same (JsonNode *actual,
             JsonNode *expected)
{
  g_autoptr (GList) members = NULL;

  if (JSON_NODE_HOLDS_NULL (expected))
    return actual == NULL || JSON_NODE_HOLDS_NULL (actual);
  if (actual == NULL)
    return FALSE;
  if (JSON_NODE_HOLDS_VALUE (expected))
    {
      GType type = json_node_get_value_type (expected);

      if (!JSON_NODE_HOLDS_VALUE (actual))
        return FALSE;
      /* Keras passes some numbers through float32. */
      if (type == G_TYPE_DOUBLE || type == G_TYPE_INT64)
        return fabs (json_node_get_double (actual) - json_node_get_double (expected)) <= 1e-7 *
               fabs (json_node_get_double (expected));
      return json_node_equal (actual, expected);
    }
  /* Keras wraps tensors; a list does as well. */
  if (JSON_NODE_HOLDS_OBJECT (expected) && JSON_NODE_HOLDS_ARRAY (actual))
    return golden_same (actual, json_object_get_member (json_object_get_object_member (json_node_get_object (expected),
                                                                                       "config"), "value"));
  if (JSON_NODE_TYPE (actual) != JSON_NODE_TYPE (expected))
    return FALSE;
  if (JSON_NODE_HOLDS_ARRAY (expected))
    {
      JsonArray *a = json_node_get_array (actual), *e = json_node_get_array (expected);
      gboolean same = json_array_get_length (a) == json_array_get_length (e);

      for (guint i = 0; same && i < json_array_get_length (e); i++)
        same = golden_same (json_array_get_element (a, i), json_array_get_element (e, i));
      return same;
    }

  members = json_object_get_members (json_node_get_object (expected));
  for (GList *l = members; l != NULL; l = l->next)
    if (!golden_same (json_object_get_member (json_node_get_object (actual), l->data),
                      json_object_get_member (json_node_get_object (expected), l->data)))
      return FALSE;
  return TRUE;
}

/* Makes what a case is about, and compares its config with what Keras writes. */
static inline gpointer
golden_make (const GoldenCase *c,
             StrataKind        kind)
{
  g_autoptr (GError) error = NULL;
  StrataObject *object = strata_object_new (kind, c->class_name,
                                            json_object_get_object_member (c->json, "config"), &error);
  g_autoptr (JsonObject) config = NULL;
  g_autoptr (GList) members = NULL;
  JsonObject *saved = json_object_has_member (c->json, "saved")
                      ? json_object_get_object_member (c->json, "saved") : NULL;

  g_assert_no_error (error);
  if (saved == NULL)
    return object;

  config = strata_object_get_config (object);
  members = json_object_get_members (saved);
  for (GList *l = members; l != NULL; l = l->next)
    if (!golden_same (json_object_get_member (config, l->data), json_object_get_member (saved, l->data)))
      {
        JsonNode *had = json_object_get_member (config, l->data);
        g_autofree char *text = had != NULL ? json_to_string (had, FALSE) : g_strdup ("nothing");
        g_autofree char *wanted = json_to_string (json_object_get_member (saved, l->data), FALSE);

        golden_fail (c, "config has %s = %s, Keras writes %s", (char *) l->data, text, wanted);
      }
  return object;
}

static inline void
golden_finish (const GoldenCase *c,
               StrataBuilder    *b)
{
  g_autoptr (GError) error = NULL;

  if (!strata_builder_take_error (b, &error))
    golden_fail (c, "%s", error->message);
}

/* How many cases of a file are of a class. */
static inline guint
golden_count (const char *name,
              const char *class_name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "golden", "training", name, NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonArray *cases;
  guint n = 0;

  g_assert_true (json_parser_load_from_file (parser, path, NULL));
  cases = json_node_get_array (json_parser_get_root (parser));
  for (guint i = 0; i < json_array_get_length (cases); i++)
    n += g_str_equal (json_object_get_string_member (json_array_get_object_element (cases, i), "class"), class_name);
  return n;
}

static inline void
golden_run (const char *name,
            GoldenFunc  func)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "golden", "training", name, NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  JsonArray *cases;

  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  cases = json_node_get_array (json_parser_get_root (parser));
  g_assert_cmpuint (json_array_get_length (cases), >, 0);
  for (guint i = 0; i < json_array_get_length (cases); i++)
    {
      JsonObject *json = json_array_get_object_element (cases, i);

      func (&(GoldenCase){ json_object_get_string_member (json, "class"), i, json });
    }
}
