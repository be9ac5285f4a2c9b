/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

#include "document/document.h"

G_BEGIN_DECLS

#define STRATA_TYPE_NETWORK_PICTURE (strata_network_picture_get_type ())
G_DECLARE_FINAL_TYPE (StrataNetworkPicture, strata_network_picture, STRATA, NETWORK_PICTURE, GtkWidget)

GtkWidget *strata_network_picture_new (StrataDocument *document) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
