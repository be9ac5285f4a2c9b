/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "data-view/data-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "base/json.h"
#include "charts/bars.h"
#include "charts/swatch.h"
#include "data-view/balance.h"
#include "data-view/sample-grid.h"
#include "data-view/series-plot.h"
#include "data-view/source-button.h"
#include "document/ends.h"
#include "document/starter.h"
#include "inspector/problems.h"
#include "runner/loading.h"
#include "widgets/page.h"
#include "widgets/paragraph.h"
#include "widgets/words.h"
#include "widgets/wrap-layout.h"

#define N_IMAGES 24
#define N_OTHERS 8

/**
 * StrataDataView:
 *
 * What a network learns from: where it is from, how it is split, which answers there are, and samples to look at.
 */
struct _StrataDataView
{
  GtkWidget parent_instance;

  StrataDocument *document;
  GCancellable *cancellable;
  JsonNode *shown;              /* the description of what is shown or being read */
  StrataDataSet *set;
  GRand *random;

  GtkWidget *stack, *source, *title, *summary, *origin, *problem, *legend, *trouble, *starter;
  GtkWidget *problems, *problems_box, *split, *balance, *samples;
  char *balance_text;
};

G_DEFINE_FINAL_TYPE (StrataDataView, strata_data_view, GTK_TYPE_WIDGET)

static JsonObject *
get_description (StrataDataView *self)
{
  JsonNode *node = strata_document_get_setting (self->document, "data");

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static void
set_text (GtkWidget  *label,
          const char *text)
{
  gtk_label_set_label (GTK_LABEL (label), text != NULL ? text : "");
  gtk_widget_set_visible (label, text != NULL && *text != '\0');
}

static void
show_title (StrataDataView *self)
{
  const StrataDataKind *kind = strata_source_button_get_kind (STRATA_SOURCE_BUTTON (self->source));
  g_autofree char *origin = NULL;

  /* Translators: whose data it is and under which licence */
  if (kind != NULL && kind->origin != NULL)
    origin = g_strdup_printf (_("%s.\nFrom: %s"), self->set->summary, kind->origin);
  set_text (self->title, kind != NULL ? _(kind->title) : _("Data"));
  set_text (self->summary, kind != NULL && kind->bundled ? _(kind->description) : self->set->summary);
  set_text (self->origin, origin);
}

static void
add_part (StrataDataView *self,
          const char     *name,
          gint64          n,
          gint64          all,
          guint           color)
{
  g_autofree char *count = strata_words_count (n);
  g_autofree char *text = g_strdup_printf (_("%s (%.0f\u00a0%%)"), count, 100.0 * n / MAX (all, 1));

  if (n > 0)
    strata_bars_add (STRATA_BARS (self->split), name, n, text, color);
}

/* Validation samples are held out of those to train with. */
static void
show_split (StrataDataView *self)
{
  JsonNode *fit = strata_document_get_setting (self->document, "fit");
  double share = fit != NULL && JSON_NODE_HOLDS_OBJECT (fit)
                 ? strata_json_get_double (json_node_get_object (fit), "validation_split", 0) : 0;
  gint64 n = strata_source_get_size (self->set->x);
  gint64 test = self->set->test_x != NULL ? strata_source_get_size (self->set->test_x) : 0;
  gint64 held_out = share > 0 && share < 1 ? n - (gint64) (n * (1 - share)) : 0;

  strata_bars_clear (STRATA_BARS (self->split));
  add_part (self, _("To learn from"), n - held_out, n + test, 0);
  add_part (self, _("To watch it learn"), held_out, n + test, 1);
  add_part (self, _("To test at the end"), test, n + test, 2);
}

static void
show_balance (StrataDataView *self)
{
  g_autoptr (GArray) outputs = strata_document_dup_outputs (self->document);
  g_autoptr (GPtrArray) names = strata_doc_ends_dup_names (outputs);

  strata_balance_show (STRATA_BALANCE (self->balance), self->set, names);
  g_free (self->balance_text);
  self->balance_text = strata_balance_dup_description (STRATA_BALANCE (self->balance));
}

/* Which line of a series is which column. */
static void
show_legend (StrataDataView *self,
             StrataPreview  *preview)
{
  const GPtrArray *names = self->set->feature_names;
  gboolean is_series = preview->inputs == NULL && preview->kind == STRATA_SAMPLE_SERIES && names != NULL;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->legend)) != NULL)
    gtk_box_remove (GTK_BOX (self->legend), child);
  for (guint i = 0; is_series && i < MIN (names->len, STRATA_SERIES_PLOT_LINES); i++)
    {
      GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

      gtk_box_append (GTK_BOX (box), strata_swatch_new (i));
      gtk_box_append (GTK_BOX (box), gtk_label_new (g_ptr_array_index (names, i)));
      gtk_box_append (GTK_BOX (self->legend), box);
    }
  if (is_series && preview->targets != NULL)
    gtk_box_append (GTK_BOX (self->legend), gtk_label_new (_("● what follows, to be predicted")));
  gtk_widget_set_visible (self->legend, is_series);
}

