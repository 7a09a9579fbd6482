"""Đọc một bài ABC: đầu bài, nốt, ô nhịp; lỗi nói rõ dòng và cột.

Đọc phần lõi của chuẩn ABC 2.1: các trường đầu bài, nốt có dấu hóa, quãng
tám, độ dài, dấu lặng, liên ba, nhịp chấm > <, ô nhịp và dấu nhắc lại.
Hợp âm, bè, lời ca thì không. Nguồn: abcnotation.com/wiki/abc:standard.
Nhà: mit/lab1-2.
"""

import re
from dataclasses import dataclass, field
from fractions import Fraction

from hocsau.music.fields import (
    key_signature,
    meter_length,
    unit_length,
)
from hocsau.music.modes import LETTERS, NATURAL

ACCIDENTALS = {"^": 1, "^^": 2, "_": -1, "__": -2, "=": 0}
LENGTH = r"(?P<n>\d*)(?P<d>/*\d*)"
TOKEN = re.compile(
    r"(?P<bar>::|:?\|[|\]:]?|\[\|)(?P<ending>[1-9])?"
    r"|(?P<second>\[[1-9])|\((?P<tuplet>\d)"
    r"|(?P<acc>\^{1,2}|_{1,2}|=)?"
    rf"(?P<letter>[A-Ga-gzx])(?P<octave>[,']*){LENGTH}"
    r"|(?P<broken>>+|<+)|(?P<skip>[ \-()~.!vuHT]|\{[^}]*\}|\"[^\"]*\")"
)
TUPLETS = {2: (3, 2), 3: (2, 3), 4: (3, 4), 6: (2, 6)}


class AbcError(ValueError):
    """Văn bản không phải ABC đúng: ``line`` và ``column`` đếm từ 1."""

    def __init__(self, line: int, column: int, what: str):
        super().__init__(f"dòng {line}, cột {column}: {what}")
        self.line, self.column, self.what = line, column, what


@dataclass(frozen=True)
class Note:
    """Một nốt: cao độ MIDI (None là lặng), chỗ bắt đầu và độ dài.

    Thời gian tính bằng phần của nốt tròn, phân số chính xác.
    """

    pitch: int | None
    start: Fraction
    length: Fraction


@dataclass
class Bar:
    """Một ô nhịp: nốt, dòng chứa nó, và vạch đóng nó lại."""

    notes: list[Note]
    line: int
    closing: str = ""

    @property
    def length(self) -> Fraction:
        """Tổng độ dài các nốt, phần của nốt tròn."""
        return sum((n.length for n in self.notes), Fraction(0))


@dataclass
class Tune:
    """Một bài: trường đầu bài theo chữ cái, các ô, độ dài ô theo M:."""

    fields: dict[str, str]
    meter: Fraction
    bars: list[Bar] = field(default_factory=list)

    @property
    def notes(self) -> list[Note]:
        """Mọi nốt và dấu lặng, theo thứ tự."""
        return [n for bar in self.bars for n in bar.notes]


def note_length(n: str, d: str) -> Fraction:
    """Bội số của độ dài đơn vị: "3/2" → 3/2, "/" → 1/2, "" → 1."""
    slashes = d.count("/")
    bottom = d.strip("/")
    below = int(bottom) if bottom else 2**slashes
    if bottom == "0" or n == "0":
        raise ValueError("độ dài bằng 0")
    return Fraction(int(n or 1), below)


def split_header(text: str) -> tuple[dict[str, str], list[tuple]]:
    """Tách trường đầu bài (tới K:) và các dòng nhạc kèm số dòng.

    Lỗi: ``AbcError`` nếu thiếu X:, T:, M:, L: hay K:, hay sai thứ tự.
    """
    fields: dict[str, str] = {}
    lines = text.strip("\n").split("\n")
    for at, line in enumerate(lines):
        if not re.match(r"[A-Za-z]:", line):
            raise AbcError(at + 1, 1, "cần một trường như T: trước K:")
        if not fields and line[0] != "X":
            raise AbcError(at + 1, 1, "bài phải mở bằng X:")
        fields.setdefault(line[0], line[2:].strip())
        if line[0] == "K":
            break
    missing = [c for c in "XTMLK" if c not in fields]
    if missing:
        raise AbcError(len(lines), 1, f"thiếu trường {missing[0]}:")
    if not fields["X"].isdigit():
        raise AbcError(1, 3, "X: phải là một số")
    return fields, list(enumerate(lines[at + 1 :], at + 2))


