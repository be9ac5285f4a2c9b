/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "widgets/arrow-keys.h"

/**
 * strata_arrow_keys_bind:
 * @moved: gets "(ii)": how far to the right and down
 *
 * Has the arrow keys, those of the keypad too, move what a widget holds.
 */
void
strata_arrow_keys_bind (GtkWidgetClass  *widget_class,
                        GtkShortcutFunc  moved)
{
  static const struct
  {
    guint key, keypad;
    int right, down;
  } arrows[] = {
    { GDK_KEY_Left, GDK_KEY_KP_Left, -1, 0 },
    { GDK_KEY_Right, GDK_KEY_KP_Right, 1, 0 },
    { GDK_KEY_Up, GDK_KEY_KP_Up, 0, -1 },
    { GDK_KEY_Down, GDK_KEY_KP_Down, 0, 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (arrows); i++)
    {
      gtk_widget_class_add_binding (widget_class, arrows[i].key, 0, moved, "(ii)", arrows[i].right, arrows[i].down);
      gtk_widget_class_add_binding (widget_class, arrows[i].keypad, 0, moved, "(ii)", arrows[i].right, arrows[i].down);
    }
}
