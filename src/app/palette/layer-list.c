/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "palette/layer-list.h"

#include <glib/gi18n.h>

#include "base/registry.h"
#include "canvas/category.h"
#include "palette/layer-row.h"
#include "widgets/hint.h"

/* As many as a screen shows are there at once. The others come while the window is drawn already, as all of them take
 * half as long as everything else in it. */
#define FIRST_ROWS 24
#define ROWS_A_FRAME 6

/**
 * StrataLayerList:
 *
 * All kinds of layers by category, and an entry to search them.
 */
struct _StrataLayerList
{
  GtkWidget parent_instance;

  GtkWidget *entry, *scroller, *list, *nothing;
  StrataHint *hint;
  StrataLayerFilter filter, preferred;
  gpointer filter_data, preferred_data;
  gboolean draggable;
  guint n_rows;         /* that have been made yet */
  guint fill_id;
};

enum
{
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataLayerList, strata_layer_list, GTK_TYPE_WIDGET)

static const char *
get_search (StrataLayerList *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->entry));
}

static gboolean
filter_cb (GtkListBoxRow *row,
           gpointer       user_data)
{
  StrataLayerList *self = user_data;
  const StrataLayerInfo *info = strata_layer_row_get_info (STRATA_LAYER_ROW (row));

  return strata_layer_row_match (STRATA_LAYER_ROW (row), get_search (self)) > 0 &&
         (self->filter == NULL || self->filter (info, self->filter_data));
}

static gboolean
is_input (const StrataLayerInfo *info)
{
  return g_str_equal (info->object.name, "InputLayer");
}

/* In the order of the list where nothing is searched for. */
static int
compare_infos (gconstpointer a,
               gconstpointer b)
{
  const StrataLayerInfo *first = *(const StrataLayerInfo *const *) a, *second = *(const StrataLayerInfo *const *) b;
  int order = strata_category_compare (first->object.category, second->object.category);

  if (order != 0)
    return order;
  /* What a network begins with comes first. */
  if (is_input (first) != is_input (second))
    return is_input (first) ? -1 : 1;
  return g_strcmp0 (first->object.name, second->object.name);
}

/* By category; while searching, what answers best comes first. */
static int
sort_cb (GtkListBoxRow *first,
         GtkListBoxRow *second,
         gpointer       user_data)
{
  StrataLayerList *self = user_data;
  const StrataLayerInfo *a = strata_layer_row_get_info (STRATA_LAYER_ROW (first));
  const StrataLayerInfo *b = strata_layer_row_get_info (STRATA_LAYER_ROW (second));
  const char *search = get_search (self);
  int order;

  if (*search != '\0')
    {
      order = strata_layer_row_match (STRATA_LAYER_ROW (second),
                                      search) - strata_layer_row_match (STRATA_LAYER_ROW (first), search);
      if (order != 0)
        return order;
      if (self->preferred != NULL)
        order = self->preferred (b, self->preferred_data) - self->preferred (a, self->preferred_data);
      if (order != 0)
        return order;
    }
  return compare_infos (&a, &b);
}

static void
header_cb (GtkListBoxRow *row,
           GtkListBoxRow *before,
           gpointer       user_data)
{
  StrataLayerList *self = user_data;
  const char *category = strata_layer_row_get_info (STRATA_LAYER_ROW (row))->object.category;
  GtkWidget *label;

  if (*get_search (self) != '\0' ||
      (before != NULL &&
       g_strcmp0 (strata_layer_row_get_info (STRATA_LAYER_ROW (before))->object.category, category) == 0))
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  if (gtk_list_box_row_get_header (row) != NULL)
    return;
  label = gtk_label_new (category != NULL ? _(category) : _("Other"));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "category");
  gtk_list_box_row_set_header (row, label);
}

static GtkListBoxRow *
get_first (StrataLayerList *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), i)) != NULL; i++)
    if (gtk_widget_get_child_visible (GTK_WIDGET (row)))
      return row;
  return NULL;
}

/* What is said where no layer is left: why that is. */
static void
update_nothing (StrataLayerList *self)
{
  const char *text = _("No layer has such a name");
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), i)) != NULL; i++)
    if (strata_layer_row_match (STRATA_LAYER_ROW (row), get_search (self)) > 0)
      text = _("No such layer fits here");
  gtk_label_set_label (GTK_LABEL (self->nothing), text);
}

static void
fill_to (StrataLayerList *self,
         guint            n_rows)
{
  const StrataObjectInfo *const *infos = strata_registry_list (STRATA_KIND_LAYER);
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();

  for (guint i = 0; infos[i] != NULL; i++)
    g_ptr_array_add (sorted, (gpointer) infos[i]);
  g_ptr_array_sort (sorted, compare_infos);
  for (; self->n_rows < MIN (sorted->len, n_rows); self->n_rows++)
    gtk_list_box_append (GTK_LIST_BOX (self->list),
                         strata_layer_row_new (g_ptr_array_index (sorted, self->n_rows), self->draggable));
}

