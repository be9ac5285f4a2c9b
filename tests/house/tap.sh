# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Sourced by each test of this folder, which is called with the top of the source tree. `report TITLE OFFENCES` makes
# a TAP point of what a search found, one offence a line: good if there is none.
set -eu
LC_ALL=C
export LC_ALL
cd "$1"
points=0

# All files of ours, relative to the top, without what builds and version control leave there.
files ()
{
  find . -path ./.git -prune -o -path './build' -prune -o -path './build-*' ! -path './build-aux' -prune -o \
    -path './.cache' -prune -o -type f -print | sed 's,^\./,,' | sort
}

report ()
{
  points=$((points + 1))
  if [ -z "$2" ]; then
    echo "ok $points $1"
  else
    echo "not ok $points $1"
    echo "$2" | sed 's/^/# /'
    failures=yes
  fi
}

# Ends a test: how many points there were, and whether all were good.
finish ()
{
  echo "1..$points"
  [ -z "${failures:-}" ]
}
