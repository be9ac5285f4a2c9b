/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "document/document.h"

G_BEGIN_DECLS

/* Members of a document's settings: how it is compiled ("compile") and trained ("fit"), by Keras's names. */
double   strata_settings_get_number (StrataDocument *document, const char *key, const char *member, double fallback);
void     strata_settings_set_number (StrataDocument *document, const char *key, const char *member, double value);
gboolean strata_settings_get_flag   (StrataDocument *document, const char *key, const char *member, gboolean fallback);
void     strata_settings_set_flag   (StrataDocument *document, const char *key, const char *member, gboolean value);

/* Objects that are named, or described by class_name and config. */
char    *strata_settings_dup_class  (StrataDocument *document, const char *key,
                                     const char *member) G_GNUC_WARN_UNUSED_RESULT;
void     strata_settings_set_class  (StrataDocument *document, const char *key, const char *member, const char *name);

double   strata_settings_get_learning_rate (StrataDocument *document);
void     strata_settings_set_learning_rate (StrataDocument *document, double rate);
gboolean strata_settings_has_schedule      (StrataDocument *document);

char    *strata_settings_dup_metrics (StrataDocument *document) G_GNUC_WARN_UNUSED_RESULT;
void     strata_settings_set_metrics (StrataDocument *document, const char *text);

/* The callback EarlyStopping among those of "fit"; a patience of 0 epochs is none. */
guint    strata_settings_get_patience (StrataDocument *document);
void     strata_settings_set_patience (StrataDocument *document, guint patience);
char    *strata_settings_dup_loss           (StrataDocument *document, guint output,
                                             const char *name) G_GNUC_WARN_UNUSED_RESULT;
void     strata_settings_set_loss           (StrataDocument *document, guint output, const char *name);

G_END_DECLS
