# SPDX-License-Identifier: LGPL-2.1-or-later
"""Recurrent layers and attention, for single.py."""
import keras
from keras import layers as L

from .case import Case, Input, layer, merge, shape
from .choices import activation, weight


# Recurrent

def recurrent_options(d, kind, cell=False):
    options = d.some(activation=lambda: activation(d, True), use_bias=lambda: d.yes()) | weight(d, 'kernel', 2) | weight(d, 'recurrent', 2) | weight(d, 'bias', 1)
    for key in ('kernel_constraint', 'recurrent_constraint', 'bias_constraint'):
        if key in options and d.yes():
            options.pop(key)
    if kind != 'SimpleRNN':
        options |= d.some(recurrent_activation=lambda: d.of('sigmoid', 'hard_sigmoid', 'tanh'))
    if kind == 'LSTM':
        options |= d.some(unit_forget_bias=lambda: d.yes())
    if kind == 'GRU':
        options |= d.some(reset_after=lambda: d.yes())
    if cell:
        return options
    options |= d.some(return_sequences=lambda: d.yes(), return_state=lambda: d.yes(), go_backwards=lambda: d.yes(), unroll=lambda: d.yes(.3))
    if d.yes(.3):
        options |= d.some(zero_output_for_mask=lambda: d.yes())
    if d.yes(.2):
        options |= d.some(dropout=.3, recurrent_dropout=.2, seed=4)
    return options


@layer('SimpleRNN', 'LSTM', 'GRU')
def recurrent(d, name):
    units = d.int(1, 4)
    options = dict(units=units, **recurrent_options(d, name))
    trains = not (options.get('dropout') or options.get('recurrent_dropout'))
    padded, stated, states = d.yes(.4), d.yes(.3), 2 if name == 'LSTM' else 1
    if name == 'GRU' and options.get('reset_after') is False and not d.yes(.7):
        options.pop('reset_after')
    inputs = [Input(shape(d, 2, 1, 5), padded=padded)] + [Input((units,)) for _ in range(states if stated else 0)]

    def call(x):
        y = L.Masking()(x[0]) if padded else x[0]
        return getattr(L, name)(**options)(y, **({'initial_state': x[1:] if states > 1 else x[1]} if stated else {}))
    return Case(inputs, call, trains, options | dict(padded=padded, stated=stated))


def cells(d):
    def single():
        kind = d.of('SimpleRNN', 'LSTM', 'GRU')
        options = dict(units=d.int(1, 4), **recurrent_options(d, kind, True))
        return lambda: getattr(L, kind + 'Cell')(**options), (kind, options)
    made = [single() for _ in range(d.of(1, 1, 2, 3))]
    how = d.of('list', 'stack')
    if len(made) == 1 and how == 'list':
        return made[0][0], [m[1] for m in made]
    return (lambda: [m[0]() for m in made] if how == 'list' else L.StackedRNNCells([m[0]() for m in made])), [m[1] for m in made]


@layer('RNN', 'StackedRNNCells', 'SimpleRNNCell', 'LSTMCell', 'GRUCell')
def rnn(d, name):
    cell, what = cells(d)
    options = d.some(return_sequences=lambda: d.yes(), return_state=lambda: d.yes(), go_backwards=lambda: d.yes(), unroll=lambda: d.yes(), zero_output_for_mask=lambda: d.yes())
    padded = d.yes(.4)
    return Case([Input(shape(d, 2, 1, 5), padded=padded)], lambda x: L.RNN(cell(), **options)(L.Masking()(x[0]) if padded else x[0]), options=options | dict(cells=what, padded=padded))


@layer('cells alone')
def cell_alone(d, name):
    """A step of a cell on states that are inputs, perhaps several times."""
    kind, units, times = d.of('SimpleRNN', 'LSTM', 'GRU'), d.int(1, 4), d.of(1, 1, 3)
    options = dict(units=units, **recurrent_options(d, kind, True))
    states = 2 if kind == 'LSTM' else 1

    def call(x):
        made, now = getattr(L, kind + 'Cell')(**options), x[1:] if states > 1 or d.yes() else x[1]
        for _ in range(times):
            y, now = made(x[0], now)
        return [y, *now] if isinstance(now, (list, tuple)) and d.yes() else y
    return Case([Input(shape(d, 1))] + [Input((units,)) for _ in range(states)], call, options=options | dict(kind=kind, times=times))


