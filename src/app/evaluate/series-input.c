/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "evaluate/series-input.h"

#include <glib/gi18n.h>

#include "evaluate/another-button.h"
#include "evaluate/series-pad.h"
#include "runner/own-sample.h"
#include "widgets/paragraph.h"

/**
 * StrataSeriesInput:
 *
 * A stretch of the data to begin with, a pad to bend it on, and a choice of what is bent.
 */
struct _StrataSeriesInput
{
  GtkWidget parent_instance;

  StrataDataSet *set;
  StrataRange *ranges;          /* by column */
  char *signature;              /* of the columns and steps that are shown */
  GtkWidget *pad, *place, *columns, *another;
};

static void own_pad_init (StrataOwnPadInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (StrataSeriesInput, strata_series_input, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (STRATA_TYPE_OWN_PAD, own_pad_init))

static void
read_cb (StrataSeriesInput *self,
         StrataPreview     *preview)
{
  strata_series_pad_show (STRATA_SERIES_PAD (self->pad), self->set, self->ranges,
                          strata_preview_get_sample (preview, 0));
  strata_own_pad_emit_changed (STRATA_OWN_PAD (self));
}

static void
moved_cb (StrataSeriesInput *self)
{
  g_autofree char *place = strata_series_pad_dup_text (STRATA_SERIES_PAD (self->pad));

  gtk_label_set_label (GTK_LABEL (self->place), place);
}

static void
column_cb (StrataSeriesInput *self)
{
  guint selected = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->columns));

  if (selected != GTK_INVALID_LIST_POSITION)
    strata_series_pad_choose (STRATA_SERIES_PAD (self->pad), selected);
}

static char *
get_name (StrataDataSet *set,
          guint          column)
{
  if (set->feature_names != NULL && column < set->feature_names->len)
    return g_strdup (g_ptr_array_index (set->feature_names, column));
  return g_strdup_printf ("%u", column + 1);
}

/* What is predicted is what one would change first. */
static guint
find_first (StrataDataSet *set,
            guint          n)
{
  for (guint i = 0; i < n && set->target_name != NULL; i++)
    {
      g_autofree char *name = get_name (set, i);

      if (g_str_equal (name, set->target_name))
        return i;
    }
  return 0;
}

static void
list_columns (StrataSeriesInput *self,
              guint              n)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint first = find_first (self->set, n);

  for (guint i = 0; i < n; i++)
    gtk_string_list_take (names, get_name (self->set, i));
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->columns), G_LIST_MODEL (names));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->columns), first);
  gtk_widget_set_visible (self->columns, n > 1);
  strata_series_pad_choose (STRATA_SERIES_PAD (self->pad), first);
}

static char *
make_signature (StrataDataSet     *set,
                const StrataShape *shape)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%" G_GINT64_FORMAT, shape->dims[0]);
  for (guint i = 0; i < shape->dims[1]; i++)
    {
      g_autofree char *name = get_name (set, i);

      g_string_append_printf (text, "\n%s", name);
    }
  return g_string_free (text, FALSE);
}

static const char *
get_hint (StrataOwnPad *pad)
{
  return _("Bend a line: the answer follows it");
}

/* It begins with a sample of the data; what was bent before stays where the columns are the same. */
static void
show (StrataOwnPad           *pad,
      const StrataInputFacts *facts)
{
  StrataSeriesInput *self = STRATA_SERIES_INPUT (pad);
  g_autofree char *signature = make_signature (facts->set, &facts->shape);
  gboolean is_new = g_strcmp0 (signature, self->signature) != 0;
  guint n = (guint) facts->shape.dims[1];

  g_clear_pointer (&self->set, strata_data_set_unref);
  self->set = strata_data_set_ref (facts->set);
  g_free (self->ranges);
  self->ranges = g_memdup2 (facts->ranges, n * sizeof *facts->ranges);
  g_free (self->signature);
  self->signature = g_steal_pointer (&signature);
  if (is_new)
    {
      strata_series_pad_clear (STRATA_SERIES_PAD (self->pad));
      list_columns (self, n);
    }
  strata_another_button_show (STRATA_ANOTHER_BUTTON (self->another), facts->set, is_new);
}

static StrataTensor *
read_numbers (StrataOwnPad  *pad,
              GError       **error)
{
  StrataSeriesInput *self = STRATA_SERIES_INPUT (pad);
  const float *numbers = strata_series_pad_get_numbers (STRATA_SERIES_PAD (self->pad));

  return numbers != NULL ? strata_own_sample_from_numbers (self->set, numbers, error) : NULL;
}

static void
own_pad_init (StrataOwnPadInterface *iface)
{
  iface->get_hint = get_hint;
  iface->show = show;
  iface->read = read_numbers;
}

static void
strata_series_input_dispose (GObject *object)
{
  StrataSeriesInput *self = STRATA_SERIES_INPUT (object);
  GtkWidget *child;

  g_clear_pointer (&self->set, strata_data_set_unref);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (strata_series_input_parent_class)->dispose (object);
}

static void
strata_series_input_finalize (GObject *object)
{
  g_free (STRATA_SERIES_INPUT (object)->signature);
  g_free (STRATA_SERIES_INPUT (object)->ranges);

  G_OBJECT_CLASS (strata_series_input_parent_class)->finalize (object);
}

static void
strata_series_input_class_init (StrataSeriesInputClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = strata_series_input_dispose;
  G_OBJECT_CLASS (klass)->finalize = strata_series_input_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
strata_series_input_init (StrataSeriesInput *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12), *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->another = strata_another_button_new (_("Another _stretch"));
  self->pad = strata_series_pad_new ();
  self->columns = gtk_drop_down_new (NULL, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->columns), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Which numbers are bent"), -1);
  gtk_widget_set_tooltip_text (self->columns, _("Which numbers are bent"));
  g_signal_connect_object (self->pad, "changed", G_CALLBACK (strata_own_pad_emit_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->columns, "notify::selected", G_CALLBACK (column_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->another, "read", G_CALLBACK (read_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->pad, "moved", G_CALLBACK (moved_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (row), self->columns);
  gtk_box_append (GTK_BOX (row), self->another);
  strata_paragraph_append (box, _("Bend a line with the pointer, or with the arrow keys"), "dim-label",
                           PANGO_WRAP_WORD);
  gtk_box_append (GTK_BOX (box), self->pad);
  self->place = strata_paragraph_append (box, NULL, "numeric", PANGO_WRAP_WORD);
  gtk_box_append (GTK_BOX (box), row);
  gtk_widget_set_parent (box, GTK_WIDGET (self));
}

/**
 * strata_series_input_new:
 *
 * Returns: (transfer floating): an input for series, of no network yet
 */
GtkWidget *
strata_series_input_new (void)
{
  return g_object_new (STRATA_TYPE_SERIES_INPUT, NULL);
}
