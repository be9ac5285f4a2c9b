/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Damages a copy of @seed as chance has it, now and then with a piece of @other. */
GByteArray *fuzz_mutate (GBytes *seed, GBytes *other, GRand *rand) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
