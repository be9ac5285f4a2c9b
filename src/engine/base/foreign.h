/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

const char *strata_foreign_layer (const char *class_name);

G_END_DECLS
