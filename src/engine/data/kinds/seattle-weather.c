/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "data/data-kind.h"
#include "data/table-set.h"

static StrataDataSet *
seattle_weather_load (JsonObject  *description,
                      const char  *folder,
                      GError     **error)
{
  return strata_data_load_preset ("series", "seattle-weather.csv",
                                  "{\"features\": [\"precipitation\", \"temp_max\", \"temp_min\", \"wind\"],"
                                  " \"target\": \"temp_max\", \"window\": 14, \"normalize\": true}",
                                  description, error);
}

const StrataDataKind strata_data_kind_seattle_weather = {
  .name = "seattle-weather",
  .title = "Seattle weather",
  .description = "Four years of daily weather; tomorrow's highest temperature from two weeks",
  .origin = "NOAA NCDC; work of the U.S. government",
  .bundled = TRUE,
  .load = seattle_weather_load,
};
