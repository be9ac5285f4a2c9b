/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "evaluate/feature-fields.h"

#include <glib/gi18n.h>
#include <math.h>

#include "runner/own-sample.h"

#define MOST_DIGITS 6
/* So much of a column's name is on one line, whatever the size of texts. */
#define LEGIBLE_CHARS 14

/**
 * StrataFeatureFields:
 *
 * A field for each column of a table, in its own unit: a number, or one of the values that it has.
 */
struct _StrataFeatureFields
{
  GtkWidget parent_instance;

  GtkWidget *grid;
  StrataDataSet *set;
  char *signature;      /* of the columns that there are fields for */
  GPtrArray *fields;    /* by feature; features of one column share one */
  gboolean building;
};

static void own_pad_init (StrataOwnPadInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (StrataFeatureFields, strata_feature_fields, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (STRATA_TYPE_OWN_PAD, own_pad_init))

static void
changed_cb (StrataFeatureFields *self)
{
  if (!self->building)
    strata_own_pad_emit_changed (STRATA_OWN_PAD (self));
}

/* What is usual, to as many digits as make a difference. */
static GtkWidget *
make_number (StrataFeatureFields *self,
             double               typical,
             double               deviation)
{
  double unit = deviation > 0 ? pow (10, floor (log10 (deviation)) - 1) : 0.1;
  guint digits = (guint) CLAMP (-log10 (unit) + 0.5, 0, MOST_DIGITS);
  GtkWidget *spin = gtk_spin_button_new_with_range (-1e12, 1e12, unit);

  gtk_spin_button_set_digits (GTK_SPIN_BUTTON (spin), digits);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), round (typical / unit) * unit);
  gtk_editable_set_width_chars (GTK_EDITABLE (spin), 10);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (spin), 10);
  g_signal_connect_object (spin, "value-changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  return spin;
}

