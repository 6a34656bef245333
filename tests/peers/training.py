"""Whole training steps of a small network: gradients by autograd, limits of the gradient, weight decay, PyTorch's optimizers."""

import torch

import optimizers
import nabla

CASES = [
    "sgd:l2=0.01/0/0", "sgd:l2=0.01/0/0.05", "sgd:l2=0.01/0.01/0", "sgd:l2=0.01/0.02/0.05", "momentum:nesterov=1/0.02/0.05",
    "rmsprop:epsilon=0.01,l2=0.01/0.02/0.05", "adam:epsilon=0.01,l2=0.01/0.02/0.05", "adam:epsilon=0.01,amsgrad=1/0/0.05",
    "adamw:epsilon=0.01,l2=0.1/0.02/0.05",
]


def limit(parameters, value, norm):
    """Value first, then norm. PyTorch's clip_grad_norm_ adds 1e-6 to the norm, which would hide the agreement."""
    if value > 0:
        torch.nn.utils.clip_grad_value_(parameters, value)
    length = torch.sqrt(sum((p.grad**2).sum() for p in parameters))
    if norm > 0 and length > norm:
        for p in parameters:
            p.grad *= norm / length


def steps(line, first, count):
    """The parameters after each step: all weights [outputs, inputs], then all biases."""
    inputs, hidden, outputs = first["sizes"]
    x = torch.tensor(first["x"], dtype=torch.float64).reshape(-1, inputs)
    labels = torch.tensor(first["labels"])
    shapes = [(hidden, inputs), (outputs, hidden), (hidden,), (outputs,)]
    sizes = [torch.Size(shape).numel() for shape in shapes]
    start = torch.tensor(first["start"], dtype=torch.float64).split(sizes)
    w1, w2, b1, b2 = parameters = [p.reshape(shape).clone().requires_grad_() for p, shape in zip(start, shapes)]
    optimizer = optimizers.create(line["kind"].split("/")[0], line["options"], [w1, w2], [b1, b2], line["options"]["l2"])
    result = []
    for _ in range(count):
        optimizer.zero_grad()
        z = torch.tanh(x @ w1.T + b1) @ w2.T + b2
        torch.nn.functional.cross_entropy(z, labels).backward()
        limit(parameters, line["clipValue"], line["clipNorm"])
        optimizer.step()
        result.append(torch.cat([p.reshape(-1) for p in parameters]).tolist())
    return result


def check():
    first, traces = nabla.run("training", CASES)
    for line in traces:
        expected = steps(line, first, len(line["floats"]))
        nabla.compare(line["kind"], expected, line["floats"], 1e-6)
        nabla.compare(f"{line['kind']}, reference", expected, line["doubles"], 1e-12)
