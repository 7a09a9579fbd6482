"""Vẽ hình theo một kiểu chung cho cả sách: cỡ chữ, màu, nét, khổ hình.

Mọi hàm nhận trục (``ax``) và trả về trục; không hàm nào tự hiện hình.
Nhà: nyu/01-3.
"""

from .clouds import (
    arrows,
    cloud,
    lines,
    points,
    position_colors,
    regions,
    square,
)
from .curves import band, optimum, start
from .evaluation import confusion, learning, reliability, roc
from .look import (
    COLORS,
    LINES,
    MARKERS,
    STYLE,
    figure,
    style,
    use_style,
)
from .network import network

__all__ = [
    "COLORS",
    "LINES",
    "MARKERS",
    "STYLE",
    "arrows",
    "band",
    "cloud",
    "confusion",
    "figure",
    "learning",
    "lines",
    "network",
    "optimum",
    "points",
    "position_colors",
    "regions",
    "reliability",
    "roc",
    "square",
    "start",
    "style",
    "use_style",
]
