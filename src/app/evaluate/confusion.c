/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "evaluate/confusion.h"

#include <glib/gi18n.h>
#include <math.h>

#include "charts/drawing.h"
#include "widgets/words.h"

/* Lengths in heights of a line of text. */
#define CELL 2.2
#define SMALLEST_CELL 0.5
#define LARGEST_CELL 5.0
#define NAMES 6.0
#define GAP 0.4
/* Numbers are written where cells are large enough. */
#define WRITTEN_FROM 1.6
/* A colour this strong takes the surface's colour for its text. */
#define STRONG 0.55

/**
 * StrataConfusion:
 *
 * What samples are, and what they were taken for: a row for each class, right answers on the diagonal. A cell is chosen
 * by a click or by the arrow keys.
 */
struct _StrataConfusion
{
  GtkWidget parent_instance;

  StrataEvaluation *evaluation; /* owned by who shows it */
  StrataChartTheme *theme;
  gint64 truth, answer;
};

enum
{
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataConfusion, strata_confusion, GTK_TYPE_WIDGET)

typedef struct
{
  double em, left, cell;
} Layout;

static StrataChartTheme *
get_theme (StrataConfusion *self)
{
  if (self->theme == NULL)
    self->theme = strata_chart_theme_new_for_widget (GTK_WIDGET (self));
  return self->theme;
}

static gint64
get_n (StrataConfusion *self)
{
  return self->evaluation != NULL ? self->evaluation->n_classes : 0;
}

static Layout
lay_out (StrataConfusion *self,
         double           width)
{
  Layout layout = { .em = strata_chart_theme_em (get_theme (self)) };

  layout.left = NAMES * layout.em;
  layout.cell = get_n (self) > 0
                ? CLAMP ((width - layout.left) / get_n (self), SMALLEST_CELL * layout.em, LARGEST_CELL * layout.em) : 0;
  return layout;
}

/* Cells are lower than wide, which numbers are, too. */
static double
get_cell_height (const Layout *layout)
{
  return fmin (layout->cell * 0.8, CELL * layout->em);
}

static GtkSizeRequestMode
strata_confusion_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
strata_confusion_measure (GtkWidget      *widget,
                          GtkOrientation  orientation,
                          int             for_size,
                          int            *minimum,
                          int            *natural,
                          int            *minimum_baseline,
                          int            *natural_baseline)
{
  StrataConfusion *self = STRATA_CONFUSION (widget);
  double em = strata_chart_theme_em (get_theme (self));

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = (int) ceil (NAMES * em + get_n (self) * SMALLEST_CELL * em);
      *natural = (int) ceil (NAMES * em + get_n (self) * CELL * em);
    }
  else
    {
      Layout layout = lay_out (self, for_size > 0 ? for_size : NAMES * em + get_n (self) * CELL * em);

      *minimum = *natural = (int) ceil (get_n (self) * get_cell_height (&layout) + 3.4 * em);
    }
}

static double
mirror (StrataConfusion *self,
        double           x,
        double           width)
{
  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    return gtk_widget_get_width (GTK_WIDGET (self)) - x - width;
  return x;
}

static void
draw_text (StrataConfusion *self,
           const char      *text,
           const GdkRGBA   *color,
           double           x,
           double           middle,
           double           width,
           double           anchor,
           cairo_t         *cr)
{
  strata_chart_draw_label (self->theme, text, color, mirror (self, x, width), middle, width, anchor, cr);
}

/* Right answers are blue, wrong ones orange; the more of a class, the stronger. */
static void
draw_cell (StrataConfusion *self,
           const Layout    *layout,
           gint64           truth,
           gint64           answer,
           cairo_t         *cr)
{
  gint64 count = strata_evaluation_get_count (self->evaluation, truth, answer);
  gint64 all = strata_evaluation_get_n_true (self->evaluation, truth);
  double share = all > 0 ? (double) count / all : 0, height = get_cell_height (layout);
  /* What is rare is what is looked for: roots make it visible. */
  double strength = count > 0 ? 0.12 + 0.88 * sqrt (share) : 0;
  double x = mirror (self, layout->left + answer * layout->cell, layout->cell), y = truth * height;
  GdkRGBA color = *strata_chart_theme_get_color (self->theme, truth == answer ? 0 : 1);
  g_autofree char *text = strata_words_count (count);
  GdkRGBA ink = strength > STRONG ? self->theme->surface : self->theme->ink;

  color.alpha = strength;
  gdk_cairo_set_source_rgba (cr, count > 0 ? &color : &self->theme->grid);
  if (count == 0)
    cairo_set_source_rgba (cr, self->theme->ink.red, self->theme->ink.green, self->theme->ink.blue, 0.04);
  cairo_rectangle (cr, x + 1, y + 1, layout->cell - 2, height - 2);
  cairo_fill (cr);
  if (layout->cell >= WRITTEN_FROM * layout->em && count > 0)
    draw_text (self, text, &ink, layout->left + answer * layout->cell, y + height / 2, layout->cell, 0.5, cr);
  if (truth == self->truth && answer == self->answer)
    {
      gdk_cairo_set_source_rgba (cr, &self->theme->ink);
      cairo_set_line_width (cr, 2);
      cairo_rectangle (cr, x + 1, y + 1, layout->cell - 2, height - 2);
      cairo_stroke (cr);
    }
}

