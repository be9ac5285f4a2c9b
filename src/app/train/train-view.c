/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "train/train-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "base/json.h"
#include "charts/figures.h"
#include "train/advice-card.h"
#include "train/chart-board.h"
#include "train/control-bar.h"
#include "train/number-strip.h"
#include "train/profile-card.h"
#include "train/progress-strip.h"
#include "train/run-list.h"
#include "widgets/memorable.h"

/**
 * StrataTrainView:
 *
 * Where a network is trained, and where one watches it learn.
 */
struct _StrataTrainView
{
  GtkWidget parent_instance;

  AdwFlap *flap;
  GtkBox *top, *page;
  GtkStack *stack;
  AdwStatusPage *empty;
  GtkToggleButton *runs_button, *profile_button;
  StrataRunList *runs;
  StrataChartBoard *board;
  StrataNumberStrip *numbers;
  StrataAdviceCard *advice;
  GtkWidget *profile;

  StrataDocument *document;
  StrataRunner *runner;
  GPtrArray *curves; /* StrataRunCurves, in the order of the document's runs */
  StrataRun *advised; /* the run that advice was given for */
};

static void memorable_init (StrataMemorableInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (StrataTrainView, strata_train_view, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (STRATA_TYPE_MEMORABLE, memorable_init))

enum
{
  PROP_SHOW_PROFILE = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

/* The run whose numbers are shown: the one that goes on, or else the newest. */
static StrataRun *
get_current_run (StrataTrainView *self)
{
  const GPtrArray *runs = strata_document_get_runs (self->document);

  if (strata_runner_is_active (self->runner) && strata_runner_get_run (self->runner) != NULL)
    return strata_runner_get_run (self->runner);
  return runs->len > 0 ? g_ptr_array_index (runs, runs->len - 1) : NULL;
}

static char *
dup_forecast (StrataTrainView *self)
{
  double seconds = strata_document_get_epoch_seconds (self->document);
  g_autofree char *duration = strata_figures_duration (seconds);

  return seconds >= 0 ? g_strdup_printf (_("On this computer, an epoch takes about %s."), duration) : NULL;
}

static void
update_empty (StrataTrainView *self)
{
  guint n_errors = strata_document_count_severity (self->document, STRATA_SEVERITY_ERROR);
  g_autofree char *text = NULL, *time = dup_forecast (self);

  if (n_errors > 0)
    text = g_strdup_printf (g_dngettext (NULL, "The network has a problem that Design shows. Mend it first.",
                                         "The network has %u problems that Design shows. Mend them first.",
                                         n_errors), n_errors);
  else
    text = g_strconcat (_("In each epoch the network sees all samples and changes its weights a little after each "
                          "batch, so that "
                       "the loss falls. Watch both curves here: if the validation loss rises while the training loss "
                       "still "
                       "falls, it learns by heart."), time != NULL ? "\n\n" : NULL, time, NULL);
  adw_status_page_set_title (self->empty, n_errors > 0 ? _("Not ready to train") : _("Press Train"));
  adw_status_page_set_icon_name (self->empty,
                                 n_errors > 0 ? "dialog-warning-symbolic" : "media-playback-start-symbolic");
  adw_status_page_set_description (self->empty, text);
}

/* Lines are named for their runs only if there are several to see. */
static void
update_names (StrataTrainView *self)
{
  guint n_visible = 0;

  for (guint i = 0; i < self->curves->len; i++)
    n_visible += strata_run_curves_get_visible (g_ptr_array_index (self->curves, i));
  for (guint i = 0; i < self->curves->len; i++)
    strata_run_curves_set_alone (g_ptr_array_index (self->curves, i), n_visible <= 1);
}

static void
update_advice (StrataTrainView *self)
{
  StrataRun *run = get_current_run (self);
  g_autoptr (StrataAdvice) advice = run != NULL ? strata_advice_new_for_run (run) : NULL;

  self->advised = run;
  strata_advice_card_set_advice (self->advice, advice);
}

static void
update_numbers (StrataTrainView *self)
{
  strata_number_strip_update (self->numbers, get_current_run (self),
                              strata_runner_is_active (self->runner) ? self->runner : NULL);
}

static void
updated_cb (StrataTrainView *self)
{
  gboolean active = strata_runner_is_active (self->runner);

  strata_chart_board_set_x_end (self->board, active ? strata_runner_get_n_epochs (self->runner) : 0);
  update_numbers (self);
  /* While a run goes on, only what cannot mend itself is worth a word. */
  if (active && strata_advice_card_get_heading (self->advice) == NULL)
    update_advice (self);
}

static void
state_changed_cb (StrataTrainView *self)
{
  updated_cb (self);
  update_advice (self);
}

static StrataRunCurves *
find_curves (StrataTrainView *self,
             StrataRun       *run)
{
  for (guint i = 0; i < self->curves->len; i++)
    if (strata_run_curves_get_run (g_ptr_array_index (self->curves, i)) == run)
      return g_ptr_array_index (self->curves, i);
  return NULL;
}

static void
add_run (StrataTrainView *self,
         StrataRun       *run)
{
  StrataRunCurves *curves = strata_run_curves_new (run);

  strata_chart_board_add (self->board, curves);
  strata_run_curves_update (curves);
  strata_run_list_add (self->runs, curves);
  g_signal_connect_object (curves, "notify::visible", G_CALLBACK (update_names), self, G_CONNECT_SWAPPED);
  g_ptr_array_add (self->curves, curves);
}

static void
remove_gone_runs (StrataTrainView *self)
{
  const GPtrArray *runs = strata_document_get_runs (self->document);

  for (guint i = self->curves->len; i > 0; i--)
    {
      StrataRunCurves *curves = g_ptr_array_index (self->curves, i - 1);

      if (g_ptr_array_find ((GPtrArray *) runs, strata_run_curves_get_run (curves), NULL))
        continue;
      strata_chart_board_remove (self->board, curves);
      strata_run_list_remove (self->runs, curves);
      g_ptr_array_remove_index (self->curves, i - 1);
    }
}

static void
runs_changed_cb (StrataTrainView *self)
{
  const GPtrArray *runs = strata_document_get_runs (self->document);

  remove_gone_runs (self);
  for (guint i = 0; i < runs->len; i++)
    if (find_curves (self, g_ptr_array_index (runs, i)) == NULL)
      add_run (self, g_ptr_array_index (runs, i));
  update_names (self);
  update_numbers (self);
  if (get_current_run (self) != self->advised)
    update_advice (self);
  gtk_stack_set_visible_child_name (self->stack, runs->len > 0 ? "runs" : "empty");
  gtk_widget_set_visible (GTK_WIDGET (self->runs_button), runs->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->profile_button), runs->len > 0);
  adw_flap_set_locked (self->flap, runs->len == 0);
  if (runs->len == 0)
    gtk_toggle_button_set_active (self->runs_button, FALSE);
  else if (runs->len == 1)
    gtk_toggle_button_set_active (self->runs_button, !adw_flap_get_folded (self->flap));
}

static void
delete_response_cb (StrataTrainView *self,
                    const char      *response,
                    GtkWidget       *dialog)
{
  if (g_strcmp0 (response, "delete") == 0)
    strata_document_remove_run (self->document, g_object_get_data (G_OBJECT (dialog), "run"));
}

static void
delete_cb (StrataTrainView *self,
           StrataRun       *run)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autofree char *heading = g_strdup_printf (_("Delete “%s”?"), strata_run_get_name (run));
  GtkWidget *dialog = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, heading,
                                              _("Its curves and notes cannot be brought back. The network keeps what "
                                                "it learned."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "delete", _("_Delete"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "delete", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "run", g_object_ref (run), g_object_unref);
  g_signal_connect_object (dialog, "response", G_CALLBACK (delete_response_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* What could not even begin is told where the button is. */
static void
start_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  StrataTrainView *self = STRATA_TRAIN_VIEW (widget);
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;
  StrataAdvice advice = { STRATA_ADVICE_PROBLEM };

  if (strata_runner_start (self->runner, &error))
    return;
  advice.heading = _("The network cannot be trained yet");
  advice.body = sentence = strata_advice_sentence (error->message);
  if (strata_document_get_runs (self->document)->len > 0)
    {
      strata_advice_card_set_advice (self->advice, &advice);
      return;
    }
  adw_status_page_set_icon_name (self->empty, "dialog-warning-symbolic");
  adw_status_page_set_title (self->empty, advice.heading);
  adw_status_page_set_description (self->empty, advice.body);
}

static void
stop_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  strata_runner_stop (STRATA_TRAIN_VIEW (widget)->runner);
}

static void
strata_train_view_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  if (prop_id == PROP_SHOW_PROFILE)
    g_value_set_boolean (value, gtk_toggle_button_get_active (STRATA_TRAIN_VIEW (object)->profile_button));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
strata_train_view_set_property (GObject      *object,
                                guint         prop_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  if (prop_id == PROP_SHOW_PROFILE)
    gtk_toggle_button_set_active (STRATA_TRAIN_VIEW (object)->profile_button, g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
profile_toggled_cb (StrataTrainView *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOW_PROFILE]);
}

static void
remember (StrataMemorable *memorable,
          JsonObject      *memory)
{
  StrataTrainView *self = STRATA_TRAIN_VIEW (memorable);
  JsonObject *charts = json_object_new ();
  gboolean by_operation;

  g_object_get (self->profile, "by-operation", &by_operation, NULL);
  json_object_set_boolean_member (memory, "profile", gtk_toggle_button_get_active (self->profile_button));
  json_object_set_boolean_member (memory, "by-operation", by_operation);
  strata_chart_board_remember (self->board, charts);
  json_object_set_object_member (memory, "charts", charts);
}

static void
recall (StrataMemorable *memorable,
        JsonObject      *memory)
{
  StrataTrainView *self = STRATA_TRAIN_VIEW (memorable);
  JsonNode *charts = json_object_get_member (memory, "charts");

  gtk_toggle_button_set_active (self->profile_button, strata_json_get_bool (memory, "profile", FALSE));
  g_object_set (self->profile, "by-operation", strata_json_get_bool (memory, "by-operation", FALSE), NULL);
  if (charts != NULL && JSON_NODE_HOLDS_OBJECT (charts))
    strata_chart_board_recall (self->board, json_node_get_object (charts));
}

static void
memorable_init (StrataMemorableInterface *iface)
{
  iface->remember = remember;
  iface->recall = recall;
}

static void
strata_train_view_dispose (GObject *object)
{
  StrataTrainView *self = STRATA_TRAIN_VIEW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), STRATA_TYPE_TRAIN_VIEW);
  g_clear_pointer (&self->curves, g_ptr_array_unref);
  g_clear_object (&self->document);
  g_clear_object (&self->runner);
  G_OBJECT_CLASS (strata_train_view_parent_class)->dispose (object);
}

