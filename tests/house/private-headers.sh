#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# What the public never sees (-private.h) stays out of public headers, and the engine's out of all that uses it.
. "$(dirname "$0")/tap.sh"

# Includes of private headers, as "FILE:LINE NAME".
private_includes ()
{
  files | grep -E "$1" | xargs -r awk '
    $1 == "#include" && $2 ~ /-private\.h"$/ { print FILENAME ":" FNR, substr ($2, 2, length ($2) - 2) }'
}

of_headers ()
{
  private_includes '^src/.*\.h$' | grep -v -- '-private\.h:' || true
}

of_users ()
{
  private_includes '^src/(cli|app|examples)/' | while read -r place name; do
    [ ! -e "src/engine/$name" ] || echo "$place includes $name"
  done
}

report "no public header includes a private one" "$(of_headers)"
report "nothing outside of the engine includes its private headers" "$(of_users)"
finish
