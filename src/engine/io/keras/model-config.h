/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "models/model.h"

G_BEGIN_DECLS

/**
 * StrataConfigStyle:
 * @STRATA_CONFIG_KERAS_3: as Keras 3 writes it into `.keras` files
 * @STRATA_CONFIG_KERAS_2: as Keras 2 wrote it into JSON and `.h5` files
 *
 * The two ways of writing a model as JSON. Both are read; Keras 3's is written.
 */
typedef enum
{
  STRATA_CONFIG_KERAS_3,
  STRATA_CONFIG_KERAS_2,
} StrataConfigStyle;

JsonNode    *strata_model_to_config     (StrataModel *model, GError **error) G_GNUC_WARN_UNUSED_RESULT;
StrataModel *strata_model_from_config   (JsonNode *node, GError **error) G_GNUC_WARN_UNUSED_RESULT;
char        *strata_model_to_json       (StrataModel *model, GError **error) G_GNUC_WARN_UNUSED_RESULT;
StrataModel *strata_model_from_json     (const char *text, gssize length, const char *name,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
JsonObject  *strata_model_config_find_compile (JsonNode *node);

G_END_DECLS
