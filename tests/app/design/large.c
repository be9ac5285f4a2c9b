/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Large networks: all of them can be seen, however long, and blocks are offered to be folded; wires tell how much
 * flows. */
#include "../window/pointer.h"

#include "canvas/canvas-private.h"
#include "canvas/metrics.h"
#include "document/file.h"
#include "document/group.h"
#include "inspector/problems.h"
#include "views/design-view.h"

#define N_LAYERS 1000

/* A chain: the longest that so many layers can be. */
static StrataDocument *
new_chain (guint n_layers)
{
  StrataDocument *document = strata_document_new ();
  g_autoptr (JsonNode) config = json_from_string ("{\"batch_shape\": [null, 8]}", NULL);
  StrataDocNode *before;

  strata_document_begin_group (document, "Chain");
  before = strata_document_add_node (document, "InputLayer", json_node_get_object (config), 0, 0, NULL);
  for (guint i = 1; i < n_layers; i++)
    {
      StrataDocNode *node = strata_document_add_node (document, "Activation", NULL, 0, 144 * i, NULL);

      strata_document_connect (document, before, 0, node, 0, NULL);
      before = node;
    }
  strata_document_end_group (document);
  return document;
}

typedef struct
{
  StrataDesignView *view;
  StrataCanvas *canvas;
  GtkWidget *window;
  int width;            /* that the canvas is to fall below */
} Shown;

static void
show (Shown          *self,
      StrataDocument *document)
{
  self->view = STRATA_DESIGN_VIEW (strata_design_view_new (document));
  self->canvas = strata_design_view_get_canvas (self->view);
  self->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (self->window), 1000, 700);
  gtk_window_set_child (GTK_WINDOW (self->window), GTK_WIDGET (self->view));
  gtk_window_present (GTK_WINDOW (self->window));
  while (gtk_widget_get_width (GTK_WIDGET (self->canvas)) == 0)
    g_main_context_iteration (NULL, TRUE);
  spin ();
}

static gboolean
is_all_seen (StrataCanvas *canvas)
{
  g_autoptr (GPtrArray) units = strata_canvas_dup_units (canvas);
  graphene_rect_t extent, sight;

  g_assert_true (strata_canvas_get_bounds (canvas, units, &extent));
  strata_canvas_get_sight (canvas, &sight);
  return graphene_rect_contains_rect (&sight, &extent);
}

/* What is offered above it takes room from the canvas once it has slid in, and all is made to fit again. */
static void
assert_all_seen (StrataCanvas *canvas)
{
  gint64 end = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;

  while (!is_all_seen (canvas) && g_get_monotonic_time () < end)
    spin ();
  g_assert_true (is_all_seen (canvas));
}

static void
test_all_seen (void)
{
  g_autoptr (StrataDocument) document = new_chain (N_LAYERS);
  Shown shown;

  show (&shown, document);
  assert_all_seen (shown.canvas);
  strata_canvas_set_zoom (shown.canvas, 1);
  strata_canvas_set_zoom (shown.canvas, 1e-9);
  strata_canvas_zoom_to_fit (shown.canvas);
  assert_all_seen (shown.canvas);
  g_assert_cmpfloat (strata_canvas_get_zoom (shown.canvas), <, STRATA_MIN_ZOOM);
  gtk_window_destroy (GTK_WINDOW (shown.window));
  spin ();
}

/* However many problems there are, no more are listed than one reads, and how many there are besides. */
static void
test_problems (void)
{
  g_autoptr (StrataDocument) document = new_chain (200);
  GtkWidget *problems, *list;
  guint n_rows = 0;
  Shown shown;

  show (&shown, document);
  problems = find_type (shown.window, STRATA_TYPE_PROBLEMS);
  g_assert_nonnull (problems);
  g_assert_cmpuint (strata_problems_get_n (STRATA_PROBLEMS (problems)), >, 100);
  list = gtk_widget_get_first_child (problems);
  for (GtkWidget *row = gtk_widget_get_first_child (list); row != NULL; row = gtk_widget_get_next_sibling (row))
    n_rows++;
  g_assert_cmpuint (n_rows, ==, 51);
  gtk_window_destroy (GTK_WINDOW (shown.window));
  spin ();
}

