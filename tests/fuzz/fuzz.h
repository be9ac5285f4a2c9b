/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>
#include <stdint.h>

#include "base/error.h"

G_BEGIN_DECLS

/*
 * What a reader under test exports, by libFuzzer's name for it: it reads @data as a file of its kind would be
 * read. It is linked with libFuzzer or with driver.c.
 */
int         LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* For readers: how it ended. Whatever comes of an input, it is a result or an error of ours that is a sentence. */
void        fuzz_ended             (gboolean good, GError *error);

/* For readers: the input as text, as a file is that has it, and beside it in memory. */
char       *fuzz_dup_text          (const uint8_t *data, size_t size) G_GNUC_WARN_UNUSED_RESULT;
const char *fuzz_write             (const char *name, const uint8_t *data, size_t size);

/* For the driver: the message of the last input that was refused, or NULL if it was read. */
const char *fuzz_get_said          (void);

G_END_DECLS
