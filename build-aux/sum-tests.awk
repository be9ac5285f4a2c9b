# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Reads meson's testlog.json (one test a line) and prints "PASSED FAILED SKIPPED". A test that speaks TAP counts for
# each of its points; one that broke down besides (a crash, a time limit) counts as one more failure.

function member(name,   from, rest)
{
  # A quote inside a JSON string is escaped, so this can only match a member of the object itself.
  from = index ($0, "\"" name "\": \"")
  if (!from)
    return ""
  rest = substr ($0, from + length (name) + 5)
  gsub (/\\\\/, "\001", rest)
  gsub (/\\"/, "\002", rest)
  sub (/".*/, "", rest)
  return rest
}

{
  result = member ("result")
  count = split (member ("stdout"), lines, /\\n/)
  points = bad = 0
  for (i = 1; i <= count; i++) {
    if (lines[i] !~ /^(not )?ok( |$)/)
      continue
    points++
    if (lines[i] ~ /# *([Ss][Kk][Ii][Pp]|[Tt][Oo][Dd][Oo])/)
      skipped++
    else if (lines[i] ~ /^not /)
      bad++
    else
      passed++
  }
  if (result == "OK" || result == "EXPECTEDFAIL")
    passed += points ? 0 : 1
  else if (result == "SKIP")
    skipped += points ? 0 : 1
  else if (!bad)
    bad = 1
  failed += bad
}

END { print passed + 0, failed + 0, skipped + 0 }