static void
strata_train_view_class_init (StrataTrainViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = strata_train_view_dispose;
  G_OBJECT_CLASS (klass)->get_property = strata_train_view_get_property;
  G_OBJECT_CLASS (klass)->set_property = strata_train_view_set_property;
  properties[PROP_SHOW_PROFILE] =
    g_param_spec_boolean ("show-profile", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, properties);
  g_type_ensure (STRATA_TYPE_RUN_LIST);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_install_action (widget_class, "train.start", NULL, start_action);
  gtk_widget_class_install_action (widget_class, "train.stop", NULL, stop_action);
  gtk_widget_class_install_property_action (widget_class, "train.profile", "show-profile");
  gtk_widget_class_set_template_from_resource (widget_class, "/app/strata/Strata/train/train-view.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataTrainView, flap);
  gtk_widget_class_bind_template_child (widget_class, StrataTrainView, top);
  gtk_widget_class_bind_template_child (widget_class, StrataTrainView, page);
  gtk_widget_class_bind_template_child (widget_class, StrataTrainView, stack);
  gtk_widget_class_bind_template_child (widget_class, StrataTrainView, empty);
  gtk_widget_class_bind_template_child (widget_class, StrataTrainView, runs_button);
  gtk_widget_class_bind_template_child (widget_class, StrataTrainView, runs);
  gtk_widget_class_bind_template_child (widget_class, StrataTrainView, profile_button);
}

static void
strata_train_view_init (StrataTrainView *self)
{
  self->curves = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->runs, "delete", G_CALLBACK (delete_cb), self);
  g_signal_connect_swapped (self->profile_button, "toggled", G_CALLBACK (profile_toggled_cb), self);
}

