"""Ba hơi ngũ cung của đờn ca tài tử, làm tròn về mười hai nửa cung.

Năm bậc hò, xự, xang, xê, cống: hò, xang, xê cố định, xự và cống đổi
theo hơi. Tên bậc và cách đổi: Nguyễn Vĩnh Bảo, "Introduction to
Vietnamese Music". Số đo bằng cent: Keefe, Burns và Nguyễn, "Modal
scales of the Dan Tranh", đàn tranh của một nghệ nhân. Phím đàn piano
không có các cao độ ấy, và rung, nhấn, mổ – phần làm nên hơi – không ghi
được bằng nốt: đây chỉ là bộ xương của thang âm.
Nhà: mit/lab1-2.
"""

from dataclasses import dataclass

NAMES = ("hò", "xự", "xang", "xê", "cống")
LETTERS = "CDEFGAB"
NATURAL = (0, 2, 4, 5, 7, 9, 11)  # nửa cung của C D E F G A B


@dataclass(frozen=True)
class Mode:
    """Một hơi: tên, nửa cung của năm bậc kể từ hò, đuôi của trường K:.

    ``letters``: bậc thứ mấy trong bảy chữ cái kể từ hò; ``cents``: số
    đo trên đàn tranh, None nếu nguồn không đo.
    """

    name: str
    steps: tuple[int, ...]
    letters: tuple[int, ...]
    suffix: str
    cents: tuple[int, ...] | None = None


MODES = (
    Mode("Bắc", (0, 2, 5, 7, 9), (0, 1, 3, 4, 5), "",
         (0, 188, 500, 698, 891)),
    Mode("Xuân", (0, 2, 5, 7, 10), (0, 1, 3, 4, 6), "Mix"),
    Mode("Oán", (0, 3, 5, 7, 10), (0, 2, 3, 4, 6), "Dor",
         (0, 338, 503, 699, 1026)),
)  # fmt: skip
TONIC = "D"  # hò lấy cao độ rê, như một ví dụ lên dây của Vĩnh Bảo
KEYS = {TONIC + m.suffix: (TONIC, m) for m in MODES}


def note(key: str, index: int) -> str:
    """Tên ABC của bậc thứ ``index``: 0 là hò, 5 là hò trên một quãng 8.

    Ví dụ: ``note("DDor", 1)`` là "F", đọc là fa thường nhờ trường K:.
    """
    tonic, mode = KEYS[key]
    octave, degree = divmod(index, 5)
    at = LETTERS.index(tonic) + mode.letters[degree] + 7 * octave
    height, letter = divmod(at, 7)
    name = LETTERS[letter]
    if height > 0:
        return name.lower() + "'" * (height - 1)
    return name + "," * -height


def pitch_classes(key: str) -> frozenset[int]:
    """Năm cao độ của hơi ghi ở trường K:, tính theo nửa cung 0..11."""
    tonic, mode = KEYS[key]
    base = NATURAL[LETTERS.index(tonic)]
    return frozenset((base + step) % 12 for step in mode.steps)
