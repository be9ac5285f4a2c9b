/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "check.h"

#include "io/code/python.h"

/* The network that @code says, which must be understood. */
static inline StrataPythonSource *
read_code (const char *code)
{
  g_autoptr (GError) error = NULL;
  guint line = 0;
  StrataPythonSource *source = strata_python_source_read (code, &line, &error);

  if (error != NULL)
    g_test_message ("line %u: %s\n%s", line, error->message, code);
  g_assert_no_error (error);
  return source;
}
