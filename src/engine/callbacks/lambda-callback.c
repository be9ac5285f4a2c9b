/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "callbacks/lambda-callback.h"

#include "base/json.h"

typedef enum
{
  EPOCH_BEGIN,
  EPOCH_END,
  TRAIN_BEGIN,
  TRAIN_END,
  BATCH_BEGIN,
  BATCH_END,
  N_EVENTS,
} Event;

static const char *const event_names[N_EVENTS] = { "on_epoch_begin", "on_epoch_end", "on_train_begin", "on_train_end",
                                                   "on_train_batch_begin", "on_train_batch_end" };

typedef struct
{
  StrataLambdaFunc func;
  gpointer user_data;
  GDestroyNotify destroy;
} Closure;

typedef struct
{
  StrataCallback parent;
  JsonNode *on_epoch_begin, *on_epoch_end, *on_train_begin, *on_train_end, *on_train_batch_begin, *on_train_batch_end;
  Closure closures[N_EVENTS];
} LambdaCallback;

#define EVENT(field, label, text)                                                                                      \
  STRATA_PARAM (JSON, LambdaCallback, field, "null", .nullable = TRUE, .transient = TRUE, .title = label,              \
                .description = text)

static const StrataParam params[] = {
  EVENT (on_epoch_begin, "As an epoch begins", "A function that is called then; given by code only"),
  EVENT (on_epoch_end, "As an epoch ends", "A function that is called then, with loss and metrics; given by code only"),
  EVENT (on_train_begin, "As training begins", "A function that is called then; given by code only"),
  EVENT (on_train_end, "As training ends", "A function that is called then, with loss and metrics; given by code only"),
  EVENT (on_train_batch_begin, "As a batch begins", "A function that is called then; given by code only"),
  EVENT (on_train_batch_end, "As a batch ends",
         "A function that is called then, with loss and metrics; given by code only"),
  { NULL },
};

static gboolean
lambda_callback_configured (StrataObject  *object,
                            GError       **error)
{
  LambdaCallback *self = (LambdaCallback *) object;
  JsonNode *given[N_EVENTS] = { self->on_epoch_begin, self->on_epoch_end, self->on_train_begin, self->on_train_end,
                                self->on_train_batch_begin, self->on_train_batch_end };

  for (int i = 0; i < N_EVENTS; i++)
    if (given[i] != NULL && !JSON_NODE_HOLDS_NULL (given[i]))
      {
        strata_set_error (error, STRATA_ERROR_UNSUPPORTED, "%s takes a function, which only a program can give, by "
                          "strata_lambda_callback_set_function()", event_names[i]);
        return FALSE;
      }
  return TRUE;
}

static void
clear (Closure *closure)
{
  if (closure->destroy != NULL)
    closure->destroy (closure->user_data);
  *closure = (Closure){ NULL };
}

static void
lambda_callback_finalize (StrataObject *object)
{
  for (int i = 0; i < N_EVENTS; i++)
    clear (&((LambdaCallback *) object)->closures[i]);
}

static gboolean
call (StrataCallback  *callback,
      Event            event,
      StrataModel     *model,
      gint64           index,
      StrataLogs      *logs,
      GError         **error)
{
  Closure *closure = &((LambdaCallback *) callback)->closures[event];

  return closure->func == NULL || closure->func (model, index, logs, closure->user_data, error);
}

static gboolean
lambda_train_begin (StrataCallback  *callback,
                    StrataModel     *model,
                    GError         **error)
{
  return call (callback, TRAIN_BEGIN, model, 0, NULL, error);
}

static gboolean
lambda_train_end (StrataCallback  *callback,
                  StrataModel     *model,
                  StrataLogs      *logs,
                  GError         **error)
{
  return call (callback, TRAIN_END, model, 0, logs, error);
}

static gboolean
lambda_epoch_begin (StrataCallback  *callback,
                    StrataModel     *model,
                    gint64           epoch,
                    GError         **error)
{
  return call (callback, EPOCH_BEGIN, model, epoch, NULL, error);
}

static gboolean
lambda_epoch_end (StrataCallback  *callback,
                  StrataModel     *model,
                  gint64           epoch,
                  StrataLogs      *logs,
                  GError         **error)
{
  return call (callback, EPOCH_END, model, epoch, logs, error);
}

static gboolean
lambda_batch_begin (StrataCallback  *callback,
                    StrataModel     *model,
                    gint64           batch,
                    GError         **error)
{
  return call (callback, BATCH_BEGIN, model, batch, NULL, error);
}

static gboolean
lambda_batch_end (StrataCallback  *callback,
                  StrataModel     *model,
                  gint64           batch,
                  StrataLogs      *logs,
                  GError         **error)
{
  return call (callback, BATCH_END, model, batch, logs, error);
}

const StrataCallbackInfo strata_callback_lambda_callback = {
  .object = {
    .name = "LambdaCallback",
    .title = "Functions of a program",
    .description = "Calls functions that a program gives, as training goes on",
    .params = params,
    .instance_size = sizeof (LambdaCallback),
    .samples = (const char *const[]){ "{}", NULL },
    .configured = lambda_callback_configured,
    .finalize = lambda_callback_finalize,
  },
  .train_begin = lambda_train_begin,
  .train_end = lambda_train_end,
  .epoch_begin = lambda_epoch_begin,
  .epoch_end = lambda_epoch_end,
  .batch_begin = lambda_batch_begin,
  .batch_end = lambda_batch_end,
};

/**
 * strata_lambda_callback_new:
 *
 * Returns: (transfer full): a callback that calls what strata_lambda_callback_set_function() gives it
 */
StrataCallback *
strata_lambda_callback_new (void)
{
  return (StrataCallback *) strata_object_new (STRATA_KIND_CALLBACK, "LambdaCallback", NULL, NULL);
}

/**
 * strata_lambda_callback_set_function:
 * @self: a LambdaCallback
 * @event: Keras's name for when: on_epoch_begin, on_epoch_end, on_train_begin, on_train_end,
 *   on_train_batch_begin or on_train_batch_end
 * @func: (nullable) (scope notified) (closure user_data) (destroy destroy): what is called then
 * @user_data: what it is given
 * @destroy: (nullable): frees that
 *
 * Returns: whether there is such an event
 */
gboolean
strata_lambda_callback_set_function (StrataCallback   *self,
                                     const char       *event,
                                     StrataLambdaFunc  func,
                                     gpointer          user_data,
                                     GDestroyNotify    destroy)
{
  g_return_val_if_fail (g_str_equal (strata_object_get_class_name (STRATA_OBJECT (self)), "LambdaCallback"), FALSE);

  for (int i = 0; i < N_EVENTS; i++)
    if (g_str_equal (event_names[i], event))
      {
        Closure *closure = &((LambdaCallback *) self)->closures[i];

        clear (closure);
        *closure = (Closure){ func, user_data, destroy };
        return TRUE;
      }
  return FALSE;
}
