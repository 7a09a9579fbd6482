"""Directives of a Markdown cell, resolved to plain Markdown and a little HTML."""

from __future__ import annotations

import re

from .inline import Page, inline
from .labels import FENCE, TARGET, option

BOXES = {
    "note": "Ghi chú", "tip": "Mẹo", "hint": "Gợi ý", "warning": "Cẩn thận",
    "caution": "Cẩn thận", "attention": "Chú ý", "important": "Quan trọng",
    "danger": "Nguy hiểm", "error": "Lỗi", "seealso": "Xem thêm",
}  # fmt: skip
UNWRAP = {"div", "container", "grid", "grid-item", "card", "tab-set", "figure-md"}
SILENT = {"exercise-end", "contents", "tableofcontents"}


def blocks(lines: list[str], page: Page) -> list[str]:
    """Resolve the lines of one cell; prose between directives goes by paragraph."""
    out: list[str] = []
    at = 0
    prose: list[str] = []

    def flush() -> None:
        if prose:
            out.extend(inline("\n".join(prose), page).split("\n"))
            prose.clear()

    while at < len(lines):
        line = lines[at]
        if match := FENCE.match(line):
            flush()
            end = closing(lines, at, match[1])
            out += directive(match, lines, at, end, page)
            at = end + 1
        elif re.match(r"^(```|~~~)", line):
            flush()
            end = closing(lines, at, line[:3])
            out += lines[at : end + 1]
            at = end + 1
        elif line.startswith("$$"):
            flush()
            end, shown = equation(lines, at, page)
            out += shown
            at = end + 1
        else:
            if match := TARGET.match(line):
                prose.append(f'<a id="{match[1]}"></a>')
            elif not re.match(r"^(%|\+\+\+)", line):
                prose.append(line)
            at += 1
    flush()
    return out


def closing(lines: list[str], at: int, fence: str) -> int:
    """Index of the line that closes the fence opened at ``at``."""
    mark = re.compile(rf"^{fence[0]}{{{len(fence)},}}\s*$")
    for end in range(at + 1, len(lines)):
        if mark.match(lines[end]):
            return end
    return len(lines) - 1


def equation(lines: list[str], at: int, page: Page) -> tuple[int, list[str]]:
    """``$$ … $$ (label)`` becomes a display formula with its number as tag."""
    first = lines[at]
    if re.match(r"^\$\$.+\$\$", first):
        tagged = re.sub(r"\$\$\s*\(([\w:.-]+)\)$", lambda m: _tag(m[1], page), first)
        return at, [tagged]
    for end in range(at + 1, len(lines)):
        if match := re.match(r"^(.*)\$\$\s*(?:\(([\w:.-]+)\))?\s*$", lines[end]):
            body = lines[at:end] + ([match[1]] if match[1] else [])
            return end, [*body, _tag(match[2], page) if match[2] else "$$"]
    return len(lines) - 1, lines[at:]


def _tag(name: str, page: Page) -> str:
    return rf"\tag{{{page.labels[name].number}}}$$"


def directive(match, lines, at, end, page: Page) -> list[str]:
    """One directive → Markdown lines."""
    name, title = match[2], match[3].strip()
    first = at + 1
    while first < end and re.match(r"^:[\w-]+:", lines[first]):
        first += 1
    body = lines[first:end]
    label = option(lines, at, "label") or option(lines, at, "name")
    anchor = [f'<a id="{label}"></a>', ""] if label else []
    if name in ("exercise-start", "exercise"):
        number = page.labels[label].number if label in page.labels else ""
        head = f"#### Bài tập {number}. {inline(title, page)}"
        return [*anchor, head, "", *blocks(body, page)]
    if name in ("solution-start", "solution"):
        exercise = page.labels.get(title)
        number = f" bài tập {exercise.number}" if exercise else ""
        return [f"##### Lời giải{number}", "", *blocks(body, page)]
    if name == "solution-end":
        return ["", "---"]
    if name in SILENT:
        return []
    if name in ("admonition", "dropdown", *BOXES):
        folded = name == "dropdown" or "dropdown" in (option(lines, at, "class") or "")
        return box(title or BOXES.get(name, ""), blocks(body, page), folded, page)
    if name in ("figure", "image"):
        return figure(name, title, label, lines, at, body, page)
    if name == "math":
        tag = [rf"\tag{{{page.labels[label].number}}}"] if label else []
        return ["$$", *body, *tag, "$$"]
    if name in ("code-block", "code"):
        return [f"```{title}", *body, "```"]
    if name == "footbibliography":
        return ["@@BIBLIOGRAPHY@@"]
    if name == "table":
        number = f"**Bảng {page.labels[label].number}.** " if label else ""
        return [*anchor, number + inline(title, page), "", *blocks(body, page)]
    if name == "list-table":
        return [*anchor, *list_table(title, label, body, page)]
    if name == "raw":
        return body if title == "html" else []
    if name in UNWRAP:
        return blocks(body, page)
    raise page.fail(
        f"chưa biết đưa chỉ thị {{{name}}} vào notebook",
        "thêm vào code/hocsau_build/export/blocks.py",
    )


def box(title: str, body: list[str], folded: bool, page: Page) -> list[str]:
    """A folded block as ``<details>``; an open one as a quote with a bold title."""
    title = inline(title, page)
    if folded:
        return [f"<details><summary>{title}</summary>", "", *body, "", "</details>"]
    return [f"> **{title}**", ">", *(f"> {line}".rstrip() for line in body)]


def figure(name, target, label, lines, at, body, page: Page) -> list[str]:
    """An image file with its caption."""
    alt = option(lines, at, "alt") or ""
    shown = inline(f"![{alt}]({target})", page)
    if name == "image":
        return [shown]
    number = f"**Hình {page.labels[label].number}.** " if label else ""
    return [shown, "", number + inline("\n".join(body), page).strip()]


def list_table(title: str, label, body: list[str], page: Page) -> list[str]:
    """``list-table`` → a pipe table."""
    rows: list[list[str]] = []
    for line in body:
        if match := re.match(r"^\* - ?(.*)$", line):
            rows.append([match[1]])
        elif match := re.match(r"^  - ?(.*)$", line):
            rows[-1].append(match[1])
        elif line.strip() and rows:
            rows[-1][-1] += " " + line.strip()
    if not rows:
        return []
    cells = [[inline(c, page) for c in row] for row in rows]
    number = f"**Bảng {page.labels[label].number}.** " if label else ""
    head = [f"{number}{inline(title, page)}", ""] if title else []
    table = ["| " + " | ".join(row) + " |" for row in cells]
    return [*head, table[0], "|" + "---|" * len(cells[0]), *table[1:]]
