/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "dialogs/preferences.h"

#include <adwaita.h>

static gboolean
variant_to_row (GValue   *value,
                GVariant *variant,
                gpointer  user_data)
{
  const char *nick = g_variant_get_string (variant, NULL);

  g_value_set_uint (value, g_str_equal (nick, "light") ? 1 : g_str_equal (nick, "dark") ? 2 : 0);
  return TRUE;
}

static GVariant *
variant_from_row (const GValue       *value,
                  const GVariantType *type,
                  gpointer            user_data)
{
  static const char *const nicks[] = { "follow", "light", "dark" };

  return g_variant_new_string (nicks[MIN (g_value_get_uint (value), 2)]);
}

/**
 * strata_preferences_present: (skip)
 * @settings: the app's
 *
 * Shows what the user can choose; each choice counts at once.
 */
void
strata_preferences_present (GtkWindow *parent,
                            GSettings *settings)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource ("/app/strata/Strata/preferences.ui");
  GtkWindow *window = GTK_WINDOW (gtk_builder_get_object (builder, "window"));

  g_settings_bind_with_mapping (settings, "style-variant", gtk_builder_get_object (builder, "style"), "selected",
                                G_SETTINGS_BIND_DEFAULT, variant_to_row, variant_from_row, NULL, NULL);
  gtk_window_set_transient_for (window, parent);
  gtk_window_present (window);
}
