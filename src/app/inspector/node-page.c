/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "inspector/node-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "canvas/category-icon.h"
#include "inspector/node-facts.h"
#include "widgets/paragraph.h"
#include "widgets/words.h"

/**
 * StrataNodePage:
 *
 * What can be said and changed about one node, or about several at once: of those, what all of them have.
 */
struct _StrataNodePage
{
  GtkWidget parent_instance;

  StrataDocument *document;
  GPtrArray *nodes;

  GtkWidget *box, *icon, *title, *subtitle, *description, *formula, *facts, *problems;
  GtkWidget *main, *more, *more_list;
};

enum
{
  NOTICE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataNodePage, strata_node_page, GTK_TYPE_WIDGET)

static StrataDocNode *
get_node (StrataNodePage *self,
          guint           i)
{
  return g_ptr_array_index (self->nodes, i);
}

static StrataObject *
get_layer (StrataNodePage *self,
           guint           i)
{
  return STRATA_OBJECT (strata_doc_node_get_layer (get_node (self, i)));
}

/* What it is called with is told like its parameters. */
static JsonNode *
get_value_of (StrataDocNode     *node,
              const StrataParam *param)
{
  JsonNode *argument = strata_doc_node_dup_argument (node, param->name);

  return argument != NULL ? argument
                          : strata_object_get_param (STRATA_OBJECT (strata_doc_node_get_layer (node)), param->name);
}

static gboolean
set_value_of (StrataNodePage  *self,
              StrataDocNode   *node,
              const char      *name,
              JsonNode        *value,
              GError         **error)
{
  g_autoptr (JsonNode) argument = strata_doc_node_dup_argument (node, name);

  return argument != NULL ? strata_document_set_argument (self->document, node, name, value, error)
                          : strata_document_set_param (self->document, node, name, value, error);
}

static JsonNode *
get_value (const StrataParam  *param,
           JsonNode          **one,
           gpointer            user_data)
{
  StrataNodePage *self = user_data;
  g_autoptr (JsonNode) value = get_value_of (get_node (self, 0), param);

  for (guint i = 1; i < self->nodes->len; i++)
    {
      g_autoptr (JsonNode) other = get_value_of (get_node (self, i), param);

      if (!json_node_equal (value, other))
        {
          *one = g_steal_pointer (&value);
          return NULL;
        }
    }
  return g_steal_pointer (&value);
}

/* All or none: what one of the nodes does not allow is taken back from the others. */
static gboolean
set_value (const char  *name,
           JsonNode    *value,
           gpointer     user_data,
           GError     **error)
{
  StrataNodePage *self = user_data;
  g_autoptr (GPtrArray) nodes = g_ptr_array_ref (self->nodes);
  gboolean success = TRUE;

  if (nodes->len == 1)
    return set_value_of (self, g_ptr_array_index (nodes, 0), name, value, error);

  strata_document_end_coalescing (self->document);
  strata_document_begin_group (self->document, _("Change layers"));
  for (guint i = 0; i < nodes->len && success; i++)
    success = set_value_of (self, g_ptr_array_index (nodes, i), name, value, error);
  strata_document_end_group (self->document);
  if (!success && g_strcmp0 (strata_document_get_undo_label (self->document), _("Change layers")) == 0)
    strata_document_undo (self->document);
  return success;
}

static gboolean
is_told (StrataNodePage    *self,
         const StrataParam *param)
{
  return !param->transient && !(self->nodes->len > 1 && g_str_equal (param->name, "name"));
}

/* Whether all nodes have a parameter that is edited alike. */
static gboolean
is_common (GPtrArray         *nodes,
           const StrataParam *param)
{
  for (guint i = 1; i < nodes->len; i++)
    {
      StrataLayer *layer = strata_doc_node_get_layer (g_ptr_array_index (nodes, i));
      const StrataParam *other = strata_object_find_param (STRATA_OBJECT (layer), param->name);

      if (other == NULL || other->type != param->type || other->kind != param->kind || other->count != param->count)
        return FALSE;
    }
  return TRUE;
}

static gboolean
are_alike (StrataNodePage *self)
{
  for (guint i = 1; i < self->nodes->len; i++)
    if (G_OBJECT_TYPE (get_layer (self, i)) != G_OBJECT_TYPE (get_layer (self, 0)))
      return FALSE;
  return TRUE;
}

