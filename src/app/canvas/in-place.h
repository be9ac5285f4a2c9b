/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define STRATA_TYPE_IN_PLACE (strata_in_place_get_type ())
G_DECLARE_FINAL_TYPE (StrataInPlace, strata_in_place, STRATA, IN_PLACE, GtkWidget)

/* Signal: ended (), after which it is of no use any more. */

/**
 * StrataInPlaceFunc:
 *
 * Takes over what was written.
 * Returns: whether it may be; @error tells why not
 */
typedef gboolean (*StrataInPlaceFunc) (const char *text, gpointer user_data, GError **error);

GtkWidget  *strata_in_place_new      (const char *text, const char *label, gboolean has_lines, StrataInPlaceFunc accept,
                                      gpointer user_data);
void        strata_in_place_finish   (StrataInPlace *self, gboolean accept);
GtkWidget  *strata_in_place_get_text (StrataInPlace *self);
const char *strata_in_place_get_reason (StrataInPlace *self);

G_END_DECLS
