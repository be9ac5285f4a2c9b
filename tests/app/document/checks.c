/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Each check on a document finds what it is for, its fix mends that in one step, and it leaves good networks in
 * peace. */
#include "document/checks/check.h"

#include "data/data-source.h"
#include "document/file.h"
#include "document/group.h"
#include "network.h"

#define DIGITS "Input(batch_shape=[None,28,28,1]) > Conv2D(filters=4,activation='relu') > Flatten() > "
#define ROW "Input(batch_shape=[None,4]) > Dense(units=8,activation='relu') > "
#define TEXT "Input(batch_shape=[None,20],dtype='int32') > "
#define STEPS "Input(batch_shape=[None,20,3]) > "

#define SPARSE "{\"loss\": \"sparse_categorical_crossentropy\"}"
#define BINARY "{\"loss\": \"binary_crossentropy\"}"
#define SQUARES "{\"loss\": \"mse\"}"

#define OF_CLASSES "{\"input\": [4], \"classes\": 3}"
#define OF_GRAMS "{\"input\": [4], \"target\": [1], \"target_low\": 2700, \"target_high\": 6300}"
#define OF_NUMBERS "{\"input\": [4], \"target\": [1], \"target_low\": -3, \"target_high\": 3}"

/* What goes wrong in which document; the label of the fix, or none. */
static const struct
{
  const char *check, *network, *compile, *fit, *data, *fix;
} cases[] = {
  { "no-input", "a: Dense() > b: Dense() < a", NULL, NULL, NULL, "Add an input" },
  { "only-inputs", "Input()", NULL, NULL, NULL, NULL },
  { "unused-input", ROW "Dense(units=3) > Input()", NULL, NULL, NULL, "Remove it" },
  { "not-wired-yet", "Dense()", NULL, NULL, NULL, "Add an input" },
  { "not-wired-yet", "Input() > Conv2D() > Dense() <", NULL, NULL, NULL, "Connect after conv2d" },
  { "missing-port", STEPS "MultiHeadAttention(num_heads=2,key_dim=4)", NULL, NULL, NULL,
    "Connect input_layer there, too" },
  { "single-merge", "Input(batch_shape=[None,4]) > Add() > Dense(units=3)", NULL, NULL, NULL, "Remove the layer" },
  { "unused-branch", "Input(batch_shape=[None,4]) > a: Dense(units=8,activation='relu') > c: "
                     "Dense(units=7,activation='relu') < a > Dense(units=3) < a", NULL, NULL,
    OF_CLASSES, "Remove the branch" },
  { "inputs-and-data", "a: Input(batch_shape=[None,4]) > b: Input(batch_shape=[None,4]) > Add() < a b > Dense(units=3)",
    NULL, NULL, OF_CLASSES, NULL },
  { "sequence-lost", STEPS "LSTM(units=4) > LSTM(units=5)", NULL, NULL, NULL, "Return sequences" },
  { "flat-before-conv", "Input(batch_shape=[None,28,28,1]) > Flatten() > Conv2D()", NULL, NULL, NULL,
    "Remove Flatten" },
  { "missing-channel", "Input(batch_shape=[None,28,28]) > Conv2D()", NULL, NULL, NULL, "Add a channel" },
  { "missing-channel", "Input(batch_shape=[None,28]) > LSTM()", NULL, NULL, NULL, "Add a channel" },
  { "missing-channel", "Input(batch_shape=[None,28]) > Conv1D(kernel_size=3)", NULL, NULL, NULL, "Add a channel" },
  { "window-too-large", "Input(batch_shape=[None,4,4,1]) > MaxPooling2D() > MaxPooling2D() > MaxPooling2D()", NULL,
    NULL, NULL, "Use “same” padding" },
  { "merge-shapes", "a: Input(batch_shape=[None,4]) > b: Input(batch_shape=[None,6]) > Add() < a b", NULL, NULL, NULL,
    "Insert Dense" },
  { "merge-shapes", "a: Input(batch_shape=[None,8,8,4]) > b: Conv2D(filters=6,padding='same') < a > Multiply() < a b",
    NULL, NULL, NULL, "Insert Conv2D" },
  { "merge-shapes", "a: Input(batch_shape=[None,8,8,4]) > b: Conv2D(filters=4) < a > Add() < a b", NULL, NULL, NULL,
    "Use “same” padding" },
  { "merge-shapes", "a: Input(batch_shape=[None,8,4]) > b: Input(batch_shape=[None,6,4]) > Concatenate() < a b",
    NULL, NULL, NULL,
    "Join along dimension 1" },
  { "stateful-batch", STEPS "LSTM(units=4,stateful=True)", NULL, "{\"batch_size\": 5}", NULL, "Use batches of 5" },
  { "words-beyond", TEXT "Embedding(input_dim=50,output_dim=4) > Flatten() > Dense(units=3)", NULL, NULL,
    "{\"input\": [20], \"whole\": true, \"words\": true, \"high\": 99, \"classes\": 3}", "Know 100 words" },
  { "cannot-work", "Input(batch_shape=[None,3]) > Reshape(target_shape=[2,2])", NULL, NULL, NULL, NULL },
  { "cannot-work", "Input(batch_shape=[None,4,4,2]) > RepeatVector(n=3)", NULL, NULL, NULL, "Insert Flatten" },
  { "dense-per-pixel", "Input(batch_shape=[None,28,28,1]) > Dense(units=3)", NULL, NULL, NULL, "Insert Flatten" },
  { "input-shape", ROW "Dense(units=3)", NULL, NULL, "{\"input\": [28, 28, 1], \"classes\": 3}", "Take 28×28×1" },
  { "channels-first", "Input(batch_shape=[None,3,32,32]) > Conv2D(filters=4)", NULL, NULL, NULL, "Put channels last" },
  { "fractions-as-numbers", ROW "Embedding(input_dim=9,output_dim=4) > Flatten() > Dense(units=3)", NULL, NULL, NULL,
    "Use Dense instead" },
  { "fractions-as-numbers",
    "Input(batch_shape=[None,4]) > Embedding(input_dim=9,output_dim=4) > Flatten() > Dense(units=3)", NULL, NULL,
    "{\"input\": [4], \"low\": -2, \"classes\": 3}", "Use Dense instead" },
  { "padding-counts", TEXT "Embedding(input_dim=50,output_dim=4) > LSTM(units=4) > Dense(units=3)", NULL, NULL,
    "{\"input\": [20], \"whole\": true, \"words\": true, \"high\": 49, \"classes\": 3}", "Skip the filling" },
  { "mask-lost", TEXT "Embedding(input_dim=50,output_dim=4,mask_zero=True) > Flatten() > Dense(units=3)", NULL, NULL,
    NULL, "Do without marks" },
  { "mask-lost", STEPS "Masking() > Conv1D(filters=4,kernel_size=3)", NULL, NULL, NULL, "Remove Masking" },
  { "missing-rescaling", DIGITS "Dense(units=10)", NULL, NULL,
    "{\"input\": [28, 28, 1], \"high\": 255, \"classes\": 10}", "Add Rescaling" },
  { "missing-normalization", ROW "Dense(units=3)", NULL, NULL, "{\"input\": [4], \"high\": 6300, \"classes\": 3}",
    "Normalize the data" },
  { "no-loss", ROW "Dense(units=3)", NULL, NULL, OF_CLASSES, "Use it" },
  { "no-loss", ROW "Dense(units=1)", "{\"optimizer\": \"sgd\"}", NULL, OF_NUMBERS, "Use it" },
  { "rows-of-labels", ROW "Dense(units=3,activation='softmax')", SPARSE, NULL, "{\"input\": [4], \"target\": [3]}",
    "Use categorical crossentropy" },
  { "classes-as-numbers", ROW "Dense(units=3)", SQUARES, NULL, OF_CLASSES, "Use the loss for classes" },
  { "numbers-as-classes", ROW "Dense(units=1)", SPARSE, NULL, OF_NUMBERS, "Use mean squared error" },
  { "binary-for-many", ROW "Dense(units=3,activation='sigmoid')", BINARY, NULL, OF_CLASSES,
    "Use the loss for classes" },
  { "not-finished", "Input(batch_shape=[None,28,28,1]) > Conv2D(filters=4,activation='relu')", SPARSE, NULL,
    "{\"input\": [28, 28, 1], \"classes\": 10}", "Add Flatten and Dense" },
  { "not-finished", DIGITS "Dropout(rate=0.2)", SPARSE, NULL, "{\"input\": [28, 28, 1], \"classes\": 10}",
    "Add Dense" },
  { "not-finished", STEPS "LSTM(units=8)", SQUARES, NULL, "{\"input\": [20, 3], \"target\": [1]}", "Add Dense" },
  { "units-per-class", ROW "Dense(units=8,activation='softmax')", SPARSE, NULL, OF_CLASSES, "Use 3 units" },
  { "units-per-class", ROW "Dense(units=2) > Activation(activation='sigmoid')", BINARY, NULL,
    "{\"input\": [4], \"classes\": 2}", "Use 1 unit" },
  { "units-per-class", ROW "Dense(units=5)", SQUARES, NULL, OF_NUMBERS, "Use 1 unit" },
  { "sequence-output", STEPS "LSTM(units=4,return_sequences=True) > Dense(units=3)", NULL, NULL,
    "{\"input\": [20, 3], \"classes\": 3}",
    "Keep the last step only" },
  { "sequence-output", STEPS "Conv1D(filters=4,kernel_size=3,activation='relu') > Dense(units=3)", NULL, NULL,
    "{\"input\": [20, 3], \"classes\": 3}",
    "Take the mean of the steps" },
  { "single-softmax", ROW "Dense(units=1,activation='softmax')", SPARSE, NULL, NULL, "Use sigmoid" },
  { "softmax-for-binary", ROW "Dense(units=3,activation='softmax')", BINARY, NULL, NULL, "Use the loss for classes" },
  { "sigmoid-for-classes", ROW "Dense(units=1,activation='sigmoid')", SPARSE, NULL, NULL, "Use binary crossentropy" },
  { "sigmoid-for-classes", ROW "Dense(units=3,activation='sigmoid')", SPARSE, NULL, NULL, "Use softmax" },
  { "probabilities-wanted", ROW "Dense(units=3)", SPARSE, NULL, NULL, "Use softmax" },
  { "probabilities-wanted", ROW "Dense(units=1)", BINARY, NULL, NULL, "Use sigmoid" },
  { "logits-twice", ROW "Dense(units=3,activation='softmax')",
    "{\"loss\": {\"class_name\": \"SparseCategoricalCrossentropy\", \"config\": {\"from_logits\": true}}}", NULL, NULL,
    "Leave it to the loss" },
  { "logits-twice", ROW "Dense(units=3) > Softmax()",
    "{\"loss\": {\"class_name\": \"SparseCategoricalCrossentropy\", \"config\": {\"from_logits\": true}}}", NULL, NULL,
    "Leave it to the loss" },
  { "softmax-inside", "Input(batch_shape=[None,4]) > Dense(units=8,activation='softmax') > Dense(units=3)", NULL, NULL,
    NULL, "Use ReLU" },
  { "softmax-inside", ROW "Dense(units=3,activation='softmax') > Softmax()", NULL, NULL, NULL, "Keep the second only" },
  { "relu-output", ROW "Dense(units=1,activation='relu')", SQUARES, NULL, OF_NUMBERS, "Use linear" },
  { "bounded-output", ROW "Dense(units=1,activation='sigmoid')", SQUARES, NULL, OF_NUMBERS, "Use linear" },
  { "large-targets", ROW "Dense(units=1)", SQUARES, NULL, OF_GRAMS, "Add Rescaling" },
  { "large-targets", ROW "Dense(units=1)", "{\"loss\": \"mse\", \"optimizer\": {\"class_name\": \"SGD\"}}", NULL,
    OF_GRAMS, "Add Rescaling and use Adam" },
  { "settings-per-output", "Input(batch_shape=[None,4]) > x: Dense(units=8,activation='relu') > Dense(units=3) > "
                           "Dense(units=2) < x", "{\"metrics\": [\"accuracy\"]}", NULL, NULL, "Adapt the metrics" },
  { "settings-per-output", ROW "Dense(units=1)", "{\"loss\": [\"mse\", \"mae\"]}", NULL, NULL, "Adapt the losses" },
  { "metric-for-task", ROW "Dense(units=1)", "{\"loss\": \"mse\", \"metrics\": [\"accuracy\"]}", NULL, OF_NUMBERS,
    "Use mean absolute error" },
  { "learning-rate", ROW "Dense(units=1)",
    "{\"optimizer\": {\"class_name\": \"Adam\", \"config\": {\"learning_rate\": 1}}}", NULL, NULL, "Use 0.001" },
  { "learning-rate", ROW "Dense(units=1)",
    "{\"optimizer\": {\"class_name\": \"SGD\", \"config\": {\"learning_rate\": 1e-9}}}", NULL, NULL, "Use 0.01" },
  { "batch-too-large", ROW "Dense(units=3)", NULL, "{\"batch_size\": 512}",
    "{\"n\": 120, \"input\": [4], \"classes\": 3}", "Use batches of 8" },
  { "stateful-shuffle", "Input(batch_shape=[8,20,3]) > LSTM(units=4,stateful=True)", NULL, "{\"batch_size\": 8}", NULL,
    "Keep the order" },
  { "stopping-without-validation", ROW "Dense(units=3)", NULL,
    "{\"callbacks\": [{\"class_name\": \"EarlyStopping\", \"config\": {\"patience\": 3}}]}",
    OF_CLASSES, "Hold out 10 %" },
  { "class-imbalance", ROW "Dense(units=2)", NULL, NULL,
    "{\"input\": [4], \"classes\": 2, \"counts\": [950, 50]}", NULL },
  { "linear-stack", "Input(batch_shape=[None,4]) > Dense(units=8) > Dropout(rate=0.2) > Dense(units=3)", NULL, NULL,
    NULL, "Use ReLU" },
  { "same-activation-twice", ROW "ReLU() > Dense(units=3)", NULL, NULL, NULL, "Remove it" },
  { "vanishing", "Input(batch_shape=[None,4]) > Dense(activation='tanh') > Dense(activation='tanh') > "
                 "Dropout(rate=0.2) > Dense(activation='sigmoid') > "
    "Dense(activation='tanh') > Dense(units=1)", NULL, NULL, NULL, "Use ReLU in all" },
  { "dropout-rate", ROW "Dropout(rate=0.9) > Dense(units=3)", NULL, NULL, NULL, "Use 0.5" },
  { "noise-at-end", ROW "Dense(units=3) > Dropout(rate=0.3)", NULL, NULL, NULL, "Remove it" },
  { "dropout-before-norm", ROW "Dropout(rate=0.3) > BatchNormalization() > Dense(units=3)", NULL, NULL, NULL,
    "Remove Dropout" },
  { "bias-before-norm", "Input(batch_shape=[None,4]) > Dense(units=8) > BatchNormalization() > ReLU() > Dense(units=3)",
    NULL, NULL, NULL, "Do without bias" },
  { "does-nothing", ROW "Dropout(rate=0) > Dense(units=3)", NULL, NULL, NULL, "Remove it" },
  { "does-nothing", ROW "Flatten() > Dense(units=3)", NULL, NULL, NULL, "Remove it" },
  { "does-nothing", ROW "Activation(activation='linear') > Dense(units=3)", NULL, NULL, NULL, "Remove it" },
  { "strides-skip", "Input(batch_shape=[None,28,28,1]) > Conv2D(filters=4,kernel_size=3,strides=5)", NULL, NULL, NULL,
    "Move by 3" },
  { "narrow-neck", ROW "Dense(units=1,activation='relu') > Dense(units=3)", NULL, NULL, NULL, "Use 16 units" },
  { "strong-penalty", "Input(batch_shape=[None,4]) > Dense(units=3,kernel_regularizer=L2(l2=1.0))", NULL, NULL, NULL,
    "Use 0.001" },
  { "large-dense", "Input(batch_shape=[None,100,100,3]) > Conv2D(filters=8,activation='relu') > Flatten() > "
                   "Dense(units=64,activation='relu') > Dense(units=3)",
    NULL, NULL, NULL, "Use GlobalAveragePooling2D" },
  { "many-weights", "Input(batch_shape=[None,100000]) > Dense(units=4000)", NULL, NULL, NULL, "Use 99 units" },
  { "all-frozen", "Input(batch_shape=[None,4]) > Dense(units=3,trainable=False)", NULL, NULL, NULL,
    "Let all layers learn" },
  { "nothing-to-learn", "Input(batch_shape=[None,4,4,1]) > Flatten()", NULL, NULL, NULL, NULL },
  { "muted", ROW "Dense(name='quiet',units=8,activation='relu') > Dense(units=3)", NULL, NULL, NULL, NULL },
};

