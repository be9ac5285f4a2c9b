/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

#include "tensor/tensor.h"

G_BEGIN_DECLS

/**
 * StrataNpz:
 *
 * Arrays by name, in order: what a .npz file holds.
 */
typedef struct _StrataNpz StrataNpz;

StrataNpz    *strata_npz_new      (void) G_GNUC_WARN_UNUSED_RESULT;
StrataNpz    *strata_npz_read     (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean      strata_npz_write    (StrataNpz *self, const char *path, GError **error);
void          strata_npz_free     (StrataNpz *self);
guint         strata_npz_get_n    (StrataNpz *self);
const char   *strata_npz_get_name (StrataNpz *self, guint i);
StrataTensor *strata_npz_get      (StrataNpz *self, guint i);
StrataTensor *strata_npz_find     (StrataNpz *self, const char *name);
void          strata_npz_add      (StrataNpz *self, const char *name, StrataTensor *tensor);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataNpz, strata_npz_free)

G_END_DECLS
