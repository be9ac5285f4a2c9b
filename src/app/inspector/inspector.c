/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "inspector/inspector.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "inspector/model-page.h"
#include "inspector/node-page.h"
#include "inspector/object-row.h"
#include "inspector/param-help.h"

/**
 * StrataInspector:
 *
 * Shows and edits what is selected; with nothing selected, the network as a whole.
 */
struct _StrataInspector
{
  GtkWidget parent_instance;

  StrataDocument *document;
  StrataSelection *selection;
  GtkWidget *box, *scroller, *stack, *model_page, *node_page, *mixed_page, *help;
  GtkWidget *root;              /* weak */
};

enum
{
  JUMP,
  NOTICE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataInspector, strata_inspector, GTK_TYPE_WIDGET)

static void
show_page (StrataInspector *self,
           GtkWidget       *page)
{
  if (gtk_stack_get_visible_child (GTK_STACK (self->stack)) == page)
    return;
  gtk_stack_set_visible_child (GTK_STACK (self->stack), page);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller)), 0);
}

static void
show_mixed (StrataInspector *self,
            guint            n)
{
  g_autofree char *title = g_strdup_printf (g_dngettext (NULL, "%u layer selected", "%u layers selected", n), n);

  adw_status_page_set_title (ADW_STATUS_PAGE (self->mixed_page), title);
  show_page (self, self->mixed_page);
}

static void
selection_changed_cb (StrataInspector *self)
{
  g_autoptr (GPtrArray) nodes = strata_selection_dup_nodes (self->selection);

  if (nodes->len == 0)
    {
      strata_model_page_refresh (STRATA_MODEL_PAGE (self->model_page));
      show_page (self, self->model_page);
    }
  else if (strata_node_page_can_show (nodes))
    {
      strata_node_page_show (STRATA_NODE_PAGE (self->node_page), nodes);
      show_page (self, self->node_page);
    }
  else
    show_mixed (self, nodes->len);
}

/* The innermost row around the focus is what is explained. */
static void
focus_moved_cb (StrataInspector *self)
{
  GtkWidget *widget = gtk_root_get_focus (GTK_ROOT (self->root));

  if (widget != NULL && !gtk_widget_is_ancestor (widget, GTK_WIDGET (self)))
    widget = NULL;
  for (; widget != NULL && widget != GTK_WIDGET (self); widget = gtk_widget_get_parent (widget))
    if (STRATA_IS_PARAM_ROW (widget))
      {
        strata_param_help_show (STRATA_PARAM_HELP (self->help),
                                strata_param_row_get_param (STRATA_PARAM_ROW (widget)), NULL);
        return;
      }
    else if (STRATA_IS_OBJECT_ROW (widget))
      {
        strata_param_help_show (STRATA_PARAM_HELP (self->help),
                                strata_object_row_get_param (STRATA_OBJECT_ROW (widget)),
                                strata_object_row_get_object (STRATA_OBJECT_ROW (widget)));
        return;
      }
  strata_param_help_show (STRATA_PARAM_HELP (self->help), NULL, NULL);
}

static void
analysed_cb (StrataInspector *self)
{
  GtkWidget *page = gtk_stack_get_visible_child (GTK_STACK (self->stack));

  if (page == self->node_page)
    strata_node_page_refresh (STRATA_NODE_PAGE (self->node_page));
  else if (page == self->model_page)
    strata_model_page_refresh (STRATA_MODEL_PAGE (self->model_page));
  if (self->root != NULL)
    focus_moved_cb (self);
}

static void
jump_cb (StrataInspector *self,
         StrataDocNode   *node)
{
  g_signal_emit (self, signals[JUMP], 0, node);
}

static void
notice_cb (StrataInspector *self,
           const char      *text)
{
  g_signal_emit (self, signals[NOTICE], 0, text);
}

static void
strata_inspector_root (GtkWidget *widget)
{
  StrataInspector *self = STRATA_INSPECTOR (widget);

  GTK_WIDGET_CLASS (strata_inspector_parent_class)->root (widget);
  self->root = GTK_WIDGET (gtk_widget_get_root (widget));
  g_signal_connect_swapped (self->root, "notify::focus-widget", G_CALLBACK (focus_moved_cb), self);
}

