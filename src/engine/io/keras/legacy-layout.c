/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "io/keras/legacy-layout.h"

#include <string.h>

#include "base/error.h"
#include "io/keras/tensor-layout.h"
#include "models/model.h"

/*
 * Weights as older versions laid them out: Keras 1 had an array for each gate and other kernels of convolutions, Theano
 * went through kernels backwards, and the layers for cuDNN had gates turned around and biases twice.
 */

#define MAX_DEPTH 60

static GPtrArray *convert (StrataLayer *layer, GPtrArray *arrays, const StrataLegacyOrigin *origin, guint depth,
                           GError **error);

static gboolean
is_class (StrataLayer *layer,
          const char  *class_name)
{
  return g_str_equal (strata_object_get_class_name (STRATA_OBJECT (layer)), class_name);
}

/**
 * strata_legacy_origin_read: (skip)
 * @root: the group of the weights
 *
 * Returns: what wrote the weights
 */
StrataLegacyOrigin
strata_legacy_origin_read (StrataHdf5 *file,
                           const char *root)
{
  StrataLegacyOrigin origin = { .keras1 = TRUE };
  const char *places[] = { root, "" };
  g_autofree char *backend = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (strata_hdf5_has_attribute (file, places[i], "keras_version"))
      {
        g_autofree char *version = strata_hdf5_get_string (file, places[i], "keras_version", NULL);

        origin.keras1 = version != NULL && version[0] == '1';
        break;
      }
  if (strata_hdf5_has_attribute (file, root, "backend"))
    backend = strata_hdf5_get_string (file, root, "backend", NULL);
  origin.convolves = g_strcmp0 (backend, "theano") == 0;
  return origin;
}

/**
 * strata_legacy_dup_weights: (skip)
 *
 * Returns: (transfer full): a layer's weights in the order of these files: first all that are trained, then the others
 */
GPtrArray *
strata_legacy_dup_weights (StrataLayer *layer)
{
  g_autoptr (GPtrArray) all = strata_layer_dup_weights (layer);
  GPtrArray *weights = strata_layer_dup_trainable_weights (layer);

  for (guint i = 0; i < all->len; i++)
    if (!g_ptr_array_find (weights, g_ptr_array_index (all, i), NULL))
      g_ptr_array_add (weights, strata_variable_ref (g_ptr_array_index (all, i)));
  return weights;
}

static GPtrArray *
new_arrays (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) strata_tensor_unref);
}

static void
add_slice (GPtrArray *arrays,
           GPtrArray *source,
           guint      start,
           guint      n)
{
  for (guint i = start; i < start + n && i < source->len; i++)
    g_ptr_array_add (arrays, strata_tensor_ref (g_ptr_array_index (source, i)));
}

/* Takes the tensor over. */
static gboolean
replace (GPtrArray    *arrays,
         guint         i,
         StrataTensor *tensor)
{
  if (tensor == NULL)
    return FALSE;
  strata_tensor_unref (g_ptr_array_index (arrays, i));
  arrays->pdata[i] = tensor;
  return TRUE;
}

/* How many arrays a file has for a layer. @wide: whether each gate has its own, as in Keras 1 */
static guint
count_arrays (StrataLayer *layer,
              gboolean     trainable,
              gboolean     wide,
              guint        depth)
{
  g_autoptr (GPtrArray) all = strata_layer_dup_weights (layer);
  g_autoptr (GPtrArray) learning = strata_layer_dup_trainable_weights (layer);
  guint n = trainable ? learning->len : all->len - learning->len, sum = 0;

  if (!wide || n == 0 || depth > MAX_DEPTH)
    return n;
  if (is_class (layer, "LSTM") || is_class (layer, "ConvLSTM2D"))
    return 12;
  if (is_class (layer, "GRU"))
    return 9;
  if (!STRATA_IS_MODEL (layer) && !is_class (layer, "Bidirectional") && !is_class (layer, "TimeDistributed"))
    return n;
  for (guint i = 0; i < strata_layer_get_n_children (layer); i++)
    sum += count_arrays (strata_layer_get_child (layer, i, NULL), trainable, wide, depth + 1);
  return sum;
}

