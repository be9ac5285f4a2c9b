/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "window/presentation.h"

/* Readable from the last row, and everything still has room on a projector. */
#define LARGER 1.4
/* What GTK takes where the desktop says nothing, in 1024ths. */
#define USUAL_DPI (96 * 1024)

#define KEY "strata-presentation"

/**
 * strata_presentation_is_on:
 *
 * Returns: whether @window is shown to many
 */
gboolean
strata_presentation_is_on (GtkWindow *window)
{
  return g_object_get_data (G_OBJECT (window), KEY) != NULL;
}

/* Texts of a display have one size, whatever window they are in. */
static void
enlarge (GtkWindow *window,
         gboolean   larger)
{
  GtkSettings *settings = gtk_widget_get_settings (GTK_WIDGET (window));
  int dpi;

  gtk_settings_reset_property (settings, "gtk-xft-dpi");
  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  if (larger)
    g_object_set (settings, "gtk-xft-dpi", (int) ((dpi > 0 ? dpi : USUAL_DPI) * LARGER), NULL);
}

/* The window's own button and the desktop's keys end it, too. */
static void
fullscreened_cb (GtkWindow *window)
{
  if (gtk_window_is_fullscreen (window) || !strata_presentation_is_on (window))
    return;
  g_signal_handlers_disconnect_by_func (window, fullscreened_cb, NULL);
  g_object_set_data (G_OBJECT (window), KEY, NULL);
  enlarge (window, FALSE);
}

/**
 * strata_presentation_toggle:
 *
 * Shows a window to many, on the whole screen and with larger texts and curves, or as it was before.
 */
void
strata_presentation_toggle (GtkWindow *window)
{
  if (strata_presentation_is_on (window))
    {
      gtk_window_unfullscreen (window);
      return;
    }
  g_object_set_data (G_OBJECT (window), KEY, GINT_TO_POINTER (TRUE));
  enlarge (window, TRUE);
  gtk_window_fullscreen (window);
  g_signal_connect (window, "notify::fullscreened", G_CALLBACK (fullscreened_cb), NULL);
}
