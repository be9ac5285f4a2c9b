#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# usage: make.sh SOURCE_TREE STRATA_CLI VERSION OUTPUT GIR SCAN_WARNINGS
# Makes the reference as HTML in OUTPUT/html: what the scanner found (scan.sh), the guides of this folder with the
# examples in them, and a page for all that has parameters. OUTPUT/warnings is what the tools had to say.
set -eu
LC_ALL=C.UTF-8
export LC_ALL

source=$1 cli=$2 version=$3 output=$4 gir=$5 scan_warnings=$6
rm -rf "$output"
mkdir -p "$output/content"

# Puts a source where a guide says {{its name}}.
fill_in ()
{
  awk -v folder="$source/src/examples/" '
    /^\{\{.*\}\}$/ {
      file = folder substr ($0, 3, length ($0) - 4)
      print "```c"
      while ((getline line < file) > 0)
        print line
      print "```"
      next
    }
    { print }' "$1"
}

configure ()
{
  sed "s/@VERSION@/$version/" "$source/src/docs/strata.toml.in"
  for name in getting-started keras adding examples reference; do
    echo "  \"$name.md\","
  done
  (cd "$output/content" && ls layer-* activation-* loss-* metric-* optimizer-* schedule-* initializer-* regularizer-* \
    constraint-* callback-* application-* reference-*) | sed 's/.*/  "&",/'
  echo ']'
}

# The front page lists the guides, from which lists lead to all pages; it has no headings without anything below.
tidy_index ()
{
  sed -i -e '/<li><a href="[a-z]*-[^"]*\.html">/{/href="getting-started\.html"/!d}' \
    -e '/<a href="" class="external"><\/a>/d' \
    -e '/<div class="meta build toggle-wrapper">/,/^    <\/div>/d' "$output/html/index.html"
}

cp "$scan_warnings" "$output/warnings"
for page in "$source"/src/docs/*.md; do
  fill_in "$page" > "$output/content/$(basename "$page")"
done
"$cli" reference "$output/content"
configure > "$output/strata.toml"
gi-docgen generate --quiet --fatal-warnings --no-namespace-dir --config "$output/strata.toml" \
  --content-dir "$output/content" --output-dir "$output/html" "$gir" 2>> "$output/warnings"
tidy_index
