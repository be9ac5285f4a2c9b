/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "inspector/node-facts.h"

#include <glib/gi18n.h>

#include "canvas/arithmetic.h"
#include "document/group.h"
#include "inspector/facts.h"
#include "widgets/words.h"

/* What the nodes came to when they were selected, so that edits show what they do. */
typedef struct
{
  StrataShape output;
  gint64 n_params, n_all;
} Before;

/**
 * StrataNodeFacts:
 *
 * What goes into nodes, what comes out and what that takes; after an edit, what it was before as well.
 */
struct _StrataNodeFacts
{
  GtkWidget parent_instance;

  GtkWidget *facts;
  StrataDocument *document;
  GPtrArray *nodes;
  Before before;
};

G_DEFINE_FINAL_TYPE (StrataNodeFacts, strata_node_facts, GTK_TYPE_WIDGET)

static StrataDocNode *
get_node (StrataNodeFacts *self,
          guint            i)
{
  return g_ptr_array_index (self->nodes, i);
}

static void
append_shape (GString          *text,
              const char       *name,
              const StrataSpec *spec)
{
  g_autofree char *shape = spec != NULL ? strata_words_shape (&spec->shape) : g_strdup ("?");

  /* TRANSLATORS: one of several inputs or outputs of a layer and its shape, as in "first state: 32 values" */
  if (name != NULL)
    g_string_append_printf (text, _("%s: %s"), name, shape);
  else
    g_string_append (text, shape);
}

/* The shapes that come in, joined where there are several. */
static char *
describe_inputs (StrataNodeFacts *self)
{
  g_autoptr (GPtrArray) wires = strata_document_dup_wires_of (self->document, get_node (self, 0), TRUE);
  StrataDocNode *node = get_node (self, 0);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < wires->len; i++)
    {
      StrataDocWire *wire = g_ptr_array_index (wires, i);
      const StrataSpec *spec = strata_doc_wire_get_spec (wire);
      g_autofree char *name = strata_doc_node_dup_input_name (node, strata_doc_wire_get_to_port (wire));

      if (i > 0)
        g_string_append_c (text, '\n');
      append_shape (text, strata_doc_node_get_n_inputs (node) > 1 ? name : NULL, spec);
    }
  for (guint i = 0; strata_doc_node_get_entry (node, i) != NULL; i++)
    {
      const StrataDocEnd *source = &strata_doc_node_get_entry (node, i)->source;
      const StrataSpec *spec = source->node != NULL
                               ? strata_doc_node_get_output_spec (source->node, source->port) : NULL;

      if (i > 0)
        g_string_append_c (text, '\n');
      append_shape (text, NULL, spec);
    }
  if (text->len == 0)
    g_string_append (text, _("not connected"));
  return g_string_free (text, FALSE);
}

/* The output's shape; of rank 0 where it is not known. */
static StrataShape
get_output (StrataNodeFacts *self)
{
  const StrataSpec *spec = strata_doc_node_get_output_spec (get_node (self, 0), 0);

  return spec != NULL ? spec->shape : STRATA_SCALAR;
}

static gint64
count_params (StrataNodeFacts *self)
{
  gint64 n = 0;

  for (guint i = 0; i < self->nodes->len; i++)
    n += MAX (strata_doc_node_get_n_params (get_node (self, i)), 0);
  return n;
}

static gint64
count_multiply_adds (StrataNodeFacts *self)
{
  gint64 n = 0;

  for (guint i = 0; i < self->nodes->len; i++)
    n += MAX (strata_doc_node_get_multiply_adds (get_node (self, i)), 0);
  return n;
}

/* Takes what was and what is, and tells both where they differ: in one line, so that nothing moves below a pointer. */
static char *
describe_change (const char *before,
                 const char *now)
{
  if (g_str_equal (before, now))
    return g_strdup (now);
  /* Translators: what something was before an edit and what it is now; an arrow in reading direction */
  return g_strdup_printf (_("%s → %s"), before, now);
}

static char *
describe_count (gint64 before,
                gint64 now)
{
  g_autofree char *was = strata_words_count (before), *is = strata_words_count (now);

  return describe_change (was, is);
}

