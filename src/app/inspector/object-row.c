/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "inspector/object-row.h"

#include <glib/gi18n.h>

#include "base/registry.h"
#include "canvas/words.h"
#include "inspector/editor.h"

/**
 * StrataObjectRow:
 *
 * A parameter that is an object with parameters of its own, such as an initializer: which one, and below it what it has.
 */
struct _StrataObjectRow
{
  AdwExpanderRow parent_instance;

  const StrataParam *param;
  StrataParamSetter setter;
  gpointer user_data;
  GtkWidget *editor, *reset;

  StrataObject *object;
  GPtrArray *rows;
};

G_DEFINE_FINAL_TYPE (StrataObjectRow, strata_object_row, ADW_TYPE_EXPANDER_ROW)

static void
edited_cb (StrataObjectRow *self,
           JsonNode        *value)
{
  strata_param_row_try (GTK_WIDGET (self), self->param, value, self->setter, self->user_data);
}

static void
reset_cb (StrataObjectRow *self)
{
  g_autoptr (JsonNode) value = strata_param_get_default (self->param);

  if (value != NULL)
    edited_cb (self, value);
}

/* Changes a copy of the object, and lets that be the parameter's new value. */
static gboolean
set_inner (const char  *name,
           JsonNode    *value,
           gpointer     user_data,
           GError     **error)
{
  StrataObjectRow *self = user_data;
  g_autoptr (JsonObject) config = strata_object_get_config (self->object);
  g_autoptr (StrataObject) changed = NULL;
  g_autoptr (JsonNode) serialized = NULL;

  json_object_set_member (config, name, json_node_copy (value));
  changed = strata_object_new (self->param->kind, strata_object_get_class_name (self->object), config, error);
  if (changed == NULL)
    return FALSE;
  serialized = strata_object_serialize (changed);
  return self->setter (self->param->name, serialized, self->user_data, error);
}

static void
drop_rows (StrataObjectRow *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_expander_row_remove (ADW_EXPANDER_ROW (self), g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
}

static gboolean
is_hidden (const StrataParam *param)
{
  return param->transient || g_str_equal (param->name, "name") || g_str_equal (param->name, "dtype");
}

/* A schedule that is only a number is edited as one. */
static gboolean
is_number (const StrataParam *param,
           StrataObject      *object)
{
  g_autoptr (JsonNode) value = param->kind == STRATA_KIND_SCHEDULE && param->type == STRATA_PARAM_OBJECT ? strata_param_get (param, object) : NULL;

  return value != NULL && JSON_NODE_HOLDS_VALUE (value);
}

static const StrataParam *
adapt (StrataObjectRow   *self,
       const StrataParam *param)
{
  StrataParam *number;

  if (!is_number (param, self->object))
    return param;
  number = g_memdup2 (param, sizeof *param);
  number->type = STRATA_PARAM_FLOAT;
  number->minimum = 0;
  number->maximum = G_MAXFLOAT;
  g_object_set_data_full (G_OBJECT (self), "learning-rate", number, g_free);
  return number;
}

static void
build_rows (StrataObjectRow *self)
{
  const GPtrArray *params = strata_object_get_params (self->object);

  for (guint i = 0; i < params->len; i++)
    {
      const StrataParam *param = g_ptr_array_index (params, i);
      GtkWidget *row;

      if (is_hidden (param))
        continue;
      param = adapt (self, param);
      row = param->type == STRATA_PARAM_OBJECT ? strata_object_row_new (param, set_inner, self) : strata_param_row_new (param, set_inner, self);
      g_object_set_data (G_OBJECT (row), "param-name", (gpointer) param->name);
      g_ptr_array_add (self->rows, row);
      adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
    }
}

static void
fill_rows (StrataObjectRow *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);
      g_autoptr (JsonNode) value = strata_object_get_param (self->object, g_object_get_data (G_OBJECT (row), "param-name"));

      if (STRATA_IS_OBJECT_ROW (row))
        strata_object_row_show (STRATA_OBJECT_ROW (row), value);
      else
        strata_param_row_show (STRATA_PARAM_ROW (row), value);
    }
}

static void
show_object (StrataObjectRow *self,
             JsonNode        *value)
{
  g_autoptr (StrataObject) object = NULL;

  if (value != NULL && !JSON_NODE_HOLDS_NULL (value))
    object = strata_object_deserialize (self->param->kind, value, NULL);
  if (object == NULL || self->object == NULL || G_OBJECT_TYPE (object) != G_OBJECT_TYPE (self->object))
    {
      drop_rows (self);
      g_set_object (&self->object, object);
      if (object != NULL)
        build_rows (self);
    }
  g_set_object (&self->object, object);
  if (object != NULL)
    fill_rows (self);
  adw_expander_row_set_enable_expansion (ADW_EXPANDER_ROW (self), self->rows->len > 0);
  if (self->rows->len == 0)
    adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self), FALSE);
}

static void
strata_object_row_dispose (GObject *object)
{
  StrataObjectRow *self = STRATA_OBJECT_ROW (object);

  g_clear_object (&self->object);
  g_clear_pointer (&self->rows, g_ptr_array_unref);

  G_OBJECT_CLASS (strata_object_row_parent_class)->dispose (object);
}

static void
strata_object_row_class_init (StrataObjectRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = strata_object_row_dispose;
}

static void
strata_object_row_init (StrataObjectRow *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_add_css_class (GTK_WIDGET (self), "param");
}

/**
 * strata_object_row_new:
 * @param: a parameter that is an object; must outlive the row
 * @setter: is told what the user enters
 */
GtkWidget *
strata_object_row_new (const StrataParam *param,
                       StrataParamSetter  setter,
                       gpointer           user_data)
{
  StrataObjectRow *self = g_object_new (STRATA_TYPE_OBJECT_ROW, NULL);

  self->param = param;
  self->setter = setter;
  self->user_data = user_data;
  self->editor = strata_editor_new (param);
  self->reset = strata_param_row_build_reset (param);
  g_signal_connect_swapped (self->editor, "edited", G_CALLBACK (edited_cb), self);
  g_signal_connect_swapped (self->reset, "clicked", G_CALLBACK (reset_cb), self);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), param->title != NULL ? _(param->title) : param->name);
  adw_expander_row_add_action (ADW_EXPANDER_ROW (self), self->editor);
  adw_expander_row_add_action (ADW_EXPANDER_ROW (self), self->reset);
  if (param->description != NULL)
    gtk_widget_set_tooltip_text (GTK_WIDGET (self), _(param->description));
  return GTK_WIDGET (self);
}

/**
 * strata_object_row_show:
 * @value: (nullable): the object's config or name; %NULL if what is edited has several
 */
void
strata_object_row_show (StrataObjectRow *self,
                        JsonNode        *value)
{
  gboolean is_default = strata_param_value_is_default (self->param, value);

  strata_param_row_show_error (GTK_WIDGET (self), NULL);
  strata_editor_show (STRATA_EDITOR (self->editor), value);
  gtk_widget_set_opacity (self->reset, is_default ? 0 : 1);
  gtk_widget_set_can_target (self->reset, !is_default);
  gtk_widget_set_sensitive (self->reset, !is_default);
  show_object (self, value);
}
