#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# usage: programs.sh SOURCE_TREE BUILD_TREE PREFIX
# Installs into a folder, and builds and runs the examples with what is there, as any project would.
set -eu

source=$1 build=$2 prefix=$3
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
points=0
cc=${CC:-cc} cxx=${CXX:-c++}

# `point TITLE COMMAND...`: good if the command is, and says nothing.
point ()
{
  points=$((points + 1))
  title=$1
  shift
  if "$@" > "$scratch/said" 2>&1 && [ ! -s "$scratch/said" ]; then
    echo "ok $points $title"
  else
    echo "not ok $points $title"
    sed 's/^/# /' "$scratch/said"
  fi
}

quietly ()
{
  "$@" > "$scratch/log" 2>&1 || cat "$scratch/log"
}

# Headers in the order of their names, and then backwards: each includes what it needs.
include_all ()
{
  (cd "$headers" && find . -name '*.h') | LC_ALL=C sort ${1:-} | sed 's|^\./\(.*\)|#include "\1"|'
}

point "it can be installed" quietly env DESTDIR="$scratch/root" meson install -C "$build" --no-rebuild
root=$scratch/root$prefix
headers=$root/include/strata-0
pc=$(find "$root" -name strata-0.pc)
libraries=$(dirname "$(find "$root" -name libstrata.so)")
LD_LIBRARY_PATH=$libraries
export LD_LIBRARY_PATH
compile="$(PKG_CONFIG_PATH=$(dirname "$pc") pkg-config --cflags strata-0 | sed "s|$prefix/include/strata-0|$headers|")"
link="-L$libraries $(PKG_CONFIG_PATH=$(dirname "$pc") pkg-config --libs-only-l strata-0)"

for order in '' -r; do
  include_all $order > "$scratch/all.c"
  point "all headers are C11${order:+, backwards}" \
    $cc -std=c11 -Wall -Wextra -Wpedantic -Wno-unused-parameter -Wno-unused-function \
    -fsyntax-only $compile "$scratch/all.c"
  point "all headers are C++${order:+, backwards}" \
    $cxx -x c++ -fsyntax-only $compile "$scratch/all.c"
done
for example in "$source"/src/examples/*.c; do
  name=$(basename "$example" .c)
  point "$name is built" $cc $compile "$example" -o "$scratch/$name" $link -lm
  point "$name runs" quietly "$scratch/$name"
done
symbols=$(nm -D --defined-only "$libraries/libstrata.so" | awk '$2 ~ /[TDBR]/ { print $3 }' |
  grep -v '^strata_' || true)
point "the library has no names but its own" printf %s "$symbols"
echo "1..$points"
