/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "inspector/editor.h"

#include <glib/gi18n.h>
#include <math.h>

/* More digits than people can tell apart, and few enough for a double. */
#define DIGITS 9

/* A number: steps stay in the usual range, what is typed may be any that is allowed. */
typedef struct
{
  StrataEditor parent_instance;

  GtkWidget *spin;
  gboolean mixed;
} StrataNumberEditor;

typedef StrataEditorClass StrataNumberEditorClass;

G_DEFINE_FINAL_TYPE (StrataNumberEditor, strata_number_editor, STRATA_TYPE_EDITOR)

static gboolean
is_whole (StrataNumberEditor *self)
{
  return strata_editor_get_param (STRATA_EDITOR (self))->type == STRATA_PARAM_INT;
}

static void
value_changed_cb (StrataNumberEditor *self)
{
  double value = gtk_spin_button_get_value (GTK_SPIN_BUTTON (self->spin));
  JsonNode *node = json_node_alloc ();

  self->mixed = FALSE;
  strata_editor_emit (STRATA_EDITOR (self), is_whole (self) ? json_node_init_int (node, llround (value)) : json_node_init_double (node, value));
}

/* As short as the number allows, or nothing where there are several. */
static gboolean
output_cb (StrataNumberEditor *self)
{
  g_autofree char *text = NULL;

  if (self->mixed)
    text = g_strdup ("");
  else if (is_whole (self))
    text = g_strdup_printf ("%.0f", gtk_spin_button_get_value (GTK_SPIN_BUTTON (self->spin)));
  else
    text = g_strdup_printf ("%.*g", 7, gtk_spin_button_get_value (GTK_SPIN_BUTTON (self->spin)));
  if (!g_str_equal (text, gtk_editable_get_text (GTK_EDITABLE (self->spin))))
    gtk_editable_set_text (GTK_EDITABLE (self->spin), text);
  return TRUE;
}

/* Steps that suit the number: a tenth of its size for what has no usual range. */
static double
choose_step (const StrataParam *param,
             double             value)
{
  double span = param->soft_maximum - param->soft_minimum;

  if (param->type == STRATA_PARAM_INT)
    return 1;
  if (value > 0 && value < 0.1)
    return pow (10, floor (log10 (value)));
  if (span > 0 && span <= 1)
    return 0.05;
  return 0.1;
}

/* The range is known only once the editor has its parameter. */
static void
configure (StrataNumberEditor *self,
           double              value)
{
  const StrataParam *param = strata_editor_get_param (STRATA_EDITOR (self));
  gboolean bounded = param->minimum != 0 || param->maximum != 0;
  double lower = bounded ? param->minimum : -G_MAXINT32, upper = bounded ? param->maximum : G_MAXINT32;
  double step = choose_step (param, value);

  gtk_spin_button_set_digits (GTK_SPIN_BUTTON (self->spin), is_whole (self) ? 0 : DIGITS);
  gtk_spin_button_set_range (GTK_SPIN_BUTTON (self->spin), lower, upper);
  gtk_spin_button_set_increments (GTK_SPIN_BUTTON (self->spin), step, step * 10);
}

static void
strata_number_editor_show (StrataEditor *editor,
                           JsonNode     *value)
{
  StrataNumberEditor *self = (StrataNumberEditor *) editor;
  double number = value != NULL && JSON_NODE_HOLDS_VALUE (value) ? json_node_get_double (value) : 0;

  self->mixed = value == NULL;
  configure (self, number);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->spin), number);
  output_cb (self);
}

static void
strata_number_editor_class_init (StrataNumberEditorClass *klass)
{
  klass->show = strata_number_editor_show;
}

static void
strata_number_editor_init (StrataNumberEditor *self)
{
  self->spin = gtk_spin_button_new_with_range (0, 1, 1);
  gtk_spin_button_set_numeric (GTK_SPIN_BUTTON (self->spin), FALSE);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->spin), 5);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (self->spin), 7);
  g_signal_connect_swapped (self->spin, "value-changed", G_CALLBACK (value_changed_cb), self);
  g_signal_connect_swapped (self->spin, "output", G_CALLBACK (output_cb), self);
  strata_editor_set_child (STRATA_EDITOR (self), self->spin);
}
