/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "widgets/memorable.h"

G_DEFINE_INTERFACE (StrataMemorable, strata_memorable, G_TYPE_OBJECT)

static void
strata_memorable_default_init (StrataMemorableInterface *iface)
{
}

void
strata_memorable_remember (StrataMemorable *self,
                           JsonObject      *memory)
{
  STRATA_MEMORABLE_GET_IFACE (self)->remember (self, memory);
}

void
strata_memorable_recall (StrataMemorable *self,
                         JsonObject      *memory)
{
  STRATA_MEMORABLE_GET_IFACE (self)->recall (self, memory);
}
