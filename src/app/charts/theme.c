/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "charts/theme.h"

#include <adwaita.h>

#define N_COLORS 8

#define RGB(hex) { ((hex) >> 16 & 0xff) / 255.f, ((hex) >> 8 & 0xff) / 255.f, ((hex) & 0xff) / 255.f, 1.f }

/* Okabe and Ito's set, which people with any colour vision tell apart, with red left for errors. Its hues are darkened
 * on light surfaces and lightened on dark ones, until each has a contrast of 4.5 to 1 there: labels are written in
 * them. */
static const GdkRGBA palettes[4][N_COLORS] = {
  { RGB (0x0072b2), RGB (0xb84a00), RGB (0x007f5b), RGB (0xa8447f), RGB (0x8a6100), RGB (0x5b4fcf), RGB (0x5e5c64),
    RGB (0x7a4a2b) },
  { RGB (0x62b5f0), RGB (0xff9a5c), RGB (0x3dd1a5), RGB (0xe8a0cc), RGB (0xebcb5a), RGB (0xb3abff), RGB (0xc8c7c5),
    RGB (0xd2b095) },
  { RGB (0x004b80), RGB (0x853500), RGB (0x005a40), RGB (0x7d2159), RGB (0x634500), RGB (0x3d31a8), RGB (0x3d3846),
    RGB (0x57321a) },
  { RGB (0x99d4ff), RGB (0xffbe94), RGB (0x7dedc9), RGB (0xffc4e6), RGB (0xffe58a), RGB (0xd3ceff), RGB (0xe4e3e1),
    RGB (0xebd3c0) },
};

/* Pixels an inch, where texts have the usual size. */
#define USUAL_RESOLUTION 96

/**
 * strata_chart_color:
 * @index: which series; any number, for colours come again
 * @dark: whether it is seen on a dark surface
 * @high_contrast: whether contrast matters more than calm
 *
 * Returns: the colour
 */
const GdkRGBA *
strata_chart_color (guint    index,
                    gboolean dark,
                    gboolean high_contrast)
{
  return &palettes[(dark ? 1 : 0) + (high_contrast ? 2 : 0)][index % N_COLORS];
}

/**
 * strata_chart_n_colors:
 *
 * Returns: how many colours there are before they come again
 */
guint
strata_chart_n_colors (void)
{
  return N_COLORS;
}

static GdkRGBA
with_alpha (GdkRGBA color,
            float   alpha)
{
  color.alpha = alpha;
  return color;
}

/* Cards are translucent where the style is dark. */
static GdkRGBA
surface_of (GtkStyleContext *style)
{
  GdkRGBA below, card;

  if (!gtk_style_context_lookup_color (style, "window_bg_color", &below) ||
      !gtk_style_context_lookup_color (style, "card_bg_color", &card))
    return (GdkRGBA) { 1, 1, 1, 1 };
  return (GdkRGBA) {
    card.red * card.alpha + below.red * (1 - card.alpha),
    card.green * card.alpha + below.green * (1 - card.alpha),
    card.blue * card.alpha + below.blue * (1 - card.alpha),
    1,
  };
}

/**
 * strata_chart_theme_new_for_widget:
 * @widget: where a chart is seen
 *
 * Returns: (transfer full): the colours of the style, and the fonts of @widget
 */
StrataChartTheme *
strata_chart_theme_new_for_widget (GtkWidget *widget)
{
  StrataChartTheme *self = g_new0 (StrataChartTheme, 1);
  AdwStyleManager *manager = adw_style_manager_get_for_display (gtk_widget_get_display (widget));
  GtkStyleContext *style = gtk_widget_get_style_context (widget);
  gboolean contrast = adw_style_manager_get_high_contrast (manager);

  gtk_style_context_get_color (style, &self->ink);
  self->ink.alpha = 1;
  self->muted = with_alpha (self->ink, contrast ? 0.9f : 0.65f);
  self->grid = with_alpha (self->ink, contrast ? 0.4f : 0.1f);
  self->surface = surface_of (style);
  self->colors = strata_chart_color (0, adw_style_manager_get_dark (manager), contrast);
  self->pango = g_object_ref (gtk_widget_get_pango_context (widget));
  /* As the texts, so are the lines, for eyes and rooms that need both larger. */
  self->stroke = (contrast ? 2.5 : 2) * MAX (pango_cairo_context_get_resolution (self->pango) / USUAL_RESOLUTION, 1);
  return self;
}

/**
 * strata_chart_theme_new_for_paper:
 *
 * Returns: (transfer full): dark colours on white, and a font that does not depend on the desktop
 */
StrataChartTheme *
strata_chart_theme_new_for_paper (void)
{
  StrataChartTheme *self = g_new0 (StrataChartTheme, 1);
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string ("Cantarell, Sans 11");

  self->ink = (GdkRGBA) { 0.1f, 0.1f, 0.1f, 1 };
  self->muted = with_alpha (self->ink, 0.7f);
  self->grid = with_alpha (self->ink, 0.13f);
  self->surface = (GdkRGBA) { 1, 1, 1, 1 };
  self->colors = strata_chart_color (0, FALSE, FALSE);
  self->stroke = 2;
  self->pango = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  pango_cairo_context_set_resolution (self->pango, 96);
  pango_context_set_font_description (self->pango, font);
  return self;
}

/**
 * strata_chart_theme_free:
 * @self: a theme
 */
void
strata_chart_theme_free (StrataChartTheme *self)
{
  if (self == NULL)
    return;
  g_object_unref (self->pango);
  g_free (self);
}

/**
 * strata_chart_theme_get_color:
 * @self: a theme
 * @index: which series
 *
 * Returns: its colour
 */
const GdkRGBA *
strata_chart_theme_get_color (const StrataChartTheme *self,
                              guint                   index)
{
  return &self->colors[index % N_COLORS];
}

/**
 * strata_chart_theme_layout:
 * @self: a theme
 * @text: what to write
 * @size: 1 for the size of the user's font
 * @weight: how bold
 *
 * Returns: (transfer full): @text with figures of equal width, so that numbers do not jitter
 */
PangoLayout *
strata_chart_theme_layout (const StrataChartTheme *self,
                           const char             *text,
                           double                  size,
                           PangoWeight             weight)
{
  PangoLayout *layout = pango_layout_new (self->pango);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  pango_attr_list_insert (attributes, pango_attr_scale_new (size));
  pango_attr_list_insert (attributes, pango_attr_weight_new (weight));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_text (layout, text, -1);
  return layout;
}

/**
 * strata_chart_theme_em:
 * @self: a theme
 *
 * Returns: the height of a line of text in pixels, the measure of all spacing
 */
double
strata_chart_theme_em (const StrataChartTheme *self)
{
  g_autoptr (PangoLayout) layout = strata_chart_theme_layout (self, "0", 1, PANGO_WEIGHT_NORMAL);
  int height;

  pango_layout_get_pixel_size (layout, NULL, &height);
  return height;
}
