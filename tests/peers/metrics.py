"""Metrics of random outputs: ties, absent classes, extreme probabilities, constant targets."""

import warnings

import numpy as np
from sklearn import metrics

import nabla

ALLOWED = 1e-12  # distance, as a share of the metric, or of 1 where the metric is below 1
BINS = 15

CASES = [
    f"classes/{classes}/{examples}/{how}"
    for classes, examples in [(2, 2), (2, 31), (2, 1000), (3, 400), (10, 3000), (40, 300)]
    for how in ["plain", "ties", "extreme", "absent"]
] + [
    f"values/{targets}/{examples}/{how}"
    for targets, examples in [(1, 1), (1, 2), (1, 10), (1, 2000), (3, 501)]
    for how in ["plain", "ties", "constant", "large"]
]


def binned(confidence, right):
    """Expected calibration error, for which scikit-learn has no function. A bin includes its upper end."""
    bins = np.ceil(confidence * BINS)
    chosen = [bins == number for number in np.unique(bins)]
    return sum(abs(confidence[rows].mean() - right[rows].mean()) * rows.mean() for rows in chosen)


def one_class(labels, predicted, scores, number):
    """What is undefined is None: scikit-learn raises an exception, or warns and returns 0."""
    is_class = labels == number
    precision, recall, f1, _ = metrics.precision_recall_fscore_support(
        labels, predicted, labels=[number], average=None, zero_division=0)
    return [
        precision[0], recall[0], f1[0], is_class.sum(),
        metrics.roc_auc_score(is_class, scores) if 0 < is_class.sum() < len(labels) else None,
        metrics.average_precision_score(is_class, scores) if is_class.any() else None,
    ]


def mean(numbers):
    """Of those that are defined."""
    defined = [number for number in numbers if number is not None]
    return np.mean(defined) if defined else None


def classification(line):
    labels = np.array(line["labels"])
    every = np.arange(line["classes"])
    probabilities = np.array(line["probabilities"]).reshape(len(labels), -1)
    predicted = probabilities.argmax(axis=1)
    per_class = [one_class(labels, predicted, probabilities[:, number], number) for number in every]
    if len(every) == 2:
        auc, precision = per_class[1][4:]
        brier = metrics.brier_score_loss(labels, probabilities[:, 1], pos_label=1)
    else:
        auc, precision = (mean(column) for column in list(zip(*per_class))[4:])
        brier = ((probabilities - np.eye(len(every))[labels]) ** 2).sum(axis=1).mean()
    if len(every) > 2 and len(set(labels)) == len(every):
        # The means as scikit-learn has them, where it has them.
        auc = metrics.roc_auc_score(labels, probabilities, multi_class="ovr", average="macro")
        precision = metrics.average_precision_score(np.eye(len(every))[labels], probabilities, average="macro")
    averages = {
        average: metrics.precision_recall_fscore_support(labels, predicted, average=average, zero_division=0)[:3]
        for average in ("macro", "weighted")
    }
    return {
        "accuracy": metrics.accuracy_score(labels, predicted),
        "balanced-accuracy": metrics.balanced_accuracy_score(labels, predicted),
        "log-loss": metrics.log_loss(labels, probabilities, labels=every),
        "brier-score": brier,
        "expected-calibration-error": binned(probabilities.max(axis=1), predicted == labels),
        "roc-auc": auc,
        "average-precision": precision,
    }, {**averages, "perClass": per_class, "confusion": metrics.confusion_matrix(labels, predicted, labels=every)}


def regression(line):
    values = np.array(line["values"]).reshape(-1, line["targets"])
    predictions = np.array(line["predictions"]).reshape(values.shape)
    return {
        "rmse": metrics.mean_squared_error(values, predictions, squared=False),
        "mae": metrics.mean_absolute_error(values, predictions),
        "r2": metrics.r2_score(values, predictions) if len(values) > 1 else None,
        "median-absolute-error": metrics.median_absolute_error(values, predictions),
        "absolute-error-quantile-90": np.quantile(np.abs(predictions - values), 0.9, axis=0).mean(),
    }, {}


def distances(expected, actual):
    """The distance of each number; infinite where only one of the two is defined."""
    for a, b in zip(flat(expected), flat(actual), strict=True):
        if a is None or b is None:
            yield 0.0 if a is b else np.inf
        else:
            yield abs(a - b) / max(1.0, abs(a))


def flat(numbers):
    if numbers is None or np.isscalar(numbers):
        return [numbers]
    return [number for part in numbers for number in flat(part)]


def check():
    warnings.simplefilter("ignore")  # of classes that do not occur
    _, traces = nabla.run("metrics", CASES)
    wrong = []
    worst = 0.0
    for line in traces:
        figures, tables = (classification if "classes" in line else regression)(line)
        assert figures.keys() == line["metrics"].keys(), f"{line['kind']} has other metrics: {', '.join(line['metrics'])}"
        for name, expected, actual in [
            *((name, figures[name], line["metrics"][name]) for name in figures), *((name, tables[name], line[name]) for name in tables),
        ]:
            far = max(distances(expected, actual))
            worst = max(worst, far)
            if not far <= ALLOWED:
                wrong.append(f"{line['kind']}, {name}: {far:.1e}")
    print(f"  {len(traces)} cases: largest distance {worst:.1e}, allowed {ALLOWED:.0e}")
    assert not wrong, "\n".join(wrong)
