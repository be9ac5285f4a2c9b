/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef enum
{
  STRATA_PYTHON_END,
  STRATA_PYTHON_NAME,
  STRATA_PYTHON_VALUE,  /* a number or string */
  STRATA_PYTHON_SIGN,
  STRATA_PYTHON_NEWLINE,
  STRATA_PYTHON_INDENT,
  STRATA_PYTHON_DEDENT,
  STRATA_PYTHON_FORMAT, /* a string that values are written into */
} StrataPythonTokenType;

/**
 * StrataPythonToken:
 * @text: (nullable): of a name or sign
 * @value: (nullable): of a number or string; of one that values are written into, what is between its quotes
 * @line: where it is, from 1
 */
typedef struct
{
  StrataPythonTokenType type;
  char *text;
  JsonNode *value;
  guint line;
} StrataPythonToken;

GArray *strata_python_split (const char *code, guint *line, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
