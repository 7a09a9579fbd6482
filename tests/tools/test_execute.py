"""Running pages: outputs, what re-runs, and clear words when something breaks."""

import json
import signal
import subprocess
import sys
import time

import pytest
from pygments.lexers import get_lexer_by_name
from pygments.token import Error

from hocsau_build import execute, run
from hocsau_build.execute import plan
from hocsau_build.outputs import COLOUR
from hocsau_build.store import Store

TRACEBACK = get_lexer_by_name("ipythontb")


def cell(source, *options):
    head = "".join(f":{o}\n" for o in options)
    return f"```{{code-cell}} ipython3\n{head}{source}\n```\n\n"


def go(mini, **kwargs):
    """Execute; returns (docs that ran, problems)."""
    lines = []
    errors = execute.execute(mini.book, say=lines.append, **kwargs)
    ran = {line.split()[-1].removeprefix("book/") for line in lines if " s  " in line}
    return ran, [e.problem for e in errors]


def outputs(mini, doc):
    return Store(mini.book.store).get(plan(doc, mini.book).key).outputs


def test_exactly_the_dependents_run_again(mini):
    mini.module("pkg.a", "def fa():\n    return 1\n")
    mini.module("pkg.b", "from pkg.a import fa\n\ndef fb():\n    return fa() + 1\n")
    mini.module("pkg.c", "def fc():\n    return 3\n")
    mini.file("book/so.txt", "7")
    mini.page("direct", cell("from pkg.a import fa\nprint(fa())"))
    mini.page("through", cell("import pkg.b\nprint(pkg.b.fb())"))
    mini.page("other", cell("from pkg.c import fc\nprint(fc())"))
    mini.page("data", cell("print(open('so.txt').read())"))
    mini.page("embeds", cell("", "embed: pkg.a:fa") + cell("print(fa())"))
    assert go(mini) == ({"direct", "through", "other", "data", "embeds"}, [])
    assert go(mini) == (set(), [])
    mini.module("pkg.a", "def fa():\n    return 10\n")
    assert go(mini) == ({"direct", "through", "embeds"}, [])
    assert outputs(mini, "book/through")[1][0]["text"] == "11\n"
    assert outputs(mini, "book/embeds")[2][0]["text"] == "10\n"
    mini.file("book/so.txt", "8")
    assert go(mini) == ({"data"}, [])
    mini.module("pkg.a", "def fa():\n    return 1\n")
    assert go(mini) == (set(), []), "a revert runs nothing"


def test_one_failure_does_not_lose_the_others(mini):
    mini.page("good", cell("print(1)"))
    mini.page("bad", cell("x = 1\n\ny = 1 / 0"))
    ran, problems = go(mini)
    assert ran == {"good"}
    (problem,) = problems
    assert (problem.path, problem.rule) == ("book/bad.md", "E-RUN")
    text = (mini.root / "book/bad.md").read_text().splitlines()
    assert text[problem.line - 1] == "y = 1 / 0"
    assert "ô mã thứ 1" in problem.what and "ZeroDivisionError" in problem.what
    mini.page("bad", cell("y = 1"))
    assert go(mini) == ({"bad"}, [])


@pytest.mark.parametrize(
    ("source", "rule"),
    [
        ("import os\nos._exit(1)", "E-KERNEL"),
        ("import time\ntime.sleep(60)", "E-TIME"),
        ("while True:\n    print('x' * 10_000)", "E-OUTPUT"),
        ("import sys\nprint('ôi', file=sys.stderr)", "E-STDERR"),
        ("import warnings\nwarnings.warn('cũ rồi')", "E-STDERR"),
        ("object()", "E-ADDRESS"),
        ("print([object()])", "E-ADDRESS"),
        ("import importlib\nimportlib.import_module('pkg.a')", "E-HIDDEN"),
        ("name = 'so.' + 'txt'\nopen(name).read()", "E-DATA"),
    ],
)
def test_a_cell_that_misbehaves_is_named(mini, monkeypatch, source, rule):
    monkeypatch.setattr(run, "PAGE_SECONDS", 6)
    mini.module("pkg.a", "x = 1")
    mini.file("book/so.txt", "7")
    mini.page("good", cell("print(1)"))
    mini.page("bad", cell(source))
    ran, problems = go(mini)
    assert ran == {"good"}
    assert [(p.path, p.rule) for p in problems] == [("book/bad.md", rule)]
    assert problems[0].remedy


def test_exception_on_purpose_is_an_output(mini):
    doc = mini.page(
        "p", cell("1 / 0", "tags: [raises-exception]") + cell("print('sau')")
    )
    assert go(mini)[1] == []
    shown = outputs(mini, doc)
    assert shown[1][0]["ename"] == "ZeroDivisionError"
    assert shown[2][0]["text"] == "sau\n"


