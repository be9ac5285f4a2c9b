/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "base/object.h"

G_BEGIN_DECLS

/**
 * StrataCodec:
 * @read: (nullable): makes an object from `class_name` and `config`; %NULL without an error to have it read as usual
 * @write: (nullable): how an object is written; returns %NULL where its class and its config tell all of it
 *
 * How a kind is read and written that Keras does not always keep as a class and
 * its parameters: a layer inside another may be a whole model. A codec stands
 * above the base; the table of codecs is made by meson.
 */
typedef struct
{
  StrataObject *(*read) (JsonObject *object, GError **error);
  JsonNode *(*write) (StrataObject *self);
} StrataCodec;

const StrataCodec *strata_codec_get (StrataKind kind);

G_END_DECLS