/* A small network is not zoomed out until nothing is left of it. */
static void
test_least (void)
{
  g_autoptr (StrataDocument) document = new_chain (3);
  Shown shown;

  show (&shown, document);
  strata_canvas_set_zoom (shown.canvas, 1e-9);
  g_assert_cmpfloat_with_epsilon (strata_canvas_get_zoom (shown.canvas), STRATA_MIN_ZOOM, 1e-9);
  gtk_window_destroy (GTK_WINDOW (shown.window));
  spin ();
}

static gboolean
is_fold_button (GtkWidget     *widget,
                gconstpointer  data)
{
  return GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), "_Fold") == 0 &&
         gtk_widget_get_mapped (widget);
}

/* Blocks of two ways each, as residual networks have them. */
static StrataDocument *
new_blocks (guint n_blocks)
{
  StrataDocument *document = strata_document_new ();
  g_autoptr (JsonNode) config = json_from_string ("{\"batch_shape\": [null, 8]}", NULL);
  g_autoptr (JsonNode) units = json_from_string ("{\"units\": 8}", NULL);
  StrataDocNode *before;

  strata_document_begin_group (document, "Blocks");
  before = strata_document_add_node (document, "InputLayer", json_node_get_object (config), 0, 0, NULL);
  for (guint i = 0; i < n_blocks; i++)
    {
      StrataDocNode *dense = strata_document_add_node (document, "Dense", json_node_get_object (units), 0, 0, NULL);
      StrataDocNode *relu = strata_document_add_node (document, "Activation", NULL, 0, 0, NULL);
      StrataDocNode *sum = strata_document_add_node (document, "Add", NULL, 0, 0, NULL);

      strata_document_connect (document, before, 0, dense, 0, NULL);
      strata_document_connect (document, dense, 0, relu, 0, NULL);
      strata_document_connect (document, relu, 0, sum, 0, NULL);
      strata_document_connect (document, before, 0, sum, 0, NULL);
      before = sum;
    }
  strata_document_end_group (document);
  strata_document_arrange (document);
  return document;
}

static void
test_folding (void)
{
  g_autoptr (StrataDocument) document = new_blocks (30), small = new_blocks (3);
  g_autoptr (GPtrArray) units = NULL;
  GtkWidget *button;
  Shown shown;

  show (&shown, small);
  g_assert_null (find_widget (shown.window, is_fold_button, NULL));
  gtk_window_destroy (GTK_WINDOW (shown.window));
  spin ();

  show (&shown, document);
  for (int i = 0; i < 50 && find_widget (shown.window, is_fold_button, NULL) == NULL; i++)
    spin ();
  button = find_widget (shown.window, is_fold_button, NULL);
  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  spin ();
  units = strata_document_dup_units (document, NULL);
  g_assert_cmpuint (strata_document_get_groups (document)->len, >=, 20);
  g_assert_cmpuint (units->len, <, 60);
  assert_all_seen (shown.canvas);
  strata_document_undo (document);
  g_assert_cmpuint (strata_document_get_groups (document)->len, ==, 0);
  gtk_window_destroy (GTK_WINDOW (shown.window));
  spin ();
}

/* How many wires run behind a card, of those that go back to another line; @n_turning is how many do that. */
static guint
count_hidden (StrataCanvas *canvas,
              GPtrArray    *units,
              guint        *n_turning)
{
  const GPtrArray *wires = strata_document_get_wires (canvas->document);
  guint n = 0;

  *n_turning = 0;
  for (guint i = 0; i < wires->len; i++)
    {
      StrataCurve curve;
      gboolean hidden = FALSE;

      strata_canvas_get_wire_curve (canvas, g_ptr_array_index (wires, i), &curve);
      if (curve.n_parts == 1)
        continue;
      (*n_turning)++;
      for (guint j = 0; j < units->len; j++)
        {
          graphene_rect_t area;

          strata_canvas_get_card_area (canvas, g_ptr_array_index (units, j), &area);
          for (guint k = 1; k < 60; k++)
            {
              graphene_point_t point;

              strata_curve_get_point (&curve, k / 60.0, &point);
              hidden |= graphene_rect_contains_point (&area, &point);
            }
        }
      n += hidden;
    }
  return n;
}

