/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "window/recent-popover.h"

#include "window/recent.h"

#define MAX_RECENT 12

/**
 * StrataRecentPopover:
 *
 * The networks that were opened lately, below the Open button.
 */
struct _StrataRecentPopover
{
  GtkPopover parent_instance;

  GtkStack *stack;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (StrataRecentPopover, strata_recent_popover, GTK_TYPE_POPOVER)

static void
strata_recent_popover_map (GtkWidget *widget)
{
  StrataRecentPopover *self = STRATA_RECENT_POPOVER (widget);
  g_autoptr (GPtrArray) infos = strata_recent_dup_infos (MAX_RECENT);

  strata_recent_fill (self->list, infos);
  gtk_stack_set_visible_child_name (self->stack, infos->len > 0 ? "list" : "empty");

  GTK_WIDGET_CLASS (strata_recent_popover_parent_class)->map (widget);
}

static void
on_row_activated (StrataRecentPopover *self)
{
  gtk_popover_popdown (GTK_POPOVER (self));
}

static void
strata_recent_popover_class_init (StrataRecentPopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->map = strata_recent_popover_map;
  gtk_widget_class_set_template_from_resource (widget_class, "/app/strata/Strata/recent-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataRecentPopover, stack);
  gtk_widget_class_bind_template_child (widget_class, StrataRecentPopover, list);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
}

static void
strata_recent_popover_init (StrataRecentPopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
