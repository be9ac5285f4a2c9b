/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "evaluate/picture-input.h"

#include <glib/gi18n.h>
#include <string.h>

#include "data-view/sample-view.h"
#include "evaluate/draw-pad.h"
#include "evaluate/ink.h"
#include "evaluate/picture.h"
#include "runner/own-sample.h"

/**
 * StrataPictureInput:
 *
 * A pad to draw on, or a picture of the user's, and what the network sees of it.
 */
struct _StrataPictureInput
{
  GtkWidget parent_instance;

  StrataDataSet *set;           /* NULL before there is an input to make something for */
  StrataShape shape;
  StrataPaper paper;
  float *picture;               /* that was opened, instead of what is drawn, or NULL */
  int width, height;            /* of it */
  gboolean is_exact;            /* whether it was read in this form, as the samples were */
  StrataImageForm form;
  GError *trouble;              /* why the last picture could not be opened, until there is another */
  GtkFileChooserNative *chooser;

  GtkWidget *box, *pad, *clear, *seen;
};

static void own_pad_init (StrataOwnPadInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (StrataPictureInput, strata_picture_input, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (STRATA_TYPE_OWN_PAD, own_pad_init))

static gboolean
sees_colors (StrataPictureInput *self)
{
  return self->shape.rank == 3 && self->shape.dims[2] == 3;
}

static const char *
get_hint (StrataOwnPad *pad)
{
  return sees_colors (STRATA_PICTURE_INPUT (pad))
         ? _("Open a picture, or drop one here")
         : _("Draw on the paper, or drop a picture: the answer follows the pen");
}

/* The picture as the network gets it. */
static void
show_seen (StrataPictureInput *self,
           StrataTensor       *input)
{
  g_autoptr (StrataDataSet) sample = input != NULL ? strata_own_sample_new (self->set, &input, 1, NULL) : NULL;
  g_autoptr (StrataPreview) preview = sample != NULL
                                      ? strata_preview_new (sample, FALSE, &(gint64){ 0 }, 1, NULL) : NULL;
  GtkWidget *old = gtk_widget_get_first_child (self->seen);

  if (old != NULL)
    gtk_box_remove (GTK_BOX (self->seen), old);
  if (preview != NULL)
    gtk_box_append (GTK_BOX (self->seen), strata_sample_view_new (preview, 0, _("What it sees"), NULL));
}

/* Drawings, and pictures for networks that see no colours: what is written on them, made as large as usual. */
static StrataTensor *
read_ink (StrataPictureInput  *self,
          GError              **error)
{
  int rows = (int) self->shape.dims[0], columns = (int) self->shape.dims[1], width = self->width, height = self->height;
  g_autofree float *ink = self->picture != NULL ? strata_picture_to_ink (self->picture, width, height)
                                                : strata_draw_pad_read (STRATA_DRAW_PAD (self->pad), &width, &height);
  g_autofree float *pixels = g_new (float, rows * columns);

  if (!strata_ink_center (ink, width, height, pixels, columns, rows))
    return NULL;
  /* Files are taken as they are, and so are drawings beside them. */
  if (self->set->image_form != NULL)
    strata_picture_scale (ink, width, height, 1, pixels, columns, rows);
  return strata_own_sample_from_ink (self->set, &self->paper, pixels, error);
}

static StrataTensor *
read_colors (StrataPictureInput  *self,
             GError              **error)
{
  int rows = (int) self->shape.dims[0], columns = (int) self->shape.dims[1];
  g_autofree float *scaled = g_new (float, rows * columns * 3);

  if (self->picture == NULL)
    return NULL;
  strata_picture_scale (self->picture, self->width, self->height, 3, scaled, columns, rows);
  return strata_own_sample_from_colors (self->set, &self->paper, scaled, error);
}

static StrataTensor *
read_picture (StrataOwnPad  *pad,
              GError       **error)
{
  StrataPictureInput *self = STRATA_PICTURE_INPUT (pad);
  StrataTensor *input = NULL;

  if (self->trouble != NULL)
    g_propagate_error (error, g_error_copy (self->trouble));
  else if (self->set->image_form != NULL && self->picture != NULL)
    input = strata_own_sample_from_numbers (self->set, self->picture, error);
  else
    input = sees_colors (self) ? read_colors (self, error) : read_ink (self, error);
  show_seen (self, input);
  return input;
}

/* Whether a picture that was read for a network before fits this one, where it was read as large as that wanted it. */
static gboolean
is_as_large (StrataPictureInput *self)
{
  const StrataImageForm *form = self->set->image_form;

  return form == NULL ? !self->is_exact
                      : self->is_exact && memcmp (form, &self->form, sizeof *form) == 0;
}

static void
show (StrataOwnPad           *pad,
      const StrataInputFacts *facts)
{
  StrataPictureInput *self = STRATA_PICTURE_INPUT (pad);

  g_clear_pointer (&self->set, strata_data_set_unref);
  self->set = strata_data_set_ref (facts->set);
  self->shape = facts->shape;
  self->paper = facts->paper;
  if (!is_as_large (self))
    g_clear_pointer (&self->picture, g_free);
  g_clear_error (&self->trouble);
  gtk_widget_set_visible (self->pad, !sees_colors (self));
  gtk_widget_set_visible (self->clear, !sees_colors (self));
}

static void
take_picture (StrataPictureInput *self,
              float              *picture,
              GError             *error)
{
  g_clear_error (&self->trouble);
  self->trouble = error;
  if (picture != NULL)
    {
      g_free (self->picture);
      self->picture = picture;
    }
  if (self->set != NULL && (error != NULL || is_as_large (self)))
    strata_own_pad_emit_changed (STRATA_OWN_PAD (self));
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (StrataPictureInput) self = user_data;
  GError *error = NULL;
  int width, height;
  float *picture = strata_picture_read_finish (result, &width, &height, &error);

  if (picture != NULL)
    {
      self->is_exact = FALSE;
      self->width = width;
      self->height = height;
    }
  take_picture (self, picture, error);
}

static void
read_sample_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (StrataPictureInput) self = user_data;
  GError *error = NULL;
  StrataImageForm form;
  float *picture = strata_picture_read_sample_finish (result, &form, &error);

  if (picture != NULL)
    {
      self->is_exact = TRUE;
      self->form = form;
    }
  take_picture (self, picture, error);
}