static GtkWidget *
make_choice (StrataFeatureFields *self)
{
  g_autoptr (GtkStringList) values = gtk_string_list_new (NULL);
  GtkWidget *choice = gtk_drop_down_new (G_LIST_MODEL (g_object_ref (values)), NULL);

  g_signal_connect_object (choice, "notify::selected", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  return choice;
}

static void
attach (StrataFeatureFields *self,
        const char          *name,
        GtkWidget           *field,
        int                  row)
{
  GtkWidget *label = gtk_label_new (name);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_width_chars (GTK_LABEL (label), (int) MIN (g_utf8_strlen (name, -1), LEGIBLE_CHARS));
  gtk_label_set_max_width_chars (GTK_LABEL (label), 24);
  gtk_accessible_update_property (GTK_ACCESSIBLE (field), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_grid_attach (GTK_GRID (self->grid), label, 0, row, 1, 1);
  gtk_grid_attach (GTK_GRID (self->grid), field, 1, row, 1, 1);
}

static const StrataFeature *
get_feature (StrataFeatureFields *self,
             guint                i)
{
  return self->set->features != NULL ? &g_array_index (self->set->features, StrataFeature, i) : NULL;
}

/* Columns that nothing is known of are what the numbers in them are. */
static void
add_feature (StrataFeatureFields *self,
             guint                i,
             const StrataRange   *range)
{
  const StrataFeature *feature = get_feature (self, i), *before = i > 0 ? get_feature (self, i - 1) : NULL;
  g_autofree char *number = g_strdup_printf ("%u", i + 1);
  GtkWidget *field;

  if (feature != NULL && feature->value != NULL)
    {
      GtkStringList *values;

      if (before != NULL && before->value != NULL && g_str_equal (before->column, feature->column))
        field = g_ptr_array_index (self->fields, i - 1);
      else
        {
          field = make_choice (self);
          attach (self, feature->column, field, (int) i);
        }
      values = GTK_STRING_LIST (gtk_drop_down_get_model (GTK_DROP_DOWN (field)));
      gtk_string_list_append (values, feature->value);
    }
  else
    {
      field = make_number (self, feature != NULL ? feature->typical : range->mean,
                           feature != NULL ? feature->deviation : range->deviation);
      attach (self, feature != NULL ? feature->column : number, field, (int) i);
    }
  g_ptr_array_add (self->fields, field);
}

static char *
make_signature (StrataDataSet *set,
                gint64         n)
{
  GString *text = g_string_new (NULL);

  for (gint64 i = 0; i < n; i++)
    {
      const StrataFeature *feature = set->features != NULL ? &g_array_index (set->features, StrataFeature, i) : NULL;

      g_string_append_printf (text, "%s\n%s\n", feature != NULL ? feature->column : "",
                              feature != NULL && feature->value != NULL ? feature->value : "");
    }
  return g_string_free (text, FALSE);
}

static const char *
get_hint (StrataOwnPad *pad)
{
  return _("Change a number");
}

/* It begins with what is usual; what was set before stays where the columns are the same. */
static void
show (StrataOwnPad           *pad,
      const StrataInputFacts *facts)
{
  StrataFeatureFields *self = STRATA_FEATURE_FIELDS (pad);
  gint64 n = strata_shape_get_size (&facts->shape);
  g_autofree char *signature = make_signature (facts->set, n);
  GtkWidget *child;

  g_clear_pointer (&self->set, strata_data_set_unref);
  self->set = strata_data_set_ref (facts->set);
  if (g_strcmp0 (signature, self->signature) == 0)
    return;
  g_free (self->signature);
  self->signature = g_steal_pointer (&signature);
  self->building = TRUE;
  while ((child = gtk_widget_get_first_child (self->grid)) != NULL)
    gtk_grid_remove (GTK_GRID (self->grid), child);
  g_ptr_array_set_size (self->fields, 0);
  for (gint64 i = 0; i < n; i++)
    add_feature (self, (guint) i, &facts->ranges[i]);
  self->building = FALSE;
}

static double *
read_values (StrataFeatureFields *self)
{
  double *values = g_new0 (double, self->fields->len + 1);
  guint place = 0;

  for (guint i = 0; i < self->fields->len; i++)
    {
      GtkWidget *field = g_ptr_array_index (self->fields, i);

      place = i > 0 && field == g_ptr_array_index (self->fields, i - 1) ? place + 1 : 0;
      if (GTK_IS_DROP_DOWN (field))
        values[i] = gtk_drop_down_get_selected (GTK_DROP_DOWN (field)) == place;
      else
        values[i] = gtk_spin_button_get_value (GTK_SPIN_BUTTON (field));
    }
  return values;
}

static StrataTensor *
read_row (StrataOwnPad  *pad,
          GError       **error)
{
  StrataFeatureFields *self = STRATA_FEATURE_FIELDS (pad);
  g_autofree double *values = read_values (self);

  return strata_own_sample_from_row (self->set, values, error);
}

static void
own_pad_init (StrataOwnPadInterface *iface)
{
  iface->get_hint = get_hint;
  iface->show = show;
  iface->read = read_row;
}

static void
strata_feature_fields_dispose (GObject *object)
{
  StrataFeatureFields *self = STRATA_FEATURE_FIELDS (object);

  g_clear_pointer (&self->grid, gtk_widget_unparent);
  g_clear_pointer (&self->set, strata_data_set_unref);

  G_OBJECT_CLASS (strata_feature_fields_parent_class)->dispose (object);
}

static void
strata_feature_fields_finalize (GObject *object)
{
  g_ptr_array_unref (STRATA_FEATURE_FIELDS (object)->fields);
  g_free (STRATA_FEATURE_FIELDS (object)->signature);

  G_OBJECT_CLASS (strata_feature_fields_parent_class)->finalize (object);
}

static void
strata_feature_fields_class_init (StrataFeatureFieldsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = strata_feature_fields_dispose;
  G_OBJECT_CLASS (klass)->finalize = strata_feature_fields_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
strata_feature_fields_init (StrataFeatureFields *self)
{
  self->fields = g_ptr_array_new ();
  self->grid = gtk_grid_new ();
  gtk_grid_set_column_spacing (GTK_GRID (self->grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (self->grid), 6);
  gtk_widget_set_parent (self->grid, GTK_WIDGET (self));
}

/**
 * strata_feature_fields_new:
 *
 * Returns: (transfer floating): fields of no table yet
 */
GtkWidget *
strata_feature_fields_new (void)
{
  return g_object_new (STRATA_TYPE_FEATURE_FIELDS, NULL);
}
