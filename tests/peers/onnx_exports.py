#!/usr/bin/env python3
"""Writes tests/Nabla.Onnx.Tests/Exports: small perceptrons as PyTorch and scikit-learn export them, with inputs and expected outputs.

Needs NumPy, PyTorch, scikit-learn, skl2onnx and onnx. Run it by hand when other exporters are to be tested; the files are committed.
"""

import json
import sys
from pathlib import Path

import numpy as np
import onnx
import onnx.helper
import torch
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from torch import nn

if not hasattr(onnx.helper, "np_dtype_to_tensor_dtype"):  # skl2onnx is newer than Debian's onnx
    onnx.helper.np_dtype_to_tensor_dtype = lambda kind: onnx.mapping.NP_TYPE_TO_TENSOR_TYPE[np.dtype(kind)]
    onnx.helper.tensor_dtype_to_np_dtype = lambda number: onnx.mapping.TENSOR_TYPE_TO_NP_TYPE[number]

from skl2onnx import to_onnx  # noqa: E402

FOLDER = Path(__file__).parent.parent / "Nabla.Onnx.Tests" / "Exports"
random = np.random.default_rng(1)


def save(name, model, inputs, outputs, labels=None):
    """Writes the file, and what it should predict, [examples, outputs]."""
    (FOLDER / f"{name}.onnx").write_bytes(model)
    expected = {"inputs": inputs.reshape(len(inputs), -1).tolist(), "outputs": np.asarray(outputs, dtype=np.float64).tolist()}
    if labels is not None:
        expected["labels"] = [str(label) for label in labels]
    (FOLDER / f"{name}.json").write_text(json.dumps(expected) + "\n")


def save_torch(name, network, shape, opset=17, export_shape=None, transform=None):
    network = network.eval()
    inputs = torch.tensor(random.normal(size=(20, *shape)), dtype=torch.float32)
    path = FOLDER / f"{name}.onnx"
    axes = {"input": {0: "batch"}, "output": {0: "batch"}}
    torch.onnx.export(
        network, inputs[:1] if export_shape is None else torch.zeros(export_shape), str(path), opset_version=opset,
        input_names=["input"], output_names=["output"], dynamic_axes=axes)
    outputs = network(inputs).detach().double()
    save(name, path.read_bytes(), inputs.numpy(), (transform or (lambda values: values))(outputs).numpy())


def save_sklearn(name, model, inputs, targets, **options):
    model.fit(inputs, targets)
    classifies = hasattr(model, "predict_proba")
    exported = to_onnx(model, inputs[:1], target_opset={"": 15, "ai.onnx.ml": 3}, **options).SerializeToString()
    outputs = model.predict_proba(inputs) if classifies else model.predict(inputs).reshape(len(inputs), 1)
    save(name, exported, inputs, outputs, model.predict(inputs) if classifies else None)


def torch_exports():
    torch.manual_seed(1)
    save_torch("torch-regression", nn.Sequential(
        nn.Linear(6, 8), nn.GELU(), nn.Linear(8, 7), nn.SiLU(), nn.Linear(7, 6), nn.Mish(), nn.Linear(6, 5), nn.Softplus(),
        nn.Linear(5, 5), nn.ELU(0.5), nn.Linear(5, 5), nn.SELU(), nn.Linear(5, 5), nn.LeakyReLU(0.2), nn.Linear(5, 4), nn.Softsign(),
        nn.Linear(4, 2)), (6,))
    save_torch("torch-image", nn.Sequential(
        nn.Flatten(), nn.Linear(12, 8), nn.ReLU(), nn.Dropout(0.5), nn.Linear(8, 3), nn.Softmax(1)), (1, 3, 4), opset=14)
    save_torch("torch-logits", nn.Sequential(
        nn.Linear(5, 6), nn.Tanh(), nn.Linear(6, 4, bias=False)), (5,), opset=9, transform=lambda values: values.softmax(1))
    save_torch("torch-log-softmax", nn.Sequential(
        nn.Linear(5, 6), nn.Sigmoid(), nn.Linear(6, 4), nn.LogSoftmax(1)), (5,), transform=lambda values: values.exp())


def sklearn_exports():
    inputs = (random.normal(size=(60, 4)) * [1, 10, 100, 3] + [0, 5, -200, 1]).astype(np.float32)
    score = inputs[:, 0] + inputs[:, 1] / 10
    options = {"hidden_layer_sizes": (7, 5), "max_iter": 50, "random_state": 1}
    three = np.array(["low", "middle", "high"])[np.digitize(score, [0, 1])]
    save_sklearn("sklearn-three-classes", make_pipeline(StandardScaler(), MLPClassifier(activation="tanh", **options)), inputs, three)
    save_sklearn("sklearn-two-classes", make_pipeline(StandardScaler(), MLPClassifier(activation="logistic", **options)), inputs,
                 np.where(score > 0.5, 7, 3))
    two = MLPClassifier(activation="relu", **options)
    save_sklearn("sklearn-two-names", two, inputs / 100, np.where(score > 0.5, "yes", "no"), options={id(two): {"zipmap": False}})
    save_sklearn("sklearn-values", make_pipeline(StandardScaler(), MLPRegressor(activation="identity", **options)), inputs, score)
    save_sklearn("sklearn-doubles", make_pipeline(StandardScaler(), MLPRegressor(activation="tanh", **options)),
                 inputs.astype(np.float64), score)


if __name__ == "__main__":
    sys.dont_write_bytecode = True
    FOLDER.mkdir(exist_ok=True)
    torch_exports()
    sklearn_exports()
