"""Runs Trace.cs, and compares what it prints with what a peer computes."""

import json
import pathlib
import subprocess

import numpy as np

SCRIPT = pathlib.Path(__file__).with_name("Trace.cs")


def run(subject, kinds):
    """The first line of the trace, and one line for each kind."""
    command = ["dotnet", "run", "-c", "Release", str(SCRIPT), "--", subject, *kinds]
    process = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if process.returncode != 0:
        raise SystemExit(f"{' '.join(command)}\n{process.stdout}")
    lines = [json.loads(line) for line in process.stdout.splitlines() if line.startswith("{")]
    assert len(lines) > len(kinds), process.stdout
    return lines[0], lines[1:]


def distance(expected, actual, norm=None):
    """The largest distance of a step's numbers from the expected ones, as a share of their norm, or of a given one."""
    expected, actual = np.atleast_2d(np.array(expected).T).T, np.atleast_2d(np.array(actual).T).T
    assert expected.shape == actual.shape, f"{expected.shape} numbers are expected, not {actual.shape}"
    norms = norm or np.linalg.norm(expected, axis=1)
    return float(np.max(np.linalg.norm(actual - expected, axis=1) / norms))


def compare(what, expected, actual, allowed, norm=None):
    """Prints a line, and fails if the distance is larger than allowed."""
    far = distance(expected, actual, norm)
    print(f"  {what}: {far:.1e}, allowed {allowed:.0e}")
    assert far <= allowed, f"{what}: {far} is more than {allowed}"
