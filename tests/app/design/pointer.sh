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

# A drag must look like a hand's: toolkits ignore a pointer that leaps.
drag ()
{
  xdotool mousemove "$1" "$2"
  sleep 0.2
  xdotool mousedown 1
  for i in $(seq 12); do
    xdotool mousemove $(($1 + ($3 - $1) * i / 12)) $(($2 + ($4 - $2) * i / 12))
    sleep 0.05
  done
  sleep 0.2
  xdotool mouseup 1
  sleep 0.4
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
eval "$(xdotool getwindowgeometry --shell "$window")"
x=$X
y=$Y

# The palette's first rows are InputLayer and Dense; the canvas is shown at 100 %.
drag $((x + 120)) $((y + 114)) $((x + 600)) $((y + 150))
expect "drags an input from the palette" "^nodes=1 wires=0 undo=Add"
drag $((x + 120)) $((y + 166)) $((x + 600)) $((y + 470))
expect "drags a layer from the palette" "^nodes=2 wires=0 undo=Add Dense"
# From the output of the upper card to the input of the lower.
drag $((x + 600)) $((y + 202)) $((x + 600)) $((y + 418))
expect "makes a wire" "^nodes=2 wires=1 undo=Connect"
drag $((x + 120)) $((y + 166)) $((x + 600)) $((y + 310))
expect "drags a layer into a wire" "^nodes=3 wires=2 undo=Insert Dense"
drag $((x + 600)) $((y + 170)) $((x + 450)) $((y + 150))
expect "moves a card" "^nodes=3 wires=2 undo=Move"
[ $failures = 0 ]
