/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "document/node.h"

G_BEGIN_DECLS

#define STRATA_TYPE_DOC_WIRE (strata_doc_wire_get_type ())
G_DECLARE_FINAL_TYPE (StrataDocWire, strata_doc_wire, STRATA, DOC_WIRE, GObject)

StrataDocWire    *strata_doc_wire_new           (guint id, StrataDocNode *from, guint from_port, StrataDocNode *to,
                                                 guint to_port) G_GNUC_WARN_UNUSED_RESULT;
guint             strata_doc_wire_get_id        (StrataDocWire *self);
StrataDocNode    *strata_doc_wire_get_from      (StrataDocWire *self);
guint             strata_doc_wire_get_from_port (StrataDocWire *self);
StrataDocNode    *strata_doc_wire_get_to        (StrataDocWire *self);
guint             strata_doc_wire_get_to_port   (StrataDocWire *self);
const StrataSpec *strata_doc_wire_get_spec      (StrataDocWire *self);

G_END_DECLS
