#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Compares strata-cli with a running Keras on random models.

usage: conformance.py STRATA_CLI [--seeds FROM TO] [--what predict,train,save] [--format keras,h5]

For each seed: draws a model, saves it with Keras, and checks that strata-cli
predicts the same (2e-4), trains to the same losses and weights over three
epochs without shuffling (1e-3), and that Keras predicts the same from what
strata-cli wrote. Prints a line for each disagreement; needs keras and
tensorflow.
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile

os.environ.setdefault('TF_CPP_MIN_LOG_LEVEL', '3')
os.environ.setdefault('CUDA_VISIBLE_DEVICES', '')

import numpy as np
import keras
from keras import layers, regularizers, constraints

ACTIVATIONS = ['linear', 'relu', 'sigmoid', 'tanh', 'elu', 'gelu', 'silu', 'softmax']
EXTRA_ACTIVATIONS = ['selu', 'softplus', 'softsign', 'exponential', 'hard_sigmoid', 'leaky_relu', 'mish', 'relu6', 'log_softmax']


def pick(r, xs):
    return xs[r.integers(len(xs))]


def regularizer(r):
    return pick(r, [None, None, None, regularizers.L1(0.01), regularizers.L2(0.02), regularizers.L1L2(0.01, 0.01)])


def constraint(r):
    return pick(r, [None, None, None, None, constraints.NonNeg(), constraints.MaxNorm(1.5), constraints.UnitNorm()])


def common(r):
    return dict(activation=pick(r, ACTIVATIONS + EXTRA_ACTIVATIONS[:3]), use_bias=bool(r.integers(2)), kernel_regularizer=regularizer(r),
                bias_regularizer=regularizer(r), activity_regularizer=pick(r, [None, None, regularizers.L2(0.01)]),
                kernel_constraint=constraint(r), bias_initializer=pick(r, ['zeros', 'ones', keras.initializers.RandomNormal(0, .2)]))


def spatial(r, x):
    """A random layer for (batch, height, width, channels)."""
    h, w, c = x.shape[1:]
    kind = r.integers(9)
    if kind <= 2:
        k = [int(r.integers(1, min(4, h + 1))), int(r.integers(1, min(4, w + 1)))]
        groups = int(pick(r, [g for g in (1, 1, 2, 3) if c % g == 0]))
        strides, dilation = (int(r.integers(1, 3)), 1) if r.integers(2) else (1, int(r.integers(1, 3)))
        padding = pick(r, ['same', 'valid'])
        if padding == 'valid' and ((k[0] - 1) * dilation + 1 > h or (k[1] - 1) * dilation + 1 > w):
            padding = 'same'
        return layers.Conv2D(groups * int(r.integers(1, 4)), k, strides=strides, dilation_rate=dilation, groups=groups, padding=padding, **common(r))(x)
    if kind == 3:
        cls = pick(r, [layers.MaxPooling2D, layers.AveragePooling2D])
        return cls(int(r.integers(1, 3)) if min(h, w) > 1 else 1, strides=pick(r, [None, 1, 2]), padding=pick(r, ['same', 'valid']))(x)
    if kind == 4:
        return layers.BatchNormalization(axis=pick(r, [-1, 3, 1]), momentum=.9, scale=bool(r.integers(2)), center=bool(r.integers(2)))(x)
    if kind == 5:
        return layers.Activation(pick(r, ACTIVATIONS + EXTRA_ACTIVATIONS))(x)
    if kind == 6:
        return layers.Dropout(0.0)(x)
    if kind == 7:
        return layers.Reshape((w, h, c))(x)
    y = layers.Conv2D(c, 1, padding='same')(x)
    return pick(r, [layers.Add, layers.Concatenate])()([x, y])


def flat(r, x):
    kind = r.integers(6)
    if kind <= 2:
        return layers.Dense(int(r.integers(1, 9)), **common(r))(x)
    if kind == 3:
        return layers.BatchNormalization(momentum=.8)(x)
    if kind == 4:
        return layers.Activation(pick(r, ACTIVATIONS + EXTRA_ACTIVATIONS))(x)
    y = layers.Dense(x.shape[-1], activation='tanh')(x)
    return pick(r, [layers.Add, layers.Concatenate])()([x, y])


