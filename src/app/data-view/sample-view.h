/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

#include "runner/preview.h"

G_BEGIN_DECLS

/* A widget that shows a sample: a picture, a series, a text or a row. */
GtkWidget *strata_sample_view_new (StrataPreview *preview, gsize i, const char *label,
                                   GPtrArray *inputs) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
