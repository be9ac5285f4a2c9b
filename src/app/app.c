/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "app.h"

#include "config.h"

#include <glib/gi18n.h>

#include "data-view/own-data.h"
#include "dialogs/about.h"
#include "dialogs/preferences.h"
#include "document/file.h"
#include "document/recovery.h"
#include "window/recent.h"
#include "window/recovered-list.h"
#include "window/window.h"

/**
 * StrataApp:
 *
 * The app: a window for each document, and what is common to all.
 */
struct _StrataApp
{
  AdwApplication parent_instance;

  GSettings *settings;
  GtkFileChooserNative *chooser;
  gboolean has_told;            /* of what was recovered */
};

G_DEFINE_FINAL_TYPE (StrataApp, strata_app, ADW_TYPE_APPLICATION)

static void
apply_style (StrataApp *self)
{
  static const AdwColorScheme schemes[] = { ADW_COLOR_SCHEME_DEFAULT, ADW_COLOR_SCHEME_FORCE_LIGHT,
                                            ADW_COLOR_SCHEME_FORCE_DARK };

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      schemes[CLAMP (g_settings_get_enum (self->settings, "style-variant"), 0, 2)]);
}

static StrataWindow *
get_window (StrataApp *self)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  return STRATA_IS_WINDOW (window) ? STRATA_WINDOW (window) : NULL;
}

/* A window that still shows the welcome page is used up first. */
static StrataWindow *
get_free_window (StrataApp *self)
{
  StrataWindow *window = get_window (self);

  if (window != NULL && strata_window_get_document (window) == NULL)
    return window;
  return strata_window_new (GTK_APPLICATION (self), self->settings);
}

/* What the welcome page lists is told to who begins with another window, once. */
static void
tell_recovered (StrataApp    *self,
                StrataWindow *window)
{
  GListModel *left = strata_recovery_get_left ();
  g_autofree char *text = NULL;

  if (self->has_told || g_list_model_get_n_items (left) == 0)
    return;
  self->has_told = TRUE;
  text = strata_recovered_list_summary (left);
  strata_window_offer (window, text, _("_Show"), "app.welcome", NULL);
}

static StrataWindow *
show_document (StrataApp      *self,
               StrataDocument *document)
{
  StrataWindow *window = get_free_window (self);

  strata_window_set_document (window, document);
  gtk_window_present (GTK_WINDOW (window));
  tell_recovered (self, window);
  return window;
}

static void
show_error (StrataApp    *self,
            const char   *heading,
            const GError *error)
{
  GtkWidget *dialog;
  StrataWindow *window = get_window (self);

  if (window == NULL)
    {
      window = strata_window_new (GTK_APPLICATION (self), self->settings);
      gtk_window_present (GTK_WINDOW (window));
    }
  dialog = adw_message_dialog_new (GTK_WINDOW (window), heading, error->message);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_loaded (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  StrataApp *self = STRATA_APP (g_application_get_default ());
  g_autoptr (GFile) file = G_FILE (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataDocument) document = strata_document_load_finish (result, &error);

  if (document != NULL)
    {
      strata_recent_add (file);
      show_document (self, document);
    }
  else
    {
      g_autofree char *name = g_file_get_basename (file);
      g_autofree char *heading = g_strdup_printf (_("“%s” could not be opened"), name);

      show_error (self, heading, error);
    }
  g_application_release (G_APPLICATION (self));
}

static StrataWindow *
find_window (StrataApp *self,
             GFile     *file)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    {
      StrataDocument *document = STRATA_IS_WINDOW (l->data) ? strata_window_get_document (l->data) : NULL;
      GFile *other = document != NULL ? strata_document_get_file (document) : NULL;

      if (other != NULL && g_file_equal (other, file))
        return l->data;
    }
  return NULL;
}

static void
open_file (StrataApp *self,
           GFile     *file)
{
  StrataWindow *window = find_window (self, file);

  if (window != NULL)
    {
      gtk_window_present (GTK_WINDOW (window));
      return;
    }
  if (strata_own_data_is (file))
    {
      g_autoptr (StrataDocument) document = strata_document_new_usual ();

      strata_window_open_data (show_document (self, document), file);
      return;
    }
  g_application_hold (G_APPLICATION (self));
  strata_document_load_async (file, NULL, on_loaded, g_object_ref (file));
}

static gboolean
open_example (StrataApp  *self,
              const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataExample) example = strata_example_load (name, &error);
  g_autoptr (StrataDocument) document = example != NULL ? strata_document_new_from_example (example, &error) : NULL;

  if (document != NULL)
    show_document (self, document);
  else
    show_error (self, _("The example could not be opened"), error);
  return document != NULL;
}

static void
on_new (GSimpleAction *action,
        GVariant      *parameter,
        gpointer       user_data)
{
  g_autoptr (StrataDocument) document = strata_document_new_usual ();

  show_document (user_data, document);
}

