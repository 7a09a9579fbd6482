"""Gaps of an exercise: marked lines of a cell that its reader has to write.

A comment at the end of a line marks that line; on a line of its own it opens a
block that ``# HẾT`` closes::

    loss = criterion(model(X), y)  # ĐIỀN: mất mát trên lô này
    # ĐIỀN: một bước gradient
    loss.backward()
    optimizer.step()
    # HẾT

The page, its key and the worked notebook never see the marks: the source without them
*is* the cell. The exercise notebook has a stub in place of each answer.
"""

from __future__ import annotations

import ast
import io
import json
import re
import textwrap
import tokenize
from dataclasses import dataclass

OPEN, CLOSE = "# ĐIỀN:", "# HẾT"
TAG = "check-gap"
#: A stub as it stands in an exercise notebook: hint, scaffold, what stops the run.
STUB = re.compile(
    r"^(?P<indent>[ \t]*)# ĐIỀN: (?P<hint>.*)\n"
    r"(?:(?P=indent)#   .*\n)?"
    r"(?:(?P=indent)raise NotImplementedError\(.*\)(?=\n|\Z)"
    r"|(?P=indent)\w+ = \.\.\.(?=\n|\Z)(?:\n(?P=indent)\w+ = \.\.\.(?=\n|\Z))*)",
    re.MULTILINE,
)


class GapProblem(Exception):
    """A mark that cannot be understood; ``line`` counts in the cell as written."""

    def __init__(self, line: int, what: str):
        super().__init__(what)
        self.line, self.what = line, what


@dataclass(frozen=True)
class Gap:
    """``answer`` stands in the clean source from line ``first`` (counted from 0).

    ``row`` is the line of its mark in the cell as written, counted from 1.
    """

    first: int
    answer: tuple[str, ...]
    hint: str
    row: int


def marked(text: str) -> bool:
    """Whether a cell or a page may hold marks."""
    return "# ĐIỀN" in text or CLOSE in text


def read(raw: str) -> tuple[str, tuple[Gap, ...]]:
    """Source without marks, and the gaps that they marked."""
    if not marked(raw):
        return raw, ()
    clean: list[str] = []
    found: list[Gap] = []
    opened: tuple[int, int, str] | None = None  # line as written, line, hint
    marks = _marks(raw)
    for number, line in enumerate(raw.split("\n"), 1):
        kind, hint, code = marks.get(number, ("", "", line))
        if kind == "open":
            if opened:
                raise GapProblem(number, f"chỗ trống trước đó chưa đóng bằng {CLOSE}")
            opened = number, len(clean), hint
        elif kind == "close":
            if not opened:
                raise GapProblem(number, f"{CLOSE} mà không có {OPEN} … mở trước")
            row, first, hint = opened
            found.append(Gap(first, tuple(clean[first:]), hint, row))
            opened = None
        else:
            if kind == "line":
                if opened:
                    raise GapProblem(number, "chỗ trống lồng trong chỗ trống")
                found.append(Gap(len(clean), (code,), hint, number))
            clean.append(code)
    if opened:
        raise GapProblem(opened[0], f"chỗ trống chưa đóng bằng {CLOSE}")
    _validate(found, "\n".join(clean))
    return "\n".join(clean), tuple(found)


def _marks(raw: str) -> dict[int, tuple[str, str, str]]:
    """Line → kind of mark, hint, code that stays; a string with a mark is no mark."""
    out = {}
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(blank_magic(raw)).readline))
    except (tokenize.TokenError, IndentationError) as exc:
        raise GapProblem(1, f"ô có chỗ trống phải là Python đúng: {exc}") from exc
    for token in tokens:
        if token.type != tokenize.COMMENT:
            continue
        text, (row, column) = token.string.strip(), token.start
        before = token.line[:column]
        if text == CLOSE and not before.strip():
            out[row] = ("close", "", "")
        elif text.startswith("# ĐIỀN"):
            hint = text.removeprefix(OPEN).strip()
            if not text.startswith(OPEN) or not hint:
                raise GapProblem(row, f"dấu chỗ trống phải có gợi ý: «{OPEN} gợi ý»")
            kind = "line" if before.strip() else "open"
            out[row] = (kind, hint, before.rstrip())
    return out


