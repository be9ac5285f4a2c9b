/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib/gstdio.h>
#include <math.h>

#include "base/error.h"
#include "io/formats/npy.h"
#include "models/array-source.h"
#include "models/model.h"

/* What the tests of files share. */

/* A path among the files that make_model_files.py wrote. */
static inline char *
golden_path (const char *name)
{
  return g_build_filename (g_getenv ("G_TEST_SRCDIR"), "golden", "files", name, NULL);
}

/* An array NAME-KIND0.npy, NAME-KIND1.npy, ... for as many as there are. */
static inline GPtrArray *
golden_arrays (const char *name,
               const char *kind)
{
  GPtrArray *arrays = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_tensor_unref);

  for (guint i = 0;; i++)
    {
      g_autofree char *file = g_strdup_printf ("%s-%s%u.npy", name, kind, i);
      g_autofree char *path = golden_path (file);
      g_autoptr (GError) error = NULL;
      StrataTensor *array;

      if (!g_file_test (path, G_FILE_TEST_EXISTS))
        return arrays;
      array = strata_npy_read (path, &error);
      g_assert_no_error (error);
      g_ptr_array_add (arrays, array);
    }
}

static inline StrataSource *
golden_source (const char *name,
               const char *kind)
{
  g_autoptr (GPtrArray) arrays = golden_arrays (name, kind);
  g_autoptr (GError) error = NULL;
  StrataSource *source = strata_array_source_new ((StrataTensor *const *) arrays->pdata, arrays->len, &error);

  g_assert_no_error (error);
  return source;
}

static inline void
assert_near (StrataTensor *expected,
             StrataTensor *found,
             double        tolerance)
{
  g_assert_true (strata_shape_equal (strata_tensor_get_shape (expected), strata_tensor_get_shape (found)));
  for (gint64 i = 0; i < strata_tensor_get_size (expected); i++)
    g_assert_cmpfloat (fabs (strata_tensor_get_number (expected, i) - strata_tensor_get_number (found, i)),
                       <=, tolerance);
}

/* Whether the model predicts for NAME-x what NAME-KIND has. */
static inline void
assert_predicts (StrataModel *model,
                 const char  *name,
                 const char  *kind)
{
  g_autoptr (StrataSource) x = golden_source (name, "x");
  g_autoptr (GPtrArray) expected = golden_arrays (name, kind);
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GError) error = NULL;

  found = strata_model_predict (model, x, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (expected->len, >, 0);
  g_assert_cmpuint (found->len, ==, expected->len);
  for (guint i = 0; i < expected->len; i++)
    assert_near (g_ptr_array_index (expected, i), g_ptr_array_index (found, i), 1e-4);
}

/* A folder that is empty; removed with what is in it by remove_folder(). */
static inline char *
make_folder (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("strata-XXXXXX", &error);

  g_assert_no_error (error);
  return folder;
}

static inline void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        remove_folder (path);
      else
        g_unlink (path);
    }
  g_rmdir (folder);
}
