/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "canvas/plane.h"

/**
 * StrataPlane:
 *
 * What cards lie on. The canvas pans and zooms by giving this one widget another
 * transform, so that neither cards nor what was drawn of them change.
 */
struct _StrataPlane
{
  GtkWidget parent_instance;

  StrataPlaceFunc place;
  gpointer user_data;
  graphene_rect_t sight;
};

G_DEFINE_FINAL_TYPE (StrataPlane, strata_plane, GTK_TYPE_WIDGET)

static void
strata_plane_size_allocate (GtkWidget *widget,
                            int        width,
                            int        height,
                            int        baseline)
{
  StrataPlane *self = STRATA_PLANE (widget);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      graphene_rect_t area;

      self->place (child, &area, self->user_data);
      gtk_widget_allocate (child, area.size.width, area.size.height, -1, gsk_transform_translate (NULL, &area.origin));
    }
}

/* Cards out of sight are left out: not every renderer does so. */
static void
strata_plane_snapshot (GtkWidget   *widget,
                       GtkSnapshot *snapshot)
{
  StrataPlane *self = STRATA_PLANE (widget);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      graphene_rect_t area;

      self->place (child, &area, self->user_data);
      if (graphene_rect_intersection (&area, &self->sight, NULL))
        gtk_widget_snapshot_child (widget, child, snapshot);
    }
}

/* Only cards are hit, wherever they lie. */
static gboolean
strata_plane_contains (GtkWidget *widget,
                       double     x,
                       double     y)
{
  return FALSE;
}

static void
strata_plane_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (strata_plane_parent_class)->dispose (object);
}

static void
strata_plane_class_init (StrataPlaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = strata_plane_dispose;
  widget_class->size_allocate = strata_plane_size_allocate;
  widget_class->snapshot = strata_plane_snapshot;
  widget_class->contains = strata_plane_contains;
  gtk_widget_class_set_css_name (widget_class, "strata-plane");
  /* Not presentation, which would hide the cards from screen readers. */
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
strata_plane_init (StrataPlane *self)
{
}

GtkWidget *
strata_plane_new (StrataPlaceFunc place,
                  gpointer        user_data)
{
  StrataPlane *self = g_object_new (STRATA_TYPE_PLANE, NULL);

  self->place = place;
  self->user_data = user_data;
  return GTK_WIDGET (self);
}

/**
 * strata_plane_set_sight: (skip)
 * @sight: what can be seen of the plane, with some room for shadows
 */
void
strata_plane_set_sight (StrataPlane           *self,
                        const graphene_rect_t *sight)
{
  if (graphene_rect_equal (sight, &self->sight))
    return;
  self->sight = *sight;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
