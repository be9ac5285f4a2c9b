/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "text/tokens.h"

#include <string.h>

/* What a thread works in: tokens with a space after each, and where they are. */
typedef struct
{
  GString *text;
  GArray *starts; /* gsize: where each begins, and where one after the last would */
  GArray *tokens;
} Bench;

static void
bench_free (gpointer data)
{
  Bench *bench = data;

  g_string_free (bench->text, TRUE);
  g_array_unref (bench->starts);
  g_array_unref (bench->tokens);
  g_free (bench);
}

static GPrivate own_bench = G_PRIVATE_INIT (bench_free);

static Bench *
get_bench (void)
{
  Bench *bench = g_private_get (&own_bench);

  if (bench == NULL)
    {
      bench = g_new (Bench, 1);
      bench->text = g_string_new (NULL);
      bench->starts = g_array_new (FALSE, FALSE, sizeof (gsize));
      bench->tokens = g_array_new (FALSE, FALSE, sizeof (StrataToken));
      g_private_set (&own_bench, bench);
    }
  g_string_truncate (bench->text, 0);
  g_array_set_size (bench->starts, 0);
  g_array_set_size (bench->tokens, 0);
  return bench;
}

/* TensorFlow takes only ASCII's white space for such. */
static gboolean
is_space (char c)
{
  return c == ' ' || (c >= '\t' && c <= '\r');
}

static gboolean
is_kept (const StrataTokenOptions *options,
         char                      c)
{
  return !options->strip || !g_ascii_ispunct (c);
}

static char
change (const StrataTokenOptions *options,
        char                      c)
{
  return options->lower ? g_ascii_tolower (c) : c;
}

static void
end_token (Bench *bench,
           gsize  start)
{
  g_array_append_val (bench->starts, start);
  g_string_append_c (bench->text, ' ');
}

static void
add_words (const StrataTokenOptions *options,
           Bench                    *bench,
           const char               *text)
{
  gsize start = bench->text->len;

  for (;; text++)
    if (*text != 0 && !(options->split == STRATA_SPLIT_WHITESPACE && is_space (*text)))
      {
        if (is_kept (options, *text))
          g_string_append_c (bench->text, change (options, *text));
      }
    else
      {
        if (options->split == STRATA_SPLIT_NONE || bench->text->len > start)
          {
            end_token (bench, start);
            start = bench->text->len;
          }
        if (*text == 0)
          return;
      }
}

/* Bytes that are no UTF-8 become the replacement character. */
static void
add_characters (const StrataTokenOptions *options,
                Bench                    *bench,
                const char               *text)
{
  gsize left = strlen (text);

  while (left > 0)
    {
      gunichar c = g_utf8_get_char_validated (text, left);
      gsize n = c == (gunichar) -1 || c == (gunichar) -2 ? 1 : g_utf8_skip[(guint8) *text], start = bench->text->len;

      if (n > 1 || (guint8) *text >= 128 || is_kept (options, *text))
        {
          if (c == (gunichar) -1 || c == (gunichar) -2)
            g_string_append (bench->text, "\357\277\275");
          else if (n > 1)
            g_string_append_len (bench->text, text, n);
          else
            g_string_append_c (bench->text, change (options, *text));
          end_token (bench, start);
        }
      text += n;
      left -= n;
    }
}

static void
gather (Bench *bench,
        gsize  width)
{
  const gsize *starts = (const gsize *) bench->starts->data;

  for (gsize i = 0; i + width < bench->starts->len; i++)
    {
      StrataToken token = { bench->text->str + starts[i], starts[i + width] - 1 - starts[i] };

      g_array_append_val (bench->tokens, token);
    }
}

/**
 * strata_tokens_split: (skip)
 * @texts: (array length=n): texts that follow each other, in UTF-8; %NULL is an empty one
 * @n_tokens: (out): how many tokens
 *
 * Cuts texts as Keras's TextVectorization does.
 * Returns: (transfer none): tokens, until the thread calls this again
 */
const StrataToken *
strata_tokens_split (const StrataTokenOptions *options,
                     const char *const        *texts,
                     gsize                     n,
                     gsize                    *n_tokens)
{
  Bench *bench = get_bench ();
  gsize end;

  for (gsize i = 0; i < n; i++)
    if (options->split == STRATA_SPLIT_CHARACTER)
      add_characters (options, bench, texts[i] != NULL ? texts[i] : "");
    else
      add_words (options, bench, texts[i] != NULL ? texts[i] : "");
  end = bench->text->len;
  g_array_append_val (bench->starts, end);
  if (options->n_ngrams == 0)
    gather (bench, 1);
  for (int i = 0; i < options->n_ngrams; i++)
    gather (bench, options->ngrams[i]);
  *n_tokens = bench->tokens->len;
  return (const StrataToken *) bench->tokens->data;
}
