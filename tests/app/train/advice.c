/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "train/advice.h"

#include <locale.h>
#include <math.h>

static StrataRun *
make_run (const double   *loss,
          const double   *val_loss,
          guint           n,
          StrataRunState  state)
{
  StrataRun *run = strata_run_new (1, NULL);

  for (guint i = 0; i < n; i++)
    {
      strata_run_add_epoch (run, "loss", i + 1, loss[i]);
      if (val_loss != NULL)
        strata_run_add_epoch (run, "val_loss", i + 1, val_loss[i]);
    }
  strata_run_update (run, n, 1);
  if (state != STRATA_RUN_ACTIVE)
    strata_run_end (run, state, state == STRATA_RUN_FAILED ? "The file is gone" : NULL);
  return run;
}

static void
assert_advice (StrataRun        *run,
               StrataAdviceTone  tone,
               const char       *heading,
               const char       *part_of_body)
{
  g_autoptr (StrataAdvice) advice = strata_advice_new_for_run (run);

  g_assert_nonnull (advice);
  g_assert_cmpint (advice->tone, ==, tone);
  g_assert_cmpstr (advice->heading, ==, heading);
  g_assert_nonnull (strstr (advice->body, part_of_body));
}

static void
test_overfitting (void)
{
  const double loss[] = { 1, 0.5, 0.3, 0.2, 0.1, 0.05 }, val_loss[] = { 1, 0.6, 0.5, 0.55, 0.6, 0.7 };
  g_autoptr (StrataRun) run = make_run (loss, val_loss, 6, STRATA_RUN_FINISHED);

  assert_advice (run, STRATA_ADVICE_HINT, "Best after epoch 3, then overfitting", "validation loss 0.5000");
}

/* Once a curve is nearly flat, a tenth more of nearly nothing is no lesson. */
static void
test_wavering (void)
{
  const double loss[] = { 1, 0.3, 0.1, 0.06, 0.04, 0.03 }, val_loss[] = { 1, 0.3, 0.1, 0.12, 0.11, 0.12 };
  g_autoptr (StrataRun) run = make_run (loss, val_loss, 6, STRATA_RUN_FINISHED);

  assert_advice (run, STRATA_ADVICE_GOOD, "Best after epoch 3 of 6", "validation loss 0.1000");
}

/* A curve that jumps about and comes down again has not risen. */
static void
test_jumping (void)
{
  const double loss[] = { 0.5, 0.48, 0.47, 0.46, 0.46, 0.46, 0.45, 0.45 };
  const double val_loss[] = { 0.5, 0.7, 0.36, 0.8, 0.37, 0.37, 0.9, 0.37 };
  g_autoptr (StrataRun) run = make_run (loss, val_loss, 8, STRATA_RUN_FINISHED);

  assert_advice (run, STRATA_ADVICE_GOOD, "Best after epoch 3 of 8", "validation loss 0.3600");
}

static void
test_good (void)
{
  const double loss[] = { 1, 0.5, 0.31, 0.3, 0.3, 0.3 }, val_loss[] = { 1, 0.6, 0.5, 0.5, 0.49, 0.5 };
  g_autoptr (StrataRun) run = make_run (loss, val_loss, 6, STRATA_RUN_STOPPED);

  assert_advice (run, STRATA_ADVICE_GOOD, "Best after epoch 5 of 6", "validation loss 0.4900");
}

static void
test_short (void)
{
  const double loss[] = { 1, 0.8, 0.6, 0.4, 0.3 };
  g_autoptr (StrataRun) run = make_run (loss, NULL, 5, STRATA_RUN_FINISHED);

  assert_advice (run, STRATA_ADVICE_GOOD, "Best after epoch 5, and not done yet", "loss 0.3000");
}

static void
test_stuck (void)
{
  const double loss[] = { 2.303, 2.302, 2.302, 2.303 };
  g_autoptr (StrataRun) run = make_run (loss, NULL, 4, STRATA_RUN_FINISHED);

  assert_advice (run, STRATA_ADVICE_HINT, "The loss hardly moved", "learning rate");
}

static void
test_overflow (void)
{
  const double loss[] = { 1, NAN, NAN };
  g_autoptr (StrataRun) run = make_run (loss, loss, 3, STRATA_RUN_ACTIVE);
  g_autoptr (StrataRun) within = strata_run_new (2, NULL);

  /* It is told while the run goes on, for it will not mend itself. */
  assert_advice (run, STRATA_ADVICE_PROBLEM, "The loss is no longer a number", "In epoch 2");
  strata_run_add_batch (within, "loss", 0.5, 3);
  strata_run_add_batch (within, "loss", 3.5, INFINITY);
  assert_advice (within, STRATA_ADVICE_PROBLEM, "The loss is no longer a number", "In epoch 4");
}

static void
test_failed (void)
{
  g_autoptr (StrataRun) run = make_run (NULL, NULL, 0, STRATA_RUN_FAILED);

  assert_advice (run, STRATA_ADVICE_PROBLEM, "Training did not work", "The file is gone.");
}

static void
test_nothing (void)
{
  const double loss[] = { 1, 0.5 };
  g_autoptr (StrataRun) active = make_run (loss, NULL, 2, STRATA_RUN_ACTIVE);
  g_autoptr (StrataRun) empty = make_run (NULL, NULL, 0, STRATA_RUN_STOPPED);

  g_assert_null (strata_advice_new_for_run (active));
  g_assert_null (strata_advice_new_for_run (empty));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  setlocale (LC_ALL, "C");
  g_test_add_func ("/train/advice/overfitting", test_overfitting);
  g_test_add_func ("/train/advice/wavering", test_wavering);
  g_test_add_func ("/train/advice/jumping", test_jumping);
  g_test_add_func ("/train/advice/good", test_good);
  g_test_add_func ("/train/advice/short", test_short);
  g_test_add_func ("/train/advice/stuck", test_stuck);
  g_test_add_func ("/train/advice/overflow", test_overflow);
  g_test_add_func ("/train/advice/failed", test_failed);
  g_test_add_func ("/train/advice/nothing", test_nothing);
  return g_test_run ();
}
