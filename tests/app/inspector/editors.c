/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "../window/pointer.h"

#include "base/object.h"
#include "inspector/inspector.h"
#include "inspector/node-facts.h"

/* An inspector in a window, of an input, a convolution and a dense layer, of which the first two are connected. */
typedef struct
{
  StrataDocument *document;
  StrataDocNode *input, *conv, *dense;
  StrataSelection *selection;
  StrataInspector *inspector;
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
  self->selection = strata_selection_get (self->document);
  self->inspector = STRATA_INSPECTOR (strata_inspector_new (self->document, self->selection));
  self->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (self->window), 340, 760);
  gtk_window_set_child (GTK_WINDOW (self->window), GTK_WIDGET (self->inspector));
  gtk_window_present (GTK_WINDOW (self->window));
  settle (50);
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

static GtkWidget *
get_row (Fixture    *self,
         const char *param)
{
  GtkWidget *row = strata_inspector_get_row (self->inspector, param);

  g_assert_nonnull (row);
  return row;
}

static void
collect (GtkWidget *widget,
         GType      type,
         GPtrArray *found)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type) && gtk_widget_get_visible (widget))
    g_ptr_array_add (found, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect (child, type, found);
}

static guint
count_spins (GtkWidget *row)
{
  g_autoptr (GPtrArray) spins = g_ptr_array_new ();

  collect (row, GTK_TYPE_SPIN_BUTTON, spins);
  return spins->len;
}

/* The spin button of an axis. */
static GtkSpinButton *
get_spin (GtkWidget *row,
          guint      i)
{
  g_autoptr (GPtrArray) spins = g_ptr_array_new ();

  collect (row, GTK_TYPE_SPIN_BUTTON, spins);
  g_assert_cmpuint (i, <, spins->len);
  return g_ptr_array_index (spins, i);
}

static const char *
get_text (GtkSpinButton *spin)
{
  return gtk_editable_get_text (GTK_EDITABLE (spin));
}

static void
type (GtkSpinButton *spin,
      const char    *text)
{
  gtk_editable_set_text (GTK_EDITABLE (spin), text);
  gtk_spin_button_update (spin);
}

static char *
dup_param (StrataDocNode *node,
           const char    *name)
{
  g_autoptr (JsonNode) value = strata_object_get_param (STRATA_OBJECT (strata_doc_node_get_layer (node)), name);

  return json_to_string (value, FALSE);
}

#define assert_param(node, name, expected)                     \
  G_STMT_START                                                 \
  {                                                            \
    g_autofree char *value_ = dup_param (node, name);          \
    g_assert_cmpstr (value_, ==, expected);                    \
  }                                                            \
  G_STMT_END

static const char *
get_fact (Fixture    *self,
          const char *name)
{
  return strata_node_facts_get (STRATA_NODE_FACTS (find_type (GTK_WIDGET (self->inspector), STRATA_TYPE_NODE_FACTS)),
                                name);
}

static void
test_number (Fixture       *self,
             gconstpointer  data)
{
  GtkWidget *row;

  strata_selection_select (self->selection, self->dense);
  row = get_row (self, "units");
  gtk_spin_button_set_value (get_spin (row, 0), 7);
  assert_param (self->dense, "units", "7");
  strata_document_undo (self->document);
  assert_param (self->dense, "units", "64");
  g_assert_cmpfloat (gtk_spin_button_get_value (get_spin (row, 0)), ==, 64);
  /* What is no number changes nothing. */
  type (get_spin (row, 0), "many");
  assert_param (self->dense, "units", "64");
  g_assert_cmpstr (get_text (get_spin (row, 0)), ==, "64");
}

/* A number that may be absent: an empty text is none, and any number is one then, also the one that was there
 * before. */
static void
test_none (Fixture       *self,
           gconstpointer  data)
{
  StrataDocNode *dropout = strata_document_add_node (self->document, "Dropout", NULL, 300, 0, NULL);
  GtkSpinButton *spin;

  strata_selection_select (self->selection, dropout);
  spin = get_spin (get_row (self, "seed"), 0);
  assert_param (dropout, "seed", "null");
  g_assert_cmpstr (get_text (spin), ==, "");
  type (spin, "0");
  assert_param (dropout, "seed", "0");
  type (spin, "");
  assert_param (dropout, "seed", "null");
  type (spin, "7");
  assert_param (dropout, "seed", "7");
}