def sequence(r, x):
    """A random layer for (batch, time, features), of which Strata may not have all yet."""
    t, c = x.shape[1:]
    kind = r.integers(10)
    if kind == 0:
        return layers.LSTM(int(r.integers(1, 6)), return_sequences=True, go_backwards=bool(r.integers(2)), unit_forget_bias=bool(r.integers(2)))(x)
    if kind == 1:
        return layers.GRU(int(r.integers(1, 6)), return_sequences=True, reset_after=bool(r.integers(2)))(x)
    if kind == 2:
        return layers.SimpleRNN(int(r.integers(1, 6)), return_sequences=True)(x)
    if kind == 3:
        return layers.Bidirectional(layers.LSTM(int(r.integers(1, 4)), return_sequences=True), merge_mode=pick(r, ['concat', 'sum', 'mul', 'ave']))(x)
    if kind == 4:
        return layers.Conv1D(int(r.integers(1, 5)), int(r.integers(1, 4)), padding=pick(r, ['same', 'causal']), dilation_rate=int(r.integers(1, 3)), **common(r))(x)
    if kind == 5:
        return layers.LayerNormalization()(x)
    if kind == 6:
        return layers.MultiHeadAttention(int(r.integers(1, 3)), int(r.integers(1, 4)))(x, x)
    if kind == 7:
        return layers.TimeDistributed(layers.Dense(int(r.integers(1, 5)), activation='relu'))(x)
    if kind == 8:
        return layers.Dense(int(r.integers(1, 5)), activation='tanh')(x)
    return layers.MaxPooling1D(2, padding='same')(x) if t > 1 else x


def draw_model(seed, sequences):
    r = np.random.default_rng(seed)
    keras.utils.set_random_seed(seed)
    keras.backend.clear_session()
    inputs, ends = [], []
    for i in range(int(pick(r, [1, 1, 1, 2]))):
        if sequences and r.integers(3) > 0:
            x = layers.Input((int(r.integers(2, 7)), int(r.integers(1, 5))), name=f'in{i}')
            step = sequence
        elif r.integers(2):
            x = layers.Input((int(r.integers(3, 9)), int(r.integers(3, 9)), int(r.integers(1, 4))), name=f'in{i}')
            step = spatial
        else:
            x = layers.Input((int(r.integers(1, 9)),), name=f'in{i}')
            step = flat
        inputs.append(x)
        for _ in range(r.integers(1, 5)):
            x = step(r, x)
        if len(x.shape) > 2:
            x = layers.Flatten()(x) if r.integers(2) else (layers.GlobalAveragePooling2D()(x) if len(x.shape) == 4 else layers.GlobalAveragePooling1D()(x))
        ends.append(x)
    x = ends[0] if len(ends) == 1 else layers.Concatenate()(ends)
    for _ in range(r.integers(0, 3)):
        x = flat(r, x)
    kind = pick(r, ['classes', 'binary', 'number', 'onehot'])
    n = int(r.integers(2, 6))
    if kind == 'classes':
        out, loss = layers.Dense(n, activation='softmax')(x), 'sparse_categorical_crossentropy'
    elif kind == 'onehot':
        out, loss = layers.Dense(n, activation='softmax')(x), 'categorical_crossentropy'
    elif kind == 'binary':
        out, loss = layers.Dense(1, activation='sigmoid')(x), 'binary_crossentropy'
    else:
        out, loss = layers.Dense(n)(x), pick(r, ['mse', 'mae'])
    model = keras.Model(inputs, out)
    for v in model.weights:
        if len(v.shape) == 1 and v.dtype == 'float32' and 'moving' not in v.path:
            v.assign(v + r.normal(0, .1, v.shape))
    optimizer = pick(r, [keras.optimizers.SGD(.05), keras.optimizers.SGD(.02, momentum=.9), keras.optimizers.SGD(.02, momentum=.9, nesterov=True),
                         keras.optimizers.Adam(.01), keras.optimizers.Adam(.005, amsgrad=True), keras.optimizers.RMSprop(.005),
                         keras.optimizers.RMSprop(.005, momentum=.5, centered=True), keras.optimizers.Adam(.01, clipnorm=.5),
                         keras.optimizers.SGD(.05, weight_decay=.01), keras.optimizers.Adam(.01, global_clipnorm=1.)])
    model.compile(optimizer, loss, metrics=['accuracy'] if kind != 'number' else ['mae'])
    m = 50
    xs = [r.normal(0, 1, (m,) + tuple(i.shape[1:])).astype('float32') for i in inputs]
    if kind == 'classes':
        y = r.integers(0, n, (m,)).astype('int64')
    elif kind == 'onehot':
        y = np.eye(n, dtype='float32')[r.integers(0, n, m)]
    elif kind == 'binary':
        y = r.integers(0, 2, (m, 1)).astype('float32')
    else:
        y = r.normal(0, 1, (m, n)).astype('float32')
    return model, xs, y


