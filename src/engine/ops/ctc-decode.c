/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/ctc-decode.h"

#include <math.h>

#include "tensor/pool.h"

extern const StrataOp strata_op_ctc_decode;

/* A sequence of classes: the one without its last, and that; others that go on from it are its children. */
typedef struct
{
  gint32 before, symbol, child, next;
  gint32 beam; /* of those that are followed, or -1 */
} Prefix;

/* A sequence that is followed, or may be: logarithms of the probability of all ways to say it. */
typedef struct
{
  double total, ends_silent, ends_said;
  gint32 prefix;        /* or -1 where it is new: then it goes on from the beam @from by @symbol */
  gint32 from, symbol;
} Beam;

typedef struct
{
  const StrataRun *run;
  gint64 samples, steps, classes;
} Walk;

typedef struct
{
  const Walk *walk;
  const StrataCtcDecodeOptions *options;
  double *log_p; /* of one step */
  Beam *beams, *candidates;
  Prefix *prefixes;
  gint64 n_beams, n_candidates, n_prefixes;
} Search;

static gboolean
ctc_decode_infer (StrataNode  *node,
                  GError     **error)
{
  const StrataShape *scores = strata_node_shape (node, 0), *lengths = strata_node_shape (node, 1);
  gint64 n_paths = STRATA_ATTRS (StrataCtcDecodeOptions, node)->n_paths;

  if (node->inputs[0]->dtype != STRATA_FLOAT32 || node->inputs[1]->dtype != STRATA_FLOAT32 || scores->rank != 3 ||
      lengths->rank != 1)
    return strata_op_mismatch (node, error, "scores (samples, steps, classes) and a length for each sample");
  if (!strata_shape_is_compatible (lengths, &STRATA_SHAPE (scores->dims[0])))
    return strata_op_mismatch (node, error, "as many lengths as samples");
  strata_node_set_output (node, 0, STRATA_INT32, &STRATA_SHAPE (n_paths, scores->dims[0], scores->dims[1]));
  strata_node_set_output (node, 1, STRATA_FLOAT32, &STRATA_SHAPE (scores->dims[0], n_paths));
  return TRUE;
}

static gint64
count_prefixes (const StrataNode *node)
{
  return 1 + strata_node_shape (node, 0)->dims[1] * STRATA_ATTRS (StrataCtcDecodeOptions, node)->n_beams;
}

static gsize
count_bytes (const StrataNode *node)
{
  gsize n_beams = STRATA_ATTRS (StrataCtcDecodeOptions, node)->n_beams;
  gsize bytes = strata_node_shape (node, 0)->dims[2] * sizeof (double) + 2 * n_beams * sizeof (Beam) +
                count_prefixes (node) * sizeof (Prefix);

  return (bytes + 63) / 64 * 64;
}

static gsize
ctc_decode_scratch (const StrataNode *node)
{
  return STRATA_ATTRS (StrataCtcDecodeOptions, node)->greedy ? 0 : count_bytes (node) * strata_pool_get_n_threads ();
}

static gint32 *
get_path (const Walk *walk,
          gint64      path,
          gint64      sample)
{
  return (gint32 *) walk->run->out[0] + (path * walk->samples + sample) * walk->steps;
}

static gint64
get_length (const Walk *walk,
            gint64      sample)
{
  float length = ((const float *) walk->run->in[1])[sample];

  return length > 0 ? MIN (length, walk->steps) : 0;
}

/* The likeliest class of each step; the total is of what is told, without a sign. */
static void
decode_greedily (const Walk *walk,
                 gint64      sample)
{
  const StrataCtcDecodeOptions *options = STRATA_ATTRS (StrataCtcDecodeOptions, walk->run->node);
  const float *scores = (const float *) walk->run->in[0] + sample * walk->steps * walk->classes;
  gint32 *path = get_path (walk, 0, sample), before = -1;
  gint64 n = 0;
  double total = 0;

  for (gint64 t = 0; t < get_length (walk, sample); t++, scores += walk->classes)
    {
      gint32 best = 0;

      for (gint64 c = 1; c < walk->classes; c++)
        if (scores[c] > scores[best])
          best = c;
      total -= scores[best];
      if (best != options->blank && !(options->merge_repeated && best == before))
        path[n++] = best;
      before = best;
    }
  for (; n < walk->steps; n++)
    path[n] = -1;
  ((float *) walk->run->out[1])[sample] = total;
}

