/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Without a pointer: keys alone build, wire, name, move and train a network, and where the focus is can be seen. */
#include "app-window.h"
#include "look.h"

static StrataDocNode *
find_focused (Fixture *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self->window));

  return STRATA_IS_NODE_WIDGET (focus) ? strata_node_widget_get_node (STRATA_NODE_WIDGET (focus)) : NULL;
}

static gboolean
comes_after (StrataDocNode *a,
             StrataDocNode *b)
{
  double dy = strata_doc_node_get_y (a) - strata_doc_node_get_y (b);

  return dy != 0 ? dy > 0 : strata_doc_node_get_x (a) > strata_doc_node_get_x (b);
}

static void
tab_to (Fixture       *self,
        StrataDocNode *node)
{
  for (int i = 0; i < 20 && find_focused (self) != node; i++)
    {
      StrataDocNode *focused = find_focused (self);

      press (focused != NULL && comes_after (focused, node) ? "shift+Tab" : "Tab");
    }
  g_assert_true (find_focused (self) == node);
}

static StrataDocNode *
add_by_search (Fixture    *self,
               const char *class_name)
{
  const GPtrArray *nodes = strata_document_get_nodes (self->document);
  guint n = nodes->len;

  press ("slash");
  hand ("type %s", class_name);
  settle (200);
  press ("Return");
  g_assert_cmpuint (nodes->len, ==, n + 1);
  g_assert_true (find_focused (self) == g_ptr_array_index (nodes, n));
  return g_ptr_array_index (nodes, n);
}

static void
wire (Fixture       *self,
      StrataDocNode *from,
      StrataDocNode *to)
{
  guint n = strata_document_get_wires (self->document)->len;

  tab_to (self, from);
  press ("c");
  g_assert_true (self->canvas->ghost.active);
  tab_to (self, to);
  press ("Return");
  g_assert_cmpuint (strata_document_get_wires (self->document)->len, ==, n + 1);
}

static gboolean
has_begun (gpointer data)
{
  return strata_runner_get_run (data) != NULL;
}

static gboolean
has_ended (gpointer data)
{
  return !strata_runner_is_active (data);
}

/* The middle of the example is taken out and made anew. */
static void
test_whole (Fixture       *self,
            gconstpointer  data)
{
  const GPtrArray *nodes = strata_document_get_nodes (self->document);
  StrataRunner *runner = strata_window_get_runner (self->window);
  StrataDocNode *input = g_ptr_array_index (nodes, 0), *last = g_ptr_array_index (nodes, nodes->len - 1), *hidden;
  double accuracy = 0, y;

  g_assert_true (gtk_widget_has_focus (GTK_WIDGET (self->canvas)));
  while (nodes->len > 2)
    {
      guint n = nodes->len;

      tab_to (self, g_ptr_array_index (nodes, 1));
      press ("Delete");
      g_assert_cmpuint (nodes->len, ==, n - 1);
    }
  g_assert_cmpuint (strata_document_get_wires (self->document)->len, ==, 0);

  /* What is searched for by keys goes behind what keys went to, and is wired to it. */
  tab_to (self, input);
  hidden = add_by_search (self, "dense");
  g_assert_cmpuint (strata_document_get_wires (self->document)->len, ==, 1);
  g_assert_cmpfloat (strata_doc_node_get_y (hidden), >=,
                     strata_doc_node_get_y (input) + strata_doc_node_get_height (input));
  strata_document_undo (self->document);
  g_assert_cmpuint (nodes->len, ==, 2);
  tab_to (self, input);
  hidden = add_by_search (self, "dense");
  wire (self, hidden, last);
  g_assert_true (gtk_window_get_focus_visible (GTK_WINDOW (self->window)));

  tab_to (self, hidden);
  press ("F2");
  hand ("type thinks");
  settle (200);
  press ("Return");
  g_assert_cmpstr (strata_doc_node_get_name (hidden), ==, "thinks");
  y = strata_doc_node_get_y (hidden);
  press ("Down");
  press ("Down");
  g_assert_cmpfloat (strata_doc_node_get_y (hidden), >, y);

  for (guint i = 0; i < strata_document_get_diagnostics (self->document)->len; i++)
    g_test_message ("%s",
                    strata_diagnostic_get_message (g_ptr_array_index (strata_document_get_diagnostics (self->document),
                                                                      i)));
  g_assert_cmpuint (strata_document_count_severity (self->document, STRATA_SEVERITY_ERROR), ==, 0);
  press ("ctrl+Return");
  wait_until (has_begun, runner, 20);
  wait_until (has_ended, runner, 50);
  g_assert_cmpint (strata_runner_get_state (runner), ==, STRATA_RUNNER_FINISHED);
  g_assert_true (strata_runner_get_value (runner, "accuracy", &accuracy));
  g_assert_cmpfloat (accuracy, >, 0.3);
}

