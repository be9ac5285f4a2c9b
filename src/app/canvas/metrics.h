/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "document/node.h"

/* Sizes on the canvas, in its own units: pixels at 100 % and ordinary text. */
#define STRATA_GRID 8
#define STRATA_NODE_WIDTH STRATA_DOC_NODE_WIDTH
/* At least: fonts and what there is to say may make a card higher. */
#define STRATA_NODE_HEIGHT STRATA_DOC_NODE_HEIGHT
#define STRATA_NODE_EDGE 4
#define STRATA_NODE_RADIUS 12
#define STRATA_NODE_PADDING 14
#define STRATA_PORT_SIZE 12
/* Half the size of what can be hit around a port. */
#define STRATA_PORT_REACH 16
/* Half the length of a port that takes any number of wires. */
#define STRATA_LIST_PORT_REACH 32
#define STRATA_WIRE_WIDTH 2
