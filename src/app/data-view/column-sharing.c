/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "data-view/column-sharing.h"

#include <glib/gi18n.h>

#include "base/json.h"
#include "data-view/column-lists.h"
#include "data-view/form-row.h"
#include "data-view/table-columns.h"
#include "document/ends.h"
#include "document/json.h"
#include "widgets/wrap-layout.h"

/* Each of the inputs, or each of the outputs. */
typedef struct
{
  GPtrArray *names;             /* what they are called */
  GPtrArray *pickers;           /* a StrataColumnPicker for each */
  GPtrArray *rows;
} Side;

enum { INPUTS, OUTPUTS, N_SIDES };

static const char *const members[N_SIDES] = { "features", "target" };

/**
 * StrataColumnSharing:
 *
 * Which columns of a table go into the network's input, or into which of several, and which of several outputs is to
 * predict what.
 */
struct _StrataColumnSharing
{
  GtkWidget parent_instance;

  StrataDocument *document;
  GPtrArray *columns;           /* StrataTableColumn, of the table that is shown */
  Side sides[N_SIDES];
};

G_DEFINE_FINAL_TYPE (StrataColumnSharing, strata_column_sharing, GTK_TYPE_WIDGET)

static JsonObject *
get_description (StrataColumnSharing *self)
{
  JsonNode *node = strata_document_get_setting (self->document, "data");

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/* All lists of a side as one step, however soon it follows. */
static void
changed_cb (StrataColumnSharing *self,
            StrataColumnPicker  *picker)
{
  guint which = g_ptr_array_find (self->sides[OUTPUTS].pickers, picker, NULL) ? OUTPUTS : INPUTS;
  Side *side = &self->sides[which];
  g_autoptr (GPtrArray) lists = g_ptr_array_new ();
  g_autoptr (JsonNode) node = strata_json_copy (strata_document_get_setting (self->document, "data"));

  for (guint i = 0; i < side->pickers->len; i++)
    g_ptr_array_add (lists, strata_column_picker_get (g_ptr_array_index (side->pickers, i)));
  strata_column_lists_write (json_node_get_object (node), members[which], lists);
  if (which == OUTPUTS)
    strata_column_lists_keep_targets (json_node_get_object (node), self->columns, self->document);
  strata_document_end_coalescing (self->document);
  strata_document_set_setting (self->document, "data", node);
}

static void
clear (Side *side)
{
  for (guint i = 0; i < side->rows->len; i++)
    gtk_widget_unparent (g_ptr_array_index (side->rows, i));
  g_ptr_array_set_size (side->rows, 0);
  g_ptr_array_set_size (side->pickers, 0);
}

/* The only input goes without a name. */
static void
add_picker (StrataColumnSharing *self,
            guint                which,
            const char          *name)
{
  GtkWidget *picker = strata_column_picker_new (), *row;
  /* Translators: an input or output of the network, by its name, before the columns that it takes or predicts */
  g_autofree char *caption = name == NULL ? g_strdup (_("From:"))
                                          : g_strdup_printf (which == INPUTS ? _("Into %s:") : _("Predict %s:"), name);
  g_autofree char *label = name == NULL ? g_strdup (_("Columns to predict from"))
                           : which == INPUTS ? g_strdup_printf (_("Columns that go into the input “%s”"), name)
                                             : g_strdup_printf (_("What the output “%s” is to predict"), name);

  row = strata_form_row_new (caption, picker, label);
  gtk_label_set_use_underline (GTK_LABEL (gtk_widget_get_first_child (row)), FALSE);
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_first_child (row)), caption);
  strata_column_picker_set_label (STRATA_COLUMN_PICKER (picker), label);
  g_signal_connect_object (picker, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_ptr_array_add (self->sides[which].pickers, picker);
  g_ptr_array_add (self->sides[which].rows, row);
  gtk_widget_set_parent (row, GTK_WIDGET (self));
}

static gboolean
has_names (Side      *side,
           GPtrArray *names)
{
  gboolean same = side->names != NULL && side->names->len == names->len && side->pickers->len == names->len;

  for (guint i = 0; same && i < names->len; i++)
    same = g_str_equal (g_ptr_array_index (side->names, i), g_ptr_array_index (names, i));
  return same;
}

static GPtrArray *
list_columns (StrataColumnSharing *self,
              guint                which,
              GPtrArray           *targets)
{
  GPtrArray *names = g_ptr_array_new ();

  for (guint i = 0; i < self->columns->len; i++)
    {
      const StrataTableColumn *column = g_ptr_array_index (self->columns, i);

      if (which == OUTPUTS || !strata_column_lists_have (targets, column->name))
        g_ptr_array_add (names, column->name);
    }
  return names;
}

/* What goes into the first input, or into the only one. */
static GPtrArray *
list_first (GPtrArray *lists,
            gboolean   only)
{
  GPtrArray *all = g_ptr_array_new ();

  for (guint i = 0; i < (only ? lists->len : 1); i++)
    {
      GPtrArray *list = g_ptr_array_index (lists, i);

      for (guint k = 0; k < list->len; k++)
        if (!g_ptr_array_find_with_equal_func (all, g_ptr_array_index (list, k), g_str_equal, NULL))
          g_ptr_array_add (all, g_ptr_array_index (list, k));
    }
  return all;
}

