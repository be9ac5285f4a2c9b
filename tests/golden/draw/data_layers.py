# SPDX-License-Identifier: LGPL-2.1-or-later
"""Layers that prepare data, and those of images in time, for single.py."""
import keras
from keras import layers as L

from .case import Case, Input, layer, one, shape
from .choices import activation, weight


@layer('ReversibleEmbedding')
def reversible_embedding(d, name):
    n = d.int(2, 7)
    options = dict(input_dim=n, output_dim=d.int(1, 4), **d.some(tie_weights=lambda: d.yes(), mask_zero=lambda: d.yes()), **weight(d, 'embeddings', 2))

    def call(x):
        made = L.ReversibleEmbedding(**options)
        y = made(x[0])
        return made(y, reverse=True) if d.yes() else y
    return Case([Input((d.int(1, 5),), 'int32', below=n)], call, options=options)


@layer('ConvLSTM1D', 'ConvLSTM2D', 'ConvLSTM3D')
def conv_lstm(d, name):
    rank = int(name[-2])
    options = dict(filters=d.int(1, 3), kernel_size=d.sizes(rank, 1, 3 if rank < 3 else 2), padding=d.of('same', 'same', 'valid'))
    options |= d.some(strides=lambda: d.sizes(rank, 1, 2), activation=lambda: activation(d, True), recurrent_activation=lambda: d.of('sigmoid', 'hard_sigmoid'), use_bias=lambda: d.yes(),
                      return_sequences=lambda: d.yes(), return_state=lambda: d.yes(), go_backwards=lambda: d.yes(), unit_forget_bias=lambda: d.yes(), dropout=0., recurrent_dropout=0.)
    options |= weight(d, 'kernel', 1) | weight(d, 'recurrent', 1) | weight(d, 'bias', 1)
    if 'strides' not in options and d.yes(.3):
        options['dilation_rate'] = 2
    padded = d.yes(.3)
    made = Input((d.int(1, 3),) + shape(d, rank, 4, 5 if rank < 3 else 4) + (d.int(1, 2),), padded=padded)
    return Case([made], lambda x: getattr(L, name)(**options)(x[0]), options=options)


@layer('Hashing')
def hashing(d, name):
    options = dict(num_bins=d.int(2, 9), **d.some(mask_value=lambda: d.int(0, 3), salt=lambda: d.of(5, [3, 9]), output_mode=lambda: d.of('int', 'one_hot', 'multi_hot', 'count')))
    return one(name, (3,) if options.get('output_mode') else d.of((1,), (3,), (2, 3)), options, dtype=d.of('int32', 'int64'), below=9)


@layer('IntegerLookup')
def integer_lookup(d, name):
    options = dict(vocabulary=[int(i) for i in d.rng.permutation(9)[:d.int(2, 6)] + 1], **d.some(num_oov_indices=lambda: d.int(1, 3), mask_token=0, oov_token=-1,
                   output_mode=lambda: d.of('int', 'one_hot', 'multi_hot', 'count')))
    return one(name, (3,) if options.get('output_mode') else d.of((1,), (3,), (2, 3)), options, dtype=d.of('int32', 'int64'), below=12)


@layer('HashedCrossing')
def hashed_crossing(d, name):
    options = dict(num_bins=d.int(2, 9), **d.some(output_mode=lambda: d.of('int', 'one_hot')))
    return Case([Input((1,), 'int64', below=9), Input((1,), 'int64', below=9)], lambda x: L.HashedCrossing(**options)((x[0], x[1])), options=options)


@layer('STFTSpectrogram')
def spectrogram(d, name):
    options = d.some(mode=lambda: d.of('log', 'magnitude', 'psd', 'real', 'imag', 'angle', 'stft'), frame_length=8, frame_step=lambda: d.int(2, 6), padding=lambda: d.of('valid', 'same'), window=lambda: d.of('hann', 'hamming', None),
                     periodic=lambda: d.yes(), scaling=lambda: d.of('density', 'spectrum', None), expand_dims=lambda: d.yes())
    options |= dict(frame_length=8, fft_length=d.of(8, 16)) if d.yes() else dict(frame_length=8)
    return one(name, (d.int(12, 20), d.int(1, 2)), options, trains=False)


@layer('AutoContrast', 'Equalization', 'Solarization')
def contrast(d, name):
    options = dict(value_range=d.of((0, 255), (0., 1.)))
    if name == 'Solarization':
        options |= d.some(addition_factor=0., threshold_factor=0.)
    if name == 'Equalization':
        options = dict(value_range=(0, 255), **d.some(bins=lambda: d.of(256, 16)))
    high = float(options['value_range'][1])
    return one(name, shape(d, 2, 2, 5) + (3,), options, trains=False, low=0., high=high)


@layer('RandomColorDegeneration', 'RandomColorJitter', 'RandomCrop', 'RandomErasing', 'RandomGaussianBlur', 'RandomGrayscale', 'RandomHue', 'RandomInvert', 'RandomPosterization', 'RandomSaturation',
       'RandomSharpness', 'RandomShear')
def random_image(d, name):
    """In prediction these pass through, but for RandomCrop, which crops the middle."""
    options = {'RandomColorDegeneration': lambda: dict(factor=.3), 'RandomColorJitter': lambda: d.some(brightness_factor=.2, contrast_factor=.3, saturation_factor=.2, hue_factor=.1),
               'RandomCrop': lambda: dict(height=d.int(1, 5), width=d.int(1, 5)), 'RandomErasing': lambda: d.some(factor=.5, scale=(.02, .3), fill_value=.4), 'RandomGaussianBlur': lambda: d.some(kernel_size=3, sigma=.5),
               'RandomGrayscale': lambda: dict(factor=.4), 'RandomHue': lambda: dict(factor=.2), 'RandomInvert': lambda: d.some(factor=.5), 'RandomPosterization': lambda: dict(factor=3),
               'RandomSaturation': lambda: dict(factor=.4), 'RandomSharpness': lambda: dict(factor=.4), 'RandomShear': lambda: d.some(x_factor=.2, y_factor=.1, fill_mode='nearest', interpolation='nearest')}[name]()
    if name not in ('RandomCrop', 'RandomGrayscale'):
        options |= d.some(value_range=(0, 1)) if name != 'RandomShear' else {}
    return one(name, shape(d, 2, 3, 6) + (3,), options | d.some(seed=3), trains=False, low=0.)
