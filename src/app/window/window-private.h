/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "document/autosave.h"
#include "widgets/banner.h"
#include "window/window.h"

G_BEGIN_DECLS

struct _StrataWindow
{
  AdwApplicationWindow parent_instance;

  GSettings *settings;
  StrataDocument *document;
  StrataRunner *runner;
  StrataAutosave *autosave;
  GFileMonitor *monitor;
  guint disk_check, n_saves;    /* saves that go on */
  guint focus_idle;             /* sees to it that the focus follows to another view */
  GtkFileChooserNative *chooser;
  gboolean closes;              /* once what is asked or saved now is done */
  gboolean warns_of_copies;     /* whether the banner says that changes cannot be kept safe */
  char *offer;                  /* the action of the banner's button */
  GVariant *offer_target;

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

/* What menus, keys and other views ask for; window-actions.c */
void     strata_window_class_init_actions (GtkWidgetClass *widget_class);

/* Keeping changes safe, and noticing those of other programs; window-safety.c */
void     strata_window_keep_safe     (StrataWindow *self, StrataRecovery *recovery);
void     strata_window_reload        (StrataWindow *self);
void     strata_window_report        (StrataWindow *self, const char *heading, const char *body);

/* Pictures of the network, and paper; window-export.c */
void     strata_window_export_picture (StrataWindow *self);
void     strata_window_print          (StrataWindow *self);

/* Saving, and asking before unsaved changes are lost; window-file.c */
void     strata_window_save         (StrataWindow *self);
void     strata_window_save_as      (StrataWindow *self);
gboolean strata_window_confirm_close (StrataWindow *self);

G_END_DECLS
