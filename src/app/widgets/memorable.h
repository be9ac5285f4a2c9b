/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib-object.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define STRATA_TYPE_MEMORABLE (strata_memorable_get_type ())
G_DECLARE_INTERFACE (StrataMemorable, strata_memorable, STRATA, MEMORABLE, GObject)

/**
 * StrataMemorableInterface:
 * @remember: writes down how one looks at it now
 * @recall: shows it so again; members may be missing, or be anything
 *
 * What opens as it was last looked at.
 */
struct _StrataMemorableInterface
{
  GTypeInterface parent_interface;

  void (*remember) (StrataMemorable *self, JsonObject *memory);
  void (*recall)   (StrataMemorable *self, JsonObject *memory);
};

void strata_memorable_remember (StrataMemorable *self, JsonObject *memory);
void strata_memorable_recall   (StrataMemorable *self, JsonObject *memory);

G_END_DECLS
