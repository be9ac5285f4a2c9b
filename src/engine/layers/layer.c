/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/freezing.h"

#include <glib/gi18n-lib.h>

#include "base/policy.h"
#include "layers/activation-child.h"
#include "layers/layer-private.h"
#include "layers/naming.h"
#include "layers/symbol.h"

typedef struct
{
  char *attribute;
  StrataLayer *layer;
} Child;

typedef struct
{
  char *name;
  gboolean trainable;
  gboolean apart; /* whether that says nothing of the layers inside */
  JsonNode *dtype;

  gboolean built;
  StrataSpec *build_inputs;
  guint n_build_inputs;
  GPtrArray *weights;     /* own trainable ones */
  GPtrArray *states;      /* own others */
  GArray *children;
  GPtrArray *sites;       /* not owned: a site holds its layer */
} StrataLayerPrivate;

/**
 * StrataLayer:
 *
 * A step of a network: parameters, weights that are made once the shapes of the
 * inputs are known, and what it computes. Derive from it and override `build`
 * and `call` for layers of one's own.
 */
G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (StrataLayer, strata_layer, STRATA_TYPE_OBJECT)

/* Every layer's parameters; they lie in the private data, so their offsets are set with the class. */
static StrataParam layer_params[] = {
  { .name = "name", .type = STRATA_PARAM_STRING, .fallback = "null", .nullable = TRUE, .title = "Name",
    .description = "What the layer is called in the model; unique in it" },
  { .name = "trainable", .type = STRATA_PARAM_BOOL, .fallback = "true", .title = "Trainable",
    .description = "Whether training changes the layer's weights" },
  { .name = "dtype", .type = STRATA_PARAM_JSON, .fallback = "null", .nullable = TRUE, .title = "Data type",
    .description = "Keras's policy for numbers: those of mixed_float16 and the like are rounded as there" },
  { NULL },
};

static StrataLayerPrivate *
get_private (StrataLayer *self)
{
  return strata_layer_get_instance_private (self);
}

static void
child_clear (gpointer data)
{
  Child *child = data;

  g_free (child->attribute);
  g_object_unref (child->layer);
}

static void
strata_layer_finalize (GObject *object)
{
  StrataLayerPrivate *priv = get_private (STRATA_LAYER (object));

  g_free (priv->build_inputs);
  g_ptr_array_unref (priv->weights);
  g_ptr_array_unref (priv->states);
  g_array_unref (priv->children);
  g_ptr_array_unref (priv->sites);

  G_OBJECT_CLASS (strata_layer_parent_class)->finalize (object);
}

static void
strata_layer_adopt (StrataObjectClass      *klass,
                    const StrataObjectInfo *object_info)
{
  const StrataLayerInfo *info = (const StrataLayerInfo *) object_info;
  StrataLayerClass *layer_class = STRATA_LAYER_CLASS (klass);

  layer_class->flags = info->flags;
  layer_class->min_rank = info->min_rank;
  layer_class->max_rank = info->max_rank;
  layer_class->build = info->build;
  layer_class->call = info->call;
  layer_class->adapt = info->adapt;
  layer_class->dup_learned = info->dup_learned;
  layer_class->save_assets = info->save_assets;
  layer_class->load_assets = info->load_assets;
}

static gboolean
strata_layer_configured (StrataObject  *object,
                         GError       **error)
{
  StrataLayerPrivate *priv = get_private (STRATA_LAYER (object));
  const char *quantization = strata_policy_get_quantization (priv->dtype);

  if (priv->name == NULL)
    priv->name = strata_naming_next (strata_object_get_class_name (object));
  if (quantization != NULL)
    {
      strata_set_error (error, STRATA_ERROR_UNSUPPORTED,
                        "its weights were quantized (%s), and those of so few bits are not computed with; save the "
                        "model in Keras before quantize() is called",
                        quantization);
      return FALSE;
    }
  return STRATA_OBJECT_CLASS (strata_layer_parent_class)->configured (object, error);
}

/* Keras 3 writes a policy as an object, even where it is the usual one; classes with a config of their own write the
 * type that variables have under it. */
static void
strata_layer_get_config (StrataObject *object,
                         JsonObject   *config)
{
  StrataLayerPrivate *priv = get_private (STRATA_LAYER (object));
  guint flags = STRATA_LAYER_GET_CLASS (object)->flags;

  STRATA_OBJECT_CLASS (strata_layer_parent_class)->get_config (object, config);
  if (flags & STRATA_LAYER_BRIEF_CONFIG)
    json_object_remove_member (config, "trainable");
  if (flags & STRATA_LAYER_LACKS_DTYPE)
    json_object_remove_member (config, "dtype");
  else if (flags & STRATA_LAYER_BRIEF_CONFIG)
    json_object_set_string_member (config, "dtype", strata_policy_get_variable_dtype (priv->dtype));
  else if (priv->dtype == NULL || !JSON_NODE_HOLDS_OBJECT (priv->dtype))
    json_object_set_object_member (config, "dtype", strata_policy_new (strata_policy_get_name (priv->dtype)));
}

