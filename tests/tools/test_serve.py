"""Writing with ``serve``: pages reload after an edit, errors show, Ctrl-C ends it."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from hocsau_build import live_site
from hocsau_build.verbs import serve

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def site(tmp_path):
    (tmp_path / "index.html").write_text("<body>chào</body>", "utf-8")
    (tmp_path / "404.html").write_text("<body>không có</body>", "utf-8")
    (tmp_path / "a.css").write_text("p{}")
    (tmp_path / "d").mkdir()
    (tmp_path / "d/index.html").write_text("<body>d</body>")
    news = live_site.News()
    server = live_site.start(tmp_path, 18300, news)
    yield tmp_path, news, server
    live_site.stop(server)


def get(server, path):
    try:
        answer = urllib.request.urlopen(f"http://127.0.0.1:{server.server_port}{path}")
    except urllib.error.HTTPError as error:
        answer = error
    with answer:
        return answer.status, answer.headers, answer.read().decode()


class Stream:
    """Events of the running server, read line by line with a time limit."""

    def __init__(self, port: int, seconds: float = 60):
        url = f"http://127.0.0.1:{port}{live_site.EVENTS}"
        self.seconds = seconds
        self.answer = urllib.request.urlopen(url, timeout=seconds)

    def next(self) -> tuple[str, str]:
        fields, end = {}, time.monotonic() + self.seconds
        while "data" not in fields:
            assert time.monotonic() < end, "no event in time"
            name, _, value = (
                self.answer.readline().decode().rstrip("\n").partition(": ")
            )
            fields[name] = value
        return fields["event"], json.loads(fields["data"])


def test_pages_carry_the_script_and_files_do_not(site):
    folder, _, server = site
    for path in ("/", "/index.html", "/d/", "/index.html?a=1"):
        status, headers, text = get(server, path)
        assert (status, headers["Cache-Control"]) == (200, "no-store")
        assert text.count("EventSource") == 1 and text.endswith("</script></body>")
    assert get(server, "/a.css")[2] == "p{}"
    assert (folder / "index.html").read_text("utf-8") == "<body>chào</body>"


def test_a_missing_page_shows_the_books_own(site):
    status, _, text = get(site[2], "/la/lam.html")
    assert status == 404 and "không có" in text and "EventSource" in text


def test_open_pages_hear_of_builds(site):
    _, news, server = site
    stream = Stream(server.server_port, 10)
    threading.Timer(0.2, news.tell, ("reload",)).start()
    assert stream.next() == ("reload", "")
    news.tell("failed", json.dumps("a\nb"))
    assert stream.next() == ("failed", "a\nb")
    stream.answer.close()


def test_a_taken_port_gives_the_next(site):
    folder, news, first = site
    second = live_site.start(folder, first.server_port, news)
    assert second.server_port > first.server_port
    assert second.server_address[0] == "127.0.0.1"
    live_site.stop(second)


@pytest.mark.parametrize(
    ("path", "yes"),
    [
        ("/s/book/a.md", True),
        ("/s/code/kim/ops.py", True),
        ("/s/code/kim/__pycache__/ops.cpython-311.pyc", False),
        ("/s/book/.a.md.swp", False),
        ("/s/book/a.md~", False),
        ("/s/code/hocsau.egg-info/SOURCES.txt", False),
    ],
)
def test_what_editors_leave_behind_starts_nothing(path, yes):
    assert serve.wanted(None, path) is yes


def test_edit_rebuilds_error_is_told_and_ctrl_c_ends(mini):
    mini.module("pkg.a", "def fa(): return 'giá trị một'\n")
    mini.page(
        "p", "```{code-cell} ipython3\nfrom pkg.a import fa\nprint(fa())\n```\n\n"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT / "code"), "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        [sys.executable, "-m", "hocsau_build", "serve", "--port", "18400"],
        cwd=mini.root, env=env, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    try:
        follow(mini, process)
    finally:
        process.kill()
        process.stdout.close()
        process.wait()


def follow(mini, process) -> None:
    port = int(said(process, r"http://127.0.0.1:(\d+)/"))
    stream, page = Stream(port), f"http://127.0.0.1:{port}/book/p.html"
    assert "giá trị một" in read(page)
    mini.module("pkg.a", "def fa(): return 'giá trị hai'\n")
    assert stream.next()[0] == "reload"
    assert "giá trị hai" in read(page)
    mini.module("pkg.a", "def fa(: return 1\n")
    event, text = stream.next()
    assert event == "failed" and "code/pkg/a.py:1" in text
    assert "giá trị hai" in read(page)
    mini.module("pkg.a", "def fa(): return 'giá trị ba'\n")
    assert stream.next()[0] == "reload"
    assert "giá trị ba" in read(page)
    stream.answer.close()
    process.send_signal(signal.SIGINT)
    assert "Đã dừng" in process.communicate(timeout=20)[0]
    assert process.returncode == 0


def said(process, pattern: str) -> str:
    """First match of a pattern in what the process prints."""
    lines = []
    for line in process.stdout:
        lines.append(line)
        if found := re.search(pattern, line):
            return found[1]
    raise AssertionError("".join(lines))


def read(url: str) -> str:
    with urllib.request.urlopen(url, timeout=10) as answer:
        return answer.read().decode()
