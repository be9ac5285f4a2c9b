/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "io/formats/pickle.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/error.h"
#include "io/formats/npy.h"

/*
 * A pickle is a program for a machine with a stack. Here it builds a tree of what would be called and with what, and
 * calls nothing; of the tree, only NumPy's arrays are understood, wherever they are in the objects of a dictionary.
 */

#define MAX_HEADER 1024
/* Objects that are made, and looked at in search of arrays */
#define MAX_NODES (1 << 20)
#define MAX_LOOKS (1 << 24)

typedef enum
{
  NODE_OTHER,
  NODE_MARK,
  NODE_NUMBER,
  NODE_TEXT,   /* also bytes */
  NODE_LIST,   /* also tuples and sets */
  NODE_DICT,   /* names and values by turns */
  NODE_GLOBAL, /* module and name */
  NODE_OBJECT, /* what is called, its arguments, and perhaps a state */
} NodeKind;

typedef struct
{
  NodeKind kind;
  gint64 number;
  const char *text;
  gsize length;
  GPtrArray *items;
  guint seen; /* by the search with this number */
} Node;

typedef struct
{
  const guint8 *data;
  gsize n, at;
  GPtrArray *nodes; /* owns all */
  GPtrArray *stack, *memo;
} Machine;

static void
node_free (gpointer data)
{
  Node *node = data;

  if (node == NULL)
    return;
  g_ptr_array_unref (node->items);
  g_free (node);
}

static gboolean
fail (GError     **error,
      const char  *what)
{
  strata_set_error (error, STRATA_ERROR_FORMAT, "the pickle of Python objects %s", what);
  return FALSE;
}

static Node *
new_node (Machine  *self,
          NodeKind  kind)
{
  Node *node = g_new0 (Node, 1);

  node->kind = kind;
  node->items = g_ptr_array_new ();
  g_ptr_array_add (self->nodes, node);
  return node;
}

static void
push (Machine  *self,
      NodeKind  kind)
{
  g_ptr_array_add (self->stack, new_node (self, kind));
}

static Node *
top (Machine *self)
{
  return self->stack->len > 0 ? g_ptr_array_index (self->stack, self->stack->len - 1) : NULL;
}

/* The last of the stack, taken off; never a mark. */
static Node *
pop (Machine *self)
{
  Node *node = top (self);

  if (node == NULL || node->kind == NODE_MARK)
    return NULL;
  g_ptr_array_set_size (self->stack, self->stack->len - 1);
  return node;
}

static gboolean
take_number (Machine *self,
             guint    width,
             guint64 *number)
{
  *number = 0;
  if (self->n - self->at < width)
    return FALSE;
  for (guint i = 0; i < width; i++)
    *number |= (guint64) self->data[self->at + i] << (8 * MIN (i, 7));
  self->at += width;
  return TRUE;
}

/* @sign: of how many bytes a negative number is told, or 0 */
static gboolean
push_number (Machine *self,
             guint    width,
             guint    sign)
{
  guint64 number;

  if (!take_number (self, width, &number))
    return FALSE;
  push (self, NODE_NUMBER);
  top (self)->number = sign == 4 ? (gint64) (gint32) number : (gint64) number;
  return TRUE;
}

/* @width: of the number before it that tells the length */
static gboolean
push_text (Machine *self,
           guint    width)
{
  guint64 length;

  if (!take_number (self, width, &length) || length > self->n - self->at)
    return FALSE;
  push (self, NODE_TEXT);
  top (self)->text = (const char *) self->data + self->at;
  top (self)->length = length;
  self->at += length;
  return TRUE;
}

static gboolean
push_line (Machine *self)
{
  const guint8 *end = memchr (self->data + self->at, '\n', self->n - self->at);

  if (end == NULL)
    return FALSE;
  push (self, NODE_TEXT);
  top (self)->text = (const char *) self->data + self->at;
  top (self)->length = end - self->data - self->at;
  self->at = end - self->data + 1;
  return TRUE;
}

