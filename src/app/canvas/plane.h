/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define STRATA_TYPE_PLANE (strata_plane_get_type ())
G_DECLARE_FINAL_TYPE (StrataPlane, strata_plane, STRATA, PLANE, GtkWidget)

/* Tells where on the plane a child is. */
typedef void (*StrataPlaceFunc) (GtkWidget *child, graphene_rect_t *area, gpointer user_data);

GtkWidget *strata_plane_new       (StrataPlaceFunc place, gpointer user_data);
void       strata_plane_set_sight (StrataPlane *self, const graphene_rect_t *sight);

G_END_DECLS
