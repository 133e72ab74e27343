"""The cases in PyTorch: eager, all threads; `pytorch` in place wherever that saves something, `pytorch-plain` as the
formulas are usually written down, each expression a new tensor.

Its work is ours or a little less: rectified units contribute their noisy states in the positive phase and their rectified
inputs in the negative one, and no log precision is learned.
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
    """Positive phase: what enters the statistics, and the sample that drives the reconstruction. Uses up `inputs`."""
    if units == "binary":
        means = inputs.sigmoid_()
        return means, torch.bernoulli(means)
    noisy = torch.randn_like(inputs).mul_(inputs.sigmoid().sqrt_()).add_(inputs).relu_()
    return noisy, noisy


def mean(units, inputs):
    """Uses up `inputs`."""
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


serve(PLAN["peer"], torch.__version__, fine_tuning if PLAN["kind"] == "fine-tuning" else pre_training, PLAN)
