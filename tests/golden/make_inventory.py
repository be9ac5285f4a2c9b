#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Lists what Keras has, with parameters and defaults, for tests/engine/base/inventory.c.

    make_inventory.py [FILE]

Needs Keras 3 with TensorFlow. Writes tests/golden/inventory.json: for each kind
the public names, each with what it names; for each class its parameters, what
must be given, and the config of an instance that is given only that.
"""
import importlib
import inspect
import json
import os
import sys

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

import keras
from keras.src.ops.operation import Operation
from keras.src.optimizers.multi_optimizer import OptimizerMap

L = keras.layers
KINDS = {
    "layer": (keras.layers, keras.layers.Layer), "loss": (keras.losses, keras.losses.Loss), "metric": (keras.metrics, keras.metrics.Metric),
    "optimizer": (keras.optimizers, keras.optimizers.Optimizer), "schedule": (keras.optimizers.schedules, keras.optimizers.schedules.LearningRateSchedule),
    "initializer": (keras.initializers, keras.initializers.Initializer), "regularizer": (keras.regularizers, keras.regularizers.Regularizer),
    "constraint": (keras.constraints, keras.constraints.Constraint), "callback": (keras.callbacks, keras.callbacks.Callback),
}
OPS = ("core", "image", "linalg", "math", "nn", "numpy")

# What is given for parameters that must be.
GIVEN = dict(
    units=3, filters=2, kernel_size=3, pool_size=2, output_size=2, rate=0.25, n=2, target_shape=[4], dims=[1], scale=2.0, factor=0.25, height=4, width=5, num_bins=4,
    num_tokens=4, stddev=0.5, input_dim=5, output_dim=3, equation="ab,bc->ac", output_shape=3, axes=1, num_heads=2, key_dim=3, head_dim=3, num_query_heads=4,
    num_key_value_heads=2, activation="relu", height_factor=0.25, width_factor=0.25, max_number=3, num_classes=3, target_class_ids=[0], precision=0.5, recall=0.5,
    specificity=0.5, sensitivity=0.5, initial_learning_rate=0.1, decay_steps=5, decay_rate=0.5, first_decay_steps=4, boundaries=[2], values=[0.1, 0.01], filepath="a.keras",
    filename="a.csv", backup_dir="backup")
OBJECTS = dict(
    layer=lambda: L.Dense(3, name="dense"), cell=lambda: L.LSTMCell(3, name="cell"), cells=lambda: [L.LSTMCell(3, name="cell")], inner_optimizer=lambda: keras.optimizers.Adam(),
    schedule=lambda: keras.optimizers.schedules.PolynomialDecay(0.1, 5), layers=lambda: [L.RandomFlip(name="flip")], optimizer_map=lambda: OptimizerMap(keras.optimizers.SGD()))
# Where something else is given, or more.
CLASSES = {"Bidirectional": dict(layer=lambda: L.LSTM(3, name="lstm")), "InputLayer": dict(batch_shape=lambda: (None, 3)), "Discretization": dict(num_bins=lambda: 4),
           "CategoryEncoding": dict(num_tokens=lambda: 4), "RandomPosterization": dict(factor=lambda: 3), "Lambda": dict(function=lambda: keras.activations.tanh)}


def plain(value):
    return json.loads(json.dumps(value, default=lambda v: v.tolist() if hasattr(v, "tolist") else str(v)))


def without(config, *names):
    if isinstance(config, dict):
        return {k: without(v, *names) for k, v in config.items() if k not in names}
    return [without(v, *names) for v in config] if isinstance(config, (list, tuple)) else config


def signature(function, first=1):
    """Names and defaults, without those that take any number; a default is absent where there is none."""
    some = [p for p in inspect.signature(function).parameters.values() if p.kind in (p.POSITIONAL_OR_KEYWORD, p.KEYWORD_ONLY)]
    return some[first:]


def serialized(value):
    return without(plain(keras.saving.serialize_keras_object(value)), "build_config", "shared_object_id", "module", "registered_name")


def describe(name, cls, base):
    parameters = signature(cls.__init__)
    entry = {"parameters": [p.name for p in parameters if p.name != "name"]}
    required = [p.name for p in parameters if p.default is p.empty]
    makers = {k: f for k, f in OBJECTS.items() if k in required} | CLASSES.get(name, {})
    given = {k: GIVEN[k] for k in required if k in GIVEN} | {k: f() for k, f in makers.items()}
    before = {k: serialized(v) for k, v in given.items() if not isinstance(v, (int, float, str, list, tuple))}
    try:
        made = cls(**given)
        if base is keras.callbacks.Callback:
            config = plain(given) | before | {p.name: plain(p.default) for p in parameters if p.default is not p.empty}
        else:
            config = serialized(made)["config"]
    except Exception as error:
        print(f"{name} is only named: {type(error).__name__}: {str(error)[:120]}", file=sys.stderr)
        return entry
    entry["given"] = {k: before.get(k, config.get(k)) for k in given}
    # A seed that Keras draws is no default.
    entry["config"] = {k: v for k, v in config.items() if k not in ("name", "dtype") and (k != "seed" or v is None)}
    return entry


def list_kind(module, base):
    """Public names, and those that strings may say: "mse" is the class, too."""
    names, classes = {}, {}
    known = getattr(importlib.import_module(f"keras.src.{module.__name__.split('.')[-1]}"), "ALL_OBJECTS_DICT", {}) if module is not keras.optimizers.schedules else {}
    for name, cls in sorted(dict({n: getattr(module, n) for n in dir(module)}, **known).items()):
        if inspect.isfunction(cls):
            if name in known:
                names[name] = cls.__name__
        elif inspect.isclass(cls) and issubclass(cls, base) and cls is not base:
            names[name] = cls.__name__
            if cls.__name__ not in classes:
                classes[cls.__name__] = describe(cls.__name__, cls, base)
    return {"names": names, "classes": classes}


def list_activations():
    module = keras.activations
    names = {n: getattr(module, n) for n in sorted(dir(module)) if n[0].islower() and n not in ("deserialize", "serialize", "get")}
    classes = {}
    for function in names.values():
        parameters = [p for p in signature(function) if p.name != "axis"]
        config = {p.name: 0.5 if p.default is p.empty else p.default for p in parameters}
        classes[function.__name__] = {"parameters": list(config), "given": {p.name: 0.5 for p in parameters if p.default is p.empty}, "config": config}
    return {"names": {n: f.__name__ for n, f in names.items()}, "classes": classes}


def list_operations():
    found = {}
    for part in OPS:
        module = importlib.import_module(f"keras.src.ops.{part}")
        for name, cls in vars(module).items():
            if not inspect.isclass(cls) or not issubclass(cls, Operation) or cls.__module__ != module.__name__:
                continue
            parameters = {p.name: None if p.default is p.empty else {"default": plain(p.default)} for p in signature(cls.__init__) if p.name != "name"}
            found[name] = {"module": module.__name__, "parameters": parameters, "arguments": [p.name for p in signature(cls.call)]}
    return found


def main():
    path = sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(__file__), "inventory.json")
    result = {"keras": keras.__version__, "activation": list_activations(), "operation": list_operations()}
    for kind, (module, base) in KINDS.items():
        result[kind] = list_kind(module, base)
    with open(path, "w") as f:
        f.write("{\n" + ",\n".join(f"{json.dumps(k)}: {json.dumps(v, separators=(',', ':'))}" for k, v in result.items()) + "\n}\n")


main()
