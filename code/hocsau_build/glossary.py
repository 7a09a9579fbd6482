"""The glossary as data: read by the page, the hovers, the search and the checks.

One file, ``book/phu-luc/glossary.csv`` (UTF-8, NFC), one row a term, columns:

``english``       unique; a sense or an abbreviation may follow in brackets
``vietnamese``    what running text says, or the gloss when English is kept
``keep_english``  ``yes``: running text keeps the English word
``alternates``    other renderings seen, separated by ``;``; one that opens with ``!``
                  is a mistake, and the checks refuse it in running text
``sources``       Vietnamese texts that use the chosen rendering, ``;``
``note``          why this rendering (Vietnamese); ``definition``: one sentence
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from .errors import BookError, Problem

#: Where the file lives, from the root of the book.
PLACE = "book/phu-luc/glossary.csv"
#: Longer phrases in which a term means something else, one a line.
BLOCKERS = "book/phu-luc/glossary_blockers.txt"
COLUMNS = (
    "english", "vietnamese", "keep_english", "alternates", "sources", "note",
    "definition",
)  # fmt: skip
_BRACKET = re.compile(r"^(?P<name>.+?) \((?P<inside>[^()]+)\)$")
_MOVED_D = str.maketrans("đĐ", "dD")


@dataclass(frozen=True)
class Term:
    """One term; ``line`` is its line in the file."""

    english: str
    vietnamese: str
    keep_english: bool = False
    alternates: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    note: str = ""
    definition: str = ""
    line: int = 0
    forbidden: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """English without the bracket: ``recurrent neural network (RNN)`` → first."""
        match = _BRACKET.match(self.english)
        return match["name"] if match else self.english

    @property
    def inside(self) -> str:
        """What the bracket says: an abbreviation or a sense; empty without one."""
        match = _BRACKET.match(self.english)
        return match["inside"] if match else ""

    @property
    def abbreviation(self) -> str:
        """``RNN``, ``i.i.d.``: a bracket that is a short form, not a sense."""
        inside = self.inside
        short = len(inside) <= 6 and " " not in inside and " " in self.name
        initial = inside[:1].lower() == self.name[:1].lower()
        capital = sum(c.isupper() for c in inside) >= 2 or inside.endswith(".")
        return inside if short and initial and capital else ""

    @property
    def shown(self) -> str:
        """What running text says."""
        if not self.keep_english:
            return self.vietnamese
        return self.abbreviation or self.name

    @property
    def seen(self) -> tuple[str, ...]:
        """Other renderings that are not mistakes."""
        return tuple(a for a in self.alternates if a not in self.forbidden)

    @property
    def refused(self) -> tuple[str, ...]:
        """Mistaken renderings; the gloss of a kept English word is none."""
        return tuple(a for a in self.forbidden if a != self.vietnamese)

    @property
    def slug(self) -> str:
        """ASCII anchor, unique in the glossary: ``term-bias-parameter``."""
        return "term-" + re.sub(r"[^a-z0-9]+", "-", fold(self.english)).strip("-")


def fold(text: str) -> str:
    """Lower case without marks; đ becomes d (NFD alone leaves it)."""
    plain = unicodedata.normalize("NFD", text.translate(_MOVED_D).lower())
    return "".join(c for c in plain if not unicodedata.combining(c))


def load(path: Path, shown: str = PLACE) -> list[Term]:
    """Every term, in file order; the first problem found raises ``BookError``."""
    terms, problems = read(path, shown)
    if problems:
        p = problems[0]
        raise BookError(p.path, p.line, p.rule, p.what, p.remedy)
    return terms


def blockers(path: Path) -> list[str]:
    """Phrases inside which no term is to be found; ``#`` starts a remark."""
    if not Path(path).exists():
        return []
    lines = Path(path).read_text("utf-8").splitlines()
    return [" ".join(line.partition("#")[0].split()) for line in lines if
            line.partition("#")[0].strip()]  # fmt: skip


def read(path: Path, shown: str = PLACE) -> tuple[list[Term], list[Problem]]:
    """Terms and everything that is wrong with them."""
    try:
        text = Path(path).read_bytes().decode("utf-8")
    except UnicodeDecodeError as exc:
        problem = Problem(shown, 1, "G-UTF8", str(exc), "lưu lại bằng UTF-8")
        return [], [problem]
    rows = csv.DictReader(io.StringIO(text, newline=""))
    if tuple(rows.fieldnames or ()) != COLUMNS:
        what = f"cột là {rows.fieldnames}, cần {list(COLUMNS)}"
        return [], [Problem(shown, 1, "G-COLUMNS", what, "sửa dòng đầu của tệp")]
    terms, problems = [], []
    for row in rows:
        broken = list(_row_problems(row, rows.line_num, shown))
        problems += broken
        if not broken:
            terms.append(_term(row, rows.line_num))
    return terms, problems + list(_set_problems(terms, shown))


def _term(row: dict, line: int) -> Term:
    cell = _split(row["alternates"])
    alternates = [part.removeprefix("!").strip() for part in cell]
    return Term(
        english=row["english"],
        vietnamese=row["vietnamese"],
        keep_english=row["keep_english"] == "yes",
        alternates=tuple(a for a in alternates if a != row["vietnamese"]),
        sources=_split(row["sources"]),
        note=row["note"],
        definition=row["definition"],
        line=line,
        forbidden=tuple(p[1:].strip() for p in cell if p.startswith("!")),
    )


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def _row_problems(row: dict, line: int, shown: str):
    def problem(rule: str, what: str, remedy: str) -> Problem:
        return Problem(shown, line, rule, what, remedy)

    if None in row or None in row.values():
        yield problem("G-CELLS", "dòng thừa hoặc thiếu ô", "kiểm tra dấu phẩy và nháy")
        return
    for column in ("english", "vietnamese"):
        if not row[column].strip():
            yield problem("G-EMPTY", f"cột {column} trống", "điền ô này")
    if row["keep_english"] not in ("yes", "no"):
        yield problem(
            "G-KEEP", f"keep_english là «{row['keep_english']}»", "yes hoặc no"
        )
    for column, cell in row.items():
        if cell != unicodedata.normalize("NFC", cell):
            yield problem("G-NFC", f"cột {column} không ở dạng NFC", "chuẩn hóa về NFC")
        if cell != cell.strip():
            yield problem("G-SPACE", f"cột {column} thừa dấu cách", "bỏ dấu cách thừa")


def _set_problems(terms: list[Term], shown: str):
    seen: dict[str, Term] = {}
    for term in terms:
        for key in (term.english.casefold(), term.slug):
            first = seen.setdefault(key, term)
            if first is not term:
                what = f"«{term.english}» trùng dòng {first.line}"
                yield Problem(shown, term.line, "G-TWICE", what, "gộp hai dòng")
                break
