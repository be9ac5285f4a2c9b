/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "layers/image/spatial.h"

G_BEGIN_DECLS

/* Margins to add or to take away, as padding and cropping layers have them. */
typedef struct
{
  StrataLayer parent;
  JsonNode *padding, *cropping;
  char *data_format;
  gint64 before[3], after[3];
} StrataMarginLayer;

#define STRATA_PARAM_MARGINS(f, def, label, text) \
  STRATA_PARAM (JSON, StrataMarginLayer, f, def, .title = label, .description = text)

gboolean strata_margin_layer_parse (StrataMarginLayer *self, const char *name, JsonNode **value, int nd,
                                    GError **error);
void     strata_margin_layer_pad   (StrataLayer *layer, StrataBuilder *b, StrataCall *call);
void     strata_margin_layer_crop  (StrataLayer *layer, StrataBuilder *b, StrataCall *call);
gboolean strata_margin_layer_padding_configured  (StrataObject *object, GError **error);
gboolean strata_margin_layer_cropping_configured (StrataObject *object, GError **error);

G_END_DECLS
