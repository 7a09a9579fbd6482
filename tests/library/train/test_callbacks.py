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


def test_early_stopping_refuses_no_patience_and_names_a_missing_column():
    with pytest.raises(ValueError, match="patience"):
        train.EarlyStopping(0)
    with pytest.raises(KeyError, match="val_loss"):
        run([train.EarlyStopping(1)], val=False)


def test_schedule_follows_torch_by_epoch_and_by_step():
    def by(every, gamma):
        return lambda optimizer, rng: train.Schedule(
            torch.optim.lr_scheduler.ExponentialLR(optimizer, gamma), every=every
        )

    _, history = run([], make=by("epoch", 0.5), num_epochs=4)
    assert history["lr"] == pytest.approx([0.1, 0.05, 0.025, 0.0125])
    _, history = run([], make=by("step", 0.9), num_epochs=3)
    assert history["lr"] == pytest.approx([0.1, 0.1 * 0.9**5, 0.1 * 0.9**10])


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


def test_checkpoint_keeps_the_schedule(tmp_path):
    def run_to(num_epochs):
        torch.manual_seed(0)
        model = MLP((2, 2))
        optimizer = torch.optim.SGD(model.parameters(), lr=1.0)
        steps = torch.optim.lr_scheduler.StepLR(optimizer, 1, 0.5)
        keep = train.Checkpoint(tmp_path / "c.pt", scheduler=steps)
        data = [(torch.ones(2, 2), torch.tensor([0, 1]))]
        return train.fit(
            model, data, F.cross_entropy, optimizer, num_epochs=num_epochs,
            callbacks=[train.Schedule(steps), keep],
        )  # fmt: skip

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
