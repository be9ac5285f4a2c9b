/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

#include "runner/preview.h"

G_BEGIN_DECLS

#define STRATA_TYPE_SAMPLE_GRID (strata_sample_grid_get_type ())
G_DECLARE_FINAL_TYPE (StrataSampleGrid, strata_sample_grid, STRATA, SAMPLE_GRID, GtkWidget)

GtkWidget *strata_sample_grid_new   (const char *title) G_GNUC_WARN_UNUSED_RESULT;
void       strata_sample_grid_set_inputs (StrataSampleGrid *self, GPtrArray *names);
void       strata_sample_grid_clear (StrataSampleGrid *self);
void       strata_sample_grid_show  (StrataSampleGrid *self, StrataPreview *preview, const char *const *captions,
                                     const char *heading);
guint      strata_sample_grid_get_n (StrataSampleGrid *self);

G_END_DECLS