static void
stop_filling (StrataLayerList *self)
{
  if (self->fill_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->fill_id);
  self->fill_id = 0;
}

static void
fill (StrataLayerList *self)
{
  stop_filling (self);
  fill_to (self, G_MAXUINT);
}

/* With each frame so many that it is not late. */
static gboolean
fill_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       user_data)
{
  StrataLayerList *self = STRATA_LAYER_LIST (widget);
  guint n_before = self->n_rows;

  fill_to (self, n_before + ROWS_A_FRAME);
  if (self->n_rows > n_before)
    return G_SOURCE_CONTINUE;
  self->fill_id = 0;
  return G_SOURCE_REMOVE;
}

static void
search_changed_cb (StrataLayerList *self)
{
  GtkListBoxRow *first;

  fill (self);
  gtk_list_box_invalidate_filter (GTK_LIST_BOX (self->list));
  gtk_list_box_invalidate_sort (GTK_LIST_BOX (self->list));
  gtk_list_box_invalidate_headers (GTK_LIST_BOX (self->list));
  update_nothing (self);
  first = *get_search (self) != '\0' ? get_first (self) : NULL;
  gtk_list_box_select_row (GTK_LIST_BOX (self->list), first);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller)), 0);
}

static void
choose (StrataLayerList *self,
        GtkListBoxRow   *row)
{
  g_signal_emit (self, signals[CHOSEN], 0, strata_layer_row_get_info (STRATA_LAYER_ROW (row))->object.name);
}

static void
activate_cb (StrataLayerList *self)
{
  GtkListBoxRow *row;

  /* Who types fast is ahead of the entry, which waits a moment before it tells of a change. */
  search_changed_cb (self);
  row = gtk_list_box_get_selected_row (GTK_LIST_BOX (self->list));
  if (row == NULL || !gtk_widget_get_child_visible (GTK_WIDGET (row)))
    row = get_first (self);
  if (row != NULL)
    choose (self, row);
}

static void
row_activated_cb (StrataLayerList *self,
                  GtkListBoxRow   *row)
{
  choose (self, row);
}

static gboolean
entry_key_cb (StrataLayerList *self,
              guint            keyval,
              guint            keycode,
              GdkModifierType  state)
{
  GtkListBoxRow *row = get_first (self);

  if ((keyval != GDK_KEY_Down && keyval != GDK_KEY_KP_Down) || row == NULL)
    return FALSE;
  gtk_list_box_select_row (GTK_LIST_BOX (self->list), row);
  return gtk_widget_grab_focus (GTK_WIDGET (row));
}

/* The entry takes Escape for itself: what is typed goes, and with it the popover that the list may be in. */
static void
stop_search_cb (StrataLayerList *self)
{
  GtkWidget *popover = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_POPOVER);

  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  if (popover != NULL)
    gtk_popover_popdown (GTK_POPOVER (popover));
}

static void
build_entry (StrataLayerList *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->entry = gtk_search_entry_new ();
  g_object_set (self->entry, "placeholder-text", _("Search layers"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Search layers"), -1);
  gtk_search_entry_set_key_capture_widget (GTK_SEARCH_ENTRY (self->entry), GTK_WIDGET (self));
  g_signal_connect_swapped (self->entry, "search-changed", G_CALLBACK (search_changed_cb), self);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (activate_cb), self);
  g_signal_connect_swapped (self->entry, "stop-search", G_CALLBACK (stop_search_cb), self);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (entry_key_cb), self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (self->entry, keys);
  gtk_widget_set_parent (self->entry, GTK_WIDGET (self));
}

static void
build_list (StrataLayerList *self)
{
  self->nothing = gtk_label_new (NULL);
  self->list = gtk_list_box_new ();
  gtk_list_box_set_activate_on_single_click (GTK_LIST_BOX (self->list), FALSE);
  gtk_list_box_set_filter_func (GTK_LIST_BOX (self->list), filter_cb, self, NULL);
  gtk_list_box_set_sort_func (GTK_LIST_BOX (self->list), sort_cb, self, NULL);
  gtk_list_box_set_header_func (GTK_LIST_BOX (self->list), header_cb, self, NULL);
  gtk_widget_add_css_class (self->nothing, "dim-label");
  gtk_widget_set_margin_top (self->nothing, 24);
  gtk_list_box_set_placeholder (GTK_LIST_BOX (self->list), self->nothing);
  gtk_widget_add_css_class (self->list, "layers");
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (row_activated_cb), self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Layers"), -1);

  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->list);
  gtk_widget_set_vexpand (self->scroller, TRUE);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}

