# SPDX-License-Identifier: LGPL-2.1-or-later
"""Callbacks with every option drawn, one to three at a time, on training that gets better and worse."""
import os

import keras
import numpy as np
from keras import callbacks as C, layers as L
from keras.optimizers import schedules

from .choices import Draw
from .compare import Trial, perturb
from .fits import optimizer
from .training import RATES

WATCHING = ['EarlyStopping', 'ReduceLROnPlateau', 'ModelCheckpoint', 'CSVLogger', 'LearningRateScheduler', 'TerminateOnNaN', 'BackupAndRestore', 'SwapEMAWeights']


def schedule(d):
    rate = d.real(.01, .3)
    return d.of(schedules.ExponentialDecay(rate, d.int(1, 3), d.real(.5, 1.5), staircase=d.yes()), schedules.CosineDecay(rate, d.int(2, 6), alpha=d.of(0., .1)),
                schedules.PiecewiseConstantDecay([0, 2], [rate, rate / 2, rate / 4]), schedules.InverseTimeDecay(rate, 2, .5), schedules.PolynomialDecay(rate, 3, .001, power=2., cycle=d.yes()),
                schedules.CosineDecayRestarts(rate, d.int(1, 3), t_mul=d.of(1., 2.)))


def options(d, name, watched, several):
    """Arguments of a callback that file names and schedules are not among."""
    monitor = d.of(*watched)
    watch = dict(monitor=monitor) | ({'mode': d.of('min', 'max')} if several and monitor not in ('loss', 'val_loss') else d.some(mode=lambda: d.of('auto', 'min', 'max')))
    return {
        'EarlyStopping': lambda: watch | d.some(min_delta=lambda: d.of(0., .01, .2), patience=lambda: d.int(0, 2), baseline=lambda: d.of(.05, .5, 1., 5.), restore_best_weights=lambda: d.yes(),
                                                start_from_epoch=lambda: d.int(0, 3)),
        'ReduceLROnPlateau': lambda: watch | dict(patience=d.int(0, 2)) | d.some(factor=lambda: d.of(.1, .5), min_delta=lambda: d.of(0., .02, .3), cooldown=lambda: d.int(0, 2), min_lr=lambda: d.of(.001, .03)),
        'ModelCheckpoint': lambda: d.of(watch | dict(save_best_only=True) | d.some(initial_value_threshold=lambda: d.of(.3, 1., 3.)), watch, dict(monitor=monitor, mode='min', save_freq=d.int(1, 7))),
        'CSVLogger': lambda: d.some(separator=lambda: d.of(';', '|')), 'TerminateOnNaN': dict, 'LearningRateScheduler': dict,
        'BackupAndRestore': lambda: d.some(save_freq=lambda: d.int(1, 5)), 'SwapEMAWeights': lambda: dict(swap_on_epoch=d.yes())}[name]()


def callback(d, name, number, watched, several):
    """A callback of Keras for a folder, the same in words, and ends of the names of what it writes."""
    given, ends, first = options(d, name, watched, several), [], {}
    if name == 'ModelCheckpoint':
        weights = d.yes()
        form = '.weights.h5' if weights else d.of('.keras', '.h5')
        given['save_weights_only'] = weights
        pattern = 'w{epoch}-{batch}' if 'save_freq' in given else d.of('c{epoch:02d}', 'best', 'c{epoch}-{loss:.0f}')
        first, ends = dict(filepath=f'n{number}{pattern}{form}'), [form]
    elif name == 'CSVLogger':
        first, ends = dict(filename=f'log{number}.csv'), ['.csv']
    elif name == 'BackupAndRestore':
        first = dict(backup_dir=f'backup{number}')
    made = schedule(d) if name == 'LearningRateScheduler' else None
    words = ', '.join([f'{k}={v!r}'.replace("'", '"') for k, v in {**first, **given}.items()])
    if made is not None:
        words = f'schedule={type(made).__name__}({", ".join(f"{k}={v!r}" for k, v in made.get_config().items() if k != "name" and v is not None)})'

    def make(folder):
        if made is not None:
            return C.LearningRateScheduler(lambda epoch: float(made(epoch)))
        return getattr(C, name)(**{k: os.path.join(folder, v) for k, v in first.items()}, **given)
    return make, f'{name}({words})', ends


def rule(d, name):
    """An optimizer whose rate may be set, or that keeps averages."""
    if name == 'TerminateOnNaN':
        return keras.optimizers.SGD(d.of(1e18, 30., .1))
    if name == 'SwapEMAWeights':
        return d.of(keras.optimizers.SGD, keras.optimizers.Adam)(.05, use_ema=True, ema_momentum=d.of(.5, .9), ema_overwrite_frequency=d.of(None, 4))
    made = optimizer(d, d.of('SGD', 'Adam', 'RMSprop', 'Adagrad', 'MultiOptimizer', 'LossScaleOptimizer'))
    config = made.get_config()
    return made if 'schedule' not in str(config) else keras.optimizers.SGD(d.of(.05, .3), momentum=d.of(0., .9))


def draw_watching(name, seed):
    d = Draw('watching ' + name, seed)
    x = keras.Input((4,), name='in0')
    y = L.BatchNormalization(momentum=.7)(L.Dense(5, activation='tanh')(x)) if d.yes() else L.Dense(5, activation='relu')(x)
    several = d.yes(.3)
    names = ['out0', 'out1'] if several else ['out0']
    model = keras.Model(x, [L.Dense(3, name=n)(y) for n in names] if several else L.Dense(3, name='out0')(y))
    perturb(model, d.rng)
    measured = d.of(['mae'], ['mae', 'cosine_similarity'], ['r2_score', 'MeanSquaredError'])
    model.compile(rule(d, name), 'mse', metrics=[measured, measured] if several else measured, jit_compile=False)
    n, size, epochs = d.int(18, 40), d.of(5, 8, 16), d.int(3, 7)
    xs, ys = [d.rng.normal(0, 1, (n, 4)).astype('float32')], [d.rng.normal(0, 1, (n, 3)).astype('float32') for _ in names]
    trial = Trial(model, xs, ys, fit=dict(epochs=epochs, batch_size=size), arguments=['--epochs', str(epochs), '--batch-size', str(size)], tolerance=3, weights=name != 'TerminateOnNaN')
    watched = ['loss', *(f'{o}_{m}' if several else m for o in names for m in measured)]
    if d.yes(.6):
        trial.fit['validation_split'] = .3
        trial.arguments += ['--validation-split', '0.3']
        watched += [f'val_{w}' for w in watched] * 2
        if d.yes(.2):
            trial.fit['validation_freq'] = 2
            trial.arguments += ['--validation-freq', '2']
    kinds = [name, *[d.of(*[w for w in WATCHING if w not in ('SwapEMAWeights', name)]) for _ in range(d.of(0, 0, 1, 2))]]
    made = [callback(d, k, i, watched, several) for i, k in enumerate(d.rng.permutation(kinds))]
    trial.callbacks = lambda folder: [m[0](folder) for m in made]
    for _, words, ends in made:
        trial.arguments += ['--callback', words]
        trial.written += ends
    trial.what = f'{type(model.optimizer).__name__} {model.optimizer.get_config()} {[m[1] for m in made]} {trial.fit}'
    return trial
