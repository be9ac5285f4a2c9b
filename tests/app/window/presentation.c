/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A window that is shown to many fills the screen with larger texts, until it is left by whatever way. */
#include "app-window.h"

#include "window/presentation.h"

static int
get_dpi (GtkWidget *window)
{
  int dpi;

  g_object_get (gtk_widget_get_settings (window), "gtk-xft-dpi", &dpi, NULL);
  return dpi;
}

static gboolean
is_full (gpointer window)
{
  return gtk_window_is_fullscreen (window);
}

static gboolean
is_over (gpointer window)
{
  return !gtk_window_is_fullscreen (window) && !strata_presentation_is_on (window);
}

static void
test_toggle (void)
{
  GtkWidget *window = gtk_window_new ();
  int usual;

  gtk_window_present (GTK_WINDOW (window));
  settle (50);
  usual = get_dpi (window);
  for (int time = 0; time < 2; time++)
    {
      strata_presentation_toggle (GTK_WINDOW (window));
      wait_until (is_full, window, 20);
      g_assert_true (strata_presentation_is_on (GTK_WINDOW (window)));
      g_assert_cmpint (get_dpi (window), >, usual > 0 ? usual : 96 * 1024);
      /* By its own key, and as a window manager does. */
      if (time == 0)
        strata_presentation_toggle (GTK_WINDOW (window));
      else
        gtk_window_unfullscreen (GTK_WINDOW (window));
      wait_until (is_over, window, 20);
      g_assert_cmpint (get_dpi (window), ==, usual);
    }
  gtk_window_destroy (GTK_WINDOW (window));
}

static gboolean
is_large (gpointer label)
{
  return pango_font_metrics_get_height (pango_context_get_metrics (gtk_widget_get_pango_context (label), NULL, NULL)) /
         PANGO_SCALE > 20;
}

/* The name of what is shown can be read whole, whatever is beside it. */
static void
test_title (Fixture      *self,
            gconstpointer data)
{
  GtkSettings *settings = gtk_widget_get_settings (GTK_WIDGET (self->window));
  GtkWidget *title = find_label (GTK_WIDGET (self->window), "Handwritten digits");

  g_object_set (settings, "gtk-xft-dpi", 144 * 1024, NULL);
  wait_until (is_large, title, 20);
  settle (100);
  g_assert_false (pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (title))));
  gtk_settings_reset_property (settings, "gtk-xft-dpi");
}

/* A short one has room for its letters, however wide they are. */
static void
test_short_title (Fixture      *self,
                  gconstpointer data)
{
  GtkWidget *title = find_label (GTK_WIDGET (self->window), "Spam");
  g_autoptr (PangoLayout) whole = pango_layout_copy (gtk_label_get_layout (GTK_LABEL (title)));
  int least, width;

  pango_layout_set_width (whole, -1);
  pango_layout_get_pixel_size (whole, &width, NULL);
  gtk_widget_measure (title, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  g_assert_cmpint (least, >=, width);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  start_application ();
  g_test_add_func ("/window/presentation/toggle", test_toggle);
  g_test_add ("/window/presentation/title", Fixture, "digits", set_up, test_title, tear_down);
  g_test_add ("/window/presentation/short-title", Fixture, "spam", set_up, test_short_title, tear_down);
  return g_test_run ();
}
