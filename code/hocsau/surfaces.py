"""Bề mặt mất mát để tập leo xuống: lòng chảo bậc hai và khe núi.

[Bowl] là lòng chảo có đáy biết trước, [ravine] dựng khe núi hẹp tùy ý,
[least_squares] đổi một bài hồi quy thành đúng lòng chảo của nó.
Nhà: nyu/02-1.
"""

import numpy as np


class Bowl:
    """Lòng chảo ``f(w) = ½ (w − c)ᵀ A (w − c)``, đáy ở ``c``.

    ``A``: (d, d) đối xứng, xác định dương; ``center``: (d,).
    Lỗi: ``ValueError`` nếu ``A`` không đối xứng hay có trị riêng ≤ 0.
    """

    def __init__(self, A, center=0.0):
        self.A = np.asarray(A, dtype=float)
        if not np.allclose(self.A, self.A.T):
            raise ValueError(
                "Bowl: A không đối xứng; dùng (A + A.T) / 2"
            )
        self.curvatures = np.linalg.eigvalsh(self.A)  # tăng dần, (d,)
        if self.curvatures[0] <= 0:
            raise ValueError("Bowl: A có trị riêng ≤ 0, không có đáy")
        self.center = np.zeros(len(self.A)) + center

    def __call__(self, w):
        """Độ cao tại ``w``: (..., d) thành (...)."""
        r = np.asarray(w) - self.center
        return 0.5 * np.einsum("...i,ij,...j->...", r, self.A, r)

    def grad(self, w):
        """Gradient ``A (w − c)``: (..., d) thành (..., d)."""
        return (np.asarray(w) - self.center) @ self.A

    @property
    def lr_limit(self):
        """Ngưỡng bước ``2/λmax``: bước dài hơn thì văng ra."""
        return 2 / self.curvatures[-1]


def ravine(curvatures, *, angle=0.0):
    """Ma trận 2 × 2 có hai độ cong cho trước, xoay ``angle`` độ.

    ``curvatures``: (thoải, dốc). Trả về ``R diag(λ) Rᵀ``: (2, 2).
    """
    c, s = np.cos(np.radians(angle)), np.sin(np.radians(angle))
    R = np.array([[c, -s], [s, c]])
    return R @ np.diag(curvatures) @ R.T


def least_squares(X, y):
    """Lòng chảo của ``1/(2n) Σ (x·w − y)²``, bỏ phần không hạ được.

    ``X``: (n, d) hạng d, ``y``: (n,). Độ cong là ``XᵀX/n``, đáy là
    nghiệm bình phương nhỏ nhất.
    """
    best = np.linalg.lstsq(X, y, rcond=None)[0]
    return Bowl(X.T @ X / len(X), best)


def level_lines(ax, f, xlim, ylim, *, levels=8, low=1e-3):
    """Vẽ đường mức của ``f`` trên mặt phẳng, mức cách đều theo log.

    ``f`` nhận (..., 2), trả về (...), không âm; ``low``: mức thấp nhất
    so với mức cao nhất.
    """
    u, v = np.meshgrid(np.linspace(*xlim, 80), np.linspace(*ylim, 80))
    z = f(np.stack([u, v], axis=-1))
    heights = z.max() * np.geomspace(low, 0.7, levels)
    ax.contour(
        u, v, z, levels=heights, colors="#bbbbbb", linewidths=0.8
    )
    ax.set(xlim=xlim, ylim=ylim)
    return ax


def cantor(x, *, digits=24):
    """Hàm Cantor trên [0, 1): đọc x ở cơ số 3, viết lại ở cơ số 2.

    Gặp chữ số 1 đầu tiên thì dừng, chữ số 2 đổi thành 1. Liên tục, đi
    từ 0 lên 1, đạo hàm bằng 0 hầu khắp nơi. ``x``: (...).
    Nguồn: Dovgoshey và cộng sự (2006).
    """
    x, value, scale, alive = np.array(x, float), 0.0, 0.5, 1.0
    for _ in range(digits):
        digit = np.floor(3 * x)
        value = value + alive * scale * (digit >= 1)
        alive = alive * (digit != 1)
        x, scale = 3 * x - digit, scale / 2
    return value
