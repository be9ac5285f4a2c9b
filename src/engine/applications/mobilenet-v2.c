/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "applications/application.h"

typedef struct
{
  StrataApplication parent;
  double alpha;
} MobileNetV2;

static const StrataParam params[] = {
  STRATA_PARAM (FLOAT, MobileNetV2, alpha, "1.0", .minimum = 0.01, .maximum = 100, .soft_minimum = 0.35,
                .soft_maximum = 1.4,
                .title = "Width", .description = "How many filters each layer has, in parts of the usual number"),
  { NULL },
};

/* A whole number of eights, not more than a tenth below @v. */
static gint64
make_divisible (double v)
{
  gint64 rounded = MAX (8, (gint64) (v + 4) / 8 * 8);

  return rounded < 0.9 * v ? rounded + 8 : rounded;
}

static StrataSymbol *
normalize (StrataNamedBlock *block,
           StrataSymbol     *x,
           const char       *bn,
           const char       *relu)
{
  x = strata_assembly_add (block->assembly, x, strata_named_block_get (block, bn),
                           "BatchNormalization(epsilon=0.001, momentum=0.999)");
  return relu != NULL
         ? strata_assembly_add (block->assembly, x, strata_named_block_get (block, relu), "ReLU(max_value=6.0)") : x;
}

static StrataSymbol *
add_pointwise (StrataNamedBlock *block,
               StrataSymbol     *x,
               const char       *suffix,
               gint64            filters)
{
  return strata_assembly_add (block->assembly, x, strata_named_block_get (block, suffix),
                              "Conv2D(filters=%" G_GINT64_FORMAT ", kernel_size=1, padding=same, use_bias=false)",
                                  filters);
}

/* Widen, look around in each channel, narrow again; then what came in is added where it fits. */
static StrataSymbol *
add_block (StrataNamedBlock *block,
           StrataSymbol     *input,
           gint64            filters,
           int               stride,
           gboolean          expands)
{
  gint64 n_in = strata_assembly_get_channels (input);
  StrataSymbol *x = input;

  if (expands)
    x = normalize (block, add_pointwise (block, x, "expand", 6 * n_in), "expand_BN", "expand_relu");
  if (stride == 2)
    x = strata_assembly_pad_for_stride (block->assembly, x, strata_named_block_get (block, "pad"), 3);
  x = strata_assembly_add (block->assembly, x, strata_named_block_get (block, "depthwise"),
                           "DepthwiseConv2D(kernel_size=3, strides=%d, padding=%s, use_bias=false)",
                           stride, stride == 1 ? "same" : "valid");
  x = normalize (block, x, "depthwise_BN", "depthwise_relu");
  x = normalize (block, add_pointwise (block, x, "project", filters), "project_BN", NULL);
  return n_in == filters && stride == 1
         ? strata_assembly_merge (block->assembly, "Add", strata_named_block_get (block, "add"), input, x) : x;
}

static StrataSymbol *
mobilenet_v2_features (StrataApplication *application,
                       StrataAssembly    *assembly,
                       StrataSymbol      *x)
{
  static const struct
  {
    int filters, n_blocks, stride;
  } stages[] = { { 16, 1, 1 }, { 24, 2, 2 }, { 32, 3, 2 }, { 64, 4, 2 }, { 96, 3, 1 }, { 160, 3, 2 }, { 320, 1, 1 } };
  double alpha = ((MobileNetV2 *) application)->alpha;
  StrataNamedBlock block = { .assembly = assembly };
  int id = 0;

  x = strata_assembly_add (assembly, x, "Conv1",
                           "Conv2D(filters=%" G_GINT64_FORMAT ", kernel_size=3, strides=(2, 2), padding=same, "
                           "use_bias=false)",
                           make_divisible (32 * alpha));
  x = normalize (&block, x, "bn_Conv1", "Conv1_relu");
  for (guint s = 0; s < G_N_ELEMENTS (stages); s++)
    for (int i = 0; i < stages[s].n_blocks; i++, id++)
      {
        if (id == 0)
          g_strlcpy (block.prefix, "expanded_conv_", sizeof block.prefix);
        else
          g_snprintf (block.prefix, sizeof block.prefix, "block_%d_", id);
        x = add_block (&block, x, make_divisible ((gint64) (stages[s].filters * alpha)), i == 0 ? stages[s].stride : 1,
                       id > 0);
      }
  block.prefix[0] = '\0';
  x = strata_assembly_add (assembly, x, "Conv_1", "Conv2D(filters=%" G_GINT64_FORMAT ", kernel_size=1, use_bias=false)",
                           alpha > 1.0 ? make_divisible (1280 * alpha) : 1280);
  return normalize (&block, x, "Conv_1_bn", "out_relu");
}

