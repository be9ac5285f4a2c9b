# SPDX-License-Identifier: LGPL-2.1-or-later
"""Models of one layer, for every class: shapes of inputs and the layer's whole signature are drawn."""
from dataclasses import dataclass, field

import keras
import numpy as np
from keras import layers as L

from .choices import Draw, activation, dense_like, weight
from .compare import Trial, as_list, keras_predicts, perturb

LAYERS = {}


@dataclass
class Input:
    """An input of a model: a shape without the batch, and what its numbers are."""
    shape: tuple
    dtype: str = 'float32'
    below: int = 0          # whole numbers from 0 up to this, if not 0
    low: float = None       # uniform from here ...
    high: float = 1.0       # ... to here, if low is given
    padded: bool = False    # steps at the end of some samples are zero, and a Masking layer says so

    def data(self, rng, n):
        if self.below:
            return rng.integers(0, self.below, (n,) + self.shape).astype(self.dtype)
        x = rng.uniform(self.low, self.high, (n,) + self.shape) if self.low is not None else rng.normal(0, 1, (n,) + self.shape)
        if self.padded:
            steps = self.shape[0]
            keep = np.arange(steps)[None, :] < rng.integers(0, steps + 1, (n, 1))
            if rng.random() < .5:
                keep |= rng.random((n, steps)) < .3
            x *= keep.reshape((n, steps) + (1,) * (len(self.shape) - 1))
        return x.astype(self.dtype)


@dataclass
class Case:
    inputs: list
    call: object                        # what makes outputs of a list of symbols
    trains: bool = True                 # whether training is the same each time
    options: dict = field(default_factory=dict)


def layer(*names):
    def register(draw):
        for name in names:
            LAYERS[name] = draw
        return draw
    return register


def one(name, shape, options, call=None, trains=True, **more):
    made = Input(shape, **more)
    return Case([made], lambda x: getattr(L, name)(**options)(x[0], **(call or {})), trains, options)


def merge(inputs, name, options, trains=True, **call):
    return Case(inputs, lambda x: getattr(L, name)(**options)(x, **call), trains, options)


def shape(d, rank, low=1, high=5):
    return tuple(d.int(low, high) for _ in range(rank))


# Core

@layer('Dense')
def dense(d, name):
    return one(name, shape(d, d.of(1, 1, 2, 3)), dict(units=d.int(1, 6), **dense_like(d, 2)))


@layer('EinsumDense')
def einsum_dense(d, name):
    equation, output, bias, inputs = d.of(
        ('ab,bc->ac', 4, 'c', (3,)), ('abc,cd->abd', (None, 5), 'd', (3, 4)), ('...x,xy->...y', 4, 'y', (3, 2)), ('abc,cde->abde', (None, 2, 3), 'de', (3, 4)),
        ('abc,cde->abde', (None, 2, 3), 'e', (2, 4)), ('abcd,cde->abe', (None, 5), 'e', (2, 3, 4)), ('abc,bd->adc', (3, None), 'd', (4, 2)), ('abc,bd->acd', (None, 3), None, (4, 2)),
        ('ab...,bc->ac...', 5, 'c', (3, 2)))
    options = dense_like(d, 2, activity=False)
    options.pop('use_bias', None)
    return one(name, inputs, dict(equation=equation, output_shape=output, **(dict(bias_axes=bias) if bias and d.yes(.7) else {}), **options))


@layer('Embedding')
def embedding(d, name):
    n = d.int(2, 7)
    options = dict(input_dim=n, output_dim=d.int(1, 4)) | weight(d, 'embeddings', 2)
    made = Input(shape(d, d.of(1, 2), 1, 5), d.of('int32', 'int64', 'float32', 'uint8'), below=n)
    if d.yes():
        return Case([made], lambda x: L.Embedding(**options)(x[0]), options=options)
    return Case([Input((d.int(2, 5),), 'int32', below=n)], lambda x: L.SimpleRNN(3)(L.Embedding(mask_zero=True, **options)(x[0])), options=options)


@layer('Masking')
def masking(d, name):
    value, sequences = d.of(0., 1., 2), d.yes()
    return Case([Input((d.int(2, 5), 1), below=3)], lambda x: L.SimpleRNN(2, return_sequences=sequences)(L.Masking(value)(x[0])), options=dict(mask_value=value))


