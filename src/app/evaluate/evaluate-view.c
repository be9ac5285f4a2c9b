/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "evaluate/evaluate-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

#include "base/json.h"
#include "charts/chart-kind.h"
#include "evaluate/mistakes.h"
#include "evaluate/own-input.h"
#include "evaluate/scatter.h"
#include "widgets/memorable.h"
#include "widgets/number.h"
#include "widgets/page.h"
#include "widgets/paragraph.h"
#include "widgets/words.h"
#include "widgets/wrap-layout.h"

/**
 * StrataEvaluateView:
 *
 * How well a network does on samples that it has not learned from, and where it is wrong.
 */
struct _StrataEvaluateView
{
  GtkWidget parent_instance;

  StrataDocument *document;
  StrataRunner *runner;
  GCancellable *cancellable;
  StrataEvaluation *evaluation;
  const char *page;             /* of what is evaluated */
  gboolean stale, showing;
  gint64 truth, answer;         /* the cell that the user chose, -1 for none */
  guint output;                 /* which of several outputs is looked at */

  GtkWidget *stack, *empty, *busy, *problem, *again;
  GtkWidget *subtitle, *numbers, *own_panel, *own, *classes, *confusion, *sentence, *answers, *scatter, *series;
  GtkWidget *nothing, *outputs_row, *outputs;
  GtkWidget *mistakes;
};

static void memorable_init (StrataMemorableInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (StrataEvaluateView, strata_evaluate_view, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (STRATA_TYPE_MEMORABLE, memorable_init))

/* All of it, or of several outputs the one that is looked at. */
static StrataEvaluation *
get_shown (StrataEvaluateView *self)
{
  StrataEvaluation *whole = self->evaluation;

  return whole == NULL || whole->outputs == NULL
         ? whole : g_ptr_array_index (whole->outputs, MIN (self->output, whole->outputs->len - 1));
}

static char *
describe_samples (StrataEvaluation *evaluation)
{
  g_autofree char *count = strata_words_count (evaluation->n);

  switch (evaluation->on)
    {
    case STRATA_EVALUATED_ON_TEST:
      return g_strdup_printf (_("Tried on %s test samples, which it has not learned from"), count);
    case STRATA_EVALUATED_ON_VALIDATION:
      return g_strdup_printf (_("Tried on the %s samples that were held out of training"), count);
    case STRATA_EVALUATED_ON_TRAINING:
    default:
      return g_strdup_printf (_("Tried on the %s samples that it learned from, as there are no others: it will do "
                                "worse on new ones"),
                              count);
    }
}

static void
show_subtitle (StrataEvaluateView *self)
{
  g_autofree char *samples = describe_samples (self->evaluation), *text = NULL;
  guint n_broken = strata_data_set_count_broken (self->evaluation->set, NULL);

  if (n_broken > 0)
    text = g_strdup_printf (ngettext ("%s; %u picture could not be read, and another of its class stands for it",
                                      "%s; %u pictures could not be read, and others of their classes stand for them",
                                      n_broken),
                            samples, n_broken);
  gtk_label_set_label (GTK_LABEL (self->subtitle), text != NULL ? text : samples);
}

static void
add_number (StrataEvaluateView *self,
            const char         *title,
            const char         *text)
{
  GtkWidget *number = strata_number_new (title);

  strata_number_set_value (STRATA_NUMBER (number), text);
  gtk_box_append (GTK_BOX (self->numbers), number);
}

static void
show_numbers (StrataEvaluateView *self)
{
  StrataLogs *logs = self->evaluation->logs;
  StrataEvaluation *evaluation = get_shown (self);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->numbers)) != NULL)
    gtk_box_remove (GTK_BOX (self->numbers), child);
  for (guint i = 0; i < strata_logs_get_n (logs); i++)
    {
      double value;
      const char *log = strata_logs_get_entry (logs, i, &value);
      g_autofree char *title = strata_chart_log_title (log);
      g_autofree char *text = strata_chart_kind_format (strata_chart_kinds_find_for_log (log), value);

      add_number (self, title, text);
    }
  if (!isnan (evaluation->absolute))
    {
      g_autofree char *off = g_strdup_printf ("%.3g", evaluation->absolute);

      add_number (self, _("Off in the mean"), off);
    }
  if (!isnan (evaluation->squares))
    {
      g_autofree char *part = g_strdup_printf (_("%.1f\u00a0%%"), 100 * evaluation->squares);

      add_number (self, _("Explained (R²)"), part);
    }
}

/* Those of the chosen cell, or all. */
static void
show_mistakes (StrataEvaluateView *self)
{
  gint64 truth = -1, answer = -1;

  strata_confusion_get_chosen (STRATA_CONFUSION (self->confusion), &truth, &answer);
  strata_mistakes_show (STRATA_MISTAKES (self->mistakes), get_shown (self), truth, answer);
}

