/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "data-view/picture-form.h"

#include <glib/gi18n.h>

#include "base/json.h"
#include "data-view/form-row.h"
#include "data/image-file.h"
#include "widgets/percent.h"
#include "widgets/wrap-layout.h"

#define USUAL_SIDE 256
#define USUAL_TEST 0.2
#define MOST_TEST 90

/**
 * StrataPictureForm:
 *
 * What is made of the pictures in folders of the user's: their size, their colours, and how many are set aside.
 */
struct _StrataPictureForm
{
  GtkWidget parent_instance;

  StrataDocument *document;
  GtkWidget *sides[2];          /* height and width, as image_size has them */
  GtkWidget *colors, *fits, *broken, *test, *seed;
  gboolean showing;
};

G_DEFINE_FINAL_TYPE (StrataPictureForm, strata_picture_form, GTK_TYPE_WIDGET)

static const char *const modes[] = { "rgb", "grayscale" };

static void
edit (StrataPictureForm *self,
      const char        *member,
      JsonNode          *value)
{
  g_autoptr (JsonNode) own = value;

  if (!self->showing)
    strata_document_set_setting_member (self->document, "data", member, own);
}

static void
side_cb (StrataPictureForm *self)
{
  g_autoptr (JsonArray) size = json_array_new ();

  for (guint i = 0; i < 2; i++)
    json_array_add_int_element (size, gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->sides[i])));
  edit (self, "image_size", json_node_init_array (json_node_alloc (), size));
}

static void
colors_cb (StrataPictureForm *self)
{
  guint selected = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->colors));

  if (selected < G_N_ELEMENTS (modes))
    edit (self, "color_mode", json_node_init_string (json_node_alloc (), modes[selected]));
}

static void
fits_cb (StrataPictureForm *self)
{
  gboolean crops = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->fits)) == 1;

  edit (self, "crop_to_aspect_ratio", json_node_init_boolean (json_node_alloc (), crops));
}

static void
broken_cb (StrataPictureForm *self)
{
  gboolean ignores = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->broken)) == 1;

  edit (self, "ignore_errors", json_node_init_boolean (json_node_alloc (), ignores));
}

static void
test_cb (StrataPictureForm *self)
{
  edit (self, "test",
        json_node_init_double (json_node_alloc (), gtk_spin_button_get_value (GTK_SPIN_BUTTON (self->test)) / 100));
}

static void
seed_cb (StrataPictureForm *self)
{
  edit (self, "seed",
        json_node_init_int (json_node_alloc (), gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->seed))));
}

static void
show_size (StrataPictureForm *self,
           JsonObject        *description)
{
  JsonArray *size = strata_json_get_array (description, "image_size");

  for (guint i = 0; i < 2; i++)
    {
      JsonNode *side = size != NULL && json_array_get_length (size) == 2 ? json_array_get_element (size, i) : NULL;
      gboolean is_number = side != NULL && strata_json_is_number (side);

      gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->sides[i]), is_number ? json_node_get_int (side) : USUAL_SIDE);
    }
}

/**
 * strata_picture_form_refresh:
 *
 * Shows what the document has now; nothing, where that is no folder of pictures.
 */
void
strata_picture_form_refresh (StrataPictureForm *self)
{
  JsonNode *node = strata_document_get_setting (self->document, "data");
  JsonObject *description = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  gboolean is_mine = description != NULL &&
                     g_strcmp0 (strata_json_get_string (description, "kind", NULL), "image-folder") == 0;

  gtk_widget_set_visible (GTK_WIDGET (self), is_mine);
  if (!is_mine)
    return;
  self->showing = TRUE;
  show_size (self, description);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->colors),
                              g_str_equal (strata_json_get_string (description, "color_mode", modes[0]), modes[1]));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->fits),
                              strata_json_get_bool (description, "crop_to_aspect_ratio", FALSE));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->broken), strata_json_get_bool (description, "ignore_errors", FALSE));
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->test),
                             100 * strata_json_get_double (description, "test", USUAL_TEST));
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->seed), strata_json_get_int (description, "seed", 0));
  self->showing = FALSE;
}

