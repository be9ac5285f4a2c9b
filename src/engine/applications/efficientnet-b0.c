/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "applications/application.h"

#define CONV_INITIALIZER "VarianceScaling(scale=2.0, mode=fan_out, distribution=truncated_normal)"
#define DENSE_INITIALIZER "VarianceScaling(scale=0.3333333333333333, mode=fan_out, distribution=uniform)"
#define DROP_RATE 0.2

/* A run of blocks that are alike but for the first, which may shrink the picture. */
typedef struct
{
  int kernel_size, n_blocks, n_out, expansion, stride;
} Stage;

static const Stage stages[] = {
  { 3, 1, 16, 1, 1 }, { 3, 2, 24, 6, 2 }, { 5, 2, 40, 6, 2 },  { 3, 3, 80, 6, 2 },
  { 5, 3, 112, 6, 1 }, { 5, 4, 192, 6, 2 }, { 3, 1, 320, 6, 1 },
};

#define N_BLOCKS 16

static StrataSymbol *
add_pointwise (StrataNamedBlock *block,
               StrataSymbol     *x,
               const char       *suffix,
               gint64            filters,
               const char       *more)
{
  return strata_assembly_add (block->assembly, x, strata_named_block_get (block, suffix),
                              "Conv2D(filters=%" G_GINT64_FORMAT ", kernel_size=1, padding=same, "
                              "kernel_initializer=" CONV_INITIALIZER ", %s)",
                              filters, more);
}

static StrataSymbol *
normalize (StrataNamedBlock *block,
           StrataSymbol     *x,
           const char       *bn,
           const char       *activation)
{
  x = strata_assembly_add (block->assembly, x, strata_named_block_get (block, bn), "BatchNormalization(axis=3)");
  return activation != NULL
         ? strata_assembly_add (block->assembly, x, strata_named_block_get (block, activation),
                                "Activation(activation=swish)") : x;
}

/* Each channel is weighed by what all of them are like on the whole (squeeze and excitation). */
static StrataSymbol *
excite (StrataNamedBlock *block,
        StrataSymbol     *x,
        gint64            n_in)
{
  gint64 filters = strata_assembly_get_channels (x);
  StrataSymbol *weights = strata_assembly_add (block->assembly, x, strata_named_block_get (block, "se_squeeze"),
                                               "GlobalAveragePooling2D");

  weights = strata_assembly_add (block->assembly, weights, strata_named_block_get (block, "se_reshape"),
                                 "Reshape(target_shape=(1, 1, %" G_GINT64_FORMAT "))", filters);
  weights = add_pointwise (block, weights, "se_reduce", MAX (n_in / 4, 1), "activation=swish");
  weights = add_pointwise (block, weights, "se_expand", filters, "activation=sigmoid");
  return strata_assembly_merge (block->assembly, "Multiply", strata_named_block_get (block, "se_excite"), x, weights);
}

static StrataSymbol *
add_block (StrataNamedBlock *block,
           StrataSymbol     *input,
           const Stage      *stage,
           int               stride,
           double            drop_rate)
{
  gint64 n_in = strata_assembly_get_channels (input);
  StrataSymbol *x = input;

  if (stage->expansion > 1)
    {
      x = add_pointwise (block, x, "expand_conv", n_in * stage->expansion, "use_bias=false");
      x = normalize (block, x, "expand_bn", "expand_activation");
    }
  if (stride == 2)
    x = strata_assembly_pad_for_stride (block->assembly, x, strata_named_block_get (block, "dwconv_pad"),
                                        stage->kernel_size);
  x = strata_assembly_add (block->assembly, x, strata_named_block_get (block, "dwconv"),
                           "DepthwiseConv2D(kernel_size=%d, strides=%d, padding=%s, use_bias=false, "
                           "depthwise_initializer=" CONV_INITIALIZER ")",
                           stage->kernel_size, stride, stride == 2 ? "valid" : "same");
  x = excite (block, normalize (block, x, "bn", "activation"), n_in);
  x = add_pointwise (block, x, "project_conv", stage->n_out, "use_bias=false");
  x = normalize (block, x, "project_bn", NULL);
  if (stride != 1 || n_in != stage->n_out)
    return x;
  if (drop_rate > 0)
    x = strata_assembly_add (block->assembly, x, strata_named_block_get (block, "drop"),
                             "Dropout(rate=%.17g, noise_shape=(null, 1, 1, 1))", drop_rate);
  return strata_assembly_merge (block->assembly, "Add", strata_named_block_get (block, "add"), x, input);
}

