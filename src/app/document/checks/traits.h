/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "document/node.h"

G_BEGIN_DECLS

/* What checks ask of a node; the parameters are read in the form that Keras knows them by. */
gboolean          strata_traits_is_listed      (const char *name, const char *names);
gboolean          strata_traits_is             (StrataDocNode *node, const char *class_names);
gboolean          strata_traits_is_in          (StrataDocNode *node, const char *category);
gboolean          strata_traits_is_carrier     (StrataDocNode *node);
gboolean          strata_traits_is_recurrent   (StrataDocNode *node);
gboolean          strata_traits_is_conv        (StrataDocNode *node);
gboolean          strata_traits_is_trained     (StrataDocNode *node);
const char       *strata_traits_get_problem    (StrataDocNode *node);

gboolean          strata_traits_has            (StrataDocNode *node, const char *param);
gboolean          strata_traits_says           (StrataDocNode *node, const char *param, const char *text);
double            strata_traits_get_number     (StrataDocNode *node, const char *param, double fallback);
gboolean          strata_traits_get_flag       (StrataDocNode *node, const char *param);
gint64            strata_traits_get_largest    (StrataDocNode *node, const char *param);
const char       *strata_traits_get_activation (StrataDocNode *node);
const char       *strata_traits_get_width_param (StrataDocNode *node);

const StrataSpec *strata_traits_get_input      (StrataDocNode *node, guint i);
guint             strata_traits_get_n_inputs   (StrataDocNode *node);
gint64            strata_traits_get_width      (StrataDocNode *node);
char             *strata_traits_dup_dims       (const StrataShape *shape, int first,
                                                int last) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
