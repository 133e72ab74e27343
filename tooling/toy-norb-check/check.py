"""How hard toy NORB is: see the README beside this file."""

import glob
import os
import sys
import time

import numpy as np

SIDE = 32
MOST = int(os.environ.get('PAIRS', '1000000'))
NAMES = ['animal', 'human', 'plane', 'truck', 'car', 'none']


def read_mat(path, dtype):
    header = np.fromfile(path, '<i4', 2 + 3)
    dimensions = max(3, header[1])
    shape = np.fromfile(path, '<i4', 2 + dimensions)[2 : 2 + header[1]]
    return np.memmap(path, dtype, 'r', 4 * (2 + dimensions), tuple(shape))


def area_weights(size, new):
    weights = np.zeros((new, size), np.float32)
    for o in range(new):
        for i in range(size):
            weights[o, i] = max(0, min((o + 1) * size / new, i + 1) - max(o * size / new, i)) * new / size
    return weights


def load(folder, part):
    """Pictures [n, 2, 32, 32], categories, and the full-size pictures' histograms; at most PAIRS of each file."""
    pictures, categories, instances, histograms = [], [], [], []
    for path in sorted(glob.glob(f'{folder}/*-{part}*-dat.mat')):
        full = read_mat(path, np.uint8)[:MOST]
        weights = area_weights(full.shape[-1], SIDE)
        for start in range(0, len(full), 500):
            some = full[start : start + 500]
            pictures.append(np.einsum('oi,neij,pj->neop', weights, some.astype(np.float32), weights, optimize=True))
            histograms.append([np.bincount(one.ravel() >> 4, minlength=16) for one in some])
        categories.append(read_mat(path.replace('-dat', '-cat'), '<i4')[:MOST])
        instances.append(read_mat(path.replace('-dat', '-info'), '<i4')[:MOST, 0])
    if not pictures:
        sys.exit(f'check.py: {folder} holds no *-{part}*-dat.mat, expected the files of deepbelief toy-norb')
    return tuple(np.concatenate(parts) for parts in (pictures, categories, instances, histograms))


def standardize(train, test):
    """Each pair to mean 0 and standard deviation 1, so that exposure does not count; then each pixel to mean 0."""

    def own(pictures):
        flat = pictures.reshape(len(pictures), -1)
        flat = flat - flat.mean(1, keepdims=True)
        return flat / flat.std(1, keepdims=True)

    train, test = own(train), own(test)
    mean = train.mean(0)
    return train - mean, test - mean


def report(name, guess, truth):
    confusion = np.array([[np.mean(guess[truth == i] == j) for j in range(6)] for i in range(6)])
    by_class = ' '.join(f'{name} {100 * (1 - confusion[i, i]):.0f}' for i, name in enumerate(NAMES))
    print(f'{name}: error {100 * np.mean(guess != truth):.1f} % (by category: {by_class})', flush=True)


