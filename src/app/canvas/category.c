/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "canvas/category.h"

typedef struct
{
  const char *name;
  guint light, dark;
} Look;

/*
 * In the palette's order. The colours are Okabe and Ito's, which people tell apart whatever their colour vision,
 * made darker on light and lighter on dark ground until they stand out from a card by 3:1. Red is left to errors.
 * Of categories that share one, the icon tells them apart.
 */
static const Look looks[] = {
  { "core", 0x0072b2, 0x4aa8e8 },
  { "convolution", 0xb87400, 0xf0b030 },
  { "pooling", 0x2b86bd, 0x7cc7f2 },
  { "normalization", 0x00805d, 0x2fc49b },
  { "regularization", 0xb0568a, 0xe39cc4 },
  { "activation", 0x8a7d00, 0xe8dc50 },
  { "reshaping", 0x68717a, 0xa9b2bb },
  { "merging", 0x00808c, 0x45c2cf },
  { "recurrent", 0xb35000, 0xf08a48 },
  { "attention", 0x7b54b0, 0xb79ae6 },
  { "embedding", 0x3f6fa8, 0x8fb6e8 },
  { "preprocessing", 0x7a6a52, 0xc2b093 },
  { "other", 0x68717a, 0xa9b2bb },
};

static const Look *
find_look (const char *category)
{
  for (guint i = 0; category != NULL && i < G_N_ELEMENTS (looks); i++)
    if (g_ascii_strcasecmp (looks[i].name, category) == 0)
      return &looks[i];
  return &looks[G_N_ELEMENTS (looks) - 1];
}

/**
 * strata_category_get_color:
 * @category: (nullable): as in the registry
 * @dark: whether the ground is dark
 * @color: (out): what the category is drawn in
 */
void
strata_category_get_color (const char *category,
                           gboolean    dark,
                           GdkRGBA    *color)
{
  const Look *look = find_look (category);
  guint rgb = dark ? look->dark : look->light;

  color->red = ((rgb >> 16) & 0xff) / 255.0f;
  color->green = ((rgb >> 8) & 0xff) / 255.0f;
  color->blue = (rgb & 0xff) / 255.0f;
  color->alpha = 1;
}

/**
 * strata_category_dup_icon_name:
 *
 * Returns: the symbolic icon of @category
 */
char *
strata_category_dup_icon_name (const char *category)
{
  return g_strdup_printf ("strata-%s-symbolic", find_look (category)->name);
}

/**
 * strata_category_compare:
 *
 * Returns: how categories are sorted: from the simple to the special
 */
int
strata_category_compare (const char *a,
                         const char *b)
{
  const Look *first = find_look (a), *second = find_look (b);

  return first != second ? (first < second ? -1 : 1) : g_strcmp0 (a, b);
}
