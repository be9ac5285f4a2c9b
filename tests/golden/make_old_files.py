#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Writes files of older versions to files/: k1-NAME.h5 as Keras 1 laid models and weights out, k2-cudnn.h5 with the layers for cuDNN,
k2-theano.h5 with kernels that Theano used, k2-local.h5 and k2-cropped.h5; NAME-x0.npy, an input, and NAME-y0.npy, what tf-keras predicts with the file's weights.

No Keras 1 runs any more: configs are as its version 1.2.2 wrote them, weights are drawn in its layout, and what they
mean is said by tf-keras, which loads them into the same model of Keras 2.

Usage: make_old_files.py [FOLDER]
"""
import json
import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

import h5py
import numpy as np
import tf_keras
from tf_keras import layers as L
from tf_keras.src.layers.rnn.cudnn_gru import CuDNNGRU
from tf_keras.src.layers.rnn.cudnn_lstm import CuDNNLSTM

folder = sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(os.path.abspath(__file__)), "files")
random = np.random.default_rng(1)


def layer(class_name, name, **config):
    return {"class_name": class_name, "config": {"name": name, "trainable": True, **config}}


def weighted(class_name, name, **config):
    """A layer with what all such layers told."""
    plain = dict(init="glorot_uniform", activation="linear", W_regularizer=None, b_regularizer=None, activity_regularizer=None,
                 W_constraint=None, b_constraint=None, bias=True)
    return layer(class_name, name, **(plain | config))


def recurrent(class_name, name, units, **config):
    plain = dict(output_dim=units, init="glorot_uniform", inner_init="orthogonal", activation="tanh", inner_activation="hard_sigmoid", W_regularizer=None,
                 U_regularizer=None, b_regularizer=None, dropout_W=0.0, dropout_U=0.0, return_sequences=True, stateful=False, unroll=False,
                 go_backwards=False, consume_less="cpu", input_dim=None, input_length=None)
    return layer(class_name, name, **(plain | (dict(forget_bias_init="one") if class_name == "LSTM" else {}) | config))


def gates(letters, inputs, units):
    return [shape for _ in letters for shape in ((inputs, units), (units, units), (units,))]


def write(name, config, arrays, training=None, version=b"1.2.2", **more):
    """`arrays`: of each layer, shapes in its order."""
    with h5py.File(os.path.join(folder, name + ".h5"), "w") as file:
        if version:
            file.attrs["keras_version"] = version
        file.attrs["model_config"] = json.dumps(config).encode()
        if training:
            file.attrs["training_config"] = json.dumps(training).encode()
        root = file.create_group("model_weights")
        root.attrs["layer_names"] = [n.encode() for n in arrays]
        for key, value in more.items():
            root.attrs[key] = value
        for layer_name, shapes in arrays.items():
            group = root.create_group(layer_name)
            names = [f"{layer_name}_{i}".encode() for i in range(len(shapes))]
            group.attrs["weight_names"] = names
            for weight, shape in zip(names, shapes):
                group[weight.decode()] = random.uniform(-.6, .6, shape).astype("float32")


def predicts(name, model, x, seen=None):
    model.load_weights(os.path.join(folder, name + ".h5"))
    np.save(os.path.join(folder, name + "-x0.npy"), x)
    np.save(os.path.join(folder, name + "-y0.npy"), model.predict(x if seen is None else seen, verbose=0))


def floats(*shape):
    return random.normal(size=shape).astype("float32")


def k1_images():
    """Channels first, as Keras 1 had it for Theano; TensorFlow's processors need them last."""
    config = [
        weighted("Convolution2D", "conv", nb_filter=3, nb_row=2, nb_col=3, border_mode="same", subsample=[1, 1], dim_ordering="th", activation="relu",
                 batch_input_shape=[None, 2, 5, 6], input_dtype="float32", W_regularizer={"name": "WeightRegularizer", "l1": 0.0, "l2": 0.01}),
        layer("MaxPooling2D", "pool", pool_size=[2, 2], strides=[2, 2], border_mode="valid", dim_ordering="th"),
        layer("Dropout", "drop", p=0.25),
        weighted("Deconvolution2D", "up", nb_filter=2, nb_row=2, nb_col=2, border_mode="valid", subsample=[2, 2], dim_ordering="th", output_shape=[None, 2, 4, 6]),
        layer("GlobalAveragePooling2D", "mean", dim_ordering="th"),
        weighted("Dense", "out", output_dim=3, input_dim=2, activation="softmax", W_constraint={"name": "MaxNorm", "m": 2, "axis": 0}),
    ]
    training = {"optimizer_config": {"class_name": "SGD", "config": {"lr": 0.01, "momentum": 0.9, "decay": 0.0, "nesterov": True}},
                "loss": "categorical_crossentropy", "metrics": ["accuracy"], "sample_weight_mode": None}
    write("k1-images", {"class_name": "Sequential", "config": config},
          {"conv": [(3, 2, 2, 3), (3,)], "pool": [], "drop": [], "up": [(2, 3, 2, 2), (2,)], "mean": [], "out": [(2, 3), (3,)]}, training)
    model = tf_keras.Sequential([L.Conv2D(3, (2, 3), padding="same", activation="relu", data_format="channels_first"), L.MaxPooling2D(data_format="channels_first"),
                                 L.Dropout(.25), L.Conv2DTranspose(2, 2, strides=2, data_format="channels_first"), L.GlobalAveragePooling2D(data_format="channels_first"),
                                 L.Dense(3, activation="softmax")])
    model.build((None, 2, 5, 6))
    model.load_weights(os.path.join(folder, "k1-images.h5"))
    last = tf_keras.Sequential([tf_keras.Input((5, 6, 2)), L.Conv2D(3, (2, 3), padding="same", activation="relu"), L.MaxPooling2D(), L.Conv2DTranspose(2, 2, strides=2),
                                L.GlobalAveragePooling2D(), L.Dense(3, activation="softmax")])
    last.set_weights(model.get_weights())
    x = floats(3, 2, 5, 6)
    np.save(os.path.join(folder, "k1-images-x0.npy"), x)
    np.save(os.path.join(folder, "k1-images-y0.npy"), last.predict(x.transpose(0, 2, 3, 1), verbose=0))


