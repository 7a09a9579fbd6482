"""Dò khoảng tốc độ học: tăng dần tốc độ học và nhìn mất mát.

[range_test] chạy vài chục bước với tốc độ học tăng theo cấp số nhân rồi
trả mô hình về như cũ; [suggest] đọc đường ấy.
Nhà: nm/09.
"""

import copy
import itertools
import math

import torch


def range_test(
    model, batches, loss_fn, optimizer, *, low, high, num_steps
):
    """Tốc độ học và mất mát từng bước: hai tensor (m,), m ≤ num_steps.

    ``batches``: duyệt lại được nhiều lần, cho các cặp (X, y). Bỏ dở
    khi mất mát làm trơn vượt 4 lần mức thấp nhất, hay không còn hữu
    hạn. Mô hình và bộ tối ưu trở lại như trước. Nguồn: Smith (2017), ở
    đó tốc độ học tăng thẳng.
    Lỗi: ``ValueError`` nếu không có 0 < low < high và num_steps ≥ 2.
    """
    if not 0 < low < high or num_steps < 2:
        raise ValueError(
            f"range_test: low = {low}, high = {high}, num_steps = "
            f"{num_steps}; cần 0 < low < high và num_steps ≥ 2"
        )
    saved = copy.deepcopy((model.state_dict(), optimizer.state_dict()))
    lrs, losses, total, best = [], [], 0.0, math.inf
    endless = itertools.chain.from_iterable(itertools.repeat(batches))
    for t, (X, y) in zip(range(num_steps), endless, strict=False):
        lr = low * (high / low) ** (t / (num_steps - 1))
        loss = one_step(model, X, y, loss_fn, optimizer, lr)
        if not math.isfinite(loss):
            break
        lrs.append(lr)
        losses.append(loss)
        total = 0.9 * total + 0.1 * loss
        level = total / (1 - 0.9 ** (t + 1))  # như [smooth]
        best = min(best, level)
        if level > 4 * best:
            break
    model.load_state_dict(saved[0])
    optimizer.load_state_dict(saved[1])
    return torch.tensor(lrs), torch.tensor(losses)


def one_step(model, X, y, loss_fn, optimizer, lr):
    """Một bước với tốc độ học ``lr``; trả về mất mát trước bước ấy."""
    for group in optimizer.param_groups:
        group["lr"] = lr
    loss = loss_fn(model(X), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()


def smooth(values, beta=0.9):
    """Trung bình động có sửa chệch: (m,) → (m,)."""
    total, out = 0.0, []
    for t, value in enumerate(values.tolist(), start=1):
        total = beta * total + (1 - beta) * value
        out.append(total / (1 - beta**t))
    return torch.tensor(out)


def suggest(lrs, losses, *, beta=0.9):
    """Hai gợi ý hay dùng từ đường đã làm trơn: (dốc nhất, đáy / 10)."""
    curve = smooth(losses, beta)
    bottom = int(curve.argmin())
    if bottom < 2:
        raise ValueError(
            "suggest: mất mát không giảm ở đoạn nào; giảm low"
        )
    slope = curve.diff()[:bottom] / lrs.log().diff()[:bottom]
    return lrs[int(slope.argmin())].item(), lrs[bottom].item() / 10
