/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "views/design-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "canvas/minimap.h"
#include "canvas/text.h"
#include "charts/figures.h"
#include "document/group.h"
#include "views/breadcrumb.h"
#include "views/design-memory.h"
#include "views/layer-search.h"
#include "views/panes.h"
#include "widgets/banner.h"
#include "widgets/words.h"
#include "widgets/wrap-layout.h"

/* From so many layers on, folding blocks is offered. */
#define MANY_LAYERS 60
/* Of the panes, with text of the usual size, and how much of its growth they take part in. */
#define PALETTE_WIDTH 248
#define INSPECTOR_WIDTH 328
#define PANE_GROWTH 0.35

/**
 * StrataDesignView:
 *
 * Where a network is put together: layers to choose from, the canvas, and what is selected.
 */
struct _StrataDesignView
{
  GtkWidget parent_instance;

  StrataDocument *document;
  StrataSelection *selection;

  GtkWidget *panes, *controls, *toasts, *empty, *zoom_label, *status, *minimap;
  StrataLayerList *palette;
  StrataCanvas *canvas;
  StrataInspector *inspector;
  GtkWidget *search;
  StrataBanner *offer;
  gboolean show_palette, show_inspector, show_overview;
};

enum
{
  PROP_SHOW_PALETTE = 1,
  PROP_SHOW_INSPECTOR,
  PROP_SHOW_OVERVIEW,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (StrataDesignView, strata_design_view, GTK_TYPE_WIDGET)

static void
notice_cb (StrataDesignView *self,
           const char       *text)
{
  AdwToast *toast = adw_toast_new ("");
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  adw_toast_set_title (toast, escaped);
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (self->toasts), toast);
}

/**
 * strata_design_view_show_node:
 *
 * Selects a node and brings it into view.
 */
void
strata_design_view_show_node (StrataDesignView *self,
                              StrataDocNode    *node)
{
  strata_selection_select (self->selection, node);
  strata_canvas_reveal (self->canvas, node);
  gtk_widget_grab_focus (GTK_WIDGET (strata_canvas_get_card (self->canvas, node)));
}

static void
search_cb (StrataDesignView *self,
           double            x,
           double            y)
{
  if (self->search == NULL)
    self->search = strata_layer_search_new (self->canvas);
  strata_layer_search_open (STRATA_LAYER_SEARCH (self->search), x, y);
}

/* Floating controls */

static void
zoom_changed_cb (StrataDesignView *self)
{
  g_autofree char *text = g_strdup_printf (_("%.0f\u00a0%%"), 100 * strata_canvas_get_zoom (self->canvas));

  gtk_button_set_label (GTK_BUTTON (self->zoom_label), text);
}

static void
zoom_button_cb (StrataDesignView *self,
                GtkButton        *button)
{
  gtk_widget_activate_action (GTK_WIDGET (self->canvas), g_object_get_data (G_OBJECT (button), "canvas-action"), NULL);
}

static GtkWidget *
add_button (StrataDesignView *self,
            GtkWidget        *box,
            const char       *icon,
            const char       *tooltip,
            const char       *action)
{
  GtkWidget *button = icon != NULL ? gtk_button_new_from_icon_name (icon) : gtk_button_new_with_label ("");

  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, tooltip, -1);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_focus_on_click (button, FALSE);
  g_object_set_data (G_OBJECT (button), "canvas-action", (gpointer) action);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (zoom_button_cb), self);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

/* What the network comes to, and how long an epoch will take. */
static void
update_status (StrataDesignView *self)
{
  g_autofree char *count = strata_words_count (strata_document_get_n_params (self->document));
  double seconds = strata_document_get_epoch_seconds (self->document);
  g_autofree char *duration = strata_figures_duration (seconds), *text = NULL;

  if (seconds >= 0)
    text = g_strdup_printf (_("%s parameters\nabout %s an epoch"), count, duration);
  else
    text = g_strdup_printf (_("%s parameters"), count);
  gtk_label_set_label (GTK_LABEL (self->status), text);
}

