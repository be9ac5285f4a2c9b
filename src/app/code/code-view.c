/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "code/code-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <gtksourceview/gtksource.h>

#include "io/python.h"

/**
 * StrataCodeView:
 *
 * The network as the Python that builds it in Keras. It follows the document
 * while it is seen; what is wrong with the network is told in place of the code.
 */
struct _StrataCodeView
{
  GtkWidget parent_instance;

  GtkStack *stack;
  GtkSourceBuffer *buffer;
  AdwStatusPage *problem;
  GtkWidget *copy_button;
  StrataDocument *document;
  guint copied_source;
  gboolean stale;
};

G_DEFINE_FINAL_TYPE (StrataCodeView, strata_code_view, GTK_TYPE_WIDGET)

static void
show_code (StrataCodeView *self, const char *code)
{
  g_autofree char *before = strata_code_view_dup_text (self);

  /* Setting the same text would scroll to its top. */
  if (g_strcmp0 (before, code) != 0)
    gtk_text_buffer_set_text (GTK_TEXT_BUFFER (self->buffer), code, -1);
  gtk_stack_set_visible_child_name (self->stack, "code");
}

static void
show_problem (StrataCodeView *self, const char *message)
{
  g_autofree char *sentence = g_strdup_printf ("%s.", message);
  g_autofree char *escaped = g_markup_escape_text (sentence, -1);

  gtk_text_buffer_set_text (GTK_TEXT_BUFFER (self->buffer), "", -1);
  adw_status_page_set_description (self->problem, escaped);
  gtk_stack_set_visible_child_name (self->stack, "problem");
}

/* How it is trained is part of the code; where that does not fit yet, the rest is shown without. */
static void
compile (StrataCodeView *self, StrataModel *model)
{
  JsonNode *settings = strata_document_get_setting (self->document, "compile");

  if (settings != NULL && JSON_NODE_HOLDS_OBJECT (settings))
    strata_model_compile (model, json_node_get_object (settings), NULL);
}

static void
refresh (StrataCodeView *self)
{
  g_autoptr (StrataModel) model = NULL;
  g_autofree char *code = NULL;
  g_autoptr (GError) error = NULL;

  self->stale = FALSE;
  model = strata_document_build_model (self->document, &error);
  if (model != NULL)
    {
      compile (self, model);
      code = strata_model_to_python (model, &error);
    }
  gtk_widget_set_sensitive (self->copy_button, code != NULL);
  if (code != NULL)
    show_code (self, code);
  else
    show_problem (self, error->message);
}

static void
document_changed_cb (StrataCodeView *self)
{
  self->stale = TRUE;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    refresh (self);
}

static void
strata_code_view_map (GtkWidget *widget)
{
  StrataCodeView *self = STRATA_CODE_VIEW (widget);

  if (self->stale)
    refresh (self);
  GTK_WIDGET_CLASS (strata_code_view_parent_class)->map (widget);
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
copy_action (GtkWidget *widget, const char *name, GVariant *parameter)
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

  gtk_source_buffer_set_style_scheme (self->buffer, gtk_source_style_scheme_manager_get_scheme (manager, dark ? "Adwaita-dark" : "Adwaita"));
}

static void
strata_code_view_dispose (GObject *object)
{
  StrataCodeView *self = STRATA_CODE_VIEW (object);
  GtkWidget *child;

  g_clear_handle_id (&self->copied_source, g_source_remove);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->buffer);
  g_clear_object (&self->document);
  G_OBJECT_CLASS (strata_code_view_parent_class)->dispose (object);
}

static void
strata_code_view_class_init (StrataCodeViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = strata_code_view_dispose;
  widget_class->map = strata_code_view_map;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_install_action (widget_class, "code.copy", NULL, copy_action);
}

static GtkWidget *
make_source (StrataCodeView *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new (), *source = gtk_source_view_new_with_buffer (self->buffer);

  gtk_text_view_set_editable (GTK_TEXT_VIEW (source), FALSE);
  gtk_text_view_set_monospace (GTK_TEXT_VIEW (source), TRUE);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (source), 12);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (source), 12);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (source), 12);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (source), 12);
  gtk_source_view_set_show_line_numbers (GTK_SOURCE_VIEW (source), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (source), GTK_ACCESSIBLE_PROPERTY_LABEL, _("The network in Python"), -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), source);
  return scroller;
}

static GtkWidget *
make_bar (StrataCodeView *self)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (_("This network in Python, for Keras 3. It follows each change in Design."));

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, "dim-label");
  self->copy_button = gtk_button_new_with_mnemonic (_("_Copy"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->copy_button), "code.copy");
  gtk_box_append (GTK_BOX (bar), label);
  gtk_box_append (GTK_BOX (bar), self->copy_button);
  gtk_widget_set_margin_top (bar, 9);
  gtk_widget_set_margin_bottom (bar, 9);
  gtk_widget_set_margin_start (bar, 18);
  gtk_widget_set_margin_end (bar, 18);
  return bar;
}

static void
strata_code_view_init (StrataCodeView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->stale = TRUE;
  self->buffer = gtk_source_buffer_new_with_language (
    gtk_source_language_manager_get_language (gtk_source_language_manager_get_default (), "python3"));
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
  gtk_widget_set_parent (box, GTK_WIDGET (self));
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (update_scheme), self, G_CONNECT_SWAPPED);
  update_scheme (self);
}

/**
 * strata_code_view_new:
 * @document: a document
 * @runner: who trains it
 *
 * Returns: a view of @document as Python
 */
GtkWidget *
strata_code_view_new (StrataDocument *document, StrataRunner *runner)
{
  StrataCodeView *self;

  g_return_val_if_fail (STRATA_IS_DOCUMENT (document), NULL);

  self = g_object_new (STRATA_TYPE_CODE_VIEW, NULL);
  self->document = g_object_ref (document);
  g_signal_connect_object (document, "analysed", G_CALLBACK (document_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (document, "settings-changed", G_CALLBACK (document_changed_cb), self, G_CONNECT_SWAPPED);
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
