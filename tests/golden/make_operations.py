#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Writes what keras.ops compute, for tests/engine/layers/operations.c.

    make_operations.py [FILE]

Each case is a call as a functional model holds it: class, config, positional
arguments with inputs as {"$": number}, arguments by name, and what comes out,
with gradients of the outputs weighted by ((7 i) mod 5 - 2) / 2.
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
from keras import ops as O

from operation_cases import MORE
from whole_cases import WHOLE

S = (2, 3, 4)
UNIT = "unit"      # within -1 and 1
HOLES = "holes"    # some are NaN, some infinite
K = np.array([[1.0, -0.5], [0.25, 2.0], [0.5, 1.5], [-1.0, 0.75]], "float32")
KERNEL1 = (np.arange(24).reshape(3, 4, 2) % 7 / 4 - 0.5).astype("float32")
KERNEL2 = (np.arange(24).reshape(2, 2, 3, 2) % 5 / 3 - 0.4).astype("float32")
V = np.array([0.5, 2.0, 1.5, 1.0], "float32")

# TensorFlow moves gradients of moved images back, which is not the same at edges; it has none of hues, and reads one
# half of a matrix but gives gradients to both.
WITHOUT_GRADIENTS = {"AffineTransform", "PerspectiveTransform", "RGBToHSV", "HSVToRGB", "CholeskyInverse", "LuFactor", "SliceUpdate", "Unique"}

