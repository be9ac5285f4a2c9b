/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/image/augment.h"

#include <math.h>

#include "base/json.h"
#include "layers/json-numbers.h"
#include "ops/conv.h"
#include "ops/drawing.h"
#include "ops/elementwise.h"
#include "ops/shaping.h"

/**
 * strata_augment_get_range: (skip)
 * @node: a number for both ways, or a list of two
 * @least: what the lower end is at least
 */
gboolean
strata_augment_get_range (JsonNode *node,
                          double    least,
                          double   *lower,
                          double   *upper)
{
  g_autoptr (StrataTensor) numbers = strata_json_to_floats (node);

  if (numbers == NULL || strata_tensor_get_shape (numbers)->rank > 1 || strata_tensor_get_size (numbers) > 2 ||
      strata_tensor_get_size (numbers) < 1)
    return FALSE;
  if (strata_tensor_get_shape (numbers)->rank == 0)
    {
      *upper = fabs (json_node_get_double (node));
      *lower = MAX (-*upper, least);
      return TRUE;
    }
  if (strata_tensor_get_size (numbers) != 2)
    return FALSE;
  *lower = MIN (strata_tensor_get_number (numbers, 0), strata_tensor_get_number (numbers, 1));
  *upper = MAX (strata_tensor_get_number (numbers, 0), strata_tensor_get_number (numbers, 1));
  return TRUE;
}

/**
 * strata_augment_normalize: (skip)
 * @node: (inout): a range; becomes a list of two numbers, as Keras writes it
 */
gboolean
strata_augment_normalize (JsonNode   **node,
                          const char  *name,
                          double       least,
                          double       most,
                          GError     **error)
{
  double lower, upper;
  JsonArray *list;

  if (!strata_augment_get_range (*node, least, &lower, &upper) || lower < least || upper > most)
    {
      g_autofree char *text = strata_json_to_text (*node, FALSE);

      strata_set_error (error, STRATA_ERROR_VALUE,
                        "%s must be a number or a list of two, between %g and %g, not %s", name, least, most, text);
      return FALSE;
    }
  if (JSON_NODE_HOLDS_ARRAY (*node))
    return TRUE;
  list = json_array_new ();
  json_array_add_double_element (list, lower);
  json_array_add_double_element (list, upper);
  json_node_unref (*node);
  *node = json_node_init_array (json_node_alloc (), list);
  json_array_unref (list);
  return TRUE;
}

/**
 * strata_augment_get_seed: (skip)
 * @which: tells draws of one layer apart that has a seed of its own
 */
gint64
strata_augment_get_seed (StrataAugmentLayer *self,
                         int                 which)
{
  return self->seed == STRATA_NONE_INT ? self->seed : self->seed + 7919 * which;
}

/**
 * strata_augment_draw: (skip)
 * @which: tells draws of one layer apart that has a seed of its own
 *
 * Returns: (transfer none): (batch, 1): a number from @lower to @upper for each image
 */
StrataValue *
strata_augment_draw (StrataAugmentLayer *self,
                     StrataBuilder      *b,
                     StrataValue        *x,
                     double              lower,
                     double              upper,
                     int                 which)
{
  StrataValue *drawn = strata_draw_uniform (b, &STRATA_SHAPE (x->shape.dims[0], 1),
                                            strata_augment_get_seed (self, which));

  return strata_offset (b, strata_scale (b, drawn, upper - lower), lower);
}

/* For layers with a factor that is a share, or two of them. */
gboolean
strata_augment_share_configured (StrataObject  *object,
                                 GError       **error)
{
  return strata_augment_normalize (&((StrataAugmentLayer *) object)->factor, "factor", 0, 1, error);
}

/* For layers with a factor that may go either way. */
gboolean
strata_augment_signed_configured (StrataObject  *object,
                                  GError       **error)
{
  return strata_augment_normalize (&((StrataAugmentLayer *) object)->factor, "factor", -1, 1, error);
}

/* Which input has the images: Keras puts names into any order. */
static guint
find_images (StrataCall *call)
{
  for (guint i = 0; i < call->n_inputs; i++)
    if (call->inputs[i]->shape.rank == 3 || call->inputs[i]->shape.rank == 4)
      return i;
  return 0;
}

/**
 * strata_augment_enter: (skip)
 *
 * Returns: (transfer none): the images as (batch, rows, columns, channels)
 */
StrataValue *
strata_augment_enter (StrataAugmentLayer *self,
                      StrataBuilder      *b,
                      StrataCall         *call)
{
  StrataValue *x = strata_cast (b, call->inputs[find_images (call)], STRATA_FLOAT32);

  if (call->n_inputs > 2 || x->shape.rank < 3 || x->shape.rank > 4)
    {
      strata_builder_fail (b, STRATA_ERROR_SHAPE,
                           "takes images of 3 or 4 dimensions, alone or with labels; no boxes or masks");
      return strata_builder_nothing (b);
    }
  return strata_to_channels_last (b, x->shape.rank == 3 ? strata_expand_dims (b, x, 0) : x, self->data_format);
}

/**
 * strata_augment_get_labels: (skip)
 *
 * Returns: (transfer none) (nullable): what is beside the images
 */
StrataValue *
strata_augment_get_labels (StrataCall *call)
{
  return call->n_inputs > 1 ? call->inputs[1 - find_images (call)] : NULL;
}

/**
 * strata_augment_leave_with: (skip)
 * @y: images, as strata_augment_enter() has them
 * @labels: (nullable): the labels that go with them
 */
