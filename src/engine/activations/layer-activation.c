/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "activations/layer-activation.h"

#include "base/json.h"

struct _StrataLayerActivation
{
  StrataActivation parent_instance;

  StrataObject *layer;
  StrataActivationCall call;
  JsonNode *input_shape; /* that of its first call, or NULL */
};

/**
 * StrataLayerActivation:
 *
 * A layer that learns, used as an activation: `Dense(3, activation=PReLU())`. The
 * layer that has the activation has it as a child, too, and tells how to call it.
 */
G_DEFINE_FINAL_TYPE (StrataLayerActivation, strata_layer_activation, STRATA_TYPE_ACTIVATION)

static StrataValue *
layer_activation_apply (StrataActivation *activation,
                        StrataBuilder    *b,
                        StrataValue      *x)
{
  StrataLayerActivation *self = STRATA_LAYER_ACTIVATION (activation);

  if (self->call == NULL)
    {
      strata_builder_fail (b, STRATA_ERROR_UNSUPPORTED, "The layer %s is an activation of nothing that can have its "
                           "weights", strata_object_get_class_name (self->layer));
      return x;
    }
  if (self->input_shape == NULL && x->shape.rank > 0)
    {
      StrataShape shape = x->shape;

      shape.dims[0] = STRATA_UNKNOWN;
      self->input_shape = strata_shape_to_json (&shape);
    }
  return self->call (self->layer, b, x);
}

static const char *
layer_activation_get_class_name (StrataObject *object)
{
  return strata_object_get_class_name (STRATA_LAYER_ACTIVATION (object)->layer);
}

static void
strata_layer_activation_finalize (GObject *object)
{
  StrataLayerActivation *self = STRATA_LAYER_ACTIVATION (object);

  g_clear_pointer (&self->input_shape, json_node_unref);
  g_clear_object (&self->layer);

  G_OBJECT_CLASS (strata_layer_activation_parent_class)->finalize (object);
}

static void
strata_layer_activation_class_init (StrataLayerActivationClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_layer_activation_finalize;
  STRATA_OBJECT_CLASS (klass)->get_class_name = layer_activation_get_class_name;
  STRATA_ACTIVATION_CLASS (klass)->apply = layer_activation_apply;
}

static void
strata_layer_activation_init (StrataLayerActivation *self)
{
}

/**
 * strata_layer_activation_new: (skip)
 * @layer: (transfer none): a layer
 *
 * Returns: (transfer full): the layer as an activation
 */
StrataActivation *
strata_layer_activation_new (StrataObject *layer)
{
  StrataLayerActivation *self = g_object_new (STRATA_TYPE_LAYER_ACTIVATION, NULL);

  self->layer = g_object_ref (layer);
  return STRATA_ACTIVATION (self);
}

/**
 * strata_layer_activation_get_layer: (skip)
 *
 * Returns: (transfer none): the layer
 */
StrataObject *
strata_layer_activation_get_layer (StrataLayerActivation *self)
{
  return self->layer;
}

/**
 * strata_layer_activation_set_call: (skip)
 *
 * Tells how the layer is called, for whatever has the activation.
 */
void
strata_layer_activation_set_call (StrataLayerActivation *self,
                                  StrataActivationCall   call)
{
  self->call = call;
}

/**
 * strata_layer_activation_serialize: (skip)
 *
 * Returns: (transfer full): the layer as Keras writes it, which builds it anew by the shape of its input
 */
JsonNode *
strata_layer_activation_serialize (StrataLayerActivation *self)
{
  JsonNode *node = strata_object_serialize (self->layer);

  if (self->input_shape != NULL)
    {
      JsonObject *build = json_object_new ();

      json_object_set_member (build, "input_shape", json_node_copy (self->input_shape));
      json_object_set_object_member (json_node_get_object (node), "build_config", build);
    }
  return node;
}
