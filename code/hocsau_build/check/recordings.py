"""Rules on GPU cells and on the recordings of their outputs.

A stale or missing recording is named but does not fail the check. Whoever mends a
module or a cell seldom has a GPU, the page itself tells the reader that the output is
old, and the monthly workflow records again; a check that failed would make the honest
state of the book unmergeable and invite people to leave the module unmended. What
would make a page *lie* (a file that cannot be believed, one that nobody owns) fails.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from pathlib import Path

from .. import names
from ..chapter import Chapter, load, parse
from ..errors import BookError
from ..layout import Book
from ..recording import digest, form, reading
from ..recordings import GPU_TAG, Look, look, pages
from .rule import Source, rule

NOT_PROSE = re.compile(r"\s*(%|\+\+\+|\(|`{3}|:{3}|:\w|\$\$)")
HIDDEN = {"remove-cell", "remove-output"}
RECORD = "chạy python -m hocsau_build record --only-stale trên máy có CUDA"

PAGE = """\
# Trang

```{{code-cell}} ipython3
x = 1
```

```{{code-cell}} ipython3
:tags: [gpu]
loss = x + 1
print(loss)
```

{after}

```{{code-cell}} ipython3
{last}
```
"""
SAID = "Mất mát ở đây thấp hơn hẳn lần chạy nhỏ trên CPU."
GOOD = PAGE.format(after=SAID, last="print(x)")


def recorded(page: str) -> dict[str, str]:
    """A book of this page and of a recording of ``GOOD``."""
    book = Book(Path("/"))
    made = parse(GOOD, book.path("book/a"), "book/a.md")
    output = {"output_type": "stream", "name": "stdout", "text": ["2\n"]}
    one = form.CellRecord(1, digest.digest(made, 1, book), digest.own_digest(made, 1),
                          [], 0.1, 1, [output])  # fmt: skip
    device = {"name": "GPU", "driver": "-", "cuda": "-", "test": False}
    versions = {"python": "3.11.9", "torch": "2.13.0"}
    whole = form.Recording("book/a", "2026-11-30", 0.1, device, versions, [one])
    data = {"format": form.FORMAT, **asdict(whole)}
    data["seal"] = form.seal(data)
    return {"book/a.md": page, f"{form.PLACE}/a.json": json.dumps(data, indent=1)}


def looks(source: Source) -> list[Look]:
    """Every page with GPU cells, beside its recording."""
    book = source.book
    return source.memo(("gpu",), lambda: [look(page, book) for _, page in pages(book)])


def whole(page) -> Chapter:
    """The page as the build reads it, where it has GPU cells; else without cells."""
    if not GPU_TAG.search(page.text):
        return Chapter(page.path, page.shown, "", {}, None)
    return load(page.path, page.shown)


@rule(
    "R01",
    title="mỗi tệp trong book/_recordings/ phải thuộc về một ô GPU",
    why="bản ghi không ai dùng sẽ cũ đi mà không ai thấy",
    fix="xóa tệp ấy, hoặc trả lại trang và thẻ gpu của ô",
    good={"book/a.md": "# Trang\n"},
    bad={"book/a.md": "# Trang\n", "book/_recordings/a.json": "{}"},
    scope="book",
)
def used(source: Source):
    book, folder = source.book, source.book.root / form.PLACE
    owned = {p for doc, _ in pages(book) for p in _owned(doc, book)}
    for path in sorted(p for p in folder.rglob("*") if p.is_file() or p.is_symlink()):
        if path not in owned and not path.name.startswith("."):
            yield book.show(path.parent) + "/" + path.name, 1, "không trang nào dùng"


def _owned(doc: str, book: Book) -> list[Path]:
    """The recording of a page with GPU cells, and the pictures it refers to."""
    path = form.place(doc, book)
    try:
        pictures = reading.picture_names(doc, book)
    except BookError:  # R02 speaks of it; its pictures may still be wanted
        pictures = form.strays(path)
    return [path, *map(path.with_name, pictures)]


@rule(
    "R02",
    title="bản ghi phải nguyên vẹn, vô hại và do GPU thật tạo ra",
    why="trang cho xem nó như kết quả đã tính, nên không được cắt, sửa tay hay cài mã",
    fix="ghi lại trang này (python -m hocsau_build record), hoặc xóa tệp",
    good={"book/a.md": GOOD},
    bad={"book/a.md": GOOD, "book/_recordings/a.json": "{}"},
    scope="book",
)
def sound(source: Source):
    for seen in looks(source):
        if seen.problem:
            yield seen.problem.problem.path, 1, seen.problem.problem.what


@rule(
    "R03",
    title="bản ghi của ô GPU còn mới (chỉ nhắc, không đánh hỏng)",
    why="trang nói với người đọc rằng đầu ra này của mã cũ, cho tới khi có ai ghi lại",
    fix=RECORD,
    good=lambda: recorded(GOOD),
    bad=lambda: recorded(GOOD.replace("loss = x + 1", "loss = x + 2")),
    scope="book",
    told=True,
)
def up_to_date(source: Source):
    for seen, line in _cells(source, "stale"):
        what = f"bản ghi ngày {seen.date} đã cũ: mã của ô hay trước ô đã đổi"
        yield seen.chapter.shown, line, what


@rule(
    "R04",
    title="ô GPU đã được ghi (chỉ nhắc, không đánh hỏng)",
    why="ở ô chưa ghi, người đọc chỉ thấy lời báo là chưa có kết quả",
    fix=RECORD,
    good=lambda: recorded(GOOD),
    bad={"book/a.md": GOOD},
    scope="book",
    told=True,
)
def present(source: Source):
    for seen, line in _cells(source, "missing"):
        yield seen.chapter.shown, line, "ô này chưa ghi trên GPU"


def _cells(source: Source, wanted: str):
    """Cells in this state: what is said of their page, and their lines."""
    for seen in looks(source):
        for index, (_, state) in seen.cells.items():
            if state == wanted:
                yield seen, seen.chapter.cells[index].line


@rule(
    "R05",
    title="ô CPU không được dùng tên mà chỉ ô GPU định nghĩa",
    why="máy dựng trang bỏ qua ô GPU, nên ô sau sẽ hỏng ở đó",
    fix="chuyển câu lệnh ấy vào ô GPU, hoặc định nghĩa tên ở một ô CPU trước đó",
    good=GOOD,
    bad=PAGE.format(after=SAID, last="print(loss)"),
    structural=True,
)
def defined_on_cpu(page):
    chapter = whole(page)
    gpu = set(digest.gpu_cells(chapter))
    if not gpu:
        return
    bound = [names.bound(c) for c in chapter.cells]
    cpu: set[str] = set()
    for index, cell in enumerate(chapter.cells):
        if index in gpu:
            continue
        only = set().union(*(bound[i] for i in gpu if i < index)) - cpu
        cpu |= bound[index]
        needed = names.early(cell) | (names.used(cell) - cpu)
        for name in sorted(needed & only):
            yield cell.line, f"ô CPU dùng {name}, tên chỉ có ở ô GPU"


@rule(
    "R06",
    title="sau ô GPU phải có lời văn nói kết quả cho thấy gì",
    why="người đọc thường không chạy lại được ô này; điều họ mang về là lời giải thích",
    fix="viết một hai câu ngay sau ô, trước tiêu đề hay ô mã tiếp theo",
    good=GOOD,
    bad=PAGE.format(after="## Mục khác", last="print(x)"),
)
def interpreted(page):
    chapter = whole(page)
    if not digest.gpu_cells(chapter):
        return
    cells = chapter.notebook.cells
    lines = chapter.notebook.metadata["source_map"]
    for at, node in enumerate(cells):
        tags = set(node.metadata.get("tags") or [])
        if "gpu" not in tags or HIDDEN & tags:
            continue
        following = next((c for c in cells[at + 1 :] if not _hidden(c)), None)
        if following is None or not _says(following):
            yield lines[at], "sau ô GPU này không có lời văn nào"


def _hidden(node) -> bool:
    return node.cell_type == "code" and bool(
        HIDDEN & set(node.metadata.get("tags") or [])
    )


def _says(node) -> bool:
    """Whether a text cell opens with a sentence, before any heading."""
    if node.cell_type == "code":
        return False
    for line in node.source.splitlines():
        if line.startswith("#"):
            return False
        if len(line.split()) >= 4 and not NOT_PROSE.match(line):
            return True
    return False
