"""Networks of scikit-learn and PyTorch in Nabla, Nabla's networks there, and its Python programs: the same to 1e-6, or to PyTorch's rounding."""

import contextlib
import importlib.util
import json
import pathlib
import struct
import subprocess
import sys
import tempfile
import types
import warnings

import numpy as np
import torch
from sklearn.neural_network import MLPClassifier, MLPRegressor
from torch import nn

ROOT = pathlib.Path(__file__).resolve().parents[2]
ALLOWED = 1e-6  # distance, or share of values above 1
MODULES = {"relu": nn.ReLU, "tanh": nn.Tanh, "logistic": nn.Sigmoid, "identity": nn.Identity, "gelu": nn.GELU, "silu": nn.SiLU}
NAMES = {"logistic": "sigmoid"}  # in Nabla, where it differs
warnings.simplefilter("ignore")  # that training ends before it converges
random = np.random.default_rng(1)


def block(word):
    """The program of docs/export.md that contains a word."""
    blocks = (ROOT / "docs" / "export.md").read_text().split("```python\n")[1:]
    return next(text for text in (block.split("```")[0] for block in blocks) if word in text)


def nabla(folder, *words):
    command = ["dotnet", "run", "-c", "Release", "--no-build", "--project", str(ROOT / "src" / "Nabla.Cli"), "--", *words]
    process = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    assert process.returncode == 0, f"{' '.join(words)}\n{process.stderr}"
    return process.stdout


def predicted(folder, inputs):
    """What model.safetensors predicts, [examples, outputs]."""
    np.savez(folder / "inputs.npz", x=inputs)
    lines = [json.loads(line) for line in nabla(folder, "predict", "model.safetensors", "inputs.npz", "--json").splitlines()]
    return np.array([list(line.get("scores", line.get("values")).values()) for line in lines])


def same(what, expected, actual, allowed=ALLOWED):
    expected, actual = np.asarray(expected, np.float64), np.asarray(actual, np.float64)
    assert expected.shape == actual.shape, f"{what}: {expected.shape} numbers are expected, not {actual.shape}"
    far = np.max(np.abs(actual - expected) / np.maximum(1, np.abs(expected)))
    print(f"  {what}: {far:.1e}, allowed {allowed:.0e}", flush=True)
    assert far <= allowed, f"{what}: {far} is more than {allowed}"


def names(outputs, classifies):
    return ["--class-names" if classifies else "--value-names", ",".join(f"n{i}" for i in range(max(outputs, 2 if classifies else 1)))]


def from_sklearn(folder, activation, targets, classifies):
    x = random.normal(size=(300, 6)).astype(np.float32)
    kind = MLPClassifier if classifies else MLPRegressor
    model = kind((12, 7), activation=activation, max_iter=40, random_state=1).fit(x, targets(x))
    with contextlib.chdir(folder):
        exec(block("np.savez"), {"np": np, "model": model})
    nabla(folder, "import", "weights.npz", "--activation", NAMES.get(activation, activation), *names(model.n_outputs_, classifies))
    expected = model.predict_proba(x) if classifies else model.predict(x).reshape(len(x), -1)
    same(f"scikit-learn's {kind.__name__} with {activation}, {expected.shape[1]} outputs, in Nabla", expected, predicted(folder, x))


def write_state(path, state):
    """A safetensors file, as the format is documented: the library may not be installed."""
    header, data = {}, b""
    for name, tensor in state.items():
        bytes_ = tensor.numpy().astype("<f4").tobytes()
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [len(data), len(data) + len(bytes_)]}
        data += bytes_
    text = json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)


def read_state(path):
    content = path.read_bytes()
    length = struct.unpack("<Q", content[:8])[0]
    tensors, data = json.loads(content[8:8 + length]), content[8 + length:]
    return {
        name: torch.tensor(np.frombuffer(data[slice(*about["data_offsets"])], "<f4").reshape(about["shape"]).copy())
        for name, about in tensors.items() if name != "__metadata__"
    }


def sequential(sizes, activation):
    modules = [module for i in range(len(sizes) - 1) for module in (nn.Linear(sizes[i], sizes[i + 1]), MODULES[activation]())]
    return nn.Sequential(*modules[:-1])


def from_torch(folder, activation, outputs, classifies):
    torch.manual_seed(1)
    network = sequential([6, 12, 7, outputs], activation)
    write_state(folder / "weights.safetensors", network.state_dict())
    nabla(folder, "import", "weights.safetensors", "--activation", NAMES.get(activation, activation), *names(outputs, classifies))
    x = random.normal(size=(300, 6)).astype(np.float32)
    expected = network(torch.tensor(x)).detach()
    expected = expected.softmax(dim=1) if classifies else expected
    same(f"PyTorch's network with {activation}, {outputs} outputs, in Nabla", expected.numpy(), predicted(folder, x))


