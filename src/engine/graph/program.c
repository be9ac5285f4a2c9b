/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "graph/program.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "graph/fusion.h"
#include "graph/padding.h"
#include "graph/program-private.h"
#include "graph/simplify.h"

static StrataValue **
collect_roots (StrataProgram *self,
               guint         *n_roots)
{
  StrataValue **roots = g_new (StrataValue *, self->n_outputs + self->stores->len + 1);

  *n_roots = 0;
  for (guint i = 0; i < self->n_outputs; i++)
    roots[(*n_roots)++] = self->outputs[i];
  for (guint i = 0; i < self->stores->len; i++)
    roots[(*n_roots)++] = g_array_index (self->stores, StrataStore, i).value;
  return roots;
}

static void
return_roots (StrataProgram  *self,
              StrataValue   **roots)
{
  for (guint i = 0; i < self->n_outputs; i++)
    self->outputs[i] = roots[i];
  for (guint i = 0; i < self->stores->len; i++)
    g_array_index (self->stores, StrataStore, i).value = roots[self->n_outputs + i];
}

static gboolean
is_assigned (StrataProgram  *self,
             StrataVariable *variable)
{
  for (guint i = 0; i < self->stores->len; i++)
    if (g_array_index (self->stores, StrataStore, i).variable == variable)
      return TRUE;
  return FALSE;
}

/* A root that is a variable which the run overwrites must be the value from before: it is copied first. */
static StrataValue *
protect_root (StrataProgram *self,
              StrataValue   *root)
{
  StrataValue *base = strata_value_get_base (root), *copy;
  g_autofree char *name = NULL;
  StrataStep step = { 0 };

  if (base->tensor != NULL || base->node->variable == NULL || !is_assigned (self, base->node->variable))
    return root;

  name = g_strdup_printf ("copy of %s", base->node->variable->name);
  copy = strata_builder_input (self->builder, name, root->dtype, &root->shape);
  step.n_inputs = step.n_outputs = 1;
  step.inputs = g_memdup2 (&base, sizeof base);
  step.outputs = g_memdup2 (&copy, sizeof copy);
  step.in = g_new0 (gconstpointer, 1);
  step.out = g_new0 (gpointer, 1);
  g_array_append_val (self->steps, step);
  return copy;
}

static void
collect_inputs (StrataProgram *self)
{
  const GPtrArray *nodes = strata_builder_get_nodes (self->builder);

  for (guint i = 0; i < nodes->len; i++)
    {
      StrataNode *node = g_ptr_array_index (nodes, i);

      if (node->op == NULL && node->name != NULL)
        g_ptr_array_add (self->inputs, &node->outputs[0]);
    }
}

static void
collect_stores (StrataProgram *self)
{
  for (guint i = 0; i < strata_builder_get_n_assigned (self->builder); i++)
    {
      StrataStore store = { 0 };

      store.variable = strata_builder_get_assigned (self->builder, i, &store.value);
      g_array_append_val (self->stores, store);
    }
}

