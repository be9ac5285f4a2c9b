/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "data-view/sample-grid.h"


#include "data-view/sample-view.h"

/* More columns of a table than this are no overview. */
#define MOST_COLUMNS 24
/* Rows of the table above the samples: inputs, where there are several, and columns. */
#define HEADINGS 2

/**
 * StrataSampleGrid:
 *
 * Samples beside each other, or rows below each other, each with what is written to it.
 */
struct _StrataSampleGrid
{
  GtkWidget parent_instance;

  char *title;
  GPtrArray *inputs;            /* what they are called, where there are several */
  GtkWidget *content;
  guint n;
};

G_DEFINE_FINAL_TYPE (StrataSampleGrid, strata_sample_grid, GTK_TYPE_WIDGET)

static void
strata_sample_grid_dispose (GObject *object)
{
  g_clear_pointer (&STRATA_SAMPLE_GRID (object)->content, gtk_widget_unparent);

  G_OBJECT_CLASS (strata_sample_grid_parent_class)->dispose (object);
}

static void
strata_sample_grid_finalize (GObject *object)
{
  g_free (STRATA_SAMPLE_GRID (object)->title);
  g_clear_pointer (&STRATA_SAMPLE_GRID (object)->inputs, g_ptr_array_unref);

  G_OBJECT_CLASS (strata_sample_grid_parent_class)->finalize (object);
}

static void
strata_sample_grid_class_init (StrataSampleGridClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = strata_sample_grid_dispose;
  G_OBJECT_CLASS (klass)->finalize = strata_sample_grid_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
strata_sample_grid_init (StrataSampleGrid *self)
{
}

/**
 * strata_sample_grid_new:
 * @title: what a screen reader calls it
 */
GtkWidget *
strata_sample_grid_new (const char *title)
{
  StrataSampleGrid *self = g_object_new (STRATA_TYPE_SAMPLE_GRID, NULL);

  self->title = g_strdup (title);
  return GTK_WIDGET (self);
}

static GtkWidget *
make_cards (StrataSampleGrid  *self,
            StrataPreview     *preview,
            const char *const *captions)
{
  GtkWidget *box = gtk_flow_box_new ();

  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (box), GTK_SELECTION_NONE);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (box), 12);
  gtk_flow_box_set_row_spacing (GTK_FLOW_BOX (box), 12);
  gtk_flow_box_set_homogeneous (GTK_FLOW_BOX (box), TRUE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (box), 12);
  for (gsize i = 0; i < preview->n; i++)
    {
      GtkWidget *child = gtk_flow_box_child_new ();

      gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child),
                                    strata_sample_view_new (preview, i, captions[i], self->inputs));
      gtk_accessible_update_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL, captions[i], -1);
      gtk_flow_box_append (GTK_FLOW_BOX (box), child);
    }
  return box;
}

static void
add_cell (GtkWidget  *grid,
          int         column,
          int         row,
          const char *text,
          const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), column == 0 ? 0 : 1);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_can_focus (label, FALSE);
  gtk_widget_add_css_class (label, css_class);
  gtk_grid_attach (GTK_GRID (grid), label, column, row, 1, 1);
}

/* Adds what one input has; returns how many columns those are. */
static guint
add_columns (GtkWidget     *grid,
             StrataPreview *preview,
             guint          place,
             guint          most)
{
  const GPtrArray *names = preview->set->feature_names;
  guint columns = (guint) MIN (preview->size, most);

  for (guint i = 0; i < columns; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", i + 1);

      add_cell (grid, (int) (place + i), HEADINGS - 1,
                names != NULL && i < names->len ? g_ptr_array_index (names, i) : number, "dim-label");
    }
  for (gsize row = 0; row < preview->n; row++)
    {
      const float *numbers = strata_preview_get_sample (preview, row);

      for (guint i = 0; i < columns; i++)
        {
          /* The mark keeps a sign at its number where people read from right to left. */
          g_autofree char *text = g_strdup_printf ("\u200e%.4g", numbers[i]);

          add_cell (grid, (int) (place + i), (int) row + HEADINGS, text, "numeric");
        }
    }
  return columns;
}

