# SPDX-License-Identifier: LGPL-2.1-or-later
"""What make_layers.py asks Keras: for each class, configs and shapes of inputs."""
import keras
from keras.src.applications import convnext, inception_resnet_v2

L = keras.layers

# Layers that draw random numbers while training: only prediction can be compared.
RANDOM = {"Dropout", "SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D", "GaussianDropout", "GaussianNoise", "AlphaDropout", "StochasticDepth"}


def one(shape, *configs, **more):
    return [dict(config=c, inputs=[shape], **more) for c in configs]


def several(shapes, *configs):
    return [dict(config=c, inputs=list(shapes), merges=True) for c in configs]


CASES = {}


def add(name, *cases):
    CASES.setdefault(name, []).extend(c for group in cases for c in (group if isinstance(group, list) else [group]))


L2 = {"class_name": "L2", "config": {"l2": 0.01}}

add("Dense",
    one((2, 4), dict(units=3), dict(units=5, activation="relu", use_bias=False), dict(units=4, activation="softmax")),
    one((2, 3, 4), dict(units=2, activation="relu"), dict(units=3)))

# Convolution
add("Conv1D",
    one((2, 8, 4), dict(filters=3, kernel_size=3), dict(filters=4, kernel_size=3, strides=2, padding="same", activation="relu"),
        dict(filters=3, kernel_size=2, padding="causal", dilation_rate=2), dict(filters=4, kernel_size=3, groups=2, use_bias=False),
        dict(filters=2, kernel_size=5, padding="same", activation="softmax")),
    one((2, 3, 7), dict(filters=2, kernel_size=3, data_format="channels_first"),
        dict(filters=4, kernel_size=3, dilation_rate=2, padding="causal", data_format="channels_first")))
add("Conv2D",
    one((2, 6, 7, 4), dict(filters=3, kernel_size=3), dict(filters=4, kernel_size=(3, 2), strides=(2, 1), padding="same", activation="relu"),
        dict(filters=3, kernel_size=2, dilation_rate=(2, 3)), dict(filters=4, kernel_size=3, groups=2, use_bias=False, padding="same"),
        dict(filters=5, kernel_size=1, strides=2), dict(filters=2, kernel_size=4, padding="same", strides=3)),
    one((2, 3, 5, 6), dict(filters=2, kernel_size=3, data_format="channels_first", activation="softmax")))
add("Conv3D",
    one((1, 4, 5, 4, 2), dict(filters=3, kernel_size=2), dict(filters=2, kernel_size=(3, 2, 1), strides=(2, 1, 1), padding="same", activation="relu"),
        dict(filters=2, kernel_size=2, dilation_rate=2), dict(filters=2, kernel_size=2, use_bias=False, padding="same"),
        dict(filters=2, kernel_size=1, strides=2)))

# Pooling
for kind in ("Max", "Average"):
    add(f"{kind}Pooling1D", one((2, 9, 3), dict(pool_size=2), dict(pool_size=3, strides=2, padding="same"), dict(pool_size=3, strides=1),
                                dict(pool_size=4, padding="same"), dict(pool_size=2, strides=3, padding="same")))
    add(f"{kind}Pooling2D", one((2, 6, 7, 3), dict(pool_size=2), dict(pool_size=3, strides=2, padding="same"), dict(pool_size=(2, 3), strides=1),
                                dict(pool_size=(2, 4), padding="same")),
        one((2, 3, 5, 6), dict(pool_size=2, data_format="channels_first")))
    add(f"{kind}Pooling3D", one((1, 4, 5, 6, 2), dict(pool_size=2), dict(pool_size=3, strides=2, padding="same"), dict(pool_size=(1, 2, 3), strides=1),
                                dict(pool_size=(2, 4, 1), padding="same"), dict(pool_size=2, strides=(3, 1, 2))))
    for nd, shape in ((1, (2, 4, 3)), (2, (2, 3, 4, 3)), (3, (2, 2, 3, 2, 3))):
        add(f"Global{kind}Pooling{nd}D", one(shape, {}, dict(keepdims=True), dict(data_format="channels_first"),
                                             dict(data_format="channels_first", keepdims=True), dict(name="whole")))
add("GlobalAveragePooling1D", [dict(config={}, inputs=[(2, 4, 3)], masks=[[[1, 1, 0, 0], [1, 1, 1, 0]]]),
                               dict(config=dict(keepdims=True), inputs=[(2, 4, 3)], masks=[[[1, 0, 1, 0], [1, 1, 1, 1]]])])

# Merging
for name in ("Add", "Multiply", "Average", "Maximum", "Minimum"):
    add(name, several([(2, 3, 4), (2, 3, 4)], {}), several([(2, 3, 4), (2, 1, 4), (2, 3, 1)], {}), several([(2, 5)] * 4, {}),
        several([(2, 3, 4), (2, 4)], {}),
        [dict(config={}, inputs=[(2, 3, 4), (2, 3, 4)], merges=True, masks=[[[1, 1, 0], [1, 0, 0]], [[1, 0, 0], [1, 1, 0]]])])
add("Subtract", several([(2, 3, 4), (2, 3, 4)], {}), several([(2, 3, 4), (2, 1, 4)], {}), several([(2, 5), (2, 1)], {}),
    several([(2, 5), (2, 5)], {}), several([(2, 3, 4), (2, 4)], {}))
add("Concatenate", several([(2, 3, 4), (2, 3, 2)], {}, dict(axis=2)), several([(2, 3, 4), (2, 1, 4), (2, 2, 4)], dict(axis=1), dict(axis=-2)),
    several([(2, 3), (2, 4)], {}))
add("Dot", several([(2, 4), (2, 4)], dict(axes=1), dict(axes=-1, normalize=True)), several([(2, 3, 4), (2, 5, 4)], dict(axes=2)),
    several([(2, 3, 4), (2, 5, 3)], dict(axes=(1, 2))), several([(2, 3, 4), (2, 4)], dict(axes=(2, 1), normalize=True)),
    several([(2, 4), (2, 3, 4)], dict(axes=(1, 2))))

# Reshaping
add("Flatten", one((2, 3, 4), {}, dict(data_format="channels_first")), one((2, 3, 2, 2), {}, dict(data_format="channels_first")), one((3, 4), {}))
add("Reshape", one((2, 6, 4), dict(target_shape=(24,)), dict(target_shape=(4, 6)), dict(target_shape=(-1, 8)), dict(target_shape=(2, 2, -1)),
                   dict(target_shape=(1, 3, 8, 1))))
add("Permute", one((2, 3, 4, 5), dict(dims=(2, 1, 3)), dict(dims=(3, 1, 2)), dict(dims=(1, 2, 3)), dict(dims=(3, 2, 1))), one((2, 3, 4), dict(dims=(2, 1))))
add("RepeatVector", one((2, 4), *[dict(n=n) for n in (1, 2, 3, 5, 7)]))
for nd, shape in ((1, (2, 5, 3)), (2, (2, 4, 5, 3)), (3, (1, 4, 5, 4, 2))):
    more = [{1: (1, 2), 2: (1, 2), 3: (1, 0, 1)}[nd]] + ([] if nd == 1 else [tuple((i, 1) for i in range(nd))])
    add(f"ZeroPadding{nd}D", one(shape, {}, dict(padding=2), *[dict(padding=m) for m in more], dict(padding=0, name="none")),
        one(shape, dict(padding=1, data_format="channels_first")))
    add(f"Cropping{nd}D", one(shape, {}, dict(cropping=1), *[dict(cropping=m) for m in more], dict(cropping=0, name="none")))
