/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "models/functional.h"
#include "models/sequential.h"

G_BEGIN_DECLS

typedef struct _StrataCodeWriter StrataCodeWriter;
typedef struct _StrataCodeBody StrataCodeBody;

/*
 * StrataCodeLanguage:
 * @name: what people call it
 * @begin: reserves identifiers that the language has already
 * @sequential: writes what is in the function that makes a model
 * @site: writes one call of a functional model
 * @ports: writes, after all calls, how a functional model is made of its inputs and outputs
 * @function: puts the head and the end about what is in the function
 *
 * What a language says in its own words; how a model is gone through is alike for all.
 */
typedef struct
{
  const char *name;
  void     (*begin)      (StrataCodeBody *body);
  gboolean (*sequential) (StrataCodeWriter *self, StrataSequential *model, GString *code, GError **error);
  gboolean (*site)       (StrataCodeBody *body, StrataSite *site, GString *code, GError **error);
  void     (*ports)      (StrataCodeBody *body, GString *code);
  void     (*function)   (StrataCodeWriter *self, StrataModel *model, const char *name, const char *code);
} StrataCodeLanguage;

/*
 * StrataCodeWriter:
 * @functions: names of functions, one for each model; shared by all
 * @finished: StrataModel -> name of the function that makes it
 * @code: the functions that are written so far
 */
struct _StrataCodeWriter
{
  const StrataCodeLanguage *language;
  GHashTable *functions;
  GHashTable *finished;
  GString *code;
};

/* A functional model while it is written. */
struct _StrataCodeBody
{
  StrataCodeWriter *writer;
  StrataFunctional *model;
  GHashTable *names;    /* identifiers in use */
  GHashTable *layers;   /* StrataLayer -> identifier, of shared ones */
  GHashTable *results;  /* StrataSite -> identifier of what it returns */
};

void        strata_code_writer_init        (StrataCodeWriter *self, const StrataCodeLanguage *language);
void        strata_code_writer_clear       (StrataCodeWriter *self);
const char *strata_code_writer_add_model   (StrataCodeWriter *self, StrataModel *model, GError **error);
void        strata_code_writer_refuse_layer (StrataCodeWriter *self, StrataLayer *layer, GError **error);

const char *strata_code_body_share         (StrataCodeBody *self, StrataLayer *layer);
const char *strata_code_body_name_result   (StrataCodeBody *self, StrataSite *site);

G_END_DECLS