/* The sides of a window are linked while they are the same, until one is let go. */
static void
test_tuple (Fixture       *self,
            gconstpointer  data)
{
  GtkWidget *row;
  GtkToggleButton *link;

  strata_selection_select (self->selection, self->conv);
  row = get_row (self, "kernel_size");
  link = GTK_TOGGLE_BUTTON (find_type (row, GTK_TYPE_TOGGLE_BUTTON));
  g_assert_cmpuint (count_spins (row), ==, 2);
  g_assert_true (gtk_toggle_button_get_active (link));
  gtk_spin_button_set_value (get_spin (row, 1), 5);
  assert_param (self->conv, "kernel_size", "[5,5]");
  g_assert_cmpfloat (gtk_spin_button_get_value (get_spin (row, 0)), ==, 5);

  gtk_toggle_button_set_active (link, FALSE);
  gtk_spin_button_set_value (get_spin (row, 0), 3);
  assert_param (self->conv, "kernel_size", "[3,5]");
  gtk_spin_button_set_value (get_spin (row, 0), 5);
  g_assert_false (gtk_toggle_button_get_active (link));
  gtk_spin_button_set_value (get_spin (row, 0), 2);
  gtk_toggle_button_set_active (link, TRUE);
  assert_param (self->conv, "kernel_size", "[2,2]");
}

static void
click_tuple_button (GtkWidget  *row,
                    const char *icon)
{
  g_autoptr (GPtrArray) buttons = g_ptr_array_new ();

  collect (row, GTK_TYPE_BUTTON, buttons);
  for (guint i = 0; i < buttons->len; i++)
    if (g_strcmp0 (gtk_button_get_icon_name (g_ptr_array_index (buttons, i)), icon) == 0 &&
        gtk_widget_has_css_class (g_ptr_array_index (buttons, i), "tuple-button"))
      {
        g_signal_emit_by_name (g_ptr_array_index (buttons, i), "clicked");
        return;
      }
  g_error ("no button shows %s", icon);
}

/* A shape has as many numbers as are added, and those that are left open are empty. */
static void
test_shape (Fixture       *self,
            gconstpointer  data)
{
  GtkWidget *row;

  strata_selection_select (self->selection, self->input);
  row = get_row (self, "batch_shape");
  g_assert_cmpuint (count_spins (row), ==, 4);
  g_assert_cmpstr (get_text (get_spin (row, 0)), ==, "");
  gtk_spin_button_set_value (get_spin (row, 3), 3);
  assert_param (self->input, "batch_shape", "[null,28,28,3]");
  type (get_spin (row, 1), "");
  assert_param (self->input, "batch_shape", "[null,null,28,3]");
  click_tuple_button (row, "list-remove-symbolic");
  assert_param (self->input, "batch_shape", "[null,null,28]");
  g_assert_cmpuint (count_spins (row), ==, 3);
  click_tuple_button (row, "list-add-symbolic");
  assert_param (self->input, "batch_shape", "[null,null,28,28]");
}

/* What an edit does is seen at once: what was before, and what is now. */
static void
test_effect (Fixture       *self,
             gconstpointer  data)
{
  strata_selection_select (self->selection, self->conv);
  g_assert_cmpstr (get_fact (self, "Output"), ==, "26×26, 32 channels");
  g_assert_nonnull (strstr (get_fact (self, "Size"), "(28 − 3 + 1) / 1 = 26"));
  gtk_spin_button_set_value (get_spin (get_row (self, "kernel_size"), 0), 5);
  g_assert_cmpstr (get_fact (self, "Output"), ==, "26×26×32 → 24×24×32");
  g_assert_cmpstr (get_fact (self, "Parameters"), ==, "320 → 832");
  strata_document_undo (self->document);
  g_assert_cmpstr (get_fact (self, "Output"), ==, "26×26, 32 channels");
  g_assert_cmpstr (get_fact (self, "Parameters"), ==, "320");
}

