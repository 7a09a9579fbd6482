"""Everything that is measured, in one table: ``make bench`` (about ten minutes).

    python benchmarks/run.py [--only book,page,kim] [--page book/nyu/tuan-01/a.html]

Book rows compare our build with stock ``jupyter-book build`` of the same chapters, in
the same run, on the same cores. A row that cannot be measured says why.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "code"))

import book  # noqa: E402
import lighthouse  # noqa: E402

HEAD = ("phép đo", "ta", "gốc", "tỷ số", "mức", "ghi chú")


def main() -> int:
    """Print the table; exit 1 when a bar does not hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="book,page,kim", help="phần cần đo")
    parser.add_argument("--page", help="trang bài giảng, mặc định trang có mã đầu tiên")
    parser.add_argument("--keep", help="thư mục giữ các bản chép")
    args = parser.parse_args()
    wanted, rows = args.only.split(","), []
    with tempfile.TemporaryDirectory(prefix="hocsau-bench-") as temp:
        folder = Path(args.keep or temp)
        if {"book", "page"} & set(wanted):
            rows += book_rows(folder, "book" in wanted)
        if "page" in wanted:
            rows += page_rows(folder, args.page)
    if "kim" in wanted:
        rows += kim_rows()
    print(f"\n{machine()}\n\n{table(rows)}")
    return 1 if any(r[4].endswith("HỤT") for r in rows) else 0


def machine() -> str:
    """What it was measured on."""
    cores, load = len(os.sched_getaffinity(0)), os.getloadavg()[0]
    return f"Python {sys.version.split()[0]}, {cores} nhân, tải {load:.1f}"


def book_rows(folder: Path, compare: bool) -> list[tuple]:
    """Cold, warm, one prose edit, one module edit."""
    ours, theirs = folder / "ours", folder / "stock"
    book.copy(ours)
    say("dựng lần đầu, bản của ta")
    cold = book.build(ours, True)
    if not cold.ok:
        print(cold.tail)
        return [("dựng lần đầu", "hỏng", "", "", "HỤT", "xem nhật ký phía trên")]
    if not compare:
        return []
    book.stock(theirs)
    say("dựng lần đầu, bản gốc")
    rows = [versus("dựng lần đầu, chạy mọi ô", cold, book.build(theirs, False), 0.6)]
    say("không đổi gì")
    rows.append(versus("không đổi gì", *both(ours, theirs), 1.0, 0))
    for root in (ours, theirs):
        name = book.edit_prose(root)
    say("đổi một câu")
    rows.append(versus(f"thêm một câu vào {name}", *both(ours, theirs), None, 0))
    module, expected = book.rarest_module(ours)
    for root in (ours, theirs):
        book.edit_module(root, module)
    say("đổi một mô-đun")
    label = f"sửa mô-đun {module} ({expected} trang dùng)"
    rows.append(versus(label, *both(ours, theirs), None, expected))
    return rows


def both(ours: Path, theirs: Path) -> tuple[book.Run, book.Run]:
    """One build of each, one after the other."""
    return book.build(ours, True), book.build(theirs, False)


def versus(name, ours, theirs, limit, expected=None) -> tuple:
    """A row: seconds, ratio, the bar, pages that ran."""
    ratio = ours.seconds / theirs.seconds
    good = (limit is None or ratio <= limit) and ours.ok
    good = good and (expected is None or ours.executed == expected)
    bar = f"≤ {limit:.2f}" if limit else f"chạy {expected} trang"
    note = f"chạy {ours.executed} trang, gốc chạy {theirs.executed}"
    note += f"; giây bộ xử lý {ours.cpu:.0f} và {theirs.cpu:.0f}"
    if not theirs.ok:
        note += "; bản gốc báo lỗi"
    if expected and theirs.executed < expected:
        note += " (giữ đầu ra cũ)"
    bar = f"{bar} {'đạt' if good else 'HỤT'}"
    return (
        name,
        f"{ours.seconds:.1f} s",
        f"{theirs.seconds:.1f} s",
        f"{ratio:.2f}",
        bar,
        note,
    )