static GtkWidget *
build_status (StrataDesignView *self)
{
  self->status = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->status, "numeric");
  gtk_widget_add_css_class (self->status, "canvas-status");
  gtk_label_set_xalign (GTK_LABEL (self->status), 0);
  gtk_widget_set_halign (self->status, GTK_ALIGN_START);
  gtk_widget_set_valign (self->status, GTK_ALIGN_END);
  gtk_widget_set_tooltip_text (self->status, _("Numbers that training changes, and how long it takes to see all "
                                               "samples once, measured on this computer"));
  return self->status;
}

/* In the corner that nothing else is in, once it is asked for. */
static GtkWidget *
build_minimap (StrataDesignView *self)
{
  self->minimap = strata_minimap_new (self->canvas);
  gtk_widget_set_halign (self->minimap, GTK_ALIGN_START);
  gtk_widget_set_valign (self->minimap, GTK_ALIGN_END);
  /* Above what is told in that corner. */
  gtk_widget_set_margin_bottom (self->minimap, 40);
  g_object_bind_property (self, "show-overview", self->minimap, "visible", G_BINDING_SYNC_CREATE);
  return self->minimap;
}

/* What is pressed is shown. */
static GtkWidget *
add_toggle (GtkWidget  *box,
            const char *icon,
            const char *tooltip,
            gpointer    object,
            const char *property)
{
  GtkWidget *button = gtk_toggle_button_new ();

  gtk_button_set_icon_name (GTK_BUTTON (button), icon);
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, tooltip, -1);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_focus_on_click (button, FALSE);
  g_object_bind_property (object, property, button, "active", G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

/* Buttons that belong together, and stay so where there is little room. */
static GtkWidget *
add_group (GtkWidget *controls)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  if (gtk_widget_get_first_child (controls) != NULL)
    gtk_widget_set_parent (gtk_separator_new (GTK_ORIENTATION_VERTICAL), controls);
  gtk_widget_set_parent (box, controls);
  return box;
}

static GtkWidget *
build_controls (StrataDesignView *self)
{
  GtkWidget *controls = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0), *box;

  self->controls = controls;
  gtk_widget_set_layout_manager (controls, strata_wrap_layout_new (0, 3));
  gtk_widget_add_css_class (controls, "canvas-controls");
  gtk_widget_set_halign (controls, GTK_ALIGN_END);
  gtk_widget_set_valign (controls, GTK_ALIGN_END);
  box = add_group (controls);
  add_button (self, box, "zoom-out-symbolic", _("Zoom out"), "canvas.zoom-out");
  self->zoom_label = add_button (self, box, NULL, _("Zoom to 100 %"), "canvas.zoom-original");
  gtk_widget_add_css_class (self->zoom_label, "numeric");
  gtk_widget_set_size_request (self->zoom_label, 64, -1);
  add_button (self, box, "zoom-in-symbolic", _("Zoom in"), "canvas.zoom-in");
  add_button (self, box, "zoom-fit-best-symbolic", _("Show all"), "canvas.zoom-fit");
  box = add_group (controls);
  add_toggle (box, "find-location-symbolic", _("Overview"), self, "show-overview");
  add_button (self, box, "view-grid-symbolic", _("Arrange"), "canvas.arrange");
  box = add_group (controls);
  add_toggle (box, "sidebar-show-symbolic", _("Palette"), self->panes, "start-seen");
  add_toggle (box, "sidebar-show-right-symbolic", _("Inspector"), self->panes, "end-seen");
  return controls;
}

/* Overlays do not ask how high something is at the width that they have for it. What the network comes to is told
 * where the controls leave room for it; the inspector tells it, too. */
static gboolean
place_controls_cb (StrataDesignView *self,
                   GtkWidget        *child,
                   GdkRectangle     *place,
                   GtkWidget        *overlay)
{
  int width = gtk_widget_get_width (overlay), beside;

  if (child != self->controls)
    return FALSE;
  strata_canvas_measure_controls (self->canvas, &place->width, &place->height);
  place->x = gtk_widget_get_direction (child) == GTK_TEXT_DIR_RTL ? 0 : width - place->width;
  place->y = gtk_widget_get_height (overlay) - place->height;
  gtk_widget_measure (self->status, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &beside, NULL, NULL);
  gtk_widget_set_child_visible (self->status, beside <= width - place->width);
  return TRUE;
}

