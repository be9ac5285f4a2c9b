/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "widgets/wrap-layout.h"

/**
 * StrataWrapLayout:
 *
 * Places children like words: each as wide as it wants, in as many rows as it takes. Separators are seen only between
 * two children of a row.
 */
struct _StrataWrapLayout
{
  GtkLayoutManager parent_instance;

  int column_spacing, row_spacing;
};

G_DEFINE_FINAL_TYPE (StrataWrapLayout, strata_wrap_layout, GTK_TYPE_LAYOUT_MANAGER)

static GtkSizeRequestMode
strata_wrap_layout_get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* The first of the next row; width and height are those of this one. */
static GtkWidget *
take_row (StrataWrapLayout *self,
          GtkWidget        *first,
          int               available,
          int              *width,
          int              *height)
{
  GtkWidget *child = first;
  int before = 0;

  *width = *height = 0;
  for (; child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      int child_width, child_height, wanted;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &child_width, NULL, NULL);
      if (GTK_IS_SEPARATOR (child))
        {
          before = child_width + self->column_spacing;
          continue;
        }
      wanted = *width + (*width > 0 ? before + self->column_spacing : 0) + child_width;
      if (*width > 0 && wanted > available)
        break;
      before = 0;
      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, MIN (child_width, available), NULL, &child_height, NULL,
                          NULL);
      *width = wanted;
      *height = MAX (*height, child_height);
    }
  return child;
}

static void
measure_width (StrataWrapLayout *self,
               GtkWidget        *widget,
               int              *minimum,
               int              *natural)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int child_minimum, child_natural;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &child_minimum, &child_natural, NULL, NULL);
      *minimum = MAX (*minimum, child_minimum);
      *natural += child_natural + (*natural > 0 ? self->column_spacing : 0);
    }
}

static void
strata_wrap_layout_measure (GtkLayoutManager *manager,
                            GtkWidget        *widget,
                            GtkOrientation    orientation,
                            int               for_size,
                            int              *minimum,
                            int              *natural,
                            int              *minimum_baseline,
                            int              *natural_baseline)
{
  StrataWrapLayout *self = STRATA_WRAP_LAYOUT (manager);
  GtkWidget *next = gtk_widget_get_first_child (widget);

  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      measure_width (self, widget, minimum, natural);
      return;
    }
  while (next != NULL)
    {
      int width, height;

      next = take_row (self, next, for_size < 0 ? G_MAXINT : for_size, &width, &height);
      *minimum += height + (*minimum > 0 ? self->row_spacing : 0);
    }
  *natural = *minimum;
}

static gboolean
is_last (GtkWidget *child,
         GtkWidget *end)
{
  while ((child = gtk_widget_get_next_sibling (child)) != end)
    if (gtk_widget_should_layout (child) && !GTK_IS_SEPARATOR (child))
      return FALSE;
  return TRUE;
}

static void
allocate_row (StrataWrapLayout *self,
              GtkWidget        *first,
              GtkWidget        *end,
              int               width,
              int               y,
              int               height,
              gboolean          reversed)
{
  int x = 0;

  for (GtkWidget *child = first; child != end; child = gtk_widget_get_next_sibling (child))
    {
      GtkAllocation place = { x, y, 0, height };
      int minimum, natural;

      if (!gtk_widget_should_layout (child))
        continue;
      if (GTK_IS_SEPARATOR (child))
        {
          gboolean separates = x > 0 && !is_last (child, end);

          gtk_widget_set_child_visible (child, separates);
          if (!separates)
            continue;
        }
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
      place.width = MAX (minimum, MIN (natural, width));
      if (reversed)
        place.x = width - x - place.width;
      gtk_widget_size_allocate (child, &place, -1);
      x += place.width + self->column_spacing;
    }
}

static void
strata_wrap_layout_allocate (GtkLayoutManager *manager,
                             GtkWidget        *widget,
                             int               width,
                             int               height,
                             int               baseline)
{
  StrataWrapLayout *self = STRATA_WRAP_LAYOUT (manager);
  gboolean reversed = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GtkWidget *next = gtk_widget_get_first_child (widget);
  int y = 0;

  while (next != NULL)
    {
      GtkWidget *first = next;
      int row_width, row_height;

      next = take_row (self, first, width, &row_width, &row_height);
      allocate_row (self, first, next, width, y, row_height, reversed);
      y += row_height + self->row_spacing;
    }
}

static void
strata_wrap_layout_class_init (StrataWrapLayoutClass *klass)
{
  GtkLayoutManagerClass *manager_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  manager_class->get_request_mode = strata_wrap_layout_get_request_mode;
  manager_class->measure = strata_wrap_layout_measure;
  manager_class->allocate = strata_wrap_layout_allocate;
}

static void
strata_wrap_layout_init (StrataWrapLayout *self)
{
}

/**
 * strata_wrap_layout_new:
 * @column_spacing: pixels between children in a row
 * @row_spacing: pixels between rows
 *
 * Returns: (transfer full): a layout
 */
GtkLayoutManager *
strata_wrap_layout_new (int column_spacing,
                        int row_spacing)
{
  StrataWrapLayout *self = g_object_new (STRATA_TYPE_WRAP_LAYOUT, NULL);

  self->column_spacing = column_spacing;
  self->row_spacing = row_spacing;
  return GTK_LAYOUT_MANAGER (self);
}
