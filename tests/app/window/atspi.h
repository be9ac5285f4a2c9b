/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

/* What assistive technology sees of an app, over its own bus: no pointer, and nothing of the app's inside. */
typedef struct
{
  GDBusConnection *bus;
  char *app, *root;     /* the app's name on it, and where it begins */
} Atspi;

#define ATSPI_SECONDS 60

static GVariant *
atspi_call (Atspi      *self,
            const char *name,
            const char *path,
            const char *interface,
            const char *method,
            GVariant   *arguments)
{
  g_autofree char *full = g_str_has_prefix (interface, "org.freedesktop.")
                          ? g_strdup (interface) : g_strconcat ("org.a11y.atspi.", interface, NULL);

  return g_dbus_connection_call_sync (self->bus, name, path, full, method, arguments, NULL, G_DBUS_CALL_FLAGS_NONE,
                                      10000, NULL, NULL);
}

static GVariant *
atspi_get_property (Atspi      *self,
                    const char *path,
                    const char *interface,
                    const char *property)
{
  g_autofree char *full = g_strconcat ("org.a11y.atspi.", interface, NULL);
  g_autoptr (GVariant) result = atspi_call (self, self->app, path, "org.freedesktop.DBus.Properties", "Get",
                                            g_variant_new ("(ss)", full, property));
  GVariant *value = NULL;

  if (result != NULL)
    g_variant_get (result, "(v)", &value);
  return value;
}

static char *
atspi_dup_text (Atspi      *self,
                const char *path,
                const char *property)
{
  g_autoptr (GVariant) value = atspi_get_property (self, path, "Accessible", property);

  return g_strdup (value != NULL && g_variant_is_of_type (value, G_VARIANT_TYPE_STRING)
                   ? g_variant_get_string (value, NULL) : "");
}

/* Where the one app is that answers; one that ended may be listed for a while. */
static gboolean
atspi_find_app (Atspi *self)
{
  g_autoptr (GVariant) result = atspi_call (self, "org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root",
                                            "Accessible", "GetChildren", NULL);
  g_autoptr (GVariant) list = result != NULL ? g_variant_get_child_value (result, 0) : NULL;

  for (gsize i = 0; list != NULL && i < g_variant_n_children (list); i++)
    {
      g_autoptr (GVariant) count = NULL;

      g_variant_get_child (list, i, "(so)", &self->app, &self->root);
      count = atspi_get_property (self, self->root, "Accessible", "ChildCount");
      if (count != NULL)
        return TRUE;
      g_clear_pointer (&self->app, g_free);
      g_clear_pointer (&self->root, g_free);
    }
  return FALSE;
}

static GPtrArray *
atspi_dup_children (Atspi      *self,
                    const char *path)
{
  g_autoptr (GVariant) count = atspi_get_property (self, path, "Accessible", "ChildCount");
  GPtrArray *children = g_ptr_array_new_with_free_func (g_free);

  for (int i = 0; count != NULL && i < g_variant_get_int32 (count); i++)
    {
      g_autoptr (GVariant) result = atspi_call (self, self->app, path, "Accessible", "GetChildAtIndex",
                                                g_variant_new ("(i)", i));
      const char *child;

      if (result == NULL)
        continue;
      g_variant_get (result, "((&s&o))", NULL, &child);
      g_ptr_array_add (children, g_strdup (child));
    }
  return children;
}

static gboolean
atspi_has_role (Atspi      *self,
                const char *path,
                const char *role)
{
  g_autoptr (GVariant) result = atspi_call (self, self->app, path, "Accessible", "GetRoleName", NULL);
  const char *own;

  if (result == NULL)
    return FALSE;
  g_variant_get (result, "(&s)", &own);
  return g_str_equal (own, role);
}

