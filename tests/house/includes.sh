#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Dependencies point one way: a file includes files of its own rank or a lower one, the engine nothing of the desktop.
. "$(dirname "$0")/tap.sh"

sources ()
{
  files | grep -E '^src/(engine|cli|app|examples)/.*\.(c|h)(\.in)?$'
}

# Includes as "FILE LINE NAME", for quoted or angled ones.
includes ()
{
  sources | xargs awk -v open="$1" '
    $1 == "#include" && index ($2, open) == 1 { print FILENAME, FNR, substr ($2, 2, length ($2) - 2) }'
}

upward ()
{
  includes '"' | awk '
    BEGIN {
      count = split ("base;tensor text;kernels;ops;graph;initializers regularizers constraints activations;layers;" \
                     "losses metrics schedules optimizers;models;data io applications;callbacks", levels, ";")
      for (level = 1; level <= count; level++) {
        names = split (levels[level], folders, " ")
        for (i = 1; i <= names; i++)
          engine[folders[i]] = level
      }
      count = split ("document;runner;canvas inspector palette charts widgets;" \
                     "train views dialogs evaluate data-view code;window", levels, ";")
      for (level = 1; level <= count; level++) {
        names = split (levels[level], folders, " ")
        for (i = 1; i <= names; i++)
          app[folders[i]] = level
      }
    }
    {
      split ($1, from, "/")
      parts = split ($3, to, "/")
      # No folder: a file beside it, one that is made by the build, or one at the root of the part.
      if (parts < 2)
        next
      if (from[2] == "engine") {
        if (!(from[3] in engine))
          next
        if (!(to[1] in engine))
          print $1 ":" $2 " includes " $3 ", which is not of the engine"
        else if (engine[to[1]] > engine[from[3]])
          print $1 ":" $2 " includes " $3 ", which is above it"
      } else if (from[2] == "app" && (from[3] in app) && (to[1] in app) && app[to[1]] > app[from[3]])
        print $1 ":" $2 " includes " $3 ", which is above it"
    }'
}

# gdk-pixbuf reads pictures, in whatever program.
desktop ()
{
  includes '<' | awk '
    $3 ~ /^(gtk|gdk\/|gsk|adwaita|pango|cairo|gtksourceview)/ &&
    $1 ~ /^src\/(engine|cli|examples|app\/(document|runner))\// {
      print $1 ":" $2 " includes " $3
    }'
}

report "no include points upward" "$(upward)"
report "no include of the desktop outside of the app's views" "$(desktop)"
finish
