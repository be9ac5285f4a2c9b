/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define STRATA_TYPE_RECENT_POPOVER (strata_recent_popover_get_type ())
G_DECLARE_FINAL_TYPE (StrataRecentPopover, strata_recent_popover, STRATA, RECENT_POPOVER, GtkPopover)

G_END_DECLS
