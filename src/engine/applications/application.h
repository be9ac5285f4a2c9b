/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "applications/assembly.h"
#include "io/download.h"
#include "models/model.h"

G_BEGIN_DECLS

#define STRATA_TYPE_APPLICATION (strata_application_get_type ())
G_DECLARE_DERIVABLE_TYPE (StrataApplication, strata_application, STRATA, APPLICATION, StrataObject)

/**
 * StrataPreprocessing:
 * @STRATA_PREPROCESSING_NONE: the network takes pixels from 0 to 255 as they are
 * @STRATA_PREPROCESSING_CAFFE: blue, green, red, minus the mean of ImageNet, not scaled
 * @STRATA_PREPROCESSING_TF: from -1 to 1
 * @STRATA_PREPROCESSING_TORCH: from 0 to 1, then by mean and spread of ImageNet
 *
 * What is done to pixels before a network sees them.
 */
typedef enum
{
  STRATA_PREPROCESSING_NONE,
  STRATA_PREPROCESSING_CAFFE,
  STRATA_PREPROCESSING_TF,
  STRATA_PREPROCESSING_TORCH,
} StrataPreprocessing;

/**
 * StrataPretrained:
 * @path: where the file is, below the place that has all of them
 * @md5: its checksum, or %NULL where none was published
 *
 * A file of weights learnt on ImageNet.
 */
typedef struct
{
  const char *path;
  const char *md5;
} StrataPretrained;

/**
 * StrataApplicationInfo:
 * @object: what every kind has
 * @module: Keras's module of the network, behind "keras.applications."
 * @preprocessing: what is done to pixels first
 * @model_name: what Keras calls the model, or %NULL where @describe tells
 * @pretrained: weights with the classifier
 * @pretrained_no_top: weights without
 * @pool_names: names of the layers that pool by the mean and by the maximum at the
 *   end of a network without classifier, or %NULL for the usual ones
 * @describe: for families of networks: what the model is called, and the path
 *   of its weights, or %NULL
 * @features: the network up to where the classifier begins
 * @top: layers between that and the last one
 * @classifier_initializer: how the last layer's weights begin, or %NULL
 *
 * What a file in applications/ exports. Instance structs begin with StrataApplication.
 */
typedef struct
{
  StrataObjectInfo object;
  const char *module;
  StrataPreprocessing preprocessing;
  const char *model_name;
  StrataPretrained pretrained, pretrained_no_top;
  const char *pool_names[2];
  gboolean (*describe) (StrataApplication *self, const StrataShape *input, char **model_name, char **pretrained,
                        GError **error);
  StrataSymbol *(*features) (StrataApplication *self, StrataAssembly *assembly, StrataSymbol *x);
  StrataSymbol *(*top) (StrataApplication *self, StrataAssembly *assembly, StrataSymbol *x);
  const char *classifier_initializer;
} StrataApplicationInfo;

struct _StrataApplicationClass
{
  StrataObjectClass parent_class;
};

StrataModel         *strata_application_build             (StrataApplication *self, StrataDownloadFunc progress,
                                                           gpointer user_data, GCancellable *cancellable,
                                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
StrataModel         *strata_application_build_from_text   (const char *text, GError **error) G_GNUC_WARN_UNUSED_RESULT;
StrataModel         *strata_application_build_on          (StrataApplication *self, StrataSymbol *input,
                                                           StrataNameFunc name_layer, gpointer user_data,
                                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean             strata_application_is_at_hand        (StrataApplication *self, const StrataSymbol *input);
gboolean             strata_application_get_include_top   (StrataApplication *self);
const char          *strata_application_get_weights       (StrataApplication *self);
StrataPreprocessing  strata_application_get_preprocessing (StrataApplication *self);
const char          *strata_preprocessing_get_name        (StrataPreprocessing self);

/* For networks without a classifier of their own kind. */
gboolean             strata_application_uses_imagenet     (StrataApplication *self);

G_END_DECLS
