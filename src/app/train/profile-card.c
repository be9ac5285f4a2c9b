/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "train/profile-card.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "charts/figures.h"
#include "charts/swatch.h"
#include "train/profile-line.h"
#include "train/profile-phases.h"
#include "widgets/wrap-layout.h"

/* More rows are shown on demand, unless they are hardly more. */
#define FEW_ROWS 10
#define HARDLY_MORE 2
#define THICKNESS 0.9

/**
 * StrataProfileCard:
 *
 * Where the time of a training goes: by what it is for, and by layer or operation, the slowest first. It is kept up
 * only while it is seen.
 */
struct _StrataProfileCard
{
  GtkWidget parent_instance;

  StrataRunner *runner;
  GtkWidget *card, *empty, *body, *legend, *list, *more;
  GtkLabel *summary;
  StrataShareBar *bar;
  GtkSizeGroup *names, *times, *shares;
  gboolean by_operation, shows_all;
};

G_DEFINE_FINAL_TYPE (StrataProfileCard, strata_profile_card, GTK_TYPE_WIDGET)

enum
{
  PROP_BY_OPERATION = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
update_summary (StrataProfileCard   *self,
                const StrataProfile *profile)
{
  double whole = strata_profile_get_seconds (profile);
  gint64 n = strata_profile_get_n_batches (profile);
  g_autofree char *time = strata_profile_format (whole, whole), *number = strata_figures_fixed (n, 0), *text = NULL;

  /* Translators: the first is a time, the second a number, as "1.20 ms a batch, the mean of 1,250". */
  text = g_strdup_printf (g_dngettext (NULL, "%s a batch, of %s", "%s a batch, the mean of %s", (gulong) n),
                          time, number);
  gtk_label_set_text (self->summary, text);
}

static void
add_to_legend (StrataProfileCard *self,
               guint              phase,
               double             seconds,
               double             whole)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *share = strata_profile_percent (seconds, whole);
  GtkWidget *title = gtk_label_new (strata_profile_phase_title (phase)), *value = gtk_label_new (share);

  gtk_widget_add_css_class (value, "numeric");
  gtk_widget_add_css_class (value, "dim-label");
  gtk_box_append (GTK_BOX (box), strata_swatch_new (strata_profile_phase_color (phase)));
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), value);
  gtk_box_append (GTK_BOX (self->legend), box);
}

static void
update_phases (StrataProfileCard   *self,
               const StrataProfile *profile)
{
  double seconds[STRATA_PROFILE_N_PHASES], whole = strata_profile_get_seconds (profile);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->legend)) != NULL)
    gtk_box_remove (GTK_BOX (self->legend), child);
  for (guint i = 0; i < STRATA_PROFILE_N_PHASES; i++)
    {
      guint phase = strata_profile_phase_at (i);

      seconds[phase] = strata_profile_get_phase (profile, phase);
      if (seconds[phase] > 0)
        add_to_legend (self, phase, seconds[phase], whole);
    }
  strata_profile_draw_shares (self->bar, seconds, whole);
}

/* Rows stay what they are, so that neither pointer nor focus loses its place. */
static void
update_rows (StrataProfileCard   *self,
             const StrataProfile *profile)
{
  StrataDocument *document = strata_runner_get_document (self->runner);
  g_autoptr (GPtrArray) rows = self->by_operation ? strata_profile_by_op (profile)
                                                  : strata_profile_by_layer (profile, document);
  guint n = self->shows_all || rows->len <= FEW_ROWS + HARDLY_MORE ? rows->len : FEW_ROWS;
  double longest = rows->len > 0 ? ((StrataProfileRow *) g_ptr_array_index (rows, 0))->total : 0;
  g_autofree char *all = g_strdup_printf (_("Show all %u"), rows->len);
  GtkListBoxRow *row;

  for (guint i = 0; i < n; i++)
    {
      row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), (int) i);
      if (row == NULL)
        {
          row = GTK_LIST_BOX_ROW (strata_profile_line_new (self->names, self->times, self->shares));
          gtk_list_box_append (GTK_LIST_BOX (self->list), GTK_WIDGET (row));
        }
      strata_profile_line_set (STRATA_PROFILE_LINE (row), g_ptr_array_index (rows, i), longest,
                               strata_profile_get_seconds (profile));
    }
  while ((row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), (int) n)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), GTK_WIDGET (row));
  gtk_widget_set_visible (self->more, rows->len > n);
  gtk_button_set_label (GTK_BUTTON (self->more), all);
}

static void
update (StrataProfileCard *self)
{
  const StrataProfile *profile = strata_runner_get_profile (self->runner);

  gtk_widget_set_visible (self->empty, profile == NULL);
  gtk_widget_set_visible (self->body, profile != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->summary), profile != NULL);
  if (profile == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  update_summary (self, profile);
  update_phases (self, profile);
  update_rows (self, profile);
}

static void
more_cb (StrataProfileCard *self)
{
  self->shows_all = TRUE;
  update (self);
}

static void
row_activated_cb (StrataProfileCard *self,
                  GtkListBoxRow     *row)
{
  const char *node = strata_profile_line_get_node (STRATA_PROFILE_LINE (row));

  if (node != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-layer", "s", node);
}

static void
strata_profile_card_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (strata_profile_card_parent_class)->map (widget);
  strata_runner_set_watched (STRATA_PROFILE_CARD (widget)->runner, TRUE);
  update (STRATA_PROFILE_CARD (widget));
}

