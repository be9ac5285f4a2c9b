/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "inspector/param-row.h"

#include <glib/gi18n.h>

#include "inspector/editor.h"

/**
 * StrataParamRow:
 *
 * A parameter: its name, its editor, a button that sets it to its default, and what is wrong with what was entered.
 */
struct _StrataParamRow
{
  AdwActionRow parent_instance;

  const StrataParam *param;
  StrataParamSetter setter;
  gpointer user_data;
  GtkWidget *editor, *reset;
};

G_DEFINE_FINAL_TYPE (StrataParamRow, strata_param_row, ADW_TYPE_ACTION_ROW)

static void
set_subtitle (GtkWidget  *row,
              const char *text)
{
  g_autofree char *escaped = text != NULL ? g_markup_escape_text (text, -1) : g_strdup ("");

  g_object_set (row, "subtitle", escaped, NULL);
}

/**
 * strata_param_row_show_note: (skip)
 * @row: a row with a subtitle
 * @value: (nullable): what it shows; %NULL if there are several
 *
 * Says what a number counts, or that there are several values.
 */
void
strata_param_row_show_note (GtkWidget         *row,
                            const StrataParam *param,
                            JsonNode          *value)
{
  gtk_widget_remove_css_class (row, "invalid");
  set_subtitle (row, value == NULL ? _("several values") : param->unit != NULL ? _(param->unit) : NULL);
}

/**
 * strata_param_row_show_error: (skip)
 * @row: a row with a subtitle
 * @reason: (nullable): why a value was refused, or %NULL where all is well
 */
void
strata_param_row_show_error (GtkWidget  *row,
                             const char *reason)
{
  if (reason != NULL || gtk_widget_has_css_class (row, "invalid"))
    set_subtitle (row, reason);
  if (reason != NULL)
    gtk_widget_add_css_class (row, "invalid");
  else
    gtk_widget_remove_css_class (row, "invalid");
}

/**
 * strata_param_row_try: (skip)
 *
 * Sets a parameter to what was entered, or shows in its row why that is not allowed.
 */
void
strata_param_row_try (GtkWidget         *row,
                      const StrataParam *param,
                      JsonNode          *value,
                      StrataParamSetter  setter,
                      gpointer           user_data)
{
  /* A new value may have other rows than this. */
  g_autoptr (GtkWidget) kept = g_object_ref (row);
  g_autoptr (GError) error = NULL;

  setter (param->name, value, user_data, &error);
  strata_param_row_show_error (row, error != NULL ? error->message : NULL);
}

static void
set_value (StrataParamRow *self,
           JsonNode       *value)
{
  strata_param_row_try (GTK_WIDGET (self), self->param, value, self->setter, self->user_data);
}

static void
edited_cb (StrataParamRow *self,
           JsonNode       *value)
{
  set_value (self, value);
}

static void
refused_cb (StrataParamRow *self,
            const char     *reason)
{
  strata_param_row_show_error (GTK_WIDGET (self), reason);
}

static void
reset_cb (StrataParamRow *self)
{
  g_autoptr (JsonNode) value = strata_param_get_default (self->param);

  if (value != NULL)
    set_value (self, value);
}

static void
strata_param_row_class_init (StrataParamRowClass *klass)
{
}

static void
strata_param_row_init (StrataParamRow *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "param");
}

/**
 * strata_param_row_build_reset: (skip)
 *
 * Returns: a button that sets @param to its default, to be shown where it differs
 */
GtkWidget *
strata_param_row_build_reset (const StrataParam *param)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("edit-undo-symbolic");
  g_autofree char *label = g_strdup_printf (_("Reset %s to default"),
                                            param->title != NULL ? _(param->title) : param->name);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  gtk_widget_add_css_class (button, "reset");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _("Reset to default"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  return button;
}

