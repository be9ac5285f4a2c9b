# SPDX-License-Identifier: LGPL-2.1-or-later
"""More calls for make_operations.py: matrices, spectra and images."""
import numpy as np
from keras import ops as O

I = O.image
SPD, UNIT, S = "spd", "unit", (2, 3, 4)
M, A, B = ((2, 3, 3), SPD), (4, 3), (3, 4)
PICTURE, ONE = (2, 5, 6, 3), (5, 6, 3)
COLOURS = dict(data_format="channels_first")
MAPS = np.array([[0.9, 0.2, -0.5, -0.1, 1.1, 0.3, 0.01, -0.02], [1.2, 0.0, 0.7, 0.1, 0.8, -1.0, 0.0, 0.0]], "float32")
START = np.array([[0.0, 0.0], [5.0, 0.0], [0.0, 4.0], [5.0, 4.0]], "float32")
END = np.array([[0.4, 0.2], [4.5, -0.3], [0.3, 4.2], [5.2, 3.6]], "float32")
PLACES = np.array([[0.2, 1.7, -0.6, 3.9, 2.5], [1.1, -2.3, 0.5, 2.2, 4.4]], "float32")

# What has gradients in TensorFlow other than along the edges is compared without (see make_case).
MORE = [
    # Keras takes what is long in one dimension for a bias.
    *[(lambda x, s=s: O.add(x, np.arange(np.prod(s)).reshape(s).astype("float32")), [(2, 3, 3)]) for s in ((3, 1), (3,), (1, 3, 1), (3, 3))],
    *[(lambda x, f=f, a=a: f(x, axis=a), [(2, 3, 4)]) for f in (O.softmax, O.log_softmax, O.sparsemax) for a in (-1, 1)],
    *[(f, [M]) for f in (O.cholesky, O.det, O.inv, O.slogdet, O.logdet, O.lu_factor)], (lambda x: O.cholesky(x, upper=True), [M]), (O.det, [(3, 3)]), (O.inv, [(4, 4)]),
    (O.lu_factor, [(4, 4)]), (lambda x: O.cholesky_inverse(x), [((3, 3), SPD)]), (lambda x: O.cholesky_inverse(x, upper=True), [((2, 3, 3), SPD)]),
    (O.solve, [M, (2, 3, 2)]), (O.solve, [((3, 3), SPD), (3,)]), (O.solve, [(4, 4), (4, 2)]), (O.solve_triangular, [M, (2, 3, 2)]), (lambda a, b: O.solve_triangular(a, b, lower=True), [M, (2, 3)]),
    (O.qr, [A]), (O.qr, [(2, 4, 2)]), (O.qr, [(3, 3)]), (lambda x: O.qr(x, mode="complete"), [A]), (lambda x: O.svd(x, compute_uv=False), [A]), (lambda x: O.svd(x, compute_uv=False), [B]),
    (lambda x: O.svd(x, compute_uv=False), [(2, 3, 3)]), (O.pinv, [A]), (O.pinv, [B]), (lambda x: O.pinv(x, rcond=0.5), [A]), (O.lstsq, [A, (4,)]), (O.lstsq, [A, (4, 2)]), (lambda a, b: O.lstsq(a, b, rcond=0.6), [A, (4,)]),
    (O.matrix_rank, [A]), (lambda x: O.matrix_rank(x, tol=1.5), [(2, 3, 3)]),
    (lambda x, y: O.fft((x, y)), [(2, 8), (2, 8)]), (lambda x, y: O.fft((x, y)), [(2, 7), (2, 7)]), (lambda x, y: O.fft((x, y)), [(1, 12), (1, 12)]), (lambda x, y: O.fft2((x, y)), [(2, 4, 6), (2, 4, 6)]),
    (lambda x, y: O.ifft2((x, y)), [(2, 3, 4), (2, 3, 4)]), (O.rfft, [(2, 8)]), (O.rfft, [(2, 9)]), (lambda x: O.rfft(x, fft_length=6), [(2, 8)]), (lambda x: O.rfft(x, fft_length=11), [(2, 8)]),
    (lambda x, y: O.irfft((x, y)), [(2, 5), (2, 5)]), (lambda x, y: O.irfft((x, y), fft_length=7), [(2, 4), (2, 4)]), (lambda x, y: O.irfft((x, y), fft_length=12), [(2, 4), (2, 4)]),
    (lambda x: O.extract_sequences(x, 4, 2), [(2, 9)]), (lambda x: O.extract_sequences(x, 3, 5), [(9,)]),
    *[(lambda x, o=o: O.stft(x, **o), [(2, 20)]) for o in (dict(sequence_length=6, sequence_stride=3, fft_length=8), dict(sequence_length=8, sequence_stride=4, fft_length=8, window="hamming", center=False),
                                                           dict(sequence_length=5, sequence_stride=2, fft_length=6, window=None))],
    *[(lambda x, y, o=o: O.istft((x, y), **o), [(2, 6, 5), (2, 6, 5)]) for o in (dict(sequence_length=6, sequence_stride=3, fft_length=8), dict(sequence_length=8, sequence_stride=2, fft_length=8, window="hamming", center=False),
                                                                             dict(sequence_length=8, sequence_stride=4, fft_length=8, length=13))],
    *[(lambda x, f=f: f(x), [((2, 3, 4, 3), "positive")]) for f in (I.rgb_to_grayscale, I.rgb_to_hsv, I.hsv_to_rgb)], (lambda x: I.rgb_to_grayscale(x, **COLOURS), [(3, 4, 5)]),
    (lambda x: I.resize(x, (3, 8)), [PICTURE]), (lambda x: I.resize(x, (7, 4), interpolation="bicubic", antialias=True), [ONE]), (lambda x: I.resize(x, (4, 4), crop_to_aspect_ratio=True), [PICTURE]),
    (lambda x: I.resize(x, (6, 9), interpolation="nearest", **COLOURS), [(2, 3, 4, 5)]), (lambda x: I.resize(x, (4, 8), pad_to_aspect_ratio=True, fill_value=1.0), [ONE]),
    *[(lambda x, m=m, n=n: I.affine_transform(x, MAPS, fill_mode=m, interpolation=n, fill_value=0.5), [PICTURE]) for m in ("constant", "nearest", "reflect", "wrap") for n in ("bilinear", "nearest")],
    (lambda x: I.affine_transform(x, MAPS[0]), [ONE]), (lambda x: I.affine_transform(x, MAPS, **COLOURS), [(2, 3, 5, 6)]),
    (lambda x: I.perspective_transform(x, START, END), [ONE]), (lambda x: I.perspective_transform(x, np.stack([START, END]), np.stack([END, START]), interpolation="nearest", fill_value=2.0), [PICTURE]),
    *[(lambda x, m=m, n=n: I.map_coordinates(x, PLACES, n, fill_mode=m, fill_value=0.25), [(4, 5)]) for m in ("constant", "nearest", "wrap", "reflect") for n in (0, 1)],
    (lambda x, y: I.map_coordinates(x, y, 1, fill_mode="reflect"), [(4, 5), (2, 3, 2)]), (lambda x: I.pad_images(x, 1, 2, 0, 3), [PICTURE]), (lambda x: I.pad_images(x, 1, 0, target_height=9, target_width=7), [ONE]),
    (lambda x: I.crop_images(x, 1, 2, 1, 0), [PICTURE]), (lambda x: I.crop_images(x, 1, 0, target_height=2, target_width=3, **COLOURS), [(3, 4, 5)]),
    (lambda x: I.extract_patches(x, 2), [PICTURE]), (lambda x: I.extract_patches(x, (2, 3), strides=1, padding="same"), [ONE]), (lambda x: I.extract_patches(x, 2, strides=1, dilation_rate=2), [PICTURE]),
    (lambda x: I.gaussian_blur(x, (3, 3), (0.7, 0.7)), [PICTURE]), (lambda x: I.gaussian_blur(x, (3, 5), (1.0, 0.5)), [ONE]), (I.sobel_edges, [PICTURE]),
    (lambda x, y: I.ssim(x, y, max_val=2.0, filter_size=3), [PICTURE, PICTURE]), (lambda x, y: I.ssim(x, y, filter_size=5, filter_sigma=1.0, k1=0.1), [ONE, ONE]),
    *[(lambda x, m=m: O.pad(x, [[0, 0], [2, 1], [0, 3]], mode=m), [S]) for m in ("reflect", "symmetric")], (lambda x: O.pad(x, [[1, 0], [0, 2], [0, 0]], mode="symmetric"), [S]),
    # Counting, pieces and distances
    (lambda x: O.bincount(x, minlength=5), [((2, 6), "digits")]), (lambda x: O.searchsorted(np.array([-1.0, 0.0, 0.5, 2.0], "float32"), x), [(6,)]),
    (lambda x: O.searchsorted(np.array([0.0, 1.0, 1.0, 3.0], "float32"), x, side="right"), [((7,), "digits")]), (lambda x: O.digitize(x, np.array([-1.0, 0.0, 1.0], "float32")), [S]),
    (lambda x: O.isin(x, np.array([1.0, 3.0], "float32")), [((2, 5), "digits")]), (lambda x: O.isin(x, np.array([0.0], "float32"), invert=True), [((2, 5), "digits")]),
    (lambda x: O.in_top_k(np.array([1, 3]), x, 2), [(2, 5)]), (lambda x: O.multi_hot(x, 5), [((2, 3), "digits")]),
    (lambda x: O.segment_sum(x, np.array([0, 2, 0, 1]), 4), [(4, 3)]), (lambda x: O.segment_max(x, np.array([0, 2, 0, 1]), 3), [(4, 3)]), (lambda x: O.segment_min(x, np.array([1, 1, 0, 0]), 3), [(4, 2)]),
    (lambda x: O.segment_prod(x, np.array([0, 2, 0, 1]), 3), [(4, 3)]), (lambda x: O.segment_sum(x, np.array([0, 0, 1, 1]), 2), [(4,)]), (lambda x: O.unravel_index(x, (3, 4)), [((5,), "digits")]),
    (lambda x: O.array_split(x, 3, axis=1), [(2, 7)]), (lambda x: O.array_split(x, 4, axis=0), [(6, 2)]), (lambda x: O.hsplit(x, 2), [S[:1] + (4, 3)]), (lambda x: O.vsplit(x, [1, 3]), [(4, 3)]), (lambda x: O.dsplit(x, 2), [S]),
    (lambda x: O.slice(x, [0, 1, 1], [2, 2, 2]), [S]), (lambda x, y: O.slice_update(x, [0, 1, 2], y), [S, (1, 2, 2)]), (lambda x: O.scatter(np.array([[0, 1], [2, 0], [0, 1]]), x, (3, 2)), [(3,)]),
    (lambda x: O.scatter(np.array([[1], [3]]), x, (4, 3)), [(2, 3)]), (lambda x, y: O.scatter_update(x, np.array([[0, 1], [2, 0]]), y), [(3, 2), (2,)]),
    (lambda x, y: O.scatter_update(x, np.array([[1], [3], [1]]), y, reduction="add"), [(4, 3), (3, 3)]), *[(lambda x, k=k: O.diag(x, k), [s]) for k in (0, 1, -2) for s in ((3,), (4, 4))],
    (lambda x: O.diagflat(x, 1), [(2, 2)]), (O.kron, [(2, 3), (2, 2)]), (O.kron, [(2,), (3, 2)]), (O.cross, [(2, 3), (2, 3)]), (lambda x, y: O.cross(x, y, axis=0), [(3, 4), (3, 4)]), (O.cross, [(4, 2), (4, 3)]), (O.cross, [(4, 2), (4, 2)]),
    (O.vander, [(4,)]), (lambda x: O.vander(x, 3, increasing=True), [(4,)]), (lambda x, y: O.meshgrid(x, y), [(3,), (4,)]), (lambda x, y: O.meshgrid(x, y, indexing="ij"), [(3,), (4,)]),
    (lambda x, y: O.allclose(x, y), [S, S]), (O.cdist, [(2, 3, 4), (2, 5, 4)]), (lambda x, y: O.psnr(x, y, 2.0), [S, S]), (O.corrcoef, [(3, 6)]), *[(lambda x, y, m=m: O.correlate(x, y, m), [(7,), (3,)]) for m in ("valid", "same", "full")],
    (lambda x, y: O.correlate(x, y, "same"), [(6,), (4,)]), (lambda q, k, v: O.dot_product_attention(q, k, v), [(1, 3, 2, 4), (1, 2, 2, 4), (1, 2, 2, 4)]),
    (lambda q, k, v: O.dot_product_attention(q, k, v, scale=0.3, is_causal=True), [(1, 3, 4, 2), (1, 3, 2, 2), (1, 3, 2, 2)]),
    (lambda x: O.adaptive_max_pool(x, 2), [(1, 5, 6, 2)]), (lambda x: O.adaptive_average_pool(x, (2, 3)), [(1, 5, 6, 2)]), (lambda x: O.nanargmax(x, axis=1), [(S, "holes")]), (lambda x: O.nanargmin(x), [(S, "holes")]),
    (lambda x: O.nanargmax(x, axis=-1, keepdims=True), [(S, "holes")]), (lambda x: O.histogram(x, 4, (-1.0, 1.0)), [(30,)]), (lambda x: O.histogram(x, 5), [(2, 9)]),
]
