/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <math.h>

#include "../widgets.h"
#include "base/registry.h"
#include "canvas/arithmetic.h"
#include "canvas/metrics.h"
#include "canvas/node-widget-private.h"
#include "document/group.h"
#include "views/design-view.h"
#include "views/layer-search.h"

/* A design view in a window, with an input, a convolution and a dense layer, of which the first two are connected. */
typedef struct
{
  StrataDocument *document;
  StrataDocNode *input, *conv, *dense;
  StrataDesignView *view;
  StrataCanvas *canvas;
  StrataSelection *selection;
  GtkWidget *window;
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  self->document = strata_document_new ();
  self->input = strata_document_add_node (self->document, "InputLayer", NULL, 0, 0, NULL);
  self->conv = strata_document_add_node (self->document, "Conv2D", NULL, 0, 144, NULL);
  self->dense = strata_document_add_node (self->document, "Dense", NULL, 0, 288, NULL);
  strata_document_connect (self->document, self->input, 0, self->conv, 0, NULL);
  self->view = STRATA_DESIGN_VIEW (strata_design_view_new (self->document));
  self->canvas = strata_design_view_get_canvas (self->view);
  self->selection = strata_design_view_get_selection (self->view);
  self->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (self->window), 1200, 760);
  gtk_window_set_child (GTK_WINDOW (self->window), GTK_WIDGET (self->view));
  gtk_window_present (GTK_WINDOW (self->window));
  /* All of the network is shown with the first size. */
  while (gtk_widget_get_width (GTK_WIDGET (self->canvas)) == 0)
    g_main_context_iteration (NULL, TRUE);
  spin ();
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  gpointer canvas = self->canvas;

  g_object_add_weak_pointer (G_OBJECT (self->canvas), &canvas);
  gtk_window_destroy (GTK_WINDOW (self->window));
  spin ();
  g_assert_null (canvas);
  g_assert_finalize_object (self->document);
}

static void
act (Fixture    *self,
     const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (self->canvas), action, NULL));
  spin ();
}

static JsonNode *
parse (const char *text)
{
  return json_from_string (text, NULL);
}

/* Cards say what the document says, and change with it. */
static void
test_cards (Fixture       *self,
            gconstpointer  data)
{
  StrataNodeWidget *card = strata_canvas_get_card (self->canvas, self->conv);
  GtkWidget *loose = GTK_WIDGET (strata_canvas_get_card (self->canvas, self->dense));
  g_autoptr (JsonNode) value = parse ("8"), too_large = parse ("99");

  g_assert_cmpstr (strata_node_widget_get_shape_text (card), ==, "26×26, 32 channels");
  g_assert_true (strata_document_set_param (self->document, self->conv, "filters", value, NULL));
  g_assert_cmpstr (strata_node_widget_get_shape_text (card), ==, "26×26, 8 channels");
  strata_document_undo (self->document);
  g_assert_cmpstr (strata_node_widget_get_shape_text (card), ==, "26×26, 32 channels");
  /* What is only not wired yet is no error. */
  g_assert_false (gtk_widget_has_css_class (loose, "error"));
  g_assert_true (strata_document_set_param (self->document, self->conv, "kernel_size", too_large, NULL));
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (card), "error"));
  gtk_test_accessible_assert_role (card, GTK_ACCESSIBLE_ROLE_OPTION);
}

static void
test_delete (Fixture       *self,
             gconstpointer  data)
{
  strata_selection_select (self->selection, self->conv);
  act (self, "canvas.delete");
  g_assert_cmpuint (strata_document_get_nodes (self->document)->len, ==, 2);
  g_assert_cmpuint (strata_document_get_wires (self->document)->len, ==, 0);
  g_assert_cmpuint (strata_selection_get_n_nodes (self->selection), ==, 0);
  g_assert_null (strata_canvas_get_card (self->canvas, self->conv));
  strata_document_undo (self->document);
  g_assert_nonnull (strata_canvas_get_card (self->canvas, self->conv));
  g_assert_cmpuint (strata_document_get_wires (self->document)->len, ==, 1);
}

