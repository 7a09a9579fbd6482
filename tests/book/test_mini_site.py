"""The furniture of a page, on the small book: what the build writes."""

import re
import shutil
import struct
import textwrap
from pathlib import Path

import pytest
import yaml

PAGE = "book/nyu/tuan-01/01-1-thu.html"
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def html(mini_html):
    return (mini_html / PAGE).read_text("utf-8")


@pytest.fixture(scope="module")
def repository():
    config = yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))
    return config["repository"]["url"].removeprefix("https://github.com/")


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_facts_stand_under_the_title(html):
    strip = html.partition("</h1>")[2].partition("</aside>")[0]
    shown = text_of(strip)
    for fact in (
        "NYU DS-GA 1008", "45 phút", "CC BY-SA 4.0", "Nhóm Học sâu", "2026-11-21",
        "Python 3.", "NumPy", "giây", "MB",
    ):  # fmt: skip
        assert fact in shown
    assert "https://youtu.be/0bMe_vCZo30" in strip


def test_launch_links_open_the_notebook_of_this_repository(html, repository):
    book = "notebooks/nyu/tuan-01/01-1-thu.ipynb"
    colab = "https://colab.research.google.com/github"
    assert f'href="{colab}/{repository}/blob/main/{book}"' in html
    assert f"https://mybinder.org/v2/gh/{repository}/main?" in html
    assert f"https://raw.githubusercontent.com/{repository}/main/{book}" in html
    source = PAGE.replace(".html", ".md")
    assert f"https://github.com/{repository}/edit/main/{source}" in html
    assert f"https://github.com/{repository}/issues/new?title=" in html


def test_pages_without_a_head_have_edit_and_report_only(mini_html):
    plain = (mini_html / "book/huong-dan.html").read_text("utf-8")
    assert "Sửa trang này" in plain and "Báo lỗi" in plain
    assert "colab" not in plain


def test_embedded_cells_are_marked(html):
    assert html.count("hs-embed") == 3
    assert html.count("hs-edited") == 2
    assert "kim/ops.py · Mul (5 dòng) · đã sửa" in html
    assert re.search(r'/code/kim/autograd\.py#L89-L92"', html)


def test_folds_need_no_script(html):
    folds = re.findall(r'<details class="hs-fold"><summary>(.*?)</summary>', html, re.S)
    assert text_of(folds[0]) == "Suy nghĩ trước"
    assert "Lời giải" in text_of(folds[1])
    shown = re.findall(r'<details class="hide[^"]*">\s*<summary>(.*?)</summary>', html)
    assert text_of(shown[0]) == "Xem mã Ẩn mã"


def test_equations_are_numbered_once(html):
    assert re.findall(r'class="eqno">\((\d)\)', html)[:2] == ["1", "2"]
    assert re.search(r'href="#equation-eq-loss">\(1\)</a>', html)
    assert "((1))" not in text_of(html)


def test_terms_are_explained_once_and_not_in_code(html):
    assert html.count('aria-describedby="tip-activation-function"') == 1
    assert re.search(r'<span class="hs-term"[^>]*>Hàm kích hoạt</span>', html)
    assert not re.search(r"<code[^>]*>[^<]*<span[^>]*hs-term", html)
    for name in re.findall(r'aria-describedby="([^"]+)"', html):
        assert html.count(f'id="{name}"') == 1


def test_sharing_tags_and_card(mini_html, html):
    tags = dict(re.findall(r'<meta property="(og:[^"]+)" content="([^"]*)"', html))
    assert tags["og:title"] == "Động lực của học sâu"
    assert tags["og:locale"] == "vi_VN"
    assert "mathbf" not in tags["og:description"]
    card = mini_html / "_cards" / tags["og:image"].rsplit("/", 1)[1]
    header = card.read_bytes()[:24]
    assert struct.unpack(">II", header[16:24]) == (1200, 630)


def test_site_map_and_front_door(mini_html):
    urls = re.findall(r"<loc>(.*?)</loc>", (mini_html / "sitemap.xml").read_text())
    assert any(url.endswith(PAGE) for url in urls)
    assert not any("search" in url or "404" in url for url in urls)
    door = (mini_html / "index.html").read_text("utf-8")
    assert "url=book/index.html" in door


def test_the_404_page_finds_its_files_from_anywhere(mini_html, mini):
    page = (mini_html / "404.html").read_text("utf-8")
    prefix = mini.base.removeprefix(mini.origin)
    assert f'href="{prefix}_static/site.css"' in page
    assert f'href="{prefix}book/index.html"' in page
    assert "data-hocsau-search" in page


def test_a_refused_formula_fails_the_build_and_again_next_time(tmp_path, build_book):
    (tmp_path / "book").mkdir()
    for name in ("_static", "_templates"):
        (tmp_path / "book" / name).symlink_to(ROOT / "book" / name)
    (tmp_path / "book/index.md").write_text(
        textwrap.dedent(
            r"""
            # Trang thử

            Được: $x^2$.

            $$ \khongco{x} $$
            """
        ).lstrip(),
        "utf-8",
    )
    (tmp_path / "book/references.bib").touch()
    (tmp_path / "book/hai.md").write_text("# Trang hai\n\nChữ.\n", "utf-8")
    (tmp_path / "_toc.yml").write_text(
        "format: jb-book\nroot: book/index\nchapters: [{file: book/hai}]\n"
    )
    shutil.copy(ROOT / "_config.yml", tmp_path)
    for _ in range(2):
        done = build_book(tmp_path)
        assert done.returncode != 0
        said = done.stdout + done.stderr
        assert re.search(r"book/index\.md:[56]  E-MATH.*khongco", said), said
