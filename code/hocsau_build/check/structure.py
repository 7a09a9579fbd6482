"""Rules on how a lesson is built: its sections, exercises, questions and figures."""

from __future__ import annotations

import re

from .lesson import EXERCISE, FIGURE, GOOD, LESSONS, QUESTION
from .page import Page
from .rule import rule
from .view import Heading

GOALS, TAIL = "Mục tiêu", (
    "Lỗi thường gặp", "Tóm tắt", "Bài tập", "Tự kiểm tra", "Đọc thêm",
)  # fmt: skip
STARS = re.compile(r"★{1,3} · \S")
GOAL = re.compile(r"(?:\{ref\}`(?:[^`<]*<)?|\]\(#)(ex-[\w-]+)")
ANNOUNCED = re.compile(
    r"[CBTPcbtp](?:hương|ài|rang|hần) này,? (?:(?:chúng )?(?:ta|tôi) sẽ"
    r"|sẽ (?:trình bày|giới thiệu|nói về|trang bị))"
)
LEAST_EXERCISES, LEAST_QUESTIONS, LEAST_FIGURES = 5, 3, 3
MANY_GOALS = range(3, 7)


def lesson(page: Page) -> bool:
    """Whether the page is one that teaches: a lecture, a practicum or a lab."""
    return page.is_notebook and page.kind in LESSONS


@rule(
    "S01",
    title="bài học có đủ các mục, đúng thứ tự",
    why="người đọc biết tìm mục tiêu, bài tập, tóm tắt ở đâu trên mọi trang",
    fix=f"các mục H2: {GOALS}, rồi các mục của bài, rồi {', '.join(TAIL)}",
    good=GOOD,
    bad=GOOD.replace("## Tóm tắt\n", "## Kết luận\n"),
    gentle=True,
)
def sections(page: Page):
    if not lesson(page):
        return
    found = [h for h in page.headings if h.level == 2]
    titles = [h.title for h in found]
    missing = [t for t in (GOALS, *TAIL) if t not in titles]
    for title in missing:
        yield 1, f"thiếu mục «{title}»"
    if missing:
        return
    if titles[0] != GOALS:
        yield found[0].line, f"mục «{titles[0]}» đứng trước «{GOALS}»"
    for one, title in zip(found[-len(TAIL) :], TAIL, strict=False):
        if one.title != title:
            yield one.line, f"ở đây phải là mục «{title}», không phải «{one.title}»"
            return


@rule(
    "S02",
    title=f"bài học có ít nhất {LEAST_EXERCISES} bài tập",
    why="không làm thì không biết mình đã hiểu chưa",
    fix="thêm bài: đoán trước khi chạy, suy ra công thức, viết mã",
    good=GOOD,
    bad=GOOD.replace(EXERCISE.format("e", "★★"), ""),
    gentle=True,
)
def enough_exercises(page: Page):
    where = page.section("Bài tập")
    if not lesson(page) or where is None:
        return
    count = len(page.named("exercise-start", "exercise"))
    if count < LEAST_EXERCISES:
        yield where.line, f"có {count} bài tập, cần ít nhất {LEAST_EXERCISES}"


@rule(
    "S03",
    title="bài tập có sao, nhãn và lời giải gập lại",
    why="sao cho biết độ khó; không có lời giải thì tự học bị tắc",
    fix="{exercise-start} ★★ · Tên, :label: ex-…, rồi {solution-start} ex-… với "
    ":class: dropdown",
    good=GOOD,
    bad=GOOD.replace("★★ · Bài c", "Bài c"),
    gentle=True,
)
def whole_exercises(page: Page):
    exercises = page.named("exercise-start", "exercise")
    solutions = {b.arg: b for b in page.named("solution-start", "solution")}
    for one in exercises:
        label = str(one.options.get("label") or "")
        if not STARS.match(one.arg):
            yield one.line, "tên bài tập phải là «★★ · Tên»"
        if not label.startswith("ex-"):
            yield one.line, "bài tập thiếu nhãn :label: ex-…"
        elif label not in solutions:
            yield one.line, f"bài tập {label} không có lời giải"
    known = {str(b.options.get("label")) for b in exercises}
    for label, one in solutions.items():
        if label not in known:
            yield one.line, f"lời giải cho bài {label} không có"
        elif "dropdown" not in str(one.options.get("class")):
            yield one.line, "lời giải không gập: thiếu :class: dropdown"
        if one.name == "solution" and any("code-cell" in line for line in one.raw):
            yield one.line, "ô mã trong {solution} không chạy: dùng {solution-start}"