static void
test_connect (Fixture       *self,
              gconstpointer  data)
{
  GtkWidget *from = GTK_WIDGET (strata_canvas_get_card (self->canvas, self->conv));
  GtkWidget *to = GTK_WIDGET (strata_canvas_get_card (self->canvas, self->dense));

  g_assert_true (gtk_widget_activate_action (from, "node.connect", NULL));
  g_assert_true (gtk_widget_activate_action (to, "node.connect", NULL));
  g_assert_cmpuint (strata_document_get_wires (self->document)->len, ==, 2);
  g_assert_cmpstr (strata_node_widget_get_shape_text (STRATA_NODE_WIDGET (to)), ==, "26×26, 64 channels");
}

static void
test_selection (Fixture       *self,
                gconstpointer  data)
{
  StrataDocWire *wire = g_ptr_array_index (strata_document_get_wires (self->document), 0);

  act (self, "canvas.select-all");
  g_assert_cmpuint (strata_selection_get_n_nodes (self->selection), ==, 3);
  g_assert_null (strata_selection_get_single (self->selection));
  strata_selection_toggle (self->selection, self->input);
  g_assert_false (strata_selection_contains (self->selection, self->input));
  strata_selection_select_wire (self->selection, wire);
  g_assert_cmpuint (strata_selection_get_n_nodes (self->selection), ==, 0);
  act (self, "canvas.delete");
  g_assert_cmpuint (strata_document_get_wires (self->document)->len, ==, 0);
  g_assert_null (strata_selection_get_wire (self->selection));
}

static void
test_duplicate (Fixture       *self,
                gconstpointer  data)
{
  act (self, "canvas.select-all");
  act (self, "canvas.duplicate");
  g_assert_cmpuint (strata_document_get_nodes (self->document)->len, ==, 6);
  g_assert_cmpuint (strata_document_get_wires (self->document)->len, ==, 2);
  g_assert_cmpuint (strata_selection_get_n_nodes (self->selection), ==, 3);
  act (self, "canvas.cut");
  g_assert_cmpuint (strata_document_get_nodes (self->document)->len, ==, 3);
  act (self, "canvas.paste");
  g_assert_cmpuint (strata_document_get_nodes (self->document)->len, ==, 6);

  /* On a canvas that was empty, all of it is seen. */
  act (self, "canvas.select-all");
  strata_document_move_nodes (self->document, (GPtrArray *) strata_document_get_nodes (self->document), 5000, 0);
  act (self, "canvas.cut");
  g_assert_cmpuint (strata_document_get_nodes (self->document)->len, ==, 0);
  act (self, "canvas.paste");
  g_assert_cmpuint (strata_document_get_nodes (self->document)->len, ==, 6);
  for (guint i = 0; i < 6; i++)
    {
      StrataDocNode *node = g_ptr_array_index (strata_document_get_nodes (self->document), i);
      graphene_point_t corner;

      strata_canvas_to_widget (self->canvas, strata_doc_node_get_x (node) + STRATA_NODE_WIDTH,
                               strata_doc_node_get_y (node) + strata_doc_node_get_height (node), &corner);
      g_assert_cmpfloat (corner.x, <, gtk_widget_get_width (GTK_WIDGET (self->canvas)));
      g_assert_cmpfloat (corner.y, <, gtk_widget_get_height (GTK_WIDGET (self->canvas)));
    }
}

/* A layer dropped on a wire goes between its ends, and what follows makes room: as one step. */
static void
test_insert (Fixture       *self,
             gconstpointer  data)
{
  double y = strata_doc_node_get_y (self->conv);
  graphene_point_t point;

  strata_canvas_to_widget (self->canvas, STRATA_NODE_WIDTH / 2, STRATA_NODE_HEIGHT + 20, &point);
  g_assert_nonnull (strata_canvas_find_wire (self->canvas, point.x, point.y));
  g_assert_true (strata_canvas_drop_layer (self->canvas, "Dropout", point.x, point.y));
  g_assert_cmpuint (strata_document_get_wires (self->document)->len, ==, 2);
  g_assert_cmpfloat (strata_doc_node_get_y (self->conv), >, y);
  strata_document_undo (self->document);
  g_assert_cmpuint (strata_document_get_nodes (self->document)->len, ==, 3);
  g_assert_cmpfloat (strata_doc_node_get_y (self->conv), ==, y);
}