@layer('steps alone')
def steps_alone(d, name):
    """TimeDistributed around layers of every kind, on sequences, images in time and masks."""
    width = d.int(2, 4)
    inner, s = d.of((lambda: L.Activation(activation(d)), (width,)), (lambda: L.Softmax(), (2, width)), (lambda: L.PReLU(), (width,)), (lambda: L.LeakyReLU(.1), (width,)),
                    (lambda: L.ELU(.7), (2, width)), (lambda: L.ReLU(1.), (width,)), (lambda: L.Dropout(0.), (width,)), (lambda: L.UnitNormalization(), (width,)),
                    (lambda: L.SeparableConv2D(2, 2, padding='same'), (4, 3, 2)), (lambda: L.DepthwiseConv2D(2), (4, 3, 2)), (lambda: L.Conv2DTranspose(2, 2, strides=2), (2, 3, 2)),
                    (lambda: L.AveragePooling2D(2), (4, 4, 2)), (lambda: L.GlobalMaxPooling2D(), (2, 3, 2)), (lambda: L.BatchNormalization(axis=1), (2, width)),
                    (lambda: L.GroupNormalization(1), (2, width)), (lambda: L.ZeroPadding2D(1), (2, 2, 1)), (lambda: L.UpSampling2D(2), (2, 2, 1)), (lambda: L.Permute((2, 1)), (2, width)),
                    (lambda: L.RepeatVector(2), (width,)), (lambda: L.Rescaling(.5, 1.), (width,)), (lambda: L.EinsumDense('ab,bc->ac', 3, bias_axes='c'), (width,)),
                    (lambda: keras.Sequential([L.Dense(3, activation='tanh'), L.Dense(2)]), (width,)), (lambda: nested(width), (width,)), (lambda: L.TimeDistributed(L.Dense(2)), (2, width)),
                    (lambda: L.Embedding(5, 2), None), (lambda: L.GRU(2, return_sequences=True), (3, width)))
    padded = s is not None and len(s) == 1 and d.yes(.4)
    made = Input((d.int(1, 4), 3), 'int32', below=5) if s is None else Input((d.int(1, 4),) + s, padded=padded)
    onward = d.yes() and padded

    def call(x):
        y = L.TimeDistributed(inner())(L.Masking()(x[0]) if padded else x[0])
        return L.GRU(2)(y) if onward and len(y.shape) == 3 else y
    return Case([made], call, options=dict(inner=type(inner()).__name__, padded=padded, onward=onward))


def nested(width):
    x = keras.Input((width,))
    return keras.Model(x, L.Add()([L.Dense(width, activation='tanh')(x), x]))


@layer('Bidirectional')
def bidirectional(d, name):
    kind, padded, units = d.of('SimpleRNN', 'LSTM', 'GRU'), d.yes(.4), d.int(1, 3)
    inner = dict(units=units, **recurrent_options(d, kind))
    inner.pop('dropout', None), inner.pop('recurrent_dropout', None)
    options = d.some(merge_mode=lambda: d.of('concat', 'sum', 'mul', 'ave', None))
    other = d.yes(.2)
    inner['go_backwards'] = inner.get('go_backwards', False) and not other

    def call(x):
        back = getattr(L, kind)(**(inner | dict(go_backwards=True, name='back'))) if other else None
        return L.Bidirectional(getattr(L, kind)(**inner), backward_layer=back, **options)(L.Masking()(x[0]) if padded else x[0])
    return Case([Input(shape(d, 2, 1, 5), padded=padded)], call, options=options | dict(kind=kind, inner=inner, padded=padded, other=other))


@layer('TimeDistributed')
def time_distributed(d, name):
    inner, s = d.of((lambda: L.Dense(3, activation='relu'), (4,)), (lambda: L.Conv2D(2, 2), (4, 4, 2)), (lambda: L.Flatten(), (2, 3)), (lambda: L.MaxPooling1D(2), (4, 2)),
                    (lambda: L.BatchNormalization(), (3,)), (lambda: L.LSTM(2), (3, 2)), (lambda: L.Activation('softmax'), (3,)), (lambda: L.LayerNormalization(), (3,)),
                    (lambda: L.GlobalAveragePooling1D(), (3, 2)), (lambda: L.Reshape((3, 2)), (6,)), (lambda: L.Bidirectional(L.GRU(2)), (3, 2)))
    padded = d.yes(.3)
    return Case([Input((d.int(1, 4),) + s, padded=padded and len(s) == 1)], lambda x: L.TimeDistributed(inner())(L.Masking()(x[0]) if padded and len(s) == 1 else x[0]),
                options=dict(inner=type(inner()).__name__, padded=padded))


