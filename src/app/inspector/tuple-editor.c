/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <glib/gi18n.h>

#include "base/ints.h"
#include "inspector/editor.h"
#include "inspector/number-spin.h"

/* Several whole numbers, below each other. Where there are as many as a window has sides, they can be linked: a change
 * of one is then a change of all. Where there may be any number of them, buttons add and remove the last. */
typedef struct
{
  StrataEditor parent_instance;

  GtkWidget *box, *column, *link, *add, *remove;
  GPtrArray *spins;
  JsonNode *shown;      /* what was shown or entered last, or NULL where there are several */
  gboolean was_scalar;
} StrataTupleEditor;

typedef StrataEditorClass StrataTupleEditorClass;

G_DEFINE_FINAL_TYPE (StrataTupleEditor, strata_tuple_editor, STRATA_TYPE_EDITOR)

static const StrataParam *
get_param (StrataTupleEditor *self)
{
  return strata_editor_get_param (STRATA_EDITOR (self));
}

static gboolean
is_fixed (StrataTupleEditor *self)
{
  return get_param (self)->type == STRATA_PARAM_INTS && get_param (self)->count > 0;
}

static guint
get_n (JsonNode *value)
{
  if (value == NULL || JSON_NODE_HOLDS_NULL (value))
    return 0;
  return JSON_NODE_HOLDS_ARRAY (value) ? json_array_get_length (json_node_get_array (value)) : 1;
}

/* A number stands for as many of it as there are. */
static JsonNode *
get_nth (JsonNode *value,
         guint     i)
{
  if (value == NULL || !JSON_NODE_HOLDS_ARRAY (value))
    return value;
  return i < get_n (value) ? json_array_get_element (json_node_get_array (value), i) : NULL;
}

static gboolean
is_uniform (JsonNode *value)
{
  for (guint i = 1; i < get_n (value); i++)
    if (!json_node_equal (get_nth (value, i), get_nth (value, 0)))
      return FALSE;
  return value != NULL;
}

static void
commit (StrataTupleEditor *self,
        JsonNode          *value)
{
  g_clear_pointer (&self->shown, json_node_unref);
  self->shown = json_node_ref (value);
  strata_editor_emit (STRATA_EDITOR (self), value);
}

/* The list that is shown with one number changed, or all where they are linked or were nothing before. */
static JsonNode *
change (StrataTupleEditor *self,
        guint              changed,
        JsonNode          *number)
{
  gboolean linked = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->link)) || get_n (self->shown) == 0;
  g_autoptr (JsonArray) array = json_array_new ();

  if (self->was_scalar && self->spins->len == 1)
    return json_node_copy (number);
  for (guint i = 0; i < self->spins->len; i++)
    {
      JsonNode *before = get_nth (self->shown, i);

      json_array_add_element (array, json_node_copy (i == changed || (is_fixed (self) && linked) || before == NULL
                                                     ? number : before));
    }
  return json_node_init_array (json_node_alloc (), array);
}

static void
edited_cb (StrataTupleEditor *self,
           JsonNode          *number,
           GtkWidget         *spin)
{
  guint i;

  if (!g_ptr_array_find (self->spins, spin, &i))
    return;
  if (is_fixed (self) && JSON_NODE_HOLDS_NULL (number))
    commit (self, json_node_copy (number));
  else
    commit (self, change (self, i, number));
}

/* What an axis is called, where a window or an image has them. */
static const char *
get_axis (StrataTupleEditor *self,
          guint              i)
{
  static const char *const axes[] = { N_("depth"), N_("height"), N_("width") };
  guint n = get_param (self)->count;

  return is_fixed (self) && n > 1 && n <= 3 ? _(axes[3 - n + i]) : NULL;
}

