"""Nhìn vào mạng tích chập: leo dốc tìm ảnh, chiếu ngược về ảnh.

Nhà: nyu/03-1.
"""

import torch
from torch.nn import functional as F


def ascend(
    score,
    shape,
    *,
    rng,
    num_steps: int = 200,
    lr: float = 0.2,
    tame: bool = True,
):
    """Leo gradient tìm ảnh làm ``score`` lớn nhất, mỗi ảnh một điểm số.

    ``score``: (n, 1, h, w) → (n,); ``shape``: kích thước ấy. Khi
    ``tame``: giữ điểm ảnh trong [0, 1], phạt bình phương độ sáng, và
    bốn bước một lần làm mờ nhẹ; tắt đi thì leo tự do.
    """
    X = 0.5 + 0.1 * torch.randn(shape, generator=rng)
    near = torch.tensor([[1.0, 2, 1], [2, 8, 2], [1, 2, 1]]) / 20
    for step in range(num_steps):
        X.requires_grad_()
        goal = score(X) - 0.05 * tame * (X**2).sum((1, 2, 3))
        (grad,) = torch.autograd.grad(goal.sum(), X)
        size = grad.flatten(1).norm(dim=1)[:, None, None, None]
        X = X.detach() + lr * grad / (size + 1e-8)
        if tame and step % 4 == 0:
            wide = F.pad(X, (1, 1, 1, 1), mode="replicate")
            X = F.conv2d(wide, near[None, None])
        X = X.clamp(0, 1) if tame else X
    return X


def project_back(net, X, unit: int, row: int, col: int):
    """Chiếu một đáp ứng tầng hai của ``TinyConv`` ngược về điểm ảnh.

    Kiểu deconvnet của Zeiler và Fergus (2014): giữ đúng một đáp ứng,
    rồi đi ngược qua ReLU, kernel chuyển vị, và vị trí cực đại đã nhớ.
    ``X``: (1, 1, h, w); trả về (h, w).
    """
    with torch.no_grad():
        first = F.relu(net.conv1(X))
        pooled, where = F.max_pool2d(first, 2, return_indices=True)
        second = F.relu(net.conv2(pooled))
        only = torch.zeros_like(second)
        only[0, unit, row, col] = second[0, unit, row, col]
        back = F.relu(F.conv_transpose2d(only, net.conv2.weight))
        back = F.max_unpool2d(back, where, 2, output_size=first.shape)
        return F.conv_transpose2d(F.relu(back), net.conv1.weight)[0, 0]
