/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "../check.h"

#include <string.h>

#include "io/formats/npz.h"

/* Contents of a .npy file with a header of a given version. */
static GBytes *
make_file (guint8      major,
           const char *header,
           const void *data,
           gsize       size)
{
  GByteArray *file = g_byte_array_new ();
  guint32 length = strlen (header);

  g_byte_array_append (file, (const guint8 *) "\x93NUMPY", 6);
  g_byte_array_append (file, (const guint8[]){ major, 0 }, 2);
  g_byte_array_append (file, (const guint8[]){ length & 255, length >> 8 & 255, 0, 0 }, major == 1 ? 2 : 4);
  g_byte_array_append (file, (const guint8 *) header, length);
  g_byte_array_append (file, data, size);
  return g_byte_array_free_to_bytes (file);
}

static StrataTensor *
parse (guint8      major,
       const char *header,
       const void *data,
       gsize       size)
{
  g_autoptr (GBytes) bytes = make_file (major, header, data, size);
  g_autoptr (GError) error = NULL;
  StrataTensor *tensor = strata_npy_parse (bytes, "x.npy", &error);

  g_assert_no_error (error);
  return tensor;
}

static void
test_orders (void)
{
  static const guint8 big[] = { 0x3f, 0x80, 0, 0, 0x40, 0, 0, 0 };
  static const gint16 columns[] = { 1, 4, 2, 5, 3, 6 };
  g_autoptr (StrataTensor) floats = parse (1, "{'descr': '>f4', 'fortran_order': False, 'shape': (2,), }\n",
                                           big, sizeof big);
  g_autoptr (StrataTensor) matrix = parse (2, "{'descr': '<i2', 'fortran_order': True, 'shape': (2, 3), }", columns,
                                           sizeof columns);

  g_assert_cmpfloat (strata_tensor_get_number (floats, 0), ==, 1);
  g_assert_cmpfloat (strata_tensor_get_number (floats, 1), ==, 2);
  g_assert_cmpint (strata_tensor_get_dtype (matrix), ==, STRATA_INT32);
  for (int i = 0; i < 6; i++)
    g_assert_cmpfloat (strata_tensor_get_number (matrix, i), ==, i + 1);
}

static void
test_types (void)
{
  static const struct
  {
    const char *descr;
    guint8 data[8];
    gsize size;
    StrataDType dtype;
    double value;
  } cases[] = {
    { "|b1", { 7 }, 1, STRATA_BOOL, 1 },
    { "|u1", { 200 }, 1, STRATA_UINT8, 200 },
    { "|i1", { 0xff }, 1, STRATA_INT32, -1 },
    { "<u2", { 0xff, 0xff }, 2, STRATA_INT32, 65535 },
    { ">u4", { 0xff, 0xff, 0xff, 0xff }, 4, STRATA_INT64, 4294967295.0 },
    { "<i8", { 5 }, 8, STRATA_INT64, 5 },
    { "<f2", { 0, 0x3c }, 2, STRATA_FLOAT16, 1 },
    { ">f8", { 0x3f, 0xf0 }, 8, STRATA_FLOAT64, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *header = g_strdup_printf ("{'descr': '%s', 'fortran_order': False, 'shape': (), }",
                                                 cases[i].descr);
      g_autoptr (StrataTensor) tensor = parse (1 + i % 3, header, cases[i].data, cases[i].size);

      g_assert_cmpint (strata_tensor_get_dtype (tensor), ==, cases[i].dtype);
      g_assert_cmpfloat (strata_tensor_get_number (tensor, 0), ==, cases[i].value);
    }
}

static void
test_texts (void)
{
  g_autoptr (StrataTensor) texts = strata_tensor_new (STRATA_STRING, &STRATA_SHAPE (2));
  g_autoptr (StrataTensor) back = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  strata_tensor_set_string (texts, 0, "Grüße");
  strata_tensor_set_string (texts, 1, "");
  bytes = strata_npy_to_bytes (texts);
  back = strata_npy_parse (bytes, "x.npy", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (((char **) strata_tensor_get_data (back))[0], ==, "Grüße");
  g_assert_cmpstr (((char **) strata_tensor_get_data (back))[1], ==, "");
}

static void
test_refused (void)
{
  static const struct
  {
    const char *header;
    const char *said;
  } cases[] = {
    { "{'descr': '|O', 'fortran_order': False, 'shape': (1,), }", "Python objects" },
    { "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }", "several fields" },
    { "{'descr': '<c8', 'fortran_order': False, 'shape': (1,), }", "c8" },
    { "{'descr': '<f4', 'fortran_order': False, 'shape': (9999999999999999999,), }", "absurd" },
    { "{'descr': '<f4', 'fortran_order': False, 'shape': (4294967296, 4294967296), }", "absurd" },
    { "{'descr': '<f4', 'fortran_order': False, 'shape': (1000000000,), }", "cut off" },
    { "{'descr': '<U99999999999', 'fortran_order': False, 'shape': (1,), }", "absurd" },
    { "{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }", "not a list of sizes" },
    { "{'descr': '<f4', 'shape': (1,), }", "order" },
    { "{'descr': '<f4', 'fortran_order': False, 'shape': (1,1,1,1,1,1,1,1,1), }", "8 dimensions" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) bytes = make_file (1, cases[i].header, "\0\0\0\0\0\0\0\0", 8);
      g_autoptr (GError) error = NULL;
      g_autoptr (StrataTensor) tensor = strata_npy_parse (bytes, "data/x.npy", &error);

      g_assert_null (tensor);
      g_assert_nonnull (error);
      g_assert_nonnull (strstr (error->message, "data/x.npy"));
      if (strstr (error->message, cases[i].said) == NULL)
        g_error ("%s", error->message);
    }
}

static void
test_archive (void)
{
  g_autofree char *folder = make_folder ();
  g_autofree char *path = g_build_filename (folder, "x.npz", NULL);
  g_autoptr (StrataNpz) written = strata_npz_new (), read = NULL;
  g_autoptr (StrataTensor) a = strata_tensor_new_floats (&STRATA_SHAPE (2, 1), (float[]){ 3, 4 });
  g_autoptr (StrataTensor) b = strata_tensor_new_scalar (5);
  g_autoptr (GError) error = NULL;

  strata_npz_add (written, "first", a);
  strata_npz_add (written, "second", b);
  g_assert_true (strata_npz_write (written, path, &error));
  g_assert_no_error (error);
  read = strata_npz_read (path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (strata_npz_get_n (read), ==, 2);
  assert_near (a, strata_npz_find (read, "first"), 0);
  assert_near (b, strata_npz_find (read, "second"), 0);
  g_assert_null (strata_npz_find (read, "third"));
  remove_folder (folder);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/io/npy/orders", test_orders);
  g_test_add_func ("/io/npy/types", test_types);
  g_test_add_func ("/io/npy/texts", test_texts);
  g_test_add_func ("/io/npy/refused", test_refused);
  g_test_add_func ("/io/npy/archive", test_archive);
  return g_test_run ();
}
