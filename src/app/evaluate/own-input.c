/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "evaluate/own-input.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "data-view/sample-view.h"
#include "evaluate/draw-pad.h"
#include "evaluate/feature-fields.h"
#include "evaluate/ink.h"
#include "evaluate/picture.h"
#include "evaluate/series-input.h"
#include "runner/own-sample.h"
#include "widgets/paragraph.h"

/* Of more classes, only the likeliest are shown. */
#define MOST_BARS 12
#define MOST_FEATURES 40
/* More lines cannot be told apart, and more steps not be hit. */
#define MOST_LINES 12
#define MOST_STEPS 400

/**
 * StrataOwnInput:
 *
 * What the network says to what the user draws, drops, types or sets: the answer follows every stroke.
 */
struct _StrataOwnInput
{
  GtkWidget parent_instance;

  StrataEvaluation *evaluation; /* the view's, until another is shown */
  StrataSampleKind kind;
  StrataShape shape;
  gboolean asking, changed;     /* whether a question is on its way, and whether there is another one already */
  float *picture;               /* that was opened, instead of what is drawn, or NULL */
  int width, height;            /* of it */
  gboolean is_exact;            /* whether it was read in this form, as the samples were */
  StrataImageForm form;
  GtkFileChooserNative *chooser;

  GtkWidget *stack, *pad, *clear, *seen, *entry, *fields, *series;
  GtkWidget *sentence, *bars;
};

G_DEFINE_FINAL_TYPE (StrataOwnInput, strata_own_input, GTK_TYPE_WIDGET)

static void ask (StrataOwnInput *self);

static gboolean
sees_colors (StrataOwnInput *self)
{
  return self->shape.rank == 3 && self->shape.dims[2] == 3;
}

/* What to do, while there is nothing to answer. */
static void
show_hint (StrataOwnInput *self)
{
  static const char *const hints[] = {
    [STRATA_SAMPLE_ROW] = N_("Change a number"),
    [STRATA_SAMPLE_IMAGE] = N_("Draw on the paper, or drop a picture: the answer follows the pen"),
    [STRATA_SAMPLE_SERIES] = N_("Bend a line: the answer follows it"),
    [STRATA_SAMPLE_TEXT] = N_("Type a few words: the answer follows them"),
  };

  gtk_label_set_label (GTK_LABEL (self->sentence), self->kind == STRATA_SAMPLE_IMAGE && sees_colors (self)
                                                     ? _("Open a picture, or drop one here")
                                                     : _(hints[self->kind]));
  strata_bars_clear (STRATA_BARS (self->bars));
}

static void
add_bar (StrataOwnInput *self,
         gint64          class,
         double          probability,
         gboolean        is_best)
{
  g_autofree char *name = strata_data_set_dup_answer (self->evaluation->set, class);
  /* Translators: a probability in percent */
  g_autofree char *text = g_strdup_printf (_("%.1f %%"), 100 * probability);

  strata_bars_add (STRATA_BARS (self->bars), name, probability, text, is_best ? 0 : 6);
}

static gint64
find_most (const GArray *answer,
           double        below)
{
  gint64 best = -1;

  for (guint i = 0; i < answer->len; i++)
    if (g_array_index (answer, double, i) < below &&
        (best < 0 || g_array_index (answer, double, i) > g_array_index (answer, double, best)))
      best = i;
  return best;
}

static void
show_classes (StrataOwnInput *self,
              const GArray   *answer)
{
  gint64 best = find_most (answer, INFINITY);
  g_autofree char *name = strata_data_set_dup_answer (self->evaluation->set, best), *text = NULL;
  double below = INFINITY;

  /* Translators: what the network takes something for, and how sure it is in percent */
  text = g_strdup_printf (_("It says “%s”, and is %.0f %% sure"), name, 100 * g_array_index (answer, double, best));
  gtk_label_set_label (GTK_LABEL (self->sentence), text);
  strata_bars_clear (STRATA_BARS (self->bars));
  if (answer->len <= MOST_BARS)
    for (guint i = 0; i < answer->len; i++)
      add_bar (self, i, g_array_index (answer, double, i), i == best);
  else
    for (guint i = 0; i < MOST_BARS; i++)
      {
        gint64 next = find_most (answer, below);

        if (next < 0)
          break;
        below = g_array_index (answer, double, next);
        add_bar (self, next, below, i == 0);
      }
}

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (StrataOwnInput) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) answer = strata_evaluation_answer_finish (result, &error);

  self->asking = FALSE;
  if (self->evaluation == NULL)
    return;
  if (self->changed)
    {
      ask (self);
      return;
    }
  if (answer == NULL)
    {
      strata_bars_clear (STRATA_BARS (self->bars));
      gtk_label_set_label (GTK_LABEL (self->sentence), error->message);
    }
  else if (self->evaluation->n_classes > 0)
    show_classes (self, answer);
  else
    {
      /* Translators: a number that was predicted */
      g_autofree char *text = g_strdup_printf (_("It says %.4g"), g_array_index (answer, double, 0));

      gtk_label_set_label (GTK_LABEL (self->sentence), text);
    }
}

