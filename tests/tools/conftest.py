"""Mini-books: a whole small book in a temporary folder, edited by the tests."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from hocsau_build import chapter, recordings
from hocsau_build.layout import Book
from hocsau_build.recording import digest, form

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
  kind: guide
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


@pytest.fixture(autouse=True)
def on_main(monkeypatch):
    """Two rules are milder on a pull request; a test says itself when it is one."""
    monkeypatch.delenv("GITHUB_EVENT_NAME", raising=False)


@pytest.fixture
def mini(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return Mini(tmp_path)


GPU_NOTE = "Kết quả này thấp hơn hẳn lần chạy nhỏ.\n\n"


class GpuMini(Mini):
    """A mini-book that says it may show what the stand-in device made."""

    def __init__(self, root: Path):
        super().__init__(root)
        self.file("_config.yml", CONFIG + "    hocsau_test_device: true\n")

    def load(self, doc="book/p"):
        return chapter.load(self.book.path(doc), f"{doc}.md")

    def look(self, doc="book/p"):
        return recordings.look(self.load(doc), self.book)

    def shown(self):
        """Text and HTML under the first GPU cell of the page p."""
        seen = self.look()
        found = recordings.outputs(seen, min(seen.cells))
        return "".join(
            o.get("text", "") or "".join(map(str, o.get("data", {}).values()))
            for o in found
        )

    def recorded(self, *outputs, test=True):
        """A page with one GPU cell and its recording, as the tool would write it."""
        self.page("p", cell("x = 1"), cell("print(x)", "tags: [gpu]"), GPU_NOTE)
        page = self.load()
        device = {"name": "thiết bị thử" if test else "NVIDIA H100", "driver": "-",
                  "cuda": "-", "test": test}  # fmt: skip
        default = {"output_type": "stream", "name": "stdout", "text": "1\n"}
        one = form.CellRecord(1, digest.digest(page, 1, self.book),
                              digest.own_digest(page, 1), [5], 12.3, 2048,
                              list(outputs or [default]))  # fmt: skip
        versions = {"python": "3.11.9", "torch": "2.13.0"}
        made = form.Recording("book/p", "2026-11-30", 20.0, device, versions, [one])
        return form.write(made, self.book)


@pytest.fixture
def gpu_mini(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return GpuMini(tmp_path)
