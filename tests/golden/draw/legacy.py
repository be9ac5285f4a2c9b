# SPDX-License-Identifier: LGPL-2.1-or-later
"""Random models of tf-keras, which is Keras 2 as TensorFlow 2.15 had it, in each of its formats."""
import os
import shutil
import subprocess

import numpy as np
import tensorflow as tf
import tf_keras

from .choices import Draw
from .compare import PREDICTION, TRAINING, Comparison, Trial, nudge

L = tf_keras.layers
ACTIVATIONS = ['relu', 'tanh', 'sigmoid', 'elu', 'selu', 'softplus', 'softsign', 'gelu', 'swish', 'exponential', 'linear', 'hard_sigmoid', 'mish', 'softmax', 'relu6', 'leaky_relu']
OPTIMIZERS = {
    'SGD': lambda d: dict(learning_rate=.05, momentum=d.of(0., .9), nesterov=d.yes()), 'RMSprop': lambda d: dict(learning_rate=.005, momentum=d.of(0., .5), centered=d.yes()),
    'Adam': lambda d: dict(learning_rate=.01, amsgrad=d.yes()), 'AdamW': lambda d: dict(learning_rate=.01, weight_decay=.01), 'Adamax': lambda d: {}, 'Nadam': lambda d: {},
    'Adagrad': lambda d: dict(learning_rate=.05), 'Adadelta': lambda d: dict(learning_rate=.5), 'Ftrl': lambda d: dict(learning_rate=.05, l1_regularization_strength=.01),
    'Lion': lambda d: dict(learning_rate=.003)}


def dense_like(d):
    return d.some(activation=lambda: d.of(*ACTIVATIONS), use_bias=lambda: d.yes(), kernel_initializer=lambda: d.of('he_normal', 'lecun_uniform', 'random_normal'),
                  kernel_regularizer=lambda: d.of('l2', tf_keras.regularizers.L1(.01)), kernel_constraint=lambda: tf_keras.constraints.MaxNorm(2.),
                  bias_initializer=lambda: d.of('ones', tf_keras.initializers.Constant(.2)))


def numbers(d, x):
    return d.of(
        lambda: L.Dense(d.int(1, 6), **dense_like(d))(x),
        lambda: L.BatchNormalization(momentum=.8, center=d.yes(), scale=d.yes())(x),
        lambda: L.LayerNormalization(epsilon=.01)(x),
        lambda: d.of(L.LeakyReLU(.2), L.ELU(.7), L.ReLU(2., .1, .2), L.PReLU(), L.ThresholdedReLU(.3), L.Softmax(), L.Activation('tanh'))(x),
        lambda: d.of(L.Dropout, L.GaussianNoise, L.GaussianDropout, L.AlphaDropout)(.2)(x),
        lambda: d.of(L.Add, L.Subtract, L.Multiply, L.Average, L.Maximum, L.Minimum, L.Concatenate)()([x, L.Dense(x.shape[-1])(x)]),
        lambda: L.Dot(1, normalize=d.yes())([x, L.Dense(x.shape[-1])(x)]),
        lambda: L.Reshape((-1,))(L.RepeatVector(2)(x)))()


