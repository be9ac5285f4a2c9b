# SPDX-License-Identifier: LGPL-2.1-or-later
"""More calls for make_operations.py: whole numbers and bits, sequences, windows, entropies."""
import numpy as np
from keras import ops as O

I, I64, U8, S, DIFFERENT = "int32", "int64", "uint8", (2, 3, 4), "distances"
KERNEL1 = (np.arange(24).reshape(3, 2, 4) % 7 / 4 - 0.5).astype("float32")
KERNEL2 = (np.arange(24).reshape(2, 2, 2, 3) % 5 / 3 - 0.4).astype("float32")
DEEP1 = (np.arange(24).reshape(3, 4, 2) % 7 / 4 - 0.5).astype("float32")
DEEP2 = (np.arange(24).reshape(2, 2, 3, 2) % 5 / 3 - 0.4).astype("float32")
POINT1 = (np.arange(24).reshape(1, 8, 3) % 5 / 4 - 0.5).astype("float32")
POINT2 = (np.arange(12).reshape(1, 1, 6, 2) % 5 / 4 - 0.5).astype("float32")
IMAGE = (2, 4, 5, 3)
TRUTH = np.array([[0.0, 0.3, 0.7, 0.0], [1.0, 0.0, 0.0, 0.0], [0.25, 0.25, 0.25, 0.25]], "float32")
LABELS, LENGTHS, STEPS = np.array([[1, 2, 2, 0], [3, 1, 0, 0]]), np.array([3, 2]), np.array([7, 5])
PLACES = np.array([[0, 1], [2, 0], [0, 1]])

