"""What a reader's wrong data is answered with: the argument and the remedy."""

import functools
import math
import warnings

import pytest
import torch
from torch import nn
from torch.nn import functional as F

from hocsau import train
from hocsau.data.batches import Batches
from hocsau.models import MLP
from hocsau.train import guard

X = torch.randn(6, 3, generator=torch.Generator().manual_seed(0))
Y = torch.tensor([0, 1, 2, 0, 1, 2])


def fit(data, loss_fn=F.cross_entropy, model=None, **options):
    model = model or MLP((3, 3))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    return train.fit(model, data, loss_fn, optimizer, num_epochs=2, **options)


def refused(match, data, *args, **options):
    with pytest.raises(ValueError, match=match):
        fit(data, *args, **options)


SMOOTH = functools.partial(F.cross_entropy, label_smoothing=0.1)


@pytest.mark.parametrize(
    "loss_fn",
    [F.cross_entropy, nn.CrossEntropyLoss(), SMOOTH, functools.partial(SMOOTH),
     lambda output, y: F.cross_entropy(output, y)],
)  # fmt: skip
@pytest.mark.parametrize("wrong", [3, -1])
def test_labels_out_of_range_under_cross_entropy(loss_fn, wrong):
    y = torch.where(Y == 2, wrong, Y)
    refused(rf"y có nhãn {wrong}.*đánh số lại", [(X, y)], loss_fn)
    with pytest.raises(ValueError, match=f"y có nhãn {wrong}"):
        train.evaluate(MLP((3, 3)), [(X, y)], loss_fn)


def test_labels_pytorch_takes_are_taken():
    some = torch.where(Y == 2, -100, Y)
    fit([(X, some)])
    fit([(X, torch.where(Y == 2, 255, Y))], nn.CrossEntropyLoss(ignore_index=255))
    fit([(X, torch.where(Y == 2, 9, Y))],
        functools.partial(F.cross_entropy, ignore_index=9))  # fmt: skip
    fit([(X, F.one_hot(Y, 3).float())])
    fit([(X, Y.to(torch.uint8))])
    with pytest.raises(ValueError, match="nhãn 7"):
        fit([(X, torch.where(Y == 2, 7, some))])


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
@pytest.mark.parametrize("name", ["X", "y"])
def test_values_that_are_not_numbers(name, value):
    bad_X, bad_y = X.clone(), torch.zeros(6, 3)
    (bad_X if name == "X" else bad_y)[4, 1] = value
    data = [(bad_X, bad_y)]
    refused(f"{name} có 1 số nan hay vô cùng.*điền", data, F.mse_loss)
    refused(f"{name} có 1 số", [(X, torch.zeros(6, 3))], F.mse_loss, val=data)


def test_large_finite_values_are_only_large():
    guard.inputs(torch.full((4, 2), 3e38), torch.zeros(4))
    opposite = torch.tensor([[math.inf], [-math.inf]])
    with pytest.raises(ValueError, match="X có 2 số"):
        guard.inputs(opposite, torch.zeros(2))


def test_lengths_and_empty_batches():
    refused("6 mẫu X nhưng 5 nhãn y", [(X, Y[:5])])
    refused("batch không mẫu", [(X[:0], Y[:0])])
    refused("không có batch nào.*drop_last", [])
    refused("batches hay val", [(X, Y)], val=[])
    refused("đổi thành list", (pair for pair in [(X, Y)]))
    refused(r"cặp \(X, y\)", Batches(X, batch_size=3))


@pytest.mark.parametrize(
    ("y", "loss_fn", "words"),
    [
        (Y.float(), F.cross_entropy, r"torch\.float32.*int64: gọi y\.long\(\)"),
        (Y.int(), nn.CrossEntropyLoss(), r"y\.long\(\)"),
        (Y[:, None], F.cross_entropy, r"y\.squeeze\(1\)"),
        (Y.float(), lambda z, y: F.cross_entropy(z, y), r"y\.long\(\)"),
        (Y[:, None], lambda z, y: F.cross_entropy(z, y), r"y\.squeeze\(1\)"),
    ],
)
def test_labels_of_the_wrong_type_or_shape(y, loss_fn, words):
    refused(words, [(X, y)], loss_fn)


PAIRS = [F.mse_loss, nn.MSELoss(), F.l1_loss, nn.L1Loss(), nn.SmoothL1Loss(),
         nn.HuberLoss(delta=0.5), F.smooth_l1_loss, F.huber_loss,
         F.binary_cross_entropy_with_logits, nn.BCEWithLogitsLoss()]  # fmt: skip


@pytest.mark.parametrize("loss_fn", PAIRS, ids=str)
def test_one_column_against_none_never_broadcasts(loss_fn):
    y = torch.tensor([0.0, 1, 0, 1, 0, 1])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        refused(r"\(6,\).*\(6, 1\).*y\[:, None\]", [(X, y)], loss_fn, MLP((3, 1)))
        flat = nn.Sequential(nn.Linear(3, 1), nn.Flatten(0))
        refused(r"\(6, 1\).*squeeze", [(X, y[:, None])], loss_fn, flat)
        fit([(X, y[:, None])], loss_fn, MLP((3, 1)))


