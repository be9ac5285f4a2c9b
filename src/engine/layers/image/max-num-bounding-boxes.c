/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/image/spatial.h"

typedef struct
{
  StrataLayer parent;
  gint64 max_number, fill_value;
  char *data_format;
} MaxNumBoundingBoxes;

static const StrataParam params[] = {
  STRATA_PARAM (INT, MaxNumBoundingBoxes, max_number, NULL, .minimum = 1, .maximum = G_MAXINT32, .soft_minimum = 1,
                .soft_maximum = 100, .title = "Boxes",
                .description = "How many boxes come with each image"),
  STRATA_PARAM (INT, MaxNumBoundingBoxes, fill_value, "-1", .transient = TRUE, .title = "Fill value",
                .description = "What stands for boxes that are missing"),
  STRATA_PARAM_DATA_FORMAT (MaxNumBoundingBoxes),
  { NULL },
};

/* Images go through: boxes are beside them only in data, which is not read by layers here. */
static void
max_num_bounding_boxes_call (StrataLayer   *layer,
                             StrataBuilder *b,
                             StrataCall    *call)
{
  strata_call_return (call, call->inputs[0]);
}

const StrataLayerInfo strata_layer_max_num_bounding_boxes = {
  .object = {
    .name = "MaxNumBoundingBoxes",
    .title = "Number of boxes",
    .category = "Preprocessing",
    .description = "Brings the boxes that come with images to one number; images go through as they are",
    .formula = "boxes = (box₁ … boxₙ), as many as wanted",
    .params = params,
    .instance_size = sizeof (MaxNumBoundingBoxes),
    .samples = (const char *const[]){ "{\"max_number\": 3}", "{\"max_number\": 10, \"name\": \"boxes\"}", NULL },
  },
  .min_rank = 3,
  .max_rank = 4,
  .sample_inputs = "2,4,5,3",
  .call = max_num_bounding_boxes_call,
};
