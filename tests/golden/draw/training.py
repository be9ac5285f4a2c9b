# SPDX-License-Identifier: LGPL-2.1-or-later
"""What random models are trained with: an optimizer, a loss with the output that it takes, metrics."""
import keras
import numpy as np
from keras import layers as L, losses, metrics, optimizers
from keras.optimizers import schedules

from .choices import Draw
from .compare import Trial

RATES = dict(SGD=.05, RMSprop=.005, Adam=.01, AdamW=.01, Adamax=.01, Nadam=.005, Adagrad=.05, Adadelta=.5, Ftrl=.05, Lion=.003, Lamb=.01, Adafactor=.01, ScheduleFreeAdamW=.01)

OWN = dict(
    SGD=lambda d: dict(momentum=d.of(0., .9), nesterov=d.yes()),
    RMSprop=lambda d: dict(rho=.8, momentum=d.of(0., .5), centered=d.yes()),
    Adam=lambda d: dict(beta_1=.8, amsgrad=d.yes()),
    AdamW=lambda d: dict(amsgrad=d.yes()),
    Adagrad=lambda d: dict(initial_accumulator_value=.2),
    Adadelta=lambda d: dict(rho=.8),
    Ftrl=lambda d: dict(l1_regularization_strength=.01, l2_regularization_strength=.02, beta=.1))

# Kind of target and output -> losses and metrics that go with it.
LOSSES = {
    'class': ([lambda d: 'sparse_categorical_crossentropy', lambda d: losses.SparseCategoricalCrossentropy(ignore_class=d.of(None, 0))],
              ['accuracy', lambda: metrics.SparseTopKCategoricalAccuracy(2)]),
    'one-hot': ([lambda d: losses.CategoricalCrossentropy(label_smoothing=d.of(0., .1)), lambda d: losses.CategoricalFocalCrossentropy(gamma=d.real(1, 3)),
                 lambda d: 'kl_divergence', lambda d: 'categorical_hinge', lambda d: losses.Dice(), lambda d: losses.Tversky(.3, .7)],
                ['accuracy', lambda: metrics.AUC(), lambda: metrics.F1Score(average='macro'), lambda: metrics.Precision()]),
    'binary': ([lambda d: losses.BinaryCrossentropy(label_smoothing=d.of(0., .2)), lambda d: losses.BinaryFocalCrossentropy(apply_class_balancing=d.yes()),
                lambda d: 'hinge', lambda d: 'squared_hinge'],
               ['accuracy', lambda: metrics.AUC(curve='PR'), lambda: metrics.Recall(), lambda: metrics.BinaryIoU()]),
    'number': ([lambda d: 'mse', lambda d: 'mae', lambda d: losses.Huber(), lambda d: 'log_cosh', lambda d: losses.CosineSimilarity(),
                lambda d: losses.MeanSquaredError(reduction='sum')],
               ['mae', lambda: metrics.RootMeanSquaredError(), lambda: metrics.R2Score(), lambda: metrics.CosineSimilarity()]),
    'positive': ([lambda d: 'poisson', lambda d: 'msle'], ['mse', lambda: metrics.LogCoshError()])}

ENDS = {'class': 'softmax', 'one-hot': 'softmax', 'binary': 'sigmoid', 'number': None, 'positive': 'softplus'}


def optimizer(d, name=None):
    name = name or d.of(*RATES)
    rate = RATES[name]
    if d.yes(.3):
        rate = d.of(lambda: schedules.ExponentialDecay(rate, 4, .7, staircase=d.yes()), lambda: schedules.CosineDecay(rate, 10), lambda: schedules.InverseTimeDecay(rate, 5, .5),
                    lambda: schedules.PiecewiseConstantDecay([2, 5], [rate, rate / 2, rate / 4]), lambda: schedules.PolynomialDecay(rate, 8, power=.5))()
    options = dict(learning_rate=rate)
    if name in OWN and d.yes(.7):
        options |= OWN[name](d)
    if d.yes(.3):
        options |= d.of(dict(clipnorm=.5), dict(clipvalue=.1), dict(global_clipnorm=.5))
    if d.yes(.3):
        options['weight_decay'] = .02
    if d.yes(.2):
        options |= dict(use_ema=True, ema_momentum=.8, ema_overwrite_frequency=d.of(None, 3))
    if d.yes(.2):
        options['gradient_accumulation_steps'] = 2
    return getattr(optimizers, name)(**options)


def targets(d, kind, n, width):
    if kind == 'class':
        return d.rng.integers(0, width, n).astype('int64')
    if kind == 'one-hot':
        return np.eye(width, dtype='float32')[d.rng.integers(0, width, n)]
    if kind == 'binary':
        return d.rng.integers(0, 2, (n, width)).astype('float32')
    x = d.rng.normal(0, 1, (n, width)).astype('float32')
    return np.abs(x) if kind == 'positive' else x


def trial(d, inputs, x, xs, prepare, name=None):
    """A compiled model that ends in what its loss needs. prepare: what is done to it before."""
    kind, n, size = d.of(*LOSSES), xs[0].shape[0], d.of(7, 16)
    width = 1 if kind == 'binary' else d.int(2, 4)
    model = keras.Model(inputs, L.Dense(width, activation=ENDS[kind], name='out')(x))
    prepare(model)
    chosen, measured = LOSSES[kind]
    rule, loss = optimizer(d, name), d.of(*chosen)(d)
    # Begun in a graph, ScheduleFreeAdamW of Keras 3.15 loses what its weights were: its copies are made in the trace.
    model.compile(rule, loss, metrics=[m if isinstance(m, str) else m() for m in measured if d.yes()] or None, run_eagerly=isinstance(rule, optimizers.ScheduleFreeAdamW), jit_compile=False)
    held = d.of(0., .25)
    return Trial(model, xs, [targets(d, kind, n, width)], fit=dict(epochs=3, batch_size=size, validation_split=held),
                 arguments=['--epochs', '3', '--batch-size', str(size)] + (['--validation-split', str(held)] if held else []),
                 what=f'{type(rule).__name__} {rule.get_config()} {loss}')


def draw_training(name, seed):
    """name: an optimizer. A small network of dense layers."""
    d = Draw('training ' + name, seed)
    x = keras.Input((4,), name='in0')
    y = L.Dense(5, activation='tanh')(x)
    return trial(d, [x], y, [d.rng.normal(0, 1, (d.int(20, 40), 4)).astype('float32')], lambda model: None, name)