void
strata_augment_leave_with (StrataAugmentLayer *self,
                           StrataBuilder      *b,
                           StrataCall         *call,
                           StrataValue        *y,
                           StrataValue        *labels)
{
  y = strata_from_channels_last (b, y, self->data_format);
  strata_call_return (call, call->inputs[find_images (call)]->shape.rank == 3 ? strata_squeeze (b, y, 0) : y);
  if (labels != NULL)
    strata_call_return (call, labels);
}

void
strata_augment_leave (StrataAugmentLayer *self,
                      StrataBuilder      *b,
                      StrataCall         *call,
                      StrataValue        *y)
{
  strata_augment_leave_with (self, b, call, y, strata_augment_get_labels (call));
}

static StrataFillMode
get_fill_mode (const char *name)
{
  static const char *const names[] = { "constant", "nearest", "reflect", "wrap" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i], name))
      return i;
  return STRATA_FILL_REFLECT;
}

StrataValue *
strata_augment_move (StrataAugmentLayer        *self,
                     StrataBuilder             *b,
                     StrataValue               *x,
                     const StrataAffineColumns *columns)
{
  StrataAffineOptions options = { get_fill_mode (self->fill_mode), g_str_equal (self->interpolation, "nearest"),
                                  self->fill_value };
  StrataValue *spread[6];

  for (int i = 0; i < 6; i++)
    spread[i] = strata_broadcast_to (b, columns->numbers[i], &STRATA_SHAPE (x->shape.dims[0], 1));
  return strata_affine (b, x, strata_concatenate (b, spread, 6, 1), &options);
}

/**
 * strata_augment_clip: (skip)
 *
 * Keeps numbers within those that an image may have.
 */
StrataValue *
strata_augment_clip (StrataAugmentLayer *self,
                     StrataBuilder      *b,
                     StrataValue        *x)
{
  double lower = 0, upper = 255;

  strata_augment_get_range (self->value_range, -INFINITY, &lower, &upper);
  return strata_clip (b, x, lower, upper);
}

/**
 * strata_augment_run: (skip)
 *
 * Does what all layers have in common whose output is an image as large as the input.
 */
void
strata_augment_run (StrataLayer         *layer,
                    StrataBuilder       *b,
                    StrataCall          *call,
                    StrataAugmentChange  change)
{
  StrataAugmentLayer *self = (StrataAugmentLayer *) layer;
  StrataValue *x = strata_augment_enter (self, b, call);

  strata_augment_leave (self, b, call, call->training ? change (self, b, x) : x);
}

/**
 * strata_augment_draw4: (skip)
 *
 * Returns: (transfer none): (batch, 1, 1, 1): a number from @lower to @upper for each image
 */
StrataValue *
strata_augment_draw4 (StrataAugmentLayer *self,
                      StrataBuilder      *b,
                      StrataValue        *x,
                      double              lower,
                      double              upper,
                      int                 which)
{
  return strata_reshape (b, strata_augment_draw (self, b, x, lower, upper, which),
                         &STRATA_SHAPE (x->shape.dims[0], 1, 1, 1));
}

/**
 * strata_augment_choose: (skip)
 * @chance: how probable it is that an image changes, or between what that is
 *
 * Returns: (transfer none): (batch, 1, 1, 1): 1 for images that change, 0 for others
 */
StrataValue *
strata_augment_choose (StrataAugmentLayer *self,
                       StrataBuilder      *b,
                       StrataValue        *x,
                       JsonNode           *chance,
                       int                 which)
{
  double lower = 0, upper = 0;

  strata_augment_get_range (chance, 0, &lower, &upper);
  return strata_less (b, strata_augment_draw4 (self, b, x, 0, 1, which),
                      strata_augment_draw4 (self, b, x, lower, upper, which + 1));
}

/**
 * strata_augment_rescale: (skip)
 * @from: (nullable): the range that numbers are in; %NULL for 0 to 255
 * @to: (nullable): the range that they come into
 */
StrataValue *
strata_augment_rescale (StrataBuilder *b,
                        StrataValue   *x,
                        JsonNode      *from,
                        JsonNode      *to)
{
  double low = 0, high = 255, new_low = 0, new_high = 255;

  if (from != NULL)
    strata_augment_get_range (from, -INFINITY, &low, &high);
  if (to != NULL)
    strata_augment_get_range (to, -INFINITY, &new_low, &new_high);
  if (low == new_low && high == new_high)
    return x;
  x = strata_scale (b, strata_offset (b, x, -low), 1 / (high - low));
  return strata_offset (b, strata_scale (b, x, new_high - new_low), new_low);
}

/**
 * strata_augment_filter: (skip)
 * @kernel: of shape (rows, columns, 1, 1): moves over each channel, with zeros around the images
 */
StrataValue *
strata_augment_filter (StrataBuilder *b,
                       StrataValue   *x,
                       StrataValue   *kernel)
{
  StrataConvOptions options = { .stride = { 1, 1 }, .dilation = { 1, 1 }, .groups = x->shape.dims[3] };
  StrataShape shape = kernel->shape;

  if (strata_builder_has_failed (b))
    return x;
  for (int d = 0; d < 2; d++)
    strata_get_same_margins (x->shape.dims[d + 1], shape.dims[d], 1, 1, &options.before[d], &options.after[d]);
  shape.dims[3] = x->shape.dims[3];
  return strata_conv (b, x, strata_broadcast_to (b, kernel, &shape), &options);
}
