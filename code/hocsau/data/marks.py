"""Hai nét rời, lớp là cách sắp đặt: bài toán gắn đặc trưng.

Nhà: nyu/03-2.
"""

import torch

SIDES = ((0, -1), (0, 1), (-1, 0), (1, 0))
SIDE_NAMES = ("trái", "phải", "trên", "dưới")


def draw_marks(row, col, drow, dcol, *, size: int = 18):
    """Một nét ngang tâm (row, col), một nét đứng lệch (drow, dcol).

    Mỗi nét dài 3, dày 1 điểm ảnh. Trả về (1, size, size).
    Lỗi: ``ValueError`` nếu nét ra ngoài khung.
    """
    r, c = row + drow, col + dcol
    spots = (row, col - 1, col + 1, r - 1, r + 1, c)
    if min(spots) < 0 or max(spots) >= size:
        raise ValueError(
            f"draw_marks: nét ra ngoài khung {size} × {size}; "
            "đưa tâm vào trong hoặc giảm độ lệch"
        )
    image = torch.zeros(1, size, size)
    image[0, row, col - 1 : col + 2] = 1
    image[0, r - 1 : r + 2, c] = 1
    return image


def two_marks(
    n: int, *, rng, size: int = 18, reach=(4, 5), margin: int = 2
):
    """``n`` ảnh hai nét; nhãn: nét đứng ở trái, phải, trên hay dưới.

    Hai tâm cách nhau ``reach`` điểm ảnh theo trục của lớp và lệch tối đa
    1 theo trục kia, nên không ô 3 × 3 nào thấy cả hai nét. Cặp nét đặt
    ngẫu nhiên, cách mép ít nhất ``margin``. Trả về (n, 1, size, size)
    và (n,).
    """

    def whole(low, high):
        return int(torch.randint(low, high + 1, (), generator=rng))

    images, labels = [], torch.empty(n, dtype=torch.long)
    for i in range(n):
        k, far, side = whole(0, 3), whole(*reach), whole(-1, 1)
        along = [far * s for s in SIDES[k]]
        drow, dcol = (a or side for a in along)
        low, high = 1 + margin, size - 2 - margin
        row = whole(low - min(drow, 0), high - max(drow, 0))
        col = whole(low - min(dcol, 0), high - max(dcol, 0))
        images.append(draw_marks(row, col, drow, dcol, size=size))
        labels[i] = k
    return torch.stack(images), labels