WHOLE = [
    *[(lambda x, y, f=f: f(x, y), [((2, 3), a), ((2, 3), b)]) for f in (O.bitwise_and, O.bitwise_or, O.bitwise_xor) for a, b in ((I, I), (I, I64), (U8, U8))],
    *[(lambda x, f=f: f(x), [((2, 3), k)]) for f in (O.bitwise_invert, O.bitwise_not) for k in (I, I64, U8)],
    *[(lambda x, f=f, n=n: f(x, n), [((2, 3), k)]) for f in (O.left_shift, O.right_shift, O.bitwise_left_shift, O.bitwise_right_shift) for k, n in ((I, 3), (I64, 2), (U8, 1))],
    *[(lambda x, y, f=f: f(x, y), [((2, 3), k), (s, k)]) for f in (O.gcd, O.lcm) for k, s in ((I, (2, 3)), (I64, (2, 3)), (I, (3,)))], (lambda x: O.gcd(x, np.array([6, 4, 9])), [((2, 3), I64)]),
    (O.nextafter, [S, S]), (lambda x: O.nextafter(x, 1.0), [S]), (lambda x: O.view(x, "int32"), [S]), (lambda x: O.view(x, "uint8"), [(2, 3)]), (lambda x: O.view(x, "float32"), [((2, 3), I64)]), (lambda x: O.view(x, "int32"), [((2, 8), U8)]),
    *[(lambda x, t=t: O.saturate_cast(x, t), [(S, k)]) for t in ("uint8", "bool", "int64", "float32") for k in (I, "digits") if (t, k) != ("float32", I)],
    (O.erfinv, [(S, "unit")]), (O.i0, [S]), (lambda x: O.i0(x), [((2, 3), I)]),
    *[(lambda x, y, o=o: O.linspace(x, y, **o), [(2, 3), (2, 3)]) for o in (dict(num=4), dict(num=3, axis=-1), dict(num=5, endpoint=False, axis=1), dict(num=1), dict(num=1, endpoint=False))],
    (lambda x: O.linspace(x, 3.0, num=4), [(3,)]), (lambda x: O.linspace(0, x, num=4, endpoint=False), [(2, 3)]), (lambda x: O.linspace(x, 50, num=4, dtype="int32"), [((3,), I)]),
    *[(lambda x, y, o=o: O.logspace(x, y, **o), [(2, 3), (2, 3)]) for o in (dict(num=4), dict(num=3, axis=-1, base=2), dict(num=5, endpoint=False, axis=1))],
    # Keras 3.15 fails on other axes, and on dilated transposed convolutions without a GPU.
    *[(lambda x, y, o=o: O.geomspace(x, y, **o), [((2, 3), "positive"), ((2, 3), "positive")]) for o in (dict(num=4), dict(num=3), dict(num=5, endpoint=False))],
    (lambda x: O.geomspace(-2.0, x, num=3), [((3,), "positive")]), (lambda x: O.array(x), [S]), (lambda x: O.array(x, dtype="int32"), [S]), (O.convert_to_tensor, [S]), (lambda x: O.convert_to_tensor(x, dtype="int64"), [(S, I)]),
    (O.empty_like, [S]), (lambda x: O.empty_like(x, dtype="int32"), [S]), (lambda x: O.full((2, 3), x), [(3,)]), (lambda x: O.full((2, 2), x, dtype="int32"), [((), I)]), (O.size, [S]), (O.view_as_real, [S]),
    *[(lambda x, o=o: O.conv_transpose(x, KERNEL1, **o), [(2, 5, 4)]) for o in (dict(strides=1), dict(strides=2, padding="same"), dict(strides=2, padding="valid", output_padding=1))],
    *[(lambda x, o=o: O.conv_transpose(x, KERNEL2, **o), [IMAGE]) for o in (dict(strides=(1, 2)), dict(strides=3, padding="same"), dict(strides=2, padding="same", output_padding=(0, 1)))],
    (lambda x, k: O.conv_transpose(x, k, 2), [IMAGE, (2, 2, 2, 3)]),
    *[(lambda x, o=o: O.separable_conv(x, DEEP1, POINT1, **o), [(2, 6, 4)]) for o in (dict(strides=1), dict(strides=2, padding="same"), dict(strides=1, padding="same", dilation_rate=2))],
    *[(lambda x, o=o: O.separable_conv(x, DEEP2, POINT2, **o), [IMAGE]) for o in (dict(strides=1), dict(strides=2, padding="same"))], (lambda x, k: O.separable_conv(x, DEEP2, k), [IMAGE, (1, 1, 6, 2)]),
    *[(lambda x, o=o: O.unfold(x, **o), [(2, 3, 5, 6)]) for o in (dict(kernel_size=2), dict(kernel_size=(2, 3), stride=2), dict(kernel_size=2, dilation=2, padding=(1, 1)), dict(kernel_size=3, padding=1, stride=(2, 1)))],
    *[(lambda x, o=o: O.fold(x, (4, 5), **o), [s]) for o, s in ((dict(kernel_size=2), (2, 8, 12)), (dict(kernel_size=2, stride=2), (2, 4, 4)), (dict(kernel_size=(2, 3), padding=(1, 1)), (1, 12, 25)), (dict(kernel_size=2, dilation=2), (2, 4, 6)))],
    (lambda x: O.binary_crossentropy(TRUTH, x), [((3, 4), "positive")]), (lambda x: O.binary_crossentropy(TRUTH, x, from_logits=True), [(3, 4)]), (lambda t, x: O.binary_crossentropy(t, x), [((2, 3), "positive"), ((2, 3), "positive")]),
    (lambda x: O.categorical_crossentropy(TRUTH, x), [((3, 4), "positive")]), (lambda x: O.categorical_crossentropy(TRUTH, x, from_logits=True), [(3, 4)]), (lambda t, x: O.categorical_crossentropy(t, x, axis=-1), [((2, 3), "positive"), ((2, 3), "positive")]),
    (lambda x: O.sparse_categorical_crossentropy(np.array([1, 0, 3]), x), [((3, 4), "positive")]), (lambda x: O.sparse_categorical_crossentropy(np.array([[1], [0], [3]]), x, from_logits=True), [(3, 4)]),
    (lambda x: O.ctc_loss(LABELS, x, LENGTHS, STEPS), [(2, 7, 5)]), (lambda x: O.ctc_loss(LABELS, x, LENGTHS, np.array([7, 7]), mask_index=-1), [(2, 7, 5)]), (lambda x: O.ctc_loss(LABELS, x, np.array([1, 2]), np.array([4, 7]), mask_index=4), [(2, 7, 5)]),
    *[(lambda x, o=o: O.ctc_decode(x, STEPS, **o), [(2, 7, 4)]) for o in (dict(), dict(merge_repeated=False), dict(mask_index=3), dict(strategy="beam_search", beam_width=20, top_paths=3), dict(strategy="beam_search", beam_width=4, top_paths=2, mask_index=2),
                                                                        dict(strategy="beam_search", mask_index=None))],
    *[(lambda x, o=o: O.unique(x, size=6, **o), [((3, 4), "digits")]) for o in (dict(), dict(return_inverse=True, return_counts=True), dict(return_index=True, fill_value=-1), dict(sorted=False, return_index=True, return_inverse=True))],
    *[(lambda x, o=o: O.unique(x, **o), [((3, 4), "digits")]) for o in (dict(size=2), dict(size=5, axis=1, return_counts=True), dict(size=2, axis=0, return_inverse=True))], (lambda x: O.unique(x, size=20, return_counts=True), [((3, 4), I)]),
    *[(lambda x, y, r=r: O.scatter_update(x, PLACES, y, reduction=r), [(3, 2), ((3,), DIFFERENT)]) for r in ("max", "min", "mul")], (lambda x, y: O.scatter_update(x, np.array([[1], [3], [1]]), y, reduction="max"), [(4, 3), ((3, 3), DIFFERENT)]),
    *[(lambda x, m=m, a=a: O.image.scale_and_translate(x, (2, 6, 3, 3), np.array(s, "float32"), np.array([0.5, -0.3], "float32"), (1, 2), m, a), [(2, 4, 5, 3)]) for m in ("linear", "cubic", "lanczos3", "lanczos5") for a, s in ((True, [0.6, 0.7]), (False, [1.5, 0.7]))],
    (lambda x, s, t: O.image.scale_and_translate(x, (6, 5), s, t, (0, 1), "linear"), [(4, 5), ((2,), "positive"), (2,)]),
]
