/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "views/design-view.h"

G_BEGIN_DECLS

void strata_design_memory_attach (StrataDesignView *view);

G_END_DECLS
