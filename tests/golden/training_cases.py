# SPDX-License-Identifier: LGPL-2.1-or-later
"""What make_training.py asks Keras: for each class, configs and what kind of targets and predictions it takes."""

PLAIN = [{}, dict(reduction="sum"), dict(reduction=None), dict(reduction="mean_with_sample_weight")]

# kind: real (numbers), positive, binary (0 and 1, probabilities), one-hot, sparse (class numbers), signs, areas, ctc, labels
LOSSES = {
    "MeanSquaredError": ("real", PLAIN),
    "MeanAbsoluteError": ("real", PLAIN),
    "MeanAbsolutePercentageError": ("real", PLAIN),
    "MeanSquaredLogarithmicError": ("positive", PLAIN),
    "Huber": ("real", [{}, dict(delta=0.3), dict(delta=2.0, reduction="sum"), dict(delta=0.7, reduction=None)]),
    "LogCosh": ("real", PLAIN),
    "KLDivergence": ("one-hot", PLAIN),
    "Poisson": ("positive", PLAIN),
    "Hinge": ("binary", PLAIN),
    "SquaredHinge": ("signs", PLAIN),
    "CategoricalHinge": ("one-hot", PLAIN),
    "CosineSimilarity": ("real", [{}, dict(axis=0), dict(reduction="sum"), dict(reduction=None), dict(axis=-2)]),
    "BinaryCrossentropy": ("binary", [{}, dict(from_logits=True), dict(label_smoothing=0.2),
                                      dict(from_logits=True, label_smoothing=0.1, reduction="sum"), dict(axis=0), dict(reduction=None)]),
    "CategoricalCrossentropy": ("one-hot", [{}, dict(from_logits=True), dict(label_smoothing=0.2),
                                            dict(from_logits=True, label_smoothing=0.1, reduction="sum"), dict(axis=1), dict(axis=1, from_logits=True)]),
    "SparseCategoricalCrossentropy": ("sparse", [{}, dict(from_logits=True), dict(ignore_class=1),
                                                 dict(ignore_class=0, from_logits=True, reduction="sum"),
                                                 dict(ignore_class=2, reduction="mean_with_sample_weight"), dict(reduction=None)]),
    "BinaryFocalCrossentropy": ("binary", [{}, dict(from_logits=True), dict(gamma=1.0, label_smoothing=0.1),
                                           dict(apply_class_balancing=True, alpha=0.3),
                                           dict(apply_class_balancing=True, from_logits=True, gamma=3.0, reduction="sum")]),
    "CategoricalFocalCrossentropy": ("one-hot", [{}, dict(from_logits=True), dict(alpha=0.5, gamma=1.0, label_smoothing=0.1), dict(axis=1),
                                                 dict(from_logits=True, gamma=3.0, reduction="sum")]),
    "CategoricalGeneralizedCrossEntropy": ("sparse", [{}, dict(q=0.2), dict(q=0.9, reduction="sum")]),
    "Dice": ("binary", [{}, dict(axis=[1]), dict(axis=[0], reduction="sum"), dict(axis=1)]),
    "Tversky": ("binary", [{}, dict(alpha=0.3, beta=0.7), dict(axis=[1], alpha=0.8, beta=0.2), dict(axis=[0], reduction="sum")]),
    "Circle": ("labels", [{}, dict(gamma=8.0), dict(gamma=2.0, margin=0.25), dict(gamma=4.0, remove_diagonal=False, reduction="sum")]),
    "CTC": ("ctc", [{}, dict(reduction="sum"), dict(reduction=None), dict(reduction="mean"), dict(name="again")]),
}

