/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "inspector/facts.h"

/**
 * StrataFacts:
 *
 * Things to know and not to edit: names on the left, values on the right.
 */
struct _StrataFacts
{
  GtkWidget parent_instance;

  GtkWidget *grid;
  GHashTable *values;
};

G_DEFINE_FINAL_TYPE (StrataFacts, strata_facts, GTK_TYPE_WIDGET)

static void
strata_facts_dispose (GObject *object)
{
  StrataFacts *self = STRATA_FACTS (object);

  g_clear_pointer (&self->grid, gtk_widget_unparent);
  g_clear_pointer (&self->values, g_hash_table_unref);

  G_OBJECT_CLASS (strata_facts_parent_class)->dispose (object);
}

/* One stop on the way of Tab, so that what can be edited is near; inside, arrows go from value to value. */
static gboolean
strata_facts_focus (GtkWidget        *widget,
                    GtkDirectionType  direction)
{
  if (gtk_widget_get_focus_child (widget) != NULL &&
      (direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD))
    return FALSE;
  return GTK_WIDGET_CLASS (strata_facts_parent_class)->focus (widget, direction);
}

static void
strata_facts_class_init (StrataFactsClass *klass)
{
  GTK_WIDGET_CLASS (klass)->focus = strata_facts_focus;
  G_OBJECT_CLASS (klass)->dispose = strata_facts_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
strata_facts_init (StrataFacts *self)
{
  self->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->grid = gtk_grid_new ();
  gtk_grid_set_row_spacing (GTK_GRID (self->grid), 6);
  gtk_grid_set_column_spacing (GTK_GRID (self->grid), 12);
  gtk_widget_set_parent (self->grid, GTK_WIDGET (self));
}

GtkWidget *
strata_facts_new (void)
{
  return g_object_new (STRATA_TYPE_FACTS, NULL);
}

static GtkWidget *
add (StrataFacts *self,
     const char  *name)
{
  GtkWidget *label = gtk_label_new (name), *value = gtk_label_new (NULL);
  guint row = g_hash_table_size (self->values);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_yalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_set_valign (label, GTK_ALIGN_BASELINE);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (value, "numeric");
  gtk_widget_set_hexpand (value, TRUE);
  gtk_label_set_xalign (GTK_LABEL (value), 1);
  gtk_label_set_justify (GTK_LABEL (value), GTK_JUSTIFY_RIGHT);
  /* Numbers and their units stay together; where there is little room, names wrap first. */
  gtk_label_set_wrap (GTK_LABEL (value), TRUE);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (value), GTK_NATURAL_WRAP_NONE);
  gtk_widget_set_valign (value, GTK_ALIGN_BASELINE);
  gtk_label_set_selectable (GTK_LABEL (value), TRUE);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (value), GTK_ACCESSIBLE_RELATION_LABELLED_BY, label, NULL, -1);
  gtk_grid_attach (GTK_GRID (self->grid), label, 0, row, 1, 1);
  gtk_grid_attach (GTK_GRID (self->grid), value, 1, row, 1, 1);
  g_hash_table_insert (self->values, g_strdup (name), value);
  return value;
}

/**
 * strata_facts_set:
 * @name: what it is called
 * @value: (nullable): what it is; %NULL hides it
 */
void
strata_facts_set (StrataFacts *self,
                  const char  *name,
                  const char  *value)
{
  GtkWidget *label = g_hash_table_lookup (self->values, name);

  if (label == NULL)
    label = add (self, name);
  gtk_label_set_text (GTK_LABEL (label), value != NULL ? value : "");
  gtk_widget_set_visible (label, value != NULL);
  gtk_widget_set_visible (gtk_widget_get_prev_sibling (label), value != NULL);
}

/**
 * strata_facts_get:
 *
 * Returns: (nullable): the value that is shown
 */
const char *
strata_facts_get (StrataFacts *self,
                  const char  *name)
{
  GtkWidget *label = g_hash_table_lookup (self->values, name);

  return label != NULL && gtk_widget_get_visible (label) ? gtk_label_get_text (GTK_LABEL (label)) : NULL;
}