add("Cropping2D", one((2, 3, 4, 5), dict(cropping=1, data_format="channels_first")))

# Activation
add("Activation", one((2, 5), *[dict(activation=a) for a in ("relu", "softmax", "linear")]))
add("Identity", *[one(shape, {}) for shape in ((2, 5), (3,), (2, 3, 4), (1, 2, 2, 3))], one((2, 5), dict(name="here")))
add("ReLU", one((3, 8), {}, dict(max_value=6.0), dict(negative_slope=0.1), dict(threshold=0.5), dict(max_value=1.0, negative_slope=0.2, threshold=0.3)))
add("LeakyReLU", one((3, 8), {}, *[dict(negative_slope=s) for s in (0.0, 0.01, 0.2, 0.9)]))
add("ELU", one((3, 8), {}, *[dict(alpha=s) for s in (0.5, 0.1, 2.0, 1.67)]))
add("PReLU", one((2, 3, 4), {}, dict(shared_axes=[1]), dict(shared_axes=[1, 2]), dict(shared_axes=[2])), one((2, 5), dict(alpha_initializer="ones")))
add("Softmax", one((2, 4, 3, 2), {}, dict(axis=1), dict(axis=-2), dict(axis=(1, 2)), dict(axis=(2, 3))),
    [dict(config={}, inputs=[(2, 4), {"shape": (2, 4), "dtype": "int32", "below": 2}], arguments={"mask": {"$": 1}}),
     dict(config={}, inputs=[(3, 3), {"shape": (3, 3), "dtype": "int32", "data": [1, 0, 1, 0, 0, 0, 1, 1, 1]}], arguments={"mask": {"$": 1}}),
     dict(config=dict(axis=(1, 2)), inputs=[(2, 2, 2), {"shape": (2, 2, 2), "dtype": "int32", "data": [0, 0, 0, 0, 1, 0, 1, 1]}], arguments={"mask": {"$": 1}})])

# Regularization
for name in ("Dropout", "AlphaDropout"):
    add(name, one((2, 5, 3), dict(rate=0.5), dict(rate=0.0), dict(rate=0.25, seed=3), dict(rate=0.4, noise_shape=(2, 1, 3)), dict(rate=0.9)))
add("GaussianDropout", one((2, 5, 3), dict(rate=0.5), dict(rate=0.0), dict(rate=0.25, seed=3)))
add("GaussianNoise", one((2, 5, 3), dict(stddev=0.5), dict(stddev=0.0), dict(stddev=0.25, seed=3)))
add("SpatialDropout1D", one((2, 5, 3), dict(rate=0.5), dict(rate=0.0), dict(rate=0.25, seed=3)))
add("SpatialDropout2D", one((2, 3, 4, 3), dict(rate=0.5), dict(rate=0.25, seed=3), dict(rate=0.1, data_format="channels_first")))
add("SpatialDropout3D", one((2, 3, 2, 2, 3), dict(rate=0.5), dict(rate=0.25, seed=3), dict(rate=0.1, data_format="channels_first")))
add("ActivityRegularization", one((2, 5, 3), {}, dict(l1=0.1), dict(l2=0.2), dict(l1=0.5, l2=0.25)))

# Normalization
add("BatchNormalization",
    one((4, 3), {}, dict(momentum=0.5)), one((4, 3, 5), dict(axis=1), dict(center=False, epsilon=0.01)),
    one((2, 3, 4, 3), {}, dict(scale=False), dict(axis=2), dict(trainable=False)), one((2, 3, 4), dict(center=False, scale=False)),
    [dict(config={}, inputs=[(2, 4, 3)], masks=[[[1, 1, 0, 0], [1, 1, 1, 0]]])])
for nd, shape in ((1, (2, 7, 3)), (2, (2, 5, 6, 3))):
    add(f"DepthwiseConv{nd}D", one(shape, dict(kernel_size=3), dict(kernel_size=3, depth_multiplier=2, padding="same", activation="relu"),
                                   dict(kernel_size=3, strides=2, use_bias=False), dict(kernel_size=2, dilation_rate=2),
                                   dict(kernel_size=2, padding="same", strides=2)))
    add(f"SeparableConv{nd}D", one(shape, dict(filters=3, kernel_size=3), dict(filters=2, kernel_size=3, depth_multiplier=2, padding="same", activation="relu"),
                                   dict(filters=5, kernel_size=3, strides=2, use_bias=False), dict(filters=3, kernel_size=2, dilation_rate=2),
                                   dict(filters=2, kernel_size=2, padding="same", strides=2)))
for nd, shape in ((1, (2, 4, 3)), (2, (2, 3, 4, 3)), (3, (1, 2, 3, 2, 2))):
    add(f"Conv{nd}DTranspose", one(shape, dict(filters=3, kernel_size=3), dict(filters=2, kernel_size=3, strides=2, padding="same", activation="relu"),
                                   dict(filters=2, kernel_size=2, strides=3, use_bias=False), dict(filters=2, kernel_size=4, strides=2, padding="same"),
                                   dict(filters=2, kernel_size=5, strides=3, padding="same"), dict(filters=1, kernel_size=2, strides=4, padding="same"),
                                   dict(filters=2, kernel_size=3, padding="same"), dict(filters=2, kernel_size=3, strides=2, padding="same", output_padding=1),
                                   dict(filters=2, kernel_size=3, strides=2, output_padding=1)))
add("UpSampling1D", one((2, 3, 2), {}, *[dict(size=n) for n in (1, 3, 5)]))
add("UpSampling2D", one((1, 3, 4, 2), {}, dict(size=(1, 3)), dict(size=2, interpolation="bilinear"), dict(size=(3, 2), interpolation="bicubic"),
                        dict(size=2, interpolation="lanczos3"), dict(size=2, interpolation="lanczos5"), dict(size=2, data_format="channels_first")))
add("UpSampling3D", one((1, 2, 3, 2, 2), {}, dict(size=(1, 3, 2)), dict(size=1), dict(size=2, data_format="channels_first")))
WORDS = {"shape": (2, 5), "dtype": "int32", "below": 4}
add("Embedding", one(WORDS, dict(input_dim=4, output_dim=3), dict(input_dim=6, output_dim=1), dict(input_dim=4, output_dim=2, mask_zero=True)),
    one({"shape": (3,), "dtype": "int32", "below": 4}, dict(input_dim=4, output_dim=2)), one({"shape": (2, 2, 3), "dtype": "int64", "below": 4}, dict(input_dim=4, output_dim=2)))
STEPS = {"shape": (2, 4, 2), "data": [1, 2, 0, 0, 0, 3, 1, 1, 0, 0, 5, 5, 1, 1, 0, 0]}
add("Masking", one(STEPS, {}, dict(mask_value=1.0), dict(mask_value=5.0)))
add("LayerNormalization", one((2, 3, 4), {}, dict(axis=1, epsilon=0.01), dict(axis=[1, 2]), dict(center=False), dict(scale=False, axis=[-1]), dict(center=False, scale=False)),
    one((3, 5), {}), one((2, 3, 2, 4), dict(axis=[3, 1])))
add("Rescaling", one((2, 4, 3), dict(scale=1 / 255), dict(scale=2), dict(scale=0.5, offset=-1.0), dict(scale=[1.0, 2.0, 3.0]),
                     dict(scale=[1.0, 2.0, 3.0], offset=[0.5, 0.0, -0.5])))

