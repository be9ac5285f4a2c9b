/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "charts/table-view.h"

#include <glib/gi18n.h>
#include <math.h>

#include "charts/chart-table.h"

/* Rows come at this pace while a run goes on. */
#define REFRESH_MS 500

/* A row's number; its values are in the table. */
#define STRATA_TYPE_TABLE_ROW (strata_table_row_get_type ())
G_DECLARE_FINAL_TYPE (StrataTableRow, strata_table_row, STRATA, TABLE_ROW, GObject)

struct _StrataTableRow
{
  GObject parent_instance;

  double x;
  guint n;
  double *values;
};

G_DEFINE_FINAL_TYPE (StrataTableRow, strata_table_row, G_TYPE_OBJECT)

static void
strata_table_row_finalize (GObject *object)
{
  g_free (STRATA_TABLE_ROW (object)->values);
  G_OBJECT_CLASS (strata_table_row_parent_class)->finalize (object);
}

static void
strata_table_row_class_init (StrataTableRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_table_row_finalize;
}

static void
strata_table_row_init (StrataTableRow *self)
{
}

/**
 * StrataTableView:
 *
 * The numbers of a chart as a table, which follows it while it is seen.
 */
struct _StrataTableView
{
  GtkWidget parent_instance;

  GtkWidget *scroller;
  GtkColumnView *columns;
  GListStore *rows;
  StrataChart *chart;
  GStrv names;
  guint refresh_source;
  gboolean stale;
};

G_DEFINE_FINAL_TYPE (StrataTableView, strata_table_view, GTK_TYPE_WIDGET)

/* Columns are counted from 0 for the epoch. */
typedef struct
{
  StrataTableView *view;
  guint column;
} Cell;

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          gpointer                  data)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (item, label);
  gtk_list_item_set_activatable (item, FALSE);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item,
         gpointer                  data)
{
  Cell *cell = data;
  StrataTableRow *row = gtk_list_item_get_item (item);
  g_autofree char *text = NULL;

  if (cell->column == 0)
    text = g_strdup_printf ("%.4g", row->x);
  else if (cell->column <= row->n && !isnan (row->values[cell->column - 1]))
    text = strata_chart_kind_format (strata_chart_get_kind (cell->view->chart), row->values[cell->column - 1]);
  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)), text != NULL ? text : "");
}

static void
append_column (StrataTableView *self,
               const char      *title,
               guint            column)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) result = NULL;
  Cell *cell = g_new (Cell, 1);

  *cell = (Cell) { self, column };
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect_data (factory, "bind", G_CALLBACK (bind_cb), cell, (GClosureNotify) (void (*) (void)) g_free, 0);
  result = gtk_column_view_column_new (title, factory);
  gtk_column_view_column_set_expand (result, column > 0);
  gtk_column_view_column_set_resizable (result, TRUE);
  gtk_column_view_append_column (self->columns, result);
}

static void
rebuild_columns (StrataTableView        *self,
                 const StrataChartTable *table)
{
  GListModel *columns = gtk_column_view_get_columns (self->columns);

  if (self->names != NULL && g_strv_equal ((const char *const *) self->names, (const char *const *) table->names))
    return;
  g_strfreev (self->names);
  self->names = g_strdupv (table->names);
  while (g_list_model_get_n_items (columns) > 0)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, 0);

      gtk_column_view_remove_column (self->columns, column);
    }
  append_column (self, _("Epoch"), 0);
  for (guint i = 0; i < table->n_columns; i++)
    append_column (self, table->names[i], i + 1);
  g_list_store_remove_all (self->rows);
}

static StrataTableRow *
make_row (const StrataChartTable *table,
          guint                   index)
{
  StrataTableRow *row = g_object_new (STRATA_TYPE_TABLE_ROW, NULL);

  row->x = table->x[index];
  row->n = table->n_columns;
  row->values = g_memdup2 (&table->values[(gsize) index * table->n_columns], table->n_columns * sizeof (double));
  return row;
}

static gboolean
row_is (StrataTableRow         *row,
        const StrataChartTable *table,
        guint                   index)
{
  return row->n == table->n_columns && row->x == table->x[index] &&
         memcmp (row->values, &table->values[(gsize) index * table->n_columns], row->n * sizeof (double)) == 0;
}

/* Replaces the rows from the first that differs, so that the view keeps its place. */
static void
refresh (StrataTableView *self)
{
  g_autoptr (StrataChartTable) table = strata_chart_table_new (self->chart);
  g_autoptr (GPtrArray) added = g_ptr_array_new_with_free_func (g_object_unref);
  guint n, same = 0;

  self->stale = FALSE;
  rebuild_columns (self, table);
  n = g_list_model_get_n_items (G_LIST_MODEL (self->rows));
  for (; same < n && same < table->n_rows; same++)
    {
      g_autoptr (StrataTableRow) row = g_list_model_get_item (G_LIST_MODEL (self->rows), same);

      if (!row_is (row, table, same))
        break;
    }
  for (guint i = same; i < table->n_rows; i++)
    g_ptr_array_add (added, make_row (table, i));
  if (n > same || added->len > 0)
    g_list_store_splice (self->rows, same, n - same, added->pdata, added->len);
}

static gboolean
refresh_cb (gpointer data)
{
  StrataTableView *self = data;

  self->refresh_source = 0;
  if (self->stale && gtk_widget_get_mapped (GTK_WIDGET (self)))
    refresh (self);
  return G_SOURCE_REMOVE;
}

static void
chart_changed_cb (StrataTableView *self)
{
  self->stale = TRUE;
  if (self->refresh_source == 0)
    self->refresh_source = g_timeout_add (REFRESH_MS, refresh_cb, self);
}

static void
strata_table_view_map (GtkWidget *widget)
{
  StrataTableView *self = STRATA_TABLE_VIEW (widget);

  if (self->stale)
    refresh (self);
  GTK_WIDGET_CLASS (strata_table_view_parent_class)->map (widget);
}

static void
strata_table_view_dispose (GObject *object)
{
  StrataTableView *self = STRATA_TABLE_VIEW (object);

  g_clear_handle_id (&self->refresh_source, g_source_remove);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  if (self->chart != NULL)
    g_signal_handlers_disconnect_by_data (self->chart, self);
  g_clear_object (&self->chart);
  g_clear_object (&self->rows);
  g_clear_pointer (&self->names, g_strfreev);
  G_OBJECT_CLASS (strata_table_view_parent_class)->dispose (object);
}

static void
strata_table_view_class_init (StrataTableViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = strata_table_view_dispose;
  widget_class->map = strata_table_view_map;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
strata_table_view_init (StrataTableView *self)
{
  GtkSelectionModel *selection;

  self->stale = TRUE;
  self->rows = g_list_store_new (STRATA_TYPE_TABLE_ROW);
  selection = GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (g_object_ref (self->rows))));
  self->columns = GTK_COLUMN_VIEW (gtk_column_view_new (selection));
  gtk_column_view_set_show_row_separators (self->columns, TRUE);
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), GTK_WIDGET (self->columns));
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}

/**
 * strata_table_view_new:
 * @chart: a chart
 *
 * Returns: a table of its numbers
 */
GtkWidget *
strata_table_view_new (StrataChart *chart)
{
  StrataTableView *self;

  g_return_val_if_fail (STRATA_IS_CHART (chart), NULL);

  self = g_object_new (STRATA_TYPE_TABLE_VIEW, NULL);
  self->chart = g_object_ref (chart);
  g_signal_connect_swapped (chart, "changed", G_CALLBACK (chart_changed_cb), self);
  return GTK_WIDGET (self);
}