static void
add_spin (StrataTupleEditor *self)
{
  const StrataParam *param = get_param (self);
  guint i = self->spins->len;
  const char *title = strata_editor_get_label (STRATA_EDITOR (self)), *axis = get_axis (self, i);
  /* Translators: a parameter and one of its numbers, as in "Kernel size, height" or "Shape, 2" */
  g_autofree char *label = axis != NULL ? g_strdup_printf (_("%s, %s"), title, axis)
                                        : g_strdup_printf (_("%s, %u"), title, i + 1);
  gboolean may_be_none = param->partial || (is_fixed (self) && param->nullable);
  GtkWidget *spin = strata_number_spin_new (param, TRUE, may_be_none, label);

  if (axis != NULL)
    gtk_widget_set_tooltip_text (spin, axis);
  g_signal_connect_swapped (spin, "edited", G_CALLBACK (edited_cb), self);
  g_ptr_array_add (self->spins, spin);
  gtk_box_append (GTK_BOX (self->column), spin);
}

static void
set_n_spins (StrataTupleEditor *self,
             guint              n)
{
  while (self->spins->len < n)
    add_spin (self);
  while (self->spins->len > n)
    {
      gtk_box_remove (GTK_BOX (self->column), g_ptr_array_index (self->spins, self->spins->len - 1));
      g_ptr_array_set_size (self->spins, self->spins->len - 1);
    }
  gtk_widget_set_visible (self->column, n > 0);
}

/* A new last number is like the one before. */
static void
add_cb (StrataTupleEditor *self)
{
  g_autoptr (JsonArray) array = json_array_new ();
  guint n = get_n (self->shown);

  for (guint i = 0; i < n; i++)
    json_array_add_element (array, json_node_copy (get_nth (self->shown, i)));
  if (n > 0)
    json_array_add_element (array, json_node_copy (get_nth (self->shown, n - 1)));
  else
    json_array_add_int_element (array, MAX (get_param (self)->minimum, 1));
  commit (self, json_node_init_array (json_node_alloc (), array));
}

static void
remove_cb (StrataTupleEditor *self)
{
  g_autoptr (JsonArray) array = json_array_new ();
  guint n = get_n (self->shown);

  if (n == 0)
    return;
  for (guint i = 0; i + 1 < n; i++)
    json_array_add_element (array, json_node_copy (get_nth (self->shown, i)));
  commit (self, n == 1 && get_param (self)->nullable ? json_node_init_null (json_node_alloc ())
                                                     : json_node_init_array (json_node_alloc (), array));
}

/* Linking makes all like the first. */
static void
link_cb (StrataTupleEditor *self)
{
  gboolean linked = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->link));

  gtk_button_set_icon_name (GTK_BUTTON (self->link), linked ? "strata-linked-symbolic" : "strata-unlinked-symbolic");
  if (linked && get_n (self->shown) > 1 && !is_uniform (self->shown))
    commit (self, change (self, 0, get_nth (self->shown, 0)));
}

static GtkWidget *
add_button (StrataTupleEditor *self,
            GtkWidget         *box,
            const char        *icon,
            const char        *tooltip,
            GCallback          callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);
  g_autofree char *label = g_strdup_printf ("%s, %s", strata_editor_get_label (STRATA_EDITOR (self)), tooltip);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "tuple-button");
  gtk_widget_set_valign (button, GTK_ALIGN_END);
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_swapped (button, "clicked", callback, self);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