static gboolean
check_shapes (StrataProgram  *self,
              GError        **error)
{
  const GPtrArray *nodes = strata_builder_get_nodes (self->builder);

  for (guint i = 0; i < nodes->len; i++)
    {
      StrataNode *node = g_ptr_array_index (nodes, i);
      gint64 size = strata_shape_get_size (&node->outputs[0].shape);

      if (size < 0 || size > STRATA_MOST_NUMBERS)
        {
          g_autofree char *shape = strata_shape_to_string (&node->outputs[0].shape);

          strata_set_error (error, STRATA_ERROR_SHAPE, "%s: a result of shape %s cannot be computed",
                            node->scope != NULL ? node->scope->name : node->op != NULL ? node->op->name : "input",
                            shape);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
materialize_variables (StrataProgram  *self,
                       GError        **error)
{
  const GPtrArray *nodes = strata_builder_get_nodes (self->builder);

  for (guint i = 0; i < nodes->len; i++)
    {
      StrataNode *node = g_ptr_array_index (nodes, i);

      if (node->variable != NULL && !strata_variable_materialize (node->variable, error))
        return FALSE;
    }
  return TRUE;
}

static void
allocate_scratch (StrataProgram *self)
{
  gsize most = 0;

  for (guint s = 0; s < self->steps->len; s++)
    {
      StrataStep *step = &g_array_index (self->steps, StrataStep, s);

      if (step->node != NULL && step->fused == NULL && step->node->op->scratch != NULL)
        most = MAX (most, step->node->op->scratch (step->node));
    }
  self->scratch = most > 0 ? aligned_alloc (64, (most + 63) / 64 * 64) : NULL;
}

static void
optimise (StrataProgram *self)
{
  const GPtrArray *nodes = strata_builder_get_nodes (self->builder);
  guint n_roots;
  g_autofree StrataValue **roots = collect_roots (self, &n_roots);
  g_autofree gboolean *live = NULL, *prepared = NULL;
  g_autofree guint *groups = NULL;

  strata_simplify (nodes, roots, n_roots);
  strata_fold_padding (nodes, roots, n_roots);
  strata_fuse_epilogues (self->builder, roots, n_roots);
  strata_fuse_neighbours (nodes, roots, n_roots);
  strata_fuse_pooled_convs (nodes, roots, n_roots);
  for (guint i = 0; i < n_roots; i++)
    roots[i] = protect_root (self, roots[i]);
  return_roots (self, roots);

  live = strata_mark_live (nodes, roots, n_roots);
  prepared = strata_mark_prepared (self->builder);
  groups = strata_fuse_elementwise (nodes, roots, n_roots, live, prepared);
  strata_program_build_steps (self, live, groups, prepared);
}

/**
 * strata_program_compile: (skip)
 * @builder: (transfer full): a recording builder in which all shapes are known
 * @outputs: values to be had after a run
 * @n_outputs: how many
 *
 * Makes a program that computes @outputs and gives every variable that was
 * assigned its new value.
 * Returns: (transfer full): the program, or %NULL with @error set to what went
 *   wrong while recording
 */
StrataProgram *
strata_program_compile (StrataBuilder       *builder,
                        StrataValue *const  *outputs,
                        guint                n_outputs,
                        GError             **error)
{
  g_autoptr (StrataProgram) self = g_new0 (StrataProgram, 1);

  self->builder = builder;
  self->inputs = g_ptr_array_new ();
  self->steps = g_array_new (FALSE, TRUE, sizeof (StrataStep));
  g_array_set_clear_func (self->steps, (GDestroyNotify) strata_step_clear);
  self->stores = g_array_new (FALSE, TRUE, sizeof (StrataStore));
  self->memory = g_hash_table_new (NULL, NULL);
  self->outputs = g_memdup2 (outputs, n_outputs * sizeof outputs[0]);
  self->n_outputs = n_outputs;

  if (!strata_builder_take_error (builder, error) || !check_shapes (self, error) ||
      !materialize_variables (self, error))
    return NULL;

  collect_inputs (self);
  collect_stores (self);
  optimise (self);
  strata_watch_init (&self->watch, builder);
  strata_program_place_storage (self);
  if (self->arena == NULL)
    {
      strata_set_error (error, STRATA_ERROR_DATA,
                        "There is not enough memory: the model needs %.1f GB at this batch size; a smaller batch needs "
                        "less", self->arena_size / 1e9);
      return NULL;
    }
  allocate_scratch (self);
  return g_steal_pointer (&self);
}

void
strata_program_free (StrataProgram *self)
{
  g_array_unref (self->steps);
  g_array_unref (self->stores);
  strata_watch_clear (&self->watch);
  g_ptr_array_unref (self->inputs);
  g_hash_table_unref (self->memory);
  g_free (self->outputs);
  free (self->block);
  free (self->scratch);
  strata_builder_free (self->builder);
  g_free (self);
}

static void
run_step (StrataProgram    *self,
          const StrataStep *step,
          guint64           seed,
          guint64           counter)
{
  if (step->fused != NULL)
    strata_fused_run (step->fused, (const float *const *) step->in, (float *const *) step->out);
  else if (step->node == NULL)
    memcpy (step->out[0], step->in[0],
            strata_shape_get_size (&step->outputs[0]->shape) * strata_dtype_get_size (step->outputs[0]->dtype));
  else
    step->node->op->run (&(StrataRun){ .node = step->node,
                                       .in = step->in,
                                       .out = step->out,
                                       .scratch = self->scratch,
                                       .seed = seed,
                                       .step = counter });
}

/* Steps may take less than a microsecond. */
static double
get_seconds (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  return now.tv_sec + now.tv_nsec * 1e-9;
}

/* One look at the clock ends a step and begins the next. */
static double
note_time (StrataStep *step,
           double      start)
{
  double now = get_seconds (), seconds = now - start;

  step->fastest = step->seconds == 0 ? seconds : MIN (step->fastest, seconds);
  step->seconds += seconds;
  return now;
}

/* The first runs all count, so that there is something to tell soon. */
#define FIRST_RUNS 16

static gboolean
is_measured (StrataProgram *self)
{
  return self->profile_every > 0 && (self->all_runs < FIRST_RUNS || self->all_runs % self->profile_every == 0);
}

/**
 * strata_program_run: (skip)
 * @seed: what random ops draw from
 * @step: how many steps came before, so that each draws anew
 *
 * Runs the program on what its inputs hold. What depends on weights alone is
 * computed only where they may have changed since the last run.
 */
void
strata_program_run (StrataProgram *self,
                    guint64        seed,
                    guint64        step)
{
  gboolean changed = strata_watch_changed (&self->watch), measures = is_measured (self);
  double start = self->profile_every > 0 ? get_seconds () : 0, before = start;

  for (guint s = 0; s < self->steps->len; s++)
    {
      StrataStep *current = &g_array_index (self->steps, StrataStep, s);

      if (!changed && s >= self->first_prepared && s < self->end_prepared)
        continue;

      run_step (self, current, seed, step);
      if (measures)
        before = note_time (current, before);
    }
  for (guint i = 0; i < self->stores->len; i++)
    {
      StrataStore *store = &g_array_index (self->stores, StrataStore, i);

      store->variable->version++;
      if (!store->direct)
        memcpy (strata_tensor_get_data (store->variable->tensor), store->source,
                strata_tensor_get_bytes (store->variable->tensor));
    }
  self->profiled_runs += measures ? 1 : 0;
  self->all_runs++;
  self->all_seconds += self->profile_every > 0 ? get_seconds () - start : 0;
}

guint
strata_program_get_n_inputs (StrataProgram *self)
{
  return self->inputs->len;
}

/**
 * strata_program_get_input: (skip)
 */
const StrataValue *
strata_program_get_input (StrataProgram *self,
                          guint          i)
{
  return g_ptr_array_index (self->inputs, i);
}

/**
 * strata_program_find_input: (skip)
 *
 * Returns: (nullable): the input called @name
 */
const StrataValue *
strata_program_find_input (StrataProgram *self,
                           const char    *name)
{
  for (guint i = 0; i < self->inputs->len; i++)
    {
      const StrataValue *input = g_ptr_array_index (self->inputs, i);

      if (g_str_equal (input->node->name, name))
        return input;
    }
  return NULL;
}

/**
 * strata_program_get_input_data: (skip)
 *
 * Returns: where to put the numbers of @input before a run; they stay until changed
 */
gpointer
strata_program_get_input_data (StrataProgram     *self,
                               const StrataValue *input)
{
  return g_hash_table_lookup (self->memory, input);
}

StrataDType
strata_program_get_output_dtype (StrataProgram *self,
                                 guint          i)
{
  return self->outputs[i]->dtype;
}

/**
 * strata_program_get_output_shape: (skip)
 */
const StrataShape *
strata_program_get_output_shape (StrataProgram *self,
                                 guint          i)
{
  return &self->outputs[i]->shape;
}

/**
 * strata_program_get_output_data: (skip)
 *
 * Returns: the numbers of an output, valid until the next run
 */
gconstpointer
strata_program_get_output_data (StrataProgram *self,
                                guint          i)
{
  return g_hash_table_lookup (self->memory, strata_value_get_base (self->outputs[i]));
}

float
strata_program_get_output_float (StrataProgram *self,
                                 guint          i)
{
  return *(const float *) strata_program_get_output_data (self, i);
}

/**
 * strata_program_dup_output: (skip)
 *
 * Returns: (transfer full): an output as a tensor of its own
 */
StrataTensor *
strata_program_dup_output (StrataProgram *self,
                           guint          i)
{
  StrataTensor *tensor = strata_tensor_new (self->outputs[i]->dtype, &self->outputs[i]->shape);

  strata_tensor_set_data (tensor, strata_program_get_output_data (self, i));
  return tensor;
}

/**
 * strata_program_get_arena_size: (skip)
 *
 * Returns: bytes that all intermediate results take together
 */
gsize
strata_program_get_arena_size (StrataProgram *self)
{
  return self->arena_size;
}

guint
strata_program_get_n_steps (StrataProgram *self)
{
  return self->steps->len;
}

/**
 * strata_program_set_profiling: (skip)
 * @every: one run of how many is measured after the first few; 0 for none
 *
 * Begins or ends measuring each step. A look at the clock a step is little, but not nothing.
 */
void
strata_program_set_profiling (StrataProgram *self,
                              guint          every)
{
  self->profile_every = every;
  self->profiled_runs = self->all_runs = 0;
  self->all_seconds = 0;
  for (guint s = 0; every > 0 && s < self->steps->len; s++)
    g_array_index (self->steps, StrataStep, s).seconds = 0;
}

/**
 * strata_program_profile: (skip)
 * @func: called for each step, in order
 */
void
strata_program_profile (StrataProgram     *self,
                        StrataProfileFunc  func,
                        gpointer           user_data)
{
  double measured = 0;

  for (guint s = 0; s < self->steps->len; s++)
    measured += g_array_index (self->steps, StrataStep, s).seconds;
  for (guint s = 0; s < self->steps->len; s++)
    {
      const StrataStep *step = &g_array_index (self->steps, StrataStep, s);
      const StrataNode *node = step->node;
      g_autofree char *chain = step->fused != NULL ? strata_fused_describe (step->fused) : NULL;
      StrataProfileEntry entry = {
        .scope = node != NULL ? node->scope : NULL,
        .phase = node != NULL ? node->phase : STRATA_PHASE_UPDATE,
        .op = chain != NULL ? chain : node != NULL ? node->op->name : "copy",
        .shape = &step->outputs[0]->shape,
        .runs = self->profiled_runs,
        .seconds = step->seconds,
        .all_seconds = measured > 0 ? step->seconds / measured * self->all_seconds : 0,
        .fastest = step->fastest,
        .flops = node != NULL && node->op->flops != NULL ? node->op->flops (node) : 0,
      };

      func (&entry, user_data);
    }
}
