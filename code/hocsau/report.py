"""Báo cáo dự án trong một tệp HTML: lời, hình, bảng; không cần mạng.

Báo cáo dành cho người đọc kết quả, nên nó không phải bản xuất của
notebook: không ô mã, không phụ thuộc trình duyệt chạy JavaScript, hình
nằm ngay trong tệp, gửi qua thư hay mở trên điện thoại đều đọc được.
Lời viết bằng Markdown, thẻ HTML trong lời chỉ là chữ.
Nhà: nm/17.
"""

import base64
import io
import math
from numbers import Real
from pathlib import Path

import matplotlib as mpl

from hocsau.report_page import FIGURE, PAGE, STYLE, TABLE


class Report:
    """Báo cáo có tên, người viết và các phần theo thứ tự thêm vào."""

    def __init__(self, title: str, *, author: str = "", date: str = ""):
        if not title.strip():
            raise ValueError("Report: title rỗng; đặt tên cho báo cáo")
        self.title = title
        self.by = " · ".join(part for part in (author, date) if part)
        self.headings, self.parts = [], []

    def section(self, heading: str, text: str = "") -> None:
        """Mở một mục mới, ``text`` là lời của nó."""
        self.headings.append(heading)
        number = len(self.headings)
        form = '<h2 id="muc-{{ number }}">{{ heading }}</h2>'
        self.parts.append(filled(form, number=number, heading=heading))
        if text:
            self.text(text)

    def text(self, text: str) -> None:
        """Thêm lời viết bằng Markdown: đoạn, danh sách, bảng, mã."""
        self.parts.append(rendered(text))

    def figure(
        self, fig, *, caption: str, alt: str, format: str = "svg"
    ) -> None:
        """Thêm hình matplotlib; ``alt`` nói hình cho thấy gì.

        ``format``: "svg", hay "png" khi hình có rất nhiều điểm.
        Lỗi: ``ValueError`` nếu ``alt`` rỗng.
        """
        if not alt.strip():
            raise ValueError(
                "figure: alt rỗng; viết một câu nói hình cho thấy gì, "
                "cho người không nhìn được hình"
            )
        source = picture(fig, format)
        self.parts.append(
            filled(FIGURE, source=source, alt=alt, caption=caption)
        )

    def table(
        self, rows, *, caption: str, names=None, digits: int = 3
    ) -> None:
        """Thêm bảng từ ``rows``, mỗi hàng một từ điển cột → giá trị.

        ``names``: tên hiện ra của từng cột, cũng là cột nào và thứ tự
        nào; bỏ trống thì lấy mọi cột. Số thực làm tròn ``digits`` chữ
        số lẻ; thiếu hay nan thì hiện dấu gạch.
        """
        keys = list(names or dict.fromkeys(k for r in rows for k in r))
        if not rows or not keys:
            raise ValueError("table: rows rỗng; cần ít nhất một hàng")
        if lost := [k for k in keys if all(k not in r for r in rows)]:
            raise ValueError(f"table: không hàng nào có {lost[0]!r}")
        columns = [[plain(row.get(k)) for row in rows] for k in keys]
        kinds = [
            ' class="number"' if numeric(column) else ""
            for column in columns
        ]
        cells = [[shown(v, digits) for v in c] for c in columns]
        self.parts.append(
            filled(
                TABLE,
                caption=caption,
                heads=[(names or {}).get(key, key) for key in keys],
                kinds=kinds,
                rows=list(zip(*cells, strict=True)),
            )
        )

    def html(self) -> str:
        """Cả báo cáo dưới dạng một chuỗi HTML."""
        if not self.parts:
            raise ValueError("Report: chưa có phần nào; gọi section")
        return filled(
            PAGE,
            style=STYLE,
            title=self.title,
            by=self.by,
            headings=self.headings,
            parts=self.parts,
        )

    def save(self, path) -> Path:
        """Ghi báo cáo vào ``path`` (.html), tạo thư mục nếu cần."""
        path = Path(path)
        if path.suffix != ".html":
            raise ValueError(
                f"save: {path.name}; tên tệp phải kết thúc bằng .html"
            )
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(self.html(), encoding="utf-8")
        return path


def filled(form: str, **values) -> str:
    """Điền khuôn Jinja; mọi chữ đều được vô hiệu hóa thẻ HTML."""
    from jinja2 import Environment

    make = Environment(autoescape=True, trim_blocks=True)
    return make.from_string(form).render(**values)


def rendered(text: str) -> str:
    """Markdown → HTML; không thẻ HTML, không ảnh lấy từ mạng."""
    from markdown_it import MarkdownIt

    reader = MarkdownIt("commonmark", {"html": False})
    return reader.enable("table").disable("image").render(text)


def picture(fig, format: str) -> str:
    """Hình thành địa chỉ data: chứa trọn tệp ảnh.

    Mỗi hình là một tài liệu riêng nên tên bên trong các hình SVG không
    đụng nhau; cùng số liệu thì cùng chuỗi.
    """
    kinds = {"svg": "image/svg+xml", "png": "image/png"}
    if format not in kinds:
        raise ValueError(
            f'figure: format = {format!r}; chọn "svg" hay "png"'
        )
    out = io.BytesIO()
    options = {"format": format, "dpi": 160, "facecolor": "white"}
    if format == "svg":
        options["metadata"] = {"Date": None}
    with mpl.rc_context({"svg.hashsalt": "hocsau"}):
        fig.savefig(out, **options)
    data = base64.b64encode(out.getvalue()).decode()
    return f"data:{kinds[format]};base64,{data}"


def plain(value):
    """Số của NumPy hay PyTorch thành số của Python."""
    return value.item() if hasattr(value, "item") else value


def numeric(column) -> bool:
    """Cột toàn số (hay thiếu) thì căn phải."""
    kept = [v for v in column if v is not None]
    return bool(kept) and all(isinstance(v, Real) for v in kept)


def shown(value, digits: int) -> str:
    """Giá trị của một ô, viết cho người đọc."""
    if value is None:
        return "–"
    if isinstance(value, bool) or not isinstance(value, Real):
        return str(value)
    if not math.isfinite(value):
        return "–" if math.isnan(value) else str(value)
    if isinstance(value, int):
        return str(value)
    tiny = value != 0 and abs(value) < 10.0**-digits
    return f"{value:.{digits}g}" if tiny else f"{value:.{digits}f}"
