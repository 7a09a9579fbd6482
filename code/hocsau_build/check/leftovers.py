"""Rules on what writing leaves behind."""

from __future__ import annotations

import re

from .code_cells import cell
from .page import Page
from .rule import rule

LOUD = re.compile(r"(?:TODO|FIXME|XXX|TBD|[Ll]orem ipsum)\b")
SIGNS = (";base64,", "output", 'src="data:')
OUTPUTS = re.compile(
    r"data:image/\w+;base64,|<div class=\"(?:output|cell_output)"
    r"|^```\{(?:code-)?output\}|\"output_type\":|<img[^>]+src=\"data:",
    re.MULTILINE,
)
ROOTS = (
    "/home/", "/root/", "/tmp/", "/Users/", "/content/", "/kaggle/", "/mnt/", ":\\",
)  # fmt: skip
ABSOLUTE = re.compile(
    r"(?<![\w./:-])(?:/(?:home|root|tmp|Users|content|kaggle|mnt)/[\w.-]|[A-Z]:\\\\?\w)"
)


@rule(
    "X01",
    title="không còn TODO, FIXME, XXX",
    why="người đọc không nên thấy việc người viết bỏ dở",
    fix="làm nốt, hoặc ghi vào một issue và xóa ở đây",
    good="# Trang\n\nPhần này đã xong.\n",
    bad="# Trang\n\n% TODO vẽ lại hình này\n\nLời văn.\n",
)
def notes(page: Page):
    if not LOUD.search(page.text):
        return
    for number, line in enumerate(page.lines, 1):
        if match := LOUD.search(line):
            yield number, f"còn «{match[0]}»"


@rule(
    "X02",
    title="tệp nguồn không chứa kết quả chạy",
    why="kết quả chép tay sẽ cũ mà không ai hay; máy tự chạy lấy",
    fix="xóa phần kết quả; ô mã chạy ra nó",
    good=cell("1 + 1"),
    bad="# Trang\n\n![Hình](data:image/png;base64,iVBORw0KGgo=)\n",
)
def outputs(page: Page):
    if not any(sign in page.text for sign in SIGNS):
        return
    for match in OUTPUTS.finditer(page.text):
        line = page.text.count("\n", 0, match.start()) + 1
        yield line, f"kết quả chép vào nguồn: «{match[0][:30]}»"


@rule(
    "X03",
    title="không có đường dẫn của riêng một máy",
    why="máy khác không có thư mục ấy, ô mã sẽ hỏng",
    fix="dùng đường dẫn tính từ gốc sách, hoặc tempfile",
    good=cell("from pathlib import Path\n\nPath('data')"),
    bad=cell("open('/home/an/data.csv')"),
)
def absolute(page: Page):
    if not any(root in page.text for root in ROOTS):
        return
    for match in ABSOLUTE.finditer(page.text):
        line = page.text.count("\n", 0, match.start()) + 1
        if page.scan.kinds[line - 1] in "cpo":
            yield line, f"đường dẫn tuyệt đối «{match[0]}…»"