def to_sklearn(folder, activation, classifies, x, outputs):
    """A peer of the right shape is trained for a moment, and then gets Nabla's weights."""
    arrays = np.load(folder / "weights.npz")
    count = len(arrays.files) // 2
    coefs = [arrays[f"coefs_{i}"] for i in range(count)]
    kind = MLPClassifier if classifies else MLPRegressor
    targets = np.arange(len(x)) % outputs if classifies else random.normal(size=(len(x), outputs))
    peer = kind([w.shape[1] for w in coefs[:-1]], activation=activation, max_iter=1).fit(x, targets if outputs > 1 else targets.ravel())
    peer.coefs_, peer.intercepts_ = coefs, [arrays[f"intercepts_{i}"] for i in range(count)]
    return peer.predict_proba(x) if classifies else peer.predict(x).reshape(len(x), -1)


def to_torch(folder, activation, classifies, x):
    state = read_state(folder / "weights.safetensors")
    weights = [tensor for name, tensor in state.items() if name.endswith("weight")]
    network = sequential([weights[0].shape[1], *(len(weight) for weight in weights)], activation)
    network.load_state_dict(state)
    outputs = network(torch.tensor(np.asarray(x), dtype=torch.float32)).detach()
    return (outputs.softmax(dim=1) if classifies else outputs).numpy()


