/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tensor/pool.h"

#include <sched.h>
#include <stdatomic.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* One job runs at a time; who finds the pool busy does his tasks himself.
 *
 * `ticket` holds the number of the job in its upper half and the next task in
 * its lower half. Tasks are claimed by compare and swap, so a worker that comes
 * late from an older job can never take a task of a newer one, nor pair it with
 * the older function: the ticket is closed before the other fields change. */
#define TASK_MASK G_GUINT64_CONSTANT (0xffffffff)
#define CLOSED TASK_MASK

/* A worker that found nothing spins this long before it sleeps: about the gap
 * between two parallel kernels of a training step, and too short to take a
 * shared core from others. */
#define SPIN_MICROSECONDS 40
#define PAUSES_PER_LOOK 64
#define MAX_THREADS 256

typedef struct
{
  GMutex running; /* held by the caller whose job the pool does */
  GThread *workers[MAX_THREADS];
  guint n_threads; /* the caller included; changed under `running` only */

  _Alignas (64) atomic_ullong ticket;
  _Atomic (StrataTask) func;
  _Atomic (gpointer) data;
  atomic_uint n_tasks;
  atomic_uint float_mode;

  _Alignas (64) atomic_uint n_done;
  atomic_bool caller_sleeps;

  _Alignas (64) atomic_uint n_sleepers;
  atomic_bool quit;
  GMutex mutex; /* for the two conditions */
  GCond wake_workers;
  GCond wake_caller;
} Pool;

static Pool pool;
static atomic_uint wanted_n_threads; /* 0: not yet asked for */
static _Thread_local gboolean inside;
static _Thread_local guint inside_thread;

/* Rounding and treatment of denormal numbers are the caller's on every thread,
 * or results would depend on who did the work. */
static guint
get_float_mode (void)
{
#ifdef __SSE2__
  return _mm_getcsr () & ~0x3fu;
#else
  return 0;
#endif
}

static void
set_float_mode (guint mode)
{
#ifdef __SSE2__
  if ((_mm_getcsr () & ~0x3fu) != mode)
    _mm_setcsr (mode);
#endif
}

static inline void
pause_cpu (void)
{
#ifdef __SSE2__
  _mm_pause ();
#elif defined(__aarch64__)
  __asm__ volatile ("yield");
#endif
}

static guint
count_cores (void)
{
  cpu_set_t set;

  if (sched_getaffinity (0, sizeof set, &set) == 0 && CPU_COUNT (&set) > 0)
    return CPU_COUNT (&set);
  return MAX (g_get_num_processors (), 1);
}

static guint
default_n_threads (void)
{
  const char *wish = g_getenv ("STRATA_NUM_THREADS");
  guint64 n;

  if (wish != NULL && g_ascii_string_to_unsigned (wish, 10, 1, MAX_THREADS, &n, NULL))
    return n;
  return MIN (count_cores (), MAX_THREADS);
}

/**
 * strata_pool_get_n_threads:
 *
 * Returns: how many threads strata_pool_run() uses, the caller included; the
 *   number of cores this process may run on unless the environment variable
 *   `STRATA_NUM_THREADS` or strata_pool_set_n_threads() says otherwise
 */
guint
strata_pool_get_n_threads (void)
{
  guint n = atomic_load (&wanted_n_threads);
  guint none = 0;

  if (n > 0)
    return n;
  n = default_n_threads ();
  return atomic_compare_exchange_strong (&wanted_n_threads, &none, n) ? n : none;
}

/**
 * strata_pool_set_n_threads:
 * @n_threads: how many threads to use from the next strata_pool_run() on, or
 *   0 for the default
 */
void
strata_pool_set_n_threads (guint n_threads)
{
  atomic_store (&wanted_n_threads, n_threads == 0 ? default_n_threads () : MIN (n_threads, MAX_THREADS));
}

/* Does tasks of job number @job until there are none left. */
static void
do_tasks (guint64 job,
          guint thread)
{
  for (;;)
    {
      guint64 ticket = atomic_load_explicit (&pool.ticket, memory_order_acquire);
      StrataTask func = atomic_load_explicit (&pool.func, memory_order_relaxed);
      gpointer data = atomic_load_explicit (&pool.data, memory_order_relaxed);
      guint n_tasks = atomic_load_explicit (&pool.n_tasks, memory_order_relaxed);

      if ((ticket >> 32) != job || (ticket & TASK_MASK) >= n_tasks)
        return;
      atomic_thread_fence (memory_order_acquire);
      if (!atomic_compare_exchange_weak (&pool.ticket, &ticket, ticket + 1))
        continue;

      func (data, ticket & TASK_MASK, thread);

      if (atomic_fetch_add (&pool.n_done, 1) + 1 == n_tasks && atomic_load (&pool.caller_sleeps))
        {
          g_mutex_lock (&pool.mutex);
          g_cond_signal (&pool.wake_caller);
          g_mutex_unlock (&pool.mutex);
        }
    }
}

/* Whether there is a job other than number @seen, or none ever will; it becomes @seen. */
static gboolean
is_news (guint64 *seen)
{
  guint64 ticket = atomic_load (&pool.ticket);

  if (atomic_load (&pool.quit))
    return TRUE;
  if ((ticket >> 32) == *seen || (ticket & TASK_MASK) == CLOSED)
    return FALSE;
  *seen = ticket >> 32;
  return TRUE;
}

