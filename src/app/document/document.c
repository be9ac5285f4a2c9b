/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/document-private.h"

#include <glib/gi18n.h>

#include "document/json.h"
#include "document/node-private.h"
#include "document/note-private.h"

/**
 * StrataDocument:
 *
 * The only owner of what is edited: nodes, wires and settings. Everything that
 * changes it is a command with an inverse; views listen to its signals.
 */
G_DEFINE_FINAL_TYPE (StrataDocument, strata_document, G_TYPE_OBJECT)

enum
{
  PROP_CAN_UNDO = 1,
  PROP_CAN_REDO,
  PROP_UNDO_LABEL,
  PROP_REDO_LABEL,
  PROP_MODIFIED,
  PROP_TITLE,
  PROP_FILE,
  N_PROPS,
};

enum
{
  NODE_ADDED,
  NODE_REMOVED,
  NODE_CHANGED,
  NODE_MOVED,
  WIRE_ADDED,
  WIRE_REMOVED,
  NOTE_ADDED,
  NOTE_REMOVED,
  NOTE_CHANGED,
  SETTINGS_CHANGED,
  RUNS_CHANGED,
  GROUPS_CHANGED,
  ANALYSED,
  CHANGED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
strata_document_finalize (GObject *object)
{
  StrataDocument *self = STRATA_DOCUMENT (object);

  strata_undo_free (self->undo);
  strata_index_free (self->index);
  g_ptr_array_unref (self->wires);
  g_ptr_array_unref (self->nodes);
  g_ptr_array_unref (self->groups);
  g_ptr_array_unref (self->notes);
  g_ptr_array_unref (self->runs);
  json_object_unref (self->settings);
  g_free (self->title);
  g_clear_object (&self->file);
  g_free (self->disk_state);
  g_clear_object (&self->underway);
  g_clear_object (&self->optimized);
  g_ptr_array_unref (self->diagnostics);
  g_clear_pointer (&self->data_description, json_node_unref);
  g_clear_pointer (&self->data_facts, strata_data_facts_unref);
  g_ptr_array_unref (self->warnings);

  G_OBJECT_CLASS (strata_document_parent_class)->finalize (object);
}

static void
strata_document_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  StrataDocument *self = STRATA_DOCUMENT (object);

