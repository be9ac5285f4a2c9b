# SPDX-License-Identifier: LGPL-2.1-or-later
"""What a model of one layer is drawn from: inputs, the call, options."""
from dataclasses import dataclass, field

import numpy as np
from keras import layers as L

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
