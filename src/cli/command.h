/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

#include "base/kind.h"
#include "models/model.h"

G_BEGIN_DECLS

/* What strata-cli ends with. */
#define STRATA_EXIT_DONE 0
#define STRATA_EXIT_FAILED 1
#define STRATA_EXIT_USAGE 2
#define STRATA_EXIT_INTERRUPTED 130

/**
 * StrataCommand:
 * @name: the word after strata-cli
 * @arguments: what follows it, for the usage line
 * @summary: a line that explains it
 * @run: does it; argv[0] is the word
 * @kind: what a listing lists
 *
 * A subcommand: a file here, and a line in meson.build. @summary is put before translators by the command `texts`.
 */
typedef struct _StrataCommand StrataCommand;

struct _StrataCommand
{
  const char *name;
  const char *arguments;
  const char *summary;
  int (*run) (const StrataCommand *self, int argc, char **argv);
  StrataKind kind;
};

extern const StrataCommand *const strata_command_table[];

gboolean strata_command_parse (const StrataCommand *self, const GOptionEntry *entries, int *argc, char ***argv,
                               guint least, guint most);
void     strata_command_warn  (const char *name, const char *format, ...) G_GNUC_PRINTF (2, 3);
int      strata_command_fail  (const char *name, GError *error);
void     strata_command_tell  (const char *name, GPtrArray *warnings);
void     strata_command_foresee (const char *name, StrataModel *model, const char *path);

StrataModel *strata_command_load (const char *name, const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
