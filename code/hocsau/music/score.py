"""Một bài nhạc hiện trong trang: hình nốt, nút nghe, văn bản ABC.

Trên trang sách, ``hocsau-abc.js`` vẽ thêm khuông nhạc bằng abcjs. Ở
notebook và Colab thì có hình nốt và nút nghe; khi in hay khi tắt
JavaScript thì còn hình nốt và văn bản. Cùng một bài luôn cho cùng HTML.
Nhà: mit/lab1-2.
"""

import hashlib
import html
import json

from hocsau.music import abc
from hocsau.music.modes import KEYS, LETTERS, NAMES, NATURAL
from hocsau.music.player import PLAYER

SECONDS = 2.4  # một nốt tròn kéo dài bấy nhiêu giây, tức ♩ = 100
WIDTH, LEFT, ROW = 420, 46, 15  # khổ hình nốt, điểm ảnh
PITCHES = ("C", "C♯", "D", "E♭", "E", "F", "F♯", "G", "A♭", "A", "B♭", "B")


class Score:
    """Bài ABC để ở cuối ô; ``repr`` là chính văn bản.

    ``measured``: nghe theo cao độ đo trên đàn tranh nếu hơi có số đo,
    thay cho mười hai nửa cung đều. Bài không đọc được vẫn hiện, kèm lời
    nói sai ở đâu.
    """

    def __init__(self, text: str, *, measured: bool = False):
        self.text, self.problem, self.tune = text, "", None
        self.measured = measured
        try:
            self.tune = abc.parse(text)
        except abc.AbcError as error:
            self.problem = str(error)

    def __repr__(self) -> str:
        note = f"\n({self.problem})" if self.problem else ""
        return self.text + note

    def _repr_html_(self) -> str:
        text = f"<pre>{html.escape(self.text)}</pre>"
        if self.tune is None:
            return (f'<div class="hs-abc-bad"><p>{html.escape(self.problem)}'
                    f"</p>{text}</div>")  # fmt: skip
        name = "hs" + hashlib.sha256(repr(
            (self.text, self.measured)).encode()).hexdigest()[:10]  # fmt: skip
        notes = json.dumps(self.seconds(), separators=(",", ":"))
        return (
            f'<div class="hs-abc" id="{name}">{self.roll()}'
            f"<details><summary>Văn bản ABC</summary>{text}</details>"
            f"<script>{PLAYER}hsAbc(document.getElementById('{name}'),"
            f"{notes});</script></div>"
        )

    def seconds(self) -> list[list]:
        """Danh sách nốt của trình chơi: [cao độ MIDI, bắt đầu, độ dài].

        Giây, làm tròn tới phần nghìn; cao độ ``None`` là lặng.
        """
        return [
            [self.tuned(n.pitch), round(float(n.start) * SECONDS, 3),
             round(float(n.length) * SECONDS, 3)]
            for n in self.tune.notes
        ]  # fmt: skip

    def tuned(self, pitch: int | None):
        """Cao độ để nghe: số đo trên đàn tranh, hay nguyên nửa cung."""
        key = self.tune.fields["K"]
        if pitch is None or not self.measured or key not in KEYS:
            return pitch
        tonic, mode = KEYS[key]
        above = (pitch - NATURAL[LETTERS.index(tonic)]) % 12
        if mode.cents is None or above not in mode.steps:
            return pitch
        cents = mode.cents[mode.steps.index(above)]
        return round(pitch - above + cents / 100, 2)

    def row_name(self, pitch: int) -> str:
        """Nhãn một hàng: tên bậc nếu K: là một hơi, không thì tên nốt."""
        key = self.tune.fields["K"]
        if key in KEYS:
            tonic, mode = KEYS[key]
            above = (pitch - NATURAL[LETTERS.index(tonic)]) % 12
            if above in mode.steps:
                return NAMES[mode.steps.index(above)]
        return PITCHES[pitch % 12]

    def roll(self) -> str:
        """Hình nốt: mỗi hàng một cao độ, mỗi khối một nốt, SVG."""
        notes = [n for n in self.tune.notes if n.pitch is not None]
        rows = sorted({n.pitch for n in notes}, reverse=True)
        total = float(self.tune.notes[-1].start + self.tune.notes[-1].length)
        across = (WIDTH - LEFT) / total
        y = {p: i * ROW for i, p in enumerate(rows)}
        height = len(rows) * ROW
        parts = [
            f'<text x="{LEFT - 6}" y="{y[p] + 11}">{self.row_name(p)}</text>'
            f'<path d="M{LEFT} {y[p] + 8}H{WIDTH}"/>' for p in rows
        ]  # fmt: skip
        for bar in self.tune.bars:
            x = LEFT + float(bar.notes[0].start) * across
            parts.append(f'<path d="M{x:.1f} 0V{height}"/>')
        for n in self.tune.notes:
            x = LEFT + float(n.start) * across + 1
            wide = max(float(n.length) * across - 2, 1)
            top = y.get(n.pitch, 0)
            size = ROW - 4 if n.pitch is not None else 0
            parts.append(f'<rect x="{x:.1f}" y="{top + 2}" '
                         f'width="{wide:.1f}" height="{size}"/>')  # fmt: skip
        title = html.escape(self.tune.fields["T"], quote=True)
        return (
            f'<svg class="hs-still" viewBox="0 0 {WIDTH} {height}" '
            f'role="img" aria-label="Hình nốt của bài {title}" '
            'style="width:100%;background:#fff" '
            'fill="#0072B2" stroke="none" font-size="13" '
            'text-anchor="end"><g stroke="#ddd">'
            + "".join(p for p in parts if p.startswith("<path"))
            + "</g>"
            + "".join(p for p in parts if not p.startswith("<path"))
            + "</svg>"
        )
