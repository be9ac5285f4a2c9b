/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

#include "document/document.h"

G_BEGIN_DECLS

GtkPrintOperation *strata_graph_print_new (StrataDocument *document) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
