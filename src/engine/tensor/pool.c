/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tensor/pool.h"

#include <sched.h>
#include <stdatomic.h>
#include <time.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* One job runs at a time; who finds the pool busy does his tasks himself.
 *
 * Each thread has a share of neighbouring tasks, so that from one kernel to the
 * next a part of a tensor stays in the cache of one core; who is done helps the
 * others. A share holds the next task in its upper and the end in its lower
 * half. Whoever claims a task, by compare and swap, may then read what the job
 * is: it does not end before the task is done. So it does no harm if a worker
 * comes late from an older job. */
/* A worker that found nothing spins this long before it sleeps: about the gap
 * between two parallel kernels of a training step, and too short to take a
 * shared core from others. */
#define SPIN_MICROSECONDS 40
#define PAUSES_PER_LOOK 64
/* A worker moves to another core no more often than this. */
#define MOVE_MICROSECONDS 5000
#define MAX_THREADS 256
/* Where other programs want the cores too, a worker may be taken off its core in
 * the middle of a task, and its caller then waits for milliseconds. So it is
 * judged again and again, from every few jobs, whether sharing pays: whether
 * they took less time than the caller would have needed, that is, the processor
 * time of all tasks times what else he is kept from working. Where it does not
 * pay, callers work alone for a while, longer each time. */
#define JOBS_PER_SAMPLE 5
#define TRIAL_MICROSECONDS 10000
#define MIN_ALONE_MICROSECONDS 40000
#define MAX_ALONE_MICROSECONDS 1280000
#define LEAST_GAIN 1.1

typedef struct
{
  _Alignas (64) atomic_ullong tasks;
} Share;