static void
test_append (Fixture       *self,
             gconstpointer  data)
{
  StrataDocNode *node;

  strata_selection_select (self->selection, self->conv);
  node = strata_canvas_append_layer (self->canvas, "Flatten");
  g_assert_nonnull (node);
  g_assert_true (strata_selection_get_single (self->selection) == node);
  g_assert_cmpstr (strata_node_widget_get_shape_text (strata_canvas_get_card (self->canvas, node)), ==,
                   "21\u202f632 values");
  strata_document_undo (self->document);
  g_assert_cmpuint (strata_document_get_nodes (self->document)->len, ==, 3);
  g_assert_null (strata_canvas_append_layer (self->canvas, "NoSuchLayer"));
}

static void
test_zoom (Fixture       *self,
           gconstpointer  data)
{
  double before;

  strata_canvas_set_zoom (self->canvas, 1);
  g_assert_cmpfloat_with_epsilon (strata_canvas_get_zoom (self->canvas), 1, 1e-9);
  before = strata_canvas_get_zoom (self->canvas);
  act (self, "canvas.zoom-in");
  g_assert_cmpfloat (strata_canvas_get_zoom (self->canvas), >, before);
  act (self, "canvas.zoom-original");
  act (self, "canvas.zoom-out");
  g_assert_cmpfloat (strata_canvas_get_zoom (self->canvas), <, before);
}

static gboolean
has_text (GtkWidget     *widget,
          gconstpointer  part)
{
  return GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), part) != NULL;
}

static void
test_palette (Fixture       *self,
              gconstpointer  data)
{
  StrataLayerList *palette = strata_design_view_get_palette (self->view);
  guint all = strata_layer_list_get_n_shown (palette), some;

  strata_layer_list_search (palette, "max pool");
  some = strata_layer_list_get_n_shown (palette);
  g_assert_cmpuint (some, >=, 3);
  g_assert_cmpuint (some, <, all);
  strata_layer_list_search (palette, "");
  g_assert_cmpuint (strata_layer_list_get_n_shown (palette), ==, all);

  /* Behind what makes pictures, what takes them comes first. */
  strata_selection_select (self->selection, self->conv);
  strata_layer_list_search (palette, "conv");
  g_assert_cmpstr (strata_layer_list_get_best (palette), ==, "Conv2D");
}

static gboolean
is_cut (GtkWidget     *widget,
        gconstpointer  data)
{
  return GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) &&
         pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (widget)));
}

static gboolean
is_to_come (GtkWidget     *widget,
            gconstpointer  data)
{
  return GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) && gtk_widget_get_width (widget) == 0;
}

/* What each layer does can be read whole, in the palette and on cards. */
static void
test_descriptions (Fixture       *self,
                   gconstpointer  data)
{
  GtkWidget *palette = GTK_WIDGET (strata_design_view_get_palette (self->view)), *cut;
  const StrataObjectInfo *const *infos = strata_registry_list (STRATA_KIND_LAYER);

  g_assert_cmpuint (strata_layer_list_get_n_shown (strata_design_view_get_palette (self->view)), >, 100);
  while (find_widget (palette, is_to_come, NULL) != NULL)
    g_main_context_iteration (NULL, TRUE);
  cut = find_widget (palette, is_cut, NULL);
  g_assert_cmpstr (cut != NULL ? gtk_label_get_text (GTK_LABEL (cut)) : NULL, ==, NULL);

  /* So can it on a card, where there are no parameters to tell. */
  for (guint i = 0; infos[i] != NULL; i++)
    {
      g_autoptr (PangoLayout) words = strata_card_line_new (gtk_widget_get_pango_context (palette), STRATA_CARD_WORDS,
                                                            infos[i]->description, FALSE);

      g_assert_cmpstr (pango_layout_is_ellipsized (words) ? infos[i]->name : NULL, ==, NULL);
    }
}

