/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "app.h"

/* Each frame takes and returns a few pictures of the window's size. Given back to the kernel, they cost a third of the
 * frame to be had again. */
static void
keep_memory_of_frames (void)
{
#ifdef __GLIBC__
  mallopt (M_MMAP_THRESHOLD, 32 << 20);
  mallopt (M_TRIM_THRESHOLD, 128 << 20);
#endif
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (StrataApp) application = NULL;

  keep_memory_of_frames ();
  setlocale (LC_ALL, "");
  textdomain (GETTEXT_PACKAGE);

  application = strata_app_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
