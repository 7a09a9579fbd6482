"""Nothing changed: nothing is drawn. Anything that a page comes from: it is drawn."""

from __future__ import annotations

import os

import pytest

from hocsau_build import drawn
from hocsau_build.verbs import book as verb

ARGS = type("Args", (), {"all": False, "jobs": 1, "quiet": True})


@pytest.fixture
def site(mini, monkeypatch):
    """A mini-book whose drawing only writes each page's name; says how often."""
    mini.page("p", "```{code-cell} ipython3\n1\n```\n")
    mini.module("pkg.a", "x = 1\n")
    mini.drawings, mini.code = 0, 0

    def sphinx(book, args):
        mini.drawings += 1
        for doc in [*book.docs, "index"]:
            path = book.html / f"{doc}.html"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(doc)
        return mini.code

    monkeypatch.setattr(verb, "sphinx", sphinx)
    mini.draw = lambda: verb.draw(mini.book, ARGS)
    mini.draw()
    return mini


def test_nothing_changed_nothing_drawn(site, capsys):
    assert site.draw() == 0
    assert site.drawings == 1
    assert "Không có gì" in capsys.readouterr().out


CHANGES = {
    "prose": lambda m: m.page(
        "p", "```{code-cell} ipython3\n1\n```\n", prose="Khác.\n"
    ),
    "module": lambda m: m.module("pkg.a", "x = 2\n"),
    "new file": lambda m: m.file("book/_static/a.css", "p{}"),
    "config": lambda m: m.file(
        "_config.yml", (m.root / "_config.yml").read_text() + "\n"
    ),
    "contents": lambda m: m.page("q"),
    "same size, new time": lambda m: os.utime(m.root / "book/p.md", (1, 1)),
    "page lost": lambda m: (m.book.html / "book/p.html").unlink(),
    "new output": lambda m: m.file("_build/.hocsau/store/ab/ab.json", "digest\n{}"),
    "stamp broken": lambda m: (m.book.work / "drawn").write_bytes(b"\xff"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_every_change_is_drawn_once(site, change):
    change(site)
    site.draw()
    site.draw()
    assert site.drawings == 2


def test_a_failed_drawing_is_not_remembered(site):
    site.file("book/_static/a.css", "p{}")
    site.code = 1
    assert site.draw() == 1
    site.code = 0
    assert site.draw() == 0
    assert site.drawings == 3


def test_an_edit_during_the_drawing_is_not_lost(site, monkeypatch):
    def slow(book, args):
        site.module("pkg.a", "x = 3\n")
        return 0

    site.file("book/_static/a.css", "p{}")
    monkeypatch.setattr(verb, "sphinx", slow)
    site.draw()
    assert not drawn.current(site.book)


def test_another_repository_name_is_drawn(site, monkeypatch):
    monkeypatch.setenv("GITHUB_REPOSITORY", "khac/sach")
    site.draw()
    assert site.drawings == 2


def test_nothing_changed_nothing_is_even_read(site, monkeypatch, capsys):
    monkeypatch.chdir(site.root)
    monkeypatch.setattr(verb, "structure", lambda book: pytest.fail("read again"))
    assert verb.main(ARGS) == 0
    assert "Không có gì đổi" in capsys.readouterr().out


def test_a_new_package_in_the_environment_is_drawn(site, monkeypatch):
    monkeypatch.setattr(drawn, "_installed", lambda: "later")
    assert not drawn.current(site.book)
