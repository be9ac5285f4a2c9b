/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "applications/imagenet.h"

#include <glib/gi18n-lib.h>

#include "base/json.h"
#include "io/atomic-file.h"

#define N_CLASSES 1000
#define CLASS_INDEX "download.tensorflow.org/data/imagenet_class_index.json"
#define CLASS_INDEX_MD5 "c2c37ea517e94d9795004a39431a14cb"

static const char *const preprocessing_names[] = {
  [STRATA_PREPROCESSING_NONE] = "none",
  [STRATA_PREPROCESSING_CAFFE] = "caffe",
  [STRATA_PREPROCESSING_TF] = "tf",
  [STRATA_PREPROCESSING_TORCH] = "torch",
};

/**
 * strata_preprocessing_get_name:
 *
 * Returns: Keras's word for it, such as `caffe`
 */
const char *
strata_preprocessing_get_name (StrataPreprocessing self)
{
  g_return_val_if_fail ((guint) self < G_N_ELEMENTS (preprocessing_names), NULL);

  return preprocessing_names[self];
}

G_DEFINE_BOXED_TYPE (StrataGuess, strata_guess, strata_guess_copy, strata_guess_free)

StrataGuess *
strata_guess_copy (const StrataGuess *self)
{
  StrataGuess *copy = g_new (StrataGuess, 1);

  *copy = (StrataGuess){ g_strdup (self->wnid), g_strdup (self->label), self->score };
  return copy;
}

void
strata_guess_free (StrataGuess *self)
{
  g_free (self->wnid);
  g_free (self->label);
  g_free (self);
}

/* x * scale - mean, over deviation, of the three channels of a pixel; they may change places. */
typedef struct
{
  gboolean swaps;
  float divisor;
  float mean[3], deviation[3];
} Formula;

static void
preprocess_pixel (const Formula *formula,
                  float         *pixel,
                  gint64         stride)
{
  float x[3] = { pixel[0], pixel[stride], pixel[2 * stride] };

  for (int c = 0; c < 3; c++)
    pixel[c * stride] = (x[formula->swaps ? 2 - c : c] / formula->divisor - formula->mean[c]) / formula->deviation[c];
}

/**
 * strata_imagenet_preprocess:
 * @pixels: of shape (…, height, width, 3), or (…, 3, height, width), float32 from 0 to 255; changed
 * @preprocessing: what the network was trained with: strata_application_get_preprocessing()
 * @channels_first: whether the channels come before height and width
 *
 * Does to pixels what Keras's `preprocess_input()` does.
 */
gboolean
strata_imagenet_preprocess (StrataTensor         *pixels,
                            StrataPreprocessing   preprocessing,
                            gboolean              channels_first,
                            GError              **error)
{
  static const Formula formulas[] = {
    [STRATA_PREPROCESSING_CAFFE] = { TRUE, 1, { 103.939f, 116.779f, 123.68f }, { 1, 1, 1 } },
    [STRATA_PREPROCESSING_TF] = { FALSE, 127.5f, { 1, 1, 1 }, { 1, 1, 1 } },
    [STRATA_PREPROCESSING_TORCH] = { FALSE, 255, { 0.485f, 0.456f, 0.406f }, { 0.229f, 0.224f, 0.225f } },
  };
  const StrataShape *shape = strata_tensor_get_shape (pixels);
  int axis = channels_first ? shape->rank - 3 : shape->rank - 1;
  gint64 stride, n;
  float *x;

  if (preprocessing == STRATA_PREPROCESSING_NONE)
    return TRUE;
  if (strata_tensor_get_dtype (pixels) != STRATA_FLOAT32 || shape->rank < 3 || shape->dims[axis] != 3)
    {
      g_autofree char *text = strata_shape_to_string (shape);

      strata_set_error (error, STRATA_ERROR_SHAPE,
                        channels_first
                          ? N_("Pictures are prepared for a network as float32 with three channels in front, "
                               "not as %s of shape %s")
                          : N_("Pictures are prepared for a network as float32 with three channels, "
                               "not as %s of shape %s"),
                        strata_dtype_get_name (strata_tensor_get_dtype (pixels)), text);
      return FALSE;
    }
  stride = strata_shape_get_span (shape, axis + 1, shape->rank);
  n = strata_tensor_get_size (pixels) / 3;
  x = strata_tensor_get_floats (pixels);
  for (gint64 i = 0; i < n; i++)
    preprocess_pixel (&formulas[preprocessing], x + i / stride * 3 * stride + i % stride, stride);
  return TRUE;
}

