"""Rules on what a page points to: labels, files, glued results."""

from __future__ import annotations

import ast
import re
from collections import defaultdict

from .code_cells import cell
from .page import READ, Page
from .rule import Source, rule

ROLE = re.compile(r"\{(ref|numref|eq|prf:ref|doc)\}`(?:[^`<]*<)?(?P<to>[^`<>]+?)>?`")
GLUED = re.compile(
    r"\{glue:(?:text|math|figure)?\}`([^`:]+)(?::[^`]*)?`|^:::?:?\{glue[^}]*\} (\S+)",
    re.M,
)
MARK = re.compile(r"^\(([\w:.-]+)\)=\s*$")
EQUATION = re.compile(r"\$\$\s*\(([\w:.-]+)\)\s*$")
FILE = re.compile(r"\]\(<?(?!\w+:|//|<)([^)\s>]+)>?\)")
READ.append(re.compile(r"\bglue\(").search)
#: Sphinx makes these itself.
BUILT_IN = {"genindex", "modindex", "search"}


def labels(page: Page) -> list[tuple[str, int]]:
    """Every label that a page defines, with its line."""
    out = []
    for number, kind in enumerate(page.scan.kinds, 1):
        if (kind == "p" and (match := MARK.match(page.lines[number - 1]))) or (
            kind == "m" and (match := EQUATION.search(page.lines[number - 1]))
        ):
            out.append((match[1], number))
    for block in page.blocks:
        if block.fence[0] == "`" and block.name == "code-cell":
            shown = block.options.get("mystnb") or {}
            figure = (shown.get("figure") if isinstance(shown, dict) else None) or {}
            name = figure.get("name")
        else:
            name = block.options.get("label") or block.options.get("name")
        if name and not block.name.startswith("solution"):
            out.append((str(name), block.line))
    return out


def all_labels(source: Source) -> dict[str, list[tuple[Page, int]]]:
    """Where each label of the book is defined."""
    out = defaultdict(list)
    for page in source.pages.values():
        for name, line in labels(page):
            out[name].append((page, line))
    return out


@rule(
    "L01",
    title="tham chiếu chéo phải tới một nhãn có thật",
    why="tham chiếu gãy hiện thành chữ trơ, người đọc không bấm được",
    fix="sửa tên nhãn, hoặc đặt nhãn ấy ở nơi muốn tới",
    good="# Trang\n\n(muc-a)=\n## Mục\n\nXem {ref}`muc-a`.\n",
    bad="# Trang\n\n(muc-a)=\n## Mục\n\nXem {ref}`muc-b`.\n",
)
def references(page: Page, source: Source):
    known = source.memo(("labels",), lambda: all_labels(source))
    text = page.written
    captions = [
        (n, page.lines[n - 1]) for n, k in enumerate(page.scan.kinds, 1) if k == "o"
    ]
    found = [(line, m) for line, m in text.find(ROLE)]
    found += [(n, m) for n, line in captions for m in ROLE.finditer(line)]
    for line, match in found:
        to = match["to"].strip()
        if match[1] == "doc":
            base = source.book.root if to[0] == "/" else page.path.parent
            if not (base / f"{to.lstrip('/').removesuffix('.md')}.md").is_file():
                yield line, f"không có trang {to}"
        elif to not in known and to not in BUILT_IN:
            yield line, f"không có nhãn {to}"


@rule(
    "L02",
    title="liên kết trong sách phải tới tệp và nhãn có thật",
    why="liên kết chết làm người đọc mất lối, và dừng bước dựng",
    fix="sửa đường dẫn (tính từ thư mục của trang này); tới một mục, ở trang nào cũng "
    "vậy, thì đặt (nhan)= trên mục ấy rồi viết [chữ](#nhan)",
    good={
        "book/a.md": "# A\n\n[B](b.md), [B](<b.md>), [C](<https://c.org/(d)>)\n"
        "[Mục](#muc-b)\n",
        "book/b.md": "# B\n\n(muc-b)=\n## Mục\n",
    },
    bad={
        "book/a.md": "# A\n\n[B](c.md)\n[Mục](#mục)\n[Mục](b.md#muc-b)\n",
        "book/b.md": "# B\n\n(muc-b)=\n## Mục\n",
    },
)
def files(page: Page, source: Source):
    known = source.memo(("labels",), lambda: all_labels(source))
    for line, match in page.written.find(FILE):
        if _in_code(page.lines[line - 1], match[0]):
            continue
        path, _, anchor = match[1].partition("#")
        base = source.book.root if path[:1] == "/" else page.path.parent
        if path and not (base / path.lstrip("/")).exists():
            yield line, f"không có tệp {path}"
        elif anchor and anchor not in known and path[-3:] in ("", ".md"):
            yield line, f"không có nhãn {anchor}"
        elif anchor and path.endswith(".md"):
            # The build looks a file's anchor up nowhere, not even among its labels.
            yield line, f"liên kết tới nhãn không mang tên tệp: viết (#{anchor})"


def _in_code(line: str, text: str) -> bool:
    """Whether the text stands inside inline code of the line."""
    return any(text in code for code in re.findall(r"`+[^`]+`+", line))


@rule(
    "L03",
    title="mỗi nhãn chỉ đặt một lần trong cả sách",
    why="tham chiếu tới nhãn trùng đi đâu là chuyện may rủi",
    fix="đổi một nhãn; nhãn nên mang số trang: fig-04-1-ten",
    good={
        "book/a.md": "# A\n\n(muc-a)=\n## M\n",
        "book/b.md": "# B\n\n(muc-b)=\n## M\n",
    },
    bad={
        "book/a.md": "# A\n\n(muc-a)=\n## M\n",
        "book/b.md": "# B\n\n(muc-a)=\n## M\n",
    },
    scope="book",
)
def unique_labels(source: Source):
    for name, places in source.memo(("labels",), lambda: all_labels(source)).items():
        for page, line in places[1:]:
            first, where = places[0]
            yield page.shown, line, f"nhãn {name} đã đặt ở {first.shown}:{where}"


GLUE = "from hocsau.notebook import glue\n\nglue({}, '0.93')"


@rule(
    "L04",
    title="{glue} trong lời văn phải có glue cùng tên trong ô mã",
    why="chỗ ấy sẽ hiện thành lỗi thay vì con số",
    fix="sửa tên cho khớp",
    good=cell(GLUE.format("'loi'")) + "\nSai {glue:text}`loi`.\n",
    bad=cell(GLUE.format("'loi'")) + "\nSai {glue:text}`lỗi-khác`.\n",
)
def glued(page: Page):
    wanted = [(line, m[1] or m[2]) for line, m in page.written.find(GLUED)]
    if not wanted:
        return
    names, computed = set(), []
    for _, node in page.nodes[ast.Call]:
        if _called(node) == "glue" and node.args:
            one = node.args[0]
            if isinstance(one, ast.Constant):
                names.add(one.value)
            elif isinstance(one, ast.JoinedStr):
                computed.append(_shape(one))
            else:
                return  # names that only running tells
    for line, name in wanted:
        if name not in names and not any(p.fullmatch(name) for p in computed):
            yield line, f"không ô nào dán tên {name}"


def _called(node: ast.Call) -> str:
    return getattr(node.func, "id", getattr(node.func, "attr", ""))


def _shape(node: ast.JoinedStr) -> re.Pattern:
    parts = (
        re.escape(str(v.value)) if isinstance(v, ast.Constant) else ".+"
        for v in node.values
    )
    return re.compile("".join(parts))
