/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "base/error.h"
#include "base/param.h"

G_BEGIN_DECLS

#define STRATA_TYPE_OBJECT (strata_object_get_type ())
G_DECLARE_DERIVABLE_TYPE (StrataObject, strata_object, STRATA, OBJECT, GObject)

typedef struct _StrataObjectInfo StrataObjectInfo;

/**
 * StrataObjectInfo:
 * @name: Keras's class name, or function name for activations
 * @module: Keras's module, or %NULL for the kind's usual one
 * @aliases: other names it answers to, such as "mse", %NULL-terminated, or %NULL
 * @title: its name for people, sentence case
 * @category: where the palette puts it
 * @description: a line that explains it
 * @formula: what it computes, in plain Unicode, or %NULL
 * @params: its own parameters, ended by an entry without name, or %NULL
 * @instance_size: size of its instance struct, which begins with the kind's
 * @samples: configs (JSON, %NULL-terminated) that the generic tests run it with
 * @configured: checks parameters against each other once they are set, or %NULL
 * @finalize: frees what the instance holds beyond its parameters, or %NULL
 *
 * What a file in a registry's folder exports. Each kind's own info begins with it.
 */
struct _StrataObjectInfo
{
  const char *name;
  const char *module;
  const char *const *aliases;
  const char *title;
  const char *category;
  const char *description;
  const char *formula;
  const StrataParam *params;
  gsize instance_size;
  const char *const *samples;
  gboolean (*configured) (StrataObject *self, GError **error);
  void (*finalize) (StrataObject *self);
};

/**
 * StrataObjectClass:
 * @kind: what kind its instances are
 * @info: the table entry it was made from, or %NULL for a class derived in code
 * @params: its own and its ancestors' parameters, const StrataParam pointers
 * @adopt: takes the functions of the kind's info over into the class
 * @configured: see [struct@ObjectInfo]
 * @get_config, @set_config: for classes whose config is more than parameters
 */
struct _StrataObjectClass
{
  GObjectClass parent_class;

  StrataKind kind;
  const StrataObjectInfo *info;
  GPtrArray *params;

  void        (*adopt)      (StrataObjectClass *klass, const StrataObjectInfo *info);
  gboolean    (*configured) (StrataObject *self, GError **error);
  void        (*get_config) (StrataObject *self, JsonObject *config);
  gboolean    (*set_config) (StrataObject *self, JsonObject *config, GError **error);
  const char *(*get_class_name) (StrataObject *self);

  gpointer padding[4];
};

void         strata_object_class_install_params (StrataObjectClass *klass, const StrataParam *params);
StrataParam *strata_object_class_override_param (StrataObjectClass *klass, const char *name);

const char         *strata_object_get_class_name (StrataObject *self);
const StrataParam  *strata_object_find_param     (StrataObject *self, const char *name);
const GPtrArray    *strata_object_get_params     (StrataObject *self);
JsonNode           *strata_object_get_param      (StrataObject *self, const char *name) G_GNUC_WARN_UNUSED_RESULT;
gboolean            strata_object_set_param      (StrataObject *self, const char *name, JsonNode *value,
                                                  GError **error);

JsonObject         *strata_object_get_config     (StrataObject *self) G_GNUC_WARN_UNUSED_RESULT;
gboolean            strata_object_set_config     (StrataObject *self, JsonObject *config, GError **error);
JsonNode           *strata_object_serialize      (StrataObject *self) G_GNUC_WARN_UNUSED_RESULT;
StrataObject       *strata_object_deserialize    (StrataKind kind, JsonNode *node,
                                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
StrataObject       *strata_object_clone          (StrataObject *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

StrataObject       *strata_object_new            (StrataKind kind, const char *class_name, JsonObject *config,
                                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
StrataObject       *strata_object_new_from_text  (StrataKind kind, const char *text,
                                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
