# SPDX-License-Identifier: LGPL-2.1-or-later
"""Training with every option drawn: weights of samples, classes and losses, held-out samples, frozen and stateful parts, callbacks."""
import os

import keras
import numpy as np
from keras import callbacks, layers as L, losses, metrics
from keras.optimizers import schedules

from .choices import Draw, regularizer
from .compare import Trial, perturb
from .training import ENDS, LOSSES, OWN, RATES, targets

FITS = [*RATES, 'Muon', 'LossScaleOptimizer', 'MultiOptimizer']


def schedule(d, rate):
    return d.of(lambda: schedules.ExponentialDecay(rate, d.int(2, 6), d.real(.5, .9), staircase=d.yes()), lambda: schedules.CosineDecay(rate, d.int(4, 12), alpha=d.of(0., .1)),
                lambda: schedules.CosineDecay(rate / 10, 8, warmup_target=rate, warmup_steps=d.int(1, 5)), lambda: schedules.InverseTimeDecay(rate, d.int(2, 6), .5, staircase=d.yes()),
                lambda: schedules.CosineDecayRestarts(rate, d.int(2, 5), t_mul=d.of(1., 2.), m_mul=d.of(1., .7), alpha=d.of(0., .1)),
                lambda: schedules.PiecewiseConstantDecay([2, 5], [rate, rate / 2, rate / 4]),
                lambda: schedules.PolynomialDecay(rate, d.int(3, 8), rate / 20, power=d.of(1., .5, 2.), cycle=d.yes()))()


def optimizer(d, name):
    if name == 'MultiOptimizer':
        parts = [optimizer(d, d.of(*[n for n in RATES if n != 'ScheduleFreeAdamW'])) for _ in range(2)]
        rules = keras.optimizers.OptimizerMap(parts[0])
        rules['.*bias'] = parts[1]
        return keras.optimizers.MultiOptimizer(rules)
    scaled = name == 'LossScaleOptimizer'
    inner = d.of('SGD', 'Adam', 'RMSprop') if scaled else name
    rate = RATES.get(inner, .01)
    options = dict(learning_rate=schedule(d, rate) if d.yes(.35) else rate)
    if inner in OWN and d.yes(.7):
        options |= OWN[inner](d)
    if inner == 'Muon':
        options |= d.some(momentum=.9, nesterov=lambda: d.yes(), adam_weight_decay=.01, exclude_embeddings=lambda: d.yes())
    if inner == 'ScheduleFreeAdamW' and not isinstance(options['learning_rate'], float):
        options['learning_rate'] = rate
    if d.yes(.35):
        options |= d.of(dict(clipnorm=.5), dict(clipvalue=.1), dict(global_clipnorm=.5))
    if d.yes(.35):
        options['weight_decay'] = .02
    if d.yes(.25):
        options |= dict(use_ema=True, ema_momentum=d.of(.8, .99), ema_overwrite_frequency=d.of(None, 1, 3))
    if d.yes(.25):
        options['gradient_accumulation_steps'] = d.int(2, 3)
    if d.yes(.15) and not scaled:
        options['loss_scale_factor'] = 8.
    made = getattr(keras.optimizers, inner)(**options)
    if scaled:
        made = keras.optimizers.LossScaleOptimizer(made, initial_scale=d.of(4., 1024.), dynamic_growth_steps=d.of(2, 5, 2000))
    if d.yes(.3):
        made.exclude_from_weight_decay(var_names=['bias']) if options.get('weight_decay') else None
    return made


def body(d, batch):
    """Inputs and what is made of them: some parts keep still, some have penalties, some remember the batch before."""
    kind = d.of('rows', 'rows', 'image', 'words', 'state', 'two')
    if kind == 'image':
        x = keras.Input((5, 5, 2), name='in0')
        y = L.BatchNormalization(momentum=d.real(.5, .99), center=d.yes(), scale=d.yes(), trainable=d.yes(.8))(L.Conv2D(3, 3, kernel_regularizer=regularizer(d), trainable=d.yes(.8))(x))
        return [x], L.GlobalAveragePooling2D()(L.ReLU()(y))
    if kind == 'words':
        x = keras.Input((4,), dtype='int32', name='in0')
        y = L.Embedding(6, 4, mask_zero=d.yes(), embeddings_constraint=d.of(None, 'unit_norm'))(x)
        if d.yes(.3):
            y = L.BatchNormalization(momentum=.8)(y)
        return [x], getattr(L, d.of('LSTM', 'GRU', 'SimpleRNN'))(4, recurrent_regularizer=regularizer(d, 2))(y)
    if kind == 'state':
        x = keras.Input(batch_shape=(batch, 3, 2), name='in0')
        return [x], getattr(L, d.of('LSTM', 'GRU', 'SimpleRNN'))(4, stateful=True, go_backwards=d.yes(.3))(x)
    x = keras.Input((4,), name='in0')
    inner = keras.Sequential([keras.Input((4,)), L.Dense(5, activation='tanh', activity_regularizer=d.of(None, 'l2')), L.BatchNormalization(momentum=.8), L.Dense(4, kernel_constraint=d.of(None, 'max_norm'))])
    y = inner(x)
    if d.yes(.3):
        inner.trainable = False
    if d.yes(.3):
        inner.layers[d.int(0, 2)].trainable = d.yes()
    if d.yes(.3):
        y = L.SpectralNormalization(L.Dense(5))(y)
    if d.yes(.3):
        y = L.ActivityRegularization(l1=.01, l2=.02)(y)
    if kind == 'two':
        z = keras.Input((3,), name='in1')
        return [x, z], L.Concatenate()([y, L.Dense(2, activation='relu')(z)])
    return [x], L.Dropout(0.)(y)


