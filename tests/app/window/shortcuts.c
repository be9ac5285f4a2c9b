/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The window of shortcuts has all that keys do: every action of the app and of the canvas that has a key. */
#include <adwaita.h>

#include "app.h"
#include "document/document.h"
#include "views/design-view.h"

typedef struct
{
  GHashTable *actions, *keys;
  char *property;
} Listed;

static void
start_cb (GMarkupParseContext  *context,
          const char           *element,
          const char          **names,
          const char          **values,
          gpointer              data,
          GError              **error)
{
  Listed *listed = data;

  g_clear_pointer (&listed->property, g_free);
  if (g_str_equal (element, "property"))
    listed->property = g_strdup (values[0]);
}

static void
text_cb (GMarkupParseContext  *context,
         const char           *text,
         gsize                 size,
         gpointer              data,
         GError              **error)
{
  Listed *listed = data;

  if (g_strcmp0 (listed->property, "action-name") == 0)
    g_hash_table_add (listed->actions, g_strndup (text, size));
  else if (g_strcmp0 (listed->property, "accelerator") == 0)
    {
      g_autofree char *copy = g_strndup (text, size);
      g_auto (GStrv) keys = g_strsplit (copy, " ", -1);

      for (guint i = 0; keys[i] != NULL; i++)
        {
          guint key;
          GdkModifierType modifiers;

          g_assert_true (gtk_accelerator_parse (keys[i], &key, &modifiers));
          g_hash_table_add (listed->keys, gtk_accelerator_name (key, modifiers));
        }
    }
  g_clear_pointer (&listed->property, g_free);
}

static void
read_listed (Listed *listed)
{
  const GMarkupParser parser = { .start_element = start_cb, .text = text_cb };
  GMarkupParseContext *context = g_markup_parse_context_new (&parser, 0, listed, NULL);
  g_autoptr (GBytes) bytes = g_resources_lookup_data ("/app/strata/Strata/gtk/help-overlay.ui", 0, NULL);

  g_assert_nonnull (bytes);
  *listed = (Listed){ g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
                      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL), NULL };
  g_assert_true (g_markup_parse_context_parse (context, g_bytes_get_data (bytes, NULL),
                                               g_bytes_get_size (bytes), NULL));
  g_markup_parse_context_free (context);
  g_assert_cmpuint (g_hash_table_size (listed->actions), >, 8);
}

static void
clear_listed (Listed *listed)
{
  g_hash_table_unref (listed->actions);
  g_hash_table_unref (listed->keys);
  g_free (listed->property);
}

/* Marks the actions of a widget's own keys: TRUE for those of which at least one key is listed. */
static void
collect (GtkWidget  *widget,
         Listed     *listed,
         GHashTable *found)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

      for (guint j = 0;
           GTK_IS_SHORTCUT_CONTROLLER (controller) && j < g_list_model_get_n_items (G_LIST_MODEL (controller)); j++)
        {
          g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), j);
          GtkShortcutAction *action = gtk_shortcut_get_action (shortcut);
          GtkShortcutTrigger *trigger = gtk_shortcut_get_trigger (shortcut);
          g_autofree char *key = NULL;
          const char *name;

          if (!GTK_IS_NAMED_ACTION (action) || !GTK_IS_KEYVAL_TRIGGER (trigger))
            continue;
          name = gtk_named_action_get_action_name (GTK_NAMED_ACTION (action));
          key = gtk_accelerator_name (gtk_keyval_trigger_get_keyval (GTK_KEYVAL_TRIGGER (trigger)),
                                      gtk_keyval_trigger_get_modifiers (GTK_KEYVAL_TRIGGER (trigger)));
          if (g_hash_table_contains (listed->keys, key) || !g_hash_table_contains (found, name))
            g_hash_table_insert (found, g_strdup (name), GINT_TO_POINTER (g_hash_table_contains (listed->keys, key)));
        }
    }
}

static void
test_canvas (void)
{
  g_autoptr (StrataDocument) document = strata_document_new ();
  g_autoptr (GHashTable) found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GtkWidget *view = g_object_ref_sink (strata_design_view_new (document));
  GHashTableIter iter;
  gpointer name, is_listed;
  Listed listed;

  read_listed (&listed);
  collect (GTK_WIDGET (strata_design_view_get_canvas (STRATA_DESIGN_VIEW (view))), &listed, found);
  g_assert_cmpuint (g_hash_table_size (found), >, 15);
  g_hash_table_iter_init (&iter, found);
  while (g_hash_table_iter_next (&iter, &name, &is_listed))
    if (!GPOINTER_TO_INT (is_listed))
      g_error ("no key of %s is in the window of shortcuts", (char *) name);
  g_object_unref (view);
  clear_listed (&listed);
}

static void
test_app (void)
{
  g_autoptr (GApplication) app = g_object_new (STRATA_TYPE_APP, "application-id", "app.strata.Test", "flags",
                                               G_APPLICATION_NON_UNIQUE, NULL);
  g_auto (GStrv) actions = NULL;
  Listed listed;

  g_assert_true (g_application_register (app, NULL, NULL));
  actions = gtk_application_list_action_descriptions (GTK_APPLICATION (app));
  g_assert_cmpuint (g_strv_length (actions), >, 8);
  read_listed (&listed);
  for (guint i = 0; actions[i] != NULL; i++)
    {
      /* Views are told of by name and key. */
      if (!g_str_has_prefix (actions[i], "win.view") && !g_hash_table_contains (listed.actions, actions[i]))
        g_error ("%s is not in the window of shortcuts", actions[i]);
    }
  clear_listed (&listed);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/window/shortcuts/canvas", test_canvas);
  g_test_add_func ("/window/shortcuts/app", test_app);
  return g_test_run ();
}
