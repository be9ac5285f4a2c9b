/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <glib/gi18n.h>

#include "base/object.h"
#include "base/registry.h"
#include "inspector/activation-curve.h"
#include "inspector/editor.h"

/* Lists that are longer can be searched. */
#define SEARCH_FROM 12

/* One of several words: choices, or the objects of a kind, which are shown by their titles as everywhere. */
typedef struct
{
  StrataEditor parent_instance;

  GtkWidget *drop_down;
  GtkStringList *words;
  GPtrArray *names;     /* what the words stand for */
  gboolean shows_several;
} StrataChoiceEditor;

typedef StrataEditorClass StrataChoiceEditorClass;

G_DEFINE_FINAL_TYPE (StrataChoiceEditor, strata_choice_editor, STRATA_TYPE_EDITOR)

static const StrataParam *
get_param (StrataChoiceEditor *self)
{
  return strata_editor_get_param (STRATA_EDITOR (self));
}

static void
selected_cb (StrataChoiceEditor *self)
{
  guint selected = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->drop_down));

  if (selected >= self->names->len)
    return;
  /* The rows that the choice leads to may take this one's place, but the list has more to do when this returns. */
  g_idle_add_once (g_object_unref, g_object_ref (self->drop_down));
  if (get_param (self)->nullable && selected == 0)
    strata_editor_emit (STRATA_EDITOR (self), json_node_init_null (json_node_alloc ()));
  else
    strata_editor_emit (STRATA_EDITOR (self),
                        json_node_init_string (json_node_alloc (), g_ptr_array_index (self->names, selected)));
}

/* Characters of a name in a line on the button, so that the row's title has room. */
#define BUTTON_CHARS 16

static gboolean
is_on_button (StrataChoiceEditor       *self,
              GtkSignalListItemFactory *factory)
{
  return factory == GTK_SIGNAL_LIST_ITEM_FACTORY (gtk_drop_down_get_factory (GTK_DROP_DOWN (self->drop_down)));
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          StrataChoiceEditor       *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  if (get_param (self)->type == STRATA_PARAM_OBJECT && get_param (self)->kind == STRATA_KIND_ACTIVATION)
    gtk_box_append (GTK_BOX (box), strata_activation_curve_new ());
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_item_set_child (item, box);
}

/* The name in lines. GtkDropDown has the height of its full width, so a label that wraps by itself would be cut. */
static char *
break_lines (const char *name)
{
  g_auto (GStrv) words = g_strsplit (name, " ", -1);
  GString *text = g_string_new (NULL);
  glong n = 0;

  for (guint i = 0; words[i] != NULL; i++)
    {
      glong length = g_utf8_strlen (words[i], -1);
      gboolean fits = n + 1 + length <= BUTTON_CHARS;

      if (i > 0)
        g_string_append_c (text, fits ? ' ' : '\n');
      g_string_append (text, words[i]);
      n = i > 0 && fits ? n + 1 + length : length;
    }
  return g_string_free (text, FALSE);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item,
         StrataChoiceEditor       *self)
{
  const char *name = gtk_string_object_get_string (gtk_list_item_get_item (item));
  GtkWidget *box = gtk_list_item_get_child (item), *first = gtk_widget_get_first_child (box),
            *label = gtk_widget_get_last_child (box);
  g_autofree char *lines = is_on_button (self, factory) ? break_lines (name) : g_strdup (name);

  if (STRATA_IS_ACTIVATION_CURVE (first))
    strata_activation_curve_set_name (STRATA_ACTIVATION_CURVE (first), name);
  gtk_label_set_text (GTK_LABEL (label), lines);
  gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return g_ascii_strcasecmp (*(const char *const *) a, *(const char *const *) b);
}

static void
append (StrataChoiceEditor *self,
        const char         *name,
        const char         *word)
{
  g_ptr_array_add (self->names, (gpointer) name);
  gtk_string_list_append (self->words, word);
}

/* Activations go by the names of their functions, in Keras as on blackboards. */
static const char *
get_word (StrataKind  kind,
          const char *name)
{
  const StrataObjectInfo *info = strata_registry_lookup (kind, name);

  return kind == STRATA_KIND_ACTIVATION || info->title == NULL ? name : _(info->title);
}

static void
append_objects (StrataChoiceEditor *self,
                StrataKind          kind)
{
  const StrataObjectInfo *const *infos = strata_registry_list (kind);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; infos[i] != NULL; i++)
    g_ptr_array_add (names, (gpointer) infos[i]->name);
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    append (self, g_ptr_array_index (names, i), get_word (kind, g_ptr_array_index (names, i)));
}

