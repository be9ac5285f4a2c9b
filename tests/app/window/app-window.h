/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "pointer.h"

#include "canvas/canvas-private.h"
#include "document/file.h"
#include "views/design-view.h"
#include "window/window.h"

/* A window of the app on an example, for tests of what a person does there. */

/* One for all windows, as in the app. */
static GtkApplication *application;

typedef struct
{
  StrataWindow *window;
  StrataDocument *document;
  StrataCanvas *canvas;
} Fixture;

static inline void
start_application (void)
{
  g_autoptr (GError) error = NULL;

  application = GTK_APPLICATION (adw_application_new ("app.strata.Strata", G_APPLICATION_NON_UNIQUE));
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
}

static inline gboolean
is_mapped (gpointer data)
{
  return gtk_widget_get_mapped (data) && gtk_widget_get_width (data) > 1000;
}

/* @data is the example's name. */
static inline void
set_up (Fixture      *self,
        gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataExample) example = strata_example_load (data, &error);
  g_autoptr (GSettings) settings = g_settings_new ("app.strata.Strata");

  g_assert_no_error (error);
  self->document = strata_document_new_from_example (example, &error);
  g_assert_no_error (error);
  self->window = strata_window_new (application, settings);
  strata_window_set_document (self->window, self->document);
  gtk_window_fullscreen (GTK_WINDOW (self->window));
  gtk_window_present (GTK_WINDOW (self->window));
  wait_until (is_mapped, self->window, 20);
  settle (400);
  self->canvas = STRATA_CANVAS (find_type (GTK_WIDGET (self->window), STRATA_TYPE_CANVAS));
  g_assert_nonnull (self->canvas);
}

static inline void
tear_down (Fixture      *self,
           gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  settle (50);
  g_object_unref (self->document);
}
