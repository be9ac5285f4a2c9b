/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "canvas/sprites.h"

#include <math.h>

/* More looks than that are not seen at once. */
#define MOST_SPRITES 256

/**
 * StrataSprites: (skip)
 *
 * What many cards and wires show alike, drawn once and copied from then on: round corners take longer to draw than all
 * else about a card, and panning changes nothing of it.
 */
struct _StrataSprites
{
  GHashTable *surfaces;         /* key -> cairo_surface_t */
  char *conditions;
  int factor;
};

StrataSprites *
strata_sprites_new (void)
{
  StrataSprites *self = g_new0 (StrataSprites, 1);

  self->surfaces = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) cairo_surface_destroy);
  return self;
}

void
strata_sprites_free (StrataSprites *self)
{
  g_hash_table_unref (self->surfaces);
  g_free (self->conditions);
  g_free (self);
}

void
strata_sprites_forget (StrataSprites *self)
{
  g_hash_table_remove_all (self->surfaces);
}

/**
 * strata_sprites_use: (skip)
 * @factor: pixels of the screen for one of the widget
 * @conditions: the zoom, colours and whatever else all looks depend on
 *
 * Forgets what was drawn under other conditions.
 */
void
strata_sprites_use (StrataSprites *self,
                    int            factor,
                    const char    *conditions)
{
  if (factor == self->factor && g_strcmp0 (conditions, self->conditions) == 0 &&
      g_hash_table_size (self->surfaces) <= MOST_SPRITES)
    return;
  strata_sprites_forget (self);
  g_free (self->conditions);
  self->conditions = g_strdup (conditions);
  self->factor = factor;
}

/**
 * strata_sprites_get: (skip)
 * @key: tells looks apart
 * @width: in pixels of the widget
 * @height: likewise
 * @draw: draws it where it is not known yet
 *
 * Returns: (transfer none): the sprite
 */
cairo_surface_t *
strata_sprites_get (StrataSprites    *self,
                    const char       *key,
                    int               width,
                    int               height,
                    StrataSpriteFunc  draw,
                    gpointer          user_data)
{
  cairo_surface_t *sprite = g_hash_table_lookup (self->surfaces, key);
  cairo_t *cr;

  if (sprite != NULL)
    return sprite;
  sprite = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width * self->factor, height * self->factor);
  cairo_surface_set_device_scale (sprite, self->factor, self->factor);
  cr = cairo_create (sprite);
  draw (cr, user_data);
  cairo_destroy (cr);
  g_hash_table_insert (self->surfaces, g_strdup (key), sprite);
  return sprite;
}

/**
 * strata_sprites_put: (skip)
 *
 * Copies a sprite to the nearest whole pixel of the widget, so that its edges stay sharp.
 */
void
strata_sprites_put (cairo_t         *cr,
                    cairo_surface_t *sprite,
                    double           x,
                    double           y)
{
  cairo_set_source_surface (cr, sprite, round (x), round (y));
  cairo_paint (cr);
}