static void
samples_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (StrataDataView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataPreview) preview = strata_preview_read_finish (result, &error);
  g_autofree const char **captions = NULL;
  g_autoptr (GArray) inputs = NULL;
  g_autoptr (GPtrArray) names = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || (preview != NULL && preview->set != self->set))
    return;
  set_text (self->trouble, error != NULL ? error->message : NULL);
  if (preview == NULL)
    return;
  inputs = strata_document_dup_inputs (self->document);
  names = strata_doc_ends_dup_names (inputs);
  captions = g_new0 (const char *, preview->n + 1);
  for (gsize i = 0; i < preview->n; i++)
    captions[i] = preview->answers != NULL ? preview->answers[i] : "";
  strata_sample_grid_set_inputs (STRATA_SAMPLE_GRID (self->samples), names);
  show_legend (self, preview);
  strata_sample_grid_show (STRATA_SAMPLE_GRID (self->samples), preview, captions, _("Answer"));
}

/* One of each part of the data, none twice; which one is a matter of chance, but the same at each start. */
static void
show_samples (StrataDataView *self)
{
  StrataShape shape;
  gint64 n = strata_source_get_size (self->set->x), indices[N_IMAGES];
  gint64 many = MIN (n, strata_preview_recognize (self->set, &shape) == STRATA_SAMPLE_IMAGE ? N_IMAGES : N_OTHERS);

  for (gint64 i = 0; i < many; i++)
    indices[i] = (gint64) ((i + g_rand_double (self->random)) * n / many);
  strata_preview_read_async (self->set, FALSE, indices, (gsize) many, self->cancellable, samples_cb,
                             g_object_ref (self));
}

/* Of all that is said about the network, what is about its data. */
static gboolean
is_of_data (StrataDiagnostic *diagnostic)
{
  static const char *const checks[] = { "class-imbalance", "missing-rescaling", "missing-normalization",
                                        "inputs-and-data", "input-shape", "batch-too-large", "words-beyond",
                                        "rows-of-labels", "units-per-class",
                                        "numbers-as-classes", "classes-as-numbers",
                                        "stopping-without-validation", NULL };
  const char *check = strata_diagnostic_get_check (diagnostic);

  return check != NULL && g_strv_contains (checks, check);
}

static void
show_problems (StrataDataView *self)
{
  const GPtrArray *all = strata_document_get_diagnostics (self->document);
  g_autoptr (GPtrArray) own = g_ptr_array_new ();

  for (guint i = 0; i < all->len; i++)
    if (is_of_data (g_ptr_array_index (all, i)))
      g_ptr_array_add (own, g_ptr_array_index (all, i));
  strata_problems_show (STRATA_PROBLEMS (self->problems), own);
  gtk_widget_set_visible (self->problems_box, own->len > 0);
}

/* Whoever has data and no network is shown a way to one. */
static void
show_starter (StrataDataView *self)
{
  gtk_widget_set_visible (self->starter, strata_starter_is_possible (self->document));
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (StrataDataView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataDataSet) set = strata_document_read_data_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (set == NULL)
    {
      g_autofree char *text = g_markup_printf_escaped ("%s.", error->message);

      adw_status_page_set_description (ADW_STATUS_PAGE (self->problem), text);
      gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "problem");
      return;
    }
  g_clear_pointer (&self->set, strata_data_set_unref);
  self->set = strata_data_set_ref (set);
  show_title (self);
  show_split (self);
  show_balance (self);
  strata_sample_grid_clear (STRATA_SAMPLE_GRID (self->samples));
  show_samples (self);
  show_problems (self);
  show_starter (self);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "data");
}

static void
forget (StrataDataView *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->set, strata_data_set_unref);
  g_clear_pointer (&self->shown, json_node_unref);
}

