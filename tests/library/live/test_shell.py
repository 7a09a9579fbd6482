"""The extension in IPython itself, and in a kernel of its own."""

import os
import re
import subprocess
import sys

import nbformat
import pytest
from IPython.core.interactiveshell import InteractiveShell
from nbclient import NotebookClient
from traitlets.config import Config

from hocsau.live import source

OPS = "def mul(a, b):\n    return a * b\n\n\ndef triple(a):\n    return mul(a, 3)\n"


@pytest.fixture
def ip(lib, tmp_path, monkeypatch):
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    lib(ops=OPS)
    config = Config()
    config.HistoryManager.enabled = False
    hooks = sys.excepthook, sys.displayhook
    shell = InteractiveShell(config=config)
    monkeypatch.setattr(InteractiveShell, "_instance", shell)
    shell.run_line_magic("load_ext", "hocsau.live")
    yield shell
    shell.run_line_magic("unload_ext", "hocsau.live")
    sys.excepthook, sys.displayhook = hooks


MUL = "# ops.py · mul\ndef mul(a, b):\n    return a + b\n"


def plain(text):
    return re.sub(r"\x1b\[[\d;]*m", "", text)


def test_cell_runs_in_its_module(ip):
    result = ip.run_cell(MUL + "mul(2, 3)")
    assert result.success and result.result == 5
    assert ip.run_cell("import ops; ops.triple(4)").result == 7
    ip.run_cell(MUL.replace("+", "*"))
    assert ip.run_cell("ops.triple(4)").result == 12


def test_magics_and_await_beside_the_definition(ip, capsys):
    cell = MUL + "import asyncio\nawait asyncio.sleep(0)\n%who_ls function\n"
    assert ip.run_cell(cell).result == ["mul"]
    assert ip.run_cell("%%capture out\n" + MUL.replace("+", "-")).success
    assert ip.run_cell("mul(1, 5)").result == -4
    assert ip.run_cell("%%time\n" + MUL.replace("+", "//")).success
    assert ip.run_cell("mul(9, 2)").result == 4
    capsys.readouterr()


def test_syntax_error_is_left_to_ipython(ip, capsys):
    result = ip.run_cell(MUL.replace("a + b", "a +"))
    assert isinstance(result.error_before_exec, SyntaxError)
    assert result.error_before_exec.lineno == 3
    assert "return a +" in capsys.readouterr().out


def test_traceback_points_into_the_cell(ip, capsys):
    ip.run_cell(MUL.replace("a + b", "a + nothing"))
    ip.run_cell("import ops; ops.triple(1)")
    text = plain(capsys.readouterr().out)
    assert "----> 3     return a + nothing" in text and "NameError" in text
    ip.run_cell(MUL.replace("def", "@nothing\ndef"))
    text = plain(capsys.readouterr().out)
    assert "----> 2 @nothing" in text and "NameError" in text
    assert "kernel.py" not in text and "edit.py" not in text
    ip.run_cell(MUL.replace("+", "*"))


def test_refusal_is_one_line(ip, capsys):
    result = ip.run_cell("# nope/ops.py · mul\ndef mul(): pass")
    assert not result.success
    assert capsys.readouterr().out.strip().startswith("LiveError: nope/ops.py · mul")


def test_unmarked_copy_is_plain_python(ip):
    ip.run_cell(MUL.replace("+", "-"))
    ip.run_cell(MUL.partition("\n")[2])
    assert ip.run_cell("mul(5, 1)").result == 6
    assert ip.run_cell("import ops; ops.triple(5)").result == 2
    ip.run_cell(MUL.replace("+", "*"))


def test_load_twice_and_unload(ip):
    from hocsau.live import load_ipython_extension, unload_ipython_extension

    load_ipython_extension(ip)
    assert len(ip.ast_transformers) == len(ip.input_transformers_post) == 1
    unload_ipython_extension(ip)
    assert ip.ast_transformers == ip.input_transformers_post == []
    ip.run_cell(MUL)
    assert ip.run_cell("import ops; ops.triple(4)").result == 12
    unload_ipython_extension(ip)
    load_ipython_extension(ip)


def test_real_kernel(lib, tmp_path):
    root = lib(ops=OPS)
    text = source.cell("ops", ["mul"], roots=[root])
    patched = source.cell("ops", ["mul"], "- return a * b\n+ return a + b", [root])
    check = "import ops; print(ops.triple(4), ops.mul is mul)"
    load = f"import sys; sys.path.insert(0, {str(root)!r})\n%load_ext hocsau.live"
    cells = [load, text, check, patched, check, text, check]
    nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in cells])
    nb.metadata.kernelspec = {"name": "python3", "display_name": "Python 3"}
    NotebookClient(nb, timeout=60).execute(cwd=str(tmp_path))
    printed = [c.outputs[0].text.strip() for c in nb.cells if c.source == check]
    assert printed == ["12 True", "7 True", "12 True"]
    assert not any(c.outputs for c in nb.cells if c.source != check)


def test_loading_imports_neither_numpy_nor_torch(lib):
    root = lib(ops=OPS)
    code = (
        "import sys, hocsau.live, hocsau.live.kernel\n"
        "from hocsau.live.source import cell\n"
        "print(cell('ops', ['mul']))\n"
        "print({'numpy', 'torch', 'matplotlib', 'ops'} & set(sys.modules))"
    )
    path = os.pathsep.join([str(root), *filter(None, sys.path)])
    env = {**os.environ, "PYTHONPATH": path}
    done = subprocess.run(
        [sys.executable, "-c", code], env=env, capture_output=True, text=True
    )
    assert done.stdout.endswith("return a * b\nset()\n"), done.stderr
