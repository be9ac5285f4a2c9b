/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "data-view/source-button.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "base/json.h"
#include "data-view/network-input.h"
#include "data-view/own-data.h"
#include "data-view/picture-form.h"
#include "data-view/table-columns.h"
#include "data-view/table-form.h"
#include "runner/loading.h"

/* What opens a file or a folder of the user's. */
typedef struct
{
  const char *title, *heading;
  const char *folder_kind;      /* or NULL for a file */
} OwnSource;

static const OwnSource own_sources[] = {
  { N_("A table of mine…"), N_("Open a Table"), NULL },
  { N_("Folders of pictures of mine…"), N_("Open a Folder of Pictures"), "image-folder" },
  { N_("Folders of texts of mine…"), N_("Open a Folder of Texts"), "text-folder" },
};

/**
 * StrataSourceButton:
 *
 * Which data a network learns from: sets that come along, or a table or folder of the user's; of a table, how it is
 * read.
 */
struct _StrataSourceButton
{
  GtkWidget parent_instance;

  StrataDocument *document;
  GtkWidget *box, *kinds, *form, *picture_form;
  GtkStringList *titles;
  GPtrArray *listed;            /* the kinds of titles; NULL for those of own_sources */
  GtkFileChooserNative *chooser;
  const OwnSource *opening;     /* what the chooser is for */
  GCancellable *cancellable;
  char *path;                   /* whose columns are listed, or being read */
  GPtrArray *columns;           /* StrataTableColumn, once they are read */
  gboolean showing, wants_target;
};

G_DEFINE_FINAL_TYPE (StrataSourceButton, strata_source_button, GTK_TYPE_WIDGET)

static JsonObject *
get_description (StrataSourceButton *self)
{
  JsonNode *node = strata_document_get_setting (self->document, "data");

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/**
 * strata_source_button_get_kind: (skip)
 *
 * Returns: (nullable): what kind of data the document has
 */
const StrataDataKind *
strata_source_button_get_kind (StrataSourceButton *self)
{
  JsonObject *description = get_description (self);
  const char *name = description != NULL ? strata_json_get_string (description, "kind", NULL) : NULL;

  return name != NULL ? strata_data_kind_lookup (name) : NULL;
}

static void
set_description (StrataSourceButton *self,
                 JsonObject         *description)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), description);

  strata_document_set_setting (self->document, "data", node);
}

static void
choose_bundled (StrataSourceButton   *self,
                const StrataDataKind *kind)
{
  g_autoptr (JsonObject) description = json_object_new ();

  json_object_set_string_member (description, "kind", kind->name);
  set_description (self, description);
}

static void
choose_folder (StrataSourceButton *self,
               const char         *path,
               const char         *kind)
{
  g_autoptr (JsonObject) description = json_object_new ();

  json_object_set_string_member (description, "kind", kind);
  json_object_set_string_member (description, "path", path);
  if (g_str_equal (kind, "image-folder"))
    {
      /* A class need not wait for one broken picture in a thousand; how many there were is told. */
      json_object_set_boolean_member (description, "ignore_errors", TRUE);
      strata_network_input_fit_images (self->document, description, strata_own_data_are_gray (path));
    }
  else
    strata_network_input_fit_texts (self->document, description);
  set_description (self, description);
}

static void
report (StrataSourceButton *self,
        const GError       *error)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *dialog = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                              _("The table cannot be read"), error->message);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
columns_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (StrataSourceButton) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) columns = strata_table_columns_read_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_pointer (&self->columns, g_ptr_array_unref);
  self->columns = columns != NULL ? g_ptr_array_ref (columns) : NULL;
  if (columns == NULL && self->wants_target)
    report (self, error);
  if (columns != NULL && self->wants_target)
    strata_table_form_choose (STRATA_TABLE_FORM (self->form), self->path, columns);
  self->wants_target = FALSE;
  strata_table_form_show (STRATA_TABLE_FORM (self->form), self->columns);
}

static void
read_columns (StrataSourceButton *self,
              const char         *path)
{
  if (g_strcmp0 (path, self->path) == 0)
    return;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_free (self->path);
  self->path = g_strdup (path);
  g_clear_pointer (&self->columns, g_ptr_array_unref);
  if (path == NULL)
    return;
  self->cancellable = g_cancellable_new ();
  strata_table_columns_read_async (path, self->cancellable, columns_cb, g_object_ref (self));
}

/**
 * strata_source_button_open_file:
 * @file: a table: rows, texts or a series, as it looks; what is to be predicted is its last column that may be. Or a
 *   folder
 *   with one for each class
 */
void
strata_source_button_open_file (StrataSourceButton *self,
                                GFile              *file)
{
  g_autofree char *path = g_file_get_path (file);

  if (path == NULL)
    return;
  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      choose_folder (self, path, strata_own_data_guess_kind (path));
      return;
    }
  self->wants_target = TRUE;
  g_clear_pointer (&self->path, g_free);
  read_columns (self, path);
}

static void
chosen_cb (GtkNativeDialog    *dialog,
           int                 response,
           StrataSourceButton *self)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT
                           ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog)) : NULL;

  if (file != NULL && g_file_peek_path (file) != NULL && self->opening->folder_kind != NULL)
    choose_folder (self, g_file_peek_path (file), self->opening->folder_kind);
  else if (file != NULL)
    strata_source_button_open_file (self, file);
  strata_source_button_refresh (self);
  g_clear_object (&self->chooser);
}