static void
select_both (Fixture       *self,
             StrataDocNode *a,
             StrataDocNode *b)
{
  g_autoptr (GPtrArray) nodes = g_ptr_array_new ();

  g_ptr_array_add (nodes, a);
  g_ptr_array_add (nodes, b);
  strata_selection_set_nodes (self->selection, nodes);
}

static void
test_several (Fixture       *self,
              gconstpointer  data)
{
  StrataDocNode *other = strata_document_add_node (self->document, "Dense", NULL, 300, 288, NULL);

  select_both (self, self->dense, other);
  gtk_spin_button_set_value (get_spin (get_row (self, "units"), 0), 5);
  assert_param (self->dense, "units", "5");
  assert_param (other, "units", "5");
  strata_document_undo (self->document);
  assert_param (self->dense, "units", "64");
  assert_param (other, "units", "64");
}

/* Where they differ, nothing is shown as if it were of all, and any number that is typed is for all. */
static void
test_mixed (Fixture       *self,
            gconstpointer  data)
{
  StrataDocNode *other = strata_document_add_node (self->document, "Dense", NULL, 300, 288, NULL);
  g_autoptr (JsonNode) ten = json_node_init_int (json_node_alloc (), 10);
  g_autoptr (JsonNode) relu = json_node_init_string (json_node_alloc (), "relu");
  GtkWidget *row;

  g_assert_true (strata_document_set_param (self->document, other, "units", ten, NULL));
  g_assert_true (strata_document_set_param (self->document, other, "activation", relu, NULL));
  select_both (self, self->dense, other);
  row = get_row (self, "units");
  g_assert_cmpstr (get_text (get_spin (row, 0)), ==, "");
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), ==, "several values");
  g_assert_nonnull (find_label (get_row (self, "activation"), "several"));
  /* A step goes on from one of them, not from the least there may be. */
  gtk_spin_button_spin (GTK_SPIN_BUTTON (get_spin (row, 0)), GTK_SPIN_STEP_FORWARD, 1);
  assert_param (self->dense, "units", "65");
  assert_param (other, "units", "65");
  strata_document_undo (self->document);
  g_assert_cmpstr (get_text (get_spin (row, 0)), ==, "");
  type (get_spin (row, 0), "10");
  assert_param (self->dense, "units", "10");
  assert_param (other, "activation", "\"relu\"");
  assert_param (self->dense, "activation", "\"linear\"");
}

static void
test_mixed_tuple (Fixture       *self,
                  gconstpointer  data)
{
  StrataDocNode *one = strata_document_add_node (self->document, "Conv2D", NULL, 300, 288, NULL);
  StrataDocNode *other = strata_document_add_node (self->document, "Conv2D", NULL, 600, 288, NULL);
  g_autoptr (JsonNode) three = json_from_string ("[3, 3]", NULL), seven = json_from_string ("[7, 7]", NULL);

  g_assert_true (strata_document_set_param (self->document, one, "kernel_size", seven, NULL));
  g_assert_true (strata_document_set_param (self->document, other, "kernel_size", three, NULL));
  select_both (self, one, other);
  g_assert_cmpstr (get_text (get_spin (get_row (self, "kernel_size"), 0)), ==, "");
  gtk_spin_button_spin (GTK_SPIN_BUTTON (get_spin (get_row (self, "kernel_size"), 0)), GTK_SPIN_STEP_FORWARD, 1);
  assert_param (one, "kernel_size", "[8,8]");
  assert_param (other, "kernel_size", "[8,8]");
}

/* Layers of several kinds are edited together in what all of them have. */
static void
test_common (Fixture       *self,
             gconstpointer  data)
{
  select_both (self, self->conv, self->dense);
  g_assert_null (strata_inspector_get_row (self->inspector, "units"));
  g_assert_null (strata_inspector_get_row (self->inspector, "kernel_size"));
  gtk_switch_set_active (GTK_SWITCH (find_type (get_row (self, "use_bias"), GTK_TYPE_SWITCH)), FALSE);
  assert_param (self->conv, "use_bias", "false");
  assert_param (self->dense, "use_bias", "false");
}