def _validate(found: list[Gap], clean: str) -> None:
    for gap in found:
        if not "".join(gap.answer).strip():
            raise GapProblem(gap.row, f"chỗ trống «{gap.hint}» không có dòng mã nào")
        if _parses(clean) and not _parses(exercise(clean, (gap,))):
            raise GapProblem(
                gap.row, f"bỏ chỗ trống «{gap.hint}» thì ô không còn là Python đúng: "
                "chỗ trống phải gồm những câu lệnh trọn vẹn",
            )  # fmt: skip


def _parses(source: str) -> bool:
    try:
        ast.parse(blank_magic(source))
    except SyntaxError:
        return False
    return True


def blank_magic(source: str) -> str:
    """Lines of IPython magic emptied, so that Python's own tools read the rest."""
    return "\n".join(
        "" if line.lstrip().startswith(("%", "!", "?")) else line
        for line in source.split("\n")
    )


def raw_line(raw: str, number: int) -> int:
    """Line of the cell as written for line ``number`` of its clean source."""
    if not raw:
        return number
    lines = raw.split("\n")
    kept = [
        at for at, line in enumerate(lines, 1)
        if not line.strip().startswith("# ĐIỀN") and line.strip() != CLOSE
    ]  # fmt: skip
    return kept[number - 1] if 0 < number <= len(kept) else number


def exercise(clean: str, gaps: tuple[Gap, ...]) -> str:
    """The cell of the exercise notebook: a stub in place of each answer."""
    lines = clean.split("\n")
    for gap in sorted(gaps, key=lambda g: -g.first):
        lines[gap.first : gap.first + len(gap.answer)] = stub(gap)
    return "\n".join(lines)


def stub(gap: Gap) -> list[str]:
    """Hint, then ``x = ...`` at the top of a cell, else what says it when reached."""
    body = textwrap.dedent("\n".join(gap.answer))
    indent = re.match(r"[ \t]*", next(filter(str.strip, gap.answer)))[0]
    names = top_names(gap) if not indent else []
    if names:
        rest = [f"{name} = ..." for name in names]
    else:
        message = json.dumps(f"Chưa điền: {gap.hint}", ensure_ascii=False)
        rest = [*_scaffold(body), f"raise NotImplementedError({message})"]
    return [indent + line for line in (f"{OPEN} {gap.hint}", *rest)]


def _scaffold(body: str) -> list[str]:
    """The left side of a single assignment, or ``return``, as a comment."""
    try:
        (node,) = ast.parse(body if "return" not in body else f"def f():\n {body}").body
    except (SyntaxError, ValueError):
        return []
    node = node.body[0] if isinstance(node, ast.FunctionDef) else node
    if isinstance(node, ast.Assign):
        left = " = ".join(ast.unparse(t) for t in node.targets)
        return [f"#   {left} = ..."]
    return ["#   return ..."] if isinstance(node, ast.Return) else []


def top_names(gap: Gap) -> list[str]:
    """Names that an answer at the top of a cell binds; a check asks after them."""
    if gap.answer[0][:1].isspace():
        return []
    names: list[str] = []
    try:
        body = ast.parse("\n".join(gap.answer)).body
    except SyntaxError:
        return []
    for node in body:
        targets = getattr(node, "targets", [getattr(node, "target", None)])
        if isinstance(node, ast.Assign | ast.AnnAssign):
            walked = (n for t in targets for n in ast.walk(t))
            names += [n.id for n in walked if isinstance(n, ast.Name)
                      and isinstance(n.ctx, ast.Store)]  # fmt: skip
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.append(node.name)
    return list(dict.fromkeys(names))


def fill(text: str, answers: list[tuple[str, ...]]) -> str:
    """The exercise cell with its stubs replaced, in order, by the answers."""
    left = list(answers)
    done = STUB.sub(lambda m: "\n".join(left.pop(0)), text)
    if left:
        raise ValueError(f"{len(left)} câu trả lời không có chỗ trống")
    return done
