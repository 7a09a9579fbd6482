"""Rules on numbers, punctuation and lines."""

from __future__ import annotations

import re

from .page import INLINE, Page
from .rule import rule

NARROW = "\u202f"
#: Unmistakable thousands: two groups or more after commas or points, or « 000».
THOUSANDS = re.compile(
    r"(?<![\d.,\w])[1-9]\d{0,2}"
    r"(?:(?:,\d{3}){2,}|(?:\.\d{3}){2,}|(?: \d{3})* 000)(?![\d,\w]|[.,]\d)"
)
#: A thousand, a decimal or two numbers: only its author can say.
COMMA = re.compile(r"(?<![\d.,\w])\d+(?:,\d+)+(?![\d\w]|[.,]\d)")
PERCENT = re.compile(r"\d[ \u00a0\u202f]%")
SPACED = re.compile(r"(?<=[^\W_]) +[,;:!?.](?=\s|$)", re.MULTILINE)
DASH = re.compile(r"(?<=\S)(?: - |\s?—\s?)(?=\S)")
QUOTES = re.compile("[“”„«»]")
SENTENCE = re.compile(r"(?<=[^\W\d_][^\W\d_])([.?!]) (?=[A-ZĐÂĂÊÔƠƯÁÀẢÃẠÉẺÍÓÒÚÝ])")
ENDS = re.compile("[.?!] ")
SHORT = re.compile(
    r"\b(?:TS|ThS|GS|PGS|KS|Mr|Mrs|Dr|Prof|St|vs|Fig|Eq|Sec|No|pp|vol|tr)\.$"
)
ITALIC = re.compile(r"(?<![*\w])\*(?![*\s])([^*\n]+?)(?<!\s)\*(?![*\w])")
MARKED = re.compile(
    "[ăâđêôơưĂÂĐÊÔƠƯáàảãạéèẻẽẹíìỉĩịóòỏõọúùủũụýỳỷỹỵấầẩẫậắằẳẵặếềểễệốồổỗộớờởỡợứừửữự]"
)
#: Lines that hold several short sentences on purpose.
LISTED = re.compile(r"\s*(?:[-*+:|>]|\d+[.)]|\*\*)")


def mend_thousands(line: str) -> str:
    """The line with a narrow space between groups of three digits."""
    return THOUSANDS.sub(lambda m: re.sub("[., ]", NARROW, m[0]), line)


def mend_percent(line: str) -> str:
    """The line with 95% in one piece."""
    return PERCENT.sub(lambda m: m[0][0] + "%", line)


def mend_spaced(line: str) -> str:
    """The line without spaces before punctuation."""
    return SPACED.sub(lambda m: m[0].lstrip(), line)


@rule(
    "C08",
    title="hàng nghìn cách nhau bằng khoảng trắng hẹp",
    why="dấu chấm và dấu phẩy giữa các chữ số bị đọc thành dấu thập phân",
    fix="chạy make check FIX=1, hoặc viết 60 000 với khoảng trắng hẹp (U+202F)",
    good="# Trang\n\nCó 60\u202f000 ảnh, lệch 1.544 lần.\n",
    bad="# Trang\n\nCó 1,200,000 ảnh.\n",
    mend=mend_thousands,
)
def thousands(page: Page):
    for line, match in page.prose.find(THOUSANDS):
        yield line, f"các nhóm ba chữ số của «{match[0]}»"


@rule(
    "C13",
    title="không có dấu phẩy dính giữa hai chữ số: viết 3.14, 60\u202f000, (0, 255)",
    why="3,14 là một số hay hai số, 1,200 là một phẩy hai hay một nghìn hai: "
    "người đọc phải đoán",
    fix="số thập phân viết dấu chấm như trong mã, hàng nghìn viết khoảng trắng hẹp "
    "(U+202F), hai số thì thêm khoảng trắng sau dấu phẩy",
    good="# Trang\n\nSố pi là 3.14; các điểm ảnh thuộc [0, 255]; `f(1,200)`.\n",
    bad="# Trang\n\nSố pi là 3,14.\n",
)
def comma(page: Page):
    for line, match in page.prose.find(COMMA):
        if not THOUSANDS.fullmatch(match[0]):
            yield line, f"dấu phẩy trong «{match[0]}»"


