"""PyTorch's own words, said again: what is wrong and what to do."""

import pytest
import torch
from torch import nn
from torch.nn import functional as F

from hocsau import finetune, train
from hocsau.train.explain import explained


def test_a_loss_that_reaches_no_parameter():
    model = nn.Linear(3, 2)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    finetune.freeze(model)
    data = [(torch.ones(4, 3), torch.zeros(4, dtype=torch.long))]
    with pytest.raises(ValueError, match=r"mọi tham số đã đóng băng.*no_grad"):
        train.fit(model, data, F.cross_entropy, optimizer, num_epochs=1)


def test_strange_errors_pass_unchanged():
    with pytest.raises(RuntimeError, match="lạ"), explained():
        raise RuntimeError("lạ")
