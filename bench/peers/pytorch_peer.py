"""The cases in PyTorch: eager, all threads. `pytorch` works in place wherever that saves time;
`pytorch-plain` is written as the formulas usually are, with a new tensor for each expression.

The work is the same as ours or a little less: rectified units contribute their noisy states in the
positive phase and their rectified inputs in the negative one, and no log precision is learned.
"""

import os

import torch

from protocol import order, serve

PLAN = order()
torch.set_num_threads(PLAN["threads"] or os.cpu_count())
torch.manual_seed(1)
torch.ones(8, 8) @ torch.ones(8, 8)
RATE, MOMENTUM, DECAY = PLAN["learningRate"], PLAN["momentum"], PLAN["decay"]


def data(units, rows, columns):
    if units == "binary":
        return (torch.rand(rows, columns) < 0.3).float()
    normal = torch.randn(rows, columns)
    return normal.relu_() if units == "nrelu" else normal


def hidden_states(units, inputs):
    """Returns what enters the statistics of the positive phase, and the sample that drives the
    reconstruction. Overwrites `inputs`.
    """
    if units == "binary":
        means = inputs.sigmoid_()
        return means, torch.bernoulli(means)
    noisy = torch.randn_like(inputs).mul_(inputs.sigmoid().sqrt_()).add_(inputs).relu_()
    return noisy, noisy


def mean(units, inputs):
    """Overwrites `inputs`."""
    if units == "binary":
        return inputs.sigmoid_()
    return inputs.relu_() if units == "nrelu" else inputs


class Cd1:
    def __init__(self, visible, hidden):
        self.weights = torch.randn(visible, hidden).mul_(0.01)
        self.visible_bias, self.hidden_bias = torch.zeros(visible), torch.zeros(hidden)
        self.velocity = torch.zeros_like(self.weights)
        self.visible_velocity, self.hidden_velocity = torch.zeros(visible), torch.zeros(hidden)

    @torch.no_grad()
    def step(self, v):
        if PLAN["peer"] == "pytorch-plain":
            self.plain_step(v)
        else:
            self.step_in_place(v)

    def plain_step(self, v):
        batch = v.shape[0]
        h, sample = hidden_states(PLAN["hidden"], v @ self.weights + self.hidden_bias)
        v_model = mean(PLAN["visible"], sample @ self.weights.t() + self.visible_bias)
        h_model = mean(PLAN["hidden"], v_model @ self.weights + self.hidden_bias)
        gradient = (v.t() @ h - v_model.t() @ h_model) / batch
        self.velocity = MOMENTUM * self.velocity + RATE * (gradient - DECAY * self.weights)
        self.weights = self.weights + self.velocity
        self.visible_velocity = MOMENTUM * self.visible_velocity + RATE * (v.mean(0) - v_model.mean(0))
        self.hidden_velocity = MOMENTUM * self.hidden_velocity + RATE * (h.mean(0) - h_model.mean(0))
        self.visible_bias = self.visible_bias + self.visible_velocity
        self.hidden_bias = self.hidden_bias + self.hidden_velocity

    def step_in_place(self, v):
        rate = RATE / v.shape[0]
        h, sample = hidden_states(PLAN["hidden"], torch.addmm(self.hidden_bias, v, self.weights))
        v_model = mean(PLAN["visible"], torch.addmm(self.visible_bias, sample, self.weights.t()))
        h_model = mean(PLAN["hidden"], torch.addmm(self.hidden_bias, v_model, self.weights))
        self.velocity.addmm_(v.t(), h, beta=MOMENTUM, alpha=rate)
        self.velocity.addmm_(v_model.t(), h_model, alpha=-rate)
        self.velocity.add_(self.weights, alpha=-RATE * DECAY)
        self.weights.add_(self.velocity)
        self.visible_velocity.mul_(MOMENTUM).add_(v.sum(0) - v_model.sum(0), alpha=rate)
        self.hidden_velocity.mul_(MOMENTUM).add_(h.sum(0) - h_model.sum(0), alpha=rate)
        self.visible_bias.add_(self.visible_velocity)
        self.hidden_bias.add_(self.hidden_velocity)