@rule(
    "S04",
    title="mục tiêu: 3 đến 6 điều, mỗi điều trỏ tới bài tập kiểm tra nó",
    why="mục tiêu không có bài kiểm tra chỉ là lời hứa",
    fix="thêm ({ref}`ex-…`) vào cuối mỗi điều",
    good=GOOD,
    bad=GOOD.replace(" ({ref}`ex-01-1-a`)", ""),
    gentle=True,
)
def goals(page: Page):
    where = page.section(GOALS)
    if not lesson(page) or where is None:
        return
    items = list(bullets(page, where))
    if len(items) not in MANY_GOALS:
        yield where.line, f"có {len(items)} mục tiêu, cần 3 đến 6"
    known = {
        str(b.options.get("label")) for b in page.named("exercise-start", "exercise")
    }
    for line, text in items:
        aimed = GOAL.findall(text)
        if not aimed:
            yield line, "mục tiêu không trỏ tới bài tập nào"
        # Rule L01 speaks of a label that is nowhere.
        elif page.named("exercise-start") and not known & set(aimed):
            yield line, f"{aimed[0]} không phải bài tập của trang này"


def bullets(page: Page, where: Heading):
    """Line and text of each item of the lists of a section."""
    line, text = 0, ""
    for number in range(where.line + 1, where.end):
        raw = page.lines[number - 1]
        if re.match(r"[-*] ", raw):
            if line:
                yield line, text
            line, text = number, raw
        elif line:
            text += "\n" + raw
    if line:
        yield line, text


@rule(
    "S05",
    title=f"tự kiểm tra có ít nhất {LEAST_QUESTIONS} câu, đáp án gập lại",
    why="câu hỏi nhanh cho biết có nên đọc lại không",
    fix="thêm câu hỏi và :::{admonition} Đáp án với :class: dropdown",
    good=GOOD,
    bad=GOOD.replace(QUESTION.format("ba"), "Câu ba?\n\n"),
    gentle=True,
)
def questions(page: Page):
    where = page.section("Tự kiểm tra")
    if not lesson(page) or where is None:
        return
    answers = [
        b
        for b in page.named("admonition", "dropdown")
        if where.line < b.line < where.end
        and (b.name == "dropdown" or "dropdown" in str(b.options.get("class")))
    ]
    if len(answers) < LEAST_QUESTIONS:
        yield where.line, f"có {len(answers)} đáp án gập, cần ít nhất {LEAST_QUESTIONS}"


@rule(
    "S06",
    title=f"bài giảng viết mới có ít nhất {LEAST_FIGURES} hình vẽ bằng ô mã",
    why="không có gì để nhìn thì chỉ còn câu chữ",
    fix="thêm ô vẽ hình với mystnb: figure: caption và image: alt",
    good=GOOD,
    bad=GOOD.replace(FIGURE.format("c"), ""),
    gentle=True,
)
def figures(page: Page):
    if page.kind != "lecture" or not page.is_notebook:
        return
    if page.facts.get("origin") == "translation":
        return  # its figures are its source's: rule D04
    count = sum(
        bool((cell.options.get("mystnb") or {}).get("figure")) for cell in page.cells
    )
    if count < LEAST_FIGURES:
        yield 1, f"có {count} hình, cần ít nhất {LEAST_FIGURES}"


@rule(
    "S07",
    title="không mở đầu bằng lời hẹn «trong chương này chúng ta sẽ»",
    why="lời hẹn không cho người đọc thấy gì; câu hỏi hay lần chạy thì có",
    fix="vào thẳng việc: một câu hỏi, một hình, một lần chạy",
    good="# Trang\n\nVì sao mạng sâu hơn lại học dễ hơn?\n",
    bad="# Trang\n\nTrong chương này chúng ta sẽ học về mạng sâu.\n",
)
def announced(page: Page):
    for line, match in page.prose.find(ANNOUNCED):
        yield line, f"lời hẹn «{match[0]}»"
