/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "window/recent.h"

#include <adwaita.h>

#define APPLICATION "strata"

/* GTK's choosers add whatever was opened: tables and folders of data, too. */
static gboolean
is_network (GtkRecentInfo *info)
{
  static const char *const suffixes[] = { ".keras", ".h5", ".hdf5", ".json", ".py" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    if (g_str_has_suffix (gtk_recent_info_get_uri (info), suffixes[i]))
      return TRUE;
  return FALSE;
}

static gboolean
is_ours (GtkRecentInfo *info)
{
  return gtk_recent_info_has_application (info, APPLICATION) && is_network (info) && gtk_recent_info_is_local (info) &&
         gtk_recent_info_exists (info);
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  return g_date_time_compare (gtk_recent_info_get_modified (*(GtkRecentInfo **) b),
                              gtk_recent_info_get_modified (*(GtkRecentInfo **) a));
}

/**
 * strata_recent_dup_infos: (skip)
 * @limit: how many at most
 *
 * Returns: (transfer full) (element-type GtkRecentInfo): the last ones first
 */
GPtrArray *
strata_recent_dup_infos (guint limit)
{
  GPtrArray *infos = g_ptr_array_new_with_free_func ((GDestroyNotify) gtk_recent_info_unref);
  GList *items = gtk_recent_manager_get_items (gtk_recent_manager_get_default ());

  for (GList *l = items; l != NULL; l = l->next)
    if (is_ours (l->data))
      g_ptr_array_add (infos, gtk_recent_info_ref (l->data));
  g_list_free_full (items, (GDestroyNotify) gtk_recent_info_unref);
  g_ptr_array_sort (infos, compare);
  if (infos->len > limit)
    g_ptr_array_set_size (infos, limit);
  return infos;
}

void
strata_recent_add (GFile *file)
{
  GtkRecentData data = { .mime_type = (char *) "application/x-keras", .app_name = (char *) APPLICATION,
                         .app_exec = (char *) "strata %u" };
  g_autofree char *uri = g_file_get_uri (file);

  gtk_recent_manager_add_full (gtk_recent_manager_get_default (), uri, &data);
}

static char *
describe_folder (GtkRecentInfo *info)
{
  g_autofree char *path = g_filename_from_uri (gtk_recent_info_get_uri (info), NULL, NULL);
  g_autofree char *folder = path != NULL ? g_path_get_dirname (path) : g_strdup ("");
  const char *home = g_get_home_dir ();

  if (g_str_has_prefix (folder, home))
    return g_strconcat ("~", folder + strlen (home), NULL);
  return g_steal_pointer (&folder);
}

static GtkWidget *
new_row (GtkRecentInfo *info)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title = g_markup_escape_text (gtk_recent_info_get_display_name (info), -1);
  g_autofree char *folder = describe_folder (info), *subtitle = g_markup_escape_text (folder, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 1);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", gtk_recent_info_get_uri (info));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "app.open-uri");
  return row;
}

/**
 * strata_recent_fill: (skip)
 * @infos: (element-type GtkRecentInfo): what to list instead of what was listed
 *
 * Each row opens its network when it is activated.
 */
void
strata_recent_fill (GtkListBox *list,
                    GPtrArray  *infos)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (list, 0)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (row));
  for (guint i = 0; i < infos->len; i++)
    gtk_list_box_append (list, new_row (g_ptr_array_index (infos, i)));
}
