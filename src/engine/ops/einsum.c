/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/einsum.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ops/matmul.h"
#include "ops/reduce.h"
#include "ops/shaping.h"

static gboolean
reject (const char  *equation,
        const char  *why,
        GError     **error)
{
  strata_set_error (error, STRATA_ERROR_VALUE, "the equation “%s” %s; write it as in “abc,cd->abd”, with a letter for "
                    "each dimension of input, kernel and output", equation, why);
  return FALSE;
}

/* Copies letters; an ellipsis becomes as many digits as it stands for dimensions. */
static gboolean
expand (const char *text,
        gsize       length,
        int         elided,
        char       *letters)
{
  gsize n = 0;

  for (gsize i = 0; i < length; i++)
    {
      gboolean dots = length - i >= 3 && strncmp (text + i, "...", 3) == 0;

      if (!dots && !g_ascii_isalpha (text[i]))
        return FALSE;
      if (n + (dots ? elided : 1) > STRATA_MAX_RANK)
        return FALSE;
      for (int d = 0; dots && d < elided; d++)
        letters[n++] = '0' + d;
      if (dots)
        i += 2;
      else
        letters[n++] = text[i];
    }
  letters[n] = '\0';
  for (gsize i = 0; i < n; i++)
    if (strchr (letters + i + 1, letters[i]) != NULL && letters[i + 1] != '\0')
      return FALSE;
  return TRUE;
}

static int
count_letters (const char *text,
               gsize       length)
{
  int n = 0;

  for (gsize i = 0; i < length; i++)
    n += g_ascii_isalpha (text[i]) != 0;
  return n;
}

/**
 * strata_einsum_parse: (skip)
 * @equation: such as "abc,cd->abd" or "...x,xy->...y"
 * @x_rank: dimensions of the first factor: they tell what an ellipsis stands for
 * @parts: (out): the letters of each part
 */
gboolean
strata_einsum_parse (const char    *equation,
                     int            x_rank,
                     StrataEinsum  *parts,
                     GError       **error)
{
  const char *comma = strchr (equation, ','), *arrow = strstr (equation, "->");
  int elided;

  if (comma == NULL || arrow == NULL || comma > arrow)
    return reject (equation, _("has no two factors and a result"), error);
  elided = x_rank - count_letters (equation, comma - equation);
  if (elided < 0 || !expand (equation, comma - equation, elided, parts->x) ||
      !expand (comma + 1, arrow - comma - 1, elided, parts->y) ||
      !expand (arrow + 2, strlen (arrow + 2), elided, parts->z))
    return reject (equation, _("does not fit the input, or names a dimension twice"), error);
  if ((int) strlen (parts->x) != x_rank)
    return reject (equation, _("does not fit the number of dimensions of the input"), error);
  for (const char *letter = parts->z; *letter != '\0'; letter++)
    if (strchr (parts->x, *letter) == NULL && strchr (parts->y, *letter) == NULL)
      return reject (equation, _("has a dimension in its result that no factor has"), error);
  return TRUE;
}

/* Letters of @from that are, or are not, in @others, in the order of @from. */
static void
pick (const char *from,
      const char *first,
      gboolean    in_first,
      const char *second,
      gboolean    in_second,
      char       *letters)
{
  int n = 0;

  for (; *from != '\0'; from++)
    if ((strchr (first, *from) != NULL) == in_first && (strchr (second, *from) != NULL) == in_second)
      letters[n++] = *from;
  letters[n] = '\0';
}

/* Sums over the dimensions that neither the other factor nor the result has. */
static StrataValue *
sum_alone (StrataBuilder *b,
           StrataValue   *x,
           char          *letters,
           const char    *other,
           const char    *result)
{
  guint axes = 0;
  int n = 0;

  for (int i = 0; letters[i] != '\0'; i++)
    if (strchr (other, letters[i]) == NULL && strchr (result, letters[i]) == NULL)
      axes |= STRATA_AXIS (i);
    else
      letters[n++] = letters[i];
  letters[n] = '\0';
  return axes != 0 ? strata_reduce_sum (b, x, axes, FALSE) : x;
}

