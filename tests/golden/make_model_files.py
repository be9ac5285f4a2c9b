#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Writes the files in files/: small models as Keras 3 and tf-keras save them, with what they predict.

For a model NAME there are NAME.keras, NAME.h5, NAME.weights.h5 and NAME.json of Keras 3, or k2-NAME.h5,
k2-NAME.weights.h5 and k2-NAME.json of tf-keras; of one, weights in shards; NAME-xI.npy, the inputs; NAME-yI.npy, what the saved model predicts
for them; NAME-tI.npy, targets; NAME-zI.npy, what it predicts after one more training step on inputs and targets.

Usage: make_model_files.py [FOLDER [NAME ...]]
"""
import json
import os
import sys
import zlib

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

import keras
import numpy as np
import tensorflow as tf
import tf_keras

folder = sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(os.path.abspath(__file__)), "files")
random = None


def floats(*shape):
    return random.normal(size=shape).astype("float32")


def perceptron(k):
    L = k.layers
    model = k.Sequential([k.Input((4,)), L.Dense(5, activation="relu", name="hidden"), L.Dense(3, activation="softmax")], name="perceptron")
    model.compile(optimizer=k.optimizers.Adam(0.01), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model, [floats(6, 4)], [random.integers(0, 3, 6).astype("int32")]


def packed(k):
    """Weights in NumPy's format, as objects that Python pickled."""
    model, x, t = perceptron(k)
    model.name = "packed"
    return model, x, t


def convolutional(k):
    L = k.layers
    model = k.Sequential([
        k.Input((8, 8, 1)),
        L.Conv2D(4, 3, activation="relu"),
        L.MaxPooling2D(),
        L.Flatten(),
        L.Dropout(0.0),
        L.Dense(10, activation="softmax"),
    ], name="convolutional")
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model, [floats(4, 8, 8, 1)], [random.integers(0, 10, 4).astype("int32")]


def branches(k):
    L = k.layers
    a, b = k.Input((3,), name="a"), k.Input((2,), name="b")
    left = L.Dense(4, activation="tanh", name="left")(a)
    right = L.Dense(4, name="right")(b)
    both = L.Concatenate(name="both")([left, right])
    added = L.Add(name="added")([left, right])
    first = L.Dense(1, name="first")(both)
    second = L.Dense(2, activation="softmax", name="second")(added)
    model = k.Model([a, b], [first, second], name="branches")
    model.compile(optimizer=k.optimizers.SGD(0.05, momentum=0.9), loss=["mse", "categorical_crossentropy"], loss_weights=[1.0, 0.5])
    return model, [floats(5, 3), floats(5, 2)], [floats(5, 1), np.eye(2, dtype="float32")[[0, 1, 1, 0, 1]]]


def shared(k):
    L = k.layers
    a, b = k.Input((3,), name="a"), k.Input((3,), name="b")
    twice = L.Dense(4, activation="tanh", name="twice")
    out = L.Dense(1, name="out")(L.Subtract(name="difference")([twice(a), twice(b)]))
    model = k.Model([a, b], out, name="shared")
    model.compile(optimizer=k.optimizers.RMSprop(0.01), loss="mse")
    return model, [floats(5, 3), floats(5, 3)], [floats(5, 1)]


def nested(k):
    L = k.layers
    i = k.Input((3,), name="inner_input")
    inner = k.Model(i, L.Dense(4, activation="tanh", name="inner_dense")(i), name="inner")
    row = k.Sequential([k.Input((4,)), L.Dense(3, name="row_dense"), L.Dense(2, name="row_dense_2")], name="row")
    x = k.Input((3,), name="x")
    y = k.Input((3,), name="y")
    joined = L.Add(name="joined")([inner(x), inner(y)])
    model = k.Model([x, y], [row(joined), inner(y)], name="nested")
    model.compile(optimizer="adam", loss="mse")
    return model, [floats(4, 3), floats(4, 3)], [floats(4, 2), floats(4, 4)]


def recurrent(k):
    L = k.layers
    model = k.Sequential([
        k.Input((5,), dtype="int32"),
        L.Embedding(20, 4, mask_zero=True),
        L.Bidirectional(L.GRU(3, return_sequences=True)),
        L.LSTM(4),
        L.Dense(1, activation="sigmoid"),
    ], name="recurrent")
    model.compile(optimizer="adam", loss="binary_crossentropy")
    x = random.integers(1, 20, (4, 5)).astype("int32")
    x[:, 3:] = 0
    x[0, 3] = 4
    return model, [x], [random.integers(0, 2, (4, 1)).astype("float32")]