typedef struct
{
  GMutex running; /* held by the caller whose job the pool does */
  GThread *workers[MAX_THREADS];
  atomic_uint n_threads; /* the caller included; changed under `running` only */

  /* All under `running` */
  guint n_jobs;
  double work, shared_time; /* of sampled jobs: processor time of all their tasks, and the time they took */
  double stretch;           /* time for each unit of processor time when alone; 0 where not known */
  gint64 alone_until, alone_for, alone_since;
  double alone_work;        /* the caller's processor time when he began to work alone */
  GThread *alone;

  _Alignas (64) atomic_ullong job; /* how many there were */
  _Atomic (StrataTask) func;
  _Atomic (gpointer) data;
  atomic_uint n_tasks;
  atomic_uint float_mode;
  atomic_int caller_core;

  _Alignas (64) atomic_uint n_done;
  atomic_bool caller_sleeps;

  _Alignas (64) atomic_uint n_sleepers;
  atomic_bool quit;
  GMutex mutex; /* for the two conditions */
  GCond wake_workers;
  GCond wake_caller;

  Share shares[MAX_THREADS];
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

static gboolean
claim (Share *share,
       guint *task)
{
  unsigned long long tasks = atomic_load_explicit (&share->tasks, memory_order_relaxed);

  do
    {
      *task = tasks >> 32;
      if (*task >= (guint32) tasks)
        return FALSE;
    }
  while (!atomic_compare_exchange_weak (&share->tasks, &tasks, tasks + ((guint64) 1 << 32)));
  return TRUE;
}

/* Does tasks, those of @thread first, until there are none left. Returns how many it did. */
static guint
do_tasks (guint thread)
{
  guint n_threads = atomic_load (&pool.n_threads);
  guint n_done = 0, n_tasks = 0, task;

  for (guint i = 0; i < n_threads; i++)
    {
      Share *share = &pool.shares[(thread + i) % n_threads];

      while (claim (share, &task))
        {
          set_float_mode (atomic_load_explicit (&pool.float_mode, memory_order_relaxed));
          n_tasks = atomic_load_explicit (&pool.n_tasks, memory_order_relaxed);
          atomic_load_explicit (&pool.func,
                                memory_order_relaxed) (atomic_load_explicit (&pool.data, memory_order_relaxed),
                                                       task, thread);
          n_done++;
        }
    }
  if (n_done > 0 && atomic_fetch_add (&pool.n_done, n_done) + n_done == n_tasks && atomic_load (&pool.caller_sleeps))
    {
      g_mutex_lock (&pool.mutex);
      g_cond_signal (&pool.wake_caller);
      g_mutex_unlock (&pool.mutex);
    }
  return n_done;
}

static gboolean
is_news (guint64 seen)
{
  return atomic_load (&pool.job) != seen || atomic_load (&pool.quit);
}

/* Waits for a job after @seen; FALSE when the pool is to shrink. */
static gboolean
wait_for_job (guint64 *seen)
{
  gint64 until = g_get_monotonic_time () + SPIN_MICROSECONDS;
  gboolean news = FALSE;

  do
    for (int i = 0; i < PAUSES_PER_LOOK && !(news = is_news (*seen)); i++)
      pause_cpu ();
  while (!news && g_get_monotonic_time () < until);

  if (!news)
    {
      g_mutex_lock (&pool.mutex);
      atomic_fetch_add (&pool.n_sleepers, 1);
      while (!is_news (*seen))
        g_cond_wait (&pool.wake_workers, &pool.mutex);
      atomic_fetch_sub (&pool.n_sleepers, 1);
      g_mutex_unlock (&pool.mutex);
    }
  *seen = atomic_load (&pool.job);
  return !atomic_load (&pool.quit);
}

/* Systems may wake a worker on its caller's core, where the two take turns
 * until the system balances loads, many steps of a training later. */
static void
leave_core_of_caller (gint64 *moved)
{
  int core = sched_getcpu ();
  cpu_set_t all, others;
  gint64 now;

  if (core < 0 || core != atomic_load_explicit (&pool.caller_core, memory_order_relaxed))
    return;
  now = g_get_monotonic_time ();
  if (now - *moved < MOVE_MICROSECONDS || sched_getaffinity (0, sizeof all, &all) != 0)
    return;
  *moved = now;
  others = all;
  CPU_CLR (core, &others);
  if (CPU_COUNT (&others) == 0)
    return;
  sched_setaffinity (0, sizeof others, &others);
  sched_setaffinity (0, sizeof all, &all);
}

static gpointer
worker_main (gpointer data)
{
  guint64 seen = 0;
  gint64 moved = 0;

  inside = TRUE;
  inside_thread = GPOINTER_TO_UINT (data);
  while (wait_for_job (&seen))
    {
      leave_core_of_caller (&moved);
      do_tasks (inside_thread);
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
}

/* Threads that the system does not give are done without. */
static void
start_workers (guint n_threads)
{
  guint i;

  for (i = 1; i < n_threads; i++)
    {
      pool.workers[i] = g_thread_try_new ("strata-worker", worker_main, GUINT_TO_POINTER (i), NULL);
      if (pool.workers[i] == NULL)
        break;
    }
  atomic_store (&pool.n_threads, i);
}

static void
open_job (guint      n_tasks,
          StrataTask func,
          gpointer   data)
{
  guint n_shares = MIN (pool.n_threads, n_tasks);

  atomic_store_explicit (&pool.func, func, memory_order_relaxed);
  atomic_store_explicit (&pool.data, data, memory_order_relaxed);
  atomic_store_explicit (&pool.n_tasks, n_tasks, memory_order_relaxed);
  atomic_store_explicit (&pool.float_mode, get_float_mode (), memory_order_relaxed);
  atomic_store_explicit (&pool.caller_core, sched_getcpu (), memory_order_relaxed);
  atomic_store_explicit (&pool.n_done, 0, memory_order_relaxed);
  for (guint i = 0; i < n_shares; i++)
    {
      guint64 first = (guint64) n_tasks * i / n_shares, end = (guint64) n_tasks * (i + 1) / n_shares;

      atomic_store_explicit (&pool.shares[i].tasks, first << 32 | end, memory_order_release);
    }
  atomic_fetch_add (&pool.job, 1);

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
run_inline (guint      n_tasks,
            StrataTask func,
            gpointer   data,
            guint      thread)
{
  for (guint i = 0; i < n_tasks; i++)
    func (data, i, thread);
}

/* Microseconds for which this thread has had a processor. */
static double
get_processor_time (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return time.tv_sec * 1e6 + time.tv_nsec * 1e-3;
}

static void
begin_alone (gint64 now)
{
  pool.alone_for = CLAMP (2 * pool.alone_for, MIN_ALONE_MICROSECONDS, MAX_ALONE_MICROSECONDS);
  pool.alone_since = now;
  pool.alone_until = now + pool.alone_for;
  pool.alone_work = get_processor_time ();
  pool.alone = g_thread_self ();
}

static void
end_alone (gint64 now)
{
  double work = get_processor_time () - pool.alone_work;

  if (pool.alone == g_thread_self () && work > 0)
    pool.stretch = MAX (1, (now - pool.alone_since) / work);
  pool.alone_until = 0;
}

/* Tasks of a job take about equally long. */
static void
judge (double work,
       gint64 start,
       guint  n_own,
       guint  n_tasks)
{
  gint64 now = g_get_monotonic_time ();

  if (n_own == 0)
    return;
  pool.work += work * n_tasks / n_own;
  pool.shared_time += now - start;
  if (pool.shared_time < TRIAL_MICROSECONDS)
    return;

  if (pool.work * MAX (1, pool.stretch) < LEAST_GAIN * pool.shared_time)
    begin_alone (now);
  else
    pool.alone_for /= 2;
  pool.work = pool.shared_time = 0;
}

static void
run_shared (guint      n_tasks,
            StrataTask func,
            gpointer   data)
{
  gboolean sampled = pool.n_jobs++ % JOBS_PER_SAMPLE == 0;
  gint64 start = sampled ? g_get_monotonic_time () : 0;
  double work = sampled ? get_processor_time () : 0;
  guint n_own;

  open_job (n_tasks, func, data);
  n_own = do_tasks (0);
  if (sampled)
    work = get_processor_time () - work;
  wait_until_done (n_tasks);
  if (sampled)
    judge (work, start, n_own, n_tasks);
}

static gboolean
is_alone (void)
{
  gint64 now;

  if (pool.alone_until == 0)
    return FALSE;
  now = g_get_monotonic_time ();
  if (now < pool.alone_until)
    return TRUE;
  end_alone (now);
  return FALSE;
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
strata_pool_run (guint      n_tasks,
                 StrataTask func,
                 gpointer   data)
{
  guint n_threads;

  if (inside || n_tasks <= 1 || (n_threads = strata_pool_get_n_threads ()) == 1)
    {
      run_inline (n_tasks, func, data, inside ? inside_thread : 0);
      return;
    }
  if (!g_mutex_trylock (&pool.running))
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
  inside = TRUE;
  inside_thread = 0;
  if (is_alone ())
    run_inline (n_tasks, func, data, 0);
  else
    run_shared (n_tasks, func, data);
  inside = FALSE;
  g_mutex_unlock (&pool.running);
}
