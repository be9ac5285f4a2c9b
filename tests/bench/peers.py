#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Measures how fast Strata trains beside TensorFlow, PyTorch and JAX.

    tests/bench/peers.py [--cli build/src/cli/strata-cli] [--python PYTHON]... [WORKLOAD]...

Every peer that one of the given Pythons can import trains the networks of
`strata-cli bench` on the same kind of random samples. Measurements are
interleaved, so what else the machine does falls on all alike, and the median
counts. Each peer is taken at its best: Keras compiles its steps, PyTorch and
JAX are given loops of their own without any library around them. Published
networks come from Keras, on each of its backends that is there, and in plain
PyTorch from torch_nets.py.
"""
import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import time

SECONDS = 1.0
WORKLOADS = {
    "mlp": dict(input=(784,), classes=10, layers=[
        ("dense", 128, "relu"), ("dropout", 0.2), ("dense", 64, "relu"), ("dropout", 0.2), ("dense", 10, None)]),
    "cnn": dict(input=(28, 28, 1), classes=10, layers=[
        ("conv", 32), ("pool",), ("conv", 64), ("pool",), ("conv", 64), ("flatten",), ("dense", 64, "relu"),
        ("dense", 10, None)]),
    "text": dict(input=(100,), vocabulary=10000, classes=2, layers=[
        ("embedding", 10000, 128), ("lstm", 64, True), ("lstm", 32, False), ("dense", 1, None)]),
    "series": dict(input=(60, 1), classes=0, layers=[("lstm", 50, True), ("lstm", 50, False), ("dense", 1, None)]),
    "resnet50-predict": dict(application="ResNet50", layers=None),
    "vgg16-predict": dict(application="VGG16", layers=None),
    "efficientnet-predict": dict(application="EfficientNetB0", layers=None),
    "vgg16-head": dict(application="VGG16", thawed=0, layers=[("flatten",), ("dense", 256, "relu"), ("dense", 10, None)]),
    "resnet50-tune": dict(application="ResNet50", pooling="avg", thawed=30, layers=[("dense", 10, None)]),
}
for workload in WORKLOADS.values():
    if "application" in workload:
        workload.update(input=(224, 224, 3), classes=10)
BATCHES = {"mlp": (32, 128), "cnn": (32, 128), "text": (32,), "series": (32,), "resnet50-predict": (8,), "vgg16-predict": (1,),
           "efficientnet-predict": (8,), "vgg16-head": (8,), "resnet50-tune": (8,)}
PEERS = {
    "tensorflow": ("keras", "tensorflow"),
    "keras-jax": ("keras", "jax"),
    "keras-torch": ("keras", "torch"),
    "jax": ("jax",),
    "torch": ("torch",),
}


def draw(workload, n):
    import numpy as np

    random = np.random.default_rng(1)
    if "vocabulary" in workload:
        x = random.integers(0, workload["vocabulary"], (n, *workload["input"])).astype(np.int32)
    else:
        x = random.random((n, *workload["input"]), dtype=np.float32)
    if workload["classes"] > 2:
        return x, random.integers(0, workload["classes"], n).astype(np.int32)
    return x, random.integers(0, 2, (n, 1)).astype(np.float32)


class KerasPeer:
    """Keras's fit, on TensorFlow or JAX."""

    def __init__(self, backend):
        os.environ["KERAS_BACKEND"] = backend
        import keras

        self.keras = keras
        self.applications = True
        self.version = f"Keras {keras.__version__}, {backend} {__import__(backend).__version__}"

    def prepare(self, workload, batch, n):
        layers = self.keras.layers
        make = {
            "dense": lambda units, activation: layers.Dense(units, activation=activation),
            "dropout": lambda rate: layers.Dropout(rate),
            "conv": lambda filters: layers.Conv2D(filters, 3, activation="relu"),
            "pool": lambda: layers.MaxPooling2D(2),
            "flatten": lambda: layers.Flatten(),
            "embedding": lambda words, units: layers.Embedding(words, units),
            "lstm": lambda units, sequences: layers.LSTM(units, return_sequences=sequences),
        }
        losses = self.keras.losses
        loss, metrics = [(losses.MeanSquaredError(), []), None, (losses.BinaryCrossentropy(from_logits=True), ["accuracy"]),
                         (losses.SparseCategoricalCrossentropy(from_logits=True), ["accuracy"])][min(workload["classes"], 3)]
        dtype = "int32" if "vocabulary" in workload else "float32"
        self.model = self.keras.Sequential([self.keras.Input(workload["input"], dtype=dtype)])
        if "application" in workload:
            self.model.add(self.take_application(workload))
        for kind, *arguments in workload["layers"] or []:
            self.model.add(make[kind](*arguments))
        self.model.compile("adam", loss, metrics=metrics)
        self.x, self.y = draw(workload, n)
        self.batch, self.predicts = batch, workload["layers"] is None

    def take_application(self, workload):
        make = getattr(self.keras.applications, workload["application"])
        if workload["layers"] is None:
            return make(weights=None)
        base = make(weights=None, include_top=False, input_shape=workload["input"], pooling=workload.get("pooling"))
        for layer in base.layers[:len(base.layers) - workload["thawed"]]:
            layer.trainable = False
        return base

    def epoch(self):
        if self.predicts:
            for start in range(0, len(self.x), self.batch):
                self.model.predict_on_batch(self.x[start:start + self.batch])
            return
        self.model.fit(self.x, self.y, batch_size=self.batch, epochs=1, verbose=0)


