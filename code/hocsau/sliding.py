"""Trượt một mạng trên ảnh lớn: số học kích thước, đổi tầng, đếm phép tính.

Nhà: nyu/03-2.
"""

import torch
from torch import nn

from hocsau.convolution import output_size


def sizes(n: int, stages) -> list[int]:
    """Kích thước sau từng tầng; ``stages``: các cặp (kernel, stride).

    Lỗi: ``ValueError`` nếu có kernel dài hơn thứ nó phải phủ.
    """
    walk = [n]
    for kernel, stride in stages:
        walk.append(output_size(walk[-1], kernel, stride=stride))
    return walk


def window_and_step(stages) -> tuple[int, int]:
    """Vùng tiếp nhận của một đầu ra và sải bước tổng của cả chồng tầng.

    Đi từ dưới lên: vùng nới thêm (kernel - 1) · bước, rồi bước nhân
    với stride.
    """
    window, step = 1, 1
    for kernel, stride in stages:
        window += (kernel - 1) * step
        step *= stride
    return window, step


def crops(x, window: int, step: int):
    """Cắt mọi cửa sổ: (1, c, h, w) → (số cửa sổ, c, window, window)."""
    cut = x[0].unfold(1, window, step).unfold(2, window, step)
    return cut.permute(1, 2, 0, 3, 4).flatten(0, 1)


def as_convolution(linear: nn.Linear, channels: int, size: int):
    """Chép một tầng kết nối đầy đủ thành tích chập phủ trọn đầu vào.

    Đầu vào của ``linear`` là (channels, size, size) đã duỗi; trọng số
    (k, channels·size²) chỉ đổi cách xếp thành (k, channels, size, size).
    """
    if linear.in_features != channels * size**2:
        raise ValueError(
            f"as_convolution: tầng nhận {linear.in_features} số, "
            f"khác channels·size² = {channels * size**2}"
        )
    conv = nn.Conv2d(channels, linear.out_features, size)
    shape = conv.weight.shape
    with torch.no_grad():
        conv.weight.copy_(linear.weight.view(shape))
        conv.bias.copy_(linear.bias)
    return conv


def fully_convolutional(
    model: nn.Sequential, size: int, channels: int = 1
):
    """Bản tích chập đầy đủ của một chồng tầng có Flatten rồi Linear.

    ``size``, ``channels``: cạnh và số kênh của ảnh mà ``model`` nhận.
    Trọng số được chép; mọi mô-đun khác giữ nguyên.
    """
    layers, x = [], torch.zeros(1, channels, size, size)
    for layer in model:
        if isinstance(layer, nn.Linear):
            layer = as_convolution(layer, x.shape[1], x.shape[-1])
        if not isinstance(layer, nn.Flatten):
            layers.append(layer)
            with torch.no_grad():
                x = layer(x)
    return nn.Sequential(*layers)


def count_macs(model: nn.Module, x) -> int:
    """Số phép nhân-cộng của một lượt truyền xuôi trên ``x``.

    Chỉ đếm tầng tích chập và tầng tuyến tính, như ``hocsau.netcost``.
    """
    total = 0

    def add(layer, _, out):
        nonlocal total
        spots = out.numel() // out.shape[1]
        total += spots * layer.weight.numel()

    kinds = (nn.Conv2d, nn.Linear)
    hooks = [
        m.register_forward_hook(add)
        for m in model.modules()
        if isinstance(m, kinds)
    ]
    with torch.no_grad():
        model(x)
    for hook in hooks:
        hook.remove()
    return total


def peaks(probs, *, reach: int = 2, floor: float = 0.5):
    """Đọc dải: lấy đỉnh cao nhất, xóa vùng quanh nó, lặp lại.

    ``probs``: (k, t) xác suất từng lớp ở từng vị trí, hàng cuối là lớp
    từ chối. Trả về danh sách (vị trí, lớp) từ trái sang phải.
    """
    score, guess = probs[:-1].max(0)
    score, found = score.clone(), []
    while score.max() > floor:
        t = int(score.argmax())
        found.append((t, int(guess[t])))
        score[max(0, t - reach) : t + reach + 1] = 0
    return sorted(found)
