/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "base/json.h"
#include "io/keras/model-config.h"
#include "models/functional.h"

G_BEGIN_DECLS

/**
 * StrataConfigReader:
 * @depth: how many models the present one is inside of
 * @shared: layers by Keras's number of shared objects
 *
 * What reading a model needs to know.
 */
typedef struct
{
  guint depth;
  GHashTable *shared;
} StrataConfigReader;

StrataLayer *strata_config_read_layer      (StrataConfigReader *self, JsonObject *object,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
StrataModel *strata_config_read_functional (StrataConfigReader *self, JsonObject *config,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

StrataModel *strata_config_read            (JsonNode *node, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void         strata_config_thaw            (StrataLayer *layer, guint depth);

JsonObject  *strata_config_write_layer     (StrataLayer *layer) G_GNUC_WARN_UNUSED_RESULT;
gboolean     strata_config_is_untrained    (const char *class_name);
const char  *strata_config_get_dtype       (const StrataSymbol *symbol);
void         strata_config_write_functional (StrataFunctional *model, JsonObject *config);
JsonNode    *strata_config_write_model    (StrataModel *model, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Where there are no assets */
void         strata_config_add_learned     (StrataModel *model, JsonNode *config);
void         strata_config_warn_unlearned  (StrataLayer *layer, GPtrArray *warnings);

/* Keras 1 and 2 */
#define STRATA_KERAS2_TENSOR "keras2" /* marks a tensor whose call is counted as Keras 2 does */

char        *strata_keras2_function        (JsonObject *layer) G_GNUC_WARN_UNUSED_RESULT;
gboolean     strata_keras2_translate       (JsonObject *layer, JsonArray *layers);
JsonNode    *strata_keras1_adapt           (JsonNode *root) G_GNUC_WARN_UNUSED_RESULT;
JsonNode    *strata_keras2_adapt           (JsonNode *root) G_GNUC_WARN_UNUSED_RESULT;
JsonObject  *strata_keras2_upgrade         (const char *class_name, JsonObject *config) G_GNUC_WARN_UNUSED_RESULT;
const char  *strata_keras2_class           (const char *class_name);

G_END_DECLS
