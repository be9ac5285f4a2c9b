/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "evaluate/mistakes.h"

#include <glib/gi18n.h>
#include <math.h>

#include "data-view/sample-grid.h"
#include "widgets/paragraph.h"

#define MOST_MISTAKES 24

/**
 * StrataMistakes:
 *
 * The samples that a network is most wrong about. They are read in a thread, as they may be files.
 */
struct _StrataMistakes
{
  GtkWidget parent_instance;

  GCancellable *reading;        /* while samples are on their way */
  GtkWidget *title, *grid;
};

G_DEFINE_FINAL_TYPE (StrataMistakes, strata_mistakes, GTK_TYPE_WIDGET)

/* What was asked for, until it is read. */
typedef struct
{
  StrataMistakes *mistakes;
  GCancellable *cancellable;
  GStrv captions;
} Wanted;

static void
wanted_free (Wanted *self)
{
  g_object_unref (self->mistakes);
  g_object_unref (self->cancellable);
  g_strfreev (self->captions);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Wanted, wanted_free)

static char *
describe (StrataEvaluation    *evaluation,
          const StrataMistake *mistake)
{
  g_autofree char *truth = strata_data_set_dup_answer (evaluation->set, mistake->truth);
  g_autofree char *answer = strata_data_set_dup_answer (evaluation->set, mistake->answer);

  /* Translators: a number that was predicted, and the true one */
  if (isnan (mistake->confidence))
    return g_strdup_printf (_("%s instead of %s"), answer, truth);
  /* Translators: what the network took a sample for, what it is, and how sure the network was, in percent */
  return g_strdup_printf (_("%s instead of %s (%.0f\u00a0%%)"), answer, truth, 100 * mistake->confidence);
}

/* Numbers are rows of a table, and texts long: fewer of those can be overlooked. */
static guint
get_most (StrataEvaluation *evaluation)
{
  return evaluation->n_classes == 0 || evaluation->set->vocabulary != NULL ? MOST_MISTAKES / 2 : MOST_MISTAKES;
}

static GArray *
choose (StrataEvaluation *evaluation,
        gint64            truth,
        gint64            answer)
{
  GArray *chosen = g_array_new (FALSE, FALSE, sizeof (StrataMistake));
  gboolean all = truth < 0 || evaluation->n_classes == 0;

  for (guint i = 0; i < evaluation->mistakes->len && chosen->len < get_most (evaluation); i++)
    {
      const StrataMistake *mistake = &g_array_index (evaluation->mistakes, StrataMistake, i);

      if (all || (mistake->truth == truth && (truth == answer || mistake->answer == answer)))
        g_array_append_vals (chosen, mistake, 1);
    }
  return chosen;
}

static void
stop_reading (StrataMistakes *self)
{
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (Wanted) wanted = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataPreview) preview = strata_preview_read_finish (result, &error);
  StrataMistakes *self = wanted->mistakes;

  if (self->reading != wanted->cancellable)
    return;
  g_clear_object (&self->reading);
  gtk_widget_set_visible (self->grid, preview != NULL);
  if (preview == NULL)
    {
      /* Translators: why, such as a file that is gone */
      g_autofree char *text = g_strdup_printf (_("The worst mistakes cannot be shown: %s"), error->message);

      gtk_label_set_label (GTK_LABEL (self->title), text);
      return;
    }
  strata_sample_grid_show (STRATA_SAMPLE_GRID (self->grid), preview, (const char *const *) wanted->captions,
                           _("Prediction"));
}

static void
name_inputs (StrataMistakes   *self,
             StrataEvaluation *evaluation)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < evaluation->inputs->len; i++)
    g_ptr_array_add (names, g_strdup (((const StrataInputFacts *) g_ptr_array_index (evaluation->inputs, i))->name));
  strata_sample_grid_set_inputs (STRATA_SAMPLE_GRID (self->grid), names);
}

static void
read_samples (StrataMistakes   *self,
              StrataEvaluation *evaluation,
              const GArray     *chosen)
{
  Wanted *wanted = g_new (Wanted, 1);

  name_inputs (self, evaluation);
  self->reading = g_cancellable_new ();
  *wanted = (Wanted){ g_object_ref (self), g_object_ref (self->reading), g_new0 (char *, chosen->len + 1) };
  for (guint i = 0; i < chosen->len; i++)
    wanted->captions[i] = describe (evaluation, &g_array_index (chosen, StrataMistake, i));
  strata_evaluation_read_async (evaluation, (const StrataMistake *) chosen->data, chosen->len, self->reading, read_cb,
                                wanted);
}

/**
 * strata_mistakes_show:
 * @evaluation: (nullable): what was found out; it need not stay
 * @truth: the class whose samples are shown, or -1 for all
 * @answer: what they were taken for; @truth for anything else
 *
 * Shows the worst mistakes first. What was shown before stays until they are read: nothing jumps.
 */
void
strata_mistakes_show (StrataMistakes   *self,
                      StrataEvaluation *evaluation,
                      gint64            truth,
                      gint64            answer)
{
  g_autoptr (GArray) chosen = NULL;

  stop_reading (self);
  if (evaluation == NULL)
    return;
  chosen = choose (evaluation, truth, answer);
  gtk_label_set_label (GTK_LABEL (self->title),
                       chosen->len == 0             ? _("No mistakes here")
                       : evaluation->n_classes == 0 ? _("The worst predictions")
                                                    : _("The worst mistakes: those it was most sure of"));
  if (chosen->len > 0)
    read_samples (self, evaluation, chosen);
  else
    gtk_widget_set_visible (self->grid, FALSE);
}

gboolean
strata_mistakes_is_reading (StrataMistakes *self)
{
  return self->reading != NULL;
}

guint
strata_mistakes_get_n (StrataMistakes *self)
{
  return gtk_widget_get_visible (self->grid) ? strata_sample_grid_get_n (STRATA_SAMPLE_GRID (self->grid)) : 0;
}

const char *
strata_mistakes_get_title (StrataMistakes *self)
{
  return gtk_label_get_label (GTK_LABEL (self->title));
}

static void
strata_mistakes_dispose (GObject *object)
{
  StrataMistakes *self = STRATA_MISTAKES (object);
  GtkWidget *child;

  stop_reading (self);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (strata_mistakes_parent_class)->dispose (object);
}

static void
strata_mistakes_class_init (StrataMistakesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = strata_mistakes_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
strata_mistakes_init (StrataMistakes *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);

  self->title = strata_paragraph_append (box, NULL, "title-4", PANGO_WRAP_WORD);
  self->grid = strata_sample_grid_new (_("The worst mistakes"));
  gtk_box_append (GTK_BOX (box), self->grid);
  gtk_widget_set_visible (self->grid, FALSE);
  gtk_widget_set_parent (box, GTK_WIDGET (self));
}

/**
 * strata_mistakes_new:
 *
 * Returns: (transfer floating): the mistakes of no network yet
 */
GtkWidget *
strata_mistakes_new (void)
{
  return g_object_new (STRATA_TYPE_MISTAKES, NULL);
}
