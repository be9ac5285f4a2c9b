# SPDX-License-Identifier: LGPL-2.1-or-later
"""Models of one layer, for every class: shapes of inputs and the layer's whole signature are drawn."""
import keras
import numpy as np
from keras import layers as L

from . import data_layers, preprocessing, sequences  # noqa: F401: each adds its layers
from .case import LAYERS, Case, Input, layer, merge, one, shape
from .choices import POLICIES, Draw, activation, dense_like, weight
from .compare import Trial, as_list, keras_predicts, perturb


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


# The model

def with_masks(d, case):
    """Steps that a Masking layer leaves out before the layer, and a layer that heeds what comes out."""
    made, call = case.inputs[0], case.call
    if len(case.inputs) > 1 or len(made.shape) != 2 or made.dtype != 'float32' or made.padded or made.low is not None or made.below:
        return case
    made.padded = True

    def masked(x):
        y = call([L.Masking()(x[0])])
        if isinstance(y, (list, tuple)) or len(y.shape) != 3:
            return y
        return d.of(L.GlobalAveragePooling1D(), L.SimpleRNN(2))(y)
    return Case(case.inputs, masked, case.trains, case.options | dict(masked=True))


def symbols_of(d, case):
    """Now and then with sizes that are not known."""
    unknown = d.yes(.25) and any(len(i.shape) > 1 for i in case.inputs)
    shapes = [(None,) * (len(i.shape) - 1) + i.shape[-1:] if unknown and len(i.shape) > 1 else i.shape for i in case.inputs]
    return [keras.Input(s, dtype=i.dtype, name=f'in{n}') for n, (s, i) in enumerate(zip(shapes, case.inputs))], unknown


def build(d, case):
    symbols, unknown = symbols_of(d, case)
    if unknown:
        state = d.rng.bit_generator.state
        try:
            return symbols, as_list(case.call(symbols))
        except Exception:
            d.rng.bit_generator.state = state
            symbols = [keras.Input(i.shape, dtype=i.dtype, name=f'in{n}') for n, i in enumerate(case.inputs)]
    return symbols, as_list(case.call(symbols))


def draw_single(name, seed):
    d = Draw(name, seed)
    case = LAYERS[name](d, name)
    if d.yes(.2):
        case = with_masks(d, case)
    policy = d.of(*POLICIES) if d.yes(.12) else 'float32'
    keras.config.set_dtype_policy(policy)
    try:
        symbols, outputs = build(d, case)
        model = keras.Model(symbols, outputs if len(outputs) > 1 else outputs[0])
    finally:
        keras.config.set_dtype_policy('float32')
    perturb(model, d.rng)
    n = 1 if d.yes(.15) else d.int(5, 12)
    trial = Trial(model, [i.data(d.rng, n) for i in case.inputs], what=f'{case.options} {policy}', tolerance=POLICIES.get(policy, 1))
    if case.trains and model.trainable_weights and all('float' in str(y.dtype) for y in outputs) and policy in ('float32', 'float64'):
        model.compile(keras.optimizers.SGD(.05), 'mse' if len(outputs) == 1 else ['mse'] * len(outputs), jit_compile=False)
        trial.ys = [d.rng.normal(0, 1, p.shape).astype('float32') for p in keras_predicts(model, trial.xs)]
        trial.fit = dict(epochs=2, batch_size=4)
        trial.arguments = ['--epochs', '2', '--batch-size', '4']
    return trial
