/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/image/image-resize.h"
#include "ops/elementwise.h"

static const StrataParam params[] = {
  STRATA_PARAMS_IMAGE_SIZE,
  STRATA_PARAM (CHOICE, StrataResizeLayer, interpolation, "\"bilinear\"",
                .choices = STRATA_CHOICES (STRATA_RESIZE_METHODS), .title = "Interpolation",
                .description = "How the pixels between are made up"),
  STRATA_PARAM (BOOL, StrataResizeLayer, crop_to_aspect_ratio, "false", .title = "Crop to aspect ratio",
                .description = "Whether edges are cut off rather than the image distorted"),
  STRATA_PARAM (BOOL, StrataResizeLayer, pad_to_aspect_ratio, "false", .title = "Pad to aspect ratio",
                .description = "Whether edges are added rather than the image distorted"),
  STRATA_PARAM (CHOICE, StrataResizeLayer, fill_mode, "\"constant\"", .choices = STRATA_CHOICES ("constant"),
                .title = "Fill mode",
                .description = "What added edges are made of"),
  STRATA_PARAM (FLOAT, StrataResizeLayer, fill_value, "0.0", .soft_minimum = 0, .soft_maximum = 255,
                .title = "Fill value", .description = "The number that added edges have"),
  STRATA_PARAM (BOOL, StrataResizeLayer, antialias, "false", .title = "Antialias",
                .description = "Whether images that become smaller are smoothed first"),
  STRATA_PARAM_DATA_FORMAT (StrataResizeLayer),
  { NULL },
};

static gboolean
resizing_configured (StrataObject  *object,
                     GError       **error)
{
  StrataResizeLayer *self = (StrataResizeLayer *) object;

  if (!self->crop_to_aspect_ratio || !self->pad_to_aspect_ratio)
    return TRUE;
  strata_set_error (error, STRATA_ERROR_VALUE,
                    "only one of crop_to_aspect_ratio and pad_to_aspect_ratio can be true");
  return FALSE;
}

static void
resizing_call (StrataLayer   *layer,
               StrataBuilder *b,
               StrataCall    *call)
{
  StrataResizeLayer *self = (StrataResizeLayer *) layer;
  StrataValue *x = strata_cast (b, call->inputs[0], STRATA_FLOAT32);
  int axis = strata_image_get_axis (self->data_format, x->shape.rank);

  if (self->crop_to_aspect_ratio)
    x = strata_image_crop_to_aspect (b, x, axis, self->height, self->width);
  if (self->pad_to_aspect_ratio)
    x = strata_image_pad_to_aspect (b, x, axis, self->height, self->width, self->fill_value);
  x = strata_image_resize (b, x, axis, self->height, self->width, self->interpolation, self->antialias);
  strata_call_return (call, call->inputs[0]->dtype == STRATA_UINT8
                      ? strata_cast (b, strata_clip (b, strata_round (b, x), 0, 255), STRATA_UINT8) : x);
}

const StrataLayerInfo strata_layer_resizing = {
  .object = {
    .name = "Resizing",
    .title = "Resizing",
    .category = "Preprocessing",
    .description = "Brings images to one size",
    .formula = "y[i] = x at (i + ½) · n / m − ½, between its neighbours",
    .params = params,
    .instance_size = sizeof (StrataResizeLayer),
    .samples = (const char *const[]){
      "{\"height\": 4, \"width\": 3}",
      "{\"height\": 8, \"width\": 9, \"interpolation\": \"nearest\"}",
      "{\"height\": 4, \"width\": 4, \"crop_to_aspect_ratio\": true}",
      "{\"height\": 4, \"width\": 8, \"pad_to_aspect_ratio\": true, \"fill_value\": 1.0}",
      "{\"height\": 3, \"width\": 3, \"antialias\": true, \"interpolation\": \"bicubic\"}",
      "{\"height\": 3, \"width\": 2, \"data_format\": \"channels_first\"}",
      NULL },
    .configured = resizing_configured,
  },
  .min_rank = 3,
  .max_rank = 4,
  .sample_inputs = "2,5,6,3",
  .call = resizing_call,
};
