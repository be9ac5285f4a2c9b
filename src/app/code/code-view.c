/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "code/code-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <gtksourceview/gtksource.h>

#include "base/json.h"
#include "canvas/selection.h"
#include "code/trouble-bar.h"
#include "document/revision.h"
#include "io/code/c-code.h"
#include "io/code/python.h"
#include "widgets/memorable.h"

/* After the last key, the code is read. */
#define READ_MS 500

typedef enum
{
  LANGUAGE_PYTHON,
  LANGUAGE_C,
} Language;

/**
 * StrataCodeView:
 *
 * The network as the Python or C that builds it. It follows the document while
 * it is seen, and the document follows the Python as it is edited; a line that
 * is not understood is marked, and the document stays as it was. What is
 * selected in the one is selected in the other.
 */
struct _StrataCodeView
{
  GtkWidget parent_instance;

  GtkStack *stack;
  GtkSourceBuffer *buffer;
  GtkSourceView *source;
  AdwStatusPage *problem;
  GtkWidget *copy_button, *note, *languages;
  StrataTroubleBar *trouble;
  StrataDocument *document;
  StrataSelection *selection;
  StrataRevision *revision;     /* the document beside the code that is shown, or NULL */
  Language language;
  char *written;                /* the document as code when that was last written */
  guint copied_source, read_source;
  gboolean stale, filling, applying, selecting;
};

static void memorable_init (StrataMemorableInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (StrataCodeView, strata_code_view, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (STRATA_TYPE_MEMORABLE, memorable_init))

/* Shows where in the code the selected layer is. */
static void
show_selection (StrataCodeView *self)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self->buffer);
  g_autoptr (GPtrArray) nodes = strata_selection_dup_nodes (self->selection);
  GtkTextIter start, end;
  gboolean first_shown = FALSE;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_remove_tag_by_name (buffer, "selected", &start, &end);
  for (guint i = 0; i < nodes->len && self->revision != NULL; i++)
    {
      guint first, last;

      if (!strata_revision_find_lines (self->revision, g_ptr_array_index (nodes, i), &first, &last))
        continue;
      gtk_text_buffer_get_iter_at_line (buffer, &start, (int) first - 1);
      gtk_text_buffer_get_iter_at_line (buffer, &end, (int) last);
      gtk_text_buffer_apply_tag_by_name (buffer, "selected", &start, &end);
      if (!first_shown && !self->selecting)
        {
          gtk_text_view_scroll_to_iter (GTK_TEXT_VIEW (self->source), &start, 0.1, FALSE, 0, 0);
          first_shown = TRUE;
        }
    }
}

/* Compares the code that is shown with the document; where it cannot be read, nothing is linked. */
static void
link_lines (StrataCodeView *self)
{
  g_autofree char *code = strata_code_view_dup_text (self);
  g_autoptr (StrataPythonSource) source = NULL;

  g_clear_pointer (&self->revision, strata_revision_free);
  if (self->language == LANGUAGE_PYTHON)
    source = strata_python_source_read (code, NULL, NULL);
  if (source != NULL)
    self->revision = strata_revision_new (self->document, source, NULL);
  show_selection (self);
}

static void
show_code (StrataCodeView *self,
           const char     *code)
{
  g_autofree char *before = strata_code_view_dup_text (self);

  /* Setting the same text would scroll to its top. */
  self->filling = TRUE;
  if (g_strcmp0 (before, code) != 0)
    gtk_text_buffer_set_text (GTK_TEXT_BUFFER (self->buffer), code, -1);
  self->filling = FALSE;
  strata_trouble_bar_clear (self->trouble);
  gtk_stack_set_visible_child_name (self->stack, "code");
  link_lines (self);
}

static void
show_problem (StrataCodeView *self,
              const char     *message)
{
  g_autofree char *sentence = g_strdup_printf ("%s.", message);
  g_autofree char *escaped = g_markup_escape_text (sentence, -1);

  self->filling = TRUE;
  gtk_text_buffer_set_text (GTK_TEXT_BUFFER (self->buffer), "", -1);
  self->filling = FALSE;
  g_clear_pointer (&self->revision, strata_revision_free);
  adw_status_page_set_description (self->problem, escaped);
  gtk_stack_set_visible_child_name (self->stack, "problem");
}