  switch (prop_id)
    {
    case PROP_CAN_UNDO:
      g_value_set_boolean (value, strata_document_can_undo (self));
      break;
    case PROP_CAN_REDO:
      g_value_set_boolean (value, strata_document_can_redo (self));
      break;
    case PROP_UNDO_LABEL:
      g_value_set_string (value, strata_document_get_undo_label (self));
      break;
    case PROP_REDO_LABEL:
      g_value_set_string (value, strata_document_get_redo_label (self));
      break;
    case PROP_MODIFIED:
      g_value_set_boolean (value, strata_document_get_modified (self));
      break;
    case PROP_TITLE:
      g_value_set_string (value, strata_document_get_title (self));
      break;
    case PROP_FILE:
      g_value_set_object (value, self->file);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
install_properties (GObjectClass *object_class)
{
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  properties[PROP_CAN_UNDO] = g_param_spec_boolean ("can-undo", NULL, NULL, FALSE, flags);
  properties[PROP_CAN_REDO] = g_param_spec_boolean ("can-redo", NULL, NULL, FALSE, flags);
  properties[PROP_UNDO_LABEL] = g_param_spec_string ("undo-label", NULL, NULL, NULL, flags);
  properties[PROP_REDO_LABEL] = g_param_spec_string ("redo-label", NULL, NULL, NULL, flags);
  properties[PROP_MODIFIED] = g_param_spec_boolean ("modified", NULL, NULL, FALSE, flags);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_FILE] = g_param_spec_object ("file", NULL, NULL, G_TYPE_FILE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static guint
new_signal (const char *name,
            GType       argument)
{
  return g_signal_new (name, STRATA_TYPE_DOCUMENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                       argument != G_TYPE_NONE ? 1 : 0, argument);
}

static void
strata_document_class_init (StrataDocumentClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = strata_document_finalize;
  object_class->get_property = strata_document_get_property;
  install_properties (object_class);

  signals[NODE_ADDED] = new_signal ("node-added", STRATA_TYPE_DOC_NODE);
  signals[NODE_REMOVED] = new_signal ("node-removed", STRATA_TYPE_DOC_NODE);
  signals[NODE_CHANGED] = new_signal ("node-changed", STRATA_TYPE_DOC_NODE);
  signals[NODE_MOVED] = new_signal ("node-moved", STRATA_TYPE_DOC_NODE);
  signals[WIRE_ADDED] = new_signal ("wire-added", STRATA_TYPE_DOC_WIRE);
  signals[WIRE_REMOVED] = new_signal ("wire-removed", STRATA_TYPE_DOC_WIRE);
  signals[NOTE_ADDED] = new_signal ("note-added", STRATA_TYPE_DOC_NOTE);
  signals[NOTE_REMOVED] = new_signal ("note-removed", STRATA_TYPE_DOC_NOTE);
  signals[NOTE_CHANGED] = new_signal ("note-changed", STRATA_TYPE_DOC_NOTE);
  signals[SETTINGS_CHANGED] = new_signal ("settings-changed", G_TYPE_STRING);
  signals[RUNS_CHANGED] = new_signal ("runs-changed", G_TYPE_NONE);
  signals[GROUPS_CHANGED] = new_signal ("groups-changed", G_TYPE_NONE);
  signals[ANALYSED] = new_signal ("analysed", G_TYPE_NONE);
  signals[CHANGED] = new_signal ("changed", G_TYPE_NONE);
}

static void
strata_document_init (StrataDocument *self)
{
  self->nodes = g_ptr_array_new_with_free_func (g_object_unref);
  self->groups = g_ptr_array_new_with_free_func (g_object_unref);
  self->wires = g_ptr_array_new_with_free_func (g_object_unref);
  self->notes = g_ptr_array_new_with_free_func (g_object_unref);
  self->runs = g_ptr_array_new_with_free_func (g_object_unref);
  self->index = strata_index_new (self->nodes, self->groups, self->wires);
  self->next_id = 1;
  self->epoch_seconds = -1;
  self->settings = json_object_new ();
  self->undo = strata_undo_new ();
  self->warnings = g_ptr_array_new_with_free_func (g_free);
  self->diagnostics = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_diagnostic_unref);
}

/**
 * strata_document_new:
 *
 * Returns: (transfer full): an empty document
 */
StrataDocument *
strata_document_new (void)
{
  StrataDocument *self = g_object_new (STRATA_TYPE_DOCUMENT, NULL);

  strata_document_analyse (self);
  return self;
}

guint
strata_document_take_id (StrataDocument *self)
{
  return self->next_id++;
}

static void
place_node (StrataDocument *self,
            StrataEdit     *edit,
            gboolean        add)
{
  GPtrArray *list = edit->node->is_group ? self->groups : self->nodes;

  if (add)
    g_ptr_array_insert (list, MIN (edit->index, list->len), g_object_ref (edit->node));
  strata_index_note_node (self->index, edit->node, add);
  if (!add)
    g_ptr_array_remove (list, edit->node);
  if (!add && self->place == edit->node)
    self->place = edit->node->group;
}

static void
place_wire (StrataDocument *self,
            StrataEdit     *edit,
            gboolean        add)
{
  if (add)
    g_ptr_array_insert (self->wires, MIN (edit->index, self->wires->len), g_object_ref (edit->wire));
  strata_index_note_wire (self->index, edit->wire, add);
  if (!add)
    g_ptr_array_remove (self->wires, edit->wire);
}

static void
do_move (StrataDocument *self,
         StrataEdit     *edit,
         const double   *places)
{
  for (guint i = 0; i < edit->nodes->len; i++)
    {
      StrataDocNode *node = g_ptr_array_index (edit->nodes, i);

      node->x = places[2 * i];
      node->y = places[2 * i + 1];
      g_signal_emit (self, signals[NODE_MOVED], 0, node);
    }
}

static void
do_setting (StrataDocument *self,
            StrataEdit     *edit,
            JsonNode       *value)
{
  if (value != NULL)
    json_object_set_member (self->settings, edit->key, json_node_copy (value));
  else
    json_object_remove_member (self->settings, edit->key);
  g_signal_emit (self, signals[SETTINGS_CHANGED], 0, edit->key);
}

static void
do_mute (StrataDocument *self,
         StrataEdit     *edit,
         gboolean        muted)
{
  for (guint i = 0; i < edit->nodes->len; i++)
    {
      StrataDocNode *node = g_ptr_array_index (edit->nodes, i);

      node->muted = muted;
      node->revision++;
      g_signal_emit (self, signals[NODE_CHANGED], 0, node);
    }
}

/* Arguments are shared with copies of the node, so they are made anew. */
static void
do_argument (StrataDocument *self,
             StrataEdit     *edit,
             JsonNode       *value)
{
  StrataDocNode *node = edit->node;
  JsonObject *arguments = strata_json_without (node->arguments, edit->key);

  if (value != NULL)
    {
      arguments = arguments != NULL ? arguments : json_object_new ();
      json_object_set_member (arguments, edit->key, json_node_copy (value));
    }
  g_clear_pointer (&node->arguments, json_object_unref);
  node->arguments = arguments;
  /* What it was called on before tells nothing now. */
  g_clear_object (&node->probed_layer);
  node->revision++;
  g_signal_emit (self, signals[NODE_CHANGED], 0, node);
}

/* A note that had no look was not there; one that shall have none goes. */
static void
do_note (StrataDocument       *self,
         StrataEdit           *edit,
         const StrataNoteLook *before,
         const StrataNoteLook *after)
{
  if (after != NULL)
    {
      strata_note_look_free (edit->note->look);
      edit->note->look = strata_note_look_copy (after);
    }
  if (before == NULL)
    g_ptr_array_insert (self->notes, MIN (edit->index, self->notes->len), g_object_ref (edit->note));
  else if (after == NULL)
    g_ptr_array_remove (self->notes, edit->note);
  g_signal_emit (self, signals[before == NULL ? NOTE_ADDED : after == NULL ? NOTE_REMOVED : NOTE_CHANGED],
                 0, edit->note);
}

/* The only place where a document changes. */
static void
apply (StrataEdit *edit,
       gboolean    forward,
       gpointer    user_data)
{
  StrataDocument *self = user_data;
  gboolean add = forward != edit->removes;

  switch (edit->kind)
    {
    case STRATA_EDIT_NODE:
      place_node (self, edit, add);
      g_signal_emit (self, signals[add ? NODE_ADDED : NODE_REMOVED], 0, edit->node);
      break;
    case STRATA_EDIT_WIRE:
      place_wire (self, edit, add);
      g_signal_emit (self, signals[add ? WIRE_ADDED : WIRE_REMOVED], 0, edit->wire);
      break;
    case STRATA_EDIT_LAYER:
      for (guint i = 0; i < edit->nodes->len; i++)
        strata_doc_node_set_layer (g_ptr_array_index (edit->nodes, i), edit->layers[forward]);
      strata_index_note_names (self->index);
      for (guint i = 0; i < edit->nodes->len; i++)
        g_signal_emit (self, signals[NODE_CHANGED], 0, g_ptr_array_index (edit->nodes, i));
      break;
    case STRATA_EDIT_MOVE:
      do_move (self, edit, edit->places[forward]);
      break;
    case STRATA_EDIT_SETTING:
      do_setting (self, edit, edit->values[forward]);
      break;
    case STRATA_EDIT_GROUP:
      for (guint i = 0; i < edit->nodes->len; i++)
        g_set_object (&((StrataDocNode *) g_ptr_array_index (edit->nodes, i))->group, edit->groups[forward]);
      g_signal_emit (self, signals[GROUPS_CHANGED], 0);
      break;
    case STRATA_EDIT_MUTE:
      do_mute (self, edit, add);
      break;
    case STRATA_EDIT_NOTE:
      do_note (self, edit, edit->looks[!forward], edit->looks[forward]);
      break;
    case STRATA_EDIT_ARGUMENT:
      do_argument (self, edit, edit->values[forward]);
      break;
    }
}

/**
 * strata_document_do:
 * @edit: (transfer full): what to do
 *
 * Does an edit as part of the open step.
 */
void
strata_document_do (StrataDocument *self,
                    StrataEdit     *edit)
{
  apply (edit, TRUE, self);
  strata_undo_push (self->undo, edit);
}

static void
notify_modified (StrataDocument *self)
{
  gboolean modified = strata_document_get_modified (self);

  if (modified != self->was_modified)
    {
      self->was_modified = modified;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MODIFIED]);
    }
}

