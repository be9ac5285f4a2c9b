/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "views/panes.h"

/**
 * StrataPanes:
 *
 * A middle with a pane on either side of it. Where there is no room for both beside the middle, only the one is seen
 * that was asked for last, and where there is none for that, neither: what is asked for comes back with the room.
 */
typedef enum
{
  SIDE_START,
  SIDE_END,
  N_SIDES,
} Side;

struct _StrataPanes
{
  GtkWidget parent_instance;

  GtkWidget *middle;
  GtkWidget *panes[N_SIDES];    /* revealers: they tell what is asked for */
  gboolean fits[N_SIDES];
  Side preferred;
  guint notify_id;
};

/* Of the properties, which are the sides'. */
static GParamSpec *properties[N_SIDES + 1];

G_DEFINE_FINAL_TYPE (StrataPanes, strata_panes, GTK_TYPE_WIDGET)

static int
measure_width (GtkWidget *widget)
{
  int minimum;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  return minimum;
}

static void
strata_panes_measure (GtkWidget      *widget,
                      GtkOrientation  orientation,
                      int             for_size,
                      int            *minimum,
                      int            *natural,
                      int            *minimum_baseline,
                      int            *natural_baseline)
{
  StrataPanes *self = STRATA_PANES (widget);

  gtk_widget_measure (self->middle, orientation, -1, minimum, natural, NULL, NULL);
  for (Side side = 0; side < N_SIDES; side++)
    {
      int least, usual;

      gtk_widget_measure (self->panes[side], orientation, -1, &least, &usual, NULL, NULL);
      if (orientation == GTK_ORIENTATION_HORIZONTAL)
        *natural += usual;
      else
        {
          *minimum = MAX (*minimum, least);
          *natural = MAX (*natural, usual);
        }
    }
}

static void
notify_cb (gpointer user_data)
{
  StrataPanes *self = user_data;

  self->notify_id = 0;
  for (Side side = 0; side < N_SIDES; side++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[side + 1]);
}

/* Who listens must not change sizes while they are given out. */
static void
set_fits (StrataPanes *self,
          Side         side,
          gboolean     fits)
{
  if (self->fits[side] == fits)
    return;
  self->fits[side] = fits;
  gtk_widget_set_child_visible (self->panes[side], fits);
  if (self->notify_id == 0)
    self->notify_id = g_idle_add_once (notify_cb, self);
}

static void
strata_panes_size_allocate (GtkWidget *widget,
                            int        width,
                            int        height,
                            int        baseline)
{
  StrataPanes *self = STRATA_PANES (widget);
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int widths[] = { measure_width (self->panes[SIDE_START]), measure_width (self->panes[SIDE_END]) };
  int room = width - measure_width (self->middle), before;
  Side preferred = self->preferred, other = preferred == SIDE_START ? SIDE_END : SIDE_START;

  set_fits (self, preferred, widths[preferred] <= room);
  if (!self->fits[preferred])
    widths[preferred] = 0;
  set_fits (self, other, widths[preferred] + widths[other] <= room);
  if (!self->fits[other])
    widths[other] = 0;

  before = widths[mirrored ? SIDE_END : SIDE_START];
  for (Side side = 0; side < N_SIDES; side++)
    if (self->fits[side])
      gtk_widget_size_allocate (self->panes[side],
                                &(GtkAllocation){ (side == SIDE_START) == mirrored ? width - widths[side] : 0, 0,
                                                  widths[side], height }, -1);
  gtk_widget_size_allocate (self->middle,
                            &(GtkAllocation){ before, 0, width - widths[SIDE_START] - widths[SIDE_END], height }, -1);
}

static void
asked_cb (StrataPanes *self,
          GParamSpec  *pspec,
          GtkWidget   *pane)
{
  Side side = pane == self->panes[SIDE_START] ? SIDE_START : SIDE_END;

  if (gtk_revealer_get_reveal_child (GTK_REVEALER (pane)))
    self->preferred = side;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[side + 1]);
}

static void
strata_panes_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  StrataPanes *self = STRATA_PANES (object);
  Side side = prop_id - 1;

  if (side < N_SIDES)
    g_value_set_boolean (value, self->fits[side] && gtk_revealer_get_reveal_child (GTK_REVEALER (self->panes[side])));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
strata_panes_set_property (GObject      *object,
                           guint         prop_id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  StrataPanes *self = STRATA_PANES (object);
  Side side = prop_id - 1;

  if (side >= N_SIDES)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      return;
    }
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->panes[side]), g_value_get_boolean (value));
  asked_cb (self, pspec, self->panes[side]);
}

static void
strata_panes_dispose (GObject *object)
{
  StrataPanes *self = STRATA_PANES (object);
  GtkWidget *child;

  g_clear_handle_id (&self->notify_id, g_source_remove);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (strata_panes_parent_class)->dispose (object);
}

static void
strata_panes_class_init (StrataPanesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = strata_panes_dispose;
  object_class->get_property = strata_panes_get_property;
  object_class->set_property = strata_panes_set_property;
  widget_class->measure = strata_panes_measure;
  widget_class->size_allocate = strata_panes_size_allocate;
  properties[SIDE_START + 1] = g_param_spec_boolean ("start-seen", NULL, NULL, TRUE, flags);
  properties[SIDE_END + 1] = g_param_spec_boolean ("end-seen", NULL, NULL, TRUE, flags);
  g_object_class_install_properties (object_class, N_SIDES + 1, properties);
}

static void
strata_panes_init (StrataPanes *self)
{
  self->preferred = SIDE_END;
  self->fits[SIDE_START] = self->fits[SIDE_END] = TRUE;
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

/**
 * strata_panes_new:
 * @start: a revealer
 * @middle: what is always seen
 * @end: a revealer
 */
GtkWidget *
strata_panes_new (GtkWidget *start,
                  GtkWidget *middle,
                  GtkWidget *end)
{
  StrataPanes *self = g_object_new (STRATA_TYPE_PANES, NULL);

  self->panes[SIDE_START] = start;
  self->middle = middle;
  self->panes[SIDE_END] = end;
  g_signal_connect_object (start, "notify::reveal-child", G_CALLBACK (asked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (end, "notify::reveal-child", G_CALLBACK (asked_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_parent (start, GTK_WIDGET (self));
  gtk_widget_set_parent (middle, GTK_WIDGET (self));
  gtk_widget_set_parent (end, GTK_WIDGET (self));
  return GTK_WIDGET (self);
}
