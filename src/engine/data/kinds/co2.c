/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "data/data-kind.h"
#include "data/table-set.h"

static StrataDataSet *
co2_load (JsonObject  *description,
          const char  *folder,
          GError     **error)
{
  return strata_data_load_preset ("series", "co2-concentration.csv",
                                  "{\"features\": [\"CO2\"], \"target\": \"CO2\", \"window\": 24, \"normalize\": true}",
                                  description, error);
}

const StrataDataKind strata_data_kind_co2 = {
  .name = "co2",
  .title = "Carbon dioxide",
  .description = "Monthly carbon dioxide of the air since 1958; next month's from two years",
  .origin = "Scripps CO2 Program; CC BY 4.0",
  .bundled = TRUE,
  .load = co2_load,
};
