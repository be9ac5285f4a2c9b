# SPDX-License-Identifier: LGPL-2.1-or-later
"""What make_layers.py asks Keras in low precision: the first configuration of each class under each policy."""
from layer_cases import CASES as ALL
from layer_cases import RANDOM

# Classes that cannot be compared, by the reason.
APART = {
    "its config tells the type of variables alone": ["SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D"],
    "a compiled function returns no masks": ["Masking"],
    "Keras has no kernel for 16 bits": [
        "MaxPooling3D", "AveragePooling3D", "AdaptiveMaxPooling3D", "AdaptiveAveragePooling1D", "AdaptiveAveragePooling2D",
        "AdaptiveAveragePooling3D", "ActivityRegularization"],
    "it draws, or looks texts up": [
        "RandomBrightness", "RandomContrast", "RandomFlip", "RandomRotation", "RandomTranslation", "RandomZoom",
        "StringLookup", "IntegerLookup"],
    "compilers approximate or join what is in it": [
        "ELU", "UnitNormalization", "Resizing", "MultiHeadAttention", "GroupQueryAttention"],
}
# With bfloat16, compilers leave out roundings where ops are joined, and elsewhere not.
JOINED = {"AdditiveAttention", "Attention", "Bidirectional", "ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D", "GRU", "LSTM",
          "Softmax"}


def is_plain(name, case):
    apart = any(name in names for names in APART.values())
    return not apart and not any(key in case for key in ("adapt", "arguments", "masks", "calls", "moves", "exact"))


def get_policies(name):
    return ["mixed_float16"] if name in JOINED else ["mixed_float16", "mixed_bfloat16"]


CASES = {name: [dict(cases[0], policy=policy) for policy in get_policies(name)]
         for name, cases in ALL.items() if is_plain(name, cases[0])}