/* Puts the last of the stack into a new node: @n of them, or all down to the mark. */
static gboolean
collect (Machine  *self,
         NodeKind  kind,
         int       n)
{
  Node *node = new_node (self, kind);
  guint start = self->stack->len;

  if (n < 0)
    {
      while (start > 0 && ((Node *) g_ptr_array_index (self->stack, start - 1))->kind != NODE_MARK)
        start--;
      if (start == 0)
        return FALSE;
    }
  else if (start < (guint) n)
    return FALSE;
  else
    start -= n;
  for (guint i = start; i < self->stack->len; i++)
    {
      if (((Node *) g_ptr_array_index (self->stack, i))->kind == NODE_MARK)
        return FALSE;
      g_ptr_array_add (node->items, g_ptr_array_index (self->stack, i));
    }
  g_ptr_array_set_size (self->stack, n < 0 ? start - 1 : start);
  g_ptr_array_add (self->stack, node);
  return TRUE;
}

/* Adds what is last on the stack to the list or dictionary below it. */
static gboolean
extend (Machine *self,
        int      n)
{
  Node *added, *target;

  if (!collect (self, NODE_LIST, n))
    return FALSE;
  added = pop (self);
  target = top (self);
  if (target == NULL || (target->kind != NODE_LIST && target->kind != NODE_DICT))
    return FALSE;
  for (guint i = 0; i < added->items->len; i++)
    g_ptr_array_add (target->items, g_ptr_array_index (added->items, i));
  return TRUE;
}

static gboolean
set_state (Machine *self)
{
  Node *state = pop (self), *object = top (self);

  if (state == NULL || object == NULL || object->kind == NODE_MARK)
    return FALSE;
  if (object->kind == NODE_OBJECT)
    g_ptr_array_add (object->items, state);
  return TRUE;
}

static gboolean
remember (Machine *self,
          guint64  place)
{
  if (top (self) == NULL || place > self->n)
    return FALSE;
  if (self->memo->len <= place)
    g_ptr_array_set_size (self->memo, place + 1);
  self->memo->pdata[place] = top (self);
  return TRUE;
}

static gboolean
recall (Machine *self,
        guint64  place)
{
  if (place >= self->memo->len || g_ptr_array_index (self->memo, place) == NULL)
    return FALSE;
  g_ptr_array_add (self->stack, g_ptr_array_index (self->memo, place));
  return TRUE;
}

static gboolean
run_memo (Machine *self,
          guint8   code)
{
  guint64 place = 0;

  if (code != 0x94 && !take_number (self, code == 'h' || code == 'q' ? 1 : 4, &place))
    return FALSE;
  if (code == 'h' || code == 'j')
    return recall (self, place);
  return remember (self, code == 0x94 ? self->memo->len : place);
}

/* What puts something new on the stack. */
static gboolean
run_literal (Machine *self,
             guint8   code)
{
  guint64 length;

  switch (code)
    {
    case '(': push (self, NODE_MARK); return TRUE;
    case 'N': push (self, NODE_OTHER); return TRUE;
    case ')': case ']': case 0x8f: push (self, NODE_LIST); return TRUE;
    case '}': push (self, NODE_DICT); return TRUE;
    case 0x88: case 0x89: push (self, NODE_NUMBER); top (self)->number = code == 0x88; return TRUE;
    case 'K': return push_number (self, 1, 0);
    case 'M': return push_number (self, 2, 0);
    case 'J': return push_number (self, 4, 4);
    case 'G': return push_number (self, 8, 0);
    case 0x8a: return take_number (self, 1, &length) && length <= 8 && push_number (self, length, 0);
    case 'C': case 'U': case 0x8c: return push_text (self, 1);
    case 'B': case 'T': case 'X': return push_text (self, 4);
    case 0x8d: case 0x8e: case 0x96: return push_text (self, 8);
    default: return FALSE;
    }
}