def normalized(k):
    L = k.layers
    model = k.Sequential([
        k.Input((6, 6, 2)),
        L.SeparableConv2D(3, 3, padding="same", use_bias=False),
        L.BatchNormalization(),
        L.ReLU(),
        L.GlobalAveragePooling2D(),
        L.LayerNormalization(),
        L.Dense(2, kernel_regularizer=k.regularizers.L2(0.01)),
    ], name="normalized")
    model.compile(optimizer=k.optimizers.AdamW(k.optimizers.schedules.ExponentialDecay(0.01, 10, 0.9)), loss="mse")
    return model, [floats(4, 6, 6, 2)], [floats(4, 2)]


def attentive(k):
    L = k.layers
    x, context = k.Input((4, 6), name="x"), k.Input((5, 6), name="context")
    y = L.MultiHeadAttention(2, 3, name="attention")(x, context, key=context)
    y = L.LayerNormalization(name="norm")(L.Add(name="residual")([x, y]))
    model = k.Model([x, context], L.Dense(1, name="out")(y), name="attentive")
    model.compile(optimizer="adam", loss="mse")
    return model, [floats(3, 4, 6), floats(3, 5, 6)], [floats(3, 4, 1)]


def masked(k):
    """Keras writes the masks as operators; one is given by hand."""
    L = k.layers
    words, more, mask = k.Input((4,), dtype="int32", name="words"), k.Input((4, 2), name="more"), k.Input((4,), dtype="bool", name="mask")
    x = L.Concatenate(name="both")([L.Embedding(5, 3, mask_zero=True, name="embedding")(words), L.Masking(name="masking")(more)])
    x = L.LSTM(3, return_sequences=True, name="first")(x)
    y = L.GRU(2, name="second")(L.Conv1D(2, 2, padding="same", name="conv")(x), mask=mask)
    z = L.GlobalAveragePooling1D(name="mean")(L.Add(name="sum")([x, L.Dense(3, name="dense")(x)]))
    model = k.Model([words, more, mask], L.Dense(1, name="out")(L.Concatenate(name="join")([y, z])), name="masked")
    model.compile(optimizer="adam", loss="mse")
    steps = floats(5, 4, 2)
    steps[:, 2:] *= random.integers(0, 2, (5, 2, 1))
    return model, [random.integers(0, 5, (5, 4)).astype("int32"), steps, random.integers(0, 2, (5, 4)).astype("bool")], [floats(5, 1)]


def hidden(k):
    """Attention that takes a list of tensors, and a list of masks beside it in which some may be missing."""
    L = k.layers
    x, context = k.Input((4, 3), name="x"), k.Input((5, 3), name="context")
    asks, answers = k.Input((4,), dtype="bool", name="asks"), k.Input((5,), dtype="bool", name="answers")
    y = L.Attention(use_scale=True, name="dot")([x, context], mask=[asks, answers], use_causal_mask=True)
    z, scores = L.AdditiveAttention(name="sum")([x, context, context], mask=[None, answers], return_attention_scores=True)
    model = k.Model([x, context, asks, answers], L.Dense(1, name="out")(L.Concatenate(name="join")([y, z, scores])), name="hidden")
    model.compile(optimizer="adam", loss="mse")
    masks = [random.integers(0, 4, (4, n)) > 0 for n in (4, 5)]
    return model, [floats(4, 4, 3), floats(4, 5, 3), *masks], [floats(4, 4, 1)]


def places(k):
    """Layers whose weights lie in files where their classes do not say."""
    L = k.layers
    x = k.Input((4, 3), name="x")
    y = L.RNN([L.LSTMCell(3), L.LSTMCell(2), L.GRUCell(3)], return_sequences=True, name="cells")(x)
    y = L.GroupQueryAttention(2, 4, 2, name="attention")(y, y)
    y = L.TimeDistributed(L.BatchNormalization(), name="steps")(y)
    model = k.Model(x, L.Dense(1, name="out")(y), name="places")
    model.compile(optimizer=k.optimizers.SGD(0.1, momentum=0.9), loss="mse")
    return model, [floats(3, 4, 3)], [floats(3, 4, 1)]


def operators(k):
    L = k.layers
    x, y = k.Input((4,), name="x"), k.Input((4,), name="y")
    z = L.Dense(4, name="dense")(x) * 2.0 + y
    z = 1.0 - z / 4.0
    model = k.Model([x, y], L.Dense(1, name="out")(z), name="operators")
    model.compile(optimizer="adam", loss="mse")
    return model, [floats(3, 4), floats(3, 4)], [floats(3, 1)]


