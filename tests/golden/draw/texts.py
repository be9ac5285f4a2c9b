# SPDX-License-Identifier: LGPL-2.1-or-later
"""Random models that begin with texts, or with codes that are looked up, trained with random optimizers and losses."""
import keras
import numpy as np
from keras import layers as L

from .choices import Draw
from .compare import perturb
from .training import trial

TEXTS = ('StringLookup', 'IntegerLookup', 'TextVectorization', 'Hashing', 'HashedCrossing', 'together')

WORDS = ['red', 'green', 'Blue', 'straße', 'café', 'naïve', '東京', '🙂', "don't", 'e-mail', 'x', 'ÉCOLE', 'İ', '', 'tab', 'UNK', '[UNK]', 'zebra', 'red', 'green']
MARKS = ['', '', '', ',', '.', '!', ' ', ';', '"', '(', '-', '_', '\t', '\n', '|', '~']
CODES = ('int', 'int', 'one_hot', 'multi_hot', 'count', 'tf_idf')


def word(d):
    return d.of(*WORDS)


def sentence(d):
    return ' '.join(d.of('', d.of(*MARKS)) + word(d) + d.of(*MARKS) for _ in range(d.int(0, 7)))


def vocabulary(d, among):
    return [str(w) for w in d.rng.permutation(sorted(set(among) - {'', '[UNK]'}))][:d.int(2, 8)]


def weights_of(d, mode, tokens):
    return dict(idf_weights=[d.real(.2, 3) for _ in tokens]) if mode == 'tf_idf' else {}


def lookup(d, name):
    """StringLookup and IntegerLookup, with a vocabulary given or learnt."""
    texts = name == 'StringLookup'
    mode, tokens = d.of(*CODES), vocabulary(d, WORDS) if texts else [int(i) + 1 for i in d.rng.permutation(9)[:d.int(2, 6)]]
    options = dict(output_mode=mode) | d.some(num_oov_indices=lambda: d.int(1, 3), mask_token=lambda: '' if texts else 0)
    if mode not in ('int', 'tf_idf') and d.yes(.3):
        options['pad_to_max_tokens'], options['max_tokens'] = True, 15
    if texts and d.yes(.2):
        options['encoding'] = 'utf-8'
    learnt = mode != 'tf_idf' and d.yes(.4)
    made = getattr(L, name)(**options, **({} if learnt else dict(vocabulary=tokens, **weights_of(d, mode, tokens))))
    if learnt:
        made.adapt(np.array(tokens * 2 + tokens[:1], dtype=object if texts else 'int64'))
    return made, 15, learnt


def vectorization(d):
    mode, tokens = d.of('int', 'int', 'multi_hot', 'count', 'tf_idf'), vocabulary(d, [w.lower().replace("'", '').replace('-', '') for w in WORDS])
    options = dict(output_mode=mode) | d.some(standardize=lambda: d.of('lower', 'strip_punctuation', None, 'lower_and_strip_punctuation'), split=lambda: d.of('whitespace', 'character', None),
                                              ngrams=lambda: d.of(2, (1, 3)))
    if mode == 'int':
        options['output_sequence_length'] = d.int(1, 7)
    elif d.yes(.3):
        options['pad_to_max_tokens'], options['max_tokens'] = True, 30
    learnt = d.yes(.4)
    made = L.TextVectorization(**options, **({} if learnt else dict(vocabulary=tokens, **weights_of(d, mode, tokens))))
    if learnt:
        made.adapt([sentence(d) for _ in range(6)] + tokens)
    return made, 300, learnt


def hashing(d):
    options = dict(num_bins=d.int(2, 9), **d.some(mask_value=lambda: d.of('', 'red'), salt=lambda: d.of(5, [3, 9]), output_mode=lambda: d.of('int', 'one_hot', 'multi_hot', 'count')))
    return L.Hashing(**options), 10, False


def onward(d, x, below):
    """A row of numbers of what a text layer made."""
    if 'int' in x.dtype:
        y = L.Embedding(below + 10, d.int(1, 4), mask_zero=d.yes())(x)
        if len(y.shape) == 2:
            return y
        return d.of(L.Flatten(), L.GlobalMaxPooling1D(), L.LSTM(3), L.GRU(2, go_backwards=True), L.GlobalAveragePooling1D())(y) if len(y.shape) == 3 else L.Flatten()(y)
    return L.Flatten()(x) if len(x.shape) > 2 else x


def texts_of(n, steps, draw):
    return np.array([[draw() for _ in range(steps)] for _ in range(n)])


def branch(d, name, i, n):
    """Inputs, data, what is made of them, and whether only `.keras` keeps what was learnt."""
    if name == 'TextVectorization':
        made, below, learnt = vectorization(d)
        x = keras.Input(d.of((1,), (1,), ()), dtype='string', name=f'in{i}')
        data = texts_of(n, 1, lambda: sentence(d))
        return [x], [data if len(x.shape) == 2 else data[:, 0]], onward(d, made(x), below), learnt
    if name == 'HashedCrossing':
        pair = [keras.Input((1,), dtype=d.of('string', 'int64'), name=f'in{i}{j}') for j in range(2)]
        made = L.HashedCrossing(d.int(2, 9), **d.some(output_mode=lambda: d.of('int', 'one_hot')))
        data = [texts_of(n, 1, lambda: word(d)) if p.dtype == 'string' else d.rng.integers(0, 5, (n, 1)) for p in pair]
        return pair, data, onward(d, made(pair), 10), False
    texts = name != 'IntegerLookup'
    made, below, learnt = hashing(d) if name == 'Hashing' else lookup(d, name)
    steps = d.int(1, 5)
    x = keras.Input((steps,), dtype='string' if texts else d.of('int64', 'int32'), name=f'in{i}')
    data = texts_of(n, steps, lambda: word(d)) if texts else d.rng.integers(0, 12, (n, steps)).astype(x.dtype)
    return [x], [data], onward(d, made(x), below), learnt


def draw_text(name, seed):
    """name: a layer, or together for two of them and numbers beside."""
    d = Draw('text ' + name, seed)
    n = d.int(20, 40)
    kinds = [name] if name != 'together' else [d.of(*TEXTS[:-1]) for _ in range(2)]
    inputs, xs, ends, learnt = [], [], [], False
    for i, kind in enumerate(kinds):
        made, data, end, learns = branch(d, kind, i, n)
        inputs, xs, ends, learnt = inputs + made, xs + data, ends + [end], learnt or learns
    if name == 'together':
        inputs.append(keras.Input((3,), name='numbers'))
        xs.append(d.rng.normal(0, 1, (n, 3)).astype('float32'))
        ends.append(inputs[-1])
    x = ends[0] if len(ends) == 1 else L.Concatenate()(ends)
    made = trial(d, inputs, L.Dense(4, activation='tanh')(x), xs, lambda model: perturb(model, d.rng))
    made.form = 'keras' if learnt else None
    return made
