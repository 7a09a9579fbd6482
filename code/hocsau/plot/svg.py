"""Ghi hình SVG nhẹ hơn: bớt chữ số thừa, ép bảng màu của ảnh nhúng.

Tọa độ giữ hai chữ số lẻ (0.01 điểm in, mắt không thấy); ảnh nhúng còn
128 màu.
Nhà: nyu/01-3.
"""

import base64
import codecs
import io
import re

from matplotlib import cbook
from matplotlib.backend_bases import register_backend
from matplotlib.backends.backend_svg import FigureCanvasSVG
from PIL import Image

PALETTE = 128  # số màu của ảnh nhúng, kể cả các mức trong suốt
NUMBER = re.compile(r"-?\d+\.\d+")
OUTLINE = re.compile(r' d="([^"]*)"')
PLACE = re.compile(r'( (?:x|y|width|height)=")(-?\d+\.\d+)(?=")')
PICTURE = re.compile(r'(?<=base64,)[^"]+')


def short(number: str) -> str:
    """Làm tròn về hai chữ số lẻ, bỏ số 0 thừa: "12.300001" → "12.3"."""
    text = f"{float(number):.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def outline(d: str) -> str:
    """Rút gọn một đường SVG: "M 1.0001 2 \\nL 3 4" → "M1 2L3 4"."""
    d = NUMBER.sub(lambda m: short(m[0]), d)
    return re.sub(r"\s*([A-Za-z])\s*", r"\1", " ".join(d.split()))


def picture(code: str) -> str:
    """Đổi ảnh PNG (base64) sang bảng màu; giữ ảnh cũ nếu nó nhẹ hơn."""
    old, out = base64.b64decode(code), io.BytesIO()
    image = Image.open(io.BytesIO(old)).convert("RGBA")
    image = image.quantize(PALETTE, Image.Quantize.FASTOCTREE)
    image.save(out, "png", optimize=True)
    return base64.b64encode(min(old, out.getvalue(), key=len)).decode()


def lighten(svg: str) -> str:
    """Cùng một hình SVG, viết bằng ít ký tự hơn."""
    svg = OUTLINE.sub(lambda m: f' d="{outline(m[1])}"', svg)
    svg = PLACE.sub(lambda m: m[1] + short(m[2]), svg)
    svg = re.sub(r"\n\s+", "\n", svg)
    return PICTURE.sub(lambda m: picture(m[0]), svg)


class LightCanvas(FigureCanvasSVG):
    """Khung vẽ SVG của matplotlib, thêm bước rút gọn trước khi ghi."""

    def print_svg(
        self, filename, *, bbox_inches_restore=None, metadata=None, **_
    ):
        text = io.StringIO()
        super().print_svg(
            text,
            bbox_inches_restore=bbox_inches_restore,
            metadata=metadata,
        )
        with cbook.open_file_cm(filename, "w", encoding="utf-8") as to:
            if not cbook.file_requires_unicode(to):
                to = codecs.getwriter("utf-8")(to)
            to.write(lighten(text.getvalue()))


def use() -> None:
    """Từ đây mọi hình ghi ra SVG đều đi qua ``LightCanvas``."""
    register_backend("svg", LightCanvas, "SVG nhẹ")
