/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "io/formats/archive.h"
#include "models/model.h"

G_BEGIN_DECLS

/**
 * StrataKerasFile:
 * @model: (nullable): the model; %NULL for a document whose graph is not a model yet
 * @config: (nullable): the model's config as the file has it
 * @extras: (element-type utf8 GLib.Bytes): members that Keras ignores, by name, such as "strata/document.json"
 * @warnings: (element-type utf8): what could not be read and is left out, in sentences
 *
 * What a model file holds.
 */
typedef struct
{
  StrataModel *model;
  JsonNode *config;
  GHashTable *extras;
  GPtrArray *warnings;
} StrataKerasFile;

StrataKerasFile *strata_keras_file_new        (StrataModel *model) G_GNUC_WARN_UNUSED_RESULT;
StrataKerasFile *strata_keras_file_read       (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
StrataKerasFile *strata_keras_file_parse      (GBytes *bytes, const char *name,
                                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean         strata_keras_file_write      (StrataKerasFile *self, const char *path, GError **error);
void             strata_keras_file_free       (StrataKerasFile *self);
void             strata_keras_file_set_extra  (StrataKerasFile *self, const char *name, GBytes *bytes);
GBytes          *strata_keras_file_get_extra  (StrataKerasFile *self, const char *name);
void             strata_keras_file_warn       (StrataKerasFile *self, const char *format, ...) G_GNUC_PRINTF (2, 3);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataKerasFile, strata_keras_file_free)

G_END_DECLS
