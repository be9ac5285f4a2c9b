#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Whatever a meson.build asks for has a package in build-aux/dependencies.debian.
. "$(dirname "$0")/tap.sh"

# What meson asks for, and the package that has it on Debian 12; "-" is what the C library or the tree itself brings.
packages='
dependency glib-2.0 libglib2.0-dev
dependency gobject-2.0 libglib2.0-dev
dependency gio-2.0 libglib2.0-dev
dependency gio-unix-2.0 libglib2.0-dev
dependency json-glib-1.0 libjson-glib-dev
dependency openblas libopenblas-pthread-dev
dependency hdf5 libhdf5-dev
dependency libarchive libarchive-dev
dependency libpng libpng-dev
dependency gdk-pixbuf-2.0 libgdk-pixbuf-2.0-dev
dependency libcurl libcurl4-openssl-dev
dependency threads libc6-dev
dependency gtk4 libgtk-4-dev
dependency libadwaita-1 libadwaita-1-dev
dependency gtksourceview-5 libgtksourceview-5-dev
find_library m libc6-dev
find_library dl libc6-dev
find_program desktop-file-validate desktop-file-utils
find_program glib-compile-schemas libglib2.0-bin
find_program appstreamcli appstream
find_program g-ir-scanner gobject-introspection
find_program gi-docgen gi-docgen
find_program display -
find_program programs.sh -
find_program reference.sh -
find_program template.sh -
find_program man.sh -
find_program pseudo.sh -
'

asked ()
{
  files | grep -E '(^|/)meson\.build$' | xargs awk '
    {
      line = $0
      while (match (line, /(dependency|find_library|find_program) *\( *\047[^\047]+\047/)) {
        call = substr (line, RSTART, RLENGTH)
        line = substr (line, RSTART + RLENGTH)
        split (call, part, "\047")
        sub (/ *\(.*/, "", call)
        sub (/^.*_dependency$/, "", call)
        print call, part[2]
      }
    }' | sort -u
}

unlisted ()
{
  asked | while read -r call name; do
    package=$(echo "$packages" | awk -v call="$call" -v name="$name" '$1 == call && $2 == name { print $3 }')
    if [ -z "$package" ]; then
      echo "$call ('$name') has no line in tests/house/dependencies.sh"
    elif [ "$package" != - ] && ! grep -qx "$package" build-aux/dependencies.debian; then
      echo "$call ('$name') needs $package, which build-aux/dependencies.debian does not list"
    fi
  done
}

twice ()
{
  grep -v '^#' build-aux/dependencies.debian | grep . | sort | uniq -d
}

report "every dependency has its package in the list" "$(unlisted)"
report "no package is listed twice" "$(twice)"
finish
