#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Prints what tests/engine/models/steps.c expects: a training step of one's own with two optimizers, in Keras.

Usage: make_two_networks.py
"""
import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

import keras
import numpy as np
import tensorflow as tf
from keras import layers


def wave(shape, phase):
    return (np.sin(np.arange(np.prod(shape)) * 1.7 + phase) * 0.6).astype("float32").reshape(shape)


def cross_entropy(truth, verdict):
    return tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(tf.fill(tf.shape(verdict), truth), verdict))


class Pair(keras.Model):
    def __init__(self):
        super().__init__()
        self.maker = layers.Dense(2, activation="tanh")
        self.features = layers.Dense(4, activation="tanh", activity_regularizer=keras.regularizers.L2(0.01))
        self.verdict = layers.Dense(1)
        self.judge_loss = keras.metrics.Mean(name="judge_loss")
        self.maker_loss = keras.metrics.Mean(name="maker_loss")
        self.judge_optimizer = keras.optimizers.Adam(0.01)
        self.maker_optimizer = keras.optimizers.SGD(0.1)

    @property
    def metrics(self):
        return [self.judge_loss, self.maker_loss]

    def judge(self, x):
        return self.verdict(self.features(x))

    def call(self, x):
        return self.maker(x[:, 2:])

    def train_step(self, x):
        for _ in range(2):
            with tf.GradientTape() as tape:
                loss = cross_entropy(1.0, self.judge(x[:, :2])) + cross_entropy(0.0, self.judge(self.call(x)))
            weights = self.features.trainable_weights + self.verdict.trainable_weights
            self.judge_optimizer.apply_gradients(zip(tape.gradient(loss, weights), weights))
        self.judge_loss.update_state(loss)
        with tf.GradientTape() as tape:
            loss = cross_entropy(1.0, self.judge(self.call(x)))
        weights = self.maker.trainable_weights
        self.maker_optimizer.apply_gradients(zip(tape.gradient(loss, weights), weights))
        self.maker_loss.update_state(loss)
        return {"judge_loss": self.judge_loss.result(), "maker_loss": self.maker_loss.result()}


def main():
    model = Pair()
    phase = 0
    for layer, width in ((model.maker, 3), (model.features, 2), (model.verdict, 4)):
        layer.build((None, width))
        weights = []
        for weight in layer.get_weights():
            phase += 1
            weights.append(wave(weight.shape, phase))
        layer.set_weights(weights)
    model.compile(optimizer="sgd")
    history = model.fit(wave((10, 5), 9), batch_size=4, epochs=3, shuffle=False, verbose=0)
    print(history.history)
    print(model.verdict.get_weights()[0].flatten().tolist())


main()