/* The layer that is called so is muted. */
static void
mute_quiet (StrataDocument *document)
{
  StrataDocNode *node = strata_document_find_node (document, "quiet");
  g_autoptr (GPtrArray) nodes = g_ptr_array_new ();

  if (node == NULL)
    return;
  g_ptr_array_add (nodes, node);
  strata_document_mute (document, nodes, TRUE);
}

static StrataDiagnostic *
find (StrataDocument *document,
      const char     *check)
{
  const GPtrArray *diagnostics = strata_document_get_diagnostics (document);

  for (guint i = 0; i < diagnostics->len; i++)
    if (g_strcmp0 (strata_diagnostic_get_check (g_ptr_array_index (diagnostics, i)), check) == 0)
      return g_ptr_array_index (diagnostics, i);
  return NULL;
}

static void
test_case (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (StrataDocument) document = network_new (cases[i].network);
  g_autoptr (StrataDiagnostic) diagnostic = NULL;
  g_autofree char *undo_label = NULL;
  g_autoptr (GError) error = NULL;

  if (cases[i].compile != NULL)
    network_set (document, "compile", cases[i].compile);
  if (cases[i].fit != NULL)
    network_set (document, "fit", cases[i].fit);
  if (cases[i].data != NULL)
    network_tell_data (document, cases[i].data);

  mute_quiet (document);
  g_assert_nonnull (find (document, cases[i].check));
  diagnostic = strata_diagnostic_ref (find (document, cases[i].check));
  g_test_message ("%s", strata_diagnostic_get_message (diagnostic));
  g_assert_cmpstr (strata_diagnostic_get_fix_label (diagnostic), ==, cases[i].fix);
  if (cases[i].fix == NULL)
    return;

  undo_label = g_strdup (strata_document_get_undo_label (document));
  g_assert_true (strata_diagnostic_apply_fix (diagnostic, document, &error));
  g_assert_no_error (error);
  g_assert_null (find (document, cases[i].check));
  g_assert_cmpstr (strata_document_get_undo_label (document), ==, cases[i].fix);

  strata_document_undo (document);
  g_assert_cmpstr (strata_document_get_undo_label (document), ==, undo_label);
  g_assert_nonnull (find (document, cases[i].check));
  g_assert_cmpstr (strata_diagnostic_get_message (find (document, cases[i].check)), ==,
                   strata_diagnostic_get_message (diagnostic));
}