# Recurrent
MASK = [[[1, 1, 0, 1, 0], [0, 1, 1, 0, 0]]]


def stated(n, units, config, **more):
    return dict(config=config, inputs=[(2, 5, 3)] + [(2, units)] * n, arguments={"initial_state": [{"$": i + 1} for i in range(n)]}, **more)


def masked(config):
    return dict(config=config, inputs=[(2, 5, 3)], masks=MASK)


for name, n in (("SimpleRNN", 1), ("LSTM", 2), ("GRU", 1)):
    add(name, one((2, 5, 3), dict(units=4), dict(units=3, return_sequences=True, go_backwards=True), dict(units=3, return_state=True, use_bias=False),
                  dict(units=2, return_sequences=True, return_state=True, activation="relu")),
        stated(n, 4, dict(units=4, return_sequences=True)),
        masked(dict(units=3)), masked(dict(units=3, return_sequences=True)), masked(dict(units=3, return_sequences=True, zero_output_for_mask=True, return_state=True)),
        masked(dict(units=3, activation="sigmoid", return_sequences=True, go_backwards=True)))
add("LSTM", one((2, 4, 3), dict(units=3, recurrent_activation="hard_sigmoid"), dict(units=3, unit_forget_bias=False, return_state=True, go_backwards=True)),
    stated(2, 3, dict(units=3, return_sequences=True, activation="relu"), masks=MASK), stated(2, 3, dict(units=3, return_sequences=True), masks=MASK))
add("GRU", one((2, 4, 3), dict(units=3, reset_after=False), dict(units=3, recurrent_activation="hard_sigmoid", reset_after=False, use_bias=False)),
    masked(dict(units=3, reset_after=False, return_state=True)), stated(1, 3, dict(units=3, return_sequences=True), masks=MASK))
for name, n in (("SimpleRNNCell", 1), ("LSTMCell", 2), ("GRUCell", 1)):
    add("RNN", [dict(layer=lambda name=name: L.RNN(getattr(L, name)(4), return_state=True), inputs=[(2, 5, 3)])])
add("RNN", [dict(layer=lambda: L.RNN([L.LSTMCell(3), L.GRUCell(2)], return_sequences=True), inputs=[(2, 4, 3)]),
            dict(layer=lambda: L.RNN(L.StackedRNNCells([L.SimpleRNNCell(3), L.LSTMCell(2)])), inputs=[(2, 5, 3)], masks=MASK)])
add("Bidirectional",
    [dict(layer=lambda: L.Bidirectional(L.LSTM(3)), inputs=[(2, 5, 3)]), dict(layer=lambda: L.Bidirectional(L.GRU(3, return_sequences=True), merge_mode="sum"), inputs=[(2, 5, 3)]),
     dict(layer=lambda: L.Bidirectional(L.SimpleRNN(3, return_sequences=True), merge_mode=None), inputs=[(2, 5, 3)]),
     dict(layer=lambda: L.Bidirectional(L.LSTM(3, return_state=True), merge_mode="ave"), inputs=[(2, 5, 3)]),
     dict(layer=lambda: L.Bidirectional(L.LSTM(3), backward_layer=L.GRU(3, go_backwards=True), merge_mode="mul"), inputs=[(2, 5, 3)]),
     dict(layer=lambda: L.Bidirectional(L.LSTM(3, return_sequences=True)), inputs=[(2, 5, 3)], masks=MASK),
     dict(layer=lambda: L.Bidirectional(L.GRU(3)), inputs=[(2, 5, 3)], masks=MASK)])
add("TimeDistributed",
    [dict(layer=lambda: L.TimeDistributed(L.Dense(3, activation="relu")), inputs=[(2, 4, 5)]), dict(layer=lambda: L.TimeDistributed(L.Conv2D(2, 2)), inputs=[(2, 3, 4, 4, 2)]),
     dict(layer=lambda: L.TimeDistributed(L.Flatten()), inputs=[(2, 3, 4, 2)]), dict(layer=lambda: L.TimeDistributed(L.MaxPooling1D(2)), inputs=[(2, 3, 4, 2)]),
     dict(layer=lambda: L.TimeDistributed(L.Dense(3)), inputs=[(2, 5, 3)], masks=MASK)])

# Attention
PAIR = [(2, 4, 5), (2, 3, 5)]


def attend(config, inputs=PAIR, **more):
    return dict(config=config, inputs=inputs, **more)


add("EinsumDense", one((2, 4, 3), dict(equation="abc,cd->abd", output_shape=(None, 5)), dict(equation="abc,cd->abd", output_shape=(None, 5), bias_axes="d", activation="relu"),
                       dict(equation="abc,cde->abde", output_shape=(None, 2, 3), bias_axes="de"), dict(equation="...x,xy->...y", output_shape=4, bias_axes="y"),
                       dict(equation="abc,bd->adc", output_shape=(3, None)), dict(equation="abc,cde->abde", output_shape=(None, 2, 3), bias_axes="d")),
    one((2, 3, 4, 2), dict(equation="abcd,cde->abe", output_shape=(None, 5), bias_axes="e"), dict(equation="ab...,bc->ac...", output_shape=5, bias_axes="c")))
add("MultiHeadAttention", attend(dict(num_heads=2, key_dim=3)), attend(dict(num_heads=1, key_dim=2, value_dim=5, use_bias=False)),
    attend(dict(num_heads=2, key_dim=3, output_shape=(6,)), [(2, 4, 5), (2, 3, 4), (2, 3, 2)]), attend(dict(num_heads=2, key_dim=2, use_gate=True)),
    attend(dict(num_heads=2, key_dim=3), [(2, 4, 5), (2, 4, 5)], arguments=dict(use_causal_mask=True)),
    attend(dict(num_heads=2, key_dim=3), arguments=dict(return_attention_scores=True)),
    attend(dict(num_heads=2, key_dim=3, sliding_window=2), [(2, 4, 5), (2, 4, 5)]),
    attend(dict(num_heads=2, key_dim=3), [(2, 4, 5), (2, 3, 5), {"shape": (2, 4, 3), "dtype": "int32", "below": 2}], arguments=dict(attention_mask={"$": 2})),
    attend(dict(num_heads=2, key_dim=3), masks=[[[1, 1, 1, 0], [1, 1, 0, 0]], [[1, 1, 0], [1, 0, 0]]]),
    attend(dict(num_heads=2, key_dim=3), masks=[[[1, 1, 1, 0], [1, 1, 0, 0]], [[1, 1, 0], [0, 0, 0]]]),
    attend(dict(num_heads=2, key_dim=3), masks=[[[1, 1, 1, 0], [1, 1, 0, 0]], [[1, 1, 0], [0, 0, 0]]], arguments=dict(return_attention_scores=True)),
    attend(dict(num_heads=2, key_dim=2), [(2, 3, 2, 4), (2, 2, 3, 4)]), attend(dict(num_heads=2, key_dim=2, attention_axes=(2,)), [(2, 3, 2, 4), (2, 3, 3, 4)]))
