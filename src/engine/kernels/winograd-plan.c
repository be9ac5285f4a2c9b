/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "kernels/winograd-plan.h"

#include "kernels/scratch.h"

#include <string.h>

/* Products saved, and channels to share the transforms, that make it worth it. */
#define MIN_GAIN 1.3
#define MIN_CHANNELS 32
/* Large tiles have better products, small ones fewer that nobody needs at the edges. */
#define LARGE_TILE_GAIN 0.95
/* Products that adding up overlapping tiles must save, and numbers that the transforms of an image, which is one
 * task's, and of the weights may have. */
#define MIN_SCATTER_GAIN 1.2
#define MAX_IMAGE_NUMBERS (192 * 1024)
#define MAX_SCATTER_WEIGHTS (1024 * 1024)
/* Tiles that a block has at least: rows of its products. */
#define MIN_BLOCK_TILES 28
/* Of more weights, sums for every chunk of tiles would not stay in a cache. */
#define MANY_WEIGHTS (96 * 96)
/* Of fewer tiles, the gradient at the kernel has too little to sum for each of its numbers, in chunks or in one. */
#define MIN_CHUNKED_TILES 128
#define MIN_TILES 16
/* Numbers that the transforms of all tiles may have, where there are many weights. */
#define MAX_WHOLE_NUMBERS (8 * 1024 * 1024)

STRATA_ISA_DECLARE (const StrataWinogradKernel, strata_winograd_kernel, [2])

static gint64
count_products (const StrataWinogradKernel *kernel,
                gint64                      height,
                gint64                      width)
{
  int n = kernel->n_outputs;

  return kernel->n_points * ((height + n - 1) / n) * ((width + n - 1) / n);
}

/* The transform that takes fewer products for @height by @width outputs; the same on all instruction sets. */
static const StrataWinogradKernel *
choose_kernel (gint64 height,
               gint64 width)
{
  static const StrataWinogradKernel *const kernels[STRATA_N_ISAS] = STRATA_ISA_TABLE (strata_winograd_kernel);
  const StrataWinogradKernel *sizes = kernels[strata_isa_get ()];
  gint64 small = count_products (&sizes[0], height, width), large = count_products (&sizes[1], height, width);

  return &sizes[large <= LARGE_TILE_GAIN * small ? 1 : 0];
}

static gboolean
is_plain (const StrataConvPlan *plan,
          gint64                vector)
{
  return plan->groups == 1 && plan->kernel[0] == 1 && plan->in[0] == 1 && plan->out[0] == 1 &&
         plan->kernel[1] == 3 && plan->kernel[2] == 3 && plan->stride[1] == 1 && plan->stride[2] == 1 &&
         plan->dilation[1] == 1 && plan->dilation[2] == 1 && plan->pad[1] <= 2 && plan->pad[2] <= 2 &&
         plan->in_channels % vector == 0 && plan->out_channels % vector == 0 &&
         MIN (plan->in_channels, plan->out_channels) >= MIN_CHANNELS;
}

/* Whether tiles over @height by @width need few enough products. */
static gboolean
is_gain (const StrataConvPlan *plan,
         gint64                vector,
         gint64                height,
         gint64                width)
{
  return is_plain (plan, vector) &&
         9.0 * plan->n_positions >= MIN_GAIN * count_products (choose_kernel (height, width), height, width);
}

gboolean
strata_winograd_can_forward (const StrataConvPlan *plan)
{
  return is_gain (plan, strata_tile_kernel_get ()->vector, plan->out[1], plan->out[2]);
}

/* Whether the gradient at the input takes fewer products by tiles of outputs, as the convolution itself: where no zeros
 * surround the input, it has fewer outputs. */
gboolean
strata_winograd_can_scatter (const StrataConvPlan *plan)
{
  const StrataWinogradKernel *kernel = choose_kernel (plan->out[1], plan->out[2]);
  gint64 n_products = count_products (kernel, plan->out[1], plan->out[2]);
  gint64 n_gathered = count_products (choose_kernel (plan->in[1], plan->in[2]), plan->in[1], plan->in[2]);

  return is_gain (plan, strata_tile_kernel_get ()->vector, plan->out[1], plan->out[2]) &&
         n_gathered >= MIN_SCATTER_GAIN * n_products &&
         n_products * (plan->in_channels + plan->out_channels) <= MAX_IMAGE_NUMBERS &&
         kernel->n_points * plan->in_channels * plan->out_channels <= MAX_SCATTER_WEIGHTS;
}

gboolean
strata_winograd_can_input (const StrataConvPlan *plan)
{
  return is_gain (plan, strata_tile_kernel_get ()->vector, plan->in[1], plan->in[2]) ||
         strata_winograd_can_scatter (plan);
}