def held_out(d, fit, arguments, files, xs, ys, names):
    how = d.of('none', 'split', 'data')
    if how == 'split':
        part = d.of(.2, .25, .4)
        fit['validation_split'] = part
        arguments += ['--validation-split', str(part)]
    elif how == 'data':
        k = d.int(3, 8)
        fit['validation_data'] = (xs[0][:k] if len(xs) == 1 else [x[:k] for x in xs], ys[0][:k] if len(ys) == 1 else [y[:k] for y in ys])
        for i, x in enumerate(xs):
            files[f'vx{i}.npy'] = x[:k]
            arguments += ['--validation-x', f'in{i}=vx{i}.npy']
        for i, y in enumerate(ys):
            files[f'vy{i}.npy'] = y[:k]
            arguments += ['--validation-y', f'{names[i]}=vy{i}.npy' if len(ys) > 1 else f'vy{i}.npy']
    return how != 'none'


def callback(d, watched):
    """A callback of Keras for a folder, the same in words, and what it writes."""
    monitor, mode = d.of(*watched), 'min'
    return d.of(
        lambda: (lambda f: callbacks.EarlyStopping(monitor, patience=0, min_delta=.5, restore_best_weights=True, mode=mode),
                 f'EarlyStopping(monitor="{monitor}", patience=0, min_delta=0.5, restore_best_weights=True, mode="{mode}")', []),
        lambda: (lambda f: callbacks.EarlyStopping(monitor, patience=1, baseline=.01, start_from_epoch=1, restore_best_weights=True),
                 f'EarlyStopping(monitor="{monitor}", patience=1, baseline=0.01, start_from_epoch=1, restore_best_weights=True)', []),
        lambda: (lambda f: callbacks.ReduceLROnPlateau(monitor, factor=.5, patience=1, min_delta=.2, cooldown=1, min_lr=1e-4),
                 f'ReduceLROnPlateau(monitor="{monitor}", factor=0.5, patience=1, min_delta=0.2, cooldown=1, min_lr=0.0001)', []),
        lambda: (lambda f: callbacks.LearningRateScheduler(lambda epoch: float(schedules.ExponentialDecay(.01, 2, .5)(epoch))),
                 'LearningRateScheduler(schedule=ExponentialDecay(initial_learning_rate=0.01, decay_steps=2, decay_rate=0.5))', []),
        lambda: (lambda f: callbacks.ModelCheckpoint(os.path.join(f, 'c{epoch:02d}.keras'), monitor=monitor, save_best_only=True), f'ModelCheckpoint(filepath="c{{epoch:02d}}.keras", monitor="{monitor}", save_best_only=True)', ['.keras']),
        lambda: (lambda f: callbacks.ModelCheckpoint(os.path.join(f, 'w{epoch}-{batch}.weights.h5'), save_weights_only=True, save_freq=3),
                 'ModelCheckpoint(filepath="w{epoch}-{batch}.weights.h5", save_weights_only=True, save_freq=3)', ['.weights.h5']),
        lambda: (lambda f: callbacks.CSVLogger(os.path.join(f, 'log.csv'), separator=';'), 'CSVLogger(filename="log.csv", separator=";")', ['.csv']),
        lambda: (lambda f: callbacks.CSVLogger(os.path.join(f, 'log.csv')), 'CSVLogger(filename="log.csv")', ['.csv']),
        lambda: (lambda f: callbacks.TerminateOnNaN(), 'TerminateOnNaN()', []),
        lambda: (lambda f: callbacks.BackupAndRestore(os.path.join(f, 'backup')), 'BackupAndRestore(backup_dir="backup")', []))()


