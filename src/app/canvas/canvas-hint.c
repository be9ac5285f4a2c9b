/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "canvas/canvas-private.h"
#include "widgets/words.h"

/* What a card that the pointer rests on has no room to say; from afar, what it is called, too. Of the card that is
 * selected, the inspector says it. */

static char *
explain_card (GtkWidget     *widget,
              gpointer       id,
              GdkRectangle  *area,
              const char   **title,
              const char   **formula)
{
  StrataCanvas *self = STRATA_CANVAS (widget);
  StrataDocNode *node = strata_document_get_node (self->document, GPOINTER_TO_UINT (id));
  StrataNodeWidget *card = node != NULL ? strata_canvas_get_card (self, node) : NULL;
  g_autofree char *text = NULL;
  graphene_rect_t place;

  /* Whoever is wiring or moving looks at what comes of that. */
  if (card == NULL || self->ghost.active || self->drag != STRATA_DRAG_NONE)
    return NULL;
  if (self->detail == STRATA_DETAIL_FULL && node == strata_selection_get_single (self->selection))
    return NULL;
  text = strata_node_widget_dup_hint (card);
  if (self->detail != STRATA_DETAIL_FULL)
    *title = strata_doc_node_get_name (node);
  else if (*text == '\0')
    return NULL;
  strata_canvas_get_card_place (self, node, &place);
  *area = (GdkRectangle){ place.origin.x, place.origin.y, place.size.width, place.size.height };
  return g_steal_pointer (&text);
}

/**
 * strata_canvas_aim_hint: (skip)
 * @card: (nullable): what the pointer is on
 */
void
strata_canvas_aim_hint (StrataCanvas     *self,
                        StrataNodeWidget *card)
{
  guint id = card != NULL ? strata_doc_node_get_id (strata_node_widget_get_node (card)) : 0;

  if (self->hint != NULL)
    strata_hint_aim (self->hint, GUINT_TO_POINTER (id));
}

void
strata_canvas_hide_hint (StrataCanvas *self)
{
  if (self->hint != NULL)
    strata_hint_hide (self->hint);
}

void
strata_canvas_init_hint (StrataCanvas *self)
{
  self->hint = strata_hint_new (GTK_WIDGET (self), explain_card);
}
