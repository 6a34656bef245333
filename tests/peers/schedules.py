"""Schedules beside PyTorch's, and beside their formulas where PyTorch has none."""

import math
import warnings

import torch

import nabla

S = torch.optim.lr_scheduler
# SequentialLR calls its schedulers in a way that they warn of.
warnings.filterwarnings("ignore", message="The epoch parameter")

# Compared besides each kind of the catalogue with its default parameters.
VARIANTS = [
    "step:every=3,factor=0.3", "exponential:factor=0.75", "inverse-scaling:power=0.3", "cosine:final=0.1", "cosine:warmup=0.25",
    "one-cycle:rise=0.5,div=10,final-div=100", "reduce-on-plateau:patience=0,factor=0.9,threshold=0.1",
]


def rates(base, steps, scheduler_of, steps_per_epoch=1):
    """What PyTorch's scheduler gives; it steps after each epoch of so many steps."""
    optimizer = torch.optim.SGD([torch.zeros(1)], lr=base)
    scheduler = scheduler_of(optimizer)
    result = []
    for step in range(steps):
        result.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        if (step + 1) % steps_per_epoch == 0 and step + 1 < steps:
            scheduler.step()
    return result


def cosine(optimizer, base, steps, warmup, final):
    """Linear warm-up, then cosine annealing."""
    rising = round(warmup * steps)
    annealing = S.CosineAnnealingLR(optimizer, steps - rising, eta_min=final * base)
    if rising == 0:
        return annealing
    warming = S.LinearLR(optimizer, start_factor=1 / (rising + 1), total_iters=rising)
    return S.SequentialLR(optimizer, [warming, annealing], milestones=[rising])


def expected(kind, o, base, steps, steps_per_epoch):
    name = kind.split(":")[0]
    if name in ("constant", "reduce-on-plateau"):
        return [base] * steps
    if name == "step":
        return rates(base, steps, lambda opt: S.StepLR(opt, int(o["every"]), o["factor"]), steps_per_epoch)
    if name == "exponential":
        return rates(base, steps, lambda opt: S.ExponentialLR(opt, o["factor"]), steps_per_epoch)
    if name == "inverse-scaling":
        return [base / t ** o["power"] for t in range(1, steps + 1)]
    if name == "cosine":
        return rates(base, steps, lambda opt: cosine(opt, base, steps, o["warmup"], o["final"]))
    if name == "one-cycle":
        return rates(base, steps, lambda opt: S.OneCycleLR(
            opt, base, steps, pct_start=o["rise"], div_factor=o["div"], final_div_factor=o["final-div"], cycle_momentum=False))
    if name == "coslog4":
        return [base * (1 - math.cos(2 * math.pi * math.log2(1 + 15 * step / steps))) / 2 for step in range(steps)]
    raise AssertionError(f"no peer is compared with {name}: add it to {__file__}")


def factors(o, losses):
    """The factor after each epoch, as ReduceLROnPlateau gives it."""
    optimizer = torch.optim.SGD([torch.zeros(1)], lr=1.0)
    plateau = S.ReduceLROnPlateau(optimizer, factor=o["factor"], patience=int(o["patience"]), threshold=o["threshold"], eps=0)
    result = []
    for loss in losses:
        plateau.step(loss)
        result.append(optimizer.param_groups[0]["lr"])
    return result


def check():
    first, traces = nabla.run("schedules", VARIANTS)
    for line in traces:
        for run in line["runs"]:
            wanted = expected(line["kind"], line["options"], first["rate"], run["steps"], run["stepsPerEpoch"])
            # Where the rate falls to zero, the formula itself has lost its last digits.
            norm = first["rate"] if line["kind"] == "coslog4" else None
            nabla.compare(f"{line['kind']}, {run['steps']} steps", wanted, run["rates"], 1e-12, norm)
        plateau = line["kind"].startswith("reduce-on-plateau")
        wanted = factors(line["options"], first["losses"]) if plateau else [1.0] * len(first["losses"])
        nabla.compare(f"{line['kind']}, factors", wanted, line["factors"], 1e-12)
