"""The exercise version of a notebook: stubs in place of answers, checks that speak."""

from __future__ import annotations

import json

from .. import gaps
from ..chapter import Chapter

INTRO = (
    "**Bản bài tập.** Mỗi chỗ có `# ĐIỀN` là phần của bạn: thay dòng `...` hay dòng "
    "`raise` bên dưới nó bằng mã của mình, chạy ô, rồi chạy ô kiểm tra theo sau; ô ấy "
    "nói bằng lời điều còn sai. Lời giải là chính mã trên trang."
)


def sources(chapter: Chapter, expanded: list) -> list[str]:
    """Source of every code cell of the exercise notebook, in order."""
    out, asked = [], {}
    for cell, (text, _) in zip(chapter.cells, expanded, strict=True):
        if cell.gaps:
            text = gaps.exercise(text, cell.gaps)
            asked |= {n: g.hint for g in cell.gaps for n in gaps.top_names(g)}
        if gaps.TAG in cell.tags:
            text, asked = question(asked) + text, {}
        out.append(text)
    return out


def question(asked: dict[str, str]) -> str:
    """Lines before a check that name the gap still open, not what tripped over it."""
    if not asked:
        return ""
    lines = ["from hocsau.exercise import filled", ""]
    for name, hint in asked.items():
        lines.append(f"filled({name}, {_quoted(name)}, {_quoted(hint)})")
    return "\n".join([*lines, "", ""])


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
