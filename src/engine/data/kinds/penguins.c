/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "data/data-kind.h"
#include "data/table-set.h"

/* Sizes in millimetres and grams differ by a factor of a hundred: normalized. 11 of the 344 penguins lack a value:
 * left out, unless "missing" says otherwise. */
static StrataDataSet *
penguins_load (JsonObject  *description,
               const char  *folder,
               GError     **error)
{
  return strata_data_load_preset ("csv", "penguins.csv",
                                  "{\"target\": \"species\", \"normalize\": true, \"missing\": \"drop\"}",
                                  description, error);
}

const StrataDataKind strata_data_kind_penguins = {
  .name = "penguins",
  .title = "Palmer penguins",
  .description = "344 penguins of 3 species by size, sex and island; some values are missing",
  .origin = "K. Gorman, Palmer Station LTER; CC0 1.0",
  .bundled = TRUE,
  .load = penguins_load,
};
