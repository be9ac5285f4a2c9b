# SPDX-License-Identifier: LGPL-2.1-or-later
"""Random networks of any shape: branches, merges, shared layers, models in models, operators, several inputs and outputs."""
import keras
import numpy as np
from keras import layers as L, ops as O

from .choices import Draw, activation
from .compare import Trial, as_list, keras_predicts, perturb
from .training import optimizer

NETWORKS = ('rows', 'steps', 'images', 'mixed', 'nested', 'shared')


class Network:
    """Tensors so far, and layers that may be called again, by what they take."""

    def __init__(self, d, levels):
        self.d, self.levels, self.tensors, self.shared = d, levels, [], []

    def pick(self, rank=None):
        found = [t for t in self.tensors if rank is None or len(t.shape) == rank]
        # New tensors rather than old ones, so that networks become deep.
        return found[-1 - min(int(self.d.rng.exponential(1.2)), len(found) - 1)] if found else None

    def add(self, *tensors):
        self.tensors += [t for t in tensors if t is not None and len(t.shape) > 1]
        return tensors[0]

    def layer(self, x, make):
        """A layer on x: a new one, or one that was called on something like x before."""
        again = [l for l, s in self.shared if s == x.shape[1:]]
        if again and self.d.yes(.3):
            return self.add(self.d.of(*again)(x))
        made = make()
        self.shared.append((made, x.shape[1:]))
        return self.add(*as_list(made(x)))


def row_layer(d, x):
    n = x.shape[-1]
    return d.of(lambda: L.Dense(d.int(1, 6), activation=activation(d, True)), lambda: L.Dense(n), lambda: L.LayerNormalization(), lambda: L.BatchNormalization(),
                lambda: L.Dropout(.0), lambda: L.Activation(activation(d)), lambda: L.Reshape((n, 1)), lambda: L.RepeatVector(d.int(1, 3)), lambda: L.ReLU(),
                lambda: L.Identity(), lambda: L.PReLU(), lambda: L.UnitNormalization(), lambda: L.ActivityRegularization(l2=.01))


def step_layer(d, x):
    t, n = x.shape[1:]
    return d.of(lambda: getattr(L, d.of('SimpleRNN', 'LSTM', 'GRU'))(d.int(1, 4), return_sequences=d.yes(.7), go_backwards=d.yes(.2)),
                lambda: L.Bidirectional(getattr(L, d.of('SimpleRNN', 'LSTM', 'GRU'))(d.int(1, 3), return_sequences=d.yes(.7)), merge_mode=d.of('concat', 'sum', 'mul', 'ave')),
                lambda: L.Conv1D(d.int(1, 5), d.int(1, 3), padding=d.of('same', 'causal'), activation=activation(d, True)), lambda: L.Dense(d.int(1, 5)), lambda: L.Masking(),
                lambda: L.TimeDistributed(L.Dense(d.int(1, 4), activation='tanh')), lambda: L.Permute((2, 1)), lambda: L.Flatten(), lambda: L.MaxPooling1D(2, padding='same'),
                lambda: d.of(L.GlobalAveragePooling1D, L.GlobalMaxPooling1D)(), lambda: L.LayerNormalization(), lambda: L.BatchNormalization(), lambda: L.Cropping1D((0, 0)),
                lambda: L.ZeroPadding1D(1), lambda: L.UpSampling1D(2), lambda: L.Reshape((n, t)), lambda: L.GRU(d.int(1, 3), return_sequences=True, return_state=True),
                lambda: L.SpatialDropout1D(.0), lambda: L.EinsumDense('abc,cd->abd', (None, d.int(1, 4)), bias_axes='d'))


def image_layer(d, x):
    h, w, c = x.shape[1:]
    return d.of(lambda: L.Conv2D(d.int(1, 4), d.sizes(2, 1, 3), padding='same', strides=d.int(1, 2), activation=activation(d, True)), lambda: L.SeparableConv2D(d.int(1, 3), 2, padding='same'),
                lambda: L.DepthwiseConv2D(3, padding='same'), lambda: L.Conv2DTranspose(d.int(1, 3), 2, strides=d.int(1, 2), padding='same'),
                lambda: d.of(L.MaxPooling2D, L.AveragePooling2D)(2, padding='same'), lambda: L.BatchNormalization(axis=d.of(-1, 1)), lambda: L.ZeroPadding2D(1), lambda: L.UpSampling2D(2, interpolation=d.of('nearest', 'bilinear')),
                lambda: d.of(L.GlobalAveragePooling2D, L.GlobalMaxPooling2D)(), lambda: L.Flatten(), lambda: L.Reshape((h * w, c)), lambda: L.GroupNormalization(1), lambda: L.Rescaling(.5, .1),
                lambda: L.Permute((2, 1, 3)), lambda: L.TimeDistributed(L.Dense(d.int(1, 3))), lambda: L.Cropping2D(((0, 0), (0, 0))), lambda: L.SpatialDropout2D(0.))


