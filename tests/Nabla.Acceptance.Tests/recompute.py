"""Computes a model's accuracy on MNIST's test digits from its safetensors file, with NumPy alone and none of Nabla's code.

Usage: recompute.py MODEL.safetensors MNIST.npz
"""
import json
import sys

import numpy as np


def read_safetensors(path):
    with open(path, "rb") as f:
        length = int.from_bytes(f.read(8), "little")
        header = json.loads(f.read(length))
        data = f.read()
    metadata = header.pop("__metadata__")
    tensors = {}
    for name, entry in header.items():
        assert entry["dtype"] == "F32", name
        begin, end = entry["data_offsets"]
        tensors[name] = np.frombuffer(data[begin:end], "<f4").reshape(entry["shape"])
    return metadata, tensors


ACTIVATIONS = {
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "sigmoid-as-printed": lambda z: 1 / (1 + np.exp(-z)),
    "tanh": np.tanh,
    "relu": lambda z: np.maximum(z, 0),
    "identity": lambda z: z,
}


def main(model, mnist):
    metadata, tensors = read_safetensors(model)
    options = json.loads(metadata["nabla.options"])
    with np.load(mnist) as arrays:
        x, labels = arrays["x_test"].reshape(-1, 784).astype(np.float32), arrays["y_test"]
    a = (x - tensors["preprocessing.offset"]) * tensors["preprocessing.scale"]
    layers = len(options["layers"]) + 1
    for layer in range(layers):
        z = a @ tensors[f"layers.{layer}.weight"].T + tensors[f"layers.{layer}.bias"]
        # The strongest output is the same before and after the last activation.
        a = ACTIVATIONS[options["activation"]](z) if layer < layers - 1 else z
    print("Accuracy:", (a.argmax(1) == labels).mean())


main(*sys.argv[1:])
