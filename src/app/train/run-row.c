/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "train/run-row.h"

#include <glib/gi18n.h>
#include <math.h>

#include "base/json.h"
#include "charts/chart-kind.h"
#include "charts/figures.h"
#include "charts/swatch.h"

/**
 * StrataRunRow:
 *
 * A run in the list: its colour, what became of it, and, opened, its name, notes and settings.
 */
struct _StrataRunRow
{
  AdwExpanderRow parent_instance;

  StrataRunCurves *curves;
  GtkToggleButton *eye;
  GtkEditable *name, *notes;
  GtkLabel *details;
  GtkWidget *delete_button;
};

G_DEFINE_FINAL_TYPE (StrataRunRow, strata_run_row, ADW_TYPE_EXPANDER_ROW)

enum
{
  DELETE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* What became of a run, unless it simply came to its end. */
static const char *
describe_state (StrataRun *run)
{
  switch (strata_run_get_state (run))
    {
    case STRATA_RUN_ACTIVE:
      return _("Training…");
    case STRATA_RUN_FAILED:
      return _("Failed");
    case STRATA_RUN_STOPPED:
      return _("Stopped");
    case STRATA_RUN_FINISHED:
    default:
      return "";
    }
}

/* The last value of an epoch, as "accuracy 97.63 %". */
static void
append_value (StrataRun  *run,
              const char *log,
              const char *separator,
              GString    *text)
{
  const StrataChartKind *kind = strata_chart_kinds_find_for_log (log);
  const StrataRunPoint *points;
  g_autofree char *value = NULL, *title = NULL;
  guint n;

  points = strata_run_get_epoch_points (run, log, &n);
  if (n == 0)
    return;
  value = strata_chart_kind_format (kind, points[n - 1].value);
  title = strata_chart_log_title (log);
  g_string_append_printf (text, "%s%s: %s", text->len > 0 ? separator : "", title, value);
}

/* What a run is judged by first: accuracy or another metric, of held-out samples if there are some; or the loss. */
static const char *
find_headline (StrataRun *run)
{
  const char *found = NULL;
  int best_score = -1;

  for (guint i = 0; i < strata_run_get_n_series (run); i++)
    {
      const char *log = strata_run_get_series_name (run, i);
      const StrataChartKind *kind = strata_chart_kinds_find_for_log (log);
      int score = 2 * g_str_has_prefix (log, "val_") + !g_str_equal (kind->name, "loss");
      guint n;

      strata_run_get_epoch_points (run, log, &n);
      if (n > 0 && kind->get_best != NULL && score > best_score)
        {
          best_score = score;
          found = log;
        }
    }
  return found;
}

static JsonObject *
get_part (StrataRun  *run,
          const char *key)
{
  JsonNode *settings = strata_run_get_settings (run);

  return settings != NULL && JSON_NODE_HOLDS_OBJECT (settings)
         ? strata_json_get_object (json_node_get_object (settings), key) : NULL;
}

/* "Adam, rate 0.001, batches of 32, 10 epochs": what one wants to know of runs that are compared. */
static void
append_settings (StrataRun *run,
                 GString   *text)
{
  JsonObject *compile = get_part (run, "compile"), *fit = get_part (run, "fit");
  JsonNode *optimizer = compile != NULL ? json_object_get_member (compile, "optimizer") : NULL;
  gboolean is_object = optimizer != NULL && JSON_NODE_HOLDS_OBJECT (optimizer);
  JsonObject *config = is_object ? strata_json_get_object (json_node_get_object (optimizer), "config") : NULL;
  const char *name = is_object ? strata_json_get_string (json_node_get_object (optimizer), "class_name", NULL) : NULL;
  double rate = config != NULL ? strata_json_get_double (config, "learning_rate", 0) : 0;

  if (optimizer != NULL && strata_json_is_string (optimizer))
    name = json_node_get_string (optimizer);
  if (name != NULL)
    g_string_append_printf (text, "\n%s", name);
  if (name != NULL && rate > 0)
    {
      g_autofree char *number = strata_figures_short (rate);

      g_string_append_printf (text, _(", learning rate %s"), number);
    }
  if (fit != NULL)
    {
      g_string_append_c (text, '\n');
      g_string_append_printf (text, _("Batch size: %d"), (int) strata_json_get_int (fit, "batch_size", 32));
    }
  if (fit != NULL && strata_json_get_bool (fit, "new_weights", FALSE))
    g_string_append_printf (text, "\n%s", _("From new weights"));
}

static void
update (StrataRunRow *self)
{
  StrataRun *run = strata_run_curves_get_run (self->curves);
  const char *headline = find_headline (run);
  const char *state = describe_state (run);
  g_autofree char *time = strata_figures_duration (strata_run_get_seconds (run));
  g_autofree char *name = g_markup_escape_text (strata_run_get_name (run), -1);
  GString *subtitle = g_string_new (NULL), *details = g_string_new (NULL);
  g_autofree char *markup = NULL;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), name);
  if (headline != NULL)
    append_value (run, headline, "", subtitle);
  g_string_append_printf (subtitle, "%s%s", subtitle->len > 0 && state[0] != '\0' ? " · " : "", state);
  markup = g_markup_escape_text (subtitle->str, -1);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), markup);
  for (guint i = 0; i < strata_run_get_n_series (run); i++)
    append_value (run, strata_run_get_series_name (run, i), "\n", details);
  if (details->len > 0)
    g_string_append_c (details, '\n');
  g_string_append_printf (details, _("Time: %s"), time);
  append_settings (run, details);
  gtk_label_set_text (self->details, details->str);
  gtk_widget_set_sensitive (self->delete_button, strata_run_get_state (run) != STRATA_RUN_ACTIVE);
  g_string_free (subtitle, TRUE);
  g_string_free (details, TRUE);
}