static void
draw_names (StrataConfusion *self,
            const Layout    *layout,
            cairo_t         *cr)
{
  double height = get_cell_height (layout), below = get_n (self) * height;
  gboolean mirrored = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  /* Names of small cells would run into each other. */
  gint64 step = MAX (1, (gint64) ceil (1.1 * layout->em / height));

  for (gint64 i = 0; i < get_n (self); i += step)
    {
      g_autofree char *name = strata_evaluation_dup_class (self->evaluation, i);

      draw_text (self, name, &self->theme->ink, 0, (i + 0.5) * height, layout->left - GAP * layout->em,
                 mirrored ? 0 : 1, cr);
      draw_text (self, name, &self->theme->ink, layout->left + i * layout->cell, below + 0.9 * layout->em,
                 layout->cell * step, 0.5, cr);
    }
  draw_text (self, _("What it was taken for"), &self->theme->muted, layout->left, below + 2.4 * layout->em,
             get_n (self) * layout->cell, 0.5, cr);
  draw_text (self, _("What it is"), &self->theme->muted, 0, below + 0.9 * layout->em, layout->left - GAP * layout->em,
             mirrored ? 0 : 1, cr);
}

static void
strata_confusion_snapshot (GtkWidget   *widget,
                           GtkSnapshot *snapshot)
{
  StrataConfusion *self = STRATA_CONFUSION (widget);
  double width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  Layout layout = lay_out (self, width);
  cairo_t *cr;

  if (get_n (self) == 0)
    return;
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  for (gint64 truth = 0; truth < get_n (self); truth++)
    for (gint64 answer = 0; answer < get_n (self); answer++)
      draw_cell (self, &layout, truth, answer, cr);
  draw_names (self, &layout, cr);
  cairo_destroy (cr);
}

static void
clicked_cb (StrataConfusion *self,
            int              n_press,
            double           x,
            double           y)
{
  Layout layout = lay_out (self, gtk_widget_get_width (GTK_WIDGET (self)));
  gint64 answer, truth;

  if (get_n (self) == 0)
    return;
  x = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL
      ? gtk_widget_get_width (GTK_WIDGET (self)) - x : x;
  answer = (gint64) floor ((x - layout.left) / layout.cell);
  truth = (gint64) floor (y / get_cell_height (&layout));
  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (answer < 0 || truth < 0 || answer >= get_n (self) || truth >= get_n (self) ||
      (answer == self->answer && truth == self->truth))
    strata_confusion_choose (self, -1, -1);
  else
    strata_confusion_choose (self, truth, answer);
}

static gboolean
move_cb (GtkWidget *widget,
         GVariant  *args,
         gpointer   user_data)
{
  StrataConfusion *self = STRATA_CONFUSION (widget);
  gint32 across, down;

  if (get_n (self) == 0)
    return FALSE;
  g_variant_get (args, "(ii)", &across, &down);
  if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
    across = -across;
  if (self->truth < 0)
    strata_confusion_choose (self, 0, 0);
  else
    strata_confusion_choose (self, CLAMP (self->truth + down, 0, get_n (self) - 1),
                             CLAMP (self->answer + across, 0, get_n (self) - 1));
  return TRUE;
}

static gboolean
leave_cb (GtkWidget *widget,
          GVariant  *args,
          gpointer   user_data)
{
  StrataConfusion *self = STRATA_CONFUSION (widget);

  if (self->truth < 0)
    return FALSE;
  strata_confusion_choose (self, -1, -1);
  return TRUE;
}

static void
strata_confusion_css_changed (GtkWidget         *widget,
                              GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (strata_confusion_parent_class)->css_changed (widget, change);
  g_clear_pointer (&STRATA_CONFUSION (widget)->theme, strata_chart_theme_free);
  gtk_widget_queue_resize (widget);
}

static void
strata_confusion_finalize (GObject *object)
{
  g_clear_pointer (&STRATA_CONFUSION (object)->theme, strata_chart_theme_free);

  G_OBJECT_CLASS (strata_confusion_parent_class)->finalize (object);
}

