/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * StrataInterval:
 * @bytes: how much memory a buffer needs
 * @first: the step that writes it
 * @last: the last step that needs it
 * @offset: where it goes in the arena: what planning decides
 */
typedef struct
{
  gsize bytes;
  guint first, last;
  gsize offset;
} StrataInterval;

gsize strata_plan_arena (StrataInterval *intervals, guint n);

G_END_DECLS
