/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/undo.h"

#include <string.h>

/* Enough for a day's work; a step is small, since it shares layers and nodes with the document. */
#define MAX_STEPS 1000
/* Changes of one parameter that follow each other this closely, as when typing, are one step. */
#define COALESCE_SECONDS 1.0

typedef struct
{
  char *label;
  GPtrArray *edits;
  guint64 serial;
} Step;

struct _StrataUndo
{
  GQueue done, undone;    /* newest first */
  Step *open;
  guint depth;
  gboolean coalescing;
  gint64 last_push;
  guint64 n_steps, saved;
  guint64 forgotten;      /* the newest step that was dropped */
};

StrataEdit *
strata_edit_new (StrataEditKind kind)
{
  StrataEdit *self = g_new0 (StrataEdit, 1);

  self->kind = kind;
  return self;
}

void
strata_edit_free (StrataEdit *self)
{
  g_free (self->key);
  g_clear_object (&self->node);
  g_clear_object (&self->wire);
  g_clear_object (&self->note);
  g_clear_pointer (&self->nodes, g_ptr_array_unref);
  for (guint i = 0; i < 2; i++)
    {
      g_clear_object (&self->layers[i]);
      g_clear_pointer (&self->values[i], json_node_unref);
      g_free (self->places[i]);
      g_clear_object (&self->groups[i]);
      g_clear_pointer (&self->looks[i], strata_note_look_free);
    }
  g_free (self);
}

static void
step_free (Step *self)
{
  g_free (self->label);
  g_ptr_array_unref (self->edits);
  g_free (self);
}

StrataUndo *
strata_undo_new (void)
{
  StrataUndo *self = g_new0 (StrataUndo, 1);

  g_queue_init (&self->done);
  g_queue_init (&self->undone);
  return self;
}

void
strata_undo_clear (StrataUndo *self)
{
  g_clear_pointer (&self->open, step_free);
  g_queue_clear_full (&self->done, (GDestroyNotify) step_free);
  g_queue_clear_full (&self->undone, (GDestroyNotify) step_free);
  self->depth = 0;
  self->coalescing = FALSE;
  self->saved = self->forgotten = 0;
}

void
strata_undo_free (StrataUndo *self)
{
  strata_undo_clear (self);
  g_free (self);
}

/**
 * strata_undo_begin_group:
 * @label: what the step is called, such as "Add Dense"
 *
 * Begins a step, or goes on with the one that is open: then its label counts.
 */
void
strata_undo_begin_group (StrataUndo *self,
                         const char *label)
{
  if (self->depth++ > 0)
    return;

  self->open = g_new0 (Step, 1);
  self->open->label = g_strdup (label);
  self->open->edits = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_edit_free);
}

static gboolean
same_nodes (GPtrArray *a,
            GPtrArray *b)
{
  return a->len == b->len && memcmp (a->pdata, b->pdata, a->len * sizeof (gpointer)) == 0;
}

static gboolean
is_move (StrataEdit *edit)
{
  return edit->kind == STRATA_EDIT_MOVE || (edit->kind == STRATA_EDIT_NOTE && g_strcmp0 (edit->key, "place") == 0);
}

/* Whether an edit only goes on with what the one before it began. */
static gboolean
goes_on (StrataEdit *before,
         StrataEdit *edit)
{
  if (before->kind != edit->kind)
    return FALSE;

  switch (edit->kind)
    {
    case STRATA_EDIT_MOVE:
      return same_nodes (before->nodes, edit->nodes);
    case STRATA_EDIT_LAYER:
      return g_strcmp0 (before->key, edit->key) == 0 && same_nodes (before->nodes, edit->nodes);
    case STRATA_EDIT_SETTING:
      return g_str_equal (before->key, edit->key);
    case STRATA_EDIT_NOTE:
      return before->note == edit->note && is_move (before) && is_move (edit);
    case STRATA_EDIT_NODE:
    case STRATA_EDIT_WIRE:
    case STRATA_EDIT_GROUP:
    case STRATA_EDIT_MUTE:
    case STRATA_EDIT_ARGUMENT:
      break;
    }
  return FALSE;
}

/* Makes one edit lead to where the one that goes on with it does. */
static void
take_over (StrataEdit *before,
           StrataEdit *edit)
{
  if (edit->places[1] != NULL)
    {
      g_free (before->places[1]);
      before->places[1] = g_steal_pointer (&edit->places[1]);
    }
  g_set_object (&before->layers[1], edit->layers[1]);
  g_clear_pointer (&before->values[1], json_node_unref);
  before->values[1] = g_steal_pointer (&edit->values[1]);
  g_clear_pointer (&before->looks[1], strata_note_look_free);
  before->looks[1] = g_steal_pointer (&edit->looks[1]);
}