static void
add_parts (StrataTrainView *self)
{
  GtkWidget *bar = strata_control_bar_new (self->runner);

  gtk_widget_set_hexpand (bar, TRUE);
  gtk_box_prepend (self->top, bar);
  self->advice = STRATA_ADVICE_CARD (strata_advice_card_new ());
  self->numbers = STRATA_NUMBER_STRIP (strata_number_strip_new ());
  self->board = STRATA_CHART_BOARD (strata_chart_board_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->board), TRUE);
  gtk_box_append (self->page, strata_progress_strip_new (self->runner));
  gtk_box_append (self->page, GTK_WIDGET (self->advice));
  gtk_box_append (self->page, GTK_WIDGET (self->numbers));
  self->profile = strata_profile_card_new (self->runner);
  g_object_bind_property (self->profile_button, "active", self->profile, "visible", G_BINDING_SYNC_CREATE);
  gtk_box_append (self->page, self->profile);
  gtk_box_append (self->page, GTK_WIDGET (self->board));
}

/**
 * strata_train_view_new:
 * @document: what is trained
 * @runner: who trains it
 *
 * Returns: a view
 */
GtkWidget *
strata_train_view_new (StrataDocument *document,
                       StrataRunner   *runner)
{
  StrataTrainView *self;

  g_return_val_if_fail (STRATA_IS_DOCUMENT (document), NULL);
  g_return_val_if_fail (STRATA_IS_RUNNER (runner), NULL);

  self = g_object_new (STRATA_TYPE_TRAIN_VIEW, NULL);
  self->document = g_object_ref (document);
  self->runner = g_object_ref (runner);
  add_parts (self);
  g_signal_connect_object (document, "runs-changed", G_CALLBACK (runs_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (document, "analysed", G_CALLBACK (update_empty), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (runner, "updated", G_CALLBACK (updated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (runner, "notify::state", G_CALLBACK (state_changed_cb), self, G_CONNECT_SWAPPED);
  runs_changed_cb (self);
  update_empty (self);
  update_advice (self);
  return GTK_WIDGET (self);
}
