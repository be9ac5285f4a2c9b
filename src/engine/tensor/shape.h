/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "base/ints.h"

G_BEGIN_DECLS

/**
 * StrataShape:
 * @rank: how many dimensions, 0 for a single number
 * @dims: their sizes; %STRATA_UNKNOWN where only known at run time, as the batch is
 *
 * The shape of a tensor. A plain value: copy it by assignment.
 */
typedef struct
{
  int rank;
  gint64 dims[STRATA_MAX_RANK];
} StrataShape;

#define STRATA_TYPE_SHAPE (strata_shape_get_type ())
/* STRATA_SHAPE (2, 3) is a matrix of two rows. */
#define STRATA_SHAPE(...)                                                        \
  ((StrataShape){ .rank = sizeof ((gint64[]){ __VA_ARGS__ }) / sizeof (gint64), \
                  .dims = { __VA_ARGS__ } })
#define STRATA_SCALAR ((StrataShape){ 0 })

GType    strata_shape_get_type      (void) G_GNUC_CONST;
StrataShape *strata_shape_new       (const gint64 *dims, int rank) G_GNUC_WARN_UNUSED_RESULT;
gint64   strata_shape_get_size      (const StrataShape *self);
gint64   strata_shape_get_span      (const StrataShape *self, int from, int to);
gboolean strata_shape_is_known      (const StrataShape *self);
gboolean strata_shape_equal         (const StrataShape *a, const StrataShape *b);
gboolean strata_shape_is_compatible (const StrataShape *a, const StrataShape *b);
gboolean strata_shape_broadcast     (const StrataShape *a, const StrataShape *b, StrataShape *result);
void     strata_shape_append        (StrataShape *self, gint64 dim);
void     strata_shape_insert        (StrataShape *self, int position, gint64 dim);
void     strata_shape_remove        (StrataShape *self, int position);
char    *strata_shape_to_string     (const StrataShape *self) G_GNUC_WARN_UNUSED_RESULT;
JsonNode *strata_shape_to_json      (const StrataShape *self) G_GNUC_WARN_UNUSED_RESULT;
gboolean strata_shape_from_json     (JsonNode *node, StrataShape *shape, GError **error);

G_END_DECLS