/* Takes a step into the one before, where they are one gesture. */
static gboolean
coalesce (StrataUndo *self,
          Step       *step)
{
  Step *before = g_queue_peek_head (&self->done);
  gboolean late = g_get_monotonic_time () - self->last_push > COALESCE_SECONDS * G_USEC_PER_SEC;

  if (!self->coalescing || before == NULL || step->edits->len != before->edits->len || before->serial == self->saved)
    return FALSE;

  for (guint i = 0; i < step->edits->len; i++)
    {
      StrataEdit *edit = g_ptr_array_index (step->edits, i);

      if ((late || step->edits->len > 1) && !is_move (edit))
        return FALSE;
      if (!goes_on (g_ptr_array_index (before->edits, i), edit))
        return FALSE;
    }
  for (guint i = 0; i < step->edits->len; i++)
    take_over (g_ptr_array_index (before->edits, i), g_ptr_array_index (step->edits, i));
  before->serial = ++self->n_steps;
  return TRUE;
}

/**
 * strata_undo_end_group:
 *
 * Returns: whether that ended a step with something in it
 */
gboolean
strata_undo_end_group (StrataUndo *self)
{
  Step *step = self->open;

  g_return_val_if_fail (self->depth > 0, FALSE);
  if (--self->depth > 0)
    return FALSE;

  self->open = NULL;
  if (step->edits->len == 0)
    {
      step_free (step);
      return FALSE;
    }

  g_queue_clear_full (&self->undone, (GDestroyNotify) step_free);
  if (coalesce (self, step))
    step_free (step);
  else
    {
      step->serial = ++self->n_steps;
      g_queue_push_head (&self->done, step);
      if (self->done.length > MAX_STEPS)
        {
          Step *oldest = g_queue_pop_tail (&self->done);

          self->forgotten = oldest->serial;
          step_free (oldest);
        }
    }
  self->coalescing = TRUE;
  self->last_push = g_get_monotonic_time ();
  return TRUE;
}

gboolean
strata_undo_is_grouping (StrataUndo *self)
{
  return self->depth > 0;
}

/**
 * strata_undo_push:
 * @edit: (transfer full): an edit that was just done
 *
 * Adds to the open step.
 */
void
strata_undo_push (StrataUndo *self,
                  StrataEdit *edit)
{
  GPtrArray *edits = self->open->edits;

  if (edits->len == 0 || !goes_on (g_ptr_array_index (edits, edits->len - 1), edit))
    {
      g_ptr_array_add (edits, edit);
      return;
    }
  take_over (g_ptr_array_index (edits, edits->len - 1), edit);
  strata_edit_free (edit);
}

/**
 * strata_undo_end_coalescing:
 *
 * Makes the next change a step of its own: a drag is over, or a field was left.
 */
void
strata_undo_end_coalescing (StrataUndo *self)
{
  self->coalescing = FALSE;
}

static gboolean
replay (StrataUndo     *self,
        gboolean        forward,
        StrataEditFunc  func,
        gpointer        user_data)
{
  Step *step = g_queue_pop_head (forward ? &self->undone : &self->done);

  if (step == NULL)
    return FALSE;

  self->coalescing = FALSE;
  for (guint i = 0; i < step->edits->len; i++)
    func (g_ptr_array_index (step->edits, forward ? i : step->edits->len - 1 - i), forward, user_data);
  g_queue_push_head (forward ? &self->done : &self->undone, step);
  return TRUE;
}

gboolean
strata_undo_undo (StrataUndo     *self,
                  StrataEditFunc  func,
                  gpointer        user_data)
{
  return replay (self, FALSE, func, user_data);
}

gboolean
strata_undo_redo (StrataUndo     *self,
                  StrataEditFunc  func,
                  gpointer        user_data)
{
  return replay (self, TRUE, func, user_data);
}

static const char *
get_label (GQueue *queue)
{
  Step *step = g_queue_peek_head (queue);

  return step != NULL ? step->label : NULL;
}

/**
 * strata_undo_get_undo_label:
 *
 * Returns: (nullable): what the step to be undone is called
 */
const char *
strata_undo_get_undo_label (StrataUndo *self)
{
  return get_label (&self->done);
}

/**
 * strata_undo_get_redo_label:
 *
 * Returns: (nullable): what the step to be done again is called
 */
const char *
strata_undo_get_redo_label (StrataUndo *self)
{
  return get_label (&self->undone);
}

/**
 * strata_undo_get_serial:
 *
 * Returns: a number for the state that the steps have led to
 */
guint64
strata_undo_get_serial (StrataUndo *self)
{
  Step *step = g_queue_peek_head (&self->done);

  return step != NULL ? step->serial : self->forgotten;
}

/**
 * strata_undo_set_saved:
 * @serial: the number of a state
 *
 * Notes that a file holds that state.
 */
void
strata_undo_set_saved (StrataUndo *self,
                       guint64     serial)
{
  self->saved = serial;
}

gboolean
strata_undo_is_saved (StrataUndo *self)
{
  return strata_undo_get_serial (self) == self->saved;
}
