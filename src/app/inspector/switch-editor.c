/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "inspector/editor.h"

/* Yes or no. */
typedef struct
{
  StrataEditor parent_instance;

  GtkWidget *toggle;
} StrataSwitchEditor;

typedef StrataEditorClass StrataSwitchEditorClass;

G_DEFINE_FINAL_TYPE (StrataSwitchEditor, strata_switch_editor, STRATA_TYPE_EDITOR)

static void
active_cb (StrataSwitchEditor *self)
{
  strata_editor_emit (STRATA_EDITOR (self),
                      json_node_init_boolean (json_node_alloc (), gtk_switch_get_active (GTK_SWITCH (self->toggle))));
}

static void
strata_switch_editor_show (StrataEditor *editor,
                           JsonNode     *value)
{
  StrataSwitchEditor *self = (StrataSwitchEditor *) editor;

  gtk_switch_set_active (GTK_SWITCH (self->toggle),
                         value != NULL && JSON_NODE_HOLDS_VALUE (value) && json_node_get_boolean (value));
  gtk_widget_set_opacity (self->toggle, value != NULL ? 1 : 0.5);
}

static void
strata_switch_editor_configure (StrataEditor *editor)
{
  StrataSwitchEditor *self = (StrataSwitchEditor *) editor;

  self->toggle = gtk_switch_new ();
  g_signal_connect_swapped (self->toggle, "notify::active", G_CALLBACK (active_cb), self);
  strata_editor_set_child (editor, self->toggle);
}

static void
strata_switch_editor_class_init (StrataSwitchEditorClass *klass)
{
  klass->configure = strata_switch_editor_configure;
  klass->show = strata_switch_editor_show;
}

static void
strata_switch_editor_init (StrataSwitchEditor *self)
{
}