static GtkListItemFactory *
make_factory (StrataChoiceEditor *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, 0);
  return factory;
}

static GtkWidget *
find_below (GtkWidget *widget,
            GType      type)
{
  GtkWidget *found = g_type_is_a (G_OBJECT_TYPE (widget), type) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_below (child, type);
  return found;
}

/* Who opens a list that can be searched can type at once. */
static void
let_search (StrataChoiceEditor *self)
{
  GtkWidget *popover = find_below (self->drop_down, GTK_TYPE_POPOVER);
  GtkWidget *entry = popover != NULL ? find_below (popover, GTK_TYPE_SEARCH_ENTRY) : NULL;

  gtk_drop_down_set_expression (GTK_DROP_DOWN (self->drop_down),
                                gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string"));
  gtk_drop_down_set_enable_search (GTK_DROP_DOWN (self->drop_down), TRUE);
  if (entry != NULL)
    g_signal_connect_object (popover, "map", G_CALLBACK (gtk_widget_grab_focus), entry,
                             G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

static void
strata_choice_editor_configure (StrataEditor *editor)
{
  StrataChoiceEditor *self = (StrataChoiceEditor *) editor;
  const StrataParam *param = get_param (self);
  g_autoptr (GtkListItemFactory) button = make_factory (self), list = make_factory (self);

  gtk_drop_down_set_factory (GTK_DROP_DOWN (self->drop_down), button);
  gtk_drop_down_set_list_factory (GTK_DROP_DOWN (self->drop_down), list);

  if (param->nullable)
    append (self, NULL, _("None"));
  for (guint i = 0; param->choices != NULL && param->choices[i] != NULL; i++)
    append (self, param->choices[i], param->choices[i]);
  if (param->type == STRATA_PARAM_OBJECT)
    append_objects (self, param->kind);
  if (self->names->len >= SEARCH_FROM)
    let_search (self);
}

/* A learning rate that is just a number is an object, too. */
static const char *
get_name (const StrataParam *param,
          JsonNode          *value)
{
  g_autoptr (StrataObject) object = NULL;
  const StrataObjectInfo *info = NULL;

  if (param->type != STRATA_PARAM_OBJECT)
    return JSON_NODE_HOLDS_VALUE (value) ? json_node_get_string (value) : NULL;
  object = strata_object_deserialize (param->kind, value, NULL);
  if (object != NULL)
    info = strata_registry_lookup (param->kind, strata_object_get_class_name (object));
  return info != NULL ? info->name : NULL;
}

static guint
find (StrataChoiceEditor *self,
      const char         *name)
{
  for (guint i = 0; name != NULL && i < self->names->len; i++)
    if (g_strcmp0 (g_ptr_array_index (self->names, i), name) == 0)
      return i;
  return GTK_INVALID_LIST_POSITION;
}

/* A word that stands for nothing, after all others, while what is edited has several values. */
static void
show_several (StrataChoiceEditor *self,
              gboolean            several)
{
  if (several == self->shows_several)
    return;
  self->shows_several = several;
  if (several)
    gtk_string_list_append (self->words, _("several"));
  else
    gtk_string_list_remove (self->words, self->names->len);
}

static void
strata_choice_editor_show (StrataEditor *editor,
                           JsonNode     *value)
{
  StrataChoiceEditor *self = (StrataChoiceEditor *) editor;
  guint position = value == NULL ? self->names->len : GTK_INVALID_LIST_POSITION;

  show_several (self, value == NULL);
  if (value != NULL && JSON_NODE_HOLDS_NULL (value) && get_param (self)->nullable)
    position = 0;
  else if (value != NULL)
    position = find (self, get_name (get_param (self), value));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->drop_down), position);
}

static void
strata_choice_editor_finalize (GObject *object)
{
  g_ptr_array_unref (((StrataChoiceEditor *) object)->names);

  G_OBJECT_CLASS (strata_choice_editor_parent_class)->finalize (object);
}

static void
strata_choice_editor_class_init (StrataChoiceEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_choice_editor_finalize;
  klass->configure = strata_choice_editor_configure;
  klass->show = strata_choice_editor_show;
}

static void
strata_choice_editor_init (StrataChoiceEditor *self)
{
  self->words = gtk_string_list_new (NULL);
  self->names = g_ptr_array_new ();
  self->drop_down = gtk_drop_down_new (G_LIST_MODEL (self->words), NULL);
  gtk_widget_set_size_request (self->drop_down, 128, -1);
  g_signal_connect_swapped (self->drop_down, "notify::selected", G_CALLBACK (selected_cb), self);
  strata_editor_set_child (STRATA_EDITOR (self), self->drop_down);
}
