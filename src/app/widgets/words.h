/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "document/document.h"

G_BEGIN_DECLS

/* Shapes, numbers and parameters as people read them. */
char *strata_words_shape      (const StrataShape *shape) G_GNUC_WARN_UNUSED_RESULT;
char *strata_words_short_shape (const StrataShape *shape) G_GNUC_WARN_UNUSED_RESULT;
char *strata_words_sizes       (const StrataShape *shape) G_GNUC_WARN_UNUSED_RESULT;
char *strata_words_count      (gint64 count) G_GNUC_WARN_UNUSED_RESULT;
char *strata_words_value      (JsonNode *value) G_GNUC_WARN_UNUSED_RESULT;
char *strata_words_object     (StrataObject *object) G_GNUC_WARN_UNUSED_RESULT;
char *strata_words_node       (StrataDocNode *node) G_GNUC_WARN_UNUSED_RESULT;
char *strata_words_wiring     (StrataDocNode *node) G_GNUC_WARN_UNUSED_RESULT;
char *strata_words_problems   (StrataDocNode *node) G_GNUC_WARN_UNUSED_RESULT;

gboolean strata_words_is_plain (const StrataParam *param);
char *strata_words_card       (StrataDocNode *node) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
