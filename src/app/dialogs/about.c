/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "dialogs/about.h"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

void
strata_about_present (GtkWindow *parent)
{
  GtkWidget *window = adw_about_window_new ();

  adw_about_window_set_application_name (ADW_ABOUT_WINDOW (window), "Strata");
  adw_about_window_set_application_icon (ADW_ABOUT_WINDOW (window), STRATA_APP_ID);
  adw_about_window_set_version (ADW_ABOUT_WINDOW (window), STRATA_VERSION);
  adw_about_window_set_developer_name (ADW_ABOUT_WINDOW (window), _("The Strata authors"));
  adw_about_window_set_comments (ADW_ABOUT_WINDOW (window),
                                 _("Design, train and understand neural networks. Models are Keras files, which Keras "
                                   "opens as they are; "
                                   "training happens on your own computer."));
  adw_about_window_set_license_type (ADW_ABOUT_WINDOW (window), GTK_LICENSE_LGPL_2_1);
  /* Translators: your names, one a line. */
  adw_about_window_set_translator_credits (ADW_ABOUT_WINDOW (window), _("translator-credits"));
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_present (GTK_WINDOW (window));
}
