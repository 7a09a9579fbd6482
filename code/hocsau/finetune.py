"""Học chuyển giao: đóng băng thân, thay tầng cuối.

Nhà: nm/05.
"""

from torch import nn


def freeze(model: nn.Module, *prefixes: str) -> None:
    """Ngừng học các tham số có tên mở bằng một trong ``prefixes``.

    Không cho tên nào: đóng băng cả mô hình. Chỉ tham số đứng yên: ở
    chế độ train, BatchNorm vẫn cộng dồn thống kê và dropout vẫn tắt
    nút; muốn thân đứng yên hẳn thì gọi thêm ``eval()`` cho nó.
    Lỗi: ``ValueError`` nếu một tên không khớp tham số nào.
    """
    for prefix in prefixes or ("",):
        found = [p for n, p in model.named_parameters()
                 if n.startswith(prefix)]  # fmt: skip
        if not found:
            known = ", ".join(n for n, _ in model.named_children())
            raise ValueError(
                f"freeze: không tham số nào mở bằng {prefix!r}; "
                f"các phần của mô hình: {known}"
            )
        for p in found:
            p.requires_grad_(False)


def replace_head(model: nn.Module, name: str, num_classes: int) -> None:
    """Thay tầng tuyến tính ``name`` bằng tầng mới, học được.

    ``name`` viết như trong ``state_dict``, ví dụ "classifier.6". Tầng
    mới giữ số đầu vào, thiết bị và kiểu số của tầng cũ.
    Lỗi: ``ValueError`` nếu ``name`` không phải ``nn.Linear``.
    """
    old = dict(model.named_modules()).get(name)
    if not isinstance(old, nn.Linear):
        linear = [n for n, m in model.named_modules()
                  if isinstance(m, nn.Linear)]  # fmt: skip
        raise ValueError(
            f"replace_head: {name!r} không phải tầng tuyến tính của mô "
            f"hình; các tầng tuyến tính: {', '.join(linear) or 'không có'}"
        )
    w = old.weight
    new = nn.Linear(
        old.in_features, num_classes, device=w.device, dtype=w.dtype
    )
    parent, _, last = name.rpartition(".")
    setattr(model.get_submodule(parent), last, new)


def trainable(model: nn.Module) -> list:
    """Những tham số còn học: thứ duy nhất đưa cho bộ tối ưu.

    Lỗi: ``ValueError`` nếu không còn tham số nào.
    """
    found = [p for p in model.parameters() if p.requires_grad]
    if not found:
        raise ValueError(
            "trainable: mọi tham số đã đóng băng, không còn gì để học; "
            "gọi freeze trước, rồi mới replace_head"
        )
    return found
