# SPDX-License-Identifier: LGPL-2.1-or-later
"""Layers that scale, cut and code data, for single.py."""
from keras import layers as L

from .case import Case, Input, layer, one, shape


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
