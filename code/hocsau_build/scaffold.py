"""Skeleton of a new page: head, a heading a topic, the blocks in their order."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from pathlib import Path

from . import syllabus
from .errors import BookError
from .layout import Book
from .store import write_atomic

SKELETON = """\
---
kernelspec: {{name: python3, display_name: Python 3}}
hocsau:
  id: {id}
  kind: {kind}
  state: skeleton
  source: {{course: {course}, page: "{short}", commit: "{commit}"}}
  prerequisites: [{prerequisites}]
  minutes: 45
  modules: []
  authors: [Tên bạn]
  license: CC-BY-SA-4.0
  updated: "{today}"
---

# {title}

Mở bằng một câu hỏi, một bức hình hay một lần chạy.

```{{code-cell}} ipython3
1 + 1
```

## Mục tiêu

- Điều người đọc làm được ({{ref}}`ex-{label}-ten`).

{topics}
## Lỗi thường gặp

## Tóm tắt

## Bài tập

````{{exercise-start}} ★ · Tên bài
:label: ex-{label}-ten
````

Đề bài.

````{{exercise-end}}
````

````{{solution-start}} ex-{label}-ten
:class: dropdown
````

Lời giải, có ô mã tự kiểm kết quả.

```{{code-cell}} ipython3
assert 1 + 1 == 2
```

````{{solution-end}}
````

## Tự kiểm tra

**Câu 1.** Câu hỏi?

:::{{admonition}} Đáp án
:class: dropdown

Vì sao đúng, và vì sao các lựa chọn khác sai.
:::

## Đọc thêm

- Nguồn: trang {short} của khóa gốc.
"""


def create(page_id: str, book: Book) -> Path:
    """Write the skeleton and its line in ``_toc.yml``; refuses to overwrite."""
    courses = syllabus.load(book.root / syllabus.PLACE)
    page = syllabus.find(courses, page_id)
    if page is None:
        raise BookError(
            syllabus.PLACE, 1, "N-ID", f"không có trang nào id {page_id}",
            "xem các id bằng make status",
        )  # fmt: skip
    for doc in book.docs:
        text = book.path(doc).read_text("utf-8")
        if re.search(rf"^  id: {re.escape(page_id)}\s*(#.*)?$", text, re.M):
            raise BookError(
                f"{doc}.md", 1, "N-DUP", f"id {page_id} đã có trang", "sửa trang ấy"
            )
    doc = f"book/{folder(page)}/{page.short}-{slug(page.title_vi)}"
    toc = insert(page, doc, courses[page.course], book)
    write_atomic(book.path(doc), skeleton(page))
    write_atomic(book.root / "_toc.yml", toc)
    return book.path(doc)


def skeleton(page: syllabus.Page) -> str:
    """Text of a new page."""
    topics = "".join(
        f"## Chủ đề {n}\n\n% topic: {n}\n% {topic}\n\n"
        for n, topic in enumerate(page.topics, 1)
    )
    kind = page.kind if page.kind != "guest" else "lecture"
    return SKELETON.format(
        id=page.id, kind=kind, course=page.course, short=page.short,
        commit=page.source.get("commit") or "", label=page.id.replace("/", "-"),
        prerequisites=", ".join(page.prerequisites), title=page.title_vi,
        today=dt.date.today().isoformat(), topics=topics,
    )  # fmt: skip


def folder(page: syllabus.Page) -> str:
    """``nyu/tuan-04`` for a course by weeks, else the course's folder."""
    if page.course == "nyu" and page.week:
        return f"nyu/tuan-{page.week:02d}"
    return page.course


def slug(title: str) -> str:
    """``Tích chập một chiều`` → ``tich-chap-mot-chieu``."""
    bare = unicodedata.normalize("NFD", title.lower().replace("đ", "d"))
    bare = "".join(c for c in bare if not unicodedata.combining(c))
    return "-".join(re.findall(r"[a-z0-9]+", bare)[:8])


def insert(page: syllabus.Page, doc: str, course: syllabus.Course, book: Book) -> str:
    """``_toc.yml`` with the page among its course's, in the course's order."""
    order = [p.id for p in course.pages]
    lines = (book.root / "_toc.yml").read_text("utf-8").splitlines()
    home = f"- file: book/{course.id}/index"
    at = next((i for i, line in enumerate(lines) if line.strip() == home), None)
    if at is None:
        raise BookError(
            "_toc.yml", 1, "N-TOC", f"không thấy dòng {home}", "thêm trang khóa học"
        )
    indent = " " * (len(lines[at]) - len(lines[at].lstrip()) + 2)
    if at + 1 >= len(lines) or lines[at + 1].strip() != "sections:":
        lines.insert(at + 1, f"{indent}sections:")
    at += 2
    while at < len(lines) and lines[at].startswith(f"{indent}  - file:"):
        other = _id_of(lines[at].split("file:")[1].strip(), book)
        if other in order and order.index(other) > order.index(page.id):
            break
        at += 1
    lines.insert(at, f"{indent}  - file: {doc}")
    return "\n".join(lines) + "\n"


def _id_of(doc: str, book: Book) -> str:
    path = book.path(doc)
    text = path.read_text("utf-8") if path.exists() else ""
    match = re.search(r"^  id: (\S+)", text, re.M)
    return match[1] if match else ""
