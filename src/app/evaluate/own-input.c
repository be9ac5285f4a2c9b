/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "evaluate/own-input.h"

#include <glib/gi18n.h>
#include <math.h>

#include "evaluate/feature-fields.h"
#include "evaluate/picture-input.h"
#include "evaluate/sample-input.h"
#include "evaluate/series-input.h"
#include "evaluate/text-input.h"
#include "runner/own-sample.h"
#include "widgets/paragraph.h"

/* Of more classes, only the likeliest are shown. */
#define MOST_BARS 12
#define MOST_FEATURES 40
/* More lines cannot be told apart, and more steps not be hit. */
#define MOST_LINES 12
#define MOST_STEPS 400

/**
 * StrataOwnInput:
 *
 * What the network says to what the user draws, drops, types or sets, for each of its inputs: the answer follows every
 * stroke.
 */
struct _StrataOwnInput
{
  GtkWidget parent_instance;

  StrataEvaluation *evaluation; /* the view's, until another is shown */
  gboolean asking, changed;     /* whether a question is on its way, and whether there is another one already */
  GPtrArray *pads;              /* a StrataOwnPad for each input */
  GtkWidget *inputs, *sentence, *bars;
};

G_DEFINE_FINAL_TYPE (StrataOwnInput, strata_own_input, GTK_TYPE_WIDGET)

static void ask (StrataOwnInput *self);

/* What to do, while there is nothing to answer. */
static void
show_hint (StrataOwnInput *self,
           const char     *hint)
{
  gtk_label_set_label (GTK_LABEL (self->sentence), hint);
  strata_bars_clear (STRATA_BARS (self->bars));
}

static void
add_bar (StrataOwnInput *self,
         gint64          class,
         double          probability,
         gboolean        is_best)
{
  g_autofree char *name = strata_data_set_dup_answer (self->evaluation->set, class);
  /* Translators: a probability in percent */
  g_autofree char *text = g_strdup_printf (_("%.1f\u00a0%%"), 100 * probability);

  strata_bars_add (STRATA_BARS (self->bars), name, probability, text, is_best ? 0 : 6);
}

static gint64
find_most (const GArray *answer,
           double        below)
{
  gint64 best = -1;

  for (guint i = 0; i < answer->len; i++)
    if (g_array_index (answer, double, i) < below &&
        (best < 0 || g_array_index (answer, double, i) > g_array_index (answer, double, best)))
      best = i;
  return best;
}

static void
show_classes (StrataOwnInput *self,
              const GArray   *answer)
{
  gint64 best = find_most (answer, INFINITY);
  g_autofree char *name = strata_data_set_dup_answer (self->evaluation->set, best), *text = NULL;
  double below = INFINITY;

  /* Translators: what the network takes something for, and how sure it is in percent */
  text = g_strdup_printf (_("It says “%s”, and is %.0f\u00a0%% sure"), name,
                          100 * g_array_index (answer, double, best));
  gtk_label_set_label (GTK_LABEL (self->sentence), text);
  strata_bars_clear (STRATA_BARS (self->bars));
  if (answer->len <= MOST_BARS)
    for (guint i = 0; i < answer->len; i++)
      add_bar (self, i, g_array_index (answer, double, i), i == best);
  else
    for (guint i = 0; i < MOST_BARS; i++)
      {
        gint64 next = find_most (answer, below);

        if (next < 0)
          break;
        below = g_array_index (answer, double, next);
        add_bar (self, next, below, i == 0);
      }
}

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (StrataOwnInput) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) answer = strata_evaluation_answer_finish (result, &error);

  self->asking = FALSE;
  if (self->evaluation == NULL)
    return;
  if (self->changed)
    {
      ask (self);
      return;
    }
  if (answer == NULL)
    show_hint (self, error->message);
  else if (self->evaluation->n_classes > 0)
    show_classes (self, answer);
  else
    {
      const char *name = self->evaluation->set->target_name;
      double number = g_array_index (answer, double, 0);
      /* Translators: what is predicted, and the number; without its name where that is not known */
      g_autofree char *text = name != NULL ? g_strdup_printf (_("It says “%s” is %.4g"), name, number)
                                           : g_strdup_printf (_("It says %.4g"), number);

      gtk_label_set_label (GTK_LABEL (self->sentence), text);
    }
}

