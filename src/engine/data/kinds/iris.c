/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "data/data-kind.h"
#include "data/table-set.h"

static StrataDataSet *
iris_load (JsonObject  *description,
           const char  *folder,
           GError     **error)
{
  return strata_data_load_preset ("csv", "iris.csv", "{\"target\": \"species\"}", description, error);
}

const StrataDataKind strata_data_kind_iris = {
  .name = "iris",
  .title = "Iris flowers",
  .description = "150 flowers of 3 species by the sizes of their leaves",
  .origin = "UCI Machine Learning Repository; CC BY 4.0",
  .bundled = TRUE,
  .load = iris_load,
};
