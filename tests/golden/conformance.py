#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Compares strata-cli with a running Keras on random models.

usage: conformance.py STRATA_CLI [single|graphs|training|losses|metrics] [--seeds FROM TO] [--only NAME,...] [--format keras|h5|json]

Each seed draws a model, saves it with Keras, and checks that strata-cli predicts
the same (2e-4), that Keras reads what strata-cli writes, with the same options,
and that training without shuffling gives the same history, weights and optimizer
(1e-3). Prints a line for each disagreement; needs keras and tensorflow.
"""
import argparse
import os
import sys
import warnings

os.environ.setdefault('TF_CPP_MIN_LOG_LEVEL', '3')
os.environ.setdefault('CUDA_VISIBLE_DEVICES', '')
warnings.filterwarnings('ignore')

import keras

from draw.compare import Comparison
from draw.graphs import draw_graph
from draw.measures import LOSSES, METRICS, draw_loss, draw_metric
from draw.single import LAYERS, draw_single
from draw.training import RATES, draw_training

FORMATS = ('keras', 'h5', 'json')


def main():
    p = argparse.ArgumentParser()
    p.add_argument('cli')
    p.add_argument('kind', nargs='?', default='single')
    p.add_argument('--seeds', nargs=2, type=int, default=[0, 10])
    p.add_argument('--only')
    p.add_argument('--what', default='predict,convert,train,evaluate')
    p.add_argument('--format', help='one of keras, h5, json; otherwise by turns')
    a = p.parse_args()
    cli = os.path.abspath(a.cli)
    kinds = dict(single=(LAYERS, draw_single), graphs=(('image', 'sequence', 'words', 'numbers', 'several'), draw_graph), training=(RATES, draw_training),
                 losses=(LOSSES, draw_loss), metrics=(METRICS, draw_metric))
    names, draw = kinds[a.kind]
    count = bad = 0
    for name in (a.only.split(',') if a.only else names):
        for seed in range(*a.seeds):
            keras.backend.clear_session()
            keras.utils.set_random_seed(seed)
            try:
                trial = draw(name, seed)
            except Exception as e:
                print(f'{name} {seed}: cannot be drawn: {type(e).__name__} {str(e)[:200]!r}', flush=True)
                continue
            form = a.format or FORMATS[seed % len(FORMATS)]
            problems = Comparison(cli, trial, form, a.what.split(',')).run()
            count += 1
            if problems:
                bad += 1
                print(f'{name} {seed} {form} {trial.what}: {"; ".join(problems)[:900]}', flush=True)
    print(f'{count} models, {bad} disagree')
    return bad > 0


if __name__ == '__main__':
    sys.exit(main())