static void
build_params (StrataNodePage *self)
{
  const GPtrArray *params = strata_object_get_params (get_layer (self, 0));

  strata_param_list_clear (STRATA_PARAM_LIST (self->main));
  strata_param_list_clear (STRATA_PARAM_LIST (self->more_list));
  for (guint i = 0; i < params->len; i++)
    {
      const StrataParam *param = g_ptr_array_index (params, i);

      if (is_told (self, param) && is_common (self->nodes, param))
        strata_param_list_add (STRATA_PARAM_LIST (strata_words_is_plain (param) ? self->main : self->more_list), param);
    }
  if (are_alike (self))
    for (const StrataParam *param = strata_doc_node_get_call_params (get_node (self, 0)); param->name != NULL; param++)
      strata_param_list_add (STRATA_PARAM_LIST (self->main), param);
  gtk_widget_set_visible (self->main, strata_param_list_get_n (STRATA_PARAM_LIST (self->main)) > 0);
  gtk_widget_set_visible (self->more, strata_param_list_get_n (STRATA_PARAM_LIST (self->more_list)) > 0);
}

static void
show_text (GtkWidget  *label,
           const char *text)
{
  gtk_label_set_text (GTK_LABEL (label), text != NULL ? text : "");
  gtk_widget_set_visible (label, text != NULL && *text != '\0');
}

/* The classes of the nodes, each once. */
static char *
describe_classes (StrataNodePage *self)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < self->nodes->len; i++)
    {
      const char *name = strata_doc_node_get_class_name (get_node (self, i));

      if (!g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
        g_ptr_array_add (names, (gpointer) name);
    }
  g_ptr_array_add (names, NULL);
  return g_strjoinv (", ", (char **) names->pdata);
}

static void
show_heading (StrataNodePage *self)
{
  const StrataLayerInfo *info = are_alike (self) ? strata_doc_node_get_info (get_node (self, 0)) : NULL;
  g_autofree char *several = NULL, *classes = describe_classes (self);

  if (self->nodes->len > 1)
    several = g_strdup_printf (g_dngettext (NULL, "%u layer", "%u layers", self->nodes->len), self->nodes->len);
  strata_category_icon_set_category (STRATA_CATEGORY_ICON (self->icon), info != NULL ? info->object.category : NULL);
  show_text (self->title, several != NULL ? several : strata_doc_node_get_name (get_node (self, 0)));
  show_text (self->subtitle, classes);
  show_text (self->description, info != NULL && info->object.description != NULL ? _(info->object.description) : NULL);
  show_text (self->formula, info != NULL && info->object.formula != NULL ? _(info->object.formula) : NULL);
}

static void
show_problems (StrataNodePage *self)
{
  g_autoptr (GPtrArray) diagnostics = g_ptr_array_new ();

  for (guint i = 0; i < self->nodes->len; i++)
    {
      const GPtrArray *own = strata_doc_node_get_diagnostics (get_node (self, i));

      for (guint j = 0; j < own->len; j++)
        g_ptr_array_add (diagnostics, g_ptr_array_index (own, j));
    }
  strata_problems_show (STRATA_PROBLEMS (self->problems), diagnostics);
}

static void
forward_notice_cb (StrataNodePage *self,
                   const char     *text)
{
  g_signal_emit (self, signals[NOTICE], 0, text);
}

static void
build_heading (StrataNodePage *self)
{
  GtkWidget *heading = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12), *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->icon = strata_category_icon_new (NULL);
  gtk_box_append (GTK_BOX (heading), self->icon);
  gtk_box_append (GTK_BOX (heading), texts);
  gtk_box_append (GTK_BOX (self->box), heading);
  self->title = strata_paragraph_append (texts, NULL, "title-4", PANGO_WRAP_WORD_CHAR);
  self->subtitle = strata_paragraph_append (texts, NULL, "dim-label", PANGO_WRAP_WORD_CHAR);
  self->description = strata_paragraph_append (self->box, NULL, "description", PANGO_WRAP_WORD_CHAR);
  self->formula = strata_paragraph_append (self->box, NULL, "formula", PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (self->formula), TRUE);
}