static void
test_training (Fixture       *self,
               gconstpointer  data)
{
  JsonNode *fit;

  gtk_spin_button_set_value (get_spin (get_row (self, "epochs"), 0), 12);
  fit = strata_document_get_setting (self->document, "fit");
  g_assert_nonnull (fit);
  g_assert_cmpint (json_object_get_int_member (json_node_get_object (fit), "epochs"), ==, 12);
}

static gboolean
is_cut (GtkWidget     *widget,
        gconstpointer  data)
{
  return GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) &&
         pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (widget)));
}

/* Names of losses and numbers of five digits are read whole. */
static void
test_whole_words (Fixture       *self,
                  gconstpointer  data)
{
  g_autoptr (JsonNode) loss = json_from_string ("\"sparse_categorical_crossentropy\"", NULL);
  GtkWidget *digits, *inspector = GTK_WIDGET (self->inspector);
  g_autoptr (PangoLayout) layout = NULL;
  int width;

  strata_document_set_setting_member (self->document, "compile", "loss", loss);
  settle (50);
  g_assert_nonnull (find_label (get_row (self, "loss"), "Sparse\ncategorical\ncrossentropy"));
  g_assert_null (find_widget (inspector, is_cut, NULL));

  digits = find_type (GTK_WIDGET (get_spin (get_row (self, "batch_size"), 0)), GTK_TYPE_TEXT);
  layout = gtk_widget_create_pango_layout (digits, "10000");
  pango_layout_get_pixel_size (layout, &width, NULL);
  g_assert_cmpint (gtk_widget_get_width (digits), >, width);
}

static gboolean
is_add_button (GtkWidget     *widget,
               gconstpointer  data)
{
  return GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_icon_name (GTK_BUTTON (widget)), "list-add-symbolic") == 0;
}

/* What adds a number to a tuple is below the last one: beside, it takes the room of the row's title. */
static void
test_add_button (Fixture       *self,
                 gconstpointer  data)
{
  g_autoptr (JsonNode) shape = json_from_string ("[null, 28, 28, 1]", NULL);
  graphene_rect_t button, spin;
  GtkWidget *row;

  g_assert_true (strata_document_set_param (self->document, self->input, "batch_shape", shape, NULL));
  strata_selection_select (self->selection, self->input);
  settle (50);
  row = get_row (self, "batch_shape");
  g_assert_true (gtk_widget_compute_bounds (find_widget (row, is_add_button, NULL), row, &button));
  g_assert_true (gtk_widget_compute_bounds (GTK_WIDGET (get_spin (row, 3)), row, &spin));
  g_assert_cmpfloat (button.origin.y, >=, spin.origin.y + spin.size.height);
}

static void
choose (GtkWidget  *row,
        const char *word)
{
  GtkDropDown *drop_down = GTK_DROP_DOWN (find_type (row, GTK_TYPE_DROP_DOWN));
  GListModel *words = gtk_drop_down_get_model (drop_down);

  for (guint i = 0; i < g_list_model_get_n_items (words); i++)
    {
      g_autoptr (GtkStringObject) item = g_list_model_get_item (words, i);

      if (g_str_equal (gtk_string_object_get_string (item), word))
        {
          gtk_drop_down_set_selected (drop_down, i);
          return;
        }
    }
  g_error ("no choice is called %s", word);
}

static GtkWidget *
find_row (GtkWidget  *widget,
          const char *title)
{
  GtkWidget *label = find_label (widget, title);

  g_assert_nonnull (label);
  return gtk_widget_get_ancestor (label, ADW_TYPE_PREFERENCES_ROW);
}

/* The learning rate's schedule, or NULL where it is a number. */
static JsonObject *
get_schedule (Fixture *self)
{
  JsonNode *compile = strata_document_get_setting (self->document, "compile");
  JsonObject *optimizer = json_object_get_object_member (json_node_get_object (compile), "optimizer");
  JsonNode *rate = json_object_get_member (json_object_get_object_member (optimizer, "config"), "learning_rate");

  return JSON_NODE_HOLDS_OBJECT (rate) ? json_node_get_object (rate) : NULL;
}

