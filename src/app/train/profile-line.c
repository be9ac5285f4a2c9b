/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "train/profile-line.h"

#include <glib/gi18n.h>

#include "train/profile-phases.h"

#define THICKNESS 0.6

/**
 * StrataProfileLine:
 *
 * How much time one thing takes: its name, a bar, milliseconds and a share. Choosing one that is a layer shows it.
 */
struct _StrataProfileLine
{
  GtkListBoxRow parent_instance;

  char *node;
  GtkLabel *name, *time, *share;
  StrataShareBar *bar;
};

G_DEFINE_FINAL_TYPE (StrataProfileLine, strata_profile_line, GTK_TYPE_LIST_BOX_ROW)

static void
strata_profile_line_finalize (GObject *object)
{
  g_free (STRATA_PROFILE_LINE (object)->node);

  G_OBJECT_CLASS (strata_profile_line_parent_class)->finalize (object);
}

static void
strata_profile_line_class_init (StrataProfileLineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_profile_line_finalize;
}

static GtkLabel *
add_label (GtkWidget    *box,
           GtkSizeGroup *group,
           float         align,
           const char   *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), align);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_size_group_add_widget (group, label);
  gtk_box_append (GTK_BOX (box), label);
  return GTK_LABEL (label);
}

static void
strata_profile_line_init (StrataProfileLine *self)
{
}

/**
 * strata_profile_line_new:
 * @names: what makes names as wide as those of other rows
 * @times: the same for times
 * @shares: the same for shares
 *
 * Returns: a row that says nothing yet
 */
GtkWidget *
strata_profile_line_new (GtkSizeGroup *names,
                         GtkSizeGroup *times,
                         GtkSizeGroup *shares)
{
  StrataProfileLine *self = g_object_new (STRATA_TYPE_PROFILE_LINE, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->name = add_label (box, names, 0, NULL);
  gtk_label_set_ellipsize (self->name, PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_max_width_chars (self->name, 24);
  self->bar = STRATA_SHARE_BAR (strata_share_bar_new (THICKNESS));
  gtk_widget_set_hexpand (GTK_WIDGET (self->bar), TRUE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->bar));
  self->time = add_label (box, times, 1, "numeric");
  self->share = add_label (box, shares, 1, "numeric");
  gtk_widget_add_css_class (GTK_WIDGET (self->share), "dim-label");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  return GTK_WIDGET (self);
}

/* What the colours say, in words. */
static char *
describe (const StrataProfileRow *row,
          double                  whole)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < STRATA_PROFILE_N_PHASES; i++)
    {
      guint phase = strata_profile_phase_at (i);
      g_autofree char *time = strata_profile_format (row->seconds[phase], whole);

      if (row->seconds[phase] > 0)
        g_string_append_printf (text, "%s%s: %s", text->len > 0 ? "\n" : "", strata_profile_phase_title (phase), time);
    }
  if (row->node != NULL)
    g_string_append_printf (text, "\n%s", _("Choose it to see it in Design"));
  return g_string_free (text, FALSE);
}

/**
 * strata_profile_line_set:
 * @longest: the time that the longest bar stands for
 * @whole: all time
 */
void
strata_profile_line_set (StrataProfileLine      *self,
                         const StrataProfileRow *row,
                         double                  longest,
                         double                  whole)
{
  g_autofree char *time = strata_profile_format (row->total, whole);
  g_autofree char *share = strata_profile_percent (row->total, whole);
  g_autofree char *phases = describe (row, whole), *label = g_strdup_printf ("%s: %s, %s", row->name, time, share);

  g_free (self->node);
  self->node = g_strdup (row->node);
  gtk_label_set_text (self->name, row->name);
  gtk_label_set_text (self->time, time);
  gtk_label_set_text (self->share, share);
  strata_profile_draw_shares (self->bar, row->seconds, longest);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), phases);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), row->node != NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, phases, -1);
}

/**
 * strata_profile_line_get_node:
 *
 * Returns: (nullable): the name of the layer that it is of
 */
const char *
strata_profile_line_get_node (StrataProfileLine *self)
{
  return self->node;
}
