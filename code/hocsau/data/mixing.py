"""Xáo một dòng chảy dài tùy ý bằng một bộ đệm có hạn.

Nhà: nm/06.
"""

import torch


def shuffle_buffer(items, size: int, *, rng):
    """Giữ ``size`` mẫu; mẫu mới tới thì một mẫu ngẫu nhiên đi ra.

    Hết nguồn thì xả phần còn giữ theo thứ tự ngẫu nhiên. ``size=1``
    giữ nguyên thứ tự; ``size`` từ số mẫu trở lên là xáo hoàn toàn.
    Lỗi: ``ValueError`` nếu ``size`` < 1.
    """
    if size < 1:
        raise ValueError(f"shuffle_buffer: size = {size}, cần ≥ 1")
    kept = []
    for item in items:
        if len(kept) < size:
            kept.append(item)
            continue
        j = int(torch.randint(size, (), generator=rng))
        yield kept[j]
        kept[j] = item
    for j in torch.randperm(len(kept), generator=rng).tolist():
        yield kept[j]
