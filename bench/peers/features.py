"""Digits for bench/src/features.ts, and the accuracy of a linear classifier on their features.

The task is that of scikit-learn's example "Restricted Boltzmann Machine features for digit
classification": 8x8 digits, each also moved by a pixel in four directions, a fifth held out, and
logistic regression on the 100 hidden units of an RBM.

Usage: python3 features.py FOLDER            writes the digits
       python3 features.py FOLDER --score    after features.ts: the accuracies
"""

import sys
from pathlib import Path

import numpy as np
from scipy.ndimage import convolve
from sklearn import datasets
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.neural_network import BernoulliRBM

MOVES = [
    [[0, 1, 0], [0, 0, 0], [0, 0, 0]],
    [[0, 0, 0], [1, 0, 0], [0, 0, 0]],
    [[0, 0, 0], [0, 0, 1], [0, 0, 0]],
    [[0, 0, 0], [0, 0, 0], [0, 1, 0]],
]


def digits():
    images, labels = datasets.load_digits(return_X_y=True)
    images = images.reshape(-1, 8, 8).astype(np.float32)
    moved = [np.stack([convolve(x, m, mode="constant") for x in images]) for m in MOVES]
    inputs = np.concatenate([images, *moved]).reshape(-1, 64) / 16
    return train_test_split(inputs, np.tile(labels, 5), test_size=0.2, random_state=0)


def accuracy(train, labels, test, truth, strength):
    model = LogisticRegression(solver="newton-cg", C=strength, tol=1e-2, max_iter=200)
    return model.fit(train, labels).score(test, truth)


folder = Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
train, test, labels, truth = digits()
if sys.argv[2:] != ["--score"]:
    np.save(folder / "train.npy", train.astype(np.float32))
    np.save(folder / "test.npy", test.astype(np.float32))
    print(f"{len(train)} training and {len(test)} test digits of 64 pixels")
else:
    print(f"pixels: {accuracy(train, labels, test, truth, 100):.4f}")
    for seed in range(3):
        rbm = BernoulliRBM(n_components=100, learning_rate=0.06, n_iter=10, random_state=seed).fit(train)
        theirs = accuracy(rbm.transform(train), labels, rbm.transform(test), truth, 6000)
        line = f"seed {seed}: scikit-learn's RBM of 100 units {theirs:.4f}"
        for size in [100, 400]:
            ours = [np.load(folder / f"{part}-{size}-{seed}.npy") for part in ["train", "test"]]
            line += f", ours of {size} {accuracy(ours[0], labels, ours[1], truth, 6000):.4f}"
        print(line)