MAKERS = {2: row_layer, 3: step_layer, 4: image_layer}


def operate(net):
    """Python's operators, slices, and functions of keras.ops."""
    d, x = net.d, net.pick()
    same = [t for t in net.tensors if t.shape == x.shape]
    y = d.of(*same) if same else x
    n = x.shape[-1]
    rank = len(x.shape)
    return net.add(d.of(
        lambda: x * 2 + y, lambda: x - y, lambda: .5 - x, lambda: x / 3., lambda: -x, lambda: x * y, lambda: 1. / (1. + O.exp(-x)), lambda: abs(x), lambda: O.tanh(x) ** 2,
        lambda: x[:, :1], lambda: x[..., ::-1], lambda: x[:, -1:], lambda: x[..., None] if rank < 4 else x + 1, lambda: x[:, 0] if rank > 2 else x[:, 0:n:2],
        lambda: O.relu(x), lambda: O.softmax(x), lambda: O.sigmoid(x), lambda: O.gelu(x), lambda: O.clip(x, -1., 1.), lambda: O.maximum(x, 0.), lambda: O.minimum(x, y),
        lambda: O.mean(x, axis=-1, keepdims=True), lambda: O.sum(x, axis=1, keepdims=d.yes()) if rank > 2 else O.sum(x, axis=1, keepdims=True), lambda: O.max(x, axis=-1, keepdims=True),
        lambda: O.concatenate([x, y], axis=-1), lambda: O.stack([x, y], axis=1) if rank < 4 else x + y, lambda: O.reshape(x, (-1, int(np.prod(x.shape[1:])))),
        lambda: O.transpose(x, (0, 2, 1)) if rank == 3 else O.square(x), lambda: O.expand_dims(x, 1) if rank < 4 else x, lambda: O.where(x > 0, x, y * .1), lambda: O.sqrt(O.abs(x) + .1),
        lambda: O.matmul(x, O.transpose(y, (0, 2, 1))) if rank == 3 else O.log1p(O.abs(x)), lambda: O.cast(x > 0, 'float32') * x, lambda: O.split(x, [1], axis=-1)[0] if n > 1 else x * 3,
        lambda: O.flip(x, axis=1), lambda: O.cumsum(x, axis=-1), lambda: O.logsumexp(x, axis=-1, keepdims=True), lambda: O.repeat(x, 2, axis=1), lambda: O.pad(x, [[0, 0]] * (rank - 1) + [[1, 1]]),
        lambda: O.einsum('...i,...i->...', x, y)[..., None], lambda: O.var(x, axis=-1, keepdims=True), lambda: O.normalize(x, axis=-1), lambda: O.roll(x, 1, axis=-1),
        lambda: O.squeeze(x[..., None], -1), lambda: O.swapaxes(x, 1, 2) if rank > 2 else O.negative(x), lambda: O.add(x, y), lambda: O.multiply(x, 2.), lambda: O.arctan(x), lambda: O.take(x, [0], axis=-1))())


def join(net):
    d, x = net.d, net.pick()
    same = [t for t in net.tensors if t.shape == x.shape]
    like = [t for t in net.tensors if len(t.shape) == len(x.shape) and t.shape[1:-1] == x.shape[1:-1]]
    if d.yes(.4) and len(like) > 1:
        return net.add(L.Concatenate()([d.of(*like) for _ in range(d.int(2, 3))]))
    if len(x.shape) == 3 and d.yes(.4):
        other = d.of(*[t for t in net.tensors if len(t.shape) == 3])
        return net.add(L.MultiHeadAttention(d.int(1, 2), d.int(1, 3))(x, other) if other.shape[-1] != x.shape[-1] or d.yes() else d.of(L.Attention, L.AdditiveAttention)()([x, other]))
    if d.yes(.2):
        return net.add(L.Subtract()([x, d.of(*same)]))
    return net.add(d.of(L.Add, L.Multiply, L.Average, L.Maximum, L.Minimum)()([x] + [d.of(*same) for _ in range(d.int(1, 2))]))