static void
on_welcome (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  gtk_window_present (GTK_WINDOW (get_free_window (user_data)));
}

static void
on_example (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  open_example (user_data, g_variant_get_string (parameter, NULL));
}

static void
on_restored (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  StrataApp *self = STRATA_APP (g_application_get_default ());
  g_autoptr (StrataRecovery) recovery = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataDocument) document = strata_document_load_finish (result, &error);

  if (document != NULL)
    {
      StrataWindow *window = get_free_window (self);

      strata_document_mark_recovered (document, strata_recovery_get_title (recovery),
                                      strata_recovery_get_file (recovery));
      strata_window_set_recovered (window, document, recovery);
      gtk_window_present (GTK_WINDOW (window));
      strata_window_notify (window, _("Restored. Save the network to keep it for good."));
    }
  else
    {
      strata_recovery_put_back (recovery);
      show_error (self, _("The changes could not be restored"), error);
    }
  g_application_release (G_APPLICATION (self));
}

static void
on_restore (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  g_autoptr (StrataRecovery) recovery = strata_recovery_find_left (g_variant_get_string (parameter, NULL));
  g_autoptr (GFile) file = NULL;

  if (recovery == NULL)
    return;
  g_application_hold (user_data);
  strata_recovery_take (recovery);
  file = g_file_new_for_path (strata_recovery_get_path (recovery));
  strata_document_load_async (file, NULL, on_restored, g_steal_pointer (&recovery));
}

static void
on_discard_response (AdwMessageDialog *dialog,
                     const char       *response,
                     gpointer          user_data)
{
  StrataRecovery *recovery = user_data;

  if (!g_str_equal (response, "discard"))
    return;
  strata_recovery_take (recovery);
  strata_recovery_remove (recovery);
}

static void
on_discard (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  g_autoptr (StrataRecovery) recovery = strata_recovery_find_left (g_variant_get_string (parameter, NULL));
  AdwMessageDialog *dialog;

  if (recovery == NULL)
    return;
  dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (GTK_WINDOW (get_window (user_data)),
                                                       _("Discard the recovered changes?"),
                                                       _("They are lost for good. What was saved stays as it is.")));
  adw_message_dialog_add_responses (dialog, "cancel", _("_Cancel"), "discard", _("_Discard"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "discard", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_discard_response), g_object_ref (recovery),
                         (GClosureNotify) (void (*) (void)) g_object_unref, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_open_uri (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  g_autoptr (GFile) file = g_file_new_for_uri (g_variant_get_string (parameter, NULL));

  open_file (user_data, file);
}

static void
on_chosen (GtkNativeDialog *dialog,
           int              response,
           gpointer         user_data)
{
  StrataApp *self = user_data;
  g_autoptr (GListModel) files = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    {
      files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog));
      for (guint i = 0; i < g_list_model_get_n_items (files); i++)
        {
          g_autoptr (GFile) file = g_list_model_get_item (files, i);

          open_file (self, file);
        }
    }
  g_clear_object (&self->chooser);
}

static void
add_filter (GtkFileChooser    *chooser,
            const char        *name,
            const char *const *patterns)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, name);
  for (; *patterns != NULL; patterns++)
    gtk_file_filter_add_pattern (filter, *patterns);
  gtk_file_chooser_add_filter (chooser, filter);
}