def cues(train, test):
    """Features that say nothing of shape; a random forest reads each."""
    from sklearn.ensemble import RandomForestClassifier

    def features(pictures, histograms):
        flat = pictures.reshape(len(pictures), -1)
        border = np.ones((2, SIDE, SIDE), bool)
        border[:, 4:-4, 4:-4] = False
        middle = np.zeros((2, SIDE, SIDE), bool)
        middle[:, 10:22, 10:22] = True
        edge, center = pictures[:, border], pictures[:, middle]
        median = np.median(edge, 1, keepdims=True)
        away = np.abs(flat - median) > 40
        small = np.stack([np.bincount(np.clip(one // 16, 0, 15).astype(int), minlength=16) for one in flat])
        return {
            'mean brightness': flat.mean(1)[:, None],
            'contrast (standard deviation)': flat.std(1)[:, None],
            'mean and contrast': np.c_[flat.mean(1), flat.std(1)],
            'area unlike the border': np.c_[away.mean(1), (flat > median + 40).mean(1), (flat < median - 40).mean(1)],
            'border: mean, contrast, quantiles': np.c_[edge.mean(1), edge.std(1), np.quantile(edge, [0.05, 0.25, 0.5, 0.75, 0.95], axis=1).T],
            'middle: mean, contrast': np.c_[center.mean(1), center.std(1)],
            'middle against border': np.c_[center.mean(1) - edge.mean(1), center.std(1) / edge.std(1)],
            '16-bin histogram, 32×32': small,
            '16-bin histogram, full size': histograms,
        }

    of_train, of_test = features(train[0], train[3]), features(test[0], test[3])
    for name in of_train:
        forest = RandomForestClassifier(100, min_samples_leaf=5, n_jobs=1, random_state=0)
        guess = forest.fit(of_train[name], train[1]).predict(of_test[name])
        print(f'cue, {name}: accuracy {100 * np.mean(guess == test[1]):.1f} %', flush=True)


def softmax(x, y, held_out, xt, yt):
    import torch

    def fit(x, y, decay):
        x, y = torch.from_numpy(x), torch.from_numpy(y.astype(np.int64))
        weights, bias = torch.zeros(x.shape[1], 6, requires_grad=True), torch.zeros(6, requires_grad=True)
        optimizer = torch.optim.LBFGS([weights, bias], max_iter=80, line_search_fn='strong_wolfe')

        def closure():
            optimizer.zero_grad()
            loss = torch.nn.functional.cross_entropy(x @ weights + bias, y) + decay / 2 * (weights**2).sum()
            loss.backward()
            return loss

        optimizer.step(closure)
        return lambda z: (torch.from_numpy(z) @ weights + bias).argmax(1).numpy()

    best = min([0.01, 0.1, 0.5], key=lambda d: np.mean(fit(x[~held_out], y[~held_out], d)(x[held_out]) != y[held_out]))
    report(f'softmax regression, weight decay {best}', fit(x, y, best)(xt), yt)


def squared_distances(a, b):
    return np.maximum(0, (a**2).sum(1)[:, None] + (b**2).sum(1) - 2 * a @ b.T)


def nearest(x, y, held_out, xt, yt):
    counts = [1, 3, 5, 10, 20, 40]

    def guesses(x, y, xt):
        """The majority among so many nearest for each of the counts."""
        votes = []
        for part in np.array_split(xt, max(1, len(xt) // 300)):
            distances = squared_distances(part, x)
            near = np.argpartition(distances, counts[-1], axis=1)[:, : counts[-1]]
            near = np.take_along_axis(near, np.take_along_axis(distances, near, 1).argsort(1), 1)
            sums = np.eye(6)[y[near]].cumsum(1)
            votes.append([sums[:, count - 1].argmax(1) for count in counts])
        return [np.concatenate(of_count) for of_count in zip(*votes)]

    errors = [np.mean(guess != y[held_out]) for guess in guesses(x[~held_out], y[~held_out], x[held_out])]
    chosen = int(np.argmin(errors))
    guess = guesses(x, y, xt)
    report('nearest neighbor', guess[0], yt)
    report(f'{counts[chosen]} nearest neighbors', guess[chosen], yt)


def svm(x, y, held_out, xt, yt, most=12000):
    """RBF SVM on the first `most` pairs: a kernel of all would not fit into common memories."""
    from sklearn.svm import SVC

    x, y, held_out = x[:most], y[:most], held_out[:most]
    distances = squared_distances(x, x)
    middle = np.median(distances[:200])

    def fit(rows, width, penalty):
        kernel = np.exp(-distances[np.ix_(rows, rows)] * (width / middle))
        return SVC(kernel='precomputed', C=penalty, cache_size=2000).fit(kernel, y[rows])

    inner, outer = np.flatnonzero(~held_out)[:5000], np.flatnonzero(held_out)[:1500]

    def validation(width):
        kernel = np.exp(-distances[np.ix_(outer, inner)] * (width / middle))
        return np.mean(fit(inner, width, 10).predict(kernel) != y[outer])

    width = min([0.5, 1, 2, 4], key=validation)
    kernel = np.exp(-squared_distances(xt, x) * (width / middle))
    report(f'RBF SVM on {len(x)} pairs, width {width}, C 10', fit(np.arange(len(x)), width, 10).predict(kernel), yt)


def net(x, y, xt, yt, epochs):
    import torch
    from torch import nn

    torch.manual_seed(0)
    generator = np.random.default_rng(0)
    model = nn.Sequential(
        nn.Conv2d(2, 32, 5, 2, 2), nn.ReLU(),
        nn.Conv2d(32, 64, 3, 1, 1), nn.ReLU(),
        nn.Conv2d(64, 96, 3, 2, 1), nn.ReLU(),
        nn.Conv2d(96, 128, 3, 2, 1), nn.ReLU(),
        nn.Flatten(), nn.Dropout(0.5), nn.Linear(128 * 16, 128), nn.ReLU(), nn.Dropout(0.5), nn.Linear(128, 6),
    )  # fmt: skip
    x, xt = torch.from_numpy(x).view(-1, 2, SIDE, SIDE), torch.from_numpy(xt).view(-1, 2, SIDE, SIDE)
    y = torch.from_numpy(y.astype(np.int64))
    size = 128
    steps = len(x) // size
    optimizer = torch.optim.Adam(model.parameters(), 1e-3)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 2e-3, total_steps=epochs * steps)
    for epoch in range(epochs):
        start = time.time()
        model.train()
        order = torch.from_numpy(generator.permutation(len(x)))
        for step in range(steps):
            rows = order[step * size : (step + 1) * size]
            # Shifts by up to two pixels and mirroring, which swaps the eyes: all that is done to augment.
            batch = torch.roll(x[rows], tuple(int(s) for s in generator.integers(-2, 3, 2)), (2, 3))
            mirrored = torch.from_numpy(generator.random(len(rows)) < 0.5)
            batch[mirrored] = batch[mirrored].flip(1, 3)
            loss = nn.functional.cross_entropy(model(batch), y[rows], label_smoothing=0.05)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
        model.eval()
        with torch.no_grad():
            guess = torch.cat([model(part) for part in xt.split(500)]).argmax(1).numpy()
        print(f'  epoch {epoch + 1}: {100 * np.mean(guess != yt):.1f} %, {time.time() - start:.0f} s', flush=True)
    report(f'convolutional net, {epochs} epochs', guess, yt)


def main():
    if len(sys.argv) < 3:
        sys.exit('usage: check.py FOLDER cues|softmax|nearest|svm|net …')
    folder, wanted = sys.argv[1], sys.argv[2:]
    train, test = load(folder, 'training'), load(folder, 'testing')
    print(f'{len(train[0])} training pairs, {len(test[0])} test pairs', flush=True)
    if 'cues' in wanted:
        cues(train, test)
    x, xt = standardize(train[0], test[0])
    y, yt = np.array(train[1]), np.array(test[1])
    # Pairs without a toy have no instance: every fifth of them.
    held_out = (train[2] == 9) | ((train[2] < 0) & (np.arange(len(x)) % 30 == 5))
    if 'softmax' in wanted:
        softmax(x, y, held_out, xt, yt)
    if 'nearest' in wanted:
        nearest(x, y, held_out, xt, yt)
    if 'svm' in wanted:
        svm(x, y, held_out, xt, yt)
    if 'net' in wanted:
        net(x, y, xt, yt, int(os.environ.get('EPOCHS', '12')))


main()
