"""What moved between old and new recordings, for the one who reviews them.

``python -m hocsau_build.ci.recordings OLD_FOLDER REPORT.md`` compares the folder as it
was with ``book/_recordings`` as it is. Needs neither git nor Sphinx, like recording.
"""

from __future__ import annotations

import json
import re
import sys
from difflib import SequenceMatcher
from pathlib import Path

from ..layout import find_root
from ..recording.form import PLACE

#: 10 000 is one number, "3 0.5" are two; a space or _ parts thousands.
NUMBER = re.compile(
    r"(?<![\w.])[-+]?(?:\d{1,3}(?:[ _\u00a0\u202f]\d{3})+(?!\d)|\d+)"
    r"(?:\.\d+)?(?:e[-+]?\d+)?",
    re.IGNORECASE,
)
HOLE = "\ue000"  # stands for a number, and for nothing that a cell prints
MOST_ROWS, MOST_TEXT = 80, 60_000
INTRO = """\
Các ô `gpu` đã chạy lại trên máy có CUDA, từ `main`. Xem những số dưới đây có còn hợp
với lời văn quanh chúng không, rồi trộn; sai thì đóng, bản ghi cũ vẫn nguyên.
"""


def main(old: str, out: str) -> int:
    """Write the report; an empty one when nothing moved."""
    text = report(Path(old), find_root() / PLACE)
    if len(text) > MOST_TEXT:
        text = text[:MOST_TEXT] + "\n\n(cắt bớt; xem phần thay đổi của các tệp)\n"
    Path(out).write_text(text, "utf-8")
    print(text or "Không bản ghi nào đổi.")
    return 0


def report(old: Path, new: Path) -> str:
    """Markdown: one section a page whose recording is new, changed or gone."""
    names = sorted({p.relative_to(f).as_posix() for f in (old, new)
                    for p in f.rglob("*.json")})  # fmt: skip
    parts = [section(n, _read(old / n), _read(new / n)) for n in names]
    body = "\n".join(p for p in parts if p)
    return f"{INTRO}\n{body}" if body else ""


def section(name: str, old: dict, new: dict) -> str:
    """What moved on one page."""
    if old == new:
        return ""
    head = f"### {safe(name.removesuffix('.json'))}\n\n{costs(old, new)}"
    if not new:
        return head
    rows = [row for pair in pairs(old, new) for row in cell_rows(*pair)]
    if not rows and old:
        return f"{head}\nMọi số in ra đều như cũ.\n"
    more = f"\n… và {len(rows) - MOST_ROWS} dòng nữa.\n" if rows[MOST_ROWS:] else ""
    table = [
        "| ô | dòng | cũ | mới | lệch |",
        "|---|---|---|---|---|",
        *rows[:MOST_ROWS],
    ]
    return head + "\n" + "\n".join(table) + "\n" + more


def costs(old: dict, new: dict) -> str:
    """Device, day and seconds, side by side."""
    if not new:
        return "Bản ghi bị xóa.\n"
    before = _facts(old) if old else ("–", "–", "–")
    lines = [
        f"| {what} | {safe(a)} | {safe(b)} |"
        for what, a, b in zip(("máy", "ngày", "giây"), before, _facts(new), strict=True)
    ]
    return "\n".join(["| | cũ | mới |", "|---|---|---|", *lines]) + "\n"


def _facts(data: dict) -> tuple[str, str, str]:
    device, versions = data["device"], data["versions"]
    name = f"{device['name']}, CUDA {device['cuda']}, PyTorch {versions['torch']}"
    return name, data["date"], f"{data['seconds']:.0f}"


def pairs(old: dict, new: dict):
    """Cells of both that are the same cell: by their text, else by their order."""
    cells = old.get("cells", [])
    by_text = {c["source"]: c for c in cells}
    known = {c["source"] for c in new["cells"]}
    for order, cell in enumerate(new["cells"]):
        there = cells[order : order + 1]
        free = next((c for c in there if c["source"] not in known), None)
        yield by_text.get(cell["source"], free), cell


def cell_rows(old: dict | None, new: dict) -> list[str]:
    """One row a number or line that moved, and one if pictures did."""
    number = new["number"] + 1
    if old is None:
        return [f"| {number} | {row} |" for row in fresh(new)]
    rows = [f"| {number} | {row} |" for row in moved(lines(old), lines(new))]
    if pictures(old) != pictures(new):
        rows.append(f"| {number} | hình | {len(pictures(old))} hình | "
                    f"{len(pictures(new))} hình, đã đổi | |")  # fmt: skip
    return rows


def fresh(cell: dict):
    """Everything that a cell without an old recording shows."""
    yield from (f"(mới) | | {safe(line)} | " for line in lines(cell))
    if names := pictures(cell):
        yield f"hình | | {len(names)} hình | "
    elif not lines(cell):
        yield "(ô mới, không in gì) | | | "


def lines(cell: dict) -> list[str]:
    """Text that the cell printed or showed."""
    out: list[str] = []
    for output in cell["outputs"]:
        shown = output.get("text") or output.get("data", {}).get("text/plain") or []
        out += "".join(shown).splitlines() if isinstance(shown, list) else []
    return [line for line in out if line.strip()]


def pictures(cell: dict) -> list[str]:
    """Names, which change with the content."""
    values = (v for o in cell["outputs"] for v in o.get("data", {}).values())
    return [v["file"] for v in values if isinstance(v, dict)]


def moved(old: list[str], new: list[str]):
    """Lines that say the same with other numbers, number by number; then the rest."""
    shape = [[NUMBER.sub(HOLE, line) for line in text] for text in (old, new)]
    for kind, a, b, c, d in SequenceMatcher(None, *shape, False).get_opcodes():
        if kind == "equal":
            for was, now in zip(old[a:b], new[c:d], strict=True):
                yield from numbers(was, now)
            continue
        for at in range(max(b - a, d - c)):
            was = old[a + at] if a + at < b else ""
            now = new[c + at] if c + at < d else ""
            yield f"(chữ đổi) | {safe(was)} | {safe(now)} | "


def numbers(was: str, now: str):
    """Pairs of numbers that differ in two lines of one shape."""
    label = safe(NUMBER.sub("…", now))
    for a, b in zip(NUMBER.findall(was), NUMBER.findall(now), strict=False):
        if a != b:
            yield f"{label} | {safe(a)} | {safe(b)} | {change(a, b)}"


def change(was: str, now: str) -> str:
    """How far apart, in percent."""
    a, b = (float("".join(t.split())) for t in (was, now))
    return f"{(b - a) / abs(a):+.1%}" if a else "từ 0"


def safe(text: str) -> str:
    """Text as data in a Markdown table: no links, tags, mentions or new cells."""
    short = text.strip() if len(text) < 90 else text.strip()[:90] + "…"
    return re.sub(r"([\\`|\[\]<>@#*_~!&])", lambda m: f"&#{ord(m[1])};", short)


def _read(path: Path) -> dict:
    try:
        data = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return data if isinstance(data, dict) else {}


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
