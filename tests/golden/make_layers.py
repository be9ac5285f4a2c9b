#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Writes what Keras computes for each layer, for tests/engine/layers/golden.c.

    make_layers.py [FOLDER [CLASS...]]

Needs Keras 3 with TensorFlow. A folder named "options" gets option_cases.py, one named
"precision" precision_cases.py, others layer_cases.py. One file a class; each case has a config as
Keras writes it, inputs, weights, outputs, and gradients of the sum of the
outputs weighted by ((7 i) mod 5 - 2) / 2.
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

# There are many cases of options: they keep just what differs, and two digits of what is drawn.
FOLDER = os.path.basename(os.path.normpath(sys.argv[1])) if len(sys.argv) > 1 else ""
OPTIONS, PRECISION = FOLDER == "options", FOLDER == "precision"
if OPTIONS:
    from option_cases import CASES, RANDOM
elif PRECISION:
    from precision_cases import CASES, RANDOM
else:
    from layer_cases import CASES, RANDOM

L = keras.layers


def numbers(array):
    array = np.asarray(array)
    if array.dtype.kind in "OSU":
        return [v.decode() if isinstance(v, bytes) else str(v) for v in array.ravel().tolist()]
    if array.dtype.kind == "f":
        return [float(f"{v:.6g}") for v in array.astype("float32").ravel().tolist()]
    return [int(v) for v in array.ravel().tolist()]


def tensor(array):
    array = np.asarray(array)
    dtype = "string" if array.dtype.kind in "OSU" else str(array.dtype)
    return {"dtype": dtype, "shape": list(array.shape), "data": numbers(array)}


def sized(array):
    """Rounded to what is written, so that both sides start from the same numbers."""
    array = np.round(array, 2) if OPTIONS else np.asarray(array)
    return np.array(numbers(array), dtype=array.dtype).reshape(array.shape)


def make_input(spec, rng):
    """A shape, or a dict of shape, dtype, below (for whole numbers), mask."""
    if isinstance(spec, (list, tuple)):
        spec = {"shape": spec}
    shape, dtype = spec["shape"], spec.get("dtype", "float32")
    if "data" in spec:
        return np.array(spec["data"], dtype=object if dtype == "string" else dtype).reshape(shape)
    if dtype.startswith("int"):
        return rng.integers(spec.get("from", 0), spec["below"], size=shape).astype(dtype)
    low, high = spec.get("range", (None, None))
    values = rng.normal(size=shape) if low is None else rng.uniform(low, high, size=shape)
    return sized(values.astype("float32"))


def flat(outputs):
    """Numbers of 16 bits are written as float32, which is how Strata keeps them."""
    return [tf.cast(o, tf.float32) if o.dtype in (tf.float16, tf.bfloat16) else o for o in tf.nest.flatten(outputs)]


def weigh(output):
    n = int(np.prod(output.shape))
    pattern = ((np.arange(n) * 7) % 5 - 2) / 2
    return tf.reduce_sum(output * pattern.reshape(output.shape).astype("float32"))


def predict(layer, inputs, case):
    """In low precision it shows whether a call is compiled, as those of models are."""
    args = [inputs] if case.get("merges") else inputs
    outputs = flat(tf.function(lambda *given: layer(*given), jit_compile=True)(*args))
    return {"outputs": [tensor(o.numpy()) for o in outputs], "masks": [None] * len(outputs)}


def run(layer, inputs, case, training):
    """Calls the layer; returns outputs, and gradients of inputs and trainable weights."""
    held = []

    def fill(value):
        if isinstance(value, dict):
            held.append(value["$"])
            return inputs[value["$"]]
        return [fill(v) for v in value] if isinstance(value, list) else value

    arguments = {name: fill(value) for name, value in case.get("arguments", {}).items()}
    main = [x for i, x in enumerate(inputs) if i not in held]
    if case.get("masks"):
        for x, m in zip(main, case["masks"]):
            if m is not None:
                keras.src.backend.set_keras_mask(x, tf.constant(np.array(m, dtype=bool)))
    if case.get("training", True) and case.get("takes_training", True):
        import inspect
        if "training" in inspect.signature(layer.call).parameters:
            arguments["training"] = training
    args = [main] if case.get("merges") else main
    with tf.GradientTape() as tape:
        for x in inputs:
            if x.dtype == tf.float32 and not case.get("moves"):
                tape.watch(x)
        outputs = flat(layer(*args, **arguments))
        floats = [weigh(o) for o in outputs if o.dtype == tf.float32]
        total = tf.add_n(floats + [tf.constant(0.0)] + list(layer.losses))
    wrt = [x for x in inputs if x.dtype == tf.float32 and not case.get("moves")] + [w.value if isinstance(layer, L.Layer) else w for w in layer.trainable_weights]
    grads = tape.gradient(total, wrt, unconnected_gradients=tf.UnconnectedGradients.ZERO)
    n = len(wrt) - len(layer.trainable_weights)
    return outputs, [tf.convert_to_tensor(g) for g in grads[:n]], [tf.convert_to_tensor(g) for g in grads[n:]]


