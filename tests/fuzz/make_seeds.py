# SPDX-License-Identifier: LGPL-2.1-or-later
"""usage: make_seeds.py SEEDS
Writes the seeds that Keras, NumPy and h5py make, good ones and attacks; the others are written by hand."""
import gzip
import io
import json
import os
import struct
import sys
import tempfile
import zipfile

import h5py
import keras
import numpy as np

seeds = sys.argv[1]
LIMIT = 64 << 20  # what a small file may unpack to (src/engine/io/archive.c, gzip.c)


def put(reader, name, data):
    os.makedirs(os.path.join(seeds, reader), exist_ok=True)
    with open(os.path.join(seeds, reader, name), "wb") as file:
        file.write(data.encode() if isinstance(data, str) else data)


def saved(write, suffix):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "x" + suffix)
        write(path)
        with open(path, "rb") as file:
            return file.read()


def zipped(members):
    """`members`: pairs of a name, or a ZipInfo, and contents."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return file.getvalue()


def link(name):
    info = zipfile.ZipInfo(name)
    info.create_system = 3
    info.external_attr = 0o120777 << 16
    return info


def hdf5(fill):
    file = io.BytesIO()
    with h5py.File(file, "w") as h5:
        fill(h5)
    return file.getvalue()


def npy(array):
    file = io.BytesIO()
    np.save(file, array)
    return file.getvalue()


def npy_header(text):
    text = text.encode() + b"\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text)) + text


keras.utils.set_random_seed(1)
model = keras.Sequential([keras.Input((2,), name="x"), keras.layers.Dense(3, name="dense"),
                          keras.layers.BatchNormalization(name="norm")], name="s")
whole = saved(model.save, ".keras")
put("keras", "model", whole)
with zipfile.ZipFile(io.BytesIO(whole)) as archive:
    config, weights = archive.read("config.json"), archive.read("model.weights.h5")
put("keras-members", "model", config + b"\0" + weights)
put("keras-members", "no-weights", config + b"\0")
put("json", "model", model.to_json())
put("h5", "model", saved(model.save, ".h5"))
put("weights", "model", weights)
golden = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "golden", "files")
for reader, name, file in (("keras", "npz-weights", "packed.keras"), ("h5", "keras1", "k1-images.h5"), ("h5", "cudnn", "k2-cudnn.h5")):
    with open(os.path.join(golden, file), "rb") as f:
        put(reader, name, f.read())
put("weights", "legacy", saved(lambda path: model.save(path), ".h5"))

x = keras.Input((4, 4, 2), name="x")
y = keras.layers.Conv2D(2, 3, name="conv")(x)
y = keras.layers.Flatten(name="flat")(keras.layers.Add(name="add")([y, y]))
branches = keras.Model(x, [y, y * 2], name="m")
put("json", "branches", branches.to_json())
text = keras.Sequential([keras.Input((5,), name="x"), keras.layers.Embedding(9, 2, mask_zero=True, name="embedding"),
                         keras.layers.Bidirectional(keras.layers.LSTM(2, name="lstm"), name="both")], name="t")
put("json", "wrapped", text.to_json())

# Attacks on archives
names = [("metadata.json", "{}"), ("config.json", config)]
put("keras", "zip-bomb", zipped(names + [("bomb", bytes(LIMIT + (1 << 20)))]))
put("keras", "path-traversal", zipped(names + [("../../outside", "x")]))
put("keras", "absolute-path", zipped(names + [("/etc/outside", "x")]))
put("keras", "link", zipped(names + [(link("model.weights.h5"), "/etc/passwd")]))
put("keras", "twice", zipped(names + [("config_json", "{}")]).replace(b"config_json", b"config.json"))
put("keras", "cut-off", whole[:len(whole) // 2])
put("keras", "empty", b"")
put("npz", "arrays", zipped([("a.npy", npy(np.eye(2, dtype="f4"))), ("b.npy", npy(np.arange(3)))]))
put("npz", "zip-bomb", zipped([("a.npy", bytes(LIMIT + (1 << 20)))]))
put("npz", "path-traversal", zipped([("../a.npy", npy(np.eye(2)))]))
put("npz", "absurd-shape", zipped([("a.npy", npy_header("{'descr': '<f4', 'fortran_order': False, 'shape': (4294967296, 4294967296), }"))]))

# Attacks on HDF5
SHAPES = {"dense": [(2, 3), (3,)], "batch_normalization": [(3,)] * 4}


def external(h5):
    for name, shapes in SHAPES.items():
        group = h5.create_group("layers/%s/vars" % name)
        for i, shape in enumerate(shapes):
            group.create_dataset(str(i), shape, "f4", external=[("/etc/passwd", 0, 24)] if len(shape) == 2 else None)


def elsewhere(h5):
    group = h5.create_group("layers")
    group["dense"] = h5py.ExternalLink("/etc/outside.h5", "/layers/dense")
    h5.create_group("layers/batch_normalization/vars")


def circle(h5):
    layers = h5.create_group("layers")
    layers["dense"] = h5["/"]
    layers["norm"] = layers


def absurd(h5):
    for name, shapes in SHAPES.items():
        group = h5.create_group("layers/%s/vars" % name)
        for i, shape in enumerate(shapes):
            shape = (1 << 40, 1 << 20) if name == "dense" and i == 0 else shape
            group.create_dataset(str(i), shape, "f4", chunks=tuple(min(n, 64) for n in shape))


put("weights", "external-array", hdf5(external))
put("weights", "external-link", hdf5(elsewhere))
put("weights", "circle", hdf5(circle))
put("weights", "absurd-shape", hdf5(absurd))
put("h5", "no-model", hdf5(lambda h5: h5.create_dataset("a", data=np.eye(2))))
put("h5", "deep", hdf5(lambda h5: h5.attrs.__setitem__("model_config", "[" * 3000)))
put("h5", "lambda", hdf5(lambda h5: h5.attrs.__setitem__("model_config", json.dumps({
    "class_name": "Sequential", "config": {"name": "s", "layers": [
        {"class_name": "Lambda", "config": {"name": "f", "function": {"class_name": "__lambda__", "config": {"code": "4wEA"}}}}]}}))))
put("h5", "cut-off", saved(model.save, ".h5")[:4000])

# Arrays
put("npy", "floats", npy(np.arange(6, dtype="f4").reshape(2, 3)))
put("npy", "fortran", npy(np.asfortranarray(np.arange(6, dtype=">i2").reshape(2, 3))))
put("npy", "texts", npy(np.array(["a", "bcd"])))
put("npy", "pickle", npy_header("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }") + b"cos\nsystem\n(S'x'\ntR.")
put("npy", "absurd-shape", npy_header("{'descr': '<f8', 'fortran_order': False, 'shape': (9223372036854775807, 2), }"))
put("npy", "deep", npy_header("{'descr': " + "(" * 5000))
put("npy", "cut-off", npy(np.eye(9))[:200])
idx = struct.pack(">HBBII", 0, 8, 2, 2, 3) + bytes(range(6))
put("idx", "plain", idx)
put("idx", "packed", gzip.compress(idx, mtime=0))
put("idx", "absurd-shape", struct.pack(">HBBIII", 0, 8, 3, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF) + b"123")
put("idx", "gzip-bomb", gzip.compress(bytes(LIMIT + (1 << 20)), mtime=0))

# Texts
put("json", "deep", '{"class_name":"Sequential","config":{"layers":[' * 200)
put("json", "absurd-shape", json.dumps({"class_name": "Sequential", "config": {"layers": [
    {"class_name": "InputLayer", "config": {"batch_shape": [2147483647] * 8}}, {"class_name": "Flatten", "config": {}}]}}))
put("json", "many-weights", json.dumps({"class_name": "Sequential", "config": {"layers": [
    {"class_name": "InputLayer", "config": {"batch_shape": [None, 2147483647]}},
    {"class_name": "Dense", "config": {"units": 2147483647}}]}}))
put("compile", "adam", json.dumps(keras.saving.serialize_keras_object(keras.optimizers.Adam(0.01))).join(
    ('{"loss": "mse", "metrics": ["mae"], "optimizer": ', "}")))
put("compile", "plain", '{"optimizer": "sgd", "loss": {"dense": "huber"}, "loss_weights": [0.5], "weighted_metrics": null, "run_eagerly": false}')
put("compile", "deep", '{"optimizer": ' * 1000)
put("python", "sequential", """import keras
from keras import layers

