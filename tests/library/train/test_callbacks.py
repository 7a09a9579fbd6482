"""Early stopping, schedules, clipping, progress and checkpoints."""

import pytest
import torch
from torch.nn import functional as F

from hocsau import train
from hocsau.data.batches import Batches
from hocsau.models import MLP


def run(callbacks, *, num_epochs=10, lr=0.1, seed=0, val=True, make=None, rng=None):
    """Train a linear classifier on a fixed problem; returns model and history."""
    data_rng = torch.Generator().manual_seed(5)
    X = torch.randn(40, 2, generator=data_rng)
    y = (X.sum(1) > 0).long()
    torch.manual_seed(seed)
    model = MLP((2, 2))
    optimizer = torch.optim.SGD(model.parameters(), lr=lr, momentum=0.5)
    rng = rng or torch.Generator().manual_seed(1)
    if make:
        callbacks = [make(optimizer, rng)]
    history = train.fit(
        model, Batches(X, y, batch_size=8, rng=rng), F.cross_entropy, optimizer,
        num_epochs=num_epochs, val=[(X, y)] if val else None, callbacks=callbacks,
    )  # fmt: skip
    return model, history


class Scripted(train.Callback):
    """Puts chosen numbers into the record, and the epoch into the weights."""

    def __init__(self, values):
        self.values = values

    def on_epoch_end(self, run):
        run.history.columns["val_loss"][-1] = self.values[run.epoch - 1]
        with torch.no_grad():
            run.model[0].bias.fill_(run.epoch)


def test_early_stopping_waits_and_restores_the_best_weights():
    stopper = train.EarlyStopping(3)
    model, history = run([Scripted([5, 4, 3, 3.5, 3, 3.2, 1]), stopper], num_epochs=7)
    assert len(history) == 6 and stopper.best_epoch == 3
    assert model[0].bias.tolist() == [3, 3]


def test_early_stopping_min_delta_and_max_mode():
    stopper = train.EarlyStopping(2, mode="max", min_delta=0.1)
    _, history = run([Scripted([0.5, 0.55, 0.58, 0.9]), stopper], num_epochs=4)
    assert len(history) == 3 and stopper.best_epoch == 1


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("mode", ["min", "max"])
def test_early_stopping_against_its_definition(seed, mode):
    """Stop at the first epoch ``patience`` after the last record; keep the record's."""
    rng = torch.Generator().manual_seed(seed)
    values = torch.rand(12, generator=rng).mul(10).round().div(10).tolist()
    patience = 1 + seed % 4
    sign = 1 if mode == "min" else -1
    records, stop = [], 12
    for epoch, value in enumerate(values, start=1):
        if all(sign * value < sign * old for old in values[: epoch - 1]):
            records.append(epoch)
        if epoch - records[-1] == patience:
            stop = epoch
            break
    stopper = train.EarlyStopping(patience, mode=mode)
    model, history = run([Scripted(values), stopper], num_epochs=12)
    assert (len(history), stopper.best_epoch) == (stop, records[-1])
    assert model[0].bias.tolist() == [records[-1]] * 2
    again, _ = run([Scripted(values), stopper], num_epochs=12)  # used once more
    assert again[0].bias.tolist() == [records[-1]] * 2


def test_early_stopping_refuses_no_patience_and_names_a_missing_column():
    with pytest.raises(ValueError, match="patience"):
        train.EarlyStopping(0)
    with pytest.raises(KeyError, match="val_loss"):
        run([train.EarlyStopping(1)], val=False)


def test_a_mode_that_does_not_exist_is_named():
    with pytest.raises(ValueError, match=r'EarlyStopping: mode = .up.; chọn "min"'):
        train.EarlyStopping(1, mode="up")
    history = train.History()
    history.add({"val_loss": 1.0})
    with pytest.raises(ValueError, match=r'best_epoch: mode = .up.; chọn "min"'):
        history.best_epoch(mode="up")


