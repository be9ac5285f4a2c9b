#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Each source file says its licence at its top.
. "$(dirname "$0")/tap.sh"

sources ()
{
  files | grep -E '\.(c|h|c\.in|h\.in|inc\.in|ui|css|sh|awk|py)$|^(build-aux/[a-z]+|\.ci/.*|tests/app/display)$'
}

offences ()
{
  sources | while read -r file; do
    head -n 3 "$file" | grep -q 'SPDX-License-Identifier: LGPL-2.1-or-later' || echo "$file"
  done
}

report "every source names its licence" "$(offences)"
finish
