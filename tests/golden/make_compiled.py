#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Writes compiled.json: what models are called with after a file, as the Keras that wrote it opens it again.

"metrics" has training configs of .h5 files (of Keras 3 and Keras 2) and compile configs of .keras files, with the names
that evaluate() then has; "frozen" has models that do not learn, with the parameters that do once they are read again.

Usage: make_compiled.py
"""
import json
import os
import tempfile

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

import h5py
import keras
import numpy as np
import tf_keras

here = os.path.dirname(os.path.abspath(__file__))
x, y = np.ones((4, 4), "float32"), np.eye(3, dtype="float32")[[0, 1, 2, 0]]


def metrics_of(k):
    return (["mae", "MSE", "accuracy"], ["acc", "mean_absolute_error"], ["AUC", "Precision", "MeanAbsoluteError"], [k.metrics.MeanAbsoluteError(name="mae")],
            [k.metrics.MeanAbsoluteError()], [k.metrics.mean_squared_error, "mape"], ["msle", "cosine_similarity", "top_k_categorical_accuracy"],
            [k.metrics.AUC(name="area")], ["KLDivergence", "categorical_crossentropy", "categorical_accuracy"])


def case(k, metrics, form):
    k.backend.clear_session()
    model = k.Sequential([k.Input((4,)), k.layers.Dense(3, activation="softmax")])
    model.compile("sgd", "categorical_crossentropy", metrics=metrics)
    model.fit(x, y, verbose=0)
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "m" + form)
        model.save(path)
        k.backend.clear_session()
        loaded = k.models.load_model(path)
        if k is keras:
            loaded.optimizer = keras.optimizers.SGD()
        names = sorted(loaded.evaluate(x, y, verbose=0, return_dict=True))
        if form == ".h5":
            with h5py.File(path) as file:
                config = json.loads(file.attrs["training_config"])
        else:
            config = model.get_compile_config()
    return dict(legacy=form == ".h5", config=json.loads(json.dumps(config)), names=names)


cases = [case(keras, m, form) for form in (".h5", ".keras") for m in metrics_of(keras)] + [case(tf_keras, m, ".h5") for m in metrics_of(tf_keras)]
wrapper = keras.metrics.MeanMetricWrapper(keras.losses.mean_absolute_error, name="distance")
cases.append(case(keras, [wrapper], ".keras"))

L = keras.layers
frozen = keras.Sequential([L.Input((4,)), L.Dense(5), L.BatchNormalization()], trainable=False)
late = keras.Sequential([L.Input((4,)), L.Dense(5), L.Dense(2)])
late.trainable = False
inner = keras.Sequential([L.Input((4,)), L.Dense(5)], trainable=False)
a = keras.Input((4,))
around = keras.Model(a, L.Dense(2)(inner(a)))
functional = keras.Model(a, L.Dense(3)(a), trainable=False)
models = []
for model in (frozen, late, around, functional):
    text = model.to_json()
    models.append(dict(json=text, trainable=sum(int(np.prod(w.shape)) for w in keras.models.model_from_json(text).trainable_weights)))
with open(os.path.join(here, "compiled.json"), "w") as file:
    json.dump(dict(metrics=cases, frozen=models), file, indent=0)
