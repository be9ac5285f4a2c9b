/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tensor/pool.h"

#define MAX_TASKS 100
#define N_CALLERS 3
#define N_CALLS 3000

static void
count_task (gpointer data,
            guint    task,
            guint    thread)
{
  int *counts = data;

  g_assert_cmpuint (thread, <, strata_pool_get_n_threads ());
  g_atomic_int_inc (&counts[task]);
}

static void
test_each_once (void)
{
  for (guint n_threads = 1; n_threads <= 5; n_threads++)
    {
      strata_pool_set_n_threads (n_threads);
      g_assert_cmpuint (strata_pool_get_n_threads (), ==, n_threads);
      for (guint n_tasks = 0; n_tasks <= MAX_TASKS; n_tasks++)
        {
          int counts[MAX_TASKS + 1] = { 0 };

          strata_pool_run (n_tasks, count_task, counts);
          for (guint i = 0; i < n_tasks; i++)
            g_assert_cmpint (counts[i], ==, 1);
          g_assert_cmpint (counts[n_tasks], ==, 0);
        }
    }
}

static void
nest_task (gpointer data,
           guint    task,
           guint    thread)
{
  strata_pool_run (7, count_task, data);
}

static void
test_nested (void)
{
  int counts[7] = { 0 };

  strata_pool_set_n_threads (3);
  strata_pool_run (20, nest_task, counts);
  for (int i = 0; i < 7; i++)
    g_assert_cmpint (counts[i], ==, 20);
}

static gpointer
call_often (gpointer data)
{
  for (int i = 0; i < N_CALLS; i++)
    strata_pool_run (5, count_task, data);
  return NULL;
}

static void
test_many_callers (void)
{
  GThread *callers[N_CALLERS];
  int counts[5] = { 0 };

  strata_pool_set_n_threads (2);
  for (int i = 0; i < N_CALLERS; i++)
    callers[i] = g_thread_new ("caller", call_often, counts);
  for (int i = 0; i < N_CALLERS; i++)
    g_thread_join (callers[i]);
  for (int i = 0; i < 5; i++)
    g_assert_cmpint (counts[i], ==, N_CALLERS * N_CALLS);
}

/* Workers that fell asleep are woken. */
static void
test_after_sleep (void)
{
  int counts[4] = { 0 };

  strata_pool_set_n_threads (3);
  for (int i = 0; i < 10; i++)
    {
      g_usleep (2000);
      strata_pool_run (4, count_task, counts);
    }
  for (int i = 0; i < 4; i++)
    g_assert_cmpint (counts[i], ==, 10);
}

static void
test_default (void)
{
  g_setenv ("STRATA_NUM_THREADS", "3", TRUE);
  strata_pool_set_n_threads (0);
  g_assert_cmpuint (strata_pool_get_n_threads (), ==, 3);
  g_setenv ("STRATA_NUM_THREADS", "none", TRUE);
  strata_pool_set_n_threads (0);
  g_assert_cmpuint (strata_pool_get_n_threads (), >=, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pool/each-once", test_each_once);
  g_test_add_func ("/pool/nested", test_nested);
  g_test_add_func ("/pool/many-callers", test_many_callers);
  g_test_add_func ("/pool/after-sleep", test_after_sleep);
  g_test_add_func ("/pool/default", test_default);
  return g_test_run ();
}
