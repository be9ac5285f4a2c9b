/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "charts/chart-view.h"

#include <glib/gi18n.h>

#include "charts/chart-plot.h"
#include "charts/export-dialog.h"
#include "charts/export.h"
#include "charts/table-view.h"

/**
 * StrataChartView:
 *
 * A chart with its title, as a picture or as a table, and a menu of what can be done with it.
 */
struct _StrataChartView
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkLabel *title, *unit;
  GtkStack *stack;
  StrataChartPlot *plot;
  GtkMenuButton *menu_button;
  GtkWidget *smoothing_box;
  GtkAdjustment *smoothing_adjustment;
  StrataChart *chart;
};

G_DEFINE_FINAL_TYPE (StrataChartView, strata_chart_view, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_CHART,
  PROP_AS_TABLE,
  PROP_LOGARITHMIC,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
export_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  strata_chart_export_dialog_show (STRATA_CHART_VIEW (widget)->chart, widget);
}

static void
copy_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  StrataChartView *self = STRATA_CHART_VIEW (widget);
  g_autoptr (GBytes) text = strata_chart_export (self->chart, STRATA_CHART_CSV, 1, 1, NULL);
  g_autofree char *copy = g_strndup (g_bytes_get_data (text, NULL), g_bytes_get_size (text));

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), copy);
}

static void
logarithmic_changed_cb (StrataChartView *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOGARITHMIC]);
}

static void
set_chart (StrataChartView *self,
           StrataChart     *chart)
{
  const StrataChartKind *kind = strata_chart_get_kind (chart);
  g_autofree char *title = strata_chart_dup_title (chart);

  self->chart = g_object_ref (chart);
  gtk_label_set_text (self->title, title);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->title), _(kind->description));
  gtk_label_set_text (self->unit, kind->unit != NULL ? _(kind->unit) : "");
  strata_chart_plot_set_chart (self->plot, chart);
  gtk_stack_add_named (self->stack, strata_table_view_new (chart), "table");
  g_object_bind_property (chart, "smoothing", self->smoothing_adjustment, "value",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  g_signal_connect_object (chart, "notify::logarithmic", G_CALLBACK (logarithmic_changed_cb), self, G_CONNECT_SWAPPED);
}

static void
strata_chart_view_dispose (GObject *object)
{
  StrataChartView *self = STRATA_CHART_VIEW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), STRATA_TYPE_CHART_VIEW);
  g_clear_object (&self->chart);
  G_OBJECT_CLASS (strata_chart_view_parent_class)->dispose (object);
}

