/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Every text on screen comes from a translation. Under one that puts brackets around all it has (pseudo.sh), a text
 * outside of brackets was not asked for, or is not in the template that translations are made from. */
#include "../../pseudo.h"
#include "app-window.h"

#include "base/registry.h"
#include "canvas/selection.h"
#include "data/data-kind.h"
#include "dialogs/preferences.h"

/* What is the same in every language: Keras's names, what the user called things, and words of the file. */
static GHashTable *names;

static void
know (const char *name)
{
  if (name != NULL)
    g_hash_table_add (names, g_strdup (name));
}

static void
know_keras (void)
{
  names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  /* libadwaita has this from its own translation. */
  know ("Preferences");
  /* Languages are the same in all. */
  know ("Python");
  for (int kind = 0; kind < STRATA_N_KINDS; kind++)
    for (const StrataObjectInfo *const *info = strata_registry_list (kind); *info != NULL; info++)
      {
        StrataObjectClass *klass = g_type_class_ref (strata_registry_get_type (kind, *info));

        know ((*info)->name);
        for (guint i = 0; (*info)->aliases != NULL && (*info)->aliases[i] != NULL; i++)
          know ((*info)->aliases[i]);
        for (guint i = 0; i < klass->params->len; i++)
          {
            const StrataParam *param = g_ptr_array_index (klass->params, i);

            know (param->name);
            for (guint choice = 0; param->choices != NULL && param->choices[choice] != NULL; choice++)
              know (param->choices[choice]);
          }
        g_type_class_unref (klass);
      }
}

static void
know_words (const char *text)
{
  g_auto (GStrv) words = g_strsplit_set (text, ",.;:-() ", 0);

  for (guint i = 0; words[i] != NULL; i++)
    know (words[i]);
}

/* Who made the data is told as they are called. */
static void
know_origins (void)
{
  for (const StrataDataKind *const *kind = strata_data_kind_list (); *kind != NULL; kind++)
    if ((*kind)->origin != NULL)
      know_words ((*kind)->origin);
}

/* What stands in a table is the user's. */
static void
know_table (const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("STRATA_DATA_DIR"), "datasets", name, NULL), *text = NULL;
  g_auto (GStrv) cells = NULL;

  know_words (name);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  cells = g_strsplit_set (text, ",\r\n", 0);
  for (guint i = 0; cells[i] != NULL; i++)
    know (cells[i]);
}

static void
know_document (StrataDocument *document)
{
  const GPtrArray *nodes = strata_document_get_nodes (document);

  for (guint i = 0; i < nodes->len; i++)
    know (strata_layer_get_name (strata_doc_node_get_layer (g_ptr_array_index (nodes, i))));
}

/* A word of two letters or less is a unit or a sign. */
static gboolean
is_known (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "\u200b", -1);
  /* Long names may be broken, where nothing is to be seen otherwise. */
  g_autofree char *whole = g_strjoinv ("", parts), *rest = pseudo_take_untranslated (whole);
  g_auto (GStrv) words = NULL;

  if (g_hash_table_contains (names, rest))
    return TRUE;
  words = g_regex_split_simple ("[^\\p{L}\\d_]+", rest, 0, 0);
  for (guint i = 0; words[i] != NULL; i++)
    if (g_regex_match_simple ("\\p{L}{3}", words[i], 0, 0) && !g_hash_table_contains (names, words[i]))
      return FALSE;
  return TRUE;
}

static void
check_text (GHashTable *bare,
            GtkWidget  *widget,
            const char *text)
{
  if (text != NULL && !is_known (text))
    g_hash_table_add (bare, g_strdup_printf ("%s in %s of %s", text, G_OBJECT_TYPE_NAME (widget),
                                             gtk_widget_get_parent (widget) != NULL
                                               ? G_OBJECT_TYPE_NAME (gtk_widget_get_parent (widget)) : "nothing"));
}

static void
check_menu (GHashTable *bare,
            GtkWidget  *widget,
            GMenuModel *menu)
{
  for (int i = 0; menu != NULL && i < g_menu_model_get_n_items (menu); i++)
    {
      g_autofree char *label = NULL;

      if (g_menu_model_get_item_attribute (menu, i, G_MENU_ATTRIBUTE_LABEL, "s", &label))
        check_text (bare, widget, label);
      for (const char *const *link = (const char *const[]){ G_MENU_LINK_SECTION, G_MENU_LINK_SUBMENU, NULL };
           *link != NULL; link++)
        {
          g_autoptr (GMenuModel) inner = g_menu_model_get_item_link (menu, i, *link);

          check_menu (bare, widget, inner);
        }
    }
}

