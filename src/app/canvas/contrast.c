/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "canvas/contrast.h"

#include <adwaita.h>

/* What is faint by choice is at least so strong where the desktop asks for high contrast. */
#define LEAST_ALPHA 0.75

static gboolean
is_high (GtkWidget *widget)
{
  return adw_style_manager_get_high_contrast (adw_style_manager_get_for_display (gtk_widget_get_display (widget)));
}

/**
 * strata_contrast_alpha: (skip)
 * @usual: how much of the ink a line or text takes
 *
 * Returns: how much it takes on this desktop: text all of it in high contrast, thin lines most of it
 */
double
strata_contrast_alpha (GtkWidget *widget,
                       double     usual)
{
  if (!is_high (widget))
    return usual;
  return usual >= 0.5 ? 1 : LEAST_ALPHA;
}

/**
 * strata_contrast_width: (skip)
 * @usual: how wide a line is drawn
 *
 * Returns: how wide it is on this desktop
 */
double
strata_contrast_width (GtkWidget *widget,
                       double     usual)
{
  return is_high (widget) ? 1.5 * usual : usual;
}