def outputs(d, y, several):
    made = []
    for i in range(d.int(2, 3) if several else 1):
        kind = d.of(*LOSSES)
        width = 1 if kind == 'binary' else d.int(2, 4)
        chosen, measured = LOSSES[kind]
        words = {'class': ['acc', 'sparse_categorical_accuracy'], 'one-hot': ['acc', 'kl_divergence'], 'binary': ['acc', 'AUC', 'Precision'], 'number': ['mean_absolute_error', 'cosine_similarity'],
                 'positive': ['mae']}[kind]
        counted = [m if isinstance(m, str) else m() for m in measured + words if d.yes(.4)]
        made.append((kind, width, L.Dense(width, activation=ENDS[kind], name=f'out{i}')(y), d.of(*chosen)(d), counted))
    return made


def draw_fit(name, seed):
    d = Draw('fit ' + name, seed)
    batch = d.of(5, 8, 16)
    inputs, y = body(d, batch)
    stateful = inputs[0].shape[0] is not None
    several = d.yes(.35) and name != 'ScheduleFreeAdamW'
    ends = outputs(d, y, several)
    as_dict = several and d.yes()
    model = keras.Model(inputs, {f'out{i}': e[2] for i, e in enumerate(ends)} if as_dict else [e[2] for e in ends] if several else ends[0][2])
    perturb(model, d.rng)
    rule, names = optimizer(d, name), [f'out{i}' for i in range(len(ends))]
    compiled = dict(loss=dict(zip(names, (e[3] for e in ends))) if as_dict else [e[3] for e in ends] if several else ends[0][3])
    weighted = d.yes(.3) and not several
    measured = dict(zip(names, (e[4] for e in ends))) if as_dict else [e[4] for e in ends] if several else ends[0][4]
    if any(e[4] for e in ends):
        compiled['weighted_metrics' if weighted else 'metrics'] = measured
    if several and d.yes():
        weights = [d.real(.2, 2) for _ in ends]
        compiled['loss_weights'] = dict(zip(names, weights)) if as_dict else weights
    model.compile(rule, run_eagerly=name == 'ScheduleFreeAdamW', jit_compile=False, **compiled)

    n = batch if stateful else d.int(18, 40)
    xs = [d.rng.integers(0, 6, (n,) + i.shape[1:]).astype('int32') if i.dtype == 'int32' else d.rng.normal(0, 1, (n,) + i.shape[1:]).astype('float32') for i in inputs]
    ys = [targets(d, e[0], n, e[1]) for e in ends]
    epochs = d.int(2, 4)
    fit, arguments, files = dict(epochs=epochs, batch_size=batch), ['--epochs', str(epochs), '--batch-size', str(batch)], {}
    validated = not stateful and held_out(d, fit, arguments, files, xs, ys, names)
    if not several and d.yes(.3):
        fit['sample_weight'] = files['weights.npy'] = d.rng.uniform(.2, 2, n).astype('float32')
        arguments += ['--sample-weight', 'weights.npy']
    elif not several and ends[0][0] in ('class', 'binary') and d.yes(.5):
        classes = {i: d.real(.3, 3) for i in range(max(2, ends[0][1]))}
        fit['class_weight'] = classes
        arguments += ['--class-weight', str({str(k): v for k, v in classes.items()}).replace("'", '"')]
    if d.yes(.15):
        fit['initial_epoch'] = 1
        arguments += ['--initial-epoch', '1']
    for key, chance in (('steps_per_epoch', .2), ('validation_steps', .2 if validated else 0), ('validation_freq', .15 if validated else 0)):
        if d.yes(chance):
            fit[key] = d.int(1, 3)
            arguments += ['--' + key.replace('_', '-'), str(fit[key])]
    trial = Trial(model, xs, ys, fit=fit, arguments=arguments, files=files, tolerance=2,
                  what=f'{rule.get_config()} {[type(l).__name__ for l in model.layers]} {compiled} { {k: v for k, v in fit.items() if k not in ("sample_weight", "validation_data")} }')
    if rule.use_ema and d.yes(.4):
        each = d.yes()
        trial.callbacks = lambda folder: callbacks.SwapEMAWeights(swap_on_epoch=each)
        arguments += ['--callback', f'SwapEMAWeights(swap_on_epoch={each})']
        trial.what += f' SwapEMAWeights({each})'
    elif d.yes(.5):
        trial.callbacks, text, trial.written = callback(d, ['loss'] + (['val_loss'] if validated and fit.get('validation_freq', 1) == 1 else []))
        arguments += ['--callback', text]
        trial.what += ' ' + text
    return trial
