#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# usage: pseudo.sh TEMPLATE OUTPUT
# Makes a translation into a language that nobody speaks: all but what is put into it stands in brackets, so that a text
# without them has not gone through gettext.
set -eu

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
msgen --output-file="$scratch/same.po" "$1"
sed -i 's/nplurals=INTEGER; plural=EXPRESSION;/nplurals=2; plural=n != 1;/' "$scratch/same.po"
msgfilter --keep-header --input="$scratch/same.po" --output-file="$scratch/marked.po" sed -E \
  -e '1s/^/⟦/' -e '$s/$/⟧/' -e 's/%[-+#0-9.*$]*(<PRI[du]64>|[hlz]*[diouxXeEfgGcs])/⟧&⟦/g' -e 's/⟦⟧//g'
msgfmt --output-file="$2" "$scratch/marked.po"