/* A number stands for as many of it as are needed. */
static JsonNode *
fold (JsonNode *value)
{
  JsonArray *array = json_node_get_array (value);
  guint n = json_array_get_length (array);

  for (guint i = 1; i < n; i++)
    if (!json_node_equal (json_array_get_element (array, i), json_array_get_element (array, 0)))
      return json_node_ref (value);
  return json_node_ref (n > 0 ? json_array_get_element (array, 0) : value);
}

/* Objects may be written by name or in full, tuples as one number. */
static JsonNode *
normalize (const StrataParam *param,
           JsonNode          *value)
{
  g_autoptr (StrataObject) object = NULL;

  if (param->type == STRATA_PARAM_INTS && JSON_NODE_HOLDS_ARRAY (value))
    return fold (value);
  if (param->type != STRATA_PARAM_OBJECT || JSON_NODE_HOLDS_NULL (value))
    return json_node_ref (value);
  object = strata_object_deserialize (param->kind, value, NULL);
  return object != NULL ? strata_object_serialize (object) : json_node_ref (value);
}

/**
 * strata_param_value_is_default: (skip)
 * @value: (nullable): of @param, or %NULL where there are several
 */
gboolean
strata_param_value_is_default (const StrataParam *param,
                               JsonNode          *value)
{
  g_autoptr (JsonNode) fallback = strata_param_get_default (param), usual = NULL, given = NULL;

  if (fallback == NULL || value == NULL)
    return fallback == NULL;
  usual = normalize (param, fallback);
  given = normalize (param, value);
  return json_node_equal (given, usual);
}

/**
 * strata_param_row_new:
 * @param: what to show; must outlive the row
 * @setter: is told what the user enters
 */
GtkWidget *
strata_param_row_new (const StrataParam *param,
                      StrataParamSetter  setter,
                      gpointer           user_data)
{
  StrataParamRow *self = g_object_new (STRATA_TYPE_PARAM_ROW, NULL);

  self->param = param;
  self->setter = setter;
  self->user_data = user_data;
  self->editor = strata_editor_new (param);
  self->reset = strata_param_row_build_reset (param);
  g_signal_connect_swapped (self->editor, "edited", G_CALLBACK (edited_cb), self);
  if (g_signal_lookup ("refused", G_OBJECT_TYPE (self->editor)) != 0)
    g_signal_connect_swapped (self->editor, "refused", G_CALLBACK (refused_cb), self);
  g_signal_connect_swapped (self->reset, "clicked", G_CALLBACK (reset_cb), self);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), param->title != NULL ? _(param->title) : param->name);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (self), 2);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->reset);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->editor);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self), self->editor);
  if (param->description != NULL)
    gtk_widget_set_tooltip_text (GTK_WIDGET (self), _(param->description));
  return GTK_WIDGET (self);
}

/**
 * strata_param_row_show:
 * @value: (nullable): the parameter's value; %NULL if what is edited has several
 * @one: (nullable): then one of these
 * @usual: (nullable): what it is by default, where that depends on another parameter
 */
void
strata_param_row_show (StrataParamRow *self,
                       JsonNode       *value,
                       JsonNode       *one,
                       JsonNode       *usual)
{
  gboolean is_default = strata_param_value_is_default (self->param, value) ||
                        (value != NULL && usual != NULL && json_node_equal (value, usual));

  strata_param_row_show_note (GTK_WIDGET (self), self->param, value);
  strata_editor_show (STRATA_EDITOR (self->editor), value);
  if (value == NULL && one != NULL)
    strata_editor_suggest (STRATA_EDITOR (self->editor), one);
  /* It keeps its place, so that editors stay in line. */
  gtk_widget_set_opacity (self->reset, is_default ? 0 : 1);
  gtk_widget_set_can_target (self->reset, !is_default);
  gtk_widget_set_sensitive (self->reset, !is_default);
}

const StrataParam *
strata_param_row_get_param (StrataParamRow *self)
{
  return self->param;
}
