"""Test RMSE of regression over ten seeds, beside scikit-learn's MLPRegressor with the same network, optimizer and epochs."""

import csv
import json
import pathlib
import subprocess
import tempfile
import warnings

import numpy as np
from sklearn.datasets import load_diabetes
from sklearn.neural_network import MLPRegressor
from sklearn.preprocessing import StandardScaler

ROOT = pathlib.Path(__file__).resolve().parents[2]
TABLES = ROOT.parent / "shared" / "tables"
warnings.simplefilter("ignore")  # that training ends before it converges: so it does in Nabla
SEEDS = range(1, 11)
BATCH = 100
STANDARD_ERRORS = 2.0  # by which our mean may be worse: other processors give scikit-learn other bits, and another mean


def diabetes():
    """scikit-learn's own table, with every fourth row held out."""
    data = load_diabetes()
    rows = [[*map(str, x), str(y)] for x, y in zip(data.data, data.target)]
    header = [*data.feature_names, "target"]
    return header, [row for i, row in enumerate(rows) if i % 4 > 0], rows[::4]


def shared(name):
    def load():
        parts = [list(csv.reader((TABLES / f"{name}-{part}.csv").open())) for part in ("train", "test")]
        return parts[0][0], parts[0][1:], parts[1][1:]
    return load


def one_hot(column):
    """Numbers as they are; texts as one column for each."""
    try:
        return [np.array(column, float)]
    except ValueError:
        return [np.array([text == value for text in column], float) for value in sorted(set(column))]


# table, target, hidden layer, epochs, source
TASKS = [
    ("diabetes", "target", 20, 50, diabetes),
    ("concrete", "compressive_strength", 50, 200, shared("concrete")),
    ("diamonds", "price", 50, 20, shared("diamonds")),
]


def peer(header, train, test, target, hidden, epochs):
    """The RMSE of each seed. Columns of text are one-hot; all features and the target are standardized, as Nabla does."""
    columns = dict(zip(header, zip(*train, *test)))
    values = np.array(columns.pop(target), float)
    features = np.stack([numbers for column in columns.values() for numbers in one_hot(column)], axis=1)
    scaler = StandardScaler().fit(features[:len(train)])
    xs, test_xs = scaler.transform(features[:len(train)]), scaler.transform(features[len(train):])
    ys, test_ys = values[:len(train)], values[len(train):]
    mean, deviation = ys.mean(), ys.std()
    errors = []
    for seed in SEEDS:
        model = MLPRegressor(
            hidden, batch_size=BATCH, max_iter=epochs, alpha=0, tol=0, n_iter_no_change=epochs, random_state=seed)
        predicted = model.fit(xs, (ys - mean) / deviation).predict(test_xs) * deviation + mean
        errors.append(np.sqrt(np.mean((predicted - test_ys) ** 2)))
    return np.array(errors)


def ours(header, train, test, target, hidden, epochs):
    """The RMSE of each seed, by the command line."""
    with tempfile.TemporaryDirectory() as folder:
        for name, rows in ("train", train), ("test", test):
            with open(f"{folder}/{name}.csv", "w", newline="") as file:
                csv.writer(file).writerows([header, *rows])
        return np.array([rmse(folder, seed, target, hidden, epochs) for seed in SEEDS])


def rmse(folder, seed, target, hidden, epochs):
    command = [
        "dotnet", "run", "-c", "Release", "--no-build", "--project", str(ROOT / "src" / "Nabla.Cli"), "--",
        "train", f"{folder}/train.csv", "--validation", f"{folder}/test.csv", "--target", target, "--task", "regression",
        "--layers", str(hidden), "--batch-size", str(BATCH), "--epochs", str(epochs), "--init", "xavier", "--seed", str(seed),
        "--out", f"{folder}/model.safetensors", "--json",
    ]
    process = subprocess.run(command, capture_output=True, text=True)
    assert process.returncode == 0, process.stderr
    return json.loads(process.stdout.splitlines()[-1])["rmse"]


def check():
    far = []
    for name, target, hidden, epochs, load in TASKS:
        if load is not diabetes and not TABLES.exists():
            print(f"  {name}: skipped, its table is not on this machine")
            continue
        task = (*load(), target, hidden, epochs)
        a, b = ours(*task), peer(*task)
        error = np.sqrt((a.var(ddof=1) + b.var(ddof=1)) / len(SEEDS))
        distance = (a.mean() - b.mean()) / error
        print(f"  {name}: RMSE {a.mean():.4g} (sd {a.std(ddof=1):.2g}), scikit-learn {b.mean():.4g} (sd {b.std(ddof=1):.2g}), "
              f"{distance:+.2f} standard errors", flush=True)
        if distance > STANDARD_ERRORS:
            far.append(name)
    assert not far, f"Nabla's mean is more than {STANDARD_ERRORS} standard errors worse on {', '.join(far)}"
