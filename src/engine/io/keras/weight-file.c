/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "io/keras/weight-file.h"

#include "base/error.h"

/**
 * strata_weights_write_vars: (skip)
 * @group: where to
 * @name: what they are variables of
 * @variables: StrataVariable pointers
 *
 * Writes variables as Keras 3 does: numbered from 0 in their order.
 */
gboolean
strata_weights_write_vars (StrataHdf5  *file,
                           const char  *group,
                           const char  *name,
                           GPtrArray   *variables,
                           GError     **error)
{
  if (!strata_hdf5_make_group (file, group, error) || !strata_hdf5_set_string (file, group, "name", name, error))
    return FALSE;
  for (guint i = 0; i < variables->len; i++)
    {
      StrataVariable *variable = g_ptr_array_index (variables, i);
      g_autofree char *path = g_strdup_printf ("%s/%u", group, i);

      if (!strata_variable_materialize (variable, error) || !strata_hdf5_write (file, path, variable->tensor, error))
        return FALSE;
    }
  return TRUE;
}
