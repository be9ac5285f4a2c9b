/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "check.h"

#include <glib/gstdio.h>
#include <string.h>

#include "data/data-kind.h"
#include "data/data-source.h"
#include "data/vocabulary.h"
#include "io/formats/gzip.h"

static StrataDataSet *
load (const char *text)
{
  g_autoptr (GError) error = NULL;
  StrataDataSet *set = strata_data_source_load_text (text, NULL, &error);

  g_assert_no_error (error);
  return set;
}

static void
get_row (StrataSource *source,
         gint64        row,
         float        *values)
{
  g_autoptr (GError) error = NULL;

  strata_source_fill (source, 0, &row, 1, STRATA_FLOAT32, values, &error);
  g_assert_no_error (error);
}

static void
assert_shape (StrataSource      *source,
              const StrataShape *expected)
{
  StrataDType dtype;
  StrataShape shape;

  strata_source_get_spec (source, 0, &dtype, &shape);
  g_assert_true (strata_shape_equal (&shape, expected));
}

static void
test_mnist (void)
{
  g_autoptr (StrataDataSet) set = load ("mnist");
  g_autoptr (GError) error = NULL;
  float pixels[784], label, sum = 0;

  g_assert_cmpint (strata_source_get_size (set->x), ==, 60000);
  g_assert_cmpint (strata_source_get_size (set->y), ==, 60000);
  g_assert_cmpint (strata_source_get_size (set->test_x), ==, 10000);
  g_assert_cmpint (set->n_classes, ==, 10);
  assert_shape (set->x, &STRATA_SHAPE (28, 28, 1));
  get_row (set->x, 0, pixels);
  get_row (set->y, 0, &label);
  for (int i = 0; i < 784; i++)
    {
      g_assert_true (pixels[i] >= 0 && pixels[i] <= 1);
      sum += pixels[i];
    }
  g_assert_cmpfloat (label, ==, 5);
  g_assert_cmpfloat_with_epsilon (sum, 108.0, 1);

  g_assert_true (strata_data_set_adapt (set, &STRATA_SHAPE (STRATA_UNKNOWN, 784), &error));
  assert_shape (set->x, &STRATA_SHAPE (784));
  assert_shape (set->test_x, &STRATA_SHAPE (784));
  g_assert_false (strata_data_set_adapt (set, &STRATA_SHAPE (STRATA_UNKNOWN, 785), &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_DATA);
  strata_data_set_one_hot (set);
  assert_shape (set->y, &STRATA_SHAPE (10));
  get_row (set->y, 0, pixels);
  g_assert_cmpfloat (pixels[5], ==, 1);
  g_assert_cmpfloat (pixels[4], ==, 0);
}

static void
test_iris (void)
{
  g_autoptr (StrataDataSet) set = load ("iris");
  int counts[3] = { 0 };

  g_assert_cmpint (strata_source_get_size (set->x), ==, 120);
  g_assert_cmpint (strata_source_get_size (set->test_x), ==, 30);
  assert_shape (set->x, &STRATA_SHAPE (4));
  g_assert_cmpint (set->n_classes, ==, 3);
  g_assert_cmpstr (g_ptr_array_index (set->class_names, 0), ==, "setosa");
  for (int i = 0; i < 150; i++)
    {
      float row[4], label;

      get_row (i < 120 ? set->x : set->test_x, i < 120 ? i : i - 120, row);
      get_row (i < 120 ? set->y : set->test_y, i < 120 ? i : i - 120, &label);
      counts[(int) label]++;
      /* Of all irises, only setosas have petals shorter than 2 cm. */
      g_assert_true ((row[2] < 2) == (label == 0));
    }
  for (int i = 0; i < 3; i++)
    g_assert_cmpint (counts[i], ==, 50);
}

static void
test_penguins (void)
{
  g_autoptr (StrataDataSet) dropped = load ("penguins");
  g_autoptr (StrataDataSet) filled = load ("{\"kind\": \"penguins\", \"missing\": \"fill\", \"test\": 0}");
  float row[16], sum = 0;
  gint64 n = strata_source_get_size (dropped->x);

  g_assert_cmpint (n + strata_source_get_size (dropped->test_x), ==, 333);
  g_assert_cmpint (strata_source_get_size (filled->x), ==, 344);
  g_assert_null (filled->test_x);
  g_assert_cmpuint (dropped->feature_names->len, ==, 9);
  g_assert_cmpuint (filled->feature_names->len, ==, 10);
  for (gint64 i = 0; i < n; i++)
    {
      get_row (dropped->x, i, row);
      sum += row[3];
    }
  /* Normalized over what is trained with. */
  g_assert_cmpfloat_with_epsilon (sum / n, 0, 1e-4);
}

static void
test_series (void)
{
  g_autoptr (StrataDataSet) set = load ("{\"kind\": \"co2\", \"normalize\": false, \"window\": 3}");
  float first[3], second[3], target;

  assert_shape (set->x, &STRATA_SHAPE (3, 1));
  get_row (set->x, 0, first);
  get_row (set->x, 1, second);
  get_row (set->y, 0, &target);
  g_assert_cmpfloat_with_epsilon (first[0], 315.70, 1e-3);
  g_assert_cmpfloat_with_epsilon (first[1], 317.46, 1e-3);
  g_assert_cmpfloat (second[0], ==, first[1]);
  /* The window after the first ends with what was to be predicted from the first. */
  g_assert_cmpfloat (target, ==, second[2]);
  g_assert_cmpint (strata_source_get_size (set->x) + strata_source_get_size (set->test_x), ==, 741 - 3);
}

static void
test_texts (void)
{
  g_autoptr (StrataDataSet) set = load ("mail-spam");
  g_autoptr (StrataDataSet) plain = load ("{\"kind\": \"mail-spam\", \"encode\": \"none\"}");
  StrataDType dtype;
  StrataShape shape;
  float ids[100];

  g_assert_cmpint (strata_source_get_size (set->x), ==, 2000);
  assert_shape (set->x, &STRATA_SHAPE (100));
  get_row (set->x, 0, ids);
  g_assert_cmpfloat (ids[0], >=, 1);
  g_assert_cmpstr (g_ptr_array_index (set->vocabulary, 1), ==, "[UNK]");
  g_assert_cmpuint (set->vocabulary->len, ==, 10000);
  strata_source_get_spec (plain->x, 0, &dtype, &shape);
  g_assert_cmpint (dtype, ==, STRATA_STRING);
}

static void
write_text (const char *folder,
            const char *name,
            const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL), *parent = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

/* A folder for each class; what is no text, and what is deeper inside, is left alone. */
static void
test_folders (void)
{
  static const struct
  {
    const char *name, *text;
  } written[] = {
    { "good/1.txt", "fine fine" },      { "good/2.txt", "fine day" },          { "bad/1.txt", "awful fine" },
    { "bad/picture.png", "no text" },   { "bad/deep/1.txt", "deep inside" },   { "alone.txt", "of no class" },
  };
  static const char *const folders[] = { "bad/deep", "bad", "good", "" };
  g_autofree char *folder = g_dir_make_tmp ("strata-texts-XXXXXX", NULL);
  g_autofree char *description =
    g_strdup_printf ("{\"kind\": \"text-folder\", \"path\": \"%s\", \"test\": 0, \"length\": 3, "
                     "\"shuffle\": false}", folder);
  g_autofree char *missing = g_strdup_printf ("{\"kind\": \"text-folder\", \"path\": \"%s/bad/deep\"}", folder);
  g_autoptr (StrataDataSet) set = NULL;
  g_autoptr (GError) error = NULL;
  float ids[3], class;

  for (guint i = 0; i < G_N_ELEMENTS (written); i++)
    write_text (folder, written[i].name, written[i].text);
  set = load (description);
  g_assert_cmpint (strata_source_get_size (set->x), ==, 3);
  g_assert_cmpint (set->n_classes, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (set->class_names, 0), ==, "bad");
  g_assert_cmpstr (g_ptr_array_index (set->vocabulary, 2), ==, "fine");
  get_row (set->x, 0, ids);
  get_row (set->y, 0, &class);
  g_assert_cmpfloat (class, ==, 0);
  g_assert_cmpfloat (ids[1], ==, 2);
  g_assert_cmpfloat (ids[2], ==, 0);

  g_assert_null (strata_data_source_load_text (missing, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_DATA);
  g_assert_nonnull (strstr (error->message, "a folder for each class"));
  for (guint i = 0; i < G_N_ELEMENTS (written); i++)
    {
      g_autofree char *path = g_build_filename (folder, written[i].name, NULL);

      g_assert_cmpint (g_unlink (path), ==, 0);
    }
  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *path = g_build_filename (folder, folders[i], NULL);

      g_assert_cmpint (g_rmdir (path), ==, 0);
    }
}

/* A vocabulary that is put together again knows the same words. */
static void
test_vocabulary_again (void)
{
  g_autoptr (StrataVocabulary) vocabulary = strata_vocabulary_new ((const char *const[]){ "one two two", "two three" },
                                                                   2, 100);
  g_autoptr (GPtrArray) words = strata_vocabulary_dup_words (vocabulary);
  g_autoptr (StrataVocabulary) again = strata_vocabulary_new_from_words (words);
  gint32 ids[5], found[5];

  strata_vocabulary_encode (vocabulary, "three [UNK] two four", ids, 5);
  strata_vocabulary_encode (again, "three [UNK] two four", found, 5);
  g_assert_cmpmem (ids, sizeof ids, found, sizeof found);
  g_assert_cmpint (ids[2], ==, 2);
}

/* Keras's TextVectorization on these texts: lower case is ASCII's, and white space is, too. */
static void
test_vocabulary (void)
{
  static const char *const texts[] = { "\303\211t\303\251 don't, \303\211T\303\211!",
                                       "a\302\240b \303\211t\303\251 ..." };
  static const char *const expected[] = { "", "[UNK]", "\303\211t\303\251", "\303\211t\303\211", "dont", "a\302\240b" };
  g_autoptr (StrataVocabulary) vocabulary = strata_vocabulary_new (texts, 2, 100);
  g_autoptr (GPtrArray) words = strata_vocabulary_dup_words (vocabulary);
  gint32 ids[4];

  g_assert_cmpuint (words->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < words->len; i++)
    g_assert_cmpstr (g_ptr_array_index (words, i), ==, expected[i]);
  strata_vocabulary_encode (vocabulary, "A\302\240B \303\251t\303\251 DON'T", ids, 4);
  g_assert_cmpint (ids[0], ==, 5);
  g_assert_cmpint (ids[1], ==, 1);
  g_assert_cmpint (ids[2], ==, 4);
  g_assert_cmpint (ids[3], ==, 0);
}

/* Every bundled set needs nothing but its name. */
static void
test_bundled (void)
{
  const StrataDataKind *const *kinds = strata_data_kind_list ();
  guint n = 0;

  for (guint i = 0; kinds[i] != NULL; i++)
    if (kinds[i]->bundled)
      {
        g_autoptr (StrataDataSet) set = load (kinds[i]->name);

        g_assert_cmpint (strata_source_get_size (set->x), ==, strata_source_get_size (set->y));
        g_assert_cmpint (strata_source_get_size (set->test_x), ==, strata_source_get_size (set->test_y));
        g_assert_cmpuint (strlen (set->summary), >, 10);
        n++;
      }
  g_assert_cmpuint (n, ==, 6);
}

/* Columns feed several inputs, and are the targets of several outputs, each with classes or a unit of its own. */
static void
test_several (void)
{
  g_autoptr (StrataDataSet) set = load (
    "{\"kind\": \"penguins\", \"features\": [[\"island\", \"sex\"], [\"bill_length_mm\", \"sex\"]],"
    " \"target\": [[\"species\"], [\"body_mass_g\"]]}");
  g_autoptr (StrataDataSet) first = strata_data_set_dup_input (set, 0), second = strata_data_set_dup_input (set, 1);
  g_autoptr (StrataDataSet) species = strata_data_set_dup_output (set, 0);
  g_autoptr (StrataDataSet) mass = strata_data_set_dup_output (set, 1);
  float row[8], value;

  g_assert_cmpuint (strata_source_get_n_arrays (set->x), ==, 2);
  g_assert_cmpuint (strata_source_get_n_arrays (set->test_x), ==, 2);
  assert_shape (first->x, &STRATA_SHAPE (5));
  assert_shape (second->x, &STRATA_SHAPE (3));
  g_assert_cmpstr (g_ptr_array_index (second->feature_names, 0), ==, "bill_length_mm");
  g_assert_cmpstr (g_array_index (second->features, StrataFeature, 0).column, ==, "bill_length_mm");
  for (gint64 i = 0; i < strata_source_get_size (set->x); i++)
    {
      float sexes[2];

      get_row (first->x, i, row);
      memcpy (sexes, row + 3, sizeof sexes);
      get_row (second->x, i, row);
      g_assert_cmpmem (sexes, sizeof sexes, row + 1, sizeof sexes);
    }
  g_assert_cmpint (species->n_classes, ==, 3);
  g_assert_cmpstr (g_ptr_array_index (species->class_names, 2), ==, "Gentoo");
  g_assert_cmpint (mass->n_classes, ==, 0);
  g_assert_cmpstr (mass->target_name, ==, "body_mass_g");
  g_assert_cmpuint (strata_source_get_n_arrays (mass->x), ==, 2);
  get_row (mass->test_y, 0, &value);
  g_assert_cmpfloat (value, >, 2000);
}

static void
test_refused (void)
{
  static const struct
  {
    const char *text;
    const char *said;
  } cases[] = {
    { "nothing", "There is no data source of kind" },
    { "{}", "does not say its kind" },
    { "{\"kind\": \"csv\"}", "path" },
    { "{\"kind\": \"csv\", \"path\": \"/nowhere/x.csv\"}", "/nowhere/x.csv" },
    { "{\"kind\": \"iris\", \"target\": \"colour\"}", "There is no column called “colour”" },
    { "{\"kind\": \"iris\", \"test\": 1}", "“test”" },
    { "{\"kind\": \"iris\", \"missing\": \"no\"}", "“missing”" },
    { "{\"kind\": \"iris\", \"task\": \"regression\"}", "texts" },
    { "{\"kind\": \"co2\", \"window\": 100000}", "too few" },
    { "{\"kind\": \"co2\", \"window\": 9223372036854775807, \"horizon\": 9223372036854775807}", "too few" },
    { "{\"kind\": \"mail-spam\", \"length\": 1e30}", NULL },
    { "{\"kind\": \"arrays\", \"x\": 5}", "paths" },
    { "{\"kind\": \"arrays\", \"y\": \"y.npy\"}", "y.npy" },
    { "{\"kind\": [[", "not JSON" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (StrataDataSet) set = strata_data_source_load_text (cases[i].text, NULL, &error);

      if (cases[i].said == NULL)
        continue;
      if (set != NULL)
        g_error ("%s was loaded", cases[i].text);
      g_assert_nonnull (error);
      if (strstr (error->message, cases[i].said) == NULL)
        g_error ("%s: %s", cases[i].text, error->message);
    }
}

static GBytes *
pack (gsize        n,
      const char  *behind,
      gsize        n_behind)
{
  g_autoptr (GConverter) packer = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 6));
  g_autofree guint8 *plain = g_malloc (n);
  guint8 *packed = g_malloc (2 * n + 100);
  gsize read, size;

  for (gsize i = 0; i < n; i++)
    plain[i] = i * i >> 7;
  g_assert_cmpint (g_converter_convert (packer, plain, n, packed, 2 * n + 100, G_CONVERTER_INPUT_AT_END, &read, &size,
                                        NULL), ==, G_CONVERTER_FINISHED);
  g_assert_cmpuint (read, ==, n);
  memcpy (packed + size, behind, n_behind);
  return g_bytes_new_take (packed, size + n_behind);
}

