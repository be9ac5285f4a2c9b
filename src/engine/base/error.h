/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define STRATA_ERROR (strata_error_quark ())

/**
 * StrataError:
 * @STRATA_ERROR_SHAPE: tensors whose shapes do not fit together
 * @STRATA_ERROR_TYPE: a value of the wrong data type
 * @STRATA_ERROR_VALUE: a parameter outside what it may be
 * @STRATA_ERROR_NAME: something asked for by a name that is not known
 * @STRATA_ERROR_FILE: a file that cannot be read or written
 * @STRATA_ERROR_FORMAT: a file that is damaged or of another kind
 * @STRATA_ERROR_DATA: training data that cannot be used
 * @STRATA_ERROR_STATE: a call that comes too early, such as fit() before compile()
 * @STRATA_ERROR_UNSUPPORTED: what Strata knows of and does not do, such as running code from a file
 * @STRATA_ERROR_CANCELLED: the user stopped it
 *
 * What can go wrong. Messages are sentences for people: they name the layer or
 * file, say what was expected and what came, and end without a full stop.
 */
typedef enum
{
  STRATA_ERROR_SHAPE,
  STRATA_ERROR_TYPE,
  STRATA_ERROR_VALUE,
  STRATA_ERROR_NAME,
  STRATA_ERROR_FILE,
  STRATA_ERROR_FORMAT,
  STRATA_ERROR_DATA,
  STRATA_ERROR_STATE,
  STRATA_ERROR_UNSUPPORTED,
  STRATA_ERROR_CANCELLED,
} StrataError;

GQuark strata_error_quark (void);
void   strata_set_error   (GError **error, StrataError code, const char *format, ...) G_GNUC_PRINTF (3, 4);

G_END_DECLS
