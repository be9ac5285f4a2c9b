/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "canvas/node-widget-private.h"

#include <glib/gi18n.h>

#include "canvas/arithmetic.h"
#include "canvas/metrics.h"
#include "document/group.h"
#include "widgets/words.h"

/**
 * StrataNodeWidget:
 *
 * The card of a node. It has no children: text and ports are drawn, so that a
 * thousand nodes are a thousand widgets and no more. The canvas around it
 * handles the pointer, as a gesture may lead from one card to another.
 */
G_DEFINE_FINAL_TYPE (StrataNodeWidget, strata_node_widget, GTK_TYPE_WIDGET)

static void
strata_node_widget_measure (GtkWidget      *widget,
                            GtkOrientation  orientation,
                            int             for_size,
                            int            *minimum,
                            int            *natural,
                            int            *minimum_baseline,
                            int            *natural_baseline)
{
  StrataDocNode *node = STRATA_NODE_WIDGET (widget)->node;

  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? strata_doc_node_get_width (node)
                                                                  : strata_doc_node_get_height (node);
}

static gboolean
strata_node_widget_contains (GtkWidget *widget,
                             double     x,
                             double     y)
{
  StrataDocNode *node = STRATA_NODE_WIDGET (widget)->node;

  return x >= 0 && y >= 0 && x < strata_doc_node_get_width (node) && y < strata_doc_node_get_height (node);
}

static void
strata_node_widget_css_changed (GtkWidget         *widget,
                                GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (strata_node_widget_parent_class)->css_changed (widget, change);
  gtk_widget_queue_draw (widget);
}

static void
strata_node_widget_system_setting_changed (GtkWidget        *widget,
                                           GtkSystemSetting  setting)
{
  StrataNodeWidget *self = STRATA_NODE_WIDGET (widget);

  GTK_WIDGET_CLASS (strata_node_widget_parent_class)->system_setting_changed (widget, setting);
  /* Of fonts, the canvas hears, which makes room for higher cards. */
  if (setting != GTK_SYSTEM_SETTING_ICON_THEME)
    return;
  g_clear_object (&self->icon);
  gtk_widget_queue_draw (widget);
}

static void
strata_node_widget_direction_changed (GtkWidget        *widget,
                                      GtkTextDirection  previous)
{
  GTK_WIDGET_CLASS (strata_node_widget_parent_class)->direction_changed (widget, previous);
  strata_node_widget_fit (STRATA_NODE_WIDGET (widget));
}

/* Actions by which screen readers and tests do what the pointer does; the canvas carries them out. */
static void
forward_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  StrataNodeWidget *self = STRATA_NODE_WIDGET (widget);
  g_autofree char *canvas_action = g_strconcat ("canvas.", name + strlen ("node."), "-node", NULL);

  gtk_widget_activate_action (widget, canvas_action, "u", strata_doc_node_get_id (self->node));
}

static void
strata_node_widget_dispose (GObject *object)
{
  StrataNodeWidget *self = STRATA_NODE_WIDGET (object);

  strata_node_widget_drop_layouts (self);
  g_clear_object (&self->icon);
  g_clear_object (&self->node);

  G_OBJECT_CLASS (strata_node_widget_parent_class)->dispose (object);
}

static void
strata_node_widget_finalize (GObject *object)
{
  StrataNodeWidget *self = STRATA_NODE_WIDGET (object);

  g_free (self->name);
  g_free (self->words);
  g_free (self->shape);
  g_free (self->short_shape);
  g_free (self->count);
  g_free (self->problems);

  G_OBJECT_CLASS (strata_node_widget_parent_class)->finalize (object);
}

static void
strata_node_widget_class_init (StrataNodeWidgetClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = strata_node_widget_dispose;
  object_class->finalize = strata_node_widget_finalize;
  widget_class->measure = strata_node_widget_measure;
  widget_class->contains = strata_node_widget_contains;
  widget_class->snapshot = strata_node_widget_snapshot;
  widget_class->css_changed = strata_node_widget_css_changed;
  widget_class->direction_changed = strata_node_widget_direction_changed;
  widget_class->system_setting_changed = strata_node_widget_system_setting_changed;

  gtk_widget_class_set_css_name (widget_class, "strata-node");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_OPTION);
  gtk_widget_class_install_action (widget_class, "node.select", NULL, forward_action);
  gtk_widget_class_install_action (widget_class, "node.toggle", NULL, forward_action);
  gtk_widget_class_install_action (widget_class, "node.connect", NULL, forward_action);
  gtk_widget_class_install_action (widget_class, "node.remove", NULL, forward_action);
}

