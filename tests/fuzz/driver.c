/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "fuzz.h"
#include "mutation.h"

/*
 * usage: fuzz-READER SEEDS RUNS
 * What libFuzzer does, as far as any compiler can: the reader reads all seeds, and RUNS files that are made of them
 * by chance, but the same each time. Seeds that SEEDS.refused lists, "NAME: WORDS" a line, must be refused, with these
 * words. An input that ends the process, takes SECONDS, or MAX_GROWTH of memory, is left beside the program, in
 * fuzz-READER-crash.
 */
#define SECONDS 20
/* Larger seeds, bombs above all, are read only once. */
#define MAX_MUTATED 48000
#define MAX_GROWTH ((glong) 1 << 20) /* KiB */
#define MAX_ADDRESSES ((rlim_t) 8 << 30)

static const guint8 *current;
static gsize current_size;
static glong memory_before;
static char *crash_path;
static guint n_points;

static glong
get_peak_memory (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

/* Only what may be called from a signal handler. */
static void
save_input (int number)
{
  int fd = open (crash_path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  static const char words[] = "# the input that did this is in the file of this program's name with -crash\n";

  if (fd >= 0 && write (fd, current, current_size) == (ssize_t) current_size &&
      write (STDERR_FILENO, words, sizeof words - 1) > 0)
    close (fd);
  signal (number, SIG_DFL);
  raise (number);
}

static void
run (gconstpointer data,
     gsize         size)
{
  current = data;
  current_size = size;
  alarm (SECONDS);
  LLVMFuzzerTestOneInput (data, size);
  alarm (0);
  if (get_peak_memory () - memory_before > MAX_GROWTH)
    {
      g_printerr ("# %ld MiB of memory\n", get_peak_memory () >> 10);
      raise (SIGABRT);
    }
}

static void
point (gboolean    good,
       const char *what)
{
  g_print ("%s %u %s\n", good ? "ok" : "not ok", ++n_points, what);
}

/* The words a seed must be refused with, or NULL. */
static char *
find_words (const char *refused,
            const char *name)
{
  g_auto (GStrv) lines = g_strsplit (refused, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (g_str_has_prefix (lines[i], name) && g_str_has_prefix (lines[i] + strlen (name), ": "))
      return g_strdup (lines[i] + strlen (name) + 2);
  return NULL;
}

static void
run_seed (const char *name,
          GBytes     *seed,
          const char *refused)
{
  g_autofree char *words = find_words (refused, name);
  gsize size;
  gconstpointer data = g_bytes_get_data (seed, &size);
  gboolean good;

  run (data != NULL ? data : "", size);
  good = words == NULL || (fuzz_get_said () != NULL && strstr (fuzz_get_said (), words) != NULL);
  if (!good)
    g_print ("# expected a refusal with “%s”; it was %s%s\n", words, fuzz_get_said () != NULL ? "refused: " : "read",
             fuzz_get_said () != NULL ? fuzz_get_said () : "");
  point (good, name);
}

static int
compare_names (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static GPtrArray *
list_seeds (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort_with_data (names, compare_names, NULL);
  return names;
}

static GPtrArray *
run_seeds (const char *folder)
{
  g_autoptr (GPtrArray) names = list_seeds (folder);
  g_autofree char *list = g_strconcat (folder, ".refused", NULL), *refused = NULL;
  GPtrArray *seeds = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  if (!g_file_get_contents (list, &refused, NULL, NULL))
    refused = g_strdup ("");
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *path = g_build_filename (folder, g_ptr_array_index (names, i), NULL), *data = NULL;
      g_autoptr (GBytes) seed = NULL;
      gsize size;

      if (!g_file_get_contents (path, &data, &size, NULL))
        continue;
      seed = g_bytes_new_take (g_steal_pointer (&data), size);
      run_seed (g_ptr_array_index (names, i), seed, refused);
      if (size <= MAX_MUTATED)
        g_ptr_array_add (seeds, g_bytes_ref (seed));
    }
  return seeds;
}

static void
run_mutations (GPtrArray *seeds,
               guint      n)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);

  for (guint i = 0; i < n; i++)
    {
      GBytes *other = g_ptr_array_index (seeds, g_rand_int_range (rand, 0, seeds->len));
      g_autoptr (GByteArray) bytes = fuzz_mutate (g_ptr_array_index (seeds, i % seeds->len), other, rand);

      run (bytes->data, bytes->len);
    }
}

int
main (int    argc,
      char **argv)
{
  struct rlimit addresses = { MAX_ADDRESSES, MAX_ADDRESSES };
  g_autoptr (GPtrArray) seeds = NULL;

  if (argc != 3)
    return 2;
  setlocale (LC_ALL, "C.UTF-8");
  signal (SIGABRT, save_input);
  signal (SIGALRM, save_input);
  signal (SIGTRAP, save_input);
  /* The address sanitizer has a handler of its own, which reports and then aborts; and it takes all addresses. */
  if (!STRATA_SANITIZED)
    {
      signal (SIGSEGV, save_input);
      setrlimit (RLIMIT_AS, &addresses);
    }
  crash_path = g_strdup_printf ("%s-crash", argv[0]);
  memory_before = get_peak_memory ();

  seeds = run_seeds (argv[1]);
  point (seeds->len > 0, "there are seeds");
  if (seeds->len > 0)
    run_mutations (seeds, strtoul (argv[2], NULL, 10));
  point (TRUE, "files made by chance");
  g_print ("1..%u\n", n_points);
  return 0;
}
