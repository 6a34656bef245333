#!/usr/bin/env python3
"""Runs the checker of ONNX, with the inference of shapes, on all .onnx files of a folder. Needs onnx (Debian: python3-onnx)."""

import sys
from pathlib import Path

import onnx

paths = sorted(Path(sys.argv[1]).glob("*.onnx"))
for path in paths:
    model = onnx.load(str(path))
    onnx.checker.check_model(model, full_check=True)
    names = [node.name for node in model.graph.node] + [tensor.name for tensor in model.graph.initializer]
    assert len(set(names)) == len(names) and all(names), f"{path}: names are missing or used twice"
print(f"{len(paths)} files are valid")
