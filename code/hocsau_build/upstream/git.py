"""A course's repository as git sees it: a local clone, or a bare one fetched here.

``HOCSAU_UPSTREAM`` names a folder of clones (``<folder>/<name>`` or
``<folder>/<org>/<name>``), read as they stand. Without one, the repository is cloned
without its files' contents into the build folder; git then fetches only what is asked.
"""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from ..layout import Book

#: Seconds: to ask for the newest commit; to clone or fetch.
ASK, FETCH = 8, 300


class GitError(Exception):
    """Git could not answer; the text says why, for people."""


def git(*args: str, timeout: float = 60) -> str:
    """Output of git, which never asks for a password nor reads a pager."""
    env = {**os.environ, "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
    command = ["git", "-c", "core.quotepath=off", *args]
    try:
        done = subprocess.run(command, capture_output=True, timeout=timeout, env=env)
    except FileNotFoundError as exc:
        raise GitError("máy này không có git") from exc
    except subprocess.TimeoutExpired as exc:
        raise GitError(f"git không trả lời trong {timeout:.0f} giây") from exc
    if done.returncode:
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise GitError(lines[-1][:200] if lines else "git báo lỗi")
    return done.stdout.decode("utf-8", "replace")


@dataclass(frozen=True)
class Clone:
    """A repository on disk and the commit that is its newest."""

    url: str
    folder: Path
    head: str

    def run(self, *args: str, timeout: float = 60) -> str:
        return git("-C", str(self.folder), *args, timeout=timeout)

    def commit(self, name: str) -> str:
        """Full name of a commit; '' when this repository does not have it."""
        try:
            return self.run("rev-parse", "--verify", "-q", f"{name}^{{commit}}").strip()
        except GitError:
            return ""

    def text(self, commit: str, path: str) -> str:
        """A file as it was at a commit."""
        return self.run("show", f"{commit}:{path}", timeout=FETCH)


def short(url: str) -> str:
    """``https://github.com/Org/name`` → ``Org/name``."""
    return "/".join(url.rstrip("/").removesuffix(".git").split("/")[-2:])


def local(url: str) -> Path | None:
    """A clone that the environment names."""
    home = os.environ.get("HOCSAU_UPSTREAM")
    if not home:
        return None
    names = (short(url), short(url).split("/")[-1])
    places = (Path(home).expanduser() / name for name in names)
    return next((p for p in places if p.is_dir()), None)


def open_clone(url: str, book: Book, network: bool = True) -> Clone:
    """The repository, from a local clone or the network; ``GitError`` says why not."""
    if folder := local(url):
        return Clone(url, folder, newest(folder))
    if not network:
        raise GitError("không có bản sao tại chỗ")
    answer = git("ls-remote", "--", url, "HEAD", timeout=ASK).split()
    if not answer:
        raise GitError("kho ở xa không có nhánh nào")
    clone = Clone(url, book.work / "upstream" / f"{short(url)}.git", answer[0])
    if not clone.folder.is_dir():
        clone.folder.parent.mkdir(parents=True, exist_ok=True)
        what = ("clone", "-q", "--bare", "--filter=blob:none", "--", url)
        git(*what, str(clone.folder), timeout=FETCH)
    elif not clone.commit(clone.head):
        clone.run("fetch", "-q", "origin", "HEAD", timeout=FETCH)
    return clone


def newest(folder: Path) -> str:
    """What a local clone knows of its origin's main branch, else its own HEAD."""
    clone = Clone("", folder, "")
    head = clone.commit("refs/remotes/origin/HEAD") or clone.commit("HEAD")
    if not head:
        raise GitError(f"{folder} không phải kho git có commit")
    return head
