"""Each way of having no gradient gets its own name."""

import pytest
import torch

from hocsau.gradnone import reaches, why


def leaf():
    return torch.ones(3, requires_grad=True)


def test_a_good_run():
    x = leaf()
    loss = (x * 2).sum()
    assert why(x, loss) == "chưa lùi, hoặc vừa xóa"
    loss.backward()
    assert why(x, loss) == "có gradient"


def test_not_watched():
    x, w = torch.ones(3), leaf()
    loss = (x * w).sum()
    loss.backward()
    assert x.grad is None and why(x, loss) == "x không được theo dõi"


def test_not_a_leaf_unless_kept():
    w = leaf()
    x = w * 0.1
    loss = (x**2).sum()
    assert why(x, loss) == "x không phải lá"
    x.retain_grad()
    loss.backward()
    assert why(x, loss) == "có gradient" and x.grad is not None


@pytest.mark.parametrize(
    "broken",
    [
        lambda x: (x * 2).sum().detach(),
        lambda x: (x * 2).argmax().float(),
        lambda x: torch.tensor((x * 2).sum().item()),
    ],
)
def test_loss_without_graph(broken):
    x = leaf()
    loss = broken(x)
    assert why(x, loss) == "mất mát không có đồ thị"
    assert not reaches(loss, x)
    with pytest.raises(RuntimeError, match="does not require grad"):
        loss.backward()


def test_no_path():
    x, w = leaf(), leaf()
    loss = (w * x.detach()).sum()
    loss.backward()
    assert x.grad is None
    assert why(x, loss) == "không có đường từ mất mát về x"
    kept = x * 3
    kept.retain_grad()
    assert why(kept, loss) == "không có đường từ mất mát về x"
    assert reaches((kept * w).sum(), kept)


def test_zero_is_not_none():
    x = leaf()
    loss = x.round().sum()
    loss.backward()
    assert why(x, loss) == "có gradient" and not x.grad.any()


def test_the_loss_itself():
    x = torch.tensor(2.0, requires_grad=True)
    assert why(x, x) == "chưa lùi, hoặc vừa xóa"
    x.backward()
    assert why(x, x) == "có gradient"