static void
open_chooser (StrataSourceButton *self,
              const OwnSource    *source)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkFileChooserAction action = source->folder_kind != NULL ? GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER
                                                            : GTK_FILE_CHOOSER_ACTION_OPEN;
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  if (self->chooser != NULL)
    return;
  self->opening = source;
  self->chooser = gtk_file_chooser_native_new (_(source->heading),
                                               GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, action,
                                               _("_Open"), _("_Cancel"));
  if (source->folder_kind == NULL)
    {
      gtk_file_filter_set_name (filter, _("Tables (CSV)"));
      gtk_file_filter_add_suffix (filter, "csv");
      gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), filter);
    }
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
kind_cb (StrataSourceButton *self)
{
  guint selected = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->kinds));
  const StrataDataKind *kind;

  if (self->showing || selected >= self->listed->len)
    return;
  kind = g_ptr_array_index (self->listed, selected);
  if (kind == NULL)
    open_chooser (self, &own_sources[selected + G_N_ELEMENTS (own_sources) - self->listed->len]);
  else if (kind->bundled && kind != strata_source_button_get_kind (self))
    choose_bundled (self, kind);
}

static void
list (StrataSourceButton   *self,
      const StrataDataKind *kind,
      const char           *title)
{
  g_ptr_array_add (self->listed, (gpointer) kind);
  gtk_string_list_append (self->titles, title);
}

/* Those that come along, the document's own where it is another, and what opens a file or a folder. */
static void
fill (StrataSourceButton *self)
{
  const StrataDataKind *const *kinds = strata_data_kind_list ();
  const StrataDataKind *own = strata_source_button_get_kind (self);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->titles));

  if (own != NULL && g_ptr_array_find (self->listed, own, NULL))
    return;
  gtk_string_list_splice (self->titles, 0, n, NULL);
  g_ptr_array_set_size (self->listed, 0);
  for (guint i = 0; kinds[i] != NULL; i++)
    if (kinds[i]->bundled || kinds[i] == own)
      list (self, kinds[i], _(kinds[i]->title));
  for (guint i = 0; i < G_N_ELEMENTS (own_sources); i++)
    list (self, NULL, _(own_sources[i].title));
}

static void
show_kind (StrataSourceButton *self)
{
  const StrataDataKind *own = strata_source_button_get_kind (self);
  guint selected = GTK_INVALID_LIST_POSITION;

  self->showing = TRUE;
  fill (self);
  if (own != NULL)
    g_ptr_array_find (self->listed, own, &selected);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->kinds), selected);
  self->showing = FALSE;
}

/**
 * strata_source_button_refresh:
 *
 * Shows what the document has now.
 */
void
strata_source_button_refresh (StrataSourceButton *self)
{
  JsonObject *description = get_description (self);
  const StrataDataKind *kind = strata_source_button_get_kind (self);
  gboolean is_table = kind != NULL && !kind->bundled && !g_str_has_suffix (kind->name, "-folder");
  const char *path = description != NULL && is_table ? strata_json_get_string (description, "path", NULL) : NULL;

  show_kind (self);
  strata_picture_form_refresh (STRATA_PICTURE_FORM (self->picture_form));
  if (self->wants_target)
    return;
  if (path != NULL && !g_path_is_absolute (path))
    {
      g_autofree char *folder = strata_document_dup_data_folder (self->document);
      g_autofree char *whole = folder != NULL ? g_build_filename (folder, path, NULL) : g_strdup (path);

      read_columns (self, whole);
    }
  else
    read_columns (self, path);
  strata_table_form_show (STRATA_TABLE_FORM (self->form), self->columns);
}

static void
strata_source_button_dispose (GObject *object)
{
  StrataSourceButton *self = STRATA_SOURCE_BUTTON (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->chooser);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->document);

  G_OBJECT_CLASS (strata_source_button_parent_class)->dispose (object);
}

static void
strata_source_button_finalize (GObject *object)
{
  StrataSourceButton *self = STRATA_SOURCE_BUTTON (object);

  g_ptr_array_unref (self->listed);
  g_clear_pointer (&self->columns, g_ptr_array_unref);
  g_free (self->path);

  G_OBJECT_CLASS (strata_source_button_parent_class)->finalize (object);
}

static gboolean
strata_source_button_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (STRATA_SOURCE_BUTTON (widget)->kinds);
}

static void
strata_source_button_class_init (StrataSourceButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = strata_source_button_dispose;
  G_OBJECT_CLASS (klass)->finalize = strata_source_button_finalize;
  GTK_WIDGET_CLASS (klass)->grab_focus = strata_source_button_grab_focus;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
strata_source_button_init (StrataSourceButton *self)
{
  self->listed = g_ptr_array_new ();
  self->titles = gtk_string_list_new (NULL);
  self->kinds = gtk_drop_down_new (G_LIST_MODEL (self->titles), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->kinds), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Data"), -1);
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  gtk_widget_set_valign (self->kinds, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->box), self->kinds);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  g_signal_connect_swapped (self->kinds, "notify::selected", G_CALLBACK (kind_cb), self);
}

/**
 * strata_source_button_new:
 * @document: whose data is chosen
 */
GtkWidget *
strata_source_button_new (StrataDocument *document)
{
  StrataSourceButton *self = g_object_new (STRATA_TYPE_SOURCE_BUTTON, NULL);

  self->document = g_object_ref (document);
  self->form = strata_table_form_new (document);
  self->picture_form = strata_picture_form_new (document);
  gtk_box_append (GTK_BOX (self->box), self->form);
  gtk_box_append (GTK_BOX (self->box), self->picture_form);
  show_kind (self);
  return GTK_WIDGET (self);
}