/* A packed file ends with its size, unless something comes behind, which may look like another size. */
static void
test_gzip (void)
{
  const gsize n = 1000 * 1000;
  const struct { const char *bytes; gsize n; } behind[] = { { "", 0 }, { "\0\0\0\0", 4 }, { "\1\0\0\0", 4 },
                                                            { "\xff\xff\xff\xff", 4 } };

  for (guint i = 0; i < G_N_ELEMENTS (behind); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) packed = pack (n, behind[i].bytes, behind[i].n), cut = NULL;
      g_autoptr (GBytes) plain = strata_gzip_unpack (packed, "x.gz", &error);
      const guint8 *data;

      g_assert_no_error (error);
      g_assert_cmpuint (g_bytes_get_size (plain), ==, n);
      data = g_bytes_get_data (plain, NULL);
      for (gsize at = 0; at < n; at++)
        g_assert_cmpuint (data[at], ==, (guint8) (at * at >> 7));

      cut = g_bytes_new_from_bytes (packed, 0, g_bytes_get_size (packed) - behind[i].n - 9);
      g_assert_null (strata_gzip_unpack (cut, "x.gz", &error));
      g_assert_error (error, STRATA_ERROR, STRATA_ERROR_FORMAT);
    }
}

/* What grows beyond reason is refused before it fills the memory. */
static void
test_gzip_bomb (void)
{
  g_autoptr (GConverter) packer = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9));
  const gsize n = (gsize) 65 << 20, most = 1 << 20;
  g_autofree guint8 *plain = g_malloc0 (n);
  g_autofree guint8 *packed = g_malloc (most);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  gsize read, size;

  g_converter_convert (packer, plain, n, packed, most, G_CONVERTER_INPUT_AT_END, &read, &size, NULL);
  bytes = g_bytes_new (packed, size);
  g_assert_null (strata_gzip_unpack (bytes, "x.gz", &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_FORMAT);
  g_assert_nonnull (strstr (error->message, "much more"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/data/mnist", test_mnist);
  g_test_add_func ("/data/iris", test_iris);
  g_test_add_func ("/data/penguins", test_penguins);
  g_test_add_func ("/data/series", test_series);
  g_test_add_func ("/data/texts", test_texts);
  g_test_add_func ("/data/folders", test_folders);
  g_test_add_func ("/data/bundled", test_bundled);
  g_test_add_func ("/data/vocabulary/again", test_vocabulary_again);
  g_test_add_func ("/data/vocabulary", test_vocabulary);
  g_test_add_func ("/data/several", test_several);
  g_test_add_func ("/data/refused", test_refused);
  g_test_add_func ("/data/gzip", test_gzip);
  g_test_add_func ("/data/gzip/bomb", test_gzip_bomb);
  return g_test_run ();
}
