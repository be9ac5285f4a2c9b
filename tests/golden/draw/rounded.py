# SPDX-License-Identifier: LGPL-2.1-or-later
"""Training under each policy of numbers, with scaled losses that overflow: the step is left out, the scale is halved."""
import keras
import numpy as np
from keras import layers as L

from .choices import POLICIES, Draw
from .compare import Trial, perturb
from .training import ENDS, LOSSES, OWN, RATES, targets

ROUNDED = list(POLICIES)


def body(d):
    x = keras.Input((6,), name='in0')
    y = L.Dense(8, activation=d.of('relu', 'tanh', 'gelu'))(x)
    for _ in range(d.int(0, 2)):
        y = d.of(lambda: L.BatchNormalization(momentum=.8)(y), lambda: L.LayerNormalization()(y), lambda: L.Dense(8, activation='relu', kernel_regularizer='l2')(y),
                 lambda: L.Reshape((8,))(L.Conv1D(2, 3, padding='same')(L.Reshape((4, 2))(y))), lambda: L.Add()([y, L.Dense(8)(y)]), lambda: L.Dense(8, activity_regularizer='l2')(y))()
    return x, y


def draw_rounded(name, seed):
    d = Draw('rounded ' + name, seed)
    keras.config.set_dtype_policy(name)
    try:
        kind = d.of(*LOSSES)
        width = 1 if kind == 'binary' else d.int(2, 4)
        x, y = body(d)
        model = keras.Model(x, L.Dense(width, activation=ENDS[kind], name='out', dtype=d.of(name, name, 'float32'))(y))
        perturb(model, d.rng)
        rule = d.of('SGD', 'SGD', 'Adam', 'RMSprop', 'AdamW', 'Adagrad')
        options = OWN[rule](d) if rule in OWN and d.yes() else {}
        if d.yes(.3):
            options |= d.of(dict(clipnorm=.5), dict(global_clipnorm=.5), dict(use_ema=True, ema_momentum=.8), dict(gradient_accumulation_steps=2))
        made = getattr(keras.optimizers, rule)(RATES[rule] / 2, **options)
        if name == 'mixed_float16' and d.yes(.8):
            made = keras.optimizers.LossScaleOptimizer(made, initial_scale=d.of(256., 2. ** 15, 2. ** 18, 2. ** 24), dynamic_growth_steps=d.of(1, 2, 3, 2000))
        chosen, measured = LOSSES[kind]
        model.compile(made, d.of(*chosen)(d), metrics=[m if isinstance(m, str) else m() for m in measured if d.yes(.4)], jit_compile=False)
    finally:
        keras.config.set_dtype_policy('float32')
    n, size, epochs = d.int(18, 40), d.of(5, 8, 16), d.int(2, 4)
    return Trial(model, [d.rng.normal(0, 1, (n, 6)).astype('float32')], [targets(d, kind, n, width)], fit=dict(epochs=epochs, batch_size=size), tolerance=POLICIES[name],
                 arguments=['--epochs', str(epochs), '--batch-size', str(size)], what=f'{made.get_config()} {[type(l).__name__ for l in model.layers]} {model.loss} {epochs=} {size=}')
