/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "train/advice.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "charts/chart-kind.h"

/* A validation loss this much above its least has risen, if that is also this share of what it fell before: curves
 * that are nearly flat waver. */
#define RISEN 1.05
#define LOST 0.05
/* A loss that is still above this share of the first has hardly moved. */
#define STUCK 0.98
/* A loss that fell below this share within the last quarter is still falling. */
#define FALLING 0.93

static StrataAdvice *
advice_new (StrataAdviceTone  tone,
            char             *heading,
            char             *body)
{
  StrataAdvice *self = g_new0 (StrataAdvice, 1);

  self->tone = tone;
  self->heading = heading;
  self->body = body;
  return self;
}

/**
 * strata_advice_free:
 * @self: (nullable): advice
 */
void
strata_advice_free (StrataAdvice *self)
{
  if (self == NULL)
    return;
  g_free (self->heading);
  g_free (self->body);
  g_free (self);
}

/**
 * strata_advice_sentence:
 * @message: (nullable): the message of an error
 *
 * Returns: (transfer full): @message with a full stop
 */
char *
strata_advice_sentence (const char *message)
{
  gsize length = message != NULL ? strlen (message) : 0;

  if (length == 0 || strchr (".!?", message[length - 1]) != NULL)
    return g_strdup (message != NULL ? message : "");
  /* Translators: a sentence without and with its end. */
  return g_strdup_printf (_("%s."), message);
}

static StrataAdvice *
advise_overflow (guint epoch)
{
  return advice_new (STRATA_ADVICE_PROBLEM, g_strdup (_("The loss is no longer a number")),
                     g_strdup_printf (_("In epoch %u the weights grew until they overflowed, and the loss became NaN "
                                        "(not a "
                                        "number). Mostly the learning rate is too high: try a tenth of it. It "
                                        "also helps to "
                                        "scale the inputs to a range near 0 to 1, and to look for missing values in "
                                        "the "
                                        "data. The network keeps the weights that it had before this run."),
                                      epoch));
}

static guint
find_best (const StrataRunPoint *points,
           guint                 n,
           StrataBest            best)
{
  guint found = 0;

  for (guint i = 1; i < n; i++)
    if (isfinite (points[i].value) &&
        (!isfinite (points[found].value) || (best == STRATA_BEST_HIGHEST ? points[i].value > points[found].value
                                                                         : points[i].value < points[found].value)))
      found = i;
  return found;
}

static void
append_value (GString    *text,
              StrataRun  *run,
              const char *log,
              guint       index)
{
  const StrataChartKind *kind = strata_chart_kinds_find_for_log (log);
  g_autofree char *title = strata_chart_log_title (log);
  g_autofree char *value = NULL;
  const StrataRunPoint *points;
  guint n;

  points = strata_run_get_epoch_points (run, log, &n);
  if (index >= n)
    return;
  value = strata_chart_kind_format (kind, points[index].value);
  title[0] = g_ascii_islower (title[1]) ? g_ascii_tolower (title[0]) : title[0];
  g_string_append_printf (text, "%s%s %s", text->len > 0 ? ", " : "", title, value);
}

/* The values of an epoch: of held-out samples where there are some. */
static char *
describe_epoch (StrataRun *run,
                guint      index,
                gboolean   validation)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < strata_run_get_n_series (run); i++)
    {
      const char *log = strata_run_get_series_name (run, i);

      if (g_str_has_prefix (log, "val_") == validation && strata_chart_kinds_find_for_log (log)->get_best != NULL)
        append_value (text, run, log, index);
    }
  return g_string_free (text, FALSE);
}

/* Both curves after the best epoch: one rises and stays up, as one that jumps about does not; the other still falls. */
static gboolean
is_overfit (StrataRun            *run,
            const StrataRunPoint *validation,
            guint                 n,
            guint                 best)
{
  const StrataRunPoint *training;
  double mean = 0, least = validation[best].value, least_late = INFINITY;
  guint n_training;

  training = strata_run_get_epoch_points (run, "loss", &n_training);
  if (n_training != n || n - best <= MAX (2, n / 5))
    return FALSE;
  for (guint i = best + 1; i < n; i++)
    {
      mean += validation[i].value / (n - 1 - best);
      if (i > (best + n) / 2)
        least_late = MIN (least_late, validation[i].value);
    }
  return mean > RISEN * least && least_late > RISEN * least && mean - least > LOST * (validation[0].value - least) &&
         training[n - 1].value < training[best].value;
}

