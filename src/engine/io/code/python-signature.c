/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "io/code/python-signature.h"

/* Which arguments Keras takes without their names, where that is not the order in which files have them. */
static const struct
{
  StrataKind kind;
  const char *classes; /* each between spaces */
  const char *arguments;
} signatures[] = {
  { STRATA_KIND_APPLICATION, " EfficientNetB0 ResNet50 VGG16 ",
    "include_top weights input_tensor input_shape pooling classes classifier_activation name" },
  { STRATA_KIND_APPLICATION, " MobileNetV2 ",
    "input_shape alpha include_top weights input_tensor pooling classes classifier_activation name" },
  { STRATA_KIND_LAYER, " AlphaDropout Dropout ",
    "rate noise_shape seed" },
  { STRATA_KIND_LAYER, " BatchNormalization ",
    "axis momentum epsilon center scale beta_initializer gamma_initializer moving_mean_initializer "
    "moving_variance_initializer beta_regularizer gamma_regularizer beta_constraint gamma_constraint renorm "
    "renorm_clipping renorm_momentum synchronized" },
  { STRATA_KIND_LAYER, " Bidirectional ",
    "layer merge_mode weights backward_layer" },
  { STRATA_KIND_LAYER, " CategoryEncoding ",
    "num_tokens output_mode sparse" },
  { STRATA_KIND_LAYER, " Conv1D Conv2D Conv3D ",
    "filters kernel_size strides padding data_format dilation_rate groups activation use_bias kernel_initializer "
    "bias_initializer kernel_regularizer bias_regularizer activity_regularizer kernel_constraint bias_constraint" },
  { STRATA_KIND_LAYER, " Conv1DTranspose Conv2DTranspose ",
    "filters kernel_size strides padding output_padding data_format dilation_rate activation use_bias "
    "kernel_initializer bias_initializer kernel_regularizer bias_regularizer activity_regularizer kernel_constraint "
    "bias_constraint" },
  { STRATA_KIND_LAYER, " Conv3DTranspose ",
    "filters kernel_size strides padding data_format output_padding dilation_rate activation use_bias "
    "kernel_initializer bias_initializer kernel_regularizer bias_regularizer activity_regularizer kernel_constraint "
    "bias_constraint" },
  { STRATA_KIND_LAYER, " ConvLSTM1D ConvLSTM2D ConvLSTM3D ",
    "filters kernel_size strides padding data_format dilation_rate activation recurrent_activation use_bias "
    "kernel_initializer recurrent_initializer bias_initializer unit_forget_bias kernel_regularizer "
    "recurrent_regularizer bias_regularizer activity_regularizer kernel_constraint recurrent_constraint "
    "bias_constraint dropout recurrent_dropout seed return_sequences return_state go_backwards stateful" },
  { STRATA_KIND_LAYER, " Dense ",
    "units activation use_bias kernel_initializer bias_initializer kernel_regularizer bias_regularizer "
    "activity_regularizer kernel_constraint bias_constraint lora_rank lora_alpha quantization_config" },
  { STRATA_KIND_LAYER, " DepthwiseConv1D DepthwiseConv2D ",
    "kernel_size strides padding depth_multiplier data_format dilation_rate activation use_bias "
    "depthwise_initializer bias_initializer depthwise_regularizer bias_regularizer activity_regularizer "
    "depthwise_constraint bias_constraint" },
  { STRATA_KIND_LAYER, " EinsumDense ",
    "equation output_shape activation bias_axes kernel_initializer bias_initializer kernel_regularizer "
    "bias_regularizer kernel_constraint bias_constraint lora_rank lora_alpha gptq_unpacked_column_size "
    "quantization_config" },
  { STRATA_KIND_LAYER, " Embedding ",
    "input_dim output_dim embeddings_initializer embeddings_regularizer embeddings_constraint mask_zero weights "
    "lora_rank lora_alpha quantization_config" },
  { STRATA_KIND_LAYER, " GRU ",
    "units activation recurrent_activation use_bias kernel_initializer recurrent_initializer bias_initializer "
    "kernel_regularizer recurrent_regularizer bias_regularizer activity_regularizer kernel_constraint "
    "recurrent_constraint bias_constraint dropout recurrent_dropout seed return_sequences return_state go_backwards "
    "stateful unroll reset_after use_cudnn" },
  { STRATA_KIND_LAYER, " GRUCell ",
    "units activation recurrent_activation use_bias kernel_initializer recurrent_initializer bias_initializer "
    "kernel_regularizer recurrent_regularizer bias_regularizer kernel_constraint recurrent_constraint "
    "bias_constraint dropout recurrent_dropout reset_after seed" },
  { STRATA_KIND_LAYER, " Hashing ",
    "num_bins mask_value salt output_mode sparse" },
  { STRATA_KIND_LAYER, " InputLayer ",
    "shape batch_size sparse ragged batch_shape input_tensor optional" },
  { STRATA_KIND_LAYER, " IntegerLookup ",
    "max_tokens num_oov_indices mask_token oov_token vocabulary vocabulary_dtype idf_weights invert output_mode "
    "sparse pad_to_max_tokens oov_method salt" },
  { STRATA_KIND_LAYER, " LSTM ",
    "units activation recurrent_activation use_bias kernel_initializer recurrent_initializer bias_initializer "
    "unit_forget_bias kernel_regularizer recurrent_regularizer bias_regularizer activity_regularizer "
    "kernel_constraint recurrent_constraint bias_constraint dropout recurrent_dropout seed return_sequences "
    "return_state go_backwards stateful unroll use_cudnn" },
  { STRATA_KIND_LAYER, " LSTMCell ",
    "units activation recurrent_activation use_bias kernel_initializer recurrent_initializer bias_initializer "
    "unit_forget_bias kernel_regularizer recurrent_regularizer bias_regularizer kernel_constraint "
    "recurrent_constraint bias_constraint dropout recurrent_dropout seed" },
  { STRATA_KIND_LAYER, " MixUp ",
    "alpha data_format seed" },
  { STRATA_KIND_LAYER, " MultiHeadAttention ",
    "num_heads key_dim value_dim dropout use_bias output_shape attention_axes sliding_window flash_attention "
    "kernel_initializer bias_initializer kernel_regularizer bias_regularizer activity_regularizer kernel_constraint "
    "bias_constraint use_gate seed" },
  { STRATA_KIND_LAYER, " Normalization ",
    "axis mean variance invert" },
  { STRATA_KIND_LAYER, " RNN ",
    "cell return_sequences return_state go_backwards stateful unroll zero_output_for_mask" },
  { STRATA_KIND_LAYER, " RandomColorDegeneration RandomHue RandomPosterization RandomSaturation RandomSharpness ",
    "factor value_range data_format seed" },
  { STRATA_KIND_LAYER, " RandomGaussianBlur ",
    "factor kernel_size sigma value_range data_format seed" },
  { STRATA_KIND_LAYER, " RandomGrayscale ",
    "factor data_format seed" },
  { STRATA_KIND_LAYER, " RandomRotation ",
    "factor fill_mode interpolation seed fill_value data_format" },
  { STRATA_KIND_LAYER, " RandomShear ",
    "x_factor y_factor interpolation fill_mode fill_value data_format seed" },
  { STRATA_KIND_LAYER, " RandomTranslation RandomZoom ",
    "height_factor width_factor fill_mode interpolation seed fill_value data_format" },
  { STRATA_KIND_LAYER, " ReversibleEmbedding ",
    "input_dim output_dim tie_weights embeddings_initializer embeddings_regularizer embeddings_constraint mask_zero "
    "reverse_dtype logit_soft_cap" },
  { STRATA_KIND_LAYER, " SeparableConv1D SeparableConv2D ",
    "filters kernel_size strides padding data_format dilation_rate depth_multiplier activation use_bias "
    "depthwise_initializer pointwise_initializer bias_initializer depthwise_regularizer pointwise_regularizer "
    "bias_regularizer activity_regularizer depthwise_constraint pointwise_constraint bias_constraint" },
  { STRATA_KIND_LAYER, " SimpleRNN ",
    "units activation use_bias kernel_initializer recurrent_initializer bias_initializer kernel_regularizer "
    "recurrent_regularizer bias_regularizer activity_regularizer kernel_constraint recurrent_constraint "
    "bias_constraint dropout recurrent_dropout return_sequences return_state go_backwards stateful unroll seed" },
  { STRATA_KIND_LAYER, " SpatialDropout2D SpatialDropout3D ",
    "rate data_format seed" },
  { STRATA_KIND_LAYER, " StringLookup ",
    "max_tokens num_oov_indices mask_token oov_token vocabulary idf_weights invert output_mode pad_to_max_tokens "
    "sparse encoding salt" },
  { STRATA_KIND_LAYER, " TextVectorization ",
    "max_tokens standardize split ngrams output_mode output_sequence_length pad_to_max_tokens vocabulary "
    "idf_weights sparse ragged encoding" },
  { STRATA_KIND_LOSS, " BinaryCrossentropy CategoricalCrossentropy ",
    "from_logits label_smoothing axis reduction" },
  { STRATA_KIND_LOSS, " BinaryFocalCrossentropy ",
    "apply_class_balancing alpha gamma from_logits label_smoothing axis reduction" },
  { STRATA_KIND_LOSS, " CTC CategoricalHinge Hinge KLDivergence LogCosh MeanAbsoluteError MeanAbsolutePercentageError "
    "MeanSquaredError MeanSquaredLogarithmicError Poisson SquaredHinge ",
    "reduction" },
  { STRATA_KIND_LOSS, " CategoricalFocalCrossentropy ",
    "alpha gamma from_logits label_smoothing axis reduction" },
  { STRATA_KIND_LOSS, " CategoricalGeneralizedCrossEntropy ",
    "q reduction" },
  { STRATA_KIND_LOSS, " Circle ",
    "gamma margin remove_diagonal reduction" },
  { STRATA_KIND_LOSS, " CosineSimilarity ",
    "axis reduction" },
  { STRATA_KIND_LOSS, " Dice ",
    "reduction axis" },
  { STRATA_KIND_LOSS, " Huber ",
    "delta reduction" },
  { STRATA_KIND_LOSS, " SparseCategoricalCrossentropy ",
    "from_logits ignore_class reduction axis" },
  { STRATA_KIND_LOSS, " Tversky ",
    "alpha beta reduction axis" },
  { STRATA_KIND_METRIC, " AUC ",
    "num_thresholds curve summation_method thresholds multi_label num_labels label_weights from_logits" },
  { STRATA_KIND_METRIC, " PrecisionAtRecall ",
    "recall num_thresholds class_id" },
  { STRATA_KIND_METRIC, " RecallAtPrecision ",
    "precision num_thresholds class_id" },
  { STRATA_KIND_METRIC, " SensitivityAtSpecificity ",
    "specificity num_thresholds class_id" },
  { STRATA_KIND_METRIC, " SpecificityAtSensitivity ",
    "sensitivity num_thresholds class_id" },
  { STRATA_KIND_OPTIMIZER, " Adadelta ",
    "learning_rate rho epsilon weight_decay clipnorm clipvalue global_clipnorm use_ema ema_momentum "
    "ema_overwrite_frequency loss_scale_factor gradient_accumulation_steps" },
  { STRATA_KIND_OPTIMIZER, " Adafactor ",
    "learning_rate beta_2_decay epsilon_1 epsilon_2 clip_threshold relative_step weight_decay clipnorm clipvalue "
    "global_clipnorm use_ema ema_momentum ema_overwrite_frequency loss_scale_factor gradient_accumulation_steps" },
  { STRATA_KIND_OPTIMIZER, " Adagrad ",
    "learning_rate initial_accumulator_value epsilon weight_decay clipnorm clipvalue global_clipnorm use_ema "
    "ema_momentum ema_overwrite_frequency loss_scale_factor gradient_accumulation_steps" },
  { STRATA_KIND_OPTIMIZER, " Adam ",
    "learning_rate beta_1 beta_2 epsilon amsgrad weight_decay clipnorm clipvalue global_clipnorm use_ema "
    "ema_momentum ema_overwrite_frequency loss_scale_factor gradient_accumulation_steps" },
  { STRATA_KIND_OPTIMIZER, " AdamW ",
    "learning_rate weight_decay beta_1 beta_2 epsilon amsgrad clipnorm clipvalue global_clipnorm use_ema "
    "ema_momentum ema_overwrite_frequency loss_scale_factor gradient_accumulation_steps" },
  { STRATA_KIND_OPTIMIZER, " Adamax Lamb Nadam ",
    "learning_rate beta_1 beta_2 epsilon weight_decay clipnorm clipvalue global_clipnorm use_ema ema_momentum "
    "ema_overwrite_frequency loss_scale_factor gradient_accumulation_steps" },
  { STRATA_KIND_OPTIMIZER, " Ftrl ",
    "learning_rate learning_rate_power initial_accumulator_value l1_regularization_strength "
    "l2_regularization_strength l2_shrinkage_regularization_strength beta weight_decay clipnorm clipvalue "
    "global_clipnorm use_ema ema_momentum ema_overwrite_frequency loss_scale_factor gradient_accumulation_steps" },
  { STRATA_KIND_OPTIMIZER, " Lion ",
    "learning_rate beta_1 beta_2 weight_decay clipnorm clipvalue global_clipnorm use_ema ema_momentum "
    "ema_overwrite_frequency loss_scale_factor gradient_accumulation_steps" },
  { STRATA_KIND_OPTIMIZER, " MultiOptimizer ",
    "optimizer_map loss_scale_factor" },
  { STRATA_KIND_OPTIMIZER, " Muon ",
    "learning_rate adam_beta_1 adam_beta_2 adam_weight_decay epsilon weight_decay clipnorm clipvalue "
    "global_clipnorm use_ema ema_momentum ema_overwrite_frequency loss_scale_factor gradient_accumulation_steps "
    "exclude_layers exclude_embeddings muon_a muon_b muon_c adam_lr_ratio momentum ns_steps nesterov rms_rate" },
  { STRATA_KIND_OPTIMIZER, " RMSprop ",
    "learning_rate rho momentum epsilon centered weight_decay clipnorm clipvalue global_clipnorm use_ema "
    "ema_momentum ema_overwrite_frequency loss_scale_factor gradient_accumulation_steps" },
  { STRATA_KIND_OPTIMIZER, " SGD ",
    "learning_rate momentum nesterov weight_decay clipnorm clipvalue global_clipnorm use_ema ema_momentum "
    "ema_overwrite_frequency loss_scale_factor gradient_accumulation_steps" },
  { STRATA_KIND_OPTIMIZER, " ScheduleFreeAdamW ",
    "learning_rate beta_1 beta_2 epsilon warmup_steps weight_decay clipnorm clipvalue global_clipnorm use_ema "
    "ema_momentum ema_overwrite_frequency loss_scale_factor gradient_accumulation_steps" },
  { STRATA_KIND_INITIALIZER, " Orthogonal ",
    "gain seed" },
  { STRATA_KIND_INITIALIZER, " RandomNormal TruncatedNormal ",
    "mean stddev seed" },
  { STRATA_KIND_INITIALIZER, " RandomUniform ",
    "minval maxval seed" },
  { STRATA_KIND_INITIALIZER, " STFT ",
    "side window scaling periodic" },
  { STRATA_KIND_INITIALIZER, " VarianceScaling ",
    "scale mode distribution seed input_axes output_axes" },
};

/* What all objects have is given by name only. */
static gboolean
is_common (const char *name)
{
  return g_str_equal (name, "name") || g_str_equal (name, "dtype") || g_str_equal (name, "trainable");
}

/* The parameters in the order of their table. */
static const char *
find_param (const StrataObjectInfo *info,
            guint                   position)
{
  guint n = 0;

  for (const StrataParam *param = info->params; param != NULL && param->name != NULL; param++)
    if (!is_common (param->name) && n++ == position)
      return param->name;
  return NULL;
}

/**
 * strata_python_find_argument: (skip)
 * @info: a class
 * @position: where an argument without a name stands
 *
 * Returns: (transfer full) (nullable): which one it is
 */
char *
strata_python_find_argument (StrataKind              kind,
                             const StrataObjectInfo *info,
                             guint                   position)
{
  g_autofree char *name = g_strconcat (" ", info->name, " ", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (signatures); i++)
    if (signatures[i].kind == kind && strstr (signatures[i].classes, name) != NULL)
      {
        g_auto (GStrv) arguments = g_strsplit (signatures[i].arguments, " ", -1);

        return position < g_strv_length (arguments) ? g_strdup (arguments[position]) : NULL;
      }
  return g_strdup (find_param (info, position));
}
