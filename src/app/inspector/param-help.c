/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "inspector/param-help.h"

#include <glib/gi18n.h>
#include <math.h>

#include "widgets/paragraph.h"
#include "widgets/words.h"

/* Beyond this, a bound is the computer's and nobody's to know. */
#define LARGEST_TOLD 1e9

/**
 * StrataParamHelp:
 *
 * What the parameter that has the focus does, which values it takes, and what the chosen function or object is.
 */
struct _StrataParamHelp
{
  GtkWidget parent_instance;

  GtkWidget *revealer, *title, *description, *object, *formula, *range;
};

G_DEFINE_FINAL_TYPE (StrataParamHelp, strata_param_help, GTK_TYPE_WIDGET)

static void
strata_param_help_dispose (GObject *object)
{
  g_clear_pointer (&STRATA_PARAM_HELP (object)->revealer, gtk_widget_unparent);

  G_OBJECT_CLASS (strata_param_help_parent_class)->dispose (object);
}

static void
strata_param_help_class_init (StrataParamHelpClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = strata_param_help_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
strata_param_help_init (StrataParamHelp *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);

  gtk_widget_add_css_class (texts, "param-help");
  self->title = strata_paragraph_append (texts, NULL, "heading", PANGO_WRAP_WORD_CHAR);
  self->description = strata_paragraph_append (texts, NULL, "body", PANGO_WRAP_WORD_CHAR);
  self->object = strata_paragraph_append (texts, NULL, "body", PANGO_WRAP_WORD_CHAR);
  self->formula = strata_paragraph_append (texts, NULL, "formula", PANGO_WRAP_WORD_CHAR);
  self->range = strata_paragraph_append (texts, NULL, "dim-label", PANGO_WRAP_WORD_CHAR);
  gtk_box_append (GTK_BOX (box), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (box), texts);
  self->revealer = gtk_revealer_new ();
  gtk_revealer_set_transition_type (GTK_REVEALER (self->revealer), GTK_REVEALER_TRANSITION_TYPE_SLIDE_UP);
  gtk_revealer_set_child (GTK_REVEALER (self->revealer), box);
  gtk_widget_set_parent (self->revealer, GTK_WIDGET (self));
}

GtkWidget *
strata_param_help_new (void)
{
  return g_object_new (STRATA_TYPE_PARAM_HELP, NULL);
}

static void
set_text (GtkWidget  *label,
          const char *text)
{
  gtk_label_set_text (GTK_LABEL (label), text != NULL ? text : "");
  gtk_widget_set_visible (label, text != NULL && *text != '\0');
}

static char *
format_number (const StrataParam *param,
               double             number)
{
  if (param->type == STRATA_PARAM_FLOAT)
    return g_strdup_printf ("%.4g", number);
  return strata_words_count (llround (number));
}

static void
append_sentence (GString *text,
                 char    *sentence)
{
  if (text->len > 0)
    g_string_append_c (text, ' ');
  g_string_append (text, sentence);
  g_free (sentence);
}

static void
append_bounds (GString           *text,
               const StrataParam *param)
{
  g_autofree char *low = format_number (param, param->minimum), *high = format_number (param, param->maximum);

  if (param->minimum == 0 && param->maximum == 0)
    return;
  if (param->maximum >= LARGEST_TOLD && param->minimum > -LARGEST_TOLD)
    append_sentence (text, g_strdup_printf (_("At least %s."), low));
  else if (param->maximum < LARGEST_TOLD)
    append_sentence (text, g_strdup_printf (_("From %s to %s."), low, high));
}

static void
append_usual (GString           *text,
              const StrataParam *param)
{
  g_autofree char *low = format_number (param, param->soft_minimum), *high = format_number (param, param->soft_maximum);

  if (param->soft_minimum != 0 || param->soft_maximum != 0)
    append_sentence (text, g_strdup_printf (_("Usually %s to %s."), low, high));
}

static void
append_default (GString           *text,
                const StrataParam *param)
{
  g_autoptr (JsonNode) fallback = strata_param_get_default (param);
  g_autofree char *words = fallback != NULL ? strata_words_value (fallback) : NULL;

  if (words != NULL)
    append_sentence (text, g_strdup_printf (_("Default: %s."), words));
}

/**
 * strata_param_help_show:
 * @param: (nullable): what to explain; %NULL hides all
 * @object: (nullable): the object that is the parameter's value
 */
void
strata_param_help_show (StrataParamHelp   *self,
                        const StrataParam *param,
                        StrataObject      *object)
{
  g_autoptr (GString) range = g_string_new (NULL);
  const StrataObjectInfo *info = object != NULL ? STRATA_OBJECT_GET_CLASS (object)->info : NULL;

  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), param != NULL);
  if (param == NULL)
    return;
  append_bounds (range, param);
  append_usual (range, param);
  append_default (range, param);
  set_text (self->title, param->title != NULL ? _(param->title) : param->name);
  set_text (self->description, param->description != NULL ? _(param->description) : NULL);
  set_text (self->object, info != NULL && info->description != NULL ? _(info->description) : NULL);
  set_text (self->formula, info != NULL && info->formula != NULL ? _(info->formula) : NULL);
  set_text (self->range, range->str);
}

/**
 * strata_param_help_get_text:
 *
 * Returns: (nullable): what it says about values, or %NULL where it is hidden
 */
const char *
strata_param_help_get_text (StrataParamHelp *self)
{
  return gtk_revealer_get_reveal_child (GTK_REVEALER (self->revealer))
         ? gtk_label_get_text (GTK_LABEL (self->range)) : NULL;
}