static void
eye_cb (StrataRunRow *self)
{
  gboolean visible = gtk_toggle_button_get_active (self->eye);

  gtk_button_set_icon_name (GTK_BUTTON (self->eye), visible ? "view-reveal-symbolic" : "view-conceal-symbolic");
}

static void
name_applied_cb (StrataRunRow *self)
{
  const char *text = gtk_editable_get_text (self->name);

  if (text[0] != '\0')
    strata_run_set_name (strata_run_curves_get_run (self->curves), text);
}

static void
notes_applied_cb (StrataRunRow *self)
{
  strata_run_set_notes (strata_run_curves_get_run (self->curves), gtk_editable_get_text (self->notes));
}

static void
delete_cb (StrataRunRow *self)
{
  g_signal_emit (self, signals[DELETE], 0);
}

static void
strata_run_row_dispose (GObject *object)
{
  StrataRunRow *self = STRATA_RUN_ROW (object);

  g_clear_object (&self->curves);
  G_OBJECT_CLASS (strata_run_row_parent_class)->dispose (object);
}

static void
strata_run_row_class_init (StrataRunRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = strata_run_row_dispose;
  signals[DELETE] = g_signal_new ("delete", STRATA_TYPE_RUN_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);
}

static GtkEditable *
add_entry (StrataRunRow *self,
           const char   *title,
           GCallback     applied)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (row), TRUE);
  g_signal_connect_swapped (row, "apply", applied, self);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
  return GTK_EDITABLE (row);
}

static void
add_details (StrataRunRow *self)
{
  GtkWidget *row = gtk_list_box_row_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (NULL), *button = gtk_button_new_from_icon_name ("user-trash-symbolic");

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_set_tooltip_text (button, _("Delete this run"));
  gtk_widget_set_valign (button, GTK_ALIGN_END);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 12);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), button);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (delete_cb), self);
  self->details = GTK_LABEL (label);
  self->delete_button = button;
}

static void
strata_run_row_init (StrataRunRow *self)
{
  self->eye = GTK_TOGGLE_BUTTON (gtk_toggle_button_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->eye), GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->eye), _("Show in charts"));
  gtk_widget_add_css_class (GTK_WIDGET (self->eye), "flat");
  gtk_widget_add_css_class (GTK_WIDGET (self->eye), "circular");
  gtk_button_set_icon_name (GTK_BUTTON (self->eye), "view-conceal-symbolic");
  g_signal_connect_swapped (self->eye, "toggled", G_CALLBACK (eye_cb), self);
  adw_expander_row_add_action (ADW_EXPANDER_ROW (self), GTK_WIDGET (self->eye));
  self->name = add_entry (self, _("Name"), G_CALLBACK (name_applied_cb));
  self->notes = add_entry (self, _("Notes"), G_CALLBACK (notes_applied_cb));
  add_details (self);
}

/**
 * strata_run_row_new:
 * @curves: the lines of a run
 *
 * Returns: a row
 */
GtkWidget *
strata_run_row_new (StrataRunCurves *curves)
{
  StrataRunRow *self = g_object_new (STRATA_TYPE_RUN_ROW, NULL);
  StrataRun *run = strata_run_curves_get_run (curves);
  const char *notes = strata_run_get_notes (run);

  self->curves = g_object_ref (curves);
  adw_expander_row_add_prefix (ADW_EXPANDER_ROW (self), strata_swatch_new (strata_run_curves_get_color (curves)));
  g_object_bind_property (curves, "visible", self->eye, "active", G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  gtk_editable_set_text (self->name, strata_run_get_name (run));
  gtk_editable_set_text (self->notes, notes != NULL ? notes : "");
  g_signal_connect_object (run, "notify::name", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (run, "notify::state", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}

/**
 * strata_run_row_get_curves:
 * @self: a row
 *
 * Returns: (transfer none): the lines of its run
 */
StrataRunCurves *
strata_run_row_get_curves (StrataRunRow *self)
{
  g_return_val_if_fail (STRATA_IS_RUN_ROW (self), NULL);

  return self->curves;
}
