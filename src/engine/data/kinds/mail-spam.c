/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "data/data-kind.h"
#include "data/table-set.h"

static StrataDataSet *
mail_spam_load (JsonObject  *description,
                const char  *folder,
                GError     **error)
{
  return strata_data_load_preset ("text", "mail-spam.csv", "{\"text\": \"text\", \"target\": \"label\"}",
                                  description, error);
}

const StrataDataKind strata_data_kind_mail_spam = {
  .name = "mail-spam",
  .title = "E-mail and spam",
  .description = "2,500 messages, half of them spam",
  .origin = "SpamAssassin public corpus; CC0 1.0",
  .bundled = TRUE,
  .load = mail_spam_load,
};