def parse(text: str) -> Tune:
    """Đọc một bài.

    Lỗi: ``AbcError`` ở chỗ đầu tiên không hiểu được, hoặc khi bài không
    có nốt nào hay ô cuối không đóng.
    """
    fields, body = split_header(text)
    checks = {"M": meter_length, "L": unit_length, "K": key_signature}
    for name, read in checks.items():
        try:
            read(fields[name])
        except ValueError as error:
            line = list(fields).index(name) + 1
            raise AbcError(line, 3, str(error)) from None
    tune = Tune(fields, meter_length(fields["M"]))
    reader = Reader(unit_length(fields["L"]), key_signature(fields["K"]))
    for number, line in body:
        if not re.match(r"[A-Za-z]:|%", line):
            reader.read_line(line, number)
    tune.bars = reader.finish(body[-1][0] if body else 1)
    return tune


class Reader:
    """Đọc dần các dòng nhạc; giữ dấu hóa trong ô, liên ba, nhịp chấm."""

    def __init__(self, unit: Fraction, signature: dict[str, int]):
        self.unit, self.signature = unit, signature
        self.bars: list[Bar] = []
        self.open = Bar([], 0)
        self.time = Fraction(0)
        self.marks: dict[str, int] = {}  # dấu hóa bất thường trong ô
        self.scale, self.left = Fraction(1), 0  # liên ba đang mở
        self.dotted = Fraction(1)  # nốt sau dấu > hay <

    def read_line(self, line: str, number: int) -> None:
        """Đọc một dòng nhạc. Lỗi: ``AbcError``."""
        at = 0
        line = line.rstrip().rstrip("\\")
        while at < len(line):
            token = TOKEN.match(line, at)
            try:
                if token is None:
                    raise ValueError(f"không hiểu {line[at]!r}")
                self.take(token, number)
            except ValueError as error:
                raise AbcError(number, at + 1, str(error)) from None
            at = token.end()

    def take(self, token: re.Match, number: int) -> None:
        """Một dấu hiệu: vạch nhịp, nốt, liên ba hay nhịp chấm."""
        if token["bar"]:
            self.close(token["bar"])
        elif token["tuplet"]:
            p = int(token["tuplet"])
            if p not in TUPLETS:
                raise ValueError(f"không hiểu liên {p}")
            top, self.left = TUPLETS[p]
            self.scale = Fraction(top, p)
        elif token["letter"]:
            self.open.line = self.open.line or number
            self.add(token)
        elif token["broken"]:
            self.shift(token["broken"])

    def add(self, token: re.Match) -> None:
        """Thêm một nốt hay dấu lặng vào ô đang mở."""
        length = self.unit * note_length(token["n"], token["d"])
        length *= self.dotted * (self.scale if self.left else 1)
        self.dotted, self.left = Fraction(1), max(0, self.left - 1)
        note = Note(self.pitch(token), self.time, length)
        self.time += length
        self.open.notes.append(note)

    def pitch(self, token: re.Match) -> int | None:
        """Cao độ MIDI: đô giữa (C) là 60."""
        letter, octave = token["letter"], token["octave"]
        if letter in "zx":
            return None
        upper = letter.upper()
        if token["acc"]:  # tới hết ô, ở mọi quãng tám
            self.marks[upper] = ACCIDENTALS[token["acc"]]
        shift = self.marks.get(upper, self.signature.get(upper, 0))
        height = (letter != upper) + octave.count("'") - octave.count(",")
        return 60 + NATURAL[LETTERS.index(upper)] + 12 * height + shift

    def shift(self, mark: str) -> None:
        """Nhịp chấm: ``a>b`` kéo dài a thêm nửa, bớt b đi nửa."""
        if not self.open.notes:
            raise ValueError(f"{mark} phải đứng sau một nốt")
        short = Fraction(1, 2 ** len(mark))
        change = {">": 2 - short, "<": short}[mark[0]]
        self.dotted = 2 - change
        last = self.open.notes.pop()
        self.time += last.length * (change - 1)
        self.open.notes.append(Note(last.pitch, last.start, last.length * change))

    def close(self, mark: str) -> None:
        """Đóng ô; vạch đứng đầu dòng hay hai vạch liền không tạo ô."""
        self.marks = {}
        if self.open.notes:
            self.open.closing = mark
            self.bars.append(self.open)
            self.open = Bar([], 0)
        elif self.bars:
            self.bars[-1].closing += mark

    def finish(self, last_line: int) -> list[Bar]:
        """Các ô đã đọc. Lỗi: ``AbcError`` nếu ô cuối chưa đóng."""
        if self.open.notes:
            raise AbcError(last_line, 1, "ô cuối chưa đóng bằng |")
        if not self.bars:
            raise AbcError(last_line, 1, "bài không có nốt nào")
        return self.bars