static void
strata_node_widget_init (StrataNodeWidget *self)
{
  self->share = -1;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
}

static GtkWidget *
new_card (StrataDocNode *node,
          gboolean       sample)
{
  StrataNodeWidget *self = g_object_new (STRATA_TYPE_NODE_WIDGET, NULL);

  self->node = g_object_ref (node);
  self->sample = sample;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_ROLE_DESCRIPTION, _("layer"), -1);
  strata_node_widget_refresh (self);
  return GTK_WIDGET (self);
}

GtkWidget *
strata_node_widget_new (StrataDocNode *node)
{
  return new_card (node, FALSE);
}

/**
 * strata_node_widget_new_sample:
 *
 * Returns: a card that shows what is being dragged, and says nothing of what is wrong with it
 */
GtkWidget *
strata_node_widget_new_sample (StrataDocNode *node)
{
  return new_card (node, TRUE);
}

StrataDocNode *
strata_node_widget_get_node (StrataNodeWidget *self)
{
  return self->node;
}

/* Takes @text over; tells whether it is another than before. */
static gboolean
replace_text (char **place,
              char  *text)
{
  gboolean same = g_strcmp0 (*place, text) == 0;

  g_free (*place);
  *place = text;
  return !same;
}

static gboolean
refresh_problems (StrataNodeWidget *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean error = strata_doc_node_has_severity (self->node, STRATA_SEVERITY_ERROR);
  gboolean warning = !error && strata_doc_node_has_severity (self->node, STRATA_SEVERITY_WARNING);

  if (!replace_text (&self->problems, strata_words_problems (self->node)) && error == self->error &&
      warning == self->warning)
    return FALSE;

  self->error = error;
  self->warning = warning;
  if (error)
    gtk_widget_add_css_class (widget, "error");
  else
    gtk_widget_remove_css_class (widget, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_INVALID,
                               error ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  return TRUE;
}

static gboolean
is_cut (StrataNodeWidget *self)
{
  return pango_layout_is_ellipsized (strata_node_widget_get_line (self, STRATA_CARD_WORDS));
}

/**
 * strata_node_widget_dup_hint:
 *
 * Returns: (transfer full): what the layer does, in a line; how its shape comes about; what is wrong
 */
char *
strata_node_widget_dup_hint (StrataNodeWidget *self)
{
  const StrataLayerInfo *info = strata_doc_node_get_info (self->node);
  g_autofree char *arithmetic = strata_arithmetic_explain (self->node);
  const char *description = info != NULL && info->object.description != NULL ? _(info->object.description) : "";
  /* Not what is written on the card as it is. */
  GString *text = g_string_new (g_strcmp0 (description, self->words) != 0 || is_cut (self) ? description : "");

  if (arithmetic != NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", arithmetic);
  if ((self->error || self->warning) && self->problems != NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", self->problems);
  return g_string_free (text, FALSE);
}

static gboolean
refresh_texts (StrataNodeWidget *self)
{
  const StrataSpec *spec = strata_doc_node_get_output_spec (self->node, 0);
  gint64 n_params = strata_doc_node_get_n_params (self->node);
  gboolean changed = FALSE;

  changed |= replace_text (&self->name, g_strdup (strata_doc_node_get_name (self->node)));
  changed |= replace_text (&self->words, strata_words_card (self->node));
  changed |= replace_text (&self->shape, spec != NULL ? strata_words_shape (&spec->shape) : g_strdup ("—"));
  changed |= replace_text (&self->short_shape, spec != NULL ? strata_words_short_shape (&spec->shape) : g_strdup (""));
  changed |= replace_text (&self->count, n_params > 0 ? strata_words_count (n_params) : g_strdup (""));
  if (changed)
    {
      g_autofree char *description = strata_words_node (self->node);

      gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, description, -1);
    }
  return changed;
}

/* Wires are only drawn; those who cannot see them hear of them with their layers. */
static void
refresh_description (StrataNodeWidget *self)
{
  g_autofree char *wiring = strata_words_wiring (self->node), *text = NULL;

  text = self->problems != NULL ? g_strdup_printf ("%s\n%s", wiring, self->problems) : g_strdup (wiring);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}

/**
 * strata_node_widget_fit: (skip)
 *
 * Sets its text anew, and makes the card as high as that needs.
 * Returns: whether its height is another than before
 */
gboolean
strata_node_widget_fit (StrataNodeWidget *self)
{
  double height = self->layout.height;

  strata_node_widget_drop_layouts (self);
  strata_card_layout_init (&self->layout, strata_node_widget_get_line (self, STRATA_CARD_WORDS));
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (height == self->layout.height)
    return FALSE;
  strata_doc_node_set_height (self->node, self->layout.height);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  return TRUE;
}

/**
 * strata_node_widget_refresh:
 *
 * Reads the node anew, and is drawn anew if something of it changed.
 * Returns: whether its height is another than before
 */
gboolean
strata_node_widget_refresh (StrataNodeWidget *self)
{
  guint revision = strata_doc_node_get_revision (self->node);
  guint n_ports = strata_doc_node_get_n_inputs (self->node) + strata_doc_node_get_n_outputs (self->node);
  guint n_wires = strata_doc_node_get_wires (self->node, TRUE)->len +
                  strata_doc_node_get_wires (self->node, FALSE)->len;
  gboolean changed = n_ports != self->n_ports, rewired = n_wires != self->n_wires || revision != self->revision;

  self->n_ports = n_ports;
  self->n_wires = n_wires;
  if (self->name == NULL || revision != self->revision)
    changed |= refresh_texts (self);
  self->revision = revision;
  if (strata_doc_node_get_muted (self->node))
    gtk_widget_add_css_class (GTK_WIDGET (self), "muted");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "muted");
  changed |= !self->sample && refresh_problems (self);
  if (!self->sample && (changed || rewired))
    refresh_description (self);
  return changed && strata_node_widget_fit (self);
}

void
strata_node_widget_set_flow (StrataNodeWidget *self,
                             StrataFlow        flow)
{
  if (self->flow == flow)
    return;
  self->flow = flow;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * strata_node_widget_set_sprites: (skip)
 * @sprites: where what it has in common with others is kept; must outlive the card
 * @scale: of the canvas
 */
void
strata_node_widget_set_sprites (StrataNodeWidget *self,
                                StrataSprites    *sprites,
                                double            scale)
{
  if (self->sprites == sprites && self->scale == scale)
    return;
  self->sprites = sprites;
  self->scale = scale;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
strata_node_widget_set_selected (StrataNodeWidget *self,
                                 gboolean          selected)
{
  if (selected == gtk_widget_has_css_class (GTK_WIDGET (self), "selected"))
    return;

  if (selected)
    gtk_widget_add_css_class (GTK_WIDGET (self), "selected");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "selected");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_SELECTED, selected, -1);
}

/**
 * strata_node_widget_set_share: (skip)
 * @share: how long its bar is, from 0 to 1, or -1 for none
 */
void
strata_node_widget_set_share (StrataNodeWidget *self,
                              double            share)
{
  if (self->share == share)
    return;
  self->share = share;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * strata_node_widget_set_port: (skip)
 * @port: (nullable): the port that the pointer is about to use
 * @state: how
 */
void
strata_node_widget_set_port (StrataNodeWidget *self,
                             const StrataPort *port,
                             StrataPortState   state)
{
  if (port == NULL)
    state = STRATA_PORT_IDLE;
  if (state == self->port_state && (port == NULL || strata_port_equal (port, &self->port)))
    return;

  if (port != NULL)
    self->port = *port;
  self->port_state = state;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * strata_node_widget_is_on_badge: (skip)
 * @point: relative to the card
 *
 * Returns: whether @point is on the mark that tells of a problem
 */
gboolean
strata_node_widget_is_on_badge (StrataNodeWidget       *self,
                                const graphene_point_t *point)
{
  return (self->error || self->warning) && point->y < 36 &&
         (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL ? point->x < 36
                                                                           : point->x > STRATA_NODE_WIDTH - 36);
}

/**
 * strata_node_widget_get_shape_text:
 *
 * Returns: the shape of the output as it is written on the card
 */
const char *
strata_node_widget_get_shape_text (StrataNodeWidget *self)
{
  return self->shape;
}

/**
 * strata_node_widget_get_words:
 *
 * Returns: the parameters as they are written on the card
 */
const char *
strata_node_widget_get_words (StrataNodeWidget *self)
{
  return self->words;
}