def pre_training():
    visible, hidden = PLAN["sizes"]
    batch, steps = PLAN["batch"], PLAN["steps"]
    rbm = Cd1(visible, hidden)
    if steps == 1:
        v = data(PLAN["visible"], batch, visible)
        return lambda: rbm.step(v)
    examples = data(PLAN["visible"], batch * steps, visible)

    def epoch():
        order = torch.randperm(len(examples))
        for indices in order.split(batch):
            rbm.step(examples[indices])

    return epoch


class ConvolutionalCd1:
    """Channels come first, as usual in PyTorch. In each block of 2 × 2 units, at most one is on."""

    def __init__(self, channels, filter, maps, **_):
        self.weights = torch.randn(maps, channels, filter, filter).mul_(0.01)
        self.velocity = torch.zeros_like(self.weights)
        self.visible_bias, self.hidden_bias = torch.zeros(channels), torch.zeros(maps)
        self.visible_velocity, self.hidden_velocity = torch.zeros(channels), torch.zeros(maps)

    def hidden(self, v):
        """Returns the probabilities of each block's units,
        [batch, maps, rows / 2, columns / 2, 4].
        """
        x = torch.nn.functional.conv2d(v, self.weights, self.hidden_bias)
        n, maps, rows, columns = x.shape
        blocks = x.view(n, maps, rows // 2, 2, columns // 2, 2).permute(0, 1, 2, 4, 3, 5).reshape(-1, 4)
        off = torch.zeros(len(blocks), 1)
        return torch.cat([blocks, off], 1).softmax(1)[:, :4], x.shape

    @staticmethod
    def in_maps(blocks, shape):
        n, maps, rows, columns = shape
        return blocks.view(n, maps, rows // 2, columns // 2, 2, 2).permute(0, 1, 2, 4, 3, 5).reshape(shape)

    @torch.no_grad()
    def step(self, v):
        p, shape = self.hidden(v)
        end = p.cumsum(1)
        below = torch.rand(len(p), 1) < end
        sample = below.float()
        sample[:, 1:] -= below[:, :-1].float()
        h = self.in_maps(p, shape)
        sample = self.in_maps(sample, shape)
        bias = self.visible_bias
        v_model = torch.nn.functional.conv_transpose2d(sample, self.weights, bias)
        p_model, _ = self.hidden(v_model)
        h_model = self.in_maps(p_model, shape)
        gradient = self.product(v, h) - self.product(v_model, h_model)
        rate = RATE / v.shape[0]
        self.velocity.mul_(MOMENTUM).add_(gradient, alpha=rate).add_(self.weights, alpha=-RATE * DECAY)
        self.weights.add_(self.velocity)
        self.visible_velocity.mul_(MOMENTUM).add_((v - v_model).sum((0, 2, 3)), alpha=rate)
        self.hidden_velocity.mul_(MOMENTUM).add_((h - h_model).sum((0, 2, 3)), alpha=rate)
        self.visible_bias.add_(self.visible_velocity)
        self.hidden_bias.add_(self.hidden_velocity)

    @staticmethod
    def product(v, h):
        """Returns the gradient of the filters, faster than torch.nn.grad.conv2d_weight."""
        return torch.nn.functional.conv2d(v.transpose(0, 1), h.transpose(0, 1)).transpose(0, 1)


def convolution():
    shape = PLAN["convolution"]
    rbm = ConvolutionalCd1(**shape)
    v = torch.randn(PLAN["batch"], shape["channels"], shape["side"], shape["side"])
    return lambda: rbm.step(v)


def fine_tuning():
    sizes, batch = PLAN["sizes"], PLAN["batch"]
    layers = []
    for inputs, outputs in zip(sizes, sizes[1:]):
        layers += [torch.nn.Linear(inputs, outputs), torch.nn.ReLU()]
    net = torch.nn.Sequential(*layers[:-1])
    optimizer = torch.optim.SGD(net.parameters(), lr=RATE, momentum=MOMENTUM, weight_decay=DECAY)
    loss = torch.nn.CrossEntropyLoss()
    v, labels = data("gaussian", batch, sizes[0]), torch.arange(batch) % sizes[-1]

    def step():
        optimizer.zero_grad(set_to_none=False)
        loss(net(v), labels).backward()
        optimizer.step()

    return step


KINDS = {"fine-tuning": fine_tuning, "convolution": convolution}
serve(PLAN["peer"], torch.__version__, KINDS.get(PLAN["kind"], pre_training), PLAN)
