/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/followers.h"

/*
 * Parameters that take over the value of another one where they are not given. Keras writes what they came to, so that
 * one cannot tell from a file: who has the same value follows.
 */
static const struct
{
  const char *follower, *leader;
} pairs[] = {
  { "strides", "pool_size" },
};

/**
 * strata_followers_get_leader: (skip)
 *
 * Returns: (nullable): the parameter that @param has its value from where nothing is given
 */
const char *
strata_followers_get_leader (const char *param)
{
  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    if (g_str_equal (pairs[i].follower, param))
      return pairs[i].leader;
  return NULL;
}

/**
 * strata_followers_has_any: (skip)
 *
 * Returns: whether another parameter of @object may have its value from @param
 */
gboolean
strata_followers_has_any (StrataObject *object,
                          const char   *param)
{
  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    if (g_str_equal (pairs[i].leader, param) && strata_object_find_param (object, pairs[i].follower) != NULL)
      return TRUE;
  return FALSE;
}

/**
 * strata_followers_follows: (skip)
 *
 * Returns: whether @param of @object has the value of the one that it follows
 */
gboolean
strata_followers_follows (StrataObject      *object,
                          const StrataParam *param)
{
  const char *name = strata_followers_get_leader (param->name);
  const StrataParam *leader = name != NULL ? strata_object_find_param (object, name) : NULL;
  g_autoptr (JsonNode) value = NULL, usual = NULL;

  if (leader == NULL)
    return FALSE;
  value = strata_param_get (param, object);
  usual = strata_param_get (leader, object);
  return json_node_equal (value, usual);
}

/**
 * strata_followers_release: (skip)
 * @changed: a parameter that is about to change
 * @config: of @object; what follows @changed is taken out of it, to go on following
 */
void
strata_followers_release (StrataObject *object,
                          const char   *changed,
                          JsonObject   *config)
{
  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      const StrataParam *follower = strata_object_find_param (object, pairs[i].follower);

      if (g_str_equal (pairs[i].leader, changed) && follower != NULL && strata_followers_follows (object, follower))
        json_object_remove_member (config, pairs[i].follower);
    }
}
