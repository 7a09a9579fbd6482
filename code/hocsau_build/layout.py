"""Every path of a book, and its table of contents, read once from its own files."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import yaml

from .errors import BookError, relative


def find_root(start: Path | None = None) -> Path:
    """Nearest folder upwards that holds ``_toc.yml`` and ``_config.yml``."""
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if (folder / "_toc.yml").exists() and (folder / "_config.yml").exists():
            return folder
    raise BookError(
        here, 1, "E-ROOT", "không thấy _toc.yml và _config.yml",
        "chạy lệnh trong thư mục của sách",
    )  # fmt: skip


def load_yaml(path: Path, root: Path):
    """Parse YAML; a broken file names its line."""
    try:
        return yaml.safe_load(path.read_text("utf-8")) or {}
    except yaml.YAMLError as exc:
        mark = getattr(exc, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise BookError(
            relative(path, root), line, "E-YAML",
            f"YAML hỏng: {getattr(exc, 'problem', exc)}", "sửa cú pháp ở dòng này",
        ) from exc  # fmt: skip


@dataclass(frozen=True)
class Book:
    """A book on disk: its root, settings, pages and build folders."""

    root: Path

    @cached_property
    def config(self) -> dict:
        return load_yaml(self.root / "_config.yml", self.root)

    @property
    def code(self) -> Path:
        return self.root / "code"

    @property
    def build(self) -> Path:
        return Path(os.environ.get("HOCSAU_BUILD", self.root / "_build"))

    @property
    def html(self) -> Path:
        return self.build / "html"

    @property
    def work(self) -> Path:
        return self.build / ".hocsau"

    @property
    def store(self) -> Path:
        return self.work / "store"

    def setting(self, name: str, default):
        """A value of ``sphinx: config: hocsau_<name>`` in ``_config.yml``."""
        settings = (self.config.get("sphinx") or {}).get("config") or {}
        return settings.get(f"hocsau_{name}", default)

    @cached_property
    def toc(self) -> list[str]:
        """Document names in reading order, the root first."""
        data = load_yaml(self.root / "_toc.yml", self.root)
        return list(_walk(data))

    @cached_property
    def docs(self) -> list[str]:
        """Table of contents, without names whose file is missing."""
        return [d for d in self.toc if self.path(d).exists()]

    def path(self, doc: str) -> Path:
        return self.root / f"{doc}.md"

    def doc(self, path: Path) -> str:
        """Document name of a file of this book."""
        return relative(Path(path), self.root).removesuffix(".md")

    def show(self, path: Path) -> str:
        return relative(path, self.root)


def _walk(node):
    if isinstance(node, dict):
        for key in ("root", "file"):
            if key in node:
                yield str(node[key]).removesuffix(".md")
        for key in ("parts", "chapters", "sections", "subtrees", "entries"):
            yield from _walk(node.get(key) or [])
    elif isinstance(node, list):
        for item in node:
            yield from _walk(item)
