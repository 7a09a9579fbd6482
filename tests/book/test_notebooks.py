"""Exported notebooks are current, and run where the book's package is not installed.

The bare environment is a new virtual one that sees the installed libraries (torch,
numpy, …) but not our package: the notebook's own first cell must install it.
"""

import json
import sys
import venv
from pathlib import Path

import nbformat
import numpy
import pytest
from nbclient import NotebookClient

from hocsau_build.export.notebook import build
from hocsau_build.export.writer import results
from hocsau_build.layout import Book, find_root

ROOT = find_root()


@pytest.fixture
def bare(tmp_path, monkeypatch):
    """Name of a kernel that has everything but our package."""
    home = tmp_path / "bare"
    venv.create(home, with_pip=False)
    site = next(home.glob("lib/python*/site-packages"))
    libraries = Path(numpy.__file__).parents[1]
    (site / "libraries.pth").write_text(f"{libraries}\n")
    spec = tmp_path / "kernels/bare/kernel.json"
    spec.parent.mkdir(parents=True)
    argv = [str(home / "bin/python"), "-m", "ipykernel_launcher", "-f"]
    spec.write_text(
        json.dumps({"argv": [*argv, "{connection_file}"], "display_name": "bare",
                    "language": "python"})
    )  # fmt: skip
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    monkeypatch.setenv("HOCSAU_SOURCE", str(ROOT))
    monkeypatch.setenv("PIP_NO_BUILD_ISOLATION", "1")
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    monkeypatch.delenv("PYTHONPATH", raising=False)
    return "bare"


def run(notebook, kernel, folder):
    client = NotebookClient(
        notebook, kernel_name=kernel, timeout=240,
        resources={"metadata": {"path": str(folder)}},
    )  # fmt: skip
    client.execute()


def code(source):
    return nbformat.v4.new_code_cell(source)


def test_the_bare_environment_is_bare(bare, tmp_path):
    nb = nbformat.v4.new_notebook(
        cells=[code("import importlib.util as u\nprint(u.find_spec('hocsau'))")]
    )
    run(nb, bare, tmp_path)
    assert nb.cells[0].outputs[0].text == "None\n"


@pytest.mark.parametrize("at", [0, 1])
def test_notebook_runs_top_to_bottom(cheapest, bare, tmp_path, at):
    doc, _, _ = cheapest[at]
    book = Book(ROOT)
    nb = nbformat.reads(build(doc, book, results(doc, book), "main"), 4)
    first = next(c for c in nb.cells if c.cell_type == "code")
    first.source += "\nimport hocsau\nprint('from', hocsau.__file__)"
    run(nb, bare, tmp_path)
    (said,) = [o.text for o in first.outputs if "from" in o.get("text", "")]
    assert str(tmp_path) in said, "the package came from the notebook's own install"
    assert sys.prefix not in said