def spatial(d, x):
    h, w, c = x.shape[1:]
    pad = d.of('same', 'valid') if min(h, w) > 3 else 'same'
    return d.of(
        lambda: L.Conv2D(d.int(1, 4), d.int(1, 3), padding=pad, strides=d.int(1, 2), **dense_like(d))(x),
        lambda: L.Conv2DTranspose(d.int(1, 3), d.int(1, 3), padding=pad, strides=d.int(1, 2), **dense_like(d))(x),
        lambda: L.SeparableConv2D(d.int(1, 4), 2, padding=pad, depth_multiplier=d.int(1, 2))(x),
        lambda: L.DepthwiseConv2D(2, padding=pad, depth_multiplier=d.int(1, 2), dilation_rate=1)(x),
        lambda: d.of(L.MaxPooling2D, L.AveragePooling2D)(2, padding='same')(x),
        lambda: L.BatchNormalization(axis=d.of(-1, 3, [3]))(x),
        lambda: L.ZeroPadding2D(d.of(1, ((1, 0), (0, 2))))(x), lambda: L.Cropping2D(((0, 1), (0, 0)))(x) if h > 2 else x,
        lambda: L.UpSampling2D(2, interpolation=d.of('nearest', 'bilinear'))(x) if h < 8 else x,
        lambda: L.PReLU(shared_axes=[1, 2])(x), lambda: L.SpatialDropout2D(.2)(x), lambda: L.Permute((2, 1, 3))(x),
        lambda: L.LocallyConnected2D(d.int(1, 3), d.sizes(2, 1, min(h, w)), strides=d.int(1, 2), use_bias=d.yes(), implementation=d.int(1, 3), activation=d.of(*ACTIVATIONS[:-4]))(x),
        lambda: L.GroupNormalization(c)(x), lambda: L.UnitNormalization()(x), lambda: L.Rescaling(.5, .1)(x))()


def recurrent(d, kind):
    options = dict(units=d.int(1, 4)) | d.some(activation=lambda: d.of('tanh', 'relu', 'softsign'), use_bias=lambda: d.yes(), go_backwards=lambda: d.yes(), unroll=lambda: d.yes(),
                                              recurrent_initializer=lambda: 'glorot_uniform')
    if kind != 'SimpleRNN':
        options |= d.some(recurrent_activation=lambda: d.of('sigmoid', 'hard_sigmoid'), implementation=lambda: d.of(1, 2))
    if kind == 'GRU':
        options |= d.some(reset_after=lambda: d.yes())
    if kind == 'LSTM':
        options |= d.some(unit_forget_bias=lambda: d.yes())
    return options


def sequence(d, x):
    kind = d.of('SimpleRNN', 'LSTM', 'GRU')
    return d.of(
        lambda: getattr(L, kind)(return_sequences=True, **recurrent(d, kind))(x),
        lambda: L.Bidirectional(getattr(L, kind)(return_sequences=True, **recurrent(d, kind)), merge_mode=d.of('concat', 'sum', 'mul', 'ave'))(x),
        lambda: L.RNN(d.of(L.LSTMCell(3), [L.GRUCell(2), L.SimpleRNNCell(3)]), return_sequences=True)(x),
        lambda: getattr(L, kind)(return_sequences=True, return_state=True, **recurrent(d, kind))(x)[0],
        lambda: L.Conv1D(d.int(1, 4), d.int(1, 3), padding=d.of('same', 'causal'), **dense_like(d))(x),
        lambda: L.SeparableConv1D(d.int(1, 4), 2, padding='same')(x),
        lambda: L.LocallyConnected1D(d.int(1, 4), d.int(1, 2), strides=d.int(1, 2), use_bias=d.yes(), implementation=d.int(1, 3))(x) if not hasattr(x, '_keras_mask') else x,
        lambda: L.TimeDistributed(L.Dense(d.int(1, 4), activation='relu'))(x),
        lambda: L.MultiHeadAttention(d.int(1, 2), d.int(1, 3))(x, x), lambda: L.Attention(use_scale=d.yes())([x, x]),
        lambda: L.AdditiveAttention()([x, x]), lambda: L.SpatialDropout1D(.1)(x), lambda: L.Dense(d.int(1, 4))(x))()


def flatten(d, x):
    if len(x.shape) == 4:
        return d.of(L.Flatten, L.GlobalAveragePooling2D, L.GlobalMaxPooling2D)()(x)
    if len(x.shape) == 3:
        return d.of(L.Flatten, L.GlobalMaxPooling1D)()(x) if not hasattr(x, '_keras_mask') else L.GlobalAveragePooling1D()(x)
    return x


