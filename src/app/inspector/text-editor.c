/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <glib/gi18n.h>

#include "inspector/editor.h"
#include "inspector/value-text.h"

/* Anything that is typed: names, tuples, numbers that may be absent. Signal: refused (reason), where it cannot be
 * read. */
typedef struct
{
  StrataEditor parent_instance;

  GtkWidget *entry;
  char *shown;
} StrataTextEditor;

typedef StrataEditorClass StrataTextEditorClass;

enum
{
  REFUSED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataTextEditor, strata_text_editor, STRATA_TYPE_EDITOR)

static void
commit (StrataTextEditor *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  g_autoptr (GError) error = NULL;
  JsonNode *value;

  if (g_strcmp0 (text, self->shown) == 0)
    return;
  value = strata_value_from_text (strata_editor_get_param (STRATA_EDITOR (self)), text, &error);
  if (value == NULL)
    {
      g_signal_emit (self, signals[REFUSED], 0, error->message);
      return;
    }
  g_free (self->shown);
  self->shown = g_strdup (text);
  strata_editor_emit (STRATA_EDITOR (self), value);
}

static void
set_hint (StrataTextEditor *self,
          JsonNode         *value)
{
  const StrataParam *param = strata_editor_get_param (STRATA_EDITOR (self));

  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry),
                                  value == NULL ? _("several") : param->nullable ? _("none") : NULL);
}

/* What is being typed stays unless the value itself is another. */
static void
strata_text_editor_show (StrataEditor *editor,
                         JsonNode     *value)
{
  StrataTextEditor *self = (StrataTextEditor *) editor;
  g_autofree char *text = value != NULL ? strata_value_to_text (strata_editor_get_param (editor), value)
                                        : g_strdup ("");

  set_hint (self, value);
  if (g_strcmp0 (text, self->shown) == 0)
    return;
  g_free (self->shown);
  self->shown = g_strdup (text);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
}

static void
strata_text_editor_configure (StrataEditor *editor)
{
  StrataTextEditor *self = (StrataTextEditor *) editor;
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->entry = gtk_entry_new ();
  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), 12);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (self->entry), 14);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (commit), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (commit), self);
  gtk_widget_add_controller (self->entry, focus);
  strata_editor_set_child (editor, self->entry);
}

static void
strata_text_editor_finalize (GObject *object)
{
  g_free (((StrataTextEditor *) object)->shown);

  G_OBJECT_CLASS (strata_text_editor_parent_class)->finalize (object);
}

static void
strata_text_editor_class_init (StrataTextEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_text_editor_finalize;
  klass->configure = strata_text_editor_configure;
  klass->show = strata_text_editor_show;
  signals[REFUSED] = g_signal_new ("refused", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
strata_text_editor_init (StrataTextEditor *self)
{
}
