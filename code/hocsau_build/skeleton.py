"""Text of a new page: its head, and what ``chapter.md`` asks for, in that order.

Whatever is still to be written is a comment ``% viết: …``: no reader sees it, and
``check`` names each until it is gone (rule K01).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import pairwise

from .syllabus import Course, Page
from .upstream.outline import HEADING, levelled

MARK = "% viết:"
#: At most so many topics under one heading, at most so many headings.
A_GROUP, GROUPS = 3, 6

HEAD = """\
---
kernelspec: {{name: python3, display_name: Python 3}}
hocsau:
  id: {id}
  kind: {kind}
  state: skeleton
  origin: {origin}
  source: {{course: {course}, page: "{short}", commit: {commit}}}
  prerequisites: [{prerequisites}]
  minutes: 45
  modules: [{modules}]
  authors: [{authors}]
{translators}  license: {licence}
  updated: "{today}"
---

# {title}

{opening}## Mục tiêu

{mark} 3 đến 6 điều người đọc làm được, mỗi điều trỏ tới bài tập kiểm tra nó

- Đoán được ({{ref}}`ex-{label}-doan`).
- Suy ra được ({{ref}}`ex-{label}-suy-ra`).
- Viết được ({{ref}}`ex-{label}-ma`).

"""

OPENING = f"""\
{MARK} mở bằng một câu hỏi, một hình hay một lần chạy; thay ô dưới đây

```{{code-cell}} ipython3
1 + 1
```

"""
#: A translation opens as its source does; the hidden cell makes it a notebook.
HIDDEN = "```{code-cell} ipython3\n:tags: [remove-cell]\n1 + 1\n```\n\n"

TAIL = """\
## Lỗi thường gặp

{mark} 3 đến 5 lỗi người ta hay mắc, mỗi lỗi chạy cho thấy nó hỏng

## Tóm tắt

{mark} điều cần giữ lại, vài dòng

## Bài tập

{mark} ít nhất năm bài, ★ đến ★★★; một bài đổi thí nghiệm cho kết luận sai đi

{exercises}## Tự kiểm tra

{mark} ít nhất ba câu hỏi nhanh

**Câu 1.** Câu hỏi?

:::{{admonition}} Đáp án
:class: dropdown

Vì sao đúng, và vì sao các lựa chọn khác sai.
:::

## Đọc thêm

{mark} bài báo gốc, trích từ book/references.bib

{links}
"""

EXERCISE = """\
````{{exercise-start}} {stars} · {name}
:label: ex-{label}-{key}
````

{mark} đề bài

````{{exercise-end}}
````

````{{solution-start}} ex-{label}-{key}
:class: dropdown
````

{mark} lời giải{hint}

{code}````{{solution-end}}
````

"""
CHECKED = "```{code-cell} ipython3\nassert 1 + 1 == 2\n```\n\n"
EXERCISES = (
    ("★", "Đoán trước khi chạy", "doan", "", ""),
    ("★★", "Suy ra", "suy-ra", "", ""),
    ("★★★", "Viết mã", "ma", ", ô mã tự kiểm kết quả của nó", CHECKED),
)
EMBED = """\
{mark} thay hàm mẫu của {module} bằng hàm thật, rồi nhúng nó ở nơi nó là chủ đề

```{{code-cell}} ipython3
:embed: {module}:double
```