static StrataSymbol *
mobilenet_v2_top (StrataApplication *self,
                  StrataAssembly    *assembly,
                  StrataSymbol      *x)
{
  return strata_assembly_add (assembly, x, NULL, "GlobalAveragePooling2D");
}

/* Weights were published for a few widths, and for squares of a few sizes. */
static gboolean
mobilenet_v2_describe (StrataApplication  *application,
                       const StrataShape  *input,
                       char              **model_name,
                       char              **pretrained,
                       GError            **error)
{
  static const double alphas[] = { 0.35, 0.5, 0.75, 1.0, 1.3, 1.4 };
  static const gint64 sizes[] = { 96, 128, 160, 192, 224 };
  double alpha = ((MobileNetV2 *) application)->alpha;
  char number[G_ASCII_DTOSTR_BUF_SIZE], size[16] = "None";
  gint64 rows = input->dims[0];
  gboolean known_size = FALSE, known_alpha = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    known_size = known_size || (rows == sizes[i] && rows == input->dims[1]);
  for (guint i = 0; i < G_N_ELEMENTS (alphas); i++)
    known_alpha = known_alpha || alpha == alphas[i];
  if (strata_application_uses_imagenet (application))
    {
      if (!known_alpha)
        {
          strata_set_error (error, STRATA_ERROR_VALUE, "MobileNetV2: there are weights for an alpha of 0.35, 0.5, "
                            "0.75, 1.0, 1.3 and 1.4, not for %g", alpha);
          return FALSE;
        }
      if (!known_size)
        rows = 224;
    }
  if (rows != STRATA_UNKNOWN)
    g_snprintf (size, sizeof size, "%" G_GINT64_FORMAT, rows);
  *model_name = g_strdup_printf ("mobilenetv2_%s_%s", g_ascii_formatd (number, sizeof number, "%.2f", alpha), size);
  g_ascii_formatd (number, sizeof number, alpha == (gint64) alpha ? "%.1f" : "%g", alpha);
  *pretrained = g_strdup_printf ("tensorflow/keras-applications/mobilenet_v2/"
                                 "mobilenet_v2_weights_tf_dim_ordering_tf_kernels_%s_%s%s.h5",
                                 number, size, strata_application_get_include_top (application) ? "" : "_no_top");
  return TRUE;
}

const StrataApplicationInfo strata_application_mobilenet_v2 = {
  .object = {
    .name = "MobileNetV2",
    .title = "MobileNet V2",
    .category = "Images",
    .description = "Depthwise convolutions between narrow layers: small enough for phones (Sandler et al., 2018)",
    .params = params,
    .samples = (const char *const[]){ "{\"weights\": null, \"include_top\": false, \"input_shape\": [32, 32, 3], "
                                      "\"alpha\": 0.35}", NULL },
    .instance_size = sizeof (MobileNetV2),
  },
  .module = "mobilenet_v2",
  .preprocessing = STRATA_PREPROCESSING_TF,
  .describe = mobilenet_v2_describe,
  .features = mobilenet_v2_features,
  .top = mobilenet_v2_top,
};
