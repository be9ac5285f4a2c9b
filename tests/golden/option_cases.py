# SPDX-License-Identifier: LGPL-2.1-or-later
"""Options of recurrent and attention layers in all combinations that mean something, as small as they can be."""
import itertools

import keras

L = keras.layers

CASES, RANDOM = {}, set()

STEPS = (2, 3, 2)
MASK = [[[0, 1, 0], [1, 1, 0]]]


def every(**options):
    return [dict(zip(options, values)) for values in itertools.product(*options.values())]


def add(name, *cases):
    CASES.setdefault(name, []).extend(cases)


def recurrent(name, make, units, states, shape=STEPS, mask=MASK):
    """Order, results, masks and first states; `states` are the shapes of what is remembered."""
    for o in every(go_backwards=(False, True), return_sequences=(False, True), return_state=(False, True), masked=(False, True), begun=(False, True)):
        config = dict(units, **{k: o[k] for k in ("go_backwards", "return_sequences", "return_state")})
        case = dict(layer=lambda config=config: make(**config), inputs=[shape])
        if o["begun"]:
            case["inputs"] = [shape, *states]
            case["arguments"] = {"initial_state": [{"$": i + 1} for i in range(len(states))]}
        if o["masked"]:
            case["masks"] = mask
            if o["return_sequences"]:
                add(name, dict(case, layer=lambda config=config: make(**config, zero_output_for_mask=True)))
        add(name, case)
    for sequences in (False, True):
        add(name, dict(layer=lambda s=sequences: make(**units, stateful=True, return_sequences=s), inputs=[shape], calls=3),
            dict(layer=lambda s=sequences: make(**units, unroll=True, return_sequences=s), inputs=[shape], masks=mask))


U, H = dict(units=2), (2, 2)
recurrent("SimpleRNN", L.SimpleRNN, U, [H])
recurrent("LSTM", L.LSTM, U, [H, H])
for reset in (True, False):
    recurrent("GRU", L.GRU, dict(U, reset_after=reset), [H])
for name, o in itertools.product(("SimpleRNN", "LSTM", "GRU"), every(use_bias=(False, True), activation=("tanh", "relu"), recurrent_activation=("sigmoid", "hard_sigmoid"))):
    config = dict(U, return_sequences=True, **{k: v for k, v in o.items() if name != "SimpleRNN" or k != "recurrent_activation"})
    add(name, dict(config=config, inputs=[STEPS]), dict(config=config, inputs=[STEPS], masks=MASK))

CELLS = {"simple": (lambda: L.SimpleRNNCell(2), [H]), "lstm": (lambda: L.LSTMCell(2), [H, H]), "gru": (lambda: L.GRUCell(2, reset_after=False), [H]),
         "stacked": (lambda: [L.LSTMCell(2), L.GRUCell(2)], None)}
for o in every(cell=CELLS, go_backwards=(False, True), return_sequences=(False, True), return_state=(False, True), masked=(False, True)):
    config = {k: o[k] for k in ("go_backwards", "return_sequences", "return_state")}
    case = dict(layer=lambda make=CELLS[o["cell"]][0], config=config: L.RNN(make(), **config), inputs=[STEPS])
    add("RNN", dict(case, masks=MASK) if o["masked"] else case)
for cell, sequences in itertools.product(("simple", "lstm", "gru"), (False, True)):
    make, states = CELLS[cell]
    add("RNN", dict(layer=lambda make=make, s=sequences: L.RNN(make(), return_sequences=s, zero_output_for_mask=True), inputs=[STEPS], masks=MASK),
        dict(layer=lambda make=make, s=sequences: L.RNN(make(), return_sequences=s, return_state=True), inputs=[STEPS, *states],
             arguments={"initial_state": [{"$": i + 1} for i in range(len(states))]}))

for o in every(kind=("SimpleRNN", "LSTM", "GRU"), merge_mode=("concat", "sum", "mul", "ave", None), return_sequences=(False, True), masked=(False, True)):
    # A class of Keras that returns two tensors for merge_mode None.
    case = dict(layer=lambda o=o: L.Bidirectional(getattr(L, o["kind"])(2, return_sequences=o["return_sequences"]), merge_mode=o["merge_mode"]), inputs=[STEPS])
    add("Bidirectional", dict(case, masks=MASK) if o["masked"] else case)
for kind, merge, sequences, begun in itertools.product(("SimpleRNN", "LSTM", "GRU"), ("concat", "sum", None), (False, True), (False, True)):
    n = 4 if kind == "LSTM" else 2
    case = dict(layer=lambda k=kind, m=merge, s=sequences: L.Bidirectional(getattr(L, k)(2, return_sequences=s, return_state=True), merge_mode=m), inputs=[STEPS])
    add("Bidirectional", dict(case, inputs=[STEPS] + [H] * n, arguments={"initial_state": [{"$": i + 1} for i in range(n)]}) if begun else case)

