"""The cases in scikit-learn, in float32: steps of BernoulliRBM.fit, and MLPClassifier.partial_fit.

BernoulliRBM has only binary units, one persistent chain per example instead of CD-1, no momentum
and no decay, whatever the case asks for: the same products, but less other work. MLPClassifier has
rectified units, like the case.
"""

import numpy
import sklearn
from sklearn.neural_network import BernoulliRBM, MLPClassifier
from threadpoolctl import threadpool_limits

from protocol import order, serve

PLAN = order()
if PLAN["threads"]:
    threadpool_limits(PLAN["threads"])
numpy.ones((8, 8), numpy.float32) @ numpy.ones((8, 8), numpy.float32)
RANDOM = numpy.random.RandomState(1)


def require_float32(*arrays):
    """Ends the peer instead of comparing float64 with float32."""
    for array in arrays:
        if array.dtype != numpy.float32:
            raise TypeError(f"scikit-learn {sklearn.__version__} computes in {array.dtype}, expected float32")


def pre_training():
    visible, hidden = PLAN["sizes"]
    batch, steps = PLAN["batch"], PLAN["steps"]
    rbm = BernoulliRBM(
        n_components=hidden, learning_rate=PLAN["learningRate"], batch_size=batch, n_iter=1, random_state=1
    )
    examples = (RANDOM.random_sample((batch * steps, visible)) < 0.3).astype(numpy.float32)
    # partial_fit makes float64 of float32 data, twice the work (scikit-learn 1.2). fit does not, but starts anew each
    # time: what it does for each minibatch is _fit.
    rbm.fit(examples[:batch])
    rbm._fit(examples[:batch], RANDOM)
    require_float32(rbm.components_, rbm.intercept_hidden_, rbm.intercept_visible_, rbm.h_samples_)
    if steps == 1:
        return lambda: rbm._fit(examples, RANDOM)

    def epoch():
        order = RANDOM.permutation(len(examples))
        for start in range(0, len(order), batch):
            rbm._fit(examples[order[start : start + batch]], RANDOM)

    return epoch


def fine_tuning():
    sizes, batch = PLAN["sizes"], PLAN["batch"]
    net = MLPClassifier(
        hidden_layer_sizes=sizes[1:-1],
        solver="sgd",
        learning_rate_init=PLAN["learningRate"],
        momentum=PLAN["momentum"],
        nesterovs_momentum=False,
        alpha=PLAN["decay"],
        batch_size=batch,
        random_state=1,
    )
    classes = list(range(sizes[-1]))
    inputs = RANDOM.standard_normal((batch, sizes[0])).astype(numpy.float32)
    labels = numpy.arange(batch) % sizes[-1]
    net.partial_fit(inputs, labels, classes=classes)
    require_float32(*net.coefs_, *net.intercepts_)
    return lambda: net.partial_fit(inputs, labels, classes=classes)


serve("scikit-learn", sklearn.__version__, fine_tuning if PLAN["kind"] == "fine-tuning" else pre_training, PLAN)
