/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/operation.h"

#include <math.h>

#include "base/json.h"
#include "layers/image/augment.h"
#include "layers/image/color.h"
#include "layers/image/elastic.h"
#include "layers/image/homography.h"
#include "ops/affine.h"
#include "ops/elementwise.h"
#include "ops/reduce.h"
#include "ops/shaping.h"

/* What keras.ops.image does to images: one, or a batch of them. */

typedef struct
{
  StrataOperands *operands;
  gboolean single; /* no batch */
  const char *format;
} Images;

static const char *
get_text (StrataOperands *self,
          const char     *name,
          const char     *fallback)
{
  return strata_json_get_string (self->config, name, fallback);
}

/* The images as (batch, rows, columns, channels); NULL where the builder has failed. */
static StrataValue *
enter (StrataOperands *operands,
       guint           i,
       Images         *images)
{
  StrataValue *x = strata_operands_get_float (operands, i);

  *images = (Images){ operands, x->shape.rank == 3, get_text (operands, "data_format", "channels_last") };
  if (!strata_builder_has_failed (operands->b) && x->shape.rank != 3 && x->shape.rank != 4)
    strata_operands_fail (operands, "takes images: 3 or 4 dimensions");
  if (strata_builder_has_failed (operands->b))
    return NULL;
  return strata_to_channels_last (operands->b, images->single ? strata_expand_dims (operands->b, x, 0) : x,
                                  images->format);
}

static void
leave (const Images *images,
       StrataValue  *y,
       StrataDType   dtype)
{
  StrataBuilder *b = images->operands->b;

  y = strata_from_channels_last (b, y, images->format);
  strata_operands_return (images->operands, images->single ? strata_squeeze (b, y, 0) : y, dtype);
}

static void
emit_color (StrataOperands *self)
{
  Images images;
  StrataValue *x = enter (self, 0, &images), *parts[3];

  if (x == NULL)
    return;
  if (g_str_equal (self->operation->name, "RGBToGrayscale"))
    x = strata_color_to_gray (self->b, x);
  else if (g_str_equal (self->operation->name, "RGBToHSV"))
    {
      strata_color_to_hsv (self->b, x, parts);
      x = strata_concatenate (self->b, parts, 3, 3);
    }
  else if (x->shape.dims[3] != 3)
    strata_operands_fail (self, "takes images of three channels");
  else
    {
      for (int i = 0; i < 3; i++)
        parts[i] = strata_slice (self->b, x, 3, i, 1);
      x = strata_color_from_hsv (self->b, parts);
    }
  leave (&images, x, strata_operands_get_dtype (self));
}

static void
emit_resize (StrataOperands *self)
{
  static const char *const same[] = { "interpolation", "antialias", "crop_to_aspect_ratio", "pad_to_aspect_ratio",
                                      "fill_mode", "fill_value", "data_format" };
  g_autoptr (JsonObject) config = json_object_new ();
  g_autoptr (StrataLayer) layer = NULL;
  g_autoptr (GError) error = NULL;
  StrataInts size;

  if (!strata_operands_ints (self, "size", &size) || size.n != 2)
    {
      strata_operands_fail (self, "needs a size of rows and columns");
      return;
    }
  json_object_set_int_member (config, "height", size.v[0]);
  json_object_set_int_member (config, "width", size.v[1]);
  for (guint i = 0; i < G_N_ELEMENTS (same); i++)
    if (strata_operands_param (self, same[i]) != NULL)
      json_object_set_member (config, same[i], json_node_copy (strata_operands_param (self, same[i])));
  layer = strata_layer_new ("Resizing", config, &error);
  if (layer == NULL)
    strata_operands_fail (self, "cannot be computed: %s", error->message);
  else
    strata_operands_return (self, strata_layer_call_on (layer, self->b, strata_operands_get (self, 0), FALSE),
                            strata_operands_get_dtype (self));
}

static gboolean
read_affine (StrataOperands      *self,
             StrataAffineOptions *options)
{
  static const char *const names[] = { "constant", "nearest", "reflect", "wrap" };
  const char *fill = get_text (self, "fill_mode", "constant");

  *options = (StrataAffineOptions){ .nearest = g_str_equal (get_text (self, "interpolation", "bilinear"), "nearest"),
                                    .value = strata_operands_number (self, "fill_value") };
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i], fill))
      {
        options->fill = i;
        return TRUE;
      }
  strata_operands_fail (self, "does not know the fill mode “%s”", fill);
  return FALSE;
}

