"""Where the book lives on the web: one source for every link back to it.

``_config.yml`` names the repository; ``GITHUB_REPOSITORY`` and ``HOCSAU_BRANCH``
(set by a fork's continuous integration) take its place.
"""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import quote, urlencode

import yaml

GITHUB = "https://github.com"


@dataclass(frozen=True)
class Repo:
    """A repository on GitHub and the commit that is being built."""

    org: str
    name: str
    branch: str
    commit: str = ""

    @property
    def url(self) -> str:
        return f"{GITHUB}/{self.org}/{self.name}"

    @property
    def ref(self) -> str:
        """What links to lines point at: the built commit, else the branch."""
        return self.commit or self.branch

    @property
    def pages(self) -> str:
        """Address of the site on GitHub Pages."""
        host = f"{self.org.lower()}.github.io"
        return (
            f"https://{host}/" if self.name == host else f"https://{host}/{self.name}/"
        )

    def blob(self, path: str, first: int = 0, last: int = 0) -> str:
        """A file at the built commit, with its lines marked if given."""
        lines = (
            f"#L{first}-L{last}" if first and last else f"#L{first}" if first else ""
        )
        return f"{self.url}/blob/{self.ref}/{quote(path)}{lines}"

    def edit(self, path: str) -> str:
        """GitHub's editor on a source file of the branch."""
        return f"{self.url}/edit/{self.branch}/{quote(path)}"

    def issue(self, title: str, body: str = "") -> str:
        """A new issue, filled in."""
        query = urlencode({"title": title, "body": body}, quote_via=quote)
        return f"{self.url}/issues/new?{query}"

    def form(self, template: str, **fields: str) -> str:
        """An issue form, with its title and fields of these ids filled in."""
        query = urlencode({"template": template, **fields}, quote_via=quote)
        return f"{self.url}/issues/new?{query}"

    def colab(self, notebook: str) -> str:
        """A notebook opened on Google Colab."""
        return (
            f"https://colab.research.google.com/github/{self.org}/{self.name}"
            f"/blob/{self.branch}/{quote(notebook)}"
        )

    def binder(self, notebook: str) -> str:
        """A notebook opened on Binder, in JupyterLab."""
        query = urlencode({"urlpath": f"lab/tree/{notebook}"}, quote_via=quote)
        branch = quote(self.branch, safe="")
        return f"https://mybinder.org/v2/gh/{self.org}/{self.name}/{branch}?{query}"

    def raw(self, path: str) -> str:
        """The bytes of a file of the branch, for download."""
        return (
            f"https://raw.githubusercontent.com/{self.org}/{self.name}"
            f"/{quote(self.branch)}/{quote(path)}"
        )


def repo_info(root: Path | str) -> Repo:
    """Read the one source; the environment of a fork's CI wins."""
    text = (Path(root) / "_config.yml").read_text("utf-8")
    config = (yaml.safe_load(text) or {}).get("repository") or {}
    slug = os.environ.get("GITHUB_REPOSITORY") or config.get("url", "")
    org, name = slug.rstrip("/").removesuffix(".git").split("/")[-2:]
    branch = os.environ.get("HOCSAU_BRANCH") or config.get("branch") or "main"
    return Repo(org, name, branch, built_commit(str(root)))


@cache
def built_commit(root: str) -> str:
    """The checked-out commit; empty outside git."""
    git = ["git", "-C", root, "rev-parse", "HEAD"]
    try:
        done = subprocess.run(git, capture_output=True, text=True, timeout=10)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
