"""Every link back to the repository comes from one place; a fork gets its own."""

import pytest

from hocsau_build.repo import Repo, repo_info

CONFIG = "repository:\n  url: https://github.com/hocsau/sach.git\n  branch: main\n"


@pytest.fixture
def root(tmp_path, monkeypatch):
    for name in ("GITHUB_REPOSITORY", "HOCSAU_BRANCH"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "_config.yml").write_text(CONFIG, "utf-8")
    return tmp_path


def test_the_configuration_names_the_repository(root):
    repo = repo_info(root)
    assert (repo.org, repo.name, repo.branch) == ("hocsau", "sach", "main")
    assert repo.url == "https://github.com/hocsau/sach"
    assert repo.commit == ""  # not a git checkout


def test_a_fork_opens_the_fork(root, monkeypatch):
    monkeypatch.setenv("GITHUB_REPOSITORY", "lan/hoc")
    monkeypatch.setenv("HOCSAU_BRANCH", "thu/moi")
    repo = repo_info(root)
    book = "notebooks/nyu/a.ipynb"
    assert repo.colab(book) == (
        "https://colab.research.google.com/github/lan/hoc/blob/thu/moi/" + book
    )
    assert repo.binder(book) == (
        "https://mybinder.org/v2/gh/lan/hoc/thu%2Fmoi"
        "?urlpath=lab%2Ftree%2Fnotebooks%2Fnyu%2Fa.ipynb"
    ) or repo.binder(book).endswith("?urlpath=lab/tree/" + book)
    assert repo.edit("book/a.md") == "https://github.com/lan/hoc/edit/thu/moi/book/a.md"
    assert repo.pages == "https://lan.github.io/hoc/"


def test_lines_link_to_the_built_commit():
    repo = Repo("o", "n", "main", "abc123")
    start = "https://github.com/o/n/blob/abc123/code/kim/a.py"
    assert repo.blob("code/kim/a.py", 3, 9) == start + "#L3-L9"
    assert repo.blob("code/kim/a.py") == start
    assert "/blob/main/" in Repo("o", "n", "main").blob("x.py")


def test_an_issue_is_filled_in():
    url = Repo("o", "n", "main").issue("Đạo hàm: ", "dòng 1\ndòng 2")
    assert url.startswith("https://github.com/o/n/issues/new?title=%C4%90%E1%BA%A1o")
    assert "%0A" in url
    assert "+" not in url


def test_a_user_page_has_no_folder():
    assert Repo("Lan", "lan.github.io", "main").pages == "https://lan.github.io/"