/* Each layer inside has its share of what learns, and of the rest behind it. */
static GPtrArray *
convert_children (StrataLayer               *layer,
                  GPtrArray                 *arrays,
                  const StrataLegacyOrigin  *origin,
                  guint                      depth,
                  GError                   **error)
{
  g_autoptr (GPtrArray) learning = new_arrays (), others = new_arrays ();
  guint n = count_arrays (layer, TRUE, FALSE, depth) + count_arrays (layer, FALSE, FALSE, depth), next = 0, last;
  gboolean wide = origin->keras1 && arrays->len != n;

  if (arrays->len != n && !wide)
    {
      strata_set_error (error, STRATA_ERROR_SHAPE, "The layer “%s” has %u weights, but the file has %u for it",
                        strata_layer_get_name (layer), n, arrays->len);
      return NULL;
    }
  last = count_arrays (layer, TRUE, wide, depth);
  for (guint i = 0; i < strata_layer_get_n_children (layer); i++)
    {
      StrataLayer *child = strata_layer_get_child (layer, i, NULL);
      guint first = count_arrays (child, TRUE, wide, depth + 1), second = count_arrays (child, FALSE, wide, depth + 1);
      guint n_learning = count_arrays (child, TRUE, FALSE, depth + 1);
      g_autoptr (GPtrArray) own = new_arrays (), converted = NULL;

      if (first + second == 0)
        continue;
      add_slice (own, arrays, next, first);
      add_slice (own, arrays, last, second);
      converted = convert (child, own, origin, depth + 1, error);
      if (converted == NULL)
        return NULL;
      add_slice (learning, converted, 0, n_learning);
      add_slice (others, converted, n_learning, converted->len);
      next += first;
      last += second;
    }
  g_ptr_array_extend (learning, others, (GCopyFunc) (gpointer) strata_tensor_ref, NULL);
  return g_steal_pointer (&learning);
}

/* Kernel, recurrent kernel and bias of each gate become three arrays. @order: the gates' places in the file */
static GPtrArray *
join_gates (GPtrArray   *arrays,
            const guint *order,
            guint        n)
{
  g_autoptr (GPtrArray) joined = new_arrays ();

  for (guint kind = 0; kind < 3; kind++)
    {
      StrataTensor *parts[4];

      for (guint gate = 0; gate < n; gate++)
        parts[gate] = g_ptr_array_index (arrays, order[gate] * 3 + kind);
      g_ptr_array_add (joined, strata_layout_join_last (parts, n));
      if (g_ptr_array_index (joined, kind) == NULL)
        return NULL;
    }
  return g_steal_pointer (&joined);
}

static gboolean
permute_array (GPtrArray  *arrays,
               guint       i,
               const char *axes)
{
  StrataTensor *tensor = g_ptr_array_index (arrays, i);

  return strata_tensor_get_shape (tensor)->rank != (int) strlen (axes) ||
         replace (arrays, i, strata_layout_permute (tensor, axes));
}

static gboolean
is_channels_first (StrataLayer *layer)
{
  g_autoptr (JsonNode) format = strata_object_get_param (STRATA_OBJECT (layer), "data_format");

  return format != NULL && JSON_NODE_HOLDS_VALUE (format) &&
         g_strcmp0 (json_node_get_string (format), "channels_first") == 0;
}

/* Keras 1 had a dimension of one in kernels of Conv1D, and in its first version the filters first. */
static gboolean
convert_conv1d (GPtrArray      *arrays,
                StrataVariable *kernel)
{
  StrataTensor *array = g_ptr_array_index (arrays, 0);
  const StrataShape *shape = strata_tensor_get_shape (array);

  if (shape->rank != 4)
    return TRUE;
  if ((shape->dims[0] != kernel->shape.dims[0] || shape->dims[1] != 1 || shape->dims[3] != kernel->shape.dims[2]) &&
      !permute_array (arrays, 0, "2310"))
    return FALSE;
  array = g_ptr_array_index (arrays, 0);
  shape = strata_tensor_get_shape (array);
  if (shape->dims[1] != 1)
    return TRUE;
  return replace (arrays, 0,
                  strata_tensor_reshape (array, &STRATA_SHAPE (shape->dims[0], shape->dims[2], shape->dims[3])));
}

static gboolean
convert_kernels (StrataLayer *layer,
                 GPtrArray   *arrays)
{
  gboolean first = is_channels_first (layer);
  g_autoptr (GPtrArray) weights = strata_layer_dup_weights (layer);

  if (is_class (layer, "Conv1D") && weights->len > 0)
    return convert_conv1d (arrays, g_ptr_array_index (weights, 0));
  if (is_class (layer, "Conv2DTranspose"))
    return permute_array (arrays, 0, first ? "2301" : "0132");
  if (first && is_class (layer, "Conv2D"))
    return permute_array (arrays, 0, "2310");
  if (first && is_class (layer, "Conv3D"))
    return permute_array (arrays, 0, "23410");
  if (first && is_class (layer, "ConvLSTM2D") && arrays->len > 1)
    return permute_array (arrays, 0, "2310") && permute_array (arrays, 1, "2310");
  return TRUE;
}

