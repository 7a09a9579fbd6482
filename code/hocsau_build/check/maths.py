"""Rules on formulas."""

from __future__ import annotations

import importlib.util
import re
from functools import lru_cache
from pathlib import Path

from .page import Page
from .rule import Source, rule
from .view import Maths

MACRO = re.compile(r"\\([A-Za-z]+)")
#: Commands whose argument is words.
WORDS = re.compile(
    r"\\(?:text|mathrm|textbf|textit|textrm|mathit|operatorname|mbox|tag|label"
    r"|texttt|mathsf|textsf|mathbf|hbox)\*?\s*(\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\})"
)
LETTERS = re.compile("[À-ỹĐđƠơƯưĂă]+")
COMMA = re.compile(r"\$,[ \t]*\n(?=[^\n])")
BRACKETED = re.compile(r"\(\s*\{eq\}`[^`]+`\s*\)")
LABEL = re.compile(r"\$\$\s*\([\w:-]+\)\s*$")


def inside(maths: Maths) -> str:
    """The formula without its dollars and label."""
    return LABEL.sub("", maths.text).replace("$", " ")


@rule(
    "M01",
    title="lệnh toán phải có trong KaTeX hoặc trong _config.yml",
    why="lệnh lạ hiện thành chữ đỏ trên trang",
    fix="dùng lệnh LaTeX chuẩn, hoặc định nghĩa ở katex_macros trong _config.yml",
    good="# Trang\n\n$\\mathbf{x}\\in\\mathbb{R}^d$\n",
    bad="# Trang\n\n$\\mathbff{x}$\n",
)
def macros(page: Page, source: Source):
    known = commands()
    if not known:
        return
    own = source.memo(("macros",), lambda: _own(source))
    for maths in page.maths:
        for match in MACRO.finditer(maths.text):
            if match[1] not in known and match[1] not in own:
                yield _line(maths, match.start()), f"không có lệnh \\{match[1]}"


@lru_cache(1)
def commands() -> frozenset[str]:
    """Every command that the KaTeX shipped with sphinxcontrib-katex knows."""
    spec = importlib.util.find_spec("sphinxcontrib.katex")
    if spec is None or not spec.origin:
        return frozenset()
    text = Path(spec.origin).with_name("katex.min.js").read_text("utf-8")
    named = re.findall(r"\\\\([A-Za-z]+)", text)
    environments = re.findall(r'"([A-Za-z]+)\*?"', text)
    return frozenset(named) | {"begin", "end"} | frozenset(environments)


def _own(source: Source) -> set[str]:
    settings = (source.book.config.get("sphinx") or {}).get("config") or {}
    out = set()
    for value in settings.values():
        if isinstance(value, dict):
            out |= {str(key).lstrip("\\") for key in value}
    return out


@rule(
    "M02",
    title=r"chữ tiếng Việt trong công thức nằm trong \text hay \mathrm",
    why="chữ trần trong công thức bị vẽ rời từng chữ cái, mất khoảng cách",
    fix=r"bọc lại: \text{số mẫu}",
    good="# Trang\n\n$n_{\\text{số mẫu}}$\n",
    bad="# Trang\n\n$n_{số mẫu}$\n",
)
def words(page: Page):
    for maths in page.maths:
        if maths.text.isascii():
            continue
        bare = WORDS.sub(lambda m: " " * len(m[0]), maths.text)
        if match := LETTERS.search(bare):
            yield _line(maths, match.start()), f"chữ trần trong công thức: «{match[0]}»"


@rule(
    "M03",
    title="cuối dòng không có dấu phẩy ngay sau công thức trong dòng",
    why="dấu phẩy ấy rơi xuống đầu dòng sau khi trang hẹp lại",
    fix="nối dòng sau lên, hoặc sắp lại câu",
    good="# Trang\n\nVới $x$, ta có $y$.\n",
    bad="# Trang\n\nVới mọi $x$,\nta có $y$.\n",
)
def trailing_comma(page: Page):
    for line, _ in page.written.find(COMMA):
        if (
            page.lines[line - 1].count("$") % 2 == 0
            and "$$" not in page.lines[line - 1]
        ):
            yield line, "dấu phẩy ngay sau công thức ở cuối dòng"


@rule(
    "M04",
    title="tham chiếu phương trình không nằm trong ngoặc",
    why="số phương trình đã có ngoặc, thêm ngoặc nữa thành hai lớp",
    fix="bỏ cặp ngoặc quanh {eq}",
    good="# Trang\n\n$$\nx\n$$ (eq-a)\n\nTheo {eq}`eq-a`.\n",
    bad="# Trang\n\n$$\nx\n$$ (eq-a)\n\nĐúng như trên ({eq}`eq-a`).\n",
)
def bracketed(page: Page):
    for line, match in page.written.find(BRACKETED):
        yield line, f"{match[0]} sẽ hiện hai lớp ngoặc"


def _line(maths: Maths, offset: int) -> int:
    return maths.line + maths.text.count("\n", 0, offset)
