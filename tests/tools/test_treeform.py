"""A tree has one text, whatever Python read it: a recording made elsewhere is fresh."""

from __future__ import annotations

import ast
import hashlib
import os
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from hocsau_build import chapter, treeform
from hocsau_build.recording import digest

ROOT = Path(__file__).resolve().parents[2]
#: Everything whose tree some Python writes in its own way.
MODULE = '''\
"""Lời đầu."""
from __future__ import annotations
import a.b as c, d
from . import e

@c.mark(1, *d, **e)
class A(B, metaclass=M):
    x: int = 1
    y: str

    async def go(self, a, /, b=None, *c, d, e=2, **f) -> int:
        """Lời."""
        async with a as b, c:
            return [i async for i in d if i]

def f(): return

def g(x, /, *, w=3):
    say = f"{x!r:>{w}} {x:} {x=} {{}} " "nối" f"{x:%d/%m}" 'thẳng' f""
    raw = rb"a\\n", u"u", "\\N{BULLET}ế\\U0001fae8", 1_000, 1e300, 2j, ..., -0.0
    match x:
        case {"k": [1, *_], **rest} | P(0, z=None) as q if q:
            pass
        case _:
            del raw, say
    try:
        global h
        h = lambda *a, k=(y := 1): {**a, k: {*a}}
    except* (E, F) as exc:
        raise G from exc
    finally:
        return None
'''
GOLDEN = "606d47fad9f3fc24eaddedc82e74096af37800c0c28f665bc01454c296a343c9"


def versions() -> list[str]:
    """Pythons of this machine that may record."""
    found = [shutil.which(f"python3.{minor}") for minor in range(11, 20)]
    kept = Path.home() / ".pyenv/versions"
    found += map(str, kept.glob("3.1[1-9]*/bin/python"))
    return sorted({path for p in found if p and (path := real(p))})


def real(python: str) -> str:
    """What stands behind a name; nothing where that does not run."""
    ask = [python, "-c", "import sys; print(sys.executable)"]
    said = subprocess.run(ask, capture_output=True, text=True).stdout.strip()
    return os.path.realpath(said) if said else ""


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def test_the_text_of_a_module_never_changes():
    assert sha(treeform.text(ast.parse(MODULE))) == GOLDEN


@pytest.mark.parametrize("python", versions())
def test_other_pythons_write_the_same(python):
    code = ("import ast, sys, treeform\n"
            "sys.stdout.write(treeform.text(ast.parse(sys.stdin.read())))")  # fmt: skip
    said = subprocess.run(
        [python, "-c", code], input=MODULE, text=True, capture_output=True, check=True,
        env={"PYTHONPATH": str(ROOT / "code/hocsau_build"), "PYTHONUTF8": "1"},
    ).stdout  # fmt: skip
    assert said == treeform.text(ast.parse(MODULE))
    assert sha(said) == GOLDEN


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("f'a{x}'", "f'a' f'{x}' ''"),
        ("f'{x:}'", "f'{x}'"),
        ("x = 1  # lời", "x = (\n 1)"),
    ],
)
def test_what_says_the_same_has_one_text(one, other):
    assert treeform.text(ast.parse(one)) == treeform.text(ast.parse(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("return_ = None", "return_ = ..."),
        ("f'{x}'", "f'{x!r}'"),
        ("f'{x:a}'", "f'{x:b}'"),
        ("f'{x}a'", "f'a{x}'"),
        ("{**a, b: c}", "{a: b, **c}"),
        ("1", "1.0"),
        ("1", "True"),
        ("'1'", "b'1'"),
        ("lambda a, b=1: 0", "lambda a=1, b=1: 0"),
        ("lambda *, a, b=1: 0", "lambda *, a=1, b: 0"),
        ("def f(): return", "def f(): return None"),
        ("f(a)", "f(*a)"),
        ("x[1:]", "x[:1]"),
        ("[a, b]", "(a, b)"),
    ],
)
def test_what_says_something_else_has_another(one, other):
    assert treeform.text(ast.parse(one)) != treeform.text(ast.parse(other))


DIGEST = """\
import sys
from pathlib import Path
from hocsau_build.layout import Book
from hocsau_build.recording import digest, plain
book = Book(Path(sys.argv[1]))
page = plain.load(book.path("book/p"), "book/p.md")
print(digest.digest(page, 1, book))
"""


@pytest.mark.parametrize("python", versions())
def test_a_recording_made_on_another_python_is_fresh(mini, tmp_path, python):
    mini.module("pkg.a", MODULE.replace("import a.b as c, d\nfrom . import e\n", ""))
    cells = ("from pkg.a import A", ""), ("print(A)", ":tags: [gpu]\n")
    text = "".join(f"```{{code-cell}} ipython3\n{t}{c}\n```\n\n" for c, t in cells)
    mini.page("p", text)
    packages = tmp_path / "packages"
    packages.mkdir()
    (packages / "yaml").symlink_to(Path(yaml.__file__).parent)
    env = {**os.environ, "PYTHONPATH": f"{ROOT / 'code'}:{packages}"}
    said = subprocess.run(
        [python, "-c", DIGEST, str(mini.root)],
        capture_output=True, text=True, check=True, env=env,
    ).stdout  # fmt: skip
    page = chapter.load(mini.book.path("book/p"), "book/p.md")
    assert said.strip() == digest.digest(page, 1, mini.book)
