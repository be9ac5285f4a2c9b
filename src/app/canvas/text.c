/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "canvas/text.h"

PangoLayout *
strata_text_layout_new_for (PangoContext *context,
                            const char   *text,
                            double        size,
                            PangoWeight   weight)
{
  PangoFontDescription *font = pango_font_description_copy (pango_context_get_font_description (context));
  PangoAttrList *attributes = pango_attr_list_new ();
  PangoLayout *layout = pango_layout_new (context);

  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_font_description_set_weight (font, weight);
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum"));
  pango_layout_set_font_description (layout, font);
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_text (layout, text, -1);

  pango_attr_list_unref (attributes);
  pango_font_description_free (font);
  return layout;
}

PangoLayout *
strata_text_layout_new (GtkWidget   *widget,
                        const char  *text,
                        double       size,
                        PangoWeight  weight)
{
  PangoContext *context = gtk_widget_create_pango_context (widget);
  PangoLayout *layout = strata_text_layout_new_for (context, text, size, weight);

  g_object_unref (context);
  return layout;
}

/**
 * strata_text_get_scale: (skip)
 *
 * Returns: how much larger than usual the desktop shows text
 */
double
strata_text_get_scale (GtkWidget *widget)
{
  double resolution = pango_cairo_context_get_resolution (gtk_widget_get_pango_context (widget));

  return resolution > 0 ? CLAMP (resolution / 96, 0.5, 4) : 1;
}
