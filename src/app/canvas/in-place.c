/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "canvas/in-place.h"

/**
 * StrataInPlace:
 *
 * Where text is written on the canvas itself. Enter takes it over, as does going elsewhere; Escape leaves it as it was.
 * In a text of lines, Enter begins another and Escape takes over, as undoing brings back what was there. What may not
 * be is told below it.
 */
struct _StrataInPlace
{
  GtkWidget parent_instance;

  GtkWidget *text, *reason;
  StrataInPlaceFunc accept;
  gpointer user_data;
  gboolean has_lines, ended;
};

enum
{
  ENDED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataInPlace, strata_in_place, GTK_TYPE_WIDGET)

static char *
dup_text (StrataInPlace *self)
{
  GtkTextBuffer *buffer;
  GtkTextIter start, end;

  if (!self->has_lines)
    return g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->text)));
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text));
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static void
end (StrataInPlace *self)
{
  if (self->ended)
    return;
  self->ended = TRUE;
  g_signal_emit (self, signals[ENDED], 0);
}

/* Stays where it is when what is written may not be. */
static void
try_accept (StrataInPlace *self)
{
  g_autofree char *text = dup_text (self);
  g_autoptr (GError) error = NULL;

  if (self->ended)
    return;
  if (self->accept (text, self->user_data, &error))
    {
      end (self);
      return;
    }
  gtk_widget_add_css_class (GTK_WIDGET (self), "error");
  gtk_label_set_text (GTK_LABEL (self->reason), error->message);
  gtk_widget_show (self->reason);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->text), GTK_ACCESSIBLE_STATE_INVALID,
                               GTK_ACCESSIBLE_INVALID_TRUE, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->text), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, error->message, -1);
}

/**
 * strata_in_place_finish:
 * @accept: whether what was written is taken over, if it may be
 *
 * Ends writing.
 */
void
strata_in_place_finish (StrataInPlace *self,
                        gboolean       accept)
{
  g_autoptr (StrataInPlace) kept = g_object_ref (self);

  if (accept)
    try_accept (self);
  end (self);
}

static void
left_cb (StrataInPlace *self)
{
  strata_in_place_finish (self, TRUE);
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint                  key,
                guint                  code,
                GdkModifierType        state,
                StrataInPlace         *self)
{
  gboolean is_enter = key == GDK_KEY_Return || key == GDK_KEY_KP_Enter || key == GDK_KEY_ISO_Enter;

  if (key == GDK_KEY_Escape)
    strata_in_place_finish (self, self->has_lines);
  else if (is_enter && !self->has_lines)
    try_accept (self);
  else
    return FALSE;
  return TRUE;
}

/* Keys that the text has no use for are not the canvas's while one writes. */
static gboolean
stray_key_cb (void)
{
  return TRUE;
}

static void
strata_in_place_dispose (GObject *object)
{
  StrataInPlace *self = STRATA_IN_PLACE (object);

  self->ended = TRUE;
  g_clear_pointer (&self->text, gtk_widget_unparent);
  g_clear_pointer (&self->reason, gtk_widget_unparent);

  G_OBJECT_CLASS (strata_in_place_parent_class)->dispose (object);
}

static void
strata_in_place_class_init (StrataInPlaceClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = strata_in_place_dispose;
  signals[ENDED] = g_signal_new ("ended", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "strata-in-place");
}

static void
strata_in_place_init (StrataInPlace *self)
{
  GtkEventController *keys = gtk_event_controller_key_new (), *strays = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  gtk_orientable_set_orientation (GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))),
                                  GTK_ORIENTATION_VERTICAL);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect (strays, "key-pressed", G_CALLBACK (stray_key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), strays);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (left_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
}

/**
 * strata_in_place_new: (skip)
 * @text: what there is so far
 * @label: what it is, for screen readers
 * @has_lines: whether Enter begins another line
 */
GtkWidget *
strata_in_place_new (const char        *text,
                     const char        *label,
                     gboolean           has_lines,
                     StrataInPlaceFunc  accept,
                     gpointer           user_data)
{
  StrataInPlace *self = g_object_new (STRATA_TYPE_IN_PLACE, NULL);

  self->has_lines = has_lines;
  self->accept = accept;
  self->user_data = user_data;
  self->text = has_lines ? gtk_text_view_new () : gtk_text_new ();
  if (has_lines)
    {
      gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (self->text), GTK_WRAP_WORD_CHAR);
      gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (self->text), FALSE);
      gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text)), text, -1);
    }
  else
    {
      gtk_editable_set_text (GTK_EDITABLE (self->text), text);
      gtk_editable_select_region (GTK_EDITABLE (self->text), 0, -1);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->text), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_set_vexpand (self->text, has_lines);
  gtk_widget_set_parent (self->text, GTK_WIDGET (self));

  self->reason = gtk_label_new (NULL);
  gtk_widget_hide (self->reason);
  gtk_label_set_wrap (GTK_LABEL (self->reason), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->reason), 0);
  gtk_widget_add_css_class (self->reason, "reason");
  gtk_widget_set_parent (self->reason, GTK_WIDGET (self));
  return GTK_WIDGET (self);
}

GtkWidget *
strata_in_place_get_text (StrataInPlace *self)
{
  return self->text;
}

/**
 * strata_in_place_get_reason:
 *
 * Returns: (nullable): why what is written may not be
 */
const char *
strata_in_place_get_reason (StrataInPlace *self)
{
  return gtk_widget_get_visible (self->reason) ? gtk_label_get_text (GTK_LABEL (self->reason)) : NULL;
}