def page_rows(folder: Path, page: str | None) -> list[tuple]:
    """Weight and marks of a lecture page, ours and (where built) stock's."""
    ours, theirs = folder / "ours/_build/html", folder / "stock/_build/html"
    if page is None:
        first = book.chapters(folder / "ours")[0]
        page = first.relative_to(folder / "ours").with_suffix(".html").as_posix()
    name = Path(page).stem[:12]
    if not lighthouse.chromium():
        return [(f"trang {name}", "–", "–", "", "", "máy không có Chromium")]
    say("độ nặng của trang")
    if not (ours / page).exists():
        return [(f"trang {name}", "–", "–", "", "HỤT", "trang chưa dựng được")]
    rows = [weight_row(name, ours, theirs, page)]
    say("Lighthouse")
    why = lighthouse.install(folder / "lighthouse")
    if why:
        return [*rows, (f"Lighthouse {name}", "–", "–", "", "", why)]
    found = [lighthouse.marks(f, page, folder / "lighthouse")
             for f in (ours, theirs) if (f / page).exists()]  # fmt: skip
    return [*rows, marks_row(name, *found)]


def weight_row(name: str, ours: Path, theirs: Path, page: str) -> tuple:
    """Kilobytes before the page's own figures, and requests to other hosts."""
    cells, notes = [], []
    for folder in (ours, theirs):
        if not (folder / page).exists():
            cells.append(None)
            continue
        sizes, foreign = lighthouse.weight(folder, page)
        cells.append(sum(v for k, v in sizes.items() if k != "hình") / 1000)
        parts = ", ".join(f"{k} {v / 1000:.0f}" for k, v in sizes.most_common())
        notes.append(f"{parts}; ra ngoài {foreign}")
    good = cells[0] <= 350 and notes[0].endswith("ra ngoài 0")
    ratio = f"{cells[0] / cells[1]:.2f}" if cells[1] else ""
    shown = [f"{c:.0f} kB" if c is not None else "–" for c in cells]
    bar = f"≤ 350 kB {'đạt' if good else 'HỤT'}"
    return f"trang {name}, nén, trước hình", *shown, ratio, bar, " | gốc: ".join(notes)


def marks_row(name: str, ours, theirs="–") -> tuple:
    """Performance, accessibility, best practices, search."""

    def show(found) -> str:
        return "/".join(map(str, found.values())) if isinstance(found, dict) else "–"

    if not isinstance(ours, dict):
        return f"Lighthouse {name}", "–", show(theirs), "", "", ours
    least = (95, 100, 100, 100)
    good = all(a >= b for a, b in zip(ours.values(), least, strict=True))
    bar = f"95/100/100/100 {'đạt' if good else 'HỤT'}"
    return (
        f"Lighthouse {name}",
        show(ours),
        show(theirs),
        "",
        bar,
        "điện thoại, một lần đo",
    )


def kim_rows() -> list[tuple]:
    """The table of benchmarks/kim.py, as rows of ours."""
    say("kim")
    done = subprocess.run(
        [sys.executable, str(HERE / "kim.py")],
        capture_output=True,
        text=True,
        timeout=600,
    )
    if done.returncode:
        return [("kim", "hỏng", "", "", "HỤT", done.stderr.strip()[-120:])]
    found = re.findall(r"^(\S.*?) {2,}([\d.]+) +([\d.]+) +(\S+)$", done.stdout, re.M)
    return [(f"kim: {n}", f"{a} s", f"{b} s", r, "", "") for n, a, b, r in found]


def table(rows: list[tuple]) -> str:
    """Markdown with aligned columns."""
    grid = [HEAD, *rows]
    wide = [max(len(r[i]) for r in grid) for i in range(len(HEAD))]
    lines = ["| " + " | ".join(c.ljust(w) for c, w in zip(r, wide, strict=True)) + " |"
             for r in grid]  # fmt: skip
    rule = "|" + "|".join("-" * (w + 2) for w in wide) + "|"
    return "\n".join([lines[0], rule, *lines[1:]])


def say(what: str) -> None:
    """What is being measured now, apart from the table."""
    print(f"… {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
