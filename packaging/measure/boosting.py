"""Gradient boosting on tables, by three libraries, on one core."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import lightgbm
import numpy as np
import xgboost
from sklearn.ensemble import HistGradientBoostingClassifier

from measure.timing import Row, cost

if TYPE_CHECKING:
    from collections.abc import Iterator

ROWS: Final = 200_000
FEATURES: Final = 50
TREES: Final = 40
LEAVES: Final = 31


def measure() -> Iterator[Row]:
    """Yield the cost of a tree by a thousand million cells (rows times features); binning is spread over the trees."""
    generator = np.random.default_rng(1)
    table = generator.standard_normal((ROWS, FEATURES), dtype=np.float32)
    weights = generator.standard_normal(FEATURES)
    answer = (table @ weights + generator.standard_normal(ROWS) > 0).astype(np.int8)
    cells = ROWS * FEATURES * TREES / 1e9
    said = (
        f"{ROWS} rows, {FEATURES} features, {TREES} trees of {LEAVES} leaves, binary; cells are rows x features x trees"
    )
    for name, package, model in models():
        yield cost(
            f"gradient boosting, {name}",
            lambda model=model: model.fit(table, answer),  # type: ignore[misc]
            unit="s/Gcell",
            per=cells,
            repeats=3,
            software=(package,),
            conditions=said,
        )


def models() -> tuple[tuple[str, str, Any], ...]:
    """Return the models, alike as far as the libraries let them be: name, package and model."""
    lightgbm_model = lightgbm.LGBMClassifier(n_estimators=TREES, num_leaves=LEAVES, n_jobs=1, verbose=-1)
    xgboost_model = xgboost.XGBClassifier(
        n_estimators=TREES, tree_method="hist", grow_policy="lossguide", max_leaves=LEAVES, max_depth=0, n_jobs=1
    )
    sklearn_model = HistGradientBoostingClassifier(max_iter=TREES, max_leaf_nodes=LEAVES, early_stopping=False)
    return (
        ("LightGBM", "lightgbm", lightgbm_model),
        ("XGBoost", "xgboost", xgboost_model),
        ("scikit-learn", "scikit-learn", sklearn_model),
    )
