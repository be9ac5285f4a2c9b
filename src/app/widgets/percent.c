/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "widgets/percent.h"

#include <glib/gi18n.h>

static gboolean
show_cb (GtkSpinButton *spin)
{
  g_autofree char *text = g_strdup_printf (_("%d\u00a0%%"), gtk_spin_button_get_value_as_int (spin));

  gtk_editable_set_text (GTK_EDITABLE (spin), text);
  return TRUE;
}

/* The number at the start of the text, with or without a sign of per cent. */
static int
read_cb (GtkSpinButton *spin,
         double        *value)
{
  *value = g_strtod (gtk_editable_get_text (GTK_EDITABLE (spin)), NULL);
  return TRUE;
}

/**
 * strata_percent_show: (skip)
 * @spin: for whole numbers up to 100
 *
 * Has numbers be followed by a sign of per cent.
 */
void
strata_percent_show (GtkSpinButton *spin)
{
  gtk_spin_button_set_numeric (spin, FALSE);
  gtk_editable_set_width_chars (GTK_EDITABLE (spin), 4);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (spin), 4);
  g_signal_connect (spin, "output", G_CALLBACK (show_cb), NULL);
  g_signal_connect (spin, "input", G_CALLBACK (read_cb), NULL);
  gtk_spin_button_update (spin);
}
