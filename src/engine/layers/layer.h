/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "base/object.h"
#include "ops/builder.h"

G_BEGIN_DECLS

#define STRATA_TYPE_LAYER (strata_layer_get_type ())
G_DECLARE_DERIVABLE_TYPE (StrataLayer, strata_layer, STRATA, LAYER, StrataObject)

#define STRATA_MAX_RESULTS 64

typedef struct _StrataSite StrataSite;
typedef struct _StrataCellInterface StrataCellInterface;

/**
 * StrataSpec:
 *
 * What is known of a tensor before it exists: type and shape.
 */
typedef struct
{
  StrataDType dtype;
  StrataShape shape;
} StrataSpec;

/**
 * StrataCall:
 * @inputs: all tensors among the arguments, in order
 * @n_inputs: how many
 * @masks: for each input, which steps count (1 or 0; usually batch by time), or %NULL
 * @training: whether dropout drops and batch norm learns
 * @arguments: (nullable): the other arguments by name; a tensor among them is
 *   `{"$": index into inputs}`
 * @args: (nullable): the positional arguments, tensors likewise, where they are not the usual ones
 * @outputs: what the layer returns
 * @n_outputs: how many
 * @output_masks: their masks, or %NULL
 * @spent: inputs, a bit each, that have no mask any more for what is called later: what attention does in Keras
 * @precision: what the layer's policy has its numbers rounded to
 * @announces_float: symbols of the outputs say float32, although whole numbers come: what lookups do in Keras
 *
 * One call of a layer.
 */
typedef struct
{
  StrataValue *const *inputs;
  guint n_inputs;
  StrataValue *const *masks;
  gboolean training;
  JsonObject *arguments;
  JsonNode *args;
  StrataValue *outputs[STRATA_MAX_RESULTS];
  guint n_outputs;
  StrataValue *output_masks[STRATA_MAX_RESULTS];
  guint64 spent;
  gboolean announces_float;
  StrataDType precision;
} StrataCall;

/**
 * StrataAssets:
 * @files: (element-type utf8 GBytes): files by name, such as "vocabulary.txt"
 * @arrays: (element-type utf8 StrataTensor): arrays by the name that they have beside the layer's weights
 *
 * What a layer keeps that is neither parameter nor weight.
 */
typedef struct
{
  GHashTable *files;
  GHashTable *arrays;
} StrataAssets;

/**
 * StrataLayerFlags:
 * @STRATA_LAYER_PASSES_MASK: its output has the mask of its first input
 * @STRATA_LAYER_MERGES: takes a list of tensors as its one argument
 * @STRATA_LAYER_TAKES_SEVERAL: takes several tensors as arguments of their own
 * @STRATA_LAYER_WRAPS: has another layer inside; see strata_layer_add_child()
 * @STRATA_LAYER_MIXES_SAMPLES: while training, what comes out of it or is left in it depends on which samples come
 *   together
 * @STRATA_LAYER_BEGINS: may be called without an input
 * @STRATA_LAYER_TAKES_MASK: Keras's class has an argument `mask`, so that a functional model records the mask
 * @STRATA_LAYER_TAKES_LABELS: takes images alone, or images and labels: in Keras a dictionary of both
 * @STRATA_LAYER_BRIEF_CONFIG: Keras's class writes a config of its own: its type is a word, and nothing says whether it
 *   is
 *   trained
 * @STRATA_LAYER_LACKS_DTYPE: Keras's class refuses a config that says of what type it is
 * @STRATA_LAYER_OF_KERAS2: Keras 3 has no such class
 * @STRATA_LAYER_COMPUTES_WIDE: computes in float32 whatever its policy, and rounds what it returns
 * @STRATA_LAYER_TAKES_WIDE: its policy does not round what it is called on, nor its weights
 */
