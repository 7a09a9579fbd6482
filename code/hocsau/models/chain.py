"""Chuỗi nhiều tầng cùng bề rộng, có hoặc không có đường tắt.

Nhà: nyu/03-3.
"""

import torch
from torch import nn


class Link(nn.Module):
    """Một mắt xích: h → ReLU(chuẩn hóa(W h)), thêm đường tắt nếu có.

    ``skip``: None là không có đường tắt; số thực s cho h + s·f(h).
    """

    def __init__(self, width: int, *, conv, init, norm, skip):
        super().__init__()
        self.mix = (
            nn.Conv2d(width, width, 3, padding=1)
            if conv
            else nn.Linear(width, width)
        )
        if init == "he":
            nn.init.kaiming_normal_(
                self.mix.weight, nonlinearity="relu"
            )
            nn.init.zeros_(self.mix.bias)
        flat = nn.BatchNorm2d if conv else nn.BatchNorm1d
        self.norm = flat(width) if norm else nn.Identity()
        self.skip = skip

    def forward(self, h):
        out = torch.relu(self.norm(self.mix(h)))
        return out if self.skip is None else h + self.skip * out


class Chain(nn.Sequential):
    """``depth`` mắt xích nối tiếp, số kênh không đổi.

    ``init``: "he" hay "default" (cách của PyTorch); ``conv=False``
    dùng tầng kết nối đầy đủ. Nguồn của đường tắt: He và cộng sự (2016).
    Lỗi: ``ValueError`` nếu không biết ``init``.
    """

    def __init__(
        self, width: int, depth: int, *, conv: bool = True,
        init: str = "he", norm: bool = False, skip=None,
    ):
        if init not in ("he", "default"):
            raise ValueError(
                f'Chain: init={init!r}; chọn "he" hoặc "default"'
            )
        options = {"conv": conv, "init": init, "norm": norm}
        super().__init__(
            *(Link(width, skip=skip, **options) for _ in range(depth))
        )


def flow(chain, h):
    """Gradient và tín hiệu còn lại sau khi đi qua chuỗi.

    Nhân đầu ra với một hướng ngẫu nhiên rồi lan truyền ngược. Trả về
    (‖gradient ở đầu vào‖ / ‖gradient ở đầu ra‖, tương quan giữa khoảng
    cách các cặp mẫu lúc vào và lúc ra). Tương quan 1: hình của đám mẫu
    còn nguyên; gần 0: đã nhòe hết. ``h``: (n, ...), n ≥ 3.
    """
    h = h.detach().requires_grad_()
    out = chain(h)
    push = torch.randn(out.shape)
    (grad,) = torch.autograd.grad(out, h, push)
    far = [torch.pdist(t.detach().flatten(1).double()) for t in (h, out)]
    kept = torch.corrcoef(torch.stack(far))[0, 1]
    return (grad.norm() / push.norm()).item(), kept.item()
