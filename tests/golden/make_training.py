#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Writes what Keras computes while training, for tests/engine/training/golden.c.

    make_training.py [FOLDER [KIND...]]

Needs Keras 3 with TensorFlow. One file a kind: losses, metrics, optimizers,
schedules, regularizers, constraints, activations, initializers. All functions
run in graphs, as in fit(), where Keras finds the logits behind a softmax.
"""
import json
import os
import sys

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

import keras
import numpy as np
import tensorflow as tf

import training_cases as cases


def sized(array):
    """Rounded to what is written, so that both sides start from the same numbers."""
    return np.array([float(f"{v:.6g}") for v in np.asarray(array, "float64").ravel()], "float32").reshape(np.shape(array))


def tensor(array):
    array = np.asarray(array)
    return {"shape": list(array.shape), "data": [None if not np.isfinite(v) else float(f"{v:.7g}") for v in array.astype("float64").ravel().tolist()]}


def jsonable(value):
    return json.loads(json.dumps(value, default=lambda v: v.tolist() if hasattr(v, "tolist") else float(v)))


def make(kind, name, config):
    config = {k: keras.saving.deserialize_keras_object(v) if isinstance(v, dict) else v for k, v in config.items()}
    return getattr(getattr(keras, kind), name)(**config)


def config_of(thing):
    return jsonable(keras.saving.serialize_keras_object(thing)["config"])


def make_pair(kind, config, rng, variant):
    """Targets and predictions: variant 0 plain, 1 with steps or one output, 2 with other ranks, 3 and 4 with more dimensions."""
    n, classes = 5, 3
    logits = config.get("from_logits")
    middle = {1: (2,), 3: (2, 5), 4: (2, 1)}.get(variant, ())
    full = (n,) + middle + (classes,)

    def probabilities():
        p = rng.uniform(0.1, 1, size=full)
        return p / p.sum(-1, keepdims=True)

    if kind in ("real", "positive"):
        shape = full if variant != 2 else (n, 1)
        t = rng.normal(size=shape) + 0.3
        p = rng.normal(size=shape)
        if kind == "positive":
            t, p = np.abs(t), np.abs(p) + 0.1
        if variant == 2:
            t = t[:, 0]
    elif kind == "signs":
        t, p = rng.choice([-1.0, 1.0], size=full), rng.normal(size=full)
    elif kind == "binary":
        t = rng.integers(0, 2, size=full).astype("float32")
        p = rng.normal(size=full) * 2 if logits else rng.uniform(0.02, 0.98, size=full)
        if variant == 2 and classes:
            t, p = t[..., 0], p[..., :1]
    elif kind == "one-hot":
        t = np.eye(classes)[rng.integers(0, classes, size=(n,) + middle)]
        p = rng.normal(size=full) * 2 if logits else probabilities()
        if config.get("axis") == 1:
            t = np.moveaxis(np.eye(classes)[rng.integers(0, classes, size=(n, 2))], -1, 1)
            p = rng.normal(size=t.shape) * 2 if logits else rng.uniform(0.1, 1, size=t.shape)
    elif kind == "sparse":
        t = rng.integers(0, classes, size=(n,) + middle).astype("float32")
        p = rng.normal(size=full) * 2 if logits else probabilities()
        if variant == 2:
            t = t[..., None]
    elif kind == "numbers":
        t, p = rng.integers(0, classes, size=(n,) + middle), rng.integers(0, classes, size=(n,) + middle)
    elif kind == "labels":
        t = rng.integers(0, 3, size=(n + 2,) if variant < 2 else (n + 2, 1))
        p = rng.normal(size=(n + 2, 4))
        p = p / np.linalg.norm(p, axis=-1, keepdims=True)
    elif kind == "ctc":
        t = np.array([[1, 2, 2], [3, 0, 0], [1, 1, 0], [0, 0, 0]])
        p = rng.normal(size=(4, 6, 4))
    return sized(t), sized(p)


def losses():
    out = []
    for name, (kind, configs) in cases.LOSSES.items():
        for i, config in enumerate(configs):
            for variant in range(3):
                for weighted in (False, True):
                    if weighted and (variant == 1 or kind == "ctc" or name in ("Dice", "Tversky")):
                        continue
                    if variant == 1 and ("axis" in config or kind in ("labels", "ctc")) and kind != "binary":
                        continue
                    if variant == 2 and (kind in ("signs", "one-hot", "ctc") or config.get("axis") not in (None, -1)):
                        continue
                    case = loss_case(name, kind, config, variant, weighted, None)
                    if case is not None:
                        out.append(case)
    # Weights of samples that fit the last dimension of the losses, or losses that fit any weights.
    out += [loss_case(name, cases.LOSSES[name][0], {}, variant, True, None) for name in ("MeanSquaredError", "BinaryCrossentropy") for variant in (3, 4)]
    return out + [loss_case(*arguments) for arguments in behind_activations()]


def behind_activations():
    """Losses of what a softmax or a sigmoid made, the one that fits and the other."""
    for name in ("BinaryCrossentropy", "CategoricalCrossentropy", "SparseCategoricalCrossentropy"):
        kind = cases.LOSSES[name][0]
        fitting, other = ("sigmoid", "softmax") if kind == "binary" else ("softmax", "sigmoid")
        yield name, kind, {}, 0, False, fitting
        yield name, kind, {}, 0, True, fitting
        yield name, kind, {}, 0, False, other
        yield name, kind, dict(from_logits=True), 0, False, fitting
        yield name, kind, dict(from_logits=True), 0, True, other
    yield "SparseCategoricalCrossentropy", "sparse", dict(ignore_class=1), 0, False, "softmax"
    yield "SparseCategoricalCrossentropy", "sparse", dict(ignore_class=1), 0, False, "sigmoid"
    yield "BinaryFocalCrossentropy", "binary", {}, 0, False, "softmax"


def loss_case(name, kind, config, variant, weighted, activation):
    rng = np.random.default_rng(abs(hash_of(name, config, variant, weighted, activation)))
    t, p = make_pair(kind, dict(config, from_logits=True) if activation else config, rng, variant)
    if activation:
        p = sized(p * 20)
    loss = make("losses", name, config)
    w = None
    if weighted:
        w = sized(rng.uniform(0.2, 2, size=(len(p),)))

    @tf.function
    def run(t, p, w):
        with tf.GradientTape() as tape:
            tape.watch(p)
            y = getattr(keras.activations, activation)(p) if activation else p
            value = loss(t, y, sample_weight=w)
            total = tf.reduce_sum(value)
        return value, tape.gradient(total, p)

    try:
        value, grad = run(tf.constant(t), tf.constant(p), None if w is None else tf.constant(w))
    except Exception as error:
        print("left out", name, config, variant, weighted, str(error).splitlines()[0][:80])
        return None
    case = {"class": name, "config": jsonable(config), "saved": config_of(loss), "y_true": tensor(t), "y_pred": tensor(p), "loss": tensor(value), "grad": tensor(grad)}
    if w is not None:
        case["weights"] = tensor(w)
    if activation:
        case["activation"] = activation
    return case


def hash_of(*things):
    return int.from_bytes(json.dumps(jsonable(things)).encode()[-7:], "big")


def metrics():
    out = []
    for name, (kind, configs) in cases.METRICS.items():
        for config in configs:
            for variant in range(3):
                for weighted in (False, True):
                    if variant == 1 and (weighted or name in ("F1Score", "FBetaScore", "R2Score") or config.get("multi_label")):
                        continue
                    # Keras lets targets (n) and predictions (n, 1) of these two become (n, n).
                    if variant == 2 and (kind in ("signs", "one-hot", "numbers") or name in ("Poisson", "Hinge") or "label_weights" in config or config.get("multi_label")):
                        continue
                    case = metric_case(name, kind, config, variant, weighted)
                    if case is not None:
                        out.append(case)
    return out


def metric_case(name, kind, config, variant, weighted):
    rng = np.random.default_rng(abs(hash_of(name, config, variant, weighted)))
    keras.utils.clear_session()
    metric = make("metrics", name, config)
    batches, results = [], []
    for _ in range(2):
        t, p = make_pair(kind, config, rng, variant)
        batch = {"y_true": tensor(t), "y_pred": tensor(p)}
        w = None
        if weighted:
            w = sized(rng.integers(0, 4, size=(len(p),)) if "IoU" in name else rng.uniform(0, 2, size=(len(p),)))
            batch["weights"] = tensor(w)
        try:
            # Keras counts areas only outside graphs.
            run = (lambda update: update) if "IoU" in name else tf.function
            run(lambda a, b: (metric.update_state(a, b, sample_weight=w), None)[1])(tf.constant(t), tf.constant(p))
        except Exception as error:
            print("left out", name, config, variant, weighted, str(error).splitlines()[0][:80])
            return None
        batches.append(batch)
        results.append(tensor(metric.result()))
    return {"class": name, "config": jsonable(config), "saved": config_of(metric), "batches": batches, "results": results}


def slices(shape, rng):
    """What TensorFlow makes as the gradient of a table: some rows, one of them twice."""
    indices = np.array([1, 0, 1], "int32")
    return tf.IndexedSlices(tf.constant(sized(rng.normal(size=(3,) + tuple(shape[1:])) * 0.5)), tf.constant(indices), tf.constant(shape))


def given_as(grad):
    if isinstance(grad, tf.IndexedSlices):
        return {"indices": [int(i) for i in grad.indices], "rows": tensor(grad.values)}
    return tensor(grad)


def embeddings():
    return optimizers(cases.EMBEDDINGS, True)


def optimizers(table=cases.OPTIMIZERS, embedded=False):
    out = []
    for name, configs in table.items():
        for config in configs:
            rng = np.random.default_rng(3)
            keras.utils.clear_session()
            layer = keras.layers.Dense(3, name="dense")
            layer.build((None, 2))
            weights = layer.trainable_variables
            start = [sized(rng.normal(size=w.shape)) for w in weights]
            for w, s in zip(weights, start):
                w.assign(s)
            optimizer = make("optimizers", name, config)
            optimizer.build(weights)
            steps = []
            for step in range(6):
                grads = [sized(rng.normal(size=w.shape) * 0.5) for w in weights]
                if name == "LossScaleOptimizer":
                    grads = [sized(g * 64) for g in grads]
                    if step == 2:
                        grads[0][0, 0] = np.inf
                if embedded:
                    grads[0] = slices(weights[0].shape, rng)
                given = [given_as(g) for g in grads]
                # One of several optimizers that gets no gradient at all is an error to Keras.
                if step == 3 and name != "MultiOptimizer":
                    grads[1] = given[1] = None
                tf.function(lambda: optimizer.apply([g if g is None or isinstance(g, tf.IndexedSlices) else tf.constant(g) for g in grads]) and None)()
                steps.append({"grads": given, "weights": [tensor(w) for w in weights]})
            variables = [{"path": v.path, "dtype": str(keras.backend.standardize_dtype(v.dtype)), "value": tensor(v)} for v in optimizer.variables]
            out.append({"class": name, "config": jsonable(config), "saved": config_of(optimizer), "start": [tensor(s) for s in start],
                        "steps": steps, "variables": variables})
    return out


def schedules():
    out = []
    for name, configs in cases.SCHEDULES.items():
        for config in configs:
            schedule = keras.optimizers.schedules.deserialize({"class_name": name, "config": jsonable(config)})
            rates = [float(schedule(tf.constant(step, "int64"))) for step in range(14)]
            out.append({"class": name, "config": jsonable(config), "saved": config_of(schedule), "rates": [float(f"{r:.7g}") for r in rates]})
    return out


def filled(configs):
    """Five or more: where there are fewer, all of them again, for other numbers."""
    return configs * -(-5 // len(configs))


def functions(kind, make_one, shape):
    """Functions of one array: results, and gradients of their sum weighted by ((7 i) mod 5 - 2) / 2."""
    out = []
    for name, configs in getattr(cases, kind.upper()).items():
        for i, config in enumerate(filled(configs)):
            rng = np.random.default_rng(5 + i // len(configs))
            x = sized(rng.normal(size=shape) * (2 if kind == "activations" else 1) * (1 + i // len(configs)))
            function = make_one(name, config)

            def run(x):
                with tf.GradientTape() as tape:
                    tape.watch(x)
                    y = function(x)
                    n = int(np.prod(y.shape))
                    pattern = (((np.arange(n) * 7) % 5 - 2) / 2).reshape(y.shape).astype("float32") if n > 1 else 1.0
                    total = tf.reduce_sum(y * pattern)
                return y, tape.gradient(total, x)

            y, grad = run(tf.constant(x))
            grad = tf.zeros_like(x) if grad is None else grad
            case = {"class": name, "config": jsonable(config), "x": tensor(x), "y": tensor(y)}
            if kind != "constraints":
                case["grad"] = tensor(grad)
            if kind != "activations":
                case["saved"] = config_of(function)
            out.append(case)
    return out


def initializers():
    out = []
    for name, configs in cases.INITIALIZERS.items():
        for i, config in enumerate(filled(configs)):
            initializer = make("initializers", name, config)
            shape = ((4, 3), (3, 5), (2, 2), (1, 4), (6, 1))[i % 5]
            out.append({"class": name, "config": jsonable(config), "saved": config_of(initializer), "y": tensor(initializer(shape))})
    return out


def callbacks():
    """Epochs with logs made up; the weight is the epoch's number, so that it tells which epoch was put back."""
    out = []
    for name, configs in cases.CALLBACKS.items():
        for config, key, values in configs:
            model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1, use_bias=False)])
            model.compile(keras.optimizers.SGD(0.8), "mse", metrics=["accuracy"])
            model.fit(np.zeros((2, 1)), np.zeros((2, 1)), verbose=0)
            callback = getattr(keras.callbacks, name)(**config)
            callback.set_model(model)
            model.stop_training = False
            callback.on_train_begin()
            rates, stopped = [], None
            for epoch, value in enumerate(values):
                model.set_weights([np.full((1, 1), float(epoch))])
                callback.on_epoch_begin(epoch)
                callback.on_epoch_end(epoch, {"loss": 1.0, key: value})
                rates.append(float(f"{float(model.optimizer.learning_rate):.6g}"))
                if model.stop_training:
                    stopped = epoch
                    break
            callback.on_train_end()
            out.append({"class": name, "config": config, "key": key, "values": values, "rates": rates, "stopped": stopped, "weight": float(model.get_weights()[0][0, 0])})
    return out


MAKERS = {
    "callbacks": callbacks,
    "losses": losses,
    "metrics": metrics,
    "optimizers": optimizers,
    "embeddings": embeddings,
    "schedules": schedules,
    "initializers": initializers,
    "regularizers": lambda: functions("regularizers", lambda n, c: make("regularizers", n, c), (4, 3)),
    "constraints": lambda: functions("constraints", lambda n, c: make("constraints", n, c), (4, 3)),
    "activations": lambda: functions("activations", lambda n, c: lambda x: getattr(keras.activations, n)(x, **c), (3, 8)),
}


def main():
    folder = sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(__file__), "training")
    for kind in sys.argv[2:] or MAKERS:
        with open(os.path.join(folder, kind + ".json"), "w") as file:
            file.write("[\n" + ",\n".join(json.dumps(case, separators=(",", ":")) for case in MAKERS[kind]()) + "\n]\n")


if __name__ == "__main__":
    main()
