/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The parts of the design view that need no window. */
#include <gtk/gtk.h>

#include "canvas/curve.h"
#include "canvas/sprites.h"
#include "canvas/tiles.h"
#include "canvas/viewport.h"
#include "document/arrange.h"
#include "inspector/value-text.h"
#include "widgets/words.h"

static void
test_words (void)
{
  g_autofree char *image = strata_words_shape (&STRATA_SHAPE (STRATA_UNKNOWN, 28, 28, 32));
  g_autofree char *vector = strata_words_shape (&STRATA_SHAPE (STRATA_UNKNOWN, 10));
  g_autofree char *open = strata_words_shape (&STRATA_SHAPE (STRATA_UNKNOWN, STRATA_UNKNOWN, 8));
  g_autofree char *count = strata_words_count (1234567), *isolated = NULL;

  g_assert_cmpstr (image, ==, "28×28, 32 channels");
  g_assert_cmpstr (vector, ==, "10 values");
  g_assert_cmpstr (open, ==, "?×8");
  g_assert_cmpstr (count, ==, "1\u202f234\u202f567");
  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  isolated = strata_words_shape (&STRATA_SHAPE (STRATA_UNKNOWN, 20, 64));
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
  g_assert_cmpstr (isolated, ==, "\u206620×64\u2069");
}

static void
test_values (void)
{
  static const StrataParam ints = { .name = "size", .type = STRATA_PARAM_INTS };
  static const char *const texts[] = { "3, 3", "3×3", "3 x 3", "(3, 3)" };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (JsonNode) value = strata_value_from_text (&ints, texts[i], &error);
      g_autofree char *text = NULL;

      g_assert_no_error (error);
      text = strata_value_to_text (&ints, value);
      g_assert_cmpstr (text, ==, "3, 3");
    }
  g_assert_null (strata_value_from_text (&ints, "", &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_VALUE);
}

static void
test_geometry (void)
{
  StrataViewport viewport = { 10, 20, 2 };
  graphene_point_t before, after;
  StrataCurve curve;

  strata_viewport_to_canvas (&viewport, 110, 120, &before);
  strata_viewport_zoom_at (&viewport, 110, 120, 0.5);
  strata_viewport_to_canvas (&viewport, 110, 120, &after);
  g_assert_cmpfloat_with_epsilon (before.x, after.x, 1e-4);
  g_assert_cmpfloat_with_epsilon (before.y, after.y, 1e-4);
  /* What just fits is seen without the ring around it. */
  viewport = (StrataViewport){ 0, 0, 1 };
  strata_viewport_reveal (&viewport, &GRAPHENE_RECT_INIT (300, 100, 100, 50), 400, 300, 40);
  g_assert_cmpfloat (viewport.x, ==, -40);
  g_assert_cmpfloat (viewport.y, ==, 0);
  g_assert_cmpfloat (strata_snap (11), ==, 8);
  g_assert_cmpfloat (strata_snap (-13), ==, -16);

  strata_curve_init (&curve, &GRAPHENE_POINT_INIT (0, 0), &GRAPHENE_POINT_INIT (100, 200), STRATA_FLOW_DOWN);
  strata_curve_get_point (&curve, 0.5, &after);
  g_assert_cmpfloat_with_epsilon (after.x, 50, 1e-3);
  g_assert_cmpfloat (strata_curve_get_distance (&curve, &after), <, 0.5);
  g_assert_cmpfloat (strata_curve_get_distance (&curve, &GRAPHENE_POINT_INIT (50, 160)), >, 10);

  strata_curve_init_turning (&curve, &GRAPHENE_POINT_INIT (0, 900), &GRAPHENE_POINT_INIT (400, 0), 200,
                             STRATA_FLOW_DOWN);
  strata_curve_get_point (&curve, 0.5, &after);
  g_assert_cmpfloat_with_epsilon (after.x, 200, 1e-3);
  g_assert_cmpfloat_with_epsilon (after.y, 450, 1e-3);
  strata_curve_get_end (&curve, &after);
  g_assert_cmpfloat (after.x, ==, 400);
  g_assert_cmpfloat (strata_curve_get_distance (&curve, &GRAPHENE_POINT_INIT (203, 700)), <, 4);
  g_assert_cmpfloat (strata_curve_get_distance (&curve, &GRAPHENE_POINT_INIT (0, 700)), >, 150);
}

