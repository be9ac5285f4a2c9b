/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "inspector/activation-curve.h"

#include "activations/activation.h"

#define N_POINTS 49
/* From minus to plus this. */
#define RANGE 3.0
#define WIDTH 28
#define HEIGHT 20

/**
 * StrataActivationCurve:
 *
 * A small picture of an activation function, drawn from what it really computes.
 */
struct _StrataActivationCurve
{
  GtkWidget parent_instance;

  gboolean known;
  double values[N_POINTS];
};

G_DEFINE_FINAL_TYPE (StrataActivationCurve, strata_activation_curve, GTK_TYPE_WIDGET)

static gboolean
compute (const char *name,
         double     *values)
{
  g_autoptr (StrataBuilder) builder = strata_builder_new_eager (1);
  g_autoptr (StrataTensor) tensor = strata_tensor_new (STRATA_FLOAT32, &STRATA_SHAPE (1, N_POINTS));
  g_autoptr (StrataObject) activation = strata_object_new (STRATA_KIND_ACTIVATION, name, NULL, NULL);
  StrataValue *result;
  float *data = strata_tensor_get_data (tensor);

  if (activation == NULL)
    return FALSE;
  for (guint i = 0; i < N_POINTS; i++)
    data[i] = RANGE * (2.0 * i / (N_POINTS - 1) - 1);
  result = strata_activation_apply (STRATA_ACTIVATION (activation), builder,
                                    strata_builder_constant (builder, g_steal_pointer (&tensor)));
  if (strata_builder_has_failed (builder) || result->tensor == NULL)
    return FALSE;

  data = strata_tensor_get_data (result->tensor);
  for (guint i = 0; i < N_POINTS; i++)
    values[i] = data[i];
  return TRUE;
}

static void
add_points (StrataActivationCurve *self,
            cairo_t               *cr,
            double                 width,
            double                 height)
{
  double low = 0, high = 0;

  for (guint i = 0; i < N_POINTS; i++)
    {
      low = MIN (low, self->values[i]);
      high = MAX (high, self->values[i]);
    }
  for (guint i = 0; i < N_POINTS; i++)
    cairo_line_to (cr, 1 + (width - 2) * i / (N_POINTS - 1),
                   height - 2 - (height - 4) * (self->values[i] - low) / MAX (high - low, 1e-6));
}

static void
strata_activation_curve_snapshot (GtkWidget   *widget,
                                  GtkSnapshot *snapshot)
{
  StrataActivationCurve *self = STRATA_ACTIVATION_CURVE (widget);
  double width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  GdkRGBA ink;
  cairo_t *cr;

  if (!self->known)
    return;
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &ink);
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  cairo_set_line_width (cr, 1);
  cairo_set_source_rgba (cr, ink.red, ink.green, ink.blue, 0.25);
  cairo_move_to (cr, width / 2, 0);
  cairo_line_to (cr, width / 2, height);
  cairo_stroke (cr);
  add_points (self, cr, width, height);
  cairo_set_line_width (cr, 2);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  gdk_cairo_set_source_rgba (cr, &ink);
  cairo_stroke (cr);
  cairo_destroy (cr);
}

static void
strata_activation_curve_class_init (StrataActivationCurveClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = strata_activation_curve_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
strata_activation_curve_init (StrataActivationCurve *self)
{
  gtk_widget_set_size_request (GTK_WIDGET (self), WIDTH, HEIGHT);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

GtkWidget *
strata_activation_curve_new (void)
{
  return g_object_new (STRATA_TYPE_ACTIVATION_CURVE, NULL);
}

/**
 * strata_activation_curve_set_name:
 * @name: Keras's name of the function
 */
void
strata_activation_curve_set_name (StrataActivationCurve *self,
                                  const char            *name)
{
  self->known = compute (name, self->values);
  gtk_widget_set_visible (GTK_WIDGET (self), self->known);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
