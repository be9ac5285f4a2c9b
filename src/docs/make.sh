#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# usage: make.sh SOURCE_TREE BUILD_TREE STRATA_CLI VERSION OUTPUT
# Makes the reference as HTML in OUTPUT/html: what the scanner finds in comments and headers, the guides of this folder
# with the examples in them, and a page for all that has parameters. OUTPUT/warnings is what the tools had to say.
set -eu
LC_ALL=C.UTF-8
export LC_ALL

source=$1 build=$2 cli=$3 version=$4 output=$5
engine=$source/src/engine
rm -rf "$output"
mkdir -p "$output/content" "$output/work"
output=$(cd "$output" && pwd)

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

scan ()
{
  # Scratch files of the scanner land where it runs.
  (cd "$output/work" && LD_LIBRARY_PATH=$build/src/engine g-ir-scanner --quiet --warn-all --namespace=Strata \
    --nsversion=0 --identifier-prefix=Strata --symbol-prefix=strata \
    -I"$engine" -I"$build/src/engine" -I"$build/src/engine/ops" \
    $(pkg-config --cflags --libs gobject-2.0 gio-2.0 json-glib-1.0) \
    --include=GObject-2.0 --include=Gio-2.0 --include=Json-1.0 --library=strata -L"$build/src/engine" \
    --output="$output/Strata-0.gir" $(public_headers) $(sources_of))
}

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

scan 2> "$output/warnings"
for page in "$source"/src/docs/*.md; do
  fill_in "$page" > "$output/content/$(basename "$page")"
done
"$cli" reference "$output/content"
configure > "$output/strata.toml"
gi-docgen generate --quiet --fatal-warnings --no-namespace-dir --config "$output/strata.toml" \
  --content-dir "$output/content" --output-dir "$output/html" "$output/Strata-0.gir" 2>> "$output/warnings"
tidy_index