/* Each input's columns below its name. */
static void
add_inputs (StrataSampleGrid *self,
            GtkWidget        *grid,
            GPtrArray        *inputs)
{
  guint place = 1;

  for (guint i = 0; i < inputs->len && place <= MOST_COLUMNS; i++)
    {
      guint columns = add_columns (grid, g_ptr_array_index (inputs, i), place, MOST_COLUMNS - place + 1);

      if (self->inputs != NULL && i < self->inputs->len && columns > 0)
        {
          GtkWidget *label = gtk_label_new (g_ptr_array_index (self->inputs, i));

          gtk_widget_add_css_class (label, "heading");
          gtk_grid_attach (GTK_GRID (grid), label, (int) place, 0, (int) columns, 1);
        }
      place += columns;
    }
}

/* Wider than the window, it can be moved. */
static GtkWidget *
make_table (StrataSampleGrid  *self,
            StrataPreview     *preview,
            const char *const *captions,
            const char        *heading)
{
  GtkWidget *grid = gtk_grid_new (), *scroller = gtk_scrolled_window_new ();

  gtk_grid_set_column_spacing (GTK_GRID (grid), 24);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 8);
  gtk_widget_add_css_class (grid, "sample-table");
  add_cell (grid, 0, HEADINGS - 1, heading, "heading");
  for (gsize row = 0; row < preview->n; row++)
    add_cell (grid, 0, (int) row + HEADINGS, captions[row], "heading");
  if (preview->inputs != NULL)
    add_inputs (self, grid, preview->inputs);
  else
    add_columns (grid, preview, 1, MOST_COLUMNS);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_AUTOMATIC, GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), grid);
  gtk_widget_set_focusable (scroller, TRUE);
  gtk_widget_add_css_class (scroller, "card");
  return scroller;
}

static gboolean
is_table (StrataPreview *preview)
{
  gboolean rows = preview->kind == STRATA_SAMPLE_ROW;

  for (guint i = 0; preview->inputs != NULL && i < preview->inputs->len; i++)
    rows = rows && ((StrataPreview *) g_ptr_array_index (preview->inputs, i))->kind == STRATA_SAMPLE_ROW;
  return rows;
}

/**
 * strata_sample_grid_set_inputs: (skip)
 * @names: (element-type utf8): what the inputs of the network are called; it matters where there are several
 */
void
strata_sample_grid_set_inputs (StrataSampleGrid *self,
                               GPtrArray        *names)
{
  g_ptr_array_ref (names);
  g_clear_pointer (&self->inputs, g_ptr_array_unref);
  self->inputs = names;
}

/**
 * strata_sample_grid_clear:
 *
 * Shows nothing.
 */
void
strata_sample_grid_clear (StrataSampleGrid *self)
{
  g_clear_pointer (&self->content, gtk_widget_unparent);
  self->n = 0;
}

/**
 * strata_sample_grid_show: (skip)
 * @captions: what is written to each sample
 * @heading: what the captions are, where there is a table
 */
void
strata_sample_grid_show (StrataSampleGrid  *self,
                         StrataPreview     *preview,
                         const char *const *captions,
                         const char        *heading)
{
  strata_sample_grid_clear (self);
  self->n = (guint) preview->n;
  self->content = is_table (preview) ? make_table (self, preview, captions, heading)
                                     : make_cards (self, preview, captions);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->content), GTK_ACCESSIBLE_PROPERTY_LABEL, self->title, -1);
  gtk_widget_set_parent (self->content, GTK_WIDGET (self));
}

guint
strata_sample_grid_get_n (StrataSampleGrid *self)
{
  return self->n;
}
