/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <glib/gi18n-lib.h>

#include "base/json.h"
#include "data/data-kind.h"
#include "data/data-source.h"
#include "data/scaled-source.h"
#include "io/formats/idx.h"
#include "models/array-source.h"
#include "tensor/pool.h"

static StrataTensor *
read_part (const char  *name,
           int          rank,
           GError     **error)
{
  g_autofree char *file = g_build_filename ("mnist", name, NULL);
  g_autofree char *path = strata_data_find (file, error);
  g_autoptr (StrataTensor) array = path != NULL ? strata_idx_read (path, error) : NULL;

  if (array != NULL && strata_tensor_get_shape (array)->rank != rank)
    {
      strata_set_error (error, STRATA_ERROR_FORMAT, "“%s” has %d dimensions, not %d", path,
                        strata_tensor_get_shape (array)->rank, rank);
      return NULL;
    }
  return g_steal_pointer (&array);
}

typedef struct
{
  const char *images, *labels;
  StrataSource **x, **y;
  GError *error;
} Part;

/* Pixels from 0 to 1, with a channel, as convolutions want them. */
static void
load_part (gpointer data,
           guint    task,
           guint    thread)
{
  Part *part = (Part *) data + task;
  g_autoptr (StrataTensor) pixels = read_part (part->images, 3, &part->error);
  g_autoptr (StrataTensor) digits = pixels != NULL ? read_part (part->labels, 1, &part->error) : NULL;
  g_autoptr (StrataTensor) with_channel = NULL;
  StrataShape shape;

  if (digits == NULL)
    return;
  if (strata_tensor_get_dim (pixels, 0) != strata_tensor_get_dim (digits, 0))
    {
      strata_set_error (&part->error, STRATA_ERROR_DATA, "“%s” and “%s” differ in how many samples they have",
                        part->images, part->labels);
      return;
    }
  shape = *strata_tensor_get_shape (pixels);
  strata_shape_append (&shape, 1);
  with_channel = strata_tensor_reshape (pixels, &shape);
  *part->x = strata_scaled_source_new (with_channel, 1 / 255.0);
  *part->y = strata_array_source_new1 (digits);
}

static StrataDataSet *
mnist_load (JsonObject  *description,
            const char  *folder,
            GError     **error)
{
  g_autoptr (StrataDataSet) set = strata_data_set_new ();
  Part parts[] = {
    { "train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz", &set->x, &set->y },
    { "t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz", &set->test_x, &set->test_y },
  };

  strata_pool_run (G_N_ELEMENTS (parts), load_part, parts);
  if (parts[0].error != NULL)
    {
      g_propagate_error (error, parts[0].error);
      g_clear_error (&parts[1].error);
      return NULL;
    }
  if (parts[1].error != NULL)
    {
      g_propagate_error (error, parts[1].error);
      return NULL;
    }

  set->n_classes = 10;
  set->class_names = g_ptr_array_new_with_free_func (g_free);
  for (int i = 0; i < 10; i++)
    g_ptr_array_add (set->class_names, g_strdup_printf ("%d", i));
  set->summary =
    g_strdup (_("MNIST: 60,000 handwritten digits to train with and 10,000 to test, 28 × 28 pixels from "
                              "0 to 1"));
  return g_steal_pointer (&set);
}

const StrataDataKind strata_data_kind_mnist = {
  .name = "mnist",
  .title = "MNIST digits",
  .description = "70,000 handwritten digits in gray, 28 by 28 pixels",
  .origin = "Y. LeCun, C. Cortes and C. Burges; CC BY-SA 3.0",
  .bundled = TRUE,
  .load = mnist_load,
};