/* Runs one instruction; FALSE for one that is not known, or that does not fit what is on the stack. */
static gboolean
run_instruction (Machine *self,
                 guint8   code)
{
  guint64 skipped;

  switch (code)
    {
    case 0x80: return take_number (self, 1, &skipped);
    case 0x95: return take_number (self, 8, &skipped);
    case 'h': case 'j': case 'q': case 'r': case 0x94: return run_memo (self, code);
    case '0': return pop (self) != NULL;
    case 't': return collect (self, NODE_LIST, -1);
    case 0x85: case 0x86: case 0x87: return collect (self, NODE_LIST, code - 0x84);
    case 'a': return extend (self, 1);
    case 's': return extend (self, 2);
    case 'e': case 'u': case 0x90: return extend (self, -1);
    case 'c': return push_line (self) && push_line (self) && collect (self, NODE_GLOBAL, 2);
    case 0x93: return collect (self, NODE_GLOBAL, 2);
    case 'R': case 0x81: return collect (self, NODE_OBJECT, 2);
    case 'b': return set_state (self);
    default: return run_literal (self, code);
    }
}

static Node *
run (Machine  *self,
     GError  **error)
{
  while (self->at < self->n && self->nodes->len < MAX_NODES)
    {
      guint8 code = self->data[self->at++];
      if (code == '.')
        return pop (self);
      if (run_instruction (self, code))
        continue;
      strata_set_error (error, STRATA_ERROR_FORMAT, "the pickle of Python objects has an instruction that cannot be "
                        "followed, 0x%02x at byte %zu", code, self->at - 1);
      return NULL;
    }
  fail (error, self->at < self->n ? _("has too many objects") : _("is cut off"));
  return NULL;
}

static Node *
get_item (Node     *node,
          guint     i,
          NodeKind  kind)
{
  Node *item = node != NULL && i < node->items->len ? g_ptr_array_index (node->items, i) : NULL;

  return item != NULL && item->kind == kind ? item : NULL;
}

static gboolean
is_text (Node       *node,
         const char *text)
{
  return node != NULL && node->kind == NODE_TEXT && node->length == strlen (text) &&
         memcmp (node->text, text, node->length) == 0;
}

/* Whether the object is made by something of NumPy's. */
static gboolean
is_made_by (Node       *object,
            const char *name)
{
  Node *callee = get_item (object, 0, NODE_GLOBAL), *module = get_item (callee, 0, NODE_TEXT);

  return module != NULL && module->length >= 5 && memcmp (module->text, "numpy", 5) == 0 &&
         is_text (get_item (callee, 1, NODE_TEXT), name);
}

static void
append_text (GString *out,
             Node    *node)
{
  for (gsize i = 0; i < node->length; i++)
    if (g_ascii_isalnum (node->text[i]) || strchr ("<>=|", node->text[i]) != NULL)
      g_string_append_c (out, node->text[i]);
}

/* The array as a .npy file, which is read with all due care. */
static StrataTensor *
parse_array (Node      *dtype,
             Node      *shape,
             gboolean   fortran,
             Node      *bytes,
             GError   **error)
{
  Node *name = get_item (get_item (dtype, 1, NODE_LIST), 0, NODE_TEXT);
  Node *order = get_item (get_item (dtype, 2, NODE_LIST), 1, NODE_TEXT);
  g_autoptr (GString) file = g_string_new (NULL), header = g_string_new ("{'descr': '");
  g_autoptr (GBytes) content = NULL;

  if (!is_made_by (dtype, "dtype") || name == NULL || bytes == NULL)
    {
      fail (error, _("has an array of something else than numbers"));
      return NULL;
    }
  append_text (header, order != NULL ? order : name);
  if (order != NULL)
    append_text (header, name);
  g_string_append_printf (header, "', 'fortran_order': %s, 'shape': (", fortran ? "True" : "False");
  for (guint i = 0; shape != NULL && i < shape->items->len && i <= STRATA_MAX_RANK; i++)
    g_string_append_printf (header, "%" G_GINT64_FORMAT ",", ((Node *) g_ptr_array_index (shape->items, i))->number);
  g_string_append (header, "), }\n");
  if (header->len > MAX_HEADER)
    {
      fail (error, _("has an absurd array"));
      return NULL;
    }
  g_string_append_len (file, "\x93NUMPY\x01\x00", 8);
  g_string_append_c (file, header->len & 0xff);
  g_string_append_c (file, header->len >> 8);
  g_string_append_len (file, header->str, header->len);
  g_string_append_len (file, bytes->text, bytes->length);
  content = g_string_free_to_bytes (g_steal_pointer (&file));
  return strata_npy_parse (content, _("an array"), error);
}