N = dict(num_thresholds=20)
METRICS = {
    "MeanSquaredError": ("real", [{}]),
    "MeanAbsoluteError": ("real", [{}]),
    "MeanAbsolutePercentageError": ("real", [{}]),
    "MeanSquaredLogarithmicError": ("positive", [{}]),
    "RootMeanSquaredError": ("real", [{}]),
    "LogCoshError": ("real", [{}]),
    "KLDivergence": ("one-hot", [{}, dict(name="again")]),
    "Poisson": ("positive", [{}, dict(name="again")]),
    "Hinge": ("binary", [{}, dict(name="again")]),
    "SquaredHinge": ("signs", [{}, dict(name="again")]),
    "CategoricalHinge": ("one-hot", [{}, dict(name="again")]),
    "CosineSimilarity": ("real", [{}, dict(axis=-1)]),
    "BinaryCrossentropy": ("binary", [{}, dict(from_logits=True), dict(label_smoothing=0.2)]),
    "CategoricalCrossentropy": ("one-hot", [{}, dict(from_logits=True), dict(label_smoothing=0.2)]),
    "SparseCategoricalCrossentropy": ("sparse", [{}, dict(from_logits=True), dict(ignore_class=1)]),
    "Accuracy": ("numbers", [{}, dict(name="again")]),
    "BinaryAccuracy": ("binary", [{}, dict(threshold=0.3), dict(threshold=0.0)]),
    "CategoricalAccuracy": ("one-hot", [{}, dict(name="again")]),
    "SparseCategoricalAccuracy": ("sparse", [{}]),
    "TopKCategoricalAccuracy": ("one-hot", [dict(k=2), dict(k=1)]),
    "SparseTopKCategoricalAccuracy": ("sparse", [dict(k=2), dict(k=1)]),
    "TruePositives": ("binary", [{}, dict(thresholds=0.3), dict(thresholds=[0.8, 0.2, 0.5])]),
    "FalsePositives": ("binary", [{}, dict(thresholds=0.3), dict(thresholds=[0.8, 0.2, 0.5])]),
    "TrueNegatives": ("binary", [{}, dict(thresholds=[0.0, 0.5, 1.0])]),
    "FalseNegatives": ("binary", [{}, dict(thresholds=[0.0, 0.25, 0.5, 0.75, 1.0])]),
    "Precision": ("one-hot", [{}, dict(thresholds=0.3), dict(thresholds=[0.8, 0.2, 0.5]), dict(top_k=2), dict(class_id=1), dict(top_k=1, class_id=0)]),
    "Recall": ("one-hot", [{}, dict(thresholds=0.3), dict(thresholds=[0.1, 0.4]), dict(top_k=2), dict(class_id=1), dict(top_k=2, class_id=2, thresholds=0.2)]),
    "PrecisionAtRecall": ("binary", [dict(recall=0.5), dict(recall=0.7, **N), dict(recall=0.5, num_thresholds=1)]),
    "RecallAtPrecision": ("binary", [dict(precision=0.5), dict(precision=0.7, **N)]),
    "SensitivityAtSpecificity": ("one-hot", [dict(specificity=0.5), dict(specificity=0.7, **N), dict(specificity=0.4, class_id=1, **N)]),
    "SpecificityAtSensitivity": ("one-hot", [dict(sensitivity=0.5), dict(sensitivity=0.7, **N), dict(sensitivity=0.4, class_id=2, **N)]),
    "AUC": ("binary", [{}, dict(num_thresholds=11), dict(curve="PR", **N), dict(curve="PR", summation_method="minoring", **N),
                       dict(curve="PR", summation_method="majoring", **N), dict(curve="PRGAIN", summation_method="majoring", **N),
                       dict(curve="PRGAIN", **N), dict(summation_method="minoring", **N), dict(thresholds=[0.1, 0.6, 0.3]),
                       dict(thresholds=[0.25, 0.5, 0.75]), dict(from_logits=True, **N), dict(multi_label=True, **N),
                       dict(multi_label=True, label_weights=[0.5, 2.0, 1.0], **N), dict(multi_label=True, curve="PR", **N),
                       dict(label_weights=[0.5, 2.0, 1.0], **N)]),
    "F1Score": ("one-hot", [{}, dict(average="micro"), dict(average="macro", threshold=0.4), dict(average="weighted")]),
    "FBetaScore": ("one-hot", [{}, dict(average="micro", beta=2.0), dict(average="macro", beta=0.5, threshold=0.4), dict(average="weighted", beta=1.5)]),
    "IoU": ("numbers", [dict(num_classes=3, target_class_ids=[0, 2]), dict(num_classes=3, target_class_ids=[1], ignore_class=0), dict(num_classes=3, target_class_ids=[0, 1, 2])]),
    "MeanIoU": ("numbers", [dict(num_classes=3), dict(num_classes=3, ignore_class=1), dict(num_classes=3, dtype="float32")]),
    "OneHotIoU": ("one-hot", [dict(num_classes=3, target_class_ids=[0, 2]), dict(num_classes=3, target_class_ids=[0, 1], ignore_class=0)]),
    "OneHotMeanIoU": ("one-hot", [dict(num_classes=3), dict(num_classes=3, ignore_class=2, dtype="float32")]),
    "BinaryIoU": ("binary", [{}, dict(target_class_ids=[1], threshold=0.3), dict(target_class_ids=[0])]),
    "R2Score": ("real", [{}, dict(class_aggregation=None), dict(class_aggregation="variance_weighted_average"), dict(num_regressors=2)]),
    "PearsonCorrelation": ("real", [{}, dict(axis=0)]),
    "ConcordanceCorrelation": ("real", [{}, dict(axis=0)]),
}