/* The picture as the network gets it. */
static void
show_seen (StrataOwnInput *self,
           StrataDataSet  *sample)
{
  g_autoptr (StrataPreview) preview = sample != NULL
                                      ? strata_preview_new (sample, FALSE, &(gint64){ 0 }, 1, NULL) : NULL;
  GtkWidget *old = gtk_widget_get_first_child (self->seen);

  if (old != NULL)
    gtk_box_remove (GTK_BOX (self->seen), old);
  if (preview != NULL)
    gtk_box_append (GTK_BOX (self->seen), strata_sample_view_new (preview, 0, _("What it sees")));
}

/* Drawings, and pictures for networks that see no colours: what is written on them, made as large as usual. */
static StrataDataSet *
read_ink (StrataOwnInput  *self,
          GError         **error)
{
  StrataEvaluation *evaluation = self->evaluation;
  int width = self->width, height = self->height, rows = (int) self->shape.dims[0], columns = (int) self->shape.dims[1];
  g_autofree float *ink = self->picture != NULL ? strata_picture_to_ink (self->picture, width, height)
                                                : strata_draw_pad_read (STRATA_DRAW_PAD (self->pad), &width, &height);
  g_autofree float *pixels = g_new (float, rows * columns);

  if (!strata_ink_center (ink, width, height, pixels, columns, rows))
    return NULL;
  /* Files are taken as they are, and so are drawings beside them. */
  if (evaluation->set->image_form != NULL)
    strata_picture_scale (ink, width, height, 1, pixels, columns, rows);
  return strata_own_sample_from_ink (evaluation->set, &evaluation->paper, pixels, error);
}

static StrataDataSet *
read_colors (StrataOwnInput  *self,
             GError         **error)
{
  int rows = (int) self->shape.dims[0], columns = (int) self->shape.dims[1];
  g_autofree float *scaled = g_new (float, rows * columns * 3);

  if (self->picture == NULL)
    return NULL;
  strata_picture_scale (self->picture, self->width, self->height, 3, scaled, columns, rows);
  return strata_own_sample_from_colors (self->evaluation->set, &self->evaluation->paper, scaled, error);
}

static StrataDataSet *
read_picture (StrataOwnInput  *self,
              GError         **error)
{
  StrataDataSet *set = self->evaluation->set, *sample;

  if (set->image_form != NULL && self->picture != NULL)
    sample = strata_own_sample_from_numbers (set, self->picture, error);
  else
    sample = sees_colors (self) ? read_colors (self, error) : read_ink (self, error);
  show_seen (self, sample);
  return sample;
}

/* NULL without @error where there is nothing to ask yet. */
static StrataDataSet *
read_sample (StrataOwnInput  *self,
             GError         **error)
{
  g_autofree double *values = NULL;
  const float *numbers;
  const char *text;

  switch (self->kind)
    {
    case STRATA_SAMPLE_IMAGE:
      return read_picture (self, error);
    case STRATA_SAMPLE_TEXT:
      text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
      return *text != '\0' ? strata_own_sample_from_text (self->evaluation->set, text, error) : NULL;
    case STRATA_SAMPLE_SERIES:
      numbers = strata_series_input_read (STRATA_SERIES_INPUT (self->series));
      return numbers != NULL ? strata_own_sample_from_numbers (self->evaluation->set, numbers, error) : NULL;
    case STRATA_SAMPLE_ROW:
    default:
      values = strata_feature_fields_read (STRATA_FEATURE_FIELDS (self->fields));
      return strata_own_sample_from_row (self->evaluation->set, values, error);
    }
}