def program(folder, name="model"):
    spec = importlib.util.spec_from_file_location("exported", folder / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def exported(folder, activation, targets, *options):
    """A model that Nabla trains on raw inputs; scikit-learn, PyTorch and its Python program get it."""
    x = (random.normal(size=(300, 6)) * [1, 2, 3, 0.1, 1, 1] + [0, 5, 0, 0, 1, 1]).astype(np.float32)
    y = targets(x)
    np.savez(folder / "data.npz", x_train=x, y_train=y)
    classifies = y.dtype.kind in "iu"
    outputs = len(np.unique(y)) if classifies else y.reshape(len(x), -1).shape[1]
    nabla(folder, "train", "data.npz", "--activation", NAMES.get(activation, activation), "--layers", "12,7", "--epochs", "5", *options)
    nabla(folder, "export", "model.safetensors", "--npz", "weights.npz", "--pytorch", "weights.safetensors", "--python", "model.py")
    expected = predicted(folder, x)
    what = f"Nabla's network with {activation}, {outputs} outputs, in"
    same(f"{what} scikit-learn", expected, to_sklearn(folder, activation, classifies, x, outputs))
    same(f"{what} PyTorch", expected, to_torch(folder, activation, classifies, x))
    same(f"{what} NumPy", expected, program(folder).predict(x))


def digits(folder):
    nabla(folder, "data", "make", "digits", "--out", "digits.npz")
    nabla(folder, "train", "digits", "--epochs", "2")
    nabla(folder, "export", "model.safetensors", "--python", "model.py")
    x = np.load(folder / "digits.npz")["x_test"]
    same(f"{len(x)} digits in NumPy", predicted(folder, x), program(folder).predict(x.reshape(len(x), -1)))


def page_network(folder):
    """The network of docs/export.md in PyTorch. safetensors may not be installed: its function is replaced."""
    nabla(folder, "train", "digits", "--layers", "16", "--epochs", "1")
    nabla(folder, "export", "model.safetensors", "--pytorch", "torch.safetensors")
    names = {"load_file": lambda name: read_state(folder / name)}
    sys.modules["safetensors"], sys.modules["safetensors.torch"] = types.ModuleType("safetensors"), types.SimpleNamespace(**names)
    variables = {}
    exec(block("load_state_dict"), variables)
    x = np.load(folder / "digits.npz")["x_test"]
    # The weights are the same to 1e-6: Nabla's own, and those that it wrote, give the same in double precision.
    exact = in_double(variables["network"], x)
    same(f"{len(x)} digits in PyTorch, both in double precision", own_in_double(folder, x), exact)
    as_near(f"{len(x)} digits in PyTorch", exact, in_single(variables["network"], x), predicted(folder, x))


def in_single(network, x):
    return network.float()(torch.tensor(x.reshape(len(x), -1), dtype=torch.float32)).softmax(dim=1).detach().numpy()


def in_double(network, x):
    return network.double()(torch.tensor(x.reshape(len(x), -1), dtype=torch.float64)).softmax(dim=1).detach().numpy()


def own_in_double(folder, x):
    """A classifier of Nabla with relu as docs/file-formats.md describes its file, computed by NumPy in double precision."""
    tensors = {name: tensor.numpy().astype(np.float64) for name, tensor in read_state(folder / "model.safetensors").items()}
    values = (x.reshape(len(x), -1) - tensors["preprocessing.offset"]) * tensors["preprocessing.scale"]
    last = sum(name.endswith("weight") for name in tensors) - 1
    for layer in range(last + 1):
        values = values @ tensors[f"layers.{layer}.weight"].T + tensors[f"layers.{layer}.bias"]
        values = values if layer == last else np.maximum(values, 0)
    exponentials = np.exp(values - values.max(axis=1, keepdims=True))
    return exponentials / exponentials.sum(axis=1, keepdims=True)


def as_near(what, exact, theirs, ours):
    """Sums of many terms in single precision: Nabla is at most 1e-6 from double precision, or twice as far as PyTorch."""
    far = {name: np.max(np.abs(outputs - exact)) for name, outputs in [("PyTorch", theirs), ("Nabla", ours)]}
    between = np.max(np.abs(theirs - ours))
    print(f"  {what}: from double precision {', '.join(f'{name} {distance:.1e}' for name, distance in far.items())}; between {between:.1e}")
    assert far["Nabla"] <= max(ALLOWED, 2 * far["PyTorch"]), f"{what}: {far}"


def pixels_from_torch(folder, activation):
    """A network that PyTorch trains on pixels from 0 to 1."""
    torch.manual_seed(1)
    data = np.load(folder / "digits.npz")
    x = (data["x_test"].reshape(-1, 784) / 255).astype(np.float32)
    inputs, labels = torch.tensor(x), torch.tensor(data["y_test"].astype(np.int64))
    network = sequential([784, 64, 10], activation)
    optimizer = torch.optim.Adam(network.parameters(), 1e-3)
    for _ in range(60):
        optimizer.zero_grad()
        nn.functional.cross_entropy(network(inputs), labels).backward()
        optimizer.step()
    write_state(folder / "weights.safetensors", {name: tensor.detach() for name, tensor in network.state_dict().items()})
    nabla(folder, "import", "weights.safetensors", "--activation", activation, *names(10, True))
    theirs = in_single(network, x)
    as_near(f"PyTorch's network of pixels with {activation} in Nabla", in_double(network, x), theirs, predicted(folder, x))


def all_activations(folder):
    """Every activation in NumPy, in ensembles whose inputs are limited."""
    script = pathlib.Path(__file__).with_name("Programs.cs")
    process = subprocess.run(["dotnet", "run", "-c", "Release", str(script), "--", str(folder)], capture_output=True, text=True)
    lines = [json.loads(line) for line in process.stdout.splitlines() if line.startswith("{")]
    assert process.returncode == 0 and lines, process.stdout + process.stderr
    for line in lines:
        same(f"{line['kind']} in NumPy", line["outputs"], program(folder, line["kind"]).predict(line["inputs"]))


def table(folder):
    """Rows of a table, with missing, unknown and invalid cells, in NumPy."""
    dates = ["2024-01-31", "2019-12-25", "", "2020-02-29"]
    rows = [
        {"size": str(size), "town": town, "paid": paid, "day": dates[i % 4]}
        for i, (size, town, paid) in enumerate(zip(random.normal(size=200) * 50, ["Oslo", "Rome", "Bern", ""] * 50, ["yes", "no"] * 100))
    ]
    lines = ["size,town,paid,day,price", *(f"{','.join(row.values())},{i % 7 + (row['town'] == 'Rome')}" for i, row in enumerate(rows))]
    (folder / "table.csv").write_text("\n".join(lines) + "\n")
    nabla(folder, "train", "table.csv", "--target", "price", "--task", "regression", "--epochs", "3")
    nabla(folder, "export", "model.safetensors", "--python", "model.py")
    rows += [{**rows[0], "town": "Paris"}, {**rows[1], "size": ""}, {**rows[2], "size": "NA"}]
    (folder / "rows.csv").write_text("\n".join(["size,town,paid,day", *(",".join(row.values()) for row in rows)]) + "\n")
    lines = [json.loads(line) for line in nabla(folder, "predict", "model.safetensors", "rows.csv", "--json").splitlines()]
    module = program(folder)
    same("rows of a table in NumPy", [[line["values"]["price"]] for line in lines], module.predict(module.encode(rows)))
    try:
        module.encode([{**rows[0], "size": "large"}])
    except ValueError as error:
        assert str(error).startswith("size: "), error
    else:
        raise AssertionError("a text in a column of numbers is encoded")


def check():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for activation in ["relu", "tanh", "logistic", "identity"]:
            from_sklearn(folder, activation, lambda x: np.digitize(x[:, 0], [-0.5, 0.5]), True)
        from_sklearn(folder, "relu", lambda x: x[:, 0] > 0, True)
        from_sklearn(folder, "tanh", lambda x: x[:, 0] * 10, False)
        from_sklearn(folder, "relu", lambda x: x[:, :2], False)
        for activation, outputs, classifies in [("relu", 4, True), ("gelu", 2, True), ("silu", 1, False), ("logistic", 3, False)]:
            from_torch(folder, activation, outputs, classifies)
        exported(folder, "relu", lambda x: np.digitize(x[:, 0], [-0.5, 0.5]))
        exported(folder, "tanh", lambda x: (x[:, 0] > 0).astype(np.int64))
        exported(folder, "relu", lambda x: x[:, 0] * 10 + 100)
        digits(folder)
        page_network(folder)
        for activation in ["relu", "gelu"]:
            pixels_from_torch(folder, activation)
        all_activations(folder)
        table(folder)
