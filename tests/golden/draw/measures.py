# SPDX-License-Identifier: LGPL-2.1-or-later
"""Losses and metrics with every option drawn, on models of one layer: weights of samples and of steps, masks, batches that do not come out even."""
import keras
import numpy as np
from keras import layers as L, losses, metrics

from .choices import Draw
from .compare import Trial

NEUTRAL = dict(num_thresholds=lambda d: d.int(2, 40))

# Class -> kind of target and output, and options.
LOSSES = {
    'MeanSquaredError': ('real', {}), 'MeanAbsoluteError': ('real', {}), 'MeanAbsolutePercentageError': ('real', {}), 'MeanSquaredLogarithmicError': ('positive', {}),
    'Huber': ('real', {}),  # files of Keras lack its delta
    'LogCosh': ('real', {}), 'KLDivergence': ('one-hot', {}), 'Poisson': ('positive', {}), 'Hinge': ('binary', {}),
    'SquaredHinge': ('signs', {}), 'CategoricalHinge': ('one-hot', {}), 'CosineSimilarity': ('real', dict(axis=lambda d: d.of(-1, 1))),
    'BinaryCrossentropy': ('binary', dict(from_logits=lambda d: d.yes(), label_smoothing=lambda d: d.real(0, .5), axis=lambda d: d.of(-1, 1))),
    'CategoricalCrossentropy': ('one-hot', dict(from_logits=lambda d: d.yes(), label_smoothing=lambda d: d.real(0, .5))),
    'SparseCategoricalCrossentropy': ('sparse', dict(from_logits=lambda d: d.yes(), ignore_class=lambda d: d.of(None, 0, 1))),
    'BinaryFocalCrossentropy': ('binary', dict(from_logits=lambda d: d.yes(), label_smoothing=lambda d: d.real(0, .5), alpha=lambda d: d.real(.1, .9), gamma=lambda d: d.real(.5, 4),
                                               apply_class_balancing=lambda d: d.yes())),
    'CategoricalFocalCrossentropy': ('one-hot', dict(from_logits=lambda d: d.yes(), label_smoothing=lambda d: d.real(0, .5), alpha=lambda d: d.of(.25, .6), gamma=lambda d: d.real(.5, 4))),
    'CategoricalGeneralizedCrossEntropy': ('sparse', dict(q=lambda d: d.real(.1, .9))), 'Dice': ('binary', dict(axis=lambda d: d.of(None, [1]))),
    'Tversky': ('binary', dict(alpha=lambda d: d.real(.1, .9), beta=lambda d: d.real(.1, .9), axis=lambda d: d.of(None, [1])))}

TOPS = dict(top_k=lambda d: d.of(None, 1, 2), class_id=lambda d: d.of(None, 0, 1))
COUNTS = dict(thresholds=lambda d: d.of(None, .5, d.real(.1, .9), [d.real(0, 1) for _ in range(d.int(1, 4))]))