/* A group has a card of its own; looking into it shows what is inside, and undoing leads out again. */
static void
test_group (Fixture       *self,
            gconstpointer  data)
{
  StrataDocNode *flatten, *group;
  g_autoptr (GPtrArray) nodes = g_ptr_array_new ();
  StrataNodeWidget *card;

  strata_selection_select (self->selection, self->conv);
  flatten = strata_canvas_append_layer (self->canvas, "Flatten");
  strata_document_connect (self->document, flatten, 0, self->dense, 0, NULL);
  g_ptr_array_add (nodes, self->conv);
  g_ptr_array_add (nodes, flatten);
  strata_selection_set_nodes (self->selection, nodes);
  act (self, "canvas.group");
  group = strata_selection_get_single (self->selection);
  g_assert_nonnull (group);
  g_assert_true (strata_doc_node_is_group (group));
  card = strata_canvas_get_card (self->canvas, group);
  g_assert_cmpstr (strata_node_widget_get_shape_text (card), ==, "21\u202f632 values");
  g_assert_cmpstr (strata_node_widget_get_words (card), ==, "2 layers inside");
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (card)));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (strata_canvas_get_card (self->canvas, self->conv))));

  act (self, "canvas.enter");
  g_assert_true (strata_canvas_get_scope (self->canvas) == group);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (card)));
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (strata_canvas_get_card (self->canvas, self->conv))));
  act (self, "canvas.select-all");
  g_assert_cmpuint (strata_selection_get_n_nodes (self->selection), ==, 2);
  /* What is added here belongs here. */
  strata_selection_select (self->selection, self->conv);
  g_assert_true (strata_doc_node_get_group (strata_canvas_append_layer (self->canvas, "Dropout")) == group);
  strata_document_undo (self->document);
  act (self, "canvas.leave");
  g_assert_null (strata_canvas_get_scope (self->canvas));
  g_assert_true (strata_selection_get_single (self->selection) == group);

  act (self, "canvas.enter");
  strata_document_undo (self->document);
  g_assert_null (strata_canvas_get_scope (self->canvas));
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (strata_canvas_get_card (self->canvas, self->conv))));
  strata_document_redo (self->document);
  strata_selection_select (self->selection, group);
  act (self, "canvas.ungroup");
  g_assert_cmpuint (strata_document_get_groups (self->document)->len, ==, 0);
}

static gboolean
has_cut_text (StrataNodeWidget *card)
{
  for (guint i = 0; i < STRATA_CARD_N_LINES; i++)
    if (pango_layout_is_ellipsized (strata_node_widget_get_line (card, i)))
      return TRUE;
  return FALSE;
}

/* Whether what separates parameters is left at the end of the first line of them. */
static gboolean
ends_with_separator (StrataNodeWidget *card)
{
  PangoLayout *layout = strata_node_widget_get_line (card, STRATA_CARD_WORDS);
  PangoLayoutLine *line = pango_layout_get_line_readonly (layout, 0);
  g_autofree char *text = g_strndup (pango_layout_get_text (layout) + line->start_index, line->length);

  g_assert_cmpint (pango_layout_get_line_count (layout), ==, 2);
  return g_str_has_suffix (g_strchomp (text), "·");
}

/* A card is as high as its text; ports, arranging and a larger font follow that. */
static void
test_card_height (Fixture       *self,
                  gconstpointer  data)
{
  StrataNodeWidget *card = strata_canvas_get_card (self->canvas, self->conv);
  double low = strata_doc_node_get_height (self->conv), high;
  StrataPort port = { self->conv, TRUE, 0 };
  g_autoptr (JsonNode) padding = parse ("\"same\""), strides = parse ("[2, 2]");
  graphene_point_t middle;

  g_assert_cmpfloat (low, >=, STRATA_NODE_HEIGHT);
  g_assert_false (has_cut_text (card));
  strata_document_set_param (self->document, self->conv, "padding", padding, NULL);
  strata_document_set_param (self->document, self->conv, "strides", strides, NULL);
  high = strata_doc_node_get_height (self->conv);
  g_assert_cmpfloat (high, >, low);
  g_assert_false (has_cut_text (card));
  g_assert_false (ends_with_separator (card));
  strata_port_get_position (&port, STRATA_FLOW_DOWN, &middle);
  g_assert_cmpfloat (middle.y, ==, high);
  strata_document_connect (self->document, self->conv, 0, self->dense, 0, NULL);
  strata_document_arrange (self->document);
  g_assert_cmpfloat (strata_doc_node_get_y (self->dense), >=, strata_doc_node_get_y (self->conv) + high + 40);
}

