#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# usage: reference.sh REFERENCE STRATA_CLI
# The reference was made without a warning, has a page for each entry of the lists, and its links lead somewhere.
set -u
LC_ALL=C.UTF-8
export LC_ALL
html=$1/html cli=$2
points=0

report ()
{
  points=$((points + 1))
  if [ -z "$2" ]; then
    echo "ok $points $1"
  else
    echo "not ok $points $1"
    echo "$2" | head -n 20 | sed 's/^/# /'
  fi
}

missing_pages ()
{
  for kind in layer loss metric optimizer callback application; do
    case $kind in loss) list=losses ;; *) list=${kind}s ;; esac
    "$cli" $list --json | sed -n 's/^    "name" : "\(.*\)",$/\1/p' | while read -r name; do
      [ -s "$html/$kind-$name.html" ] || echo "$kind-$name"
    done
  done
}

dead_links ()
{
  (cd "$html" &&
    grep -ohE 'href="[a-z]+-[A-Za-z0-9_]+\.html' ./*.html | sed 's/href="//' | sort -u | while read -r page; do
      [ -e "$page" ] || echo "$page"
    done)
}

unfilled ()
{
  grep -lF '{{' "$html/examples.html" "$html/adding.html"
}

report "no warnings" "$(cat "$1/warnings")"
report "a page for each entry" "$(missing_pages)"
report "links lead to pages" "$(dead_links)"
report "guides have their examples" "$(unfilled)"
echo "1..$points"