R = dict(learning_rate=0.1)
DECAY = {"module": "keras.optimizers.schedules", "class_name": "ExponentialDecay", "config": dict(initial_learning_rate=0.1, decay_steps=2, decay_rate=0.5)}


def inner(name, **config):
    return {"module": "keras.optimizers", "class_name": name, "config": config}


def several(default, others):
    return {"module": "keras.optimizers", "class_name": "OptimizerMap", "config": dict(default_optimizer=default, optimizer_map=others), "registered_name": None}


OPTIMIZERS = {
    "SGD": [{}, dict(R, momentum=0.9), dict(R, momentum=0.9, nesterov=True), dict(weight_decay=0.1, clipnorm=0.5),
            dict(momentum=0.5, use_ema=True, ema_momentum=0.6, ema_overwrite_frequency=3),
            dict(momentum=0.5, gradient_accumulation_steps=2, use_ema=True, ema_momentum=0.7, clipvalue=0.2),
            dict(R, gradient_accumulation_steps=2, use_ema=True, ema_overwrite_frequency=2),
            dict(global_clipnorm=0.4, loss_scale_factor=4.0), dict(learning_rate=DECAY), dict(learning_rate=DECAY, gradient_accumulation_steps=2)],
    "RMSprop": [{}, dict(R, momentum=0.9), dict(R, centered=True, epsilon=0.001), dict(R, rho=0.5, momentum=0.5, centered=True, epsilon=0.01),
                dict(weight_decay=0.1, use_ema=True, ema_momentum=0.5)],
    "Adam": [{}, dict(R, beta_1=0.8, beta_2=0.9, epsilon=0.001), dict(R, amsgrad=True), dict(R, weight_decay=0.01, clipvalue=0.1),
             dict(R, gradient_accumulation_steps=3, clipnorm=0.3, use_ema=True), dict(learning_rate=DECAY, amsgrad=True)],
    "AdamW": [{}, dict(R, weight_decay=0.2), dict(R, amsgrad=True, beta_1=0.5, beta_2=0.9), dict(R, weight_decay=0.0, global_clipnorm=0.5), dict(R, weight_decay=0.1, gradient_accumulation_steps=2)],
    "Adamax": [{}, dict(R, beta_1=0.5, beta_2=0.7, epsilon=0.01), dict(R, weight_decay=0.1, clipnorm=0.3), dict(R, use_ema=True, ema_momentum=0.5), dict(learning_rate=DECAY, clipvalue=0.2)],
    "Nadam": [{}, dict(R, beta_1=0.5, beta_2=0.9, epsilon=0.01), dict(R, weight_decay=0.1, gradient_accumulation_steps=2), dict(R, clipnorm=0.3), dict(learning_rate=DECAY)],
    "Adagrad": [{}, dict(R, initial_accumulator_value=0.0, epsilon=0.01), dict(R, weight_decay=0.1, use_ema=True), dict(learning_rate=DECAY, clipvalue=0.2), dict(R, gradient_accumulation_steps=2)],
    "Adadelta": [{}, dict(learning_rate=1.0, rho=0.5, epsilon=0.01), dict(learning_rate=1.0, weight_decay=0.1, clipvalue=0.2), dict(learning_rate=DECAY), dict(R, use_ema=True)],
    "Ftrl": [{}, dict(R, l1_regularization_strength=0.05, l2_regularization_strength=0.1),
             dict(R, learning_rate_power=-0.7, beta=0.5, initial_accumulator_value=0.3), dict(R, l2_shrinkage_regularization_strength=0.2, weight_decay=0.01), dict(learning_rate=DECAY, clipnorm=0.5)],
    "Lion": [{}, dict(R, beta_1=0.5, beta_2=0.7), dict(R, weight_decay=0.1), dict(learning_rate=DECAY), dict(R, gradient_accumulation_steps=2, clipvalue=0.3)],
    "Lamb": [{}, dict(R, beta_1=0.5, beta_2=0.9, epsilon=0.01), dict(R, weight_decay=0.1), dict(learning_rate=DECAY), dict(R, clipnorm=0.5, use_ema=True)],
    "Adafactor": [{}, R, dict(learning_rate=0.5, clip_threshold=0.3, epsilon_2=0.1, beta_2_decay=-0.5), dict(R, relative_step=False, weight_decay=0.1), dict(learning_rate=DECAY, relative_step=False)],
    "Muon": [{}, dict(R, nesterov=False, ns_steps=3), dict(R, rms_rate=None, adam_lr_ratio=0.5, weight_decay=0.1),
             dict(R, exclude_layers=["kernel"], adam_weight_decay=None), dict(learning_rate=DECAY)],
    "ScheduleFreeAdamW": [{}, dict(R, beta_1=0.5, beta_2=0.9, epsilon=0.01), dict(R, warmup_steps=3, weight_decay=0.1), dict(R, gradient_accumulation_steps=2, clipnorm=0.5), dict(learning_rate=DECAY, use_ema=True)],
    "MultiOptimizer": [dict(optimizer_map=several(inner("SGD", learning_rate=0.1), {"dense/kernel": inner("Adam", learning_rate=0.1)})),
                       dict(optimizer_map=several(inner("Adam", learning_rate=0.1), {})), dict(optimizer_map=several(inner("RMSprop", learning_rate=0.1), {".*bias": inner("SGD", learning_rate=0.2, momentum=0.9)}), loss_scale_factor=4.0),
                       dict(optimizer_map=several(inner("SGD", learning_rate=0.1), {"nothing": inner("Adam", learning_rate=0.1)})),
                       dict(optimizer_map=several(inner("Adagrad", learning_rate=0.1, weight_decay=0.1), {"dense/k.*": inner("Adam", learning_rate=0.05, clipnorm=0.5)}))],
    "LossScaleOptimizer": [dict(inner_optimizer=inner("SGD", learning_rate=0.1)),
                           dict(inner_optimizer=inner("Adam", learning_rate=0.1), initial_scale=8.0, dynamic_growth_steps=2), dict(inner_optimizer=inner("SGD", learning_rate=0.1, momentum=0.9), initial_scale=2.0), dict(inner_optimizer=inner("RMSprop", learning_rate=0.1)), dict(inner_optimizer=inner("AdamW", learning_rate=0.1, weight_decay=0.1), dynamic_growth_steps=1, initial_scale=4.0)],
}

