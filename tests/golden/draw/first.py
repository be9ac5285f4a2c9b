# SPDX-License-Identifier: LGPL-2.1-or-later
"""Convolutions and pooling with their channels first. KERAS_BACKEND=jax decides: TensorFlow computes some otherwise on processors,
as dilated ones in groups, than with channels last."""
import keras

from .choices import Draw
from .compare import Trial, as_list, perturb
from .single import LAYERS

FIRST = ('Conv1D', 'Conv2D', 'Conv3D', 'Conv1DTranspose', 'Conv2DTranspose', 'Conv3DTranspose', 'DepthwiseConv1D', 'DepthwiseConv2D', 'SeparableConv1D', 'SeparableConv2D',
         'MaxPooling1D', 'MaxPooling2D', 'MaxPooling3D', 'AveragePooling1D', 'AveragePooling2D', 'AveragePooling3D', 'ConvLSTM1D', 'ConvLSTM2D')


def draw_first(name, seed):
    """What draw_single makes, with the last dimension of the input moved to the front of the others."""
    d = Draw('first ' + name, seed)
    case = LAYERS[name](d, name)
    case.options['data_format'] = 'channels_first'
    if case.options.get('padding') == 'causal':
        case.options['padding'] = 'same'
    given, = case.inputs
    before = 1 if name.startswith('ConvLSTM') else 0        # steps
    given.shape = given.shape[:before] + given.shape[-1:] + given.shape[before:-1]
    x = keras.Input(given.shape, name='in0')
    outputs = as_list(case.call([x]))
    model = keras.Model(x, outputs if len(outputs) > 1 else outputs[0])
    perturb(model, d.rng)
    return Trial(model, [given.data(d.rng, d.int(2, 6))], what=str(case.options))