static void
check_widget (GHashTable *bare,
              GtkWidget  *widget)
{
  if (!gtk_widget_get_mapped (widget) || GTK_IS_TEXT_VIEW (widget))
    return;
  check_text (bare, widget, gtk_widget_get_tooltip_text (widget));
  if (GTK_IS_LABEL (widget))
    check_text (bare, widget, gtk_label_get_text (GTK_LABEL (widget)));
  if (GTK_IS_TEXT (widget))
    check_text (bare, widget, gtk_text_get_placeholder_text (GTK_TEXT (widget)));
  if (GTK_IS_MENU_BUTTON (widget))
    check_menu (bare, widget, gtk_menu_button_get_menu_model (GTK_MENU_BUTTON (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    check_widget (bare, child);
}

static void
report (GHashTable *bare)
{
  g_autoptr (GList) texts = g_list_sort (g_hash_table_get_keys (bare), (GCompareFunc) g_strcmp0);

  for (GList *text = texts; text != NULL; text = text->next)
    g_test_message ("not translated: %s", (const char *) text->data);
  if (texts != NULL)
    g_test_fail_printf ("%u texts on screen did not come from a translation", g_list_length (texts));
}

static gboolean
has_ended (gpointer data)
{
  return !strata_runner_is_active (data);
}

/* Goes through all views, each layer in the inspector, and both before and after training. */
static void
test_views (Fixture       *self,
            gconstpointer  data)
{
  g_autoptr (GHashTable) bare = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const GPtrArray *nodes = strata_document_get_nodes (self->document);
  const char *const views[] = { "design", "data", "train", "evaluate", "code" };

  know_document (self->document);
  for (guint i = 0; i < nodes->len; i++)
    {
      strata_selection_select (strata_selection_get (self->document), g_ptr_array_index (nodes, i));
      settle (20);
      check_widget (bare, GTK_WIDGET (self->window));
    }
  for (int trained = 0; trained < 2; trained++)
    {
      for (guint i = 0; i < G_N_ELEMENTS (views); i++)
        {
          strata_window_show_view (self->window, views[i]);
          settle (300);
          check_widget (bare, GTK_WIDGET (self->window));
        }
      if (trained == 0)
        {
          gtk_widget_activate_action (GTK_WIDGET (self->window), "win.train", NULL);
          wait_until (has_ended, strata_window_get_runner (self->window), 100);
        }
    }
  report (bare);
}

static void
test_welcome (void)
{
  g_autoptr (GHashTable) bare = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GSettings) settings = g_settings_new ("app.strata.Strata");
  StrataWindow *window = strata_window_new (application, settings);
  GListModel *windows = gtk_window_get_toplevels ();

  gtk_window_fullscreen (GTK_WINDOW (window));
  gtk_window_present (GTK_WINDOW (window));
  wait_until (is_mapped, window, 20);
  strata_preferences_present (GTK_WINDOW (window), settings);
  settle (400);
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) shown = g_list_model_get_item (windows, i);

      check_widget (bare, shown);
    }
  gtk_window_destroy (GTK_WINDOW (window));
  report (bare);
}

/* Brackets must be seen for the test to mean anything. */
static void
test_pseudo (void)
{
  g_assert_cmpstr (g_dgettext (NULL, "Train"), ==, "⟦Train⟧");
  g_assert_cmpstr (g_dgettext (NULL, strata_registry_lookup (STRATA_KIND_LAYER, "Dense")->description), !=,
                   strata_registry_lookup (STRATA_KIND_LAYER, "Dense")->description);
  g_assert_false (is_known ("Train"));
  g_assert_true (is_known ("⟦Change ⟦Units⟧⟧: 3 Conv2D"));
}

#define ADD(path, example) g_test_add (path, Fixture, example, set_up, test_views, tear_down)

int
main (int    argc,
      char **argv)
{
  Pseudo pseudo;
  int status;

  pseudo_begin (&pseudo);
  g_test_init (&argc, &argv, NULL);
  know_keras ();
  know_origins ();
  know_table ("iris.csv");
  know_table ("penguins.csv");
  know_table ("co2-concentration.csv");
  start_application ();
  g_test_add_func ("/translation/pseudo", test_pseudo);
  g_test_add_func ("/translation/welcome", test_welcome);
  ADD ("/translation/views/iris", "iris");
  ADD ("/translation/views/penguins", "penguins");
  ADD ("/translation/views/carbon-dioxide", "carbon-dioxide");
  status = g_test_run ();

  pseudo_end (&pseudo);
  g_hash_table_unref (names);
  return status;
}
