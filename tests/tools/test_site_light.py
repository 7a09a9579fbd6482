"""What keeps a page light: few spans, sized pictures, sections laid out late."""

import struct

import pytest
from docutils import nodes
from pygments import highlight
from pygments.lexers import PythonLexer

from hocsau_build.site import css
from hocsau_build.site.figures import complete, picture_size, svg_size
from hocsau_build.site.lean_code import formatter
from hocsau_build.site.sections import estimate
from hocsau_build.site.sitemap import sitemap

STYLES = ["a11y-high-contrast-light", "a11y-high-contrast-dark"]
CODE = "def f(x, y=2):\n    return np.sum(x)  # tổng\n"


def test_code_keeps_its_text_and_colours_only():
    html = highlight(CODE, PythonLexer(), formatter(STYLES)())
    assert '<span class="k">def</span>' in html and '<span class="c1"># tổng' in html
    assert 'class="n"' not in html and 'class="p"' not in html


def test_a_style_that_colours_names_keeps_their_spans():
    html = highlight(CODE, PythonLexer(), formatter(["default", "nord"])())
    assert 'class="n"' in html or 'class="p"' in html


@pytest.mark.parametrize(
    ("head", "size"),
    [
        ('<svg width="432pt" height="180pt" viewBox="0 0 432 180">', (576, 240)),
        ('<svg\n width="100" height="50px">', (100, 50)),
        ('<svg width="100%" viewBox="0 0 300 120">', (300, 120)),
        ("<svg>", None),
        ("<html>", None),
    ],
)
def test_size_of_an_svg(head, size):
    assert svg_size(head) == size


def test_size_of_a_png_and_of_nothing(tmp_path):
    from PIL import Image

    Image.new("RGB", (30, 20)).save(tmp_path / "a.png")
    assert picture_size(tmp_path / "a.png") == (30, 20)
    assert struct.unpack(">II", (tmp_path / "a.png").read_bytes()[16:24]) == (30, 20)
    (tmp_path / "b.png").write_text("không phải ảnh")
    assert picture_size(tmp_path / "b.png") is None
    assert picture_size(tmp_path / "c.png") is None


def test_a_stated_size_stays():
    sized = complete('<img src="a">', (30, 20))
    assert 'width="30" height="20" loading="lazy"' in sized
    assert complete('<img width="9" src="a">', (30, 20)).count("width=") == 1


def test_estimate_counts_text_code_and_formulas():
    section = nodes.section("", nodes.paragraph("", "", nodes.Text("a" * 100)))
    chars, pixels = estimate(section)
    assert chars == 100 and 0 < pixels < 60
    section += nodes.literal_block("", "\n".join("abcd"))
    longer = estimate(section)[1] - pixels
    section += nodes.literal_block("", "\n".join("abcdefgh"))
    assert estimate(section)[1] - pixels > 2 * longer
    box = nodes.admonition("", nodes.paragraph("", "b" * 500), classes=["dropdown"])
    assert estimate(box)[0] == 0


def test_unused_properties_go_and_used_ones_stay():
    sheet = ':root{--a:1px;--b: var(--a);--c:url("x;y}z");--d:calc(1px + (2px));--e:2}'
    sheet += "p{margin:var(--b)}"
    assert css.drop_unused_properties(sheet) == (
        ":root{--a:1px;--b: var(--a);}p{margin:var(--b)}"
    )
    assert "--e:2" in css.drop_unused_properties(sheet, "el.style.set('--e')")


def test_site_map_escapes_and_joins():
    text = sitemap("https://x.org/book", ["a.html", "b&c.html"])
    assert "<loc>https://x.org/book/a.html</loc>" in text
    assert "b&amp;c.html" in text
