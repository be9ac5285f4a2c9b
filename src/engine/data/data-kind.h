/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "data/data-set.h"

G_BEGIN_DECLS

/**
 * StrataDataKind:
 * @name: the `kind` of its descriptions
 * @title: its name for people
 * @description: a line that explains it
 * @origin: whose it is and how it may be used, or %NULL where it is the user's
 * @bundled: whether it comes with Strata: its description then needs nothing but the kind
 * @load: reads the data; @folder is where relative paths begin, or %NULL for the current one
 *
 * What a file in data/kinds/ exports.
 */
typedef struct
{
  const char *name;
  const char *title;
  const char *description;
  const char *origin;
  gboolean bundled;
  StrataDataSet *(*load) (JsonObject *description, const char *folder, GError **error);
} StrataDataKind;

const StrataDataKind *const *strata_data_kind_list   (void);
const StrataDataKind        *strata_data_kind_lookup (const char *name);

G_END_DECLS
