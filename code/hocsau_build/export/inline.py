"""Roles and links inside a line, resolved to what any Markdown viewer shows."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field

from ..errors import BookError
from .labels import Label

#: a role, or a code span: read left to right, whichever comes first
TOKEN = re.compile(
    r"\{(?P<role>[\w:-]+)\}(?P<q>`+)(?P<body>.+?)(?P=q)(?!`)"
    r"|(?P<c>`+)(?!`).+?(?<!`)(?P=c)(?!`)",
    re.S,
)
LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)\s]+)\)")
EXPLICIT = re.compile(r"^(.*?)\s*<([^<>]+)>$", re.S)


@dataclass
class Page:
    """What resolving needs to know of the page being exported."""

    doc: str
    shown: str
    labels: dict[str, Label]
    site: str
    raw: str
    glue: dict[str, str]
    cited: list[str] = field(default_factory=list)
    authors: dict[str, str] = field(default_factory=dict)
    line: int = 1

    def fail(self, what: str, remedy: str) -> BookError:
        return BookError(self.shown, self.line, "E-EXPORT", what, remedy)


def inline(text: str, page: Page) -> str:
    """Resolve roles and links of a text; code spans stay as they are."""
    kept: list[str] = []

    def keep(match: re.Match) -> str:
        role = match["role"]
        kept.append(_role(role, match["body"].strip(), page) if role else match[0])
        return f"\0{len(kept) - 1}\0"

    linked = LINK.sub(lambda m: _link(m, page), TOKEN.sub(keep, text))
    return re.sub(r"\0(\d+)\0", lambda m: kept[int(m[1])], linked)


def _role(name: str, body: str, page: Page) -> str:
    if name.startswith("glue"):
        return _glued(body.split(":")[0], page)
    if name.startswith("footcite") or name == "cite":
        return _cite(name, body, page)
    if name in ("ref", "numref", "eq", "doc", "prf:ref"):
        return _reference(name, body, page)
    if name in ("term", "abbr"):
        return EXPLICIT.sub(r"\1", body) if name == "term" else body.split(" (")[0]
    if name in ("math",):
        return f"${body}$"
    if name in ("kbd", "code", "download", "sub", "sup"):
        return f"`{body}`" if name in ("kbd", "code") else body
    raise page.fail(
        f"chưa biết đưa vai trò {{{name}}} vào notebook",
        "thêm vào code/hocsau_build/export/inline.py",
    )


def _glued(name: str, page: Page) -> str:
    if name not in page.glue:
        raise page.fail(
            f"không có kết quả nào tên {name!r}",
            f'thêm ô glue("{name}", …), thẻ remove-cell, sau kết quả ấy',
        )
    return page.glue[name]


def _cite(name: str, body: str, page: Page) -> str:
    numbers = []
    for key in (k.strip() for k in body.split(",")):
        if key not in page.cited:
            page.cited.append(key)
        numbers.append(str(page.cited.index(key) + 1))
    mark = f"[{', '.join(numbers)}]"
    if name.endswith((":t", ":ct")):
        return f"{page.authors.get(body.split(',')[0].strip(), '')} {mark}".strip()
    return mark


def _reference(name: str, body: str, page: Page) -> str:
    match = EXPLICIT.match(body)
    text, target = (match[1], match[2]) if match else ("", body)
    if name == "doc":
        label = page.labels.get(f"#{_inside(target, page)}")
    else:
        label = page.labels.get(target)
    if label is None:
        raise page.fail(
            f"không có nhãn {target!r} để trỏ tới", "sửa tên nhãn trong {" + name + "}"
        )
    if "%s" in text or "{number}" in text:
        text = text.replace("%s", str(label.number))
        text = text.replace("{number}", str(label.number))
    return _anchor(text or label.text, label, page)


def _anchor(text: str, label: Label, page: Page) -> str:
    if label.doc == page.doc and label.name != "#":
        return text if label.kind == "equation" else f"[{text}](#{label.name})"
    place = "" if label.name == "#" else f"#{label.name}"
    return f"[{text}]({page.site}{label.doc}.html{place})"


def _link(match: re.Match, page: Page) -> str:
    bang, text, url = match.groups()
    if re.match(r"^(https?:|mailto:)", url):
        return match[0]
    if bang:
        return f"![{text}]({page.raw}{_inside(url, page)})"
    if url.startswith("#"):
        label = page.labels.get(url[1:])
        return _anchor(text or label.text, label, page) if label else text
    path, _, place = url.partition("#")
    doc = _inside(path, page).removesuffix(".md")
    label = page.labels.get(f"#{doc}")
    if label is None and path.endswith(".md"):
        raise page.fail(f"liên kết tới trang không có: {url}", "sửa đường dẫn")
    shown = text or (label.title if label else doc)
    return f"[{shown}]({page.site}{doc}.html{'#' + place if place else ''})"


def _inside(url: str, page: Page) -> str:
    if url.startswith("/"):
        return url.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(page.doc), url))
