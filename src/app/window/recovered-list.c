/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "window/recovered-list.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "document/recovery.h"

static char *
describe_time (GDateTime *time)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  gboolean today = g_date_time_get_year (time) == g_date_time_get_year (now) &&
                   g_date_time_get_day_of_year (time) == g_date_time_get_day_of_year (now);

  /* Translators: a time of today, or a date and time; see strftime(). */
  return g_date_time_format (time, today ? _("today, %H:%M") : _("%e %B %Y, %H:%M"));
}

static char *
describe (StrataRecovery *recovery)
{
  g_autofree char *time = describe_time (strata_recovery_get_time (recovery));
  g_autofree char *name = strata_recovery_get_file (recovery) != NULL
                          ? g_file_get_parse_name (strata_recovery_get_file (recovery)) : NULL;

  /* Translators: the first %s is a time, the second the name of a file. */
  return name != NULL ? g_strdup_printf (_("Changes until %s to %s"), time, name)
                      : g_strdup_printf (_("Changes until %s, never saved to a file"), time);
}

static GtkWidget *
new_button (const char     *label,
            const char     *action,
            StrataRecovery *recovery)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", strata_recovery_get_id (recovery));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  return button;
}

static GtkWidget *
new_row (gpointer item,
         gpointer user_data)
{
  const char *name = strata_recovery_get_title (item);
  g_autofree char *title = g_markup_escape_text (name != NULL ? name : _("Untitled network"), -1);
  g_autofree char *about = describe (item), *subtitle = g_markup_escape_text (about, -1);
  GtkWidget *row = adw_action_row_new (), *restore = new_button (_("_Restore"), "app.restore", item);
  GtkWidget *discard = new_button (_("_Discard"), "app.discard", item);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_add_css_class (restore, "suggested-action");
  gtk_widget_add_css_class (discard, "flat");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), discard);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), restore);
  return row;
}

/**
 * strata_recovered_list_fill: (skip)
 *
 * Lists what was left behind, with buttons to restore and to discard each.
 */
void
strata_recovered_list_fill (GtkListBox *list)
{
  gtk_list_box_bind_model (list, strata_recovery_get_left (), new_row, NULL, NULL);
}

/**
 * strata_recovered_list_summary: (skip)
 *
 * Returns: (transfer full): all that was left behind in a sentence
 */
char *
strata_recovered_list_summary (GListModel *left)
{
  guint n = g_list_model_get_n_items (left);

  return g_strdup_printf (ngettext ("Strata ended before the changes of %u network were saved. They were kept.",
                                    "Strata ended before the changes of %u networks were saved. They were kept.", n),
                          n);
}