static void
strata_picture_form_dispose (GObject *object)
{
  StrataPictureForm *self = STRATA_PICTURE_FORM (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->document);

  G_OBJECT_CLASS (strata_picture_form_parent_class)->dispose (object);
}

static void
strata_picture_form_class_init (StrataPictureFormClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = strata_picture_form_dispose;
}

static GtkWidget *
add_field (StrataPictureForm *self,
           const char        *title,
           GtkWidget         *field,
           const char        *label)
{
  GtkWidget *row = strata_form_row_new (title, field, label);

  gtk_widget_set_parent (row, GTK_WIDGET (self));
  return field;
}

static GtkWidget *
add_spin (StrataPictureForm *self,
          const char        *title,
          double             least,
          double             most,
          const char        *label,
          GCallback          changed)
{
  GtkWidget *spin = gtk_spin_button_new_with_range (least, most, 1);

  g_signal_connect_swapped (spin, "value-changed", changed, self);
  return add_field (self, title, spin, label);
}

static GtkWidget *
add_choice (StrataPictureForm *self,
            const char        *title,
            const char        *first,
            const char        *second,
            const char        *label,
            GCallback          changed)
{
  GtkWidget *choice = gtk_drop_down_new_from_strings ((const char *const[]){ first, second, NULL });

  g_signal_connect_swapped (choice, "notify::selected", changed, self);
  return add_field (self, title, choice, label);
}

static void
strata_picture_form_init (StrataPictureForm *self)
{
  gtk_widget_set_layout_manager (GTK_WIDGET (self), strata_wrap_layout_new (12, 6));
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  self->showing = TRUE;
  self->sides[1] = add_spin (self, _("_Width:"), 1, STRATA_LARGEST_IMAGE,
                             _("How many pixels wide each picture is made"), G_CALLBACK (side_cb));
  self->sides[0] = add_spin (self, _("_Height:"), 1, STRATA_LARGEST_IMAGE,
                             _("How many pixels high each picture is made"), G_CALLBACK (side_cb));
  self->colors = add_choice (self, _("_Colors:"), _("All"), _("Gray"), _("Whether pictures are in color or gray"),
                             G_CALLBACK (colors_cb));
  self->fits = add_choice (self, _("_Fit:"), _("Squeeze"), _("Crop"),
                           _("Whether other proportions are squeezed in or cut off"),
                           G_CALLBACK (fits_cb));
  self->broken = add_choice (self, _("_Unreadable:"), _("End training"), _("Leave out"),
                             _("What becomes of pictures that cannot be read: others of their classes can stand for "
                               "them"),
                             G_CALLBACK (broken_cb));
  self->test = add_spin (self, _("T_est:"), 0, MOST_TEST,
                         _("Percentage of the pictures that is set aside to test at the end"),
                         G_CALLBACK (test_cb));
  strata_percent_show (GTK_SPIN_BUTTON (self->test));
  self->seed = add_spin (self, _("_Seed:"), 0, G_MAXINT, _("Another number sets other pictures aside"),
                         G_CALLBACK (seed_cb));
  gtk_editable_set_width_chars (GTK_EDITABLE (self->seed), 3);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (self->seed), 3);
  self->showing = FALSE;
}

/**
 * strata_picture_form_new:
 * @document: whose data it is about
 *
 * Returns: (transfer floating): a form that shows itself where the data is folders of pictures
 */
GtkWidget *
strata_picture_form_new (StrataDocument *document)
{
  StrataPictureForm *self = g_object_new (STRATA_TYPE_PICTURE_FORM, "visible", FALSE, NULL);

  self->document = g_object_ref (document);
  return GTK_WIDGET (self);
}

GtkWidget *
strata_picture_form_get_test (StrataPictureForm *self)
{
  return self->test;
}
