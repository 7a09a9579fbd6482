"""What the search index takes from a page."""

import json
import re
import subprocess
import sys
import textwrap

import pytest
from docutils import nodes

from hocsau_build.search import output, units
from hocsau_build.search.identifiers import embedded, names

CONF = """
extensions = ["myst_nb", "hocsau_build.search"]
master_doc = root_doc = "index"
language = "vi"
exclude_patterns = ["out", "jupyter_execute"]
nb_execution_mode = "off"
myst_enable_extensions = ["dollarmath"]
suppress_warnings = ["myst.header", "toc.excluded", "myst-nb.lexer"]
"""
INDEX = """
# Gốc

```{toctree}
:caption: Phần một
mot
hai
```
"""
CELLS = """
---
file_format: mystnb
kernelspec: {name: python3, display_name: Python 3}
hocsau: {id: mot}
---

# Trang một

Mở đầu với $x_i$ và $\\frac{1}{2}$, xem {ref}`nhan-cu`. <!-- bí mật -->

(nhan-cu)=
## Đạo hàm riêng

```{code-cell} ipython3
:embed: kim.autograd:Tensor.backward
layer = nn.Linear(2, 1)  # chú thích
def descend(w): pass
```

% nhận xét kín

$$ y = mat_hien $$
"""


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """A small Sphinx project of three pages and one outside the contents."""
    root = tmp_path_factory.mktemp("book")
    pages = {
        "conf.py": CONF,
        "index.md": INDEX,
        "mot.md": CELLS,
        "hai.md": "# Trang hai\n\nCũ\n",
        "le.md": "---\norphan: true\n---\n# Lẻ\n",
    }
    for name, text in pages.items():
        (root / name).write_text(textwrap.dedent(text).lstrip(), "utf-8")
    build(root)
    return root


def build(root):
    command = [sys.executable, "-m", "sphinx", "-q", "-W", ".", "out"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def index(root):
    """Head and body of the written index."""
    folder = root / "out" / output.FOLDER
    return [
        json.loads(re.fullmatch(r"\w+\.\w+\((.*)\);\n", text, re.DOTALL)[1])
        for text in (
            (folder / "index-head.js").read_text("utf-8"),
            (folder / "index-text.js").read_text("utf-8"),
        )
    ]


def unit(root, heading):
    """(page, anchor, names, text) of the unit with this heading."""
    head, body = index(root)
    place = [entry[1] for entry in head["units"]].index(heading)
    page, _, anchor = head["units"][place]
    return head["pages"][page], anchor, body["names"][place], body["texts"][place]


def test_sections_are_units_with_their_anchor_and_part(book):
    page, anchor, _, _ = unit(book, "Đạo hàm riêng")
    assert page == ["mot.html", "Trang một", "Phần một"]
    html = (book / "out/mot.html").read_text("utf-8")
    assert f'id="{anchor}"' in html and anchor == "dao-ham-rieng"


def test_text_is_what_a_reader_sees(book):
    _, anchor, _, text = unit(book, "Trang một")
    assert anchor == ""
    assert text == "Mở đầu với x_i và …, xem ."
    everything = json.dumps(index(book), ensure_ascii=False)
    for hidden in ("bí mật", "nhận xét kín", "mat_hien", "nhan-cu", "hocsau"):
        assert hidden not in everything


def test_names_of_code_and_of_embedded_objects(book):
    found = unit(book, "Đạo hàm riêng")[2].split()
    assert {"nn.Linear", "descend", "Tensor.backward"} <= set(found)
    assert "kim.autograd.Tensor.backward" in found and "chú" not in found


def test_only_pages_of_the_contents(book):
    assert [page[0] for page in index(book)[0]["pages"]] == [
        "index.html",
        "mot.html",
        "hai.html",
    ]


def test_sphinx_search_is_gone_and_ours_answers_its_address(book):
    out = book / "out"
    assert not list(out.rglob("searchindex.js"))
    assert not (out / "_static/searchtools.js").exists()
    assert not (out / "_static/language_data.js").exists()
    assert "data-hocsau-search" in (out / "search.html").read_text("utf-8")


def test_index_is_whole_after_one_page_was_read_again(book):
    before = index(book)[0]["digest"]
    (book / "hai.md").write_text("# Trang hai\n\nMới\n\n## Thêm\n\nĐoạn\n", "utf-8")
    build(book)
    head, _ = index(book)
    assert head["digest"] != before
    assert unit(book, "Thêm")[3] == "Đoạn"
    assert unit(book, "Trang hai")[3] == "Mới"
    assert unit(book, "Đạo hàm riêng")[2]


def test_an_unchanged_book_leaves_the_index_alone(book):
    place = book / "out" / output.FOLDER / "index-text.js"
    build(book)
    before = place.stat().st_mtime_ns
    build(book)
    assert place.stat().st_mtime_ns == before


def test_text_is_composed_and_loose_marks_are_dropped():
    assert units.clean("đa\u0323o\n  ha\u0300m x\u0302") == "đạo hàm x"


def test_a_glossary_term_is_a_unit():
    item = nodes.definition_list_item(
        "",
        nodes.term("", "đạo hàm", ids=["term-dao-ham"]),
        nodes.definition("", nodes.paragraph("", "Tốc độ thay đổi.")),
    )
    page = nodes.section("", nodes.title("", "Từ"), nodes.definition_list("", item))
    found = units.of(nodes.container("", page))
    assert ["đạo hàm", "term-dao-ham", "", "Tốc độ thay đổi.", []] in found


def test_names_leave_out_noise():
    code = '%matplotlib inline\nx = "a.b"  # c.d\nself.layer.weight\nax.plot(x)\n'
    assert names(code) == ["layer.weight"]
    assert names("class Net(nn.Module):\n  def forward(self): ...") == [
        "Net",
        "forward",
        "nn.Module",
    ]


@pytest.mark.parametrize("code", ["def (", "'''không đóng", "x = (1,\n", "\x00"])
def test_names_of_broken_code_do_not_fail(code):
    assert isinstance(names(code), list)


def test_names_of_embeds():
    assert embedded("kim.autograd:Tensor") == ["Tensor", "kim.autograd.Tensor"]
    assert embedded("kim.autograd") == ["kim.autograd"]