add("GroupQueryAttention", attend(dict(head_dim=3, num_query_heads=4, num_key_value_heads=2)), attend(dict(head_dim=2, num_query_heads=2, num_key_value_heads=2, use_bias=False)),
    attend(dict(head_dim=3, num_query_heads=3, num_key_value_heads=1)), attend(dict(head_dim=2, num_query_heads=2, num_key_value_heads=1, use_gate=True)),
    attend(dict(head_dim=2, num_query_heads=2, num_key_value_heads=1, activity_regularizer="l2")),
    attend(dict(head_dim=1, num_query_heads=2, num_key_value_heads=2, activity_regularizer="l1"), arguments=dict(return_attention_scores=True)),
    attend(dict(head_dim=2, num_query_heads=4, num_key_value_heads=1), [(2, 4, 5), (2, 4, 5)], arguments=dict(use_causal_mask=True)),
    *[attend(dict(head_dim=2, num_query_heads=2, num_key_value_heads=1), [(1, 2, 3), (1, 2, 3), {"shape": (1, 2, 2), "dtype": "int32", "data": [0, 0, 1, 0]}],
             arguments=dict(attention_mask={"$": 2}, **more)) for more in ({}, dict(return_attention_scores=True))])
V_MASK = [[[1, 1, 1, 0], [1, 1, 0, 0]], [[1, 1, 0], [1, 0, 0]]]
add("Attention", *[attend(c, merges=True) for c in ({}, dict(use_scale=True), dict(score_mode="concat"), dict(score_mode="concat", use_scale=True))],
    attend({}, [(2, 4, 5), (2, 3, 6), (2, 3, 5)], merges=True), attend({}, merges=True, masks=V_MASK), attend({}, [(2, 4, 5), (2, 4, 5)], merges=True, arguments=dict(use_causal_mask=True)),
    attend({}, merges=True, arguments=dict(return_attention_scores=True)))
add("AdditiveAttention", *[attend(c, merges=True) for c in ({}, dict(use_scale=False))], attend({}, merges=True, masks=V_MASK),
    attend({}, [(2, 4, 5), (2, 3, 6), (2, 3, 5)], merges=True), attend({}, [(2, 4, 5), (2, 4, 5)], merges=True, arguments=dict(use_causal_mask=True)))

# More of normalization and preprocessing
add("UnitNormalization", one((2, 3, 4), {}, dict(axis=1), dict(axis=[1, 2]), dict(axis=-2)), one((3, 5), {}))
add("RMSNormalization", one((2, 3, 4), {}, dict(epsilon=0.01), dict(axis=[1, 2]), dict(axis=[-1])), one((3, 5), {}))
add("GroupNormalization", one((2, 3, 4), dict(groups=2), dict(groups=1, center=False), dict(groups=-1, scale=False)), one((2, 4, 3, 3), dict(groups=2, axis=1)),
    one((3, 6), dict(groups=3, epsilon=0.01)), one((2, 3, 2, 6), dict(groups=2)))
add("SpectralNormalization", dict(layer=lambda: L.SpectralNormalization(L.Dense(3)), inputs=[(2, 4)]), dict(layer=lambda: L.SpectralNormalization(L.Conv2D(2, 2), power_iterations=3), inputs=[(1, 4, 4, 2)]))
add("Normalization", one((2, 4, 3), dict(mean=3.0, variance=2.0), dict(mean=[1.0, 2.0, 3.0], variance=[1.0, 4.0, 0.25], invert=True), {}, dict(axis=None), dict(axis=[1, 2])),
    one((3, 2), dict(axis=-1, invert=True)))
IMAGE = (2, 5, 6, 2)
add("Resizing", one(IMAGE, dict(height=4, width=3), dict(height=8, width=9, interpolation="nearest"), dict(height=4, width=4, crop_to_aspect_ratio=True),
                    dict(height=4, width=8, pad_to_aspect_ratio=True, fill_value=1.0), dict(height=3, width=3, antialias=True, interpolation="bicubic"),
                    dict(height=3, width=4, antialias=True), dict(height=7, width=3, interpolation="lanczos3"), dict(height=3, width=2, data_format="channels_first")),
    one((5, 6, 2), dict(height=3, width=8)), one((2, 5, 6, 2), dict(height=8, width=7, pad_to_aspect_ratio=True)),
    one({"shape": (1, 3, 4, 1), "dtype": "uint8", "below": 255}, dict(height=2, width=7), dict(height=5, width=3, interpolation="bicubic")),
    # TensorFlow has no gradients of means of areas.
    [dict(config=c, inputs=[IMAGE], moves=True) for c in (dict(height=3, width=4, interpolation="area"), dict(height=7, width=2, interpolation="area"))])
add("CenterCrop", one(IMAGE, dict(height=4, width=3), dict(height=5, width=6), dict(height=8, width=4), dict(height=1, width=1), dict(height=3, width=2, data_format="channels_first")),
    one((5, 6, 2), dict(height=2, width=3)))

# Augmentation: at random in training, so only what passes in prediction, and the config
for name, configs in dict(RandomFlip=({}, dict(mode="horizontal"), dict(mode="vertical", seed=3)), RandomRotation=(dict(factor=0.1), dict(factor=(-0.2, 0.3), fill_mode="constant", fill_value=0.5)),
                          RandomZoom=(dict(height_factor=0.2), dict(height_factor=(-0.3, 0.1), width_factor=0.2)), RandomTranslation=(dict(height_factor=0.2, width_factor=0.1),),
                          RandomContrast=(dict(factor=0.2), dict(factor=(0.1, 0.4))), RandomBrightness=(dict(factor=0.2, value_range=(0, 1)),)).items():
    RANDOM.add(name)
    add(name, one((2, 4, 5, 3), *configs))

# Categories, and pooling to a given size
NUMBERS = {"shape": (3, 4), "dtype": "int32", "below": 6}
add("CategoryEncoding", one(NUMBERS, dict(num_tokens=6), dict(num_tokens=7, output_mode="one_hot"), dict(num_tokens=6, output_mode="count")),
    one({"shape": (3, 1), "dtype": "int32", "below": 4}, dict(num_tokens=4, output_mode="one_hot")))
add("Discretization", one((3, 4), dict(bin_boundaries=[-0.5, 0.0, 1.0]), dict(bin_boundaries=[0.0], output_mode="one_hot"), dict(bin_boundaries=[-1.0, 0.25], output_mode="multi_hot"),
                          dict(bin_boundaries=[-1.0, 0.0, 1.0], output_mode="count")))
# TensorFlow ends where the largest of all is asked for: no size of 1.
for kind in ("Max", "Average"):
    for nd, shape, size in ((1, (2, 7, 3), 3), (2, (2, 5, 6, 3), (2, 4)), (3, (1, 4, 5, 6, 2), (2, 3, 2))):
        add(f"Adaptive{kind}Pooling{nd}D", one(shape, dict(output_size=1 if kind == "Average" else 4), dict(output_size=2), dict(output_size=size), dict(output_size=2, data_format="channels_first"), dict(output_size=3, name="three")))

# Convolutional LSTM
for nd, shape, kernel in ((1, (2, 4, 5, 2), 3), (2, (2, 4, 4, 5, 2), (2, 3)), (3, (1, 4, 3, 3, 3, 2), (2, 1, 2))):
    steps = [[[1, 0, 1, 0], [0, 1, 1, 1]][:shape[0]]]
    add(f"ConvLSTM{nd}D",
        one(shape, dict(filters=2, kernel_size=2), dict(filters=2, kernel_size=kernel, padding="same", return_sequences=True, go_backwards=True),
            dict(filters=1, kernel_size=2, strides=2, padding="same", return_state=True, use_bias=False),
            dict(filters=2, kernel_size=2, dilation_rate=2, activation="relu", recurrent_activation="hard_sigmoid", unit_forget_bias=False),
            dict(filters=2, kernel_size=2, data_format="channels_first", padding="same", return_sequences=True, return_state=True)),
        [dict(config=dict(filters=2, kernel_size=2, padding="same", return_sequences=s), inputs=[shape], masks=steps) for s in (False, True)])