/**
 * strata_document_update:
 *
 * After steps were done or undone: works out shapes and tells who listens.
 */
void
strata_document_update (StrataDocument *self)
{
  strata_document_analyse (self);
  g_signal_emit (self, signals[ANALYSED], 0);
  for (guint i = PROP_CAN_UNDO; i <= PROP_REDO_LABEL; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
  notify_modified (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * strata_document_touch:
 *
 * Notes a change that is no step, such as new weights.
 */
void
strata_document_touch (StrataDocument *self)
{
  self->besides++;
  notify_modified (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

StrataMark
strata_document_get_mark (StrataDocument *self)
{
  return (StrataMark){ strata_undo_get_serial (self->undo), self->besides };
}

/* Notes that a file holds the document as it was then. */
void
strata_document_mark_saved (StrataDocument *self,
                            StrataMark      mark)
{
  strata_undo_set_saved (self->undo, mark.step);
  self->saved_besides = mark.besides;
  notify_modified (self);
}

void
strata_document_set_file (StrataDocument *self,
                          GFile          *file,
                          const char     *title)
{
  g_free (self->title);
  self->title = g_strdup (title);
  g_set_object (&self->file, file);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FILE]);
}

/* For what is new without a step, such as what is known of the data. */
void
strata_document_emit_analysed (StrataDocument *self)
{
  g_signal_emit (self, signals[ANALYSED], 0);
}

void
strata_document_emit_runs_changed (StrataDocument *self)
{
  g_signal_emit (self, signals[RUNS_CHANGED], 0);
}

/**
 * strata_document_begin_group:
 * @label: what the step is called, such as "Add Dense"
 *
 * All commands until strata_document_end_group() are one step. Groups nest.
 */
void
strata_document_begin_group (StrataDocument *self,
                             const char     *label)
{
  strata_undo_begin_group (self->undo, label);
}

void
strata_document_end_group (StrataDocument *self)
{
  if (strata_undo_end_group (self->undo))
    strata_document_update (self);
}

/**
 * strata_document_end_coalescing:
 *
 * Makes the next change a step of its own: call it when a drag ends or a field is left.
 */
void
strata_document_end_coalescing (StrataDocument *self)
{
  strata_undo_end_coalescing (self->undo);
}

gboolean
strata_document_can_undo (StrataDocument *self)
{
  return strata_undo_get_undo_label (self->undo) != NULL;
}

gboolean
strata_document_can_redo (StrataDocument *self)
{
  return strata_undo_get_redo_label (self->undo) != NULL;
}

const char *
strata_document_get_undo_label (StrataDocument *self)
{
  return strata_undo_get_undo_label (self->undo);
}

const char *
strata_document_get_redo_label (StrataDocument *self)
{
  return strata_undo_get_redo_label (self->undo);
}

void
strata_document_undo (StrataDocument *self)
{
  g_return_if_fail (!strata_undo_is_grouping (self->undo));

  if (strata_undo_undo (self->undo, apply, self))
    strata_document_update (self);
}

void
strata_document_redo (StrataDocument *self)
{
  g_return_if_fail (!strata_undo_is_grouping (self->undo));

  if (strata_undo_redo (self->undo, apply, self))
    strata_document_update (self);
}

gboolean
strata_document_get_modified (StrataDocument *self)
{
  return self->besides != self->saved_besides || !strata_undo_is_saved (self->undo);
}

/**
 * strata_document_get_title:
 *
 * Returns: the name of its file, or what it was made from
 */
const char *
strata_document_get_title (StrataDocument *self)
{
  return self->title != NULL ? self->title : _("Untitled network");
}

/**
 * strata_document_get_file:
 *
 * Returns: (nullable): where it was saved to or loaded from
 */
GFile *
strata_document_get_file (StrataDocument *self)
{
  return self->file;
}

/**
 * strata_document_get_warnings:
 *
 * Returns: (transfer none) (element-type utf8): what of its file could not be taken over
 */
const GPtrArray *
strata_document_get_warnings (StrataDocument *self)
{
  return self->warnings;
}
