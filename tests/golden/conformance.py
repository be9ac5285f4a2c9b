#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Compares strata-cli with a running Keras on random models.

usage: conformance.py STRATA_CLI [single|graphs|networks|training|fits|objectives|watching|rounded|losses|metrics|legacy|texts|first] [--seeds FROM TO]
    [--only NAME,...] [--format keras|h5|json] [--what predict,convert,train,evaluate,resume,python,summary,json]

Each seed draws a model, saves it with Keras, and checks that strata-cli predicts
the same (2e-4), that Keras reads what strata-cli writes, with the same options,
and that training without shuffling gives the same history, weights and optimizer
(1e-3). resume has each side go on from what the other saved, python runs the code
that is written, summary compares the tables, json what to_json() says; legacy draws with tf-keras.
Prints a line for each disagreement; needs keras and tensorflow.
"""
import argparse
import logging
import os
import subprocess
import sys
import warnings

os.environ.setdefault('TF_CPP_MIN_LOG_LEVEL', '3')
os.environ.setdefault('CUDA_VISIBLE_DEVICES', '')
warnings.filterwarnings('ignore')
logging.getLogger('absl').setLevel(logging.ERROR)

import keras

from draw.compare import KerasCannot
from draw.first import FIRST, draw_first
from draw.fits import FITS, draw_fit
from draw.graphs import GRAPHS, draw_graph
from draw.legacy import STEPS, draw_legacy
from draw.measures import LOSSES, METRICS, draw_loss, draw_metric
from draw.networks import NETWORKS, draw_network
from draw.objectives import SHAPES, draw_objective
from draw.rounded import ROUNDED, draw_rounded
from draw.single import LAYERS, draw_single
from draw.texts import TEXTS, draw_text
from draw.training import RATES, draw_training
from draw.watching import WATCHING, draw_watching

MARK = '\x01'
FORMATS = ('keras', 'h5', 'json')


KINDS = dict(single=(LAYERS, draw_single), graphs=(GRAPHS, draw_graph), networks=(NETWORKS, draw_network), training=(RATES, draw_training), fits=(FITS, draw_fit),
             objectives=(SHAPES, draw_objective), watching=(WATCHING, draw_watching), rounded=(ROUNDED, draw_rounded), losses=(LOSSES, draw_loss), metrics=(METRICS, draw_metric), legacy=(STEPS, draw_legacy),
             texts=(TEXTS, draw_text), first=(FIRST, draw_first))


def run(a, name, seed):
    """The problems of one model, or None where Keras itself does not draw it."""
    keras.backend.clear_session()
    keras.utils.set_random_seed(seed)
    form = a.format or FORMATS[seed % len(FORMATS)]
    try:
        trial = KINDS[a.kind][1](name, seed)
    except Exception as e:
        print(f'{name} {seed}: cannot be drawn: {type(e).__name__} {str(e)[:200]!r}', flush=True)
        return None
    form = trial.form or form
    try:
        problems = trial.comparison(os.path.abspath(a.cli), trial, form, a.what.split(',')).run()
    except KerasCannot as e:
        print(f'{name} {seed}: Keras cannot: {e}', flush=True)
        return None
    if problems:
        print(f'{name} {seed} {form} {trial.what}: {"; ".join(problems)[:900]}', flush=True)
    return problems


def work(a, todo):
    """In a process of its own, as TensorFlow may end it: says on a line of its own what it begins and how that ended."""
    for name, seed in todo:
        print(f'{MARK}begin {name} {seed}', flush=True)
        problems = run(a, name, seed)
        print(f'{MARK}{"skipped" if problems is None else "bad" if problems else "good"} {name} {seed}', flush=True)


def main():
    p = argparse.ArgumentParser()
    p.add_argument('cli')
    p.add_argument('kind', nargs='?', default='single')
    p.add_argument('--seeds', nargs=2, type=int, default=[0, 10])
    p.add_argument('--only')
    p.add_argument('--what', default='predict,convert,train,evaluate')
    p.add_argument('--format', help='one of keras, h5, json; otherwise by turns')
    p.add_argument('--skip', type=int, help=argparse.SUPPRESS)
    a = p.parse_args()
    todo = [(name, seed) for name in (a.only.split(',') if a.only else KINDS[a.kind][0]) for seed in range(*a.seeds)]
    if a.skip is not None:
        return work(a, todo[a.skip:])
    count = dict(good=0, bad=0, skipped=0)
    done = 0
    while done < len(todo):
        worker = subprocess.Popen([sys.executable, *sys.argv, '--skip', str(done)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        begun = None
        for line in worker.stdout:
            if not line.startswith(MARK):
                print(line, end='', flush=True)
                continue
            state, *begun = line[len(MARK):].split()
            if state != 'begin':
                count[state] += 1
                done, begun = done + 1, None
        worker.wait()
        if begun:
            print(f'{" ".join(begun)}: Keras was ended by signal {-worker.returncode}', flush=True)
            count['skipped'] += 1
            done += 1
        elif done < len(todo):
            sys.exit(f'the worker ended by itself: {worker.returncode}')
    print(f'{count["good"] + count["bad"]} models, {count["bad"]} disagree, {count["skipped"]} that Keras does not take')
    return count['bad'] > 0


if __name__ == '__main__':
    sys.exit(main())
