# SPDX-License-Identifier: LGPL-2.1-or-later
"""Losses, metrics and weights in each of the forms that compile() and fit() take, on models with one to three outputs."""
import keras
import numpy as np
from keras import layers as L, losses, metrics

from .choices import Draw, regularizer
from .compare import Trial, perturb
from .training import ENDS, LOSSES, targets

WORDS = {'class': ['acc', 'accuracy', 'sparse_categorical_accuracy', 'SparseCategoricalCrossentropy'], 'one-hot': ['accuracy', 'kl_divergence', 'categorical_crossentropy', 'AUC'],
         'binary': ['acc', 'bce', 'BinaryAccuracy', 'Precision', 'auc'], 'number': ['mse', 'MAE', 'mape', 'cosine_similarity', 'RootMeanSquaredError', 'r2_score'], 'positive': ['msle', 'poisson', 'mae']}
REDUCED = {'class': losses.SparseCategoricalCrossentropy, 'one-hot': losses.CategoricalCrossentropy, 'binary': losses.BinaryCrossentropy, 'number': losses.MeanSquaredError, 'positive': losses.Poisson}
SHAPES = ['one', 'list', 'dict']


def loss_of(d, kind):
    """A word, an object or a function."""
    return d.of(lambda: d.of(*LOSSES[kind][0])(d), lambda: REDUCED[kind](reduction=d.of('sum', 'mean', 'mean_with_sample_weight', 'sum_over_batch_size', 'none')),
                lambda: 'crossentropy' if kind in ('class', 'one-hot', 'binary') else 'mean_squared_error',
                lambda: {'class': 'sparse_categorical_crossentropy', 'one-hot': 'categorical_crossentropy', 'binary': 'binary_crossentropy'}.get(kind, 'mae'))()


def measures(d, kind):
    """What one output has: nothing, a word, or a list."""
    chosen = [m if isinstance(m, str) else m() for m in LOSSES[kind][1] + WORDS[kind] if d.yes(.3)]
    return d.of(chosen, chosen, [], WORDS[kind][0], None) if chosen else d.of([], None)


def of_all(d, names, values, partly=True):
    """Values by output: a list, or a dictionary that may lack some."""
    if d.yes():
        return values
    order = list(d.rng.permutation(len(names)))
    return {names[i]: values[i] for i in order if not partly or values[i] is not None and d.yes(.85)}


def listed(metric):
    return [] if metric is None else metric if isinstance(metric, list) else [metric]


def compiled_with(d, names, kinds):
    n = len(names)
    if n == 1:
        loss = loss_of(d, kinds[0])
        options = dict(loss=d.of(loss, loss, [loss], {names[0]: loss}))
        for key in ('metrics', 'weighted_metrics'):
            made = listed(measures(d, kinds[0]))
            if d.yes(.6):
                options[key] = d.of(made, made, [made], {names[0]: made}) if made else made
        if d.yes(.3):
            options['loss_weights'] = d.of(.5, [2.]) if not isinstance(options['loss'], dict) else {names[0]: .5}
        return options
    same = len(set(kinds)) == 1
    each = [loss_of(d, k) for k in kinds]
    if not same or d.yes(.7):
        for i in range(n):
            if d.yes(.2) and any(e is not None for j, e in enumerate(each) if j != i):
                each[i] = None
        options = dict(loss=each if d.yes() else dict(zip(names, each)))
    else:
        options = dict(loss=d.of('mse', losses.MeanSquaredError(reduction='sum')) if kinds[0] in ('number', 'positive') else each[0])
    for key in ('metrics', 'weighted_metrics'):
        if d.yes(.6):
            made = [measures(d, k) for k in kinds]
            options[key] = of_all(d, names, made)
    if d.yes(.5):
        weights = [d.real(.2, 2) for _ in names]
        options['loss_weights'] = dict(zip(names, weights)) if isinstance(options['loss'], dict) else weights
    return options


def weigh(d, trial, names, n, given):
    """A weight a sample: for all outputs, or for each."""
    arrays = [d.rng.uniform(.2, 2, n).astype('float32') for _ in names]
    if len(names) == 1 or d.yes(.4):
        trial.fit['sample_weight'] = trial.files['weights.npy'] = arrays[0]
        trial.arguments += ['--sample-weight', 'weights.npy']
        return
    trial.fit['sample_weight'] = dict(zip(names, arrays)) if given == 'dict' else arrays
    for name, a in zip(names, arrays):
        trial.files[f'weights-{name}.npy'] = a
        trial.arguments += ['--sample-weight', f'{name}=weights-{name}.npy']


def draw_objective(name, seed):
    d = Draw('objective ' + name, seed)
    x = keras.Input((4,), name='in0')
    inner = keras.Sequential([keras.Input((5,)), L.Dense(5, activation='relu', activity_regularizer=regularizer(d)), L.ActivityRegularization(.01, .02)])
    y = L.Dense(5, activation='tanh', activity_regularizer=regularizer(d), bias_regularizer=regularizer(d))(x)
    for _ in range(d.int(0, 2)):
        y = inner(y)
    count = 1 if name == 'one' else d.int(2, 3)
    kinds = [d.of(*LOSSES)] * count if d.yes(.3) else [d.of(*LOSSES) for _ in range(count)]
    widths = [1 if k == 'binary' else d.int(2, 4) for k in kinds]
    names = [f'{d.of("out", "head", "a")}{i}' for i in range(count)]
    ends = [L.Dense(w, activation=ENDS[k], name=m)(y) for w, k, m in zip(widths, kinds, names)]
    model = keras.Model(x, dict(zip(names, ends)) if name == 'dict' else ends if name == 'list' else ends[0])
    perturb(model, d.rng)
    options = compiled_with(d, names, kinds)
    model.compile(d.of('sgd', 'adam'), jit_compile=False, **options)
    n, size, epochs = d.int(18, 40), d.of(5, 8, 16), d.int(2, 3)
    trial = Trial(model, [d.rng.normal(0, 1, (n, 4)).astype('float32')], [targets(d, k, n, w) for k, w in zip(kinds, widths)], fit=dict(epochs=epochs, batch_size=size),
                  arguments=['--epochs', str(epochs), '--batch-size', str(size)], tolerance=2, what=f'{names} {kinds} {options}')
    if d.yes(.5):
        weigh(d, trial, names, n, name)
    elif count == 1 and kinds[0] in ('class', 'binary', 'one-hot') and d.yes(.5):
        trial.fit['class_weight'] = {0: .5, 1: 2.}
        trial.arguments += ['--class-weight', '{"0": 0.5, "1": 2}']
    if d.yes(.4):
        trial.fit['validation_split'] = .3
        trial.arguments += ['--validation-split', '0.3']
    return trial
