/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct _StrataSprites StrataSprites;

/* Draws what a sprite shows, with a pixel of the widget as unit. */
typedef void (*StrataSpriteFunc) (cairo_t *cr, gpointer user_data);

StrataSprites   *strata_sprites_new  (void) G_GNUC_WARN_UNUSED_RESULT;
void             strata_sprites_free (StrataSprites *self);
void             strata_sprites_forget (StrataSprites *self);
void             strata_sprites_use  (StrataSprites *self, int factor, const char *conditions);
cairo_surface_t *strata_sprites_get  (StrataSprites *self, const char *key, int width, int height,
                                      StrataSpriteFunc draw, gpointer user_data);
void             strata_sprites_put  (cairo_t *cr, cairo_surface_t *sprite, double x, double y);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataSprites, strata_sprites_free)

G_END_DECLS