/* How wide the list of layers is that one searches. */
static int
measure_search (Fixture *self)
{
  GtkWidget *popover;
  int width;

  act (self, "canvas.search");
  popover = find_type (GTK_WIDGET (self->canvas), STRATA_TYPE_LAYER_SEARCH);
  gtk_widget_get_size_request (find_type (popover, STRATA_TYPE_LAYER_LIST), &width, NULL);
  gtk_popover_popdown (GTK_POPOVER (popover));
  spin ();
  return width;
}

/* Text that is half as large again leaves cards what they are, and shows them so much larger. */
static void
test_large_text (Fixture       *self,
                 gconstpointer  data)
{
  double height = strata_doc_node_get_height (self->conv), zoom = strata_canvas_get_zoom (self->canvas);
  GtkSettings *settings = gtk_widget_get_settings (self->window);
  graphene_point_t before, after, origin;
  int dpi, usual, larger;

  usual = measure_search (self);
  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  strata_canvas_to_widget (self->canvas, 0, 0, &origin);
  strata_canvas_to_widget (self->canvas, 100, 0, &before);
  before.x -= origin.x;
  g_object_set (settings, "gtk-xft-dpi", 3 * dpi / 2, NULL);
  spin ();
  strata_canvas_to_widget (self->canvas, 0, 0, &origin);
  strata_canvas_to_widget (self->canvas, 100, 0, &after);
  larger = measure_search (self);
  g_object_set (settings, "gtk-xft-dpi", dpi, NULL);
  g_assert_cmpint (larger, >, 1.4 * usual);
  g_assert_cmpfloat_with_epsilon (after.x - origin.x, 1.5 * before.x, 0.5);
  g_assert_cmpfloat_with_epsilon (strata_canvas_get_zoom (self->canvas), zoom, 0.01);
  g_assert_cmpfloat (strata_doc_node_get_height (self->conv), ==, height);
  g_assert_false (has_cut_text (strata_canvas_get_card (self->canvas, self->conv)));
}

/* Cards for readers from right to left have their mark at the left; the flow of data stays. */
static void
test_mirrored (Fixture       *self,
               gconstpointer  data)
{
  StrataNodeWidget *card = strata_canvas_get_card (self->canvas, self->conv);
  g_autoptr (JsonNode) too_large = parse ("99");
  StrataPort port = { self->conv, FALSE, 0 };
  graphene_point_t before, after;

  strata_document_set_param (self->document, self->conv, "kernel_size", too_large, NULL);
  strata_port_get_position (&port, STRATA_FLOW_DOWN, &before);
  g_assert_true (strata_node_widget_is_on_badge (card, &GRAPHENE_POINT_INIT (STRATA_NODE_WIDTH - 20, 20)));
  gtk_widget_set_direction (GTK_WIDGET (card), GTK_TEXT_DIR_RTL);
  g_assert_true (strata_node_widget_is_on_badge (card, &GRAPHENE_POINT_INIT (20, 20)));
  g_assert_false (strata_node_widget_is_on_badge (card, &GRAPHENE_POINT_INIT (STRATA_NODE_WIDTH - 20, 20)));
  strata_port_get_position (&port, STRATA_FLOW_DOWN, &after);
  g_assert_true (graphene_point_equal (&before, &after));
}

/* A card tells how its shape comes about. */
static void
test_arithmetic (Fixture       *self,
                 gconstpointer  data)
{
  StrataDocNode *pool, *flatten;
  g_autofree char *conv = strata_arithmetic_explain (self->conv), *pooled = NULL, *flat = NULL, *same = NULL;
  g_autofree char *hint = NULL;
  g_autoptr (JsonNode) padding = parse ("\"same\""), strides = parse ("[2, 2]");

  g_assert_cmpstr (conv, ==, "(28 − 3 + 1) / 1 = 26");
  hint = strata_node_widget_dup_hint (strata_canvas_get_card (self->canvas, self->conv));
  g_assert_nonnull (strstr (hint, conv));
  strata_selection_select (self->selection, self->conv);
  pool = strata_canvas_append_layer (self->canvas, "MaxPooling2D");
  flatten = strata_canvas_append_layer (self->canvas, "Flatten");
  pooled = strata_arithmetic_explain (pool);
  g_assert_cmpstr (pooled, ==, "⌈(26 − 2 + 1) / 2⌉ = 13");
  flat = strata_arithmetic_explain (flatten);
  g_assert_cmpstr (flat, ==, "13 × 13 × 32 = 5 408");
  strata_document_set_param (self->document, self->conv, "padding", padding, NULL);
  strata_document_set_param (self->document, self->conv, "strides", strides, NULL);
  same = strata_arithmetic_explain (self->conv);
  g_assert_cmpstr (same, ==, "28 / 2 = 14");
  g_assert_null (strata_arithmetic_explain (self->input));
}

