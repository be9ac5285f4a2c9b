/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "widgets/hint.h"

/* How long the pointer rests on something before it is explained. */
#define DELAY_MS 450
#define WIDTH_CHARS 40

/**
 * StrataHint:
 *
 * Explains what the pointer rests on, beside it: GTK puts tooltips at the pointer, where they cover what they are about
 * and what follows it.
 */
struct _StrataHint
{
  GObject parent_instance;

  GtkWidget *widget;
  StrataHintFunc func;
  gpointer target;              /* not owned, and not looked at by this object */
  GtkWidget *popover, *title, *text, *formula;
  guint timeout;
};

G_DEFINE_FINAL_TYPE (StrataHint, strata_hint, G_TYPE_OBJECT)

static GtkWidget *
add_label (GtkWidget  *box,
           const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), WIDTH_CHARS);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

/* Not before it is wanted: most of what could be explained never is. */
static void
build (StrataHint *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  gtk_widget_add_css_class (box, "layer-help");
  self->title = add_label (box, "heading");
  self->text = add_label (box, NULL);
  self->formula = add_label (box, "formula");
  self->popover = gtk_popover_new ();
  gtk_popover_set_autohide (GTK_POPOVER (self->popover), FALSE);
  gtk_widget_set_can_target (self->popover, FALSE);
  gtk_widget_set_can_focus (self->popover, FALSE);
  gtk_popover_set_child (GTK_POPOVER (self->popover), box);
  gtk_widget_set_parent (self->popover, self->widget);
}

static void
fill (GtkWidget  *label,
      const char *text)
{
  gtk_label_set_label (GTK_LABEL (label), text != NULL ? text : "");
  gtk_widget_set_visible (label, text != NULL && *text != '\0');
}

/* Popovers do not ask how high wrapped text is at the width that they give it. */
static void
fit (StrataHint *self)
{
  GtkWidget *box = gtk_popover_get_child (GTK_POPOVER (self->popover));
  int width, height;

  gtk_widget_set_size_request (box, -1, -1);
  gtk_widget_measure (box, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL, NULL);
  gtk_widget_measure (box, GTK_ORIENTATION_VERTICAL, width, NULL, &height, NULL, NULL);
  gtk_widget_set_size_request (box, width, height);
}

static gboolean
show_cb (gpointer user_data)
{
  StrataHint *self = user_data;
  const char *title = NULL, *formula = NULL;
  g_autofree char *text = NULL;
  GdkRectangle area = { 0 };

  self->timeout = 0;
  text = gtk_widget_get_mapped (self->widget) ? self->func (self->widget, self->target, &area, &title, &formula) : NULL;
  if (text == NULL)
    return G_SOURCE_REMOVE;
  if (self->popover == NULL)
    build (self);
  fill (self->title, title);
  fill (self->text, text);
  fill (self->formula, formula);
  fit (self);
  gtk_popover_set_position (GTK_POPOVER (self->popover),
                            gtk_widget_get_direction (self->widget) == GTK_TEXT_DIR_RTL ? GTK_POS_LEFT : GTK_POS_RIGHT);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->popover), &area);
  gtk_popover_popup (GTK_POPOVER (self->popover));
  return G_SOURCE_REMOVE;
}

/**
 * strata_hint_hide:
 *
 * Until the pointer comes to something else.
 */
void
strata_hint_hide (StrataHint *self)
{
  g_clear_handle_id (&self->timeout, g_source_remove);
  if (self->popover != NULL)
    gtk_popover_popdown (GTK_POPOVER (self->popover));
}

/**
 * strata_hint_aim:
 * @target: (nullable): what the pointer is on
 *
 * Explains @target once the pointer has rested on it, if it was on something else before.
 */
void
strata_hint_aim (StrataHint *self,
                 gpointer    target)
{
  if (target == self->target)
    return;
  strata_hint_hide (self);
  self->target = target;
  if (target != NULL)
    self->timeout = g_timeout_add (DELAY_MS, show_cb, self);
}

gboolean
strata_hint_is_shown (StrataHint *self)
{
  return self->popover != NULL && gtk_widget_get_visible (self->popover);
}

static void
strata_hint_dispose (GObject *object)
{
  StrataHint *self = STRATA_HINT (object);

  g_clear_handle_id (&self->timeout, g_source_remove);
  g_clear_pointer (&self->popover, gtk_widget_unparent);

  G_OBJECT_CLASS (strata_hint_parent_class)->dispose (object);
}

static void
strata_hint_class_init (StrataHintClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = strata_hint_dispose;
}

static void
strata_hint_init (StrataHint *self)
{
}

/**
 * strata_hint_new:
 * @widget: what the pointer goes about on; it drops the hint before it goes itself
 * @func: what there is to say
 */
StrataHint *
strata_hint_new (GtkWidget      *widget,
                 StrataHintFunc  func)
{
  StrataHint *self = g_object_new (STRATA_TYPE_HINT, NULL);

  self->widget = widget;
  self->func = func;
  return self;
}