@layer('Identity')
def identity(d, name):
    return one(name, shape(d, d.int(1, 3)), {})


@layer('Activation')
def activation_layer(d, name):
    return one(name, shape(d, d.int(1, 3)), dict(activation=activation(d)))


@layer('ActivityRegularization')
def activity(d, name):
    options = d.some(l1=.02, l2=.03)
    return Case([Input(shape(d, d.int(1, 2)))], lambda x: L.ActivityRegularization(**options)(L.Dense(3)(x[0])), options=options)


# Activations

@layer('ReLU')
def relu(d, name):
    return one(name, shape(d, d.int(1, 3)), d.some(max_value=lambda: d.real(.2, 2), negative_slope=lambda: d.real(0, .5), threshold=lambda: d.real(0, 1)))


@layer('LeakyReLU')
def leaky(d, name):
    return one(name, shape(d, d.int(1, 3)), d.some(negative_slope=lambda: d.real(0, 1)))


@layer('ELU')
def elu(d, name):
    return one(name, shape(d, d.int(1, 3)), d.some(alpha=lambda: d.real(.1, 2)))


@layer('PReLU')
def prelu(d, name):
    s = shape(d, d.int(1, 3))
    return one(name, s, d.some(shared_axes=lambda: [i + 1 for i in range(len(s)) if d.yes()] or None) | weight(d, 'alpha', len(s)))


@layer('Softmax')
def softmax(d, name):
    s = shape(d, d.int(1, 3), 2)
    axis = d.of(-1, *range(1, len(s) + 1), -len(s), *([(1, 2), [-1, -2]] if len(s) > 1 else []))
    if len(s) > 1 and d.yes(.3):
        return Case([Input(s), Input(s, 'bool', below=2)], lambda x: L.Softmax(axis=axis)(x[0], mask=x[1]), options=dict(axis=axis, mask=True))
    return one(name, s, dict(axis=axis))


# Convolutions and pooling