/* F1 explains the layer, from the tables. */
static void
test_help (Fixture       *self,
           gconstpointer  data)
{
  GtkWidget *popover;

  strata_selection_select (self->selection, self->conv);
  act (self, "canvas.help");
  popover = find_type (GTK_WIDGET (self->canvas), GTK_TYPE_POPOVER);
  g_assert_nonnull (popover);
  g_assert_nonnull (find_widget (popover, has_text, "Conv2D"));
  g_assert_nonnull (find_widget (popover, has_text, "(kernel_size): 3×3"));
  gtk_popover_popdown (GTK_POPOVER (popover));
  spin ();
}

/* Windows move by their size until somebody says otherwise, and the card tells that size. */
static void
test_follow (Fixture       *self,
             gconstpointer  data)
{
  StrataDocNode *pool;
  g_autoptr (JsonNode) three = parse ("[3, 3]"), one = parse ("[1, 1]"), two = parse ("[2, 2]");

  strata_selection_select (self->selection, self->conv);
  pool = strata_canvas_append_layer (self->canvas, "MaxPooling2D");
  spin ();
  g_assert_cmpstr (strata_node_widget_get_words (strata_canvas_get_card (self->canvas, pool)), ==, "Pool size 2×2");
  strata_document_set_param (self->document, pool, "pool_size", three, NULL);
  spin ();
  g_assert_cmpstr (strata_node_widget_get_words (strata_canvas_get_card (self->canvas, pool)), ==, "Pool size 3×3");
  strata_document_set_param (self->document, pool, "strides", one, NULL);
  strata_document_set_param (self->document, pool, "pool_size", two, NULL);
  spin ();
  g_assert_cmpstr (strata_node_widget_get_words (strata_canvas_get_card (self->canvas, pool)), ==,
                   "Pool size 2×2 · Strides 1×1");
}

/* Before a wire is made, one can know what would come out. */
static void
test_try_wire (Fixture       *self,
               gconstpointer  data)
{
  StrataSpec result;
  gboolean is_known;

  g_assert_true (strata_document_try_wire (self->document, self->conv, 0, self->dense, 0, &result, &is_known, NULL));
  g_assert_true (is_known);
  g_assert_cmpint (result.shape.rank, ==, 4);
  g_assert_cmpint (result.shape.dims[3], ==, 64);
  g_assert_false (strata_document_try_wire (self->document, self->conv, 0, self->input, 0, &result, &is_known, NULL));
  g_assert_false (is_known);
}

static void
test_mute (Fixture       *self,
           gconstpointer  data)
{
  GtkWidget *card = GTK_WIDGET (strata_canvas_get_card (self->canvas, self->conv));

  strata_selection_select (self->selection, self->conv);
  act (self, "canvas.mute");
  g_assert_true (gtk_widget_has_css_class (card, "muted"));
  g_assert_cmpstr (strata_node_widget_get_shape_text (STRATA_NODE_WIDGET (card)), ==, "28×28, 1 channel");
  act (self, "canvas.mute");
  g_assert_false (gtk_widget_has_css_class (card, "muted"));
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

#define ADD(path, func) g_test_add ("/design/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("cards", test_cards);
  ADD ("delete", test_delete);
  ADD ("connect", test_connect);
  ADD ("selection", test_selection);
  ADD ("duplicate", test_duplicate);
  ADD ("insert", test_insert);
  ADD ("append", test_append);
  ADD ("group", test_group);
  ADD ("mute", test_mute);
  ADD ("card-height", test_card_height);
  ADD ("large-text", test_large_text);
  ADD ("mirrored", test_mirrored);
  ADD ("arithmetic", test_arithmetic);
  ADD ("help", test_help);
  ADD ("follow", test_follow);
  ADD ("try-wire", test_try_wire);
  ADD ("zoom", test_zoom);
  ADD ("palette", test_palette);
  ADD ("descriptions", test_descriptions);
  return g_test_run ();
}
