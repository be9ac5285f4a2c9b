/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/image/image-resize.h"
#include "ops/elementwise.h"
#include "ops/shaping.h"

static const StrataParam params[] = { STRATA_PARAMS_IMAGE_SIZE, STRATA_PARAM_DATA_FORMAT (StrataResizeLayer),
                                      { NULL } };

/* An image that is too small is made larger instead. */
static void
center_crop_call (StrataLayer   *layer,
                  StrataBuilder *b,
                  StrataCall    *call)
{
  StrataResizeLayer *self = (StrataResizeLayer *) layer;
  StrataValue *x = strata_cast (b, call->inputs[0], STRATA_FLOAT32);
  int axis = strata_image_get_axis (self->data_format, x->shape.rank);
  gint64 rows = x->shape.dims[axis], columns = x->shape.dims[axis + 1];

  if (rows >= self->height && columns >= self->width)
    {
      x = strata_slice (b, x, axis, (rows - self->height) / 2, self->height);
      strata_call_return (call, strata_slice (b, x, axis + 1, (columns - self->width) / 2, self->width));
      return;
    }
  x = strata_image_crop_to_aspect (b, x, axis, self->height, self->width);
  strata_call_return (call, strata_image_resize (b, x, axis, self->height, self->width, "bilinear", FALSE));
}

const StrataLayerInfo strata_layer_center_crop = {
  .object = {
    .name = "CenterCrop",
    .title = "Center crop",
    .category = "Preprocessing",
    .description = "Keeps the middle of images",
    .formula = "y[i] = x[i + (n − size) / 2]",
    .params = params,
    .instance_size = sizeof (StrataResizeLayer),
    .samples = (const char *const[]){
      "{\"height\": 4, \"width\": 3}",
      "{\"height\": 5, \"width\": 6}",
      "{\"height\": 8, \"width\": 4}",
      "{\"height\": 1, \"width\": 1}",
      "{\"height\": 3, \"width\": 2, \"data_format\": \"channels_first\"}",
      NULL },
  },
  .min_rank = 3,
  .max_rank = 4,
  .sample_inputs = "2,5,6,3",
  .call = center_crop_call,
};
