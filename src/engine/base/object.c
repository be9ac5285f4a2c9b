/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/object.h"

#include <glib/gi18n-lib.h>

#include "base/foreign.h"
#include "base/literal.h"
#include "base/registry.h"

/**
 * StrataObject:
 *
 * The base of all that has a Keras name and a config: layers, losses,
 * optimizers and so on. Its parameters come from tables ([struct@Param]) and
 * are GObject properties of the same names.
 */
G_DEFINE_ABSTRACT_TYPE (StrataObject, strata_object, G_TYPE_OBJECT)

static const StrataParam *
get_param (StrataObject *self,
           guint         prop_id)
{
  return g_ptr_array_index (STRATA_OBJECT_GET_CLASS (self)->params, prop_id - 1);
}

static void
strata_object_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  strata_param_get_value (get_param (STRATA_OBJECT (object), prop_id), object, value);
}

static void
strata_object_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  g_autoptr (GError) error = NULL;

  if (strata_param_set_value (get_param (STRATA_OBJECT (object), prop_id), object, value, &error))
    g_object_notify_by_pspec (object, pspec);
  else
    g_warning ("%s", error->message);
}

static void
strata_object_finalize (GObject *object)
{
  StrataObject *self = STRATA_OBJECT (object);
  StrataObjectClass *klass = STRATA_OBJECT_GET_CLASS (self);

  if (klass->info != NULL && klass->info->finalize != NULL)
    klass->info->finalize (self);
  for (guint i = 0; i < klass->params->len; i++)
    strata_param_clear (g_ptr_array_index (klass->params, i), self);

  G_OBJECT_CLASS (strata_object_parent_class)->finalize (object);
}

static gboolean
strata_object_real_configured (StrataObject  *self,
                               GError       **error)
{
  const StrataObjectInfo *info = STRATA_OBJECT_GET_CLASS (self)->info;

  return info == NULL || info->configured == NULL || info->configured (self, error);
}

static void
strata_object_real_get_config (StrataObject *self,
                               JsonObject   *config)
{
  const GPtrArray *params = strata_object_get_params (self);

  for (guint i = 0; i < params->len; i++)
    {
      const StrataParam *param = g_ptr_array_index (params, i);

      if (!param->transient && !(param->omit_default && strata_param_is_default (param, self)))
        json_object_set_member (config, param->name, strata_param_get (param, self));
    }
}

static gboolean
strata_object_real_set_config (StrataObject  *self,
                               JsonObject    *config,
                               GError       **error)
{
  const GPtrArray *params = strata_object_get_params (self);

  for (guint i = 0; i < params->len; i++)
    {
      const StrataParam *param = g_ptr_array_index (params, i);
      JsonNode *value = json_object_get_member (config, param->name);

      if (value != NULL && !strata_param_set (param, self, value, error))
        return FALSE;
    }
  return TRUE;
}

static const char *
strata_object_real_get_class_name (StrataObject *self)
{
  const StrataObjectInfo *info = STRATA_OBJECT_GET_CLASS (self)->info;

  return info != NULL ? info->name : G_OBJECT_TYPE_NAME (self);
}

static void
strata_object_class_init (StrataObjectClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = strata_object_finalize;
  klass->configured = strata_object_real_configured;
  klass->get_config = strata_object_real_get_config;
  klass->set_config = strata_object_real_set_config;
  klass->get_class_name = strata_object_real_get_class_name;
  klass->params = g_ptr_array_new ();
}

static void
strata_object_init (StrataObject *self)
{
}

/**
 * strata_object_class_install_params:
 * @klass: a class in its class_init
 * @params: a static table ended by an entry without name
 *
 * Makes each entry of @params a parameter and a property of the class, after
 * those of its ancestors.
 */