def k1_words():
    """An array for each gate, and a convolution with a dimension of one."""
    config = [
        layer("Embedding", "words", input_dim=9, output_dim=4, init="uniform", input_length=6, mask_zero=False, dropout=0.0, W_regularizer=None, W_constraint=None,
              activity_regularizer=None, batch_input_shape=[None, 6], input_dtype="int32"),
        weighted("Convolution1D", "conv", nb_filter=3, filter_length=2, border_mode="same", subsample_length=1, input_dim=None, input_length=None),
        layer("MaxPooling1D", "pool", pool_length=2, stride=2, border_mode="valid"),
        layer("Bidirectional", "both", merge_mode="concat", layer=recurrent("LSTM", "inner", 2)),
        recurrent("GRU", "gru", 3),
        weighted("TimeDistributedDense", "each", output_dim=2, input_dim=None, input_length=None, activation="tanh"),
        recurrent("LSTM", "lstm", 2, return_sequences=False),
        weighted("Dense", "out", output_dim=1, input_dim=None, activation="hard_sigmoid"),
    ]
    write("k1-words", {"class_name": "Sequential", "config": config},
          {"words": [(9, 4)], "conv": [(2, 1, 4, 3), (3,)], "pool": [], "both": gates("icfo", 3, 2) * 2, "gru": gates("zrh", 4, 3), "each": [(3, 2), (2,)],
           "lstm": gates("icfo", 2, 2), "out": [(2, 1), (1,)]}, version=None)
    hard = dict(return_sequences=True, recurrent_activation="hard_sigmoid")
    model = tf_keras.Sequential([tf_keras.Input((6,)), L.Embedding(9, 4), L.Conv1D(3, 2, padding="same"), L.MaxPooling1D(2), L.Bidirectional(L.LSTM(2, **hard)),
                                 L.GRU(3, reset_after=False, **hard), L.TimeDistributed(L.Dense(2, activation="tanh")), L.LSTM(2, recurrent_activation="hard_sigmoid"),
                                 L.Dense(1, activation="hard_sigmoid")])
    predicts("k1-words", model, random.integers(0, 9, (4, 6)).astype("int32"))


