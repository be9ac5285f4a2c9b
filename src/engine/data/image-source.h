/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "data/image-file.h"
#include "models/source.h"

G_BEGIN_DECLS

#define STRATA_TYPE_IMAGE_SOURCE (strata_image_source_get_type ())
G_DECLARE_FINAL_TYPE (StrataImageSource, strata_image_source, STRATA, IMAGE_SOURCE, StrataSource)

StrataSource *strata_image_source_new          (GPtrArray *paths,
                                                const StrataImageForm *form) G_GNUC_WARN_UNUSED_RESULT;
void          strata_image_source_set_classes  (StrataImageSource *self, const gint32 *classes);
gboolean      strata_image_source_keeps_all    (StrataImageSource *self);
guint         strata_image_source_count_broken (StrataImageSource *self, const char **path);

G_END_DECLS