static void
on_open (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  StrataApp *self = user_data;

  if (self->chooser != NULL)
    return;

  self->chooser = gtk_file_chooser_native_new (_("Open a Network"), GTK_WINDOW (get_window (self)),
                                               GTK_FILE_CHOOSER_ACTION_OPEN, _("_Open"), _("_Cancel"));
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (self->chooser), TRUE);
  add_filter (GTK_FILE_CHOOSER (self->chooser), _("Networks"),
              (const char *const[]){ "*.keras", "*.h5", "*.hdf5", "*.json", "*.py", NULL });
  add_filter (GTK_FILE_CHOOSER (self->chooser), _("All files"), (const char *const[]){ "*", NULL });
  g_signal_connect (self->chooser, "response", G_CALLBACK (on_chosen), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
on_preferences (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  StrataApp *self = user_data;

  strata_preferences_present (GTK_WINDOW (get_window (self)), self->settings);
}

static void
on_about (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  strata_about_present (GTK_WINDOW (get_window (user_data)));
}

/* Windows that have something to ask before they close keep the app going. */
static void
on_quit (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  GList *windows = g_list_copy (gtk_application_get_windows (user_data));

  for (GList *l = windows; l != NULL; l = l->next)
    if (STRATA_IS_WINDOW (l->data))
      gtk_window_close (l->data);
  g_list_free (windows);
}

static const GActionEntry actions[] = {
  { "new", on_new },
  { "open", on_open },
  { "open-uri", on_open_uri, "s" },
  { "example", on_example, "s" },
  { "welcome", on_welcome },
  { "restore", on_restore, "s" },
  { "discard", on_discard, "s" },
  { "preferences", on_preferences },
  { "about", on_about },
  { "quit", on_quit },
};

static const struct
{
  const char *action;
  const char *accels[3];
} accels[] = {
  { "app.new", { "<Control>n" } },
  { "app.open", { "<Control>o" } },
  { "app.preferences", { "<Control>comma" } },
  { "app.quit", { "<Control>q" } },
  { "win.save", { "<Control>s" } },
  { "win.save-as", { "<Control><Shift>s" } },
  { "win.print", { "<Control>p" } },
  { "win.undo", { "<Control>z" } },
  { "win.redo", { "<Control><Shift>z", "<Control>y" } },
  { "win.train", { "<Control>Return", "F5" } },
  { "win.present", { "F11" } },
  { "win.view(0)", { "<Alt>1" } },
  { "win.view(1)", { "<Alt>2" } },
  { "win.view(2)", { "<Alt>3" } },
  { "win.view(3)", { "<Alt>4" } },
  { "win.view(4)", { "<Alt>5" } },
  { "window.close", { "<Control>w" } },
};

static void
strata_app_startup (GApplication *application)
{
  StrataApp *self = STRATA_APP (application);

  G_APPLICATION_CLASS (strata_app_parent_class)->startup (application);

  gtk_window_set_default_icon_name (STRATA_APP_ID);
  self->settings = g_settings_new (STRATA_APP_ID);
  g_signal_connect_object (self->settings, "changed::style-variant", G_CALLBACK (apply_style), self, G_CONNECT_SWAPPED);
  apply_style (self);
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  for (guint i = 0; i < G_N_ELEMENTS (accels); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), accels[i].action, accels[i].accels);
}

static void
strata_app_activate (GApplication *application)
{
  StrataApp *self = STRATA_APP (application);
  StrataWindow *window = get_window (self);

  gtk_window_present (GTK_WINDOW (window != NULL ? window : get_free_window (self)));
}

static void
strata_app_open (GApplication  *application,
                 GFile        **files,
                 int            n_files,
                 const char    *hint)
{
  for (int i = 0; i < n_files; i++)
    open_file (STRATA_APP (application), files[i]);
}

static int
strata_app_command_line (GApplication            *application,
                         GApplicationCommandLine *command_line)
{
  StrataApp *self = STRATA_APP (application);
  GVariantDict *options = g_application_command_line_get_options_dict (command_line);
  g_auto (GStrv) arguments = g_application_command_line_get_arguments (command_line, NULL);
  const char *example = NULL;

  if (g_variant_dict_lookup (options, "example", "&s", &example))
    return open_example (self, example) ? 0 : 1;
  if (arguments[1] == NULL)
    g_application_activate (application);
  for (guint i = 1; arguments[i] != NULL; i++)
    {
      g_autoptr (GFile) file = g_application_command_line_create_file_for_arg (command_line, arguments[i]);

      open_file (self, file);
    }
  return 0;
}

static int
strata_app_handle_local_options (GApplication *application,
                                 GVariantDict *options)
{
  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("strata %s\n", STRATA_VERSION);
      return 0;
    }
  return -1;
}

static void
strata_app_dispose (GObject *object)
{
  StrataApp *self = STRATA_APP (object);

  g_clear_object (&self->chooser);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (strata_app_parent_class)->dispose (object);
}

static void
strata_app_class_init (StrataAppClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = strata_app_dispose;
  application_class->startup = strata_app_startup;
  application_class->activate = strata_app_activate;
  application_class->open = strata_app_open;
  application_class->command_line = strata_app_command_line;
  application_class->handle_local_options = strata_app_handle_local_options;
}

static void
strata_app_init (StrataApp *self)
{
  static const GOptionEntry options[] = {
    { "example", 'e', 0, G_OPTION_ARG_STRING, NULL, N_("Open an example, such as “digits”"), N_("NAME") },
    { "version", 'v', 0, G_OPTION_ARG_NONE, NULL, N_("Show the version"), NULL },
    { NULL },
  };

  g_application_add_main_option_entries (G_APPLICATION (self), options);
  g_application_set_option_context_parameter_string (G_APPLICATION (self), _("[FILE…]"));
}

/**
 * strata_app_new:
 *
 * Returns: (transfer full): the app
 */
StrataApp *
strata_app_new (void)
{
  return g_object_new (STRATA_TYPE_APP, "application-id", STRATA_APP_ID, "flags",
                       G_APPLICATION_HANDLES_OPEN | G_APPLICATION_HANDLES_COMMAND_LINE, "resource-base-path",
                       "/app/strata/Strata", NULL);
}

/**
 * strata_app_get_settings:
 *
 * Returns: (transfer none): what the user prefers
 */
GSettings *
strata_app_get_settings (StrataApp *self)
{
  return self->settings;
}
