"""Whose checkpoint it is, and on which machine it was written."""

import pytest
import torch
from torch import nn
from torch.nn import functional as F

from hocsau import train
from hocsau.models import MLP

DATA = [(torch.ones(2, 4), torch.tensor([0, 1]))]


def go(path, model, *, num_epochs=2, lr=0.1, callbacks=()):
    return train.fit(
        model, DATA, F.cross_entropy,
        torch.optim.Adam(model.parameters(), lr=lr), num_epochs=num_epochs,
        callbacks=[train.Checkpoint(path), *callbacks],
    )  # fmt: skip


def made(activation=nn.ReLU, **options):
    torch.manual_seed(0)
    return MLP((4, 8, 3), activation=activation, **options)


def test_written_on_a_gpu_and_opened_on_a_machine_without(tmp_path, monkeypatch):
    """The file's tensors say cuda:0; the run continues as it would have there."""
    whole, part = made(), made()
    one = go(tmp_path / "a.pt", whole, num_epochs=4)
    with monkeypatch.context() as there:
        there.setattr(torch.serialization, "location_tag", lambda _: "cuda:0")
        go(tmp_path / "b.pt", part, callbacks=[train.EarlyStopping(9, monitor="loss")])
    if not torch.cuda.is_available():
        with pytest.raises(RuntimeError, match="CUDA"):  # it is what it claims
            torch.load(tmp_path / "b.pt", weights_only=True)
    resumed = made()
    two = go(tmp_path / "b.pt", resumed, num_epochs=4)
    assert one.columns == two.columns and len(two) == 4
    assert all(map(torch.equal, whole.parameters(), resumed.parameters()))


def test_a_path_that_cannot_be_opened_is_not_called_spoilt(tmp_path):
    (tmp_path / "x.pt").mkdir()
    with pytest.raises(ValueError, match=r"không mở được.*path") as refused:
        go(tmp_path / "x.pt", made())
    assert "xóa" not in str(refused.value)


def test_a_missing_folder_is_named_before_any_training(tmp_path):
    model = made()
    before = [p.clone() for p in model.parameters()]
    with pytest.raises(ValueError, match=r"thư mục .*chua-co.*mkdir"):
        go(tmp_path / "chua-co" / "x.pt", model)
    assert all(map(torch.equal, before, model.parameters()))


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"activation": nn.Tanh}, r"tệp có \(1\): ReLU\(\), mô hình có \(1\): Tanh"),
        ({"dropout": 0.5}, r"tệp có .*p=0\.1, .*, mô hình có .*p=0\.5"),
    ],
)
def test_same_shapes_but_another_model_is_refused(tmp_path, other, words):
    first = {"dropout": 0.1} if "dropout" in other else {}
    go(tmp_path / "x.pt", made(**first))
    model = made(**other)
    before = [p.clone() + 1 for p in model.parameters()]
    with torch.no_grad():
        [p.add_(1) for p in model.parameters()]
    with pytest.raises(ValueError, match=rf"mô hình hay bộ tối ưu khác \(.*{words}"):
        go(tmp_path / "x.pt", model)
    assert all(map(torch.equal, before, model.parameters()))  # nothing half loaded


class Addressed(nn.Linear):
    """A layer that prints where one of its functions lies in memory."""

    def __init__(self):
        super().__init__(4, 3)
        self.act = lambda x: x

    def extra_repr(self):
        return f"act={self.act}"


def test_addresses_in_memory_do_not_make_another_model(tmp_path):
    go(tmp_path / "x.pt", Addressed())
    assert len(go(tmp_path / "x.pt", Addressed(), num_epochs=3)) == 3


def test_a_file_from_before_the_structure_was_kept_still_opens(tmp_path):
    path = tmp_path / "x.pt"
    go(path, made())
    state = torch.load(path, weights_only=True)
    del state["structure"]
    torch.save(state, path)
    assert len(go(path, made(), num_epochs=3)) == 3
