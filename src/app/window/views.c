/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "window/views.h"

#include <glib/gi18n.h>

#include "code/code-view.h"
#include "data-view/data-view.h"
#include "evaluate/evaluate-view.h"
#include "train/train-view.h"
#include "views/design-view.h"

/* A way to look at a document: a line in the table below. */
typedef struct
{
  const char *name, *title, *icon;
  GtkWidget *(*make) (StrataDocument *document, StrataRunner *runner);
} View;

static GtkWidget *
make_design (StrataDocument *document,
             StrataRunner   *runner)
{
  return strata_design_view_new (document);
}

static const View views[] = {
  { "design", N_("Design"), "strata-design-symbolic", make_design },
  { "data", N_("Data"), "strata-data-symbolic", strata_data_view_new },
  { "train", N_("Train"), "strata-train-symbolic", strata_train_view_new },
  { "evaluate", N_("Evaluate"), "strata-evaluate-symbolic", strata_evaluate_view_new },
  { "code", N_("Code"), "strata-code-symbolic", strata_code_view_new },
};

/**
 * strata_views_fill: (skip)
 *
 * Puts the views of a document into a window.
 */
void
strata_views_fill (AdwViewStack   *stack,
                   StrataDocument *document,
                   StrataRunner   *runner)
{
  for (guint i = 0; i < G_N_ELEMENTS (views); i++)
    {
      AdwViewStackPage *page =
        adw_view_stack_add_titled (stack, views[i].make (document, runner), views[i].name, _(views[i].title));

      adw_view_stack_page_set_icon_name (page, views[i].icon);
    }
}
