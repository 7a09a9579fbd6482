"""Giai điệu ABC do một văn phạm ngẫu nhiên sinh ra.

Không phải bài bản thật. Văn phạm chỉ có: một hơi ngũ cung và một hò ghi
ở K:, nhịp 2/4 hay 4/4 ghi ở M:, bốn câu theo dạng A B A C, câu 3 chép y
câu 1, mỗi câu bốn nửa ô kết bằng một nốt dài, câu cuối về hò. Không có
rung, nhấn, hoa lá, lòng bản. Mỗi bài có đúng một cách sinh, nên tổng
−log₂ xác suất của các lựa chọn là số bit tối thiểu của bài.
Nhà: mit/lab1-2.
"""

from dataclasses import dataclass
from math import log2

import numpy as np

from hocsau.music.modes import KEYS, note

FIRST = ("gió", "mưa", "trăng", "nắng", "sông", "bến", "đò", "lúa")
SECOND = ("sớm", "chiều", "khuya", "xuân", "thu", "xa", "cũ", "mới")
HALF_BARS = {  # độ dài nốt, đơn vị móc đơn; mỗi mẫu dài bốn móc đơn
    (2, 2): 0.28, (2, 1, 1): 0.22, (1, 1, 2): 0.2,
    (1, 1, 1, 1): 0.16, (3, 1): 0.14,
}  # fmt: skip
JUMPS = {-2: 0.12, -1: 0.32, 0: 0.1, 1: 0.34, 2: 0.12}
LOW, HIGH = -2, 6  # bậc thấp nhất và cao nhất, 0 là hò
STABLE = (0, 2, 3)  # hò, xang, xê: bậc đứng ở đầu nửa ô
CADENCES = ((2, 3), (2, 3), None, (0,))  # nốt kết của bốn câu


@dataclass(frozen=True)
class Song:
    """Văn bản ABC và số bit mà văn phạm cần để chọn ra từng dòng."""

    text: str
    line_bits: tuple[float, ...]

    @property
    def bits(self) -> float:
        """Số bit của cả bài: −log₂ xác suất văn phạm sinh ra nó."""
        return sum(self.line_bits)


class Chooser:
    """Rút thăm từ ``rng`` và cộng dồn −log₂ xác suất của điều đã rút."""

    def __init__(self, rng: np.random.Generator):
        self.rng, self.bits = rng, 0.0

    def pick(self, weights: dict):
        """Một khóa của ``weights``, xác suất tỷ lệ với trọng số."""
        keys, w = list(weights), np.array(list(weights.values()))
        i = int(self.rng.choice(len(keys), p=w / w.sum()))
        self.bits -= log2(w[i] / w.sum())
        return keys[i]

    def one_of(self, items):
        """Một phần tử, mọi phần tử đều nhau."""
        return self.pick(dict.fromkeys(items, 1.0))


def steps_from(at: int, strong: bool) -> dict[int, float]:
    """Trọng số của bậc kế tiếp; đầu nửa ô nghiêng về hò, xang, xê."""
    return {
        at + jump: w * (4.0 if strong and (at + jump) % 5 in STABLE else 1)
        for jump, w in JUMPS.items() if LOW <= at + jump <= HIGH
    }  # fmt: skip


def phrase(choose: Chooser, at: int, cadence) -> list[list[tuple]]:
    """Một câu: ba nửa ô và nốt kết, mỗi nửa ô là các cặp (bậc, độ dài)."""
    halves = []
    for _ in range(3):
        half = []
        for i, length in enumerate(choose.pick(HALF_BARS)):
            at = choose.pick(steps_from(at, strong=i == 0))
            half.append((at, length))
        halves.append(half)
    return [*halves, [(choose.one_of(cadence), 4)]]


def spell(halves, key: str, per_bar: int) -> str:
    """Một câu thành một dòng ABC; ``per_bar``: số nửa ô trong một ô."""
    words = [
        "".join(note(key, at) + (str(n) if n > 1 else "") for at, n in h)
        for h in halves
    ]
    groups = range(0, len(words), per_bar)
    return "|".join(" ".join(words[i : i + per_bar]) for i in groups) + "|"


def song(*, rng: np.random.Generator) -> Song:
    """Sinh một bài; bài luôn mở bằng "X:" và không có dòng trống.

    Hơi đã lộ ra ở T:, nên dòng K: không tốn bit nào.
    """
    choose = Chooser(rng)
    lines: list[str] = []
    paid = [0.0]  # số bit đã dùng sau mỗi dòng

    def end(line: str) -> None:
        lines.append(line)
        paid.append(choose.bits)

    end(f"X:{choose.one_of(range(100, 1000))}")
    key = choose.one_of(KEYS)
    title = f"{choose.one_of(FIRST)} {choose.one_of(SECOND)}"
    end(f"T:{KEYS[key][1].name}, {title}")
    end("L:1/8")
    per_bar = choose.one_of((1, 2))
    end(f"M:{2 * per_bar}/4")
    end(f"K:{key}")
    for cadence in CADENCES:
        if cadence is None:
            end(lines[5])  # chép y câu 1
        else:
            halves = phrase(choose, 0, cadence)
            end(spell(halves, key, per_bar))
    bits = tuple(float(b) for b in np.diff(paid))
    return Song("\n".join(lines) + "]", bits)


def songs(num_songs: int, *, rng: np.random.Generator) -> list[Song]:
    """``num_songs`` bài khác nhau đôi một."""
    found: dict[str, Song] = {}
    while len(found) < num_songs:
        new = song(rng=rng)
        found.setdefault(new.text, new)
    return list(found.values())