/* One map for all images, where there is but one. */
static StrataValue *
spread (StrataBuilder *b,
        StrataValue   *maps,
        StrataValue   *x)
{
  StrataShape shape = maps->shape;

  if (strata_builder_has_failed (b) || shape.dims[0] == x->shape.dims[0])
    return maps;
  shape.dims[0] = x->shape.dims[0];
  return strata_broadcast_to (b, maps, &shape);
}

static void
emit_affine_transform (StrataOperands *self)
{
  Images images;
  StrataAffineOptions options;
  StrataValue *x = enter (self, 0, &images), *map = strata_operands_get_float (self, 1);

  if (x == NULL || !read_affine (self, &options))
    return;
  map = spread (self->b, map->shape.rank == 1 ? strata_expand_dims (self->b, map, 0) : map, x);
  leave (&images, strata_affine (self->b, x, map, &options), strata_operands_get_dtype (self));
}

static void
emit_perspective_transform (StrataOperands *self)
{
  Images images;
  StrataAffineOptions options;
  StrataValue *x = enter (self, 0, &images), *points[2];

  if (x == NULL || !read_affine (self, &options))
    return;
  for (int i = 0; i < 2; i++)
    {
      points[i] = strata_operands_get_float (self, i + 1);
      if (points[i]->shape.rank == 2)
        points[i] = strata_expand_dims (self->b, points[i], 0);
      if (strata_builder_has_failed (self->b) || points[i]->shape.rank != 3 || points[i]->shape.dims[1] != 4 ||
          points[i]->shape.dims[2] != 2)
        {
          strata_operands_fail (self, "takes four points, for all images or for each");
          return;
        }
    }
  leave (&images,
         strata_affine (self->b, x, spread (self->b, strata_homography (self->b, points[0], points[1]), x), &options),
         strata_operands_get_dtype (self));
}

static void
emit_map_coordinates (StrataOperands *self)
{
  StrataMapOptions options = { .value = strata_operands_number (self, "fill_value"),
                               .nearest = strata_operands_number (self, "order") == 0 };
  StrataValue *x = strata_operands_get_float (self, 0), *places = strata_operands_get_float (self, 1);

  if (!strata_map_fill_from_name (get_text (self, "fill_mode", "constant"), &options.fill))
    strata_operands_fail (self, "does not know the fill mode “%s”", get_text (self, "fill_mode", ""));
  else if (strata_operands_number (self, "order") > 1)
    strata_operands_fail (self, "is only computed for orders of 0 and 1");
  else
    strata_operands_return (self, strata_map_coordinates (self->b, x, places, &options),
                            strata_operands_get_dtype (self));
}

/* Rows or columns before and behind; one of three may be left to the others. */
static gboolean
find_edges (StrataOperands *self,
            const char     *before,
            const char     *behind,
            const char     *target,
            gint64          size,
            int             sign,
            gint64         *first,
            gint64         *last)
{
  gboolean has_before = strata_operands_param (self, before) != NULL;
  gboolean has_behind = strata_operands_param (self, behind) != NULL;
  gint64 wanted = strata_operands_param (self, target) != NULL ? strata_operands_integer (self, target) : -1;
  gint64 whole = sign * (wanted - size);

  *first = has_before ? strata_operands_integer (self, before) : 0;
  *last = has_behind ? strata_operands_integer (self, behind) : 0;
  if ((!has_before || !has_behind) && wanted < 0)
    strata_operands_fail (self, "needs two of “%s”, “%s” and “%s”", before, behind, target);
  if (!has_before)
    *first = whole - *last;
  if (!has_behind)
    *last = whole - *first;
  if (!strata_builder_has_failed (self->b) &&
      (*first < 0 || *last < 0 || *first > 1 << 20 || *last > 1 << 20 || (sign < 0 && *first + *last > size)))
    strata_operands_fail (self, "has edges that do not fit images of this size");
  return !strata_builder_has_failed (self->b);
}

