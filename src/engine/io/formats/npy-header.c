/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "io/formats/npy-header.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/error.h"

#define MAGIC "\x93NUMPY"
#define MAGIC_SIZE 6
#define MAX_HEADER (1 << 20)

static gboolean
fail (GError     **error,
      const char  *message)
{
  g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_FORMAT, message);
  return FALSE;
}

static const char *
skip_space (const char *at)
{
  while (g_ascii_isspace (*at))
    at++;
  return at;
}

/* Where the value of a key of the dictionary begins. */
static const char *
find_key (const char *text,
          const char *key)
{
  g_autofree char *single = g_strdup_printf ("'%s'", key);
  g_autofree char *twice = g_strdup_printf ("\"%s\"", key);
  const char *at = strstr (text, single);

  if (at == NULL)
    at = strstr (text, twice);
  if (at == NULL)
    return NULL;
  at = skip_space (at + strlen (single));
  return *at == ':' ? skip_space (at + 1) : NULL;
}

static gboolean
parse_shape (StrataNpyHeader  *self,
             const char       *at,
             GError          **error)
{
  if (at == NULL || *at != '(')
    return fail (error, _("the header has no shape"));

  for (at = skip_space (at + 1); *at != ')';)
    {
      char *end;
      gint64 dim;

      if (!g_ascii_isdigit (*at))
        return fail (error, _("the shape in the header is not a list of sizes"));
      dim = g_ascii_strtoll (at, &end, 10);
      if (dim > G_MAXINT64 / 64)
        return fail (error, _("the shape in the header is absurd"));
      if (self->shape.rank == STRATA_MAX_RANK)
        return fail (error, _("the array has more than 8 dimensions"));
      strata_shape_append (&self->shape, dim);
      at = skip_space (*end == 'L' ? end + 1 : end);
      if (*at == ',')
        at = skip_space (at + 1);
    }
  if (strata_shape_get_size (&self->shape) < 0)
    return fail (error, _("the shape in the header is absurd"));
  return TRUE;
}

static gboolean
choose_dtype (StrataNpyHeader  *self,
              GError          **error)
{
  static const struct
  {
    char kind;
    gsize width;
    StrataDType dtype;
  } types[] = {
    { 'f', 2, STRATA_FLOAT16 }, { 'f', 4, STRATA_FLOAT32 }, { 'f', 8, STRATA_FLOAT64 }, { 'b', 1, STRATA_BOOL },
    { 'i', 1, STRATA_INT32 },   { 'i', 2, STRATA_INT32 },   { 'i', 4, STRATA_INT32 },   { 'i', 8, STRATA_INT64 },
    { 'u', 1, STRATA_UINT8 },   { 'u', 2, STRATA_INT32 },   { 'u', 4, STRATA_INT64 },   { 'u', 8, STRATA_INT64 },
  };

  if (self->kind == 'U' || self->kind == 'S')
    {
      self->dtype = STRATA_STRING;
      return TRUE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (types[i].kind == self->kind && types[i].width == self->width)
      {
        self->dtype = types[i].dtype;
        return TRUE;
      }
  strata_set_error (error, STRATA_ERROR_UNSUPPORTED, "elements of the NumPy type “%c%zu” cannot be used",
                    g_ascii_isgraph (self->kind) ? self->kind : '?', self->width);
  return FALSE;
}

static gboolean
parse_descr (StrataNpyHeader  *self,
             const char       *at,
             GError          **error)
{
  const char order = G_BYTE_ORDER == G_LITTLE_ENDIAN ? '>' : '<';
  guint64 width = 1;

  if (at != NULL && *at == '[')
    return fail (error, _("the array has several fields an element; save each field as an array of its own"));
  if (at == NULL || (*at != '\'' && *at != '"'))
    return fail (error, _("the header has no type"));
  at++;
  if (strchr ("<>=|", *at) != NULL && *at != '\0')
    self->swapped = *at++ == order;
  self->kind = *at == '?' ? 'b' : *at;
  if (self->kind == 'O')
    return fail (error, _("the array holds Python objects, which Strata does not load; save it as numbers"));
  if (*at != '\0' && g_ascii_isdigit (at[1]))
    width = g_ascii_strtoull (at + 1, NULL, 10);
  /* A text of no letters is as good as one of one. */
  if (width > G_MAXINT32)
    return fail (error, _("the type in the header is absurd"));
  self->width = self->kind == 'U' ? width * 4 : width;
  return choose_dtype (self, error);
}

static gboolean
parse_text (StrataNpyHeader  *self,
            const char       *text,
            GError          **error)
{
  const char *fortran = find_key (text, "fortran_order");

  if (fortran == NULL)
    return fail (error, _("the header does not say in what order the elements are"));
  self->fortran = g_str_has_prefix (fortran, "True");
  return parse_descr (self, find_key (text, "descr"), error) && parse_shape (self, find_key (text, "shape"), error);
}

/**
 * strata_npy_header_parse: (skip)
 * @self: (out): what the header says
 * @data: the beginning of the file
 * @n: how many bytes there are
 *
 * Reads a header of format 1, 2 or 3.
 */
gboolean
strata_npy_header_parse (StrataNpyHeader  *self,
                         const guint8     *data,
                         gsize             n,
                         GError          **error)
{
  g_autofree char *text = NULL;
  gsize length, start;

  *self = (StrataNpyHeader){ 0 };
  if (n < MAGIC_SIZE + 4 || memcmp (data, MAGIC, MAGIC_SIZE) != 0)
    return fail (error, _("it is not a NumPy array"));
  if (data[6] < 1 || data[6] > 3)
    return fail (error, _("it is of a version of the format that is not known"));

  start = data[6] == 1 ? 10 : 12;
  if (n < start)
    return fail (error, _("the header is cut off"));
  length = data[8] | (gsize) data[9] << 8;
  if (start == 12)
    length |= (gsize) data[10] << 16 | (gsize) data[11] << 24;
  if (length > MAX_HEADER || length > n - start)
    return fail (error, _("the header is cut off"));

  text = g_strndup ((const char *) data + start, length);
  self->size = start + length;
  return parse_text (self, text, error);
}

/**
 * strata_npy_header_format: (skip)
 * @descr: NumPy's name of the type
 * @shape: the array's shape
 * @size: (out): how many bytes it is: a multiple of 64
 *
 * Returns: (transfer full): the header of a file
 */
char *
strata_npy_header_format (const char        *descr,
                          const StrataShape *shape,
                          gsize             *size)
{
  g_autofree char *dims = strata_shape_to_string (shape);
  GString *header = g_string_new_len (MAGIC "\x01\x00\x00\x00", 10);
  gsize length;

  g_string_append_printf (header, "{'descr': '%s', 'fortran_order': False, 'shape': %s, }", descr, dims);
  while (header->len % 64 != 63)
    g_string_append_c (header, ' ');
  g_string_append_c (header, '\n');
  length = header->len - 10;
  header->str[8] = length & 0xff;
  header->str[9] = length >> 8;
  *size = header->len;
  return g_string_free (header, FALSE);
}
