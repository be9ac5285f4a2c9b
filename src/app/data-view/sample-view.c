/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "data-view/sample-view.h"

#include <math.h>

#include "data-view/series-plot.h"

/* Pictures are made at least this large, by repeating pixels: people want to see what there is. */
#define SIDE 96
#define TEXT_LINES 6
#define TEXT_CHARS 34
#define MOST_COLUMNS 8

/* Pixels are from 0 to 1, from -1 to 1 or from 0 to 255. */
static void
find_range (const float *numbers,
            gsize        n,
            double      *low,
            double      *high)
{
  double least = 0, most = 1;

  for (gsize i = 0; i < n; i++)
    {
      least = fmin (least, numbers[i]);
      most = fmax (most, numbers[i]);
    }
  *low = least < 0 ? least : 0;
  *high = most > 1 ? fmax (most, 255) : 1;
}

static GdkTexture *
make_texture (StrataPreview *preview,
              gsize          index)
{
  const float *numbers = strata_preview_get_sample (preview, index);
  gint64 height = preview->shape.dims[0], width = preview->shape.dims[1];
  gint64 channels = preview->shape.rank == 3 ? preview->shape.dims[2] : 1;
  gint64 scale = MAX (1, (SIDE + MAX (width, height) - 1) / MAX (width, height));
  gsize stride = (gsize) (width * scale * 3);
  g_autofree guchar *pixels = g_malloc (stride * height * scale);
  g_autoptr (GBytes) bytes = NULL;
  double low, high;

  find_range (numbers, preview->size, &low, &high);
  for (gint64 y = 0; y < height * scale; y++)
    for (gint64 x = 0; x < width * scale; x++)
      for (gint64 c = 0; c < 3; c++)
        {
          double v = numbers[((y / scale) * width + x / scale) * channels + (channels == 3 ? c : 0)];

          pixels[y * stride + x * 3 + c] = (guchar) lround (255 * CLAMP ((v - low) / (high - low), 0, 1));
        }
  bytes = g_bytes_new_take (g_steal_pointer (&pixels), stride * height * scale);
  return gdk_memory_texture_new ((int) (width * scale), (int) (height * scale), GDK_MEMORY_R8G8B8, bytes, stride);
}

static GtkWidget *
make_picture (StrataPreview *preview,
              gsize          i)
{
  g_autoptr (GdkTexture) texture = make_texture (preview, i);
  GtkWidget *picture = gtk_picture_new_for_paintable (GDK_PAINTABLE (texture));

  gtk_picture_set_can_shrink (GTK_PICTURE (picture), FALSE);
  gtk_widget_set_halign (picture, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (picture, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (picture, "sample-picture");
  gtk_widget_set_overflow (picture, GTK_OVERFLOW_HIDDEN);
  return picture;
}

static GtkWidget *
make_text (StrataPreview *preview,
           gsize          i)
{
  GtkWidget *label = gtk_label_new (preview->texts[i]);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (label), TEXT_LINES);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (label), TEXT_CHARS);
  gtk_label_set_max_width_chars (GTK_LABEL (label), TEXT_CHARS);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_valign (label, GTK_ALIGN_START);
  return label;
}

static GtkWidget *
make_row (StrataPreview *preview,
          gsize          index)
{
  const float *numbers = strata_preview_get_sample (preview, index);
  const GPtrArray *names = preview->set->feature_names;
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  for (guint i = 0; i < MIN (preview->size, MOST_COLUMNS); i++)
    {
      /* The mark keeps a sign at its number where people read from right to left. */
      g_autofree char *text = g_strdup_printf ("\u200e%.4g", numbers[i]), *number = g_strdup_printf ("%u", i + 1);
      GtkWidget *name = gtk_label_new (names != NULL && i < names->len ? g_ptr_array_index (names, i) : number);
      GtkWidget *value = gtk_label_new (text);

      gtk_label_set_xalign (GTK_LABEL (name), 0);
      gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
      gtk_label_set_max_width_chars (GTK_LABEL (name), 18);
      gtk_label_set_xalign (GTK_LABEL (value), 1);
      gtk_widget_set_hexpand (value, TRUE);
      gtk_widget_add_css_class (name, "dim-label");
      gtk_widget_add_css_class (value, "numeric");
      gtk_grid_attach (GTK_GRID (grid), name, 0, (int) i, 1, 1);
      gtk_grid_attach (GTK_GRID (grid), value, 1, (int) i, 1, 1);
    }
  return grid;
}

static GtkWidget *
make_content (StrataPreview *preview,
              gsize          i)
{
  switch (preview->kind)
    {
    case STRATA_SAMPLE_IMAGE:
      return make_picture (preview, i);
    case STRATA_SAMPLE_SERIES:
      return strata_series_plot_new (preview, i);
    case STRATA_SAMPLE_TEXT:
      return make_text (preview, i);
    case STRATA_SAMPLE_ROW:
    default:
      return make_row (preview, i);
    }
}

/* Below each other, each below its name. */
static GtkWidget *
make_inputs (StrataPreview *preview,
             gsize          i,
             GPtrArray     *names)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  for (guint k = 0; k < preview->inputs->len; k++)
    {
      if (names != NULL && k < names->len)
        {
          GtkWidget *name = gtk_label_new (g_ptr_array_index (names, k));

          gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
          gtk_widget_add_css_class (name, "caption");
          gtk_widget_add_css_class (name, "dim-label");
          gtk_box_append (GTK_BOX (box), name);
        }
      gtk_box_append (GTK_BOX (box), make_content (g_ptr_array_index (preview->inputs, k), i));
    }
  return box;
}

/**
 * strata_sample_view_new: (skip)
 * @i: which sample
 * @label: what is written below it
 * @inputs: (nullable) (element-type utf8): names of its inputs, which are written where there are several
 *
 * Returns: (transfer floating): a card with the sample
 */
GtkWidget *
strata_sample_view_new (StrataPreview *preview,
                        gsize          i,
                        const char    *label,
                        GPtrArray     *inputs)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6), *caption = gtk_label_new (label);
  GtkWidget *content = preview->inputs != NULL ? make_inputs (preview, i, inputs) : make_content (preview, i);

  gtk_widget_add_css_class (box, "card");
  gtk_widget_add_css_class (box, "sample");
  gtk_label_set_wrap (GTK_LABEL (caption), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (caption), preview->kind == STRATA_SAMPLE_IMAGE ? 14 : 28);
  gtk_label_set_justify (GTK_LABEL (caption), GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (caption, "numeric");
  gtk_widget_add_css_class (caption, "heading");
  gtk_widget_set_vexpand (content, TRUE);
  gtk_box_append (GTK_BOX (box), content);
  gtk_box_append (GTK_BOX (box), caption);
  gtk_accessible_update_property (GTK_ACCESSIBLE (content), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  return box;
}
