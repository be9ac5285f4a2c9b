/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "widgets/banner.h"
#include "window/window.h"

G_BEGIN_DECLS

struct _StrataWindow
{
  AdwApplicationWindow parent_instance;

  GSettings *settings;
  StrataDocument *document;
  StrataRunner *runner;
  GtkFileChooserNative *chooser;
  gboolean closes;              /* once what is asked or saved now is done */

  AdwToastOverlay *toasts;
  StrataBanner *banner;
  GtkStack *pages;
  AdwViewStack *views;
  AdwViewSwitcherTitle *switcher;
  GtkWidget *undo_box, *undo_button, *redo_button;
  GtkWidget *title_box, *title_label, *state_label;
  GtkWidget *train_button;
  AdwButtonContent *train_content;
};

/* Saving, and asking before unsaved changes are lost; window-file.c */
void     strata_window_save         (StrataWindow *self);
void     strata_window_save_as      (StrataWindow *self);
gboolean strata_window_confirm_close (StrataWindow *self);

G_END_DECLS