# Attention

def attention_inputs(d, width=None):
    c = d.int(1, 5)
    q, k = (d.int(1, 4), c), (d.int(1, 4), width or c)
    return [Input(q), Input(k)] + ([Input((k[0], d.int(1, 4)))] if d.yes(.3) else [])


@layer('Attention', 'AdditiveAttention')
def attention(d, name):
    options = d.some(use_scale=lambda: d.yes(), **({'score_mode': lambda: d.of('dot', 'concat')} if name == 'Attention' else {}), **({'dropout': .4} if d.yes(.2) else {}))
    made = attention_inputs(d)
    if len(made) == 3:
        made = [made[0], Input((made[2].shape[0], made[2].shape[1])), Input(made[1].shape)]
    call = {}
    if made[0].shape[0] == made[1].shape[0] and d.yes():
        call['use_causal_mask'] = True
    if d.yes(.2):
        call['return_attention_scores'] = True
    if d.yes(.3):
        for i in made:
            i.padded = True
        return Case(made, lambda x: getattr(L, name)(**options)([L.Masking()(a) for a in x], **call), not options.get('dropout'), options | call)
    return merge(made, name, options, not options.get('dropout'), **call)


def heads(d, name, options, made, trains):
    call = {}
    if made[0].shape[:-1] == made[1].shape[:-1] and d.yes():
        call['use_causal_mask'] = True
    if d.yes(.2):
        call['return_attention_scores'] = True
    if d.yes(.3) and len(made[0].shape) == 2:
        for i in made:
            i.padded = True
    mask = len(made[0].shape) == 2 and d.yes(.2)
    extra = [Input((made[0].shape[0], made[1].shape[0]), 'bool', below=2)] if mask else []

    def run(x):
        x, m = (x[:-1], x[-1]) if mask else (x, None)
        x = [L.Masking()(a) if i.padded else a for a, i in zip(x, made)]
        named = dict(zip(('query', 'value', 'key'), x))
        return getattr(L, name)(**options)(named['query'], named['value'], **({'key': named['key']} if 'key' in named else {}), **({'attention_mask': m} if mask else {}), **call)
    return Case(made + extra, run, trains, options | call | dict(padded=made[0].padded, mask=mask))


@layer('MultiHeadAttention')
def multi_head(d, name):
    options = dict(num_heads=d.int(1, 3), key_dim=d.int(1, 4)) | d.some(value_dim=lambda: d.int(1, 4), use_bias=lambda: d.yes(), output_shape=lambda: d.of(4, (6,), (2, 3))) \
        | weight(d, 'kernel', 1) | weight(d, 'bias', 1) | (d.some(use_gate=lambda: d.yes()) if d.yes(.3) else {}) | ({'dropout': .4} if d.yes(.1) else {})
    made = attention_inputs(d, d.int(1, 4))
    if len(made) == 3:
        made = [made[0], Input(made[1].shape), Input((made[1].shape[0], made[2].shape[1]))]
    if d.yes(.15):
        made, _ = [Input((3, 2, 4)), Input((3, 2, 4))], options.update(attention_axes=d.of((1,), (2,), (1, 2)))
        options.pop('use_gate', None)
    elif made[0].shape[0] == made[1].shape[0] and d.yes(.2):
        options['sliding_window'] = d.int(1, 3)
    return heads(d, name, options, made, not options.get('dropout'))


@layer('GroupQueryAttention')
def group_query(d, name):
    kv = d.int(1, 2)
    options = dict(head_dim=d.int(1, 4), num_query_heads=kv * d.int(1, 3), num_key_value_heads=kv) | d.some(use_bias=lambda: d.yes()) | weight(d, 'kernel', 1) | weight(d, 'bias', 1) \
        | (d.some(use_gate=lambda: d.yes()) if d.yes(.3) else {})
    made = attention_inputs(d, d.int(1, 4))
    return heads(d, name, options, [made[0], Input((made[1].shape[0], made[0].shape[1]))], True)
