/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef struct _StrataDocument StrataDocument;
typedef struct _StrataDiagnostic StrataDiagnostic;

/**
 * StrataSeverity:
 * @STRATA_SEVERITY_HINT: works, but is unusual
 * @STRATA_SEVERITY_WARNING: works, but hardly as meant
 * @STRATA_SEVERITY_ERROR: cannot be built or trained
 */
typedef enum
{
  STRATA_SEVERITY_HINT,
  STRATA_SEVERITY_WARNING,
  STRATA_SEVERITY_ERROR,
} StrataSeverity;

/**
 * StrataFixFunc:
 * @document: what to mend
 * @node_id: the diagnostic's node
 * @data: (nullable): the diagnostic's fix data
 *
 * Mends what a diagnostic tells, through the document's commands.
 */
typedef gboolean (*StrataFixFunc) (StrataDocument *document, guint node_id, JsonNode *data, GError **error);

#define STRATA_TYPE_DIAGNOSTIC (strata_diagnostic_get_type ())

GType             strata_diagnostic_get_type      (void) G_GNUC_CONST;
StrataDiagnostic *strata_diagnostic_new           (StrataSeverity severity, guint node_id,
                                                   char *message) G_GNUC_WARN_UNUSED_RESULT;
StrataDiagnostic *strata_diagnostic_ref           (StrataDiagnostic *self);
void              strata_diagnostic_unref         (StrataDiagnostic *self);
void              strata_diagnostic_set_fix       (StrataDiagnostic *self, char *label, StrataFixFunc fix,
                                                   JsonNode *data);
void              strata_diagnostic_set_check     (StrataDiagnostic *self, const char *check);
void              strata_diagnostic_set_blocking  (StrataDiagnostic *self, gboolean blocking);
const char       *strata_diagnostic_get_check     (StrataDiagnostic *self);
gboolean          strata_diagnostic_is_blocking   (StrataDiagnostic *self);
StrataSeverity    strata_diagnostic_get_severity  (StrataDiagnostic *self);
guint             strata_diagnostic_get_node_id   (StrataDiagnostic *self);
const char       *strata_diagnostic_get_message   (StrataDiagnostic *self);
const char       *strata_diagnostic_get_fix_label (StrataDiagnostic *self);
gboolean          strata_diagnostic_apply_fix     (StrataDiagnostic *self, StrataDocument *document, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataDiagnostic, strata_diagnostic_unref)

G_END_DECLS
