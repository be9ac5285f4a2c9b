/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "applications/application.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <inttypes.h>

#include "io/keras/model-file.h"
#include "models/functional.h"

#define IMAGENET_CLASSES 1000
#define DEFAULT_SIZE 224
#define MIN_SIZE 32

typedef struct
{
  gboolean include_top;
  char *weights;
  JsonNode *input_shape;
  char *pooling;
  gint64 classes;
  StrataObject *classifier_activation;
  char *name;
} StrataApplicationPrivate;

/**
 * StrataApplication:
 *
 * A published network that can be built with its arguments, with weights that
 * were learnt on ImageNet or without: Keras's `keras.applications`.
 */
G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (StrataApplication, strata_application, STRATA_TYPE_OBJECT)

static StrataParam application_params[] = {
  { .name = "include_top", .type = STRATA_PARAM_BOOL, .fallback = "true", .title = "With classifier",
    .description = "Whether the layers that tell the classes of ImageNet are there; without them the network gives "
                   "features to build on" },
  { .name = "weights", .type = STRATA_PARAM_STRING, .fallback = "\"imagenet\"", .nullable = TRUE, .title = "Weights",
    .description = "imagenet: learnt on a million photos, fetched once; null: random; or a file of weights" },
  { .name = "input_shape", .type = STRATA_PARAM_JSON, .fallback = "null", .nullable = TRUE, .title = "Input shape",
    .description = "Height, width and channels of pictures, such as [224, 224, 3]; without the classifier sizes may be "
                   "null: any" },
  { .name = "pooling", .type = STRATA_PARAM_CHOICE, .fallback = "null", .nullable = TRUE,
    .choices = STRATA_CHOICES ("avg", "max"),
    .title = "Pooling",
    .description = "Without the classifier: whether each channel becomes one number, its mean or its maximum" },
  { .name = "classes", .type = STRATA_PARAM_INT, .fallback = "1000", .minimum = 1, .maximum = G_MAXINT32,
    .soft_minimum = 2, .soft_maximum = 1000,
    .title = "Classes", .description = "How many classes the classifier tells apart; 1000 with weights of ImageNet" },
  { .name = "classifier_activation", .type = STRATA_PARAM_OBJECT, .fallback = "\"softmax\"", .nullable = TRUE,
    .kind = STRATA_KIND_ACTIVATION,
    .title = "Classifier activation", .description = "What is done to the classifier's outputs; null gives logits" },
  { .name = "name", .type = STRATA_PARAM_STRING, .fallback = "null", .nullable = TRUE, .title = "Name",
    .description = "What the model is called" },
  { NULL },
};

static const StrataApplicationInfo *
get_info (StrataApplication *self)
{
  return (const StrataApplicationInfo *) STRATA_OBJECT_GET_CLASS (self)->info;
}

static StrataApplicationPrivate *
get_private (StrataApplication *self)
{
  return strata_application_get_instance_private (self);
}

static gboolean
refuse (StrataApplication  *self,
        GError            **error,
        const char         *format,
        ...) G_GNUC_PRINTF (3, 4);

static gboolean
refuse (StrataApplication  *self,
        GError            **error,
        const char         *format,
        ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (_(format), args);
  va_end (args);
  strata_set_error (error, STRATA_ERROR_VALUE, "%s: %s", get_info (self)->object.name, text);
  return FALSE;
}

static gboolean
has_input_shape (StrataApplication *self)
{
  JsonNode *node = get_private (self)->input_shape;

  return node != NULL && !JSON_NODE_HOLDS_NULL (node);
}

/* The shape of a picture, without the batch. */
static gboolean
get_input_shape (StrataApplication  *self,
                 StrataShape        *shape,
                 GError            **error)
{
  StrataApplicationPrivate *priv = get_private (self);

  *shape = STRATA_SHAPE (priv->include_top ? DEFAULT_SIZE : STRATA_UNKNOWN, priv->include_top ? DEFAULT_SIZE
                         : STRATA_UNKNOWN, 3);
  if (!has_input_shape (self))
    return TRUE;
  if (!strata_shape_from_json (priv->input_shape, shape, NULL) || shape->rank != 3)
    return refuse (self, error, "input_shape must be height, width and channels, such as [224, 224, 3]");
  return TRUE;
}

