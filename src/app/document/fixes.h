/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "document/document.h"

G_BEGIN_DECLS

/**
 * StrataFix:
 *
 * What mends a problem: edits that are made one after the other, as one step. Values and configs are JSON.
 */
typedef JsonArray StrataFix;

StrataFix *strata_fix_new         (StrataDiagnostic *diagnostic, char *label);
void       strata_fix_set_param   (StrataFix *self, StrataDocNode *node, const char *name, const char *value);
void       strata_fix_set_number  (StrataFix *self, StrataDocNode *node, const char *name, gint64 value);
void       strata_fix_set_setting (StrataFix *self, const char *key, const char *member, const char *value);
void       strata_fix_insert      (StrataFix *self, StrataDocNode *node, const char *class_name, const char *config);
void       strata_fix_insert_from (StrataFix *self, StrataDocNode *node, StrataDocNode *from, const char *class_name,
                                   const char *config);
void       strata_fix_append      (StrataFix *self, StrataDocNode *node, const char *class_name, const char *config);
void       strata_fix_bypass      (StrataFix *self, StrataDocNode *node);
void       strata_fix_remove      (StrataFix *self, StrataDocNode *node);
void       strata_fix_connect     (StrataFix *self, StrataDocNode *from, StrataDocNode *to, guint port);
void       strata_fix_add_input   (StrataFix *self, StrataDocNode *node);

/* Would it work then? */
gboolean   strata_fix_try_param   (StrataDocNode *node, const char *name, const char *value);
gboolean   strata_fix_try_layer   (StrataDocNode *node, const char *class_name, const char *config);
gboolean   strata_fix_try_input   (StrataDocNode *node, const StrataSpec *input);

G_END_DECLS