def test_schedule_follows_torch_by_epoch_and_by_step():
    def by(every, gamma):
        return lambda optimizer, rng: train.Schedule(
            torch.optim.lr_scheduler.ExponentialLR(optimizer, gamma), every=every
        )

    _, history = run([], make=by("epoch", 0.5), num_epochs=4)
    assert history["lr"] == pytest.approx([0.1, 0.05, 0.025, 0.0125])
    _, history = run([], make=by("step", 0.9), num_epochs=3)
    assert history["lr"] == pytest.approx([0.1, 0.1 * 0.9**5, 0.1 * 0.9**10])


LR = torch.optim.lr_scheduler
SCHEDULES = {
    "step": (lambda o: LR.StepLR(o, 2, 0.5), "epoch"),
    "exponential": (lambda o: LR.ExponentialLR(o, 0.9), "epoch"),
    "cosine": (lambda o: LR.CosineAnnealingLR(o, 6), "epoch"),
    "warm-up": (lambda o: LR.LinearLR(o, 0.1, total_iters=7), "step"),
    "one-cycle": (lambda o: LR.OneCycleLR(o, 0.5, total_steps=30), "step"),
}


@pytest.mark.parametrize("name", SCHEDULES)
def test_schedule_is_the_schedulers_own_loop(name):
    """Same rates, momentum and weights as the loop that PyTorch documents."""
    make, every = SCHEDULES[name]
    model, history = run(
        [], make=lambda o, rng: train.Schedule(make(o), every=every), num_epochs=6
    )
    X = torch.randn(40, 2, generator=torch.Generator().manual_seed(5))
    y = (X.sum(1) > 0).long()
    torch.manual_seed(0)
    twin = MLP((2, 2))
    optimizer = torch.optim.SGD(twin.parameters(), lr=0.1, momentum=0.5)
    scheduler = make(optimizer)
    rng, rates = torch.Generator().manual_seed(1), []
    for _ in range(6):
        rates.append(optimizer.param_groups[0]["lr"])
        for pick in torch.randperm(40, generator=rng).split(8):
            optimizer.zero_grad()
            F.cross_entropy(twin(X[pick]), y[pick]).backward()
            optimizer.step()
            if every == "step":
                scheduler.step()
        if every == "epoch":
            scheduler.step()
    assert history["lr"] == rates and len(set(rates)) > 1
    assert all(map(torch.equal, model.parameters(), twin.parameters()))


def test_schedule_on_a_plateau_reads_the_record():
    def make(optimizer, rng):
        plateau = torch.optim.lr_scheduler.ReduceLROnPlateau(
            optimizer, patience=0, threshold=1e9, threshold_mode="abs"
        )
        return train.Schedule(plateau, monitor="val_loss")

    _, history = run([], make=make, num_epochs=3)
    assert history["lr"] == pytest.approx([0.1, 0.1, 0.01])
    with pytest.raises(ValueError, match="every"):
        train.Schedule(None, every="batch")


@pytest.mark.parametrize("options", [{}, {"every": "step", "monitor": "val_loss"}])
def test_a_plateau_needs_a_column_and_whole_epochs(options):
    optimizer = torch.optim.SGD(MLP((2, 2)).parameters(), lr=0.1)
    plateau = torch.optim.lr_scheduler.ReduceLROnPlateau(optimizer)
    with pytest.raises(ValueError, match=r'ReduceLROnPlateau.*monitor="val_loss"'):
        train.Schedule(plateau, **options)


def test_a_column_for_a_schedule_that_reads_none_is_refused():
    """``StepLR.step(0.7)`` would take the loss for an epoch number."""
    optimizer = torch.optim.SGD(MLP((2, 2)).parameters(), lr=0.1)
    steps = torch.optim.lr_scheduler.StepLR(optimizer, 1)
    with pytest.raises(ValueError, match=r"StepLR không đọc .*bỏ monitor"):
        train.Schedule(steps, monitor="val_loss")