static StrataSymbol *
add_stem (StrataApplication *self,
          StrataAssembly    *assembly,
          StrataSymbol      *x)
{
  StrataNamedBlock stem = { .assembly = assembly, .prefix = "stem_" };

  x = strata_assembly_add (assembly, x, NULL, "Rescaling(scale=%.17g)", 1.0 / 255.0);
  x = strata_assembly_add (assembly, x, NULL, "Normalization(axis=3)");
  /* The published weights were learnt with a variance where its root was meant. */
  if (strata_application_uses_imagenet (self))
    x = strata_assembly_add (assembly, x, NULL,
                             "Rescaling(scale=[2.0896918976428642, 2.1128856368212916, 2.1081851067789197])");
  x = strata_assembly_pad_for_stride (assembly, x, "stem_conv_pad", 3);
  x = strata_assembly_add (assembly, x, "stem_conv",
                           "Conv2D(filters=32, kernel_size=3, strides=2, use_bias=false, "
                           "kernel_initializer=" CONV_INITIALIZER ")");
  return normalize (&stem, x, "bn", "activation");
}

static StrataSymbol *
efficientnet_b0_features (StrataApplication *self,
                          StrataAssembly    *assembly,
                          StrataSymbol      *x)
{
  StrataNamedBlock top = { .assembly = assembly, .prefix = "top_" };
  int n = 0;

  x = add_stem (self, assembly, x);
  for (guint s = 0; s < G_N_ELEMENTS (stages); s++)
    for (int i = 0; i < stages[s].n_blocks; i++, n++)
      {
        StrataNamedBlock block = { .assembly = assembly };

        g_snprintf (block.prefix, sizeof block.prefix, "block%u%c_", s + 1, 'a' + i);
        x = add_block (&block, x, &stages[s], i == 0 ? stages[s].stride : 1, DROP_RATE * n / N_BLOCKS);
      }
  x = add_pointwise (&top, x, "conv", 1280, "use_bias=false");
  return normalize (&top, x, "bn", "activation");
}

static StrataSymbol *
efficientnet_b0_top (StrataApplication *self,
                     StrataAssembly    *assembly,
                     StrataSymbol      *x)
{
  x = strata_assembly_add (assembly, x, "avg_pool", "GlobalAveragePooling2D");
  return strata_assembly_add (assembly, x, "top_dropout", "Dropout(rate=0.2)");
}

const StrataApplicationInfo strata_application_efficientnet_b0 = {
  .object = {
    .name = "EfficientNetB0",
    .title = "EfficientNet B0",
    .category = "Images",
    .description = "Depthwise convolutions with attention to channels: as good as ResNet50 with a fifth of its weights "
                   "(Tan and Le, 2019)",
    .samples = (const char *const[]){ "{\"weights\": null, \"include_top\": false, \"input_shape\": [32, 32, 3], "
                                      "\"pooling\": \"avg\"}", NULL },
    .instance_size = sizeof (StrataApplication),
  },
  .module = "efficientnet",
  .preprocessing = STRATA_PREPROCESSING_NONE,
  .model_name = "efficientnetb0",
  .pretrained = { "keras-applications/efficientnetb0.h5", "902e53a9f72be733fc0bcb005b3ebbac" },
  .pretrained_no_top = { "keras-applications/efficientnetb0_notop.h5", "50bc09e76180e00e4465e1a485ddc09d" },
  .pool_names = { "avg_pool", "max_pool" },
  .features = efficientnet_b0_features,
  .top = efficientnet_b0_top,
  .classifier_initializer = DENSE_INITIALIZER,
};
