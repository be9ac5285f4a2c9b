/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Read once for all the sources of the app; each still includes what it uses. */
#include <adwaita.h>
#include <gtksourceview/gtksource.h>
#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>