def inner_model(net):
    """A model in the model, one or two levels deep, called once or twice; it may have several inputs or outputs."""
    d, x = net.d, net.pick()
    shape = x.shape[1:]
    if d.yes(.4):
        made = keras.Sequential([keras.Input(shape)] + [MAKERS[len(shape) + 1](d, keras.KerasTensor((None,) + shape))() for _ in range(1)])
        if any(len(as_list(l.output)) > 1 for l in made.layers):
            return None
    else:
        inputs = [keras.Input(shape) for _ in range(d.of(1, 1, 2))]
        inside = Network(d, net.levels - 1)
        inside.add(*inputs)
        grow(inside, d.int(1, 4))
        ends = [inside.tensors[-1]] + ([inside.pick()] if d.yes(.2) else [])
        made = keras.Model(inputs if len(inputs) > 1 else inputs[0], ends if len(ends) > 1 else ends[0])
    same = [t for t in net.tensors if t.shape == x.shape]
    for _ in range(d.of(1, 1, 2)):
        given = [d.of(*same) for _ in made.inputs]
        net.add(*as_list(made(given if len(given) > 1 else given[0])))


def grow(net, steps):
    d = net.d
    for _ in range(steps):
        what = d.of('layer', 'layer', 'layer', 'operate', 'join', 'inner') if net.levels > 0 else d.of('layer', 'layer', 'operate', 'join')
        x = net.pick()
        if len(x.shape) > 4 or int(np.prod(x.shape[1:])) > 400:
            net.add(L.Dense(2)(L.Flatten()(x)))
        elif what == 'layer':
            net.layer(x, MAKERS[len(x.shape)](d, x))
        elif what == 'operate':
            operate(net)
        elif what == 'join':
            join(net)
        else:
            inner_model(net)


def make_inputs(d, name):
    kinds = {'rows': ['rows'], 'steps': [d.of('steps', 'words')], 'images': ['images']}.get(name) or [d.of('rows', 'steps', 'images', 'words') for _ in range(d.int(1, 3))]
    shapes = {'rows': lambda: (d.int(1, 6),), 'steps': lambda: (d.int(1, 5), d.int(1, 4)), 'images': lambda: (d.int(2, 6), d.int(2, 6), d.int(1, 3)), 'words': lambda: (d.int(1, 5),)}
    return [keras.Input(shapes[k](), dtype='int32' if k == 'words' else 'float32', name=f'in{i}') for i, k in enumerate(kinds)]


def data_of(d, symbol, n):
    shape = (n,) + tuple(symbol.shape[1:])
    if symbol.dtype == 'int32':
        return d.rng.integers(0, 6, shape).astype('int32')
    x = d.rng.normal(0, 1, shape)
    if len(shape) == 3:
        x *= np.arange(shape[1])[None, :, None] < d.rng.integers(0, shape[1] + 1, (n, 1, 1))
    return x.astype('float32')


def draw_network(name, seed):
    d = Draw('network ' + name, seed)
    inputs = make_inputs(d, name)
    net = Network(d, {'nested': 3, 'mixed': 2}.get(name, 1))
    for i in inputs:
        net.add(L.Embedding(6, d.int(1, 4), mask_zero=d.yes())(i) if i.dtype == 'int32' else i)
    grow(net, d.int(3, 10) if name != 'shared' else d.int(6, 14))
    outputs = [net.tensors[-1]] + [net.pick() for _ in range(d.of(0, 0, 1, 2))]
    if d.yes(.15):
        outputs.append(outputs[0])        # the same tensor twice
    if d.yes(.1) and inputs[0].dtype == 'float32':
        outputs.append(inputs[0])         # an input that comes out again
    given = inputs if len(inputs) > 1 or d.yes(.1) else inputs[0]
    if isinstance(given, list) and d.yes(.3):
        given = {i.name: i for i in inputs}
    ends = outputs if len(outputs) > 1 else outputs[0]
    if isinstance(ends, list) and d.yes(.3):
        ends = {f'out{i}': o for i, o in enumerate(outputs)}
    model = keras.Model(given, ends)
    perturb(model, d.rng)
    n = d.of(1, d.int(5, 12), d.int(5, 12))
    trial = Trial(model, [data_of(d, i, n) for i in inputs], what=f'{len(model.layers)} layers, {len(inputs)} in, {len(outputs)} out, {type(given).__name__} {type(ends).__name__}')
    expected = keras_predicts(model, trial.xs)
    if not all(np.isfinite(y).all() and np.abs(y).max(initial=0) < 1e3 for y in expected):
        raise ValueError('numbers too large to compare')
    if model.trainable_weights and len({id(o) for o in outputs}) == len(outputs) and outputs[-1] is not inputs[0] and all('float' in o.dtype for o in outputs):
        model.compile(keras.optimizers.SGD(.01), 'mse' if len(outputs) == 1 else [d.of('mse', 'mae', 'huber') for _ in outputs] if isinstance(ends, list) else {k: d.of('mse', 'mae') for k in ends},
                      jit_compile=False)
        trial.ys = [d.rng.normal(0, 1, p.shape).astype('float32') for p in expected]
        trial.fit = dict(epochs=2, batch_size=4)
        trial.arguments = ['--epochs', '2', '--batch-size', '4']
    return trial