static void
strata_confusion_class_init (StrataConfusionClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  static const struct
  {
    guint key;
    int across, down;
  } moves[] = { { GDK_KEY_Left, -1, 0 }, { GDK_KEY_Right, 1, 0 }, { GDK_KEY_Up, 0, -1 }, { GDK_KEY_Down, 0, 1 } };

  G_OBJECT_CLASS (klass)->finalize = strata_confusion_finalize;
  widget_class->get_request_mode = strata_confusion_get_request_mode;
  widget_class->measure = strata_confusion_measure;
  widget_class->snapshot = strata_confusion_snapshot;
  widget_class->css_changed = strata_confusion_css_changed;
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);
  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    gtk_widget_class_add_binding (widget_class, moves[i].key, 0, move_cb, "(ii)", moves[i].across, moves[i].down);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, leave_cb, NULL);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_set_css_name (widget_class, "strata-confusion");
}

static void
strata_confusion_init (StrataConfusion *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  self->truth = self->answer = -1;
  g_signal_connect_swapped (click, "released", G_CALLBACK (clicked_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Confusion matrix"), -1);
}

/**
 * strata_confusion_new:
 *
 * Returns: a matrix of nothing
 */
GtkWidget *
strata_confusion_new (void)
{
  return g_object_new (STRATA_TYPE_CONFUSION, NULL);
}

/**
 * strata_confusion_show:
 * @evaluation: (nullable): what to show; must stay until another is shown
 */
void
strata_confusion_show (StrataConfusion  *self,
                       StrataEvaluation *evaluation)
{
  self->evaluation = evaluation;
  strata_confusion_choose (self, -1, -1);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * strata_confusion_dup_sentence:
 *
 * Returns: (transfer full): what the chosen cell says, or the matrix as a whole
 */
char *
strata_confusion_dup_sentence (StrataConfusion *self)
{
  StrataEvaluation *evaluation = self->evaluation;
  gint64 right = 0, worst = 0, truth = 0, answer = 0;
  g_autofree char *is = NULL, *was = NULL, *part = NULL, *whole = NULL, *times = NULL;

  if (self->truth >= 0)
    {
      is = strata_evaluation_dup_class (evaluation, self->truth);
      was = strata_evaluation_dup_class (evaluation, self->answer);
      whole = strata_words_count (strata_evaluation_get_n_true (evaluation, self->truth));
      part = strata_words_count (strata_evaluation_get_count (evaluation, self->truth, self->answer));
      if (self->truth == self->answer)
        return g_strdup_printf (_("Of %s samples of “%s”, %s were recognized."), whole, is, part);
      /* Translators: "Of 980 samples of 4, 12 were taken for 9." */
      return g_strdup_printf (_("Of %s samples of “%s”, %s were taken for “%s”."), whole, is, part, was);
    }
  for (gint64 i = 0; i < get_n (self); i++)
    for (gint64 j = 0; j < get_n (self); j++)
      if (i == j)
        right += strata_evaluation_get_count (evaluation, i, j);
      else if (strata_evaluation_get_count (evaluation, i, j) > worst)
        {
          worst = strata_evaluation_get_count (evaluation, i, j);
          truth = i;
          answer = j;
        }
  if (worst == 0)
    return g_strdup (_("All samples were recognized."));
  is = strata_evaluation_dup_class (evaluation, truth);
  was = strata_evaluation_dup_class (evaluation, answer);
  part = strata_words_count (right);
  whole = strata_words_count (evaluation->n);
  times = strata_words_count (worst);
  if (worst == 1)
    return g_strdup_printf (_("%s of %s were recognized. No class was taken for another more than once."), part, whole);
  return g_strdup_printf (_("%s of %s were recognized. Most often, “%s” was taken for “%s”: %s times."), part, whole,
                          is, was, times);
}

/**
 * strata_confusion_choose:
 * @truth: a row, or -1
 * @answer: a column, or -1
 */
void
strata_confusion_choose (StrataConfusion *self,
                         gint64           truth,
                         gint64           answer)
{
  g_autofree char *sentence = NULL;

  self->truth = truth;
  self->answer = answer;
  if (self->evaluation != NULL)
    {
      sentence = strata_confusion_dup_sentence (self);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, sentence, -1);
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[CHOSEN], 0);
}

/**
 * strata_confusion_get_chosen:
 * @truth: (out): its row
 * @answer: (out): its column
 *
 * Returns: whether a cell is chosen
 */
gboolean
strata_confusion_get_chosen (StrataConfusion *self,
                             gint64          *truth,
                             gint64          *answer)
{
  *truth = self->truth;
  *answer = self->answer;
  return self->truth >= 0;
}
