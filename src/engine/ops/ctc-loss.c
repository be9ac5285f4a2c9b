/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/ctc-loss.h"

#include <math.h>
#include <string.h>

#include "ops/elementwise.h"
#include "ops/shaping.h"
#include "tensor/pool.h"

/* @blank: the class that means nothing is said, and that fills labels up. */
typedef struct
{
  gint64 blank;
} Attrs;

extern const StrataOp strata_op_ctc_loss;

/* One sample: labels with blanks between them, and logarithms of probabilities. */
typedef struct
{
  gint64 steps, classes, states;
  int blank;
  const float *labels; /* without fillers, (states - 1) / 2 of them */
  double *log_p;       /* (steps, classes) */
  double *forward;     /* (steps, states): of all ways to get there */
  double *backward;    /* (steps, states): of all ways to go on */
  double *grad;        /* (classes) */
} Sample;

typedef struct
{
  const StrataRun *run;
  gint64 steps, classes, length;
} Walk;

static gboolean
ctc_loss_infer (StrataNode  *node,
                GError     **error)
{
  const StrataShape *labels = strata_node_shape (node, 0), *scores = strata_node_shape (node, 1);

  if (node->inputs[0]->dtype != STRATA_FLOAT32 || node->inputs[1]->dtype != STRATA_FLOAT32 || labels->rank != 2 ||
      scores->rank != 3 ||
      (labels->dims[0] != scores->dims[0] && labels->dims[0] != STRATA_UNKNOWN && scores->dims[0] != STRATA_UNKNOWN))
    return strata_op_mismatch (node, error, "labels (samples, length) and scores (samples, steps, classes)");
  for (guint i = 2; i < node->n_inputs; i++)
    if (node->inputs[i]->dtype != STRATA_FLOAT32 ||
        !strata_shape_is_compatible (strata_node_shape (node, i), &STRATA_SHAPE (labels->dims[0])))
      return strata_op_mismatch (node, error, "a length for each sample");
  strata_node_set_output (node, 0, STRATA_FLOAT32, &STRATA_SHAPE (scores->dims[0]));
  strata_node_set_output (node, 1, STRATA_FLOAT32, scores);
  return TRUE;
}

static gsize
count_doubles (gint64 steps,
               gint64 classes,
               gint64 length)
{
  return steps * classes + 2 * steps * (2 * length + 1) + classes + length;
}

static gsize
ctc_loss_scratch (const StrataNode *node)
{
  const StrataShape *labels = strata_node_shape (node, 0), *scores = strata_node_shape (node, 1);

  return scores->dims[0] * count_doubles (scores->dims[1], scores->dims[2], labels->dims[1]) * sizeof (double);
}

static double
log_add (double a,
         double b)
{
  double most = MAX (a, b);

  return most == -INFINITY ? most : most + log (exp (a - most) + exp (b - most));
}

static int
get_class (const Sample *self,
           gint64        state)
{
  return state % 2 == 0 ? self->blank : (int) self->labels[state / 2];
}

/* Whether a blank may be skipped on the way to @state: not between equal labels. */
static gboolean
may_skip (const Sample *self,
          gint64        state)
{
  return state % 2 == 1 && state >= 3 && get_class (self, state) != get_class (self, state - 2);
}

static void
take_logarithms (Sample      *self,
                 const float *scores)
{
  for (gint64 t = 0; t < self->steps; t++, scores += self->classes)
    {
      double most = -INFINITY, sum = 0;

      for (gint64 c = 0; c < self->classes; c++)
        most = MAX (most, scores[c]);
      for (gint64 c = 0; c < self->classes; c++)
        sum += exp (scores[c] - most);
      for (gint64 c = 0; c < self->classes; c++)
        self->log_p[t * self->classes + c] = scores[c] - most - log (sum);
    }
}

static void
go_forward (Sample *self)
{
  for (gint64 t = 0; t < self->steps; t++)
    for (gint64 s = 0; s < self->states; s++)
      {
        const double *before = self->forward + (t - 1) * self->states;
        double ways = t == 0 ? (s <= 1 ? 0 : -INFINITY) : before[s];

        if (t > 0 && s > 0)
          ways = log_add (ways, before[s - 1]);
        if (t > 0 && may_skip (self, s))
          ways = log_add (ways, before[s - 2]);
        self->forward[t * self->states + s] = ways + self->log_p[t * self->classes + get_class (self, s)];
      }
}

static void
go_backward (Sample *self)
{
  for (gint64 t = self->steps - 1; t >= 0; t--)
    for (gint64 s = self->states - 1; s >= 0; s--)
      {
        const double *after = self->backward + (t + 1) * self->states, *log_p = self->log_p + (t + 1) * self->classes;
        double ways;

        if (t == self->steps - 1)
          {
            self->backward[t * self->states + s] = s >= self->states - 2 ? 0 : -INFINITY;
            continue;
          }
        ways = after[s] + log_p[get_class (self, s)];
        if (s + 1 < self->states)
          ways = log_add (ways, after[s + 1] + log_p[get_class (self, s + 1)]);
        if (s + 2 < self->states && may_skip (self, s + 2))
          ways = log_add (ways, after[s + 2] + log_p[get_class (self, s + 2)]);
        self->backward[t * self->states + s] = ways;
      }
}