class TorchPeer:
    """A plain loop over batches of a tensor."""

    APPLICATIONS = {"ResNet50": "resnet50", "VGG16": "vgg16", "EfficientNetB0": "efficientnet_b0"}
    # Convolutions and normalizations among so many last layers of Keras's.
    THAWED = {0: 0, 30: 18}

    def __init__(self):
        import torch

        self.torch = torch
        torch.set_num_threads(len(os.sched_getaffinity(0)))
        self.version = f"PyTorch {torch.__version__}"
        self.applications = True

    def take_application(self, workload):
        import torch_nets
        from torch.fx.experimental.optimization import fuse

        predicts = workload["layers"] is None
        net = getattr(torch_nets, self.APPLICATIONS[workload["application"]])(top=predicts)
        if predicts:
            return [fuse(net.eval())]  # normalization becomes part of convolutions
        torch_nets.thaw(net, self.THAWED[workload["thawed"]])
        return [net]

    def prepare(self, workload, batch, n):
        torch, nn = self.torch, self.torch.nn
        make = {
            "dense": lambda units, activation: [nn.LazyLinear(units)] + ([nn.ReLU()] if activation else []),
            "dropout": lambda rate: [nn.Dropout(rate)],
            "conv": lambda filters: [nn.LazyConv2d(filters, 3), nn.ReLU()],
            "pool": lambda: [nn.MaxPool2d(2)],
            "flatten": lambda: [nn.Flatten()],
            "embedding": lambda words, units: [nn.Embedding(words, units)],
            "lstm": lambda units, sequences: [Lstm(units, sequences)],
        }

        class Lstm(nn.Module):
            def __init__(self, units, sequences):
                super().__init__()
                self.units, self.sequences, self.lstm = units, sequences, None

            def forward(self, x):
                if self.lstm is None:
                    self.lstm = nn.LSTM(x.shape[-1], self.units, batch_first=True)
                y = self.lstm(x)[0]
                return y if self.sequences else y[:, -1]

        base = self.take_application(workload) if "application" in workload else []
        layers = [layer for kind, *arguments in workload["layers"] or [] for layer in make[kind](*arguments)]
        self.model = nn.Sequential(*base, *layers)
        x, y = draw(workload, n)
        self.classes, self.batch, self.predicts = workload["classes"], batch, workload["layers"] is None
        self.x, self.y = torch.from_numpy(x), torch.from_numpy(y)
        if self.classes > 2:
            self.y = self.y.long()
        if len(workload["input"]) == 3:
            self.x = self.x.permute(0, 3, 1, 2).contiguous()
        self.model(self.x[:batch])  # layers learn the shapes of their weights
        if base:
            self.x = self.x.contiguous(memory_format=torch.channels_last)
            self.model = self.model.to(memory_format=torch.channels_last)
        if self.predicts:
            return
        self.optimizer = torch.optim.Adam([p for p in self.model.parameters() if p.requires_grad], fused=True)
        self.loss = [nn.MSELoss(), None, nn.BCEWithLogitsLoss(), nn.CrossEntropyLoss()][min(self.classes, 3)]

    def epoch(self):
        torch = self.torch
        if self.predicts:
            with torch.inference_mode():
                for start in range(0, len(self.x), self.batch):
                    self.model(self.x[start:start + self.batch])
            return
        order = torch.randperm(len(self.x))
        hits, total = torch.zeros(()), torch.zeros(())
        for start in range(0, len(order), self.batch):
            index = order[start:start + self.batch]
            x, y = self.x[index], self.y[index]
            self.optimizer.zero_grad(set_to_none=True)
            scores = self.model(x)
            loss = self.loss(scores, y)
            loss.backward()
            self.optimizer.step()
            with torch.no_grad():
                if self.classes > 0:
                    hits += ((scores.argmax(1) if self.classes > 2 else scores > 0) == y).sum()
                total += loss
        return float(hits), float(total)