def operate(d, x):
    y = L.Dense(x.shape[-1])(x)
    return d.of(lambda: x * 2 + y, lambda: 1. - x / 2, lambda: tf.nn.relu(x) - y, lambda: tf.concat([x, y], axis=-1), lambda: tf.reduce_mean(x, axis=-1, keepdims=True) + y,
                lambda: x[:, :1] * y, lambda: tf.math.sigmoid(x) * tf.square(y), lambda: tf.expand_dims(x, 1)[:, 0], lambda: tf.cast(x > 0, 'float32') * y, lambda: -x,
                lambda: tf.reshape(x, (-1, x.shape[-1])), lambda: tf.stack([x, y], axis=1)[:, 1], lambda: tf.clip_by_value(x, -.5, .5), lambda: tf.matmul(x, y, transpose_b=True)[:, :1],
                lambda: tf.nn.softmax(x) ** 2, lambda: tf.maximum(x, y), lambda: tf.where(x > 0, x, y), lambda: tf.exp(-tf.abs(x)), lambda: tf.split(tf.concat([x, y], -1), 2, axis=-1)[1])()


def nested(d, x):
    i = tf_keras.Input((x.shape[-1],))
    inner = d.of(lambda: tf_keras.Sequential([tf_keras.Input((x.shape[-1],)), L.Dense(3, activation='tanh'), L.Dense(x.shape[-1])]),
                 lambda: tf_keras.Model(i, L.Add()([i, L.Dense(x.shape[-1])(i)])))()
    if d.yes():
        inner.trainable = False
    return d.of(lambda: inner(x), lambda: inner(inner(x)), lambda: L.Add()([inner(x), inner(L.Dense(x.shape[-1])(x))]))()


def shared(d, x):
    layer = L.Dense(x.shape[-1], **dense_like(d))
    return L.Subtract()([layer(x), layer(layer(x))])


STEPS = dict(sequential=numbers, functional=numbers, convolutional=spatial, recurrent=sequence, masked=sequence, nested=nested, shared=shared, operators=operate)


def inputs(d, name):
    if name == 'convolutional':
        return tf_keras.Input((d.int(3, 7), d.int(3, 7), d.int(1, 3)), name='in0')
    if name == 'recurrent':
        return tf_keras.Input((d.int(2, 5), d.int(1, 4)), name='in0')
    if name == 'masked':
        return tf_keras.Input((d.int(2, 5),), dtype='int32', name='in0')
    return tf_keras.Input((d.int(2, 6),), name='in0')


def build(d, name):
    x = inputs(d, name)
    y = L.Embedding(6, d.int(1, 4), mask_zero=d.yes())(x) if name == 'masked' else x
    for _ in range(d.int(1, 3)):
        y = STEPS[name](d, y)
    y = flatten(d, y)
    for _ in range(d.int(0, 2)):
        y = numbers(d, y)
    return tf_keras.Model(x, L.Dense(2, name='out')(flatten(d, y)))


def sequential(d):
    width = d.int(2, 6)
    model = tf_keras.Sequential([L.Dense(4, input_shape=(width,)) if d.yes() else tf_keras.Input((width,)),
                                 *[d.of(L.Dense(3, **dense_like(d)), L.BatchNormalization(), L.LeakyReLU(.3), L.Dropout(.2)) for _ in range(d.int(1, 4))], L.Dense(2, name='out')])
    return model


def draw_legacy(name, seed):
    d = Draw('legacy ' + name, seed)
    tf_keras.backend.clear_session()
    tf_keras.utils.set_random_seed(seed)
    model = sequential(d) if name == 'sequential' else build(d, name)
    for v in model.weights:
        noise = d.rng.normal(0, .1, v.shape).astype('float32')
        v.assign(v + (np.abs(noise) if 'variance' in v.name else noise))
    shape, n = tuple(model.inputs[0].shape[1:]), 12
    x = d.rng.integers(0, 6, (n,) + shape).astype('int32') if name == 'masked' else d.rng.normal(0, 1, (n,) + shape).astype('float32')
    rule = d.of(*OPTIMIZERS)
    model.compile(getattr(tf_keras.optimizers, rule)(**OPTIMIZERS[rule](d)), d.of('mse', 'mae', tf_keras.losses.Huber()), metrics=d.of(None, ['mae']))
    return LegacyTrial(model, [x], [d.rng.normal(0, 1, (n, 2)).astype('float32')], what=f'{rule} {[type(l).__name__ for l in model.layers]}')