void
strata_object_class_install_params (StrataObjectClass *klass,
                                    const StrataParam *params)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GPtrArray *inherited = klass->params;

  /* Classes do not inherit these two. */
  object_class->get_property = strata_object_get_property;
  object_class->set_property = strata_object_set_property;
  klass->params = g_ptr_array_new ();
  g_ptr_array_extend (klass->params, inherited, NULL, NULL);
  for (; params != NULL && params->name != NULL; params++)
    {
      g_ptr_array_add (klass->params, (gpointer) params);
      g_object_class_install_property (object_class, klass->params->len, strata_param_to_spec (params));
    }
}

/**
 * strata_object_class_override_param: (skip)
 * @klass: a class that has installed its parameters
 * @name: the name of a parameter, an inherited one as a rule
 *
 * For classes whose default or text of a common parameter is their own.
 * Returns: (transfer none): a copy that only this class and its descendants use
 */
StrataParam *
strata_object_class_override_param (StrataObjectClass *klass,
                                    const char        *name)
{
  const GPtrArray *inherited = STRATA_OBJECT_CLASS (g_type_class_peek_parent (klass))->params;

  for (guint i = 0; i < klass->params->len; i++)
    {
      StrataParam *param = g_ptr_array_index (klass->params, i);

      if (!g_str_equal (param->name, name))
        continue;
      /* What differs from the parent's is the copy of an earlier call. */
      if (i < inherited->len && param != g_ptr_array_index (inherited, i))
        return param;
      return klass->params->pdata[i] = g_memdup2 (param, sizeof *param);
    }
  g_return_val_if_reached (NULL);
}

/**
 * strata_object_get_class_name:
 *
 * Returns: the name that Keras's files give the class
 */
const char *
strata_object_get_class_name (StrataObject *self)
{
  g_return_val_if_fail (STRATA_IS_OBJECT (self), NULL);

  return STRATA_OBJECT_GET_CLASS (self)->get_class_name (self);
}

/**
 * strata_object_get_params: (skip)
 *
 * Returns: (transfer none): const StrataParam pointers, the base classes' first
 */
const GPtrArray *
strata_object_get_params (StrataObject *self)
{
  g_return_val_if_fail (STRATA_IS_OBJECT (self), NULL);

  return STRATA_OBJECT_GET_CLASS (self)->params;
}

/**
 * strata_object_find_param: (skip)
 *
 * Returns: (nullable): the parameter called @name
 */
const StrataParam *
strata_object_find_param (StrataObject *self,
                          const char   *name)
{
  const GPtrArray *params = strata_object_get_params (self);

  for (guint i = 0; i < params->len; i++)
    {
      const StrataParam *param = g_ptr_array_index (params, i);

      if (g_str_equal (param->name, name))
        return param;
    }
  return NULL;
}

/**
 * strata_object_get_param:
 *
 * Returns: (transfer full) (nullable): the value of the parameter called @name
 */
JsonNode *
strata_object_get_param (StrataObject *self,
                         const char   *name)
{
  const StrataParam *param = strata_object_find_param (self, name);

  return param == NULL ? NULL : strata_param_get (param, self);
}

/**
 * strata_object_set_param:
 * @self: an object
 * @name: a parameter's name
 * @value: its new value
 *
 * Sets one parameter, checking its range; on error nothing changes.
 */
gboolean
strata_object_set_param (StrataObject  *self,
                         const char    *name,
                         JsonNode      *value,
                         GError       **error)
{
  const StrataParam *param = strata_object_find_param (self, name);

  if (param == NULL)
    {
      strata_set_error (error, STRATA_ERROR_NAME, "%s has no parameter called “%s”",
                        strata_object_get_class_name (self), name);
      return FALSE;
    }
  if (!strata_param_set (param, self, value, error))
    return FALSE;
  g_object_notify (G_OBJECT (self), name);
  return TRUE;
}

/**
 * strata_object_get_config:
 *
 * Returns: (transfer full): what Keras's get_config() returns for it
 */
JsonObject *
strata_object_get_config (StrataObject *self)
{
  JsonObject *config;

  g_return_val_if_fail (STRATA_IS_OBJECT (self), NULL);

  config = json_object_new ();
  STRATA_OBJECT_GET_CLASS (self)->get_config (self, config);
  return config;
}

