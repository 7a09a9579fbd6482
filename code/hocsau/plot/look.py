"""Kiểu hình chung: cỡ chữ, màu, nét, khổ hình."""

import os
from contextlib import contextmanager

import matplotlib as mpl
import matplotlib.pyplot as plt

from hocsau.plot import svg

# Bảng màu Okabe-Ito: phân biệt được với người mù màu.
# Nguồn: Okabe và Ito (2008), https://jfly.uni-koeln.de/color/
COLORS = (
    "#0072B2",
    "#D55E00",
    "#009E73",
    "#CC79A7",
    "#E69F00",
    "#56B4E9",
    "#000000",
)
LINES = ("-", "--", "-.", ":", (0, (5, 1)), (0, (3, 1, 1, 1)), "-")
MARKERS = ("o", "s", "^", "D", "v", "P", "X")

STYLE = {
    "figure.figsize": (6.0, 2.5),
    # Chỉ ảnh hưởng phần vẽ bằng điểm ảnh (rasterized); khổ hình vẫn
    # tính bằng inch.
    "figure.dpi": 100,
    "figure.facecolor": "white",
    "figure.constrained_layout.use": True,
    "savefig.facecolor": "white",
    "font.size": 11.5,
    "font.family": "DejaVu Sans",
    "axes.prop_cycle": mpl.cycler(color=COLORS)
    + mpl.cycler(linestyle=LINES),
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": "#dddddd",
    "grid.linewidth": 0.6,
    "legend.frameon": False,
    "legend.fontsize": 10.5,
    "lines.linewidth": 1.8,
    "svg.fonttype": "path",
    # Mã băm cố định: cùng số liệu thì tệp SVG.
    "svg.hashsalt": "hocsau",
}


def use_style() -> None:
    """Đặt kiểu hình của sách cho cả notebook (mỗi trang một lần).

    Ngày giờ trong tệp SVG cũng được đặt cố định để lần vẽ nào cũng ra
    cùng một tệp, và tệp được viết gọn lại.
    """
    mpl.rcParams.update(STYLE)
    svg.use()
    os.environ.setdefault("SOURCE_DATE_EPOCH", "0")


@contextmanager
def style():
    """Mượn kiểu hình của sách trong một khối ``with`` rồi trả lại."""
    with mpl.rc_context(STYLE):
        yield


def figure(
    rows: int = 1, cols: int = 1, *, height: float = 2.5, **kwargs
):
    """Tạo hình rộng 6 inch, mỗi hàng cao ``height``, tối đa hai cột.

    Trả về ``(fig, ax)`` khi một ô, ``(fig, axes)`` khi nhiều ô.

    Lỗi: ``ValueError`` nếu quá hai cột (điện thoại không đọc nổi).
    """
    if cols > 2:
        raise ValueError(
            f"figure: {cols} cột là quá nhiều cho điện thoại; tối đa 2"
        )
    return plt.subplots(
        rows, cols, figsize=(6.0, height * rows), **kwargs
    )
