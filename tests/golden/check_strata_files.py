#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Has Strata read the files in files/ and write them anew, and checks that Keras 3 loads what it wrote.

Predictions must be those of the original, and one more training step must give what it gave there: so the
optimizer's state came through. Needs keras and tensorflow, so it is not among the tests that every build runs.

Usage: check_strata_files.py STRATA_CLI
"""
import glob
import os
import subprocess
import sys
import tempfile

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

import keras
import numpy as np

files = os.path.join(os.path.dirname(os.path.abspath(__file__)), "files")
failures = 0


def arrays(name, kind):
    return [np.load(path) for path in sorted(glob.glob(os.path.join(files, f"{name}-{kind}[0-9].npy")))]


def single(items):
    return items[0] if len(items) == 1 else items


def difference(model, name, kind):
    found = model.predict(single(arrays(name, "x")), verbose=0)
    return max(np.abs(a - b).max() for a, b in zip(found if isinstance(found, list) else [found], arrays(name, kind)))


def report(what, good, detail=""):
    global failures
    failures += not good
    print(("ok      " if good else "NOT OK  ") + what + ("  " + detail if detail else ""), flush=True)


def convert(source, target, *more):
    run = subprocess.run([sys.argv[1], "convert", source, target, *more], capture_output=True, text=True)
    if run.returncode != 0 or run.stderr:
        report(f"{os.path.basename(source)} -> {os.path.basename(target)}", run.returncode == 0, run.stderr.strip())
    return run.returncode == 0


def check_model(source, name, target, trains=True):
    what = f"{os.path.basename(source)} -> {os.path.basename(target)}"
    try:
        model = keras.models.load_model(target)
        first = difference(model, name, "y")
        report(what + " predicts", first < 1e-4, f"{first:.1e}")
        if trains:
            model.train_on_batch(single(arrays(name, "x")), single(arrays(name, "t")))
            second = difference(model, name, "z")
            report(what + " trains on", second < 1e-4, f"{second:.1e}")
    except Exception as error:
        report(what, False, f"{type(error).__name__}: {str(error)[:600]}")


def check_weights(name, architecture, target):
    what = f"{name} -> {os.path.basename(target)}"
    try:
        with open(architecture) as file:
            model = keras.models.model_from_json(file.read())
        model.load_weights(target)
        first = difference(model, name, "y")
        report(what + " predicts", first < 1e-4, f"{first:.1e}")
    except Exception as error:
        report(what, False, f"{type(error).__name__}: {str(error)[:600]}")


def check_python(name, path, weights):
    what = f"{name} -> {os.path.basename(path)}"
    try:
        scope = {}
        with open(path) as file:
            exec(file.read(), scope)
        scope["model"].load_weights(weights)
        first = difference(scope["model"], name, "y")
        report(what + " predicts", first < 1e-4, f"{first:.1e}")
    except Exception as error:
        report(what, False, f"{type(error).__name__}: {str(error)[:600]}")


with tempfile.TemporaryDirectory() as folder:
    for source in sorted(glob.glob(os.path.join(files, "*.keras")) + glob.glob(os.path.join(files, "k2-*.h5"))):
        if source.endswith(".weights.h5"):
            continue
        name = os.path.basename(source).rsplit(".", 1)[0]
        target = os.path.join(folder, name)
        if convert(source, target + ".keras"):
            check_model(source, name, target + ".keras")
        # Keras cannot go on training after it loaded an .h5 file, not even one of its own.
        if convert(source, target + ".h5"):
            check_model(source, name, target + ".h5", trains=False)
        if convert(source, target + ".json") and convert(source, target + ".weights.h5"):
            check_weights(name, target + ".json", target + ".weights.h5")
            if convert(source, target + ".py"):
                check_python(name, target + ".py", target + ".weights.h5")

print(f"{failures} failures" if failures else "all good")
sys.exit(failures > 0)
