/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "layers/image/spatial.h"
#include "layers/regularization/dropout-base.h"
#include "ops/affine.h"

G_BEGIN_DECLS

/* Layers that change images at random while training, each using the fields it has parameters for. */
typedef struct
{
  StrataLayer parent;
  JsonNode *factor, *height_factor, *width_factor, *x_factor, *y_factor, *value_range, *scale, *sigma;
  JsonNode *addition_factor, *threshold_factor, *brightness_factor, *contrast_factor, *saturation_factor, *hue_factor;
  JsonNode *erased_value;
  StrataInts kernel_size;
  StrataInts tile_grid_size;
  gint64 height, width, bins, num_ops, num_chains, chain_depth;
  gboolean all_ops;
  double probability, alpha, clip_limit;
  char *mode, *fill_mode, *interpolation, *data_format;
  double fill_value;
  gint64 seed;
} StrataAugmentLayer;

#define STRATA_AUGMENT_PARAM_FACTOR(f, label, text)                                                                    \
  STRATA_PARAM (JSON, StrataAugmentLayer, f, NULL, .title = label, .description = text)
#define STRATA_AUGMENT_PARAM_INTERPOLATION(text)                                                                       \
  STRATA_PARAM (CHOICE, StrataAugmentLayer, interpolation, "\"bilinear\"",                                             \
                .choices = STRATA_CHOICES ("bilinear", "nearest"), .title = "Interpolation", .description = text)
#define STRATA_AUGMENT_PARAMS_FILL                                                                                     \
  STRATA_PARAM (CHOICE, StrataAugmentLayer, fill_mode, "\"reflect\"",                                                  \
                .choices = STRATA_CHOICES ("reflect", "constant", "nearest", "wrap"),                                  \
                .title = "Fill mode", .description = "What appears where the image has moved away"),                   \
  STRATA_AUGMENT_PARAM_INTERPOLATION ("How the pixels between are made up"),                                           \
  STRATA_PARAM (FLOAT, StrataAugmentLayer, fill_value, "0.0", .soft_minimum = 0, .soft_maximum = 255,                  \
                .title = "Fill value",                                                                                 \
                .description = "The number that appears with fill mode constant")
#define STRATA_AUGMENT_PARAM_RANGE                                                                                     \
  STRATA_PARAM (JSON, StrataAugmentLayer, value_range, "[0, 255]", .title = "Value range",                             \
                .description = "The smallest and the largest number of an image")
#define STRATA_AUGMENT_PARAMS_COMMON                                                                                   \
  STRATA_PARAM_SEED (StrataAugmentLayer), STRATA_PARAM_DATA_FORMAT (StrataAugmentLayer)

/* Six numbers of an affine map, each (batch, 1) or one number. */
typedef struct
{
  StrataValue *numbers[6];
} StrataAffineColumns;

/* What a layer does to images while training; others go through as they are. */
typedef StrataValue *(*StrataAugmentChange) (StrataAugmentLayer *self, StrataBuilder *b, StrataValue *x);

void         strata_augment_run       (StrataLayer *layer, StrataBuilder *b, StrataCall *call,
                                       StrataAugmentChange change);
gboolean     strata_augment_get_range (JsonNode *node, double least, double *lower, double *upper);
gboolean     strata_augment_share_configured (StrataObject *object, GError **error);
gboolean     strata_augment_signed_configured (StrataObject *object, GError **error);
gboolean     strata_augment_normalize (JsonNode **node, const char *name, double least, double most, GError **error);
StrataValue *strata_augment_draw      (StrataAugmentLayer *self, StrataBuilder *b, StrataValue *x, double lower,
                                       double upper, int which);
StrataValue *strata_augment_enter     (StrataAugmentLayer *self, StrataBuilder *b, StrataCall *call);
StrataValue *strata_augment_get_labels (StrataCall *call);
void         strata_augment_leave     (StrataAugmentLayer *self, StrataBuilder *b, StrataCall *call, StrataValue *y);
void         strata_augment_leave_with (StrataAugmentLayer *self, StrataBuilder *b, StrataCall *call, StrataValue *y,
                                        StrataValue *labels);
StrataValue *strata_augment_move      (StrataAugmentLayer *self, StrataBuilder *b, StrataValue *x,
                                       const StrataAffineColumns *columns);
StrataValue *strata_augment_draw4     (StrataAugmentLayer *self, StrataBuilder *b, StrataValue *x, double lower,
                                       double upper, int which);
StrataValue *strata_augment_choose    (StrataAugmentLayer *self, StrataBuilder *b, StrataValue *x, JsonNode *chance,
                                       int which);
StrataValue *strata_augment_rescale   (StrataBuilder *b, StrataValue *x, JsonNode *from, JsonNode *to);
StrataValue *strata_augment_filter    (StrataBuilder *b, StrataValue *x, StrataValue *kernel);
StrataValue *strata_augment_clip      (StrataAugmentLayer *self, StrataBuilder *b, StrataValue *x);
gint64       strata_augment_get_seed  (StrataAugmentLayer *self, int which);
StrataValue *strata_augment_apply     (StrataAugmentLayer *self, StrataBuilder *b, StrataValue *x,
                                       const char *class_name, JsonObject *config, int which);
StrataValue *strata_augment_draw_order (StrataAugmentLayer *self, StrataBuilder *b, StrataValue *x, int which);
StrataValue *strata_augment_mix       (StrataBuilder *b, StrataValue *x, StrataValue *share, StrataValue *order);
StrataValue *strata_augment_draw_beta (StrataAugmentLayer *self, StrataBuilder *b, StrataValue *alpha, int which);

G_END_DECLS