class Gradients(train.Callback):
    """Copies of the gradients, as the optimizer will see them."""

    def __init__(self):
        self.seen = []

    def on_backward(self, run):
        self.seen.append([p.grad.clone() for p in run.model.parameters()])


@pytest.mark.parametrize("max_norm", [0.05, 1e9])
def test_clipping_is_clip_grad_norm(max_norm):
    before, clip, after = Gradients(), train.ClipGradients(max_norm), Gradients()
    run([before, clip, after], num_epochs=2)
    assert len(clip.norms) == len(before.seen) == 10
    for raw, norm, clipped in zip(before.seen, clip.norms, after.seen, strict=True):
        by_hand = torch.cat([g.reshape(-1) for g in raw]).norm().item()
        assert norm == pytest.approx(by_hand)
        twins = [torch.nn.Parameter(torch.zeros_like(g)) for g in raw]
        for twin, g in zip(twins, raw, strict=True):
            twin.grad = g.clone()
        torch.nn.utils.clip_grad_norm_(twins, max_norm)
        assert all(torch.equal(t.grad, g) for t, g in zip(twins, clipped, strict=True))
        scale = min(1, max_norm / by_hand)
        torch.testing.assert_close(clipped, [g * scale for g in raw], rtol=1e-4, atol=0)


def test_clipping_bounds_every_step():
    clip = train.ClipGradients(1e-3)
    model, _ = run([clip], lr=1.0, num_epochs=1)
    torch.manual_seed(0)
    start = MLP((2, 2))
    moved = sum(
        (a - b).norm() ** 2
        for a, b in zip(model.parameters(), start.parameters(), strict=True)
    ).sqrt()
    assert len(clip.norms) == 5 and min(clip.norms) > 1e-3
    assert 0 < moved <= 5 * 1e-3 / (1 - 0.5) + 1e-6


def test_progress_prints_every_few_epochs_and_the_last(capsys):
    run([train.Progress(4, width=10)], num_epochs=10)
    lines = capsys.readouterr().out.splitlines()
    assert [line[:18] for line in lines] == [
        "[####------]  4/10", "[########--]  8/10", "[##########] 10/10"
    ]  # fmt: skip
    assert "loss 0." in lines[0] and "lr" not in lines[0].split()


def test_checkpoint_resumes_to_the_same_numbers(tmp_path):
    def make(name):
        return lambda optimizer, rng: train.Checkpoint(tmp_path / name, rng=rng)

    whole, one = run([], make=make("a.pt"), num_epochs=6)
    run([], make=make("b.pt"), num_epochs=2)
    resumed, two = run([], make=make("b.pt"), num_epochs=6, seed=9)
    assert one.columns == two.columns
    for a, b in zip(whole.parameters(), resumed.parameters(), strict=True):
        assert torch.equal(a, b)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.pt", "b.pt"]


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize("cut", [1, 3, 5, 9])
def test_checkpoint_resumes_everything_wherever_it_stands(tmp_path, first, cut):
    """Dropout, schedules, clipping and early stopping continue as if never stopped."""
    X = torch.randn(40, 2, generator=torch.Generator().manual_seed(5))
    y = (X[:, 0] > 0).long()
    val = [(torch.randn(20, 2, generator=torch.Generator().manual_seed(6)), y[:20])]

    def go(name, num_epochs, seed):
        torch.manual_seed(seed)
        model = MLP((2, 8, 2), dropout=0.5)
        optimizer = torch.optim.Adam(model.parameters(), lr=0.1)
        rng = torch.Generator().manual_seed(seed)
        step = torch.optim.lr_scheduler.StepLR(optimizer, 2, 0.7)
        flat = torch.optim.lr_scheduler.ReduceLROnPlateau(optimizer, patience=0)
        clip, stopper = train.ClipGradients(0.5), train.EarlyStopping(4)
        keep = train.Checkpoint(tmp_path / name, rng=rng)
        others = [train.Schedule(step), train.Schedule(flat, monitor="val_loss"),
                  clip, stopper]  # fmt: skip
        history = train.fit(
            model, Batches(X, y, batch_size=8, rng=rng), F.cross_entropy, optimizer,
            num_epochs=num_epochs, val=val,
            callbacks=[keep, *others] if first else [*others, keep],
        )  # fmt: skip
        return history.columns, clip.norms, stopper.best_epoch, list(model.parameters())

    whole = go("a.pt", 12, seed=0)
    go("b.pt", cut, seed=0)
    resumed = go("b.pt", 12, seed=9)
    assert whole[:3] == resumed[:3]
    assert all(map(torch.equal, whole[3], resumed[3]))
    assert 1 < len(whole[0]["lr"]) < 12  # early stopping had its say
    assert len(set(whole[0]["lr"])) > 2


