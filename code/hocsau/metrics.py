"""Độ đo chất lượng tính từ đầu ra của mô hình.

Mỗi độ đo nhận ``output`` của cả tập và nhãn ``y``, trả về một số.
Nhà: nyu/02-3.
"""

import torch


def accuracy(output: torch.Tensor, y: torch.Tensor) -> float:
    """Độ chính xác: tỷ lệ mẫu có lớp điểm cao nhất trùng với nhãn.

    ``output``: (n, k) điểm hay logit; ``y``: (n,) nhãn nguyên.
    Một logit mỗi mẫu, (n,) hay (n, 1), là bài toán hai lớp: dương thì
    đoán lớp 1.
    Lỗi: ``ValueError`` nếu số mẫu của hai bên khác nhau.
    """
    if len(output) != len(y):
        raise ValueError(
            f"accuracy: output có {len(output)} mẫu, y có {len(y)}; "
            "cần bằng nhau"
        )
    if output.dim() == 1 or output.shape[1] == 1:
        guess = output.reshape(-1) > 0  # (n,)
        return (guess == (y.reshape(-1) > 0.5)).double().mean().item()
    return (output.argmax(1) == y).double().mean().item()
