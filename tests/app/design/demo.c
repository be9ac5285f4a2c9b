/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <adwaita.h>

#include "canvas/canvas-private.h"
#include "views/design-view.h"

/*
 * usage: demo [EXAMPLE [dark] [large] [mirrored]]
 *
 * A window with nothing but the design view, for tests that use a real pointer: after each change it prints what is in
 * the document and where its cards are: the middle of each, its top and its bottom. EXAMPLE is "empty", "cnn",
 * "branches" or a number of layers.
 */

static void
print_card (StrataCanvas  *canvas,
            StrataDocNode *node)
{
  GtkWidget *widget = GTK_WIDGET (canvas);
  graphene_rect_t area;
  graphene_point_t top, bottom;

  strata_canvas_get_card_area (canvas, node, &area);
  strata_canvas_to_widget (canvas, area.origin.x + area.size.width / 2, area.origin.y, &top);
  strata_canvas_to_widget (canvas, area.origin.x + area.size.width / 2, area.origin.y + area.size.height, &bottom);
  if (gtk_widget_compute_point (widget, GTK_WIDGET (gtk_widget_get_root (widget)), &top, &top) &&
      gtk_widget_compute_point (widget, GTK_WIDGET (gtk_widget_get_root (widget)), &bottom, &bottom))
    g_print (" card=%d,%d,%d", (int) top.x, (int) top.y, (int) bottom.y);
}

static gboolean
print_cb (gpointer data)
{
  StrataCanvas *canvas = data;
  StrataDocument *document = strata_canvas_get_document (canvas);
  const GPtrArray *nodes = strata_document_get_nodes (document);

  g_print ("nodes=%u wires=%u undo=%s", nodes->len, strata_document_get_wires (document)->len,
           strata_document_get_undo_label (document));
  for (guint i = 0; i < nodes->len; i++)
    print_card (canvas, g_ptr_array_index (nodes, i));
  g_print ("\n");
  return G_SOURCE_REMOVE;
}

/* Cards get their height when they are drawn. */
static void
analysed_cb (StrataDocument *document,
             StrataCanvas   *canvas)
{
  g_timeout_add (200, print_cb, canvas);
}

static StrataDocNode *
add (StrataDocument *document,
     StrataDocNode  *after,
     const char     *class_name,
     const char     *config,
     double          x)
{
  g_autoptr (JsonNode) parsed = json_from_string (config, NULL);
  double y = after != NULL ? strata_doc_node_get_y (after) + 144 : 0;
  StrataDocNode *node = strata_document_add_node (document, class_name, json_node_get_object (parsed), x, y, NULL);

  if (after != NULL)
    strata_document_connect (document, after, 0, node, 0, NULL);
  return node;
}

static void
add_cnn (StrataDocument *document)
{
  StrataDocNode *node = add (document, NULL, "InputLayer", "{\"batch_shape\": [null, 28, 28, 1]}", 0);

  node = add (document, node, "Conv2D", "{\"filters\": 32, \"kernel_size\": 3, \"activation\": \"relu\"}", 0);
  node = add (document, node, "MaxPooling2D", "{}", 0);
  node = add (document, node, "Conv2D", "{\"filters\": 64, \"kernel_size\": 3, \"activation\": \"relu\"}", 0);
  node = add (document, node, "Flatten", "{}", 0);
  node = add (document, node, "Dropout", "{\"rate\": 0.5}", 0);
  add (document, node, "Dense", "{\"units\": 10, \"activation\": \"softmax\"}", 0);
}

static void
add_branches (StrataDocument *document)
{
  StrataDocNode *input = add (document, NULL, "InputLayer", "{\"batch_shape\": [null, 32, 32, 3]}", 0);
  StrataDocNode *left = add (document, input, "Conv2D",
                             "{\"filters\": 16, \"kernel_size\": 3, \"padding\": \"same\"}", -136);
  StrataDocNode *right = add (document, input, "Conv2D",
                              "{\"filters\": 16, \"kernel_size\": 5, \"padding\": \"same\"}", 136);
  StrataDocNode *sum = add (document, left, "Concatenate", "{}", 0);

  strata_document_connect (document, right, 0, sum, 0, NULL);
  sum = add (document, sum, "BatchNormalization", "{}", 0);
  sum = add (document, sum, "Activation", "{\"activation\": \"relu\"}", 0);
  sum = add (document, sum, "Reshape", "{\"target_shape\": [7, 7]}", 0);
  add (document, sum, "Dense", "{\"units\": 10}", 0);
}

static void
add_many (StrataDocument *document,
          guint           n)
{
  StrataDocNode *node = add (document, NULL, "InputLayer", "{\"batch_shape\": [null, 64]}", 0);

  for (guint i = 1; i < n; i++)
    node = add (document, node, "Dense", "{\"units\": 64, \"activation\": \"relu\"}", 0);
  strata_document_arrange (document);
}

static void
fill (StrataDocument *document,
      const char     *example)
{
  strata_document_begin_group (document, "Example");
  if (g_str_equal (example, "cnn"))
    add_cnn (document);
  else if (g_str_equal (example, "branches"))
    add_branches (document);
  else if (!g_str_equal (example, "empty"))
    add_many (document, g_ascii_strtoull (example, NULL, 10));
  strata_document_end_group (document);
}

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

int
main (int    argc,
      char **argv)
{
  StrataDocument *document;
  GtkWidget *window, *view;
  StrataCanvas *canvas;

  adw_init ();
  add_style ();
  for (int i = 2; i < argc; i++)
    if (g_str_equal (argv[i], "dark"))
      adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_FORCE_DARK);
    else if (g_str_equal (argv[i], "large"))
      g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 144 * 1024, NULL);
    else if (g_str_equal (argv[i], "mirrored"))
      gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);

  document = strata_document_new ();
  fill (document, argc > 1 ? argv[1] : "cnn");
  view = strata_design_view_new (document);
  canvas = strata_design_view_get_canvas (STRATA_DESIGN_VIEW (view));
  g_signal_connect (document, "analysed", G_CALLBACK (analysed_cb), canvas);
  window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 800);
  gtk_window_set_child (GTK_WINDOW (window), view);
  gtk_window_present (GTK_WINDOW (window));
  print_cb (canvas);
  while (g_list_model_get_n_items (gtk_window_get_toplevels ()) > 0)
    g_main_context_iteration (NULL, TRUE);
  g_object_unref (document);
  return 0;
}