def wrapped(k):
    """Models in layers that take them through a sequence, and a list of cells."""
    L = k.layers
    row = k.Sequential([L.Dense(3, activation="relu", name="row_dense"), L.Dense(2, name="row_dense_2")], name="row")
    i = k.Input((2,), name="inner_input")
    inner = k.Model(i, L.Add(name="inner_add")([L.Dense(2, name="inner_dense")(i), i]), name="inner")
    model = k.Sequential([
        k.Input((3, 4)),
        L.TimeDistributed(row, name="rows"),
        L.TimeDistributed(inner, name="inners"),
        L.RNN([L.LSTMCell(3), L.GRUCell(2)], return_sequences=True, name="cells"),
        L.Bidirectional(L.LSTM(2), name="both_ways"),
    ], name="wrapped")
    model.compile(optimizer="adam", loss="mse")
    return model, [floats(4, 3, 4)], [floats(4, 4)]


def activations(k):
    """Activations with parameters of their own."""
    L = k.layers
    model = k.Sequential([
        k.Input((4,)),
        L.Dense(5, activation=L.LeakyReLU(0.05)),
        L.Dense(5, activation=L.ELU(0.5)),
        L.Dense(5, activation=L.ReLU(max_value=1.5, negative_slope=0.1, threshold=0.2)),
        L.Dense(5, activation="hard_sigmoid"),
        L.Reshape((5, 1)),
        L.LSTM(3, recurrent_activation="hard_sigmoid"),
        L.Dense(3, activation=L.Softmax()),
    ], name="activations")
    model.compile(optimizer="sgd", loss="mse")
    return model, [floats(5, 4)], [floats(5, 3)]


def operations(k):
    """What Python's operators and keras.ops leave in functional models."""
    L, ops = k.layers, k.ops
    x, y = k.Input((4, 6), name="x"), k.Input((4, 6), name="y")
    z = L.Dense(6, name="dense")(x)
    middle = z[:, 1:3, ::2] + z[:, -1:, :3] * 2
    both = ops.concatenate([ops.mean(z, axis=1, keepdims=True), ops.max(y, axis=1, keepdims=True)], axis=-1)
    scores = ops.softmax(z @ ops.transpose(y, (0, 2, 1)) / 2.0)
    chosen = ops.where(z > y, ops.exp(-abs(z)), 0.5) ** 2
    first, second = ops.split(ops.leaky_relu(z - y, 0.1), 2, axis=-1)
    spread = ops.std(z, axis=-1) + ops.logsumexp(y, axis=-1) + ops.take(z, [0], axis=-1)[..., 0]
    parts = [middle, both, scores, chosen, first * second, ops.expand_dims(ops.clip(spread, -1, 2), -1)]
    parts.append(ops.einsum("bij,jk->bik", z, ops.ones((6, 2))) * ops.cast(ops.argmax(y, axis=-1), "float32")[:, :, None])
    flat = ops.concatenate([ops.reshape(p, (-1, int(np.prod(p.shape[1:])))) for p in parts], axis=1)
    model = k.Model([x, y], L.Dense(2, name="out")(flat), name="operations")
    model.compile(optimizer="adam", loss="mse")
    return model, [floats(3, 4, 6), floats(3, 4, 6)], [floats(3, 2)]


def functions(k):
    """What TensorFlow's functions leave in models of Keras 2."""
    L = k.layers
    x, y = k.Input((4,), name="x"), k.Input((4,), name="y")
    i = k.Input((4,), name="inner_input")
    inner = k.Model(i, L.Dense(4, activation="tanh", name="inner_dense")(i), name="inner")
    z = L.Dense(4, name="dense")(x) * 2 + y
    parts = [tf.nn.relu(z), 1.0 - z / 2, tf.concat([x, y], axis=-1)[:, 1:3], tf.reduce_mean(z, axis=-1, keepdims=True), tf.cast(z > 0, "float32"),
             tf.matmul(tf.expand_dims(z, 1), tf.stack([x, y], axis=1), transpose_b=True)[:, 0], tf.where(z > y, z, tf.abs(y)), tf.math.sigmoid(inner(z)) * 2,
             tf.split(z, [1, 3], axis=-1)[1], tf.clip_by_value(z ** 2, 0.1, 2.0), z @ tf.constant(np.eye(4, 2, dtype="float32")), tf.pad(x, [[0, 0], [1, 0]], constant_values=2.0),
             tf.gather(z, [0, 2], axis=1), tf.squeeze(tf.reshape(z, (-1, 4, 1)), -1), tf.transpose(tf.transpose(z)), tf.math.l2_normalize(z, axis=-1)]
    model = k.Model([x, y], L.Dense(2, name="out")(tf.concat(parts, axis=-1)), name="functions")
    model.compile(optimizer="adam", loss=k.losses.Huber(0.7), metrics=["mae"])
    return model, [floats(3, 4), floats(3, 4)], [floats(3, 2)]


