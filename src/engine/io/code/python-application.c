/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "applications/application.h"
#include "base/registry.h"
#include "io/code/python-reader-private.h"
#include "io/code/python-signature.h"

/* Published networks, and what is done to pictures before them: keras.applications. */

/* What making one counts for of what reading may take. */
#define APPLICATION_COST 20000

/* What Keras does to a tensor, in the words of its operations. */
static const struct
{
  const char *mode;
  const char *code;
} preprocessings[] = {
  [STRATA_PREPROCESSING_NONE] = { "none", "x" },
  [STRATA_PREPROCESSING_CAFFE] = { "caffe", "keras.ops.stack([x[..., i] for i in (2, 1, 0)], axis=-1) + "
                                            "keras.ops.convert_to_tensor([[[[-103.939, -116.779, -123.68]]]])" },
  [STRATA_PREPROCESSING_TF] = { "tf", "x / 127.5 - 1.0" },
  [STRATA_PREPROCESSING_TORCH] = { "torch", "(x / 255.0 + keras.ops.convert_to_tensor([[[[-0.485, -0.456, -0.406]]]]))"
                                            " / keras.ops.convert_to_tensor([0.229, 0.224, 0.225])" },
};

static char *
name_layer (const char *class_name,
            gpointer    user_data)
{
  return strata_python_reader_next_name (user_data, class_name);
}

/* The tensor that a network is to begin with stands among its parameters. */
static gboolean
take_argument (StrataPythonReader    *self,
               StrataPythonArguments *arguments,
               const char            *name,
               StrataPythonData      *value,
               JsonObject            *config,
               StrataSymbol         **input)
{
  if (!g_str_equal (name, "input_tensor"))
    return strata_python_add_value (self, config, name, value, arguments->line);
  if (strata_python_data_is_none (value))
    return TRUE;
  if (value->kind != STRATA_PYTHON_TENSOR ||
      !g_str_equal (strata_object_get_class_name (STRATA_OBJECT (value->symbol->layer)), "InputLayer") ||
      value->symbol->spec.shape.rank != 4)
    return strata_python_reader_fail (self, "input_tensor must be a keras.Input of pictures; the network can be called "
                                            "on other tensors instead: network(x)") != NULL;
  *input = value->symbol;
  return TRUE;
}

static JsonObject *
take_arguments (StrataPythonReader     *self,
                const StrataObjectInfo *info,
                StrataPythonArguments  *arguments,
                StrataSymbol          **input)
{
  g_autoptr (JsonObject) config = json_object_new ();

  for (guint i = 0; i < arguments->positional->len; i++)
    {
      g_autofree char *name = strata_python_find_argument (STRATA_KIND_APPLICATION, info, i);

      if (name == NULL)
        return strata_python_reader_fail (self, "%s takes no more than %u arguments without names", info->name, i);
      if (!take_argument (self, arguments, name, g_ptr_array_index (arguments->positional, i), config, input))
        return NULL;
    }
  for (guint i = 0; i < arguments->names->len; i++)
    if (!take_argument (self, arguments, g_ptr_array_index (arguments->names, i),
                        g_ptr_array_index (arguments->values, i), config, input))
      return NULL;
  return g_steal_pointer (&config);
}

/* Reading code neither fetches anything nor opens other files. */
static gboolean
has_weights (StrataPythonReader *self,
             StrataApplication  *application,
             const StrataSymbol *input)
{
  const char *name = strata_object_get_class_name (STRATA_OBJECT (application));
  const char *weights = strata_application_get_weights (application);

  if (weights != NULL && !strata_application_uses_imagenet (application))
    return strata_python_reader_fail (self, "code opens no other files: load the weights “%s” into the network once it "
                                            "is made", weights) != NULL;
  if (strata_application_is_at_hand (application, input))
    return TRUE;
  return strata_python_reader_fail (self, "the weights of %s are not on this computer yet; strata-cli application %s "
                                          "fetches them, and weights=None does without", name, name) != NULL;
}

