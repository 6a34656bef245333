"""Losses and their gradients, beside PyTorch's in double precision."""
import json
import pathlib
import subprocess

import torch
from torch import nn
from torch.nn import functional as F

TOLERANCE = 1e-6  # of the value (or of 1, where it is smaller), and of the gradient's norm: Nabla computes in floats

# Those that torch.nn.functional does not have under the same name.
ACTIVATIONS = {"identity": lambda z: z, "sigmoid": torch.sigmoid, "tanh": torch.tanh, "exponential": torch.exp}


def activation(name):
    """PyTorch's activation of a name: F.leaky_relu is leaky-relu, and F.hardtanh would be hard-tanh."""
    function = ACTIVATIONS.get(name) or getattr(F, name.replace("-", "_"), None) or getattr(F, name.replace("-", ""), None)
    assert function, f"no peer is compared with the activation {name}: add it to ACTIVATIONS in {__file__}"
    return function


def one_hot(case):
    return F.one_hot(torch.tensor(case["labels"]), case["outputs"]).double()


def pinball(a, y, q):
    return torch.maximum(q * (y - a), (q - 1) * (y - a))


def loss_of_outputs(case, z):
    """The loss of each output, [examples, outputs], or of each example, [examples]."""
    name, parameters = case["loss"], case["parameters"]
    y = one_hot(case) if "labels" in case else torch.tensor(case["values"], dtype=torch.float64).reshape(z.shape)
    if name == "poisson":
        return nn.PoissonNLLLoss(log_input=True, full=False, reduction="none")(z, y)
    if name == "binary-cross-entropy":
        return nn.BCEWithLogitsLoss(reduction="none")(z, y)
    if name == "cross-entropy":
        s = parameters["label-smoothing"]
        if case["output"] == "softmax":
            return nn.CrossEntropyLoss(label_smoothing=s, reduction="none")(z, torch.tensor(case["labels"]))
        return nn.BCEWithLogitsLoss(reduction="none")(z, (1 - s) * y + s / 2)
    a = activation(case["output"])(z)
    if name == "quadratic":
        return nn.MSELoss(reduction="none")(a, y) / 2
    if name == "absolute":
        return nn.L1Loss(reduction="none")(a, y)
    if name == "huber":
        return nn.HuberLoss(delta=parameters["delta"], reduction="none")(a, y)
    if name == "quantile":
        return pinball(a, y, parameters["q"])
    raise AssertionError(f"no peer is compared with the loss {name}: add it to {__file__}")


def compare(case):
    """The differences of the value and of the gradient."""
    outputs = case["outputs"]
    x = torch.tensor(case["x"], dtype=torch.float64).reshape(-1, outputs)
    w = torch.eye(outputs, dtype=torch.float64, requires_grad=True)
    b = torch.zeros(outputs, dtype=torch.float64, requires_grad=True)
    loss = loss_of_outputs(case, x @ w + b).reshape(len(x), -1).sum(1)
    if case["weights"]:
        loss = loss * torch.tensor(case["weights"], dtype=torch.float64)
    value = loss.mean()
    value.backward()
    expected = torch.cat([w.grad.flatten(), b.grad])
    gradient = torch.tensor(case["gradient"], dtype=torch.float64)
    return (
        abs(case["value"] - value.item()) / max(1.0, abs(value.item())),
        ((gradient - expected).norm() / max(expected.norm(), 1e-12)).item(),
    )


def check():
    program = pathlib.Path(__file__).with_name("Losses.cs")
    lines = subprocess.run(["dotnet", "run", "-c", "Release", program], check=True, capture_output=True, text=True).stdout.splitlines()
    worst = {}
    for case in map(json.loads, lines):
        key = (case["loss"], case["output"], "classes" if "labels" in case else "values", str(case["parameters"] or ""))
        value, gradient = compare(case)
        count, largest_value, largest_gradient, wrong = worst.get(key, (0, 0.0, 0.0, False))
        wrong |= not (value <= TOLERANCE and gradient <= TOLERANCE)  # NaN is wrong too
        worst[key] = (count + 1, max(largest_value, value), max(largest_gradient, gradient), wrong)
    for (loss, output, targets, parameters), (count, value, gradient, wrong) in worst.items():
        print(f"  {loss:22}{output:13}{targets:9}{count} batches  value {value:.1e}  gradient {gradient:.1e}  {parameters}"
              f"{'  DIFFERS' if wrong else ''}")
    assert worst and not any(wrong for *_, wrong in worst.values()), f"a loss differs by more than {TOLERANCE}"
