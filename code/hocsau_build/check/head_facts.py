"""Rules on what the front matter says: it agrees with the maps and the modules."""

from __future__ import annotations

import datetime as dt
import re
from difflib import get_close_matches

from ..upstream.drift import COMMIT
from .head import GOOD, line_of
from .page import Page
from .rule import Source, rule

KNOWN = {
    "id", "kind", "state", "source", "prerequisites", "minutes", "modules", "data",
    "authors", "translators", "reviewers", "origin", "license", "updated", "title",
}  # fmt: skip
STATES = ("skeleton", "draft", "reviewed")
HOME = re.compile(r"Nhà: ([\w/.-]+?)\.?\s*$", re.MULTILINE)
MAP = """\
course: nyu
title_en: Course
pages:
- {id: nyu/01-1, kind: lecture, title_en: A, title_vi: A, topics: [a, b]}
- {id: nyu/01-2, kind: lecture, title_en: B, title_vi: B, topics: [a]}
"""
SOURCE = '  source: {course: nyu, page: "01-1", commit: "3049c832"}\n'
#: The same map, where the first page has a file upstream at a known commit.
DATED = MAP.replace("[a, b]}", '[a, b], source: {path: a.md, commit: "3049c832"}}')
PLACE = "book/_syllabus/nyu.yml"


def with_line(line: str) -> str:
    """The good head with one more line."""
    return GOOD.replace("  minutes: 45\n", f"  minutes: 45\n{line}")


@rule(
    "H05",
    title="prerequisites phải là id của trang có trong sách hoặc trong bản đồ phủ",
    why="đầu trang mời người đọc học trước những trang ấy",
    fix="sửa id; xem các id bằng make status",
    good={"book/a.md": with_line("  prerequisites: [nyu/01-2]\n"), PLACE: MAP},
    bad={"book/a.md": with_line("  prerequisites: [nyu/01-9]\n"), PLACE: MAP},
)
def prerequisites(page: Page, source: Source):
    known = source.ids.keys() | source.upstream.keys()
    line = line_of(page, "prerequisites")
    for name in page.facts.get("prerequisites") or []:
        if name == page.facts.get("id"):
            yield line, f"trang tự lấy mình làm điều kiện: {name}"
        elif name not in known:
            yield line, f"không có trang nào id {name}" + _perhaps(str(name), known)


@rule(
    "H06",
    title="source và id phải chỉ đúng một trang của bản đồ phủ, ở một commit",
    why="liên kết tới bản gốc, ghi công, bảng tiến độ và tin bài gốc đổi lấy từ đó",
    fix="ghi source: {course, page, commit} và id như trong book/_syllabus/",
    good={"book/a.md": with_line(SOURCE), PLACE: DATED},
    bad={"book/a.md": with_line(SOURCE.replace('"3049c832"', "null")), PLACE: DATED},
)
def upstream(page: Page, source: Source):
    facts, own = page.facts.get("source"), page.facts.get("id")
    origin = source.upstream.get(str(own))
    known = origin.source if origin else {}
    if facts is None:
        if known:
            yield line_of(page, "id"), f"thiếu source: {own} có bài gốc"
        return
    if not source.upstream:
        return
    line = line_of(page, "source")
    if not isinstance(facts, dict) or not {"course", "page"} <= facts.keys():
        yield line, "source thiếu course hoặc page"
        return
    matches = [
        p.id for p in source.upstream.values()
        if p.course == facts["course"] and p.short == str(facts["page"])
    ]  # fmt: skip
    if not matches:
        where = f"{facts['course']} trang {facts['page']}"
        yield line, f"bản đồ phủ không có {where}"
    elif own not in matches:
        yield line, f"id là {own} nhưng source là {matches[0]}"
    elif known.get("commit") and not COMMIT.fullmatch(str(facts.get("commit"))):
        yield line, f'source thiếu commit, như commit: "{known["commit"]}"'


@rule(
    "H07",
    title="updated phải là một ngày có thật, viết năm-tháng-ngày",
    why="trang ghi ngày sửa cuối, và bảng tiến độ xếp theo nó",
    fix='viết updated: "2026-11-21"',
    good=GOOD,
    bad=GOOD.replace("2026-11-21", "21/11/2026"),
)
def updated(page: Page):
    given = page.facts.get("updated")
    if not isinstance(given, str):
        return  # rules H01 and H03 speak of it
    try:
        fine = dt.date.fromisoformat(given).isoformat() == given
    except ValueError:
        fine = False
    if not fine:
        yield line_of(page, "updated"), f"«{given}» không phải năm-tháng-ngày"


@rule(
    "H08",
    title="mô-đun trong modules phải có và nhận trang này là nhà",
    why="người đọc mã và người đọc trang tìm thấy nhau qua hai dòng này",
    fix="sửa tên trong modules, hoặc dòng «Nhà: id.» ở docstring của mô-đun",
    good={
        "book/a.md": with_line("  modules: [kim.a]\n"),
        "code/kim/a.py": '"""Phép thử.\n\nNhà: nyu/01-1.\n"""\n',
    },
    bad={
        "book/a.md": with_line("  modules: [kim.a]\n"),
        "code/kim/a.py": '"""Phép thử.\n\nNhà: nyu/01-2.\n"""\n',
    },
)
def modules(page: Page, source: Source):
    line = line_of(page, "modules")
    for name in page.facts.get("modules") or []:
        parts = source.book.code.joinpath(*str(name).split("."))
        path = parts / "__init__.py" if parts.is_dir() else parts.with_suffix(".py")
        if not path.is_file():
            yield line, f"không có mô-đun {name} trong code/"
            continue
        match = HOME.search(path.read_text("utf-8")[:3000])
        home = match[1] if match else "chưa ghi"
        if home != page.facts.get("id"):
            yield line, f"mô-đun {name} ghi nhà là {home}"


@rule(
    "H09",
    title="mục của phần đầu tệp phải đúng tên, đúng kiểu",
    why="mục sai tên bị bỏ qua mà không ai hay",
    fix="sửa như mẫu trong CONTRIBUTING.md",
    good=GOOD,
    bad=with_line("  prerequisite: [nyu/01-0]\n"),
)
def keys(page: Page):
    facts = page.facts
    for key in facts.keys() - KNOWN:
        if near := get_close_matches(str(key), KNOWN, 1, 0.75):
            yield line_of(page, str(key)), f"mục {key} lạ; có phải {near[0]}?"
    minutes = facts.get("minutes")
    if minutes is not None and (type(minutes) is not int or not 0 < minutes < 600):
        yield line_of(page, "minutes"), "minutes phải là số phút nguyên"
    for key in ("authors", "prerequisites", "modules", "data", "translators"):
        if not isinstance(facts.get(key), list | None):
            yield line_of(page, key), f"{key} phải là danh sách trong ngoặc vuông"
    if "authors" in facts and not facts["authors"]:
        yield line_of(page, "authors"), "authors trống"
    if facts.get("state", STATES[0]) not in STATES:
        yield line_of(page, "state"), f"state chỉ nhận {', '.join(STATES)}"


def _perhaps(name: str, known) -> str:
    near = get_close_matches(name, list(known), 1, 0.6)
    return f"; có phải {near[0]}?" if near else ""