# Keras adds a bias along the last dimension where that is as long, wherever it belongs
add("EinsumDense", one((3, 5, 2), dict(equation="abc,bd->adc", output_shape=(2, 2), bias_axes="d")))
add("Conv3D", one((2, 2, 3, 3, 3), dict(filters=2, kernel_size=2, data_format="channels_first")))
add("SeparableConv2D", one((2, 3, 4, 3), dict(filters=2, kernel_size=2, data_format="channels_first", activation="relu")))
add("DepthwiseConv2D", one((2, 3, 4, 4), dict(kernel_size=2, data_format="channels_first")))

# Normalized whole numbers are whole numbers
WHOLE = dict(shape=(3, 4), dtype="int64", below=9)
add("LayerNormalization", one(WHOLE, {}))
add("RMSNormalization", one(WHOLE, {}))
add("GroupNormalization", one(WHOLE, dict(groups=2)))

# Lookups, and what learns from data beforehand
WORDS = dict(shape=(3, 4), dtype="string", data=["red", "Red", "green", "", "blue", "red", "none", "yellow", "green", "green", "\u00e9t\u00e9", "blue"])
TEXTS = dict(shape=(4, 1), dtype="string", data=["Red, red green!", "blue it's  RED\tgreen\nred", "", "\u00c9t\u00e9 green-red (blue) yellow yellow"])
LEARN = dict(shape=(5,), dtype="string", data=["a red green", "red blue red", "Green? blue, blue", "yellow red b", "b c"])
COLOURS = ["red", "green", "blue"]
add("StringLookup", one(WORDS, dict(vocabulary=COLOURS), dict(vocabulary=COLOURS, num_oov_indices=3, mask_token="none"), dict(vocabulary=COLOURS, num_oov_indices=4, salt=[3, 7]),
                        dict(vocabulary=COLOURS, output_mode="one_hot"), dict(vocabulary=COLOURS[:2], output_mode="multi_hot", mask_token="blue"),
                        dict(vocabulary=COLOURS, output_mode="count", max_tokens=8, pad_to_max_tokens=True),
                        dict(vocabulary=COLOURS, output_mode="tf_idf", idf_weights=[0.5, 1.5, 0.25]), dict(vocabulary=["", "[UNK]"] + COLOURS, mask_token="")),
    one(dict(shape=(6,), dtype="int64", data=[0, 1, 2, 4, 9, 3]), dict(vocabulary=COLOURS, invert=True), dict(vocabulary=COLOURS, invert=True, mask_token="", num_oov_indices=2)),
    one(WORDS, {}, dict(max_tokens=4, mask_token="blue"), dict(output_mode="tf_idf", max_tokens=9, pad_to_max_tokens=True), adapt=WORDS))
NUMBERS = dict(shape=(3, 4), dtype="int64", data=[3, 5, 0, 7, -4, 5, 5, 8, 100, 3, 7, 0])
add("IntegerLookup", one(NUMBERS, dict(vocabulary=[3, 5, 7]), dict(vocabulary=[3, 5, 7], num_oov_indices=3, mask_token=0),
                         dict(vocabulary=[3, 5], num_oov_indices=4, oov_method="farmhash", salt=5), dict(vocabulary=[3, 5], num_oov_indices=4, oov_method="farmhash"),
                         dict(vocabulary=[3, 5], output_mode="multi_hot", mask_token=7), dict(vocabulary=[3, 5], output_mode="count", num_oov_indices=2),
                         dict(vocabulary=[3, 5], output_mode="tf_idf", idf_weights=[0.5, 1.5]), dict(vocabulary=[3, 5, 7], invert=True)),
    one(NUMBERS, {}, dict(mask_token=5, max_tokens=4), dict(output_mode="count"), dict(output_mode="tf_idf"), adapt=NUMBERS))
add("TextVectorization", one(TEXTS, dict(vocabulary=COLOURS, output_sequence_length=4), dict(vocabulary=COLOURS), dict(vocabulary=COLOURS + ["red green"], ngrams=2, output_mode="count"),
                             dict(vocabulary=COLOURS, output_mode="multi_hot", max_tokens=7, pad_to_max_tokens=True), dict(vocabulary=["e", "r", "ed", "re", " "], split="character", output_sequence_length=9),
                             dict(vocabulary=["r", "re", "e", "d g"], split="character", ngrams=(2, 1, 3), output_mode="count", standardize="lower"),
                             dict(vocabulary=COLOURS, output_mode="tf_idf", idf_weights=[0.5, 1.5, 2.0], standardize="strip_punctuation"), dict(vocabulary=COLOURS, standardize=None, output_sequence_length=3)),
    one(WORDS, dict(vocabulary=COLOURS, split=None), dict(vocabulary=COLOURS, split=None, output_sequence_length=6), dict(vocabulary=COLOURS + ["red green"], split=None, ngrams=2, output_sequence_length=7),
        dict(vocabulary=COLOURS, split=None, output_mode="one_hot")),
    one(dict(shape=(3,), dtype="string", data=["red green", "blue", "blue red red"]), dict(vocabulary=COLOURS, output_sequence_length=3)),
    one(TEXTS, dict(output_sequence_length=5), dict(max_tokens=4, output_mode="multi_hot"), dict(output_mode="tf_idf"), dict(output_mode="tf_idf", ngrams=2, max_tokens=9, pad_to_max_tokens=True), adapt=LEARN))
LONG = dict(shape=(2, 4), dtype="string", data=["x" * n for n in (1, 5, 9, 17, 33, 64, 65, 200)])
add("Hashing", one(WORDS, dict(num_bins=5), dict(num_bins=7, mask_value="red"), dict(num_bins=1000, salt=[3, 7]), dict(num_bins=4, output_mode="one_hot"), dict(num_bins=4, salt=17, output_mode="multi_hot")),
    one(NUMBERS, dict(num_bins=6), dict(num_bins=5, mask_value=5), dict(num_bins=3, output_mode="count")), one(LONG, dict(num_bins=1000000), dict(num_bins=1000000, salt=3)))
ONE, TWO, THREE = (dict(shape=(4,), dtype="string", data=COLOURS + [""]), dict(shape=(4,), dtype="int64", data=[3, 5, -7, 3]), dict(shape=(4,), dtype="int32", data=[1, 1, 0, 2]))
add("HashedCrossing", several((ONE, TWO), dict(num_bins=5), dict(num_bins=100000), dict(num_bins=4, output_mode="one_hot")), several((TWO, THREE, ONE), dict(num_bins=1000)),
    several([dict(s, shape=(4, 1)) for s in (ONE, TWO)], dict(num_bins=100), dict(num_bins=6, output_mode="one_hot")))
SPREAD = dict(shape=(400,), dtype="float32")
add("Discretization", one((3, 4), dict(num_bins=4), dict(num_bins=3, output_mode="one_hot"), adapt=SPREAD), one((3, 4), dict(num_bins=7, epsilon=0.05), adapt=dict(shape=(30,))))
add("Normalization", one((3, 2), {}, dict(axis=None), dict(invert=True), adapt=dict(shape=(9, 2))))

