/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "applications/application.h"

#define N_STACKS 4

typedef struct
{
  StrataAssembly *assembly;
  char prefix[32];
} Block;

static StrataSymbol *
add (Block        *block,
     StrataSymbol *x,
     const char   *suffix,
     const char   *text)
{
  g_autofree char *name = g_strconcat (block->prefix, suffix, NULL);

  return strata_assembly_add (block->assembly, x, name, "%s", text);
}

/* A convolution and the normalization of what comes out. */
static StrataSymbol *
add_convolution (Block        *block,
                 StrataSymbol *x,
                 int           which,
                 int           filters,
                 int           kernel_size,
                 int           stride)
{
  g_autofree char *conv = g_strdup_printf ("_%d_conv", which), *bn = g_strdup_printf ("_%d_bn", which);
  g_autofree char *text = g_strdup_printf ("Conv2D(filters=%d, kernel_size=%d, strides=%d, padding=%s)", filters,
                                           kernel_size, stride,
                                           kernel_size > 1 ? "same" : "valid");

  return add (block, add (block, x, conv, text), bn, "BatchNormalization(axis=3, epsilon=1.001e-5)");
}

/* Narrow, look around, widen again; then what came in is added. */
static StrataSymbol *
add_block (Block        *block,
           StrataSymbol *input,
           int           filters,
           int           stride,
           gboolean      convolves_shortcut)
{
  g_autofree char *sum = g_strconcat (block->prefix, "_add", NULL);
  StrataSymbol *shortcut = convolves_shortcut ? add_convolution (block, input, 0, 4 * filters, 1, stride) : input;
  StrataSymbol *x = add (block, add_convolution (block, input, 1, filters, 1, stride), "_1_relu",
                         "Activation(activation=relu)");

  x = add (block, add_convolution (block, x, 2, filters, 3, 1), "_2_relu", "Activation(activation=relu)");
  x = add_convolution (block, x, 3, 4 * filters, 1, 1);
  return add (block, strata_assembly_merge (block->assembly, "Add", sum, shortcut, x), "_out",
              "Activation(activation=relu)");
}

static StrataSymbol *
resnet50_features (StrataApplication *self,
                   StrataAssembly    *assembly,
                   StrataSymbol      *x)
{
  static const int n_blocks[N_STACKS] = { 3, 4, 6, 3 };

  x = strata_assembly_add (assembly, x, "conv1_pad", "ZeroPadding2D(padding=((3, 3), (3, 3)))");
  x = strata_assembly_add (assembly, x, "conv1_conv", "Conv2D(filters=64, kernel_size=7, strides=2)");
  x = strata_assembly_add (assembly, x, "conv1_bn", "BatchNormalization(axis=3, epsilon=1.001e-5)");
  x = strata_assembly_add (assembly, x, "conv1_relu", "Activation(activation=relu)");
  x = strata_assembly_add (assembly, x, "pool1_pad", "ZeroPadding2D(padding=((1, 1), (1, 1)))");
  x = strata_assembly_add (assembly, x, "pool1_pool", "MaxPooling2D(pool_size=3, strides=2)");
  for (int stack = 0; stack < N_STACKS; stack++)
    for (int i = 0; i < n_blocks[stack]; i++)
      {
        Block block = { .assembly = assembly };

        g_snprintf (block.prefix, sizeof block.prefix, "conv%d_block%d", stack + 2, i + 1);
        x = add_block (&block, x, 64 << stack, i == 0 && stack > 0 ? 2 : 1, i == 0);
      }
  return x;
}

static StrataSymbol *
resnet50_top (StrataApplication *self,
              StrataAssembly    *assembly,
              StrataSymbol      *x)
{
  return strata_assembly_add (assembly, x, "avg_pool", "GlobalAveragePooling2D");
}

const StrataApplicationInfo strata_application_resnet50 = {
  .object = {
    .name = "ResNet50",
    .title = "ResNet50",
    .category = "Images",
    .description = "Fifty layers whose blocks only learn what to add to their input, so that depth helps (He et al., "
                   "2015)",
    .samples = (const char *const[]){ "{\"weights\": null, \"include_top\": false, \"input_shape\": [32, 32, 3], "
                                      "\"pooling\": \"max\"}", NULL },
    .instance_size = sizeof (StrataApplication),
  },
  .module = "resnet50",
  .preprocessing = STRATA_PREPROCESSING_CAFFE,
  .model_name = "resnet50",
  .pretrained = { "tensorflow/keras-applications/resnet/resnet50_weights_tf_dim_ordering_tf_kernels.h5",
                  "2cb95161c43110f7111970584f804107" },
  .pretrained_no_top = { "tensorflow/keras-applications/resnet/resnet50_weights_tf_dim_ordering_tf_kernels_notop.h5",
                         "4d473c1dd8becc155b73f8504c6f6626" },
  .pool_names = { "avg_pool", "max_pool" },
  .features = resnet50_features,
  .top = resnet50_top,
};