/* Data is read once it is looked at, and again only when other data is meant. */
static void
refresh (StrataDataView *self)
{
  JsonNode *wanted = strata_document_get_setting (self->document, "data");

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  strata_source_button_refresh (STRATA_SOURCE_BUTTON (self->source));
  if (get_description (self) == NULL)
    {
      forget (self);
      gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "empty");
      return;
    }
  if (self->shown != NULL && json_node_equal (self->shown, wanted))
    {
      if (self->set != NULL)
        {
          show_split (self);
          show_problems (self);
          show_starter (self);
        }
      return;
    }
  forget (self);
  self->shown = json_node_copy (wanted);
  self->cancellable = g_cancellable_new ();
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "loading");
  strata_document_read_data_async (self->document, self->cancellable, read_cb, g_object_ref (self));
}

static void
strata_data_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (strata_data_view_parent_class)->map (widget);
  refresh (STRATA_DATA_VIEW (widget));
}

static GtkWidget *
build_heading (StrataDataView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12), *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  self->title = strata_paragraph_append (texts, NULL, "title-2", PANGO_WRAP_WORD);
  self->summary = strata_paragraph_append (texts, NULL, "body", PANGO_WRAP_WORD);
  self->origin = strata_paragraph_append (texts, NULL, "dim-label", PANGO_WRAP_WORD);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (box), texts);
  return box;
}

static void
build_card (GtkWidget  *flow,
            GtkWidget  *content,
            const char *title)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "panel");
  if (title != NULL)
    strata_paragraph_append (card, title, "heading", PANGO_WRAP_WORD);
  gtk_widget_set_hexpand (content, TRUE);
  gtk_box_append (GTK_BOX (card), content);
  gtk_flow_box_insert (GTK_FLOW_BOX (flow), card, -1);
  gtk_widget_set_focusable (gtk_widget_get_parent (card), FALSE);
}

static GtkWidget *
build_cards (StrataDataView *self)
{
  GtkWidget *flow = gtk_flow_box_new ();

  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (flow), GTK_SELECTION_NONE);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (flow), 12);
  gtk_flow_box_set_row_spacing (GTK_FLOW_BOX (flow), 12);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (flow), 2);
  self->split = strata_bars_new (_("How the samples are split"));
  self->balance = strata_balance_new ();
  build_card (flow, self->split, _("How the samples are split"));
  build_card (flow, self->balance, NULL);
  return flow;
}

static GtkWidget *
build_samples_title (StrataDataView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *button = gtk_button_new_with_mnemonic (_("Show _others"));
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  strata_paragraph_append (texts, _("Samples"), "title-4", PANGO_WRAP_WORD);
  strata_paragraph_append (texts, _("Some of those to learn from, as the network sees them"), "dim-label",
                           PANGO_WRAP_WORD);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), texts);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "data.shuffle");
  gtk_box_append (GTK_BOX (box), button);
  return box;
}

static GtkWidget *
build_starter (StrataDataView *self)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12), *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Begin with a network"));

  strata_paragraph_append (texts, _("There is no network for it yet"), "heading", PANGO_WRAP_WORD);
  strata_paragraph_append (texts, _("Begin with a small one that fits this data, and change it as you like."), "body",
                           PANGO_WRAP_WORD);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "suggested-action");
  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "panel");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "data.begin");
  gtk_box_append (GTK_BOX (card), texts);
  gtk_box_append (GTK_BOX (card), button);
  return card;
}

static GtkWidget *
build_page (StrataDataView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);

  self->problems_box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  strata_paragraph_append (self->problems_box, _("What is wrong with it"), "heading", PANGO_WRAP_WORD);
  self->problems = strata_problems_new (self->document, FALSE);
  gtk_box_append (GTK_BOX (self->problems_box), self->problems);
  self->samples = strata_sample_grid_new (_("Samples"));

  self->starter = build_starter (self);
  gtk_box_append (GTK_BOX (box), build_heading (self));
  gtk_box_append (GTK_BOX (box), self->starter);
  gtk_box_append (GTK_BOX (box), self->problems_box);
  gtk_box_append (GTK_BOX (box), build_cards (self));
  gtk_box_append (GTK_BOX (box), build_samples_title (self));
  self->legend = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_layout_manager (self->legend, strata_wrap_layout_new (18, 6));
  self->trouble = strata_paragraph_append (box, NULL, "body", PANGO_WRAP_WORD_CHAR);
  gtk_box_append (GTK_BOX (box), self->legend);
  gtk_box_append (GTK_BOX (box), self->samples);
  return strata_page_new (box);
}

static GtkWidget *
build_status (const char *icon,
              const char *title,
              const char *description)
{
  GtkWidget *page = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), icon);
  adw_status_page_set_title (ADW_STATUS_PAGE (page), title);
  adw_status_page_set_description (ADW_STATUS_PAGE (page), description);
  return page;
}