# Half turns are left out: Keras 3.15 does something else on TensorFlow than it says, and than NumPy.
# What is called, and shapes of inputs; a pair has the kind of numbers, too.
CASES = [
    *[(f, [(S, UNIT)]) for f in (O.arcsin, O.arccos, O.arctan, O.sinc, O.angle, O.real, O.imag, O.conj, O.signbit, O.isreal, O.arctanh, O.arcsinh)],
    *[(f, [S, S]) for f in (O.arctan2, O.logaddexp2, O.logaddexp, O.hypot)],
    (lambda x: O.arctan2(x, 0.5), [S]), (lambda x: O.ldexp(x, np.array([1, -2, 0, 3])), [S]),
    *[(lambda x, f=f, a=a: f(x, axis=a), [S]) for f in (O.cumsum, O.cumprod) for a in (1, -1, None)],
    *[(lambda x, f=f: f(x, axis=1), [(S, HOLES)]) for f in (O.nansum, O.nanprod, O.nanmean, O.nanvar, O.nanstd, O.nanmax, O.nanmin)],
    *[(lambda x, f=f: f(x, axis=(1, 2), keepdims=True), [(S, HOLES)]) for f in (O.nansum, O.nanmean, O.nanmax)],
    *[(f, [(S, HOLES)]) for f in (O.isposinf, O.isneginf, O.nan_to_num, O.nansum)],
    (lambda x: O.nan_to_num(x, 1.0, 5.0, -3.0), [(S, HOLES)]), (lambda x: O.count_nonzero(x, axis=1), [S]), (lambda x, y: O.isclose(x, y, rtol=0.5, atol=0.1), [S, S]),
    (O.diff, [S]), (lambda x: O.diff(x, n=2, axis=1), [S]), (O.trapezoid, [S]), (lambda x: O.trapezoid(x, dx=0.5, axis=1), [S]),
    *[(lambda x, f=f, a=a: f(x, axis=a), [S]) for f in (O.sort, O.argsort) for a in (-1, 1)],
    *[(lambda x, f=f, a=a: f(x, axis=a), [S]) for f in (O.median,) for a in (-1, 1, (1, 2))], (lambda x: O.median(x, axis=1, keepdims=True), [S]),
    (lambda x: O.quantile(x, 0.3, axis=-1), [S]), (lambda x: O.quantile(x, 0.8, axis=1, keepdims=True), [S]),
    (lambda x: O.take_along_axis(x, np.array([[[0, 2, -1, 1]], [[1, 1, 0, 2]]]), axis=1), [S]), (lambda x: O.take_along_axis(x, O.argsort(x, axis=2), axis=2), [S]),
    *[(lambda x, f=f, k=k: f(x, k), [S]) for f in (O.tril, O.triu) for k in (0, 1, -1)],
    *[(lambda x, f=f, k=k: f(x, k, 1, 2), [S]) for f in (O.diagonal, O.trace) for k in (0, 1, -1)], (lambda x: O.diagonal(x, 0, 2, 0), [S]),
    (O.outer, [(3,), (4,)]), (O.outer, [S, (2,)]), (O.vdot, [S, S]), (O.inner, [S, (3, 4)]),
    *[(lambda x, y, a=a: O.tensordot(x, y, a), [S, (4, 5)]) for a in (1, [[2], [0]])], (lambda x, y: O.tensordot(x, y, 2), [S, (3, 4, 2)]),
    (lambda x, y: O.tensordot(x, y, [[1, 2], [1, 0]]), [S, (4, 3)]),
    *[(lambda x, e=e: O.einsum(e, x), [S]) for e in ("bij->bji", "bij->bi", "...j->...", "bij->")], (lambda x, y: O.einsum("bij,bkj", x, y), [S, S]),
    (lambda x, y, z: O.einsum("bij,bkj,bkl->bil", x, y, z), [S, (2, 5, 4), (2, 5, 3)]), (lambda x, y, z: O.einsum("...ij,jk,kl->...il", x, y, z), [S, (4, 5), (5, 2)]),
    (lambda x, y, z: O.einsum("bi,bj,bk->bijk", x, y, z), [(2, 2), (2, 3), (2, 4)]),
    *[(lambda x, s=s, a=a: O.roll(x, s, a), [S]) for s, a in ((1, 1), (-2, 2), (5, -1), (2, None))],
    *[(lambda x, k=k: O.rot90(x, k, (1, 2)), [S]) for k in (1, 3, -1)], (O.flipud, [S]), (O.fliplr, [S]),
    *[(lambda x, y, f=f: f([x, y]), [S, S]) for f in (O.vstack, O.hstack, O.dstack)], (lambda x, y: O.append(x, y, axis=1), [S, (2, 2, 4)]), (O.append, [S, (2,)]),
    (lambda x: O.full_like(x, 2.5), [S]), (lambda x: O.depth_to_space(x, 2), [(1, 2, 3, 8)]), (lambda x: O.space_to_depth(x, 2), [(1, 4, 6, 3)]),
    (lambda x: O.max_pool(x, 2), [(1, 5, 4, 2)]), (lambda x: O.max_pool(x, (2, 3), 1, "same"), [(1, 5, 4, 2)]), (lambda x: O.max_pool(x, 2, 2), [S]),
    (lambda x: O.average_pool(x, 2), [(1, 5, 4, 2)]), (lambda x: O.average_pool(x, 3, 2, "same"), [(1, 5, 4, 2)]), (lambda x: O.average_pool(x, 2, 1, "same"), [S]),
    (lambda x: O.conv(x, KERNEL1), [(2, 5, 4)]), (lambda x: O.conv(x, KERNEL1, 2, "same"), [(2, 5, 4)]), (lambda x: O.conv(x, KERNEL1, 1, "same", dilation_rate=2), [(2, 5, 4)]),
    (lambda x: O.conv(x, KERNEL2, (1, 2), "valid"), [(1, 4, 5, 3)]), (lambda x, k: O.conv(x, k, 1, "same"), [(1, 4, 5, 3), (2, 2, 3, 2)]),
    (lambda x: O.depthwise_conv(x, KERNEL2, 1, "same"), [(1, 4, 5, 3)]), (lambda x: O.depthwise_conv(x, KERNEL1), [(2, 5, 4)]),
    (lambda x: O.moments(x, [1]), [S]), (lambda x: O.moments(x, [1, 2], keepdims=True), [S]),
    (lambda x: O.batch_normalization(x, V, V, -1, V, V), [S]), (lambda x: O.batch_normalization(x, V[:3], V[:3], 1, epsilon=0.1), [S]),
    (lambda x: O.batch_normalization(x, V, V, 2, offset=V), [S]),  (lambda x: O.layer_normalization(x, V, V, epsilon=0.01), [S]),
    (lambda x: O.rms_normalization(x, V), [S]), (lambda x: O.rms_normalization(x, epsilon=0.1), [S]),
    # Order
    (lambda x: O.sort(x, axis=0), [(1500, 1)]), (lambda x: O.argsort(x), [(1, 1300)]), (lambda x: O.top_k(x, 70), [(2, 80)]), (lambda x: O.top_k(x, 2), [S]),
    (lambda x: O.take_along_axis(x, np.array([2, 5, 0, -1]), axis=None), [S]), (lambda x: O.median(x), [(1, 1200)]), (lambda x: O.median(x, axis=(0, 2), keepdims=True), [S]),
    *[(lambda x, m=m, q=q: O.quantile(x, q, axis=1, method=m), [(2, 6, 3)]) for m in ("linear", "lower", "higher", "midpoint", "nearest") for q in (0.35, [0.0, 0.5, 0.9])],
    (lambda x: O.quantile(x, [0.1, 0.7], keepdims=True), [S]), *[(lambda x, m=m: O.percentile(x, 30.0, axis=-1, method=m), [S]) for m in ("linear", "lower", "higher", "midpoint", "nearest")], (lambda x: O.percentile(x, [25.0, 75.0], axis=(1, 2)), [S]),
    (lambda x: O.nanmedian(x, axis=1), [(S, HOLES)]), (lambda x: O.nanmedian(x, keepdims=True), [(S, HOLES)]), (lambda x: O.nanquantile(x, 0.4, axis=-1), [(S, HOLES)]),
    *[(lambda x, m=m: O.nanquantile(x, [0.2, 0.6], axis=1, method=m), [(S, HOLES)]) for m in ("lower", "higher", "midpoint", "nearest")],
    (lambda x: O.nanpercentile(x, 70.0, axis=(0, 2)), [(S, HOLES)]),
]


