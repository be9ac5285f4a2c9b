/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "models/model.h"
#include "runner/paper.h"
#include "runner/preview.h"

G_BEGIN_DECLS

/**
 * StrataRange:
 * @low: the least number that was seen
 * @high: the largest
 * @mean: their mean
 * @deviation: how far they are from it, as a standard deviation
 * @spread: how far apart those of one sample are, in the mean
 *
 * What numbers of a column are like.
 */
typedef struct
{
  double low, high;
  double mean, deviation, spread;
} StrataRange;

/**
 * StrataInputFacts:
 * @name: what the network calls the input
 * @set: what the data has for it
 * @kind: what samples look like
 * @shape: of one
 * @paper: how pictures are written, where samples are such
 * @ranges: (nullable): of each column as the network gets it, where samples are rows or series
 *
 * What is known from the data of what an input takes, so that someone's own can be like it.
 */
typedef struct
{
  char *name;
  StrataDataSet *set;
  StrataSampleKind kind;
  StrataShape shape;
  StrataPaper paper;
  StrataRange *ranges;
} StrataInputFacts;

GPtrArray *strata_input_facts_list (StrataDataSet *set, StrataModel *model, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
