/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "interrupt.h"

#include <errno.h>
#include <glib-unix.h>
#include <signal.h>
#include <unistd.h>

/* What a signal handler may do is to write; a thread reads it and does the rest. */
static int pipe_ends[2];

static void
note_signal (int number)
{
  int before = errno;

  /* Whoever read the output may be gone for good. */
  signal (SIGPIPE, SIG_IGN);
  if (write (pipe_ends[1], "", 1) < 0)
    {
      /* The pipe is full of others. */
    }
  errno = before;
}

static gpointer
wait_for_signal (gpointer data)
{
  g_autoptr (GCancellable) cancellable = data;
  char byte;

  while (read (pipe_ends[0], &byte, 1) < 0 && errno == EINTR)
    continue;
  g_cancellable_cancel (cancellable);
  return NULL;
}

/**
 * strata_interrupt_watch: (skip)
 *
 * From now on Ctrl+C, `kill`, and a terminal or a pipe that is closed cancel what is returned; a second Ctrl+C ends the
 * process.
 * Returns: (transfer full): what to look at
 */
GCancellable *
strata_interrupt_watch (void)
{
  const int numbers[] = { SIGINT, SIGTERM, SIGHUP, SIGPIPE };
  struct sigaction action = { .sa_handler = note_signal, .sa_flags = SA_RESTART | SA_RESETHAND };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  if (!g_unix_open_pipe (pipe_ends, FD_CLOEXEC, NULL))
    return g_steal_pointer (&cancellable);
  g_thread_unref (g_thread_new ("interrupt", wait_for_signal, g_object_ref (cancellable)));
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      struct sigaction old;

      /* nohup and the background have it ignored. */
      if (sigaction (numbers[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN)
        sigaction (numbers[i], &action, NULL);
    }
  return g_steal_pointer (&cancellable);
}