static void
strata_inspector_unroot (GtkWidget *widget)
{
  StrataInspector *self = STRATA_INSPECTOR (widget);

  g_signal_handlers_disconnect_by_func (self->root, focus_moved_cb, self);
  self->root = NULL;
  GTK_WIDGET_CLASS (strata_inspector_parent_class)->unroot (widget);
}

static void
build (StrataInspector *self)
{
  self->stack = gtk_stack_new ();
  gtk_stack_set_vhomogeneous (GTK_STACK (self->stack), FALSE);
  self->model_page = strata_model_page_new (self->document);
  self->node_page = strata_node_page_new (self->document);
  self->mixed_page = adw_status_page_new ();
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (self->mixed_page), "edit-select-all-symbolic");
  adw_status_page_set_description (ADW_STATUS_PAGE (self->mixed_page),
                                   _("They have nothing in common. Select layers of one kind to edit them together, or "
                                     "a single one to see what it does."));
  gtk_widget_add_css_class (self->mixed_page, "compact");
  gtk_stack_add_child (GTK_STACK (self->stack), self->model_page);
  gtk_stack_add_child (GTK_STACK (self->stack), self->node_page);
  gtk_stack_add_child (GTK_STACK (self->stack), self->mixed_page);
  g_signal_connect_swapped (self->model_page, "jump", G_CALLBACK (jump_cb), self);
  g_signal_connect_swapped (self->model_page, "notice", G_CALLBACK (notice_cb), self);
  g_signal_connect_swapped (self->node_page, "notice", G_CALLBACK (notice_cb), self);

  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->stack);
  gtk_widget_set_vexpand (self->scroller, TRUE);
  self->help = strata_param_help_new ();
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (self->box), self->scroller);
  gtk_box_append (GTK_BOX (self->box), self->help);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

static void
strata_inspector_dispose (GObject *object)
{
  StrataInspector *self = STRATA_INSPECTOR (object);

  if (self->document != NULL)
    g_signal_handlers_disconnect_by_data (self->document, self);
  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->selection);
  g_clear_object (&self->document);

  G_OBJECT_CLASS (strata_inspector_parent_class)->dispose (object);
}

static void
strata_inspector_class_init (StrataInspectorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = strata_inspector_dispose;
  widget_class->root = strata_inspector_root;
  widget_class->unroot = strata_inspector_unroot;
  signals[JUMP] = g_signal_new ("jump", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, STRATA_TYPE_DOC_NODE);
  signals[NOTICE] = g_signal_new ("notice", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "strata-inspector");
}

static void
strata_inspector_init (StrataInspector *self)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Inspector"), -1);
}

GtkWidget *
strata_inspector_new (StrataDocument  *document,
                      StrataSelection *selection)
{
  StrataInspector *self = g_object_new (STRATA_TYPE_INSPECTOR, NULL);

  self->document = g_object_ref (document);
  self->selection = g_object_ref (selection);
  build (self);
  g_signal_connect_swapped (document, "analysed", G_CALLBACK (analysed_cb), self);
  g_signal_connect_swapped (selection, "changed", G_CALLBACK (selection_changed_cb), self);
  selection_changed_cb (self);
  return GTK_WIDGET (self);
}

/**
 * strata_inspector_get_row:
 *
 * Returns: (nullable): the row of that parameter
 */
GtkWidget *
strata_inspector_get_row (StrataInspector *self,
                          const char      *param)
{
  if (strata_selection_get_n_nodes (self->selection) > 0)
    return strata_node_page_get_row (STRATA_NODE_PAGE (self->node_page), param);
  return strata_model_page_get_row (STRATA_MODEL_PAGE (self->model_page), param);
}

/**
 * strata_inspector_get_help:
 *
 * Returns: (nullable): which values the parameter that has the focus takes, in words
 */
const char *
strata_inspector_get_help (StrataInspector *self)
{
  return strata_param_help_get_text (STRATA_PARAM_HELP (self->help));
}
