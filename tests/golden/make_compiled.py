#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Writes compiled.json: what models are called with after a file, as the Keras that wrote it opens it again.

files/opaque.h5 is a legacy file with a layer of bfloat16; files/scaled.keras has an optimizer around the one that its
config tells of, which has taken steps, and files/scaled-fresh.keras one that has not;
"typed" has what to_json() says of models with layers of several types;
"metrics" has training configs of .h5 files (of Keras 3 and Keras 2) and compile configs of .keras files, with the names
that evaluate() then has. Keras 3 cannot train what it opened from a legacy file, whose words it forgets: the names are
those of the model that was saved; "frozen" has models that do not learn, with the parameters that do once they are read again.

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
    saved = sorted(model.fit(x, y, verbose=0).history)
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "m" + form)
        model.save(path)
        k.backend.clear_session()
        loaded = k.models.load_model(path)
        names = saved if k is keras and form == ".h5" else sorted(loaded.evaluate(x, y, verbose=0, return_dict=True))
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
typed = []
for policy in ("float16", "bfloat16", "float64", "mixed_float16", "mixed_bfloat16"):
    a, steps = keras.Input((4,), dtype=policy.replace("mixed_", "")), keras.Input((6, 4))
    b = L.Dense(5, dtype=policy)(a)
    inside = keras.Sequential([keras.Input((5,)), L.Dense(5), L.Dense(5, dtype=policy)])
    whole, state, _ = L.LSTM(5, return_state=True, recurrent_initializer="zeros", dtype=policy)(steps)
    c = L.Add(dtype=policy)([b, inside(b)])
    outputs = [L.Dense(2)(c), keras.ops.mean(c * 2, axis=1) + L.Dense(1)(b), L.Concatenate(dtype=policy)([whole, state])]
    outputs += [L.SimpleRNN(1, recurrent_initializer="zeros", dtype=policy)(L.Masking(dtype=policy)(steps))]
    typed.append(keras.Model([a, steps], outputs).to_json())
# Two bytes without a name, which only Strata reads; of numbers that are exact in that type.
random = np.random.default_rng(1)
model = keras.Sequential([keras.Input((4,)), L.Dense(3, dtype="bfloat16"), L.Dense(2)], name="opaque")
for weight in model.weights:
    weight.assign(random.integers(-3, 4, weight.shape) / 2)
model.save(os.path.join(here, "files", "opaque.h5"))
values = random.integers(-3, 4, (3, 4)).astype("float32")
np.save(os.path.join(here, "files", "opaque-x0.npy"), values)
np.save(os.path.join(here, "files", "opaque-y0.npy"), model.predict(values, verbose=0))
# Whose optimizer Keras has put another around, without telling.
keras.config.set_dtype_policy("mixed_float16")
keras.utils.set_random_seed(1)
model = keras.Sequential([keras.Input((4,)), L.Dense(3, activation="softmax", name="scores")], name="scaled")
model.compile(keras.optimizers.Adam(0.01), "categorical_crossentropy")
model.save(os.path.join(here, "files", "scaled-fresh.keras"))
model.fit(x, y, batch_size=2, epochs=3, verbose=0)
model.save(os.path.join(here, "files", "scaled.keras"))
keras.config.set_dtype_policy("float32")
with open(os.path.join(here, "compiled.json"), "w") as file:
    json.dump(dict(metrics=cases, frozen=models, typed=typed), file, indent=0)
