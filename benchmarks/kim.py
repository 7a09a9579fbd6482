"""Time of kim beside PyTorch and beside a pure scalar engine, on one thread.

    python benchmarks/kim.py

One epoch is EXAMPLES generated images of 784 numbers, float32, batch 128, SGD.
Every number is the best of ROUNDS, the two libraries taking turns. The scalar
engine runs a few examples of the first net and is scaled up; it is written here in
the style of micrograd, with an iterative sort.
"""

import os
import sys
from pathlib import Path

# the folder of this script comes first on the path, where "kim" is this very file
sys.path[0] = str(Path(__file__).resolve().parents[1] / "code")
for name in ("OMP", "OPENBLAS", "MKL"):
    os.environ[f"{name}_NUM_THREADS"] = "1"

import cProfile  # noqa: E402
import pstats  # noqa: E402
import time  # noqa: E402

import numpy as np  # noqa: E402
import torch  # noqa: E402

import kim  # noqa: E402

torch.set_num_threads(1)
EXAMPLES, BATCH, ROUNDS, SCALAR_NODES = 12_800, 128, 4, 100_000
RNG = np.random.default_rng(0)
X = RNG.random((EXAMPLES, 784), dtype=np.float32)
Y = RNG.integers(0, 10, EXAMPLES)


def mlp(nn):
    """784-100-10."""
    return nn.Sequential(nn.Linear(784, 100), nn.ReLU(), nn.Linear(100, 10))


def residual_mlp(nn, residual, hidden=100):
    """Eight linear layers: one in, three residual blocks of two, one out."""
    blocks = [
        residual(
            nn.Sequential(
                nn.Linear(hidden, hidden), nn.BatchNorm1d(hidden), nn.ReLU(),
                nn.Linear(hidden, hidden), nn.BatchNorm1d(hidden),
            )
        )
        for _ in range(3)
    ]
    return nn.Sequential(
        nn.Linear(784, hidden), nn.ReLU(), *blocks, nn.Linear(hidden, 10)
    )


class TorchResidual(torch.nn.Module):
    """fn(x) + x."""

    def __init__(self, fn):
        super().__init__()
        self.fn = fn

    def forward(self, x):
        return self.fn(x) + x


def epoch(model, optimizer, loss_fn, tensor):
    """One pass over X, Y; the same lines for both libraries."""
    for i in range(0, EXAMPLES, BATCH):
        x, y = tensor(X[i : i + BATCH]), tensor(Y[i : i + BATCH])
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return loss


def runner(lib, model):
    """A function of no arguments that runs one epoch."""
    if lib == "kim":
        opt = kim.optim.SGD(model.parameters(), lr=0.01, momentum=0.9)
        return lambda: epoch(model, opt, kim.nn.SoftmaxLoss(), kim.from_numpy)
    opt = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9)
    loss_fn = torch.nn.CrossEntropyLoss()
    return lambda: epoch(model, opt, loss_fn, torch.from_numpy)


def best(*runs, rounds=ROUNDS):
    """Smallest time of each run; they take turns, after one warm-up."""
    times = [[] for _ in runs]
    for turn in range(rounds + 1):
        for run, seconds in zip(runs, times, strict=True):
            start = time.perf_counter()
            run()
            if turn:
                seconds.append(time.perf_counter() - start)
    return [min(t) for t in times]