/**
 * strata_object_set_config:
 * @self: an object
 * @config: parameters by name; unknown ones are ignored, as old files have many
 *
 * Sets the parameters that @config has and checks them against each other.
 */
gboolean
strata_object_set_config (StrataObject  *self,
                          JsonObject    *config,
                          GError       **error)
{
  StrataObjectClass *klass = STRATA_OBJECT_GET_CLASS (self);

  g_return_val_if_fail (STRATA_IS_OBJECT (self), FALSE);

  return klass->set_config (self, config, error) && klass->configured (self, error);
}

static gboolean
set_defaults (StrataObject  *self,
              JsonObject    *config,
              GError       **error)
{
  const GPtrArray *params = strata_object_get_params (self);

  for (guint i = 0; i < params->len; i++)
    {
      const StrataParam *param = g_ptr_array_index (params, i);
      gboolean given = config != NULL && json_object_has_member (config, param->name);

      if (param->fallback == NULL && !given)
        {
          strata_set_error (error, STRATA_ERROR_VALUE, "%s needs a value for “%s”",
                            strata_object_get_class_name (self), param->name);
          return FALSE;
        }
      if (!strata_param_reset (param, self, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * strata_object_new:
 * @kind: what kind of object
 * @class_name: its Keras name or an alias
 * @config: (nullable): its parameters; those that are missing take their defaults
 *
 * Returns: (transfer full): a new object, or %NULL with @error set
 */
StrataObject *
strata_object_new (StrataKind   kind,
                   const char  *class_name,
                   JsonObject  *config,
                   GError     **error)
{
  const StrataObjectInfo *info = strata_registry_lookup (kind, class_name);
  g_autoptr (StrataObject) self = NULL;
  g_autoptr (JsonObject) empty = NULL;

  if (info == NULL && (kind == STRATA_KIND_LAYER || kind == STRATA_KIND_CALLBACK) &&
      strata_foreign_layer (class_name) != NULL)
    {
      g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_UNSUPPORTED, strata_foreign_layer (class_name));
      return NULL;
    }
  if (info == NULL)
    {
      const char *near = strata_registry_suggest (kind, class_name);

      strata_set_error (error, STRATA_ERROR_NAME, near != NULL ? N_("There is no %s called “%s”; did you mean “%s”?")
                                                               : N_("There is no %s called “%s”"),
                        _(strata_kind_get_name (kind)), class_name, near);
      return NULL;
    }

  self = g_object_new (strata_registry_get_type (kind, info), NULL);
  if (config == NULL)
    config = empty = json_object_new ();
  if (!set_defaults (self, config, error) || !strata_object_set_config (self, config, error))
    {
      g_prefix_error (error, "%s: ", info->name);
      return NULL;
    }
  return g_steal_pointer (&self);
}

/**
 * strata_object_new_from_text:
 * @kind: what kind of object
 * @text: such as `Adam(learning_rate=0.01)` or `mse`
 *
 * Returns: (transfer full): a new object, or %NULL with @error set
 */
StrataObject *
strata_object_new_from_text (StrataKind   kind,
                             const char  *text,
                             GError     **error)
{
  g_autofree char *name = NULL;
  g_autoptr (JsonObject) config = NULL;
  g_autoptr (StrataObject) self = NULL;
  g_autoptr (GList) members = NULL;

  if (!strata_literal_parse_call (text, &name, &config, error))
    return NULL;
  self = strata_object_new (kind, name, config, error);
  if (self == NULL)
    return NULL;

  members = json_object_get_members (config);
  for (GList *l = members; l != NULL; l = l->next)
    if (strata_object_find_param (self, l->data) == NULL)
      {
        strata_set_error (error, STRATA_ERROR_NAME, "%s has no parameter called “%s”", name, (char *) l->data);
        return NULL;
      }
  return g_steal_pointer (&self);
}
