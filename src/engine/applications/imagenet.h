/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "applications/application.h"

G_BEGIN_DECLS

/**
 * StrataGuess:
 * @wnid: the class in WordNet, such as `n02123045`
 * @label: what it is, such as `tabby`
 * @score: what the network gave it
 *
 * One of the classes that a network finds most likely for a picture.
 */
typedef struct
{
  char *wnid;
  char *label;
  float score;
} StrataGuess;

#define STRATA_TYPE_GUESS (strata_guess_get_type ())

GType        strata_guess_get_type (void) G_GNUC_CONST;
StrataGuess *strata_guess_copy     (const StrataGuess *self) G_GNUC_WARN_UNUSED_RESULT;
void         strata_guess_free     (StrataGuess *self);

gboolean   strata_imagenet_preprocess (StrataTensor *pixels, StrataPreprocessing preprocessing, gboolean channels_first,
                                       GError **error);
GPtrArray *strata_imagenet_decode     (StrataTensor *predictions, guint top, JsonNode *classes,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataGuess, strata_guess_free)

G_END_DECLS
