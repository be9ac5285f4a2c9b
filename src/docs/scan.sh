#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# usage: scan.sh SOURCE_TREE BUILD_TREE GIR WARNINGS
# Writes what the public headers and the comments of the sources say, for other languages and for the reference.
set -eu
LC_ALL=C.UTF-8
export LC_ALL

engine=$1/src/engine build=$2/src/engine
gir=$(realpath "$3") warnings=$(realpath "$4")

public_headers ()
{
  sh "$engine/public-headers.sh" documented | sed "s|^|$engine/|"
}

# Each header's functions are documented in the sources of the same folder, or of a folder of them.
sources_of ()
{
  { public_headers | xargs -n 1 dirname; echo "$engine/ops/elementwise"; } | sort -u | while read -r folder; do
    ls "$folder"/*.c
  done
}

# Scratch files of the scanner land where it runs.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
LD_LIBRARY_PATH=$build g-ir-scanner --quiet --warn-all --namespace=Strata --nsversion=0 \
  --identifier-prefix=Strata --symbol-prefix=strata -I"$engine" -I"$build" -I"$build/ops" \
  $(pkg-config --cflags --libs gobject-2.0 gio-2.0 json-glib-1.0) \
  --include=GObject-2.0 --include=Gio-2.0 --include=Json-1.0 --library=strata -L"$build" \
  --output="$gir" $(public_headers) $(sources_of) 2> "$warnings"
