/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * StrataKind:
 *
 * The kinds of things that have a Keras name and a config. Each has a folder
 * in `src/engine/` and a table made from the list in that folder's meson.build.
 */
typedef enum
{
  STRATA_KIND_LAYER,
  STRATA_KIND_ACTIVATION,
  STRATA_KIND_INITIALIZER,
  STRATA_KIND_REGULARIZER,
  STRATA_KIND_CONSTRAINT,
  STRATA_KIND_LOSS,
  STRATA_KIND_METRIC,
  STRATA_KIND_OPTIMIZER,
  STRATA_KIND_SCHEDULE,
  STRATA_KIND_CALLBACK,
  STRATA_KIND_APPLICATION,
} StrataKind;

#define STRATA_N_KINDS (STRATA_KIND_APPLICATION + 1)

const char *strata_kind_get_name (StrataKind self);

G_END_DECLS
