/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "layers/recurrent/cell.h"

G_BEGIN_DECLS

/**
 * StrataRnnLayer:
 *
 * What layers share that take a cell through a sequence. RNN is given its cell;
 * LSTM, GRU and SimpleRNN have the parameters of theirs and make it themselves.
 */
typedef struct
{
  StrataLayer parent;
  gboolean return_sequences, return_state, go_backwards, stateful, unroll, zero_output_for_mask;
  StrataLayer *cell;
  STRATA_CELL_FIELDS;
  GPtrArray *states; /* StrataVariable: what a stateful layer keeps from batch to batch */
} StrataRnnLayer;

#define STRATA_RNN_PARAMS                                                                                              \
  STRATA_PARAM (BOOL, StrataRnnLayer, return_sequences, "false", .title = "Return sequences",                          \
                .description = "Whether all steps come out, for a recurrent layer after it, or only the last"),        \
  STRATA_PARAM (BOOL, StrataRnnLayer, return_state, "false", .title = "Return state",                                  \
                .description = "Whether the last states come out, too"),                                               \
  STRATA_PARAM (BOOL, StrataRnnLayer, go_backwards, "false", .title = "Go backwards",                                  \
                .description = "Whether the sequence is read from its end"),                                           \
  STRATA_PARAM (BOOL, StrataRnnLayer, stateful, "false", .title = "Stateful",                                          \
                .description = "Whether a batch begins with the states the one before ended with"),                    \
  STRATA_PARAM (BOOL, StrataRnnLayer, unroll, "false", .title = "Unroll",                                              \
                .description = "Keras's choice of speed over memory; here it changes nothing"),                        \
  STRATA_PARAM (BOOL, StrataRnnLayer, zero_output_for_mask, "false", .title = "Zeros for skipped steps",               \
                .description = "Whether skipped steps give zeros, rather than the output before them"),                \
  STRATA_PARAM_REGULARIZER (StrataRnnLayer, activity_regularizer, "Activity regularizer", "Penalty on large outputs")

gboolean strata_rnn_layer_build        (StrataLayer *layer, const StrataSpec *inputs, guint n_inputs, GError **error);
void     strata_rnn_layer_call         (StrataLayer *layer, StrataBuilder *b, StrataCall *call);
void     strata_rnn_layer_finalize     (StrataObject *object);
void     strata_rnn_layer_reset_states (StrataLayer *layer);
gboolean strata_is_rnn_layer           (StrataLayer *layer);

G_END_DECLS
