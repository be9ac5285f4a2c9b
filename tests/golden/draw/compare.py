# SPDX-License-Identifier: LGPL-2.1-or-later
"""What Keras and strata-cli make of the same model and the same arrays."""
import json
import os
import re
import subprocess
import tempfile
from dataclasses import dataclass, field

import keras
import numpy as np
import tensorflow as tf

PREDICTION, TRAINING = 2e-4, 1e-3

# Metrics that jump when a number crosses a threshold.
COUNTED = ('acc', 'auc', 'precision', 'recall', 'f1', 'iou', 'fbeta', 'positives', 'negatives', 'specificity', 'sensitivity')


@dataclass
class Trial:
    """A model, what goes in, and how it is trained (nothing: it is not)."""
    model: object
    xs: list
    ys: list = None
    fit: dict = field(default_factory=dict)         # what Keras's fit() gets
    arguments: list = field(default_factory=list)   # what strata-cli train gets besides
    files: dict = field(default_factory=dict)       # arrays that the arguments name
    what: str = ''                                  # said with each problem
    weights: bool = True                            # whether trained weights are compared
    evaluation: dict = None                         # what Keras's evaluate() gets; the files and arguments serve both
    callbacks: object = None                        # makes a callback of Keras, or several, for a folder; the arguments name the same
    written: list = field(default_factory=list)     # ends of the names of files that the callback writes
    tolerance: float = 1
    form: str = None                                # the only format in which Keras keeps all of it


class KerasCannot(Exception):
    """Keras itself cannot run or save the model."""


class Terminal:
    def __init__(self, path, folder):
        self.path, self.folder = path, folder

    def __call__(self, *arguments):
        done = subprocess.run([self.path, *arguments], capture_output=True, text=True, timeout=120, cwd=self.folder)
        if done.returncode != 0:
            raise RuntimeError(f'{arguments[0]} exit {done.returncode}: {done.stderr.strip()[:400]}')
        return done.stdout


def as_list(x):
    return list(keras.tree.flatten(x))


def difference(a, b):
    """The largest, relative where numbers are large."""
    a, b = np.asarray(a, 'float64'), np.asarray(b, 'float64')
    if a.shape != b.shape:
        raise RuntimeError(f'shapes {a.shape} {b.shape}')
    if not np.array_equal(np.isfinite(a), np.isfinite(b)):
        return float('inf')
    ok = np.isfinite(b)
    return float(np.max(np.abs(a[ok] - b[ok]) / (1 + np.abs(b[ok])), initial=0))


def as_inputs(xs):
    """Texts, and what goes with them, as TensorFlow takes them: Keras does not know NumPy's own."""
    if not any(a.dtype.kind == 'U' for a in xs):
        return xs
    return [keras.ops.convert_to_tensor(a.astype(object), 'string') if a.dtype.kind == 'U' else keras.ops.convert_to_tensor(a) for a in xs]


def keras_predicts(model, xs):
    xs = as_inputs(xs)
    x = {t.name: a for t, a in zip(model.inputs, xs)} if isinstance(model._inputs_struct, dict) else xs if len(xs) > 1 else xs[0]
    outputs = [keras.ops.convert_to_numpy(keras.ops.cast(t, 'float32') if 'float16' in str(t.dtype) else t) for t in as_list(model(x, training=False))]
    for layer in model._flatten_layers():
        if getattr(layer, 'stateful', False):
            layer.reset_state()
    return outputs


def batches(x, y, batch_size, validation_split=0., **fit):
    """What fit() takes for texts, which it does not split into batches right itself."""
    x = tuple(as_inputs(x)) if isinstance(x, list) else as_inputs([x])[0]
    n = len(keras.tree.flatten(y)[0])
    whole, first = tf.data.Dataset.from_tensor_slices((x, y)), int(n * (1 - validation_split))
    held = dict(validation_data=whole.skip(first).batch(batch_size)) if first < n else {}
    return dict(x=whole.take(first).batch(batch_size), **held, **fit)


def is_operator(c):
    return str(c.get('module')).startswith('keras.src.ops.')


def is_named_activation(c):
    """A layer as an activation that is no more than a name: Activation('tanh')."""
    return c.get('class_name') in ('Activation', 'Identity') and 'config' in c and 'inbound_nodes' not in c and 'build_config' not in c


