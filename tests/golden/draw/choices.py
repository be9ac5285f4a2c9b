# SPDX-License-Identifier: LGPL-2.1-or-later
"""What is drawn for the parameters that many layers have."""
import zlib

import numpy as np
import keras
from keras import activations, constraints, initializers, layers, regularizers

ACTIVATIONS = ['celu', 'elu', 'exponential', 'gelu', 'hard_shrink', 'hard_sigmoid', 'hard_silu', 'hard_tanh', 'leaky_relu', 'linear',
               'log_sigmoid', 'log_softmax', 'mish', 'relu', 'relu6', 'selu', 'sigmoid', 'silu', 'soft_shrink', 'softmax', 'softplus',
               'softsign', 'sparse_plus', 'sparse_sigmoid', 'sparsemax', 'squareplus', 'tanh', 'tanh_shrink', 'swish']
TAME = ['linear', 'relu', 'sigmoid', 'tanh', 'elu', 'gelu', 'silu', 'softsign', 'hard_sigmoid']


class Draw:
    """Random choices that a name and a number decide."""

    def __init__(self, name, seed):
        self.rng = np.random.default_rng([zlib.crc32(name.encode()), seed])

    def of(self, *xs):
        return xs[self.rng.integers(len(xs))]

    def int(self, low, high):
        """A whole number from low to high, both included."""
        return int(self.rng.integers(low, high + 1))

    def real(self, low, high):
        return round(float(self.rng.uniform(low, high)), 4)

    def yes(self, chance=.5):
        return bool(self.rng.random() < chance)

    def sizes(self, n, low, high):
        """One number for all dimensions, or one for each."""
        if self.yes():
            return self.int(low, high)
        return tuple(self.int(low, high) for _ in range(n))

    def some(self, **options):
        """Keeps each of the options at random: a function draws it, anything else is the value."""
        return {k: v() if callable(v) else v for k, v in options.items() if self.yes()}


def activation(d, tame=False):
    name = d.of(*(TAME if tame else ACTIVATIONS))
    if tame or d.yes(.7):
        return name
    return d.of(lambda: getattr(activations, name), lambda: layers.LeakyReLU(.1), lambda: layers.ReLU(max_value=2., negative_slope=.1),
                lambda: layers.ELU(.5), lambda: layers.Activation('tanh'))()


def initializer(d):
    seed = d.of(None, 3)
    return d.of(lambda: initializers.RandomNormal(.1, .3, seed=seed), lambda: initializers.RandomUniform(-.4, .5, seed=seed),
                lambda: initializers.TruncatedNormal(0., .4, seed=seed), lambda: initializers.GlorotNormal(seed=seed), lambda: initializers.HeUniform(seed=seed),
                lambda: initializers.HeNormal(seed=seed), lambda: initializers.LecunUniform(seed=seed), lambda: initializers.LecunNormal(seed=seed),
                lambda: initializers.VarianceScaling(d.real(.2, 2), d.of('fan_in', 'fan_out', 'fan_avg'), d.of('normal', 'uniform', 'truncated_normal', 'untruncated_normal'), seed=seed),
                lambda: initializers.Constant(.2), lambda: 'ones', lambda: 'glorot_uniform', lambda: 'random_normal', lambda: 'he_normal')()


def bias_initializer(d):
    return d.of('zeros', 'ones', initializers.RandomNormal(0, .2), initializers.Constant(.3), 'random_uniform')


def regularizer(d, rank=1):
    if rank == 2 and d.yes(.15):
        return regularizers.OrthogonalRegularizer(.02, d.of('rows', 'columns'))
    return d.of(None, None, regularizers.L1(.01), regularizers.L2(.02), regularizers.L1L2(.01, .02), 'l2', 'l1')


def constraint(d, rank=1):
    axis = d.of(0, 0, *range(rank), *([[0, 1]] if rank > 1 else []))
    return d.of(None, None, constraints.NonNeg(), constraints.MaxNorm(1.5, axis), constraints.UnitNorm(axis), constraints.MinMaxNorm(.3, 1.2, d.of(1., .5), axis),
                'non_neg', 'unit_norm', 'max_norm')


def weight(d, kind, rank):
    """Initializer, regularizer and constraint of a weight, each given or not."""
    first = bias_initializer if kind == 'bias' else initializer
    return d.some(**{f'{kind}_initializer': lambda: first(d), f'{kind}_regularizer': lambda: regularizer(d, rank), f'{kind}_constraint': lambda: constraint(d, rank)})


def dense_like(d, rank, kernels=('kernel',), activity=True):
    """What layers with a kernel, a bias and an activation share."""
    options = d.some(activation=lambda: activation(d), use_bias=lambda: d.yes(), **({'activity_regularizer': lambda: regularizers.L2(.01)} if activity else {}))
    for kernel in kernels:
        options |= weight(d, kernel, rank)
    return options | weight(d, 'bias', 1)


# Policies of numbers, and how much coarser than float32 they are: rounded as there, but for what compilers leave out.
POLICIES = dict(float64=1, mixed_float16=50, mixed_bfloat16=400, float16=50, bfloat16=400)
