"""Mini-books: a whole small book in a temporary folder, edited by the tests."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from hocsau_build.layout import Book

CONFIG = """\
title: Sách thử
author: Người thử
only_build_toc_files: true
execute:
  execute_notebooks: "off"
repository:
  url: https://github.com/thu/sach
  branch: main
sphinx:
  extra_extensions: [hocsau_build.reader]
  config:
    language: vi
    suppress_warnings: []
"""

HEAD = """\
---
kernelspec: {{name: python3, display_name: Python 3}}
hocsau:
  id: {id}
  kind: lecture
  minutes: 5
  authors: [Người thử]
  license: CC-BY-SA-4.0
  updated: "2026-11-21"
---

# Trang {id}

"""


def cell(source: str, *options: str) -> str:
    """A code cell as written in a page."""
    head = "".join(f":{o}\n" for o in options)
    body = textwrap.dedent(source).strip("\n")
    return f"```{{code-cell}} ipython3\n{head}{body}\n```\n\n"


class Mini:
    """A mini-book: write modules and pages, then run the tools on it."""

    def __init__(self, root: Path):
        self.root = root
        self.pages: list[str] = []
        self.file("_config.yml", CONFIG)
        self.file("book/index.md", "# Trang đầu\n")
        self.file("book/references.bib", "")
        (root / "code").mkdir(exist_ok=True)
        self.toc()

    @property
    def book(self) -> Book:
        return Book(self.root)  # fresh: nothing cached between edits

    def file(self, name: str, text: str) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return path

    def module(self, name: str, text: str) -> Path:
        """``pkg.mod``; packages get an empty ``__init__`` unless written."""
        path = self.root / "code" / Path(*name.split(".")).with_suffix(".py")
        path.parent.mkdir(parents=True, exist_ok=True)
        init = path.parent / "__init__.py"
        if not init.exists():
            init.write_text("")
        path.write_text(textwrap.dedent(text), "utf-8")
        return path

    def page(self, name: str, *cells: str, prose: str = "Lời văn.\n\n") -> str:
        doc = f"book/{name}"
        self.file(f"{doc}.md", HEAD.format(id=name) + prose + "".join(cells))
        if name not in self.pages:
            self.pages.append(name)
            self.toc()
        return doc

    def toc(self) -> None:
        files = "".join(f"  - file: book/{p}\n" for p in self.pages)
        chapters = f"chapters:\n{files}" if files else ""
        self.file("_toc.yml", f"format: jb-book\nroot: book/index\n{chapters}")


@pytest.fixture
def mini(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return Mini(tmp_path)


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
import json, pathlib, shutil, sys
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
        self.home, self.answers = home, {"issues/7/comments": []}

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