static gboolean
is_stuck (const StrataRunPoint *points,
          guint                 n)
{
  return n >= 2 && points[0].value > 0 &&
         points[find_best (points, n, STRATA_BEST_LOWEST)].value > STUCK * points[0].value;
}

static gboolean
is_falling (const StrataRunPoint *points,
            guint                 n)
{
  guint back = MAX (1, n / 4);

  return n >= 4 && points[n - 1 - back].value > 0 && points[n - 1].value < FALLING * points[n - 1 - back].value;
}

static StrataAdvice *
advise_overfit (StrataRun            *run,
                const StrataRunPoint *points,
                guint                 best)
{
  g_autofree char *values = describe_epoch (run, best, TRUE);

  return advice_new (STRATA_ADVICE_HINT,
                     g_strdup_printf (_("Best after epoch %u, then overfitting"), (guint) points[best].epoch),
                     g_strdup_printf (_("Best values: %s. Since then the validation loss rises while the training loss "
                                        "still "
                                        "falls: the network learns its samples by heart instead of what they have in "
                                        "common. "
                                        "Train for fewer epochs, add a Dropout layer, use fewer units, or find "
                                        "more data."),
                                      values));
}

static StrataAdvice *
advise_finished (StrataRun  *run,
                 const char *log)
{
  const StrataRunPoint *points;
  g_autofree char *values = NULL;
  guint n, best;

  points = strata_run_get_epoch_points (run, log, &n);
  if (n == 0)
    return NULL;
  best = find_best (points, n, STRATA_BEST_LOWEST);
  if (g_str_has_prefix (log, "val_") && is_overfit (run, points, n, best))
    return advise_overfit (run, points, best);
  values = describe_epoch (run, best, g_str_has_prefix (log, "val_"));
  if (is_stuck (points, n))
    return advice_new (STRATA_ADVICE_HINT, g_strdup (_("The loss hardly moved")),
                       g_strdup_printf (_("After epoch %u: %s. The network learns next to nothing. Try a higher "
                                          "learning rate, "
                                          "another optimizer, or a last layer and a loss that fit the targets."),
                                        (guint) points[best].epoch, values));
  if (is_falling (points, n))
    return advice_new (STRATA_ADVICE_GOOD,
                       g_strdup_printf (_("Best after epoch %u, and not done yet"), (guint) points[best].epoch),
                       g_strdup_printf (_("Best values: %s. The loss was still falling at the end, so more epochs "
                                          "should help."),
                                        values));
  return advice_new (STRATA_ADVICE_GOOD,
                     g_strdup_printf (_("Best after epoch %u of %u"), (guint) points[best].epoch, n),
                     g_strdup_printf (_("Best values: %s."), values));
}

/**
 * strata_advice_new_for_run:
 * @run: a run
 *
 * Looks at the curves of a run as a teacher would: whether numbers overflowed,
 * whether it learns by heart, whether it was too short.
 *
 * Returns: (transfer full) (nullable): what to say about it; %NULL while there is nothing
 */
StrataAdvice *
strata_advice_new_for_run (StrataRun *run)
{
  guint epoch = 0, n;

  g_return_val_if_fail (STRATA_IS_RUN (run), NULL);

  if (strata_run_has_overflowed (run, &epoch))
    return advise_overflow (epoch);
  if (strata_run_get_state (run) == STRATA_RUN_FAILED)
    return advice_new (STRATA_ADVICE_PROBLEM, g_strdup (_("Training did not work")),
                       strata_advice_sentence (strata_run_get_message (run)));
  if (strata_run_get_state (run) == STRATA_RUN_ACTIVE)
    return NULL;
  strata_run_get_epoch_points (run, "val_loss", &n);
  return advise_finished (run, n > 0 ? "val_loss" : "loss");
}
