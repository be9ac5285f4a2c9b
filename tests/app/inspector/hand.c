/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The inspector under a real pointer and real keys: problems that are mended by a click, and parameters. */
#include "../window/pointer.h"

#include "base/object.h"
#include "inspector/inspector.h"

typedef struct
{
  StrataDocument *document;
  StrataDocNode *input, *conv, *dense;
  StrataSelection *selection;
  StrataInspector *inspector;
  GtkWidget *window;
} Fixture;

static gboolean
fills_screen (gpointer window)
{
  return gtk_widget_get_mapped (window) && gtk_widget_get_height (window) > 900;
}

/* A convolution whose output goes into one unit with softmax: two problems that can be mended. */
static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  g_autoptr (JsonNode) compile = json_from_string ("{\"optimizer\": \"adam\", \"loss\": \"binary_crossentropy\"}",
                                                   NULL);
  g_autoptr (JsonNode) softmax = json_node_init_string (json_node_alloc (), "softmax");
  g_autoptr (JsonNode) one = json_node_init_int (json_node_alloc (), 1);

  self->document = strata_document_new ();
  self->input = strata_document_add_node (self->document, "InputLayer", NULL, 0, 0, NULL);
  self->conv = strata_document_add_node (self->document, "Conv2D", NULL, 0, 144, NULL);
  self->dense = strata_document_add_node (self->document, "Dense", NULL, 0, 288, NULL);
  strata_document_connect (self->document, self->input, 0, self->conv, 0, NULL);
  strata_document_connect (self->document, self->conv, 0, self->dense, 0, NULL);
  g_assert_true (strata_document_set_param (self->document, self->dense, "activation", softmax, NULL));
  g_assert_true (strata_document_set_param (self->document, self->dense, "units", one, NULL));
  strata_document_set_setting (self->document, "compile", compile);
  self->selection = strata_selection_get (self->document);
  self->inspector = STRATA_INSPECTOR (strata_inspector_new (self->document, self->selection));
  self->window = gtk_window_new ();
  gtk_widget_set_halign (GTK_WIDGET (self->inspector), GTK_ALIGN_START);
  gtk_window_set_child (GTK_WINDOW (self->window), GTK_WIDGET (self->inspector));
  gtk_window_fullscreen (GTK_WINDOW (self->window));
  gtk_window_present (GTK_WINDOW (self->window));
  wait_until (fills_screen, self->window, 20);
  settle (80);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  settle (20);
  g_object_unref (self->selection);
  g_object_unref (self->document);
}

static gboolean
has_class (GtkWidget     *widget,
           gconstpointer  css_class)
{
  return gtk_widget_has_css_class (widget, css_class) && gtk_widget_get_mapped (widget);
}

static guint
count_fixes (Fixture *self)
{
  const GPtrArray *diagnostics = strata_document_get_diagnostics (self->document);
  guint n = 0;

  for (guint i = 0; i < diagnostics->len; i++)
    n += strata_diagnostic_get_fix_label (g_ptr_array_index (diagnostics, i)) != NULL;
  return n;
}

/* A click on Fix mends that problem, as one step. */
static void
test_fix (Fixture       *self,
          gconstpointer  data)
{
  guint before = count_fixes (self);
  GtkWidget *button = find_widget (GTK_WIDGET (self->inspector), has_class, "fix");

  g_assert_cmpuint (before, >, 1);
  g_assert_nonnull (button);
  click_widget (button);
  g_assert_cmpuint (count_fixes (self), <, before);
  strata_document_undo (self->document);
  g_assert_cmpuint (count_fixes (self), ==, before);
}

/* A click on Fix all mends all that have a button, as one step. */
static void
test_fix_all (Fixture       *self,
              gconstpointer  data)
{
  guint before = count_fixes (self);

  click_widget (find_label (GTK_WIDGET (self->inspector), "Fix all"));
  g_assert_cmpuint (count_fixes (self), ==, 0);
  g_assert_cmpuint (strata_document_count_severity (self->document, STRATA_SEVERITY_ERROR), ==, 0);
  strata_document_undo (self->document);
  g_assert_cmpuint (count_fixes (self), ==, before);
}

/* A click on the problem itself leads to its layer. */
static void
jump_cb (gpointer        inspector,
         StrataDocNode  *node,
         StrataDocNode **jumped)
{
  *jumped = node;
}

static void
test_jump (Fixture       *self,
           gconstpointer  data)
{
  StrataDocNode *jumped = NULL;

  g_signal_connect (self->inspector, "jump", G_CALLBACK (jump_cb), &jumped);
  click_widget (find_label (find_widget (GTK_WIDGET (self->inspector), has_class, "problem"),
                            strata_doc_node_get_name (self->dense)));
  g_assert_true (jumped == self->dense);
}

#define assert_param(node, name, expected)                                                              \
  G_STMT_START                                                                                          \
  {                                                                                                     \
    g_autoptr (JsonNode) value_ = strata_object_get_param (STRATA_OBJECT (strata_doc_node_get_layer (node)), name); \
    g_autofree char *text_ = json_to_string (value_, FALSE);                                            \
    g_assert_cmpstr (text_, ==, expected);                                                              \
  }                                                                                                     \
  G_STMT_END

