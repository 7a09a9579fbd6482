"""Chữ số 28 × 28 vẽ bằng nét bút ngẫu nhiên, để dùng khi thiếu MNIST.

Mỗi chữ số là vài nét cong qua các điểm mốc. Mỗi ảnh xê dịch điểm mốc,
xoay, trượt, co giãn, dời cả chữ, rồi tô những điểm ảnh gần nét. Không
phải chữ người viết: ít kiểu chữ hơn và dễ hơn MNIST.
Nhà: mit/lab2-1.
"""

import torch

SHAPES = {  # mỗi nét là các điểm (x sang phải, y xuống dưới)
    0: [[(50, 8), (24, 28), (24, 72), (50, 92), (76, 72), (76, 28),
         (50, 8)]],
    1: [[(34, 24), (54, 8), (53, 50), (52, 92)]],
    2: [[(26, 28), (46, 8), (72, 22), (62, 52), (26, 90)],
        [(26, 90), (52, 90), (78, 89)]],
    3: [[(28, 16), (56, 8), (72, 26), (46, 46)],
        [(46, 46), (76, 60), (66, 86), (26, 86)]],
    4: [[(56, 8), (38, 34), (22, 62), (52, 62), (80, 61)],
        [(64, 36), (62, 64), (61, 92)]],
    5: [[(72, 10), (52, 10), (34, 11), (32, 28), (30, 46)],
        [(30, 46), (62, 42), (76, 66), (56, 90), (26, 84)]],
    6: [[(66, 10), (38, 34), (26, 66), (48, 91), (73, 76), (60, 53),
         (30, 64)]],
    7: [[(24, 12), (50, 11), (76, 10)], [(76, 10), (56, 50), (42, 92)]],
    8: [[(66, 20), (46, 8), (32, 26), (52, 48), (72, 70), (50, 92),
         (29, 72), (50, 48), (68, 28), (66, 20)]],
    9: [[(70, 34), (54, 50), (31, 38), (38, 14), (62, 10), (70, 34)],
        [(70, 34), (67, 64), (56, 92)]],
}  # fmt: skip
PER_SEGMENT = 11  # số điểm lấy giữa hai điểm mốc liền nhau


def smooth(k: int, m: int) -> torch.Tensor:
    """Ma trận (m, k) đưa k điểm mốc tới m điểm trên đường Catmull–Rom.

    Đường đi qua mọi điểm mốc; hai đầu lặp lại điểm mút.
    """
    t = torch.linspace(0, k - 1, m)
    i = t.floor().clamp(max=k - 2).long()
    u = (t - i)[:, None]
    weights = torch.cat(
        [
            -u + 2 * u**2 - u**3,
            2 - 5 * u**2 + 3 * u**3,
            u + 4 * u**2 - 3 * u**3,
            u**3 - u**2,
        ],
        dim=1,
    )
    matrix = torch.zeros(m, k)
    for j in range(4):
        at = (i - 1 + j).clamp(0, k - 1)
        matrix[torch.arange(m), at] += weights[:, j] / 2
    return matrix


def trace(digit: int, n: int, *, wobble: float, rng) -> torch.Tensor:
    """Nét của ``n`` chữ ``digit``: (n, m, 2), tọa độ trong [−½, ½]."""
    strokes, previous, end = [], None, None
    for points in SHAPES[digit]:
        P = torch.tensor(points, dtype=torch.float32) / 100 - 0.5
        P = P + wobble * torch.randn(n, *P.shape, generator=rng)
        if points[0] == previous:  # nét sau nối vào cuối nét trước
            P[:, 0] = end
        previous, end = points[-1], P[:, -1]
        m = PER_SEGMENT * (len(points) - 1)
        strokes.append(smooth(len(points), m) @ P)
    return torch.cat(strokes, dim=1)


def spread(n: int, low: float, high: float, rng) -> torch.Tensor:
    """``n`` số đều trong [low, high)."""
    return low + (high - low) * torch.rand(n, generator=rng)


def pose(points, *, side: int, rng) -> torch.Tensor:
    """Xoay, trượt, co giãn, dời từng chữ; ra tọa độ điểm ảnh."""
    n = len(points)
    angle, slant = spread(n, -0.2, 0.2, rng), spread(n, -0.3, 0.3, rng)
    wide, tall = spread(n, 0.6, 0.9, rng), spread(n, 0.65, 0.8, rng)
    cos, sin = angle.cos(), angle.sin()
    rows = [cos * wide, cos * slant - sin * tall,
            sin * wide, sin * slant + cos * tall]  # fmt: skip
    A = torch.stack(rows, dim=1).reshape(n, 2, 2)
    shift = torch.stack([spread(n, -0.05, 0.05, rng) for _ in "xy"], 1)
    moved = points @ A.transpose(1, 2) + shift[:, None]
    return (moved + 0.5) * side - 0.5


def ink(points, thickness, *, side: int) -> torch.Tensor:
    """Tô đen điểm ảnh gần nét: (n, 1, side, side) trong [0, 1]."""
    axis = torch.arange(side, dtype=torch.float32, device=points.device)
    y, x = torch.meshgrid(axis, axis, indexing="ij")
    grid = torch.stack([x, y], dim=-1).reshape(1, -1, 2)
    far = torch.cdist(grid.expand(len(points), -1, -1), points)
    near = far.min(2).values  # (n, side²)
    shade = (thickness[:, None] - near + 0.5).clamp(0, 1)
    return shade.reshape(-1, 1, side, side)


def draw(n: int, *, rng, side=28, wobble=0.03, chunk=500, device="cpu"):
    """Vẽ ``n`` chữ số, lớp chọn đều: ``X`` (n, 1, side, side), ``y``.

    ``wobble``: độ lệch chuẩn của điểm mốc, tính theo bề rộng ảnh.
    Việc tô nặng nhất chạy trên ``device``; kết quả nằm ở CPU.
    Lỗi: ``ValueError`` nếu ``n`` < 1.
    """
    if n < 1:
        raise ValueError(f"draw: n = {n}; cần ít nhất 1")
    y = torch.randint(10, (n,), generator=rng)
    X = torch.empty(n, 1, side, side)
    for digit in range(10):
        for at in (y == digit).nonzero()[:, 0].split(chunk):
            lines = trace(digit, len(at), wobble=wobble, rng=rng)
            points = pose(lines, side=side, rng=rng).to(device)
            thickness = spread(len(at), 0.6, 1.4, rng).to(device)
            X[at] = ink(points, thickness, side=side).cpu()
    return X, y
