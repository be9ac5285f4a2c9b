#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# usage: man.sh STRATA_CLI VERSION
# Prints the manual page of strata-cli, made of what its commands say of themselves.
set -eu

cli=$1 version=$2
LC_ALL=C.UTF-8
export LC_ALL

# Text as it is, for troff.
escape ()
{
  sed -e 's/\\/\\e/g' -e 's/-/\\-/g' -e 's/…/.../g' -e "s/^[.']/\\\\\&&/"
}

cat << EOF
.TH STRATA\-CLI 1 "" "Strata $version"
.SH NAME
strata\-cli \- train neural networks, ask them and write them in other formats
.SH SYNOPSIS
.B strata\-cli
.I COMMAND
[\fIARGUMENT\fR ...]
.SH DESCRIPTION
Models are .keras, .h5, .json or .py, arrays .npy, .npz or .csv, and \- is standard input or output.
.SH COMMANDS
EOF
"$cli" --help | sed -n 's/^  \([a-z][a-z]*\) .*/\1/p' | while read -r command; do
  echo ".SS $command"
  "$cli" "$command" --help | escape | awk '
    NR == 2 { sub (/^ +/, ""); print ".B \"" $0 "\""; print ".PP"; next }
    /Options:$/ { section = $1 }
    section == "" && NR > 2 && NF > 0 { print }
    section == "Application" && / +\\-/ {
      at = match ($0, /[^ ]   *[^ ]/) ? RSTART : length ($0)
      option = substr ($0, 1, at); sub (/^ +/, "", option)
      meaning = substr ($0, at + 1); sub (/^ +/, "", meaning)
      print ".TP"; print ".B \"" option "\""; print meaning }'
done
cat << 'EOF'
.SH EXIT STATUS
0 when it is done, 1 when it is not, with a line on standard error that says why, 2 when it was called wrongly, and 130
when it was stopped.
.SH ENVIRONMENT
.TP
.B STRATA_DATA_DIR
Where data sets and examples are that come along.
.TP
.B STRATA_MIRROR
A server with copies of the weights of published networks.
EOF