static void
strata_layer_class_init (StrataLayerClass *klass)
{
  GObjectClass *gobject_class = G_OBJECT_CLASS (klass);
  StrataObjectClass *object_class = STRATA_OBJECT_CLASS (klass);
  int base = g_type_class_get_instance_private_offset (klass);

  gobject_class->finalize = strata_layer_finalize;
  object_class->kind = STRATA_KIND_LAYER;
  object_class->adopt = strata_layer_adopt;
  object_class->configured = strata_layer_configured;
  object_class->get_config = strata_layer_get_config;

  layer_params[0].offset = base + G_STRUCT_OFFSET (StrataLayerPrivate, name);
  layer_params[1].offset = base + G_STRUCT_OFFSET (StrataLayerPrivate, trainable);
  layer_params[2].offset = base + G_STRUCT_OFFSET (StrataLayerPrivate, dtype);
  strata_object_class_install_params (object_class, layer_params);
}

static void
strata_layer_init (StrataLayer *self)
{
  StrataLayerPrivate *priv = get_private (self);

  priv->trainable = TRUE;
  priv->weights = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_variable_unref);
  priv->states = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_variable_unref);
  priv->children = g_array_new (FALSE, FALSE, sizeof (Child));
  g_array_set_clear_func (priv->children, child_clear);
  priv->sites = g_ptr_array_new ();
}

/**
 * strata_layer_new:
 * @class_name: Keras's name, such as "Dense"
 * @config: (nullable): parameters by name
 *
 * Returns: (transfer full): a layer, not yet built
 */
StrataLayer *
strata_layer_new (const char  *class_name,
                  JsonObject  *config,
                  GError     **error)
{
  return (StrataLayer *) strata_object_new (STRATA_KIND_LAYER, class_name, config, error);
}

/**
 * strata_layer_new_from_text:
 * @text: such as `Dense(units=10, activation=relu)`
 *
 * Returns: (transfer full): a layer, not yet built
 */
StrataLayer *
strata_layer_new_from_text (const char  *text,
                            GError     **error)
{
  return (StrataLayer *) strata_object_new_from_text (STRATA_KIND_LAYER, text, error);
}

const char *
strata_layer_get_name (StrataLayer *self)
{
  StrataLayerPrivate *priv = get_private (self);

  /* Layers made by g_object_new() alone have had no config. */
  if (priv->name == NULL)
    priv->name = strata_naming_next (strata_object_get_class_name (STRATA_OBJECT (self)));
  return priv->name;
}

void
strata_layer_set_name (StrataLayer *self,
                       const char  *name)
{
  StrataLayerPrivate *priv = get_private (self);

  g_free (priv->name);
  priv->name = g_strdup (name);
}

gboolean
strata_layer_get_trainable (StrataLayer *self)
{
  return get_private (self)->trainable;
}

/**
 * strata_layer_set_trainable:
 *
 * Freezes or thaws the layer and all inside it, as setting `layer.trainable` in Keras does.
 */
void
strata_layer_set_trainable (StrataLayer *self,
                            gboolean     trainable)
{
  StrataLayerPrivate *priv = get_private (self);

  priv->trainable = trainable;
  priv->apart = FALSE;
  for (guint i = 0; i < priv->children->len; i++)
    strata_layer_set_trainable (g_array_index (priv->children, Child, i).layer, trainable);
}

/**
 * strata_layer_set_trainable_apart: (skip)
 *
 * Sets what a file says of a model whose layers each say so for themselves: a
 * model that was frozen, and some of its layers thawed again. As in Keras, the
 * model alone is then not trained, but inside another one its layers decide.
 */
void
strata_layer_set_trainable_apart (StrataLayer *self,
                                  gboolean     trainable)
{
  get_private (self)->trainable = trainable;
  get_private (self)->apart = TRUE;
}

/**
 * strata_layer_freezes_inside: (skip)
 *
 * A layer that wraps others leaves it to them, as each was told: in Keras, `TimeDistributed(Dense(2), trainable=False)`
 * learns. Who freezes it later freezes those, too.
 *
 * Returns: whether the layer is frozen, and what is inside with it
 */
gboolean
strata_layer_freezes_inside (StrataLayer *self)
{
  StrataLayerPrivate *priv = get_private (self);

  return !priv->trainable && !priv->apart && !(STRATA_LAYER_GET_CLASS (self)->flags & STRATA_LAYER_WRAPS);
}

/**
 * strata_layer_get_info: (skip)
 *
 * Returns: (nullable): its entry in the registry
 */
const StrataLayerInfo *
strata_layer_get_info (StrataLayer *self)
{
  return (const StrataLayerInfo *) STRATA_OBJECT_GET_CLASS (self)->info;
}

gboolean
strata_layer_is_built (StrataLayer *self)
{
  return get_private (self)->built;
}