def size_after(n, k, s, dilation, padding):
    k = (k - 1) * dilation + 1
    return -(-n // s) if padding != 'valid' else (n - k) // s + 1


def window(d, rank, s, dilated=True, causal=False):
    """kernel_size, strides, padding and dilation that fit the spatial shape s."""
    while True:
        k, padding = d.sizes(rank, 1, 3), d.of('valid', 'same', *(['causal'] if causal else []))
        options = dict(kernel_size=k, padding=d.of(padding, padding, padding.upper()) if padding != 'causal' else padding)
        ks = (k,) * rank if isinstance(k, int) else k
        strides = dilation = (1,) * rank
        if d.yes():
            options['strides'] = d.sizes(rank, 1, 3)
            strides = (options['strides'],) * rank if isinstance(options['strides'], int) else options['strides']
        if dilated and max(strides) == 1 and d.yes():
            options['dilation_rate'] = d.sizes(rank, 1, 3)
            dilation = (options['dilation_rate'],) * rank if isinstance(options['dilation_rate'], int) else options['dilation_rate']
        if all(size_after(*a, padding) > 0 for a in zip(s, ks, strides, dilation)):
            return options


@layer('Conv1D', 'Conv2D', 'Conv3D')
def conv(d, name):
    rank = int(name[4])
    s, groups = shape(d, rank, 2, 7 if rank < 3 else 4), d.of(1, 1, 1, 2, 3)
    options = dict(filters=groups * d.int(1, 3), **window(d, rank, s, causal=rank == 1), **dense_like(d, rank + 2), **({} if groups == 1 else dict(groups=groups)))
    return one(name, s + (groups * d.int(1, 3),), options)


@layer('DepthwiseConv1D', 'DepthwiseConv2D', 'SeparableConv1D', 'SeparableConv2D')
def depthwise(d, name):
    rank = int(name[-2])
    s = shape(d, rank, 2, 7)
    options = window(d, rank, s)
    if rank == 2 and isinstance(options.get('strides'), tuple):
        options['strides'] = options['strides'][0]  # TensorFlow takes equal strides only
        if min(s) < 5:
            options['padding'] = 'same'
    separable = name[0] == 'S'
    options |= dense_like(d, rank + 2, ('depthwise', 'pointwise') if separable else ('depthwise',)) | d.some(depth_multiplier=lambda: d.int(1, 3))
    if separable:
        options['filters'] = d.int(1, 4)
    return one(name, s + (d.int(1, 4),), options)


@layer('Conv1DTranspose', 'Conv2DTranspose', 'Conv3DTranspose')
def transpose(d, name):
    rank = int(name[4])
    s = shape(d, rank, 1, 5 if rank < 3 else 3)
    options = dict(filters=d.int(1, 3), kernel_size=d.sizes(rank, 1, 4), padding=d.of('valid', 'same'), **d.some(strides=lambda: d.sizes(rank, 1, 3)))
    strides = options.get('strides', 1)
    if max(strides if isinstance(strides, tuple) else (strides,)) == 1 and rank < 3 and d.yes(.3):
        options['dilation_rate'] = d.int(1, 2)
    if isinstance(strides, int) and strides > 1 and d.yes(.4):
        options['output_padding'] = d.int(0, strides - 1)
    return one(name, s + (d.int(1, 3),), options | dense_like(d, rank + 2))


@layer('MaxPooling1D', 'MaxPooling2D', 'MaxPooling3D', 'AveragePooling1D', 'AveragePooling2D', 'AveragePooling3D')
def pooling(d, name):
    rank = int(name[-2])
    s = shape(d, rank, 2, 6 if rank < 3 else 4)
    options = window(d, rank, s, dilated=False)
    options['pool_size'], options['padding'] = options.pop('kernel_size'), options['padding'].lower()
    return one(name, s + (d.int(1, 3),), options)


@layer('GlobalAveragePooling1D', 'GlobalAveragePooling2D', 'GlobalAveragePooling3D', 'GlobalMaxPooling1D', 'GlobalMaxPooling2D', 'GlobalMaxPooling3D')
def global_pooling(d, name):
    rank = int(name[-2])
    options, s = d.some(keepdims=lambda: d.yes(), data_format=lambda: d.of('channels_first', 'channels_last')), shape(d, rank + 1, 2, 4)
    if name == 'GlobalAveragePooling1D' and d.yes():
        return Case([Input(s, padded=True)], lambda x: getattr(L, name)(**options)(L.Masking()(x[0])), options=options)
    return one(name, s, options)


@layer('AdaptiveAveragePooling1D', 'AdaptiveAveragePooling2D', 'AdaptiveAveragePooling3D', 'AdaptiveMaxPooling1D', 'AdaptiveMaxPooling2D', 'AdaptiveMaxPooling3D')
def adaptive_pooling(d, name):
    rank = int(name[-2])
    return one(name, shape(d, rank + 1, 4, 6), dict(output_size=d.sizes(rank, 1, 4), **d.some(data_format=lambda: d.of('channels_first', 'channels_last'))))


# Merging

@layer('Add', 'Multiply', 'Average', 'Maximum', 'Minimum', 'Subtract')
def merging(d, name):
    s = shape(d, d.int(1, 3), 2)
    n = 2 if name == 'Subtract' else d.int(2, 4)
    if d.yes(.2) and len(s) == 2:
        return Case([Input(s, padded=True) for _ in range(n)], lambda x: L.SimpleRNN(2)(getattr(L, name)()([L.Masking()(a) for a in x])))
    shapes = [tuple(1 if d.yes(.15) else k for k in s) for _ in range(n - 1)] + [s]
    if len(s) > 1 and d.yes(.2):
        shapes[0] = s[1:] if d.yes() else s[:1]
        if shapes[0] == s[:1]:
            shapes[0] = s[-1:]
    return merge([Input(x, d.of('float32', 'float32', 'float32', 'float64')) for x in shapes], name, {})


@layer('Concatenate')
def concatenate(d, name):
    s = shape(d, d.int(1, 3), 2)
    axis = d.int(1, len(s))
    shapes = [s[:axis - 1] + (d.int(1, 4),) + s[axis:] for _ in range(d.int(2, 4))]
    if len(s) == 2 and d.yes(.4):
        both = d.yes()
        return Case([Input(x, padded=True) for x in shapes], lambda x: L.GRU(2)(L.Concatenate(axis=axis)([L.Masking()(a) if i != 1 or both else a for i, a in enumerate(x)])))
    return merge([Input(x) for x in shapes], name, dict(axis=d.of(axis, axis - len(s) - 1)))


@layer('Dot')
def dot(d, name):
    a, b, axes = d.of(((4,), (4,), 1), ((4,), (4,), -1), ((3, 4), (5, 4), 2), ((3, 4), (5, 3), (1, 2)), ((3, 4), (4,), (2, 1)), ((4,), (3, 4), (1, 2)), ((3, 4), (3, 2), 1),
                      ((2, 3, 4), (2, 4), (3, 2)), ((3, 4), (5, 4), (-1, -1)), ((3, 2, 4), (5, 4), (3, 2)))
    return merge([Input(a), Input(b)], name, dict(axes=axes, **d.some(normalize=lambda: d.yes())))


# Shapes

@layer('Flatten')
def flatten(d, name):
    return one(name, shape(d, d.int(0, 4)), d.some(data_format=lambda: d.of('channels_first', 'channels_last')))


@layer('Reshape')
def reshape(d, name):
    return one(name, (2, 6, 4), dict(target_shape=d.of((48,), (4, 12), (-1, 8), (2, -1), (2, 2, -1), (1, 6, 8, 1), [12, 4], (-1,))))


@layer('Permute')
def permute(d, name):
    s = shape(d, d.int(1, 4))
    return one(name, s, dict(dims=tuple(int(i) + 1 for i in d.rng.permutation(len(s)))))


@layer('RepeatVector')
def repeat(d, name):
    return one(name, shape(d, 1), dict(n=d.int(1, 5)))


@layer('ZeroPadding1D', 'ZeroPadding2D', 'ZeroPadding3D', 'Cropping1D', 'Cropping2D', 'Cropping3D')
def margins(d, name):
    rank, key = int(name[-2]), 'padding' if name[0] == 'Z' else 'cropping'
    pairs = tuple((d.int(0, 2), d.int(0, 2)) for _ in range(rank))
    amount = d.of(d.int(0, 2), tuple(d.int(0, 2) for _ in range(rank)) if rank > 1 else pairs[0], pairs if rank > 1 else pairs[0])
    options = {key: amount} if d.yes(.8) or name == 'Cropping3D' else {}
    if d.yes(.3) and name != 'Cropping1D':
        options['data_format'] = 'channels_first'
    return one(name, shape(d, rank + 1, 5, 6), options)


@layer('UpSampling1D', 'UpSampling2D', 'UpSampling3D')
def upsampling(d, name):
    rank = int(name[-2])
    options = dict(size=d.sizes(rank, 1, 3) if rank > 1 else d.int(1, 3))
    if rank == 2:
        options |= d.some(interpolation=lambda: d.of('nearest', 'bilinear', 'bicubic', 'lanczos3', 'lanczos5'))
    if rank > 1:
        options |= d.some(data_format=lambda: d.of('channels_last', 'channels_first'))
    return one(name, shape(d, rank + 1, 1, 4), options)


# Normalization and regularization

@layer('BatchNormalization')
def batch_norm(d, name):
    s = shape(d, d.int(1, 4), 2, 4)
    options = d.some(axis=lambda: d.of(-1, *range(1, len(s) + 1), -len(s)), momentum=lambda: d.real(.5, 1), epsilon=lambda: d.of(1e-3, 1e-5, .1), center=lambda: d.yes(), scale=lambda: d.yes())
    options |= weight(d, 'beta', 1) | weight(d, 'gamma', 1) | d.some(moving_mean_initializer='random_normal', moving_variance_initializer='ones', trainable=lambda: d.yes())
    if d.yes(.2) and d.yes():
        options |= dict(renorm=True) | d.some(renorm_momentum=.8, renorm_clipping={'rmax': 1.2, 'rmin': .8, 'dmax': .5})
    if len(s) == 2 and d.yes(.3):
        options.pop('axis', None)
        return Case([Input(s, padded=True)], lambda x: L.BatchNormalization(**options)(L.Masking()(x[0])), options=options)
    return one(name, s, options)


@layer('LayerNormalization')
def layer_norm(d, name):
    s = shape(d, d.int(1, 3), 2, 4)
    options = d.some(axis=lambda: d.of(-1, *range(1, len(s) + 1), *([[1, 2], (-1, -2), [-2]] if len(s) > 1 else [])), epsilon=lambda: d.of(1e-6, .1), center=lambda: d.yes(), scale=lambda: d.yes())
    return one(name, s, options | weight(d, 'beta', 1) | weight(d, 'gamma', 1))


@layer('RMSNormalization', 'UnitNormalization')
def rms_norm(d, name):
    s = shape(d, d.int(1, 3), 2, 4)
    several = [[1, 2], (-1, -2)] if len(s) > 1 else []
    options = d.some(axis=lambda: d.of(-1, *(range(1, len(s) + 1) if name[0] == 'U' else []), *(several if name[0] == 'U' else [])))
    return one(name, s, options | (d.some(epsilon=lambda: d.of(1e-3, .1)) if name[0] == 'R' else {}))


@layer('GroupNormalization')
def group_norm(d, name):
    groups, s = d.of(1, 2, 3, -1), shape(d, d.int(0, 3), 2, 4)
    options = dict(groups=groups, **d.some(epsilon=lambda: d.of(1e-3, .1), center=lambda: d.yes(), scale=lambda: d.yes()), **weight(d, 'beta', 1), **weight(d, 'gamma', 1))
    c = abs(groups) * d.int(1, 3)
    if s and d.yes(.3):
        return one(name, (c,) + s, dict(options, axis=1))
    return one(name, s + (c,), options)


@layer('SpectralNormalization')
def spectral(d, name):
    n = d.int(1, 3)
    inner, s = d.of((lambda: L.Dense(3), (4,)), (lambda: L.Conv2D(2, 2), (4, 4, 2)), (lambda: L.Conv1D(3, 2, padding='same'), (4, 2)), (lambda: L.Embedding(5, 3), None))
    made = Input(s) if s else Input((3,), 'int32', below=5)
    return Case([made], lambda x: L.SpectralNormalization(inner(), power_iterations=n)(x[0]), options=dict(power_iterations=n))


@layer('Dropout', 'AlphaDropout', 'GaussianDropout', 'GaussianNoise', 'SpatialDropout1D', 'SpatialDropout2D', 'SpatialDropout3D')
def dropout(d, name):
    rank = int(name[-2]) + 1 if name[0] == 'S' else d.int(1, 3)
    options = {'stddev' if name == 'GaussianNoise' else 'rate': d.of(0., 0., .3, .5)} | d.some(seed=7)
    if name in ('SpatialDropout2D', 'SpatialDropout3D'):
        options |= d.some(data_format='channels_first')
    s = shape(d, rank)
    if name in ('Dropout', 'AlphaDropout'):
        options |= d.some(noise_shape=lambda: (None,) + tuple(d.of(1, k) for k in s))
    return one(name, s, options, trains=not (options.get('rate') or options.get('stddev')))


# Recurrent

def recurrent_options(d, kind, cell=False):
    options = d.some(activation=lambda: activation(d, True), use_bias=lambda: d.yes()) | weight(d, 'kernel', 2) | weight(d, 'recurrent', 2) | weight(d, 'bias', 1)
    for key in ('kernel_constraint', 'recurrent_constraint', 'bias_constraint'):
        if key in options and d.yes():
            options.pop(key)
    if kind != 'SimpleRNN':
        options |= d.some(recurrent_activation=lambda: d.of('sigmoid', 'hard_sigmoid', 'tanh'))
    if kind == 'LSTM':
        options |= d.some(unit_forget_bias=lambda: d.yes())
    if kind == 'GRU':
        options |= d.some(reset_after=lambda: d.yes())
    if cell:
        return options
    options |= d.some(return_sequences=lambda: d.yes(), return_state=lambda: d.yes(), go_backwards=lambda: d.yes(), unroll=lambda: d.yes(.3))
    if d.yes(.3):
        options |= d.some(zero_output_for_mask=lambda: d.yes())
    if d.yes(.2):
        options |= d.some(dropout=.3, recurrent_dropout=.2, seed=4)
    return options


@layer('SimpleRNN', 'LSTM', 'GRU')
def recurrent(d, name):
    units = d.int(1, 4)
    options = dict(units=units, **recurrent_options(d, name))
    trains = not (options.get('dropout') or options.get('recurrent_dropout'))
    padded, stated, states = d.yes(.4), d.yes(.3), 2 if name == 'LSTM' else 1
    if name == 'GRU' and options.get('reset_after') is False and not d.yes(.7):
        options.pop('reset_after')
    inputs = [Input(shape(d, 2, 1, 5), padded=padded)] + [Input((units,)) for _ in range(states if stated else 0)]

    def call(x):
        y = L.Masking()(x[0]) if padded else x[0]
        return getattr(L, name)(**options)(y, **({'initial_state': x[1:] if states > 1 else x[1]} if stated else {}))
    return Case(inputs, call, trains, options | dict(padded=padded, stated=stated))


def cells(d):
    def single():
        kind = d.of('SimpleRNN', 'LSTM', 'GRU')
        options = dict(units=d.int(1, 4), **recurrent_options(d, kind, True))
        return lambda: getattr(L, kind + 'Cell')(**options), (kind, options)
    made = [single() for _ in range(d.of(1, 1, 2, 3))]
    how = d.of('list', 'stack')
    if len(made) == 1 and how == 'list':
        return made[0][0], [m[1] for m in made]
    return (lambda: [m[0]() for m in made] if how == 'list' else L.StackedRNNCells([m[0]() for m in made])), [m[1] for m in made]


@layer('RNN', 'StackedRNNCells', 'SimpleRNNCell', 'LSTMCell', 'GRUCell')
def rnn(d, name):
    cell, what = cells(d)
    options = d.some(return_sequences=lambda: d.yes(), return_state=lambda: d.yes(), go_backwards=lambda: d.yes(), unroll=lambda: d.yes(), zero_output_for_mask=lambda: d.yes())
    padded = d.yes(.4)
    return Case([Input(shape(d, 2, 1, 5), padded=padded)], lambda x: L.RNN(cell(), **options)(L.Masking()(x[0]) if padded else x[0]), options=options | dict(cells=what, padded=padded))


@layer('Bidirectional')
def bidirectional(d, name):
    kind, padded, units = d.of('SimpleRNN', 'LSTM', 'GRU'), d.yes(.4), d.int(1, 3)
    inner = dict(units=units, **recurrent_options(d, kind))
    inner.pop('dropout', None), inner.pop('recurrent_dropout', None)
    options = d.some(merge_mode=lambda: d.of('concat', 'sum', 'mul', 'ave', None))
    other = d.yes(.2)
    inner['go_backwards'] = inner.get('go_backwards', False) and not other

    def call(x):
        back = getattr(L, kind)(**(inner | dict(go_backwards=True, name='back'))) if other else None
        return L.Bidirectional(getattr(L, kind)(**inner), backward_layer=back, **options)(L.Masking()(x[0]) if padded else x[0])
    return Case([Input(shape(d, 2, 1, 5), padded=padded)], call, options=options | dict(kind=kind, inner=inner, padded=padded, other=other))


@layer('TimeDistributed')
def time_distributed(d, name):
    inner, s = d.of((lambda: L.Dense(3, activation='relu'), (4,)), (lambda: L.Conv2D(2, 2), (4, 4, 2)), (lambda: L.Flatten(), (2, 3)), (lambda: L.MaxPooling1D(2), (4, 2)),
                    (lambda: L.BatchNormalization(), (3,)), (lambda: L.LSTM(2), (3, 2)), (lambda: L.Activation('softmax'), (3,)), (lambda: L.LayerNormalization(), (3,)),
                    (lambda: L.GlobalAveragePooling1D(), (3, 2)), (lambda: L.Reshape((3, 2)), (6,)), (lambda: L.Bidirectional(L.GRU(2)), (3, 2)))
    padded = d.yes(.3)
    return Case([Input((d.int(1, 4),) + s, padded=padded and len(s) == 1)], lambda x: L.TimeDistributed(inner())(L.Masking()(x[0]) if padded and len(s) == 1 else x[0]),
                options=dict(inner=type(inner()).__name__, padded=padded))


# Attention

def attention_inputs(d, width=None):
    c = d.int(1, 5)
    q, k = (d.int(1, 4), c), (d.int(1, 4), width or c)
    return [Input(q), Input(k)] + ([Input((k[0], d.int(1, 4)))] if d.yes(.3) else [])


@layer('Attention', 'AdditiveAttention')
def attention(d, name):
    options = d.some(use_scale=lambda: d.yes(), **({'score_mode': lambda: d.of('dot', 'concat')} if name == 'Attention' else {}), **({'dropout': .4} if d.yes(.2) else {}))
    made = attention_inputs(d)
    if len(made) == 3:
        made = [made[0], Input((made[2].shape[0], made[2].shape[1])), Input(made[1].shape)]
    call = {}
    if made[0].shape[0] == made[1].shape[0] and d.yes():
        call['use_causal_mask'] = True
    if d.yes(.2):
        call['return_attention_scores'] = True
    if d.yes(.3):
        for i in made:
            i.padded = True
        return Case(made, lambda x: getattr(L, name)(**options)([L.Masking()(a) for a in x], **call), not options.get('dropout'), options | call)
    return merge(made, name, options, not options.get('dropout'), **call)


def heads(d, name, options, made, trains):
    call = {}
    if made[0].shape[:-1] == made[1].shape[:-1] and d.yes():
        call['use_causal_mask'] = True
    if d.yes(.2):
        call['return_attention_scores'] = True
    if d.yes(.3) and len(made[0].shape) == 2:
        for i in made:
            i.padded = True
    mask = len(made[0].shape) == 2 and d.yes(.2)
    extra = [Input((made[0].shape[0], made[1].shape[0]), 'bool', below=2)] if mask else []

    def run(x):
        x, m = (x[:-1], x[-1]) if mask else (x, None)
        x = [L.Masking()(a) if i.padded else a for a, i in zip(x, made)]
        named = dict(zip(('query', 'value', 'key'), x))
        return getattr(L, name)(**options)(named['query'], named['value'], **({'key': named['key']} if 'key' in named else {}), **({'attention_mask': m} if mask else {}), **call)
    return Case(made + extra, run, trains, options | call | dict(padded=made[0].padded, mask=mask))


@layer('MultiHeadAttention')
def multi_head(d, name):
    options = dict(num_heads=d.int(1, 3), key_dim=d.int(1, 4)) | d.some(value_dim=lambda: d.int(1, 4), use_bias=lambda: d.yes(), output_shape=lambda: d.of(4, (6,), (2, 3))) \
        | weight(d, 'kernel', 1) | weight(d, 'bias', 1) | (d.some(use_gate=lambda: d.yes()) if d.yes(.3) else {}) | ({'dropout': .4} if d.yes(.1) else {})
    made = attention_inputs(d, d.int(1, 4))
    if len(made) == 3:
        made = [made[0], Input(made[1].shape), Input((made[1].shape[0], made[2].shape[1]))]
    if d.yes(.15):
        made, _ = [Input((3, 2, 4)), Input((3, 2, 4))], options.update(attention_axes=d.of((1,), (2,), (1, 2)))
        options.pop('use_gate', None)
    elif made[0].shape[0] == made[1].shape[0] and d.yes(.2):
        options['sliding_window'] = d.int(1, 3)
    return heads(d, name, options, made, not options.get('dropout'))


@layer('GroupQueryAttention')
def group_query(d, name):
    kv = d.int(1, 2)
    options = dict(head_dim=d.int(1, 4), num_query_heads=kv * d.int(1, 3), num_key_value_heads=kv) | d.some(use_bias=lambda: d.yes()) | weight(d, 'kernel', 1) | weight(d, 'bias', 1) \
        | (d.some(use_gate=lambda: d.yes()) if d.yes(.3) else {})
    made = attention_inputs(d, d.int(1, 4))
    return heads(d, name, options, [made[0], Input((made[1].shape[0], made[0].shape[1]))], True)


# Preprocessing

@layer('Normalization')
def normalization(d, name):
    s = shape(d, d.int(1, 3), 2, 4)
    if d.yes(.4):
        return one(name, s, dict(mean=d.real(-1, 1), variance=d.real(.1, 3)) | d.some(invert=lambda: d.yes(), axis=None))
    options = d.some(axis=lambda: d.of(-1, None, *range(1, len(s) + 1), *([(1, 2)] if len(s) > 1 else [])), invert=lambda: d.yes())
    sample = d.rng.normal(1, 2, (20,) + s).astype('float32')

    def call(x):
        made = L.Normalization(**options)
        made.adapt(sample)
        return made(x[0])
    return Case([Input(s)], call, options=options)


@layer('Rescaling')
def rescaling(d, name):
    s = shape(d, d.int(1, 3))
    scale = d.of(.5, 2, 1 / 255, [d.real(.1, 2) for _ in range(s[-1])])
    return one(name, s, dict(scale=scale) | d.some(offset=lambda: d.of(1, -.5, [d.real(-1, 1) for _ in range(s[-1])])), **d.of({}, dict(dtype='uint8', below=255), dict(dtype='int32', below=9)))


@layer('Resizing')
def resizing(d, name):
    options = dict(height=d.int(1, 8), width=d.int(1, 8)) | d.some(interpolation=lambda: d.of('nearest', 'bilinear', 'bicubic', 'lanczos3', 'lanczos5'), antialias=lambda: d.yes())
    if d.yes(.4):
        options |= d.of(dict(crop_to_aspect_ratio=True), dict(pad_to_aspect_ratio=True, **d.some(fill_value=.5)))
    if d.yes(.2):
        options['data_format'] = 'channels_first'
    return one(name, shape(d, 3, 2, 6), options, **({} if 'pad_to_aspect_ratio' in options else d.of({}, {}, dict(dtype='uint8', below=255))))


@layer('CenterCrop')
def center_crop(d, name):
    return one(name, shape(d, 3, 2, 6), dict(height=d.int(1, 8), width=d.int(1, 8), **d.some(data_format=lambda: d.of('channels_last', 'channels_first'))), **d.of({}, {}, dict(dtype='uint8', below=255)))


@layer('CategoryEncoding')
def category_encoding(d, name):
    n = d.int(2, 6)
    options = dict(num_tokens=n, **d.some(output_mode=lambda: d.of('multi_hot', 'one_hot', 'count')))
    return one(name, d.of((4,), (1,)) if options.get('output_mode') != 'count' else (4,), options, dtype=d.of('int32', 'int64', 'float32'), below=n)


@layer('Discretization')
def discretization(d, name):
    mode = d.some(output_mode=lambda: d.of('int', 'one_hot', 'multi_hot', 'count'))
    return one(name, (4,) if mode else d.of((4,), (1,), (2, 3)), dict(bin_boundaries=sorted(d.real(-2, 2) for _ in range(d.int(1, 4))), **mode), **d.of({}, dict(dtype='int32', below=3)))


AUGMENT = dict(fill_mode=('reflect', 'constant', 'wrap', 'nearest'), interpolation=('nearest', 'bilinear'))


@layer('RandomBrightness', 'RandomContrast', 'RandomFlip', 'RandomRotation', 'RandomTranslation', 'RandomZoom')
def augmentation(d, name):
    """At random while training: here only what passes through in prediction, and the config."""
    options = d.some(seed=5)
    if name == 'RandomFlip':
        options |= d.some(mode=lambda: d.of('horizontal', 'vertical', 'horizontal_and_vertical'))
    elif name in ('RandomBrightness', 'RandomContrast'):
        options |= dict(factor=d.of(.2, (.1, .4))) | d.some(value_range=(0, 1))
    else:
        options |= d.some(fill_mode=lambda: d.of(*AUGMENT['fill_mode']), interpolation=lambda: d.of(*AUGMENT['interpolation']), fill_value=.2)
        options |= dict(factor=d.of(.1, (-.1, .2))) if name == 'RandomRotation' else dict(height_factor=d.of(.1, (-.1, .2))) | ({} if name == 'RandomZoom' and d.yes() else dict(width_factor=.2))
    return one(name, shape(d, 2, 3, 5) + (3,), options, trains=False, low=0.)


def draw_single(name, seed):
    d = Draw(name, seed)
    case = LAYERS[name](d, name)
    symbols = [keras.Input(i.shape, dtype=i.dtype, name=f'in{n}') for n, i in enumerate(case.inputs)]
    outputs = as_list(case.call(symbols))
    model = keras.Model(symbols, outputs if len(outputs) > 1 else outputs[0])
    perturb(model, d.rng)
    n = d.int(5, 12)
    trial = Trial(model, [i.data(d.rng, n) for i in case.inputs], what=str(case.options))
    if case.trains and model.trainable_weights and all('float' in str(y.dtype) for y in outputs):
        model.compile(keras.optimizers.SGD(.05), 'mse' if len(outputs) == 1 else ['mse'] * len(outputs), run_eagerly=True)
        trial.ys = [d.rng.normal(0, 1, p.shape).astype('float32') for p in keras_predicts(model, trial.xs)]
        trial.fit = dict(epochs=2, batch_size=4)
        trial.arguments = ['--epochs', '2', '--batch-size', '4']
    return trial
