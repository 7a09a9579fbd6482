"""Exported notebooks: nothing of MyST left, everything resolved, never stale unseen."""

import json
import re
import subprocess

import nbformat
import pytest

from hocsau_build.errors import BookError
from hocsau_build.export import pin, writer


def cell(source, *options):
    head = "".join(f":{o}\n" for o in options)
    return f"```{{code-cell}} ipython3\n{head}{source}\n```\n\n"


FIGURE = """---
tags: [hide-input]
mystnb:
  figure:
    name: fig-a
    caption: |
      Một hình. Hãy để ý nét.
  image:
    alt: một đường
---
print("hình")"""

PROSE = """\
(muc-dau)=
## Mục đầu

% topic: 1
Xem {numref}`fig-a`, {ref}`muc-dau`, {ref}`ex-a`, {eq}`eq-a` và [trang kia](b.md),
{doc}`trang ấy </book/b>`.
Kết quả là {glue:text}`so`; `{ref}` trong mã thì để nguyên.
Theo {footcite:t}`rumelhart1986` {footcite}`rumelhart1986`.

$$
a = b
$$ (eq-a)

:::{admonition} Chú ý kỹ
:class: dropdown
Bên trong có {eq}`eq-a`.
:::

```{note}
Một ghi chú.
```

````{exercise-start} ★ · Cộng
:label: ex-a
````
Tính tổng.
````{exercise-end}
````

````{solution-start} ex-a
:class: dropdown
````
Đây là lời giải.

"""
END = "````{solution-end}\n````\n\n```{footbibliography}\n```\n"
BIB = """@article{rumelhart1986, author={Rumelhart, David E. and Hinton, G. and W, R.},
title={Learning representations}, journal={Nature}, year={1986}, doi={10.1038/323533a0}}
"""


@pytest.fixture
def book(mini):
    mini.file("book/references.bib", BIB)
    mini.module("pkg.a", "def fa():\n    return 1\n")
    glue = (
        "from IPython.display import display\n"
        "p = 'application/papermill.record/'\n"
        "display({p + 'text/plain': repr('12.50%')}, raw=True,"
        " metadata={'scrapbook': {'name': 'so', 'mime_prefix': p}})"
    )
    mini.page(
        "a", cell("", "embed: pkg.a:fa"), cell(FIGURE),
        cell(glue, "tags: [remove-cell]"), END, prose=PROSE,
    )  # fmt: skip
    mini.page("b", cell("import sklearn", "tags: [gpu]"))
    return mini


def notebook(mini, name):
    text = (mini.root / f"notebooks/{name}.ipynb").read_text("utf-8")
    return nbformat.reads(text, 4)


def prose(nb):
    return "\n\n".join(c.source for c in nb.cells if c.cell_type == "markdown")


def test_everything_is_resolved(book):
    writer.write(book.book)
    nb = notebook(book, "a")
    nbformat.validate(nb)
    text = prose(nb)
    assert not re.search(r"(?<!`)\{[\w:-]+\}`", text), "no role left"
    assert not re.search(r"^(:::|```\{|````\{|%)", text, re.M), "no directive left"
    for wanted in (
        "[Hình 1](#fig-a)", "[Mục đầu](#muc-dau)", "[Bài tập 1](#ex-a)", "(1)",
        "[trang kia](https://thu.github.io/sach/book/b.html)", "12.50%", "`{ref}`",
        "[trang ấy](https://thu.github.io/sach/book/b.html)",
        "Rumelhart và cộng sự [1]", r"\tag{1}", "<details><summary>Chú ý kỹ</summary>",
        "> **Ghi chú**", "#### Bài tập 1. ★ · Cộng", "##### Lời giải bài tập 1",
        "**Hình 1.** Một hình. Hãy để ý nét.", "https://doi.org/10.1038/323533a0",
    ):  # fmt: skip
        assert wanted in text, wanted


