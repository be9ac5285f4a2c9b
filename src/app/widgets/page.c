/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "widgets/page.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define WIDTH 1000
#define SPINNER 32
#define BUSY_CHARS 50

/**
 * strata_page_new: (skip)
 * @box: what is on it
 *
 * Returns: (transfer floating): a page that scrolls, no wider than one reads
 */
GtkWidget *
strata_page_new (GtkWidget *box)
{
  GtkWidget *scroller = gtk_scrolled_window_new (), *clamp = adw_clamp_new ();

  gtk_widget_add_css_class (box, "page");
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), WIDTH);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  return scroller;
}

/* A spinner that turns where it is not seen keeps the whole window awake. */
static void
turn (GtkSpinner *spinner)
{
  gtk_spinner_set_spinning (spinner, gtk_widget_get_mapped (GTK_WIDGET (spinner)));
}

static GtkWidget *
make_spinner (const char *label)
{
  GtkWidget *spinner = gtk_spinner_new ();

  g_signal_connect_after (spinner, "map", G_CALLBACK (turn), NULL);
  g_signal_connect_after (spinner, "unmap", G_CALLBACK (turn), NULL);
  gtk_widget_set_size_request (spinner, SPINNER, SPINNER);
  gtk_widget_set_halign (spinner, GTK_ALIGN_CENTER);
  /* Keeps the focus in the view until there is something that takes it: else it would go to another place of the
   * window. */
  gtk_widget_set_focusable (spinner, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (spinner), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  return spinner;
}

/**
 * strata_page_new_busy: (skip)
 * @label: what is being done
 * @why: what will be there then
 *
 * Returns: (transfer floating): a spinner in the middle, and words below
 */
GtkWidget *
strata_page_new_busy (const char *label,
                      const char *why)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12), *title = gtk_label_new (label),
            *text = gtk_label_new (why);

  gtk_widget_add_css_class (title, "title-4");
  gtk_widget_add_css_class (text, "dim-label");
  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_label_set_justify (GTK_LABEL (text), GTK_JUSTIFY_CENTER);
  gtk_label_set_max_width_chars (GTK_LABEL (text), BUSY_CHARS);
  gtk_box_append (GTK_BOX (box), make_spinner (label));
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), text);
  gtk_widget_set_margin_start (box, 24);
  gtk_widget_set_margin_end (box, 24);
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  return box;
}

/**
 * strata_page_new_problem: (skip)
 * @action: what tries again, once the cause is mended
 *
 * Returns: (transfer floating): an #AdwStatusPage, whose description is to say why
 */
GtkWidget *
strata_page_new_problem (const char *title,
                         const char *action)
{
  GtkWidget *page = adw_status_page_new (), *again = gtk_button_new_with_mnemonic (_("Try A_gain"));

  gtk_widget_add_css_class (again, "pill");
  gtk_widget_set_halign (again, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (again), action);
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "dialog-warning-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), title);
  adw_status_page_set_child (ADW_STATUS_PAGE (page), again);
  return page;
}