/* How it is trained is part of the code; where that does not fit yet, the rest is shown without. */
static void
compile (StrataCodeView *self,
         StrataModel    *model)
{
  JsonNode *settings = strata_document_get_setting (self->document, "compile");

  if (settings != NULL && JSON_NODE_HOLDS_OBJECT (settings))
    strata_model_compile (model, json_node_get_object (settings), NULL);
}

static char *
write_code (StrataCodeView  *self,
            GError         **error)
{
  g_autoptr (StrataModel) model = strata_document_build_model (self->document, error);

  if (model == NULL)
    return NULL;
  compile (self, model);
  return self->language == LANGUAGE_C ? strata_model_to_c (model, error) : strata_model_to_python (model, error);
}

/* What is being typed goes only when the document says something else than before. */
static void
refresh (StrataCodeView *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *code = write_code (self, &error);

  self->stale = FALSE;
  if (code != NULL && g_strcmp0 (code, self->written) == 0)
    return;
  g_free (self->written);
  self->written = g_strdup (code);
  g_clear_handle_id (&self->read_source, g_source_remove);
  gtk_widget_set_sensitive (self->copy_button, code != NULL);
  if (code != NULL)
    show_code (self, code);
  else
    show_problem (self, error->message);
}

static void
document_changed_cb (StrataCodeView *self)
{
  if (self->applying)
    return;
  self->stale = TRUE;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    refresh (self);
}

/* The document becomes what the code says; the text stays as it was typed. */
static gboolean
read_cb (gpointer data)
{
  StrataCodeView *self = data;
  g_autofree char *code = strata_code_view_dup_text (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataRevision) revision = NULL;
  guint line = 1;
  g_autoptr (StrataPythonSource) source = strata_python_source_read (code, &line, &error);

  self->read_source = 0;
  if (source != NULL)
    revision = strata_revision_new (self->document, source, &error);
  self->applying = TRUE;
  if (revision != NULL && strata_revision_apply (revision, &error))
    {
      strata_trouble_bar_clear (self->trouble);
      g_free (self->written);
      self->written = write_code (self, NULL);
      g_clear_pointer (&self->revision, strata_revision_free);
      self->revision = g_steal_pointer (&revision);
      show_selection (self);
    }
  self->applying = FALSE;
  if (error != NULL)
    strata_trouble_bar_show (self->trouble, line, error->message);
  return G_SOURCE_REMOVE;
}

static void
text_changed_cb (StrataCodeView *self)
{
  if (self->filling || self->language != LANGUAGE_PYTHON)
    return;
  g_clear_handle_id (&self->read_source, g_source_remove);
  self->read_source = g_timeout_add (READ_MS, read_cb, self);
}

/* The cursor in the code selects the layer. */
static void
cursor_moved_cb (StrataCodeView *self)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self->buffer);
  GtkTextIter iter;
  StrataDocNode *node;

  if (self->filling || self->revision == NULL || self->read_source != 0 ||
      !gtk_widget_is_focus (GTK_WIDGET (self->source)))
    return;
  gtk_text_buffer_get_iter_at_mark (buffer, &iter, gtk_text_buffer_get_insert (buffer));
  node = strata_revision_find_node (self->revision, (guint) gtk_text_iter_get_line (&iter) + 1);
  if (node == NULL || strata_selection_get_single (self->selection) == node ||
      strata_document_get_node (self->document, strata_doc_node_get_id (node)) != node)
    return;
  self->selecting = TRUE;
  strata_selection_select (self->selection, node);
  self->selecting = FALSE;
}

static void
strata_code_view_map (GtkWidget *widget)
{
  StrataCodeView *self = STRATA_CODE_VIEW (widget);

  if (self->stale)
    refresh (self);
  GTK_WIDGET_CLASS (strata_code_view_parent_class)->map (widget);
}

/* What was typed last counts, whatever is looked at next. */
static void
strata_code_view_unmap (GtkWidget *widget)
{
  StrataCodeView *self = STRATA_CODE_VIEW (widget);

  if (self->read_source != 0)
    {
      g_clear_handle_id (&self->read_source, g_source_remove);
      read_cb (self);
    }
  GTK_WIDGET_CLASS (strata_code_view_parent_class)->unmap (widget);
}