static void
test_all_have_cases (void)
{
  guint n_checks;
  const StrataCheck *const *checks = strata_check_list (&n_checks);

  g_assert_cmpuint (n_checks, >=, 25);
  for (guint i = 0; i < n_checks; i++)
    {
      gboolean found = FALSE;

      for (guint j = 0; j < G_N_ELEMENTS (cases) && !found; j++)
        found = g_str_equal (cases[j].check, checks[i]->name);
      if (!found)
        g_test_message ("The check “%s” has no case", checks[i]->name);
      g_assert_true (found);
    }
}

static const struct
{
  const char *network, *compile, *data;
} good[] = {
  { DIGITS "Dense(units=10,activation='softmax')", SPARSE,
    "{\"input\": [28, 28, 1], \"classes\": 10, \"counts\": [100, 100, 110, 90, 100, 100, 100, 100, 100, 100]}" },
  { "Input(batch_shape=[None,28,28,1]) > Rescaling(scale=0.0039) > Conv2D(filters=4,activation='relu') > "
    "MaxPooling2D() > Flatten() > Dropout(rate=0.5) > Dense(units=10,activation='softmax')",
    SPARSE, "{\"input\": [28, 28, 1], \"high\": 255, \"classes\": 10}" },
  { ROW "Dense(units=1)", SQUARES, OF_NUMBERS },
  { ROW "Dense(units=1) > Rescaling(scale=800,offset=4200)", SQUARES, OF_GRAMS },
  { ROW "Dense(units=1,activation='sigmoid')", BINARY, "{\"input\": [4], \"classes\": 2, \"counts\": [600, 400]}" },
  { ROW "Dense(units=3) > Softmax()", SPARSE, OF_CLASSES },
  { ROW "Dense(units=3)", "{\"loss\": {\"class_name\": \"SparseCategoricalCrossentropy\", \"config\": "
                          "{\"from_logits\": true}}}", OF_CLASSES },
  { TEXT "Embedding(input_dim=100,output_dim=8,mask_zero=True) > LSTM(units=8,return_sequences=True) > LSTM(units=8) > "
    "Dense(units=1,activation='sigmoid')", BINARY,
    "{\"input\": [20], \"whole\": true, \"words\": true, \"high\": 99, \"classes\": 2}" },
  { TEXT "Embedding(input_dim=100,output_dim=8) > GlobalAveragePooling1D() > Dense(units=1,activation='sigmoid')",
    BINARY,
    "{\"input\": [20], \"whole\": true, \"words\": true, \"high\": 99, \"classes\": 2}" },
  { "Input(batch_shape=[None,28,28,1]) > Conv2D(filters=8,activation='relu') > Conv2D(filters=10) > "
    "GlobalAveragePooling2D() > Softmax()", SPARSE, "{\"input\": [28, 28, 1], \"classes\": 10}" },
  { STEPS "GRU(units=8) > Dense(units=1)", SQUARES,
    "{\"input\": [20, 3], \"target\": [1], \"target_low\": -2, \"target_high\": 3}" },
  { "a: Input(batch_shape=[None,16,16,8]) > Conv2D(filters=8,padding='same',use_bias=False) > BatchNormalization() > "
    "ReLU() > Conv2D(filters=8,padding='same',use_bias=False) > "
    "b: BatchNormalization() > c: Add() < a b > ReLU() > GlobalAveragePooling2D() > "
    "Dense(units=5,activation='softmax')", SPARSE, NULL },
  { "Input(batch_shape=[None,784]) > Dense(units=64,activation='relu') > Dense(units=2,activation='relu') > "
    "Dense(units=64,activation='relu') > Dense(units=784,activation='sigmoid')",
    "{\"loss\": \"mse\"}", "{\"input\": [784], \"target\": [784]}" },
  { STEPS "LSTM(units=4,return_sequences=True) > Dense(units=3,activation='softmax')", SPARSE,
    "{\"input\": [20, 3], \"target\": [20], \"whole\": true, \"classes\": 3}" },
  { "Input(batch_shape=[None,4]) > Dense(units=8,activation='tanh') > Dense(units=8,activation='tanh') > "
    "Dense(units=1)", SQUARES, OF_NUMBERS },
};

