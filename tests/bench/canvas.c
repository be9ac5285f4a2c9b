/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <adwaita.h>
#include <malloc.h>
#include <time.h>

#include "canvas/canvas.h"
#include "document/file.h"
#include "views/design-view.h"

/*
 * How long a canvas of a thousand nodes takes to open, lay out, hit-test and draw. Prints milliseconds, and how many of
 * them the processor worked for this program. With a file, such as `strata-cli application ResNet50 weights=null
 * r.keras` writes, how long that takes to be read and shown with all that is around the canvas.
 */

#define N_NODES 1000
#define N_FRAMES 20
#define N_HITS 1000

static StrataDocument *
build_document (void)
{
  StrataDocument *document = strata_document_new ();
  g_autoptr (JsonNode) shape = json_from_string ("{\"batch_shape\": [null, 64]}", NULL);
  StrataDocNode *last;

  strata_document_begin_group (document, "Fill");
  last = strata_document_add_node (document, "InputLayer", json_node_get_object (shape), 0, 0, NULL);
  for (guint i = 1; i < N_NODES; i++)
    {
      StrataDocNode *node = strata_document_add_node (document, i % 2 != 0 ? "Dense" : "Dropout", NULL,
                                                      280 * (i / 40), 144 * (i % 40), NULL);

      strata_document_connect (document, last, 0, node, 0, NULL);
      last = node;
    }
  strata_document_end_group (document);
  return document;
}

static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

typedef struct
{
  gint64 wall, processor;       /* microseconds */
} Moment;

static Moment
now (void)
{
  struct timespec processor;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &processor);
  return (Moment){ g_get_monotonic_time (), processor.tv_sec * G_USEC_PER_SEC + processor.tv_nsec / 1000 };
}

static void
report (const char *what,
        Moment      start,
        guint       times)
{
  Moment end = now ();

  g_print ("%-28s %9.3f ms %9.3f ms\n", what, (end.wall - start.wall) / 1000.0 / times,
           (end.processor - start.processor) / 1000.0 / times);
}

/* What the frames of a window take, from layout to the last pixel; not the waiting between. */
typedef struct
{
  Moment start, spent;
  guint n;
} Frames;

static void
before_paint_cb (GdkFrameClock *clock,
                 Frames        *frames)
{
  frames->start = now ();
}

static void
after_paint_cb (GdkFrameClock *clock,
                Frames        *frames)
{
  Moment end = now ();

  frames->spent.wall += end.wall - frames->start.wall;
  frames->spent.processor += end.processor - frames->start.processor;
  frames->n++;
}

/* The style makes half of what drawing costs. */
static void
add_style (void)
{
  GtkCssProvider *provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (provider, "/app/strata/Strata/style-canvas.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (gdk_display_get_default ()),
                                    "/app/strata/Strata/icons");
  g_object_unref (provider);
}

static void
measure_frames (StrataCanvas *canvas,
                double        zoom,
                gboolean      pans)
{
  g_autofree char *what = g_strdup_printf ("%s at %.0f %%", pans ? "pan" : "zoom", 100 * zoom);
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (canvas));
  Frames frames = { 0 };
  gulong before, after;

  strata_canvas_set_zoom (canvas, zoom);
  before = g_signal_connect (clock, "before-paint", G_CALLBACK (before_paint_cb), &frames);
  after = g_signal_connect_after (clock, "after-paint", G_CALLBACK (after_paint_cb), &frames);
  while (frames.n < N_FRAMES + 1)
    {
      guint n = frames.n;

      /* The first frame at a zoom draws cards anew; those after it are what panning takes. */
      if (n == 1)
        frames.spent = (Moment){ 0 };
      if (pans)
        gtk_widget_activate_action (GTK_WIDGET (canvas), "canvas.pan", "(dd)", n % 2 != 0 ? 7.0 : -7.0, 5.0);
      else
        strata_canvas_set_zoom (canvas, zoom * (n % 2 != 0 ? 1 : 1.001));
      while (frames.n == n)
        g_main_context_iteration (NULL, TRUE);
    }
  g_signal_handler_disconnect (clock, before);
  g_signal_handler_disconnect (clock, after);
  g_print ("%-28s %9.3f ms %9.3f ms\n", what, frames.spent.wall / 1000.0 / N_FRAMES,
           frames.spent.processor / 1000.0 / N_FRAMES);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (GError) error = NULL;

  *(StrataDocument **) data = strata_document_load_finish (result, &error);
  if (error != NULL)
    g_error ("%s", error->message);
}

static void
measure_file (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  StrataDocument *document = NULL;
  GtkWidget *window, *view;
  Moment start = now (), whole = start;

  strata_document_load_async (file, NULL, loaded_cb, &document);
  while (document == NULL)
    g_main_context_iteration (NULL, TRUE);
  report ("read the file", start, 1);
  start = now ();
  view = strata_design_view_new (document);
  report ("make the design view", start, 1);
  start = now ();
  window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 800);
  gtk_window_set_child (GTK_WINDOW (window), view);
  gtk_window_present (GTK_WINDOW (window));
  while (gtk_widget_get_width (view) == 0)
    g_main_context_iteration (NULL, TRUE);
  settle ();
  report ("show it", start, 1);
  report ("from file to picture", whole, 1);
  gtk_window_destroy (GTK_WINDOW (window));
  g_object_unref (document);
  settle ();
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (StrataDocument) document = NULL;
  g_autoptr (StrataSelection) selection = NULL;
  GtkWidget *window, *canvas;
  Moment start;

  /* As the app does. */
  mallopt (M_MMAP_THRESHOLD, 32 << 20);
  mallopt (M_TRIM_THRESHOLD, 128 << 20);
  adw_init ();
  add_style ();
  g_print ("%-28s %12s %12s\n", "", "wall clock", "processor");
  start = now ();
  if (argc > 1)
    {
      measure_file (argv[1]);
      return 0;
    }
  document = build_document ();
  report ("build the document", start, 1);

  selection = strata_selection_new (document);
  start = now ();
  canvas = strata_canvas_new (document, selection);
  window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 800);
  gtk_window_set_child (GTK_WINDOW (window), canvas);
  gtk_window_present (GTK_WINDOW (window));
  while (gtk_widget_get_width (canvas) == 0)
    g_main_context_iteration (NULL, TRUE);
  settle ();
  report ("open", start, 1);

  for (int pans = 0; pans < 2; pans++)
    {
      measure_frames (STRATA_CANVAS (canvas), 0.1, pans);
      measure_frames (STRATA_CANVAS (canvas), 0.4, pans);
      measure_frames (STRATA_CANVAS (canvas), 1, pans);
    }

  start = now ();
  for (guint i = 0; i < N_HITS; i++)
    strata_canvas_find_wire (STRATA_CANVAS (canvas), i % 1280, i % 800);
  report ("find a wire", start, N_HITS);

  start = now ();
  strata_selection_set_nodes (selection, strata_document_get_nodes (document));
  report ("select all", start, 1);

  start = now ();
  strata_document_arrange (document);
  report ("arrange", start, 1);

  gtk_window_destroy (GTK_WINDOW (window));
  settle ();
  return 0;
}