for nd, shape in ((1, (2, 3, 3, 1)), (2, (2, 3, 2, 3, 1)), (3, (2, 3, 2, 2, 2, 1))):
    state = (*shape[:1], *shape[2:-1], 2)
    recurrent(f"ConvLSTM{nd}D", getattr(L, f"ConvLSTM{nd}D"), dict(filters=2, kernel_size=2, padding="same", use_bias=False), [state, state], shape)

# Attention
Q, V, K = (1, 3, 2), (1, 2, 2), (1, 2, 3)
ALLOWED = {"shape": (1, 3, 2), "dtype": "int32", "data": [1, 0, 0, 1, 1, 1]}
QV_MASKS = [[[1, 1, 0]], [[1, 0]]]


def attend(name, config, inputs, arguments, merges=False):
    masks = {"none": None, "padding": QV_MASKS + [None] * (len(inputs) - 2), "first": [QV_MASKS[0]] + [None] * (len(inputs) - 1)}
    for kind, given in masks.items():
        if merges and kind == "first":
            continue
        case = dict(config=config, inputs=list(inputs), arguments=dict(arguments), merges=merges)
        add(name, dict(case, masks=given) if given else case)


for heads, extra, scores, causal in itertools.product((1, 2), ({}, dict(use_bias=False, value_dim=1), dict(output_shape=3), dict(use_gate=True, value_dim=3), dict(sliding_window=2)), (False, True), (False, True)):
    inputs = [Q, (1, 3, 2)] if "sliding_window" in extra else [Q, V, K] if "value_dim" in extra else [Q, V]
    if "sliding_window" in extra:
        add("MultiHeadAttention", dict(config=dict(num_heads=heads, key_dim=2, **extra), inputs=inputs, arguments=dict(return_attention_scores=scores, use_causal_mask=causal)))
    else:
        attend("MultiHeadAttention", dict(num_heads=heads, key_dim=2, **extra), inputs, dict(return_attention_scores=scores, use_causal_mask=causal))
# Where there are as many heads as steps and one number a head, Keras on TensorFlow takes the heads for channels
# and adds biases to the wrong ones.
for config, scores, causal in itertools.product((dict(num_heads=2, key_dim=2), dict(num_heads=1, key_dim=1, use_gate=True)), (False, True), (False, True)):
    add("MultiHeadAttention", dict(config=config, inputs=[Q, V, ALLOWED], arguments=dict(attention_mask={"$": 2}, return_attention_scores=scores, use_causal_mask=causal)))
GRID_Q, GRID_V = (1, 2, 3, 2), (1, 2, 2, 2)
for axes, shapes in ((None, (GRID_Q, GRID_V)), ((1,), ((1, 3, 2, 2), (1, 2, 2, 2))), ((2,), (GRID_Q, GRID_V)), ((1, 2), (GRID_Q, (1, 3, 1, 2)))):
    for output, scores in itertools.product((None, 3), (False, True)):
        add("MultiHeadAttention", dict(config=dict(num_heads=2, key_dim=2, attention_axes=axes, output_shape=output), inputs=list(shapes), arguments=dict(return_attention_scores=scores)))
for (heads, groups), extra, scores, causal in itertools.product(((2, 1), (4, 2), (2, 2)), ({}, dict(use_bias=False), dict(use_gate=True)), (False, True), (False, True)):
    attend("GroupQueryAttention", dict(head_dim=2, num_query_heads=heads, num_key_value_heads=groups, **extra), [Q, V], dict(return_attention_scores=scores, use_causal_mask=causal))
for scores, causal in itertools.product((False, True), (False, True)):
    add("GroupQueryAttention", dict(config=dict(head_dim=2, num_query_heads=2, num_key_value_heads=1), inputs=[Q, V, ALLOWED],
                                    arguments=dict(attention_mask={"$": 2}, return_attention_scores=scores, use_causal_mask=causal)))
    for window in (1, 2):
        add("GroupQueryAttention", dict(config=dict(head_dim=2, num_query_heads=2, num_key_value_heads=1, sliding_window=window), inputs=[Q, (1, 3, 2)],
                                        arguments=dict(return_attention_scores=scores, use_causal_mask=causal)))
    for config in (dict(use_scale=u, score_mode=m) for u in (False, True) for m in ("dot", "concat")):
        attend("Attention", config, [Q, V], dict(return_attention_scores=scores, use_causal_mask=causal), merges=True)
        attend("Attention", config, [Q, (1, 2, 4), (1, 2, 2)], dict(return_attention_scores=scores, use_causal_mask=causal), merges=True)
    for use_scale in (False, True):
        attend("AdditiveAttention", dict(use_scale=use_scale), [Q, V], dict(return_attention_scores=scores, use_causal_mask=causal), merges=True)
        attend("AdditiveAttention", dict(use_scale=use_scale), [Q, (1, 2, 4), (1, 2, 2)], dict(return_attention_scores=scores, use_causal_mask=causal), merges=True)
