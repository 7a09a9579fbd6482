"""Each rule with its examples; each bad input with file, line, rule and remedy."""

import unicodedata

import pytest

from hocsau_build import check
from hocsau_build.__main__ import main
from hocsau_build.check.rule import RULES
from hocsau_build.errors import BookError

PAGE_RULES = [r for r in RULES.values() if r.scope == "page"]


def cell(source, *options):
    head = "".join(f":{o}\n" for o in options)
    return f"```{{code-cell}} ipython3\n{head}{source}\n```\n\n"


def add_to_toc(mini, doc):
    text = mini.root.joinpath("_toc.yml").read_text()
    mini.file("_toc.yml", f"{text}  - file: {doc}\n")


def found(mini, code=None):
    return [
        (p.path, p.line, p.rule)
        for p in check.problems(mini.book)
        if code is None or p.rule == code
    ]


@pytest.mark.parametrize("rule", PAGE_RULES, ids=lambda r: r.code)
def test_examples_of_a_page_rule(mini, rule):
    mini.file("book/p.md", rule.good)
    mini.pages = ["p"]
    mini.toc()
    assert not found(mini, rule.code)
    mini.file("book/p.md", rule.bad)
    assert found(mini, rule.code)


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda r: r.code)
def test_every_rule_explains_itself(rule):
    assert rule.title and rule.why and rule.fix
    for text in (rule.title, rule.why, rule.fix):
        assert unicodedata.is_normalized("NFC", text)


def test_duplicate_id_names_both_pages(mini):
    mini.page("a", cell("1"))
    mini.page("b", cell("1"))
    text = (mini.root / "book/b.md").read_text().replace("id: b", "id: a")
    mini.file("book/b.md", text)
    (problem,) = check.problems(mini.book)
    assert (problem.path, problem.line, problem.rule) == ("book/b.md", 4, "H04")
    assert "book/a.md" in problem.what


def test_page_missing_from_toc_and_the_reverse(mini):
    mini.page("a", cell("1"))
    mini.file("book/lac.md", "# Lạc\n")
    add_to_toc(mini, "book/ma")
    assert found(mini) == [("_toc.yml", 5, "T01"), ("book/lac.md", 1, "T02")]


def test_page_twice_in_toc(mini):
    mini.page("a", cell("1"))
    add_to_toc(mini, "book/a")
    assert found(mini) == [("_toc.yml", 4, "T03")]


@pytest.mark.parametrize(
    ("head", "line", "rule"),
    [
        ("---\nhocsau:\n  id: a\n  kind lecture\n---\n# A\n", 4, "E-HEAD"),
        ("---\nhocsau: [\n# A\n", 1, "E-HEAD"),
        ("---\n- a\n- b\n---\n# A\n", 2, "E-HEAD"),
        ("# A\n\n" + cell("1"), 1, "H01"),
    ],
)
def test_broken_or_missing_front_matter(mini, head, line, rule):
    mini.page("a", cell("1"))
    mini.file("book/a.md", head)
    assert found(mini) == [("book/a.md", line, rule)]


def test_embed_of_what_does_not_exist(mini):
    mini.module("pkg.a", "def fa(): return 1\n")
    mini.page("p", cell("", "embed: pkg.a:fb"))
    ((path, line, rule),) = found(mini)
    assert (path, rule) == ("book/p.md", "E01")
    text = mini.root.joinpath(path).read_text().splitlines()
    assert text[line - 1].startswith("```{")


def test_embed_of_a_module_that_does_not_parse(mini):
    mini.module("pkg.a", "x = 1\ndef fa(:\n")
    mini.page("p", cell("from pkg.a import fa"))
    assert found(mini) == [("code/pkg/a.py", 2, "E01")]


def test_text_not_utf8_names_its_line(mini):
    mini.page("p", cell("1"))
    path = mini.root / "book/p.md"
    path.write_bytes(path.read_bytes() + b"\n\xe1\xba\n")
    ((shown, line, rule),) = found(mini)
    assert (shown, rule) == ("book/p.md", "E-UTF8")
    assert line == path.read_bytes().count(b"\n", 0, -3) + 1


def test_not_nfc_is_found_and_mended(mini):
    mini.page("p", cell("1"), prose=unicodedata.normalize("NFD", "Đạo hàm.\n\n"))
    assert [f[2] for f in found(mini)] == ["C01"]
    assert main(["check", "--fix"]) == 0
    assert "Đạo hàm." in (mini.root / "book/p.md").read_text("utf-8")


def test_image_without_alt_text(mini):
    options = "---\nmystnb:\n  figure:\n    caption: Chú thích.\n---\n1"
    mini.page("p", cell(options), prose="![](a.png)\n\n")
    assert [f[2] for f in found(mini)] == ["C03", "C03"]


def test_suppression_needs_a_reason(mini):
    mini.page("p", cell("1"), prose="% bo-qua: C03\n![](a.png)\n\n")
    assert [f[2] for f in found(mini)] == ["C03"]
    mini.page("p", cell("1"), prose="% bo-qua: C03 ảnh trang trí\n![](a.png)\n\n")
    assert found(mini) == []


def test_command_prints_place_rule_and_remedy_and_fails(mini, capsys):
    mini.page("p", cell("1"), prose="![](a.png)\n\n")
    assert main(["check"]) == 1
    line = capsys.readouterr().err.strip()
    assert line.startswith("book/p.md:14  C03  ") and " — " in line
    assert main(["check", "--github"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("::error file=book/p.md,line=14,title=C03")
    mini.page("p", cell("1"))
    assert main(["check"]) == 0


def test_book_stops_before_running_when_the_structure_is_broken(mini, capsys):
    mini.page("p", cell("open('ran', 'w')"), prose="![](a.png)\n\n")
    assert main(["book"]) == 1
    assert "C03" in capsys.readouterr().err
    assert not (mini.root / "_build/html/index.html").exists()


def test_outside_a_book_the_commands_say_so(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["check"]) == 1
    assert "E-ROOT" in capsys.readouterr().err


def test_broken_toc_names_its_line(mini):
    mini.file("_toc.yml", "format: jb-book\nroot: [a\nb: c\n")
    with pytest.raises(BookError) as caught:
        check.problems(mini.book)
    assert caught.value.problem.path == "_toc.yml"
