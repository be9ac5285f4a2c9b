/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "canvas/category-icon.h"

#include <adwaita.h>

#include "canvas/category.h"

#define SIZE 32
#define ICON_SIZE 16
#define RADIUS 8

/**
 * StrataCategoryIcon:
 *
 * The icon of a category of layers, on a tile in its colour.
 */
struct _StrataCategoryIcon
{
  GtkWidget parent_instance;

  char *category;
  GtkIconPaintable *icon;
};

G_DEFINE_FINAL_TYPE (StrataCategoryIcon, strata_category_icon, GTK_TYPE_WIDGET)

static void
strata_category_icon_measure (GtkWidget      *widget,
                              GtkOrientation  orientation,
                              int             for_size,
                              int            *minimum,
                              int            *natural,
                              int            *minimum_baseline,
                              int            *natural_baseline)
{
  *minimum = *natural = SIZE;
}

static void
strata_category_icon_snapshot (GtkWidget   *widget,
                               GtkSnapshot *snapshot)
{
  StrataCategoryIcon *self = STRATA_CATEGORY_ICON (widget);
  GdkDisplay *display = gtk_widget_get_display (widget);
  double x = (gtk_widget_get_width (widget) - SIZE) / 2.0, y = (gtk_widget_get_height (widget) - SIZE) / 2.0;
  GskRoundedRect tile;
  GdkRGBA ink, ground;

  strata_category_get_color (self->category,
                             adw_style_manager_get_dark (adw_style_manager_get_for_display (display)), &ink);
  ground = ink;
  ground.alpha = 0.16;
  if (self->icon == NULL)
    {
      g_autofree char *name = strata_category_dup_icon_name (self->category);

      self->icon = gtk_icon_theme_lookup_icon (gtk_icon_theme_get_for_display (display), name, NULL, ICON_SIZE,
                                               gtk_widget_get_scale_factor (widget),
                                               gtk_widget_get_direction (widget), 0);
    }

  gsk_rounded_rect_init_from_rect (&tile, &GRAPHENE_RECT_INIT (x, y, SIZE, SIZE), RADIUS);
  gtk_snapshot_push_rounded_clip (snapshot, &tile);
  gtk_snapshot_append_color (snapshot, &ground, &tile.bounds);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x + (SIZE - ICON_SIZE) / 2, y + (SIZE - ICON_SIZE) / 2));
  gtk_symbolic_paintable_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (self->icon), snapshot, ICON_SIZE, ICON_SIZE,
                                            (GdkRGBA[4]){ ink, ink, ink, ink }, 4);
}

static void
strata_category_icon_css_changed (GtkWidget         *widget,
                                  GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (strata_category_icon_parent_class)->css_changed (widget, change);
  gtk_widget_queue_draw (widget);
}

static void
strata_category_icon_finalize (GObject *object)
{
  StrataCategoryIcon *self = STRATA_CATEGORY_ICON (object);

  g_free (self->category);
  g_clear_object (&self->icon);

  G_OBJECT_CLASS (strata_category_icon_parent_class)->finalize (object);
}

static void
strata_category_icon_class_init (StrataCategoryIconClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = strata_category_icon_finalize;
  widget_class->measure = strata_category_icon_measure;
  widget_class->snapshot = strata_category_icon_snapshot;
  widget_class->css_changed = strata_category_icon_css_changed;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
strata_category_icon_init (StrataCategoryIcon *self)
{
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

GtkWidget *
strata_category_icon_new (const char *category)
{
  StrataCategoryIcon *self = g_object_new (STRATA_TYPE_CATEGORY_ICON, NULL);

  self->category = g_strdup (category);
  return GTK_WIDGET (self);
}

/**
 * strata_category_icon_set_category:
 * @category: (nullable): as in the registry
 */
void
strata_category_icon_set_category (StrataCategoryIcon *self,
                                   const char         *category)
{
  g_free (self->category);
  self->category = g_strdup (category);
  g_clear_object (&self->icon);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
