/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "models/array-source.h"
#include "models/model-private.h"

static GPtrArray *
new_results (StrataProgram  *program,
             guint           n_outputs,
             gint64          size,
             gint64          n,
             GError        **error)
{
  g_autoptr (GPtrArray) results = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_tensor_unref);

  for (guint i = 0; i < n_outputs; i++)
    {
      StrataShape shape = *strata_program_get_output_shape (program, i);
      StrataTensor *tensor;

      if (shape.rank == 0 || shape.dims[0] != n)
        {
          strata_set_error (error, STRATA_ERROR_SHAPE, "an output of the model does not have a result for each sample");
          return NULL;
        }
      shape.dims[0] = size;
      tensor = strata_tensor_try_new (strata_program_get_output_dtype (program, i), &shape, error);
      if (tensor == NULL)
        return NULL;
      g_ptr_array_add (results, tensor);
    }
  return g_steal_pointer (&results);
}

static gboolean
store_results (StrataPass  *pass,
               GPtrArray   *results,
               gint64       start,
               GError     **error)
{
  for (guint i = 0; i < results->len; i++)
    {
      StrataTensor *tensor = g_ptr_array_index (results, i);
      g_autoptr (StrataTensor) part = strata_tensor_slice (tensor, start, pass->n);

      if (!strata_shape_equal (strata_tensor_get_shape (part), strata_program_get_output_shape (pass->program, i)))
        {
          strata_set_error (error, STRATA_ERROR_SHAPE, "what the model returns is as long as the texts of a batch, "
                            "which differ; give TextVectorization an output_sequence_length");
          return FALSE;
        }
      strata_tensor_set_data (part, strata_program_get_output_data (pass->program, i));
    }
  return TRUE;
}

/**
 * strata_model_predict:
 * @x: inputs
 * @batch_size: samples a step (0: 32)
 * @cancellable: (nullable): ends it early, with an error
 *
 * Returns: (transfer full) (element-type StrataTensor): a tensor an output, a row a sample
 */
GPtrArray *
strata_model_predict (StrataModel   *self,
                      StrataSource  *x,
                      gint64         batch_size,
                      GCancellable  *cancellable,
                      GError       **error)
{
  StrataFeed feed = { .model = self, .x = x };
  g_autoptr (GPtrArray) results = NULL;
  g_autofree gint64 *indices = NULL;
  gint64 size;

  if (!strata_model_ensure_built (self, x, error) || !strata_feed_check (&feed, error))
    return NULL;

  batch_size = batch_size > 0 ? batch_size : 32;
  size = strata_source_get_size (x);
  indices = g_new (gint64, size);
  for (gint64 i = 0; i < size; i++)
    indices[i] = i;

  for (gint64 start = 0; start < size; start += batch_size)
    {
      gint64 n = MIN (batch_size, size - start);
      StrataPass *pass;

      feed.next = indices + start;
      pass = strata_model_get_pass (self, STRATA_MODE_PREDICT, n, &feed, error);
      if (pass == NULL || g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !strata_feed_fill (&feed, pass, indices + start, error))
        return NULL;
      strata_program_run (pass->program, 0, 0);
      if (results == NULL)
        results = new_results (pass->program, strata_model_get_n_outputs (self), size, n, error);
      if (results == NULL || !store_results (pass, results, start, error))
        return NULL;
    }
  return g_steal_pointer (&results);
}

/**
 * strata_model_predict1:
 * @x: a batch for a model with one input
 *
 * Returns: (transfer full): the first output for it
 */
StrataTensor *
strata_model_predict1 (StrataModel   *self,
                       StrataTensor  *x,
                       GError       **error)
{
  g_autoptr (StrataSource) source = strata_array_source_new (&x, 1, error);
  g_autoptr (GPtrArray) results = NULL;

  if (source == NULL)
    return NULL;
  results = strata_model_predict (self, source, strata_tensor_get_dim (x, 0), NULL, error);
  return results != NULL ? strata_tensor_ref (g_ptr_array_index (results, 0)) : NULL;
}
