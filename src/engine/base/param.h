/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "base/ints.h"
#include "base/kind.h"

G_BEGIN_DECLS

/**
 * StrataParamType:
 * @STRATA_PARAM_BOOL: gboolean
 * @STRATA_PARAM_INT: gint64; %STRATA_NONE_INT where nullable and absent
 * @STRATA_PARAM_FLOAT: double; NaN where nullable and absent
 * @STRATA_PARAM_STRING: owned char *, or %NULL
 * @STRATA_PARAM_CHOICE: owned char *, one of @choices
 * @STRATA_PARAM_INTS: StrataInts
 * @STRATA_PARAM_OBJECT: owned StrataObject of @kind, or %NULL
 * @STRATA_PARAM_JSON: owned JsonNode, or %NULL: for what has no simpler form
 *
 * How a parameter is stored in the instance.
 */
typedef enum
{
  STRATA_PARAM_BOOL,
  STRATA_PARAM_INT,
  STRATA_PARAM_FLOAT,
  STRATA_PARAM_STRING,
  STRATA_PARAM_CHOICE,
  STRATA_PARAM_INTS,
  STRATA_PARAM_OBJECT,
  STRATA_PARAM_JSON,
} StrataParamType;

/**
 * StrataParam:
 * @name: the name Keras gives it
 * @type: how it is stored
 * @offset: where in the instance
 * @fallback: its default as JSON (`"null"` makes sense only with @nullable), or %NULL where it must be given
 * @nullable: whether None is allowed
 * @choices: for a choice, a %NULL-terminated list
 * @kind: for an object, what kind of object
 * @count: for a tuple, how many numbers one number stands for (0: any length)
 * @minimum: hard lower bound (with @maximum; none where both are 0)
 * @maximum: hard upper bound
 * @soft_minimum: lower end of what is usual, for sliders (none where both are 0)
 * @soft_maximum: upper end of what is usual
 * @transient: whether files leave it out: set by code or aliases only
 * @partial: for a tuple, whether its numbers may be None each, stored as -1; JSON that is partial is such a tuple
 * @omit_default: whether files leave it out at its default, as not every Keras has it
 * @title: its name for people, sentence case
 * @description: a line that explains it
 * @unit: what its number counts, such as "steps", or %NULL
 *
 * One parameter of a layer, loss, optimizer or the like. The inspector, the
 * files, the command line, the reference and the tests all read these tables.
 */
typedef struct
{
  const char *name;
  StrataParamType type;
  int offset;
  const char *fallback;
  gboolean nullable;
  const char *const *choices;
  StrataKind kind;
  int count;
  double minimum, maximum;
  double soft_minimum, soft_maximum;
  gboolean transient;
  gboolean partial;
  gboolean omit_default;
  const char *title;
  const char *description;
  const char *unit;
} StrataParam;

/* T is the instance struct, f the field, which bears the parameter's name. */
#define STRATA_PARAM(TYPE, T, f, def, ...) \
  { .name = #f, .type = STRATA_PARAM_##TYPE, .offset = (int) G_STRUCT_OFFSET (T, f), .fallback = def, __VA_ARGS__ }
#define STRATA_CHOICES(...) ((const char *const[]){ __VA_ARGS__, NULL })

JsonNode *strata_param_get      (const StrataParam *self, gconstpointer instance) G_GNUC_WARN_UNUSED_RESULT;
gboolean  strata_param_set      (const StrataParam *self, gpointer instance, JsonNode *value, GError **error);
gboolean  strata_param_reset    (const StrataParam *self, gpointer instance, GError **error);
void      strata_param_clear    (const StrataParam *self, gpointer instance);
gboolean  strata_param_is_default (const StrataParam *self, gconstpointer instance);
JsonNode *strata_param_get_default (const StrataParam *self) G_GNUC_WARN_UNUSED_RESULT;

GParamSpec *strata_param_to_spec   (const StrataParam *self) G_GNUC_WARN_UNUSED_RESULT;
void        strata_param_get_value (const StrataParam *self, gconstpointer instance, GValue *value);
gboolean    strata_param_set_value (const StrataParam *self, gpointer instance, const GValue *value, GError **error);

G_END_DECLS