static void
cell_chosen_cb (StrataEvaluateView *self)
{
  g_autofree char *sentence = NULL;

  if (self->evaluation == NULL || get_shown (self)->n_classes == 0)
    return;
  if (!self->showing)
    strata_confusion_get_chosen (STRATA_CONFUSION (self->confusion), &self->truth, &self->answer);
  sentence = strata_confusion_dup_sentence (STRATA_CONFUSION (self->confusion));
  gtk_label_set_label (GTK_LABEL (self->sentence), sentence);
  show_mistakes (self);
}

/* Series stay in order; the others are one cloud. */
static gboolean
is_in_order (StrataEvaluation *evaluation)
{
  StrataShape shape;
  StrataDType dtype;

  strata_source_get_spec (evaluation->set->x, 0, &dtype, &shape);
  return shape.rank == 2 && evaluation->on == STRATA_EVALUATED_ON_TEST;
}

/* Which outputs there are to look at, one at a time. */
static void
list_outputs (StrataEvaluateView *self)
{
  const GPtrArray *outputs = self->evaluation->outputs;
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  gtk_widget_set_visible (self->outputs_row, outputs != NULL);
  for (guint i = 0; outputs != NULL && i < outputs->len; i++)
    gtk_string_list_append (names, strata_model_get_output_name (self->evaluation->model, i));
  self->showing = TRUE;
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->outputs), G_LIST_MODEL (names));
  if (outputs != NULL)
    gtk_drop_down_set_selected (GTK_DROP_DOWN (self->outputs), MIN (self->output, outputs->len - 1));
  self->showing = FALSE;
}

static void
show_shown (StrataEvaluateView *self)
{
  StrataEvaluation *evaluation = get_shown (self);
  gboolean classes = evaluation->n_classes > 0, numbers = !classes && evaluation->answers != NULL;

  self->page = classes ? "classes" : numbers ? "numbers" : "other";
  show_numbers (self);
  gtk_widget_set_visible (self->own_panel, strata_own_input_show (STRATA_OWN_INPUT (self->own), evaluation));
  gtk_widget_set_visible (self->classes, classes);
  gtk_widget_set_visible (self->answers, numbers);
  gtk_widget_set_visible (self->nothing, !classes && !numbers);
  gtk_widget_set_visible (self->mistakes, classes || numbers);
  self->showing = TRUE;
  strata_confusion_show (STRATA_CONFUSION (self->confusion), classes ? evaluation : NULL);
  if (classes && self->truth >= 0 && MAX (self->truth, self->answer) < evaluation->n_classes)
    strata_confusion_choose (STRATA_CONFUSION (self->confusion), self->truth, self->answer);
  self->showing = FALSE;
  strata_scatter_show (STRATA_SCATTER (self->scatter), numbers ? evaluation : NULL);
  strata_scatter_show (STRATA_SCATTER (self->series), numbers && is_in_order (evaluation) ? evaluation : NULL);
  gtk_widget_set_visible (self->series, numbers && is_in_order (evaluation));
  if (numbers)
    show_mistakes (self);
}

static void
output_cb (StrataEvaluateView *self)
{
  guint selected = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->outputs));

  if (self->showing || self->evaluation == NULL || selected == GTK_INVALID_LIST_POSITION)
    return;
  self->output = selected;
  self->truth = self->answer = -1;
  show_shown (self);
}

static void
show_evaluation (StrataEvaluateView *self)
{
  gboolean was_waited_for;

  show_subtitle (self);
  list_outputs (self);
  show_shown (self);
  was_waited_for = gtk_widget_get_focus_child (self->busy) != NULL;
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "result");
  /* Who waited goes on here, not where GTK would begin anew. */
  if (was_waited_for)
    gtk_widget_grab_focus (self->again);
}

/* Before what all of these look at goes. */
static void
show_nothing (StrataEvaluateView *self)
{
  self->showing = TRUE;
  strata_own_input_show (STRATA_OWN_INPUT (self->own), NULL);
  strata_confusion_show (STRATA_CONFUSION (self->confusion), NULL);
  strata_mistakes_show (STRATA_MISTAKES (self->mistakes), NULL, -1, -1);
  self->showing = FALSE;
  strata_scatter_show (STRATA_SCATTER (self->scatter), NULL);
  strata_scatter_show (STRATA_SCATTER (self->series), NULL);
}

static void
evaluated_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (StrataEvaluateView) self = user_data;
  g_autoptr (GError) error = NULL;
  StrataEvaluation *evaluation = strata_document_evaluate_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  show_nothing (self);
  g_clear_pointer (&self->evaluation, strata_evaluation_free);
  if (evaluation == NULL)
    {
      g_autofree char *text = g_markup_printf_escaped ("%s.", error->message);

      adw_status_page_set_description (ADW_STATUS_PAGE (self->problem), text);
      gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "problem");
      return;
    }
  self->evaluation = evaluation;
  show_evaluation (self);
}

