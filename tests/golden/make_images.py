#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Writes tests/golden/images: folders of small pictures, and what Keras's image_dataset_from_directory reads of them."""

import json
import os
import pathlib

os.environ.setdefault("KERAS_BACKEND", "tensorflow")

import keras
import numpy as np
import tensorflow as tf

HERE = pathlib.Path(__file__).parent / "images"
PICTURES = {
    "gray/square.png": (4, 4, 1),
    "many/tall.png": (9, 5, 3),
    "many/wide.png": (5, 7, 3),
    "many/clear.png": (6, 6, 4),
}
OPTIONS = [
    {"size": [3, 4], "color_mode": "rgb"},
    {"size": [8, 8], "color_mode": "rgb"},
    {"size": [4, 3], "color_mode": "grayscale"},
    {"size": [4, 4], "color_mode": "rgb", "crop_to_aspect_ratio": True},
    {"size": [3, 6], "color_mode": "rgb", "crop_to_aspect_ratio": True},
]


def write_pictures():
    random = np.random.default_rng(5)
    for name, shape in PICTURES.items():
        path = HERE / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(tf.io.encode_png(random.integers(0, 256, shape, dtype=np.uint8)).numpy())


def read(options):
    data = keras.utils.image_dataset_from_directory(
        HERE,
        image_size=options["size"],
        color_mode=options["color_mode"],
        crop_to_aspect_ratio=options.get("crop_to_aspect_ratio", False),
        shuffle=False,
        batch_size=None,
    )
    pictures, labels = zip(*[(x.numpy(), int(y)) for x, y in data])
    return {**options, "y": list(labels), "x": [[round(float(v), 3) for v in x.ravel()] for x in pictures]}


def main():
    write_pictures()
    with open(HERE / "expected.json", "w") as file:
        json.dump([read(options) for options in OPTIONS], file, separators=(",", ":"))
        file.write("\n")


main()