# Where rows of a table are looked up several times.
EMBEDDINGS = {name: [dict(R, clipnorm=0.5), R] for name in ("SGD", "RMSprop", "Adam", "Adamax", "Nadam", "Adagrad", "Adadelta", "Ftrl", "Lion", "Lamb", "Adafactor", "ScheduleFreeAdamW")}
EMBEDDINGS |= {"Adam": [R, dict(R, amsgrad=True), dict(R, clipnorm=0.5), dict(R, global_clipnorm=0.5), dict(R, clipvalue=0.1), dict(R, gradient_accumulation_steps=2),
                        dict(R, weight_decay=0.1, use_ema=True)],
               "LossScaleOptimizer": [dict(inner_optimizer=inner("Adam", learning_rate=0.1), initial_scale=8.0)]}

SCHEDULES = {
    "ExponentialDecay": [dict(initial_learning_rate=0.1, decay_steps=3, decay_rate=0.5), dict(initial_learning_rate=0.1, decay_steps=3, decay_rate=0.5, staircase=True), dict(initial_learning_rate=1.0, decay_steps=5, decay_rate=0.9), dict(initial_learning_rate=0.01, decay_steps=1, decay_rate=0.3, staircase=True), dict(initial_learning_rate=0.5, decay_steps=2, decay_rate=1.5)],
    "InverseTimeDecay": [dict(initial_learning_rate=0.1, decay_steps=3, decay_rate=0.5), dict(initial_learning_rate=0.1, decay_steps=3, decay_rate=0.5, staircase=True), dict(initial_learning_rate=1.0, decay_steps=5, decay_rate=0.9), dict(initial_learning_rate=0.01, decay_steps=1, decay_rate=0.3, staircase=True), dict(initial_learning_rate=0.5, decay_steps=2, decay_rate=1.5)],
    "PolynomialDecay": [dict(initial_learning_rate=0.1, decay_steps=4), dict(initial_learning_rate=0.1, decay_steps=4, end_learning_rate=0.01, power=2.0),
                        dict(initial_learning_rate=0.1, decay_steps=3, power=0.5, cycle=True), dict(initial_learning_rate=0.1, decay_steps=2, power=3.0, end_learning_rate=0.05, cycle=True), dict(initial_learning_rate=0.5, decay_steps=10, power=0.3)],
    "CosineDecay": [dict(initial_learning_rate=0.1, decay_steps=5), dict(initial_learning_rate=0.1, decay_steps=5, alpha=0.2),
                    dict(initial_learning_rate=0.01, decay_steps=5, warmup_target=0.1, warmup_steps=3), dict(initial_learning_rate=0.0, decay_steps=4, warmup_target=0.2, warmup_steps=2, alpha=0.1), dict(initial_learning_rate=0.5, decay_steps=2, alpha=0.5)],
    "CosineDecayRestarts": [dict(initial_learning_rate=0.1, first_decay_steps=3), dict(initial_learning_rate=0.1, first_decay_steps=2, t_mul=1.0, m_mul=0.5),
                            dict(initial_learning_rate=0.1, first_decay_steps=2, t_mul=1.5, m_mul=0.8, alpha=0.1), dict(initial_learning_rate=0.5, first_decay_steps=1, t_mul=3.0), dict(initial_learning_rate=0.2, first_decay_steps=4, t_mul=1.0, alpha=0.3)],
    "PiecewiseConstantDecay": [dict(boundaries=[2, 4], values=[0.1, 0.05, 0.01]), dict(boundaries=[1], values=[0.1, 0.5]), dict(boundaries=[1, 2, 3], values=[0.4, 0.3, 0.2, 0.1]), dict(boundaries=[3], values=[0.2, 0.02]), dict(boundaries=[100], values=[0.1, 0.01])],
}