static void
ask (StrataOwnInput *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataDataSet) sample = NULL;

  if (self->evaluation == NULL)
    return;
  self->changed = self->asking;
  if (self->asking)
    return;
  sample = read_sample (self, &error);
  if (sample != NULL)
    {
      self->asking = TRUE;
      strata_evaluation_answer_async (self->evaluation, sample, NULL, answered_cb, g_object_ref (self));
      return;
    }
  show_hint (self);
  if (error != NULL)
    gtk_label_set_label (GTK_LABEL (self->sentence), error->message);
}

static gboolean
find_kind (StrataOwnInput *self)
{
  StrataDataSet *set = self->evaluation->set;

  if (self->evaluation->answers == NULL || strata_source_get_n_arrays (set->x) != 1)
    return FALSE;
  self->kind = strata_preview_recognize (set, &self->shape);
  switch (self->kind)
    {
    case STRATA_SAMPLE_IMAGE:
    case STRATA_SAMPLE_TEXT:
      return TRUE;
    case STRATA_SAMPLE_ROW:
      return self->shape.rank == 1 && self->shape.dims[0] <= MOST_FEATURES;
    case STRATA_SAMPLE_SERIES:
      return self->shape.dims[0] <= MOST_STEPS && self->shape.dims[1] <= MOST_LINES;
    default:
      return FALSE;
    }
}

/* Whether a picture that was read for a network before fits this one, where it was read as large as that wanted it. */
static gboolean
is_as_large (StrataOwnInput *self)
{
  const StrataImageForm *form = self->evaluation->set->image_form;

  return form == NULL ? !self->is_exact
                      : self->is_exact && memcmp (form, &self->form, sizeof *form) == 0;
}

/**
 * strata_own_input_show:
 * @evaluation: (nullable): of the network to ask; it must stay until another is shown
 *
 * Returns: whether own input is possible; nothing is to be seen otherwise
 */
gboolean
strata_own_input_show (StrataOwnInput   *self,
                       StrataEvaluation *evaluation)
{
  static const char *const pages[] = {
    [STRATA_SAMPLE_ROW] = "row", [STRATA_SAMPLE_IMAGE] = "image", [STRATA_SAMPLE_SERIES] = "series",
    [STRATA_SAMPLE_TEXT] = "text"
  };

  self->evaluation = evaluation;
  if (evaluation == NULL || !find_kind (self))
    {
      self->evaluation = NULL;
      return FALSE;
    }
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), pages[self->kind]);
  if (!is_as_large (self))
    g_clear_pointer (&self->picture, g_free);
  gtk_widget_set_visible (self->pad, !sees_colors (self));
  gtk_widget_set_visible (self->clear, !sees_colors (self));
  if (self->kind == STRATA_SAMPLE_ROW)
    strata_feature_fields_show (STRATA_FEATURE_FIELDS (self->fields), evaluation->set);
  if (self->kind == STRATA_SAMPLE_SERIES)
    strata_series_input_show (STRATA_SERIES_INPUT (self->series), evaluation);
  gtk_widget_set_visible (self->bars, evaluation->n_classes > 0);
  ask (self);
  return TRUE;
}

StrataBars *
strata_own_input_get_bars (StrataOwnInput *self)
{
  return STRATA_BARS (self->bars);
}

const char *
strata_own_input_get_answer (StrataOwnInput *self)
{
  return gtk_label_get_label (GTK_LABEL (self->sentence));
}

/* What is no longer shown has nothing left to tell it with. */
static void
take_picture (StrataOwnInput *self,
              float          *picture,
              const GError   *error)
{
  if (self->evaluation == NULL)
    {
      g_free (picture);
      return;
    }
  if (picture == NULL)
    {
      strata_bars_clear (STRATA_BARS (self->bars));
      gtk_label_set_label (GTK_LABEL (self->sentence), error->message);
      return;
    }
  g_free (self->picture);
  self->picture = picture;
  if (is_as_large (self))
    ask (self);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (StrataOwnInput) self = user_data;
  g_autoptr (GError) error = NULL;
  float *picture = strata_picture_read_finish (result, &self->width, &self->height, &error);

  self->is_exact = FALSE;
  take_picture (self, picture, error);
}

static void
read_sample_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (StrataOwnInput) self = user_data;
  g_autoptr (GError) error = NULL;
  float *picture = strata_picture_read_sample_finish (result, &self->form, &error);

  self->is_exact = TRUE;
  take_picture (self, picture, error);
}

