/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/image/augment.h"
#include "layers/image/image-resize.h"
#include "ops/drawing.h"
#include "ops/elementwise.h"
#include "ops/shaping.h"

static const StrataParam params[] = {
  STRATA_PARAM (INT, StrataAugmentLayer, height, NULL, .minimum = 1, .maximum = G_MAXINT32, .soft_minimum = 8,
                .soft_maximum = 512,
                .title = "Height", .description = "Rows that are cut out", .unit = "pixels"),
  STRATA_PARAM (INT, StrataAugmentLayer, width, NULL, .minimum = 1, .maximum = G_MAXINT32, .soft_minimum = 8,
                .soft_maximum = 512,
                .title = "Width", .description = "Columns that are cut out", .unit = "pixels"),
  STRATA_AUGMENT_PARAMS_COMMON,
  { NULL },
};

/* A place for the whole batch: 0 to @room, as one number of an affine map. */
static StrataValue *
draw_start (StrataAugmentLayer *self,
            StrataBuilder      *b,
            gint64              room,
            int                 which)
{
  gint64 seed = self->seed == STRATA_NONE_INT ? self->seed : self->seed + 7919 * which;

  return strata_floor (b, strata_scale (b, strata_draw_uniform (b, &STRATA_SHAPE (1, 1), seed), room + 1));
}

/* The part moves to the upper left corner, where it is cut out. */
static StrataValue *
cut_anywhere (StrataAugmentLayer *self,
              StrataBuilder      *b,
              StrataValue        *x)
{
  StrataValue *zero = strata_builder_scalar (b, 0), *one = strata_builder_scalar (b, 1);
  StrataAffineColumns columns = { { one, zero, draw_start (self, b, x->shape.dims[2] - self->width, 1), zero, one,
                                    draw_start (self, b, x->shape.dims[1] - self->height, 0) } };

  x = strata_augment_move (self, b, x, &columns);
  return strata_slice (b, strata_slice (b, x, 1, 0, self->height), 2, 0, self->width);
}

/* Of what is not larger, a part of the same proportions is cut from the middle and resized. */
static StrataValue *
cut_middle (StrataAugmentLayer *self,
            StrataBuilder      *b,
            StrataValue        *x)
{
  gint64 rows = x->shape.dims[1], columns = x->shape.dims[2];
  gint64 height = MAX (MIN (rows, (gint64) ((double) (columns * self->height) / self->width)), 1);
  gint64 width = MAX (MIN (columns, (gint64) ((double) (rows * self->width) / self->height)), 1);
  gint64 top = (rows - height) / 2, left = (columns - width) / 2;

  x = strata_slice (b, x, 1, top, MIN (self->height, rows - top));
  x = strata_slice (b, x, 2, left, MIN (self->width, columns - left));
  return strata_image_resize (b, x, 1, self->height, self->width, "bilinear", FALSE);
}

static StrataValue *
cut (StrataAugmentLayer *self,
     StrataBuilder      *b,
     StrataValue        *x)
{
  if (strata_builder_has_failed (b))
    return x;
  if (x->shape.dims[1] == STRATA_UNKNOWN || x->shape.dims[2] == STRATA_UNKNOWN)
    {
      strata_builder_fail (b, STRATA_ERROR_SHAPE, "height and width of the images must be known");
      return x;
    }
  return x->shape.dims[1] > self->height && x->shape.dims[2] > self->width ? cut_anywhere (self, b, x)
         : cut_middle (self, b, x);
}

static gboolean
random_crop_configured (StrataObject  *object,
                        GError       **error)
{
  StrataAugmentLayer *self = (StrataAugmentLayer *) object;

  g_free (self->fill_mode);
  self->fill_mode = g_strdup ("constant");
  g_free (self->interpolation);
  self->interpolation = g_strdup ("nearest");
  return TRUE;
}

/* The moves are whole pixels: what the fields say that are no parameters here does not matter otherwise. */
static void
random_crop_finalize (StrataObject *object)
{
  StrataAugmentLayer *self = (StrataAugmentLayer *) object;

  g_clear_pointer (&self->fill_mode, g_free);
  g_clear_pointer (&self->interpolation, g_free);
}

/* Keras makes models as if they were only ever trained: what comes after is built for the part that is cut out. */
static void
declare (StrataAugmentLayer *self,
         StrataBuilder      *b,
         StrataCall         *call)
{
  StrataValue *x = strata_augment_enter (self, b, call);
  StrataShape shape = x->shape;

  shape.dims[1] = self->height;
  shape.dims[2] = self->width;
  strata_augment_leave (self, b, call, strata_builder_input (b, "part", STRATA_FLOAT32, &shape));
}

static void
random_crop_call (StrataLayer   *layer,
                  StrataBuilder *b,
                  StrataCall    *call)
{
  if (strata_builder_is_declaring (b))
    declare ((StrataAugmentLayer *) layer, b, call);
  else
    strata_augment_run (layer, b, call, cut);
}

const StrataLayerInfo strata_layer_random_crop = {
  .object = {
    .name = "RandomCrop",
    .title = "Random crop",
    .category = "Preprocessing",
    .description = "Cuts a part of the images out at random while training; after it they stay whole",
    .formula = "y[i] = x[i + offset], with an offset from 0 to n − size",
    .params = params,
    .instance_size = sizeof (StrataAugmentLayer),
    .samples = (const char *const[]){
      "{\"height\": 3, \"width\": 2}",
      "{\"height\": 2, \"width\": 3, \"seed\": 3}",
      "{\"height\": 4, \"width\": 4}",
      "{\"height\": 6, \"width\": 4}",
      NULL },
    .configured = random_crop_configured,
    .finalize = random_crop_finalize,
  },
  .flags = STRATA_LAYER_TAKES_LABELS,
  .min_rank = 3,
  .max_rank = 4,
  .sample_inputs = "2,4,5,3",
  .call = random_crop_call,
};
