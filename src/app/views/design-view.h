/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "canvas/canvas.h"
#include "inspector/inspector.h"
#include "palette/layer-list.h"

G_BEGIN_DECLS

#define STRATA_TYPE_DESIGN_VIEW (strata_design_view_get_type ())
G_DECLARE_FINAL_TYPE (StrataDesignView, strata_design_view, STRATA, DESIGN_VIEW, GtkWidget)

/* Properties: show-palette, show-inspector, show-overview. */
GtkWidget       *strata_design_view_new           (StrataDocument *document);
StrataCanvas    *strata_design_view_get_canvas    (StrataDesignView *self);
StrataInspector *strata_design_view_get_inspector (StrataDesignView *self);
StrataSelection *strata_design_view_get_selection (StrataDesignView *self);
StrataLayerList *strata_design_view_get_palette   (StrataDesignView *self);
void             strata_design_view_show_node     (StrataDesignView *self, StrataDocNode *node);

G_END_DECLS
