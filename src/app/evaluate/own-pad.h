/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

#include "runner/input-facts.h"

G_BEGIN_DECLS

#define STRATA_TYPE_OWN_PAD (strata_own_pad_get_type ())
G_DECLARE_INTERFACE (StrataOwnPad, strata_own_pad, STRATA, OWN_PAD, GtkWidget)

/**
 * StrataOwnPadInterface:
 * @get_hint: what to do, while there is nothing to read
 * @show: fits what is to be put in to an input; what was put in stays where it fits, too
 * @read: what is put in now, as one sample, or %NULL, with an error where that says why
 * @open_picture: takes a picture instead; %NULL where there can be none
 *
 * Where a user makes what one input of a network takes.
 */
struct _StrataOwnPadInterface
{
  GTypeInterface parent_interface;

  const char   *(*get_hint)     (StrataOwnPad *self);
  void          (*show)         (StrataOwnPad *self, const StrataInputFacts *facts);
  StrataTensor *(*read)         (StrataOwnPad *self, GError **error);
  void          (*open_picture) (StrataOwnPad *self, GFile *file);
};

/* Signals: changed (), when there is something else to ask about. */
const char   *strata_own_pad_get_hint      (StrataOwnPad *self);
void          strata_own_pad_show          (StrataOwnPad *self, const StrataInputFacts *facts);
StrataTensor *strata_own_pad_read          (StrataOwnPad *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean      strata_own_pad_open_picture  (StrataOwnPad *self, GFile *file);
void          strata_own_pad_emit_changed  (StrataOwnPad *self);

G_END_DECLS