typedef enum
{
  STRATA_LAYER_PLAIN = 0,
  STRATA_LAYER_PASSES_MASK = 1 << 0,
  STRATA_LAYER_MERGES = 1 << 1,
  STRATA_LAYER_TAKES_SEVERAL = 1 << 2,
  STRATA_LAYER_WRAPS = 1 << 3,
  STRATA_LAYER_MIXES_SAMPLES = 1 << 4,
  STRATA_LAYER_BRIEF_CONFIG = 1 << 5,
  STRATA_LAYER_BEGINS = 1 << 6,
  STRATA_LAYER_TAKES_MASK = 1 << 7,
  STRATA_LAYER_TAKES_LABELS = 1 << 8,
  STRATA_LAYER_LACKS_DTYPE = 1 << 9,
  STRATA_LAYER_OF_KERAS2 = 1 << 10,
  STRATA_LAYER_COMPUTES_WIDE = 1 << 11,
  STRATA_LAYER_TAKES_WIDE = 1 << 12,
} StrataLayerFlags;

/**
 * StrataLayerInfo:
 * @object: what every kind has
 * @flags: how it treats masks and arguments
 * @min_rank: fewest dimensions that an input may have, batch included (0: any)
 * @max_rank: most dimensions (0: any)
 * @sample_inputs: inputs that the samples fit, for the generic tests: shapes such
 *   as `2,7,3`, several apart by `;`, whole numbers below ten as `int32<10:2,7`,
 *   words as `text:2,1`; %NULL for one input of the fewest dimensions
 * @call_params: (nullable): what it can be told at a call besides tensors, as a table that ends with %NULL; nothing of
 *   it is stored in the instance
 * @cell: for cells of recurrent layers: how they go through sequences, or %NULL
 * @build: makes the weights, once the shapes of the inputs are known, or %NULL
 * @call: computes the outputs through @b, training or not
 * @adapt: learns statistics or a vocabulary from data, before training, or %NULL
 * @dup_learned: what it learned beside weights, as parameters, or %NULL
 * @save_assets: adds what files must keep beside parameters and weights, or %NULL
 * @load_assets: takes that back; what is missing is left as it is
 *
 * What a file in layers/ exports. Instance structs begin with StrataLayer.
 */
typedef struct
{
  StrataObjectInfo object;
  StrataLayerFlags flags;
  int min_rank, max_rank;
  const char *sample_inputs;
  const StrataParam *call_params;
  const StrataCellInterface *cell;
  gboolean (*build) (StrataLayer *self, const StrataSpec *inputs, guint n_inputs, GError **error);
  void (*call) (StrataLayer *self, StrataBuilder *b, StrataCall *call);
  gboolean (*adapt) (StrataLayer *self, StrataTensor *data, GError **error);
  JsonObject *(*dup_learned) (StrataLayer *self);
  void (*save_assets) (StrataLayer *self, StrataAssets *assets);
  gboolean (*load_assets) (StrataLayer *self, const StrataAssets *assets, GError **error);
} StrataLayerInfo;

struct _StrataLayerClass
{
  StrataObjectClass parent_class;

  StrataLayerFlags flags;
  int min_rank, max_rank;
  gboolean (*build) (StrataLayer *self, const StrataSpec *inputs, guint n_inputs, GError **error);
  void (*call) (StrataLayer *self, StrataBuilder *b, StrataCall *call);
  gboolean (*adapt) (StrataLayer *self, StrataTensor *data, GError **error);
  JsonObject *(*dup_learned) (StrataLayer *self);
  void (*save_assets) (StrataLayer *self, StrataAssets *assets);
  gboolean (*load_assets) (StrataLayer *self, const StrataAssets *assets, GError **error);

  gpointer padding[4];
};