/* All of them as one sample, or %NULL, with what there is to be said of the first one that has nothing to read. */
static StrataDataSet *
read_inputs (StrataOwnInput  *self,
             char           **hint)
{
  g_autoptr (GPtrArray) inputs = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_tensor_unref);
  g_autoptr (GError) error = NULL;
  StrataOwnPad *first = NULL;
  StrataDataSet *sample = NULL;

  for (guint i = 0; i < self->pads->len && error == NULL; i++)
    {
      StrataOwnPad *pad = g_ptr_array_index (self->pads, i);
      StrataTensor *input = strata_own_pad_read (pad, &error);

      if (input != NULL)
        g_ptr_array_add (inputs, input);
      else if (first == NULL)
        first = pad;
    }
  if (first == NULL)
    sample = strata_own_sample_new (self->evaluation->set, (StrataTensor *const *) inputs->pdata, inputs->len, &error);
  if (sample == NULL)
    *hint = g_strdup (error != NULL ? error->message : strata_own_pad_get_hint (first));
  return sample;
}

static void
ask (StrataOwnInput *self)
{
  g_autoptr (StrataDataSet) sample = NULL;
  g_autofree char *hint = NULL;

  if (self->evaluation == NULL)
    return;
  self->changed = self->asking;
  if (self->asking)
    return;
  sample = read_inputs (self, &hint);
  if (sample == NULL)
    {
      show_hint (self, hint);
      return;
    }
  self->asking = TRUE;
  strata_evaluation_answer_async (self->evaluation, sample, NULL, answered_cb, g_object_ref (self));
}

/* By hand, where that is possible. */
static gboolean
can_be_made (const StrataInputFacts *facts)
{
  switch (facts->kind)
    {
    case STRATA_SAMPLE_IMAGE:
    case STRATA_SAMPLE_TEXT:
      return TRUE;
    case STRATA_SAMPLE_ROW:
      return facts->shape.rank <= 1 && strata_shape_get_size (&facts->shape) <= MOST_FEATURES;
    case STRATA_SAMPLE_SERIES:
      return facts->shape.dims[0] <= MOST_STEPS && facts->shape.dims[1] <= MOST_LINES;
    default:
      return FALSE;
    }
}

/* One that nothing can be put into is worth no panel; some beside others take a sample of the data. */
static gboolean
is_possible (const StrataEvaluation *evaluation)
{
  gboolean any = FALSE;

  for (guint i = 0; i < evaluation->inputs->len; i++)
    any = any || can_be_made (g_ptr_array_index (evaluation->inputs, i));
  return any && evaluation->answers != NULL;
}

static const struct
{
  GType (*get_type) (void);
  GtkWidget *(*new) (void);
} makers[] = {
  [STRATA_SAMPLE_ROW] = { strata_feature_fields_get_type, strata_feature_fields_new },
  [STRATA_SAMPLE_IMAGE] = { strata_picture_input_get_type, strata_picture_input_new },
  [STRATA_SAMPLE_SERIES] = { strata_series_input_get_type, strata_series_input_new },
  [STRATA_SAMPLE_TEXT] = { strata_text_input_get_type, strata_text_input_new },
}, from_data = { strata_sample_input_get_type, strata_sample_input_new };

static gboolean
have_pads (StrataOwnInput  *self,
           const GPtrArray *inputs)
{
  gboolean have = self->pads->len == inputs->len;

  for (guint i = 0; have && i < inputs->len; i++)
    {
      const StrataInputFacts *facts = g_ptr_array_index (inputs, i);
      GType type = can_be_made (facts) ? makers[facts->kind].get_type () : from_data.get_type ();

      have = G_OBJECT_TYPE (g_ptr_array_index (self->pads, i)) == type;
    }
  return have;
}

static void
add_pad (StrataOwnInput         *self,
         const StrataInputFacts *facts,
         gboolean                is_named)
{
  GtkWidget *pad = can_be_made (facts) ? makers[facts->kind].new () : from_data.new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  if (is_named)
    strata_paragraph_append (box, facts->name, "caption-heading", PANGO_WRAP_WORD_CHAR);
  g_signal_connect_object (pad, "changed", G_CALLBACK (ask), self, G_CONNECT_SWAPPED);
  g_ptr_array_add (self->pads, pad);
  gtk_box_append (GTK_BOX (box), pad);
  gtk_box_append (GTK_BOX (self->inputs), box);
}

