"""Nghĩa của ba trường đầu bài ABC: M: loại nhịp, L: đơn vị, K: hóa biểu.

Nhà: mit/lab1-2.
"""

import re
from fractions import Fraction

FIFTHS = {c: i - 1 for i, c in enumerate("FCGDAEB")}  # số dấu thăng
MODE_SHIFT = {
    "": 0, "maj": 0, "ion": 0, "mix": -1, "dor": -2,
    "m": -3, "min": -3, "aeo": -3, "phr": -4, "loc": -5, "lyd": 1,
}  # fmt: skip


def key_signature(key: str) -> dict[str, int]:
    """Dấu hóa theo chữ cái của một trường K:, ví dụ "GDor" → {"B": −1}.

    Lỗi: ``ValueError`` nếu không hiểu.
    """
    found = re.fullmatch(r"([A-G])([#b]?)\s*([A-Za-z]*)", key.strip())
    mode = found[3].lower()[:3] if found else "?"
    if mode not in MODE_SHIFT:
        raise ValueError(f"không hiểu K:{key}")
    sharps = FIFTHS[found[1]] + MODE_SHIFT[mode]
    sharps += {"": 0, "#": 7, "b": -7}[found[2]]
    order = "FCGDAEB" if sharps > 0 else "BEADGCF"
    return dict.fromkeys(order[: abs(sharps)], 1 if sharps > 0 else -1)


def meter_length(text: str) -> Fraction:
    """Độ dài một ô theo trường M:, phần của nốt tròn."""
    text = {"C": "4/4", "C|": "2/2"}.get(text.strip(), text.strip())
    if not re.fullmatch(r"[1-9]\d?/(1|2|4|8|16)", text):
        raise ValueError(f"không hiểu M:{text}")
    return Fraction(text)


def unit_length(text: str) -> Fraction:
    """Độ dài đơn vị theo trường L:, phần của nốt tròn."""
    if not re.fullmatch(r"1/(1|2|4|8|16|32)", text):
        raise ValueError(f"không hiểu L:{text}")
    return Fraction(text)
