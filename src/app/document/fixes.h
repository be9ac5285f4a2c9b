/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "document/document.h"

G_BEGIN_DECLS

/* Fixes for diagnostics; the labels are owned by who takes them. */
void     strata_fix_with_param   (StrataDiagnostic *diagnostic, char *label, const char *name, const char *value);
void     strata_fix_with_layer   (StrataDiagnostic *diagnostic, char *label, const char *class_name, const char *config);
void     strata_fix_with_input   (StrataDiagnostic *diagnostic, char *label, const char *config);
gboolean strata_fix_find         (StrataDocument *document, StrataDocNode *node, StrataDiagnostic *diagnostic);

G_END_DECLS
