"""Jupyter Book on a mini-book: what is re-read, and that outputs equal stock ones."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = Path(sys.executable).with_name("jupyter-book")
JB = [str(COMMAND), "build", ".", "-q", "--warningiserror"]


def cell(source, *options):
    head = "".join(f":{o}\n" for o in options)
    return f"```{{code-cell}} ipython3\n{head}{source}\n```\n\n"


def build(mini, ok=True):
    done = subprocess.run(JB, cwd=mini.root, capture_output=True, text=True)
    assert (done.returncode == 0) is ok, done.stdout + done.stderr
    return done.stdout + done.stderr


def html(mini, name):
    return (mini.root / f"_build/html/book/{name}.html").read_text("utf-8")


def records(mini):
    return sorted(p.name for p in (mini.root / "_build/.hocsau/store").glob("*/*"))


def test_plain_jupyter_book_executes_what_is_missing_and_shows_embeds(mini):
    mini.module("pkg.a", "# lời bình\ndef fa():\n    return 41\n")
    mini.page("p", cell("", "embed: pkg.a:fa") + cell("print(fa() + 1)"))
    build(mini)
    page = re.sub(r"<[^>]+>", "", html(mini, "p"))
    assert "pkg/a.py · fa" in page and "lời bình" in page and "42" in page


def test_module_edit_rereads_and_reruns_its_page_only(mini):
    mini.module("pkg.a", "def fa():\n    return 'một'\n")
    mini.page("p", cell("from pkg.a import fa\nprint(fa())"))
    mini.page("q", cell("print('yên')"))
    build(mini)
    before, shown = records(mini), html(mini, "q")
    mini.module("pkg.a", "def fa():\n    return 'hai'\n")
    build(mini)
    assert "hai" in html(mini, "p")
    assert html(mini, "q") == shown
    assert len(records(mini)) == len(before) + 1


def test_comment_edit_shows_in_the_embed_without_running(mini):
    mini.module("pkg.a", "def fa():\n    return 1\n")
    mini.page("p", cell("", "embed: pkg.a:fa") + cell("print(fa())"))
    build(mini)
    before = records(mini)
    mini.module("pkg.a", "def fa():\n    # lời bình mới\n    return 1\n")
    build(mini)
    assert "lời bình mới" in html(mini, "p")
    assert records(mini) == before


def test_failing_page_fails_the_build_and_names_its_place(mini):
    mini.page("p", cell("1 / 0"))
    said = build(mini, ok=False)
    assert "E-RUN" in said and "book/p.md" in said


def test_gpu_cell_says_it_is_not_recorded(mini):
    mini.page("p", cell("1", "tags: [gpu]"))
    build(mini)
    assert "chưa ghi trên GPU" in html(mini, "p")


STOCK = """\
import numpy as np
rng = np.random.default_rng(3)
print(rng.normal(size=3))
rng.integers(9, size=(2, 2))"""


@pytest.mark.parametrize("parts", [[STOCK, "print('a')\nprint('b')", "{'x': 1}"]])
def test_outputs_equal_those_of_serial_stock_execution(mini, tmp_path_factory, parts):
    doc = "".join(cell(p) for p in parts)
    mini.page("p", doc)
    build(mini)
    ours = outputs_of(html(mini, "p"))
    stock = tmp_path_factory.mktemp("stock")
    shutil.copytree(mini.root / "book", stock / "book")
    shutil.copy(mini.root / "_toc.yml", stock)
    config = (mini.root / "_config.yml").read_text().replace('"off"', "force")
    config = config.replace("  extra_extensions: [hocsau_build.reader]\n", "")
    (stock / "_config.yml").write_text(config)
    page = stock / "book/p.md"
    page.write_text(page.read_text().replace("---\n", "---\nfile_format: mystnb\n", 1))
    done = subprocess.run(JB, cwd=stock, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    theirs = outputs_of((stock / "_build/html/book/p.html").read_text("utf-8"))
    assert ours == theirs
    assert len(ours) == len(parts) + 1


def outputs_of(page):
    """Text of every output block, in order."""
    found = re.findall(r'<div class="output [^"]*">(.*?)</div>\s*</div>', page, re.S)
    return [re.sub(r"<[^>]+>", "", block).strip() for block in found]


def test_glued_text_is_shown_to_the_letter(mini):
    glue = 'from hocsau.notebook import glue\nglue("so", "1.00")'
    mini.page("p", cell(glue, "tags: [remove-cell]"), prose="Số [{glue:text}`so`].\n\n")
    build(mini)
    assert "Số [1.00]." in re.sub(r"<[^>]+>", "", html(mini, "p"))