REGULARIZERS = {
    "L1": [{}, dict(l1=0.2), dict(l1=0.0), dict(l1=1.0), dict(l1=0.5)],
    "L2": [{}, dict(l2=0.2), dict(l2=0.0), dict(l2=1.0), dict(l2=0.5)],
    "L1L2": [{}, dict(l1=0.1), dict(l1=0.1, l2=0.2), dict(l2=0.3), dict(l1=1.0, l2=1.0)],
    "OrthogonalRegularizer": [{}, dict(factor=0.5, mode="columns"), dict(factor=0.1), dict(factor=1.0, mode="rows"), dict(factor=0.2, mode="columns")],
}

CONSTRAINTS = {
    "MaxNorm": [{}, dict(max_value=0.5), dict(max_value=0.7, axis=1), dict(max_value=1, axis=[0, 1]), dict(max_value=0.2, axis=1)],
    "MinMaxNorm": [{}, dict(min_value=0.5, max_value=0.8), dict(min_value=0.5, max_value=0.8, rate=0.3, axis=1), dict(min_value=2, max_value=3, axis=[0, 1]), dict(min_value=0.1, max_value=0.3, rate=0.5)],
    "UnitNorm": [{}, dict(axis=1), dict(axis=[0, 1]), dict(axis=0), dict(axis=[1])],
    "NonNeg": [{}],
}

