/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "canvas/note-widget.h"

#include <glib/gi18n.h>

/**
 * StrataNoteWidget:
 *
 * Stands for a note or a frame where keys and screen readers look for it. The canvas draws it, below wires and cards.
 */
struct _StrataNoteWidget
{
  GtkWidget parent_instance;

  StrataDocNote *note;
};

G_DEFINE_FINAL_TYPE (StrataNoteWidget, strata_note_widget, GTK_TYPE_WIDGET)

static void
strata_note_widget_measure (GtkWidget      *widget,
                            GtkOrientation  orientation,
                            int             for_size,
                            int            *minimum,
                            int            *natural,
                            int            *minimum_baseline,
                            int            *natural_baseline)
{
  const StrataNoteLook *look = strata_doc_note_get_look (STRATA_NOTE_WIDGET (widget)->note);

  *minimum = 0;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? look->width : look->height;
}

/* Cards on a frame are hit, not the frame; the canvas finds out where a hand takes hold of it. */
static gboolean
strata_note_widget_contains (GtkWidget *widget,
                             double     x,
                             double     y)
{
  return FALSE;
}

static void
forward_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  g_autofree char *canvas_action = g_strconcat ("canvas.", name + strlen ("note."), "-note", NULL);

  gtk_widget_activate_action (widget, canvas_action, "u", strata_doc_note_get_id (STRATA_NOTE_WIDGET (widget)->note));
}

static void
strata_note_widget_dispose (GObject *object)
{
  g_clear_object (&STRATA_NOTE_WIDGET (object)->note);

  G_OBJECT_CLASS (strata_note_widget_parent_class)->dispose (object);
}

static void
strata_note_widget_class_init (StrataNoteWidgetClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = strata_note_widget_dispose;
  widget_class->measure = strata_note_widget_measure;
  widget_class->contains = strata_note_widget_contains;
  gtk_widget_class_set_css_name (widget_class, "strata-note");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_OPTION);
  gtk_widget_class_install_action (widget_class, "note.select", NULL, forward_action);
  gtk_widget_class_install_action (widget_class, "note.edit", NULL, forward_action);
  gtk_widget_class_install_action (widget_class, "note.remove", NULL, forward_action);
}

static void
strata_note_widget_init (StrataNoteWidget *self)
{
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
}

/**
 * strata_note_widget_refresh:
 *
 * Tells screen readers what the note says now.
 */
void
strata_note_widget_refresh (StrataNoteWidget *self)
{
  const char *text = strata_doc_note_get_look (self->note)->text;

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  *text != '\0' ? text : _("Nothing written"), -1);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

void
strata_note_widget_set_selected (StrataNoteWidget *self,
                                 gboolean          selected)
{
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_SELECTED, selected, -1);
}

StrataDocNote *
strata_note_widget_get_note (StrataNoteWidget *self)
{
  return self->note;
}

GtkWidget *
strata_note_widget_new (StrataDocNote *note)
{
  StrataNoteWidget *self = g_object_new (STRATA_TYPE_NOTE_WIDGET, NULL);
  gboolean frame = strata_doc_note_get_kind (note) == STRATA_NOTE_FRAME;

  self->note = g_object_ref (note);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_ROLE_DESCRIPTION,
                                  frame ? _("frame") : _("note"), -1);
  strata_note_widget_refresh (self);
  return GTK_WIDGET (self);
}
