/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "inspector/number-spin.h"

#include <glib/gi18n.h>
#include <math.h>

/* More digits than people can tell apart, and few enough for a double. */
#define DIGITS 9

typedef enum
{
  STATE_NUMBER,
  STATE_NONE,
  STATE_SEVERAL,
} State;

/**
 * StrataNumberSpin:
 *
 * A spin button that may be empty, where there is no number or several: steps stay in the usual range, what is typed
 * may be any number that is allowed.
 */
struct _StrataNumberSpin
{
  GtkWidget parent_instance;

  GtkWidget *spin;
  const StrataParam *param;
  gboolean is_whole, may_be_none, showing;
  State state;
};

enum
{
  EDITED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataNumberSpin, strata_number_spin, GTK_TYPE_WIDGET)

static void
emit (StrataNumberSpin *self,
      double            number)
{
  g_autoptr (JsonNode) value = json_node_alloc ();

  if (self->showing)
    return;
  if (self->state == STATE_NONE)
    json_node_init_null (value);
  else if (self->is_whole)
    json_node_init_int (value, llround (number));
  else
    json_node_init_double (value, number);
  g_signal_emit (self, signals[EDITED], 0, value);
}

static void
value_changed_cb (StrataNumberSpin *self)
{
  self->state = STATE_NUMBER;
  emit (self, gtk_spin_button_get_value (GTK_SPIN_BUTTON (self->spin)));
}

/* The button tells only of numbers that differ; where there was none, any number does, and none may follow a number. */
static int
input_cb (StrataNumberSpin *self,
          double           *number)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->spin));
  State before = self->state;
  char *end;

  while (g_ascii_isspace (*text))
    text++;
  *number = g_strtod (text, &end);
  while (g_ascii_isspace (*end))
    end++;
  if (*text == '\0' && self->may_be_none && before == STATE_NUMBER)
    {
      self->state = STATE_NONE;
      emit (self, 0);
    }
  if (end == text || *end != '\0' || !isfinite (*number))
    {
      *number = gtk_spin_button_get_value (GTK_SPIN_BUTTON (self->spin));
      return TRUE;
    }
  self->state = STATE_NUMBER;
  if (before != STATE_NUMBER && *number == gtk_spin_button_get_value (GTK_SPIN_BUTTON (self->spin)))
    emit (self, *number);
  return TRUE;
}

/* As short as the number allows. */
static gboolean
output_cb (StrataNumberSpin *self)
{
  double number = gtk_spin_button_get_value (GTK_SPIN_BUTTON (self->spin));
  g_autofree char *text = NULL;

  if (self->state != STATE_NUMBER)
    text = g_strdup ("");
  else
    text = self->is_whole ? g_strdup_printf ("%.0f", number) : g_strdup_printf ("%.7g", number);
  if (!g_str_equal (text, gtk_editable_get_text (GTK_EDITABLE (self->spin))))
    gtk_editable_set_text (GTK_EDITABLE (self->spin), text);
  return TRUE;
}

/* Steps that suit the number: a tenth of its size for what has no usual range. */
static double
choose_step (StrataNumberSpin *self,
             double            value)
{
  double span = self->param->soft_maximum - self->param->soft_minimum;

  if (self->is_whole)
    return 1;
  if (value > 0 && value < 0.1)
    return pow (10, floor (log10 (value)));
  if (span > 0 && span <= 1)
    return 0.05;
  return 0.1;
}

static void
strata_number_spin_dispose (GObject *object)
{
  StrataNumberSpin *self = STRATA_NUMBER_SPIN (object);

  g_clear_pointer (&self->spin, gtk_widget_unparent);

  G_OBJECT_CLASS (strata_number_spin_parent_class)->dispose (object);
}

static gboolean
strata_number_spin_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (STRATA_NUMBER_SPIN (widget)->spin);
}

