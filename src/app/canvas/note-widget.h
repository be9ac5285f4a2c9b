/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

#include "document/note.h"

G_BEGIN_DECLS

#define STRATA_TYPE_NOTE_WIDGET (strata_note_widget_get_type ())
G_DECLARE_FINAL_TYPE (StrataNoteWidget, strata_note_widget, STRATA, NOTE_WIDGET, GtkWidget)

GtkWidget     *strata_note_widget_new          (StrataDocNote *note);
StrataDocNote *strata_note_widget_get_note     (StrataNoteWidget *self);
void           strata_note_widget_refresh      (StrataNoteWidget *self);
void           strata_note_widget_set_selected (StrataNoteWidget *self, gboolean selected);

G_END_DECLS