static void
build (StrataNodePage *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_add_css_class (self->box, "inspector-page");
  build_heading (self);
  self->facts = strata_node_facts_new (self->document);
  self->problems = strata_problems_new (self->document, FALSE);
  g_signal_connect_swapped (self->problems, "notice", G_CALLBACK (forward_notice_cb), self);
  self->main = strata_param_list_new (get_value, set_value, self);
  self->more_list = strata_param_list_new (get_value, set_value, self);
  self->more = gtk_expander_new_with_mnemonic (_("_More"));
  gtk_widget_set_margin_top (self->more_list, 12);
  gtk_expander_set_child (GTK_EXPANDER (self->more), self->more_list);

  gtk_box_append (GTK_BOX (self->box), self->facts);
  gtk_box_append (GTK_BOX (self->box), self->problems);
  gtk_box_append (GTK_BOX (self->box), self->main);
  gtk_box_append (GTK_BOX (self->box), self->more);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

static void
strata_node_page_dispose (GObject *object)
{
  StrataNodePage *self = STRATA_NODE_PAGE (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->nodes, g_ptr_array_unref);
  g_clear_object (&self->document);

  G_OBJECT_CLASS (strata_node_page_parent_class)->dispose (object);
}

static void
strata_node_page_class_init (StrataNodePageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = strata_node_page_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[NOTICE] = g_signal_new ("notice", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
strata_node_page_init (StrataNodePage *self)
{
}

GtkWidget *
strata_node_page_new (StrataDocument *document)
{
  StrataNodePage *self = g_object_new (STRATA_TYPE_NODE_PAGE, NULL);

  self->document = g_object_ref (document);
  build (self);
  return GTK_WIDGET (self);
}

/**
 * strata_node_page_can_show:
 * @nodes: (element-type StrataDocNode): at least one
 *
 * Returns: whether there is anything that all of them have
 */
gboolean
strata_node_page_can_show (GPtrArray *nodes)
{
  const GPtrArray *params =
    strata_object_get_params (STRATA_OBJECT (strata_doc_node_get_layer (g_ptr_array_index (nodes, 0))));

  for (guint i = 0; i < params->len; i++)
    {
      const StrataParam *param = g_ptr_array_index (params, i);

      if (nodes->len == 1 || (strata_words_is_plain (param) && is_common (nodes, param)))
        return TRUE;
    }
  return nodes->len == 1;
}

static gboolean
is_same (GPtrArray *a,
         GPtrArray *b)
{
  return a != NULL && a->len == b->len && memcmp (a->pdata, b->pdata, a->len * sizeof (gpointer)) == 0;
}

/* Rows stay where they fit, so that the focus does, too. */
static gboolean
fits (StrataNodePage *self,
      GPtrArray      *nodes)
{
  if (self->nodes == NULL || (self->nodes->len > 1) != (nodes->len > 1) || !are_alike (self))
    return FALSE;
  for (guint i = 0; i < nodes->len; i++)
    if (G_OBJECT_TYPE (strata_doc_node_get_layer (g_ptr_array_index (nodes, i))) != G_OBJECT_TYPE (get_layer (self, 0)))
      return FALSE;
  return TRUE;
}

/**
 * strata_node_page_show:
 * @nodes: (element-type StrataDocNode): at least one
 */
void
strata_node_page_show (StrataNodePage *self,
                       GPtrArray      *nodes)
{
  gboolean rebuild = !fits (self, nodes), is_other = !is_same (self->nodes, nodes);

  g_ptr_array_ref (nodes);
  g_clear_pointer (&self->nodes, g_ptr_array_unref);
  self->nodes = nodes;
  if (rebuild)
    build_params (self);
  if (is_other)
    strata_node_facts_show (STRATA_NODE_FACTS (self->facts), nodes);
  strata_node_page_refresh (self);
}

/**
 * strata_node_page_refresh:
 *
 * Shows the nodes as they are now.
 */
void
strata_node_page_refresh (StrataNodePage *self)
{
  if (self->nodes == NULL)
    return;

  show_heading (self);
  strata_node_facts_refresh (STRATA_NODE_FACTS (self->facts));
  show_problems (self);
  strata_param_list_refresh (STRATA_PARAM_LIST (self->main));
  strata_param_list_refresh (STRATA_PARAM_LIST (self->more_list));
}

/**
 * strata_node_page_get_row:
 *
 * Returns: (nullable): the row that shows a parameter
 */
GtkWidget *
strata_node_page_get_row (StrataNodePage *self,
                          const char     *param)
{
  GtkWidget *row = strata_param_list_get_row (STRATA_PARAM_LIST (self->main), param);

  return row != NULL ? row : strata_param_list_get_row (STRATA_PARAM_LIST (self->more_list), param);
}
