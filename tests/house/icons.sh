#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# The icons of ours that the app asks for are drawn, and those that are drawn reach the app.
. "$(dirname "$0")/tap.sh"

folder=icons/scalable/actions

wanted ()
{
  # A category's icon bears its name; the table of categories opens each line with it.
  sed -n 's/^ *{ "\([a-z]*\)", 0x.*/strata-\1-symbolic/p' src/app/canvas/category.c
  files | grep -E '^(src/app|ui)/' | xargs grep -ohE 'strata-[a-z]+-symbolic'
}

undrawn ()
{
  wanted | sort -u | while read -r name; do
    [ -e "resources/$folder/$name.svg" ] || echo "$name"
  done
}

unpacked ()
{
  files | sed -n "s,^resources/\($folder/.*\.svg\),\1,p" | while read -r file; do
    grep -qF "<file>$file</file>" resources/strata.gresource.xml || echo "$file"
  done
}

# GTK colours symbolic icons by their fill alone.
stroked ()
{
  files | grep -E '^resources/.*-symbolic\.svg$' | xargs grep -lE 'stroke|fill="none"' || true
}

report "every icon asked for is drawn" "$(undrawn)"
report "every icon is in the app's resources" "$(unpacked)"
report "symbolic icons are made of fills" "$(stroked)"
finish