/* Lines are broken where few wires pass, and what fits a screen stays in one. */
static void
test_wrap (void)
{
  double begins[101], breadth = 400;
  guint crossings[100];
  g_autoptr (GArray) lines = NULL, single = NULL;

  for (guint i = 0; i <= 100; i++)
    begins[i] = 150 * i;
  for (guint i = 0; i < 100; i++)
    crossings[i] = i % 7 == 3 ? 1 : 3;
  lines = strata_arrange_wrap (begins, crossings, 100, breadth);
  g_assert_cmpuint (lines->len, >, 3);
  g_assert_cmpuint (g_array_index (lines, guint, 0), ==, 0);
  for (guint i = 1; i < lines->len; i++)
    {
      g_assert_cmpuint (g_array_index (lines, guint, i), >, g_array_index (lines, guint, i - 1));
      g_assert_cmpuint (crossings[g_array_index (lines, guint, i)], ==, 1);
    }
  single = strata_arrange_wrap (begins, crossings, 20, breadth);
  g_assert_cmpuint (single->len, ==, 1);
}

static void
count_drawn (cairo_t  *cr,
             gpointer  n_drawn)
{
  cairo_paint (cr);
  (*(guint *) n_drawn)++;
}

/* What looks alike is drawn once for a zoom, in the pixels of the screen. */
static void
test_sprites (void)
{
  g_autoptr (StrataSprites) sprites = strata_sprites_new ();
  cairo_surface_t *first;
  guint n_drawn = 0;

  strata_sprites_use (sprites, 2, "100 %");
  first = strata_sprites_get (sprites, "card", 30, 20, count_drawn, &n_drawn);
  g_assert_cmpint (cairo_image_surface_get_width (first), ==, 60);
  strata_sprites_use (sprites, 2, "100 %");
  g_assert_true (strata_sprites_get (sprites, "card", 30, 20, count_drawn, &n_drawn) == first);
  g_assert_cmpuint (n_drawn, ==, 1);
  strata_sprites_get (sprites, "other card", 30, 20, count_drawn, &n_drawn);
  g_assert_cmpuint (n_drawn, ==, 2);
  strata_sprites_use (sprites, 2, "50 %");
  strata_sprites_get (sprites, "card", 15, 10, count_drawn, &n_drawn);
  g_assert_cmpuint (n_drawn, ==, 3);
}

/* What tiles find is what one finds who looks at everything. */
static void
test_tiles (void)
{
  StrataTiles *tiles = strata_tiles_new ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  graphene_rect_t areas[200], where;

  for (guint i = 0; i < G_N_ELEMENTS (areas); i++)
    {
      double size = i % 10 == 0 ? 20000 : i % 10 == 1 ? 0 : 300;

      graphene_rect_init (&areas[i], g_rand_double_range (rand, -9000, 9000), g_rand_double_range (rand, -9000, 9000),
                          g_rand_double_range (rand, 0, size + 1), g_rand_double_range (rand, 0, size + 1));
      strata_tiles_add (tiles, &areas[i], &areas[i]);
    }
  for (guint n = 0; n < 200; n++)
    {
      g_autoptr (GPtrArray) found = g_ptr_array_new ();
      guint next = 0;

      graphene_rect_init (&where, g_rand_double_range (rand, -9000, 9000), g_rand_double_range (rand, -9000, 9000),
                          n % 5 == 0 ? 9000 : 0, n % 5 == 0 ? 9000 : 0);
      strata_tiles_find (tiles, &where, found);
      for (guint i = 0; i < G_N_ELEMENTS (areas); i++)
        if (areas[i].origin.x <= where.origin.x + where.size.width &&
            where.origin.x <= areas[i].origin.x + areas[i].size.width &&
            areas[i].origin.y <= where.origin.y + where.size.height &&
            where.origin.y <= areas[i].origin.y + areas[i].size.height)
          g_assert_true (next < found->len && g_ptr_array_index (found, next++) == &areas[i]);
      g_assert_cmpuint (found->len, ==, next);
    }
  strata_tiles_free (tiles);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);

  g_test_add_func ("/design/words", test_words);
  g_test_add_func ("/design/values", test_values);
  g_test_add_func ("/design/geometry", test_geometry);
  g_test_add_func ("/design/wrap", test_wrap);
  g_test_add_func ("/design/tiles", test_tiles);
  g_test_add_func ("/design/sprites", test_sprites);
  return g_test_run ();
}
