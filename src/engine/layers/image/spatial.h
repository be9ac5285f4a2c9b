/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "layers/layer.h"

G_BEGIN_DECLS

/* What layers share that look at places: the order of dimensions, and margins. */
#define STRATA_PARAM_DATA_FORMAT(T)                                                                                    \
  STRATA_PARAM (CHOICE, T, data_format, "\"channels_last\"", .nullable = TRUE,                                         \
                .choices = STRATA_CHOICES ("channels_last", "channels_first"), .title = "Data format",                 \
                .description = "Whether channels are the last dimension, or the first after the batch")
#define STRATA_PARAM_PADDING(T, ...)                                                                                   \
  STRATA_PARAM (CHOICE, T, padding, "\"valid\"", .choices = STRATA_CHOICES (__VA_ARGS__), .title = "Padding",          \
                .description = "valid: only where it fits whole; same: zeros around, so that the size stays (divided " \
                               "by the stride)")

gboolean     strata_is_channels_first      (const char *data_format);
StrataValue *strata_to_channels_last       (StrataBuilder *b, StrataValue *x, const char *data_format);
StrataValue *strata_from_channels_last     (StrataBuilder *b, StrataValue *x, const char *data_format);
int          strata_get_channel_axis       (const char *data_format, int rank);
int          strata_get_spatial_axis       (const char *data_format, int d);
void         strata_get_same_margins       (gint64 in, gint64 window, gint64 stride, gint64 dilation, gint64 *before,
                                            gint64 *after);

G_END_DECLS
