/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <math.h>

#include "ops/drawing.h"
#include "tensor/random.h"

typedef struct
{
  gint64 seed;
  guint64 stream;
} Attrs;

extern const StrataOp strata_op_draw_log_gamma;

static gboolean
draw_log_gamma_infer (StrataNode  *node,
                      GError     **error)
{
  if (node->inputs[0]->dtype != STRATA_FLOAT32)
    return strata_op_mismatch (node, error, "float32");
  strata_node_set_output (node, 0, STRATA_FLOAT32, strata_node_shape (node, 0));
  return TRUE;
}

/* Marsaglia and Tsang, "A simple method for generating gamma variables", 2000; small shapes by those one larger. */
static double
draw (StrataRandom *random,
      double        alpha)
{
  double more = alpha < 1 ? log (1 - strata_random_uniform (random)) / MAX (alpha, 1e-30) : 0;
  double d = (alpha < 1 ? alpha + 1 : alpha) - 1 / 3.0, c = 1 / sqrt (9 * d);

  for (;;)
    {
      double x = strata_random_normal (random), v = 1 + c * x, u = 1 - strata_random_uniform (random);

      v = v * v * v;
      if (v > 0 && log (u) < 0.5 * x * x + d - d * v + d * log (v))
        return log (d * v) + more;
    }
}

static void
draw_log_gamma_run (const StrataRun *run)
{
  const Attrs *attrs = STRATA_ATTRS (Attrs, run->node);
  gint64 n = strata_shape_get_size (&run->node->outputs[0].shape);
  guint64 key = strata_random_mix (strata_random_mix (attrs->seed == STRATA_NONE_INT
                                                      ? run->seed : (guint64) attrs->seed, run->step), attrs->stream);
  const float *alpha = run->in[0];
  float *out = run->out[0];

  for (gint64 i = 0; i < n; i++)
    {
      StrataRandom random;

      strata_random_init (&random, strata_random_mix (key, i));
      out[i] = alpha[i] > 0 ? draw (&random, alpha[i]) : NAN;
    }
}

const StrataOp strata_op_draw_log_gamma = {
  .name = "draw_log_gamma",
  .n_inputs = 1,
  .n_outputs = 1,
  .attrs_size = sizeof (Attrs),
  .flags = STRATA_OP_RANDOM,
  .infer = draw_log_gamma_infer,
  .run = draw_log_gamma_run,
};

/**
 * strata_draw_log_gamma:
 * @alpha: shapes of the distributions, more than 0
 *
 * Draws from gamma distributions of scale 1, as logarithms, since what is drawn
 * for small shapes may be too small to tell from 0. A softmax of them is a draw
 * from a Dirichlet distribution.
 *
 * Returns: (transfer none): a number for each of @alpha
 */
StrataValue *
strata_draw_log_gamma (StrataBuilder *b,
                       StrataValue   *alpha,
                       gint64         seed)
{
  Attrs attrs = { seed, seed == STRATA_NONE_INT ? strata_builder_next_stream (b) : 0 };

  return strata_builder_emit (b, &strata_op_draw_log_gamma, &attrs, &alpha, 1);
}
