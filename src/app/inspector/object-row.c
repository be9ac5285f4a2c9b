/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "inspector/object-row.h"

#include <glib/gi18n.h>

#include "base/registry.h"
#include "inspector/editor.h"
#include "widgets/words.h"

/**
 * StrataObjectRow:
 *
 * A parameter that is an object with parameters of its own, such as an initializer: which one, and below it what it
 * has.
 */
struct _StrataObjectRow
{
  AdwExpanderRow parent_instance;

  const StrataParam *param;
  StrataParamSetter setter;
  gpointer user_data;
  GtkWidget *editor, *reset;

  StrataObject *object;
  gboolean built;               /* whether the rows are there: not before they are wanted */
  GPtrArray *rows;
  GPtrArray *own_params;        /* those of rows that are not in the object's table */
};

G_DEFINE_FINAL_TYPE (StrataObjectRow, strata_object_row, ADW_TYPE_EXPANDER_ROW)

/* The first sample of a class has sensible values for what must be given. */
static void
take_from_sample (const StrataObjectInfo *info,
                  const char             *name,
                  JsonObject             *config)
{
  g_autoptr (JsonNode) sample = info->samples != NULL && info->samples[0] != NULL
                                ? json_from_string (info->samples[0], NULL) : NULL;

  if (sample != NULL && JSON_NODE_HOLDS_OBJECT (sample) && json_object_has_member (json_node_get_object (sample), name))
    json_object_set_member (config, name, json_object_dup_member (json_node_get_object (sample), name));
}

/* What the object that is left has a parameter of the same name for, is kept; a rate becomes the rate to begin with,
 * and the other way round. */
static void
take_from_object (StrataObjectRow   *self,
                  const StrataParam *param,
                  JsonObject        *config)
{
  const StrataParam *own = self->object != NULL ? strata_object_find_param (self->object, param->name) : NULL;

  if (own == NULL && self->object != NULL && self->param->kind == STRATA_KIND_SCHEDULE)
    own = strata_object_find_param (self->object,
                                    g_str_equal (param->name, "value") ? "initial_learning_rate" : "value");
  if (own != NULL && own->type == param->type &&
      (g_str_equal (own->name, param->name) || param->type == STRATA_PARAM_FLOAT))
    json_object_set_member (config, param->name, strata_param_get (own, self->object));
}

/* Names alone are not enough where a class has parameters that must be given. */
static JsonNode *
complete (StrataObjectRow *self,
          JsonNode        *value)
{
  const char *name = JSON_NODE_HOLDS_VALUE (value) ? json_node_get_string (value) : NULL;
  const StrataObjectInfo *info = name != NULL ? strata_registry_lookup (self->param->kind, name) : NULL;
  g_autoptr (JsonObject) config = json_object_new ();
  g_autoptr (StrataObject) object = NULL;

  for (const StrataParam *param = info != NULL ? info->params : NULL; param != NULL && param->name != NULL; param++)
    {
      if (param->fallback == NULL)
        take_from_sample (info, param->name, config);
      if (param->fallback == NULL || g_str_equal (param->name, "value"))
        take_from_object (self, param, config);
    }
  if (json_object_get_size (config) == 0)
    return json_node_ref (value);
  object = strata_object_new (self->param->kind, name, config, NULL);
  return object != NULL ? strata_object_serialize (object) : json_node_ref (value);
}

static void
edited_cb (StrataObjectRow *self,
           JsonNode        *value)
{
  g_autoptr (JsonNode) completed = complete (self, value);

  strata_param_row_try (GTK_WIDGET (self), self->param, completed, self->setter, self->user_data);
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
  g_ptr_array_set_size (self->own_params, 0);
  self->built = FALSE;
}

static gboolean
is_hidden (const StrataParam *param)
{
  return param->transient || g_str_equal (param->name, "name") || g_str_equal (param->name, "dtype");
}

/* A learning rate that stays the same is edited as the number it is; whether it does is the next row. */
static const StrataParam *
make_number (StrataObjectRow   *self,
             const StrataParam *param)
{
  StrataParam *number = g_memdup2 (param, sizeof *param);

  number->type = STRATA_PARAM_FLOAT;
  number->minimum = 0;
  number->maximum = G_MAXFLOAT;
  number->soft_minimum = 1e-5;
  number->soft_maximum = 1;
  g_ptr_array_add (self->own_params, number);
  return number;
}

static const StrataParam *
make_schedule (StrataObjectRow   *self,
               const StrataParam *param)
{
  StrataParam *schedule = g_memdup2 (param, sizeof *param);

  schedule->title = N_("Schedule");
  schedule->description = N_("How the learning rate changes while training goes on");
  schedule->fallback = NULL;
  g_ptr_array_add (self->own_params, schedule);
  return schedule;
}

static void
add_row (StrataObjectRow   *self,
         const StrataParam *param)
{
  GtkWidget *row = param->type == STRATA_PARAM_OBJECT ? strata_object_row_new (param, set_inner, self)
                                                      : strata_param_row_new (param, set_inner, self);

  g_object_set_data (G_OBJECT (row), "param-name", (gpointer) param->name);
  g_ptr_array_add (self->rows, row);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
}

static gboolean
is_rate (const StrataParam *param)
{
  return param->type == STRATA_PARAM_OBJECT && param->kind == STRATA_KIND_SCHEDULE;
}