/* What an empty canvas says: the next thing to do. */
static GtkWidget *
build_empty (void)
{
  GtkWidget *page = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "strata-core-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _("Begin with an input"));
  adw_status_page_set_description (ADW_STATUS_PAGE (page),
                                   _("Drag InputLayer from the left onto this page, then the layers that follow it. "
                                     "Double-click, or press Space, to search for a layer."));
  gtk_widget_set_can_target (page, FALSE);
  gtk_widget_set_can_focus (page, FALSE);
  return page;
}

static void
update_state (StrataDesignView *self)
{
  update_status (self);
  gtk_widget_set_visible (self->empty, strata_document_get_nodes (self->document)->len == 0);
}

static void
fold_cb (StrataDesignView *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self->canvas), "canvas.fold-blocks", NULL);
}

/* Not by itself: in the file, a block that is folded is a model within the model. Above the canvas, of which it covers
 * nothing. */
static void
offer_folding (StrataDesignView *self)
{
  if (strata_document_get_nodes (self->document)->len < MANY_LAYERS ||
      strata_document_get_groups (self->document)->len > 0)
    return;
  strata_banner_show (self->offer, _("Blocks of this network can be folded into one card each"), _("_Fold"));
}

static void
palette_chosen_cb (StrataDesignView *self,
                   const char       *class_name)
{
  strata_canvas_append_layer (self->canvas, class_name);
}

static GtkWidget *
build_palette (StrataDesignView *self)
{
  GtkWidget *revealer = gtk_revealer_new (), *pane = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->palette = STRATA_LAYER_LIST (strata_layer_list_new (TRUE));
  gtk_widget_add_css_class (GTK_WIDGET (self->palette), "palette");
  g_signal_connect_swapped (self->palette, "chosen", G_CALLBACK (palette_chosen_cb), self);
  gtk_box_append (GTK_BOX (pane), GTK_WIDGET (self->palette));
  gtk_box_append (GTK_BOX (pane), gtk_separator_new (GTK_ORIENTATION_VERTICAL));
  gtk_revealer_set_transition_type (GTK_REVEALER (revealer), GTK_REVEALER_TRANSITION_TYPE_SLIDE_RIGHT);
  gtk_revealer_set_reveal_child (GTK_REVEALER (revealer), TRUE);
  gtk_revealer_set_child (GTK_REVEALER (revealer), pane);
  g_object_bind_property (self, "show-palette", revealer, "reveal-child",
                          G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  return revealer;
}

static GtkWidget *
build_inspector (StrataDesignView *self)
{
  GtkWidget *revealer = gtk_revealer_new (), *pane = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->inspector = STRATA_INSPECTOR (strata_inspector_new (self->document, self->selection));
  g_signal_connect_swapped (self->inspector, "jump", G_CALLBACK (strata_design_view_show_node), self);
  g_signal_connect_swapped (self->inspector, "notice", G_CALLBACK (notice_cb), self);
  gtk_box_append (GTK_BOX (pane), gtk_separator_new (GTK_ORIENTATION_VERTICAL));
  gtk_box_append (GTK_BOX (pane), GTK_WIDGET (self->inspector));
  gtk_revealer_set_transition_type (GTK_REVEALER (revealer), GTK_REVEALER_TRANSITION_TYPE_SLIDE_LEFT);
  gtk_revealer_set_reveal_child (GTK_REVEALER (revealer), TRUE);
  gtk_revealer_set_child (GTK_REVEALER (revealer), pane);
  g_object_bind_property (self, "show-inspector", revealer, "reveal-child",
                          G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  return revealer;
}

static GtkWidget *
build_canvas (StrataDesignView *self)
{
  GtkWidget *overlay = gtk_overlay_new ();

  self->canvas = STRATA_CANVAS (strata_canvas_new (self->document, self->selection));
  self->empty = build_empty ();
  g_signal_connect_swapped (self->canvas, "notice", G_CALLBACK (notice_cb), self);
  g_signal_connect_swapped (self->canvas, "search", G_CALLBACK (search_cb), self);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), GTK_WIDGET (self->canvas));
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), self->empty);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), build_status (self));
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), strata_breadcrumb_new (self->canvas));
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), build_minimap (self));
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), build_controls (self));
  strata_canvas_set_controls (self->canvas, self->controls);
  g_signal_connect_swapped (overlay, "get-child-position", G_CALLBACK (place_controls_cb), self);
  g_signal_connect_swapped (self->canvas, "notify::zoom", G_CALLBACK (zoom_changed_cb), self);
  /* Keys are meant for the canvas until something else is clicked. */
  g_signal_connect (self->canvas, "map", G_CALLBACK (gtk_widget_grab_focus), NULL);
  zoom_changed_cb (self);
  return overlay;
}

