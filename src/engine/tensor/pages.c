/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tensor/pages.h"

#include <sys/mman.h>

/* Rows of a table come from anywhere in it, and a step of a training walks through much memory: with large pages a
 * processor knows where all of it is. Less memory than a few of them does without. */
#define LARGE_PAGE ((gsize) 2 << 20)
#define MIN_LARGE_PAGES 2
#define USUAL_ALIGNMENT 64

static gboolean
is_large (gsize bytes)
{
  return bytes >= MIN_LARGE_PAGES * LARGE_PAGE;
}

/**
 * strata_pages_get_alignment: (skip)
 *
 * Returns: what memory of @bytes is best aligned to: whole vectors, or large pages
 */
gsize
strata_pages_get_alignment (gsize bytes)
{
  return is_large (bytes) ? LARGE_PAGE : USUAL_ALIGNMENT;
}

/**
 * strata_pages_enlarge: (skip)
 * @data: aligned memory that nothing was written to
 *
 * Asks the system for large pages, where they fit whole. It may refuse.
 */
void
strata_pages_enlarge (gpointer data,
                      gsize    bytes)
{
#ifdef MADV_HUGEPAGE
  if (is_large (bytes))
    madvise (data, bytes / LARGE_PAGE * LARGE_PAGE, MADV_HUGEPAGE);
#endif
}