static void
assert_calm (StrataDocument *document)
{
  const GPtrArray *diagnostics = strata_document_get_diagnostics (document);

  for (guint i = 0; i < diagnostics->len; i++)
    g_test_message ("%s: %s", strata_diagnostic_get_check (g_ptr_array_index (diagnostics, i)),
                    strata_diagnostic_get_message (g_ptr_array_index (diagnostics, i)));
  g_assert_cmpuint (diagnostics->len, ==, 0);
}

static void
test_good (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (StrataDocument) document = network_new (good[i].network);

      g_test_message ("%s", good[i].network);
      network_set (document, "compile", good[i].compile);
      if (good[i].data != NULL)
        network_tell_data (document, good[i].data);
      assert_calm (document);
    }
}

/* Nothing is said about the examples, whatever their data. */
static void
test_examples (void)
{
  g_autoptr (GPtrArray) examples = strata_example_list ();

  g_assert_cmpuint (examples->len, >=, 3);
  for (guint i = 0; i < examples->len; i++)
    {
      StrataExample *example = g_ptr_array_index (examples, i);
      g_autoptr (GError) error = NULL;
      g_autoptr (StrataDocument) document = strata_document_new_from_example (example, &error);
      g_autoptr (StrataDataSet) set = NULL;
      g_autoptr (StrataDataFacts) facts = NULL;
      JsonNode *data = NULL;

      g_assert_no_error (error);
      data = strata_document_get_setting (document, "data");
      set = strata_data_source_load (json_node_get_object (data), NULL, &error);
      g_assert_no_error (error);
      facts = strata_data_facts_new (set, &error);
      g_assert_no_error (error);
      strata_document_set_data_facts (document, data, facts);
      g_test_message ("%s", example->name);
      g_assert_true (strata_document_get_data_facts (document) == facts);
      assert_calm (document);
    }
}