static double
log_add (double a,
         double b)
{
  double most = MAX (a, b);

  return most == -INFINITY ? most : most + log1p (exp (MIN (a, b) - most));
}

static void
take_logarithms (Search      *self,
                 const float *scores)
{
  double most = -INFINITY, sum = 0;

  for (gint64 c = 0; c < self->walk->classes; c++)
    most = MAX (most, scores[c]);
  for (gint64 c = 0; c < self->walk->classes; c++)
    sum += exp (scores[c] - most);
  for (gint64 c = 0; c < self->walk->classes; c++)
    self->log_p[c] = scores[c] - most - log (sum);
}

/* Keeps the best, in their order. */
static void
offer (Search *self,
       Beam    beam)
{
  gint64 i = self->n_candidates;

  beam.total = log_add (beam.ends_silent, beam.ends_said);
  if (i == self->options->n_beams && beam.total <= self->candidates[i - 1].total)
    return;
  if (i < self->options->n_beams)
    self->n_candidates++;
  else
    i--;
  for (; i > 0 && beam.total > self->candidates[i - 1].total; i--)
    self->candidates[i] = self->candidates[i - 1];
  self->candidates[i] = beam;
}

/* How probable it is that @beam was said so that @symbol can be said next: a class said twice needs silence between. */
static double
get_start (const Search *self,
           const Beam   *beam,
           gint32        symbol)
{
  return self->prefixes[beam->prefix].symbol == symbol ? beam->ends_silent : beam->total;
}

static gint32
find_child (const Search *self,
            gint32        prefix,
            gint32        symbol)
{
  gint32 child = self->prefixes[prefix].child;

  while (child >= 0 && self->prefixes[child].symbol != symbol)
    child = self->prefixes[child].next;
  return child;
}

static void
offer_all (Search *self)
{
  self->n_candidates = 0;
  for (gint64 i = 0; i < self->n_beams; i++)
    {
      const Beam *beam = &self->beams[i];
      const Prefix *prefix = &self->prefixes[beam->prefix];
      Beam next = { .ends_silent = beam->total + self->log_p[self->options->blank], .ends_said = -INFINITY,
                    .prefix = beam->prefix };

      if (prefix->before >= 0)
        {
          gint32 before = self->prefixes[prefix->before].beam;

          next.ends_said = beam->ends_said;
          if (before >= 0)
            next.ends_said = log_add (next.ends_said, get_start (self, &self->beams[before], prefix->symbol));
          next.ends_said += self->log_p[prefix->symbol];
        }
      offer (self, next);
    }
  for (gint64 i = 0; i < self->n_beams; i++)
    for (gint32 c = 0; c < self->walk->classes; c++)
      {
        gint32 child = c != self->options->blank ? find_child (self, self->beams[i].prefix, c) : -1;

        if (c != self->options->blank && (child < 0 || self->prefixes[child].beam < 0))
          offer (self,
                 (Beam){ .ends_silent = -INFINITY, .ends_said = get_start (self, &self->beams[i], c) + self->log_p[c],
                               .prefix = -1, .from = i, .symbol = c });
      }
}

/* The candidates become what is followed. */
static void
take_over (Search *self)
{
  Beam *kept = self->beams;

  for (gint64 i = 0; i < self->n_beams; i++)
    self->prefixes[self->beams[i].prefix].beam = -1;
  for (gint64 i = 0; i < self->n_candidates; i++)
    {
      Beam *beam = &self->candidates[i];

      if (beam->prefix < 0)
        {
          gint32 before = self->beams[beam->from].prefix;

          beam->prefix = find_child (self, before, beam->symbol);
          if (beam->prefix < 0)
            {
              beam->prefix = self->n_prefixes++;
              self->prefixes[beam->prefix] = (Prefix){ before, beam->symbol, -1, self->prefixes[before].child, -1 };
              self->prefixes[before].child = beam->prefix;
            }
        }
      self->prefixes[beam->prefix].beam = i;
    }
  self->beams = self->candidates;
  self->n_beams = self->n_candidates;
  self->candidates = kept;
}