def plain(config):
    """A config without what differs from object to object, masks, which layers hand on by themselves, and what was learnt."""
    unsaid = ('shared_object_id', 'build_config', 'compile_config', 'module', 'registered_name', 'mask', 'training', 'vocabulary', 'idf_weights')

    def strip(c):
        if isinstance(c, dict) and is_named_activation(c):
            return strip(c['config']['activation']) if c['class_name'] == 'Activation' else 'linear'
        if isinstance(c, dict) and c.get('class_name') == 'Sequential':
            # Keras forgets it of such models, whose layers each have it.
            c = dict(c, config={k: v for k, v in c['config'].items() if k != 'trainable'})
        if isinstance(c, dict):
            return {k: strip(v) for k, v in c.items() if k not in unsaid}
        return [strip(v) for v in c if not (isinstance(v, dict) and is_operator(v))] if isinstance(c, list) else c
    config = strip(json.loads(json.dumps(config, default=str)))
    for key in ('input_layers', 'output_layers'):
        # One tensor, or a list of one: Keras takes both.
        if isinstance(config.get(key), list) and len(config[key]) == 1:
            config[key] = config[key][0]
    return config


def exact(c):
    """A config without what is made anew for each object: ids, seeds; and quantization and the axes of initializers, which are not in Strata.
    An activation that is a layer around a name is that name."""
    if isinstance(c, dict):
        if c.get('class_name') == 'Activation' and 'inbound_nodes' not in c and 'build_config' not in c:
            return c['config']['activation']
        if c.get('class_name') == 'DTypePolicy':
            return c['config']['name']
        return {k: exact(v) for k, v in c.items() if k not in ('shared_object_id', 'build_config', 'compile_config', 'quantization_config', 'input_axes', 'output_axes', 'seed')
                and not (k == 'activity_regularizer' and v is None)}
    return [exact(v) for v in c] if isinstance(c, list) else c


def unlike(a, b, path=''):
    """Where two configs differ, or None."""
    if isinstance(a, dict) and isinstance(b, dict):
        for k in sorted(set(a) | set(b)):
            if k not in a or k not in b:
                return f'{path}/{k} only in {"ours" if k in a else "theirs"}'
            if found := unlike(a[k], b[k], f'{path}/{k}'):
                return found
        return None
    if isinstance(a, list) and isinstance(b, list) and len(a) == len(b):
        return next((f for i, (x, y) in enumerate(zip(a, b)) if (f := unlike(x, y, f'{path}/{i}'))), None)
    if isinstance(a, float) or isinstance(b, float):
        same = isinstance(a, (int, float)) and isinstance(b, (int, float)) and abs(a - b) <= 1e-6 * abs(b)
    else:
        same = a == b
    return None if same else f'{path} {str(a)[:150]} for {str(b)[:150]}'


