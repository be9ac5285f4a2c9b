#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# usage: kill.sh STRATA
# Kills the app while a network is being edited, over and over, and begins it again: each time, what was there a few
# seconds before is offered, can be restored, and is all there.
set -u

strata=$1
export XDG_STATE_HOME=$HOME/state GSETTINGS_BACKEND=memory
recovery=$XDG_STATE_HOME/strata/recovery
count=0
failures=0
pid=
trap 'kill -9 $pid 2>/dev/null' EXIT

check ()
{
  count=$((count + 1))
  if [ "$2" = 0 ]; then
    echo "ok $count $1"
  else
    echo "not ok $count $1"
    failures=$((failures + 1))
  fi
}

# Runs a command until it succeeds; fails after a while.
wait_until ()
{
  for _ in $(seq 150); do
    if "$@"; then return 0; fi
    sleep 0.1
  done
  return 1
}

begin ()
{
  "$strata" "$@" >> "$HOME/app.log" 2>&1 &
  pid=$!
}

# Whether neither the display nor the bus has anything of the app any more: they take a moment to notice its end.
is_gone ()
{
  ! xdotool search --class strata > /dev/null 2>&1 &&
    gdbus call --session --dest org.freedesktop.DBus --object-path /org/freedesktop/DBus \
      --method org.freedesktop.DBus.NameHasOwner app.strata.Strata | grep -q false
}

kill_app ()
{
  kill -9 $pid
  wait $pid 2> /dev/null
  wait_until is_gone
}

shows ()
{
  xdotool search --onlyvisible --name "$1" > /dev/null 2>&1
}

# Prints the name of the copy that is left. A kill may leave folders that were being made or removed beside it.
left ()
{
  ls "$recovery" | grep -xE '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}' | head -n 1
}

# Prints how many layers the copy holds; fails where it is not whole.
count_layers ()
{
  python3 - "$recovery/$(left)/copy.keras" <<'PYTHON'
import json, sys, zipfile
archive = zipfile.ZipFile(sys.argv[1])
assert archive.testzip() is None
print(len(json.loads(archive.read("strata/document.json"))["nodes"]))
PYTHON
}

holds ()
{
  [ "$(count_layers 2>/dev/null || echo 0)" -ge "$1" ]
}

no_copy ()
{
  [ -z "$(ls -A "$recovery" 2>/dev/null)" ]
}

duplicate_all ()
{
  xdotool key ctrl+a
  sleep 0.1
  xdotool key ctrl+d
}

echo "TAP version 13"
echo "1..8"
begin --example iris
if ! wait_until shows "Iris flowers"; then
  echo "Bail out! The window did not show."
  exit 1
fi
sleep 1
duplicate_all
wait_until holds 6
check "keeps what was changed" $?
# Again, and killed in the middle of the next changes, wherever that is.
duplicate_all
wait_until holds 12
check "keeps what was changed next" $?
duplicate_all
sleep "$((RANDOM % 3)).$((RANDOM % 10))"
kill_app
[ "$(count_layers)" -ge 12 ]
check "has a whole copy after a kill" $?

begin
wait_until shows "Strata"
check "begins again" $?
gapplication action app.strata.Strata restore "'$(left)'"
wait_until shows "• Iris flowers"
check "restores the network as one with changes" $?
# Killed at once: what was restored is not lost either.
kill_app
holds 12
check "keeps a restored copy" $?

begin
wait_until shows "Strata"
gapplication action app.strata.Strata restore "'$(left)'"
wait_until shows "• Iris flowers"
check "restores it once more" $?
# Closed on purpose: Alt+D is Discard in the question.
sleep 0.5
xdotool key ctrl+w
sleep 1
xdotool key alt+d
wait_until no_copy
check "forgets the copy once the network is closed on purpose" $?
[ $failures = 0 ] || { ls -lR "$recovery"; cat "$HOME/app.log"; } >&2
[ $failures = 0 ]
