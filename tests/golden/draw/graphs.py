# SPDX-License-Identifier: LGPL-2.1-or-later
"""Random graphs of images, sequences, words and numbers, trained with random optimizers and losses."""
import keras
import numpy as np
from keras import layers as L

from .choices import Draw, activation, dense_like
from .compare import perturb
from .training import trial


GRAPHS = ('image', 'sequence', 'words', 'numbers', 'several')


def spatial(d, x):
    h, w, c = x.shape[1:]
    return d.of(
        lambda: L.Conv2D(d.int(1, 4), d.sizes(2, 1, 3), padding='same', strides=d.int(1, 2), **dense_like(d, 4))(x),
        lambda: L.SeparableConv2D(d.int(1, 4), 2, padding='same', activation=activation(d, True))(x),
        lambda: d.of(L.MaxPooling2D, L.AveragePooling2D)(2, padding='same')(x),
        lambda: L.BatchNormalization(momentum=.9, scale=d.yes())(x),
        lambda: L.Activation(activation(d))(x),
        lambda: L.ZeroPadding2D(1)(x),
        lambda: keras.ops.pad(x, [[0, 0], [0, 1], [1, 0], [0, 0]], mode=d.of('reflect', 'symmetric')) if min(h, w) > 1 else x,
        lambda: L.Reshape((w, h, c))(x),
        lambda: d.of(L.Add, L.Multiply, L.Maximum, L.Concatenate)()([x, L.Conv2D(c, 3, padding='same')(x)]))()


def sequence(d, x):
    kind, options = d.of('SimpleRNN', 'LSTM', 'GRU'), dict(units=d.int(1, 5), return_sequences=True)
    return d.of(
        lambda: getattr(L, kind)(go_backwards=d.yes(), **options)(x),
        lambda: L.Bidirectional(getattr(L, kind)(**options), merge_mode=d.of('concat', 'sum', 'mul', 'ave'), trainable=d.yes(.8))(x),
        lambda: L.Conv1D(d.int(1, 5), d.int(1, 3), padding=d.of('same', 'causal'), dilation_rate=d.int(1, 2), **dense_like(d, 3))(x),
        lambda: L.LayerNormalization()(x),
        lambda: L.Concatenate()([x, L.Activation('tanh')(x)]),
        lambda: stacked(d.int(1, 4), x),
        lambda: L.Add()([x, L.MultiHeadAttention(d.int(1, 3), d.int(1, 4))(x, x)]),
        lambda: L.TimeDistributed(L.Dense(d.int(1, 5), activation='relu', trainable=d.yes(.8)), trainable=d.yes(.8))(x),
        lambda: L.Dense(d.int(1, 5), activation='tanh')(x))()


def stacked(units, x):
    """Stacked cells, and a state of one of them."""
    y, (hidden, _), _ = L.RNN([L.LSTMCell(units), L.GRUCell(units)], return_sequences=True, return_state=True)(x)
    return L.Add()([y, L.Reshape((1, units))(hidden)])


def numbers(d, x):
    inner = lambda: keras.Sequential([keras.Input((x.shape[-1],)), L.Dense(3, activation='tanh'), L.Dense(x.shape[-1])])
    return d.of(
        lambda: L.Dense(d.int(1, 8), **dense_like(d, 2))(x),
        lambda: L.BatchNormalization(momentum=.8)(x),
        lambda: L.Activation(activation(d, True))(x),
        lambda: d.of(L.Add, L.Subtract, L.Average, L.Concatenate)()([x, L.Dense(x.shape[-1], activation='tanh')(x)]),
        lambda: L.Add()([x, inner()(x)]),
        lambda: parts(x),
        lambda: twice(inner(), x))()


def parts(x):
    """A model in the model that returns a dict."""
    y = keras.Input((x.shape[-1],))
    made = keras.Model(y, {'wide': L.Dense(3, activation='tanh')(y), 'narrow': [y * 2, L.Dense(1)(y)]})(x)
    return L.Concatenate()([made['wide'], made['narrow'][1]])


def twice(model, x):
    """A model in the model that is called two times."""
    return L.Average()([model(x), model(model(x))])


def branch(d, kind, i):
    """An input and what is made of it, down to a row of numbers."""
    if kind == 'image':
        x = y = keras.Input((d.int(3, 8), d.int(3, 8), d.int(1, 3)), name=f'in{i}')
        step, end = spatial, d.of(L.Flatten, L.GlobalAveragePooling2D, L.GlobalMaxPooling2D)
    elif kind == 'words':
        x = keras.Input((d.int(2, 6),), dtype=d.of('int32', 'int64', 'uint8'), name=f'in{i}')
        y = L.Embedding(6, d.int(1, 4), mask_zero=d.yes())(x)
        step, end = sequence, L.GlobalAveragePooling1D
    elif kind == 'sequence':
        x = keras.Input((d.int(2, 6), d.int(1, 4)), name=f'in{i}')
        y = L.Masking()(x) if d.yes() else x
        step, end = sequence, d.of(L.GlobalAveragePooling1D, L.Flatten)
    else:
        x = y = keras.Input((d.int(1, 8),), name=f'in{i}')
        step, end = numbers, None
    for _ in range(d.int(1, 4)):
        y = step(d, y)
    return x, end()(y) if end else y


def data(d, symbol, n):
    shape = (n,) + tuple(symbol.shape[1:])
    if 'int' in symbol.dtype:
        return d.rng.integers(0, 6, shape).astype(symbol.dtype)
    x = d.rng.normal(0, 1, shape)
    if len(shape) == 3:
        x *= np.arange(shape[1])[None, :, None] < d.rng.integers(1, shape[1] + 1, (n, 1, 1))
    return x.astype(symbol.dtype)


def draw_graph(name, seed):
    """name: image, sequence, words, numbers, or several for an input of each of two kinds."""
    d = Draw('graph ' + name, seed)
    kinds = [d.of('image', 'sequence', 'words', 'numbers') for _ in range(2)] if name == 'several' else [name]
    inputs, ends = zip(*[branch(d, kind, i) for i, kind in enumerate(kinds)])
    x = ends[0] if len(ends) == 1 else L.Concatenate()(list(ends))
    for _ in range(d.int(0, 2)):
        x = numbers(d, x)
    n = d.int(20, 40)
    return trial(d, list(inputs), x, [data(d, s, n) for s in inputs], lambda model: perturb(model, d.rng))
