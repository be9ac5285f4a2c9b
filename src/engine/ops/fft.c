/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "kernels/fourier.h"
#include "ops/elementwise.h"
#include "ops/fourier.h"
#include "tensor/pool.h"

typedef struct
{
  gboolean inverse;
} Attrs;

typedef struct
{
  const StrataRun *run;
  gint64 n;
} Walk;

extern const StrataOp strata_op_fft;

static gboolean
fft_infer (StrataNode  *node,
           GError     **error)
{
  const StrataShape *x = strata_node_shape (node, 0);

  if (node->inputs[0]->dtype != STRATA_FLOAT32 || node->inputs[1]->dtype != STRATA_FLOAT32 || x->rank < 1 ||
      !strata_shape_is_compatible (x, strata_node_shape (node, 1)))
    return strata_op_mismatch (node, error, "real and imaginary parts of one shape");
  strata_node_set_output (node, 0, STRATA_FLOAT32, x);
  strata_node_set_output (node, 1, STRATA_FLOAT32, x);
  return TRUE;
}

static gint64
get_length (const StrataNode *node)
{
  const StrataShape *x = strata_node_shape (node, 0);

  return x->dims[x->rank - 1];
}

/* A plan, and for each thread two rows and work. */
static gsize
fft_scratch (const StrataNode *node)
{
  gint64 n = get_length (node);

  return (strata_fourier_count (n) + strata_pool_get_n_threads () * (2 * n + strata_fourier_count (n))) *
         sizeof (double);
}

static void
transform_row (gpointer data,
               guint    task,
               guint    thread)
{
  const Walk *walk = data;
  gint64 n = walk->n, start = task * n;
  const double *plan = walk->run->scratch;
  double *re = (double *) walk->run->scratch + strata_fourier_count (n) + thread * (2 * n + strata_fourier_count (n));
  double *im = re + n;

  for (gint64 i = 0; i < n; i++)
    {
      re[i] = ((const float *) walk->run->in[0])[start + i];
      im[i] = ((const float *) walk->run->in[1])[start + i];
    }
  strata_fourier_run (plan, n, re, im, im + n, STRATA_ATTRS (Attrs, walk->run->node)->inverse);
  for (gint64 i = 0; i < n; i++)
    {
      ((float *) walk->run->out[0])[start + i] = re[i];
      ((float *) walk->run->out[1])[start + i] = im[i];
    }
}

static void
fft_run (const StrataRun *run)
{
  const StrataShape *x = strata_node_shape (run->node, 0);
  Walk walk = { run, get_length (run->node) };

  if (walk.n == 0)
    return;
  strata_fourier_plan (run->scratch, walk.n);
  strata_pool_run (strata_shape_get_span (x, 0, x->rank - 1), transform_row, &walk);
}

static void
fft_gradient (StrataBuilder       *b,
              const StrataNode    *node,
              StrataValue *const  *grads,
              StrataValue        **input_grads)
{
  gboolean inverse = STRATA_ATTRS (Attrs, node)->inverse;
  double n = get_length (node);
  StrataValue *parts[2];

  for (int i = 0; i < 2; i++)
    parts[i] = grads[i] != NULL ? grads[i] : strata_scale (b, (StrataValue *) &node->outputs[i], 0);
  strata_fourier (b, parts[0], parts[1], !inverse, &input_grads[0], &input_grads[1]);
  for (int i = 0; i < 2; i++)
    input_grads[i] = strata_scale (b, input_grads[i], inverse ? 1 / n : n);
}

const StrataOp strata_op_fft = {
  .name = "fft",
  .n_inputs = 2,
  .n_outputs = 2,
  .attrs_size = sizeof (Attrs),
  .infer = fft_infer,
  .scratch = fft_scratch,
  .run = fft_run,
  .gradient = fft_gradient,
};

/**
 * strata_fourier: (skip)
 * @re: real parts
 * @im: imaginary parts
 * @inverse: whether from frequencies back to what they are of
 *
 * Transforms along the last dimension.
 */
void
strata_fourier (StrataBuilder  *b,
                StrataValue    *re,
                StrataValue    *im,
                gboolean        inverse,
                StrataValue   **out_re,
                StrataValue   **out_im)
{
  *out_re = strata_builder_emit (b, &strata_op_fft, &(Attrs){ inverse }, (StrataValue *[]){ re, im }, 2);
  *out_im = strata_builder_has_failed (b) ? *out_re : &(*out_re)->node->outputs[1];
}
