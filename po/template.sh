#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# usage: template.sh STRATA_CLI OUTPUT DEPENDENCIES
# Gathers every text that can be translated: those marked in the sources, and those of tables and data, which the
# engine knows. No list of files is kept, so that whoever adds one need not think of it.
set -eu

cli=$1 output=$(realpath "$2") dependencies=$(realpath "$3")
cd "$(dirname "$0")/.."
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

find src ui resources data/desktop -name '*.[ch]' -o -name '*.ui' -o -name '*.desktop.in' -o -name '*.metainfo.xml.in' \
  -o -name '*.gschema.xml' -o -name '*.mime.xml.in' | LC_ALL=C sort > "$scratch/files"
xgettext --from-code=UTF-8 --package-name=strata --files-from="$scratch/files" --output="$scratch/marked.pot" \
  --add-comments=Translators --keyword=_ --keyword=N_ --keyword=C_:1c,2 --keyword=NC_:1c,2 \
  --keyword=g_dgettext:2 --keyword=g_dngettext:2,3 --keyword=g_dpgettext2:2c,3 \
  --keyword=strata_set_error:3 --keyword=strata_op_mismatch:3 --keyword=strata_builder_fail:3 \
  --keyword=strata_operands_fail:2 --keyword=strata_python_reader_fail:2 --keyword=strata_hdf5_fail:4 \
  --keyword=strata_keras_file_warn:2 --keyword=give_up:2 --keyword=refuse:3 --keyword=strata_command_warn:2
"$cli" texts "$scratch/tables.pot"
msgcat --use-first --output-file="$output" "$scratch/marked.pot" "$scratch/tables.pot"
# Folders change when files come or go.
{ printf '%s:' "$2"; { cat "$scratch/files"; find src ui resources data/desktop -type d; } | sed "s|^| $PWD/|" | tr '\n' ' '; } > "$dependencies"