/* Read just as the samples were, where those are files. */
static void
open_picture (StrataOwnPad *pad,
              GFile        *file)
{
  StrataPictureInput *self = STRATA_PICTURE_INPUT (pad);

  if (self->set->image_form != NULL)
    strata_picture_read_sample_async (file, self->set->image_form, NULL, read_sample_cb, g_object_ref (self));
  else
    strata_picture_read_async (file, NULL, read_cb, g_object_ref (self));
}

static void
own_pad_init (StrataOwnPadInterface *iface)
{
  iface->get_hint = get_hint;
  iface->show = show;
  iface->read = read_picture;
  iface->open_picture = open_picture;
}

/* A stroke is worth more than a picture that was opened before. */
static void
drawn_cb (StrataPictureInput *self)
{
  g_clear_pointer (&self->picture, g_free);
  g_clear_error (&self->trouble);
  strata_own_pad_emit_changed (STRATA_OWN_PAD (self));
}

static void
chosen_cb (StrataPictureInput *self,
           int                 response,
           GtkNativeDialog    *dialog)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT
                           ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog)) : NULL;

  if (file != NULL)
    open_picture (STRATA_OWN_PAD (self), file);
  g_clear_object (&self->chooser);
}

static void
open_cb (StrataPictureInput *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  if (self->chooser != NULL)
    return;
  gtk_file_filter_set_name (filter, _("Pictures"));
  gtk_file_filter_add_mime_type (filter, "image/*");
  self->chooser = gtk_file_chooser_native_new (_("Open a Picture"), GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                               GTK_FILE_CHOOSER_ACTION_OPEN, _("_Open"), _("_Cancel"));
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), filter);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
strata_picture_input_dispose (GObject *object)
{
  StrataPictureInput *self = STRATA_PICTURE_INPUT (object);

  g_clear_object (&self->chooser);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->set, strata_data_set_unref);
  g_clear_pointer (&self->picture, g_free);
  g_clear_error (&self->trouble);

  G_OBJECT_CLASS (strata_picture_input_parent_class)->dispose (object);
}

static void
strata_picture_input_class_init (StrataPictureInputClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = strata_picture_input_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
strata_picture_input_init (StrataPictureInput *self)
{
  GtkWidget *side = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *open = gtk_button_new_with_mnemonic (_("Open a pict_ure…"));

  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  self->clear = gtk_button_new_with_mnemonic (_("New _paper"));
  self->pad = strata_draw_pad_new ();
  self->seen = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_valign (self->pad, GTK_ALIGN_START);
  gtk_widget_set_halign (side, GTK_ALIGN_START);
  gtk_widget_set_valign (side, GTK_ALIGN_START);
  g_signal_connect_object (self->pad, "changed", G_CALLBACK (drawn_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->clear, "clicked", G_CALLBACK (strata_draw_pad_clear), self->pad, G_CONNECT_SWAPPED);
  g_signal_connect_object (open, "clicked", G_CALLBACK (open_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (side), self->clear);
  gtk_box_append (GTK_BOX (side), open);
  gtk_box_append (GTK_BOX (side), self->seen);
  gtk_box_append (GTK_BOX (self->box), self->pad);
  gtk_box_append (GTK_BOX (self->box), side);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

/**
 * strata_picture_input_new:
 *
 * Returns: (transfer floating): a pad for pictures, of no network yet
 */
GtkWidget *
strata_picture_input_new (void)
{
  return g_object_new (STRATA_TYPE_PICTURE_INPUT, NULL);
}
