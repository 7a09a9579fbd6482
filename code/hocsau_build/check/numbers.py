"""Rule on results that were typed instead of glued."""

from __future__ import annotations

import re

from .page import GAP, Page
from .rule import rule

MEASURE = (
    r"\b(?:độ chính xác|mất mát|sai số|tỷ lệ lỗi|lỗi kiểm tra|lỗi huấn luyện"
    r"|chuẩn gradient|recall|precision|perplexity|AUC|F1)"
)
REACHED = (
    r"(?:đạt|(?:chỉ |xuống )?còn|(?:giảm |tụt )?xuống|(?:tăng )?lên|(?:lên )?tới"
    r"|bằng|là)"
)
#: What a run prints, not what a teacher assumes.
NUMBER = r"(?:\d+\.\d+%|\d{1,3}\.\d{2,})"
DIGITS = re.compile(r"\d\.\d")
BETWEEN = rf"(?:(?![.;:?!]\s)[^\n{GAP}\d]){{0,40}}?"
ABOUT = r"(?:(?:khoảng|chừng|cỡ|gần|hơn|chỉ)\s+)*"
MORE = r"(?:\s+(?:kiểm tra|kiểm định|huấn luyện|trung bình))*"
TYPED = re.compile(
    # Mất mát … còn 0.45; mất mát … từ 2.31 xuống 0.45; độ chính xác (kiểm tra) 0.97.
    rf"{MEASURE}{BETWEEN}\b(?:{REACHED}|từ\s+{NUMBER}\s+{REACHED})\s+{ABOUT}{NUMBER}"
    rf"|{MEASURE}{MORE}\s+{ABOUT}{NUMBER}"
    rf"|\b(?:mất|hết|tốn|xong sau|(?:xong|chạy|học) trong)\s+{ABOUT}"
    r"\d+\.\d+\s+(?:giây|phút|mili giây|ms)\b",
    re.IGNORECASE,
)
#: Said by others, assumed, or a bound: not a result of this page.
NOT_OURS = re.compile(
    r"bài báo|báo cáo|công bố|theo |giả sử|chẳng hạn|ví dụ|nếu|dưới|ít nhất|tối đa|"
    r"không quá|trở lên|trở xuống|đặt|năm (?:19|20)\d\d|tác giả",
    re.IGNORECASE,
)
#: From here on a page asks and answers; numbers there are problem data.
ASKING = {"Bài tập", "Tự kiểm tra", "Đọc thêm", "Mục tiêu"}


@rule(
    "Q01",
    title="kết quả của lần chạy được dán, không gõ",
    why="số gõ tay sai ngay khi mã đổi; người đọc chạy ra số khác thì mất tin",
    fix="glue('ten', f\"…\") trong ô ẩn ngay sau, rồi {glue:text}`ten` trong câu",
    good="# Trang\n\nTheo bài báo gốc, độ chính xác đạt 98.25%.\n",
    bad="# Trang\n\nSau năm epoch, độ chính xác đạt 97.25%.\n",
)
def typed(page: Page):
    skip = [(h.line, h.end) for h in page.headings if h.title in ASKING]
    shown = dict(zip(page.prose.numbers, page.prose.text.split("\n"), strict=True))
    for line in dict.fromkeys(line for line, _ in page.prose.find(DIGITS)):
        match = TYPED.search(shown[line])
        if match is None:
            continue
        whole = page.lines[line - 1]
        if "cite" in whole or NOT_OURS.search(whole):
            continue
        if not any(first <= line < end for first, end in skip):
            yield line, f"số gõ tay: «{' '.join(match[0].split())}»"