def test_two_classes_with_one_logit():
    one, bce = MLP((3, 1)), nn.BCEWithLogitsLoss()
    y = (Y > 0).long()[:, None]
    refused(r"y\.float\(\)", [(X, y)], bce, one)
    refused(r"từ 0 tới 2.*CrossEntropyLoss", [(X, Y.float()[:, None])], bce, one)
    refused(r"từ -1 tới 1.*-1 thành 0", [(X, 2.0 * y - 1)], bce, one)
    refused("BCEWithLogitsLoss", [(X, torch.zeros(6).long())], model=one)
    wrapped = lambda z, y: F.binary_cross_entropy_with_logits(z, y)  # noqa: E731
    refused(r"y\.float\(\)", [(X, y)], wrapped, one)
    refused(r"y\[:, None\]", [(X, y.float()[:, 0])], wrapped, one)
    fit([(X, y.float())], bce, one)


def test_a_batch_of_one_under_batch_norm():
    model = nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4), nn.Linear(4, 3))
    data = Batches(X[:5], Y[:5], batch_size=2)
    refused("BatchNorm.*batch_size.*drop_last=True", data, model=model)
    fit(Batches(X[:5], Y[:5], batch_size=2, drop_last=True), model=model)
    train.evaluate(model, data, F.cross_entropy)  # eval mode: one is enough


def test_inputs_that_do_not_fit_the_model():
    refused("nhận 3 cột nhưng chờ 5", [(X, Y)], model=MLP((5, 3)))
    refused(r"X\.float\(\)", [(X.double(), Y)])
    conv = nn.Sequential(nn.Conv2d(1, 3, 1), nn.Flatten())
    images = torch.zeros(6, 8, 8)
    refused("chờ 1 kênh nhưng nhận", [(images, Y)], model=conv)
    refused(r"X\.float\(\)", [(images[:, None].double(), Y)], model=conv)


def test_unknown_losses_and_unknown_errors_pass_untouched():
    def mine(output, y):
        return ((output[:, 0] - y) ** 2).mean()

    assert guard.checked(mine) is mine
    fit([(X, Y)], mine)
    with pytest.raises(RuntimeError, match="lạ") as caught:
        fit([(X, Y)], lambda output, y: (_ for _ in ()).throw(RuntimeError("lạ")))
    assert caught.value.__cause__ is None


def test_the_original_error_is_kept():
    with pytest.raises(ValueError) as caught:
        fit([(X, Y)], model=MLP((5, 3)))
    assert "mat1 and mat2" in str(caught.value.__cause__)


def test_diverging_is_told_apart_from_bad_data():
    model = MLP((3, 1))
    optimizer = torch.optim.SGD(model.parameters(), lr=1e30)
    with pytest.raises(FloatingPointError, match="giảm lr"):
        train.fit(
            model, Batches(X, Y[:, None].float(), batch_size=2), F.mse_loss,
            optimizer, num_epochs=9, metrics={"accuracy": train.accuracy},
        )  # fmt: skip


class Scaled(nn.Module):
    """A loss with a parameter of its own."""

    def __init__(self):
        super().__init__()
        self.scale = nn.Parameter(torch.ones(()))

    def forward(self, output, y):
        return F.cross_entropy(output * self.scale, y)


def trained(model, parameters, loss_fn=F.cross_entropy):
    optimizer = torch.optim.SGD(parameters, lr=0.1)
    return train.fit(model, [(X, Y)], loss_fn, optimizer, num_epochs=1)


def test_an_optimizer_of_another_model_is_refused():
    model, other = MLP((3, 3)), MLP((3, 3))
    with pytest.raises(ValueError, match=r"optimizer giữ 2 .*model\.parameters"):
        trained(model, other.parameters())
    body = MLP((3, 4, 3))
    old = list(body.parameters())
    body[2] = nn.Linear(4, 3)  # the last layer, after the optimizer was made
    with pytest.raises(ValueError, match="optimizer giữ 2"):
        trained(body, old)


def test_part_of_a_model_and_parameters_of_the_loss_are_taken():
    model = MLP((3, 4, 3))
    trained(model, model[2].parameters())
    trained(model, [{"params": [model[0].weight]}, {"params": [model[0].bias]}])
    loss_fn = Scaled()
    trained(model, [*model.parameters(), *loss_fn.parameters()], loss_fn)
    assert loss_fn.scale != 1


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ((X.numpy(), Y), "X là ndarray, cần tensor"),
        ((X, Y.numpy()), "y là ndarray, cần tensor"),
        ((X, Y.tolist()), "y là list, cần tensor"),
    ],
)
def test_arrays_and_lists_in_place_of_tensors(data, words):
    refused(words, [data])
    with pytest.raises(ValueError, match=words):
        train.evaluate(MLP((3, 3)), [data], F.cross_entropy)