/* W goes from wire to wire of a card; Delete takes the wire away, not the card. */
static void
test_wires (Fixture       *self,
            gconstpointer  data)
{
  const GPtrArray *nodes = strata_document_get_nodes (self->document);
  const GPtrArray *wires = strata_document_get_wires (self->document);
  StrataDocNode *second = g_ptr_array_index (nodes, 1);
  guint n_nodes = nodes->len, n_wires = wires->len;
  StrataDocWire *first;

  tab_to (self, second);
  press ("w");
  first = strata_selection_get_wire (self->canvas->selection);
  g_assert_nonnull (first);
  press ("w");
  g_assert_true (strata_selection_get_wire (self->canvas->selection) != first);
  press ("w");
  g_assert_true (strata_selection_get_wire (self->canvas->selection) == first);
  press ("Delete");
  g_assert_cmpuint (wires->len, ==, n_wires - 1);
  g_assert_cmpuint (nodes->len, ==, n_nodes);
  g_assert_true (find_focused (self) == second);
}

/* P chooses among ports of what a wire is led to. */
static void
test_ports (Fixture       *self,
            gconstpointer  data)
{
  StrataDocNode *input = g_ptr_array_index (strata_document_get_nodes (self->document), 0), *attention;

  attention = add_by_search (self, "multihead");
  g_assert_cmpuint (strata_doc_node_get_n_inputs (attention), ==, 2);
  /* It was wired to the layer that it was put behind. */
  strata_document_disconnect (self->document, g_ptr_array_index (strata_doc_node_get_wires (attention, TRUE), 0));
  tab_to (self, input);
  press ("c");
  tab_to (self, attention);
  g_assert_cmpuint (self->canvas->ghost.target.index, ==, 0);
  press ("p");
  g_assert_cmpuint (self->canvas->ghost.target.index, ==, 1);
  press ("Return");
  g_assert_cmpuint (strata_doc_node_get_wires (attention, TRUE)->len, ==, 1);
  g_assert_cmpuint (strata_doc_wire_get_to_port (g_ptr_array_index (strata_doc_node_get_wires (attention, TRUE), 0)),
                    ==, 1);
}

static GdkPixbuf *
look (Fixture *self)
{
  settle (100);
  return look_at (GTK_WIDGET (self->canvas));
}

/* A ring around the card that has the focus, and an own colour for the wire that is chosen: light and dark. */
static void
test_focus_is_seen (Fixture       *self,
                    gconstpointer  data)
{
  static const AdwColorScheme schemes[] = { ADW_COLOR_SCHEME_FORCE_LIGHT, ADW_COLOR_SCHEME_FORCE_DARK };
  AdwStyleManager *manager = adw_style_manager_get_default ();
  StrataDocNode *second = g_ptr_array_index (strata_document_get_nodes (self->document), 1);

  strata_canvas_set_zoom (self->canvas, 1);
  tab_to (self, second);
  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++)
    {
      g_autoptr (GdkPixbuf) shown = NULL, hidden = NULL, chosen = NULL;

      adw_style_manager_set_color_scheme (manager, schemes[i]);
      strata_selection_select (self->canvas->selection, second);
      settle (200);
      shown = look (self);
      gtk_window_set_focus_visible (GTK_WINDOW (self->window), FALSE);
      hidden = look (self);
      gtk_window_set_focus_visible (GTK_WINDOW (self->window), TRUE);
      g_assert_cmpuint (count_unlike (shown, hidden), >, 600);

      strata_selection_clear (self->canvas->selection);
      g_clear_object (&shown);
      shown = look (self);
      press ("w");
      chosen = look (self);
      g_assert_cmpuint (count_unlike (shown, chosen), >, 20);
    }
  adw_style_manager_set_color_scheme (manager, ADW_COLOR_SCHEME_DEFAULT);
}

static gboolean
has_focus_in_view (gpointer stack)
{
  GtkWidget *view = adw_view_stack_get_visible_child (stack), *focus = gtk_root_get_focus (gtk_widget_get_root (stack));

  return focus != NULL && gtk_widget_get_mapped (focus) && gtk_widget_is_ancestor (focus, view);
}

/* Whoever goes to another view goes on there, also where it has to be waited for: in Data and Evaluate. */
static void
test_views (Fixture      *self,
            gconstpointer data)
{
  StrataRunner *runner = strata_window_get_runner (self->window);
  GtkWidget *stack = find_type (GTK_WIDGET (self->window), ADW_TYPE_VIEW_STACK);

  press ("ctrl+Return");
  wait_until (has_begun, runner, 20);
  wait_until (has_ended, runner, 50);
  g_assert_true (gtk_widget_grab_focus (GTK_WIDGET (self->canvas)));
  for (int round = 0; round < 2; round++)
    for (int i = 1; i <= 5; i++)
      {
        gtk_widget_activate_action (GTK_WIDGET (self->window), "win.view", "i", i % 5);
        wait_until (has_focus_in_view, stack, 20);
        settle (300);
        wait_until (has_focus_in_view, stack, 20);
      }
}

#define ADD(path, func) g_test_add ("/window/keyboard/" path, Fixture, "iris", set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  start_application ();
  gtk_application_set_accels_for_action (application, "win.train", (const char *[]){ "<Control>Return", NULL });
  ADD ("whole", test_whole);
  ADD ("wires", test_wires);
  ADD ("ports", test_ports);
  ADD ("views", test_views);
  ADD ("focus-is-seen", test_focus_is_seen);
  return g_test_run ();
}