/**
 * strata_own_input_open_picture:
 *
 * Asks about a picture, where pictures are what the network takes.
 *
 * Returns: whether they are
 */
gboolean
strata_own_input_open_picture (StrataOwnInput *self,
                               GFile          *file)
{
  const StrataImageForm *form;

  if (self->evaluation == NULL || self->kind != STRATA_SAMPLE_IMAGE)
    return FALSE;
  form = self->evaluation->set->image_form;
  if (form != NULL)
    strata_picture_read_sample_async (file, form, NULL, read_sample_cb, g_object_ref (self));
  else
    strata_picture_read_async (file, NULL, read_cb, g_object_ref (self));
  return TRUE;
}

/* A stroke is worth more than a picture that was opened before. */
static void
drawn_cb (StrataOwnInput *self)
{
  g_clear_pointer (&self->picture, g_free);
  ask (self);
}

static void
chosen_cb (StrataOwnInput  *self,
           int              response,
           GtkNativeDialog *dialog)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT
                           ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog)) : NULL;

  if (file != NULL)
    strata_own_input_open_picture (self, file);
  g_clear_object (&self->chooser);
}

static void
open_cb (StrataOwnInput *self)
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

static GtkWidget *
build_picture (StrataOwnInput *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12), *side = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *open = gtk_button_new_with_mnemonic (_("Open a pict_ure…"));

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
  gtk_box_append (GTK_BOX (box), self->pad);
  gtk_box_append (GTK_BOX (box), side);
  return box;
}

static GtkWidget *
build_text (StrataOwnInput *self)
{
  self->entry = gtk_entry_new ();
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), _("A text of yours"));
  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), 30);
  gtk_widget_set_valign (self->entry, GTK_ALIGN_START);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("A text of yours"), -1);
  g_signal_connect_object (self->entry, "changed", G_CALLBACK (ask), self, G_CONNECT_SWAPPED);
  return self->entry;
}

static GtkWidget *
build_row (StrataOwnInput *self)
{
  self->fields = strata_feature_fields_new ();
  g_signal_connect_object (self->fields, "changed", G_CALLBACK (ask), self, G_CONNECT_SWAPPED);
  return self->fields;
}

static GtkWidget *
build_series (StrataOwnInput *self)
{
  self->series = strata_series_input_new ();
  g_signal_connect_object (self->series, "changed", G_CALLBACK (ask), self, G_CONNECT_SWAPPED);
  return self->series;
}

static void
strata_own_input_dispose (GObject *object)
{
  StrataOwnInput *self = STRATA_OWN_INPUT (object);
  GtkWidget *child;

  self->evaluation = NULL;
  g_clear_object (&self->chooser);
  g_clear_pointer (&self->picture, g_free);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (strata_own_input_parent_class)->dispose (object);
}

static void
strata_own_input_class_init (StrataOwnInputClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = strata_own_input_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
}

static void
strata_own_input_init (StrataOwnInput *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self))), 24);
  self->stack = gtk_stack_new ();
  gtk_stack_set_hhomogeneous (GTK_STACK (self->stack), FALSE);
  gtk_stack_set_vhomogeneous (GTK_STACK (self->stack), FALSE);
  self->sentence = strata_paragraph_append (box, NULL, "heading", PANGO_WRAP_WORD);
  self->bars = strata_bars_new (_("How sure it is of each class"));
  strata_bars_set_whole (STRATA_BARS (self->bars), 1);
  gtk_widget_set_hexpand (box, TRUE);
  gtk_box_append (GTK_BOX (box), self->bars);
  gtk_stack_add_named (GTK_STACK (self->stack), build_picture (self), "image");
  gtk_stack_add_named (GTK_STACK (self->stack), build_text (self), "text");
  gtk_stack_add_named (GTK_STACK (self->stack), build_row (self), "row");
  gtk_stack_add_named (GTK_STACK (self->stack), build_series (self), "series");
  gtk_widget_set_parent (self->stack, GTK_WIDGET (self));
  gtk_widget_set_parent (box, GTK_WIDGET (self));
}

/**
 * strata_own_input_new:
 *
 * Returns: (transfer floating): a place for own input, of no network yet
 */
GtkWidget *
strata_own_input_new (void)
{
  return g_object_new (STRATA_TYPE_OWN_INPUT, NULL);
}