def test_a_stopped_run_stays_stopped(tmp_path):
    def go():
        return run([Scripted([1, 2, 3, 4, 5]), train.EarlyStopping(2),
                    train.Checkpoint(tmp_path / "x.pt")])[1]  # fmt: skip

    assert len(go()) == 3 and len(go()) == 3


def test_checkpoint_keeps_a_scheduler_of_ones_own(tmp_path):
    def run_to(num_epochs):
        torch.manual_seed(0)
        model = MLP((2, 2))
        optimizer = torch.optim.SGD(model.parameters(), lr=1.0)
        steps = torch.optim.lr_scheduler.StepLR(optimizer, 1, 0.5)
        keep = train.Checkpoint(tmp_path / "c.pt", scheduler=steps)
        data = [(torch.ones(2, 2), torch.tensor([0, 1]))]
        return train.fit(
            model, data, F.cross_entropy, optimizer, num_epochs=num_epochs,
            callbacks=[Stepping(steps), keep],
        )  # fmt: skip

    class Stepping(train.Callback):
        def __init__(self, scheduler):
            self.scheduler = scheduler

        def on_epoch_end(self, run):
            self.scheduler.step()

    run_to(2)
    assert run_to(4)["lr"] == [1.0, 0.5, 0.25, 0.125]


def resume(path, model, make=torch.optim.SGD, **options):
    """One more epoch of ``model`` from the file."""
    return train.fit(
        model, [(torch.ones(2, 2), torch.tensor([0, 1]))], F.cross_entropy,
        make(model.parameters(), lr=0.1, **options), num_epochs=2,
        callbacks=[train.Checkpoint(path)],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("model", "make", "words"),
    [
        (MLP((2, 3, 2)), torch.optim.SGD, r"0\.weight: tệp có \(2, 2\).*\(3, 2\)"),
        (MLP((2, 2, 2)), torch.optim.SGD, r"2\.weight: tệp có không"),
        (MLP((2, 2)), torch.optim.Adam, "tệp có SGD, đây là Adam"),
    ],
)
def test_checkpoint_of_another_model_or_optimizer_is_refused(
    tmp_path, model, make, words
):
    path = tmp_path / "x.pt"
    run([train.Checkpoint(path)], num_epochs=1)
    before = [p.clone() for p in model.parameters()]
    with pytest.raises(ValueError, match=words):
        resume(path, model, make)
    assert all(map(torch.equal, before, model.parameters()))  # nothing half loaded


@pytest.mark.parametrize("spoil", ["weights", "tensor", "text", "cut", "empty"])
def test_a_file_that_is_no_checkpoint_is_refused(tmp_path, spoil):
    path = tmp_path / "x.pt"
    run([train.Checkpoint(path)], num_epochs=1)
    if spoil == "weights":
        torch.save(MLP((2, 2)).state_dict(), path)
    elif spoil == "tensor":
        torch.save(torch.zeros(3), path)
    else:
        data = path.read_bytes()
        path.write_bytes({"text": b"hello", "cut": data[:-99], "empty": b""}[spoil])
    with pytest.raises(ValueError, match=r"đã hỏng.*đổi path"):
        resume(path, MLP((2, 2)))
