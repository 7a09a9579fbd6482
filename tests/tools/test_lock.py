"""One build at a time, and a lock that dies with its build, whatever it has started."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from hocsau_build.lock import only_one

CODE = str(Path(__file__).resolve().parents[2] / "code")
HOLD = """
import os, sys, time
from pathlib import Path
from hocsau_build.layout import Book
from hocsau_build.lock import only_one
with only_one(Book(Path("."))):
    if os.fork() == 0:          # as an extension that starts a process of its own
        print(os.getpid(), flush=True)
        time.sleep(60)
        os._exit(0)
    time.sleep(60)
"""
TAKE = """
from pathlib import Path
from hocsau_build.layout import Book
from hocsau_build.lock import only_one
with only_one(Book(Path("."))):
    print("got it", flush=True)
"""


@pytest.fixture
def start(mini):
    """Start Python code in the mini-book; everything is ended afterwards."""
    started = []

    def run(code):
        process = subprocess.Popen(
            [sys.executable, "-c", code], cwd=mini.root, text=True,
            env={**os.environ, "PYTHONPATH": CODE},
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        started.append(process)
        return process

    yield run
    for process in started:
        process.kill()
        process.communicate()


def test_the_second_waits_and_says_for_whom(mini, start):
    with only_one(mini.book):
        second = start(TAKE)
        line = second.stderr.readline()
        assert str(os.getpid()) in line and "đợi" in line
        assert second.poll() is None
    assert second.communicate(timeout=20)[0] == "got it\n"


def test_a_killed_build_frees_the_lock_though_its_child_lives(start):
    first = start(HOLD)
    child = int(first.stdout.readline())
    first.send_signal(signal.SIGKILL)
    first.wait()
    try:
        os.kill(child, 0)  # the child is there
        assert start(TAKE).communicate(timeout=20) == ("got it\n", "")
    finally:
        os.kill(child, signal.SIGKILL)


def test_the_same_process_may_build_again_beside_an_old_child(mini):
    with only_one(mini.book):
        child = os.fork()
        if child == 0:
            time.sleep(30)
            os._exit(0)
    try:
        with only_one(mini.book):
            assert (mini.book.work / "lock").read_text() == str(os.getpid())
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
