"""What a recorded output may hold: plain text, pictures, tables; nothing that acts.

HTML is cleaned when it is recorded. When it is read it must already be clean: a file
that our own tool could not have written is refused whole, not mended in silence.
"""

from __future__ import annotations

import re
from html import escape
from html.parser import HTMLParser
from xml.etree import ElementTree


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TAGS = _words(
    "table caption colgroup col thead tbody tfoot tr th td div span p pre code samp "
    "kbd b i u s strong em small sub sup br hr ul ol li dl dt dd h3 h4 h5 h6 "
    "details summary blockquote figure figcaption mark"
)
VOID = frozenset({"br", "hr", "col"})
#: Their content goes with them.
DROPPED = _words(
    "script style iframe object embed template noscript svg math title textarea select "
    "xmp noembed noframes plaintext"
)
ATTRIBUTES = _words(
    "class colspan rowspan scope title lang border align valign open start"
)
GLUE = "application/papermill.record/"
TEXTS = ("text/plain", "text/latex", "text/html", GLUE + "text/plain")
PICTURES = {"image/png": "png", "image/svg+xml": "svg"}

SVG_TAGS = _words(
    "svg g path rect circle ellipse line polyline polygon text tspan defs use clipPath "
    "mask pattern linearGradient radialGradient stop marker style image title desc "
    "metadata symbol RDF Work type date format creator Agent"
)
PNG = b"\x89PNG\r\n\x1a\n"


class _Cleaner(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self.open: list[str] = []
        self.dropping: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag in DROPPED:
            self.dropping.append(tag)
        if self.dropping or tag not in TAGS:
            return
        kept = "".join(f' {k}="{escape(v or "")}"' for k, v in attrs if k in ATTRIBUTES)
        self.out.append(f"<{tag}{kept}>")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        if tag in self.dropping:
            self.dropping.remove(tag)
        elif not self.dropping and tag in self.open:
            while self.open:
                last = self.open.pop()
                self.out.append(f"</{last}>")
                if last == tag:
                    break

    def handle_data(self, data):
        if not self.dropping:
            self.out.append(escape(data, quote=False))


def clean_html(text: str) -> str:
    """The same HTML with only harmless tags and attributes, every tag closed."""
    cleaner = _Cleaner()
    cleaner.feed(text)
    cleaner.close()
    closing = "".join(f"</{tag}>" for tag in reversed(cleaner.open))
    return "".join(cleaner.out) + closing


def picture_problem(kind: str, data: bytes) -> str:
    """Why these bytes are not a harmless picture of this kind; '' when they are."""
    if kind == "image/png":
        whole = data.startswith(PNG) and data.rstrip()[-8:-4] == b"IEND"
        return "" if whole else "không phải tệp PNG nguyên vẹn"
    return svg_problem(data)


def svg_problem(data: bytes) -> str:
    """Why an SVG is not taken: entities, scripts, events, links outwards."""
    if b"<!ENTITY" in data.upper() or b"<?XML-STYLESHEET" in data.upper():
        return "SVG khai báo thực thể"
    try:
        root = ElementTree.fromstring(data)
    except (ElementTree.ParseError, ValueError):
        return "SVG không đọc được"
    if _local(root.tag) != "svg":
        return "không phải SVG"
    for node in root.iter():
        name = _local(node.tag)
        if name not in SVG_TAGS:
            return f"SVG chứa <{name}>"
        if name == "style" and _reaches_out(node.text or ""):
            return "kiểu trong SVG trỏ ra ngoài"
        for key, value in node.attrib.items():
            if _bad_attribute(_local(key).lower(), value):
                return f"SVG có thuộc tính {_local(key)} không an toàn"
    return ""


def _bad_attribute(name: str, value: str) -> bool:
    if name.startswith("on"):
        return True
    if name in ("href", "src"):
        return not value.strip().startswith(("#", "data:image/png;base64,"))
    return name != "resource" and _reaches_out(value)


def _reaches_out(css: str) -> bool:
    """Whether a style fetches or runs anything; ``url(#clip)`` is fine."""
    text = re.sub(r"url\(\s*['\"]?#[\w.-]+['\"]?\s*\)", "", css)
    return bool(re.search(r"url\s*\(|@import|javascript:|expression\s*\(|\\", text))


def _local(name) -> str:
    return name.rpartition("}")[2] if isinstance(name, str) else "?"
