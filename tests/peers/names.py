"""docs/coming-from.md has a row for each parameter, attribute and method of MLPClassifier and MLPRegressor."""

import pathlib
import re
import warnings

import numpy as np
from sklearn.neural_network import MLPClassifier, MLPRegressor

PAGE = pathlib.Path(__file__).parents[2] / "docs" / "coming-from.md"


def names(estimator, targets):
    """The public names of an estimator after training, those included that only named features leave."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        estimator.fit(np.random.default_rng(1).random((60, 3)), targets)
    # `loss` is not documented: it names the only loss.
    return {name for name in dir(estimator) if not name.startswith("_")} - {"loss"} | set(estimator.get_params()) | {"feature_names_in_"}


def check():
    section = PAGE.read_text().split("\n## scikit-learn\n")[1].split("\n## ")[0]
    rows = re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)
    numbers = np.arange(60)
    known = names(MLPClassifier(early_stopping=True, max_iter=3), numbers % 2) | names(MLPRegressor(max_iter=3), numbers / 60)
    assert len(rows) == len(set(rows)), "a name has two rows"
    assert known <= set(rows), f"without a row: {sorted(known - set(rows))}"
    # Newer versions have these, and older ones do not.
    newer = {"get_metadata_routing", "set_fit_request", "set_partial_fit_request", "set_score_request"}
    assert set(rows) <= known | newer, f"unknown to scikit-learn: {sorted(set(rows) - known)}"
    print(f"  {len(rows)} names")