def test_embedded_cell_is_editable_source_with_its_marker(book):
    writer.write(book.book)
    sources = [c.source for c in notebook(book, "a").cells if c.cell_type == "code"]
    assert sources[1].startswith("# pkg/a.py · fa\ndef fa():")


def test_first_cell_installs_the_package_and_never_torch(book):
    writer.write(book.book)
    first = next(c for c in notebook(book, "b").cells if c.cell_type == "code").source
    assert "github.com/thu/sach/archive/main.zip" in first
    assert '"--no-deps"' in first
    assert '{"sklearn": "scikit-learn"}' in first
    assert "install" in first and not re.search(r"pip.*torch", first)


def test_no_outputs_and_gpu_metadata_only_where_needed(book):
    writer.write(book.book)
    a, b = notebook(book, "a"), notebook(book, "b")
    cells = [c for nb in (a, b) for c in nb.cells if c.cell_type == "code"]
    assert not any(c.outputs for c in cells)
    assert b.metadata["accelerator"] == "GPU"
    assert "accelerator" not in a.metadata


def test_check_names_stale_missing_edited_and_stray(book):
    writer.write(book.book)
    assert writer.check(book.book) == []
    assert writer.write(book.book) == [], "writing again changes nothing"
    path = book.root / "notebooks/a.ipynb"
    good = path.read_text("utf-8")
    path.write_text(good.replace("Mục đầu", "Mục sửa tay"), "utf-8")
    assert [p.path for p in writer.check(book.book)] == ["notebooks/a.ipynb"]
    path.write_text("{", "utf-8")
    assert [p.path for p in writer.check(book.book)] == ["notebooks/a.ipynb"]
    path.unlink()
    book.file("notebooks/la.ipynb", "{}")
    shown = [p.path for p in writer.check(book.book)]
    assert shown == ["notebooks/a.ipynb", "notebooks/la.ipynb"]
    writer.write(book.book)
    assert path.read_text("utf-8") == good
    assert not (book.root / "notebooks/la.ipynb").exists()


def test_module_edit_makes_the_embedding_notebook_stale(book):
    writer.write(book.book)
    book.module("pkg.a", "def fa():\n    return 2\n")
    assert [p.path for p in writer.check(book.book)] == ["notebooks/a.ipynb"]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("{numref}`fig-khong-co`", "fig-khong-co"),
        ("{glue:text}`la`", "la"),
        ("[x](khong-co.md)", "khong-co.md"),
        ("{unknownrole}`x`", "unknownrole"),
        ("```{unknowndirective}\n```", "unknowndirective"),
        ("{footcite}`khongco`", "khongco"),
    ],
)
def test_what_cannot_be_resolved_is_named(mini, text, what):
    mini.page("a", cell("1"), prose=text + "\n\n")
    with pytest.raises(BookError, match=what) as caught:
        writer.write(mini.book)
    assert caught.value.problem.path == "book/a.md"


def git(root, *args):
    subprocess.run(["git", "-C", str(root), *args], check=True, capture_output=True)


def test_pin_is_the_commit_that_last_changed_the_library(mini):
    git(mini.root, "init", "-q", "-b", "main")
    git(mini.root, "config", "user.email", "thu@example.com")
    git(mini.root, "config", "user.name", "Thử")
    mini.module("hocsau.x", "a = 1\n")
    mini.page("a", cell("1"))
    git(mini.root, "add", "-A")
    git(mini.root, "commit", "-qm", "one")
    first = pin.newest(mini.root)
    writer.write(mini.book)
    assert first in (mini.root / "notebooks/a.ipynb").read_text()
    git(mini.root, "add", "-A")
    git(mini.root, "commit", "-qm", "notebooks")
    assert writer.check(mini.book) == [], "a commit of notebooks changes no pin"
    mini.module("hocsau.x", "a = 2\n")
    git(mini.root, "commit", "-qam", "two")
    assert ["bản cũ" in p.what for p in writer.check(mini.book)] == [True]
    writer.write(mini.book)
    assert writer.check(mini.book) == []
    assert json.loads((mini.root / "notebooks/a.ipynb").read_text())["metadata"]
