/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "evaluate/series-input.h"

#include <glib/gi18n.h>

#include "evaluate/series-pad.h"
#include "runner/preview.h"
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
  gboolean of_test;
  gint64 index;                 /* of the sample that is begun with */
  char *signature;              /* of the columns and steps that are shown */
  GCancellable *reading;
  GtkWidget *pad, *place, *columns;
};

G_DEFINE_FINAL_TYPE (StrataSeriesInput, strata_series_input, GTK_TYPE_WIDGET)

static guint changed_signal;

static void
emit_changed (StrataSeriesInput *self)
{
  g_signal_emit (self, changed_signal, 0);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (StrataSeriesInput) self = user_data;
  g_autoptr (StrataPreview) preview = strata_preview_read_finish (result, NULL);

  if (preview == NULL || preview->set != self->set)
    return;
  strata_series_pad_show (STRATA_SERIES_PAD (self->pad), self->set, strata_preview_get_sample (preview, 0));
  emit_changed (self);
}

static void
read_sample (StrataSeriesInput *self)
{
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();
  strata_preview_read_async (self->set, self->of_test, &self->index, 1, self->reading, read_cb, g_object_ref (self));
}

static void
another_cb (StrataSeriesInput *self)
{
  gint64 n = self->set != NULL ? strata_source_get_size (self->of_test ? self->set->test_x : self->set->x) : 0;

  if (n == 0)
    return;
  self->index = g_random_int_range (0, (gint32) MIN (n, G_MAXINT32));
  read_sample (self);
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

static void
list_columns (StrataSeriesInput *self,
              guint              n)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (guint i = 0; i < n; i++)
    gtk_string_list_take (names, get_name (self->set, i));
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->columns), G_LIST_MODEL (names));
  gtk_widget_set_visible (self->columns, n > 1);
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

/**
 * strata_series_input_show: (skip)
 * @evaluation: whose samples are series; it need not stay
 *
 * Begins with a sample of its data; what was bent before stays where the columns are the same.
 */
void
strata_series_input_show (StrataSeriesInput *self,
                          StrataEvaluation  *evaluation)
{
  StrataDataSet *set = strata_data_set_ref (evaluation->set);
  g_autofree char *signature = NULL;
  StrataShape shape;
  StrataDType dtype;

  g_clear_pointer (&self->set, strata_data_set_unref);
  self->set = set;
  self->of_test = set->test_x != NULL;
  strata_source_get_spec (set->x, 0, &dtype, &shape);
  signature = make_signature (set, &shape);
  if (g_strcmp0 (signature, self->signature) == 0)
    return;
  g_free (self->signature);
  self->signature = g_steal_pointer (&signature);
  list_columns (self, (guint) shape.dims[1]);
  self->index = 0;
  read_sample (self);
}

/**
 * strata_series_input_read:
 *
 * Returns: (nullable): the series as it is now, step by step, or %NULL before there is one
 */
const float *
strata_series_input_read (StrataSeriesInput *self)
{
  return strata_series_pad_get_numbers (STRATA_SERIES_PAD (self->pad));
}

static void
strata_series_input_dispose (GObject *object)
{
  StrataSeriesInput *self = STRATA_SERIES_INPUT (object);
  GtkWidget *child;

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_pointer (&self->set, strata_data_set_unref);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (strata_series_input_parent_class)->dispose (object);
}

static void
strata_series_input_finalize (GObject *object)
{
  g_free (STRATA_SERIES_INPUT (object)->signature);

  G_OBJECT_CLASS (strata_series_input_parent_class)->finalize (object);
}

static void
strata_series_input_class_init (StrataSeriesInputClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = strata_series_input_dispose;
  G_OBJECT_CLASS (klass)->finalize = strata_series_input_finalize;
  changed_signal = g_signal_new ("changed", STRATA_TYPE_SERIES_INPUT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
strata_series_input_init (StrataSeriesInput *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12), *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *another = gtk_button_new_with_mnemonic (_("Another _stretch"));

  self->pad = strata_series_pad_new ();
  self->columns = gtk_drop_down_new (NULL, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->columns), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Which numbers are bent"), -1);
  gtk_widget_set_tooltip_text (self->columns, _("Which numbers are bent"));
  g_signal_connect_object (self->pad, "changed", G_CALLBACK (emit_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->columns, "notify::selected", G_CALLBACK (column_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (another, "clicked", G_CALLBACK (another_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->pad, "moved", G_CALLBACK (moved_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (row), self->columns);
  gtk_box_append (GTK_BOX (row), another);
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