/* Waits for a job other than number @seen; FALSE when the pool is to shrink. */
static gboolean
wait_for_job (guint64 *seen)
{
  gint64 until = g_get_monotonic_time () + SPIN_MICROSECONDS;

  do
    for (int i = 0; i < PAUSES_PER_LOOK; i++)
      {
        if (is_news (seen))
          return !atomic_load (&pool.quit);
        pause_cpu ();
      }
  while (g_get_monotonic_time () < until);

  g_mutex_lock (&pool.mutex);
  atomic_fetch_add (&pool.n_sleepers, 1);
  while (!is_news (seen))
    g_cond_wait (&pool.wake_workers, &pool.mutex);
  atomic_fetch_sub (&pool.n_sleepers, 1);
  g_mutex_unlock (&pool.mutex);
  return !atomic_load (&pool.quit);
}

static gpointer
worker_main (gpointer data)
{
  guint64 seen = 0;

  inside = TRUE;
  inside_thread = GPOINTER_TO_UINT (data);
  while (wait_for_job (&seen))
    {
      set_float_mode (atomic_load (&pool.float_mode));
      do_tasks (seen, inside_thread);
    }
  return NULL;
}

static void
stop_workers (void)
{
  g_mutex_lock (&pool.mutex);
  atomic_store (&pool.quit, TRUE);
  g_cond_broadcast (&pool.wake_workers);
  g_mutex_unlock (&pool.mutex);
  for (guint i = 1; i < pool.n_threads; i++)
    g_thread_join (pool.workers[i]);
  atomic_store (&pool.quit, FALSE);
  pool.n_threads = 1;
}

/* Threads that the system does not give are done without. */
static void
start_workers (guint n_threads)
{
  for (pool.n_threads = 1; pool.n_threads < n_threads; pool.n_threads++)
    {
      pool.workers[pool.n_threads] =
        g_thread_try_new ("strata-worker", worker_main, GUINT_TO_POINTER (pool.n_threads), NULL);
      if (pool.workers[pool.n_threads] == NULL)
        break;
    }
}

static void
open_job (guint64 job,
          guint n_tasks,
          StrataTask func,
          gpointer data)
{
  atomic_store (&pool.ticket, (job << 32) | CLOSED);
  atomic_store (&pool.func, func);
  atomic_store (&pool.data, data);
  atomic_store (&pool.n_tasks, n_tasks);
  atomic_store (&pool.float_mode, get_float_mode ());
  atomic_store (&pool.n_done, 0);
  atomic_store (&pool.ticket, job << 32);

  if (atomic_load (&pool.n_sleepers) == 0)
    return;
  g_mutex_lock (&pool.mutex);
  if (n_tasks == 2)
    g_cond_signal (&pool.wake_workers);
  else
    g_cond_broadcast (&pool.wake_workers);
  g_mutex_unlock (&pool.mutex);
}

static void
wait_until_done (guint n_tasks)
{
  gint64 until = 0;

  while (atomic_load (&pool.n_done) < n_tasks)
    {
      for (int i = 0; i < PAUSES_PER_LOOK && atomic_load (&pool.n_done) < n_tasks; i++)
        pause_cpu ();
      if (until == 0)
        until = g_get_monotonic_time () + SPIN_MICROSECONDS;
      else if (g_get_monotonic_time () > until)
        break;
    }
  if (atomic_load (&pool.n_done) == n_tasks)
    return;

  g_mutex_lock (&pool.mutex);
  atomic_store (&pool.caller_sleeps, TRUE);
  while (atomic_load (&pool.n_done) < n_tasks)
    g_cond_wait (&pool.wake_caller, &pool.mutex);
  atomic_store (&pool.caller_sleeps, FALSE);
  g_mutex_unlock (&pool.mutex);
}

static void
run_inline (guint n_tasks,
            StrataTask func,
            gpointer data,
            guint thread)
{
  for (guint i = 0; i < n_tasks; i++)
    func (data, i, thread);
}

/**
 * strata_pool_run:
 * @n_tasks: how many tasks
 * @func: (scope call): what does one
 * @data: given to @func
 *
 * Does tasks 0 to @n_tasks - 1, each once, in any order, on all threads of the
 * pool and the caller's, and returns when all are done. From within a task, and
 * while the pool works for another caller, all of them run on the caller's
 * thread. For results that do not depend on the number of threads, split work
 * by its shape, never by strata_pool_get_n_threads().
 */
void
strata_pool_run (guint n_tasks,
                 StrataTask func,
                 gpointer data)
{
  static guint64 n_jobs; /* under pool.running */
  guint n_threads;

  if (inside || n_tasks <= 1 || (n_threads = strata_pool_get_n_threads ()) == 1)
    {
      run_inline (n_tasks, func, data, inside ? inside_thread : 0);
      return;
    }
  if (n_tasks == G_MAXUINT || !g_mutex_trylock (&pool.running))
    {
      run_inline (n_tasks, func, data, 0);
      return;
    }

  if (pool.n_threads != n_threads)
    {
      if (pool.n_threads > 1)
        stop_workers ();
      start_workers (n_threads);
    }
  n_jobs = (n_jobs % G_MAXUINT32) + 1;
  inside = TRUE;
  inside_thread = 0;
  open_job (n_jobs, n_tasks, func, data);
  do_tasks (n_jobs, 0);
  wait_until_done (n_tasks);
  inside = FALSE;
  g_mutex_unlock (&pool.running);
}
