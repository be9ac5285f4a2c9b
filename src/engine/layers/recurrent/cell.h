/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "activations/activation.h"
#include "layers/common-params.h"
#include "layers/regularization/dropout-base.h"

G_BEGIN_DECLS

/* States that a cell may have, stacked ones included. */
#define STRATA_MAX_STATES 24

/**
 * StrataCellInterface:
 * @get_n_states: how many states it keeps
 * @get_state_shape: what state @i is of a sample; known once the cell is built
 * @run: goes through a sequence (time, batch, features) of known length and
 *   returns (time, batch, units); @states are those before, and then those
 *   after; @mask is (time, batch) or %NULL
 *
 * What makes a layer the cell of a recurrent one.
 */
struct _StrataCellInterface
{
  guint        (*get_n_states)    (StrataLayer *self);
  StrataShape  (*get_state_shape) (StrataLayer *self, guint i);
  StrataValue *(*run)             (StrataLayer *self, StrataBuilder *b, StrataValue *x, StrataValue **states,
                                   StrataValue *mask, gboolean training);
};

const StrataCellInterface *strata_cell_get_interface (StrataLayer *self);
guint        strata_cell_get_n_states    (StrataLayer *self);
StrataShape  strata_cell_get_state_shape  (StrataLayer *self, guint i, gint64 batch);
StrataShape  strata_cell_get_output_shape (StrataLayer *self, gint64 batch);
StrataValue *strata_cell_run             (StrataLayer *self, StrataBuilder *b, StrataValue *x, StrataValue **states,
                                          StrataValue *mask, gboolean training);
void         strata_cell_call            (StrataLayer *self, StrataBuilder *b, StrataCall *call);

/* Fields and parameters of the cells that Keras has; recurrent layers repeat them. */
#define STRATA_CELL_FIELDS                                                                                             \
  gint64 units, filters;                                                                                               \
  StrataInts kernel_size, strides, dilation_rate;                                                                      \
  char *padding, *data_format;                                                                                         \
  StrataActivation *activation, *recurrent_activation;                                                                 \
  gboolean use_bias, unit_forget_bias, reset_after;                                                                    \
  StrataObject *kernel_initializer, *recurrent_initializer, *bias_initializer;                                         \
  StrataObject *kernel_regularizer, *recurrent_regularizer, *bias_regularizer, *activity_regularizer;                  \
  StrataObject *kernel_constraint, *recurrent_constraint, *bias_constraint;                                            \
  double dropout, recurrent_dropout;                                                                                   \
  gint64 seed

typedef struct
{
  StrataLayer parent;
  STRATA_CELL_FIELDS;
  StrataVariable *kernel, *recurrent_kernel, *bias;
} StrataCellLayer;

#define STRATA_CELL_PARAM_UNITS(T)                                                                                     \
  STRATA_PARAM (INT, T, units, NULL, .minimum = 1, .maximum = G_MAXINT32, .soft_minimum = 1, .soft_maximum = 512,      \
                .title = "Units", .description = "How many numbers it remembers from step to step"),                   \
  STRATA_PARAM_ACTIVATION (T, activation, "\"tanh\"")
#define STRATA_CELL_PARAM_GATES(T)                                                                                     \
  STRATA_PARAM (OBJECT, T, recurrent_activation, "\"sigmoid\"", .kind = STRATA_KIND_ACTIVATION, .nullable = TRUE,      \
                .title = "Gate activation", .description = "What opens and closes the gates")
#define STRATA_CELL_PARAM_FORGET(T)                                                                                    \
  STRATA_PARAM (BOOL, T, unit_forget_bias, "true", .title = "Unit forget bias",                                        \
                .description = "Whether the forget gate begins open, so that it remembers at first")
#define STRATA_CELL_PARAM_RESET(T)                                                                                     \
  STRATA_PARAM (BOOL, T, reset_after, "true", .title = "Reset after",                                                  \
                .description = "Whether the reset gate works on the product with the state, rather than on the state")
