/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/defaults.h"

#include <string.h>

/* What a layer from the palette begins with, where Keras demands a value: something sensible on small data. */
static const struct
{
  const char *name, *value;
} usual[] = {
  { "batch_shape", "[null, 28, 28, 1]" },
  { "embed_dim", "64" },
  { "filters", "32" },
  { "input_dim", "10000" },
  { "kernel_size", "3" },
  { "key_dim", "32" },
  { "max_tokens", "10000" },
  { "num_heads", "2" },
  { "num_tokens", "10000" },
  { "output_dim", "64" },
  { "rate", "0.5" },
  { "stddev", "0.1" },
  { "units", "64" },
};

static void
take_usual (const char *name,
            JsonObject *config)
{
  for (guint i = 0; i < G_N_ELEMENTS (usual); i++)
    if (g_str_equal (usual[i].name, name))
      json_object_set_member (config, name, json_from_string (usual[i].value, NULL));
}

static void
take_from_sample (const StrataLayerInfo *info,
                  const char            *name,
                  JsonObject            *config)
{
  g_autoptr (JsonNode) sample = NULL;

  if (info->object.samples == NULL || info->object.samples[0] == NULL)
    return;
  sample = json_from_string (info->object.samples[0], NULL);
  if (sample != NULL && JSON_NODE_HOLDS_OBJECT (sample) && json_object_has_member (json_node_get_object (sample), name))
    json_object_set_member (config, name, json_object_dup_member (json_node_get_object (sample), name));
}

/**
 * strata_defaults_fill: (skip)
 * @info: a kind of layer
 * @config: parameters; those that must be given and are missing are added
 */
void
strata_defaults_fill (const StrataLayerInfo *info,
                      JsonObject            *config)
{
  for (const StrataParam *param = info->object.params; param != NULL && param->name != NULL; param++)
    {
      if (param->fallback != NULL || json_object_has_member (config, param->name))
        continue;
      take_usual (param->name, config);
      if (!json_object_has_member (config, param->name))
        take_from_sample (info, param->name, config);
    }
}
