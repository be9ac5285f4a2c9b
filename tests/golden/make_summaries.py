#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Writes summaries.json: the tables that Keras prints of models in files/, for several widths and options;
three of these models, summed-NAME.keras, are written here.

Usage: make_summaries.py
"""
import json
import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
os.environ["COLUMNS"] = "200"

import keras

here = os.path.dirname(os.path.abspath(__file__))
L = keras.layers


def cropped():
    """The shape after RandomCrop is that while training, and what follows is built for it."""
    return keras.Sequential([keras.Input((8, None, 3)), L.RandomCrop(4, 5), L.Conv2D(2, 3), L.Flatten(), L.Dense(3)], name="cropped")


def half():
    """Optimizers keep what they remember of a weight in its type."""
    model = keras.Sequential([keras.Input((4,)), L.Dense(5, dtype="float16"), L.BatchNormalization(dtype="bfloat16"), L.Dense(2, dtype="float64")], name="half")
    model.compile(keras.optimizers.Nadam(gradient_accumulation_steps=2, use_ema=True), "mse")
    model.optimizer.build(model.trainable_variables)
    return model


def loose():
    """Sizes that an EinsumDense leaves open are not known behind it, whatever its input says; cells and projections
    have the type of their layer."""
    inputs = keras.Input((4, 3))
    hidden = L.EinsumDense("abc,cde->abde", (None, 2, 3), bias_axes="de")(inputs)
    outputs = [L.GlobalMaxPooling2D()(L.Rescaling(.5)(hidden)), L.LSTM(2, dtype="float64")(inputs)]
    return keras.Model(inputs, outputs + [L.MultiHeadAttention(1, 2, dtype="float16")(inputs, inputs)], name="loose")


cases = []
for make in (cropped, half, loose):
    make().save(os.path.join(here, "files", f"summed-{make.__name__}.keras"))
    lines = []
    keras.models.load_model(os.path.join(here, "files", f"summed-{make.__name__}.keras")).summary(line_length=88, print_fn=lines.append)
    cases.append(dict(model=f"summed-{make.__name__}", width=88, unfolded=False, text="\n".join(lines)))
for name in ("nested", "convolutional", "operators", "attentive", "masked"):
    model = keras.models.load_model(os.path.join(here, "files", f"{name}.keras"))
    if name == "attentive":
        model.layers[2].trainable = False
    for width in (60, 80, 100, 120):
        for unfolded in (False, True):
            lines = []
            model.summary(line_length=width, print_fn=lines.append, expand_nested=unfolded, show_trainable=unfolded)
            cases.append(dict(model=name, width=width, unfolded=unfolded, text="\n".join(lines)))
for positions in ([.2, .5, .7], [.2, .5, .7, 1.], [.5, .9, 1.], [.1, .2, .3, .4]):
    for name, width in (("convolutional", 60), ("convolutional", 97), ("operators", 72), ("operators", 113)):
        lines = []
        if len(positions) == 4 or name == "convolutional":
            model = keras.models.load_model(os.path.join(here, "files", f"{name}.keras"))
            model.summary(line_length=width, print_fn=lines.append, positions=positions)
            cases.append(dict(model=name, width=width, unfolded=False, positions=positions, text="\n".join(lines)))
with open(os.path.join(here, "summaries.json"), "w") as file:
    json.dump(cases, file, ensure_ascii=False, indent=0)
