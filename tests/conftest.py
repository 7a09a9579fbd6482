"""Stand-ins for GitHub and for a course's repository, and one browser for all tests:
a second one in the same process cannot be started.

It is ``CHROMIUM`` or the first Chromium found. Without one the browser tests skip,
unless ``HOCSAU_BROWSER=1`` says that there must be one.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "chrome")


@pytest.fixture(scope="session")
def browser():
    """Headless Chromium."""
    named = os.environ.get("CHROMIUM")
    path = named or next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if path is None:
        say = "không thấy Chromium: cài nó, hoặc đặt biến CHROMIUM"
        if os.environ.get("HOCSAU_BROWSER") == "1":
            pytest.fail(say, pytrace=False)
        pytest.skip(say)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu"]
        )
        yield chromium
        chromium.close()


class Upstream:
    """A repository ``<home>/<org>/<name>`` with one commit for each change."""

    def __init__(self, home: Path, name: str = "truong/khoa"):
        self.folder = home / name
        self.folder.mkdir(parents=True)
        self.url = str(self.folder)
        self.git("init", "-q", "-b", "main")
        self.git("config", "uploadpack.allowFilter", "true")

    def git(self, *args: str) -> str:
        who = ["-c", "user.name=a", "-c", "user.email=a@b"]
        env = {**os.environ, "GIT_COMMITTER_DATE": "2026-05-04T12:00:00+00:00"}
        done = subprocess.run(
            ["git", "-C", str(self.folder), *who, *args],
            check=True, capture_output=True, text=True, env=env,
        )  # fmt: skip
        return done.stdout.strip()

    def commit(self, **files: str | None) -> str:
        """Write (or with None delete) files, commit, and give the commit's name."""
        for name, text in files.items():
            path = self.folder / name.replace("__", "/").replace("_md", ".md")
            if text is None:
                path.unlink()
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        self.git("add", "-A")
        self.git("commit", "-qm", "x", "--allow-empty")
        return self.git("rev-parse", "HEAD")


@pytest.fixture
def upstream(tmp_path):
    """A course's repository at ``<tmp_path>/xa/truong/khoa``."""
    return Upstream(tmp_path / "xa")


FAKE = """\
#!{python}
import json, pathlib, re, shutil, sys
home = pathlib.Path({home!r})
args = sys.argv[1:]
log = home / "calls.jsonl"
if args[0] == "api":
    path = args[1].split("repos/o/n/")[1]
    body = json.load(sys.stdin) if "--input" in args else None
    with log.open("a") as file:
        file.write(json.dumps([path, args[2:], body]) + "\\n")
    answers = json.loads((home / "answers.json").read_text())
    hit = next((v for k, v in answers.items() if path.startswith(k)), None)
    if run := re.match(r"actions/runs/([0-9]+)/artifacts", path):
        names = [p.name for p in (home / "artifacts" / run[1]).glob("*")]
        hit = dict(artifacts=[dict(name=n, expired=False) for n in names])
    if hit is None and body is None:
        sys.exit("404 " + path)
    print(json.dumps([hit] if "--slurp" in args else hit))
else:
    source = home / "artifacts" / args[2] / args[args.index("-n") + 1]
    if not source.exists():
        sys.exit(1)
    target = args[args.index("-D") + 1]
    shutil.copytree(source, target, symlinks=True, dirs_exist_ok=True)
"""


class GitHub:
    """Answers by the start of the path; artifacts by run and name; calls made."""

    def __init__(self, home: Path):
        self.home = home
        self.answers = {"issues/7/comments": [], "commits/": []}

    def answer(self, **more):
        self.answers = {**self.answers, **more}
        (self.home / "answers.json").write_text(json.dumps(self.answers))

    def artifact(self, run, name, file, text):
        path = self.home / "artifacts" / str(run) / name / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return path

    @property
    def writes(self):
        lines = (self.home / "calls.jsonl").read_text().splitlines()
        calls = [json.loads(line) for line in lines]
        return [(path, args[1], body) for path, args, body in calls if body]


@pytest.fixture
def github(tmp_path, monkeypatch):
    tool = tmp_path / "bin" / "gh"
    tool.parent.mkdir()
    tool.write_text(FAKE.format(python=sys.executable, home=str(tmp_path)))
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tool.parent}:/usr/bin:/bin")
    for name, value in {"GITHUB_REPOSITORY": "o/n", "HEAD_SHA": "a" * 40, "RUN_ID": "5",
                        "CONCLUSION": "success"}.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    hub = GitHub(tmp_path)
    hub.answer()
    return hub


def pytest_collection_modifyitems(items):
    """Browser tests last: Playwright keeps an event loop running in this thread."""
    items.sort(key=lambda item: "browser" in getattr(item, "fixturenames", ()))