def k1_graph():
    """Merges of each kind, a model inside, channels last, and consume_less="gpu", which had gates side by side."""
    def calls(described, *inputs):
        return described | {"name": described["config"]["name"], "inbound_nodes": [[[i, 0 if i != "inner" else 1, 0] for i in inputs]] if inputs else []}
    inner = [weighted("Dense", "first", output_dim=4, input_dim=4, activation="relu", batch_input_shape=[None, 4], input_dtype="float32"), layer("GaussianNoise", "noise", sigma=0.1),
             layer("BatchNormalization", "norm", epsilon=0.001, mode=0, axis=-1, momentum=0.99, gamma_init="one", beta_init="zero", gamma_regularizer=None, beta_regularizer=None)]
    merge = dict(mode_type="raw", concat_axis=-1, dot_axes=-1, output_shape=None, output_mask=None, arguments={}, output_shape_type="raw", output_mask_type="raw")
    config = {"name": "graph", "layers": [
        calls(layer("InputLayer", "image", batch_input_shape=[None, 3, 4, 2], input_dtype="float32", sparse=False)),
        calls(weighted("Deconvolution2D", "up", nb_filter=3, nb_row=2, nb_col=2, border_mode="same", subsample=[1, 1], dim_ordering="tf", output_shape=[None, 3, 4, 3]), "image"),
        calls(weighted("AtrousConvolution2D", "holes", nb_filter=2, nb_row=2, nb_col=2, border_mode="valid", subsample=[1, 1], atrous_rate=[2, 2], dim_ordering="tf"), "up"),
        calls(layer("Reshape", "row", target_shape=[2, 2]), "holes"),
        calls(recurrent("LSTM", "lstm", 4, consume_less="gpu", return_sequences=False), "row"),
        {"class_name": "Sequential", "config": inner, "name": "inner", "inbound_nodes": [[["lstm", 0, 0]]]},
        calls(layer("Merge", "added", mode="sum", layers=[], **merge), "lstm", "inner"),
        calls(layer("Merge", "joined", mode="concat", layers=[], **merge), "added", "inner"),
        calls(layer("ThresholdedReLU", "above", theta=0.1), "joined"),
        calls(weighted("Dense", "out", output_dim=2, input_dim=None), "above"),
    ], "input_layers": [["image", 0, 0]], "output_layers": [["out", 0, 0]]}
    write("k1-graph", {"class_name": "Model", "config": config},
          {"image": [], "up": [(2, 2, 2, 3), (3,)], "holes": [(2, 2, 3, 2), (2,)], "row": [], "lstm": [(2, 16), (4, 16), (16,)],
           "inner": [(4, 4), (4,), (4,), (4,), (4,), (4,)], "added": [], "joined": [], "above": [], "out": [(8, 2), (2,)]})
    with h5py.File(os.path.join(folder, "k1-graph.h5"), "r+") as file:
        file["model_weights/inner/inner_5"][:] = abs(file["model_weights/inner/inner_5"][:])
    x = tf_keras.Input((3, 4, 2))
    y = L.Conv2D(2, 2, dilation_rate=2)(L.Conv2DTranspose(3, 2, padding="same")(x))
    y = L.LSTM(4, recurrent_activation="hard_sigmoid")(L.Reshape((2, 2))(y))
    z = tf_keras.Sequential([L.Dense(4, activation="relu"), L.GaussianNoise(.1), L.BatchNormalization()])(y)
    y = L.ThresholdedReLU(.1)(L.Concatenate()([L.Add()([y, z]), z]))
    predicts("k1-graph", tf_keras.Model(x, L.Dense(2)(y)), floats(3, 3, 4, 2))


def k2_cudnn():
    def make(lstm, gru, **more):
        x = tf_keras.Input((5, 3), name="x")
        y = lstm(4, return_sequences=True, name="first")(x)
        y = L.Bidirectional(gru(2, return_sequences=True, **more), name="both")(y)
        y = tf_keras.Sequential([tf_keras.Input((5, 4)), gru(3, return_sequences=True, name="inner_gru", **more), lstm(2, go_backwards=True, name="inner_lstm")], name="inner")(y)
        return tf_keras.Model(x, L.Dense(2, name="out")(y), name="cudnn")
    model = make(CuDNNLSTM, CuDNNGRU)
    for weight in model.weights:
        weight.assign(floats(*weight.shape))
    model.save(os.path.join(folder, "k2-cudnn.h5"), save_format="h5")
    predicts("k2-cudnn", make(L.LSTM, L.GRU), floats(3, 5, 3))


