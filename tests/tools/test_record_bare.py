"""``record`` in processes of their own: a bare machine, and a run that is killed."""

from __future__ import annotations

import ast
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from hocsau_build import assemble, chapter, key, recordings
from hocsau_build.__main__ import main
from hocsau_build.closure import tree_of
from hocsau_build.layout import Book

ROOT = Path(__file__).resolve().parents[2]
GPU = "tags: [gpu]"


def cell(source, *options):
    head = "".join(f":{o}\n" for o in options)
    return f"```{{code-cell}} ipython3\n{head}{source}\n```\n\n"


@pytest.fixture
def book(gpu_mini):
    gpu_mini.module("pkg.a", "def fa():\n    return 1\n")
    gpu_mini.module("pkg.b", "def fb():\n    return 2\n")
    return gpu_mini


def record(*args):
    return main(["record", "--device", "test", *args])


def page(mini, name="p", body="print(seed * 10 + fa())", before="seed = 5"):
    """A page with one GPU cell, after a module's import; a CPU cell after it."""
    first = f"from pkg.a import fa\n{before}"
    return mini.page(name, cell(first), cell(body, GPU), cell("print('sau')"))


def look(mini, doc="book/p"):
    path = mini.book.path(doc)
    return recordings.look(chapter.load(path, mini.book.show(path)), mini.book)


def state(mini, doc="book/p"):
    return look(mini, doc).state


BARE = """\
import sys

class Refuse:
    names = {"sphinx", "docutils", "myst_nb", "myst_parser", "markdown_it", "git",
             "jupyter_book", "jupyter_cache", "pybtex", "watchfiles", "jinja2"}
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in self.names:
            raise ImportError("not on this machine: " + name)

sys.meta_path.insert(0, Refuse())
def watch(event, args):
    git = event == "subprocess.Popen" and "git" in str(args[1][0]).split("/")
    if git or (event == "socket.getaddrinfo" and args[0] not in (None, "localhost")):
        sys.exit(f"git or the network: {event} {args}")

sys.addaudithook(watch)
from hocsau_build.__main__ import main
sys.exit(main(sys.argv[1:]))
"""


def bare(mini, *args, **kwargs):
    """Command of a machine with Python and the Jupyter client, and no more."""
    env = {**os.environ, "PATH": "/nowhere", "PYTHONPATH": str(ROOT / "code")}
    command = [sys.executable, "-c", BARE, "record", "--device", "test", *args]
    return subprocess.Popen(
        command, cwd=mini.root, env=env, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **kwargs,
    )  # fmt: skip


def test_recording_needs_neither_git_nor_sphinx(book):
    page(book)
    process = bare(book)
    said = process.communicate(timeout=120)[0]
    assert process.returncode == 0, said
    assert state(book) == "fresh"


#: What brings a package that has no distribution of its own name.
BROUGHT = {
    "IPython": "ipykernel",
    "matplotlib_inline": "ipykernel",
    "PIL": "matplotlib",
    "sklearn": "scikit-learn",
}


def test_the_packages_that_recording_needs_are_written_down():
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    (told,) = re.findall(r"torch bản CUDA và `pip install ([^`]+)`", text)
    book, needed = Book(ROOT), {"nbclient", "ipykernel", "PyYAML"}
    for _, page in recordings.pages(book):
        setup = assemble.setup_source(page, book)
        foreign = key.dependencies(page, book, setup).foreign
        needed |= {BROUGHT.get(n, n) for n in foreign - sys.stdlib_module_names}
    assert needed - {"torch"} == set(told.split())


def test_make_record_installs_nothing_and_runs_the_machine_s_python():
    done = subprocess.run(
        ["make", "--no-print-directory", "-n", "record", "ONLY_STALE=1"],
        cwd=ROOT, text=True, capture_output=True, check=True,
    )  # fmt: skip
    (command,) = done.stdout.splitlines()
    only = "PYTHONPATH=code python3 -m hocsau_build record --only-stale"
    assert command.strip() == only


def test_pages_in_the_examples_of_the_help_exist():
    found = []
    for path in (ROOT / "code/hocsau_build/verbs").glob("*.py"):
        text = ast.get_docstring(tree_of(path)) or ""
        found += re.findall(r"book/[\w/-]+\.md", text)
    assert found and [name for name in found if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_an_interrupted_run_keeps_the_old_recording(book, how):
    page(book)
    record()
    before = {p: p.read_bytes() for p in (book.root / "book/_recordings").iterdir()}
    mark = book.root / "started"
    page(book, body=f"open({str(mark)!r}, 'w').close()\nimport time\ntime.sleep(60)")
    process = bare(book)
    for _ in range(600):
        if mark.exists() or process.poll() is not None:
            break
        time.sleep(0.1)
    process.send_signal(how)
    process.communicate(timeout=30)
    assert process.returncode != 0
    after = {p: p.read_bytes() for p in (book.root / "book/_recordings").iterdir()}
    assert after == before
    assert state(book) == "stale"
