/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "../check.h"

#include <string.h>

#include "io/formats/csv.h"

static StrataTable *
parse (const char  *text,
       GError     **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return strata_csv_parse (bytes, "x.csv", error);
}

static void
test_columns (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataTable) table = parse ("\xef\xbb\xbfname,size,note\r\n\"Doe, \"\"Jo\"\"\",1.5,\"two\nlines\"\r\n"
                                         "Ann,NA,\r\n\r\n", &error);
  const StrataColumn *size, *name, *note;

  g_assert_no_error (error);
  g_assert_cmpuint (strata_table_get_n_rows (table), ==, 2);
  g_assert_cmpuint (strata_table_get_n_columns (table), ==, 3);
  name = strata_table_get_column (table, 0);
  size = strata_table_find_column (table, "size", &error);
  g_assert_no_error (error);
  note = strata_table_get_column (table, 2);
  g_assert_cmpstr (name->name, ==, "name");
  g_assert_cmpstr (name->texts[0], ==, "Doe, \"Jo\"");
  g_assert_true (size->numeric);
  g_assert_cmpuint (size->n_missing, ==, 1);
  g_assert_cmpfloat (size->numbers[0], ==, 1.5);
  g_assert_true (strata_column_is_missing (size, 1));
  g_assert_cmpstr (note->texts[0], ==, "two\nlines");
  g_assert_true (strata_column_is_missing (note, 1));
}

static void
test_headers (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataTable) plain = parse ("1;2\n3;4", &error);
  g_autoptr (StrataTable) unnamed = parse ("size;;color\n1,5;x;red\n;y;green\n", &error);
  g_autoptr (StrataTable) words = parse ("red,,x\nblue,round,y\n", &error);
  g_autoptr (StrataTable) gaps = parse ("age\n1\nn/a\n<NA>\n#N/A\n", &error);
  g_autoptr (StrataTensor) tensor = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (strata_table_get_n_rows (plain), ==, 2);
  g_assert_cmpstr (strata_table_get_column (plain, 1)->name, ==, "column 2");
  g_assert_true (strata_table_get_column (gaps, 0)->numeric);
  g_assert_true (strata_column_is_missing (strata_table_get_column (gaps, 0), 1));
  g_assert_true (strata_column_is_missing (strata_table_get_column (gaps, 0), 3));
  /* A column without a name beside others that have one; a word that is missing is none. */
  g_assert_cmpuint (strata_table_get_n_rows (unnamed), ==, 2);
  g_assert_cmpstr (strata_table_get_column (unnamed, 0)->name, ==, "size");
  g_assert_cmpstr (strata_table_get_column (unnamed, 1)->name, ==, "column 2");
  g_assert_cmpuint (strata_table_get_n_rows (words), ==, 2);
  tensor = strata_table_to_tensor (plain, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (strata_tensor_get_number (tensor, 3), ==, 4);
}

/* As spreadsheets write tables where commas are in numbers; commas in words stay. */
static void
test_decimal_commas (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataTable) table = parse ("size;price;words\n1,5;1.234,50;1,5 or 2\n;7;3,5\n-2,25;0,5;no\n", &error);
  g_autoptr (StrataTable) plain = parse ("1,5;2,5\n3,25;4,5\n", &error);
  g_autoptr (StrataTable) odd = parse ("a;b\n1.23,5;1,5\n1,5;2,5,5\n", &error);

  g_assert_no_error (error);
  g_assert_cmpfloat (strata_table_get_column (table, 0)->numbers[0], ==, 1.5);
  g_assert_true (strata_column_is_missing (strata_table_get_column (table, 0), 1));
  g_assert_cmpfloat (strata_table_get_column (table, 0)->numbers[2], ==, -2.25);
  g_assert_cmpfloat (strata_table_get_column (table, 1)->numbers[0], ==, 1234.5);
  g_assert_cmpfloat (strata_table_get_column (table, 1)->numbers[1], ==, 7);
  g_assert_cmpstr (strata_table_get_column (table, 2)->texts[1], ==, "3,5");
  g_assert_cmpuint (strata_table_get_n_rows (plain), ==, 2);
  g_assert_cmpfloat (strata_table_get_column (plain, 0)->numbers[1], ==, 3.25);
  g_assert_false (strata_table_get_column (odd, 0)->numeric);
  g_assert_false (strata_table_get_column (odd, 1)->numeric);
}

/* Old Windows' letters become those of UTF-8; bytes that are no letters in either are marked. */
static void
test_alphabets (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataTable) old = parse ("Gr\xf6\xdf" "e,x\ngr\xfcn,1\n", &error);
  g_autoptr (StrataTable) utf8 = parse ("Größe,x\ngrün,1\n", &error);
  g_autoptr (StrataTable) neither = parse ("a\x81,x\nb,1\n", &error);

  g_assert_no_error (error);
  g_assert_cmpstr (strata_table_get_column (old, 0)->name, ==, "Größe");
  g_assert_cmpstr (strata_table_get_column (old, 0)->texts[0], ==, "grün");
  g_assert_cmpstr (strata_table_get_column (utf8, 0)->texts[0], ==, "grün");
  g_assert_true (g_utf8_validate (strata_table_get_column (neither, 0)->name, -1, NULL));
}

static void
test_refused (void)
{
  static const struct
  {
    const char *text;
    const char *said;
  } cases[] = {
    { "", "empty" },
    { "a,b\n", "empty" },
    { "a,b\n1,2\n3\n", "line 3" },
    { "a,b\n1,\"2\n3,4\n", "never closed" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (StrataTable) table = parse (cases[i].text, &error);

      g_assert_null (table);
      g_assert_nonnull (error);
      g_assert_nonnull (strstr (error->message, "x.csv"));
      if (strstr (error->message, cases[i].said) == NULL)
        g_error ("%s", error->message);
    }
}

static void
test_round_trip (void)
{
  g_autofree char *folder = make_folder ();
  g_autofree char *path = g_build_filename (folder, "x.csv", NULL);
  g_autoptr (StrataTensor) tensor = strata_tensor_new_floats (&STRATA_SHAPE (2, 2), (float[]){ 0.1f, -2, 3e-7f, 4e9f });
  g_autoptr (StrataTensor) back = NULL;
  g_autoptr (StrataTable) table = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (strata_csv_write (path, (const char *const[]){ "a, b", "c", NULL }, tensor, &error));
  g_assert_no_error (error);
  table = strata_csv_read (path, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (strata_table_get_column (table, 0)->name, ==, "a, b");
  back = strata_table_to_tensor (table, &error);
  g_assert_no_error (error);
  assert_near (tensor, back, 0);
  remove_folder (folder);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/io/csv/columns", test_columns);
  g_test_add_func ("/io/csv/headers", test_headers);
  g_test_add_func ("/io/csv/decimal-commas", test_decimal_commas);
  g_test_add_func ("/io/csv/alphabets", test_alphabets);
  g_test_add_func ("/io/csv/refused", test_refused);
  g_test_add_func ("/io/csv/round-trip", test_round_trip);
  return g_test_run ();
}