static void
write_paths (const Search *self,
             gint64        sample)
{
  for (gint64 p = 0; p < self->options->n_paths; p++)
    {
      gint32 *path = get_path (self->walk, p, sample);
      gint64 n = 0;

      for (gint64 t = 0; t < self->walk->steps; t++)
        path[t] = -1;
      ((float *) self->walk->run->out[1])[sample * self->options->n_paths + p] = p < self->n_beams
                                                                                 ? self->beams[p].total : -INFINITY;
      if (p >= self->n_beams)
        continue;
      for (gint32 i = self->beams[p].prefix; i > 0; i = self->prefixes[i].before)
        n++;
      for (gint32 i = self->beams[p].prefix; i > 0; i = self->prefixes[i].before)
        path[--n] = self->prefixes[i].symbol;
    }
}

static void
decode_sample (gpointer data,
               guint    task,
               guint    thread)
{
  const Walk *walk = data;
  const StrataNode *node = walk->run->node;
  const float *scores = (const float *) walk->run->in[0] + task * walk->steps * walk->classes;
  Search search = { .walk = walk, .options = STRATA_ATTRS (StrataCtcDecodeOptions, node), .n_beams = 1,
                    .n_prefixes = 1 };

  if (search.options->greedy)
    {
      decode_greedily (walk, task);
      return;
    }
  search.log_p = (double *) ((char *) walk->run->scratch + thread * count_bytes (node));
  search.beams = (Beam *) (search.log_p + walk->classes);
  search.candidates = search.beams + search.options->n_beams;
  search.prefixes = (Prefix *) (search.candidates + search.options->n_beams);
  search.prefixes[0] = (Prefix){ -1, -1, -1, -1, 0 };
  search.beams[0] = (Beam){ .ends_said = -INFINITY };
  for (gint64 t = 0; t < get_length (walk, task); t++)
    {
      take_logarithms (&search, scores + t * walk->classes);
      offer_all (&search);
      take_over (&search);
    }
  write_paths (&search, task);
}

static void
ctc_decode_run (const StrataRun *run)
{
  const StrataShape *scores = strata_node_shape (run->node, 0);
  Walk walk = { run, scores->dims[0], scores->dims[1], scores->dims[2] };

  strata_pool_run (walk.samples, decode_sample, &walk);
}

const StrataOp strata_op_ctc_decode = {
  .name = "ctc_decode",
  .n_inputs = 2,
  .n_outputs = 2,
  .attrs_size = sizeof (StrataCtcDecodeOptions),
  .infer = ctc_decode_infer,
  .scratch = ctc_decode_scratch,
  .run = ctc_decode_run,
};

/**
 * strata_ctc_decode: (skip)
 * @scores: of shape (samples, steps, classes): before a softmax
 * @lengths: of shape (samples): how many steps count
 * @totals: (out): (samples, paths): logarithms of the paths' probabilities; greedily, what was passed by, as TensorFlow
 *   has it
 *
 * Returns: (transfer none): int32 (paths, samples, steps): class numbers, then -1: what the steps
 *   say (Graves and others, 2006), by the likeliest classes or by prefix beam search
 */
StrataValue *
strata_ctc_decode (StrataBuilder                 *b,
                   StrataValue                   *scores,
                   StrataValue                   *lengths,
                   const StrataCtcDecodeOptions  *options,
                   StrataValue                  **totals)
{
  StrataValue *labels = strata_builder_emit (b, &strata_op_ctc_decode, options, (StrataValue *[]){ scores, lengths },
                                             2);

  *totals = strata_builder_has_failed (b) ? labels : &labels->node->outputs[1];
  return labels;
}
