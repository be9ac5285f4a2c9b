/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "data-view/balance.h"

#include <glib/gi18n.h>

#include "charts/bars.h"
#include "data-view/answers.h"
#include "widgets/paragraph.h"

/**
 * StrataBalance:
 *
 * Which answers there are, and how many of each: for each output of the network.
 */
struct _StrataBalance
{
  GtkWidget parent_instance;

  GPtrArray *bars;              /* StrataBars of the outputs */
};

G_DEFINE_FINAL_TYPE (StrataBalance, strata_balance, GTK_TYPE_WIDGET)

static void
clear (StrataBalance *self)
{
  GtkWidget *child;

  g_ptr_array_set_size (self->bars, 0);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
}

static void
strata_balance_dispose (GObject *object)
{
  clear (STRATA_BALANCE (object));

  G_OBJECT_CLASS (strata_balance_parent_class)->dispose (object);
}

static void
strata_balance_finalize (GObject *object)
{
  g_ptr_array_unref (STRATA_BALANCE (object)->bars);

  G_OBJECT_CLASS (strata_balance_parent_class)->finalize (object);
}

static void
strata_balance_class_init (StrataBalanceClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = strata_balance_dispose;
  G_OBJECT_CLASS (klass)->finalize = strata_balance_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
}

static void
strata_balance_init (StrataBalance *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  self->bars = g_ptr_array_new ();
  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 18);
}

GtkWidget *
strata_balance_new (void)
{
  return g_object_new (STRATA_TYPE_BALANCE, NULL);
}

static char *
make_title (StrataDataSet *output,
            const char    *name)
{
  const char *title = output->n_classes > 0 ? _("Samples of each class") : _("Answers");

  /* Translators: an output of a network, and what its bars are about */
  return name != NULL ? g_strdup_printf (_("%s: %s"), name, title) : g_strdup (title);
}

static void
add (StrataBalance *self,
     StrataDataSet *output,
     const char    *name)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12), *bars;
  g_autofree char *title = make_title (output, name);
  g_autoptr (GError) error = NULL;
  GtkWidget *heading = strata_paragraph_append (box, title, "heading", PANGO_WRAP_WORD);

  bars = strata_bars_new (title);
  g_ptr_array_add (self->bars, bars);
  gtk_box_append (GTK_BOX (box), bars);
  gtk_widget_set_hexpand (box, TRUE);
  gtk_widget_set_parent (box, GTK_WIDGET (self));
  if (!strata_answers_show (STRATA_BARS (bars), output, &error))
    gtk_label_set_label (GTK_LABEL (heading), error != NULL ? error->message : _("No answers to learn"));
}

/**
 * strata_balance_show: (skip)
 * @names: (element-type utf8): what the outputs of the network are called
 */
void
strata_balance_show (StrataBalance   *self,
                     StrataDataSet   *set,
                     const GPtrArray *names)
{
  guint n = set->y != NULL ? strata_source_get_n_arrays (set->y) : 1;

  clear (self);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (StrataDataSet) output = strata_data_set_dup_output (set, i);
      g_autofree char *number = g_strdup_printf ("%u", i + 1);

      add (self, output, n == 1 ? NULL : i < names->len ? g_ptr_array_index (names, i) : number);
    }
}

/**
 * strata_balance_dup_description: (skip)
 *
 * Returns: (transfer full): what the bars say
 */
char *
strata_balance_dup_description (StrataBalance *self)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->bars->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "",
                            strata_bars_get_description (g_ptr_array_index (self->bars, i)));
  return g_string_free (text, FALSE);
}
