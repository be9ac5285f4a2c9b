/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "base/error.h"

G_BEGIN_DECLS

/**
 * StrataClassFile:
 * @path: a file
 * @number: that of the class whose folder it is in
 *
 * A sample of a folder of classes.
 */
typedef struct
{
  char *path;
  guint number;
} StrataClassFile;

GArray *strata_class_folder_list (const char *path, const char *const *suffixes, GPtrArray *class_names,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
