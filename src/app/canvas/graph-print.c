/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "canvas/graph-print.h"

#include "canvas/graph-picture.h"

/* A network that is wider than high lies better on a page that is, too. */
static void
begin_cb (GtkPrintOperation *operation,
          GtkPrintContext   *context,
          StrataDocument    *document)
{
  GtkPageSetup *setup = gtk_print_operation_get_default_page_setup (operation);
  g_autoptr (GtkPageSetup) turned = setup != NULL ? gtk_page_setup_copy (setup) : gtk_page_setup_new ();
  double width, height;

  strata_graph_picture_get_size (document, NULL, &width, &height);
  gtk_print_operation_set_n_pages (operation, 1);
  if (width <= height)
    return;
  gtk_page_setup_set_orientation (turned, GTK_PAGE_ORIENTATION_LANDSCAPE);
  gtk_print_operation_set_default_page_setup (operation, turned);
}

/* The whole network on one page, no larger than on the screen. */
static void
draw_page_cb (GtkPrintOperation *operation,
              GtkPrintContext   *context,
              int                page,
              StrataDocument    *document)
{
  cairo_t *cr = gtk_print_context_get_cairo_context (context);
  double width, height, scale, points = gtk_print_context_get_dpi_x (context) / 96;

  strata_graph_picture_get_size (document, NULL, &width, &height);
  scale = MIN (points,
               MIN (gtk_print_context_get_width (context) / width, gtk_print_context_get_height (context) / height));
  cairo_translate (cr, (gtk_print_context_get_width (context) - scale * width) / 2, 0);
  cairo_scale (cr, scale, scale);
  strata_graph_picture_draw (document, NULL, cr);
}

/**
 * strata_graph_print_new:
 *
 * Returns: (transfer full): what prints the network on a page once it is run
 */
GtkPrintOperation *
strata_graph_print_new (StrataDocument *document)
{
  GtkPrintOperation *operation = gtk_print_operation_new ();

  gtk_print_operation_set_job_name (operation, strata_document_get_title (document));
  gtk_print_operation_set_n_pages (operation, 1);
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  g_signal_connect_object (operation, "begin-print", G_CALLBACK (begin_cb), document, 0);
  g_signal_connect_object (operation, "draw-page", G_CALLBACK (draw_page_cb), document, 0);
  return operation;
}
