/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "data/data-set.h"
#include "io/table.h"

G_BEGIN_DECLS

/**
 * StrataEncoder:
 *
 * How columns of a table become numbers for a network: as they are, normalized,
 * or a number for each of the values of a text column. It learns from the rows
 * to train with and is applied to all.
 */
typedef struct _StrataEncoder StrataEncoder;

StrataEncoder *strata_encoder_new       (GPtrArray *columns, const gint64 *rows, gint64 n, gboolean normalize,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
void           strata_encoder_free      (StrataEncoder *self);
StrataTensor  *strata_encoder_apply     (StrataEncoder *self, const gint64 *rows, gint64 n,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray     *strata_encoder_dup_names (StrataEncoder *self) G_GNUC_WARN_UNUSED_RESULT;
GArray        *strata_encoder_dup_features (StrataEncoder *self) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataEncoder, strata_encoder_free)

G_END_DECLS
