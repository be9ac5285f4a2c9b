/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "models/model.h"

G_BEGIN_DECLS

/**
 * StrataPythonOrigin:
 * @layer: a layer of the model
 * @call: which of its calls, from 0; -1 where it is made
 * @line: where the code for that begins, from 1
 * @last_line: where it ends
 * @is_named: whether the code gives the layer a name; otherwise it has one that Keras would make up
 *
 * Where in the code something of a model comes from.
 */
typedef struct
{
  StrataLayer *layer;
  int call;
  guint line, last_line;
  gboolean is_named;
} StrataPythonOrigin;

/**
 * StrataPythonSource:
 * @model: the model, compiled where the code compiles it
 * @origins: (element-type StrataPythonOrigin): where its layers come from
 *
 * What was read from Python code.
 */
typedef struct
{
  StrataModel *model;
  GArray *origins;
} StrataPythonSource;

char               *strata_model_to_python    (StrataModel *model, GError **error) G_GNUC_WARN_UNUSED_RESULT;
StrataModel        *strata_model_from_python  (const char *code, GError **error) G_GNUC_WARN_UNUSED_RESULT;
StrataPythonSource *strata_python_source_read (const char *code, guint *line, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void                strata_python_source_free (StrataPythonSource *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataPythonSource, strata_python_source_free)

G_END_DECLS