def spent(k):
    """Attention takes masks off what it is given: Add finds none there, while GRU has the one that the model recorded."""
    L = k.layers
    x = k.Input((5,), dtype="int32", name="x")
    y = L.Embedding(6, 4, mask_zero=True, name="embedding")(x)
    y = L.Add(name="added")([y, L.MultiHeadAttention(2, 3, name="first")(y, y)])
    y = L.Add(name="added_again")([y, L.MultiHeadAttention(1, 2, name="second")(y, y)])
    z = L.Average(name="average")([y, L.GRU(4, return_sequences=True, name="gru")(y)])
    model = k.Model(x, L.GlobalAveragePooling1D(name="mean")(z), name="spent")
    model.compile(optimizer="sgd", loss="mse")
    return model, [random.integers(0, 3, (4, 5)).astype("int32")], [floats(4, 4)]


def crossed(k):
    """The way of the masks through the network is longer than that of the data, which decides in which order layers come."""
    L = k.layers
    x, f = k.Input((5,), dtype="int32", name="x"), k.Input((4,), name="f")
    e = L.Embedding(6, 4, mask_zero=True, name="embedding")(x)
    y = L.LSTM(4, name="lstm")(L.Concatenate(name="both")([L.Dense(4, name="a")(e), e]))
    z = f
    for name in ("b", "c", "d", "e"):
        z = L.Dense(4, activation="tanh", name=name)(z)
    model = k.Model([x, f], L.Add(name="sum")([z, y]), name="crossed")
    model.compile(optimizer="adam", loss="mse")
    return model, [random.integers(0, 6, (4, 5)).astype("int32"), floats(4, 4)], [floats(4, 4)]


def listed(k):
    """A model of two inputs inside another, called with a list of a tensor that has a mask and one that has none."""
    L = k.layers
    a, b = k.Input((5, 4), name="a"), k.Input((5, 3), name="b")
    inner = k.Model([a, b], L.Concatenate(name="both")([L.LSTM(3, name="lstm")(a), L.GRU(2, name="gru")(b)]), name="inner")
    x, y = k.Input((5,), dtype="int32", name="x"), k.Input((5, 3), name="y")
    model = k.Model([x, y], L.Dense(2, name="dense")(inner([L.Embedding(6, 4, mask_zero=True, name="embedding")(x), y])), name="listed")
    model.compile(optimizer="sgd", loss="mse")
    return model, [random.integers(0, 3, (4, 5)).astype("int32"), floats(4, 5, 3)], [floats(4, 2)]


def named(k):
    """Inputs and outputs by names, and a model inside that is frozen but for one layer."""
    L = k.layers
    inner = k.Sequential([k.Input((3,)), L.Dense(4, name="still"), L.Dense(2, name="thawed")], name="inner")
    inner.trainable = False
    inner.layers[1].trainable = True
    a, b = k.Input((3,), name="left"), k.Input((3,), name="right")
    first, second = inner(a), inner(b)
    model = k.Model({"right": b, "left": a}, {"sum": L.Add(name="added")([first, second]), "once": L.Dense(1, name="dense")(first)}, name="named")
    model.compile(optimizer="sgd", loss={"sum": "mse", "once": "mae"}, loss_weights={"sum": 0.5, "once": 2.0})
    return model, [floats(4, 3), floats(4, 3)], [floats(4, 1), floats(4, 2)]


def constants(k):
    """Layers that are called on arrays of numbers, beside tensors or by name."""
    L = k.layers
    x = k.Input((3, 4), name="x")
    wide = L.Dense(4, name="wide")(x)
    looked = L.MultiHeadAttention(2, 2, name="looked")(wide, wide, attention_mask=np.tril(np.ones((1, 3, 3), bool)))
    if k is keras:
        looked = looked * floats(3, 4) - 2.0
    beside = L.Attention(name="beside")([looked, floats(1, 5, 4)])
    many = 1 if k is keras else 5
    mask = np.array([[True, True, False]] * many)
    begun = L.LSTM(2, name="begun")(wide, mask=mask)
    both = L.Concatenate(name="both")([L.Flatten(name="flat")(beside), begun, floats(5, 3)])
    out = L.Add(name="out")([L.Dense(2, name="narrow")(both), floats(many, 2)])
    model = k.Model(x, out, name="constants")
    model.compile(optimizer="adam", loss="mse")
    return model, [floats(5, 3, 4)], [floats(5, 2)]


