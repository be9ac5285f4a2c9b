/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>
#include <graphene.h>

G_BEGIN_DECLS

/**
 * StrataTiles:
 *
 * Rectangles on the canvas by the tiles of a coarse grid that they touch: what lies somewhere is found without going
 * through everything.
 */
typedef struct _StrataTiles StrataTiles;

StrataTiles *strata_tiles_new    (void) G_GNUC_WARN_UNUSED_RESULT;
void         strata_tiles_free   (StrataTiles *self);
void         strata_tiles_clear  (StrataTiles *self);
void         strata_tiles_add    (StrataTiles *self, const graphene_rect_t *area, gpointer data);
void         strata_tiles_find   (StrataTiles *self, const graphene_rect_t *area, GPtrArray *found);

G_END_DECLS
