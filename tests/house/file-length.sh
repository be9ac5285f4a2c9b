#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# One noun a file: past this length another noun hides inside.
. "$(dirname "$0")/tap.sh"

offences ()
{
  files | grep -E '\.(c|h|in|ui|css|sh|awk)$' | xargs wc -l |
    awk '$1 > 600 && $2 != "total" { print $2 " has " $1 " lines" }'
}

report "no file is longer than 600 lines" "$(offences)"
finish
