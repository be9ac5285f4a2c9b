/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tensor/memory.h"

#include <string.h>

/* From here on it is worth asking. */
#define MUCH ((gsize) 1 << 30)

/* A number of kB after a word at the beginning of a line. */
static gboolean
find_kilobytes (const char *text,
                const char *word,
                guint64    *bytes)
{
  const char *line = strstr (text, word);

  if (line == NULL || (line != text && line[-1] != '\n'))
    return FALSE;
  *bytes = g_ascii_strtoull (line + strlen (word), NULL, 10) * 1024;
  return TRUE;
}

/**
 * strata_memory_get_available: (skip)
 *
 * Linux grants more memory than there is, and ends the program once that is used.
 *
 * Returns: how many bytes can be used before other programs, or this one, are in trouble; %G_MAXSIZE where the system
 *   does not say
 */
gsize
strata_memory_get_available (void)
{
  g_autofree char *text = NULL;
  guint64 available, swap = 0;

  if (!g_file_get_contents ("/proc/meminfo", &text, NULL, NULL) || !find_kilobytes (text, "MemAvailable:", &available))
    return G_MAXSIZE;
  find_kilobytes (text, "SwapFree:", &swap);
  return (gsize) MIN (available + swap, G_MAXSIZE);
}

/**
 * strata_memory_holds: (skip)
 *
 * Returns: whether @bytes more can be used; little is not asked for
 */
gboolean
strata_memory_holds (gsize bytes)
{
  return bytes < MUCH || bytes < strata_memory_get_available ();
}
