/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/wire.h"

/**
 * StrataDocWire:
 *
 * What leads from an output of one node to an input of another. Never changes.
 */
struct _StrataDocWire
{
  GObject parent_instance;

  guint id;
  StrataDocNode *from, *to;
  guint from_port, to_port;
};

G_DEFINE_FINAL_TYPE (StrataDocWire, strata_doc_wire, G_TYPE_OBJECT)

static void
strata_doc_wire_finalize (GObject *object)
{
  StrataDocWire *self = STRATA_DOC_WIRE (object);

  g_clear_object (&self->from);
  g_clear_object (&self->to);

  G_OBJECT_CLASS (strata_doc_wire_parent_class)->finalize (object);
}

static void
strata_doc_wire_class_init (StrataDocWireClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_doc_wire_finalize;
}

static void
strata_doc_wire_init (StrataDocWire *self)
{
}

StrataDocWire *
strata_doc_wire_new (guint          id,
                     StrataDocNode *from,
                     guint          from_port,
                     StrataDocNode *to,
                     guint          to_port)
{
  StrataDocWire *self = g_object_new (STRATA_TYPE_DOC_WIRE, NULL);

  self->id = id;
  self->from = g_object_ref (from);
  self->from_port = from_port;
  self->to = g_object_ref (to);
  self->to_port = to_port;
  return self;
}

guint
strata_doc_wire_get_id (StrataDocWire *self)
{
  return self->id;
}

StrataDocNode *
strata_doc_wire_get_from (StrataDocWire *self)
{
  return self->from;
}

guint
strata_doc_wire_get_from_port (StrataDocWire *self)
{
  return self->from_port;
}

StrataDocNode *
strata_doc_wire_get_to (StrataDocWire *self)
{
  return self->to;
}

guint
strata_doc_wire_get_to_port (StrataDocWire *self)
{
  return self->to_port;
}

/**
 * strata_doc_wire_get_spec: (skip)
 *
 * Returns: (nullable): type and shape of what it carries, where known
 */
const StrataSpec *
strata_doc_wire_get_spec (StrataDocWire *self)
{
  return strata_doc_node_get_output_spec (self->from, self->from_port);
}
