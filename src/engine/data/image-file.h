/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "base/error.h"

G_BEGIN_DECLS

/**
 * StrataImageForm:
 * @height: rows of pixels
 * @width: columns of pixels
 * @channels: 3 for red, green and blue, 1 for gray
 * @crop: whether what sticks out of the form's proportions is cut off, rather than all squeezed in
 *
 * What pictures are made to be, of whatever size they are in their files.
 */
typedef struct
{
  int height, width, channels;
  gboolean crop;
} StrataImageForm;

/* The largest side of a form. */
#define STRATA_LARGEST_IMAGE 4096

extern const char *const strata_image_suffixes[];

gboolean strata_image_file_check (const char *path);
gboolean strata_image_file_read  (const char *path, const StrataImageForm *form, float *pixels,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