class Comparison:
    def __init__(self, cli, trial, form, what):
        self.trial, self.form, self.what, self.problems = trial, form, what, []
        self.folder = tempfile.TemporaryDirectory()
        self.d = self.folder.name
        self.cli = Terminal(cli, self.d)

    def run(self):
        with self.folder:
            try:
                self.prepare()
            except Exception as e:
                raise KerasCannot(f'{type(e).__name__} {str(e)[:200]}') from e
            for name in self.what:
                try:
                    getattr(self, name)()
                except KerasCannot:
                    if not self.problems:
                        raise
                except Exception as e:
                    self.problems.append(f'{name}: {str(e)[:400]}' if isinstance(e, RuntimeError) else f'{name}: {type(e).__name__} {str(e)[:400]}')
        return self.problems

    def at(self, name):
        return os.path.join(self.d, name)

    def prepare(self):
        t = self.trial
        self.inputs = []
        for symbol, x in zip(t.model.inputs, t.xs):
            np.save(self.at(f'x-{symbol.name}.npy'), x)
            self.inputs.append(f'{symbol.name}=x-{symbol.name}.npy')
        for name, x in t.files.items():
            np.save(self.at(name), x)
        self.expected = keras_predicts(t.model, t.xs)
        # First, as saving as .h5 takes the optimizer out of what Keras saves afterwards.
        t.model.save(self.at('start.keras'))
        # Tokens with ends of lines in them do not come back.
        if t.form and max(difference(a, b) for a, b in zip(keras_predicts(self.loaded('start.keras'), t.xs), self.expected)) > PREDICTION:
            raise KerasCannot('load what it saved')
        if self.form == 'json':
            with open(self.at('m.json'), 'w') as f:
                f.write(t.model.to_json())
            t.model.save_weights(self.at('m.weights.h5'))
            self.path = 'm.json'
        else:
            self.path = f'm.{self.form}'
            t.model.save(self.at(self.path))

    def loaded(self, name):
        return keras.saving.load_model(self.at(name), compile=not name.endswith('.h5'))

    def source(self):
        """The model with its weights in one file."""
        if self.form == 'json':
            self.cli('convert', self.path, 'joined.keras', '--weights', 'm.weights.h5')
            return 'joined.keras'
        return self.path

    @staticmethod
    def apart(got, expected):
        return max([difference(a, b) for a, b in zip(got, expected)], default=0) if len(got) == len(expected) else float('inf')

    def check(self, what, got, expected, limit):
        e = self.apart(got, expected)
        if e > limit * self.trial.tolerance:
            self.problems.append(f'{what} {e:.1e}')

    def predict(self):
        outputs = [f'out{i}.npy' for i in range(len(self.expected))]
        self.cli('predict', self.source(), *[a for i in self.inputs for a in ('--input', i)], *[a for o in outputs for a in ('--output', o)])
        self.check('predict', [np.load(self.at(o)) for o in outputs], self.expected, PREDICTION)

    def convert(self):
        """What strata-cli writes, Keras reads, with the same options and the same predictions."""
        for name in ('c.keras', 'c.h5', 'c.json'):
            try:
                self.cli('convert', self.source(), name)
                if name == 'c.json':
                    self.cli('convert', self.source(), 'c.weights.h5')
                    with open(self.at(name)) as f:
                        again = keras.models.model_from_json(f.read())
                    again.load_weights(self.at('c.weights.h5'))
                else:
                    again = self.loaded(name)
            except Exception:
                if not self.keras_can(name):
                    continue
                raise
            if found := unlike(plain(again.get_config()), plain(self.trial.model.get_config())):
                self.problems.append(f'config {name}: {found}')
            made = keras_predicts(again, self.trial.xs)
            if self.apart(made, self.expected) > 1e-6 * self.trial.tolerance:
                # Keras's own files may lack something, as the policy of SpatialDropout.
                self.check(f'convert {name}', made, keras_predicts(self.loaded('start.keras'), self.trial.xs), 1e-6)

    def keras_can(self, name):
        try:
            if name.endswith('.json'):
                keras.models.model_from_json(self.trial.model.to_json())
                return True
            self.trial.model.save(self.at('own' + name[1:]))
            self.loaded('own' + name[1:])
            return True
        except Exception:
            return False

    def train(self):
        t = self.trial
        if t.ys is None:
            return
        names = self.output_names()
        targets = [f'y{i}.npy' for i in range(len(t.ys))]
        for name, y in zip(targets, t.ys):
            np.save(self.at(name), y)
        if len(set(names)) == len(names) > 1:
            targets = [f'{n}={y}' for n, y in zip(names, targets)]
        source = 'start.keras' if self.form == 'json' else self.path
        x, y = t.xs if len(t.xs) > 1 else t.xs[0], t.ys if len(t.ys) > 1 else t.ys[0]
        if isinstance(t.model._inputs_struct, dict):
            x = {s.name: a for s, a in zip(t.model.inputs, t.xs)}
        if isinstance(t.model._outputs_struct, dict):
            y = dict(zip(t.model._outputs_struct, t.ys))
        given = batches(x, y, **t.fit) if any(a.dtype.kind == 'U' for a in t.xs) else dict(x=x, y=y, **t.fit)

        def fit(model, folder):
            os.makedirs(folder, exist_ok=True)
            return model.fit(shuffle=False, verbose=0, callbacks=as_list(t.callbacks(folder)) if t.callbacks else None, **given).history
        try:
            history = fit(t.model, self.at('keras'))
        except Exception as e:
            raise KerasCannot(f'fit: {type(e).__name__} {str(e)[:150]}') from e
        self.own = set(os.listdir(self.d)) | {'t.keras'}
        self.cli('train', source, *[a for i in self.inputs for a in ('--x', i)], *[a for y in targets for a in ('--y', y)],
                 '--no-shuffle', '--output', 't.keras', '--history', 'h.json', *t.arguments)
        with open(self.at('h.json')) as f:
            ours = json.load(f)
        found = self.compare_fit(ours, history, self.loaded('t.keras') if t.weights else None, t.model)
        if found:
            # What Keras itself makes of numbers that differ in their seventh digit is the least that can be asked.
            other = keras.saving.load_model(self.at('start.keras'))
            noise = without_gradient(other, x, y, t.fit['batch_size'])
            nudge(other)
            own = dict(self.compare_fit(fit(other, self.at('other')), history, other if t.weights else None, t.model))
            found = [(what, e) for what, e in found if not e <= 10 * own.get(what, 0) and not any(f' {n}' in what for n in noise)]
        self.problems += [f'{what} {e:.1e}' if isinstance(e, float) else f'{what} {e}' for what, e in found]
        if t.written:
            self.compare_written(t.written)

    def compare_fit(self, ours, theirs, trained, model):
        """What differs, and by how much: history, weights and optimizer."""
        found = []

        def note(what, a, b, limit):
            e = difference(a, b)
            if e > limit * self.trial.tolerance:
                found.append((what, e))
        if list(ours) != list(theirs):
            found.append((f'history has {list(ours)}, not {list(theirs)}', float('inf')))
        for key in set(ours) & set(theirs):
            a, b = (np.array([np.nan if v is None else v for v in h[key]], 'float64') for h in (ours, theirs))
            step = 1.01 / max(1, self.trial.ys[0].shape[0] // 8) if any(k in key.lower() for k in COUNTED) else 0
            note(f'train {key}', a, b, max(TRAINING, step / self.trial.tolerance))
        if trained is not None:
            for a, b in zip(trained.weights, model.weights):
                note(f'weight {b.path}', a.numpy(), b.numpy(), 2 * TRAINING)
        if trained is not None and model.optimizer:
            ours, theirs = trained.optimizer.variables, model.optimizer.variables
            if len(ours) != len(theirs):
                found.append((f'optimizer has {len(ours)} variables, not {len(theirs)}', float('inf')))
            for a, b in zip(ours, theirs):
                note(f'optimizer {b.path}', a.numpy(), b.numpy(), 5 * TRAINING)
        return found

    def compare_written(self, ends):
        """The files of a callback: their names, and what is in them."""
        def names(folder):
            return sorted(n for n in os.listdir(folder) if any(n.endswith(e) for e in ends) and n not in self.own)
        ours, theirs = names(self.d), names(self.at('keras'))
        if ours != theirs:
            self.problems.append(f'files {ours}, not {theirs}')
        for name in set(ours) & set(theirs):
            a, b = self.at(name), self.at(os.path.join('keras', name))
            if name.endswith('.csv'):
                self.compare_tables(name, open(a, newline='').read(), open(b, newline='').read())
            else:
                self.compare_models(name, a, b)

    def compare_tables(self, name, ours, theirs):
        def cells(text):
            return [re.split('[,;|]', line) for line in text.split('\r\n')]
        for a, b in zip(cells(ours), cells(theirs)):
            for x, y in zip(a, b):
                try:
                    same = abs(float(x) - float(y)) <= 10 * TRAINING * (1 + abs(float(y))) or x == y or float(y) != float(y)
                    if x.startswith('0.') and repr(float(x)) != x:
                        self.problems.append(f'{name} has {x}')
                except ValueError:
                    same = x == y
                if not same:
                    self.problems.append(f'{name} has {x}, not {y}')
        if [len(r) for r in cells(ours)] != [len(r) for r in cells(theirs)]:
            self.problems.append(f'{name} has other rows')

    def compare_models(self, name, ours, theirs):
        pair = []
        for path in (ours, theirs):
            if name.endswith('.weights.h5'):
                made = keras.saving.load_model(self.at('start.keras'))
                made.load_weights(path)
            else:
                made = keras.saving.load_model(path, compile=not name.endswith('.h5'))
            pair.append(made)
        for a, b in zip(pair[0].weights, pair[1].weights):
            self.check(f'{name} {b.path}', [a.numpy()], [b.numpy()], 10 * TRAINING)

    def evaluate(self):
        """Loss and metrics of the model as it is."""
        t = self.trial
        if t.evaluation is None:
            return
        np.save(self.at('y.npy'), t.ys[0])
        t.model.save(self.at('evaluated.keras'))
        weights = ['--sample-weight', 'weights.npy'] if 'weights.npy' in t.files else []
        ours = json.loads(self.cli('evaluate', 'evaluated.keras', '--x', self.inputs[0], '--y', 'y.npy', '--json', '--batch-size', str(t.evaluation['batch_size']), *weights))
        theirs = t.model.evaluate(t.xs[0], t.ys[0], verbose=0, return_dict=True, **t.evaluation)
        if sorted(ours) != sorted(theirs):
            self.problems.append(f'evaluate has {sorted(ours)}, not {sorted(theirs)}')
        for key in set(ours) & set(theirs):
            ours[key] = float('nan') if ours[key] is None else ours[key]
            self.check(f'evaluate {key} {ours[key]} {theirs[key]}', [np.array(ours[key])], [np.array(theirs[key])], PREDICTION)

    def resume(self):
        """Two epochs on one side and two on the other are four: the optimizer goes on where it was."""
        t = self.trial
        # What a stateful layer remembers is not in files.
        if t.ys is None or not t.model.trainable_weights or any(getattr(l, 'stateful', False) for l in t.model._flatten_layers()):
            return
        size, arguments = t.fit['batch_size'], ['--epochs', '2', '--no-shuffle', '--batch-size', str(t.fit['batch_size'])]
        for i, y in enumerate(t.ys):
            np.save(self.at(f'y{i}.npy'), y)
        data = [a for i in self.inputs for a in ('--x', i)] + [a for i in range(len(t.ys)) for a in ('--y', f'y{i}.npy')]
        x, y = t.xs if len(t.xs) > 1 else t.xs[0], t.ys if len(t.ys) > 1 else t.ys[0]

        def fit(model, epochs):
            try:
                model.fit(x, y, epochs=epochs, batch_size=size, shuffle=False, verbose=0)
            except Exception as e:
                raise KerasCannot(f'fit: {type(e).__name__} {str(e)[:150]}') from e
            return model

        def compare(what, name):
            for a, b in zip(keras.saving.load_model(self.at(name), compile=False).weights, whole.weights):
                self.check(f'{what}: weight {b.path}', [a.numpy()], [b.numpy()], 2 * TRAINING)
        # An optimizer that has not begun takes what it remembers from weights that a file replaces afterwards.
        fit(t.model, 1).save(self.at('r0.keras'))
        whole = fit(self.loaded('r0.keras'), 2)
        for form in ('keras', 'h5'):
            try:
                whole.save(self.at(f'r2.{form}'))
            except Exception:
                if form == 'keras':
                    raise
                self.cli('convert', 'r2.keras', 'r2.h5')
            self.cli('train', 'r0.keras', *data, *arguments, '--output', f's2.{form}')
        fit(whole, 2)
        for form in ('keras', 'h5'):
            for side in ('r', 's'):
                self.cli('train', f'{side}2.{form}', *data, *arguments, '--output', 'done.keras')
                compare(f'Strata goes on from {side}2.{form}', 'done.keras')
        fit(self.loaded('s2.keras'), 2).save(self.at('done.keras'))
        compare('Keras goes on from s2.keras', 'done.keras')

    def python(self):
        """The code that strata-cli writes makes the same model when Python runs it, and when strata-cli reads it."""
        config = plain(self.trial.model.get_config())
        self.cli('convert', self.source(), 'c.py')
        self.cli('convert', self.source(), 'c.weights.h5')
        keras.backend.clear_session()
        scope = {}
        with open(self.at('c.py')) as f:
            exec(f.read(), scope)
        if found := unlike(plain(scope['model'].get_config()), config):
            self.problems.append(f'config of c.py: {found}')
        scope['model'].load_weights(self.at('c.weights.h5'))
        self.check('c.py', keras_predicts(scope['model'], self.trial.xs), self.expected, 1e-6)
        self.cli('convert', 'c.py', 'p.keras', '--weights', 'c.weights.h5')
        again = self.loaded('p.keras')
        if found := unlike(plain(again.get_config()), config):
            self.problems.append(f'config of p.keras: {found}')
        self.check('p.keras', keras_predicts(again, self.trial.xs), self.expected, 1e-6)

    def json(self):
        """Strata's JSON is Keras's, but for what is made anew for each object, and what Keras says only of its own kinds."""
        self.trial.model.save(self.at('exact.keras'))
        self.cli('convert', 'exact.keras', 'exact.json')
        with open(self.at('exact.json')) as f:
            ours = json.load(f)
        if found := unlike(exact(ours), exact(json.loads(self.trial.model.to_json()))):
            self.problems.append(f'json: {found}')

    def summary(self):
        """The same table for all widths and options, with the operations that make masks."""
        model = self.trial.model
        os.environ['COLUMNS'] = '200'
        model.save(self.at('summed.keras'))
        model = self.loaded('summed.keras')
        for width in (60, 80, 100, 120):
            first, last = model._operations[len(model._operations) // 3].name, model._operations[-1].name
            for options in ({}, dict(expand_nested=True), dict(show_trainable=True), dict(expand_nested=True, show_trainable=True),
                            dict(layer_range=(first, last)), dict(layer_range=(last, first + '$')), dict(positions=[.2, .5, .7, 1.])):
                lines = []
                try:
                    model.summary(line_length=width, print_fn=lines.append, **options)
                except IndexError:
                    continue  # more positions than columns
                theirs = '\n'.join(lines)
                said = dict(layer_range=lambda v: ['--from', v[0], '--to', v[1]], positions=lambda v: ['--positions', ','.join(map(str, v))])
                ours = self.cli('summary', 'summed.keras', '--width', str(width), *[a for o, v in options.items() for a in said.get(o, lambda v: ['--' + o.replace('_', '-')])(v)])
                if ours != theirs:
                    differing = next((f'{a!r} for {b!r}' for a, b in zip(ours.split('\n'), theirs.split('\n')) if a != b), 'another number of lines')
                    self.problems.append(f'summary {width} {" ".join(options)}: {differing}')
                    return

    def output_names(self):
        model = self.trial.model
        return list(model._outputs_struct) if isinstance(model._outputs_struct, dict) else model.output_names


def nudge(model):
    """Changes weights as rounding does."""
    rng = np.random.default_rng(0)
    for v in model.trainable_weights:
        v.assign(v * (1 + 1e-6 * rng.normal(size=v.shape)).astype('float32') + (1e-7 * rng.normal(size=v.shape)).astype('float32'))


def without_gradient(model, x, y, batch_size):
    """Names of weights that the loss does not depend on, as a bias whose mean is taken off: their gradient is rounding, which
    optimizers that divide by its size make steps of. It is rounding where it is a millionth of the largest."""
    x, y = (keras.tree.map_structure(lambda a: a[:batch_size], v) for v in (x, y))
    with tf.GradientTape() as tape:
        loss = model.compute_loss(x=x, y=y, y_pred=model(x, training=True))
    gradients = tape.gradient(loss, model.trainable_weights)
    sizes = [0. if g is None else float(np.abs(tf.convert_to_tensor(g)).max(initial=0)) for g in gradients]
    small = [w.path for w, size in zip(model.trainable_weights, sizes) if size <= 1e-6 * max(sizes)]
    if any(path.endswith('bias') for path in small):
        # The means that are taken off such a bias are what it adds.
        small += [w.path for w in model.non_trainable_weights if w.path.endswith('moving_mean')]
    rule = model.optimizer.name
    return small + [f'{rule}/{path.replace("/", "_")}' for path in small]


def perturb(model, rng):
    """Makes weights that start as zeros or ones differ, and keeps what must be positive so."""
    for v in model.weights:
        if 'float' not in str(v.dtype) or 'seed' in v.path or v.name in ('mean', 'variance', 'vector_u'):
            continue
        noise = rng.normal(0, .1, v.shape)
        v.assign(v + np.asarray(np.abs(noise) if 'variance' in v.path or 'stddev' in v.path else noise, 'float32').astype(str(v.dtype) if 'bfloat' not in str(v.dtype) else 'float32'))


Trial.comparison = Comparison