static void
language_cb (StrataCodeView *self)
{
  GtkSourceLanguageManager *manager = gtk_source_language_manager_get_default ();

  if (self->read_source != 0)
    {
      g_clear_handle_id (&self->read_source, g_source_remove);
      read_cb (self);
    }
  self->language = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->languages)) == 1 ? LANGUAGE_C : LANGUAGE_PYTHON;
  gtk_source_buffer_set_language (self->buffer,
                                  gtk_source_language_manager_get_language (
                                    manager, self->language == LANGUAGE_C ? "c" : "python3"));
  gtk_text_view_set_editable (GTK_TEXT_VIEW (self->source), self->language == LANGUAGE_PYTHON);
  gtk_label_set_label (GTK_LABEL (self->note),
                       self->language == LANGUAGE_C
                         ? _("This network in C, with libstrata. It follows each change in Design.")
                         : _("This network in Python, for Keras 3. Edit it, and the design follows; it is read, not "
                             "run."));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->source), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  self->language == LANGUAGE_C ? _("The network in C")
                                                               : _("The network in Python"), -1);
  g_clear_pointer (&self->written, g_free);
  if (self->document != NULL)
    document_changed_cb (self);
}

static gboolean
copied_over_cb (gpointer data)
{
  StrataCodeView *self = data;

  self->copied_source = 0;
  gtk_button_set_label (GTK_BUTTON (self->copy_button), _("_Copy"));
  return G_SOURCE_REMOVE;
}

static void
copy_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  StrataCodeView *self = STRATA_CODE_VIEW (widget);
  g_autofree char *text = strata_code_view_dup_text (self);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  gtk_button_set_label (GTK_BUTTON (self->copy_button), _("Copied"));
  g_clear_handle_id (&self->copied_source, g_source_remove);
  self->copied_source = g_timeout_add_seconds (2, copied_over_cb, self);
}

static void
update_scheme (StrataCodeView *self)
{
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  GtkSourceStyleSchemeManager *manager = gtk_source_style_scheme_manager_get_default ();
  GtkTextTagTable *tags = gtk_text_buffer_get_tag_table (GTK_TEXT_BUFFER (self->buffer));

  gtk_source_buffer_set_style_scheme (self->buffer,
                                      gtk_source_style_scheme_manager_get_scheme (manager,
                                                                                  dark ? "Adwaita-dark" : "Adwaita"));
  g_object_set (gtk_text_tag_table_lookup (tags, "selected"), "paragraph-background",
                dark ? "#1d3a5c" : "#dbe9fb", NULL);
}

static void
strata_code_view_dispose (GObject *object)
{
  StrataCodeView *self = STRATA_CODE_VIEW (object);
  GtkWidget *child;

  g_clear_handle_id (&self->copied_source, g_source_remove);
  g_clear_handle_id (&self->read_source, g_source_remove);
  g_clear_pointer (&self->revision, strata_revision_free);
  g_clear_pointer (&self->written, g_free);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->buffer);
  g_clear_object (&self->selection);
  g_clear_object (&self->document);
  G_OBJECT_CLASS (strata_code_view_parent_class)->dispose (object);
}

static void
strata_code_view_class_init (StrataCodeViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = strata_code_view_dispose;
  widget_class->map = strata_code_view_map;
  widget_class->unmap = strata_code_view_unmap;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_install_action (widget_class, "code.copy", NULL, copy_action);
}

static GtkWidget *
make_source (StrataCodeView *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new (), *source = gtk_source_view_new_with_buffer (self->buffer);

  self->source = GTK_SOURCE_VIEW (source);
  gtk_source_view_set_auto_indent (self->source, TRUE);
  gtk_source_view_set_insert_spaces_instead_of_tabs (self->source, TRUE);
  gtk_source_view_set_tab_width (self->source, 4);
  gtk_text_view_set_monospace (GTK_TEXT_VIEW (source), TRUE);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (source), 12);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (source), 12);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (source), 12);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (source), 12);
  gtk_source_view_set_show_line_numbers (self->source, TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), source);
  return scroller;
}

