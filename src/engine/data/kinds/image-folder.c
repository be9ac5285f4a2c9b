/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "base/json.h"
#include "data/class-folder.h"
#include "data/data-kind.h"
#include "data/data-source.h"
#include "data/image-source.h"
#include "models/array-source.h"

/* Description, with the names and meanings of Keras's image_dataset_from_directory():
 *   path                   a folder; each folder in it is a class, named so, and each picture in that a sample of it
 *   image_size             [height, width]; [256, 256] if not given
 *   color_mode             "rgb" (if not given) or "grayscale"
 *   crop_to_aspect_ratio   whether to cut off what sticks out, rather than squeeze all in; false if not given
 *   test                   the share of pictures to set aside; 0.2 if not given
 *   ignore_errors          whether another of its class stands for a picture that cannot be read, rather than an error
 *                          end it all; false if not given (the word is that of tf.data)
 *   shuffle, seed          whether to shuffle before setting aside (true if not given), and from which seed
 *
 * Pixels are numbers from 0 to 255. Files that are no pictures are left out. */

#define USUAL_SIZE 256
#define USUAL_TEST 0.2

static gint64
read_side (JsonArray *size,
           guint      i)
{
  JsonNode *side = json_array_get_element (size, i);

  return JSON_NODE_HOLDS_VALUE (side) ? json_node_get_int (side) : 0;
}

static gboolean
read_size (JsonObject       *description,
           StrataImageForm  *form,
           GError          **error)
{
  JsonArray *size = strata_json_get_array (description, "image_size");
  gint64 height = USUAL_SIZE, width = USUAL_SIZE;

  if (size != NULL && json_array_get_length (size) == 2)
    {
      height = read_side (size, 0);
      width = read_side (size, 1);
    }
  if (height < 1 || height > STRATA_LARGEST_IMAGE || width < 1 || width > STRATA_LARGEST_IMAGE)
    {
      strata_set_error (error, STRATA_ERROR_VALUE, "“image_size” must be [height, width], each from 1 to %d",
                        STRATA_LARGEST_IMAGE);
      return FALSE;
    }
  form->height = (int) height;
  form->width = (int) width;
  return TRUE;
}

static gboolean
read_form (JsonObject       *description,
           StrataImageForm  *form,
           GError          **error)
{
  const char *mode = strata_json_get_string (description, "color_mode", "rgb");

  if (!g_str_equal (mode, "rgb") && !g_str_equal (mode, "grayscale"))
    {
      strata_set_error (error, STRATA_ERROR_VALUE, "“color_mode” must be rgb or grayscale, not “%s”", mode);
      return FALSE;
    }
  form->channels = g_str_equal (mode, "rgb") ? 3 : 1;
  form->crop = strata_json_get_bool (description, "crop_to_aspect_ratio", FALSE);
  return read_size (description, form, error);
}

/* Files that only are called like pictures; a folder of photographs has a few of those. */
static guint
leave_out (GArray *files)
{
  guint n = 0, all = files->len;

  for (guint i = 0; i < all; i++)
    {
      StrataClassFile *file = &g_array_index (files, StrataClassFile, i), gone = *file;

      if (!strata_image_file_check (file->path))
        continue;
      *file = g_array_index (files, StrataClassFile, n);
      g_array_index (files, StrataClassFile, n++) = gone;
    }
  g_array_set_size (files, n);
  return all - n;
}

static void
make_side (GArray                 *files,
           const gint64           *order,
           gint64                  n,
           const StrataImageForm  *form,
           gboolean                ignore_errors,
           StrataSource          **x,
           StrataSource          **y)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (StrataTensor) classes = NULL;

  if (n == 0)
    return;
  classes = strata_tensor_new (STRATA_INT32, &STRATA_SHAPE (n));
  for (gint64 i = 0; i < n; i++)
    {
      const StrataClassFile *file = &g_array_index (files, StrataClassFile, order[i]);

      g_ptr_array_add (paths, g_strdup (file->path));
      ((gint32 *) strata_tensor_get_data (classes))[i] = (gint32) file->number;
    }
  *x = strata_image_source_new (paths, form);
  if (ignore_errors)
    strata_image_source_set_classes (STRATA_IMAGE_SOURCE (*x), strata_tensor_get_data (classes));
  *y = strata_array_source_new1 (classes);
}

static char *
describe (const char            *path,
          const StrataImageForm *form,
          gint64                 n_train,
          gint64                 n_test,
          guint                  n_left_out)
{
  g_autofree char *name = g_path_get_basename (path), *left_out = NULL;

  if (n_left_out > 0)
    left_out = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "; %u file that is no picture left out",
                                             "; %u files that are no pictures left out", n_left_out), n_left_out);
  return g_strdup_printf (_("%s: %" PRId64 " pictures to train with, %" PRId64 " to test, %d × %d pixels%s"), name,
                          n_train, n_test, form->width, form->height, left_out != NULL ? left_out : "");
}

static StrataDataSet *
load (JsonObject             *description,
      const char             *path,
      const StrataImageForm  *form,
      GError                **error)
{
  g_autoptr (StrataDataSet) set = strata_data_set_new ();
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) files = strata_class_folder_list (path, strata_image_suffixes, names, error);
  guint n_left_out = files != NULL ? leave_out (files) : 0;
  gboolean ignore_errors = strata_json_get_bool (description, "ignore_errors", FALSE);
  g_autofree gint64 *order = NULL;
  gint64 n_train;

  if (files == NULL)
    return NULL;
  if (files->len == 0)
    {
      strata_set_error (error, STRATA_ERROR_DATA,
                        "There must be a folder for each class, with its pictures as .png, .jpg, .bmp or .gif files");
      return NULL;
    }
  if (!strata_data_split (files->len, strata_json_get_double (description, "test", USUAL_TEST),
                          strata_json_get_bool (description, "shuffle", TRUE),
                          (guint64) strata_json_get_int (description, "seed", 0), &order,
                          &n_train, error))
    return NULL;
  make_side (files, order, n_train, form, ignore_errors, &set->x, &set->y);
  make_side (files, order + n_train, files->len - n_train, form, ignore_errors, &set->test_x, &set->test_y);
  set->n_classes = names->len;
  set->class_names = g_steal_pointer (&names);
  set->image_form = g_memdup2 (form, sizeof *form);
  set->summary = describe (path, form, n_train, files->len - n_train, n_left_out);
  return g_steal_pointer (&set);
}

static StrataDataSet *
image_folder_load (JsonObject  *description,
                   const char  *folder,
                   GError     **error)
{
  g_autofree char *path = strata_data_resolve (description, "path", folder, error);
  StrataImageForm form;
  StrataDataSet *set;

  if (path == NULL || !read_form (description, &form, error))
    return NULL;
  set = load (description, path, &form, error);
  if (set == NULL)
    g_prefix_error (error, "“%s”: ", path);
  return set;
}

const StrataDataKind strata_data_kind_image_folder = {
  .name = "image-folder",
  .title = "Folders of pictures",
  .description = "A folder for each class, with pictures of it as .png, .jpg, .bmp or .gif files",
  .load = image_folder_load,
};
