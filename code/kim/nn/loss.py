"""Hàm mất mát dưới dạng module.

Nhà: dlsys/08.
"""

from .. import ops
from .module import Module


class SoftmaxLoss(Module):
    """Entropy chéo của softmax: trung bình của −log softmax(z)[y].

    Shape: logits (n, k), y (n,) số nguyên → một số.
    Lỗi: như ``kim.ops.cross_entropy``.
    Nguồn: ``torch.nn.CrossEntropyLoss``.
    """

    def forward(self, logits, y):
        return ops.cross_entropy(logits, y)