def counted(k):
    """Statistics and a loss of what a mask counts that is neither 0 nor 1."""
    L = k.layers
    x = k.Input((5, 3), name="x")
    out = L.BatchNormalization(name="even")(x, mask=np.array([[1, 0.5, 0, 2, 0]], "float32"))
    model = k.Model(x, out, name="counted")
    model.compile(optimizer="sgd", loss="mse")
    return model, [floats(4, 5, 3)], [floats(4, 5, 3)]


def slopes(k, name="slopes"):
    """Layers that learn as activations of others."""
    L = k.layers

    def learning(i, **more):
        return L.PReLU(alpha_initializer=k.initializers.Constant(0.1 * i), **more)

    model = k.Sequential([
        k.Input((4, 2), name="x"),
        L.Conv1D(3, 2, activation=learning(1, shared_axes=[1]), name="scan"),
        L.TimeDistributed(L.Dense(3, activation=learning(2), name="each"), name="steps"),
        L.Activation(learning(3), name="bent"),
        L.GRU(3, activation=learning(4), name="read"),
        L.Dense(2, activation=L.LayerNormalization(), name="even"),
        L.Dense(2, activation=learning(5, alpha_regularizer="l2"), name="out"),
    ], name=name)
    model.compile(optimizer="adam", loss="mse")
    return model, [floats(5, 4, 2)], [floats(5, 2)]


def uncalled(k):
    """Saved before a first call, when Keras 3 has not made the weights of activations."""
    return slopes(k, "uncalled")


def write(k, prefix, make):
    global random
    random = np.random.default_rng(zlib.crc32(make.__name__.encode()))
    k.backend.clear_session()
    k.utils.set_random_seed(11)
    model, x, t = make(k)
    feed = x[0] if len(x) == 1 else x
    targets = t[0] if len(t) == 1 else t
    if make is named:
        feed, targets = dict(zip(("left", "right"), x)), dict(zip(("once", "sum"), t))
    for _ in range(0 if make is uncalled else 2):
        model.train_on_batch(feed, targets)
    path = os.path.join(folder, prefix + model.name)
    if model.name == "packed":
        with open(path + ".keras", "wb") as file:
            k.src.saving.saving_lib._save_model_to_fileobj(model, file, "npz")
    elif model.name in ("hidden", "constants", "counted"):
        model.save(path + (".keras" if k is keras else ".h5"))
    else:
        save_in_all_formats(k, prefix, model, path)
    for kind, arrays in (("x", x), ("y", model.predict(feed, verbose=0)), ("t", t)):
        save(path, kind, arrays)
    model.train_on_batch(feed, targets)
    save(path, "z", model.predict(feed, verbose=0))


def save_in_all_formats(k, prefix, model, path):
    if prefix == "" or model.name in ("attentive", "functions"):
        model.save(path + ".keras")
    model.save(path + ".h5", **({} if prefix == "" else {"save_format": "h5"}))
    model.save_weights(path + ".weights.h5")
    if prefix + model.name == "convolutional":
        model.save_weights(path + ".weights.json", max_shard_size=1.6e-6)
    with open(path + ".json", "w") as file:
        json.dump(json.loads(model.to_json()), file)


def save(path, kind, arrays):
    arrays = [arrays[key] for key in sorted(arrays)] if isinstance(arrays, dict) else arrays
    for i, array in enumerate(arrays if isinstance(arrays, list) else [arrays]):
        np.save(f"{path}-{kind}{i}.npy", array)


os.makedirs(folder, exist_ok=True)
made = sys.argv[2:]
for make in (perceptron, packed, convolutional, branches, shared, nested, recurrent, normalized, attentive, operators, masked, hidden, places, wrapped, activations, operations, spent, crossed, listed, named, constants, counted, slopes, uncalled):
    if not made or make.__name__ in made:
        write(keras, "", make)
for make in (perceptron, convolutional, branches, shared, nested, recurrent, wrapped, activations, attentive, functions, constants, slopes):
    if not made or "k2-" + make.__name__ in made:
        write(tf_keras, "k2-", make)