static gboolean
is_constant (StrataObject      *object,
             const StrataParam *param)
{
  g_autoptr (JsonNode) value = strata_param_get (param, object);

  return JSON_NODE_HOLDS_VALUE (value);
}

static gboolean
has_rows (StrataObjectRow *self)
{
  const GPtrArray *params = self->object != NULL ? strata_object_get_params (self->object) : NULL;

  /* Its only parameter is the row above. */
  if (params == NULL || (self->param->kind == STRATA_KIND_SCHEDULE &&
                         g_str_equal (strata_object_get_class_name (self->object), "Constant")))
    return FALSE;
  for (guint i = 0; i < params->len; i++)
    if (!is_hidden (g_ptr_array_index (params, i)))
      return TRUE;
  return FALSE;
}

static void
build_rows (StrataObjectRow *self)
{
  const GPtrArray *params = strata_object_get_params (self->object);

  self->built = TRUE;
  for (guint i = 0; i < params->len; i++)
    {
      const StrataParam *param = g_ptr_array_index (params, i);

      if (is_hidden (param))
        continue;
      if (is_rate (param) && is_constant (self->object, param))
        add_row (self, make_number (self, param));
      add_row (self, is_rate (param) ? make_schedule (self, param) : param);
    }
}

/* The rows are for another class, or for a rate that is now a number and was none, or the other way round. */
static gboolean
fits_rows (StrataObjectRow *self,
           StrataObject    *object)
{
  const GPtrArray *params;

  if (object == NULL || self->object == NULL || G_OBJECT_TYPE (object) != G_OBJECT_TYPE (self->object))
    return FALSE;
  params = strata_object_get_params (object);
  for (guint i = 0; i < params->len; i++)
    {
      const StrataParam *param = g_ptr_array_index (params, i);

      if (is_rate (param) && is_constant (object, param) != is_constant (self->object, param))
        return FALSE;
    }
  return TRUE;
}

static void
fill_rows (StrataObjectRow *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);
      g_autoptr (JsonNode) value = strata_object_get_param (self->object,
                                                            g_object_get_data (G_OBJECT (row), "param-name"));

      if (STRATA_IS_OBJECT_ROW (row))
        strata_object_row_show (STRATA_OBJECT_ROW (row), value);
      else
        strata_param_row_show (STRATA_PARAM_ROW (row), value, NULL, NULL);
    }
}

/* A layer has a dozen of such objects, each with a handful of rows, and hardly any of them is looked into. */
static void
show_rows (StrataObjectRow *self)
{
  if (!adw_expander_row_get_expanded (ADW_EXPANDER_ROW (self)) || !has_rows (self))
    return;
  if (!self->built)
    build_rows (self);
  fill_rows (self);
}

static void
show_object (StrataObjectRow *self,
             JsonNode        *value)
{
  g_autoptr (StrataObject) object = NULL;

  if (value != NULL && !JSON_NODE_HOLDS_NULL (value))
    object = strata_object_deserialize (self->param->kind, value, NULL);
  if (!fits_rows (self, object))
    drop_rows (self);
  g_set_object (&self->object, object);
  adw_expander_row_set_enable_expansion (ADW_EXPANDER_ROW (self), has_rows (self));
  if (!has_rows (self))
    adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self), FALSE);
  show_rows (self);
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
strata_object_row_finalize (GObject *object)
{
  g_ptr_array_unref (STRATA_OBJECT_ROW (object)->own_params);

  G_OBJECT_CLASS (strata_object_row_parent_class)->finalize (object);
}

static void
strata_object_row_class_init (StrataObjectRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = strata_object_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = strata_object_row_finalize;
}

static void
strata_object_row_init (StrataObjectRow *self)
{
  self->rows = g_ptr_array_new ();
  self->own_params = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_add_css_class (GTK_WIDGET (self), "param");
  g_signal_connect (self, "notify::expanded", G_CALLBACK (show_rows), NULL);
}

/* The row, and the one in it that is always seen; AdwExpanderRow gives them no name. */
static void
name_rows (GtkWidget  *widget,
           const char *name)
{
  if (GTK_IS_LIST_BOX_ROW (widget))
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    name_rows (child, name);
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
  const char *title = param->title != NULL ? _(param->title) : param->name;

  self->param = param;
  self->setter = setter;
  self->user_data = user_data;
  self->editor = strata_editor_new (param);
  self->reset = strata_param_row_build_reset (param);
  g_signal_connect_swapped (self->editor, "edited", G_CALLBACK (edited_cb), self);
  g_signal_connect_swapped (self->reset, "clicked", G_CALLBACK (reset_cb), self);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  name_rows (GTK_WIDGET (self), title);
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

  strata_param_row_show_note (GTK_WIDGET (self), self->param, value);
  strata_editor_show (STRATA_EDITOR (self->editor), value);
  gtk_widget_set_opacity (self->reset, is_default ? 0 : 1);
  gtk_widget_set_can_target (self->reset, !is_default);
  gtk_widget_set_sensitive (self->reset, !is_default);
  show_object (self, value);
}

const StrataParam *
strata_object_row_get_param (StrataObjectRow *self)
{
  return self->param;
}

/**
 * strata_object_row_get_object:
 *
 * Returns: (nullable): what is shown
 */
StrataObject *
strata_object_row_get_object (StrataObjectRow *self)
{
  return self->object;
}
