/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <adwaita.h>

#include "runner/runner.h"

G_BEGIN_DECLS

void strata_views_fill (AdwViewStack *stack, StrataDocument *document, StrataRunner *runner);

G_END_DECLS
