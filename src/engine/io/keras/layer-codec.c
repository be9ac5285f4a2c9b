/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/codec.h"

#include "base/json.h"
#include "io/keras/config-private.h"

/* Layers in parameters of layers, as those in wrappers: they may be models, or as Keras 2 wrote them. */
static StrataObject *
read_layer (JsonObject  *object,
            GError     **error)
{
  StrataConfigReader reader = { .shared = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_object_unref) };
  StrataLayer *layer = strata_config_read_layer (&reader, object, error);

  g_hash_table_unref (reader.shared);
  return (StrataObject *) layer;
}

static JsonNode *
write_layer (StrataObject *layer)
{
  return STRATA_IS_MODEL (layer) ? strata_config_write_model (STRATA_MODEL (layer), NULL) : NULL;
}

const StrataCodec strata_layer_codec = {
  .read = read_layer,
  .write = write_layer,
};