gboolean
strata_winograd_has_many_weights (const StrataConvPlan *plan)
{
  return plan->in_channels * plan->out_channels > MANY_WEIGHTS;
}

gboolean
strata_winograd_can_kernel (const StrataConvPlan *plan)
{
  const StrataWinogradKernel *kernel = choose_kernel (plan->out[1], plan->out[2]);
  gint64 n_products = plan->batch * count_products (kernel, plan->out[1], plan->out[2]);
  gint64 n_tiles = n_products / kernel->n_points;

  if (!is_gain (plan, strata_tile_kernel_get ()->vector, plan->out[1], plan->out[2]))
    return FALSE;
  if (!strata_winograd_has_many_weights (plan))
    return n_tiles >= MIN_CHUNKED_TILES;
  return n_tiles >= MIN_TILES && n_products * (plan->in_channels + plan->out_channels) <= MAX_WHOLE_NUMBERS;
}

/* Numbers of transformed weights that serve many runs, on any instruction set; 0 where there is no gain. */
gsize
strata_winograd_get_prepared (const StrataConvPlan *plan)
{
  if (!is_gain (plan, STRATA_TILE_MAX_COLUMNS / 2, plan->out[1], plan->out[2]))
    return 0;
  return choose_kernel (plan->out[1], plan->out[2])->n_points * plan->in_channels * plan->out_channels;
}

/* @height, @width: of what is cut into tiles */
void
strata_winograd_init (StrataWinograd       *self,
                      const StrataConvPlan *plan,
                      gint64                height,
                      gint64                width)
{
  self->transforms = choose_kernel (height, width);
  self->kernel = strata_tile_kernel_get ();
  self->batch = plan->batch;
  self->n_in = plan->in_channels;
  self->n_out = plan->out_channels;
  self->u_point = self->n_in * self->n_out;
  for (int d = 0; d < 2; d++)
    {
      self->in[d] = plan->in[1 + d];
      self->out[d] = plan->out[1 + d];
      self->pad[d] = plan->pad[1 + d];
    }
}

/* Cuts what is cut into tiles into blocks whose transforms have about @block_numbers numbers, at least @min_blocks if
 * there are as many lines of tiles. Where tiles of y overlap, blocks are whole images. */
void
strata_winograd_cut (StrataWinograd *self,
                     gint64          block_numbers,
                     gint64          min_blocks)
{
  int n = self->transforms->n_outputs;
  gint64 tiles = MAX (block_numbers / (self->transforms->n_points * (self->n_in + self->n_out)), MIN_BLOCK_TILES);
  gint64 lines, unit;

  for (int d = 0; d < 2; d++)
    self->tiles[d] = ((self->scattered ? self->in : self->out)[d] + n - 1) / n;
  self->n_lines = self->batch * self->tiles[0];
  unit = self->scattered ? self->tiles[0] : 1;
  lines = CLAMP (tiles / self->tiles[1] / unit, 1, MAX (self->n_lines / unit / min_blocks, 1));
  self->block_lines = strata_tile_split (self->n_lines / unit, lines) * unit;
  self->n_blocks = (self->n_lines + self->block_lines - 1) / self->block_lines;
}

/* A tile that reaches beyond the image, with zeros there. */
static void
fill_patch (const StrataWinograd *self,
            const float          *image,
            gint64                y,
            gint64                x,
            float                *patch)
{
  gint64 n = self->n_in, size = self->transforms->n_outputs + 2;
  gint64 before = CLAMP (-x, 0, size), length = CLAMP (self->in[1] - x, before, size) - before;

  for (gint64 i = 0; i < size; i++, patch += size * n)
    {
      if (y + i < 0 || y + i >= self->in[0])
        {
          memset (patch, 0, size * n * sizeof (float));
          continue;
        }
      memset (patch, 0, before * n * sizeof (float));
      memcpy (patch + before * n, image + ((y + i) * self->in[1] + x + before) * n, length * n * sizeof (float));
      memset (patch + (before + length) * n, 0, (size - before - length) * n * sizeof (float));
    }
}

static void
spread_apart (const StrataWinograd *self,
              gint64                first,
              gint64                end,
              float                *v,
              gint64                stride)
{
  StrataWinograd turned_back = *self;

  turned_back.n_out = self->n_in;
  turned_back.dy = self->x;
  turned_back.scattered = FALSE;
  memcpy (turned_back.out, self->in, sizeof self->in);
  strata_winograd_visit_outputs (&turned_back, first, end, v, stride);
}