static void
assert_wrapped (StrataDocument *document,
                guint           most_hidden)
{
  guint n_turning;
  graphene_rect_t extent;
  g_autoptr (GPtrArray) units = NULL;
  Shown shown;

  show (&shown, document);
  strata_document_arrange (document);
  spin ();
  units = strata_canvas_dup_units (shown.canvas);
  g_assert_true (strata_canvas_get_bounds (shown.canvas, units, &extent));
  g_assert_cmpfloat (extent.size.width / extent.size.height, >, 0.4);
  g_assert_cmpfloat (extent.size.width / extent.size.height, <, 2.5);
  for (guint i = 0; i < units->len; i++)
    for (guint j = 0; j < i; j++)
      {
        graphene_rect_t first, second;

        strata_canvas_get_card_area (shown.canvas, g_ptr_array_index (units, i), &first);
        strata_canvas_get_card_area (shown.canvas, g_ptr_array_index (units, j), &second);
        g_assert_false (graphene_rect_intersection (&first, &second, NULL));
      }
  g_assert_cmpuint (count_hidden (shown.canvas, units, &n_turning), <=, most_hidden);
  g_assert_cmpuint (n_turning, >=, 1);
  g_assert_cmpuint (n_turning, <, 60);
  gtk_window_destroy (GTK_WINDOW (shown.window));
  spin ();
}

static void
set_flow (StrataDocument *document,
          const char     *flow)
{
  g_autofree char *text = g_strdup_printf ("{\"flow\": \"%s\"}", flow);
  g_autoptr (JsonNode) view = json_from_string (text, NULL);

  strata_document_set_setting (document, "view", view);
}

/* Deep networks are laid out in lines beside or below each other, and wires from one to the next run between the
 * cards. */
static void
test_wrapping (void)
{
  static const char *const flows[] = { "down", "right" };

  for (guint i = 0; i < G_N_ELEMENTS (flows); i++)
    {
      g_autoptr (StrataDocument) chain = new_chain (N_LAYERS), blocks = new_blocks (60);

      set_flow (chain, flows[i]);
      set_flow (blocks, flows[i]);
      assert_wrapped (chain, 0);
      assert_wrapped (blocks, 0);
    }
}

/* What shows all goes on to do so where the canvas becomes smaller; who zoomed is left alone. */
static void
test_fitted (void)
{
  g_autoptr (StrataDocument) document = new_blocks (8);
  double zoom;
  Shown shown;
  int width;

  show (&shown, document);
  g_object_set (shown.view, "show-palette", FALSE, "show-inspector", FALSE, NULL);
  spin ();
  strata_canvas_zoom_to_fit (shown.canvas);
  width = gtk_widget_get_width (GTK_WIDGET (shown.canvas));
  g_object_set (shown.view, "show-palette", TRUE, NULL);
  for (int i = 0; i < 100 && gtk_widget_get_width (GTK_WIDGET (shown.canvas)) == width; i++)
    spin ();
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (shown.canvas)), <, width);
  spin ();
  assert_all_seen (shown.canvas);

  strata_canvas_set_zoom (shown.canvas, 1);
  zoom = strata_canvas_get_zoom (shown.canvas);
  g_object_set (shown.view, "show-inspector", TRUE, NULL);
  for (int i = 0; i < 20; i++)
    spin ();
  g_assert_cmpfloat (strata_canvas_get_zoom (shown.canvas), ==, zoom);
  gtk_window_destroy (GTK_WINDOW (shown.window));
  spin ();
}

/* What is opened and was never placed by hand stands at even distances, however high the cards are; that is no step. */
static void
test_even (void)
{
  g_autoptr (StrataExample) example = strata_example_load ("digits", NULL);
  g_autoptr (StrataDocument) document = strata_document_new_from_example (example, NULL);
  const GPtrArray *nodes = strata_document_get_nodes (document);
  gboolean differ = FALSE;
  Shown shown;

  show (&shown, document);
  for (guint i = 2; i < nodes->len; i++)
    {
      StrataDocNode *a = g_ptr_array_index (nodes, i - 2), *b = g_ptr_array_index (nodes, i - 1);
      StrataDocNode *c = g_ptr_array_index (nodes, i);

      differ |= strata_doc_node_get_height (a) != strata_doc_node_get_height (b);
      g_assert_cmpfloat (strata_doc_node_get_y (b) - strata_doc_node_get_y (a) - strata_doc_node_get_height (a), ==,
                         strata_doc_node_get_y (c) - strata_doc_node_get_y (b) - strata_doc_node_get_height (b));
    }
  g_assert_true (differ);
  g_assert_null (strata_document_get_undo_label (document));
  g_assert_false (strata_document_get_modified (document));
  gtk_window_destroy (GTK_WINDOW (shown.window));
  spin ();
}

