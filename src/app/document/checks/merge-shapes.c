/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/checks/check.h"

#include <glib/gi18n.h>

#include "document/checks/traits.h"

/* The first input that does not go with the first one, and where they differ; dimensions of one go with any. */
static gboolean
find_odd (StrataDocNode *node,
          int            spared,
          guint         *odd,
          int           *axis)
{
  const StrataShape *first = &strata_traits_get_input (node, 0)->shape;
  gboolean strict = spared >= 0;

  for (guint i = 1; i < strata_traits_get_n_inputs (node); i++)
    {
      const StrataShape *other = &strata_traits_get_input (node, i)->shape;

      *odd = i;
      *axis = -1;
      if (other->rank != first->rank)
        return TRUE;
      for (int k = 1; k < first->rank; k++)
        {
          if (k == spared || first->dims[k] == other->dims[k] || first->dims[k] < 0 || other->dims[k] < 0 ||
              (!strict && (first->dims[k] == 1 || other->dims[k] == 1)))
            continue;
          *axis = k;
          return TRUE;
        }
    }
  return FALSE;
}

/* A layer that gives the odd one as many channels as the first has, or padding that keeps its size. */
static void
mend (StrataDocNode    *node,
      StrataDiagnostic *diagnostic,
      StrataDocNode    *from,
      int               axis)
{
  const StrataShape *first = &strata_traits_get_input (node, 0)->shape;
  g_autofree char *config = NULL;

  if (axis == first->rank - 1 && (first->rank == 2 || first->rank == 3))
    {
      config = g_strdup_printf ("{\"units\": %" G_GINT64_FORMAT "}", first->dims[axis]);
      strata_fix_insert_from (strata_fix_new (diagnostic, g_strdup (_("Insert Dense"))), node, from, "Dense", config);
    }
  else if (axis == 3 && first->rank == 4)
    {
      config = g_strdup_printf ("{\"filters\": %" G_GINT64_FORMAT ", \"kernel_size\": 1}", first->dims[axis]);
      strata_fix_insert_from (strata_fix_new (diagnostic, g_strdup (_("Insert Conv2D"))), node, from, "Conv2D", config);
    }
  else if (axis > 0 && strata_traits_says (from, "padding", "valid"))
    strata_fix_set_param (strata_fix_new (diagnostic, g_strdup (_("Use “same” padding"))), from, "padding", "\"same\"");
}

static void
look (StrataCheckup *checkup,
      StrataDocNode *node)
{
  g_autoptr (GPtrArray) wires = NULL;
  g_autofree char *a = NULL, *b = NULL;
  const StrataShape *first, *other;
  gboolean joins = strata_traits_is (node, "Concatenate");
  int axis = (int) strata_traits_get_number (node, "axis", -1), spared = -1, place;
  StrataDiagnostic *diagnostic;
  StrataDocNode *from;
  guint odd;

  if (strata_traits_get_problem (node) == NULL || strata_traits_get_n_inputs (node) < 2 ||
      !strata_doc_node_takes_list (node, 0) ||
      strata_traits_is (node, "Dot"))
    return;
  first = &strata_traits_get_input (node, 0)->shape;
  if (joins)
    spared = axis < 0 ? axis + first->rank : axis;
  if (!find_odd (node, spared, &odd, &place))
    return;

  wires = strata_document_dup_wires_of (strata_checkup_get_document (checkup), node, TRUE);
  from = strata_doc_wire_get_from (g_ptr_array_index (wires, odd));
  a = strata_traits_dup_dims (first, 1, first->rank);
  other = &strata_traits_get_input (node, odd)->shape;
  b = strata_traits_dup_dims (other, 1, other->rank);
  if (joins)
    diagnostic = strata_checkup_say (checkup, node, STRATA_SEVERITY_ERROR,
                                     _("%s and %s can only be joined along a dimension where all the others agree."),
                                     a, b);
  else
    diagnostic = strata_checkup_say (checkup, node, STRATA_SEVERITY_ERROR,
                                     _("The first input is %s, but %s brings %s; number by number, they must have the "
                                       "same shape."),
                                     a, strata_doc_node_get_name (from), b);
  if (!joins)
    mend (node, diagnostic, from, place);
  else if (place > 0 && !find_odd (node, place, &odd, &axis))
    strata_fix_set_number (strata_fix_new (diagnostic, g_strdup_printf (_("Join along dimension %d"), place)), node,
                           "axis", place);
}

const StrataCheck strata_check_merge_shapes = {
  .name = "merge-shapes",
  .look = look,
};