/* The plus of a spin button, clicked twice without a move: nothing must shift below the pointer. */
static void
test_spin (Fixture       *self,
           gconstpointer  data)
{
  GtkWidget *row, *link;

  strata_selection_select (self->selection, self->conv);
  settle (80);
  row = strata_inspector_get_row (self->inspector, "kernel_size");
  click_widget (gtk_widget_get_last_child (find_type (row, GTK_TYPE_SPIN_BUTTON)));
  hand ("click 1");
  settle (80);
  assert_param (self->conv, "kernel_size", "[5,5]");
  link = find_type (row, GTK_TYPE_TOGGLE_BUTTON);
  click_widget (link);
  click_widget (gtk_widget_get_last_child (find_type (row, GTK_TYPE_SPIN_BUTTON)));
  assert_param (self->conv, "kernel_size", "[6,5]");
  click_widget (link);
  assert_param (self->conv, "kernel_size", "[6,6]");
}

/* The list of functions, opened and chosen from by a pointer and by keys. */
static void
test_activation (Fixture       *self,
                 gconstpointer  data)
{
  strata_selection_select (self->selection, self->conv);
  settle (80);
  click_widget (find_type (strata_inspector_get_row (self->inspector, "activation"), GTK_TYPE_DROP_DOWN));
  hand ("type tanh");
  settle (300); /* the list waits for the end of a word */
  hand ("key Down");
  hand ("key Return");
  settle (80);
  assert_param (self->conv, "activation", "\"tanh\"");
}

/* Without a pointer: the arrow keys change a number, Tab goes on, and what is typed counts. */
static void
test_keys (Fixture       *self,
           gconstpointer  data)
{
  strata_selection_select (self->selection, self->dense);
  settle (80);
  gtk_widget_grab_focus (find_type (strata_inspector_get_row (self->inspector, "units"), GTK_TYPE_SPIN_BUTTON));
  settle (80);
  hand ("key Up");
  settle (80);
  assert_param (self->dense, "units", "2");
  g_assert_nonnull (strata_inspector_get_help (self->inspector));
  hand ("key ctrl+a");
  hand ("type 10");
  hand ("key Tab");
  settle (80);
  assert_param (self->dense, "units", "10");
}

static gboolean
is_editable (GtkWidget *widget)
{
  return widget != NULL && (GTK_IS_LIST_BOX_ROW (widget) || GTK_IS_TEXT (widget) || GTK_IS_BUTTON (widget));
}

static GtkWidget *
go (Fixture    *self,
    const char *key)
{
  hand ("key %s", key);
  settle (20);
  return gtk_window_get_focus (GTK_WINDOW (self->window));
}

/* What can be edited is three steps away at most; all that is told can be gone to as well. */
static void
test_stops (Fixture       *self,
            gconstpointer  data)
{
  GtkWidget *told = NULL, *focus;
  guint n_stops = 0, n_told = 0;

  strata_selection_select (self->selection, self->conv);
  settle (50);
  gtk_window_set_focus (GTK_WINDOW (self->window), NULL);
  gtk_widget_child_focus (GTK_WIDGET (self->inspector), GTK_DIR_TAB_FORWARD);
  for (focus = gtk_window_get_focus (GTK_WINDOW (self->window)); !is_editable (focus) && n_stops < 20; n_stops++)
    {
      told = focus;
      focus = go (self, "Tab");
    }
  g_assert_cmpuint (n_stops, <=, 2);
  g_assert_true (GTK_IS_LABEL (told) && gtk_label_get_selectable (GTK_LABEL (told)));
  gtk_widget_grab_focus (told);
  while ((focus = go (self, "Down")) != told && GTK_IS_LABEL (focus))
    {
      told = focus;
      n_told++;
    }
  g_assert_cmpuint (n_told, >=, 3);
}

/* The arrow beside what is not as usual makes it so, and is there for that alone. */
static void
test_reset (Fixture       *self,
            gconstpointer  data)
{
  g_autoptr (JsonNode) same = json_node_init_string (json_node_alloc (), "same");
  GtkWidget *row, *arrow;

  strata_selection_select (self->selection, self->conv);
  settle (80);
  row = strata_inspector_get_row (self->inspector, "padding");
  arrow = find_widget (row, has_class, "reset");
  g_assert_nonnull (arrow);
  g_assert_false (gtk_widget_get_can_target (arrow) || gtk_widget_get_sensitive (arrow));
  g_assert_true (strata_document_set_param (self->document, self->conv, "padding", same, NULL));
  strata_document_end_coalescing (self->document);
  settle (80);
  click_widget (arrow);
  assert_param (self->conv, "padding", "\"valid\"");
  g_assert_false (gtk_widget_get_can_target (arrow) || gtk_widget_get_sensitive (arrow));
  strata_document_undo (self->document);
  assert_param (self->conv, "padding", "\"same\"");
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
#define ADD(path, func) g_test_add ("/inspector/hand/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("fix", test_fix);
  ADD ("fix-all", test_fix_all);
  ADD ("jump", test_jump);
  ADD ("spin", test_spin);
  ADD ("activation", test_activation);
  ADD ("keys", test_keys);
  ADD ("stops", test_stops);
  ADD ("reset", test_reset);
  return g_test_run ();
}
