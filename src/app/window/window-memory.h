/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <adwaita.h>

#include "document/document.h"

G_BEGIN_DECLS

void strata_window_memory_attach (AdwViewStack *views, StrataDocument *document);

G_END_DECLS