def run(args):
    p = subprocess.run(args, capture_output=True, text=True, timeout=120)
    if p.returncode != 0:
        raise RuntimeError(f'exit {p.returncode}: {p.stderr.strip()[:300]}')
    return p.stdout


def differ(a, b, tolerance):
    a, b = np.asarray(a, 'float64'), np.asarray(b, 'float64')
    if a.shape != b.shape:
        return float('inf')
    if not np.all(np.isfinite(b)):
        return 0.0 if np.array_equal(np.isfinite(a), np.isfinite(b)) else float('inf')
    return float(np.max(np.abs(a - b) / (1 + np.abs(b)), initial=0)) if not np.any(np.isnan(a)) else float('inf')


def check(cli, seed, what, form, sequences):
    model, xs, y = draw_model(seed, sequences)
    problems = []
    with tempfile.TemporaryDirectory() as d:
        path = f'{d}/m.{form}'
        model.save(path)
        inputs = []
        for t, x in zip(model.inputs, xs):
            np.save(f'{d}/{t.name}.npy', x)
            inputs += [f'{t.name}={d}/{t.name}.npy']
        np.save(f'{d}/y.npy', y)
        kx = xs if len(xs) > 1 else xs[0]
        expected = model.predict(kx, verbose=0)

        def predict(source, target):
            run([cli, 'predict', source] + [a for i in inputs for a in ('--input', i)] + ['--output', target])
            return np.load(target)

        try:
            if 'predict' in what:
                e = differ(predict(path, f'{d}/p.npy'), expected, 2e-4)
                if e > 2e-4:
                    problems.append(f'predict {e:.2e}')
            if 'save' in what:
                for other in ('keras', 'h5'):
                    run([cli, 'convert', path, f'{d}/c.{other}'])
                    again = keras.saving.load_model(f'{d}/c.{other}', compile=other != 'h5')
                    e = differ(again.predict(kx, verbose=0), expected, 2e-4)
                    if e > 2e-4:
                        problems.append(f'save {other} {e:.2e}')
            if 'train' in what:
                run([cli, 'train', path] + [a for i in inputs for a in ('--x', i)] +
                    ['--y', f'{d}/y.npy', '--no-shuffle', '--epochs', '3', '--batch-size', '16', '--validation-split', '0.2',
                     '--output', f'{d}/t.keras', '--history', f'{d}/h.json'])
                history = model.fit(kx, y, shuffle=False, epochs=3, batch_size=16, validation_split=.2, verbose=0).history
                ours = json.load(open(f'{d}/h.json'))
                for k in history:
                    if k not in ours:
                        problems.append(f'history lacks {k} (has {sorted(ours)})')
                        continue
                    e = differ(np.array(ours[k], 'float64'), history[k], 1e-3)
                    if e > 1e-3:
                        problems.append(f'train {k} {e:.2e}')
                trained = keras.saving.load_model(f'{d}/t.keras')
                for a, b in zip(trained.weights, model.weights):
                    e = differ(a.numpy(), b.numpy(), 1e-3)
                    if e > 2e-3:
                        problems.append(f'weight {b.path} {e:.2e}')
                        break
                oa, ob = trained.optimizer.variables, model.optimizer.variables
                if len(oa) != len(ob) or any(differ(p.numpy(), q.numpy(), 1e-3) > 5e-3 for p, q in zip(oa, ob)):
                    problems.append('optimizer state')
        except Exception as e:
            problems.append(str(e)[:300])
    return problems, [type(l).__name__ for l in model.layers], type(model.optimizer).__name__


def main():
    p = argparse.ArgumentParser()
    p.add_argument('cli')
    p.add_argument('--seeds', nargs=2, type=int, default=[0, 50])
    p.add_argument('--what', default='predict,train,save')
    p.add_argument('--format', default='keras')
    p.add_argument('--sequences', action='store_true')
    a = p.parse_args()
    bad = 0
    for seed in range(*a.seeds):
        for form in a.format.split(','):
            problems, names, optimizer = check(a.cli, seed, a.what.split(','), form, a.sequences)
            if problems:
                bad += 1
                print(f'seed {seed} {form} {optimizer} {",".join(names)}: {"; ".join(problems)}', flush=True)
    print(f'{a.seeds[1] - a.seeds[0]} models, {bad} disagree')
    return bad > 0


if __name__ == '__main__':
    sys.exit(main())
