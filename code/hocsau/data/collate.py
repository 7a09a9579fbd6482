"""Gộp các mẫu dài ngắn khác nhau thành một batch.

Nhà: nm/06.
"""

import torch
from torch.nn.utils.rnn import pad_sequence


def pad(samples, value=0):
    """Đệm các chuỗi cho dài bằng chuỗi dài nhất của batch.

    ``samples``: danh sách (x, y), x: (t_i, ...). Trả về X
    (n, max t_i, ...), độ dài thật (n,) và y (n,).
    """
    xs, ys = zip(*samples, strict=True)
    lengths = torch.tensor([len(x) for x in xs])
    X = pad_sequence(xs, batch_first=True, padding_value=value)
    return X, lengths, torch.tensor(ys)
