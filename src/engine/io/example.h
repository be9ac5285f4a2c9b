/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * StrataExample:
 * @name: what commands call it
 * @title: what people call it
 * @description: a sentence on what is to be learned from it
 * @model: the network, as Keras writes models as JSON
 * @settings: how it is trained, as documents keep it: `compile`, `fit`, `data`
 *
 * A network to begin with, from a file in data/examples/.
 */
typedef struct
{
  char *name;
  char *title;
  char *description;
  JsonNode *model;
  JsonNode *settings;
} StrataExample;

GPtrArray     *strata_example_list (void) G_GNUC_WARN_UNUSED_RESULT;
StrataExample *strata_example_load (const char *name, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void           strata_example_free (StrataExample *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataExample, strata_example_free)

G_END_DECLS