static gboolean
is_array (Node *node)
{
  return node->kind == NODE_OBJECT &&
         (is_made_by (node, "scalar") || (is_made_by (node, "_reconstruct") && get_item (node, 2, NODE_LIST) != NULL));
}

static StrataTensor *
read_array (Node    *node,
            GError **error)
{
  Node *parts = get_item (node, is_made_by (node, "scalar") ? 1 : 2, NODE_LIST);
  Node *fortran = get_item (parts, 3, NODE_NUMBER);

  if (is_made_by (node, "scalar"))
    return parse_array (get_item (parts, 0, NODE_OBJECT), NULL, FALSE, get_item (parts, 1, NODE_TEXT), error);
  return parse_array (get_item (parts, 2, NODE_OBJECT), get_item (parts, 1, NODE_LIST),
                      fortran != NULL && fortran->number != 0, get_item (parts, 4, NODE_TEXT), error);
}

/* The first array in an object: a variable of Keras's has one. @search: a number that no other search has; @looks: how
 * many objects may still be looked at */
static Node *
find_array (Node  *node,
            guint  search,
            guint *looks)
{
  g_autoptr (GPtrArray) waiting = g_ptr_array_new ();

  g_ptr_array_add (waiting, node);
  while (waiting->len > 0 && *looks > 0)
    {
      Node *next = g_ptr_array_steal_index (waiting, waiting->len - 1);

      (*looks)--;
      if (next->seen == search)
        continue;
      next->seen = search;
      if (is_array (next))
        return next;
      for (guint i = next->items->len; i > 0; i--)
        g_ptr_array_add (waiting, g_ptr_array_index (next->items, i - 1));
    }
  return NULL;
}

static gboolean
read_arrays (Node        *dict,
             GHashTable  *arrays,
             GError     **error)
{
  guint looks = MAX_LOOKS;

  for (guint i = 0; i + 1 < dict->items->len; i += 2)
    {
      Node *name = get_item (dict, i, NODE_TEXT);
      Node *array = find_array (g_ptr_array_index (dict->items, i + 1), i + 1, &looks);
      StrataTensor *tensor;

      if (name == NULL || name->length == 0 || !g_utf8_validate_len (name->text, name->length, NULL) ||
          memchr (name->text, '/', name->length) != NULL)
        return fail (error, _("has something without a name"));
      if (array == NULL)
        return fail (error, _("has an object in which there is no NumPy array"));
      tensor = read_array (array, error);
      if (tensor == NULL)
        return FALSE;
      g_hash_table_replace (arrays, g_strndup (name->text, name->length), tensor);
    }
  return TRUE;
}

/**
 * strata_pickle_read_arrays: (skip)
 * @data: (array length=n): a dictionary in an array of NumPy's, as numpy.savez() pickles one
 * @n: how many bytes
 *
 * Returns: (transfer full) (element-type utf8 StrataTensor): the arrays in the dictionary, by name
 */
GHashTable *
strata_pickle_read_arrays (const guint8  *data,
                           gsize          n,
                           GError       **error)
{
  Machine self = { .data = data, .n = n };
  g_autoptr (GHashTable) arrays = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                         (GDestroyNotify) strata_tensor_unref);
  Node *root, *list, *dict;
  gboolean good;

  self.nodes = g_ptr_array_new_with_free_func (node_free);
  self.stack = g_ptr_array_new ();
  self.memo = g_ptr_array_new ();
  root = run (&self, error);
  list = root != NULL ? get_item (get_item (root, 2, NODE_LIST), 4, NODE_LIST) : NULL;
  dict = get_item (list, 0, NODE_DICT);
  good = dict != NULL && read_arrays (dict, arrays, error);
  if (!good && error != NULL && *error == NULL)
    fail (error, _("holds no dictionary of arrays"));
  g_ptr_array_unref (self.nodes);
  g_ptr_array_unref (self.stack);
  g_ptr_array_unref (self.memo);
  return good ? g_steal_pointer (&arrays) : NULL;
}
