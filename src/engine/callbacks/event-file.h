/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "tensor/tensor.h"

G_BEGIN_DECLS

/**
 * StrataEventFile:
 *
 * A file of TensorBoard's: numbers and histograms by tag and step, as
 * TensorFlow 2 writes them.
 */
typedef struct _StrataEventFile StrataEventFile;

StrataEventFile *strata_event_file_new           (const char *folder, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean         strata_event_file_add_scalar    (StrataEventFile *self, const char *tag, gint64 step, float value,
                                                  GError **error);
gboolean         strata_event_file_add_histogram (StrataEventFile *self, const char *tag, gint64 step,
                                                  StrataTensor *values, GError **error);
gboolean         strata_event_file_add_images    (StrataEventFile *self, const char *tag, gint64 step,
                                                  StrataTensor *images, GError **error);
gboolean         strata_event_file_add_texts     (StrataEventFile *self, const char *tag, gint64 step,
                                                  const char *plugin, const char *content,
                                                  GBytes *const *texts, guint n, gboolean single, GError **error);
gboolean         strata_event_file_flush         (StrataEventFile *self, GError **error);
void             strata_event_file_free          (StrataEventFile *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataEventFile, strata_event_file_free)

G_END_DECLS