def is_told(name, value):
    """Leaves out the shapes that layers inside were built for: the config proper has all it takes."""
    return name != "build_config" and not (OPTIONS and ((value is None and name != "merge_mode") or name.endswith(("_initializer", "dtype", "seed"))))


def without_build(config):
    if isinstance(config, dict):
        return {k: without_build(v) for k, v in config.items() if is_told(k, v)}
    return [without_build(v) for v in config] if isinstance(config, (list, tuple)) else config


def make_case(name, case, rng):
    config = dict(case.get("config", {}))
    keras.config.set_dtype_policy(case.get("policy", "float32"))
    layer = case["layer"]() if "layer" in case else getattr(L, name)(**config)
    arrays = [make_input(s, rng) for s in case["inputs"]]
    before, prepare = None, None
    if "adapt" in case:
        before = without_build(keras.saving.serialize_keras_object(layer)["config"])
        prepare = make_input(case["adapt"], rng)
        layer.adapt(tf.constant(prepare) if prepare.dtype == object else prepare)
    run(layer, [tf.constant(a) for a in arrays], case, False)

    weights = []
    for w in layer.weights:
        value = np.asarray(w.numpy())
        if value.dtype.kind == "f" and "adapt" not in case:
            value = rng.normal(size=value.shape) * 0.5
            if "variance" in w.name or "stddev" in w.name:
                value = np.abs(value) + 0.5
            value = sized(value.astype("float32"))
        weights.append(value)
    layer.set_weights(weights)
    # A layer of Keras 2, which names its types otherwise.
    written = without_build(keras.saving.serialize_keras_object(layer)["config"]) if isinstance(layer, L.Layer) else {
        k: v for k, v in layer.get_config().items() if k != "dtype" and not isinstance(v, dict)}

    result = {
        "config": written,
        "inputs": [tensor(a) for a in arrays],
        "weights": [dict(tensor(v), path=getattr(w, "path", w.name)) for v, w in zip(weights, layer.weights)],
    }
    if prepare is not None:
        result.update(config=before, adapt=tensor(prepare), adapted=written)
    for key in ("arguments", "masks", "calls"):
        if case.get(key):
            result[key] = case[key]
    if PRECISION:
        result["inference"] = predict(layer, [tf.constant(a) for a in arrays], case)
        return result
    modes = [("inference", False)]
    if (name not in RANDOM or case.get("exact")) and case.get("training", True):
        modes.append(("training", True))
    for mode, training in modes:
        layer.set_weights(weights)
        if hasattr(layer, "finalize_state"):
            layer.finalize_state()
        if case.get("calls"):
            layer.reset_state()
        for _ in range(case.get("calls", 1) - 1):
            run(layer, [tf.constant(a) for a in arrays], case, training)
        outputs, input_grads, weight_grads = run(layer, [tf.constant(a) for a in arrays], case, training)
        result[mode] = {
            "outputs": [tensor(o.numpy()) for o in outputs],
            "masks": [None if getattr(o, "_keras_mask", None) is None else numbers(o._keras_mask.numpy()) for o in outputs],
            # TensorFlow moves gradients of moved images back, which is not the same at edges, and has none of hues.
            "input_grads": None if case.get("moves") else [tensor(g.numpy()) for g in input_grads],
            "weight_grads": [tensor(g.numpy()) for g in weight_grads],
            "states": [tensor(w.numpy()) for w in layer.non_trainable_weights if w.dtype == "float32"],
        }
    if "training" in result and result["training"] == result["inference"]:
        result["training"] = "inference"
    return result


def main():
    folder = sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(__file__), "layers")
    for name, cases in CASES.items():
        if len(sys.argv) > 2 and name not in sys.argv[2:]:
            continue
        rng = np.random.default_rng(sum(map(ord, name)))
        made = []
        for i, case in enumerate(cases):
            try:
                made.append(make_case(name, case, rng))
            except Exception as e:
                print(f"{name} case {i}: {type(e).__name__}: {str(e)[:300]}", file=sys.stderr)
        with open(os.path.join(folder, name + ".json"), "w") as f:
            f.write(json.dumps({"class_name": name, "cases": made}, separators=(",", ":")) + "\n")


main()