METRICS = {
    **{n: ('real', {}) for n in ('MeanSquaredError', 'MeanAbsoluteError', 'MeanAbsolutePercentageError', 'RootMeanSquaredError', 'LogCoshError')},
    'MeanSquaredLogarithmicError': ('positive', {}), 'Poisson': ('positive', {}), 'KLDivergence': ('one-hot', {}), 'Hinge': ('binary', {}), 'SquaredHinge': ('signs', {}),
    'CategoricalHinge': ('one-hot', {}), 'CosineSimilarity': ('real', dict(axis=lambda d: d.of(-1, 1))),
    'BinaryCrossentropy': ('binary', dict(from_logits=lambda d: d.yes(), label_smoothing=lambda d: d.real(0, .5))),
    'CategoricalCrossentropy': ('one-hot', dict(from_logits=lambda d: d.yes(), label_smoothing=lambda d: d.real(0, .5))),
    'SparseCategoricalCrossentropy': ('sparse', dict(from_logits=lambda d: d.yes(), ignore_class=lambda d: d.of(None, 0))),
    'Accuracy': ('binary', {}), 'BinaryAccuracy': ('binary', dict(threshold=lambda d: d.real(.1, .9))), 'CategoricalAccuracy': ('one-hot', {}), 'SparseCategoricalAccuracy': ('sparse', {}),
    'TopKCategoricalAccuracy': ('one-hot', dict(k=lambda d: d.int(1, 3))), 'SparseTopKCategoricalAccuracy': ('sparse', dict(k=lambda d: d.int(1, 3))),
    **{n: ('binary', COUNTS) for n in ('TruePositives', 'FalsePositives', 'TrueNegatives', 'FalseNegatives')},
    'Precision': ('many', COUNTS | TOPS), 'Recall': ('many', COUNTS | TOPS),
    'PrecisionAtRecall': ('many', dict(recall=.5, class_id=TOPS['class_id'], **NEUTRAL)), 'RecallAtPrecision': ('many', dict(precision=.5, class_id=TOPS['class_id'], **NEUTRAL)),
    'SensitivityAtSpecificity': ('many', dict(specificity=.6, class_id=TOPS['class_id'], **NEUTRAL)), 'SpecificityAtSensitivity': ('many', dict(sensitivity=.6, class_id=TOPS['class_id'], **NEUTRAL)),
    'AUC': ('many', dict(curve=lambda d: d.of('ROC', 'PR', 'PRGAIN'), summation_method=lambda d: d.of('interpolation', 'minoring', 'majoring'), multi_label=lambda d: d.yes(),
                         from_logits=lambda d: d.yes(.3), thresholds=lambda d: d.of(None, None, sorted(d.real(0, 1) for _ in range(3))), **NEUTRAL)),
    'F1Score': ('many', dict(average=lambda d: d.of(None, 'micro', 'macro', 'weighted'), threshold=lambda d: d.of(None, d.real(.2, .8)))),
    'FBetaScore': ('many', dict(average=lambda d: d.of(None, 'micro', 'macro', 'weighted'), beta=lambda d: d.real(.3, 3), threshold=lambda d: d.of(None, d.real(.2, .8)))),
    'IoU': ('sparse', dict(num_classes=3, target_class_ids=lambda d: d.of([0], [1, 2], [0, 1, 2]), ignore_class=lambda d: d.of(None, 0, 2), sparse_y_pred=False)),
    'MeanIoU': ('sparse', dict(num_classes=3, ignore_class=lambda d: d.of(None, 0, 2), sparse_y_pred=False)),
    'OneHotIoU': ('one-hot', dict(num_classes=3, target_class_ids=lambda d: d.of([0], [1, 2]), ignore_class=lambda d: d.of(None, 0))),
    'OneHotMeanIoU': ('one-hot', dict(num_classes=3, ignore_class=lambda d: d.of(None, 0))),
    'BinaryIoU': ('binary', dict(target_class_ids=lambda d: d.of([0], [1], [0, 1]), threshold=lambda d: d.real(.2, .8))),
    'R2Score': ('real', dict(class_aggregation=lambda d: d.of(None, 'uniform_average', 'variance_weighted_average'), num_regressors=lambda d: d.int(0, 2))),
    'PearsonCorrelation': ('real', {}), 'ConcordanceCorrelation': ('real', {})}

# Metrics that take no steps, and those that count weights as whole numbers.
FLAT = {'F1Score', 'FBetaScore', 'R2Score', 'AUC', 'IoU', 'MeanIoU', 'OneHotIoU', 'OneHotMeanIoU', 'BinaryIoU', 'PearsonCorrelation', 'ConcordanceCorrelation'}
ENDS = {'real': None, 'positive': 'softplus', 'signs': 'tanh', 'binary': 'sigmoid', 'one-hot': 'softmax', 'sparse': 'softmax', 'many': 'sigmoid'}


def options(d, table):
    """What must be given is no function, or is needed by Keras; of the rest, some."""
    needed = {k: v for k, v in table.items() if not callable(v) or k == 'target_class_ids'}
    return {k: v(d) if callable(v) else v for k, v in needed.items()} | d.some(**{k: (lambda v=v: v(d)) for k, v in table.items() if k not in needed})