#define STRATA_CELL_PARAMS(T, ...)                                                                                     \
  STRATA_PARAM_USE_BIAS (T, use_bias),                                                                                 \
  STRATA_PARAM_INITIALIZER (T, kernel_initializer, "\"GlorotUniform\"", "Kernel initializer",                          \
                            "How the weights of the input begin"),                                                     \
  STRATA_PARAM_INITIALIZER (T, recurrent_initializer, "\"Orthogonal\"", "Recurrent initializer",                       \
                            "How the weights of the state begin"),                                                     \
  STRATA_PARAM_INITIALIZER (T, bias_initializer, "\"Zeros\"", "Bias initializer", "How the bias begins"),              \
  STRATA_PARAM_REGULARIZER (T, kernel_regularizer, "Kernel regularizer", "Penalty on large weights of the input"),     \
  STRATA_PARAM_REGULARIZER (T, recurrent_regularizer, "Recurrent regularizer",                                         \
                            "Penalty on large weights of the state"),                                                  \
  STRATA_PARAM_REGULARIZER (T, bias_regularizer, "Bias regularizer", "Penalty on a large bias"),                       \
  STRATA_PARAM_CONSTRAINT (T, kernel_constraint, "Kernel constraint", "What the weights of the input are kept to"),    \
  STRATA_PARAM_CONSTRAINT (T, recurrent_constraint, "Recurrent constraint",                                            \
                           "What the weights of the state are kept to"),                                               \
  STRATA_PARAM_CONSTRAINT (T, bias_constraint, "Bias constraint", "What the bias is kept to"),                         \
  STRATA_PARAM (FLOAT, T, dropout, "0.0", .minimum = 0, .maximum = 1, .soft_minimum = 0, .soft_maximum = 0.5,          \
                .title = "Dropout",                                                                                    \
                .description = "Which part of the input is forgotten in training, the same at all steps"),             \
  STRATA_PARAM (FLOAT, T, recurrent_dropout, "0.0", .minimum = 0, .maximum = 1, .soft_minimum = 0,                     \
                .soft_maximum = 0.5,                                                                                   \
                .title = "Recurrent dropout",                                                                          \
                .description = "Which part of the state is forgotten in training, the same at all steps"),             \
  STRATA_PARAM_SEED (T, ##__VA_ARGS__)

/* What the cells share. */
StrataValue *strata_cell_draw         (StrataBuilder *b, const StrataShape *shape, double rate, gint64 seed);
StrataValue *strata_cell_spread_mask  (StrataBuilder *b, StrataValue *mask, int rank);
typedef StrataValue *(*StrataStepFunc) (StrataCellLayer *self, StrataBuilder *b, StrataValue *given,
                                        StrataValue **states, StrataValue *const *noise);

gboolean     strata_cell_layer_add_weights (StrataCellLayer *self, const StrataShape *kernel,
                                            const StrataShape *recurrent, const StrataShape *bias, GError **error);
void         strata_cell_layer_open_forget_gate (StrataCellLayer *self);
gboolean     strata_cell_layer_build   (StrataCellLayer *self, const StrataSpec *input, gint64 gates,
                                        const StrataShape *bias, GError **error);
StrataShape  strata_cell_layer_get_state_shape (StrataLayer *layer, guint i);
StrataValue *strata_cell_layer_project (StrataCellLayer *self, StrataBuilder *b, StrataValue *x, StrataValue *bias,
                                        guint gates, gboolean training);
void         strata_cell_layer_draw    (StrataCellLayer *self, StrataBuilder *b, gint64 batch, guint n,
                                        gboolean training, StrataValue **noise);
StrataValue *strata_cell_layer_unroll  (StrataCellLayer *self, StrataBuilder *b, StrataValue *given,
                                        StrataValue **states, guint n_states, StrataValue *mask,
                                        StrataValue *const *noise, StrataStepFunc step);
StrataValue *strata_cell_layer_recur   (StrataCellLayer *self, StrataBuilder *b, StrataValue *state,
                                        StrataValue *kernel, StrataValue *const *noise, guint gates);
gboolean     strata_cell_is_usual      (StrataActivation *activation, const char *name);

G_END_DECLS