/* What was found out about data is not said of other data. */
static void
test_other_data (void)
{
  g_autoptr (StrataDocument) document = network_new (ROW "Dense(units=8,activation='softmax')");

  network_set (document, "compile", SPARSE);
  network_tell_data (document, OF_CLASSES);
  g_assert_nonnull (find (document, "units-per-class"));
  network_set (document, "data", "{\"kind\": \"iris\"}");
  g_assert_null (find (document, "units-per-class"));
}

/* Each of several outputs gets the loss that goes with its own targets. */
static void
test_losses (void)
{
  g_autoptr (StrataDocument) document = network_new (ROW "Dense(units=3,activation='softmax')");
  StrataDocNode *input = g_ptr_array_index (strata_document_get_nodes (document), 0), *second;
  g_autoptr (JsonNode) data = json_from_string (
    "{\"kind\": \"penguins\", \"target\": [[\"species\"], [\"body_mass_g\"]]}", NULL);
  g_autoptr (StrataDataSet) set = NULL;
  g_autoptr (StrataDataFacts) facts = NULL;
  g_autoptr (GError) error = NULL;
  StrataDiagnostic *diagnostic;

  second = strata_document_add_node (document, "Dense", NULL, 0, 0, &error);
  g_assert_no_error (error);
  strata_document_connect (document, input, 0, second, 0, &error);
  g_assert_no_error (error);
  strata_document_set_setting (document, "data", data);
  set = strata_data_source_load (json_node_get_object (data), NULL, &error);
  g_assert_no_error (error);
  facts = strata_data_facts_new (set, &error);
  g_assert_no_error (error);
  strata_document_set_data_facts (document, data, facts);
  diagnostic = find (document, "no-loss");
  g_assert_nonnull (strstr (strata_diagnostic_get_message (diagnostic), "sparse_categorical_crossentropy, "));
  strata_document_fix_all (document, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (json_array_get_string_element (json_object_get_array_member (json_node_get_object (
    strata_document_get_setting (document, "compile")), "loss"), 1), ==, "mean_squared_error");
}

/* The scale is that of the data. */
static void
test_grams (void)
{
  g_autoptr (StrataDocument) document = network_new ("Input(batch_shape=[None,8]) > Dense(units=8,activation='relu') > "
                                                     "Dense(units=1)");
  g_autoptr (JsonNode) data = json_from_string (
    "{\"kind\": \"penguins\", \"target\": \"body_mass_g\", \"normalize\": true}", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataDataSet) set = strata_data_source_load (json_node_get_object (data), NULL, &error);
  g_autoptr (StrataDataFacts) facts = NULL;
  const GPtrArray *nodes = strata_document_get_nodes (document);
  g_autoptr (JsonNode) scale = NULL, offset = NULL;
  StrataLayer *last;

  g_assert_no_error (error);
  facts = strata_data_facts_new (set, &error);
  g_assert_no_error (error);
  network_set (document, "compile", SQUARES);
  strata_document_set_setting (document, "data", data);
  strata_document_set_data_facts (document, data, facts);
  g_assert_true (strata_diagnostic_apply_fix (find (document, "large-targets"), document, &error));
  g_assert_no_error (error);
  last = strata_doc_node_get_layer (g_ptr_array_index (nodes, nodes->len - 1));
  scale = strata_object_get_param (STRATA_OBJECT (last), "scale");
  offset = strata_object_get_param (STRATA_OBJECT (last), "offset");
  g_assert_cmpfloat_with_epsilon (json_node_get_double (scale), 802, 40);
  g_assert_cmpfloat_with_epsilon (json_node_get_double (offset), 4202, 100);
}

/* A layer that was just put down is no mistake, but cannot be trained yet. */
static void
test_calm_at_first (void)
{
  g_autoptr (StrataDocument) document = network_new ("Dense()");
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (strata_document_count_severity (document, STRATA_SEVERITY_ERROR), ==, 0);
  g_assert_cmpuint (strata_document_count_severity (document, STRATA_SEVERITY_WARNING), ==, 0);
  g_assert_null (strata_document_build_model (document, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_STATE);
}

/* One step mends all, also what comes to light on the way. */
static void
test_fix_all (void)
{
  g_autoptr (StrataDocument) document = network_new ("Input(batch_shape=[None,28,28]) > "
                                                     "Conv2D(filters=4,kernel_size=3,strides=5) > Dropout(rate=0.95) > "
                                                     "Dense(units=7)");
  g_autoptr (GError) error = NULL;
  g_autofree char *label = NULL;

  network_set (document, "compile", SPARSE);
  network_tell_data (document, "{\"input\": [28, 28], \"high\": 255, \"classes\": 10}");
  label = g_strdup (strata_document_get_undo_label (document));
  g_assert_true (strata_document_fix_all (document, &error));
  g_assert_no_error (error);
  assert_calm (document);
  g_assert_cmpstr (strata_document_get_undo_label (document), ==, "Fix all");
  strata_document_undo (document);
  g_assert_cmpstr (strata_document_get_undo_label (document), ==, label);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/checks/%s/%u", cases[i].check, i);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_case);
    }
  g_test_add_func ("/checks/all-have-cases", test_all_have_cases);
  g_test_add_func ("/checks/good", test_good);
  g_test_add_func ("/checks/examples", test_examples);
  g_test_add_func ("/checks/other-data", test_other_data);
  g_test_add_func ("/checks/losses", test_losses);
  g_test_add_func ("/checks/grams", test_grams);
  g_test_add_func ("/checks/calm-at-first", test_calm_at_first);
  g_test_add_func ("/checks/fix-all", test_fix_all);
  return g_test_run ();
}