@rule(
    "C09",
    title="không có khoảng trắng trước dấu phần trăm và dấu câu",
    why="dấu câu rơi xuống đầu dòng sau trên điện thoại",
    fix="chạy make check FIX=1, hoặc xóa khoảng trắng ấy",
    good="# Trang\n\nĐúng 95% số ảnh, sai 5%.\n",
    bad="# Trang\n\nĐúng 95 % số ảnh.\n",
    mend=lambda line: mend_spaced(mend_percent(line)),
)
def tight(page: Page):
    for line, match in page.prose.find(PERCENT):
        yield line, f"«{match[0]}» viết liền"
    for line, match in page.prose.find(SPACED):
        yield line, f"khoảng trắng trước «{match[0].strip()}»"


@rule(
    "C10",
    title="gạch giữa hai vế là gạch ngang ngắn có khoảng trắng; nháy kép thẳng",
    why="gạch nối dành cho từ mượn; cả sách một kiểu nháy",
    fix='viết " – " giữa hai vế, và "…" quanh lời dẫn',
    good='# Trang\n\nHai vế – thế này – và "nháy thẳng"; nơ-ron.\n',
    bad="# Trang\n\nHai vế - thế này.\n",
)
def marks(page: Page):
    for line, match in page.prose.find(DASH):
        if page.lines[line - 1].lstrip()[:1] != "|":
            yield line, f"«{match[0].strip()}» giữa hai vế"
    for line, match in page.prose.find(QUOTES):
        yield line, f"nháy «{match[0]}»" if match[0] not in "«»" else "nháy « »"


def mend_sentences(line: str) -> str:
    """The line broken after each sentence."""
    return "\n".join(_sentences(line))


def _sentences(line: str) -> list[str]:
    masked = INLINE.sub(lambda m: "\ufffc" * len(m[0]), line)
    out, at = [], 0
    for match in SENTENCE.finditer(masked):
        if not SHORT.search(masked[: match.end(1)]):
            out.append(line[at : match.end(1)])
            at = match.end()
    return [*out, line[at:]]


@rule(
    "C11",
    title="mỗi câu một dòng trong tệp",
    why="bản sửa cho thấy đúng câu đã đổi",
    fix="chạy make check FIX=1, hoặc xuống dòng sau dấu chấm",
    good="# Trang\n\nCâu một của TS. An.\nCâu hai.\n\n- Mục một. Nói thêm.\n",
    bad="# Trang\n\nCâu một. Câu hai.\n",
    mend=mend_sentences,
)
def one_sentence(page: Page):
    listed = False
    for number, line in zip(
        page.prose.numbers, page.prose.text.split("\n"), strict=True
    ):
        if page.scan.kinds[number - 1] != "p":
            listed = False
            continue
        # A line under a list item belongs to it.
        listed = bool(LISTED.match(line)) or (listed and line[:1] == " ")
        if not listed and ENDS.search(line) and len(_sentences(line)) > 1:
            yield number, "hai câu trên một dòng"


@rule(
    "C12",
    title="chữ nghiêng chỉ dành cho tiếng Anh chua thêm",
    why="người đọc nhận ra từ gốc nhờ chữ nghiêng; nhấn mạnh bằng cách xếp câu",
    fix="bỏ dấu sao; thuật ngữ mới thì in đậm một lần",
    good="# Trang\n\n**Lan truyền ngược** (*backpropagation*) tính gradient.\n",
    bad="# Trang\n\nĐiều này *rất quan trọng*.\n",
)
def italics(page: Page):
    for line, match in page.prose.find(ITALIC):
        if MARKED.search(match[1]):
            yield line, f"«{match[1]}» in nghiêng"
