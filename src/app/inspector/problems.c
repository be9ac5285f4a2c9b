/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "inspector/problems.h"

#include <glib/gi18n.h>

/* Nobody reads hundreds, and to lay out a thousand lines of text takes a second. */
#define MOST_ROWS 50
#define LINE_CHARS 24

/**
 * StrataProblems:
 *
 * What there is to say about a network, worst first: a click leads to the node, a button mends it where that is known.
 */
struct _StrataProblems
{
  GtkWidget parent_instance;

  StrataDocument *document;
  gboolean names_nodes;
  GtkWidget *list;
  GPtrArray *shown;
};

enum
{
  JUMP,
  NOTICE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataProblems, strata_problems, GTK_TYPE_WIDGET)

static void
fix_cb (GtkButton      *button,
        StrataProblems *self)
{
  g_autoptr (StrataDiagnostic) diagnostic = strata_diagnostic_ref (g_object_get_data (G_OBJECT (button), "diagnostic"));
  g_autoptr (StrataProblems) kept = g_object_ref (self);
  g_autoptr (GError) error = NULL;

  if (!strata_diagnostic_apply_fix (diagnostic, self->document, &error))
    g_signal_emit (self, signals[NOTICE], 0, error->message);
}

static void
row_activated_cb (StrataProblems *self,
                  GtkListBoxRow  *row)
{
  StrataDiagnostic *diagnostic = g_ptr_array_index (self->shown, gtk_list_box_row_get_index (row));
  StrataDocNode *node = strata_document_get_node (self->document, strata_diagnostic_get_node_id (diagnostic));

  if (node != NULL)
    g_signal_emit (self, signals[JUMP], 0, node);
}

static GtkWidget *
build_icon (StrataSeverity severity)
{
  static const char *const icons[] = { "dialog-information-symbolic", "dialog-warning-symbolic",
                                       "dialog-error-symbolic" };
  static const char *const classes[] = { "dim-label", "warning", "error" };
  GtkWidget *icon = gtk_image_new_from_icon_name (icons[severity]);

  gtk_widget_add_css_class (icon, classes[severity]);
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  return icon;
}

/* The pane is not to become wider with what there is to say. */
static void
let_wrap (GtkWidget *label)
{
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), LINE_CHARS);
}

static GtkWidget *
build_label (const char *text,
             const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  let_wrap (label);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

/* What the icon tells the eye is said, too. */
static void
name_row (GtkWidget        *row,
          StrataDiagnostic *diagnostic,
          StrataDocNode    *node)
{
  static const char *const severities[] = { N_("Hint"), N_("Warning"), N_("Error") };
  const char *severity = _(severities[strata_diagnostic_get_severity (diagnostic)]);
  const char *message = strata_diagnostic_get_message (diagnostic);
  g_autofree char *who = node != NULL ? g_strdup_printf (", %s", strata_doc_node_get_name (node)) : g_strdup ("");
  g_autofree char *name = g_strdup_printf ("%s%s: %s", severity, who, message);

  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static GtkWidget *
build_row (StrataProblems   *self,
           StrataDiagnostic *diagnostic)
{
  StrataDocNode *node = strata_document_get_node (self->document, strata_diagnostic_get_node_id (diagnostic));
  GtkWidget *row = gtk_list_box_row_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  const char *fix = strata_diagnostic_get_fix_label (diagnostic);

  if (self->names_nodes && node != NULL)
    gtk_box_append (GTK_BOX (texts), build_label (strata_doc_node_get_name (node), "heading"));
  gtk_box_append (GTK_BOX (texts), build_label (strata_diagnostic_get_message (diagnostic), NULL));
  if (fix != NULL)
    {
      GtkWidget *button = gtk_button_new_with_label (fix), *label = gtk_button_get_child (GTK_BUTTON (button));

      let_wrap (label);
      gtk_widget_set_halign (button, GTK_ALIGN_START);
      gtk_widget_set_margin_top (button, 4);
      gtk_widget_add_css_class (button, "fix");
      g_object_set_data_full (G_OBJECT (button), "diagnostic", strata_diagnostic_ref (diagnostic),
                              (GDestroyNotify) strata_diagnostic_unref);
      g_signal_connect (button, "clicked", G_CALLBACK (fix_cb), self);
      gtk_box_append (GTK_BOX (texts), button);
    }
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (box), build_icon (strata_diagnostic_get_severity (diagnostic)));
  gtk_box_append (GTK_BOX (box), texts);
  gtk_widget_add_css_class (row, "problem");
  name_row (row, diagnostic, node);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), self->names_nodes && node != NULL);
  return row;
}

