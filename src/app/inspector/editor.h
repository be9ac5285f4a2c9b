/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

#include "base/param.h"

G_BEGIN_DECLS

#define STRATA_TYPE_EDITOR (strata_editor_get_type ())
G_DECLARE_DERIVABLE_TYPE (StrataEditor, strata_editor, STRATA, EDITOR, GtkWidget)

/**
 * StrataEditorClass:
 * @configure: makes the widget for the parameter, once that is known
 * @show: shows a value, or that there are several where it is %NULL
 * @suggest: where there are several, is told one of them to go on from
 *
 * What shows and edits the value of one parameter. Signal: edited (JsonNode), by the user only.
 */
struct _StrataEditorClass
{
  GtkWidgetClass parent_class;

  void (*configure) (StrataEditor *self);
  void (*show)      (StrataEditor *self, JsonNode *value);
  void (*suggest)   (StrataEditor *self, JsonNode *value);

  gpointer padding[3];
};

GtkWidget         *strata_editor_new       (const StrataParam *param);
const StrataParam *strata_editor_get_param (StrataEditor *self);
const char        *strata_editor_get_label (StrataEditor *self);
void               strata_editor_show      (StrataEditor *self, JsonNode *value);
void               strata_editor_suggest   (StrataEditor *self, JsonNode *value);

/* For those who derive */
void               strata_editor_set_child (StrataEditor *self, GtkWidget *child);
void               strata_editor_emit      (StrataEditor *self, JsonNode *value);

/* The kinds of editors */
GType strata_switch_editor_get_type   (void) G_GNUC_CONST;
GType strata_number_editor_get_type   (void) G_GNUC_CONST;
GType strata_choice_editor_get_type   (void) G_GNUC_CONST;
GType strata_text_editor_get_type     (void) G_GNUC_CONST;
GType strata_tuple_editor_get_type    (void) G_GNUC_CONST;

G_END_DECLS