class LegacyComparison(Comparison):
    """Only reading: Keras 2 does not read what Keras 3 writes."""

    def prepare(self):
        model, x = self.trial.model, self.trial.xs[0]
        np.save(self.at('x.npy'), x)
        np.save(self.at('y.npy'), self.trial.ys[0])
        random = any(isinstance(l, (L.Dropout, L.GaussianNoise, L.GaussianDropout, L.AlphaDropout, L.SpatialDropout1D, L.SpatialDropout2D)) for l in model.layers)
        # The slices of an embedding's gradient count otherwise in Keras 2.
        self.trains = not random and not any(isinstance(l, L.Embedding) for l in model.layers)
        if self.trains:
            model.fit(x, self.trial.ys[0], batch_size=5, epochs=1, shuffle=False, verbose=0)
        self.expected = [model.predict(x, verbose=0)]
        if self.form == 'json':
            with open(self.at('m.json'), 'w') as f:
                f.write(model.to_json())
            model.save_weights(self.at('m.weights.h5'))
            model.save_weights(self.at('old.h5'))
            self.path = 'm.json'
        else:
            self.path = f'm.{self.form}'
            model.save(self.at(self.path), **(dict(save_format='h5') if self.form == 'h5' else {}))

    def predicts(self, what, path):
        self.cli('predict', path, '--input', 'x.npy', '--output', 'out.npy')
        self.check(what, [np.load(self.at('out.npy'))], self.expected, PREDICTION)

    def predict(self):
        if self.form != 'json':
            self.predicts('predict', self.path)
            return
        for weights in ('m.weights.h5', 'old.h5'):
            self.cli('convert', 'm.json', 'joined.keras', '--weights', weights)
            self.predicts(f'predict with {weights}', 'joined.keras')

    def convert(self):
        """Keras 3 loads what becomes of it."""
        import keras
        if self.form == 'json':
            return
        self.cli('convert', self.path, 'c.keras')
        again = keras.saving.load_model(self.at('c.keras'))
        self.check('convert', [keras.ops.convert_to_numpy(again(self.trial.xs[0], training=False))], self.expected, PREDICTION)

    def train(self):
        if not self.trains or self.form == 'json':
            return
        self.cli('train', self.path, '--x', 'x.npy', '--y', 'y.npy', '--no-shuffle', '--batch-size', '5', '--epochs', '2', '--output', 't.keras')
        self.cli('predict', 't.keras', '--input', 'x.npy', '--output', 'out.npy')
        self.expected = [self.goes_on(self.trial.model)]
        apart = self.apart([np.load(self.at('out.npy'))], self.expected)
        if apart <= 2 * TRAINING:
            return
        # As much as tf-keras itself is off after a file, or where a weight without a gradient is moved by rounding.
        other = tf_keras.models.load_model(self.at(self.path))
        nudge(other)
        if apart > 10 * self.apart([self.goes_on(other)], self.expected):
            self.problems.append(f'goes on {apart:.1e}')

    def goes_on(self, model):
        model.fit(self.trial.xs[0], self.trial.ys[0], batch_size=5, epochs=2, shuffle=False, verbose=0)
        return model.predict(self.trial.xs[0], verbose=0)

    def evaluate(self):
        """Folders of TensorFlow's are refused in words."""
        if self.form != 'keras':
            return
        self.trial.model.save(self.at('saved'), save_format='tf')
        done = subprocess.run([self.cli.path, 'summary', 'saved'], capture_output=True, text=True, cwd=self.d)
        if done.returncode != 1 or 'SavedModel' not in done.stderr:
            self.problems.append(f'a SavedModel: {done.returncode} {done.stderr}')
        shutil.rmtree(os.path.join(self.d, 'saved'))


class LegacyTrial(Trial):
    comparison = LegacyComparison