ACTIVATIONS = {
    "celu": [{}, dict(alpha=0.5)], "elu": [{}, dict(alpha=0.5)], "exponential": [{}], "gelu": [{}, dict(approximate=True)], "glu": [{}],
    "hard_shrink": [{}, dict(threshold=1.0)], "hard_sigmoid": [{}], "hard_silu": [{}], "hard_tanh": [{}], "leaky_relu": [{}, dict(negative_slope=0.05)],
    "linear": [{}], "log_sigmoid": [{}], "log_softmax": [{}], "mish": [{}],
    "relu": [{}, dict(negative_slope=0.1, max_value=2.0, threshold=0.5), dict(max_value=1.0)], "relu6": [{}], "selu": [{}], "sigmoid": [{}], "silu": [{}],
    "soft_shrink": [{}, dict(threshold=1.0)], "softmax": [{}, dict(axis=0)], "softplus": [{}], "softsign": [{}], "sparse_plus": [{}], "sparse_sigmoid": [{}],
    "sparsemax": [{}], "squareplus": [{}, dict(b=1)], "tanh": [{}], "tanh_shrink": [{}], "threshold": [dict(threshold=0.3, default_value=-1.0)],
}

# Those that draw no random numbers.
INITIALIZERS = {
    "Zeros": [{}], "Ones": [{}], "Constant": [dict(value=0.0), dict(value=0.25), dict(value=-1.5), dict(value=7), dict(value=1e-3)], "Identity": [{}, dict(gain=0.5), dict(gain=2.0), dict(gain=-1.0), dict(gain=0.1)],
}

A = [1.0, 0.8, 0.85, 0.79, 0.9, 0.7, 0.75, 0.74, 0.73, 0.72, 0.71, 0.705]
B = [0.5, 0.6, 0.55, 0.61, 0.61, 0.615, 0.4, 0.62, 0.3, 0.3, 0.3, 0.7]

# Callbacks that watch numbers: configs, the name that is watched and what it is in each epoch.
CALLBACKS = {
    "EarlyStopping": [
        (dict(monitor="loss"), "loss", A), (dict(monitor="loss", patience=2), "loss", A), (dict(monitor="loss", patience=3, restore_best_weights=True), "loss", A),
        (dict(monitor="loss", patience=2, min_delta=0.06), "loss", A), (dict(monitor="loss", patience=1, start_from_epoch=5, restore_best_weights=True), "loss", A),
        (dict(monitor="loss", patience=3, baseline=0.75), "loss", A), (dict(monitor="loss", patience=2, baseline=0.1, restore_best_weights=True), "loss", A),
        (dict(monitor="accuracy", patience=2, restore_best_weights=True), "accuracy", B), (dict(monitor="val_accuracy", patience=3), "val_accuracy", B),
        (dict(monitor="loss", mode="max", patience=1), "loss", B), (dict(monitor="val_loss", patience=1), "loss", A),
    ],
    "ReduceLROnPlateau": [
        (dict(monitor="loss", patience=2), "loss", A), (dict(monitor="loss", patience=1, factor=0.5, cooldown=2), "loss", A),
        (dict(monitor="loss", patience=1, factor=0.5, min_lr=0.2), "loss", A), (dict(monitor="accuracy", patience=1, factor=0.5, min_delta=0.02), "accuracy", B),
        (dict(monitor="loss", patience=0, factor=0.5), "loss", A), (dict(monitor="loss", patience=2, factor=0.5, mode="max"), "loss", B),
    ],
}