static gboolean
check_input_shape (StrataApplication  *self,
                   GError            **error)
{
  StrataApplicationPrivate *priv = get_private (self);
  StrataShape shape;

  if (!get_input_shape (self, &shape, error))
    return FALSE;
  for (int d = 0; d < 2; d++)
    {
      if (priv->include_top && shape.dims[d] == STRATA_UNKNOWN)
        return refuse (self, error, "with the classifier (include_top), every size in input_shape must be known");
      if (shape.dims[d] != STRATA_UNKNOWN && shape.dims[d] < MIN_SIZE)
        return refuse (self, error, "pictures must be at least %d by %d, not %" PRId64 " by %" PRId64,
                       MIN_SIZE, MIN_SIZE,
                       shape.dims[0], shape.dims[1]);
    }
  if (shape.dims[2] < 1)
    return refuse (self, error, "the last number of input_shape, the channels, must be known");
  if (!strata_application_uses_imagenet (self))
    return TRUE;
  if (shape.dims[2] != 3)
    return refuse (self, error, "the weights of ImageNet are for 3 channels, not %" PRId64, shape.dims[2]);
  if (priv->include_top && get_info (self)->describe == NULL &&
      (shape.dims[0] != DEFAULT_SIZE || shape.dims[1] != DEFAULT_SIZE))
    return refuse (self, error,
                   "the weights of ImageNet with the classifier are for pictures of %d by %d; set include_top to false "
                   "for others",
                   DEFAULT_SIZE, DEFAULT_SIZE);
  return TRUE;
}

static gboolean
strata_application_configured (StrataObject  *object,
                               GError       **error)
{
  StrataApplication *self = STRATA_APPLICATION (object);
  StrataApplicationPrivate *priv = get_private (self);

  if (strata_application_uses_imagenet (self) && priv->include_top && priv->classes != IMAGENET_CLASSES)
    return refuse (self, error,
                   "the weights of ImageNet tell %d classes apart, not %" PRId64 "; set include_top to false "
                   "and add layers "
                   "of your own, or weights to null", IMAGENET_CLASSES, priv->classes);
  if (priv->weights != NULL && priv->include_top && priv->classifier_activation != NULL &&
      !g_str_equal (strata_object_get_class_name (priv->classifier_activation), "softmax") &&
      !g_str_equal (strata_object_get_class_name (priv->classifier_activation), "linear"))
    return refuse (self, error, "with learnt weights, classifier_activation can only be softmax or null");
  return check_input_shape (self, error) &&
         STRATA_OBJECT_CLASS (strata_application_parent_class)->configured (object, error);
}

static void
strata_application_class_init (StrataApplicationClass *klass)
{
  static const gsize offsets[] = {
    G_STRUCT_OFFSET (StrataApplicationPrivate, include_top), G_STRUCT_OFFSET (StrataApplicationPrivate, weights),
    G_STRUCT_OFFSET (StrataApplicationPrivate, input_shape), G_STRUCT_OFFSET (StrataApplicationPrivate, pooling),
    G_STRUCT_OFFSET (StrataApplicationPrivate, classes),
        G_STRUCT_OFFSET (StrataApplicationPrivate, classifier_activation),
    G_STRUCT_OFFSET (StrataApplicationPrivate, name),
  };
  StrataObjectClass *object_class = STRATA_OBJECT_CLASS (klass);
  int base = g_type_class_get_instance_private_offset (klass);

  object_class->kind = STRATA_KIND_APPLICATION;
  object_class->configured = strata_application_configured;
  for (guint i = 0; i < G_N_ELEMENTS (offsets); i++)
    application_params[i].offset = base + (int) offsets[i];
  strata_object_class_install_params (object_class, application_params);
}

static void
strata_application_init (StrataApplication *self)
{
}

gboolean
strata_application_get_include_top (StrataApplication *self)
{
  return get_private (self)->include_top;
}

/**
 * strata_application_get_weights:
 *
 * Returns: (nullable): `imagenet`, a file, or %NULL for random weights
 */
const char *
strata_application_get_weights (StrataApplication *self)
{
  return get_private (self)->weights;
}

gboolean
strata_application_uses_imagenet (StrataApplication *self)
{
  return g_strcmp0 (get_private (self)->weights, "imagenet") == 0;
}

