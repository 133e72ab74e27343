#!/usr/bin/env bash
# scikit-learn: BernoulliRBM learns float32 data in float32 by fit, but in float64 by partial_fit.
# Installs Debian 12's package (as root); ends with an error where this is no longer so.
set -euo pipefail
apt-get install -y -qq --no-install-recommends python3-sklearn=1.2.1+dfsg-1 > /dev/null
/usr/bin/python3 - << 'PYTHON'
import sys

import numpy
import sklearn
from sklearn.neural_network import BernoulliRBM

data = (numpy.random.RandomState(1).random_sample((100, 64)) < 0.3).astype(numpy.float32)
model = lambda: BernoulliRBM(n_components=32, batch_size=100, n_iter=1, random_state=1)
whole, part = model().fit(data), model()
returned = part.partial_fit(data)

print(f"scikit-learn {sklearn.__version__}, numpy {numpy.__version__}, Python {sys.version.split()[0]}")
print("BernoulliRBM says that it keeps float32, fit does, and partial_fit makes everything float64: twice the work.")
print(f"preserves_dtype: {[kind.__name__ for kind in model()._get_tags()['preserves_dtype']]}")
print(f"input: {data.dtype}")
print(f"components_ after fit: {whole.components_.dtype}, transform: {whole.transform(data).dtype}")
print(f"components_ after partial_fit: {part.components_.dtype}, transform: {part.transform(data).dtype}")
print(f"partial_fit returned {returned}; its documentation says self, a BernoulliRBM")
same = (whole.components_.dtype, part.components_.dtype) == (numpy.float32, numpy.float64)
sys.exit(0 if same and returned is None else "this has changed")
PYTHON
