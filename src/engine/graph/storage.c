/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>

#include "graph/plan.h"
#include "graph/program-private.h"
#include "tensor/memory.h"
#include "tensor/pages.h"

#define NEVER G_MAXUINT

/* A buffer of the arena, shared by values that follow each other in place. */
typedef struct
{
  StrataProgram *program;
  GHashTable *buffers;   /* StrataValue (base) -> index of its interval, plus one */
  GArray *intervals;     /* StrataInterval */
  GHashTable *last_read; /* StrataValue (base) -> last step that reads it, plus one */
} Storage;

static StrataStep *
get_step (Storage *self,
          guint    i)
{
  return &g_array_index (self->program->steps, StrataStep, i);
}

static gsize
get_bytes (const StrataValue *value)
{
  return strata_shape_get_size (&value->shape) * strata_dtype_get_size (value->dtype);
}

static void
note_reads (Storage *self)
{
  guint end = self->program->steps->len;

  for (guint s = 0; s < end; s++)
    for (guint i = 0; i < get_step (self, s)->n_inputs; i++)
      g_hash_table_insert (self->last_read, strata_value_get_base (get_step (self, s)->inputs[i]),
                           GUINT_TO_POINTER (s + 1));
  for (guint i = 0; i < self->program->n_outputs; i++)
    g_hash_table_insert (self->last_read, strata_value_get_base (self->program->outputs[i]),
                         GUINT_TO_POINTER (end + 1));
  for (guint i = 0; i < self->program->stores->len; i++)
    g_hash_table_insert (self->last_read,
                         strata_value_get_base (g_array_index (self->program->stores, StrataStore, i).value),
                         GUINT_TO_POINTER (end + 1));
}

/* The last step that reads a value, or NEVER. */
static guint
get_last_read (Storage     *self,
               StrataValue *value)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->last_read, value)) - 1;
}

/* The last step of its life. What is prepared must last from one run to the next. */
static guint
get_end (Storage     *self,
         StrataValue *value,
         guint        made)
{
  guint last = get_last_read (self, value);

  if (last == NEVER)
    return made;
  return made >= self->program->first_prepared && made < self->program->end_prepared &&
         last >= self->program->end_prepared
           ? self->program->steps->len
           : last;
}

/* Whether an output may be written over @input: nothing else of the step reads it, or only before. */
static gboolean
is_shared_safely (const StrataStep  *step,
                  const StrataValue *input,
                  guint              output)
{
  for (guint i = 0; i < step->n_inputs; i++)
    if (strata_value_get_base (step->inputs[i]) == input &&
        (step->fused != NULL ? !strata_fused_may_share (step->fused, i, output)
                             : step->node == NULL || step->node->op->in_place[output] != (int) i + 1))
      return FALSE;
  return TRUE;
}

/* The step that makes a variable's new value may write it over the old one
 * where nobody reads the old one afterwards. */
static void
store_directly (Storage     *self,
                StrataStore *store,
                GHashTable  *makers)
{
  StrataValue *before = strata_builder_read_initial (self->program->builder, store->variable);
  gpointer maker = g_hash_table_lookup (makers, store->value);
  guint last = get_last_read (self, before), step, output;

  if (maker == NULL || g_hash_table_contains (self->program->memory, store->value))
    return;
  step = GPOINTER_TO_UINT (maker) - 1;
  for (output = 0; get_step (self, step)->outputs[output] != store->value;)
    output++;
  if (last != NEVER && (last > step || (last == step && !is_shared_safely (get_step (self, step), before, output))))
    return;

  store->direct = TRUE;
  g_hash_table_insert (self->program->memory, store->value, strata_tensor_get_data (store->variable->tensor));
}

static void
place_stores (Storage *self)
{
  g_autoptr (GHashTable) makers = g_hash_table_new (NULL, NULL);

  for (guint s = 0; s < self->program->steps->len; s++)
    for (guint o = 0; o < get_step (self, s)->n_outputs; o++)
      g_hash_table_insert (makers, get_step (self, s)->outputs[o], GUINT_TO_POINTER (s + 1));
  for (guint i = 0; i < self->program->stores->len; i++)
    store_directly (self, &g_array_index (self->program->stores, StrataStore, i), makers);
}

static void
add_buffer (Storage     *self,
            StrataValue *value,
            guint        first,
            guint        last)
{
  StrataInterval interval = { .bytes = get_bytes (value), .first = first, .last = last };

  g_array_append_val (self->intervals, interval);
  g_hash_table_insert (self->buffers, value, GUINT_TO_POINTER (self->intervals->len));
}