/**
 * strata_application_get_preprocessing:
 *
 * Returns: what is done to pixels before the network sees them; see strata_imagenet_preprocess()
 */
StrataPreprocessing
strata_application_get_preprocessing (StrataApplication *self)
{
  return get_info (self)->preprocessing;
}

static StrataSymbol *
add_classifier (StrataApplication *self,
                StrataAssembly    *assembly,
                StrataSymbol      *x)
{
  const StrataApplicationInfo *info = get_info (self);
  g_autoptr (JsonNode) activation = strata_object_get_param (STRATA_OBJECT (self), "classifier_activation");
  g_autofree char *text = NULL;
  g_autoptr (StrataLayer) layer = NULL;

  x = info->top (self, assembly, x);
  if (x == NULL)
    return NULL;
  text = g_strdup_printf ("Dense(units=%" PRId64 ", name=predictions%s%s)", get_private (self)->classes,
                          info->classifier_initializer != NULL ? ", kernel_initializer=" : "",
                          info->classifier_initializer != NULL ? info->classifier_initializer : "");
  layer = strata_layer_new_from_text (text, &assembly->error);
  if (layer == NULL ||
      (get_private (self)->classifier_activation != NULL &&
       !strata_object_set_param (STRATA_OBJECT (layer), "activation", activation, &assembly->error)))
    return NULL;
  return strata_assembly_connect (assembly, layer, x);
}

static StrataSymbol *
add_pooling (StrataApplication *self,
             StrataAssembly    *assembly,
             StrataSymbol      *x)
{
  const char *pooling = get_private (self)->pooling;
  gboolean maximum = g_strcmp0 (pooling, "max") == 0;

  if (pooling == NULL)
    return x;
  return strata_assembly_add (assembly, x, get_info (self)->pool_names[maximum], "%s",
                              maximum ? "GlobalMaxPooling2D" : "GlobalAveragePooling2D");
}

static StrataModel *
assemble (StrataApplication  *self,
          StrataAssembly     *assembly,
          StrataSymbol       *input,
          const char         *name,
          GError            **error)
{
  StrataSymbol *x = get_info (self)->features (self, assembly, input);
  StrataModel *model = NULL;

  x = get_private (self)->include_top ? add_classifier (self, assembly, x) : add_pooling (self, assembly, x);
  if (assembly->error == NULL)
    model = strata_functional_new (&input, 1, &x, 1, name, &assembly->error);
  if (assembly->error != NULL)
    g_propagate_error (error, g_steal_pointer (&assembly->error));
  return model;
}

/* Without a checksum, nothing tells before that it was the page where a network asks to sign in. It must not stay. */
static gboolean
load_fetched (StrataModel             *model,
              const char              *path,
              const StrataPretrained  *pretrained,
              GError                 **error)
{
  if (strata_model_load_weights (model, path, FALSE, error))
    return TRUE;
  if (pretrained->md5 == NULL)
    {
      g_unlink (path);
      g_prefix_error (error, "%s", _("What was fetched are no weights, and is deleted; try again, and sign in to the "
                                     "network first if it asks for that: "));
    }
  return FALSE;
}

static gboolean
load_pretrained (StrataApplication   *self,
                 StrataModel         *model,
                 const char          *described,
                 StrataDownloadFunc   progress,
                 gpointer             user_data,
                 GCancellable        *cancellable,
                 GError             **error)
{
  const StrataApplicationInfo *info = get_info (self);
  StrataApplicationPrivate *priv = get_private (self);
  const StrataPretrained *pretrained = priv->include_top ? &info->pretrained : &info->pretrained_no_top;
  g_autofree char *fetched = NULL;

  if (priv->weights == NULL)
    return TRUE;
  if (strata_application_uses_imagenet (self))
    {
      fetched = strata_download_published (described != NULL ? described : pretrained->path, pretrained->md5, progress,
                                           user_data, cancellable, error);
      if (fetched == NULL)
        {
          g_prefix_error (error, _("The weights of %s: "), info->object.name);
          return FALSE;
        }
    }
  return fetched != NULL ? load_fetched (model, fetched, pretrained, error)
                         : strata_model_load_weights (model, priv->weights, FALSE, error);
}