static char *
atspi_look (Atspi      *self,
            const char *path,
            const char *role,
            const char *name)
{
  g_autofree char *own = atspi_dup_text (self, path, "Name"), *last = g_strconcat (" ", name, NULL);
  g_autoptr (GPtrArray) children = NULL;

  /* A label may be said twice, with its mnemonic and without. */
  if ((g_str_has_prefix (own, name) || g_str_has_suffix (own, last)) && atspi_has_role (self, path, role))
    return g_strdup (path);
  /* The palette is long, and only its rows are of interest. */
  if (g_str_equal (own, "Layers") && !g_str_equal (role, "list item"))
    return NULL;
  children = atspi_dup_children (self, path);
  for (guint i = 0; i < children->len; i++)
    {
      char *found = atspi_look (self, g_ptr_array_index (children, i), role, name);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* Waits for something of that role, as GTK calls it, whose name begins or ends so. */
static char *
atspi_find (Atspi      *self,
            const char *role,
            const char *name)
{
  gint64 end = g_get_monotonic_time () + ATSPI_SECONDS * G_USEC_PER_SEC;

  g_test_message ("looking for a %s called %s", role, name);
  while (g_get_monotonic_time () < end)
    {
      char *found = atspi_look (self, self->root, role, name);

      if (found != NULL)
        return found;
      g_usleep (100000);
    }
  g_error ("There is no %s called %s", role, name);
}

static void
atspi_act (Atspi      *self,
           const char *role,
           const char *name,
           const char *action)
{
  g_autofree char *path = atspi_find (self, role, name);
  g_autoptr (GVariant) count = atspi_get_property (self, path, "Action", "NActions"), done = NULL;
  gboolean success = FALSE;

  g_assert_nonnull (count);
  for (int i = 0; i < g_variant_get_int32 (count) && done == NULL; i++)
    {
      g_autoptr (GVariant) result = atspi_call (self, self->app, path, "Action", "GetName", g_variant_new ("(i)", i));
      const char *own;

      g_assert_nonnull (result);
      g_variant_get (result, "(&s)", &own);
      if (g_str_equal (own, action))
        done = atspi_call (self, self->app, path, "Action", "DoAction", g_variant_new ("(i)", i));
    }
  g_assert_nonnull (done);
  g_variant_get (done, "(b)", &success);
  g_assert_true (success);
}

static void
atspi_type (Atspi      *self,
            const char *role,
            const char *name,
            const char *text)
{
  g_autofree char *path = atspi_find (self, role, name);
  g_autoptr (GVariant) done = atspi_call (self, self->app, path, "EditableText", "SetTextContents",
                                          g_variant_new ("(s)", text));
  gboolean success = FALSE;

  g_assert_nonnull (done);
  g_variant_get (done, "(b)", &success);
  g_assert_true (success);
}

static void
atspi_set_value (Atspi      *self,
                 const char *role,
                 const char *name,
                 double      value)
{
  g_autofree char *path = atspi_find (self, role, name);
  g_autoptr (GVariant) done = atspi_call (self, self->app, path, "org.freedesktop.DBus.Properties", "Set",
                                          g_variant_new ("(ssv)", "org.a11y.atspi.Value", "CurrentValue",
                                                         g_variant_new_double (value)));

  g_assert_nonnull (done);
}

/* Waits until a description has these words. */
static void
atspi_expect (Atspi      *self,
              const char *role,
              const char *name,
              const char *words)
{
  gint64 end = g_get_monotonic_time () + ATSPI_SECONDS * G_USEC_PER_SEC;
  g_autofree char *path = atspi_find (self, role, name), *text = NULL;

  while (g_get_monotonic_time () < end)
    {
      g_free (text);
      text = atspi_dup_text (self, path, "Description");
      if (strstr (text, words) != NULL)
        return;
      g_usleep (50000);
    }
  g_error ("%s is described as “%s”, without “%s”", name, text, words);
}

/* Waits for the app on the bus of assistive technology. */
static void
atspi_open (Atspi *self)
{
  g_autoptr (GDBusConnection) session = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (GVariant) result = g_dbus_connection_call_sync (session, "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus",
                                                             "GetAddress", NULL, NULL,
                                                             G_DBUS_CALL_FLAGS_NONE, 10000, NULL, NULL);
  gint64 end = g_get_monotonic_time () + ATSPI_SECONDS * G_USEC_PER_SEC;
  const char *address;

  g_assert_nonnull (result);
  g_variant_get (result, "(&s)", &address);
  self->bus = g_dbus_connection_new_for_address_sync (address, G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                      G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION, NULL, NULL, NULL);
  g_assert_nonnull (self->bus);
  while (!atspi_find_app (self) && g_get_monotonic_time () < end)
    g_usleep (50000);
  g_assert_nonnull (self->app);
}

/* Roles of what one comes to with Tab and acts on, or has read to one. */
static const char *const atspi_acting_roles[] = {
  "button", "toggle button", "check box", "radio button", "switch", "spin button", "text box",
  "search box", "combo box",
  "slider", "tab", "option", "list item", "menu item", NULL,
};

/* What can be acted on below @path without that anybody is told what it is: its role and the names of what is around.
 * Returns how many things can be acted on. */
static guint
atspi_collect_nameless (Atspi      *self,
                        const char *path,
                        const char *around,
                        GPtrArray  *found)
{
  g_autofree char *name = atspi_dup_text (self, path, "Name"), *place = g_strdup_printf ("%s > %s", around, name);
  g_autoptr (GVariant) role = atspi_call (self, self->app, path, "Accessible", "GetRoleName", NULL);
  g_autoptr (GPtrArray) children = NULL;
  const char *own = "";
  guint n;

  if (role != NULL)
    g_variant_get (role, "(&s)", &own);
  n = g_strv_contains (atspi_acting_roles, own);
  if (*name == '\0' && n > 0)
    g_ptr_array_add (found, g_strdup_printf ("%s in %s", own, around));
  /* The rows of the palette are alike, and many. */
  if (g_str_equal (name, "Layers"))
    return n;
  children = atspi_dup_children (self, path);
  for (guint i = 0; i < children->len; i++)
    n += atspi_collect_nameless (self, g_ptr_array_index (children, i), *name != '\0' ? place : around, found);
  return n;
}

static void
atspi_close (Atspi *self)
{
  g_clear_object (&self->bus);
  g_clear_pointer (&self->app, g_free);
  g_clear_pointer (&self->root, g_free);
}