/* What a layer does, in full, and its formula. */
static char *
explain_row (GtkWidget     *widget,
             gpointer       row,
             GdkRectangle  *area,
             const char   **title,
             const char   **formula)
{
  const StrataObjectInfo *info = &strata_layer_row_get_info (row)->object;
  graphene_rect_t bounds;

  if (!gtk_widget_compute_bounds (row, widget, &bounds))
    return NULL;
  *area = (GdkRectangle){ bounds.origin.x, bounds.origin.y, bounds.size.width, bounds.size.height };
  *title = info->name;
  *formula = info->formula != NULL ? _(info->formula) : NULL;
  return g_strdup (info->description != NULL ? _(info->description) : "");
}

static void
row_motion_cb (StrataLayerList *self,
               double           x,
               double           y)
{
  strata_hint_aim (self->hint, gtk_list_box_get_row_at_y (GTK_LIST_BOX (self->list), (int) y));
}

static void
list_left_cb (StrataLayerList *self)
{
  strata_hint_aim (self->hint, NULL);
}

/* What is pressed is taken hold of or chosen: no need to explain it. */
static void
row_pressed_cb (StrataLayerList *self)
{
  strata_hint_hide (self->hint);
}

static void
build_hint (StrataLayerList *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *press = GTK_EVENT_CONTROLLER (gtk_gesture_click_new ());

  self->hint = strata_hint_new (GTK_WIDGET (self), explain_row);
  g_signal_connect_object (motion, "motion", G_CALLBACK (row_motion_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (motion, "leave", G_CALLBACK (list_left_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->list, motion);
  gtk_event_controller_set_propagation_phase (press, GTK_PHASE_CAPTURE);
  g_signal_connect_object (press, "pressed", G_CALLBACK (row_pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->list, press);
}

static void
strata_layer_list_dispose (GObject *object)
{
  StrataLayerList *self = STRATA_LAYER_LIST (object);

  stop_filling (self);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_object (&self->hint);
  g_clear_pointer (&self->entry, gtk_widget_unparent);

  G_OBJECT_CLASS (strata_layer_list_parent_class)->dispose (object);
}

static void
strata_layer_list_class_init (StrataLayerListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = strata_layer_list_dispose;
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "strata-layer-list");
}

static void
strata_layer_list_init (StrataLayerList *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))),
                                  GTK_ORIENTATION_VERTICAL);
  build_entry (self);
  build_list (self);
  build_hint (self);
}

/**
 * strata_layer_list_new:
 * @draggable: whether layers can be dragged out of it; if not, a click chooses
 */
GtkWidget *
strata_layer_list_new (gboolean draggable)
{
  StrataLayerList *self = g_object_new (STRATA_TYPE_LAYER_LIST, NULL);

  self->draggable = draggable;
  gtk_list_box_set_activate_on_single_click (GTK_LIST_BOX (self->list), !draggable);
  fill_to (self, FIRST_ROWS);
  self->fill_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), fill_cb, NULL, NULL);
  return GTK_WIDGET (self);
}

/**
 * strata_layer_list_set_filter: (skip)
 * @filter: (nullable): tells which layers are offered
 */
void
strata_layer_list_set_filter (StrataLayerList   *self,
                              StrataLayerFilter  filter,
                              gpointer           user_data)
{
  self->filter = filter;
  self->filter_data = user_data;
  fill (self);
  gtk_list_box_invalidate_filter (GTK_LIST_BOX (self->list));
}

/**
 * strata_layer_list_prefer: (skip)
 * @preferred: tells which of the layers come first that answer to what is searched for as well as others
 */
void
strata_layer_list_prefer (StrataLayerList   *self,
                          StrataLayerFilter  preferred,
                          gpointer           user_data)
{
  self->preferred = preferred;
  self->preferred_data = user_data;
}

/**
 * strata_layer_list_search:
 * @text: what to look for; nothing shows all
 */
void
strata_layer_list_search (StrataLayerList *self,
                          const char      *text)
{
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  search_changed_cb (self);
  gtk_widget_grab_focus (self->entry);
}

/**
 * strata_layer_list_get_n_shown:
 *
 * Returns: how many layers are offered
 */
guint
strata_layer_list_get_n_shown (StrataLayerList *self)
{
  GtkListBoxRow *row;
  guint n = 0;

  fill (self);
  for (int i = 0; (row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), i)) != NULL; i++)
    n += filter_cb (row, self);
  return n;
}

/**
 * strata_layer_list_get_best:
 *
 * Returns: (nullable): the class of the first layer that is offered, which Enter chooses
 */
const char *
strata_layer_list_get_best (StrataLayerList *self)
{
  GtkListBoxRow *first;

  fill (self);
  first = get_first (self);
  return first != NULL ? strata_layer_row_get_info (STRATA_LAYER_ROW (first))->object.name : NULL;
}
