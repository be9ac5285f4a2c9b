#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# The engine's sentences go through strata_set_error() and its like (base/error.h), which have them translated.
. "$(dirname "$0")/tap.sh"

# All calls that take a text as it is, with one on the same or the next line.
untranslated ()
{
  find src/engine -name '*.c' | LC_ALL=C sort | xargs awk '
    FNR == 1 { call = "" }
    /g_set_error \(|g_set_error_literal \(|g_error_new(_literal)? \(|g_prefix_error \(/ { call = FILENAME ":" FNR }
    /_\("/ { call = "" }
    call != "" && /"[^"]*[a-z][a-z]+[ :][^"]*"/ { print call; call = "" }
    /;$/ { call = "" }'
}

report "no message of the engine bypasses its translation" "$(untranslated)"
finish