/* Transforms what the tiles of lines @first to @end see. */
void
strata_winograd_spread_inputs (const StrataWinograd *self,
                               gint64                first,
                               gint64                end,
                               float                *v,
                               gint64                stride)
{
  gint64 n = self->n_in, step = self->transforms->n_outputs, size = step + 2;
  float *patch;

  if (self->scattered)
    {
      spread_apart (self, first, end, v, stride);
      return;
    }
  patch = strata_scratch_push (size * size * n);
  for (gint64 line = first; line < end; line++)
    {
      const float *image = self->x + line / self->tiles[0] * self->in[0] * self->in[1] * n;
      gint64 y = line % self->tiles[0] * step - self->pad[0];

      for (gint64 t = 0; t < self->tiles[1]; t++, v += n)
        {
          gint64 x = t * step - self->pad[1];

          if (x >= 0 && y >= 0 && x + size <= self->in[1] && y + size <= self->in[0])
            self->transforms->spread_input (image + (y * self->in[1] + x) * n, self->in[1] * n, n, v, stride);
          else
            {
              fill_patch (self, image, y, x, patch);
              self->transforms->spread_input (patch, size * n, n, v, stride);
            }
        }
    }
  strata_scratch_pop (size * size * n);
}

/* Adds tiles up where they overlap. */
static void
gather_overlapping (const StrataWinograd *self,
                    gint64                first,
                    gint64                end,
                    const float          *m,
                    gint64                stride)
{
  gint64 n = self->n_out, step = self->transforms->n_outputs, size = step + 2;
  gint64 image_size = self->out[0] * self->out[1] * n;

  for (gint64 line = first; line < end; line++)
    {
      gint64 row = line % self->tiles[0] * step - self->pad[0];
      float *image = self->y + line / self->tiles[0] * image_size;
      int rows[] = { MAX (-row, 0), MIN (size, self->out[0] - row) };

      if (line % self->tiles[0] == 0)
        memset (image, 0, image_size * sizeof *image);
      for (gint64 t = 0; t < self->tiles[1]; t++, m += n)
        {
          gint64 column = t * step - self->pad[1];
          int columns[] = { MAX (-column, 0), MIN (size, self->out[1] - column) };

          self->transforms->gather_input (m, stride, n, image + (row * self->out[1] + column) * n,
                                          self->out[1] * n, rows, columns);
        }
    }
}

/* For each tile of lines @first to @end: outputs from products, or the other way round. */
void
strata_winograd_visit_outputs (const StrataWinograd *self,
                               gint64                first,
                               gint64                end,
                               float                *m,
                               gint64                stride)
{
  gint64 n = self->n_out, step = self->transforms->n_outputs, line_size = self->out[1] * n;

  if (self->scattered)
    {
      gather_overlapping (self, first, end, m, stride);
      return;
    }
  for (gint64 line = first; line < end; line++)
    {
      gint64 row = step * (line % self->tiles[0]);
      gint64 at = (line / self->tiles[0] * self->out[0] + row) * line_size;
      int n_rows = MIN (step, self->out[0] - row);

      for (gint64 t = 0; t < self->tiles[1]; t++, m += n, at += step * n)
        {
          int n_columns = MIN (step, self->out[1] - step * t);
          StrataEpilogue epilogue = self->epilogue;

          if (epilogue.addend != NULL)
            epilogue.addend += at;
          if (self->dy != NULL)
            self->transforms->spread_output (self->dy + at, line_size, n_rows, n_columns, n, m, stride);
          else
            self->transforms->gather_output (m, stride, n, &epilogue, self->y + at, line_size, n_rows, n_columns);
        }
    }
}

/* Lines of the first-level cache differ from one number of a transform to the next. */
static gint64
get_stride (const StrataWinograd *self,
            gint64                n_lines,
            gint64                n_channels)
{
  return (n_lines * self->tiles[1] * n_channels + 1023) / 1024 * 1024 + 80;
}

/**
 * strata_winograd_push_tiles: (skip)
 *
 * Returns: memory for the transforms of @n_lines lines of tiles, until strata_winograd_pop_tiles()
 */
StrataWinogradTiles
strata_winograd_push_tiles (const StrataWinograd *self,
                            gint64                n_lines)
{
  gint64 n_points = self->transforms->n_points;
  StrataWinogradTiles tiles = { .v_stride = get_stride (self, n_lines, self->n_in),
                                .m_stride = get_stride (self, n_lines, self->n_out) };

  tiles.size = n_points * (tiles.v_stride + tiles.m_stride);
  tiles.v = strata_scratch_push (tiles.size);
  tiles.m = tiles.v + n_points * tiles.v_stride;
  return tiles;
}

void
strata_winograd_pop_tiles (const StrataWinogradTiles *tiles)
{
  strata_scratch_pop (tiles->size);
}
