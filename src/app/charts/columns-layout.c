/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "charts/columns-layout.h"

/**
 * StrataColumnsLayout:
 *
 * Places children side by side where they fit, and below each other where they
 * do not; all as wide and as high as each other.
 */
struct _StrataColumnsLayout
{
  GtkLayoutManager parent_instance;

  int column_width;
  int spacing;
};

G_DEFINE_FINAL_TYPE (StrataColumnsLayout, strata_columns_layout, GTK_TYPE_LAYOUT_MANAGER)

static int
count_children (GtkWidget *widget)
{
  int n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_should_layout (child))
      n++;
  return n;
}

/* The greatest demand of any child. */
static void
measure_children (GtkWidget      *widget,
                  GtkOrientation  orientation,
                  int             for_size,
                  int            *minimum,
                  int            *natural)
{
  *minimum = *natural = 0;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int child_minimum, child_natural;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, orientation, for_size, &child_minimum, &child_natural, NULL, NULL);
      *minimum = MAX (*minimum, child_minimum);
      *natural = MAX (*natural, child_natural);
    }
}

static int
get_n_columns (StrataColumnsLayout *self,
               GtkWidget           *widget,
               int                  n,
               int                  width)
{
  int minimum, natural, column;

  measure_children (widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural);
  column = MAX (MAX (minimum, self->column_width), 1);
  return CLAMP ((width + self->spacing) / (column + self->spacing), 1, MAX (n, 1));
}

static int
get_column_width (StrataColumnsLayout *self,
                  int                  n_columns,
                  int                  width)
{
  return MAX (0, (width - (n_columns - 1) * self->spacing) / n_columns);
}

static GtkSizeRequestMode
strata_columns_layout_get_request_mode (GtkLayoutManager *manager,
                                        GtkWidget        *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
strata_columns_layout_measure (GtkLayoutManager *manager,
                               GtkWidget        *widget,
                               GtkOrientation    orientation,
                               int               for_size,
                               int              *minimum,
                               int              *natural,
                               int              *minimum_baseline,
                               int              *natural_baseline)
{
  StrataColumnsLayout *self = STRATA_COLUMNS_LAYOUT (manager);
  int n = count_children (widget), columns, rows;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      measure_children (widget, orientation, -1, minimum, natural);
      *natural = MAX (n * MAX (*natural, self->column_width) + MAX (n - 1, 0) * self->spacing, *minimum);
      return;
    }
  columns = for_size < 0 ? MAX (n, 1) : get_n_columns (self, widget, n, for_size);
  rows = (n + columns - 1) / columns;
  measure_children (widget, orientation, for_size < 0 ? -1 : get_column_width (self, columns, for_size),
                    minimum, natural);
  *minimum = rows * *minimum + MAX (rows - 1, 0) * self->spacing;
  *natural = rows * *natural + MAX (rows - 1, 0) * self->spacing;
}

static void
strata_columns_layout_allocate (GtkLayoutManager *manager,
                                GtkWidget        *widget,
                                int               width,
                                int               height,
                                int               baseline)
{
  StrataColumnsLayout *self = STRATA_COLUMNS_LAYOUT (manager);
  int n = count_children (widget), columns = get_n_columns (self, widget, n, width), rows = (n + columns - 1) / columns;
  int index = 0;
  gboolean reversed = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int row = index / columns, column = index % columns, in_row = row == rows - 1 ? n - row * columns : columns;
      int child_width = get_column_width (self, in_row, width);
      int child_height = (height - (rows - 1) * self->spacing) / MAX (rows, 1);
      GtkAllocation place;

      if (!gtk_widget_should_layout (child))
        continue;
      if (reversed)
        column = in_row - 1 - column;
      place = (GtkAllocation) { column * (child_width + self->spacing), row * (child_height + self->spacing),
                                child_width, child_height };
      gtk_widget_size_allocate (child, &place, -1);
      index++;
    }
}

static void
strata_columns_layout_class_init (StrataColumnsLayoutClass *klass)
{
  GtkLayoutManagerClass *manager_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  manager_class->get_request_mode = strata_columns_layout_get_request_mode;
  manager_class->measure = strata_columns_layout_measure;
  manager_class->allocate = strata_columns_layout_allocate;
}

static void
strata_columns_layout_init (StrataColumnsLayout *self)
{
}

/**
 * strata_columns_layout_new:
 * @column_width: least width of a column
 * @spacing: pixels between children
 *
 * Returns: (transfer full): a layout
 */
GtkLayoutManager *
strata_columns_layout_new (int column_width,
                           int spacing)
{
  StrataColumnsLayout *self = g_object_new (STRATA_TYPE_COLUMNS_LAYOUT, NULL);

  self->column_width = column_width;
  self->spacing = spacing;
  return GTK_LAYOUT_MANAGER (self);
}
