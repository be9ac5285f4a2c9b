/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "charts/bars.h"
#include "data/data-set.h"

G_BEGIN_DECLS

/* Fills bars with how many samples have which answer: a bar for a class, or for a range of numbers. */
gboolean strata_answers_show (StrataBars *bars, StrataDataSet *set, GError **error);

G_END_DECLS