static void
strata_profile_card_unmap (GtkWidget *widget)
{
  strata_runner_set_watched (STRATA_PROFILE_CARD (widget)->runner, FALSE);
  GTK_WIDGET_CLASS (strata_profile_card_parent_class)->unmap (widget);
}

static void
strata_profile_card_get_property (GObject    *object,
                                  guint       prop_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  if (prop_id == PROP_BY_OPERATION)
    g_value_set_boolean (value, STRATA_PROFILE_CARD (object)->by_operation);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
strata_profile_card_set_property (GObject      *object,
                                  guint         prop_id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  StrataProfileCard *self = STRATA_PROFILE_CARD (object);

  if (prop_id != PROP_BY_OPERATION)
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  else if (self->by_operation != g_value_get_boolean (value))
    {
      self->by_operation = g_value_get_boolean (value);
      self->shows_all = FALSE;
      update (self);
      g_object_notify_by_pspec (object, pspec);
    }
}

static void
strata_profile_card_dispose (GObject *object)
{
  StrataProfileCard *self = STRATA_PROFILE_CARD (object);

  g_clear_pointer (&self->card, gtk_widget_unparent);
  g_clear_object (&self->names);
  g_clear_object (&self->times);
  g_clear_object (&self->shares);
  g_clear_object (&self->runner);

  G_OBJECT_CLASS (strata_profile_card_parent_class)->dispose (object);
}

static void
strata_profile_card_class_init (StrataProfileCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = strata_profile_card_dispose;
  object_class->get_property = strata_profile_card_get_property;
  object_class->set_property = strata_profile_card_set_property;
  widget_class->map = strata_profile_card_map;
  widget_class->unmap = strata_profile_card_unmap;
  properties[PROP_BY_OPERATION] =
    g_param_spec_boolean ("by-operation", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "strata-profile-card");
}

static GtkWidget *
build_choice (StrataProfileCard *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *layers = gtk_toggle_button_new_with_mnemonic (_("By _layer"));
  GtkWidget *operations = gtk_toggle_button_new_with_mnemonic (_("By _operation"));

  gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (operations), GTK_TOGGLE_BUTTON (layers));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (layers), TRUE);
  g_object_bind_property (self, "by-operation", operations, "active", G_BINDING_BIDIRECTIONAL);
  gtk_widget_add_css_class (box, "linked");
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), layers);
  gtk_box_append (GTK_BOX (box), operations);
  return box;
}

static GtkWidget *
build_head (StrataProfileCard *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12), *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *title = gtk_label_new (_("Where the time goes"));

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "heading");
  self->summary = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->summary, 0);
  gtk_label_set_wrap (self->summary, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->summary), "numeric");
  gtk_widget_add_css_class (GTK_WIDGET (self->summary), "dim-label");
  gtk_box_append (GTK_BOX (texts), title);
  gtk_box_append (GTK_BOX (texts), GTK_WIDGET (self->summary));
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (head), texts);
  gtk_box_append (GTK_BOX (head), build_choice (self));
  return head;
}

static GtkWidget *
build_body (StrataProfileCard *self)
{
  GtkWidget *body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->bar = STRATA_SHARE_BAR (strata_share_bar_new (THICKNESS));
  self->legend = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_layout_manager (self->legend, strata_wrap_layout_new (18, 6));
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "profile-rows");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Where the time goes"), -1);
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (row_activated_cb), self);
  self->more = gtk_button_new ();
  gtk_widget_set_halign (self->more, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->more, "flat");
  g_signal_connect_swapped (self->more, "clicked", G_CALLBACK (more_cb), self);
  gtk_box_append (GTK_BOX (body), GTK_WIDGET (self->bar));
  gtk_box_append (GTK_BOX (body), self->legend);
  gtk_box_append (GTK_BOX (body), self->list);
  gtk_box_append (GTK_BOX (body), self->more);
  return body;
}

static void
strata_profile_card_init (StrataProfileCard *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->names = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  self->times = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  self->shares = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  self->body = build_body (self);
  self->empty = gtk_label_new (_("Train, and see here what each layer takes of a batch’s time."));
  gtk_label_set_wrap (GTK_LABEL (self->empty), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->empty), 0);
  gtk_widget_add_css_class (self->empty, "dim-label");
  gtk_box_append (GTK_BOX (box), build_head (self));
  gtk_box_append (GTK_BOX (box), self->empty);
  gtk_box_append (GTK_BOX (box), self->body);
  gtk_widget_add_css_class (box, "panel");
  self->card = adw_bin_new ();
  gtk_widget_add_css_class (self->card, "card");
  gtk_widget_set_margin_bottom (self->card, 12);
  adw_bin_set_child (ADW_BIN (self->card), box);
  gtk_widget_set_parent (self->card, GTK_WIDGET (self));
}

/**
 * strata_profile_card_new:
 * @runner: who trains
 *
 * Returns: a card
 */
GtkWidget *
strata_profile_card_new (StrataRunner *runner)
{
  StrataProfileCard *self = g_object_new (STRATA_TYPE_PROFILE_CARD, NULL);

  self->runner = g_object_ref (runner);
  g_signal_connect_object (runner, "profiled", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