"""


@dataclass(frozen=True)
class Wish:
    """What the person who asks for a page says about it."""

    name: str = "Tên bạn"
    module: str = ""
    translate: bool = False


def page_text(course: Course, page: Page, wish: Wish, items=()) -> str:
    """The whole page; ``items`` is the outline of the source, for a translation."""
    label = page.id.replace("/", "-")
    body = translated(page, items) if wish.translate else original(page)
    if wish.module:
        body += EMBED.format(mark=MARK, module=wish.module)
    exercises = "".join(
        EXERCISE.format(
            mark=MARK,
            label=label,
            stars=stars,
            name=name,
            key=key,
            hint=hint,
            code=code,
        )
        for stars, name, key, hint, code in EXERCISES
    )
    tail = TAIL.format(mark=MARK, exercises=exercises, links=links(course, page))
    return head(course, page, wish, label) + body + tail.rstrip("\n") + "\n"


def head(course: Course, page: Page, wish: Wish, label: str) -> str:
    """Front matter, title, opening and goals."""
    names = ", ".join(map(quoted, page.lecturers)) if wish.translate else ""
    licence = course.translation_licence(page) if wish.translate else "CC-BY-SA-4.0"
    commit = page.source.get("commit")
    return HEAD.format(
        id=page.id, kind="lecture" if page.kind == "guest" else page.kind,
        origin="translation" if wish.translate else "original", course=page.course,
        short=page.short, commit=f'"{commit}"' if commit else "null", mark=MARK,
        prerequisites=", ".join(page.prerequisites), modules=wish.module,
        authors=names or quoted(wish.name), licence=licence, label=label,
        translators=f"  translators: [{quoted(wish.name)}]\n" if wish.translate else "",
        today=dt.date.today().isoformat(), title=page.title_vi,
        opening=HIDDEN if wish.translate else OPENING,
    )  # fmt: skip


def quoted(name: str) -> str:
    """A name as a YAML string."""
    return '"' + name.replace("\\", "").replace('"', "") + '"'


def groups(count: int) -> list[range]:
    """Topic numbers from 1, in consecutive groups of even size."""
    number = min(GROUPS, -(-count // A_GROUP))
    edges = [1 + round(i * count / number) for i in range(number + 1)] if number else []
    return [range(a, b) for a, b in pairwise(edges)]


def original(page: Page) -> str:
    """A heading a group of topics, and a mark for each topic."""
    return "".join(
        f"## Phần {n}\n\n{MARK} tên phần; trực giác, toán, mã, mã cho thấy gì, "
        f"chỗ hỏng\n\n{marks(page, group)}"
        for n, group in enumerate(groups(len(page.topics)), 1)
    )


def marks(page: Page, numbers) -> str:
    """``% topic: 3`` with the topic's text from the map, one a topic."""
    return "".join(f"% topic: {n}\n% {page.topics[n - 1]}\n\n" for n in numbers)


def translated(page: Page, items) -> str:
    """A place for every part of the source, in its order; without one, plain parts."""
    unit = "ô" if str(page.source.get("path", "")).endswith(".ipynb") else "dòng"
    names = {"equation": "công thức", "figure": "hình", "code": "ô mã"}
    out, number = [], 0
    for item in levelled(list(items)):
        where = f"ở {unit} {item.line} của bản gốc"
        if item.kind == HEADING:
            number += 1
            level = "#" * min(item.level + 1, 6)
            out.append(
                f"{level} Phần {number}\n\n{MARK} dịch tiêu đề và lời văn {where}"
            )
        else:
            out.append(f"{MARK} {names[item.kind]} {where}")
    if not out:
        return original(page)
    every = marks(page, range(1, len(page.topics) + 1))
    note = f"{MARK} dời mỗi dấu topic tới nơi chủ đề ấy được trình bày"
    return "\n\n".join(out) + f"\n\n{note}\n\n{every}"


def links(course: Course, page: Page) -> str:
    """The source, its video, slides and notebooks, and whose work it is."""
    rows = [_source(course, page)]
    rows += [_link("Video", page.video)] if page.video else []
    rows += [_link(f"Slide {n}", url) for n, url in enumerate(page.slides, 1)]
    rows += [_link(f"Notebook gốc {n}", u) for n, u in enumerate(page.notebooks, 1)]
    return "\n".join(f"- {row}" for row in rows)


def _source(course: Course, page: Page) -> str:
    """The upstream page and its people; a course of our own has only a plan."""
    url = course.source_url(page)
    if not url:
        return f"Đề cương: {course.title_vi}."
    who = f", {', '.join(page.lecturers)}" if page.lecturers else ""
    licence = course.facts.get("licence")
    of = f"{course.title_en} ({licence})" if licence else course.title_en
    return f"Bài gốc: {_link(page.title_en.replace(' - ', ' – '), url)}{who}. {of}."


def _link(text: str, url: str) -> str:
    """A link whose address ends where it should."""
    return f"[{text}]({url.replace('(', '%28').replace(')', '%29')})"