StrataLayer *strata_layer_new            (const char *class_name, JsonObject *config,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
StrataLayer *strata_layer_new_from_text  (const char *text, GError **error) G_GNUC_WARN_UNUSED_RESULT;
const char  *strata_layer_get_name       (StrataLayer *self);
void         strata_layer_set_name       (StrataLayer *self, const char *name);
gboolean     strata_layer_get_trainable  (StrataLayer *self);
void         strata_layer_set_trainable  (StrataLayer *self, gboolean trainable);
const StrataLayerInfo *strata_layer_get_info (StrataLayer *self);

/* Building */
gboolean        strata_layer_is_built    (StrataLayer *self);
gboolean        strata_layer_build       (StrataLayer *self, const StrataSpec *inputs, guint n_inputs, GError **error);
const StrataSpec *strata_layer_get_build_inputs (StrataLayer *self, guint *n_inputs);
StrataVariable *strata_layer_add_weight  (StrataLayer *self, const char *name, const StrataShape *shape,
                                          StrataObject *initializer, GError **error);
StrataVariable *strata_layer_add_weight_full (StrataLayer *self, const char *name, const StrataShape *shape,
                                              StrataObject *initializer, StrataObject *regularizer,
                                              StrataObject *constraint, GError **error);
StrataVariable *strata_layer_add_state   (StrataLayer *self, const char *name, StrataDType dtype,
                                          const StrataShape *shape, StrataObject *initializer, GError **error);
void            strata_layer_share_weight (StrataLayer *self, StrataVariable *variable);
void            strata_layer_add_child   (StrataLayer *self, const char *attribute, StrataLayer *child);
guint           strata_layer_get_n_children (StrataLayer *self);
StrataLayer    *strata_layer_get_child   (StrataLayer *self, guint i, const char **attribute);
void            strata_layer_remove_children (StrataLayer *self);

/* Weights: own trainable, own others, then those of children, each once */
GPtrArray *strata_layer_dup_own_weights       (StrataLayer *self) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *strata_layer_dup_weights           (StrataLayer *self) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *strata_layer_dup_trainable_weights (StrataLayer *self) G_GNUC_WARN_UNUSED_RESULT;
gint64     strata_layer_count_params          (StrataLayer *self, gboolean trainable_only);
gboolean   strata_layer_copy_weights          (StrataLayer *self, StrataLayer *source, GError **error);

/* Calling */
gboolean     strata_layer_call    (StrataLayer *self, StrataBuilder *b, StrataCall *call);
StrataValue *strata_layer_call_on (StrataLayer *self, StrataBuilder *b, StrataValue *x, gboolean training);
gboolean     strata_layer_infer   (StrataLayer *self, const StrataSpec *inputs, guint n_inputs, StrataSpec *outputs,
                                   guint *n_outputs, GError **error);
void         strata_call_return   (StrataCall *call, StrataValue *value);
StrataValue *strata_call_get_tensor (const StrataCall *call, const char *argument);
guint        strata_call_get_tensors (const StrataCall *call, const char *argument, StrataValue **tensors, guint most);
gboolean     strata_call_is_mask (const StrataCall *call, guint i);
gboolean     strata_call_is_named (const StrataCall *call, guint i);
StrataValue *strata_call_get_mask (const StrataCall *call, guint i);

/* What it keeps beside parameters and weights */
StrataAssets *strata_assets_new      (void) G_GNUC_WARN_UNUSED_RESULT;
void          strata_assets_free     (StrataAssets *self);
void          strata_layer_save_assets (StrataLayer *self, StrataAssets *assets);
gboolean      strata_layer_load_assets (StrataLayer *self, const StrataAssets *assets, GError **error);
JsonObject   *strata_layer_dup_learned (StrataLayer *self) G_GNUC_WARN_UNUSED_RESULT;
gboolean      strata_layer_is_unlearned (StrataLayer *self);
gboolean      strata_layer_check_learned (StrataLayer *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataAssets, strata_assets_free)

/* Learning from data before training */
gboolean     strata_layer_can_adapt (StrataLayer *self);
gboolean     strata_layer_adapt     (StrataLayer *self, StrataTensor *data, GError **error);

/* Where it has been called symbolically, in order */
GPtrArray   *strata_layer_get_sites (StrataLayer *self);


G_END_DECLS
