/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "inspector/editor.h"
#include "inspector/number-spin.h"

/* A number, or none where the parameter allows that. */
typedef struct
{
  StrataEditor parent_instance;

  GtkWidget *spin;
} StrataNumberEditor;

typedef StrataEditorClass StrataNumberEditorClass;

G_DEFINE_FINAL_TYPE (StrataNumberEditor, strata_number_editor, STRATA_TYPE_EDITOR)

static void
edited_cb (StrataNumberEditor *self,
           JsonNode           *value)
{
  strata_editor_emit (STRATA_EDITOR (self), json_node_ref (value));
}

static void
strata_number_editor_configure (StrataEditor *editor)
{
  StrataNumberEditor *self = (StrataNumberEditor *) editor;
  const StrataParam *param = strata_editor_get_param (editor);

  self->spin = strata_number_spin_new (param, param->type == STRATA_PARAM_INT, param->nullable,
                                       strata_editor_get_label (editor));
  g_signal_connect_swapped (self->spin, "edited", G_CALLBACK (edited_cb), self);
  strata_editor_set_child (editor, self->spin);
}

static void
strata_number_editor_show (StrataEditor *editor,
                           JsonNode     *value)
{
  strata_number_spin_show (STRATA_NUMBER_SPIN (((StrataNumberEditor *) editor)->spin), value);
}

static void
strata_number_editor_suggest (StrataEditor *editor,
                              JsonNode     *value)
{
  strata_number_spin_suggest (STRATA_NUMBER_SPIN (((StrataNumberEditor *) editor)->spin), value);
}

static void
strata_number_editor_class_init (StrataNumberEditorClass *klass)
{
  klass->configure = strata_number_editor_configure;
  klass->show = strata_number_editor_show;
  klass->suggest = strata_number_editor_suggest;
}

static void
strata_number_editor_init (StrataNumberEditor *self)
{
}