/* Each with its name, a line each. */
static char *
describe_all_outputs (StrataNodeFacts *self)
{
  StrataDocNode *node = get_node (self, 0);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < strata_doc_node_get_n_outputs (node); i++)
    {
      const StrataSpec *spec = strata_doc_node_get_output_spec (node, i);
      g_autofree char *name = strata_doc_node_dup_output_name (node, i);

      if (i > 0)
        g_string_append_c (text, '\n');
      append_shape (text, name, spec);
    }
  return g_string_free (text, FALSE);
}

static char *
describe_output (StrataNodeFacts *self)
{
  StrataShape now = get_output (self);
  g_autofree char *before = NULL, *after = NULL;

  if (now.rank == 0)
    return g_strdup (_("not known"));
  if (strata_doc_node_get_n_outputs (get_node (self, 0)) > 1)
    return describe_all_outputs (self);
  if (self->before.output.rank == 0 || strata_shape_equal (&self->before.output, &now))
    return strata_words_shape (&now);
  before = strata_words_sizes (&self->before.output);
  after = strata_words_sizes (&now);
  return describe_change (before, after);
}

static void
remember (StrataNodeFacts *self)
{
  self->before.output = get_output (self);
  self->before.n_params = count_params (self);
  self->before.n_all = strata_document_get_n_params (self->document);
}

/**
 * strata_node_facts_refresh:
 *
 * Shows the nodes as they are now.
 */
void
strata_node_facts_refresh (StrataNodeFacts *self)
{
  StrataFacts *facts = STRATA_FACTS (self->facts);
  StrataDocNode *node = get_node (self, 0);
  gboolean single = self->nodes->len == 1;
  gint64 adds = count_multiply_adds (self), all = strata_document_get_n_params (self->document);
  g_autofree char *input = describe_inputs (self), *output = describe_output (self);
  g_autofree char *arithmetic = strata_arithmetic_explain (node);
  g_autofree char *n_params = describe_count (self->before.n_params, count_params (self));
  g_autofree char *n_all = describe_count (self->before.n_all, all), *multiply_adds = strata_words_count (adds);
  /* Sums are read from left to right, whatever is around them. */
  g_autofree char *sums = arithmetic != NULL ? g_strdup_printf ("\u2066%s\u2069", arithmetic) : NULL;

  strata_facts_set (facts, _("Input"), single && strata_doc_node_get_n_inputs (node) > 0 ? input : NULL);
  strata_facts_set (facts, _("Output"), single ? output : NULL);
  /* Translators: how the size of the output comes about, as in "(28 − 3 + 1) / 1 = 26" */
  strata_facts_set (facts, _("Size"), single ? sums : NULL);
  strata_facts_set (facts, _("Parameters"), n_params);
  strata_facts_set (facts, _("Of the network"), n_all);
  strata_facts_set (facts, _("Multiply-adds"), adds > 0 ? multiply_adds : NULL);
}

static void
strata_node_facts_dispose (GObject *object)
{
  StrataNodeFacts *self = STRATA_NODE_FACTS (object);

  g_clear_pointer (&self->facts, gtk_widget_unparent);
  g_clear_pointer (&self->nodes, g_ptr_array_unref);
  g_clear_object (&self->document);

  G_OBJECT_CLASS (strata_node_facts_parent_class)->dispose (object);
}

static void
strata_node_facts_class_init (StrataNodeFactsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = strata_node_facts_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
strata_node_facts_init (StrataNodeFacts *self)
{
  self->facts = strata_facts_new ();
  gtk_widget_set_parent (self->facts, GTK_WIDGET (self));
}

GtkWidget *
strata_node_facts_new (StrataDocument *document)
{
  StrataNodeFacts *self = g_object_new (STRATA_TYPE_NODE_FACTS, NULL);

  self->document = g_object_ref (document);
  return GTK_WIDGET (self);
}

/**
 * strata_node_facts_show:
 * @nodes: (element-type StrataDocNode): at least one; what they come to now is what later edits are compared with
 */
void
strata_node_facts_show (StrataNodeFacts *self,
                        GPtrArray       *nodes)
{
  g_ptr_array_ref (nodes);
  g_clear_pointer (&self->nodes, g_ptr_array_unref);
  self->nodes = nodes;
  remember (self);
  strata_node_facts_refresh (self);
}

/**
 * strata_node_facts_get:
 *
 * Returns: (nullable): what is said of something, such as "Output"
 */
const char *
strata_node_facts_get (StrataNodeFacts *self,
                       const char      *name)
{
  return strata_facts_get (STRATA_FACTS (self->facts), name);
}