/* Brings dimensions into the order that @to names them in. */
static StrataValue *
reorder (StrataBuilder *b,
         StrataValue   *x,
         const char    *from,
         const char    *to)
{
  int permutation[STRATA_MAX_RANK];
  gboolean same = TRUE;

  for (int i = 0; to[i] != '\0'; i++)
    {
      permutation[i] = strchr (from, to[i]) - from;
      same &= permutation[i] == i;
    }
  return same ? x : strata_transpose (b, x, permutation);
}

static gint64
get_span (const StrataShape *shape,
          const char        *first,
          const char        *part)
{
  int from = strlen (first);

  return strata_shape_get_span (shape, from, from + strlen (part));
}

/* (shared, rows, columns), each being all the dimensions of its letters. */
static StrataValue *
to_matrices (StrataBuilder *b,
             StrataValue   *x,
             const char    *from,
             const char    *shared,
             const char    *rows,
             const char    *columns)
{
  g_autofree char *order = g_strconcat (shared, rows, columns, NULL), *before = g_strconcat (shared, rows, NULL);
  StrataShape shape;

  x = reorder (b, x, from, order);
  shape = STRATA_SHAPE (get_span (&x->shape, "", shared), get_span (&x->shape, shared, rows),
                        get_span (&x->shape, before, columns));
  if (*shared == '\0')
    strata_shape_remove (&shape, 0);
  return strata_reshape (b, x, &shape);
}

static gint64
find_size (char                letter,
           const StrataEinsum *parts,
           const StrataShape  *x,
           const StrataShape  *y)
{
  const char *at = strchr (parts->x, letter);

  if (at != NULL && x->dims[at - parts->x] != STRATA_UNKNOWN)
    return x->dims[at - parts->x];
  at = strchr (parts->y, letter);
  return at != NULL ? y->dims[at - parts->y] : STRATA_UNKNOWN;
}

/**
 * strata_einsum:
 * @equation: "x,y->z": a letter for each dimension; letters that the result
 *   lacks are summed over
 *
 * Returns: (transfer none): the sum of products
 */
StrataValue *
strata_einsum (StrataBuilder *b,
               const char    *equation,
               StrataValue   *x,
               StrataValue   *y)
{
  StrataEinsum parts;
  char shared[STRATA_MAX_RANK + 1], summed[STRATA_MAX_RANK + 1], rows[STRATA_MAX_RANK + 1];
  char columns[STRATA_MAX_RANK + 1];
  g_autofree char *order = NULL;
  g_autoptr (GError) error = NULL;
  StrataShape shape = { 0 };
  StrataValue *z;

  if (!strata_einsum_parse (equation, x->shape.rank, &parts, &error) || (int) strlen (parts.y) != y->shape.rank)
    {
      strata_builder_fail (b, STRATA_ERROR_VALUE, "%s",
                         error != NULL ? error->message : _("the equation does not fit the second factor"));
      return strata_builder_nothing (b);
    }

  x = sum_alone (b, x, parts.x, parts.y, parts.z);
  y = sum_alone (b, y, parts.y, parts.x, parts.z);
  pick (parts.x, parts.y, TRUE, parts.z, TRUE, shared);
  pick (parts.x, parts.y, TRUE, parts.z, FALSE, summed);
  pick (parts.x, parts.y, FALSE, parts.z, TRUE, rows);
  pick (parts.y, parts.x, FALSE, parts.z, TRUE, columns);
  order = g_strconcat (shared, rows, columns, NULL);
  if (strlen (order) > STRATA_MAX_RANK)
    {
      strata_builder_fail (b, STRATA_ERROR_VALUE, "the equation “%s” has more dimensions than %d", equation,
                           STRATA_MAX_RANK);
      return strata_builder_nothing (b);
    }
  for (const char *letter = order; *letter != '\0'; letter++)
    strata_shape_append (&shape, find_size (*letter, &parts, &x->shape, &y->shape));

  z = strata_matmul (b, to_matrices (b, x, parts.x, shared, rows, summed),
                     to_matrices (b, y, parts.y, shared, summed, columns), FALSE, FALSE);
  return reorder (b, strata_reshape (b, z, &shape), order, parts.z);
}