/* Whether an input dies in this step, so that its buffer may become the output's. */
static gboolean
take_over (Storage *self,
           guint    s,
           guint    output)
{
  StrataStep *step = get_step (self, s);
  StrataValue *value = step->outputs[output];

  for (guint i = 0; i < step->n_inputs; i++)
    {
      StrataValue *base = strata_value_get_base (step->inputs[i]);
      guint buffer = GPOINTER_TO_UINT (g_hash_table_lookup (self->buffers, base));
      StrataInterval *interval = buffer > 0 ? &g_array_index (self->intervals, StrataInterval, buffer - 1) : NULL;

      if (interval == NULL || interval->last != s || get_bytes (base) != get_bytes (value) ||
          !is_shared_safely (step, base, output))
        continue;
      interval->last = get_end (self, value, s);
      g_hash_table_insert (self->buffers, value, GUINT_TO_POINTER (buffer));
      return TRUE;
    }
  return FALSE;
}

static void
place_outputs (Storage *self)
{
  for (guint s = 0; s < self->program->steps->len; s++)
    for (guint o = 0; o < get_step (self, s)->n_outputs; o++)
      {
        StrataValue *value = get_step (self, s)->outputs[o];

        if (!g_hash_table_contains (self->program->memory, value) && !take_over (self, s, o))
          add_buffer (self, value, s, get_end (self, value, s));
      }
}

/* Zeroed by the system, page by page when first used, so a program is soon compiled. */
static void
allocate_arena (Storage *self)
{
  StrataProgram *program = self->program;
  GHashTableIter iter;
  gpointer value, buffer;
  gsize alignment;

  program->arena_size = strata_plan_arena ((StrataInterval *) self->intervals->data, self->intervals->len);
  alignment = strata_pages_get_alignment (program->arena_size);
  if (strata_memory_holds (program->arena_size))
    program->block = calloc (1, program->arena_size + alignment);
  if (program->block == NULL)
    return;
  program->arena = program->block + alignment - (guintptr) program->block % alignment;
  strata_pages_enlarge (program->arena, program->arena_size);

  g_hash_table_iter_init (&iter, self->buffers);
  while (g_hash_table_iter_next (&iter, &value, &buffer))
    g_hash_table_insert (program->memory, value,
                         program->arena +
                           g_array_index (self->intervals, StrataInterval, GPOINTER_TO_UINT (buffer) - 1).offset);
}

static gpointer
locate (StrataProgram *program,
        StrataValue   *value)
{
  StrataValue *base = strata_value_get_base (value);

  if (base->tensor != NULL)
    return strata_tensor_get_data (base->tensor);
  if (base->node->variable != NULL)
    return strata_tensor_get_data (base->node->variable->tensor);
  return g_hash_table_lookup (program->memory, base);
}

static void
resolve_pointers (StrataProgram *program)
{
  for (guint s = 0; s < program->steps->len; s++)
    {
      StrataStep *step = &g_array_index (program->steps, StrataStep, s);

      for (guint i = 0; i < step->n_inputs; i++)
        step->in[i] = locate (program, step->inputs[i]);
      for (guint i = 0; i < step->n_outputs; i++)
        step->out[i] = locate (program, step->outputs[i]);
    }
  for (guint i = 0; i < program->stores->len; i++)
    {
      StrataStore *store = &g_array_index (program->stores, StrataStore, i);

      store->source = locate (program, store->value);
    }
  for (guint i = 0; i < program->n_outputs; i++)
    {
      StrataValue *base = strata_value_get_base (program->outputs[i]);

      g_hash_table_insert (program->memory, base, locate (program, base));
    }
}

/**
 * strata_program_place_storage: (skip)
 *
 * Decides where each value lives: in a variable, in place of a value that is no
 * longer needed, or in the arena; then tells every step. The arena is %NULL
 * where memory ran out.
 */
void
strata_program_place_storage (StrataProgram *self)
{
  Storage storage = {
    .program = self,
    .buffers = g_hash_table_new (NULL, NULL),
    .intervals = g_array_new (FALSE, FALSE, sizeof (StrataInterval)),
    .last_read = g_hash_table_new (NULL, NULL),
  };

  note_reads (&storage);
  place_stores (&storage);
  for (guint i = 0; i < self->inputs->len; i++)
    add_buffer (&storage, g_ptr_array_index (self->inputs, i), 0, self->steps->len);
  place_outputs (&storage);
  allocate_arena (&storage);
  if (self->arena != NULL)
    resolve_pointers (self);

  g_hash_table_unref (storage.buffers);
  g_hash_table_unref (storage.last_read);
  g_array_unref (storage.intervals);
}
