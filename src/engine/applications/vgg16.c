/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "applications/application.h"

#define N_BLOCKS 5

static StrataSymbol *
vgg16_features (StrataApplication *self,
                StrataAssembly    *assembly,
                StrataSymbol      *x)
{
  static const int n_convolutions[N_BLOCKS] = { 2, 2, 3, 3, 3 }, filters[N_BLOCKS] = { 64, 128, 256, 512, 512 };
  char name[32];

  for (int block = 0; block < N_BLOCKS; block++)
    {
      for (int i = 0; i < n_convolutions[block]; i++)
        {
          g_snprintf (name, sizeof name, "block%d_conv%d", block + 1, i + 1);
          x = strata_assembly_add (assembly, x, name,
                                   "Conv2D(filters=%d, kernel_size=(3, 3), activation=relu, padding=same)",
                                   filters[block]);
        }
      g_snprintf (name, sizeof name, "block%d_pool", block + 1);
      x = strata_assembly_add (assembly, x, name, "MaxPooling2D(pool_size=(2, 2), strides=(2, 2))");
    }
  return x;
}

static StrataSymbol *
vgg16_top (StrataApplication *self,
           StrataAssembly    *assembly,
           StrataSymbol      *x)
{
  x = strata_assembly_add (assembly, x, "flatten", "Flatten");
  x = strata_assembly_add (assembly, x, "fc1", "Dense(units=4096, activation=relu)");
  return strata_assembly_add (assembly, x, "fc2", "Dense(units=4096, activation=relu)");
}

const StrataApplicationInfo strata_application_vgg16 = {
  .object = {
    .name = "VGG16",
    .title = "VGG16",
    .category = "Images",
    .description = "Thirteen convolutions by 3 × 3 and three dense layers: plain, large and easy to understand "
                   "(Simonyan and Zisserman, 2014)",
    .samples = (const char *const[]){ "{\"weights\": null, \"include_top\": false, \"input_shape\": [32, 32, 3]}",
                                      NULL },
    .instance_size = sizeof (StrataApplication),
  },
  .module = "vgg16",
  .preprocessing = STRATA_PREPROCESSING_CAFFE,
  .model_name = "vgg16",
  .pretrained = { "tensorflow/keras-applications/vgg16/vgg16_weights_tf_dim_ordering_tf_kernels.h5",
                  "64373286793e3c8b2b4e3219cbf3544b" },
  .pretrained_no_top = { "tensorflow/keras-applications/vgg16/vgg16_weights_tf_dim_ordering_tf_kernels_notop.h5",
                         "6d6bbae143d832006294945121d1f1fc" },
  .features = vgg16_features,
  .top = vgg16_top,
};
