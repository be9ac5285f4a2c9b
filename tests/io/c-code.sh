#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# usage: c-code.sh STRATA-CLI MODEL PROGRAM
# PROGRAM was compiled from the C code that MODEL was written as: it builds the same model.
set -eu

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
echo "TAP version 13"
echo "1..1"
# JSON has no optimizer's state, which a program that does not train has neither.
"$1" convert "$2" "$scratch/model.json"
"$1" summary --width 76 "$scratch/model.json" > "$scratch/expected"
"$3" > "$scratch/found"
if cmp -s "$scratch/expected" "$scratch/found"; then
  echo "ok 1 builds the same model"
else
  echo "not ok 1 builds the same model"
  diff "$scratch/expected" "$scratch/found" | sed 's/^/# /'
  exit 1
fi