static StrataPythonData *
make_application (StrataPythonReader     *self,
                  const StrataObjectInfo *info,
                  StrataPythonArguments  *arguments)
{
  g_autoptr (StrataApplication) application = NULL;
  g_autoptr (JsonObject) config = NULL;
  StrataSymbol *input = NULL;
  StrataModel *model;
  GError *error = NULL;

  if (!strata_python_reader_spend (self, APPLICATION_COST))
    return NULL;
  config = take_arguments (self, info, arguments, &input);
  if (config == NULL)
    return NULL;
  application = (StrataApplication *) strata_object_new (STRATA_KIND_APPLICATION, info->name, config, &error);
  if (application == NULL)
    return strata_python_reader_give_up (self, arguments->line, error);
  if (!has_weights (self, application, input))
    return NULL;
  model = strata_application_build_on (application, input, name_layer, self, &error);
  if (model == NULL)
    return strata_python_reader_give_up (self, arguments->line, error);
  for (guint i = 0; i < strata_model_get_n_layers (model); i++)
    if (input == NULL || strata_model_get_layer (model, i) != input->layer)
      strata_python_reader_note (self, strata_model_get_layer (model, i), 0, arguments->line, TRUE);
  return strata_python_data_new_object (STRATA_OBJECT (model));
}

/* Of a module such as "keras.applications.vgg16", or of imagenet_utils, which is told the mode. */
static const char *
find_preprocessing (const char            *module,
                    StrataPythonArguments *arguments)
{
  StrataPythonData *given = strata_python_arguments_get (arguments, "mode", 2);
  const char *mode = given != NULL ? strata_python_data_get_string (given) : "caffe";
  const StrataObjectInfo *const *all = strata_registry_list (STRATA_KIND_APPLICATION);

  for (guint i = 0; i < G_N_ELEMENTS (preprocessings) && g_str_equal (module, "imagenet_utils"); i++)
    if (g_strcmp0 (preprocessings[i].mode, mode) == 0)
      return preprocessings[i].code;
  for (guint i = 0; all[i] != NULL; i++)
    {
      const StrataApplicationInfo *info = (const StrataApplicationInfo *) all[i];

      /* ResNet50 lives in "resnet" and in "resnet50". */
      if (*module != '\0' && g_str_has_prefix (info->module, module))
        return preprocessings[info->preprocessing].code;
    }
  return NULL;
}

static StrataPythonData *
preprocess (StrataPythonReader    *self,
            const char            *path,
            StrataPythonArguments *arguments)
{
  const char *name = strrchr (path, '.');
  g_autofree char *module = g_strndup (path, name - path);
  const char *code = find_preprocessing (strrchr (module, '.') + 1, arguments);
  StrataPythonData *x = strata_python_arguments_get (arguments, "x", 0);
  StrataPythonData *result;
  guint before;

  if (x == NULL || code == NULL)
    return strata_python_reader_fail (self, "“%s” is not understood", path);
  if (strata_python_data_get_unknown (x) != NULL)
    return strata_python_data_ref (x);
  if (x->kind != STRATA_PYTHON_TENSOR)
    return strata_python_reader_fail (self, "preprocess_input takes a tensor");
  before = strata_python_reader_enter (self, 0);
  strata_python_reader_bind (self, "x", strata_python_data_ref (x));
  strata_python_reader_bind (self, "keras", strata_python_data_new_path ("keras"));
  result = strata_python_read_part (self, code);
  strata_python_reader_leave (self, before);
  return result;
}

/**
 * strata_python_call_application: (skip)
 * @path: such as "keras.applications.VGG16", also with the network's module
 *
 * Returns: (transfer full): the network, or a tensor that is made ready for one
 */
StrataPythonData *
strata_python_call_application (StrataPythonReader    *self,
                                const char            *path,
                                StrataPythonArguments *arguments)
{
  const char *name = strrchr (path, '.') + 1;
  const StrataObjectInfo *info = strata_registry_lookup (STRATA_KIND_APPLICATION, name);

  if (info != NULL)
    return make_application (self, info, arguments);
  if (g_str_equal (name, "preprocess_input"))
    return preprocess (self, path, arguments);
  if (g_str_equal (name, "decode_predictions"))
    return strata_python_data_new_opaque (path);
  return strata_python_reader_fail (self, "the published network “%s” is not known; strata-cli applications lists "
                                          "those that are", name);
}
