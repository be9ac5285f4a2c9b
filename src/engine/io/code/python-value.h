/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "layers/symbol.h"

G_BEGIN_DECLS

/**
 * StrataPythonInner:
 * @inner: an object in a parameter of another
 *
 * Returns: (nullable): code that makes @inner where it is not a call of its class, as for a model
 */
typedef char *(*StrataPythonInner) (StrataObject *inner, gpointer data);

/* Pieces of Python code. */
char *strata_python_literal    (JsonNode *node) G_GNUC_WARN_UNUSED_RESULT;
char *strata_python_call       (StrataObject *object, GHashTable *counts, StrataPythonInner inner,
                                gpointer data) G_GNUC_WARN_UNUSED_RESULT;

/* The names that Keras gives to layers that have none, counted by class. */
char    *strata_python_next_name (GHashTable *counts, const char *class_name) G_GNUC_WARN_UNUSED_RESULT;
void     strata_python_count_inside (GHashTable *counts, StrataSite *site);
gboolean strata_python_take_name (GHashTable *counts, const char *name, const char *class_name);
char *strata_python_identifier (const char *name, GHashTable *used) G_GNUC_WARN_UNUSED_RESULT;

/* Calls of layers; variables hold what earlier calls returned */
GList *strata_python_output_names (const StrataSite *site) G_GNUC_WARN_UNUSED_RESULT;
JsonNode *strata_python_arrangement (const StrataSite *site) G_GNUC_WARN_UNUSED_RESULT;
GList *strata_python_arranged_names (JsonNode *structure) G_GNUC_WARN_UNUSED_RESULT;
char *strata_python_symbol      (GHashTable *results, const StrataSymbol *symbol) G_GNUC_WARN_UNUSED_RESULT;
void  strata_python_append_call (GHashTable *results, StrataSite *site, GString *code);

G_END_DECLS
