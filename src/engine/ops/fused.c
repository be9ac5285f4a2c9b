/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/fused.h"

#include <string.h>

#include "tensor/pool.h"

/* Numbers in a block at most: twelve of them fit a 32 KiB cache. */
#define BLOCK 512
/* Blocks a task works on: enough to pay for handing it to another thread. */
#define N_BLOCKS 16
#define MAX_REGISTERS STRATA_FUSED_MAX_REGISTERS
#define MAX_STEP_INPUTS 6

typedef enum
{
  SOURCE_DENSE,  /* as large as the result: read in place */
  SOURCE_SCALAR, /* one number, spread over a block once a task */
  SOURCE_CYCLE,  /* a few numbers again and again: a block holds them whole times, so it is filled once a task */
  SOURCE_SPREAD, /* broadcast otherwise: gathered for each block */
  SOURCE_STEP,   /* the result of a step */
} SourceKind;

typedef struct
{
  SourceKind kind;
  gint64 strides[STRATA_MAX_RANK];
  int output;    /* which output a step's result is, or -1 */
  int last_read; /* the last step that reads it, or -1 */
  int step;      /* the step that makes it, or -1 */
} Register;

typedef struct
{
  const StrataOp *op;
  gconstpointer attrs;
  guint n_inputs;
  guint inputs[MAX_STEP_INPUTS];
  guint output; /* the register of the first; others follow */
} Step;

struct _StrataFused
{
  StrataShape shape;
  gint64 size;
  gint64 block, cycle; /* numbers in a block, and how many of them come again and again */
  guint n_registers, n_inputs, n_steps, n_outputs;
  Register registers[MAX_REGISTERS];
  Step steps[MAX_REGISTERS];
  guint outputs[MAX_REGISTERS];
};

typedef struct
{
  const StrataFused *fused;
  const float *const *inputs;
  float *const *outputs;
} Pass;

static void
fused_init (StrataFused       *self,
            const StrataShape *shape)
{
  self->shape = *shape;
  self->size = strata_shape_get_size (shape);
  self->block = BLOCK;
  self->cycle = 1;
  self->n_registers = self->n_inputs = self->n_steps = self->n_outputs = 0;
}

/**
 * strata_fused_new: (skip)
 * @shape: shape of every result in the chain
 *
 * Returns: (transfer full): an empty chain
 */
StrataFused *
strata_fused_new (const StrataShape *shape)
{
  StrataFused *self = g_new (StrataFused, 1);

  fused_init (self, shape);
  return self;
}

void
strata_fused_free (StrataFused *self)
{
  g_free (self);
}

static guint
add_register (StrataFused *self,
              SourceKind   kind)
{
  g_assert (self->n_registers < MAX_REGISTERS);

  self->registers[self->n_registers] = (Register){ .kind = kind, .output = -1, .last_read = -1, .step = -1 };
  return self->n_registers++;
}

/* Whether @shape is that of the last dimensions of the result. */
static gboolean
is_tail (const StrataFused *self,
         const StrataShape *shape,
         gint64             n)
{
  gint64 numbers = 1;

  for (int i = 1; i <= shape->rank && numbers < n; i++)
    {
      if (shape->dims[shape->rank - i] != self->shape.dims[self->shape.rank - i])
        return FALSE;
      numbers *= shape->dims[shape->rank - i];
    }
  return TRUE;
}

/* Whether blocks can be made to hold cycles of @n numbers whole times, and those of inputs before. */
static gboolean
fit_cycle (StrataFused *self,
           gint64       n)
{
  gint64 a = self->cycle, b = n;

  while (b > 0)
    {
      gint64 rest = a % b;

      a = b;
      b = rest;
    }
  if (n > BLOCK || self->cycle / a * n > BLOCK)
    return FALSE;
  self->cycle = self->cycle / a * n;
  self->block = BLOCK / self->cycle * self->cycle;
  return TRUE;
}

/**
 * strata_fused_add_input: (skip)
 * @shape: a shape that broadcasts to the chain's
 *
 * Inputs come before steps. Returns: the register that holds it
 */
guint
strata_fused_add_input (StrataFused       *self,
                        const StrataShape *shape)
{
  Register *reg = &self->registers[add_register (self, SOURCE_DENSE)];
  gint64 stride = 1, n = strata_shape_get_size (shape);

  self->n_inputs++;
  if (n == self->size)
    return self->n_registers - 1;

  if (n == 1)
    reg->kind = SOURCE_SCALAR;
  else
    reg->kind = is_tail (self, shape, n) && fit_cycle (self, n) ? SOURCE_CYCLE : SOURCE_SPREAD;
  for (int i = 1; i <= shape->rank; i++)
    {
      gint64 dim = shape->dims[shape->rank - i];

      reg->strides[self->shape.rank - i] = dim == 1 ? 0 : stride;
      stride *= dim;
    }
  return self->n_registers - 1;
}

/**
 * strata_fused_add_step: (skip)
 * @node: an elementwise node
 * @registers: where its inputs are
 *
 * Returns: the register that holds its first result; others are in those that follow
 */
guint
strata_fused_add_step (StrataFused      *self,
                       const StrataNode *node,
                       const guint      *registers)
{
  guint output = self->n_registers;
  Step *step = &self->steps[self->n_steps];

  g_assert (node->n_inputs <= MAX_STEP_INPUTS);

  *step = (Step){ .op = node->op, .attrs = node->attrs, .n_inputs = node->n_inputs, .output = output };
  for (guint i = 0; i < node->n_inputs; i++)
    {
      step->inputs[i] = registers[i];
      self->registers[registers[i]].last_read = self->n_steps;
    }
  for (int i = 0; i < node->op->n_outputs; i++)
    self->registers[add_register (self, SOURCE_STEP)].step = self->n_steps;
  self->n_steps++;
  return output;
}

