/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/foreign.h"

#include <glib/gi18n-lib.h>

/* Classes of Keras that cannot be, and what to do in their place. */
static const struct
{
  const char *class_name;
  const char *reason;
} foreign[] = {
  { "CallbackList", N_("A CallbackList holds others; give those one by one") },
  { "FlaxLayer",
    N_("A FlaxLayer holds a model of Flax, which is Python code; build it of Keras's layers and save it again") },
  { "History", N_("Training returns its history itself; strata-cli train --history writes it") },
  { "JaxLayer",
    N_("A JaxLayer holds a function of JAX, which is Python code; build it of Keras's layers and save it again") },
  { "TFSMLayer", N_("A TFSMLayer runs a SavedModel of TensorFlow; save the model as .keras instead") },
  { "Highway",
    N_("Keras 2 has no Highway layer any more; build it of Dense, Multiply and Add, and save the model again") },
  { "MaxoutDense",
    N_("Keras 2 has no MaxoutDense layer any more, although files of Keras 1 with it are read; build it of EinsumDense "
       "('ab,cbd->acd') and GlobalMaxPooling1D") },
  { "Merge",
    N_("Keras 2 has no Merge layer that holds the branches it merges; build a functional model of them and save it "
       "again") },
  { "OrbaxCheckpoint",
    N_("An OrbaxCheckpoint writes the format of a library for JAX; ModelCheckpoint writes Keras's") },
  { "ProgbarLogger",
    N_("A ProgbarLogger prints how far training is, which the program and strata-cli train show by themselves") },
  { "RandomHeight",
    N_("A RandomHeight layer gives each batch another size, and sizes are known beforehand here; use RandomZoom "
       "(height_factor=…) in its place") },
  { "RandomWidth",
    N_("A RandomWidth layer gives each batch another size, and sizes are known beforehand here; use RandomZoom "
       "(height_factor=0, width_factor=…) in its place") },
  { "TorchModuleWrapper",
    N_("A TorchModuleWrapper holds a module of PyTorch, which is Python code; build it of Keras's layers "
       "and save it again") },
};

/**
 * strata_foreign_layer: (skip)
 *
 * Returns: (nullable): why there is no such layer here, although Keras has one
 */
const char *
strata_foreign_layer (const char *class_name)
{
  for (guint i = 0; i < G_N_ELEMENTS (foreign); i++)
    if (g_str_equal (foreign[i].class_name, class_name))
      return _(foreign[i].reason);
  return NULL;
}