def numbers(array):
    return [None if not np.isfinite(v) else float(f"{v:.6g}") for v in np.asarray(array, "float64").ravel().tolist()]


def tensor(array):
    kind = {} if array.dtype == "float32" else {"dtype": str(array.dtype)}
    return {"shape": list(np.shape(array)), "data": [int(v) for v in array.ravel()] if kind else numbers(array), **kind}


def draw(rng, shape, kind):
    x = rng.uniform(-0.95, 0.95, shape) if kind == UNIT else rng.normal(0, 1, shape)
    x = np.array(numbers(x), "float32").reshape(shape)
    if kind == "spd":
        x = np.array(numbers(x @ np.swapaxes(x, -1, -2) + 2 * np.eye(shape[-1])), "float32").reshape(shape)
    if kind in ("int32", "int64", "uint8"):
        return rng.integers(0 if kind == "uint8" else -40, 41, shape).astype(kind)
    if kind == "distances":
        return rng.permutation(int(np.prod(shape))).reshape(shape).astype("float32")
    if kind == "digits":
        x = rng.integers(0, 5, shape).astype("float32")
    if kind == "positive":
        x = np.array(numbers(rng.uniform(0, 1, shape)), "float32").reshape(shape)
    if kind == HOLES:
        x[rng.random(shape) < 0.2] = np.nan
    return x


def plain(value, names):
    """Arguments as strata reads them, with inputs by number."""
    if isinstance(value, dict) and value.get("class_name") == "__keras_tensor__":
        return {"$": names.index(value["config"]["keras_history"][0])}
    if isinstance(value, dict):
        return {k: plain(v, names) for k, v in value.items()}
    return [plain(v, names) for v in value] if isinstance(value, (list, tuple)) else value


def make_case(call, specs):
    rng = np.random.default_rng(len(specs) + 5)
    pairs = [s if isinstance(s[-1], str) else (s, None) for s in specs]
    xs = [draw(rng, *p) for p in pairs]
    symbols = [keras.Input(batch_shape=p[0], name=f"in{i}", dtype=p[1] if p[1] in ("int32", "int64", "uint8") else None) for i, p in enumerate(pairs)]
    model = keras.Model(symbols, call(*symbols))
    nodes = [layer for layer in model.get_config()["layers"] if layer["class_name"] != "InputLayer"]
    if len(nodes) > 1:
        return None
    node = json.loads(json.dumps(nodes[0], default=lambda v: v.tolist() if hasattr(v, "tolist") else str(v)))
    names = [s.name for s in symbols]
    inputs = [tf.constant(x) for x in xs]
    with tf.GradientTape() as tape:
        tape.watch(inputs)
        # Models with ConvTranspose do not run in Keras 3.15, which mixes up its arguments; the function does.
        ys = tf.nest.flatten(call(*inputs) if node["class_name"] == "ConvTranspose" else model(inputs if len(inputs) > 1 else inputs[0]))
        total = tf.add_n([tf.reduce_sum(y * (((np.arange(int(np.prod(y.shape))) * 7) % 5 - 2) / 2).reshape(y.shape).astype("float32")) for y in ys if y.dtype == tf.float32] + [tf.constant(0.0)])
    case = {"class": node["class_name"], "config": node["config"], "args": plain(node["inbound_nodes"][0]["args"], names), "kwargs": plain(node["inbound_nodes"][0]["kwargs"], names),
            "inputs": [tensor(x) for x in xs], "outputs": [dict(shape=list(y.shape), data=numbers(y), dtype=y.dtype.name) for y in ys]}
    if not any(np.isnan(x).any() for x in xs) and node["class_name"] not in WITHOUT_GRADIENTS:
        grads = tape.gradient(total, inputs, unconnected_gradients=tf.UnconnectedGradients.ZERO)
        case["grads"] = [tensor(tf.cast(g, "float32").numpy()) for g in grads]
    return case


def main():
    path = sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(__file__), "operations.json")
    made = []
    for i, (call, specs) in enumerate(CASES + MORE + WHOLE):
        keras.backend.clear_session()
        try:
            made.append(make_case(call, specs))
        except Exception as error:
            print(f"case {i}: {type(error).__name__}: {str(error)[:200]}", file=sys.stderr)
    with open(path, "w") as f:
        f.write("[\n" + ",\n".join(json.dumps(c, separators=(",", ":")) for c in made if c is not None) + "\n]\n")


main()