/**
 * strata_fused_add_output: (skip)
 * @reg: a step's register that is to be written to memory
 */
void
strata_fused_add_output (StrataFused *self,
                         guint        reg)
{
  self->registers[reg].output = self->n_outputs;
  self->outputs[self->n_outputs++] = reg;
}

/**
 * strata_fused_may_share: (skip)
 *
 * Returns: whether an output may be written over an input: it is as large, and
 *   no step reads the input after the output is made
 */
gboolean
strata_fused_may_share (StrataFused *self,
                        guint        input,
                        guint        output)
{
  const Register *reg = &self->registers[input];

  return reg->kind == SOURCE_DENSE && reg->last_read <= self->registers[self->outputs[output]].step;
}

/**
 * strata_fused_describe: (skip)
 *
 * Returns: (transfer full): the names of its ops, such as "square+add+sqrt"
 */
char *
strata_fused_describe (const StrataFused *self)
{
  GString *text = g_string_new (NULL);

  for (guint s = 0; s < self->n_steps; s++)
    g_string_append_printf (text, s == 0 ? "%s" : "+%s", self->steps[s].op->name);
  return g_string_free (text, FALSE);
}

static void
fill (float *block,
      float  value,
      gsize  n)
{
  for (gsize i = 0; i < n; i++)
    block[i] = value;
}

/* Numbers start to start + n of the broadcast input, row by row of the last dimension. */
static void
gather (const StrataShape *shape,
        const gint64      *strides,
        const float       *source,
        gint64             start,
        float             *block,
        gsize              n)
{
  int last = shape->rank - 1;
  gint64 inner = shape->dims[last], index[STRATA_MAX_RANK], rest = start / inner, at = start % inner, offset = 0;

  for (int i = last - 1; i >= 0; i--)
    {
      index[i] = rest % shape->dims[i];
      rest /= shape->dims[i];
      offset += index[i] * strides[i];
    }

  while (n > 0)
    {
      gsize run = MIN (n, (gsize) (inner - at));

      if (strides[last] != 0)
        memcpy (block, source + offset + at, run * sizeof *block);
      else
        fill (block, source[offset], run);
      block += run;
      n -= run;
      at = 0;
      for (int i = last - 1; i >= 0 && n > 0; i--)
        {
          offset += strides[i];
          if (++index[i] < shape->dims[i])
            break;
          offset -= index[i] * strides[i];
          index[i] = 0;
        }
    }
}

static void
run_chunk (gpointer data,
           guint    task,
           guint    thread)
{
  const Pass *pass = data;
  const StrataFused *self = pass->fused;
  gint64 first = task * N_BLOCKS * self->block, end = MIN (first + N_BLOCKS * self->block, self->size);
  StrataIsa isa = strata_isa_get ();
  float blocks[MAX_REGISTERS][BLOCK] __attribute__ ((aligned (64)));
  float *at[MAX_REGISTERS];

  for (guint r = 0; r < self->n_registers; r++)
    {
      at[r] = blocks[r];
      if (self->registers[r].kind == SOURCE_SCALAR)
        fill (blocks[r], pass->inputs[r][0], MIN (self->block, end - first));
      else if (self->registers[r].kind == SOURCE_CYCLE)
        gather (&self->shape, self->registers[r].strides, pass->inputs[r], first, blocks[r],
                MIN (self->block, end - first));
    }

  for (gint64 start = first; start < end; start += self->block)
    {
      gsize n = MIN (self->block, end - start);

      for (guint r = 0; r < self->n_registers; r++)
        {
          const Register *reg = &self->registers[r];

          if (reg->kind == SOURCE_DENSE)
            at[r] = (float *) pass->inputs[r] + start;
          else if (reg->kind == SOURCE_SPREAD)
            gather (&self->shape, reg->strides, pass->inputs[r], start, blocks[r], n);
          else if (reg->output >= 0)
            at[r] = pass->outputs[reg->output] + start;
        }
      for (guint s = 0; s < self->n_steps; s++)
        {
          const Step *step = &self->steps[s];
          const float *in[MAX_STEP_INPUTS];

          for (guint i = 0; i < step->n_inputs; i++)
            in[i] = at[step->inputs[i]];
          step->op->block[isa] (in, &at[step->output], n, step->attrs);
        }
    }
}

/**
 * strata_fused_run: (skip)
 * @inputs: memory of the inputs, in the order they were added
 * @outputs: memory of the outputs
 */
void
strata_fused_run (StrataFused        *self,
                  const float *const *inputs,
                  float *const       *outputs)
{
  Pass pass = { self, inputs, outputs };

  strata_pool_run ((self->size + N_BLOCKS * self->block - 1) / (N_BLOCKS * self->block), run_chunk, &pass);
}

/**
 * strata_fused_run_single: (skip)
 *
 * Runs one elementwise node by itself.
 */
void
strata_fused_run_single (const StrataRun *run)
{
  StrataFused fused;
  guint registers[MAX_STEP_INPUTS], output;

  fused_init (&fused, &run->node->outputs[0].shape);
  for (guint i = 0; i < run->node->n_inputs; i++)
    registers[i] = strata_fused_add_input (&fused, strata_node_shape (run->node, i));
  output = strata_fused_add_step (&fused, run->node, registers);
  for (int i = 0; i < run->node->op->n_outputs; i++)
    strata_fused_add_output (&fused, output + i);
  strata_fused_run (&fused, (const float *const *) run->in, (float *const *) run->out);
}