/* What is known of an earlier network must not be taken for this one's. */
static void
forget (StrataEvaluateView *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
evaluate (StrataEvaluateView *self)
{
  forget (self);
  self->stale = FALSE;
  self->cancellable = g_cancellable_new ();
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "busy");
  strata_document_evaluate_async (self->document, self->cancellable, evaluated_cb, g_object_ref (self));
}

/* Nothing is tried before it is looked at, nor while it is trained. */
static void
refresh (StrataEvaluateView *self)
{
  gboolean active = strata_runner_is_active (self->runner);

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  if (active || !strata_document_is_trained (self->document))
    {
      adw_status_page_set_title (ADW_STATUS_PAGE (self->empty),
                                 active ? _("Training goes on") : _("Nothing learned yet"));
      adw_status_page_set_description (ADW_STATUS_PAGE (self->empty),
                                       active ? _("How well the network does is shown here once it is trained.")
                                              : _("Press Train first. Then this page shows how well the network does "
                                                  "on samples that "
                                                  "it has not seen, which it confuses, and its worst mistakes."));
      gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "empty");
    }
  else if (self->stale)
    evaluate (self);
}

static void
outdated_cb (StrataEvaluateView *self)
{
  self->stale = TRUE;
  refresh (self);
}

static void
strata_evaluate_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (strata_evaluate_view_parent_class)->map (widget);
  refresh (STRATA_EVALUATE_VIEW (widget));
}

static void
again_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  outdated_cb (STRATA_EVALUATE_VIEW (widget));
}

static GtkWidget *
build_heading (StrataEvaluateView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12), *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  self->again = gtk_button_new_with_mnemonic (_("Evaluate _again"));
  strata_paragraph_append (texts, _("How well it does"), "title-2", PANGO_WRAP_WORD);
  self->subtitle = strata_paragraph_append (texts, NULL, "body", PANGO_WRAP_WORD);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (self->again, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->again), "evaluate.again");
  gtk_box_append (GTK_BOX (box), texts);
  gtk_box_append (GTK_BOX (box), self->again);
  return box;
}

static GtkWidget *
build_panel (GtkWidget  *box,
             const char *title)
{
  GtkWidget *panel = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  gtk_widget_add_css_class (panel, "card");
  gtk_widget_add_css_class (panel, "panel");
  strata_paragraph_append (panel, title, "heading", PANGO_WRAP_WORD);
  gtk_box_append (GTK_BOX (box), panel);
  return panel;
}

static void
build_results (StrataEvaluateView *self,
               GtkWidget          *box)
{
  self->own_panel = build_panel (box, _("Try it yourself"));
  self->own = strata_own_input_new ();
  gtk_box_append (GTK_BOX (self->own_panel), self->own);

  self->classes = build_panel (box, _("What is confused with what"));
  self->confusion = strata_confusion_new ();
  self->sentence = strata_paragraph_append (self->classes, NULL, "body", PANGO_WRAP_WORD);
  gtk_box_append (GTK_BOX (self->classes), self->confusion);
  strata_paragraph_append (self->classes,
                           _("Click a cell, or go there by the arrow keys, to see its samples below."), "dim-label",
                           PANGO_WRAP_WORD);
  g_signal_connect_swapped (self->confusion, "chosen", G_CALLBACK (cell_chosen_cb), self);

  self->answers = build_panel (box, _("Predictions against truth"));
  self->series = strata_scatter_new (TRUE);
  self->scatter = strata_scatter_new (FALSE);
  gtk_box_append (GTK_BOX (self->answers), self->series);
  gtk_box_append (GTK_BOX (self->answers), self->scatter);

  self->nothing = strata_paragraph_append (box, _("What this network puts out is neither one class nor one number, so "
                                                  "there are only its metrics to show."),
                                             "dim-label", PANGO_WRAP_WORD);
  self->mistakes = strata_mistakes_new ();
  gtk_box_append (GTK_BOX (box), self->mistakes);
}

static GtkWidget *
build_outputs (StrataEvaluateView *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *label = gtk_label_new_with_mnemonic (_("_Output:"));

  self->outputs = gtk_drop_down_new (NULL, NULL);
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), self->outputs);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->outputs), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Which output of the network is looked at"), -1);
  g_signal_connect_swapped (self->outputs, "notify::selected", G_CALLBACK (output_cb), self);
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (row), self->outputs);
  return row;
}

static GtkWidget *
build_page (StrataEvaluateView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);

  self->numbers = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_layout_manager (self->numbers, strata_wrap_layout_new (36, 12));
  gtk_box_append (GTK_BOX (box), build_heading (self));
  gtk_box_append (GTK_BOX (box), self->numbers);
  self->outputs_row = build_outputs (self);
  gtk_box_append (GTK_BOX (box), self->outputs_row);
  build_results (self, box);
  return strata_page_new (box);
}

