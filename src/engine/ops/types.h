/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

typedef struct _StrataBuilder StrataBuilder;
typedef struct _StrataNode StrataNode;
typedef struct _StrataOp StrataOp;
typedef struct _StrataRun StrataRun;
typedef struct _StrataValue StrataValue;
typedef struct _StrataVariable StrataVariable;
