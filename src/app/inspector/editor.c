/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "inspector/editor.h"

#include <glib/gi18n.h>

typedef struct
{
  const StrataParam *param;
  GtkWidget *child;
  gboolean showing;
} StrataEditorPrivate;

enum
{
  EDITED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (StrataEditor, strata_editor, GTK_TYPE_WIDGET)

static void
strata_editor_dispose (GObject *object)
{
  StrataEditorPrivate *priv = strata_editor_get_instance_private (STRATA_EDITOR (object));

  g_clear_pointer (&priv->child, gtk_widget_unparent);

  G_OBJECT_CLASS (strata_editor_parent_class)->dispose (object);
}

static gboolean
strata_editor_grab_focus (GtkWidget *widget)
{
  StrataEditorPrivate *priv = strata_editor_get_instance_private (STRATA_EDITOR (widget));

  return gtk_widget_grab_focus (priv->child);
}

static void
strata_editor_class_init (StrataEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = strata_editor_dispose;
  widget_class->grab_focus = strata_editor_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  signals[EDITED] = g_signal_new ("edited", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, JSON_TYPE_NODE);
}

static void
strata_editor_init (StrataEditor *self)
{
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

static GType
choose_type (const StrataParam *param)
{
  switch (param->type)
    {
    case STRATA_PARAM_BOOL:
      return strata_switch_editor_get_type ();
    case STRATA_PARAM_CHOICE:
    case STRATA_PARAM_OBJECT:
      return strata_choice_editor_get_type ();
    case STRATA_PARAM_INT:
    case STRATA_PARAM_FLOAT:
      return strata_number_editor_get_type ();
    case STRATA_PARAM_INTS:
      return strata_tuple_editor_get_type ();
    case STRATA_PARAM_JSON:
      return param->partial ? strata_tuple_editor_get_type () : strata_text_editor_get_type ();
    default:
      return strata_text_editor_get_type ();
    }
}

/**
 * strata_editor_new:
 * @param: what to edit; must outlive the editor
 *
 * Returns: the editor for parameters of that type
 */
GtkWidget *
strata_editor_new (const StrataParam *param)
{
  GType type = choose_type (param);
  StrataEditor *self = g_object_new (type, NULL);
  StrataEditorPrivate *priv = strata_editor_get_instance_private (self);

  priv->param = param;
  STRATA_EDITOR_GET_CLASS (self)->configure (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (priv->child), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  strata_editor_get_label (self), -1);
  return GTK_WIDGET (self);
}

/**
 * strata_editor_get_label:
 *
 * Returns: what the parameter is called
 */
const char *
strata_editor_get_label (StrataEditor *self)
{
  StrataEditorPrivate *priv = strata_editor_get_instance_private (self);

  return priv->param->title != NULL ? _(priv->param->title) : priv->param->name;
}

const StrataParam *
strata_editor_get_param (StrataEditor *self)
{
  StrataEditorPrivate *priv = strata_editor_get_instance_private (self);

  return priv->param;
}

void
strata_editor_set_child (StrataEditor *self,
                         GtkWidget    *child)
{
  StrataEditorPrivate *priv = strata_editor_get_instance_private (self);

  priv->child = child;
  gtk_widget_set_parent (child, GTK_WIDGET (self));
}

/**
 * strata_editor_show:
 * @value: (nullable): the parameter's value; %NULL if what is edited has several
 */
void
strata_editor_show (StrataEditor *self,
                    JsonNode     *value)
{
  StrataEditorPrivate *priv = strata_editor_get_instance_private (self);

  priv->showing = TRUE;
  STRATA_EDITOR_GET_CLASS (self)->show (self, value);
  priv->showing = FALSE;
}

/**
 * strata_editor_suggest:
 * @value: one of several values, which strata_editor_show() was not given
 */
void
strata_editor_suggest (StrataEditor *self,
                       JsonNode     *value)
{
  StrataEditorPrivate *priv = strata_editor_get_instance_private (self);

  if (STRATA_EDITOR_GET_CLASS (self)->suggest == NULL)
    return;
  priv->showing = TRUE;
  STRATA_EDITOR_GET_CLASS (self)->suggest (self, value);
  priv->showing = FALSE;
}

/**
 * strata_editor_emit:
 * @value: (transfer full): what the user entered
 *
 * Tells of an edit, unless it is only the echo of strata_editor_show().
 */
void
strata_editor_emit (StrataEditor *self,
                    JsonNode     *value)
{
  StrataEditorPrivate *priv = strata_editor_get_instance_private (self);
  g_autoptr (JsonNode) owned = value;

  if (!priv->showing)
    g_signal_emit (self, signals[EDITED], 0, owned);
}