def k2_theano():
    """Theano's convolutions go through kernels backwards; Keras 2 turned them while it loaded."""
    model = tf_keras.Sequential([tf_keras.Input((5, 6, 2)), L.Conv2D(3, (2, 3), activation="relu"), L.Conv2DTranspose(2, 2), L.Reshape((5, 10)), L.Conv1D(2, 3)], name="theano")
    for weight in model.weights:
        weight.assign(floats(*weight.shape))
    x = floats(3, 5, 6, 2)
    np.save(os.path.join(folder, "k2-theano-x0.npy"), x)
    np.save(os.path.join(folder, "k2-theano-y0.npy"), model.predict(x, verbose=0))
    for weight in model.weights:
        if len(weight.shape) > 2:
            weight.assign(np.flip(weight.numpy(), tuple(range(len(weight.shape) - 2))))
    model.save(os.path.join(folder, "k2-theano.h5"), save_format="h5")
    with h5py.File(os.path.join(folder, "k2-theano.h5"), "r+") as file:
        file.attrs["backend"] = file["model_weights"].attrs["backend"] = b"theano"


def k2_local():
    """Layers that Keras 3 has no more."""
    model = tf_keras.Sequential([tf_keras.Input((6, 5, 2)), L.LocallyConnected2D(3, (2, 3), strides=(2, 1), activation="relu"), L.Reshape((9, 3)),
                                 L.LocallyConnected1D(2, 3, implementation=1), L.Flatten(), L.Dense(2)], name="local")
    for weight in model.weights:
        weight.assign(floats(*weight.shape))
    model.save(os.path.join(folder, "k2-local.h5"), save_format="h5")
    predicts("k2-local", model, floats(3, 6, 5, 2))


def k1_maxout():
    """A layer that Keras 2 has no more: the largest of several dense layers, with their kernels in one array."""
    plain = dict(init="glorot_uniform", nb_feature=3, W_regularizer=None, b_regularizer=None, activity_regularizer=None, W_constraint=None, b_constraint=None, bias=True)
    config = [
        layer("MaxoutDense", "maxout", output_dim=4, input_dim=5, batch_input_shape=[None, 5], input_dtype="float32", **plain),
        layer("MaxoutDense", "second", output_dim=2, input_dim=None, **(plain | dict(bias=False))),
        weighted("Dense", "out", output_dim=2, input_dim=None),
    ]
    write("k1-maxout", {"class_name": "Sequential", "config": config},
          {"maxout": [(3, 5, 4), (3, 4)], "second": [(3, 4, 2)], "out": [(2, 2), (2,)]})
    with h5py.File(os.path.join(folder, "k1-maxout.h5"), "r") as file:
        weights = [file["model_weights"][name][f"{name}_{i}"][()] for name, n in (("maxout", 2), ("second", 1), ("out", 2)) for i in range(n)]
    x = floats(3, 5)
    y = np.max(np.einsum("ab,cbd->acd", x, weights[0]) + weights[1], axis=1)
    y = np.max(np.einsum("ab,cbd->acd", y, weights[2]), axis=1) @ weights[3] + weights[4]
    np.save(os.path.join(folder, "k1-maxout-x0.npy"), x)
    np.save(os.path.join(folder, "k1-maxout-y0.npy"), y)


def k2_cropped():
    """RandomCrop cut images after training too, and what follows was built for that."""
    model = tf_keras.Sequential([tf_keras.Input((9, 8, 2)), L.RandomCrop(4, 6, seed=3, name="crop"), L.Conv2D(2, 3, activation="relu"), L.Flatten(), L.Dense(2)], name="cropped")
    for weight in model.weights:
        if weight.dtype == "float32":
            weight.assign(floats(*weight.shape))
    model.save(os.path.join(folder, "k2-cropped.h5"), save_format="h5")
    predicts("k2-cropped", model, floats(3, 9, 8, 2))


tf_keras.utils.set_random_seed(1)
os.makedirs(folder, exist_ok=True)
for make in (k1_images, k1_words, k1_graph, k2_cudnn, k2_theano, k2_local, k1_maxout, k2_cropped):
    make()
