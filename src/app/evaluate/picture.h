/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

#include "data/image-file.h"

G_BEGIN_DECLS

/* Pictures as red, green and blue from 0 to 1, row by row */
void   strata_picture_read_async  (GFile *file, GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer user_data);
float *strata_picture_read_finish (GAsyncResult *result, int *width, int *height,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* A picture as the samples that a network learned from */
void   strata_picture_read_sample_async  (GFile *file, const StrataImageForm *form, GCancellable *cancellable,
                                          GAsyncReadyCallback callback, gpointer user_data);
float *strata_picture_read_sample_finish (GAsyncResult *result, StrataImageForm *form,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

float *strata_picture_to_ink (const float *picture, int width, int height) G_GNUC_WARN_UNUSED_RESULT;
void   strata_picture_scale  (const float *picture, int width, int height, int channels, float *scaled,
                              int columns, int rows);

G_END_DECLS