static void
strata_chart_view_get_property (GObject    *object,
                                guint       id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  StrataChartView *self = STRATA_CHART_VIEW (object);

  switch (id)
    {
    case PROP_CHART:
      g_value_set_object (value, self->chart);
      break;
    case PROP_AS_TABLE:
      g_value_set_boolean (value, strata_chart_view_get_as_table (self));
      break;
    case PROP_LOGARITHMIC:
      g_value_set_boolean (value, self->chart != NULL && strata_chart_get_scale (self->chart) == STRATA_SCALE_LOG);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_chart_view_set_property (GObject      *object,
                                guint         id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  StrataChartView *self = STRATA_CHART_VIEW (object);

  switch (id)
    {
    case PROP_CHART:
      set_chart (self, g_value_get_object (value));
      break;
    case PROP_AS_TABLE:
      strata_chart_view_set_as_table (self, g_value_get_boolean (value));
      break;
    case PROP_LOGARITHMIC:
      strata_chart_set_scale (self->chart, g_value_get_boolean (value) ? STRATA_SCALE_LOG : STRATA_SCALE_LINEAR);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (STRATA_TYPE_CHART_PLOT);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/strata/Strata/charts/chart-view.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataChartView, box);
  gtk_widget_class_bind_template_child (widget_class, StrataChartView, title);
  gtk_widget_class_bind_template_child (widget_class, StrataChartView, unit);
  gtk_widget_class_bind_template_child (widget_class, StrataChartView, stack);
  gtk_widget_class_bind_template_child (widget_class, StrataChartView, plot);
  gtk_widget_class_bind_template_child (widget_class, StrataChartView, menu_button);
  gtk_widget_class_bind_template_child (widget_class, StrataChartView, smoothing_box);
  gtk_widget_class_bind_template_child (widget_class, StrataChartView, smoothing_adjustment);
}

static void
strata_chart_view_class_init (StrataChartViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = strata_chart_view_dispose;
  object_class->get_property = strata_chart_view_get_property;
  object_class->set_property = strata_chart_view_set_property;
  properties[PROP_CHART] = g_param_spec_object ("chart", NULL, NULL, STRATA_TYPE_CHART, flags | G_PARAM_CONSTRUCT_ONLY);
  properties[PROP_AS_TABLE] = g_param_spec_boolean ("as-table", NULL, NULL, FALSE, flags);
  properties[PROP_LOGARITHMIC] = g_param_spec_boolean ("logarithmic", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "chartview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_install_property_action (widget_class, "chart.as-table", "as-table");
  gtk_widget_class_install_property_action (widget_class, "chart.logarithmic", "logarithmic");
  gtk_widget_class_install_action (widget_class, "chart.export", NULL, export_action);
  gtk_widget_class_install_action (widget_class, "chart.copy", NULL, copy_action);
  bind_template (widget_class);
}

static void
strata_chart_view_init (StrataChartView *self)
{
  GtkPopover *popover;

  gtk_widget_init_template (GTK_WIDGET (self));
  popover = gtk_menu_button_get_popover (self->menu_button);
  gtk_popover_menu_add_child (GTK_POPOVER_MENU (popover), self->smoothing_box, "smoothing");
}

/**
 * strata_chart_view_new:
 * @chart: what is shown
 *
 * Returns: a view of @chart
 */
GtkWidget *
strata_chart_view_new (StrataChart *chart)
{
  g_return_val_if_fail (STRATA_IS_CHART (chart), NULL);

  return g_object_new (STRATA_TYPE_CHART_VIEW, "chart", chart, NULL);
}

/**
 * strata_chart_view_get_chart:
 * @self: a view
 *
 * Returns: (transfer none): what is shown
 */
StrataChart *
strata_chart_view_get_chart (StrataChartView *self)
{
  g_return_val_if_fail (STRATA_IS_CHART_VIEW (self), NULL);

  return self->chart;
}

/**
 * strata_chart_view_get_as_table:
 * @self: a view
 *
 * Returns: whether numbers are shown rather than lines
 */
gboolean
strata_chart_view_get_as_table (StrataChartView *self)
{
  g_return_val_if_fail (STRATA_IS_CHART_VIEW (self), FALSE);

  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "table") == 0;
}

/**
 * strata_chart_view_set_as_table:
 * @self: a view
 * @as_table: whether numbers are shown rather than lines
 */
void
strata_chart_view_set_as_table (StrataChartView *self,
                                gboolean         as_table)
{
  g_return_if_fail (STRATA_IS_CHART_VIEW (self));

  if (strata_chart_view_get_as_table (self) == !!as_table)
    return;
  gtk_stack_set_visible_child_name (self->stack, as_table ? "table" : "plot");
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_AS_TABLE]);
}

/**
 * strata_chart_view_link_cursor:
 * @self: a view
 * @other: another
 *
 * Has both show the values of the same epoch, wherever the pointer is.
 */
void
strata_chart_view_link_cursor (StrataChartView *self,
                               StrataChartView *other)
{
  g_return_if_fail (STRATA_IS_CHART_VIEW (self));
  g_return_if_fail (STRATA_IS_CHART_VIEW (other));

  g_object_bind_property (self->plot, "cursor", other->plot, "cursor", G_BINDING_BIDIRECTIONAL);
}