/* The probabilities less how often each class is used, by all ways together. */
static void
write_gradient (Sample *self,
                double  total,
                float  *out)
{
  for (gint64 t = 0; t < self->steps; t++, out += self->classes)
    {
      for (gint64 c = 0; c < self->classes; c++)
        self->grad[c] = isfinite (total) ? exp (self->log_p[t * self->classes + c]) : 0;
      for (gint64 s = 0; s < self->states && isfinite (total); s++)
        self->grad[get_class (self, s)] -= exp (self->forward[t * self->states + s] +
                                                self->backward[t * self->states + s] - total);
      for (gint64 c = 0; c < self->classes; c++)
        out[c] = self->grad[c];
    }
}

/* Labels as TensorFlow takes them where nobody says how many there are: as many from the start as are not fillers. */
static gint64
count_labels (const float *labels,
              gint64       length,
              gint64       blank)
{
  gint64 n = 0;

  for (gint64 i = 0; i < length; i++)
    n += labels[i] != blank;
  return n;
}

/* A length that is given, which may be no number at all. */
static gint64
get_length (const StrataRun *run,
            guint            input,
            guint            sample,
            gint64           most)
{
  float length = ((const float *) run->in[input])[sample];

  return length > 0 ? MIN (length, most) : 0;
}

static gboolean
are_classes (const float *labels,
             gint64       n,
             gint64       classes)
{
  for (gint64 i = 0; i < n; i++)
    if (!(labels[i] >= 0 && labels[i] < classes))
      return FALSE;
  return TRUE;
}

static void
run_sample (gpointer data,
            guint    task,
            guint    thread)
{
  const Walk *walk = data;
  double *memory = (double *) walk->run->scratch + task * count_doubles (walk->steps, walk->classes, walk->length);
  double total;
  Sample sample = { .steps = walk->steps, .classes = walk->classes,
                    .blank = STRATA_ATTRS (Attrs, walk->run->node)->blank };
  float *loss = (float *) walk->run->out[0] + task;
  float *grad = (float *) walk->run->out[1] + task * walk->steps * walk->classes;
  gint64 n_labels;

  sample.labels = (const float *) walk->run->in[0] + task * walk->length;
  if (walk->run->node->n_inputs > 2)
    {
      n_labels = get_length (walk->run, 2, task, walk->length);
      sample.steps = get_length (walk->run, 3, task, walk->steps);
    }
  else
    n_labels = count_labels (sample.labels, walk->length, sample.blank);
  sample.states = 2 * n_labels + 1;
  memset (grad, 0, walk->steps * walk->classes * sizeof *grad);
  if (!are_classes (sample.labels, n_labels, walk->classes) || sample.steps == 0)
    {
      *loss = NAN;
      return;
    }

  sample.log_p = memory;
  sample.forward = sample.log_p + sample.steps * walk->classes;
  sample.backward = sample.forward + sample.steps * sample.states;
  sample.grad = sample.backward + sample.steps * sample.states;
  take_logarithms (&sample, (const float *) walk->run->in[1] + task * walk->steps * walk->classes);
  go_forward (&sample);
  go_backward (&sample);
  total = sample.forward[(sample.steps - 1) * sample.states + sample.states - 1];
  if (sample.states > 1)
    total = log_add (total, sample.forward[(sample.steps - 1) * sample.states + sample.states - 2]);
  *loss = -total;
  write_gradient (&sample, total, grad);
}

static void
ctc_loss_run (const StrataRun *run)
{
  const StrataShape *scores = strata_node_shape (run->node, 1);
  Walk walk = { run, scores->dims[1], scores->dims[2], strata_node_shape (run->node, 0)->dims[1] };

  strata_pool_run (scores->dims[0], run_sample, &walk);
}

static void
ctc_loss_gradient (StrataBuilder       *b,
                   const StrataNode    *node,
                   StrataValue *const  *grads,
                   StrataValue        **input_grads)
{
  if (grads[0] != NULL)
    input_grads[1] = strata_multiply (b, (StrataValue *) &node->outputs[1],
                                      strata_expand_dims (b, strata_expand_dims (b, grads[0], -1), -1));
}

const StrataOp strata_op_ctc_loss = {
  .name = "ctc_loss",
  .n_inputs = -1,
  .n_outputs = 2,
  .attrs_size = sizeof (Attrs),
  .infer = ctc_loss_infer,
  .scratch = ctc_loss_scratch,
  .run = ctc_loss_run,
  .gradient = ctc_loss_gradient,
};

/**
 * strata_ctc_loss: (skip)
 * @labels: of shape (samples, length): class numbers, then, without lengths, @blank
 * @scores: of shape (samples, steps, classes)
 * @lengths: (nullable): two tensors of shape (samples): how many labels and how many steps count
 * @blank: the class that is silence
 *
 * Returns: (transfer none): (samples): minus the logarithm of the probability
 *   that the steps say the labels (Graves and others, 2006)
 */
StrataValue *
strata_ctc_loss (StrataBuilder  *b,
                 StrataValue    *labels,
                 StrataValue    *scores,
                 StrataValue   **lengths,
                 gint64          blank)
{
  StrataValue *inputs[4] = { labels, scores, lengths != NULL ? lengths[0] : NULL, lengths != NULL ? lengths[1] : NULL };

  return strata_builder_emit (b, &strata_op_ctc_loss, &(Attrs){ blank }, inputs, lengths != NULL ? 4 : 2);
}