n = 2 * 4
model = keras.Sequential([keras.Input((4, 4, 1)), layers.Conv2D(n, 3, activation="relu"), layers.Flatten()], name="s")
model.add(layers.Dense(3))
model.compile(optimizer=keras.optimizers.Adam(learning_rate=0.01), loss="mse", metrics=["mae"])
""")
put("python", "functional", """from keras import Input, Model, layers, ops


def make():
    x = Input(shape=(4,), name="x")
    y = layers.Dense(4, kernel_initializer={"class_name": "Zeros", "config": {}})(x)
    return Model(inputs=x, outputs=[ops.relu(x + y * 2), y])


model = make()
""")
put("python", "deep", "x = " + "(" * 5000)
put("python", "deep-indent", "".join(" " * i + "if x:\n" for i in range(110)))
put("python", "code", "import os\nos.system('true')\n")
put("python", "power", "x = 9 ** 9 ** 9\nmodel = keras.Sequential([x])\n")
put("python", "repeat", "x = 'a' * 99999999999\n")
put("literal", "adam", "Adam(learning_rate=0.01, beta_1=.9, name='a')")
put("literal", "nested", "SGD(ExponentialDecay(0.1, decay_steps=100, [1, [2, None]], x=True), clipnorm=-1e-3)")
put("literal", "name", "adam")
put("literal", "deep", "a(" * 5000)
put("csv", "table", 'a,b,c\n1,"2\n2",3\n4,,"6"""\n')
put("csv", "numbers", "x;y\r\n1;-2.5e3\r\n0,5;nan\r\n")
put("csv", "open-quote", 'a,b\n1,"' + "x" * 100)
put("csv", "absurd-columns", "," * 9000 + "\n" + "1\n" * 10)
put("table", "csv", '{"kind": "csv", "path": "x.csv", "target": "y", "normalize": true}\0a,b,y\n1,u,0\n2,v,1\n3,u,0\n4,v,1\n5,u,1\n')
put("table", "series", '{"kind": "series", "path": "x.csv", "window": 2}\0t,y\n' + "".join("%d,%d\n" % (i, i % 5) for i in range(20)))
put("table", "text", '{"kind": "text", "path": "x.csv", "text": "t", "target": "y", "length": 4}\0t,y\na b c,0\nd a,1\nc c c c c,0\nb,1\ne,0\n')
put("table", "arrays", '{"kind": "arrays", "x": "x.csv", "y": ["x.csv"]}\0a,b\n1,2\n3,4\n')
put("table", "absurd-window", '{"kind": "series", "path": "x.csv", "window": 9223372036854775807}\0t,y\n1,2\n2,3\n')
put("table", "absurd-length", '{"kind": "text", "path": "x.csv", "text": "t", "length": 99999999999}\0t\na b\n')
put("shards", "list", '{"metadata": {"total_size": 10}, "weight_map": {"/layers/dense/vars": ["a.weights.h5"]}}')
put("shards", "path-traversal", '{"metadata": {}, "weight_map": {"/layers/dense/vars": ["../../outside.weights.h5"]}}')
put("shards", "deep", "[" * 5000)
put("shards", "octal", '{"\\377"]')
put("runs", "runs", json.dumps([{"number": 1, "name": "a", "notes": "b", "state": "finished", "message": "c", "started": 1,
                                 "seconds": 2.5, "epochs": 2, "settings": {"fit": {"epochs": 2}},
                                 "series": [{"name": "loss", "epochs": [1, 0.5, 2, None], "batches": [0.5, 0.7]}]}]))
put("runs", "wrong-types", json.dumps([{"number": [], "name": 3, "notes": {}, "state": [1], "message": None, "started": "x",
                                        "seconds": "y", "epochs": -1, "settings": 5,
                                        "series": [{"name": [], "epochs": [[1, 2], {}], "batches": 7}]}, 8, None]))
put("runs", "deep", "[" * 5000)
put("document", "deep", '{"nodes": [' * 3000)
