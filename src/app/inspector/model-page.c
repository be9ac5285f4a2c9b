/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "inspector/model-page.h"

#include <glib/gi18n.h>

#include "charts/figures.h"
#include "inspector/compile-list.h"
#include "inspector/facts.h"
#include "inspector/param-list.h"
#include "inspector/problems.h"
#include "inspector/training-params.h"
#include "widgets/words.h"

/**
 * StrataModelPage:
 *
 * The network as a whole: what it comes to, how it is trained, what is wrong with it.
 */
struct _StrataModelPage
{
  GtkWidget parent_instance;

  StrataDocument *document;
  GtkWidget *box, *title, *facts, *problems_title, *fix_all, *problems, *compile, *fit;
};

enum
{
  JUMP,
  NOTICE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataModelPage, strata_model_page, GTK_TYPE_WIDGET)

static JsonNode *
get_fit (const StrataParam  *param,
         JsonNode          **one,
         gpointer            user_data)
{
  JsonNode *setting = strata_document_get_setting (((StrataModelPage *) user_data)->document, "fit");
  JsonNode *value = setting != NULL && JSON_NODE_HOLDS_OBJECT (setting)
                      ? json_object_get_member (json_node_get_object (setting), param->name) : NULL;

  return value != NULL ? json_node_copy (value) : strata_param_get_default (param);
}

static gboolean
set_fit (const char  *name,
         JsonNode    *value,
         gpointer     user_data,
         GError     **error)
{
  strata_document_set_setting_member (((StrataModelPage *) user_data)->document, "fit", name, value);
  return TRUE;
}

static void
show_facts (StrataModelPage *self)
{
  StrataFacts *facts = STRATA_FACTS (self->facts);
  gint64 frozen = strata_document_get_n_params (self->document) - strata_document_get_n_trainable (self->document);
  g_autofree char *layers = strata_words_count (strata_document_get_nodes (self->document)->len);
  g_autofree char *params = strata_words_count (strata_document_get_n_params (self->document));
  g_autofree char *others = strata_words_count (frozen);
  g_autofree char *adds = strata_words_count (strata_document_get_multiply_adds (self->document));
  double seconds = strata_document_get_epoch_seconds (self->document);
  g_autofree char *duration = strata_figures_duration (seconds), *time = g_strdup_printf (_("about %s"), duration);
  g_autofree char *memory = g_format_size (4 * strata_document_get_n_params (self->document));

  strata_facts_set (facts, _("Layers"), layers);
  strata_facts_set (facts, _("Parameters"), params);
  strata_facts_set (facts, _("Not trainable"), frozen > 0 ? others : NULL);
  strata_facts_set (facts, _("Multiply-adds a sample"), adds);
  strata_facts_set (facts, _("Memory of weights"), memory);
  strata_facts_set (facts, _("Time of an epoch"), seconds >= 0 ? time : NULL);
}

static void
jump_cb (StrataModelPage *self,
         StrataDocNode   *node)
{
  g_signal_emit (self, signals[JUMP], 0, node);
}

static void
notice_cb (StrataModelPage *self,
           const char      *text)
{
  g_signal_emit (self, signals[NOTICE], 0, text);
}

static GtkWidget *
add_title (StrataModelPage *self,
           const char      *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_set_margin_top (label, 6);
  gtk_box_append (GTK_BOX (self->box), label);
  return label;
}

static void
fix_all_cb (StrataModelPage *self)
{
  g_autoptr (GError) error = NULL;

  if (!strata_document_fix_all (self->document, &error))
    g_signal_emit (self, signals[NOTICE], 0, error->message);
}

