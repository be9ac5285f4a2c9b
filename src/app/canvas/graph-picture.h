/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <cairo.h>

#include "document/document.h"

G_BEGIN_DECLS

/*
 * A network as a picture on paper: what the canvas shows of the group that is looked into, dark on white, whatever the
 * desktop's style, with nothing selected.
 */
void    strata_graph_picture_get_size (StrataDocument *document, GPtrArray *nodes, double *width, double *height);
void    strata_graph_picture_draw     (StrataDocument *document, GPtrArray *nodes, cairo_t *cr);
GBytes *strata_graph_picture_export   (StrataDocument *document, GPtrArray *nodes, const char *file_name,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
