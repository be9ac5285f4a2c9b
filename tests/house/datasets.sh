#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# The data sets are what their notice says: whole and unchanged, and all of them are listed and installed.
. "$(dirname "$0")/tap.sh"
cd data/datasets

changed ()
{
  while read -r sum file; do
    case $file in
      *.gz) found=$(gzip -dc "$file" | md5sum) ;;
      *) found=$(md5sum < "$file") ;;
    esac
    [ "${found%% *}" = "$sum" ] || echo "$file has the sum ${found%% *}, not $sum"
  done < checksums.md5
}

unlisted ()
{
  find . -name '*.csv' -o -name '*.gz' | sed 's,^\./,,' | sort | while read -r file; do
    grep -q " $file\$" checksums.md5 || echo "$file is not in checksums.md5"
    grep -q "'$file'" meson.build || echo "$file is not installed"
    grep -qF "| ${file%%/*}" README.md || echo "$file is not in README.md"
  done
}

report "every data set is unchanged" "$(changed)"
report "every data set is listed" "$(unlisted)"
finish
