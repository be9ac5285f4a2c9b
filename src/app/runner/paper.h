/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "data/data-set.h"

G_BEGIN_DECLS

/**
 * StrataPaper:
 * @paper: the number of a pixel with nothing on it
 * @ink: the number of one that is written on
 *
 * How pictures of a data set are written: pixels go to 1 or to 255, and paper is black or white.
 */
typedef struct
{
  float paper, ink;
} StrataPaper;

gboolean strata_paper_look (StrataPaper *self, StrataDataSet *set, GError **error);

G_END_DECLS
