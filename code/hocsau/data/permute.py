"""Xáo vị trí điểm ảnh theo một hoán vị cố định, và lần lại chỗ cũ.

Hoán vị là tensor (side²,): ``X[:, order]`` là ảnh đã xáo.
Nhà: nyu/03-3.
"""

import numpy as np
import torch


def in_blocks(side: int, block: int):
    """Chỉ số điểm ảnh gom theo khối: (số khối, block²).

    Lỗi: ``ValueError`` nếu ``block`` không chia hết ``side``.
    """
    if side % block:
        raise ValueError(
            f"in_blocks: block={block} không chia hết side={side}; "
            "chọn một ước của side"
        )
    m = side // block
    grid = torch.arange(side**2).view(m, block, m, block)
    return grid.transpose(1, 2).reshape(m * m, block**2)


def from_blocks(blocks, side: int):
    """Trải các khối (số khối, block²) về thứ tự hàng của ảnh."""
    block = round(blocks.shape[1] ** 0.5)
    m = side // block
    grid = blocks.view(m, m, block, block)
    return grid.transpose(1, 2).reshape(-1)


def shuffle_inside(side: int, block: int, *, rng):
    """Xáo điểm ảnh trong từng khối, mỗi khối một kiểu: (side²,).

    ``block = 1`` giữ nguyên ảnh, ``block = side`` xáo cả ảnh.
    """
    blocks = in_blocks(side, block)
    keys = torch.rand(blocks.shape, generator=rng)
    return from_blocks(blocks.gather(1, keys.argsort(1)), side)


def shuffle_blocks(side: int, block: int, *, rng):
    """Xáo chỗ các khối, bên trong mỗi khối giữ nguyên: (side²,).

    ``block = side`` giữ nguyên ảnh, ``block = 1`` xáo cả ảnh.
    """
    blocks = in_blocks(side, block)
    order = torch.randperm(len(blocks), generator=rng)
    return from_blocks(blocks[order], side)


def correlation(X):
    """Tương quan từng cặp cột của X (n, d); cột không đổi cho 0."""
    Z = np.asarray(X, dtype=float)
    Z = Z - Z.mean(0)
    scale = Z.std(0)
    Z = Z / np.where(scale > 1e-6, scale, np.inf)
    return Z.T @ Z / len(Z)


def swap_uphill(C, slots, K):
    """Đổi chỗ từng cặp điểm ảnh, cặp lợi nhất trước, tới khi hết lợi.

    Tăng Σ_pq C_pq K[chỗ của p, chỗ của q]. ``C``, ``K``: (d, d) đối
    xứng, chéo 0; ``slots``: (d,) chỗ của từng điểm ảnh.
    """
    slots = slots.copy()
    while True:
        now = K[np.ix_(slots, slots)]
        score = C @ now  # điểm của p nếu ngồi vào chỗ của q
        own = np.diag(score)
        gain = score + score.T - own[:, None] - own + 2 * C * now
        p, q = np.unravel_index(gain.argmax(), gain.shape)
        if gain[p, q] < 1e-9:
            return slots
        slots[p], slots[q] = slots[q], slots[p]


def arrange(X, side: int, *, rng, restarts: int = 3):
    """Xếp cột của X lên lưới sao cho cột tương quan mạnh ở gần nhau.

    Không dùng nhãn. Tương quan âm coi như 0: hai điểm trái dấu không
    phải láng giềng, nhưng cũng chưa chắc ở xa. ``X``: (n, side²); thử
    ``restarts`` cách xếp đầu, giữ cách có tổng tốt nhất. Trả về hoán
    vị ``order`` (side²,): ``X[:, order]`` là ảnh đã xếp lại, sai khác
    một phép xoay hay lật.
    """
    C = np.maximum(correlation(X), 0)
    np.fill_diagonal(C, 0)
    place = np.stack(np.divmod(np.arange(side**2), side), 1)
    far = ((place[:, None] - place) ** 2).sum(-1)
    closeness = [np.exp(-far / (2 * s * s)) for s in (4, 3, 2, 1.2, 0.8)]
    for K in closeness:
        np.fill_diagonal(K, 0)
    best, best_score = None, -np.inf
    for _ in range(restarts):
        slots = torch.randperm(side**2, generator=rng).numpy()
        for K in closeness:  # từ thô đến tinh
            slots = swap_uphill(C, slots, K)
        score = (C * K[np.ix_(slots, slots)]).sum()
        if score > best_score:
            best, best_score = slots, score
    return torch.from_numpy(np.argsort(best))