static void
build (StrataEvaluateView *self)
{
  self->stack = gtk_stack_new ();
  self->empty = adw_status_page_new ();
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (self->empty), "strata-evaluate-symbolic");
  self->problem = strata_page_new_problem (_("The network cannot be tried"), "evaluate.again");
  gtk_stack_add_named (GTK_STACK (self->stack), self->empty, "empty");
  self->busy = strata_page_new_busy (_("Trying the network"),
                                     _("Its answers to samples that were held back are compared with what is right."));
  gtk_stack_add_named (GTK_STACK (self->stack), self->busy, "busy");
  gtk_stack_add_named (GTK_STACK (self->stack), self->problem, "problem");
  gtk_stack_add_named (GTK_STACK (self->stack), build_page (self), "result");
  gtk_widget_set_parent (self->stack, GTK_WIDGET (self));
}

static void
remember (StrataMemorable *memorable,
          JsonObject      *memory)
{
  StrataEvaluateView *self = STRATA_EVALUATE_VIEW (memorable);

  json_object_set_int_member (memory, "truth", self->truth);
  json_object_set_int_member (memory, "answer", self->answer);
  json_object_set_int_member (memory, "output", self->output);
}

static void
recall (StrataMemorable *memorable,
        JsonObject      *memory)
{
  StrataEvaluateView *self = STRATA_EVALUATE_VIEW (memorable);

  self->output = (guint) MAX (strata_json_get_int (memory, "output", 0), 0);
  self->truth = MAX (strata_json_get_int (memory, "truth", -1), -1);
  self->answer = self->truth < 0 ? -1 : MAX (strata_json_get_int (memory, "answer", 0), 0);
}

static void
memorable_init (StrataMemorableInterface *iface)
{
  iface->remember = remember;
  iface->recall = recall;
}

static void
strata_evaluate_view_dispose (GObject *object)
{
  StrataEvaluateView *self = STRATA_EVALUATE_VIEW (object);

  forget (self);
  if (self->evaluation != NULL)
    {
      g_signal_handlers_disconnect_by_func (self->confusion, cell_chosen_cb, self);
      g_signal_handlers_disconnect_by_func (self->outputs, output_cb, self);
      show_nothing (self);
    }
  g_clear_pointer (&self->stack, gtk_widget_unparent);
  g_clear_pointer (&self->evaluation, strata_evaluation_free);
  g_clear_object (&self->document);
  g_clear_object (&self->runner);

  G_OBJECT_CLASS (strata_evaluate_view_parent_class)->dispose (object);
}

static void
strata_evaluate_view_class_init (StrataEvaluateViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = strata_evaluate_view_dispose;
  widget_class->map = strata_evaluate_view_map;
  gtk_widget_class_install_action (widget_class, "evaluate.again", NULL, again_action);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "strata-evaluate-view");
}

static void
strata_evaluate_view_init (StrataEvaluateView *self)
{
  self->stale = TRUE;
  self->truth = self->answer = -1;
}

/**
 * strata_evaluate_view_new:
 * @document: whose network is tried
 * @runner: who trains it
 */
GtkWidget *
strata_evaluate_view_new (StrataDocument *document,
                          StrataRunner   *runner)
{
  StrataEvaluateView *self = g_object_new (STRATA_TYPE_EVALUATE_VIEW, NULL);

  self->document = g_object_ref (document);
  self->runner = g_object_ref (runner);
  build (self);
  g_signal_connect_object (document, "changed", G_CALLBACK (outdated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (runner, "notify::state", G_CALLBACK (outdated_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

const char *
strata_evaluate_view_get_page (StrataEvaluateView *self)
{
  const char *name = gtk_stack_get_visible_child_name (GTK_STACK (self->stack));

  return g_strcmp0 (name, "result") == 0 ? self->page : name;
}

StrataConfusion *
strata_evaluate_view_get_confusion (StrataEvaluateView *self)
{
  return STRATA_CONFUSION (self->confusion);
}

StrataMistakes *
strata_evaluate_view_get_mistakes (StrataEvaluateView *self)
{
  return STRATA_MISTAKES (self->mistakes);
}

const char *
strata_evaluate_view_get_sentence (StrataEvaluateView *self)
{
  return gtk_label_get_label (GTK_LABEL (self->sentence));
}

/**
 * strata_evaluate_view_open_picture:
 *
 * Returns: whether the network takes pictures, and is asked about this one
 */
gboolean
strata_evaluate_view_open_picture (StrataEvaluateView *self,
                                   GFile              *file)
{
  return strata_own_input_open_picture (STRATA_OWN_INPUT (self->own), file);
}
