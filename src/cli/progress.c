/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "progress.h"
#include "terminal.h"

#include <math.h>
#include <stdio.h>
#include <unistd.h>

#define BAR 20
#define REFRESH_SECONDS 0.05

static void
append_bar (GString *line,
            double   done)
{
  int filled = (int) (done * BAR);

  for (int i = 0; i < BAR; i++)
    g_string_append (line, i < filled ? "━" : "╸");
}

static void
append_duration (GString *line,
                 double   seconds)
{
  gint64 whole = (gint64) seconds;

  if (whole >= 3600)
    g_string_append_printf (line, "%d:%02d:%02d", (int) (whole / 3600), (int) (whole / 60 % 60), (int) (whole % 60));
  else if (whole >= 60)
    g_string_append_printf (line, "%d:%02d", (int) (whole / 60), (int) (whole % 60));
  else
    g_string_append_printf (line, "%ds", (int) whole);
}

static void
append_pace (GString *line,
             double   seconds)
{
  if (seconds >= 1)
    g_string_append_printf (line, " %.0fs/step", seconds);
  else if (seconds >= 1e-3)
    g_string_append_printf (line, " %.0fms/step", seconds * 1e3);
  else
    g_string_append_printf (line, " %.0fus/step", seconds * 1e6);
}

static void
append_log (GString    *line,
            const char *name,
            double      value)
{
  /* The C library tells the sign of what is not a number, Python does not. */
  g_string_append_printf (line, fabs (value) > 1e-3 ? " - %s: %.4f" : " - %s: %.4e", name,
                          isnan (value) ? fabs (value) : value);
}

static void
append_logs (GString    *line,
             StrataLogs *logs)
{
  for (guint i = 0; i < strata_logs_get_n (logs); i++)
    {
      double value;
      const char *name = strata_logs_get_entry (logs, i, &value);

      append_log (line, name, value);
    }
}

/* A bar keeps the order in which it came to know the numbers: what is measured at the end of an epoch is last. */
static void
append_grown_logs (GString    *line,
                   StrataLogs *logs)
{
  for (int held_out = 0; held_out <= 1; held_out++)
    for (guint i = 0; i < strata_logs_get_n (logs); i++)
      {
        double value;
        const char *name = strata_logs_get_entry (logs, i, &value);

        if (g_str_has_prefix (name, "val_") == held_out)
          append_log (line, name, value);
      }
}

/**
 * strata_progress_print_logs: (skip)
 *
 * Prints loss and metrics after what stands on the line already, and ends it.
 */
void
strata_progress_print_logs (StrataLogs *logs)
{
  g_autoptr (GString) line = g_string_new (NULL);

  append_logs (line, logs);
  g_print ("%s\n", line->str);
}

/* A line that is longer than the terminal is wide could not be written over. */
static void
cut (GString *line,
     int      width)
{
  if (width > 0 && g_utf8_strlen (line->str, -1) >= width)
    g_string_truncate (line, g_utf8_offset_to_pointer (line->str, width - 1) - line->str);
}

/* As Keras's ProgbarLogger: the same line again and again on a terminal, the time left while it runs. */
static void
print_bar (const StrataProgress *progress)
{
  static double last;
  g_autoptr (GString) line = g_string_new (NULL);
  double pace = progress->seconds / MAX (1, progress->batch);

  if (!progress->epoch_done && progress->batch > 1 && progress->seconds - last < REFRESH_SECONDS &&
      progress->seconds > last)
    return;
  last = progress->epoch_done ? 0 : progress->seconds;
  if (progress->batch == 1 && progress->n_epochs > 1)
    g_print ("Epoch %" G_GINT64_FORMAT "/%" G_GINT64_FORMAT "\n", progress->epoch + 1, progress->n_epochs);

  g_string_append_printf (line, "%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT " ", progress->batch, progress->n_batches);
  append_bar (line, (double) progress->batch / MAX (1, progress->n_batches));
  g_string_append_c (line, ' ');
  append_duration (line, progress->epoch_done ? progress->seconds : pace * (progress->n_batches - progress->batch));
  append_pace (line, pace);
  append_grown_logs (line, progress->logs);
  if (!progress->epoch_done)
    cut (line, strata_terminal_get_width ());
  /* Back to the start of the line, and away with what stood there. */
  g_print ("\r\033[K%s%s", line->str, progress->epoch_done ? "\n" : "");
  fflush (stdout);
}

/* A line an epoch where nobody watches, as Keras's verbose=2. */
static void
print_line (const StrataProgress *progress)
{
  g_autoptr (GString) line = g_string_new (NULL);

  if (!progress->epoch_done)
    return;
  if (progress->n_epochs > 1)
    g_string_append_printf (line, "Epoch %" G_GINT64_FORMAT "/%" G_GINT64_FORMAT "\n", progress->epoch + 1,
                            progress->n_epochs);
  g_string_append_printf (line, "%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT " - ", progress->n_batches,
                          progress->n_batches);
  append_duration (line, progress->seconds);
  g_string_append (line, " -");
  append_pace (line, progress->seconds / MAX (1, progress->n_batches));
  append_logs (line, progress->logs);
  g_string_append_c (line, '\n');
  fputs (line->str, stdout);
  fflush (stdout);
}

/**
 * strata_progress_print: (skip)
 *
 * Shows how far training is; a StrataProgressFunc.
 */
void
strata_progress_print (const StrataProgress *progress,
                       gpointer              user_data)
{
  if (isatty (STDOUT_FILENO) && g_strcmp0 (g_getenv ("TERM"), "dumb") != 0)
    print_bar (progress);
  else
    print_line (progress);
}
