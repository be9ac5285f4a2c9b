#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What programs in other languages do by introspection: put a model together, train it, ask it, keep it."""

import array
import os
import tempfile
import unittest

import gi

gi.require_version("Strata", "0")
from gi.repository import GLib, Strata  # noqa: E402


def make_tensor(rows, *dims):
    numbers = array.array("f", [value for row in rows for value in row])
    return Strata.Tensor.new_from_bytes(
        Strata.DType.FLOAT32, Strata.Shape.new([len(rows), *dims]), GLib.Bytes.new(numbers.tobytes()))


def read_tensor(tensor):
    return array.array("f", tensor.to_bytes().get_data())


def make_model():
    model = Strata.Sequential.new("net")
    for layer in "InputLayer(batch_shape=[null, 2])", "Dense(units=8, activation=tanh)", "Dense(units=1)":
        model.add(Strata.Layer.new_from_text(layer))
    model.compile_with("Adam(learning_rate=0.05)", "mse", "mae")
    return model


POINTS = [(a / 4, b / 4) for a in range(-4, 5) for b in range(-4, 5)]
INPUTS = make_tensor(POINTS, 2)
TARGETS = make_tensor([(a * b,) for a, b in POINTS], 1)


class Introspection(unittest.TestCase):
    def test_training(self):
        model = make_model()
        fit = Strata.Fit()
        fit.x = Strata.ArraySource.new1(INPUTS)
        fit.y = Strata.ArraySource.new([TARGETS])
        fit.epochs = 30
        fit.seed = 1
        history = model.fit(fit)
        losses = history.get_values("loss")
        self.assertEqual(len(losses), 30)
        self.assertEqual(history.get_n_epochs(), 30)
        self.assertLess(losses[-1], losses[0] / 2)
        found, loss = model.evaluate(fit.x, fit.y, None, 0).get("loss")
        self.assertTrue(found)
        self.assertLess(loss, losses[0] / 2)

    def test_files(self):
        model = make_model()
        before = read_tensor(model.predict1(INPUTS))
        self.assertEqual(len(before), len(POINTS))
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "net.keras")
            model.save(path)
            after = read_tensor(Strata.Model.load(path).predict1(INPUTS))
        self.assertEqual(before, after)

    def test_mistakes(self):
        with self.assertRaisesRegex(GLib.Error, "units"):
            Strata.Layer.new_from_text("Dense(units=-1)")
        with self.assertRaisesRegex(GLib.Error, "8 bytes are needed"):
            Strata.Tensor.new_from_bytes(Strata.DType.FLOAT32, Strata.Shape.new([2]), GLib.Bytes.new(b"abc"))


if __name__ == "__main__":
    unittest.main()
