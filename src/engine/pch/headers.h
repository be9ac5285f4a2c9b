/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Read once for all the sources of the library; each still includes what it uses. */
#include <gio/gio.h>
#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>
