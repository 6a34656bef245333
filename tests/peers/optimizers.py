"""Optimizers, step by step with given gradients, beside PyTorch's in double precision."""

import torch

import nabla


def adaptive(kind):
    return lambda p, o: kind(
        p, lr=o["learning-rate"], betas=(o["beta1"], o["beta2"]), eps=o["epsilon"], amsgrad=o["amsgrad"] == 1)


# PyTorch's optimizer of parameters p with our options o.
PEERS = {
    "sgd": lambda p, o: torch.optim.SGD(p, lr=o["learning-rate"]),
    "momentum": lambda p, o: torch.optim.SGD(p, lr=o["learning-rate"], momentum=o["momentum"], nesterov=o["nesterov"] == 1),
    "rmsprop": lambda p, o: torch.optim.RMSprop(p, lr=o["learning-rate"], alpha=o["alpha"], eps=o["epsilon"]),
    "adam": adaptive(torch.optim.Adam),
    "adamw": adaptive(torch.optim.AdamW),
}

# Compared besides each kind of the catalogue with its default parameters.
VARIANTS = [
    "momentum:nesterov=1,momentum=0.95", "rmsprop:alpha=0.9,epsilon=1e-3", "adam:beta1=0.8,beta2=0.95,epsilon=1e-3",
    "adam:amsgrad=1,beta2=0.9", "adamw:amsgrad=1,beta2=0.9",
]


def create(kind, options, weights, biases, decay):
    """PyTorch's optimizer; biases do not decay."""
    name = kind.split(":")[0]
    assert name in PEERS, f"no peer is compared with {name}: add it to PEERS in {__file__}"
    groups = [{"params": weights, "weight_decay": decay}, {"params": biases, "weight_decay": 0.0}]
    return PEERS[name](groups, options)


def steps(kind, options, first, decay):
    """The parameters after each step: six weights, then two biases."""
    start = torch.tensor(first["start"], dtype=torch.float64)
    weights, biases = start[:6].clone().requires_grad_(), start[6:].clone().requires_grad_()
    optimizer = create(kind, options, [weights], [biases], decay)
    result = []
    for gradient in torch.tensor(first["gradients"], dtype=torch.float64):
        weights.grad, biases.grad = gradient[:6].clone(), gradient[6:].clone()
        optimizer.step()
        result.append(torch.cat([weights, biases]).tolist())
    return result


def check():
    first, traces = nabla.run("optimizers", VARIANTS)
    for line in traces:
        kind, options = line["kind"], line["options"]
        nabla.compare(kind, steps(kind, options, first, options["l2"]), line["floats"], 1e-6)
        if "l2" not in kind:
            nabla.compare(f"{kind}, reference", steps(kind, options, first, 0.0), line["doubles"], 1e-12)
