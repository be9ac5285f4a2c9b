/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <adwaita.h>

#include "document/document.h"
#include "document/recovery.h"
#include "runner/runner.h"

G_BEGIN_DECLS

#define STRATA_TYPE_WINDOW (strata_window_get_type ())
G_DECLARE_FINAL_TYPE (StrataWindow, strata_window, STRATA, WINDOW, AdwApplicationWindow)

StrataWindow   *strata_window_new          (GtkApplication *application, GSettings *settings) G_GNUC_WARN_UNUSED_RESULT;
void            strata_window_set_document (StrataWindow *self, StrataDocument *document);
void            strata_window_set_recovered (StrataWindow *self, StrataDocument *document, StrataRecovery *recovery);
StrataDocument *strata_window_get_document (StrataWindow *self);
StrataRunner   *strata_window_get_runner   (StrataWindow *self);
void            strata_window_show_view    (StrataWindow *self, const char *name);
gboolean        strata_window_open_data    (StrataWindow *self, GFile *file);
void            strata_window_notify       (StrataWindow *self, const char *message);
void            strata_window_warn         (StrataWindow *self, const char *message);
void            strata_window_offer        (StrataWindow *self, const char *message, const char *button,
                                            const char *action, GVariant *target);

G_END_DECLS
