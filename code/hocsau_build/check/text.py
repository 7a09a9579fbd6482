"""Rules on the characters of a page and on its images."""

from __future__ import annotations

import re
import unicodedata

from .page import GAP, Page
from .rule import rule

INVISIBLE = re.compile("[\u200b-\u200d\ufeff]")
NO_ALT = re.compile(r"!\[\s*\]\(")
#: A tag without alt, or with an empty one; a decoration says ``alt=""`` and bo-qua.
TAG_NO_ALT = re.compile(
    r"<img\b(?![^>]*\balt\s*=\s*(?:\"\s*[^\"\s]|'\s*[^'\s]|[^\s\"'>]))[^>]*>",
    re.IGNORECASE,
)
CODE = re.compile(r"`+[^`]+`+")


@rule(
    "C01",
    title="chữ phải ở dạng dựng sẵn (NFC)",
    why="cùng một chữ viết hai cách thì tìm kiếm và so sánh đều hụt",
    fix="chạy make check FIX=1, hoặc gõ lại dòng này bằng bộ gõ Unicode dựng sẵn",
    good="# Đạo hàm\n",
    bad="# " + unicodedata.normalize("NFD", "Đạo hàm") + "\n",
    structural=True,
    mend=lambda line: unicodedata.normalize("NFC", line),
    bytewise=True,
)
def nfc(chapter: Page):
    if unicodedata.is_normalized("NFC", chapter.text):
        return
    for number, line in enumerate(chapter.lines, 1):
        if not unicodedata.is_normalized("NFC", line):
            yield number, "có chữ tổ hợp (không phải NFC)"


@rule(
    "C02",
    title="không có ký tự vô hình",
    why="ký tự rộng bằng không làm hỏng tìm kiếm và sao chép",
    fix="chạy make check FIX=1, hoặc xóa ký tự ấy",
    good="# Đạo hàm\n",
    bad="# Đạo\u200b hàm\n",
    structural=True,
    mend=lambda line: INVISIBLE.sub("", line),
    bytewise=True,
)
def invisible(chapter: Page):
    if not INVISIBLE.search(chapter.text):
        return
    for number, line in enumerate(chapter.lines, 1):
        if match := INVISIBLE.search(line):
            yield number, f"có ký tự vô hình U+{ord(match[0]):04X}"


@rule(
    "C03",
    title="hình nào cũng có chữ thay thế",
    why="người dùng trình đọc màn hình phải biết hình cho thấy gì",
    fix="thêm mystnb: image: alt: (ô mã), :alt: ({figure}), alt= (<img>) hoặc "
    "![chữ](tệp)",
    good="# A\n\n![Đường cong đi xuống](a.svg)\n",
    bad="# A\n\n![](a.svg)\n",
    structural=True,
)
def alt_text(chapter: Page):
    for number, _ in chapter.written.find(NO_ALT):
        yield number, "ảnh không có chữ thay thế"
    if "<img" in chapter.text.lower():
        text = CODE.sub(lambda m: GAP * len(m[0]), chapter.written.text)
        for match in TAG_NO_ALT.finditer(text):
            yield chapter.written.line(match.start()), "thẻ <img> không có alt"
    for block in chapter.named("figure", "image"):
        if not block.options.get("alt"):
            yield block.line, "hình không có :alt:"
    for cell in chapter.cells:
        shown = cell.options.get("mystnb") or {}
        if (shown.get("figure") or {}).get("caption") and not (
            shown.get("image") or {}
        ).get("alt"):
            yield cell.line, "hình của ô mã không có alt"
