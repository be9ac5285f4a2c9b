/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * StrataVocabulary:
 *
 * Words by number, as Keras's TextVectorization has them: 0 is padding, 1 is any
 * word that is not known, then words by how often they come.
 */
typedef struct _StrataVocabulary StrataVocabulary;

StrataVocabulary *strata_vocabulary_new       (const char *const *texts, gsize n,
                                               gsize max_words) G_GNUC_WARN_UNUSED_RESULT;
StrataVocabulary *strata_vocabulary_new_from_words (const GPtrArray *words) G_GNUC_WARN_UNUSED_RESULT;
void              strata_vocabulary_free      (StrataVocabulary *self);
void              strata_vocabulary_encode    (StrataVocabulary *self, const char *text, gint32 *ids, gsize length);
GPtrArray        *strata_vocabulary_dup_words (StrataVocabulary *self) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataVocabulary, strata_vocabulary_free)

G_END_DECLS
