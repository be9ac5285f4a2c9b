/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/error.h"

G_DEFINE_QUARK (strata-error-quark, strata_error)
