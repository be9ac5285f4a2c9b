/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <stdarg.h>

#include "../widgets.h"

/* Waits, with the main loop running, until a test is true; fails after seconds. */
static inline void
wait_until (gboolean (*test) (gpointer data),
            gpointer  data,
            int       seconds)
{
  gint64 end = g_get_monotonic_time () + seconds * G_USEC_PER_SEC;

  while (!test (data))
    {
      if (g_get_monotonic_time () > end)
        g_error ("still not true after %d seconds", seconds);
      g_main_context_iteration (NULL, FALSE);
      g_usleep (2000);
    }
}

static inline gboolean
drawn_cb (GtkWidget     *widget,
          GdkFrameClock *clock,
          gpointer       drawn)
{
  *(gboolean *) drawn = TRUE;
  return G_SOURCE_REMOVE;
}

/* Waits until what the display has sent so far is handled and a frame is drawn after it, if a window is there to
 * draw. */
static inline void
wait_for_frame (void)
{
  GListModel *windows = gtk_window_get_toplevels ();
  gint64 end = g_get_monotonic_time () + 2 * G_USEC_PER_SEC;

  gdk_display_sync (gdk_display_get_default ());
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);
      gboolean drawn = FALSE;
      guint tick;

      if (!gtk_widget_get_mapped (window))
        continue;
      tick = gtk_widget_add_tick_callback (window, drawn_cb, &drawn, NULL);
      while (!drawn && gtk_widget_get_mapped (window) && g_get_monotonic_time () < end)
        {
          g_main_context_iteration (NULL, FALSE);
          g_usleep (1000);
        }
      if (!drawn)
        gtk_widget_remove_tick_callback (window, tick);
      return;
    }
}

/* Gives a hand its time, and a slow machine all it needs to follow. */
static inline void
settle (int milliseconds)
{
  gint64 end = g_get_monotonic_time () + milliseconds * 1000;

  while (g_get_monotonic_time () < end)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (2000);
    }
  wait_for_frame ();
  wait_for_frame ();
}

static inline void
exited_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_assert_true (g_subprocess_wait_check_finish (G_SUBPROCESS (source), result, NULL));
  *(gboolean *) data = TRUE;
}

static inline gboolean
is_set (gpointer data)
{
  return *(gboolean *) data;
}

/* Runs xdotool with words separated by spaces, as a person's hand. */
static inline void G_GNUC_PRINTF (1, 2)
hand (const char *format,
      ...)
{
  g_autofree char *words = NULL, *line = NULL;
  g_auto (GStrv) argv = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  gboolean done = FALSE;
  va_list args;

  va_start (args, format);
  words = g_strdup_vprintf (format, args);
  va_end (args);
  line = g_strconcat ("xdotool ", words, NULL);
  argv = g_strsplit (line, " ", -1);
  process = g_subprocess_newv ((const char *const *) argv, G_SUBPROCESS_FLAGS_NONE, &error);
  g_assert_no_error (error);
  g_subprocess_wait_check_async (process, NULL, exited_cb, &done);
  wait_until (is_set, &done, 20);
}

/* Presses at one place, moves in small steps as a hand does, and lets go at another. */
static inline void
drag (graphene_point_t from,
      graphene_point_t to)
{
  hand ("mousemove %d %d", (int) from.x, (int) from.y);
  settle (20);
  hand ("mousedown 1");
  for (int i = 1; i <= 10; i++)
    {
      hand ("mousemove %d %d", (int) (from.x + (to.x - from.x) * i / 10), (int) (from.y + (to.y - from.y) * i / 10));
      settle (10);
    }
  settle (100);
  hand ("mouseup 1");
  settle (100);
}

/* Clicks; a second click at once at the same place is kept from being a double click. */
static inline void
click_at (graphene_point_t place)
{
  static graphene_point_t last;

  if (graphene_point_near (&place, &last, 10))
    settle (500);
  last = place;
  hand ("mousemove %d %d", (int) place.x, (int) place.y);
  settle (20);
  hand ("click 1");
  settle (50);
}

/* The middle of a widget in a window that fills the screen. */
static inline graphene_point_t
middle_of (GtkWidget *widget,
           double     x,
           double     y)
{
  graphene_point_t point;

  g_assert_true (gtk_widget_compute_point (widget, GTK_WIDGET (gtk_widget_get_root (widget)),
                                           &GRAPHENE_POINT_INIT (gtk_widget_get_width (widget) * x,
                                                                 gtk_widget_get_height (widget) * y),
                                           &point));
  return point;
}

static inline void
click_widget (GtkWidget *widget)
{
  click_at (middle_of (widget, 0.5, 0.5));
}

static inline void
press (const char *keys)
{
  hand ("key %s", keys);
  settle (50);
}