# More of those with few cases
add("Activation", one((2, 5), *[dict(activation=a) for a in ("softplus", "mish", "hard_silu")]))
add("ActivityRegularization", one((2, 5), dict(l1=0.01, l2=0.5)))
add("CategoryEncoding", one(dict(shape=(6,), dtype="int64", below=4), dict(num_tokens=4, output_mode="count"), dict(num_tokens=5, output_mode="one_hot")))
add("Cropping1D", one((2, 6, 3), dict(cropping=(0, 2)), dict(cropping=(2, 1))))
add("GaussianDropout", one((3, 4), dict(rate=0.1), dict(rate=0.9, seed=7)))
add("GaussianNoise", one((3, 4), dict(stddev=0.1), dict(stddev=0.9, seed=7)))
# Layers of published networks, which are in no public module.
add("LayerScale", *[dict(layer=lambda v=v, n=n: convnext.LayerScale(v, n), inputs=[shape])
                    for v, n, shape in ((1e-6, 3, (2, 5, 3)), (0.5, 3, (2, 3)), (1.0, 1, (2, 4, 3)), (-2.0, 2, (1, 3, 3, 2)), (0.1, 4, (3, 1, 4)))])
add("StochasticDepth", *[dict(layer=lambda r=r: convnext.StochasticDepth(r), inputs=[shape])
                         for r, shape in ((0.5, (2, 5, 3)), (0.0, (2, 3)), (0.1, (2, 4, 3)), (0.25, (1, 3, 3, 2)), (0.9, (3, 1, 4)))])
add("CustomScaleLayer", *[dict(layer=lambda s=s: inception_resnet_v2.CustomScaleLayer(s), inputs=[a, b], merges=True)
                          for s, a, b in ((0.17, (2, 5, 3), (2, 5, 3)), (1.0, (2, 3), (2, 3)), (-2.5, (2, 4, 3), (2, 4, 1)), (0.0, (1, 3, 3, 2), (1, 3, 3, 2)),
                                          (0.2, (3, 1, 4), (3, 2, 4)))])
add("Masking", one((2, 3, 2), dict(mask_value=-1.0)), one(dict(shape=(1, 4, 1), data=[0, 2, 2, 0]), dict(mask_value=2.0)))
for nd, shape in ((1, (2, 5, 3)), (2, (2, 3, 4, 3)), (3, (2, 3, 2, 2, 3))):
    add(f"SpatialDropout{nd}D", one(shape, dict(rate=0.0, name="none"), dict(rate=0.9)))
add("SpectralNormalization", *[dict(layer=lambda l=l, n=n: L.SpectralNormalization(l(), power_iterations=n), inputs=[shape])
                               for l, n, shape in ((lambda: L.Dense(2, activation="relu"), 2, (3, 5)), (lambda: L.Conv1D(3, 2, padding="same"), 1, (2, 4, 2)),
                                                   (lambda: L.Dense(1, use_bias=False), 3, (2, 6)),
                                                   (lambda: L.Embedding(4, 3, embeddings_initializer=keras.initializers.RandomUniform(-4, 4)), 2, dict(shape=(2, 3), dtype="int32", below=4)))])
add("UpSampling1D", one((1, 2, 3), dict(size=4)))
add("UpSampling3D", one((1, 2, 1, 3, 2), dict(size=(2, 2, 1))))


# Cells by themselves: an input and states
def cell(units, n, *configs, shape=(2, 3)):
    return [dict(config=dict(c, **units), inputs=[shape] + [(2, units["units"])] * n, arguments={"states": [{"$": i + 1} for i in range(n)]}) for c in configs]


for name, n in (("SimpleRNNCell", 1), ("LSTMCell", 2), ("GRUCell", 1)):
    add(name, cell(dict(units=4), n, {}, dict(activation="relu"), dict(use_bias=False)), cell(dict(units=2), n, dict(bias_initializer="ones", activation="sigmoid"), dict(dropout=0.0), shape=(2, 5)))
add("LSTMCell", cell(dict(units=3), 2, dict(unit_forget_bias=False, recurrent_activation="hard_sigmoid")))
add("GRUCell", cell(dict(units=3), 1, dict(reset_after=False), dict(reset_after=False, use_bias=False, recurrent_activation="tanh")))
for cells, states in (((("LSTMCell", 3), ("GRUCell", 2)), [[3, 3], [2]]), ((("GRUCell", 2), ("GRUCell", 2)), [[2], [2]]), ((("SimpleRNNCell", 4),), [[4]]),
                      ((("SimpleRNNCell", 2), ("LSTMCell", 3), ("SimpleRNNCell", 1)), [[2], [3, 3], [1]]), ((("LSTMCell", 2), ("LSTMCell", 4)), [[2, 2], [4, 4]])):
    numbers = iter(range(1, 9))
    add("StackedRNNCells", [dict(layer=lambda cells=cells: L.StackedRNNCells([getattr(L, n)(u) for n, u in cells]), inputs=[(2, 3)] + [(2, u) for s in states for u in s],
                                 arguments={"states": [[{"$": next(numbers)} for _ in s] if len(s) > 1 else [{"$": next(numbers)}] for s in states]})])

from keras.src.layers.rnn.conv_lstm import ConvLSTMCell  # noqa: E402

for rank, shape, state, config in ((2, (2, 4, 5, 3), (2, 4, 5, 2), dict(kernel_size=2, padding="same")), (1, (2, 5, 3), (2, 5, 2), dict(kernel_size=3, padding="same", use_bias=False)),
                                   (3, (1, 2, 3, 2, 2), (1, 2, 3, 2, 2), dict(kernel_size=(2, 1, 2), padding="same", activation="relu")),
                                   (2, (2, 4, 5, 3), (2, 3, 3, 2), dict(kernel_size=(2, 3))), (2, (2, 3, 4, 5), (2, 2, 2, 3), dict(kernel_size=2, strides=2, padding="same", data_format="channels_first"))):
    add("ConvLSTMCell", [dict(layer=lambda rank=rank, config=config: ConvLSTMCell(rank, 2, **config), inputs=[shape, state, state], arguments={"states": [{"$": 1}, {"$": 2}]})])

# Augmentation by what is no chance: a range of one number
IMAGE = dict(shape=(2, 4, 5, 3))
add("RandomBrightness", one(IMAGE, dict(factor=(0.2, 0.2), value_range=(-1, 1)), dict(factor=(-0.3, -0.3), value_range=(0, 1)), exact=True), one((3, 4, 3), dict(factor=(0.5, 0.5)), exact=True),
    one((2, 3, 4, 5), dict(factor=0.1, data_format="channels_first")))
add("RandomContrast", one(IMAGE, dict(factor=0.3, value_range=(0, 1)), dict(factor=(0.5, 0.2), seed=4), dict(factor=1.0)))
add("RandomFlip", one((3, 4, 3), dict(mode="vertical"), dict(seed=9)))
add("RandomRotation", one(IMAGE, dict(factor=(0.1, 0.1)), dict(factor=(-0.2, -0.2), fill_mode="constant", fill_value=0.5), dict(factor=(0.3, 0.3), fill_mode="wrap", interpolation="nearest"),
                          dict(factor=(0.05, 0.05), fill_mode="nearest"), exact=True, moves=True), one((2, 3, 4, 5), dict(factor=(0.1, 0.1), data_format="channels_first"), exact=True, moves=True))
