#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# po/POTFILES names every file with strings to translate, and none besides; sorted, so that two additions rarely meet.
. "$(dirname "$0")/tap.sh"

listed ()
{
  grep -v '^#' po/POTFILES | grep .
}

translatable ()
{
  {
    files | grep -E '^(src|ui)/.*\.(c|h)$' | xargs grep -lE '(^|[^A-Za-z0-9_])(C?N?_|N?C_|ngettext|g_dngettext|g_dpgettext2?) ?\(' || true
    files | grep -E '^(ui|src|resources)/.*\.ui$' | xargs -r grep -l 'translatable="yes"' || true
    files | grep -E '^data/desktop/.*\.(desktop|metainfo\.xml|mime\.xml)\.in$|\.gschema\.xml$'
  } | sort
}

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
translatable > "$scratch/found"
listed | sort > "$scratch/listed"
report "no file with strings is missing from po/POTFILES" "$(comm -23 "$scratch/found" "$scratch/listed")"
report "po/POTFILES names no file without strings" "$(comm -13 "$scratch/found" "$scratch/listed")"
report "po/POTFILES is sorted" "$(listed | sort -c 2>&1)"
finish
