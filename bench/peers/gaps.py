"""Tables with gaps for bench/src/gaps.ts, and how scikit-learn fills them.

Writes TABLE-SEED.json into a folder for each table and seed: the columns, the table with gaps
(null), the complete table, and what the mean, KNNImputer and IterativeImputer fill in. Numbers are
standardized with the mean and deviation of the observed values. Categories are numbered; the peers
see them one-hot.

Usage: python3 gaps.py FOLDER
"""

import json
import sys
import warnings
from pathlib import Path

import numpy as np
from sklearn import datasets
from sklearn.experimental import enable_iterative_imputer  # noqa: F401
from sklearn.impute import IterativeImputer, KNNImputer, SimpleImputer

SEEDS, SHARE = 5, 0.2


def mixed_table(rows=600):
    """Makes people of three kinds: two dependent numbers, two categories and a flag."""
    rng = np.random.default_rng(7)
    kind = rng.choice(3, rows, p=[0.5, 0.3, 0.2])
    a = np.array([-2.0, 0.5, 2.5])[kind] + rng.normal(0, 0.7, rows)
    b = 0.8 * a + np.array([1.0, -1.0, 0.0])[kind] + rng.normal(0, 0.5, rows)
    c = a * b / 3 + rng.normal(0, 0.5, rows)
    pick = lambda table: np.array([rng.choice(len(table[k]), p=table[k]) for k in kind])
    color = pick([[0.8, 0.1, 0.05, 0.05], [0.1, 0.7, 0.1, 0.1], [0.05, 0.05, 0.2, 0.7]])
    size = pick([[0.7, 0.2, 0.1], [0.2, 0.6, 0.2], [0.1, 0.2, 0.7]])
    flag = (rng.random(rows) < 1 / (1 + np.exp(-2 * (b - 0.2)))).astype(float)
    return np.column_stack([a, b, c, color, size, flag]), [0, 0, 0, 4, 3, 2]


def tables():
    for name in ["breast_cancer", "wine", "digits", "diabetes", "iris"]:
        x = getattr(datasets, f"load_{name}")().data
        x = x[:, x.std(0) > 0]
        yield name, x, [0] * x.shape[1]
    yield "mixed", *mixed_table()


def one_hot(x, kinds):
    parts = []
    for j, k in enumerate(kinds):
        if k == 0:
            parts.append(x[:, [j]])
            continue
        hot = (x[:, [j]] == np.arange(k)).astype(float)
        hot[np.isnan(x[:, j])] = np.nan
        parts.append(hot)
    return np.hstack(parts)


def back(filled, kinds):
    columns, start = [], 0
    for k in kinds:
        width = max(k, 1)
        part = filled[:, start : start + width]
        columns.append(part[:, 0] if k == 0 else part.argmax(1))
        start += width
    return np.column_stack(columns)


def main(folder):
    warnings.filterwarnings("ignore")
    peers = {
        "mean": lambda: SimpleImputer(),
        "KNNImputer": lambda: KNNImputer(),
        "IterativeImputer": lambda: IterativeImputer(random_state=0),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, x, kinds in tables():
        for seed in range(SEEDS):
            rng = np.random.default_rng(1000 + seed)
            gap = rng.random(x.shape) < SHARE
            gappy = np.where(gap, np.nan, x)
            number = np.array(kinds) == 0
            mean, scale = np.nanmean(gappy, 0), np.nanstd(gappy, 0)
            scale[scale == 0] = 1
            mean[~number], scale[~number] = 0, 1
            gappy, whole = (gappy - mean) / scale, (x - mean) / scale
            filled = {
                peer: back(make().fit_transform(one_hot(gappy, kinds)), kinds).tolist()
                for peer, make in peers.items()
            }
            table = {
                "name": name,
                "seed": seed,
                "kinds": kinds,
                "whole": whole.tolist(),
                "known": (~gap).astype(int).tolist(),
                "filled": filled,
            }
            (folder / f"{name}-{seed}.json").write_text(json.dumps(table))


main(Path(sys.argv[1]))
