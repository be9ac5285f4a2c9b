/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/image/augment-policy.h"

#include "ops/drawing.h"
#include "ops/elementwise.h"

/* Which parameters a change has: names of those that are the factor, parted by commas. */
static const struct
{
  const char *class_name;
  const char *factors;
  gboolean moves;
  gboolean has_range;
} changes[STRATA_N_CHANGES] = {
  { "RandomShear", "x_factor,y_factor", TRUE, FALSE },
  { "RandomTranslation", "height_factor,width_factor", TRUE, FALSE },
  { "RandomRotation", "factor", TRUE, FALSE },
  { "RandomPosterization", "", FALSE, TRUE },
  { "Solarization", "addition_factor,threshold_factor", FALSE, TRUE },
  { "AutoContrast", "", FALSE, TRUE },
  { "Equalization", "", FALSE, TRUE },
  { "RandomBrightness", "factor", FALSE, TRUE },
  { "RandomColorDegeneration", "factor", FALSE, TRUE },
  { "RandomContrast", "factor", FALSE, TRUE },
  { "RandomSharpness", "factor", FALSE, TRUE },
};

/**
 * strata_augment_policy_apply: (skip)
 * @change: which of the changes
 *
 * Returns: (transfer none): the images changed as strongly as the layer's factor says
 */
StrataValue *
strata_augment_policy_apply (StrataAugmentLayer *self,
                             StrataBuilder      *b,
                             StrataValue        *x,
                             int                 change,
                             int                 which)
{
  JsonObject *config = json_object_new ();
  g_auto (GStrv) factors = g_strsplit (changes[change].factors, ",", -1);
  double lower = 0, upper = 0;

  for (char **factor = factors; *factor != NULL; factor++)
    json_object_set_member (config, *factor, json_node_copy (self->factor));
  if (changes[change].moves)
    json_object_set_string_member (config, "interpolation", self->interpolation);
  if (changes[change].has_range)
    json_object_set_member (config, "value_range", json_node_copy (self->value_range));
  strata_augment_get_range (self->factor, 0, &lower, &upper);
  if (g_str_equal (changes[change].class_name, "RandomPosterization"))
    json_object_set_int_member (config, "factor", MAX (1, (int) (8 * upper)));
  return strata_augment_apply (self, b, x, changes[change].class_name, config, which);
}

/**
 * strata_augment_policy_choose: (skip)
 * @n_changes: how many of the changes may be
 * @or_none: whether none is as probable as each
 *
 * Returns: (transfer none): all images after one change that is drawn for all of them
 */
StrataValue *
strata_augment_policy_choose (StrataAugmentLayer *self,
                              StrataBuilder      *b,
                              StrataValue        *x,
                              int                 n_changes,
                              gboolean            or_none,
                              int                 which)
{
  StrataValue *chosen = strata_draw_uniform (b, &STRATA_SHAPE (1), strata_augment_get_seed (self, which)), *y = x;

  chosen = strata_floor (b, strata_scale (b, chosen, n_changes + or_none));
  for (int change = 0; change < n_changes && !strata_builder_has_failed (b); change++)
    {
      StrataValue *is_chosen = strata_equal (b, chosen, strata_builder_scalar (b, change));

      y = strata_where (b, is_chosen, strata_augment_policy_apply (self, b, x, change, which + change + 1), y);
    }
  return y;
}