def targets(d, kind, shape, single):
    """single: whether class numbers may have a dimension of 1 at the end."""
    if kind == 'sparse':
        y = d.rng.integers(0, shape[-1], shape[:-1])
        return y[..., None] if single and d.yes(.3) else y
    if kind == 'one-hot':
        return np.eye(shape[-1], dtype='float32')[d.rng.integers(0, shape[-1], shape[:-1])]
    if kind in ('binary', 'many'):
        return d.rng.integers(0, 2, shape).astype(d.of('float32', 'int32', 'bool'))
    if kind == 'signs':
        return d.rng.choice([-1., 1.], shape).astype('float32')
    y = d.rng.normal(0, 1, shape).astype('float32')
    return np.abs(y) if kind == 'positive' else y


def ending(d, kind, loss, logits):
    """What the loss expects; crossentropies look behind a softmax or a sigmoid, even where they should not."""
    if kind in ('binary', 'one-hot', 'sparse') and 'rossentropy' in type(loss).__name__ and d.yes(.3):
        return d.of('softmax', 'sigmoid')
    return None if logits else ENDS[kind]


def trial(d, kind, classes, loss, metric, flat, logits):
    n, steps, size = d.int(6, 14), d.int(2, 4), d.of(4, 5, 32)
    sequence, weighted = not flat and d.yes(.35), d.yes()
    masked = sequence and d.yes(.3)
    x = keras.Input((steps, 4) if sequence else (4,), name='in0')
    y = L.Masking()(x) if masked else x
    y = L.Dense(classes, activation=ending(d, kind, loss, logits), name='out')(y)
    model = keras.Model(x, y)
    for w in model.weights:
        w.assign(d.rng.normal(0, 1, w.shape))
    model.compile(keras.optimizers.SGD(.01), loss, **{'weighted_metrics' if weighted and d.yes() else 'metrics': metric}, jit_compile=False)
    xs = d.rng.normal(0, 1, (n,) + x.shape[1:]).astype('float32')
    if masked:
        xs *= (np.arange(steps)[None] < d.rng.integers(1, steps + 1, (n, 1)))[..., None]
    made = Trial(model, [xs], [targets(d, kind, (n,) + (steps,) * sequence + (classes,), type(loss).__name__ != 'CategoricalGeneralizedCrossEntropy')], fit=dict(epochs=2, batch_size=size), arguments=['--epochs', '2', '--batch-size', str(size)],
                 what=f'{loss if isinstance(loss, str) else loss.get_config()} {[m.get_config() for m in metric]} {sequence=} {masked=} {weighted=} {n=} {size=}')
    if weighted:
        shape = (n, steps) if sequence else (n,)
        whole = flat and 'IoU' in type(metric[0]).__name__ if metric else False
        w = d.rng.integers(0, 3, shape).astype('float32') if whole else d.rng.uniform(.2, 2, shape).astype('float32')
        made.fit['sample_weight'] = made.weights_of = w
        made.files['weights.npy'] = w
        made.arguments += ['--sample-weight', 'weights.npy']
    made.evaluation = dict(batch_size=size, **({'sample_weight': made.weights_of} if weighted else {}))
    return made


def draw_loss(name, seed):
    d = Draw('loss ' + name, seed)
    kind, table = LOSSES[name]
    chosen = options(d, table)
    loss = getattr(losses, name)(**chosen, reduction=d.of('sum_over_batch_size', 'sum', 'mean', 'mean_with_sample_weight', 'none'))
    return trial(d, kind, d.of(1, 3) if kind in ('binary', 'signs', 'real', 'positive') else 3, loss, [], name in ('Dice', 'Tversky') or chosen.get('axis') == 1, chosen.get('from_logits'))


def draw_metric(name, seed):
    d = Draw('metric ' + name, seed)
    kind, table = METRICS[name]
    chosen = options(d, table)
    made = getattr(metrics, name)(**chosen)
    classes = d.of(1, 3) if kind in ('binary', 'signs', 'real', 'positive') else 3
    return trial(d, kind, classes, 'mse' if kind not in ('sparse',) else 'sparse_categorical_crossentropy', [made], name in FLAT or chosen.get('axis') == 1, chosen.get('from_logits'))