/* A title, and at its end what mends all that can be. */
static void
build_problems_title (StrataModelPage *self)
{
  GtkWidget *label = gtk_label_new (_("Problems"));

  self->problems_title = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, "heading");
  self->fix_all = gtk_button_new_with_mnemonic (_("_Fix all"));
  gtk_widget_set_tooltip_text (self->fix_all, _("Mend all that have a button, as one step that can be undone"));
  g_signal_connect_swapped (self->fix_all, "clicked", G_CALLBACK (fix_all_cb), self);
  gtk_box_append (GTK_BOX (self->problems_title), label);
  gtk_box_append (GTK_BOX (self->problems_title), self->fix_all);
  gtk_widget_set_margin_top (self->problems_title, 6);
  gtk_box_append (GTK_BOX (self->box), self->problems_title);
}

static gboolean
has_several_fixes (const GPtrArray *diagnostics)
{
  guint n = 0;

  for (guint i = 0; i < diagnostics->len; i++)
    n += strata_diagnostic_get_fix_label (g_ptr_array_index (diagnostics, i)) != NULL;
  return n > 1;
}

static void
build (StrataModelPage *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_add_css_class (self->box, "inspector-page");
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));

  self->title = add_title (self, _("Network"));
  gtk_widget_add_css_class (self->title, "title-4");
  self->facts = strata_facts_new ();
  gtk_box_append (GTK_BOX (self->box), self->facts);

  build_problems_title (self);
  self->problems = strata_problems_new (self->document, TRUE);
  g_signal_connect_swapped (self->problems, "jump", G_CALLBACK (jump_cb), self);
  g_signal_connect_swapped (self->problems, "notice", G_CALLBACK (notice_cb), self);
  gtk_box_append (GTK_BOX (self->box), self->problems);

  add_title (self, _("Training"));
  self->compile = strata_compile_list_new (self->document);
  gtk_box_append (GTK_BOX (self->box), self->compile);
  self->fit = strata_param_list_new (get_fit, set_fit, self);
  for (const StrataParam *param = strata_fit_params; param->name != NULL; param++)
    strata_param_list_add (STRATA_PARAM_LIST (self->fit), param);
  gtk_box_append (GTK_BOX (self->box), self->fit);
}

static void
strata_model_page_dispose (GObject *object)
{
  StrataModelPage *self = STRATA_MODEL_PAGE (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->document);

  G_OBJECT_CLASS (strata_model_page_parent_class)->dispose (object);
}

static void
strata_model_page_class_init (StrataModelPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = strata_model_page_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[JUMP] = g_signal_new ("jump", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, STRATA_TYPE_DOC_NODE);
  signals[NOTICE] = g_signal_new ("notice", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
strata_model_page_init (StrataModelPage *self)
{
}

GtkWidget *
strata_model_page_new (StrataDocument *document)
{
  StrataModelPage *self = g_object_new (STRATA_TYPE_MODEL_PAGE, NULL);

  self->document = g_object_ref (document);
  build (self);
  strata_model_page_refresh (self);
  return GTK_WIDGET (self);
}

/**
 * strata_model_page_refresh:
 *
 * Shows the document as it is now.
 */
void
strata_model_page_refresh (StrataModelPage *self)
{
  const GPtrArray *diagnostics = strata_document_get_diagnostics (self->document);

  show_facts (self);
  strata_problems_show (STRATA_PROBLEMS (self->problems), diagnostics);
  gtk_widget_set_visible (self->problems_title, diagnostics->len > 0);
  gtk_widget_set_visible (self->fix_all, has_several_fixes (diagnostics));
  strata_compile_list_refresh (STRATA_COMPILE_LIST (self->compile));
  strata_param_list_refresh (STRATA_PARAM_LIST (self->fit));
}

/**
 * strata_model_page_get_row:
 *
 * Returns: (nullable): the row that shows a parameter of training
 */
GtkWidget *
strata_model_page_get_row (StrataModelPage *self,
                           const char      *param)
{
  GtkWidget *row = strata_compile_list_get_row (STRATA_COMPILE_LIST (self->compile), param, 0);

  return row != NULL ? row : strata_param_list_get_row (STRATA_PARAM_LIST (self->fit), param);
}