static void
build (StrataDesignView *self)
{
  GtkWidget *middle = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->panes = strata_panes_new (build_palette (self), middle, build_inspector (self));
  self->toasts = adw_toast_overlay_new ();
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (self->toasts), build_canvas (self));
  strata_layer_list_prefer (self->palette, strata_canvas_suits, self->canvas);
  self->offer = g_object_new (STRATA_TYPE_BANNER, NULL);
  g_signal_connect_swapped (self->offer, "activated", G_CALLBACK (fold_cb), self);
  gtk_box_append (GTK_BOX (middle), GTK_WIDGET (self->offer));
  gtk_box_append (GTK_BOX (middle), self->toasts);
  gtk_widget_set_parent (self->panes, GTK_WIDGET (self));
}

/* With larger text panes are wider, though not by as much: the canvas needs its room, too. */
static void
fit_panes (StrataDesignView *self)
{
  double share = 1 + PANE_GROWTH * (strata_text_get_scale (GTK_WIDGET (self)) - 1);

  gtk_widget_set_size_request (GTK_WIDGET (self->palette), (int) (PALETTE_WIDTH * share), -1);
  gtk_widget_set_size_request (GTK_WIDGET (self->inspector), (int) (INSPECTOR_WIDTH * share), -1);
}

static void
strata_design_view_system_setting_changed (GtkWidget        *widget,
                                           GtkSystemSetting  setting)
{
  GTK_WIDGET_CLASS (strata_design_view_parent_class)->system_setting_changed (widget, setting);
  if (setting == GTK_SYSTEM_SETTING_DPI)
    fit_panes (STRATA_DESIGN_VIEW (widget));
}

/* F6 goes from palette to canvas to inspector and round again, past what is hidden. */
static gboolean
next_pane_cb (GtkWidget *widget,
              GVariant  *args,
              gpointer   user_data)
{
  StrataDesignView *self = STRATA_DESIGN_VIEW (widget);
  GtkWidget *panes[] = { GTK_WIDGET (self->palette), GTK_WIDGET (self->canvas), GTK_WIDGET (self->inspector) };
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  guint n = G_N_ELEMENTS (panes), step = g_variant_get_boolean (args) ? 1 : n - 1, current = 1;

  for (guint i = 0; focus != NULL && i < n; i++)
    if (focus == panes[i] || gtk_widget_is_ancestor (focus, panes[i]))
      current = i;
  for (guint i = 1; i < n; i++)
    {
      GtkWidget *pane = panes[(current + i * step) % n];

      if (gtk_widget_get_mapped (pane) && gtk_widget_child_focus (pane, GTK_DIR_TAB_FORWARD))
        break;
    }
  gtk_window_set_focus_visible (GTK_WINDOW (gtk_widget_get_root (widget)), TRUE);
  return TRUE;
}