/* Of what comes in, without the batch. */
static gboolean
find_shape (StrataApplication   *self,
            const StrataSymbol  *input,
            StrataShape         *shape,
            GError             **error)
{
  if (input == NULL)
    return get_input_shape (self, shape, error);
  *shape = input->spec.shape;
  strata_shape_remove (shape, 0);
  return TRUE;
}

static StrataModel *
build (StrataApplication   *self,
       StrataAssembly      *assembly,
       StrataSymbol        *input,
       StrataDownloadFunc   progress,
       gpointer             user_data,
       GCancellable        *cancellable,
       GError             **error)
{
  const StrataApplicationInfo *info = get_info (self);
  const char *own_name = get_private (self)->name;
  g_autofree char *name = NULL, *pretrained = NULL;
  g_autoptr (StrataModel) model = NULL;
  StrataShape shape;

  if (!find_shape (self, input, &shape, error) ||
      (info->describe != NULL && !info->describe (self, &shape, &name, &pretrained, error)))
    return NULL;
  if (input == NULL)
    {
      strata_shape_insert (&shape, 0, STRATA_UNKNOWN);
      input = strata_assembly_input (assembly, &shape);
    }
  model = assemble (self, assembly, input, own_name != NULL ? own_name : name != NULL ? name : info->model_name, error);
  if (model == NULL || !load_pretrained (self, model, pretrained, progress, user_data, cancellable, error))
    return NULL;
  return g_steal_pointer (&model);
}

/**
 * strata_application_build:
 * @progress: (nullable) (scope call): told how much has been fetched
 * @cancellable: (nullable): ends fetching early
 *
 * Puts the network together, and gives it the weights that were asked for;
 * those of ImageNet are fetched once and kept.
 * Returns: (transfer full): the model, or %NULL with @error set
 */
StrataModel *
strata_application_build (StrataApplication   *self,
                          StrataDownloadFunc   progress,
                          gpointer             user_data,
                          GCancellable        *cancellable,
                          GError             **error)
{
  g_auto (StrataAssembly) assembly = { NULL };

  strata_assembly_init (&assembly);
  return build (self, &assembly, NULL, progress, user_data, cancellable, error);
}

/**
 * strata_application_build_on: (skip)
 * @input: (nullable): what an input layer feeds, of height, width and channels behind the batch; %NULL for a new one
 * @name_layer: names layers that have no names of their own
 * @user_data: what it is given
 *
 * As strata_application_build(), as a part of something else.
 * Returns: (transfer full): the model, or %NULL with @error set
 */
StrataModel *
strata_application_build_on (StrataApplication  *self,
                             StrataSymbol       *input,
                             StrataNameFunc      name_layer,
                             gpointer            user_data,
                             GError            **error)
{
  g_auto (StrataAssembly) assembly = { NULL };

  strata_assembly_init (&assembly);
  assembly.name_layer = name_layer;
  assembly.user_data = user_data;
  return build (self, &assembly, input, NULL, NULL, NULL, error);
}

/**
 * strata_application_is_at_hand: (skip)
 * @input: (nullable): as strata_application_build_on() takes it
 *
 * Returns: whether it can be built without fetching anything
 */
gboolean
strata_application_is_at_hand (StrataApplication  *self,
                               const StrataSymbol *input)
{
  const StrataApplicationInfo *info = get_info (self);
  const StrataPretrained *pretrained =
      get_private (self)->include_top ? &info->pretrained : &info->pretrained_no_top;
  g_autofree char *name = NULL, *described = NULL;
  StrataShape shape;

  if (!strata_application_uses_imagenet (self))
    return TRUE;
  if (!find_shape (self, input, &shape, NULL) ||
      (info->describe != NULL && !info->describe (self, &shape, &name, &described, NULL)))
    return FALSE;
  return strata_download_is_at_hand (described != NULL ? described : pretrained->path, pretrained->md5);
}

/**
 * strata_application_build_from_text:
 * @text: such as `ResNet50(include_top=false, weights=null)`
 *
 * Returns: (transfer full): the model, or %NULL with @error set
 */
StrataModel *
strata_application_build_from_text (const char  *text,
                                    GError     **error)
{
  g_autoptr (StrataApplication) self = (StrataApplication *) strata_object_new_from_text (STRATA_KIND_APPLICATION, text,
                                                                                          error);

  return self != NULL ? strata_application_build (self, NULL, NULL, NULL, error) : NULL;
}
