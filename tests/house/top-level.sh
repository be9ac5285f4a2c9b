#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# The top of the tree holds what is listed here, dot files, and the folders of builds.
. "$(dirname "$0")/tap.sh"

# Only what is under version control counts; a working copy may hold more.
listing ()
{
  if [ -e .git ] && command -v git >/dev/null; then
    git ls-files | cut -d/ -f1 | sort -u
  else
    ls
  fi
}

unexpected ()
{
  listing | grep -vE '^\.|^build(-[a-z]+)?$' |
    grep -vxE 'meson\.build|meson_options\.txt|README\.md|LICENSE|src|ui|resources|data|tests|po' |
    grep -vx build-aux || true
}

missing ()
{
  for name in README.md LICENSE meson.build build-aux/run build-aux/test; do
    [ -e "$name" ] || echo "$name"
  done
}

report "the top holds nothing unexpected" "$(unexpected)"
report "nothing is missing that people look for" "$(missing)"
finish