/* Brings a pane, or takes it away if it is seen. */
static gboolean
toggle_pane_cb (GtkWidget *widget,
                GVariant  *args,
                gpointer   user_data)
{
  GtkWidget *panes = STRATA_DESIGN_VIEW (widget)->panes;
  const char *property;
  gboolean seen;

  g_variant_get (args, "(&s)", &property);
  g_object_get (panes, property, &seen, NULL);
  g_object_set (panes, property, !seen, NULL);
  return TRUE;
}

static gboolean *
get_pane (StrataDesignView *self,
          guint             prop_id)
{
  switch (prop_id)
    {
    case PROP_SHOW_PALETTE:
      return &self->show_palette;
    case PROP_SHOW_INSPECTOR:
      return &self->show_inspector;
    case PROP_SHOW_OVERVIEW:
      return &self->show_overview;
    default:
      return NULL;
    }
}

static void
strata_design_view_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  gboolean *pane = get_pane (STRATA_DESIGN_VIEW (object), prop_id);

  if (pane != NULL)
    g_value_set_boolean (value, *pane);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
strata_design_view_set_property (GObject      *object,
                                 guint         prop_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  gboolean *pane = get_pane (STRATA_DESIGN_VIEW (object), prop_id);

  if (pane == NULL)
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  else if (*pane != g_value_get_boolean (value))
    {
      *pane = g_value_get_boolean (value);
      g_object_notify_by_pspec (object, pspec);
    }
}

static void
strata_design_view_dispose (GObject *object)
{
  StrataDesignView *self = STRATA_DESIGN_VIEW (object);
  GtkWidget *child;

  if (self->document != NULL)
    g_signal_handlers_disconnect_by_data (self->document, self);
  g_clear_pointer (&self->search, gtk_widget_unparent);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->selection);
  g_clear_object (&self->document);

  G_OBJECT_CLASS (strata_design_view_parent_class)->dispose (object);
}

static void
strata_design_view_class_init (StrataDesignViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = strata_design_view_dispose;
  widget_class->system_setting_changed = strata_design_view_system_setting_changed;
  object_class->get_property = strata_design_view_get_property;
  object_class->set_property = strata_design_view_set_property;
  properties[PROP_SHOW_PALETTE] = g_param_spec_boolean ("show-palette", NULL, NULL, TRUE, flags);
  properties[PROP_SHOW_INSPECTOR] = g_param_spec_boolean ("show-inspector", NULL, NULL, TRUE, flags);
  properties[PROP_SHOW_OVERVIEW] = g_param_spec_boolean ("show-overview", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "strata-design-view");
  gtk_widget_class_add_binding (widget_class, GDK_KEY_F9, 0, toggle_pane_cb, "(s)", "start-seen");
  gtk_widget_class_add_binding (widget_class, GDK_KEY_F9, GDK_SHIFT_MASK, toggle_pane_cb, "(s)", "end-seen");
  gtk_widget_class_add_binding (widget_class, GDK_KEY_F6, 0, next_pane_cb, "b", TRUE);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_F6, GDK_SHIFT_MASK, next_pane_cb, "b", FALSE);
}

static void
strata_design_view_init (StrataDesignView *self)
{
  self->show_palette = self->show_inspector = TRUE;
}

/**
 * strata_design_view_new:
 * @document: what to edit
 */
GtkWidget *
strata_design_view_new (StrataDocument *document)
{
  StrataDesignView *self = g_object_new (STRATA_TYPE_DESIGN_VIEW, NULL);

  self->document = g_object_ref (document);
  self->selection = strata_selection_get (document);
  build (self);
  fit_panes (self);
  g_signal_connect_swapped (document, "analysed", G_CALLBACK (update_state), self);
  update_state (self);
  strata_design_memory_attach (self);
  offer_folding (self);
  return GTK_WIDGET (self);
}

StrataCanvas *
strata_design_view_get_canvas (StrataDesignView *self)
{
  return self->canvas;
}

StrataInspector *
strata_design_view_get_inspector (StrataDesignView *self)
{
  return self->inspector;
}

StrataSelection *
strata_design_view_get_selection (StrataDesignView *self)
{
  return self->selection;
}

StrataLayerList *
strata_design_view_get_palette (StrataDesignView *self)
{
  return self->palette;
}