static GtkWidget *
build_bar (StrataDataView *self)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12), *label = gtk_label_new_with_mnemonic (_("_Data:"));

  self->source = strata_source_button_new (self->document);
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), self->source);
  gtk_widget_add_css_class (bar, "view-bar");
  gtk_box_append (GTK_BOX (bar), label);
  gtk_box_append (GTK_BOX (bar), self->source);
  return bar;
}

static void
build (StrataDataView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->stack = gtk_stack_new ();
  gtk_widget_set_vexpand (self->stack, TRUE);
  self->problem = strata_page_new_problem (_("The data cannot be read"), "data.again");
  gtk_stack_add_named (GTK_STACK (self->stack),
                       build_status ("strata-data-symbolic", _("No data yet"),
                                     _("Choose above what the network is to learn from: a set that comes along, or "
                                       "pictures, a table, texts or a series of yours.")),
                       "empty");
  gtk_stack_add_named (GTK_STACK (self->stack), strata_page_new_busy (
                         _("Reading the data"), _("Samples and how many there are of each kind are shown then.")),
                       "loading");
  gtk_stack_add_named (GTK_STACK (self->stack), self->problem, "problem");
  gtk_stack_add_named (GTK_STACK (self->stack), build_page (self), "data");
  gtk_box_append (GTK_BOX (box), build_bar (self));
  gtk_box_append (GTK_BOX (box), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (box), self->stack);
  gtk_widget_set_parent (box, GTK_WIDGET (self));
}

static void
again_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  g_clear_pointer (&STRATA_DATA_VIEW (widget)->shown, json_node_unref);
  refresh (STRATA_DATA_VIEW (widget));
}

static void
shuffle_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  StrataDataView *self = STRATA_DATA_VIEW (widget);

  if (self->set != NULL)
    show_samples (self);
}

static void
begin_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  StrataDataView *self = STRATA_DATA_VIEW (widget);
  g_autoptr (GError) error = NULL;

  if (!strata_starter_is_possible (self->document))
    return;
  if (strata_starter_build (self->document, &error))
    gtk_widget_activate_action (widget, "win.view", "i", 0);
  else
    set_text (self->trouble, error->message);
}

static void
strata_data_view_dispose (GObject *object)
{
  StrataDataView *self = STRATA_DATA_VIEW (object);
  GtkWidget *child;

  forget (self);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->document);
  g_clear_pointer (&self->random, g_rand_free);
  g_clear_pointer (&self->balance_text, g_free);

  G_OBJECT_CLASS (strata_data_view_parent_class)->dispose (object);
}

static void
strata_data_view_class_init (StrataDataViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = strata_data_view_dispose;
  widget_class->map = strata_data_view_map;
  gtk_widget_class_install_action (widget_class, "data.again", NULL, again_action);
  gtk_widget_class_install_action (widget_class, "data.shuffle", NULL, shuffle_action);
  gtk_widget_class_install_action (widget_class, "data.begin", NULL, begin_action);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "strata-data-view");
}

static void
strata_data_view_init (StrataDataView *self)
{
  self->random = g_rand_new_with_seed (1);
}

/**
 * strata_data_view_new:
 * @document: whose data is shown
 */
GtkWidget *
strata_data_view_new (StrataDocument *document,
                      StrataRunner   *runner)
{
  StrataDataView *self = g_object_new (STRATA_TYPE_DATA_VIEW, NULL);

  self->document = g_object_ref (document);
  build (self);
  g_signal_connect_object (document, "settings-changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (document, "analysed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

/**
 * strata_data_view_open:
 * @file: a table, whose last column is to be predicted, or a folder with one of pictures or texts for each class
 */
void
strata_data_view_open (StrataDataView *self,
                       GFile          *file)
{
  strata_source_button_open_file (STRATA_SOURCE_BUTTON (self->source), file);
}

const char *
strata_data_view_get_page (StrataDataView *self)
{
  return gtk_stack_get_visible_child_name (GTK_STACK (self->stack));
}

const char *
strata_data_view_get_balance (StrataDataView *self)
{
  return self->balance_text != NULL ? self->balance_text : "";
}

const char *
strata_data_view_get_split (StrataDataView *self)
{
  return strata_bars_get_description (STRATA_BARS (self->split));
}

guint
strata_data_view_get_n_samples (StrataDataView *self)
{
  return strata_sample_grid_get_n (STRATA_SAMPLE_GRID (self->samples));
}