static JsonNode *
load_classes (GError **error)
{
  g_autofree char *path = strata_download_published (CLASS_INDEX, CLASS_INDEX_MD5, NULL, NULL, NULL, error);
  g_autoptr (GBytes) bytes = path != NULL ? strata_file_read (path, error) : NULL;
  g_autoptr (JsonNode) node = bytes != NULL
                              ? strata_json_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), error)
                              : NULL;

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    return g_steal_pointer (&node);
  if (node != NULL)
    strata_set_error (error, STRATA_ERROR_FORMAT, "“%s” does not list classes", path);
  g_prefix_error (error, "%s", _("The names of ImageNet's classes: "));
  return NULL;
}

/* What class number @index is called in WordNet and by people. */
static StrataGuess *
guess_new (JsonObject *classes,
           guint       index,
           float       score)
{
  StrataGuess *self = g_new0 (StrataGuess, 1);
  char key[16];
  JsonNode *entry;
  JsonArray *names;

  g_snprintf (key, sizeof key, "%u", index);
  entry = json_object_get_member (classes, key);
  names = entry != NULL && JSON_NODE_HOLDS_ARRAY (entry) ? json_node_get_array (entry) : NULL;
  self->score = score;
  for (guint i = 0; i < 2; i++)
    {
      JsonNode *name = names != NULL && json_array_get_length (names) > i ? json_array_get_element (names, i) : NULL;
      const char *text = name != NULL && JSON_NODE_HOLDS_VALUE (name) ? json_node_get_string (name) : NULL;

      *(i == 0 ? &self->wnid : &self->label) = g_strdup (text != NULL ? text : key);
    }
  return self;
}

/* The class with the highest score below the one before; of equal ones the first. */
static guint
find_next (const float *scores,
           guint        n_classes,
           const guint *taken,
           guint        n_taken)
{
  guint best = n_classes;

  for (guint i = 0; i < n_classes; i++)
    {
      gboolean free = TRUE;

      for (guint k = 0; k < n_taken && free; k++)
        free = taken[k] != i;
      if (free && (best == n_classes || scores[i] > scores[best]))
        best = i;
    }
  return best;
}

/**
 * strata_imagenet_decode:
 * @predictions: of shape (samples, classes), what a network with its classifier gives
 * @top: how many of the most likely classes
 * @classes: (nullable): by class number, as `imagenet_class_index.json` has
 *   them, the names of a class; %NULL for those of ImageNet's thousand, which
 *   are fetched once and kept
 *
 * Tells in words what a network sees: Keras's `decode_predictions()`.
 * Returns: (transfer full) (element-type StrataGuess): @top guesses for each
 *   sample, one sample after the other, the most likely first; or %NULL with @error set
 */
GPtrArray *
strata_imagenet_decode (StrataTensor  *predictions,
                        guint          top,
                        JsonNode      *classes,
                        GError       **error)
{
  const StrataShape *shape = strata_tensor_get_shape (predictions);
  g_autoptr (GPtrArray) guesses = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_guess_free);
  g_autoptr (JsonNode) names = NULL;
  g_autofree guint *taken = NULL;

  if (shape->rank != 2 || (classes == NULL && shape->dims[1] != N_CLASSES) ||
      strata_tensor_get_dtype (predictions) != STRATA_FLOAT32)
    {
      g_autofree char *text = strata_shape_to_string (shape);

      strata_set_error (error, STRATA_ERROR_SHAPE,
                        "Only predictions of ImageNet's %d classes have names, not those of shape %s", N_CLASSES, text);
      return NULL;
    }
  names = classes != NULL ? json_node_copy (classes) : load_classes (error);
  if (names == NULL)
    return NULL;
  top = MIN (top, shape->dims[1]);
  taken = g_new (guint, MAX (top, 1));
  for (gint64 n = 0; n < shape->dims[0]; n++)
    {
      const float *scores = strata_tensor_get_floats (predictions) + n * shape->dims[1];

      for (guint i = 0; i < top; i++)
        {
          taken[i] = find_next (scores, shape->dims[1], taken, i);
          g_ptr_array_add (guesses, guess_new (json_node_get_object (names), taken[i], scores[taken[i]]));
        }
    }
  return g_steal_pointer (&guesses);
}
