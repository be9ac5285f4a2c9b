/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "window/window-memory.h"

#include "base/json.h"
#include "views/view-memory.h"
#include "widgets/memorable.h"

/*
 * A file opens in the view that it was last looked at in, and each view as it was left: how, a view knows itself. The
 * design view has a memory of its own.
 */

typedef void (*ViewFunc) (StrataMemorable *view, const char *name, JsonObject *memory);

static void
foreach_view (AdwViewStack *views,
              ViewFunc      func,
              JsonObject   *memory)
{
  GtkSelectionModel *pages = adw_view_stack_get_pages (views);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (pages)); i++)
    {
      g_autoptr (AdwViewStackPage) page = g_list_model_get_item (G_LIST_MODEL (pages), i);
      GtkWidget *view = adw_view_stack_page_get_child (page);

      if (STRATA_IS_MEMORABLE (view))
        func (STRATA_MEMORABLE (view), adw_view_stack_page_get_name (page), memory);
    }
  g_object_unref (pages);
}

static void
remember_view (StrataMemorable *view,
               const char      *name,
               JsonObject      *memory)
{
  JsonObject *own = json_object_new ();

  strata_memorable_remember (view, own);
  json_object_set_object_member (memory, name, own);
}

static void
recall_view (StrataMemorable *view,
             const char      *name,
             JsonObject      *memory)
{
  JsonNode *own = json_object_get_member (memory, name);

  if (own != NULL && JSON_NODE_HOLDS_OBJECT (own))
    strata_memorable_recall (view, json_node_get_object (own));
}

static void
keep (AdwViewStack *views)
{
  StrataDocument *document = g_object_get_data (G_OBJECT (views), "strata-document");
  GFile *file = strata_document_get_file (document);
  const char *name = adw_view_stack_get_visible_child_name (views);
  g_autoptr (JsonObject) memory = json_object_new ();

  if (file == NULL || name == NULL)
    return;
  json_object_set_string_member (memory, "view", name);
  foreach_view (views, remember_view, memory);
  strata_view_memory_keep (file, memory);
}

/**
 * strata_window_memory_attach: (skip)
 * @views: the views of @document
 *
 * Shows a document as it was last looked at, and remembers how that goes on: whenever another view is chosen, and when
 * the window closes.
 */
void
strata_window_memory_attach (AdwViewStack   *views,
                             StrataDocument *document)
{
  GFile *file = strata_document_get_file (document);
  g_autoptr (JsonObject) memory = file != NULL ? strata_view_memory_recall (file) : NULL;
  const char *name = memory != NULL ? strata_json_get_string (memory, "view", NULL) : NULL;

  g_object_set_data_full (G_OBJECT (views), "strata-document", g_object_ref (document), g_object_unref);
  if (memory != NULL)
    foreach_view (views, recall_view, memory);
  if (name != NULL && adw_view_stack_get_child_by_name (views, name) != NULL)
    adw_view_stack_set_visible_child_name (views, name);
  g_signal_connect (views, "notify::visible-child", G_CALLBACK (keep), NULL);
  g_signal_connect (views, "unmap", G_CALLBACK (keep), NULL);
}
