/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* usage: strata-hdf5-probe FILE
 * Reads all of an HDF5 file and prints nothing. The library is known to crash or loop on some damaged files: here it
 * may. Exits with 0 when it came to the end, be it with errors, and took no more memory than the file's size
 * explains. */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "io/formats/hdf5-private.h"

/* Seconds that reading a small file may take, and bytes a second of a large one. */
#define SECONDS 2
#define SPEED ((gsize) 50 << 20)
/* Bytes that reading a small file may take, and for each byte of a large one; and how many times that it may ask for:
 * what is refused here is not refused there. */
#define MEMORY ((gsize) 512 << 20)
#define GROWTH 64
#define DEMAND 16

static herr_t
probe_attribute (hid_t             object,
                 const char       *name,
                 const H5A_info_t *info,
                 void             *data)
{
  gpointer *context = data;
  g_autoptr (GPtrArray) texts = strata_hdf5_get_strings (context[0], context[1], name, NULL);

  return 0;
}

static herr_t
probe_object (hid_t             file,
              const char       *name,
              const H5O_info_t *info,
              void             *data)
{
  StrataHdf5 *self = data;
  const char *path = g_str_equal (name, ".") ? "" : name;
  g_auto (StrataHdf5Id) object = strata_hdf5_open_path (self, path, H5I_BADID, NULL);
  gpointer context[] = { self, (gpointer) path };

  if (object < 0)
    return 0;
  H5Aiterate2 (object, H5_INDEX_NAME, H5_ITER_NATIVE, NULL, probe_attribute, context);
  if (H5Iget_type (object) == H5I_DATASET)
    {
      g_autoptr (StrataTensor) tensor = strata_hdf5_read (self, path, NULL);
    }
  return 0;
}

/* What the library does when it fails must not be seen: no messages or core files. */
static void
limit (gsize size)
{
  struct rlimit none = { 0, 0 };
  struct rlimit time = { SECONDS + size / SPEED, SECONDS + size / SPEED + 1 };
  struct rlimit addresses = { DEMAND * (MEMORY + size * GROWTH), DEMAND * (MEMORY + size * GROWTH) };
  int null = open ("/dev/null", O_WRONLY);

  setrlimit (RLIMIT_CORE, &none);
  setrlimit (RLIMIT_CPU, &time);
  /* The address sanitizer takes all addresses. */
  if (!STRATA_SANITIZED)
    setrlimit (RLIMIT_AS, &addresses);
  /* A slow disk may take longer than the processor, but not for ever. */
  alarm (20 * time.rlim_cur);
  if (null >= 0)
    dup2 (null, STDERR_FILENO);
}

/* What takes this much here would take it there as well. The usage that getrusage() tells begins with that of the
 * program which started this one. */
static gboolean
is_modest (gsize size)
{
  g_autofree char *status = NULL;
  const char *peak;

  if (!g_file_get_contents ("/proc/self/status", &status, NULL, NULL) || (peak = strstr (status, "VmHWM:")) == NULL)
    return TRUE;
  return g_ascii_strtoull (peak + strlen ("VmHWM:"), NULL, 10) * 1024 <= MEMORY + size * GROWTH;
}

int
main (int   argc,
      char *argv[])
{
  GMappedFile *file = argc == 2 ? g_mapped_file_new (argv[1], FALSE, NULL) : NULL;
  GBytes *bytes = file != NULL ? g_mapped_file_get_bytes (file) : NULL;
  StrataHdf5 *self;

  if (bytes == NULL)
    return EXIT_FAILURE;
  limit (g_bytes_get_size (bytes));
  self = strata_hdf5_open_unprobed (bytes, argv[1], NULL);
  if (self == NULL)
    return EXIT_FAILURE;
  H5Ovisit2 (strata_hdf5_get_file (self), H5_INDEX_NAME, H5_ITER_NATIVE, probe_object, self, H5O_INFO_BASIC);
  /* What a damaged file left of the library is not to be taken down in order. */
  _exit (is_modest (g_bytes_get_size (bytes)) ? EXIT_SUCCESS : EXIT_FAILURE);
}
