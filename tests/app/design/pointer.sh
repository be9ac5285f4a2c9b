#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# usage: pointer.sh DEMO
# A real pointer on a real window: drags a layer from the palette onto the canvas and one into a wire, makes a wire and
# moves a card. DEMO prints what is in its document after each change.
set -u

demo=$1
log=$HOME/demo.log
count=0
failures=0

"$demo" empty > "$log" 2>&1 &
pid=$!
trap 'kill $pid 2>/dev/null' EXIT

# Waits until the document is as told.
expect ()
{
  count=$((count + 1))
  for _ in $(seq 50); do
    if tail -n 1 "$log" | grep -qE "$2"; then
      echo "ok $count $1"
      return
    fi
    sleep 0.1
  done
  echo "not ok $count $1"
  echo "# expected $2, but the document has: $(tail -n 1 "$log")"
  failures=$((failures + 1))
}

# From one place of the window to another. A drag must look like a hand's: toolkits ignore a pointer that leaps.
drag ()
{
  xdotool mousemove --window "$window" "$1" "$2"
  sleep 0.2
  xdotool mousedown 1
  for i in $(seq 12); do
    xdotool mousemove --window "$window" $(($1 + ($3 - $1) * i / 12)) $(($2 + ($4 - $2) * i / 12))
    sleep 0.05
  done
  sleep 0.2
  xdotool mouseup 1
  sleep 0.4
}

# Where a card was when the document last changed; how high it is depends on the fonts.
card ()
{
  tail -n 1 "$log" | grep -oE "card=[0-9,]+" | sed -n "$1 s/card=//p" | tr , ' '
}

echo "TAP version 13"
echo "1..5"
for _ in $(seq 100); do
  window=$(xdotool search --onlyvisible --pid $pid 2>/dev/null | tail -n 1)
  [ -z "$window" ] || break
  sleep 0.1
done
if [ -z "$window" ]; then
  echo "Bail out! The window did not show."
  exit 1
fi
xdotool windowsize --sync "$window" 1280 800 windowmove "$window" 0 0
sleep 1

# The palette's first rows are InputLayer and Dense; the canvas is shown at 100 %.
drag 120 134 600 170
expect "drags an input from the palette" "^nodes=1 wires=0 undo=Add"
drag 120 186 600 490
expect "drags a layer from the palette" "^nodes=2 wires=0 undo=Add Dense"
read -r column upper_top upper_bottom < <(card 1)
read -r _ lower_top _ < <(card 2)
# From the output of the upper card to the input of the lower.
drag $column $upper_bottom $column $lower_top
expect "makes a wire" "^nodes=2 wires=1 undo=Connect"
drag 120 186 $column $(((upper_bottom + lower_top) / 2))
expect "drags a layer into a wire" "^nodes=3 wires=2 undo=Insert Dense"
drag $column $((upper_top + 12)) $((column - 150)) $((upper_top - 8))
expect "moves a card" "^nodes=3 wires=2 undo=Move"
[ $failures = 0 ]