static void
strata_number_spin_class_init (StrataNumberSpinClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = strata_number_spin_dispose;
  widget_class->grab_focus = strata_number_spin_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  signals[EDITED] = g_signal_new ("edited", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, JSON_TYPE_NODE);
}

static void
strata_number_spin_init (StrataNumberSpin *self)
{
  self->spin = gtk_spin_button_new_with_range (0, 1, 1);
  gtk_spin_button_set_numeric (GTK_SPIN_BUTTON (self->spin), FALSE);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->spin), 6);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (self->spin), 8);
  g_signal_connect_swapped (self->spin, "input", G_CALLBACK (input_cb), self);
  g_signal_connect_swapped (self->spin, "output", G_CALLBACK (output_cb), self);
  g_signal_connect_swapped (self->spin, "value-changed", G_CALLBACK (value_changed_cb), self);
  gtk_widget_set_parent (self->spin, GTK_WIDGET (self));
}

/**
 * strata_number_spin_new:
 * @param: what the number is of, with its ranges; must outlive the spin button
 * @is_whole: whether it has no fraction
 * @may_be_none: whether clearing the text is an answer
 * @label: what a screen reader calls it
 */
GtkWidget *
strata_number_spin_new (const StrataParam *param,
                        gboolean           is_whole,
                        gboolean           may_be_none,
                        const char        *label)
{
  StrataNumberSpin *self = g_object_new (STRATA_TYPE_NUMBER_SPIN, NULL);
  gboolean bounded = param->minimum != 0 || param->maximum != 0;

  self->param = param;
  self->is_whole = is_whole;
  self->may_be_none = may_be_none;
  self->showing = TRUE;
  gtk_spin_button_set_digits (GTK_SPIN_BUTTON (self->spin), is_whole ? 0 : DIGITS);
  gtk_spin_button_set_range (GTK_SPIN_BUTTON (self->spin), bounded ? param->minimum : -G_MAXINT32,
                             bounded ? param->maximum : G_MAXINT32);
  self->showing = FALSE;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->spin), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  return GTK_WIDGET (self);
}

/**
 * strata_number_spin_show:
 * @value: (nullable): a number or null; %NULL if there are several
 */
void
strata_number_spin_show (StrataNumberSpin *self,
                         JsonNode         *value)
{
  GtkEditable *text = gtk_editable_get_delegate (GTK_EDITABLE (self->spin));
  double number = value != NULL && JSON_NODE_HOLDS_VALUE (value) ? json_node_get_double (value) : 0;
  double step = choose_step (self, number);

  self->state = value == NULL ? STATE_SEVERAL : JSON_NODE_HOLDS_NULL (value) ? STATE_NONE : STATE_NUMBER;
  self->showing = TRUE;
  gtk_spin_button_set_increments (GTK_SPIN_BUTTON (self->spin), step, step * 10);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->spin), number);
  self->state = value == NULL ? STATE_SEVERAL : JSON_NODE_HOLDS_NULL (value) ? STATE_NONE : STATE_NUMBER;
  self->showing = FALSE;
  if (GTK_IS_TEXT (text))
    gtk_text_set_placeholder_text (GTK_TEXT (text),
                                   value == NULL ? _("several") : self->may_be_none ? _("none") : NULL);
  output_cb (self);
}

/**
 * strata_number_spin_suggest:
 * @value: one of several numbers
 *
 * Has steps begin there while the text says that there are several.
 */
void
strata_number_spin_suggest (StrataNumberSpin *self,
                            JsonNode         *value)
{
  double number = JSON_NODE_HOLDS_VALUE (value) ? json_node_get_double (value) : 0, step = choose_step (self, number);

  if (self->state != STATE_SEVERAL)
    return;
  self->showing = TRUE;
  gtk_spin_button_set_increments (GTK_SPIN_BUTTON (self->spin), step, step * 10);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->spin), number);
  self->state = STATE_SEVERAL;
  self->showing = FALSE;
  output_cb (self);
}