static gboolean
is_controls (GtkWidget     *widget,
             gconstpointer  data)
{
  return gtk_widget_has_css_class (widget, "canvas-controls") && find_type (widget, GTK_TYPE_SEPARATOR) != NULL;
}

static gboolean
is_narrower (gpointer data)
{
  Shown *shown = data;

  return gtk_widget_get_width (GTK_WIDGET (shown->canvas)) < shown->width;
}

/* In little room the controls take several rows, so that all of them can be reached, above which all is shown. */
static void
test_controls (void)
{
  g_autoptr (StrataDocument) document = new_chain (3);
  g_autoptr (GPtrArray) units = NULL;
  graphene_rect_t wide, narrow, extent;
  GtkWidget *controls, *separator;
  graphene_point_t corner;
  Shown shown;

  show (&shown, document);
  controls = find_widget (GTK_WIDGET (shown.view), is_controls, NULL);
  separator = find_type (controls, GTK_TYPE_SEPARATOR);
  g_assert_true (gtk_widget_compute_bounds (controls, gtk_widget_get_parent (controls), &wide));
  g_assert_true (gtk_widget_get_mapped (separator));
  shown.width = wide.size.width;
  gtk_widget_set_size_request (GTK_WIDGET (strata_design_view_get_palette (shown.view)), 440, -1);
  wait_until (is_narrower, &shown, 20);
  settle (20);
  g_assert_true (gtk_widget_compute_bounds (controls, gtk_widget_get_parent (controls), &narrow));
  g_assert_cmpfloat (narrow.origin.x, >=, 0);
  g_assert_cmpfloat (narrow.size.width, <, wide.size.width);
  g_assert_cmpfloat (narrow.size.height, >, wide.size.height);
  /* Where a row ends there is nothing to separate. */
  g_assert_false (gtk_widget_get_mapped (separator));
  units = strata_canvas_dup_units (shown.canvas);
  g_assert_true (strata_canvas_get_bounds (shown.canvas, units, &extent));
  strata_canvas_to_widget (shown.canvas, 0, extent.origin.y + extent.size.height, &corner);
  g_assert_cmpfloat (corner.y, <, narrow.origin.y);
  gtk_window_destroy (GTK_WINDOW (shown.window));
  spin ();
}

/* Half a screen is enough: the panes give way, and come back one at a time. */
static void
test_narrow (void)
{
  g_autoptr (StrataDocument) document = new_chain (3);
  GtkWidget *palette, *inspector, *panes;
  gboolean remembered;
  int minimum;
  Shown shown;

  show (&shown, document);
  palette = GTK_WIDGET (strata_design_view_get_palette (shown.view));
  inspector = GTK_WIDGET (strata_design_view_get_inspector (shown.view));
  panes = gtk_widget_get_first_child (GTK_WIDGET (shown.view));
  gtk_widget_measure (GTK_WIDGET (shown.view), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 480);
  shown.width = gtk_widget_get_width (GTK_WIDGET (shown.canvas));
  gtk_widget_set_size_request (palette, 700, -1);
  settle (50);
  g_assert_false (gtk_widget_get_mapped (palette));
  g_assert_true (gtk_widget_get_mapped (inspector));
  g_object_set (panes, "start-seen", TRUE, NULL);
  settle (50);
  g_assert_true (gtk_widget_get_mapped (palette));
  g_assert_false (gtk_widget_get_mapped (inspector));
  g_object_get (shown.view, "show-inspector", &remembered, NULL);
  g_assert_true (remembered);
  gtk_widget_set_size_request (palette, 200, -1);
  settle (50);
  g_assert_true (gtk_widget_get_mapped (palette) && gtk_widget_get_mapped (inspector));
  gtk_window_destroy (GTK_WINDOW (shown.window));
  spin ();
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/design/large/all-seen", test_all_seen);
  g_test_add_func ("/design/large/least", test_least);
  g_test_add_func ("/design/large/problems", test_problems);
  g_test_add_func ("/design/large/folding", test_folding);
  g_test_add_func ("/design/large/wrapping", test_wrapping);
  g_test_add_func ("/design/large/fitted", test_fitted);
  g_test_add_func ("/design/large/even", test_even);
  g_test_add_func ("/design/large/controls", test_controls);
  g_test_add_func ("/design/large/narrow", test_narrow);
  return g_test_run ();
}
