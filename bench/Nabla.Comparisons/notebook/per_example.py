#!/usr/bin/env python3
"""Trains one hidden layer example by example in NumPy: the way of the notebook's first exercise.

Written from the equations in docs/backprop.md, with what makes that way what it is kept: column vectors in double precision, a gradient
for each example, and sums of gradients that are new arrays each time.

    per_example.py                               prints NumPy's version and its BLAS
    per_example.py TASK.npz RESULT.npz RUNS      prints the seconds of each run over all examples, one a line

TASK holds x [examples, inputs], y [examples, outputs], w1, b1, w2, b2, batch, rate; RESULT the parameters after one run.
"""
import os
import sys
import time

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def sigmoid_prime(z):
    return sigmoid(z) * (1 - sigmoid(z))


def gradient(x, y, w1, b1, w2, b2):
    """Of the cost (a2 - y)^2 / 2 for one example, by w1, b1, w2 and b2."""
    z1 = w1 @ x + b1                                    # [hidden, 1]
    a1 = sigmoid(z1)
    z2 = w2 @ a1 + b2                                   # [outputs, 1]
    delta2 = (sigmoid(z2) - y) * sigmoid_prime(z2)
    delta1 = w2.T @ delta2 * sigmoid_prime(z1)
    return delta1 @ x.T, delta1, delta2 @ a1.T, delta2


def train(xs, ys, parameters, batch, rate):
    """One epoch of gradient descent, in the order of the data."""
    for start in range(0, len(xs), batch):
        nabla = [np.zeros(p.shape) for p in parameters]
        for x, y in zip(xs[start:start + batch], ys[start:start + batch]):
            nabla = [n + g for n, g in zip(nabla, gradient(x.reshape(-1, 1), y.reshape(-1, 1), *parameters))]
        parameters = [p - rate / batch * n for p, n in zip(parameters, nabla)]
    return parameters


def blas():
    """File name of the BLAS that NumPy has loaded: on Linux, the system decides which library that is."""
    if not sys.platform.startswith('linux'):
        return 'the BLAS of its package'
    with open('/proc/self/maps') as maps:
        names = {os.path.basename(os.path.realpath(line.split()[-1])) for line in maps if '/' in line}
    for part in ('openblas', 'mkl_rt', 'blis', 'blas'):
        for name in sorted(names):
            if part in name:
                return name + (", netlib's reference BLAS" if part == 'blas' else '')
    return 'an unknown BLAS'


def main():
    if len(sys.argv) == 1:
        print(f'NumPy {np.__version__} ({blas()})')
        return
    task_path, result_path, runs = sys.argv[1:]
    with np.load(task_path) as task:
        xs, ys = task['x'].astype(float), task['y'].astype(float)
        initial = [task[name].astype(float) for name in ('w1', 'b1', 'w2', 'b2')]
        batch, rate = int(task['batch']), float(task['rate'])
    for _ in range(int(runs)):
        begin = time.perf_counter()
        parameters = train(xs, ys, initial, batch, rate)
        print(time.perf_counter() - begin)
    np.savez(result_path, **dict(zip(('w1', 'b1', 'w2', 'b2'), parameters)))


main()