add("RandomZoom", one(IMAGE, dict(height_factor=(0.2, 0.2)), dict(height_factor=(-0.3, -0.3), width_factor=(0.25, 0.25), fill_mode="constant"),
                      dict(height_factor=(0.4, 0.4), fill_mode="wrap", interpolation="nearest"), exact=True, moves=True), one((4, 5, 3), dict(height_factor=(-0.2, -0.2), fill_mode="nearest"), exact=True, moves=True))
add("RandomTranslation", one(IMAGE, dict(height_factor=(0.25, 0.25), width_factor=(-0.3, -0.3)), dict(height_factor=(0.1, 0.1), width_factor=(0.2, 0.2), fill_mode="constant", fill_value=1.0),
                             dict(height_factor=(-0.4, -0.4), width_factor=(0.0, 0.0), fill_mode="wrap"), dict(height_factor=(0.3, 0.3), width_factor=(0.3, 0.3), fill_mode="nearest", interpolation="nearest"), exact=True, moves=True))

# Colours and shades, by what is no chance, too
BRIGHT = dict(shape=(2, 4, 5, 3), range=(0, 255))
UNIT = dict(shape=(2, 4, 5, 3), range=(0, 1))
FIRST = dict(shape=(2, 3, 4, 5), range=(0, 255))
for name, configs in dict(
        RandomColorDegeneration=(dict(factor=(0.3, 0.3)), dict(factor=(-0.2, -0.2), value_range=(0, 1)), dict(factor=(1.0, 1.0)), dict(factor=(0.0, 0.0))),
        RandomGrayscale=(dict(factor=1.0), dict(factor=0.0), dict(factor=1.0, seed=4), dict(factor=0.0, seed=2)),
        RandomHue=(dict(factor=(0.0, 0.0)), dict(factor=(1.0, 1.0)), dict(factor=(0.0, 0.0), seed=2), dict(factor=(1.0, 1.0), seed=2)),
        RandomInvert=(dict(factor=(1.0, 1.0)), dict(factor=0.0), dict(factor=(1.0, 1.0), value_range=(0, 1)), dict(factor=(1.0, 1.0), seed=1)),
        RandomPosterization=(dict(factor=(3, 3)), dict(factor=(1, 1)), dict(factor=(5, 5), value_range=(0, 300)), dict(factor=(8, 8))),
        RandomSaturation=(dict(factor=(0.3, 0.3)), dict(factor=(0.5, 0.5)), dict(factor=(0.7, 0.7), value_range=(0, 1)), dict(factor=(0.0, 0.0))),
        RandomSharpness=(dict(factor=(0.0, 0.0)), dict(factor=(0.3, 0.3)), dict(factor=(0.8, 0.8)), dict(factor=(1.0, 1.0), value_range=(0, 200))),
        RandomGaussianBlur=(dict(factor=(1.0, 1.0), sigma=(0.7, 0.7)), dict(factor=(1.0, 1.0), sigma=(0.5, 0.5), kernel_size=5), dict(factor=(1.0, 1.0), sigma=(1.0, 1.0), kernel_size=(3, 5)), dict(factor=0.0)),
        AutoContrast=({}, dict(value_range=(0, 300)), dict(value_range=(10, 200)), dict(name="contrast")),
        Equalization=({}, dict(bins=16), dict(bins=64, name="spread"), dict(bins=4)),
        Solarization=({}, dict(addition_factor=0.0, threshold_factor=0.0, seed=3), dict(value_range=(0, 300)), dict(value_range=(5, 255))),
        RandomErasing=(dict(factor=0.0), dict(scale=(1.0, 1.0), fill_value=7.0, factor=(1.0, 1.0)), dict(scale=(1.0, 1.0), fill_value=(7.0, 9.0, 300.0), factor=(1.0, 1.0)), dict(factor=0.0, fill_value=3.0, seed=1)),
        RandomColorJitter=({}, dict(brightness_factor=(0.2, 0.2)), dict(saturation_factor=(0.6, 0.6)), dict(brightness_factor=(0.1, 0.1), saturation_factor=(0.4, 0.4), hue_factor=(0.0, 0.0)))).items():
    add(name, one(BRIGHT, *configs, exact=True, moves=name in ("RandomPosterization", "Equalization", "RandomHue", "RandomSaturation", "RandomColorJitter")))
    RANDOM.add(name)
add("RandomGrayscale", one(FIRST, dict(factor=1.0, data_format="channels_first"), exact=True))
for name in ("RandomColorDegeneration", "RandomHue", "RandomInvert", "RandomSaturation"):
    add(name, one(FIRST, dict(factor=(1.0, 1.0) if name in ("RandomInvert", "RandomHue") else (0.4, 0.4), data_format="channels_first"), exact=True, moves=True), one(BRIGHT, dict(factor=0.3)))
add("RandomPosterization", one(dict(shape=(4, 5, 3), range=(0, 255)), dict(factor=(2, 2)), exact=True, moves=True))
add("RandomSharpness", one(BRIGHT, dict(factor=0.4)))
add("RandomGaussianBlur", one(FIRST, dict(factor=(1.0, 1.0), sigma=(0.6, 0.6), data_format="channels_first"), exact=True))
add("AutoContrast", one(FIRST, dict(data_format="channels_first"), exact=True))
add("Equalization", one(FIRST, dict(data_format="channels_first", bins=8), exact=True, moves=True))
add("Solarization", one(BRIGHT, dict(threshold_factor=(0.2, 0.4))))
add("RandomErasing", one(BRIGHT, dict(scale=(0.1, 0.2), value_range=(0, 1))))
add("RandomColorJitter", one(BRIGHT, dict(contrast_factor=0.3, hue_factor=0.1, seed=3)))
add("RandomShear", one(IMAGE, {}, dict(x_factor=(0.0, 0.0), fill_mode="nearest", y_factor=0.0), exact=True), one(IMAGE, dict(x_factor=0.3), dict(x_factor=(0.1, 0.4), y_factor=0.2), dict(y_factor=0.5, fill_mode="wrap", interpolation="nearest")))
add("RandomCrop", one((2, 4, 5, 3), dict(height=4, width=3), dict(height=6, width=4), dict(height=4, width=5), dict(height=2, width=7), exact=True), one((4, 5, 3), dict(height=3, width=2)))
RANDOM |= {"RandomShear", "RandomCrop"}

# What steps share: statistics of a step after the other, states, and no activity regularizer
add("TimeDistributed",
    [dict(layer=lambda: L.TimeDistributed(L.BatchNormalization(momentum=0.5)), inputs=[(3, 4, 2)]), dict(layer=lambda: L.TimeDistributed(L.Dense(2, activity_regularizer="l2")), inputs=[(2, 3, 4)]),
     dict(layer=lambda: L.TimeDistributed(L.LSTM(2)), inputs=[(2, 3, 4, 2)]), dict(layer=lambda: L.TimeDistributed(L.SpectralNormalization(L.Dense(2))), inputs=[(2, 3, 4)]),
     dict(layer=lambda: L.TimeDistributed(L.GRU(2, activity_regularizer="l1")), inputs=[(2, 2, 3, 2)])])

# Words to vectors and back
NUMBERED = dict(shape=(2, 3), dtype="int32", below=5)
add("ReversibleEmbedding", one(NUMBERED, dict(input_dim=5, output_dim=3), dict(input_dim=5, output_dim=2, tie_weights=False), dict(input_dim=6, output_dim=3, mask_zero=True)),
    one((2, 3, 4), dict(input_dim=5, output_dim=4), dict(input_dim=5, output_dim=4, tie_weights=False), dict(input_dim=3, output_dim=4, logit_soft_cap=2.0), arguments={"reverse": True}))

