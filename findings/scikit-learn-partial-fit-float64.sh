#!/usr/bin/env bash
# scikit-learn: BernoulliRBM.fit keeps float32 data in float32, but partial_fit computes in float64.
# Installs Debian 12's package (as root). Fails if this is no longer so.
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

python = sys.version.split()[0]
print(f"scikit-learn {sklearn.__version__}, numpy {numpy.__version__}, Python {python}")
print("It claims to keep float32. fit does; partial_fit computes in float64, twice the work.")
print(f"preserves_dtype: {[kind.__name__ for kind in model()._get_tags()['preserves_dtype']]}")
print(f"input: {data.dtype}")
for name, rbm in {"fit": whole, "partial_fit": part}.items():
    output = rbm.transform(data).dtype
    print(f"components_ after {name}: {rbm.components_.dtype}, transform: {output}")
print(f"partial_fit returned {returned}; its documentation says self, a BernoulliRBM")
same = (whole.components_.dtype, part.components_.dtype) == (numpy.float32, numpy.float64)
sys.exit(0 if same and returned is None else "this has changed")
PYTHON