class JaxPeer:
    """A jitted step of forward, backward and Adam, with its buffers donated."""

    def __init__(self):
        import jax

        self.jax = jax
        self.applications = False
        self.version = f"JAX {jax.__version__}"

    def initialize(self, workload):
        import numpy as np

        random, shape, weights = np.random.default_rng(2), workload["input"], []
        for kind, *arguments in workload["layers"]:
            if kind == "dense":
                weights.append((random.normal(0, 0.05, (shape[0], arguments[0])).astype("f"), np.zeros(arguments[0], "f")))
                shape = (arguments[0],)
            elif kind == "conv":
                weights.append((random.normal(0, 0.05, (3, 3, shape[2], arguments[0])).astype("f"), np.zeros(arguments[0], "f")))
                shape = (shape[0] - 2, shape[1] - 2, arguments[0])
            elif kind == "pool":
                shape = (shape[0] // 2, shape[1] // 2, shape[2])
            elif kind == "flatten":
                shape = (int(np.prod(shape)),)
            elif kind == "embedding":
                weights.append((random.normal(0, 0.05, arguments).astype("f"),))
                shape = (shape[0], arguments[1])
            elif kind == "lstm":
                units = arguments[0]
                weights.append((random.normal(0, 0.05, (shape[1], 4 * units)).astype("f"),
                                random.normal(0, 0.05, (units, 4 * units)).astype("f"), np.zeros(4 * units, "f")))
                shape = (shape[0], units) if arguments[1] else (units,)
        return weights

    def prepare(self, workload, batch, n):
        jax, jnp = self.jax, self.jax.numpy

        def forward(weights, x, key):
            rest = iter(weights)
            for kind, *arguments in workload["layers"]:
                if kind == "dense":
                    w, b = next(rest)
                    x = x @ w + b
                    x = jax.nn.relu(x) if arguments[1] else x
                elif kind == "dropout":
                    key, own = jax.random.split(key)
                    x = jnp.where(jax.random.bernoulli(own, 1 - arguments[0], x.shape), x / (1 - arguments[0]), 0)
                elif kind == "conv":
                    w, b = next(rest)
                    x = jax.nn.relu(jax.lax.conv_general_dilated(x, w, (1, 1), "VALID", dimension_numbers=("NHWC", "HWIO", "NHWC")) + b)
                elif kind == "pool":
                    x = jax.lax.reduce_window(x, -jnp.inf, jax.lax.max, (1, 2, 2, 1), (1, 2, 2, 1), "VALID")
                elif kind == "flatten":
                    x = x.reshape(len(x), -1)
                elif kind == "embedding":
                    x = next(rest)[0][x]
                elif kind == "lstm":
                    x = lstm(x, *next(rest))
                    x = x if arguments[1] else x[:, -1]
            return x

        def lstm(x, kernel, recurrent, bias):
            given = jnp.swapaxes(x @ kernel + bias, 0, 1)
            zeros = jnp.zeros((len(x), len(recurrent)))

            def step(state, given):
                h, c = state
                i, f, g, o = jnp.split(given + h @ recurrent, 4, 1)
                c = jax.nn.sigmoid(f) * c + jax.nn.sigmoid(i) * jnp.tanh(g)
                h = jax.nn.sigmoid(o) * jnp.tanh(c)
                return (h, c), h

            return jnp.swapaxes(jax.lax.scan(step, (zeros, zeros), given)[1], 0, 1)

        def objective(weights, x, y, key):
            scores = forward(weights, x, key)
            if workload["classes"] == 0:
                return jnp.mean((scores - y) ** 2), 0
            if workload["classes"] == 2:
                return jnp.mean(jax.nn.softplus(scores) - y * scores), jnp.sum((scores > 0) == y)
            loss = -jnp.mean(jnp.take_along_axis(jax.nn.log_softmax(scores), y[:, None], 1))
            return loss, jnp.sum(jnp.argmax(scores, 1) == y)

        def step(state, x, y):
            weights, m, v, t, key, total, hits = state
            key, own = jax.random.split(key)
            (loss, right), grads = jax.value_and_grad(objective, has_aux=True)(weights, x, y, own)
            t = t + 1
            alpha = 1e-3 * jnp.sqrt(1 - 0.999**t) / (1 - 0.9**t)
            m = jax.tree.map(lambda m, g: m + (g - m) * 0.1, m, grads)
            v = jax.tree.map(lambda v, g: v + (g * g - v) * 0.001, v, grads)
            weights = jax.tree.map(lambda w, m, v: w - alpha * m / (jnp.sqrt(v) + 1e-7), weights, m, v)
            return weights, m, v, t, key, total + loss, hits + right

        weights = jax.tree.map(jnp.asarray, self.initialize(workload))
        zeros = lambda: jax.tree.map(jnp.zeros_like, weights)
        self.state = (weights, zeros(), zeros(), jnp.zeros(()), jax.random.key(0), jnp.zeros(()), jnp.zeros((), int))
        self.step = jax.jit(step, donate_argnums=0)
        self.x, self.y = draw(workload, n)
        self.batch = batch

    def epoch(self):
        import numpy as np

        order = np.random.permutation(len(self.x))
        for start in range(0, len(order), self.batch):
            index = order[start:start + self.batch]
            self.state = self.step(self.state, self.x[index], self.y[index])
        self.jax.block_until_ready(self.state)


def work(name):
    """Answers requests on standard input: one line with a workload and a batch size, one with the samples a second."""
    started = time.monotonic()
    peer = {"tensorflow": lambda: KerasPeer("tensorflow"), "keras-jax": lambda: KerasPeer("jax"), "keras-torch": lambda: KerasPeer("torch"),
            "torch": TorchPeer, "jax": JaxPeer}[name]()
    print(json.dumps({"version": peer.version, "import_seconds": time.monotonic() - started, "applications": peer.applications}),
          flush=True)
    at = None
    for line in sys.stdin:
        workload, batch = line.split()
        if at != line:
            n = int(batch) * (128 if workload == "mlp" else 2 if "application" in WORKLOADS[workload] else 8)
            peer.prepare(WORKLOADS[workload], int(batch), n)
            peer.epoch()
            peer.epoch()
            at = line
        start, done = time.monotonic(), 0
        while time.monotonic() - start < SECONDS:
            peer.epoch()
            done += n
        rate = done / (time.monotonic() - start)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        print(json.dumps({"samples_per_second": rate, "peak_bytes": memory}), flush=True)


class Worker:
    def __init__(self, python, name):
        environment = dict(os.environ, TF_CPP_MIN_LOG_LEVEL="3", CUDA_VISIBLE_DEVICES="", JAX_PLATFORMS="cpu")
        self.name = name
        self.process = subprocess.Popen([python, __file__, "--work", name], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL, text=True, env=environment)
        self.about = json.loads(self.process.stdout.readline())

    def measure(self, workload, batch):
        """Returns None once the peer has ended by itself, as for want of memory."""
        try:
            self.process.stdin.write(f"{workload} {batch}\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            return None
        answer = self.process.stdout.readline()
        if not answer:
            print(f"{self.name} ended with status {self.process.wait()} on {workload}", file=sys.stderr)
            return None
        return json.loads(answer)

    def stop(self):
        self.process.communicate()


def find_peers(pythons):
    found = {}
    for python in pythons:
        for name, modules in PEERS.items():
            code = f"import importlib.util as u, sys; sys.exit(not all(u.find_spec(m) for m in {modules!r}))"
            if name not in found and subprocess.run([python, "-c", code], stderr=subprocess.DEVNULL).returncode == 0:
                found[name] = python
    return found


def measure_strata(cli, workload, batch):
    output = subprocess.run([cli, "bench", "--json", "-b", str(batch), workload], check=True, capture_output=True, text=True).stdout
    return json.loads(output)


def compare(cli, workers, workload, batch, rounds):
    results = {"strata": []}
    for worker in workers:
        results[worker.name] = []
    for _ in range(rounds):
        results["strata"].append(measure_strata(cli, workload, batch))
        for worker in workers:
            results[worker.name].append(worker.measure(workload, batch))
    return {name: (statistics.median(r["samples_per_second"] for r in all), max(r["peak_bytes"] for r in all))
            for name, all in results.items() if None not in all}


def print_results(workload, batch, results):
    strata, memory = results.pop("strata")
    print(f"{workload:20} batch {batch:4}  strata      {strata:10.1f} samples/s  {memory / 1e6:6.0f} MB")
    for name, (rate, memory) in sorted(results.items(), key=lambda item: -item[1][0]):
        print(f"{'':20} {'':10}  {name:11} {rate:10.1f} samples/s  {memory / 1e6:6.0f} MB   strata is {strata / rate:.2f} times as fast")
    sys.stdout.flush()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cli", default="build/src/cli/strata-cli", help="the strata-cli to measure")
    parser.add_argument("--python", action="append", help="a Python that has peers (may be given several times)")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--work", help=argparse.SUPPRESS)
    parser.add_argument("workloads", nargs="*", metavar="WORKLOAD", help=", ".join(WORKLOADS))
    options = parser.parse_args()
    if options.work:
        return work(options.work)

    peers = find_peers(options.python or [sys.executable])
    if not peers:
        sys.exit("There is no peer to compare with: pip install tensorflow-cpu, torch or jax, and name that Python with --python.")
    for workload in options.workloads or WORKLOADS:
        workers = [Worker(python, name) for name, python in peers.items()]
        for worker in [w for w in workers if "application" in WORKLOADS[workload] and not w.about["applications"]]:
            worker.stop()
            workers.remove(worker)
        if workload == (options.workloads or list(WORKLOADS))[0]:
            for worker in workers:
                print(f"{worker.name}: {worker.about['version']}, imported in {worker.about['import_seconds']:.1f} s")
        for batch in BATCHES[workload]:
            print_results(workload, batch, compare(options.cli, workers, workload, batch, options.rounds))
        for worker in workers:
            worker.stop()


if __name__ == "__main__":
    main()