static void
emit_edges (StrataOperands *self)
{
  gboolean pads = g_str_equal (self->operation->name, "PadImages");
  int sign = pads ? 1 : -1;
  Images images;
  StrataValue *x = enter (self, 0, &images);
  gint64 before[4] = { 0 }, behind[4] = { 0 };

  if (x == NULL)
    return;
  if (x->shape.dims[1] < 0 || x->shape.dims[2] < 0)
    {
      strata_operands_fail (self, "needs images of a size that is known");
      return;
    }
  if (!find_edges (self, pads ? "top_padding" : "top_cropping", pads ? "bottom_padding" : "bottom_cropping",
                   "target_height", x->shape.dims[1], sign, &before[1], &behind[1]) ||
      !find_edges (self, pads ? "left_padding" : "left_cropping", pads ? "right_padding" : "right_cropping",
                   "target_width", x->shape.dims[2], sign, &before[2], &behind[2]))
    return;
  if (pads)
    x = strata_pad (self->b, x, before, behind, 0);
  for (int d = 1; d < 3 && !pads; d++)
    x = strata_slice (self->b, x, d, before[d], x->shape.dims[d] - before[d] - behind[d]);
  leave (&images, x, strata_operands_get_dtype (self));
}

static void
emit_elastic_transform (StrataOperands *self)
{
  StrataMapOptions options = { .value = strata_operands_number (self, "fill_value"),
                               .nearest = g_str_equal (get_text (self, "interpolation", "bilinear"), "nearest") };
  double alpha = strata_operands_number (self, "alpha"), sigma = strata_operands_number (self, "sigma");
  gint64 seed = strata_json_get_int (self->config, "seed", STRATA_NONE_INT);
  Images images;
  StrataValue *x = enter (self, 0, &images);

  if (x == NULL)
    return;
  if (!strata_map_fill_from_name (get_text (self, "fill_mode", "reflect"), &options.fill) ||
      !(sigma > 0 && sigma < 1000))
    {
      strata_operands_fail (self, "needs a sigma of more than 0, and a fill mode that it knows");
      return;
    }
  if (strata_shape_is_known (&x->shape))
    x = strata_elastic (self->b, x, strata_builder_scalar (self->b, alpha), strata_builder_scalar (self->b, sigma),
                        6 * (gint64) sigma + 1, &options,
                        (gint64[]){ seed, seed == STRATA_NONE_INT ? seed : seed + 1 });
  leave (&images, x, strata_operands_get_dtype (self));
}

#define IMAGE(function) .module = "keras.src.ops.image", .python = "keras.ops.image." function
#define FORMAT "data_format=null"
#define MAP "interpolation=\"bilinear\",fill_mode=\"constant\",fill_value=0," FORMAT
#define EDGES(what)                                                                                                    \
  "top_" what "=null,left_" what "=null,bottom_" what "=null,right_" what                                              \
  "=null,target_height=null,target_width=null," FORMAT
#define RESIZE                                                                                                         \
  "size,interpolation=\"bilinear\",antialias=false,crop_to_aspect_ratio=false,pad_to_aspect_ratio=false,"              \
  "fill_mode=\"constant\",fill_value=0.0," FORMAT
#define ELASTIC "alpha=20.0,sigma=5.0,interpolation=\"bilinear\",fill_mode=\"reflect\",fill_value=0.0,seed=null," FORMAT

const StrataOperation strata_operations_images[] = {
  { .name = "RGBToGrayscale", IMAGE ("rgb_to_grayscale"), .arguments = "images", .parameters = FORMAT,
    .emit = emit_color },
  { .name = "RGBToHSV", IMAGE ("rgb_to_hsv"), .arguments = "images", .parameters = FORMAT, .emit = emit_color },
  { .name = "HSVToRGB", IMAGE ("hsv_to_rgb"), .arguments = "images", .parameters = FORMAT, .emit = emit_color },
  { .name = "Resize", IMAGE ("resize"), .arguments = "images", .parameters = RESIZE, .emit = emit_resize },
  { .name = "AffineTransform", IMAGE ("affine_transform"), .arguments = "images,transform", .parameters = MAP,
    .emit = emit_affine_transform },
  { .name = "PerspectiveTransform", IMAGE ("perspective_transform"), .arguments = "images,start_points,end_points",
    .parameters = "interpolation=\"bilinear\",fill_value=0," FORMAT, .emit = emit_perspective_transform },
  { .name = "MapCoordinates", IMAGE ("map_coordinates"), .arguments = "inputs,coordinates",
    .parameters = "order,fill_mode=\"constant\",fill_value=0",
    .emit = emit_map_coordinates },
  { .name = "PadImages", IMAGE ("pad_images"), .arguments = "images", .parameters = EDGES ("padding"),
    .emit = emit_edges },
  { .name = "CropImages", IMAGE ("crop_images"), .arguments = "images", .parameters = EDGES ("cropping"),
    .emit = emit_edges },
  { .name = "ElasticTransform", IMAGE ("elastic_transform"), .arguments = "images", .parameters = ELASTIC,
    .emit = emit_elastic_transform },
  { NULL },
};
