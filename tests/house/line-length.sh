#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Lines can be read beside each other on one screen.
. "$(dirname "$0")/tap.sh"

# Columns are characters, not bytes.
offences ()
{
  files | grep -E '^(src|tests)/.*(\.(c|h|in|sh)|/meson\.build)$' |
    LC_ALL=C.UTF-8 xargs grep -naE '^.{121,}' | cut -d: -f1,2 || true
}

report "no line is longer than 120 columns" "$(offences)"
finish
