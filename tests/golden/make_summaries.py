#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Writes summaries.json: the tables that Keras prints of models in files/, for several widths and options.

Usage: make_summaries.py
"""
import json
import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
os.environ["COLUMNS"] = "200"

import keras

here = os.path.dirname(os.path.abspath(__file__))
cases = []
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