static void
build_link (StrataTupleEditor *self)
{
  g_autofree char *label = g_strdup_printf (_("%s, linked"), strata_editor_get_label (STRATA_EDITOR (self)));

  self->link = g_object_ref_sink (gtk_toggle_button_new ());
  gtk_button_set_icon_name (GTK_BUTTON (self->link), "strata-unlinked-symbolic");
  gtk_widget_add_css_class (self->link, "flat");
  gtk_widget_add_css_class (self->link, "tuple-button");
  gtk_widget_set_valign (self->link, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (self->link, _("Linked: all sides are the same"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->link), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_swapped (self->link, "toggled", G_CALLBACK (link_cb), self);
}

static void
strata_tuple_editor_configure (StrataEditor *editor)
{
  StrataTupleEditor *self = (StrataTupleEditor *) editor;

  /* What adds and removes numbers is below them: beside, it would leave no room for the row's title. */
  self->box = gtk_box_new (is_fixed (self) ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL, 2);
  self->column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  gtk_widget_set_margin_top (self->box, 6);
  gtk_widget_set_margin_bottom (self->box, 6);
  build_link (self);
  if (is_fixed (self) && get_param (self)->count > 1)
    gtk_box_append (GTK_BOX (self->box), self->link);
  gtk_box_append (GTK_BOX (self->box), self->column);
  if (!is_fixed (self))
    {
      GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

      gtk_widget_set_halign (buttons, GTK_ALIGN_END);
      self->remove = add_button (self, buttons, "list-remove-symbolic", _("remove the last number"),
                                 G_CALLBACK (remove_cb));
      self->add = add_button (self, buttons, "list-add-symbolic", _("add a number"), G_CALLBACK (add_cb));
      gtk_box_append (GTK_BOX (self->box), buttons);
    }
  strata_editor_set_child (editor, self->box);
}

static void
update_buttons (StrataTupleEditor *self,
                guint              n)
{
  if (self->add == NULL)
    return;
  gtk_widget_set_sensitive (self->add, n < STRATA_MAX_RANK);
  gtk_widget_set_sensitive (self->remove, n > (get_param (self)->nullable ? 0 : 1));
}

static void
strata_tuple_editor_show (StrataEditor *editor,
                          JsonNode     *value)
{
  StrataTupleEditor *self = (StrataTupleEditor *) editor;
  gboolean is_own = value != NULL && self->shown != NULL && json_node_equal (value, self->shown);
  guint n = is_fixed (self) ? (guint) get_param (self)->count : value == NULL ? 1 : get_n (value);

  g_clear_pointer (&self->shown, json_node_unref);
  self->shown = value != NULL ? json_node_ref (value) : NULL;
  self->was_scalar = value != NULL && JSON_NODE_HOLDS_VALUE (value);
  set_n_spins (self, n);
  update_buttons (self, n);
  /* Who has just unlinked them to change one must not find them linked again. */
  if (!is_own || !is_uniform (value))
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->link), is_uniform (value));
  for (guint i = 0; i < n; i++)
    strata_number_spin_show (g_ptr_array_index (self->spins, i), get_nth (value, i));
}

static void
strata_tuple_editor_suggest (StrataEditor *editor,
                             JsonNode     *value)
{
  StrataTupleEditor *self = (StrataTupleEditor *) editor;

  for (guint i = 0; i < self->spins->len; i++)
    if (get_nth (value, i) != NULL)
      strata_number_spin_suggest (g_ptr_array_index (self->spins, i), get_nth (value, i));
}

static gboolean
strata_tuple_editor_grab_focus (GtkWidget *widget)
{
  StrataTupleEditor *self = (StrataTupleEditor *) widget;

  if (self->spins->len > 0)
    return gtk_widget_grab_focus (g_ptr_array_index (self->spins, 0));
  return self->add != NULL && gtk_widget_grab_focus (self->add);
}

static void
strata_tuple_editor_finalize (GObject *object)
{
  StrataTupleEditor *self = (StrataTupleEditor *) object;

  g_clear_object (&self->link);
  g_clear_pointer (&self->shown, json_node_unref);
  g_clear_pointer (&self->spins, g_ptr_array_unref);

  G_OBJECT_CLASS (strata_tuple_editor_parent_class)->finalize (object);
}

static void
strata_tuple_editor_class_init (StrataTupleEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_tuple_editor_finalize;
  GTK_WIDGET_CLASS (klass)->grab_focus = strata_tuple_editor_grab_focus;
  klass->configure = strata_tuple_editor_configure;
  klass->show = strata_tuple_editor_show;
  klass->suggest = strata_tuple_editor_suggest;
}

static void
strata_tuple_editor_init (StrataTupleEditor *self)
{
  self->spins = g_ptr_array_new ();
}
