"""A translation held against its source, part by part, in order."""

from __future__ import annotations

from dataclasses import dataclass

from .outline import CODE, EQUATION, FIGURE, HEADING, Item

NAMES = {HEADING: "tiêu đề", EQUATION: "công thức", FIGURE: "hình", CODE: "ô mã"}
#: Cost of a part without a partner; two parts of different kinds never pair.
GAP, LEVEL = 1.0, 0.4
#: Two formulas or codes that share fewer words than this are not the same one.
ALIKE, LONG = 0.15, 5


@dataclass(frozen=True)
class Divergence:
    """``line`` in the translation; what is wrong, in words for people."""

    line: int
    what: str


def likeness(a: Item, b: Item) -> float:
    """Shared words of two sketches, from 0 to 1; unknown ones are alike."""
    both = a.mark | b.mark
    return len(a.mark & b.mark) / len(both) if both else 1.0


def cost(a: Item, b: Item) -> float:
    """How little two parts fit; above two gaps they never pair."""
    if a.kind != b.kind:
        return 3.0
    if a.kind == HEADING:
        return LEVEL * (a.level != b.level)
    weight = 0.2 if a.kind == FIGURE else 0.9
    return weight * (1 - likeness(a, b))


def pairs(source: list[Item], text: list[Item]) -> list[tuple]:
    """Cheapest alignment: ``(item, item)``, ``(item, None)`` or ``(None, item)``."""
    rows, columns = len(source) + 1, len(text) + 1
    table = [[GAP * (i + j) for j in range(columns)] for i in range(rows)]
    for i in range(1, rows):
        for j in range(1, columns):
            table[i][j] = min(
                table[i - 1][j - 1] + cost(source[i - 1], text[j - 1]),
                table[i - 1][j] + GAP, table[i][j - 1] + GAP,
            )  # fmt: skip
    return _trace(table, source, text)


def _trace(table, source: list[Item], text: list[Item]) -> list[tuple]:
    out, i, j = [], len(source), len(text)
    while i or j:
        here = table[i][j]
        pair = cost(source[i - 1], text[j - 1]) if i and j else None
        if pair is not None and here == table[i - 1][j - 1] + pair:
            i, j = i - 1, j - 1
            out.append((source[i], text[j]))
        elif i and here == table[i - 1][j] + GAP:
            i -= 1
            out.append((source[i], None))
        else:
            j -= 1
            out.append((None, text[j]))
    return out[::-1]


def divergences(source: list[Item], text: list[Item], end: int, unit: str = "dòng"):
    """Every place where the translation leaves its source; ``end`` is its last line."""
    found = pairs(source, text)
    for place, (theirs, ours) in enumerate(found):
        if ours is None:
            after = (o.line for _, o in found[place:] if o is not None)
            yield Divergence(
                next(after, end), f"thiếu {NAMES[theirs.kind]} ở {unit} {theirs.line} "
                "của bản gốc",
            )  # fmt: skip
        elif theirs is None:
            yield Divergence(
                ours.line, f"{NAMES[ours.kind]} này không có trong bản gốc"
            )
        elif what := differs(theirs, ours, unit):
            yield Divergence(ours.line, what)


def differs(theirs: Item, ours: Item, unit: str) -> str:
    """What is wrong with two parts that stand at the same place; '' when nothing."""
    where = f"{unit} {theirs.line} của bản gốc"
    if theirs.kind == HEADING and theirs.level != ours.level:
        return f"tiêu đề sâu {ours.level} bậc, ở {where} là {theirs.level} bậc"
    long = min(len(theirs.mark), len(ours.mark)) >= LONG
    if theirs.kind in (EQUATION, CODE) and long and likeness(theirs, ours) < ALIKE:
        return f"{NAMES[ours.kind]} này khác hẳn cái ở {where}"
    return ""
