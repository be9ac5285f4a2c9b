/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "document/checks/checkup.h"

G_BEGIN_DECLS

/**
 * StrataCheck:
 * @name: what tests and problems call it, such as "dropout-rate"
 * @style: whether it is about taste, not mistakes: layers with weights that were trained or loaded are left in peace
 * @look: (nullable): looks at one node
 * @look_at_all: (nullable): looks at the document as a whole, once
 *
 * What a file in checks/ exports: one thing that can be wrong.
 */
typedef struct
{
  const char *name;
  gboolean style;
  void (*look) (StrataCheckup *checkup, StrataDocNode *node);
  void (*look_at_all) (StrataCheckup *checkup);
} StrataCheck;

const StrataCheck *const *strata_check_list (guint *n_checks);

G_END_DECLS