static GtkWidget *
make_bar (StrataCodeView *self)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->languages = gtk_drop_down_new_from_strings ((const char *const[]){ "Python", "C", NULL });
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->languages), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Language"), -1);
  self->note = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->note), 0);
  gtk_label_set_wrap (GTK_LABEL (self->note), TRUE);
  gtk_widget_set_hexpand (self->note, TRUE);
  gtk_widget_add_css_class (self->note, "dim-label");
  self->copy_button = gtk_button_new_with_mnemonic (_("_Copy"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->copy_button), "code.copy");
  gtk_box_append (GTK_BOX (bar), self->languages);
  gtk_box_append (GTK_BOX (bar), self->note);
  gtk_box_append (GTK_BOX (bar), self->copy_button);
  gtk_widget_set_margin_top (bar, 9);
  gtk_widget_set_margin_bottom (bar, 9);
  gtk_widget_set_margin_start (bar, 18);
  gtk_widget_set_margin_end (bar, 18);
  return bar;
}

static void
make_buffer (StrataCodeView *self)
{
  GtkTextBuffer *buffer;

  self->buffer = gtk_source_buffer_new (NULL);
  buffer = GTK_TEXT_BUFFER (self->buffer);
  gtk_text_buffer_create_tag (buffer, "selected", "paragraph-background-set", TRUE, NULL);
  g_signal_connect_swapped (buffer, "changed", G_CALLBACK (text_changed_cb), self);
  g_signal_connect_swapped (buffer, "notify::cursor-position", G_CALLBACK (cursor_moved_cb), self);
}

static void
remember (StrataMemorable *memorable,
          JsonObject      *memory)
{
  json_object_set_int_member (memory, "language",
                              gtk_drop_down_get_selected (GTK_DROP_DOWN (STRATA_CODE_VIEW (memorable)->languages)));
}

static void
recall (StrataMemorable *memorable,
        JsonObject      *memory)
{
  gint64 language = strata_json_get_int (memory, "language", 0);

  gtk_drop_down_set_selected (GTK_DROP_DOWN (STRATA_CODE_VIEW (memorable)->languages), (guint) CLAMP (language, 0, 1));
}

static void
memorable_init (StrataMemorableInterface *iface)
{
  iface->remember = remember;
  iface->recall = recall;
}

static void
strata_code_view_init (StrataCodeView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->stale = TRUE;
  make_buffer (self);
  self->problem = ADW_STATUS_PAGE (adw_status_page_new ());
  adw_status_page_set_icon_name (self->problem, "strata-code-symbolic");
  adw_status_page_set_title (self->problem, _("No code yet"));
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->stack, make_source (self), "code");
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->problem), "problem");
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_box_append (GTK_BOX (box), make_bar (self));
  gtk_box_append (GTK_BOX (box), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  self->trouble = STRATA_TROUBLE_BAR (strata_trouble_bar_new (self->source));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->trouble));
  gtk_widget_set_parent (box, GTK_WIDGET (self));
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (update_scheme), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_swapped (self->languages, "notify::selected", G_CALLBACK (language_cb), self);
  update_scheme (self);
  language_cb (self);
}

/**
 * strata_code_view_new:
 * @document: a document
 * @runner: who trains it
 *
 * Returns: a view of @document as code
 */
GtkWidget *
strata_code_view_new (StrataDocument *document,
                      StrataRunner   *runner)
{
  StrataCodeView *self;

  g_return_val_if_fail (STRATA_IS_DOCUMENT (document), NULL);

  self = g_object_new (STRATA_TYPE_CODE_VIEW, NULL);
  self->document = g_object_ref (document);
  self->selection = strata_selection_get (document);
  g_signal_connect_object (document, "analysed", G_CALLBACK (document_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (document, "settings-changed", G_CALLBACK (document_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "changed", G_CALLBACK (show_selection), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

/**
 * strata_code_view_dup_text:
 * @self: a view
 *
 * Returns: (transfer full): the code that is shown; empty if there is none
 */
char *
strata_code_view_dup_text (StrataCodeView *self)
{
  GtkTextIter start, end;

  g_return_val_if_fail (STRATA_IS_CODE_VIEW (self), NULL);

  gtk_text_buffer_get_bounds (GTK_TEXT_BUFFER (self->buffer), &start, &end);
  return gtk_text_buffer_get_text (GTK_TEXT_BUFFER (self->buffer), &start, &end, FALSE);
}
