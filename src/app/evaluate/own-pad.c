/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "evaluate/own-pad.h"

G_DEFINE_INTERFACE (StrataOwnPad, strata_own_pad, GTK_TYPE_WIDGET)

static guint changed_signal;

static void
strata_own_pad_default_init (StrataOwnPadInterface *iface)
{
  changed_signal = g_signal_new ("changed", STRATA_TYPE_OWN_PAD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
}

const char *
strata_own_pad_get_hint (StrataOwnPad *self)
{
  return STRATA_OWN_PAD_GET_IFACE (self)->get_hint (self);
}

/**
 * strata_own_pad_show: (skip)
 * @facts: about the input; they need not stay
 */
void
strata_own_pad_show (StrataOwnPad           *self,
                     const StrataInputFacts *facts)
{
  STRATA_OWN_PAD_GET_IFACE (self)->show (self, facts);
}

/**
 * strata_own_pad_read: (skip)
 *
 * Returns: (transfer full) (nullable): the input as one sample; %NULL without @error where there is none yet
 */
StrataTensor *
strata_own_pad_read (StrataOwnPad  *self,
                     GError       **error)
{
  return STRATA_OWN_PAD_GET_IFACE (self)->read (self, error);
}

/**
 * strata_own_pad_open_picture:
 *
 * Returns: whether pictures are what the input takes
 */
gboolean
strata_own_pad_open_picture (StrataOwnPad *self,
                             GFile        *file)
{
  StrataOwnPadInterface *iface = STRATA_OWN_PAD_GET_IFACE (self);

  if (iface->open_picture == NULL)
    return FALSE;
  iface->open_picture (self, file);
  return TRUE;
}

void
strata_own_pad_emit_changed (StrataOwnPad *self)
{
  g_signal_emit (self, changed_signal, 0);
}