/* How many there are besides those that are listed. */
static GtkWidget *
build_rest (guint n)
{
  g_autofree char *text = g_strdup_printf (g_dngettext (NULL, "%u more, listed once some of these are mended",
                                                        "%u more, listed once some of these are mended", n), n);
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_widget_add_css_class (row, "problem");
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), build_label (text, "dim-label"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  return row;
}

static void
strata_problems_dispose (GObject *object)
{
  StrataProblems *self = STRATA_PROBLEMS (object);

  g_clear_pointer (&self->list, gtk_widget_unparent);
  g_clear_pointer (&self->shown, g_ptr_array_unref);
  g_clear_object (&self->document);

  G_OBJECT_CLASS (strata_problems_parent_class)->dispose (object);
}

static void
strata_problems_class_init (StrataProblemsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = strata_problems_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[JUMP] = g_signal_new ("jump", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, STRATA_TYPE_DOC_NODE);
  signals[NOTICE] = g_signal_new ("notice", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
strata_problems_init (StrataProblems *self)
{
  self->shown = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_diagnostic_unref);
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (row_activated_cb), self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Problems"), -1);
  gtk_widget_set_parent (self->list, GTK_WIDGET (self));
}

/**
 * strata_problems_new:
 * @names_nodes: whether each says which node it is about
 */
GtkWidget *
strata_problems_new (StrataDocument *document,
                     gboolean        names_nodes)
{
  StrataProblems *self = g_object_new (STRATA_TYPE_PROBLEMS, NULL);

  self->document = g_object_ref (document);
  self->names_nodes = names_nodes;
  gtk_widget_hide (GTK_WIDGET (self));
  return GTK_WIDGET (self);
}

static gboolean
is_shown (StrataProblems  *self,
          const GPtrArray *diagnostics)
{
  gboolean same = diagnostics->len == self->shown->len;

  for (guint i = 0; same && i < diagnostics->len; i++)
    {
      StrataDiagnostic *a = g_ptr_array_index (diagnostics, i), *b = g_ptr_array_index (self->shown, i);

      same = strata_diagnostic_get_node_id (a) == strata_diagnostic_get_node_id (b) &&
             g_strcmp0 (strata_diagnostic_get_message (a), strata_diagnostic_get_message (b)) == 0 &&
             g_strcmp0 (strata_diagnostic_get_fix_label (a), strata_diagnostic_get_fix_label (b)) == 0;
    }
  return same;
}

/**
 * strata_problems_show:
 * @diagnostics: (element-type StrataDiagnostic): what to tell; nothing hides the list
 */
void
strata_problems_show (StrataProblems  *self,
                      const GPtrArray *diagnostics)
{
  GtkWidget *row;

  gtk_widget_set_visible (GTK_WIDGET (self), diagnostics->len > 0);
  if (is_shown (self, diagnostics))
    return;
  while ((row = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), row);
  g_ptr_array_set_size (self->shown, 0);
  for (guint i = 0; i < diagnostics->len; i++)
    {
      g_ptr_array_add (self->shown, strata_diagnostic_ref (g_ptr_array_index (diagnostics, i)));
      if (i < MOST_ROWS)
        gtk_list_box_append (GTK_LIST_BOX (self->list), build_row (self, g_ptr_array_index (diagnostics, i)));
    }
  if (diagnostics->len > MOST_ROWS)
    gtk_list_box_append (GTK_LIST_BOX (self->list), build_rest (diagnostics->len - MOST_ROWS));
}

guint
strata_problems_get_n (StrataProblems *self)
{
  return self->shown->len;
}
