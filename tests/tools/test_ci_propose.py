"""What a workflow generates reaches main, or waits in one pull request."""

from __future__ import annotations

import subprocess

import pytest

from hocsau_build.ci import branch, propose


def git(folder, *args):
    who = ["-c", "user.name=a", "-c", "user.email=a@b"]
    command = ["git", "-C", str(folder), *who, *args]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return done.stdout


@pytest.fixture
def site(tmp_path, github, monkeypatch):
    """A bare ``o/n`` on a server that is a folder, and a checkout of it."""
    far, here = tmp_path / "may/o/n", tmp_path / "lam"
    far.mkdir(parents=True)
    git(far, "init", "-q", "--bare", "-b", "main")
    subprocess.run(["git", "clone", "-q", str(far), str(here)], check=True)
    (here / "notebooks").mkdir()
    (here / "notebooks/a.ipynb").write_text("cũ\n")
    (here / "khac.md").write_text("cũ\n")
    git(here, "add", ".")
    git(here, "commit", "-qm", "a")
    git(here, "push", "-q", "origin", "HEAD:main")
    monkeypatch.chdir(here)
    monkeypatch.setenv("GITHUB_SERVER_URL", str(tmp_path / "may"))
    github.far, github.here = far, here
    return github


def patch(site):
    """A change of a generated file, and of one that may not be touched."""
    for name in ("notebooks/a.ipynb", "khac.md", "notebooks/moi.ipynb"):
        (site.here / name).write_text("mới\n")
    git(site.here, "add", "--intent-to-add", "notebooks")
    path = site.home / "a.patch"
    path.write_text(git(site.here, "diff", "--binary"))
    git(site.here, "reset", "-q", "--hard")
    return str(path)


def run(path):
    return propose.main(path, "bot/x", "Viết lại", "notebooks/*", "KHONG-CO.md")


def test_only_the_named_paths_reach_main(site):
    assert run(patch(site)) == 0
    assert git(site.far, "show", "main:notebooks/a.ipynb") == "mới\n"
    assert git(site.far, "show", "main:notebooks/moi.ipynb") == "mới\n"
    assert git(site.far, "show", "main:khac.md") == "cũ\n"
    assert "github-actions[bot]" in git(site.far, "log", "-1", "--format=%an", "main")


def test_a_protected_main_gets_one_pull_request(site):
    hook = site.far / "hooks/update"
    hook.write_text('#!/bin/sh\n[ "$1" != refs/heads/main ]\n')
    hook.chmod(0o755)
    site.answer(**{"pulls?": []})
    path = patch(site)
    assert run(path) == 0
    assert git(site.far, "show", "bot/x:notebooks/a.ipynb") == "mới\n"
    assert git(site.far, "show", "main:notebooks/a.ipynb") == "cũ\n"
    ((where, verb, body),) = site.writes
    assert (where, verb, body["head"], body["base"]) == (
        "pulls",
        "POST",
        "bot/x",
        "main",
    )
    git(site.here, "checkout", "-q", "--detach", "origin/main")
    git(site.here, "branch", "-D", "bot/x")
    head = {"ref": "bot/x", "repo": {"full_name": "o/n"}}
    site.answer(**{"pulls?": [{"number": 3, "head": head}]})
    assert run(path) == 0
    assert [w[:2] for w in site.writes[1:]] == [("pulls/3", "PATCH")]


def test_nothing_to_write_is_no_error(site):
    (site.home / "rong.patch").write_text("")
    assert run(str(site.home / "rong.patch")) == 0
    assert run(str(site.home / "khong-co.patch")) == 0
    assert git(site.far, "branch") == "* main\n"


def test_the_token_is_only_in_the_address(monkeypatch):
    monkeypatch.setenv("GITHUB_REPOSITORY", "o/n")
    monkeypatch.setenv("GITHUB_SERVER_URL", "https://github.com")
    monkeypatch.setenv("GH_TOKEN", "t")
    assert branch.remote() == "https://x-access-token:t@github.com/o/n"
