/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <math.h>

#include "base/json.h"
#include "document/note-private.h"

/* Nobody draws larger than this, and a canvas cannot show it. */
#define FARTHEST 1e7
#define LONGEST_TEXT 100000

JsonObject *
strata_note_write (StrataDocNote *note)
{
  const StrataNoteLook *look = note->look;
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "id", note->id);
  json_object_set_string_member (object, "kind", note->kind == STRATA_NOTE_FRAME ? "frame" : "note");
  json_object_set_string_member (object, "text", look->text);
  json_object_set_string_member (object, "color", strata_note_color_get_name (look->color));
  json_object_set_double_member (object, "x", look->x);
  json_object_set_double_member (object, "y", look->y);
  json_object_set_double_member (object, "width", look->width);
  json_object_set_double_member (object, "height", look->height);
  return object;
}

static double
read_number (JsonObject *object,
             const char *name,
             double      least,
             double      most)
{
  double value = strata_json_get_double (object, name, least);

  return isnan (value) ? least : CLAMP (value, least, most);
}

/**
 * strata_note_read: (skip)
 * @look: (out): what is in it, but for its group; its text is of @object
 *
 * Returns: whether it is a note; what is odd of it is made ordinary
 */
gboolean
strata_note_read (JsonObject     *object,
                  StrataNoteKind *kind,
                  StrataNoteLook *look)
{
  const char *text, *name;

  if (object == NULL)
    return FALSE;
  name = strata_json_get_string (object, "kind", "note");
  text = strata_json_get_string (object, "text", "");
  if (name == NULL || text == NULL || strlen (text) > LONGEST_TEXT)
    return FALSE;
  *kind = g_str_equal (name, "frame") ? STRATA_NOTE_FRAME : STRATA_NOTE_TEXT;
  *look = (StrataNoteLook){ .text = (char *) text };
  strata_note_color_parse (strata_json_get_string (object, "color", NULL), &look->color);
  look->x = read_number (object, "x", -FARTHEST, FARTHEST);
  look->y = read_number (object, "y", -FARTHEST, FARTHEST);
  look->width = read_number (object, "width", STRATA_NOTE_LEAST_WIDTH, FARTHEST);
  look->height = read_number (object, "height", STRATA_NOTE_LEAST_HEIGHT, FARTHEST);
  return TRUE;
}
