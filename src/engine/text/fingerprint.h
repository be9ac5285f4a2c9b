/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Hashes of bytes as TensorFlow computes them, so that models give words the same places. */
guint64 strata_fingerprint         (const char *data, gsize n);
guint64 strata_fingerprint_number  (gint64 number);
guint64 strata_fingerprint_join    (guint64 a, guint64 b);
guint64 strata_fingerprint_salted  (const char *data, gsize n, guint64 key0, guint64 key1);
gsize   strata_fingerprint_write   (gint64 number, char text[24]);

G_END_DECLS