static GPtrArray *
convert_keras1 (StrataLayer *layer,
                GPtrArray   *arrays)
{
  /* Keras 1 had i, c, f, o. */
  static const guint lstm[] = { 0, 2, 1, 3 }, gru[] = { 0, 1, 2 };
  g_autoptr (GPtrArray) result = NULL;

  if (arrays->len == 12 && (is_class (layer, "LSTM") || is_class (layer, "ConvLSTM2D")))
    result = join_gates (arrays, lstm, 4);
  else if (arrays->len == 9 && is_class (layer, "GRU"))
    result = join_gates (arrays, gru, 3);
  else
    result = g_ptr_array_ref (arrays);
  return result != NULL && (result->len == 0 || convert_kernels (layer, result)) ? g_steal_pointer (&result) : NULL;
}

/* Theano's convolutions go through the kernel backwards. */
static gboolean
turn_kernels (StrataLayer *layer,
              GPtrArray   *arrays)
{
  static const char *const classes[] = { "Conv1D", "Conv2D", "Conv3D", "Conv2DTranspose", "ConvLSTM2D" };
  guint n = is_class (layer, "ConvLSTM2D") ? 2 : 1;

  for (guint k = 0; k < G_N_ELEMENTS (classes); k++)
    for (guint i = 0; is_class (layer, classes[k]) && i < n && i < arrays->len; i++)
      if (!replace (arrays, i, strata_layout_reverse (g_ptr_array_index (arrays, i))))
        return FALSE;
  return TRUE;
}

/* cuDNN's layers have biases for the input and for the state; their sum counts in LSTM, while GRU has both. */
static gboolean
convert_cudnn (StrataLayer *layer,
               GPtrArray   *arrays)
{
  guint gates = is_class (layer, "LSTM") ? 4 : is_class (layer, "GRU") ? 3 : 0;
  StrataTensor *bias = arrays->len == 3 ? g_ptr_array_index (arrays, 2) : NULL;
  const StrataShape *shape = bias != NULL ? strata_tensor_get_shape (bias) : NULL;
  gint64 units = bias != NULL ? strata_tensor_get_dim (g_ptr_array_index (arrays, 1), 0) : 0;

  if (gates == 0 || bias == NULL || shape->rank != 1 || shape->dims[0] != 2 * units * gates)
    return TRUE;
  return replace (arrays, 0, strata_layout_turn_gates (g_ptr_array_index (arrays, 0), gates, FALSE)) &&
         replace (arrays, 1, strata_layout_turn_gates (g_ptr_array_index (arrays, 1), gates, TRUE)) &&
         replace (arrays, 2, gates == 4 ? strata_layout_add_halves (bias)
                                        : strata_tensor_reshape (bias, &STRATA_SHAPE (2, units * gates)));
}

static GPtrArray *
convert (StrataLayer               *layer,
         GPtrArray                 *arrays,
         const StrataLegacyOrigin  *origin,
         guint                      depth,
         GError                   **error)
{
  g_autoptr (GPtrArray) result = NULL;

  if (depth > MAX_DEPTH)
    {
      strata_set_error (error, STRATA_ERROR_UNSUPPORTED, "Layers are in layers more than %d deep", MAX_DEPTH);
      return NULL;
    }
  if (STRATA_IS_MODEL (layer) || is_class (layer, "Bidirectional") || is_class (layer, "TimeDistributed"))
    return convert_children (layer, arrays, origin, depth, error);
  result = new_arrays ();
  add_slice (result, arrays, 0, arrays->len);
  if (origin->keras1)
    {
      GPtrArray *converted = convert_keras1 (layer, result);

      g_ptr_array_unref (result);
      result = converted;
    }
  if (result != NULL && (!origin->convolves || turn_kernels (layer, result)) && convert_cudnn (layer, result))
    return g_steal_pointer (&result);
  strata_set_error (error, STRATA_ERROR_SHAPE, "The layer “%s”: the shapes of its arrays do not fit together",
                    strata_layer_get_name (layer));
  return NULL;
}

/**
 * strata_legacy_layout_convert: (skip)
 * @layer: whose weights they are
 * @arrays: (element-type StrataTensor): as the file has them: first what is trained
 *
 * Returns: (transfer full) (element-type StrataTensor): the arrays as Keras 3 has them, in the same order; whether they
 *   fit
 *   the layer is for the caller to see
 */
GPtrArray *
strata_legacy_layout_convert (StrataLayer               *layer,
                              GPtrArray                 *arrays,
                              const StrataLegacyOrigin  *origin,
                              GError                   **error)
{
  return convert (layer, arrays, origin, 0, error);
}