/* The only output has a list of its own elsewhere. */
static void
show_side (StrataColumnSharing *self,
           guint                which,
           GPtrArray           *names,
           JsonObject          *description)
{
  Side *side = &self->sides[which];
  g_autoptr (GPtrArray) lists = strata_column_lists_read (description, members[which], names->len);
  g_autoptr (GPtrArray) targets = strata_column_lists_read (description, "target", 1);
  g_autoptr (GPtrArray) columns = list_columns (self, which, targets);
  g_autoptr (GPtrArray) first = list_first (lists, names->len == 1);
  gboolean all = which == INPUTS && !json_object_has_member (description, members[which]);

  if (names->len < (which == INPUTS ? 1 : 2))
    {
      clear (side);
      return;
    }
  if (!has_names (side, names))
    {
      clear (side);
      for (guint i = 0; i < names->len; i++)
        add_picker (self, which, names->len > 1 ? g_ptr_array_index (names, i) : NULL);
      g_clear_pointer (&side->names, g_ptr_array_unref);
      side->names = g_ptr_array_ref (names);
    }
  /* All columns go into the first input, until something else is said. */
  strata_column_picker_show (g_ptr_array_index (side->pickers, 0), columns, all ? columns : first);
  for (guint i = 1; i < names->len; i++)
    strata_column_picker_show (g_ptr_array_index (side->pickers, i), columns, g_ptr_array_index (lists, i));
}

/**
 * strata_column_sharing_show:
 * @columns: (element-type StrataTableColumn): of the table that the document names
 */
void
strata_column_sharing_show (StrataColumnSharing *self,
                            GPtrArray           *columns)
{
  JsonObject *description = get_description (self);
  gboolean rows = description != NULL && g_strcmp0 (strata_json_get_string (description, "kind", NULL), "csv") == 0;
  g_autoptr (GArray) inputs = strata_document_dup_inputs (self->document);
  g_autoptr (GArray) outputs = strata_document_dup_outputs (self->document);
  g_autoptr (GPtrArray) input_names = strata_doc_ends_dup_names (inputs);
  g_autoptr (GPtrArray) output_names = strata_doc_ends_dup_names (outputs);

  g_ptr_array_ref (columns);
  g_clear_pointer (&self->columns, g_ptr_array_unref);
  self->columns = columns;
  gtk_widget_set_visible (GTK_WIDGET (self), rows && (inputs->len > 0 || outputs->len > 1));
  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    return;
  show_side (self, INPUTS, input_names, description);
  show_side (self, OUTPUTS, output_names, description);
}

/**
 * strata_column_sharing_has_outputs:
 *
 * Returns: whether what is to be predicted is chosen here
 */
gboolean
strata_column_sharing_has_outputs (StrataColumnSharing *self)
{
  return gtk_widget_get_visible (GTK_WIDGET (self)) && self->sides[OUTPUTS].pickers->len > 0;
}

StrataColumnPicker *
strata_column_sharing_get_picker (StrataColumnSharing *self,
                                  gboolean             of_output,
                                  guint                i)
{
  return g_ptr_array_index (self->sides[of_output ? OUTPUTS : INPUTS].pickers, i);
}

static void
strata_column_sharing_dispose (GObject *object)
{
  StrataColumnSharing *self = STRATA_COLUMN_SHARING (object);

  for (guint i = 0; i < N_SIDES; i++)
    clear (&self->sides[i]);
  g_clear_object (&self->document);

  G_OBJECT_CLASS (strata_column_sharing_parent_class)->dispose (object);
}

static void
strata_column_sharing_finalize (GObject *object)
{
  StrataColumnSharing *self = STRATA_COLUMN_SHARING (object);

  for (guint i = 0; i < N_SIDES; i++)
    {
      g_ptr_array_unref (self->sides[i].pickers);
      g_ptr_array_unref (self->sides[i].rows);
      g_clear_pointer (&self->sides[i].names, g_ptr_array_unref);
    }
  g_clear_pointer (&self->columns, g_ptr_array_unref);

  G_OBJECT_CLASS (strata_column_sharing_parent_class)->finalize (object);
}

static void
strata_column_sharing_class_init (StrataColumnSharingClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = strata_column_sharing_dispose;
  G_OBJECT_CLASS (klass)->finalize = strata_column_sharing_finalize;
}

static void
strata_column_sharing_init (StrataColumnSharing *self)
{
  for (guint i = 0; i < N_SIDES; i++)
    {
      self->sides[i].pickers = g_ptr_array_new ();
      self->sides[i].rows = g_ptr_array_new ();
    }
  gtk_widget_set_layout_manager (GTK_WIDGET (self), strata_wrap_layout_new (12, 6));
}

/**
 * strata_column_sharing_new:
 * @document: whose network has the inputs
 *
 * Returns: (transfer floating): for no table yet
 */
GtkWidget *
strata_column_sharing_new (StrataDocument *document)
{
  StrataColumnSharing *self = g_object_new (STRATA_TYPE_COLUMN_SHARING, "visible", FALSE, NULL);

  self->document = g_object_ref (document);
  return GTK_WIDGET (self);
}