/* Those of a network like the last one stay, with what was put in. */
static void
show_pads (StrataOwnInput  *self,
           const GPtrArray *inputs)
{
  gboolean have = have_pads (self, inputs);
  GtkWidget *child;

  if (!have)
    {
      g_ptr_array_set_size (self->pads, 0);
      while ((child = gtk_widget_get_first_child (self->inputs)) != NULL)
        gtk_box_remove (GTK_BOX (self->inputs), child);
    }
  for (guint i = 0; i < inputs->len; i++)
    {
      if (!have)
        add_pad (self, g_ptr_array_index (inputs, i), inputs->len > 1);
      strata_own_pad_show (g_ptr_array_index (self->pads, i), g_ptr_array_index (inputs, i));
    }
}

/**
 * strata_own_input_show:
 * @evaluation: (nullable): of the network to ask; it must stay until another is shown
 *
 * Returns: whether own input is possible; nothing is to be seen otherwise
 */
gboolean
strata_own_input_show (StrataOwnInput   *self,
                       StrataEvaluation *evaluation)
{
  self->evaluation = NULL;
  if (evaluation == NULL || !is_possible (evaluation))
    return FALSE;
  show_pads (self, evaluation->inputs);
  self->evaluation = evaluation;
  gtk_widget_set_visible (self->bars, evaluation->n_classes > 0);
  ask (self);
  return TRUE;
}

StrataBars *
strata_own_input_get_bars (StrataOwnInput *self)
{
  return STRATA_BARS (self->bars);
}

const char *
strata_own_input_get_answer (StrataOwnInput *self)
{
  return gtk_label_get_label (GTK_LABEL (self->sentence));
}

/**
 * strata_own_input_open_picture:
 *
 * Asks about a picture, where pictures are what the network takes: its first input that has none yet, or the first.
 *
 * Returns: whether they are
 */
gboolean
strata_own_input_open_picture (StrataOwnInput *self,
                               GFile          *file)
{
  StrataOwnPad *chosen = NULL;

  for (guint i = 0; self->evaluation != NULL && i < self->pads->len; i++)
    {
      StrataOwnPad *pad = g_ptr_array_index (self->pads, i);
      g_autoptr (StrataTensor) input = NULL;

      if (!STRATA_IS_PICTURE_INPUT (pad))
        continue;
      input = strata_own_pad_read (pad, NULL);
      if (chosen == NULL || input == NULL)
        chosen = pad;
      if (input == NULL)
        break;
    }
  return chosen != NULL && strata_own_pad_open_picture (chosen, file);
}

static void
strata_own_input_dispose (GObject *object)
{
  StrataOwnInput *self = STRATA_OWN_INPUT (object);
  GtkWidget *child;

  self->evaluation = NULL;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (strata_own_input_parent_class)->dispose (object);
}

static void
strata_own_input_finalize (GObject *object)
{
  g_ptr_array_unref (STRATA_OWN_INPUT (object)->pads);

  G_OBJECT_CLASS (strata_own_input_parent_class)->finalize (object);
}

static void
strata_own_input_class_init (StrataOwnInputClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = strata_own_input_dispose;
  G_OBJECT_CLASS (klass)->finalize = strata_own_input_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
}

static void
strata_own_input_init (StrataOwnInput *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self))), 24);
  self->pads = g_ptr_array_new ();
  self->inputs = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  self->sentence = strata_paragraph_append (box, NULL, "heading", PANGO_WRAP_WORD);
  self->bars = strata_bars_new (_("How sure it is of each class"));
  strata_bars_set_whole (STRATA_BARS (self->bars), 1);
  gtk_widget_set_hexpand (box, TRUE);
  gtk_box_append (GTK_BOX (box), self->bars);
  gtk_widget_set_parent (self->inputs, GTK_WIDGET (self));
  gtk_widget_set_parent (box, GTK_WIDGET (self));
}

/**
 * strata_own_input_new:
 *
 * Returns: (transfer floating): a place for own input, of no network yet
 */
GtkWidget *
strata_own_input_new (void)
{
  return g_object_new (STRATA_TYPE_OWN_INPUT, NULL);
}
