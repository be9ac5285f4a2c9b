/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <math.h>

#include "graph/gradient.h"
#include "ops/elementwise.h"
#include "ops/reduce.h"
#include "tensor/random.h"

/*
 * Compares gradients with finite differences: along a random direction the
 * function must grow as the gradient says. Kinks as of relu fool one step size
 * or another, but a wrong gradient fools none.
 */

#define GRADIENT_TOLERANCE 2e-2

/* Runs the function on tensors; adds its outputs' values into @outputs, and to @wrt what gradients are taken for. */
typedef void (*GradientFunc) (StrataBuilder *b, StrataTensor *const *tensors, GPtrArray *outputs, GPtrArray *wrt,
                              gpointer data);

/* A number for each output element, so that all of them matter. */
static inline float
gradient_weight (gint64 i)
{
  return ((i * 7) % 5 - 2) / 2.0f + 0.125f;
}

static inline double
gradient_total (GPtrArray *outputs)
{
  double total = 0;

  for (guint o = 0; o < outputs->len; o++)
    {
      StrataValue *value = outputs->pdata[o];

      for (gint64 i = 0; i < strata_tensor_get_size (value->tensor); i++)
        total += (double) strata_tensor_get_floats (value->tensor)[i] * gradient_weight (i);
    }
  return total;
}

static inline double
gradient_evaluate (GradientFunc         func,
                   gpointer             data,
                   StrataTensor *const *tensors)
{
  g_autoptr (StrataBuilder) b = strata_builder_new_eager (1);
  g_autoptr (GPtrArray) outputs = g_ptr_array_new (), wrt = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;

  func (b, tensors, outputs, wrt, data);
  strata_builder_take_error (b, &error);
  g_assert_no_error (error);
  return gradient_total (outputs);
}

static inline void
gradient_take (GradientFunc          func,
               gpointer              data,
               StrataTensor *const  *tensors,
               guint                 n,
               StrataTensor        **grads)
{
  g_autoptr (StrataBuilder) b = strata_builder_new_eager (1);
  g_autoptr (GPtrArray) outputs = g_ptr_array_new (), wrt = g_ptr_array_new ();
  g_autofree StrataValue **values = g_new0 (StrataValue *, n + 1);
  StrataValue *total;
  g_autoptr (GError) error = NULL;

  func (b, tensors, outputs, wrt, data);
  g_assert_cmpuint (wrt->len, ==, n);
  total = strata_builder_scalar (b, 0);
  for (guint o = 0; o < outputs->len; o++)
    {
      StrataValue *value = outputs->pdata[o];
      StrataTensor *weights = strata_tensor_new (STRATA_FLOAT32, &value->shape);

      for (gint64 i = 0; i < strata_tensor_get_size (weights); i++)
        strata_tensor_get_floats (weights)[i] = gradient_weight (i);
      value = strata_multiply (b, value, strata_builder_constant (b, weights));
      total = strata_add (b, total, strata_reduce_sum (b, value, STRATA_ALL_AXES, FALSE));
    }
  strata_gradient (b, total, (StrataValue **) wrt->pdata, n, values);
  strata_builder_take_error (b, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < n; i++)
    grads[i] = values[i] != NULL ? strata_tensor_ref (values[i]->tensor) : NULL;
}

static inline void
gradient_shift (StrataTensor *const *tensors,
                StrataTensor *const *directions,
                guint                n,
                double               step)
{
  for (guint t = 0; t < n; t++)
    for (gint64 i = 0; i < strata_tensor_get_size (tensors[t]); i++)
      strata_tensor_get_floats (tensors[t])[i] += step * strata_tensor_get_floats (directions[t])[i];
}

/*
 * Returns the smallest error found over some step sizes, relative to the
 * length of the gradient. Only float32 tensors, of which there are @n, are moved.
 */
static inline double
gradient_check (GradientFunc         func,
                gpointer             data,
                StrataTensor *const *tensors,
                guint                n,
                guint64              seed)
{
  static const double steps[] = { 1e-2, 3e-3, 1e-3, 3e-4 };
  g_autofree StrataTensor **grads = g_new0 (StrataTensor *, n + 1), **directions = g_new0 (StrataTensor *, n + 1);
  double slope = 0, length = 0, best = G_MAXDOUBLE;
  StrataRandom random;

  strata_random_init (&random, seed);
  gradient_take (func, data, tensors, n, grads);
  for (guint t = 0; t < n; t++)
    {
      directions[t] = strata_tensor_new (STRATA_FLOAT32, strata_tensor_get_shape (tensors[t]));
      for (gint64 i = 0; i < strata_tensor_get_size (directions[t]); i++)
        {
          float direction = 2 * strata_random_uniform (&random) - 1;
          float grad = grads[t] != NULL ? strata_tensor_get_floats (grads[t])[i] : 0;

          strata_tensor_get_floats (directions[t])[i] = direction;
          slope += (double) direction * grad;
          length += (double) grad * grad;
        }
    }
  for (guint s = 0; s < G_N_ELEMENTS (steps); s++)
    {
      double up, down, measured;

      gradient_shift (tensors, directions, n, steps[s]);
      up = gradient_evaluate (func, data, tensors);
      gradient_shift (tensors, directions, n, -2 * steps[s]);
      down = gradient_evaluate (func, data, tensors);
      gradient_shift (tensors, directions, n, steps[s]);
      measured = (up - down) / (2 * steps[s]);
      best = MIN (best, fabs (measured - slope) / (sqrt (length) + fabs (slope) + 1e-2));
    }
  for (guint t = 0; t < n; t++)
    {
      g_clear_pointer (&grads[t], strata_tensor_unref);
      strata_tensor_unref (directions[t]);
    }
  return best;
}
