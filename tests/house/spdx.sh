#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Each source file says its licence at its top.
. "$(dirname "$0")/tap.sh"

sources ()
{
  files | grep -E '\.(c|h|c\.in|h\.in|inc\.in|ui|css|sh|awk|py)$|^(build-aux/[a-z]+|\.ci/.*|tests/app/display)$'
}

# One program for all files: a few for each take long where there are thousands.
offences ()
{
  sources | xargs awk '
    FNR == 1 { if (NR > 1 && !found) print name; name = FILENAME; found = 0 }
    FNR <= 3 && /SPDX-License-Identifier: LGPL-2.1-or-later/ { found = 1 }
    END { if (!found) print name }'
}

report "every source names its licence" "$(offences)"
finish