# Spectrograms
add("STFTSpectrogram", one((2, 12, 2), *[dict(mode=m, frame_length=4) for m in ("log", "magnitude", "psd", "real", "imag", "stft", "angle")],
                           dict(frame_length=5, frame_step=2, fft_length=8, padding="same", expand_dims=True), dict(frame_length=6, window="hamming", periodic=True, scaling="spectrum"),
                           dict(mode="magnitude", frame_length=4, window=None, scaling=None)),
    one((2, 1, 12), dict(mode="psd", frame_length=4, data_format="channels_first"), dict(frame_length=4, data_format="channels_first", expand_dims=True)), one((2, 12, 1), dict(frame_length=8)))

# Batch renormalization
add("BatchNormalization", one((4, 3), dict(renorm=True), dict(renorm=True, renorm_momentum=0.6, momentum=0.7, renorm_clipping=dict(rmax=1.2, rmin=0.9, dmax=0.3))),
    one((3, 2, 4), dict(renorm=True, axis=1, renorm_clipping=dict(rmax=1.1)), dict(renorm=True, scale=False, renorm_clipping=dict(dmax=0.2)), dict(renorm=True, center=False, scale=False)))

# Changes of whole batches, and of form: what is left to chance is nothing at all
for name, configs, exact in (("MixUp", ({}, dict(alpha=0.5), dict(alpha=1.0, seed=3), dict(data_format="channels_first"), dict(alpha=0.01, name="mixed")), ()),
                             ("CutMix", ({}, dict(factor=0.5), dict(factor=(0.2, 0.9), seed=3), dict(data_format="channels_first"), dict(factor=0.0, name="cut")), ()),
                             ("RandAugment", (dict(factor=0.2), dict(factor=(0.1, 0.3), value_range=(0, 1), num_ops=3), dict(interpolation="nearest", seed=3)), (dict(num_ops=0), dict(num_ops=0, factor=0.0))),
                             ("AugMix", ({}, dict(factor=0.1, all_ops=False), dict(num_chains=2, seed=4, interpolation="nearest")),
                              (dict(chain_depth=0), dict(chain_depth=0, alpha=0.3, value_range=(10, 200)), dict(chain_depth=0, num_chains=1))),
                             ("RandomPerspective", (dict(scale=0.5), dict(factor=0.5, interpolation="nearest", seed=2)), (dict(scale=0.0, factor=(1.0, 1.0)), dict(factor=0.0), dict(scale=0.0, fill_value=3.0))),
                             ("RandomElasticTransform", (dict(scale=0.5), dict(factor=(0.2, 0.5), fill_mode="wrap", value_range=(0, 1), seed=2)),
                              (dict(scale=0.0), dict(factor=0.0, fill_mode="constant", fill_value=2.0), dict(scale=(0.0, 0.0), interpolation="nearest")))):
    add(name, one(BRIGHT, *configs), one(BRIGHT, *exact, exact=True, moves=True))
    RANDOM.add(name)
add("ContrastLimitedAdaptiveHistogramEqualization",
    one(dict(shape=(2, 12, 16, 3), range=(0, 255)), dict(tile_grid_size=(2, 2)), dict(tile_grid_size=(3, 4), clip_limit=1.5), dict(tile_grid_size=(2, 3), clip_limit=0.0), dict(tile_grid_size=(5, 3))),
    one(dict(shape=(9, 7, 2), range=(0, 255)), dict(tile_grid_size=(2, 2), clip_limit=20.0)), one(dict(shape=(1, 2, 6, 6), range=(-0.9, 0.9)), dict(tile_grid_size=(2, 2), value_range=(-1, 1), data_format="channels_first")))
add("MaxNumBoundingBoxes", one((2, 3, 4, 3), *[dict(max_number=n) for n in (1, 5, 9)]), one((3, 4, 3), dict(max_number=2), dict(max_number=4, name="boxes")))
SOUND = dict(fft_length=16, sequence_stride=5, num_mel_bins=4, sampling_rate=200, min_freq=2.0)
add("MelSpectrogram", one((2, 40), SOUND, dict(SOUND, power_to_db=False), dict(SOUND, sequence_length=10, window="hamming", max_freq=80.0), dict(SOUND, fft_length=12, window=None, mag_exp=1.0),
                          dict(SOUND, sequence_length=9, ref_power=0.5, min_power=0.001, top_db=10.0)), one((33,), dict(SOUND, sequence_stride=8)))
add("Pipeline", *[dict(layer=make, inputs=[shape]) for shape, make in (
    ((2, 4, 3), lambda: L.Pipeline([L.Rescaling(0.5), L.Dense(3, activation="relu")])), ((2, 4, 5, 3), lambda: L.Pipeline([L.CenterCrop(2, 3), L.Rescaling(2.0, 1.0)])),
    ((2, 5), lambda: L.Pipeline([L.LayerNormalization(), L.Dense(2), L.Dense(4)])), ((2, 4, 3), lambda: L.Pipeline([L.LSTM(3, return_sequences=True), L.GlobalAveragePooling1D()])),
    ((3, 4), lambda: L.Pipeline([L.BatchNormalization(), L.Activation("tanh")])))])

# Functions with a name: those of activations are the ones that Keras itself reads again
add("Lambda", *[dict(layer=lambda f=f, a=a: L.Lambda(f, arguments=a), inputs=[(2, 3, 4)]) for f, a in (
    (keras.activations.gelu, {}), (keras.ops.mean, dict(axis=1)), (keras.ops.abs, {}), (keras.activations.softmax, dict(axis=1)), (keras.ops.expand_dims, dict(axis=-1)),
    (keras.ops.square, {}), (keras.ops.max, dict(axis=-1, keepdims=True)))])

# Layers of Keras 2 that Keras 3 lacks
import tf_keras  # noqa: E402

K2 = tf_keras.layers
add("LocallyConnected1D", *[dict(layer=lambda c=c: K2.LocallyConnected1D(**c), inputs=[(2, 3, 6) if "data_format" in c else (2, 6, 3)]) for c in (
    dict(filters=2, kernel_size=3), dict(filters=3, kernel_size=2, strides=2, activation="relu"), dict(filters=2, kernel_size=3, use_bias=False), dict(filters=1, kernel_size=6),
    dict(filters=2, kernel_size=2, data_format="channels_first"), dict(filters=2, kernel_size=3, strides=2, implementation=2, padding="same"),
    dict(filters=2, kernel_size=2, implementation=3, activation="relu"))])
add("LocallyConnected2D", *[dict(layer=lambda c=c: K2.LocallyConnected2D(**c), inputs=[(2, 3, 4, 5) if "data_format" in c else (2, 4, 5, 3)]) for c in (
    dict(filters=2, kernel_size=3), dict(filters=3, kernel_size=(2, 1), strides=2, activation="tanh"), dict(filters=2, kernel_size=(1, 3), use_bias=False), dict(filters=1, kernel_size=2, strides=(1, 3)),
    dict(filters=2, kernel_size=2, data_format="channels_first"), dict(filters=2, kernel_size=(3, 2), strides=(2, 1), padding="same", implementation=2),
    dict(filters=2, kernel_size=2, strides=2, padding="same", data_format="channels_first", implementation=2), dict(filters=2, kernel_size=2, implementation=3),
    dict(filters=2, kernel_size=(2, 3), strides=2, padding="same", data_format="channels_first", implementation=3))])