/* A learning rate is a number, or a schedule that begins with it. */
static void
test_schedule (Fixture       *self,
               gconstpointer  data)
{
  GtkWidget *optimizer = get_row (self, "optimizer");
  JsonObject *config;

  choose (optimizer, "Adam");
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (optimizer), TRUE);
  settle (50);
  type (get_spin (find_row (optimizer, "Learning rate"), 0), "0.25");
  choose (find_row (optimizer, "Schedule"), "Cosine decay");
  g_assert_nonnull (get_schedule (self));
  g_assert_cmpstr (json_object_get_string_member (get_schedule (self), "class_name"), ==, "CosineDecay");
  config = json_object_get_object_member (get_schedule (self), "config");
  g_assert_cmpfloat (json_object_get_double_member (config, "initial_learning_rate"), ==, 0.25);
  settle (50);
  choose (find_row (optimizer, "Schedule"), "Constant");
  g_assert_null (get_schedule (self));
  settle (50);
  g_assert_cmpfloat (gtk_spin_button_get_value (get_spin (find_row (optimizer, "Learning rate"), 0)), ==, 0.25);
}

static gboolean
has_help (gpointer data)
{
  return strata_inspector_get_help (((Fixture *) data)->inspector) != NULL;
}

/* The parameter that has the focus is explained. */
static void
test_explained (Fixture       *self,
                gconstpointer  data)
{
  strata_selection_select (self->selection, self->dense);
  g_assert_null (strata_inspector_get_help (self->inspector));
  gtk_widget_grab_focus (GTK_WIDGET (get_spin (get_row (self, "units"), 0)));
  wait_until (has_help, self, 20);
  g_assert_nonnull (strstr (strata_inspector_get_help (self->inspector), "At least 1."));
  gtk_window_set_focus (GTK_WINDOW (self->window), NULL);
  g_assert_null (strata_inspector_get_help (self->inspector));
}

/* What attention is told at its call is switched like a parameter, and what then comes out is told. */
static void
test_call (Fixture       *self,
           gconstpointer  data)
{
  StrataDocNode *attention = strata_document_add_node (self->document, "Attention", NULL, 0, 400, NULL);
  g_autoptr (JsonNode) shape = json_from_string ("{\"batch_shape\": [null, 7, 8]}", NULL);
  StrataDocNode *steps = strata_document_add_node (self->document, "InputLayer", json_node_get_object (shape), 0, 300,
                                                   NULL);
  GtkSwitch *scores;

  strata_document_connect (self->document, steps, 0, attention, 0, NULL);
  strata_document_connect (self->document, steps, 0, attention, 1, NULL);
  strata_selection_select (self->selection, attention);
  settle (20);
  g_assert_cmpstr (get_fact (self, "Input"), ==, "query: 7×8\nvalue: 7×8");
  g_assert_cmpstr (get_fact (self, "Output"), ==, "7×8");
  scores = GTK_SWITCH (find_type (get_row (self, "return_attention_scores"), GTK_TYPE_SWITCH));
  g_assert_false (gtk_switch_get_active (scores));
  gtk_switch_set_active (scores, TRUE);
  g_assert_cmpstr (get_fact (self, "Output"), ==, "output: 7×8\nscores: 7×7");
  gtk_switch_set_active (GTK_SWITCH (find_type (get_row (self, "use_causal_mask"), GTK_TYPE_SWITCH)), TRUE);
  g_assert_true (strata_doc_node_is_causal (attention));
  strata_document_undo (self->document);
  strata_document_undo (self->document);
  settle (20);
  g_assert_false (gtk_switch_get_active (scores));
  g_assert_cmpuint (strata_doc_node_get_n_outputs (attention), ==, 1);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
#define ADD(path, func) g_test_add ("/inspector/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("number", test_number);
  ADD ("none", test_none);
  ADD ("tuple", test_tuple);
  ADD ("shape", test_shape);
  ADD ("effect", test_effect);
  ADD ("several", test_several);
  ADD ("mixed", test_mixed);
  ADD ("mixed-tuple", test_mixed_tuple);
  ADD ("common", test_common);
  ADD ("training", test_training);
  ADD ("whole-words", test_whole_words);
  ADD ("add-button", test_add_button);
  ADD ("schedule", test_schedule);
  ADD ("explained", test_explained);
  ADD ("call", test_call);
  return g_test_run ();
}