def test_a_traceback_names_no_folder_of_the_machine(mini):
    """Frames of cells and own modules stay, from the root; the others are counted."""
    mini.module("pkg.own", "import json\n\ndef read(x):\n    return json.loads(x)\n")
    doc = mini.page(
        "p",
        cell("import pkg.own\npkg.own.read('{')", "tags: [raises-exception]")
        + cell("import json\njson.loads('{')", "tags: [raises-exception]"),
    )
    assert go(mini)[1] == []
    own, foreign = (
        COLOUR.sub("", "\n".join(o[0]["traceback"])) for o in outputs(mini, doc)[1:]
    )
    for text in (own, foreign):
        assert str(mini.root) not in text and "decoder.py" not in text
        assert text.index("Cell In[") < text.index("khung nằm trong thư viện]")
        assert text.rstrip().splitlines()[-1].startswith("JSONDecodeError: ")
        assert Error not in {kind for kind, _ in TRACEBACK.get_tokens(text)}
    assert "File code/pkg/own.py:4, in read(x)" in own and "[... bỏ bớt 3 khung" in own
    assert "own.py" not in foreign


def test_gpu_cell_never_runs_on_cpu(mini):
    doc = mini.page("p", cell("open('ran', 'w')", "tags: [gpu]") + cell("print(2)"))
    assert go(mini)[1] == []
    assert outputs(mini, doc)[1] == []
    assert not list(mini.root.rglob("ran"))


def test_longest_page_starts_first(mini):
    docs = [mini.page(n, cell("1")) for n in ("a", "b", "c")]
    timings = execute.Timings(mini.book)
    timings.save(docs[1], 9.0)
    timings.save(docs[0], 1.0)
    order = execute.Timings(mini.book).order([plan(d, mini.book) for d in docs])
    assert [p.doc for p in order] == [docs[2], docs[1], docs[0]], "unknown, 9 s, 1 s"


def test_broken_timings_file_is_forgotten(mini):
    mini.file("_build/.hocsau/timings.json", "{broken")
    assert execute.Timings(mini.book).seconds == {}


COMMAND = [sys.executable, "-m", "hocsau_build", "execute"]


def test_killed_build_keeps_finished_pages_and_the_next_one_finishes(mini):
    mini.page("quick", cell("print(1)"))
    mini.page("slow", cell("import time\ntime.sleep(4)"))
    first = subprocess.Popen([*COMMAND, "--jobs", "2"], stdout=subprocess.PIPE)
    for line in first.stdout:
        if b"quick" in line:
            break
    first.kill()
    first.communicate()
    done = subprocess.run(COMMAND, capture_output=True, text=True, check=True)
    assert "1 còn mới, 1 cần chạy" in done.stdout


def test_two_builds_at_once_wait_for_each_other(mini):
    mini.page("slow", cell("import time\ntime.sleep(2)"))
    first = subprocess.Popen(COMMAND, stdout=subprocess.PIPE, text=True)
    time.sleep(1.0)
    second = subprocess.run(COMMAND, capture_output=True, text=True, check=True)
    out, _ = first.communicate()
    assert first.returncode == 0
    both = out + second.stdout
    assert both.count("0 còn mới, 1 cần chạy") == 1, "the page ran once"
    assert both.count("1 còn mới, 0 cần chạy") == 1
    assert "đang chạy" in second.stderr or "đang chạy" in out


def test_outputs_are_the_same_on_every_run(mini):
    source = (
        "import matplotlib.pyplot as plt\nimport numpy as np\n"
        "fig, ax = plt.subplots()\nax.plot(np.arange(4.0))\nprint({'b', 'a', 'c'})"
    )
    doc = mini.page("p", cell(source))
    go(mini)
    first = json.dumps(outputs(mini, doc))
    Store(mini.book.store).path(plan(doc, mini.book).key).unlink()
    go(mini)
    assert json.dumps(outputs(mini, doc)) == first
    assert "image/svg+xml" in first


def test_ctrl_c_says_that_finished_pages_are_kept(mini):
    mini.page("quick", cell("print(1)"))
    mini.page("slow", cell("import time\ntime.sleep(30)"))
    first = subprocess.Popen(
        [*COMMAND, "--jobs", "2"], stdout=subprocess.PIPE, text=True
    )
    for line in first.stdout:
        if "quick" in line:
            break
    began = time.time()
    first.send_signal(signal.SIGINT)
    out, _ = first.communicate(timeout=25)
    assert time.time() - began < 20, "it must not wait for the slow page"
    assert first.returncode == 130
    assert "vẫn được giữ" in out
    assert outputs(mini, "book/quick")[1][0]["text"] == "1\n"


def test_relative_pythonpath_is_not_data_of_the_page(mini, monkeypatch):
    monkeypatch.chdir(mini.book.root)
    monkeypatch.setenv("PYTHONPATH", "code")
    look = (
        "from importlib import metadata\nprint(len(list(metadata.distributions())) > 0)"
    )
    mini.page("sub/a", cell(look))
    assert go(mini) == ({"sub/a"}, [])
