#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Writes tests/golden/applications: what Keras's published networks are like.

NAME.txt has a line a layer, `name class shape parameters`, of the network with
its usual arguments. NAME-y.npy is what it predicts, without classifier and with
the mean of each channel, for a picture of 32 by 32 and weights by formula: see
fill() here and in tests/engine/applications/networks.c. Needs keras and tensorflow.
"""
import os
import pathlib

os.environ.setdefault('TF_CPP_MIN_LOG_LEVEL', '3')
os.environ.setdefault('CUDA_VISIBLE_DEVICES', '')

import keras
import numpy as np

HERE = pathlib.Path(__file__).parent / 'applications'


def draw(n, weight):
    """Numbers from 0 to 1, by their place: the same in every language."""
    index = np.arange(n, dtype=np.uint32)
    bits = (index + np.uint32(1)) * np.uint32(2654435761) + np.uint32(weight) * np.uint32(40503)
    bits ^= bits >> np.uint32(15)
    bits *= np.uint32(2246822519)
    bits ^= bits >> np.uint32(13)
    return bits.astype(np.float64) / 2.0 ** 32


def fill(model):
    number = 0
    for layer in model.layers:
        if isinstance(layer, keras.layers.Normalization):
            continue
        for variable in layer.weights:
            u = draw(int(np.prod(variable.shape)), number).reshape(variable.shape)
            name = variable.name
            if name in ('gamma', 'moving_variance'):
                value = 0.5 + u
            elif 'kernel' in name:
                fan = np.prod(variable.shape[:2]) if isinstance(layer, keras.layers.DepthwiseConv2D) else np.prod(variable.shape[:-1])
                value = (2 * u - 1) * np.sqrt(6.0 / fan)
            else:
                value = (u - 0.5) * 0.2
            variable.assign(value.astype(np.float32))
            number += 1


def main():
    HERE.mkdir(exist_ok=True)
    picture = (255 * draw(2 * 32 * 32 * 3, 1)).astype(np.float32).reshape(2, 32, 32, 3) / 255
    for name in ('EfficientNetB0', 'MobileNetV2', 'ResNet50', 'VGG16'):
        keras.backend.clear_session()
        network = getattr(keras.applications, name)
        model = network(weights=None)
        with open(HERE / f'{name}.txt', 'w') as file:
            for layer in model.layers:
                shape = ','.join(str(-1 if d is None else d) for d in layer.output.shape)
                file.write(f'{layer.name} {type(layer).__name__} {shape} {layer.count_params()}\n')
        model = network(weights=None, include_top=False, pooling='avg', input_shape=(32, 32, 3))
        fill(model)
        np.save(HERE / f'{name}-y.npy', model.predict(picture, verbose=0)[:, :32])


if __name__ == '__main__':
    main()