static gboolean
check_rank (StrataLayer        *self,
            const StrataShape  *shape,
            GError            **error)
{
  StrataLayerClass *klass = STRATA_LAYER_GET_CLASS (self);
  g_autofree char *received = NULL, *expected = NULL;

  if ((klass->min_rank == 0 || shape->rank >= klass->min_rank) &&
      (klass->max_rank == 0 || shape->rank <= klass->max_rank))
    return TRUE;

  received = strata_shape_to_string (shape);
  if (klass->min_rank == klass->max_rank)
    expected = g_strdup_printf ("%d", klass->min_rank);
  else if (klass->max_rank == 0)
    expected = g_strdup_printf (_("at least %d"), klass->min_rank);
  else
    expected = g_strdup_printf (_("%d to %d"), MAX (klass->min_rank, 1), klass->max_rank);
  strata_set_error (error, STRATA_ERROR_SHAPE, shape->rank < klass->min_rank
                      ? N_("expected an input of %s dimensions (the batch is the first), received %d: %s; a Reshape "
                           "layer before it can give it the missing ones")
                      : N_("expected an input of %s dimensions (the batch is the first), received %d: %s; a Flatten, "
                           "Reshape or pooling layer before it can make them fewer"), expected, shape->rank, received);
  return FALSE;
}

/**
 * strata_layer_build: (skip)
 * @inputs: types and shapes of what it will be called on
 * @n_inputs: how many
 *
 * Checks the number of dimensions and makes the layer's weights, unless it has them.
 */
gboolean
strata_layer_build (StrataLayer       *self,
                    const StrataSpec  *inputs,
                    guint              n_inputs,
                    GError           **error)
{
  StrataLayerPrivate *priv = get_private (self);
  StrataLayerClass *klass = STRATA_LAYER_GET_CLASS (self);

  /* Of several arguments only the first is of the kind that ranks tell of; labels come in any order. */
  for (guint i = 0; i < (klass->flags & STRATA_LAYER_TAKES_SEVERAL ? MIN (n_inputs, 1) : n_inputs); i++)
    if (!(klass->flags & STRATA_LAYER_TAKES_LABELS && n_inputs > 1) && !check_rank (self, &inputs[i].shape, error))
      return FALSE;
  if (priv->built)
    return TRUE;
  if (klass->build != NULL && !klass->build (self, inputs, n_inputs, error))
    return FALSE;
  strata_layer_adopt_activations (self);

  priv->build_inputs = g_memdup2 (inputs, n_inputs * sizeof inputs[0]);
  priv->n_build_inputs = n_inputs;
  priv->built = TRUE;
  return TRUE;
}

/**
 * strata_layer_get_build_inputs: (skip)
 *
 * Returns: what the layer was built for
 */
const StrataSpec *
strata_layer_get_build_inputs (StrataLayer *self,
                               guint       *n_inputs)
{
  StrataLayerPrivate *priv = get_private (self);

  *n_inputs = priv->n_build_inputs;
  return priv->build_inputs;
}

/**
 * strata_layer_add_child:
 * @attribute: what Keras calls the place: it names the group in weight files
 * @child: a layer inside this one
 *
 * Makes the weights of @child part of the layer's.
 */
void
strata_layer_add_child (StrataLayer *self,
                        const char  *attribute,
                        StrataLayer *child)
{
  Child entry = { g_strdup (attribute), g_object_ref (child) };

  g_array_append_val (get_private (self)->children, entry);
}

void
strata_layer_remove_children (StrataLayer *self)
{
  g_array_set_size (get_private (self)->children, 0);
}

guint
strata_layer_get_n_children (StrataLayer *self)
{
  return get_private (self)->children->len;
}

/**
 * strata_layer_get_child:
 * @attribute: (out) (optional): the place's name
 *
 * Returns: (transfer none): a layer inside this one
 */
StrataLayer *
strata_layer_get_child (StrataLayer  *self,
                        guint         i,
                        const char  **attribute)
{
  Child *child = &g_array_index (get_private (self)->children, Child, i);

  if (attribute != NULL)
    *attribute = child->attribute;
  return child->layer;
}

/**
 * strata_layer_get_sites: (skip)
 *
 * Returns: (transfer none): StrataSite pointers
 */
GPtrArray *
strata_layer_get_sites (StrataLayer *self)
{
  return get_private (self)->sites;
}

/**
 * strata_layer_get_own: (skip)
 * @trainable: whether those that optimizers train are wanted, or the others
 *
 * Returns: (transfer none): its own weights of that kind, in order of making
 */
GPtrArray *
strata_layer_get_own (StrataLayer *self,
                      gboolean     trainable)
{
  return trainable ? get_private (self)->weights : get_private (self)->states;
}

/**
 * strata_layer_dup_own_weights: (skip)
 *
 * Returns: (transfer full): its own weights, trainable ones first, in order of making
 */
GPtrArray *
strata_layer_dup_own_weights (StrataLayer *self)
{
  StrataLayerPrivate *priv = get_private (self);
  GPtrArray *own = g_ptr_array_new ();

  g_ptr_array_extend (own, priv->weights, NULL, NULL);
  g_ptr_array_extend (own, priv->states, NULL, NULL);
  return own;
}
