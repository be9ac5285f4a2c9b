/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "views/design-memory.h"

#include "base/json.h"
#include "document/group.h"
#include "views/view-memory.h"

/*
 * A design view opens as its file was last looked at: the same part of the network, as large, with the same panes. What
 * a group is looked into is known by its number, which files keep.
 */

static const char *const panes[] = { "show-palette", "show-inspector", "show-overview" };

static StrataDocument *
get_document (StrataDesignView *view)
{
  return strata_canvas_get_document (strata_design_view_get_canvas (view));
}

/* When the view is left, or its window closes: that is often enough, and never while one works. */
static void
keep (StrataDesignView *view)
{
  StrataCanvas *canvas = strata_design_view_get_canvas (view);
  StrataDocNode *scope = strata_canvas_get_scope (canvas);
  GFile *file = strata_document_get_file (get_document (view));
  g_autoptr (JsonObject) memory = json_object_new ();
  graphene_point_t middle;

  if (file == NULL)
    return;
  strata_canvas_get_middle (canvas, &middle);
  json_object_set_double_member (memory, "x", middle.x);
  json_object_set_double_member (memory, "y", middle.y);
  json_object_set_double_member (memory, "zoom", strata_canvas_get_zoom (canvas));
  json_object_set_boolean_member (memory, "amounts", strata_canvas_get_amounts (canvas));
  json_object_set_int_member (memory, "group", scope != NULL ? strata_doc_node_get_id (scope) : 0);
  for (guint i = 0; i < G_N_ELEMENTS (panes); i++)
    {
      gboolean shown;

      g_object_get (view, panes[i], &shown, NULL);
      json_object_set_boolean_member (memory, panes[i], shown);
    }
  strata_view_memory_keep (file, memory);
}

static void
recall (StrataDesignView *view)
{
  StrataCanvas *canvas = strata_design_view_get_canvas (view);
  StrataDocument *document = get_document (view);
  GFile *file = strata_document_get_file (document);
  g_autoptr (JsonObject) memory = file != NULL ? strata_view_memory_recall (file) : NULL;
  StrataDocNode *group;

  if (memory == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (panes); i++)
    g_object_set (view, panes[i], strata_json_get_bool (memory, panes[i], i < 2), NULL);
  strata_canvas_set_amounts (canvas, strata_json_get_bool (memory, "amounts", FALSE));
  group = strata_document_get_node (document, (guint) CLAMP (strata_json_get_int (memory, "group", 0), 0, G_MAXINT32));
  if (group != NULL && strata_doc_node_is_group (group))
    strata_canvas_set_scope (canvas, group);
  if (json_object_has_member (memory, "zoom"))
    strata_canvas_show_at (canvas, strata_json_get_double (memory, "x", 0), strata_json_get_double (memory, "y", 0),
                           strata_json_get_double (memory, "zoom", 1));
}

/**
 * strata_design_memory_attach: (skip)
 *
 * Shows a document's network as it was last looked at, and remembers how that goes on.
 */
void
strata_design_memory_attach (StrataDesignView *view)
{
  recall (view);
  g_signal_connect (view, "unmap", G_CALLBACK (keep), NULL);
}
