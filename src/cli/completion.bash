# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Completes words of strata-cli. What there is is asked of the program itself, in English: its help has all of it.

_strata_cli_help ()
{
  LC_ALL=C.UTF-8 strata-cli "$@" 2> /dev/null
}

_strata_cli ()
{
  local command=${COMP_WORDS[1]} word=$2 words=

  if [ "$COMP_CWORD" = 1 ] || [ "$command $COMP_CWORD" = 'help 2' ]; then
    words=$(_strata_cli_help --help | sed -n 's/^  \([a-z][a-z]*\) .*/\1/p')
  elif [ "${word#-}" != "$word" ]; then
    words=$(_strata_cli_help "$command" --help | grep -o -e '--[a-z][a-z-]*')
  elif [ "$COMP_CWORD" = 2 ] && _strata_cli_help "$command" --help | sed -n 2p | grep -q -e 'NAME\( \|\]\|$\)'; then
    [ "$command" != application ] || command=applications
    words=$(_strata_cli_help "$command" | sed -n 's/^  \([A-Za-z0-9_-]*\).*/\1/p')
  fi
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
}

complete -o bashdefault -o default -F _strata_cli strata-cli
