"""Chấm một bài ABC do máy viết: đọc được, đủ nhịp, đúng hơi, về hò.

Bốn câu hỏi có đáp án chắc chắn; bài hay hay dở thì không hỏi máy.
Nhà: mit/lab1-2.
"""

from dataclasses import dataclass

from hocsau.music import abc
from hocsau.music.modes import KEYS, LETTERS, NATURAL, pitch_classes


@dataclass(frozen=True)
class Report:
    """Kết quả chấm; ``problem`` là lỗi đầu tiên bằng lời, hay rỗng.

    ``parses``: đọc được; ``bars``: ô nào cũng đủ phách theo M:;
    ``mode``: nốt nào cũng thuộc hơi ở K:; ``home``: nốt cuối là hò;
    ``four``: đúng bốn câu; ``form``: câu 3 trong bốn câu chép y câu 1.
    """

    parses: bool
    bars: bool = False
    mode: bool = False
    home: bool = False
    four: bool = False
    form: bool = False
    problem: str = ""

    @property
    def valid(self) -> bool:
        """Đọc được, đủ nhịp và đúng hơi."""
        return self.parses and self.bars and self.mode


def check(text: str) -> Report:
    """Chấm một bài; không bao giờ báo lỗi, dù ``text`` là gì."""
    try:
        tune = abc.parse(text)
    except abc.AbcError as error:
        return Report(parses=False, problem=str(error))
    key = tune.fields["K"]
    known = key in KEYS
    bad_bar = wrong_bar(tune)
    foreign = foreign_note(tune) if known else "K: không phải một hơi"
    return Report(
        parses=True, bars=not bad_bar, mode=not foreign,
        home=known and ends_home(tune),
        four=body(text).count("\n") == 3, form=has_form(text),
        problem=bad_bar or foreign,
    )  # fmt: skip


def wrong_bar(tune: abc.Tune) -> str:
    """Lời tả ô đầu tiên thiếu hay thừa phách; rỗng nếu ô nào cũng đủ."""
    for number, bar in enumerate(tune.bars, 1):
        if bar.length != tune.meter:
            return (f"ô {number} (dòng {bar.line}) dài {bar.length}, "
                    f"M: đòi {tune.meter}")  # fmt: skip
    return ""


def foreign_note(tune: abc.Tune) -> str:
    """Lời tả nốt đầu tiên ngoài hơi ở K:; rỗng nếu không có."""
    allowed = pitch_classes(tune.fields["K"])
    for number, bar in enumerate(tune.bars, 1):
        for note in bar.notes:
            if note.pitch is not None and note.pitch % 12 not in allowed:
                return f"ô {number} (dòng {bar.line}) có nốt ngoài hơi"
    return ""


def ends_home(tune: abc.Tune) -> bool:
    """Nốt cuối có phải hò không."""
    home = NATURAL[LETTERS.index(tune.fields["K"][0])]
    last = tune.notes[-1].pitch
    return last is not None and last % 12 == home


def body(text: str) -> str:
    """Phần nhạc của một bài, sau dòng K:."""
    lines = text.strip("\n").split("\n")
    after = [i for i, line in enumerate(lines) if line.startswith("K:")]
    return "\n".join(lines[after[0] + 1 :]) if after else ""


def has_form(text: str) -> bool:
    """Bốn câu A B A C: câu 3 chép y câu 1."""
    lines = body(text).split("\n")
    return len(lines) == 4 and lines[2] == lines[0]


def share(texts, what: str = "valid") -> float:
    """Tỷ lệ bài đạt ``what``, một tên trong [Report]."""
    found = [bool(getattr(check(t), what)) for t in texts]
    return sum(found) / len(found)


class Copies:
    """Tìm đoạn dài nhất của một bài nằm nguyên trong tập huấn luyện."""

    def __init__(self, texts):
        self.corpus = "\n\n".join(body(t) for t in texts)
        self.grams: dict[int, set[str]] = {}

    def known(self, length: int) -> set[str]:
        """Mọi đoạn dài ``length`` của phần nhạc tập huấn luyện."""
        if length not in self.grams:
            stop = len(self.corpus) - length + 1
            self.grams[length] = {self.corpus[i : i + length] for i in range(stop)}
        return self.grams[length]

    def longest(self, text: str) -> int:
        """Số ký tự của đoạn chép dài nhất trong phần nhạc của ``text``.

        Đoạn dài L có mặt thì mọi đoạn con cũng có mặt, nên tìm nhị phân.
        """
        notes = body(text)
        low, high = 0, len(notes)
        while low < high:
            mid = (low + high + 1) // 2
            known = self.known(mid)
            runs = range(len(notes) - mid + 1)
            if any(notes[i : i + mid] in known for i in runs):
                low = mid
            else:
                high = mid - 1
        return low
