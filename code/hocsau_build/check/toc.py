"""Rules that hold ``_toc.yml`` and the files of ``book/`` against each other."""

from __future__ import annotations

from collections import Counter

from .rule import Source, rule

ROOT = "format: jb-book\nroot: book/index\n"
TWICE = ROOT + "chapters:\n- file: book/a\n- file: book/a\n"


def toc_line(source: Source, doc: str) -> int:
    text = (source.book.root / "_toc.yml").read_text("utf-8").splitlines()
    hits = (n for n, line in enumerate(text, 1) if line.rstrip().endswith(doc))
    return next(hits, 1)


@rule(
    "T01",
    title="trang ghi trong _toc.yml phải có tệp",
    why="mục lục không được dẫn tới chỗ trống",
    fix="tạo tệp ấy hoặc bỏ dòng này",
    good={"book/a.md": "# A\n"},
    bad={"_toc.yml": ROOT + "chapters:\n- file: book/ma\n"},
    scope="book",
    structural=True,
)
def toc_has_file(source: Source):
    for doc in source.book.toc:
        if not source.book.path(doc).exists():
            yield "_toc.yml", toc_line(source, doc), f"không có tệp {doc}.md"


@rule(
    "T02",
    title="tệp trong book/ phải có trong _toc.yml",
    why="trang ngoài mục lục không được dựng và không ai thấy",
    fix="thêm vào _toc.yml đúng chỗ, hoặc đặt tệp trong thư mục bắt đầu bằng _",
    good={"book/a.md": "# A\n"},
    bad={"_toc.yml": ROOT, "book/lac.md": "# A\n"},
    scope="book",
    structural=True,
)
def file_in_toc(source: Source):
    known = set(source.book.toc)
    for path in source.files:
        if source.book.doc(path) not in known:
            yield source.book.show(path), 1, "trang không có trong _toc.yml"


@rule(
    "T03",
    title="mỗi trang chỉ đứng một chỗ trong _toc.yml",
    why="trang trước và trang sau phải là một",
    fix="bỏ bớt một dòng",
    good={"book/a.md": "# A\n"},
    bad={"book/a.md": "# A\n", "_toc.yml": TWICE},
    scope="book",
    structural=True,
)
def toc_once(source: Source):
    for doc, count in Counter(source.book.toc).items():
        if count > 1:
            yield "_toc.yml", toc_line(source, doc), f"{doc} xuất hiện {count} lần"