def scalar_graph(make, nodes=SCALAR_NODES):
    """y ← y · x + x, ``nodes`` operations, then its gradient."""
    x = make(0.5)
    y = x
    for _ in range(nodes // 2):
        y = y * x + x
    y.backward()
    return x


class Value:
    """A number that remembers where it came from (the style of micrograd)."""

    def __init__(self, data, parents=(), local=()):
        self.data, self.grad = data, 0.0
        self.parents, self.local = parents, local

    def __add__(self, other):
        return Value(self.data + other.data, (self, other), (1.0, 1.0))

    def __mul__(self, other):
        parents, local = (self, other), (other.data, self.data)
        return Value(self.data * other.data, parents, local)

    def relu(self):
        return Value(max(self.data, 0.0), (self,), (float(self.data > 0),))

    def backward(self):
        order, seen, stack = [], set(), [(self, False)]
        while stack:
            node, done = stack.pop()
            if done:
                order.append(node)
            elif node not in seen:
                seen.add(node)
                stack.append((node, True))
                stack.extend((p, False) for p in node.parents)
        self.grad = 1.0
        for node in reversed(order):
            for parent, slope in zip(node.parents, node.local, strict=True):
                parent.grad += node.grad * slope


def scalar_mlp_seconds(examples=2):
    """Seconds per example of 784-100-10 in scalars (squared loss)."""
    sizes = [(784, 100), (100, 10)]
    weights = [
        [[Value(w) for w in row] for row in RNG.normal(0, 0.05, (m, n)).tolist()]
        for n, m in sizes
    ]
    start = time.perf_counter()
    for image in X[:examples].tolist():
        h = [Value(v) for v in image]
        for rows in weights:
            h = [neuron(row, h) for row in rows]
        loss = h[0] * h[0]
        for z in h[1:]:
            loss = loss + z * z
        loss.backward()
        for row in (r for rows in weights for r in rows):
            for w in row:
                w.data, w.grad = w.data - 0.01 * w.grad, 0.0
    return (time.perf_counter() - start) / examples


def neuron(row, inputs):
    """ReLU of a dot product, one multiplication and addition at a time."""
    total = row[0] * inputs[0]
    for w, v in zip(row[1:], inputs[1:], strict=True):
        total = total + w * v
    return total.relu()


def where_time_goes(run, top=8):
    """The functions in which an epoch of kim spends its own time."""
    profile = cProfile.Profile()
    profile.runcall(run)
    stats = pstats.Stats(profile).stats
    total = sum(own for _, _, own, _, _ in stats.values())
    rows = sorted(stats.items(), key=lambda item: -item[1][2])[:top]
    for (path, line, name), (_, calls, own, _, _) in rows:
        file = "/".join(path.split("/")[-2:])
        place = f"{file}:{line} {name}" if line else name
        print(f"    {own / total:6.1%} {calls:8d} calls  {place}")


def row(name, kim_s, other_s):
    print(f"{name:34s} {kim_s:9.3f} {other_s:9.3f} {kim_s / other_s:7.2g}")


def main():
    print(f"torch {torch.__version__}, numpy {np.__version__}, 1 thread")
    print(f"{EXAMPLES} examples an epoch, batch {BATCH}, best of {ROUNDS}\n")
    print(f"{'':34s} {'kim s':>9s} {'other s':>9s} {'ratio':>7s}")
    runs = {}
    for name, build in (("MLP 784-100-10", mlp), ("residual MLP", None)):
        if build is None:
            ours = residual_mlp(kim.nn, kim.nn.Residual)
            theirs = residual_mlp(torch.nn, TorchResidual)
        else:
            ours, theirs = build(kim.nn), build(torch.nn)
        runs[name] = runner("kim", ours)
        times = best(runs[name], runner("torch", theirs))
        row(f"{name} / torch", *times)
        if build:
            mlp_seconds = times[0]
    row("MLP 784-100-10 / scalars", mlp_seconds, scalar_mlp_seconds() * EXAMPLES)
    times = best(
        lambda: scalar_graph(lambda v: kim.Tensor(v, True)),
        lambda: scalar_graph(lambda v: torch.tensor(v, requires_grad=True)),
        lambda: scalar_graph(Value),
        rounds=2,
    )
    row(f"graph of {SCALAR_NODES} scalars / torch", *times[:2])
    row(f"graph of {SCALAR_NODES} scalars / Value", times[0], times[2])
    for name, run in runs.items():
        print(f"\nWhere an epoch of kim goes: {name} (under the profiler)")
        where_time_goes(run)


if __name__ == "__main__":
    main()
