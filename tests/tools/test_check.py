"""Each rule with its examples; each bad input with file, line, rule and remedy."""

import re
import unicodedata

import pytest
import yaml

from hocsau_build import check
from hocsau_build.__main__ import main
from hocsau_build.check.rule import RULES
from hocsau_build.errors import BookError
from hocsau_build.layout import Book, find_root

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

"""


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


def small_book(mini, example):
    """A book that holds just the example."""
    files = {name or "book/p.md": text for name, text in example.items()}
    mini.file("book/a.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
    for name, text in files.items():
        if name.endswith(".md") and "{code-cell}" in text and text[:3] != "---":
            text = HEAD.format(id=name) + text  # examples leave out what every page has
        mini.file(name, text)
    mini.pages = sorted(
        name.removeprefix("book/").removesuffix(".md")
        for name in files
        if name.startswith("book/") and name.endswith(".md")
    )
    if "_toc.yml" not in files:
        mini.toc()


def said_of(mini, rule):
    """What the rules say of the book; notices only of the rule itself."""
    said = check.everything(mini.book)
    return [p for p in said if p.level == "error" or p.rule == rule.code]


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda r: r.code)
def test_good_example_of_a_rule_raises_nothing(mini, rule):
    small_book(mini, rule.files(True))
    assert [str(p) for p in said_of(mini, rule)] == []


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda r: r.code)
def test_bad_example_of_a_rule_raises_exactly_it(mini, rule):
    small_book(mini, rule.files(False))
    said = said_of(mini, rule)
    assert {p.level for p in said} == {"notice" if rule.told else "error"}
    assert {p.rule for p in said} == {rule.code}, [str(p) for p in said]


@pytest.mark.parametrize(
    "rule", [r for r in RULES.values() if r.mend], ids=lambda r: r.code
)
def test_what_a_rule_mends_is_right_and_mended_once(mini, rule):
    small_book(mini, rule.files(False))
    main(["check", "--fix"])
    path = mini.root / "book/p.md"
    once = path.read_text("utf-8")
    assert check.everything(mini.book) == []
    main(["check", "--fix"])
    assert path.read_text("utf-8") == once != rule.bad


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda r: r.code)
def test_every_rule_explains_itself(rule, capsys):
    assert rule.title and rule.why and rule.fix
    assert main(["check", "--explain", rule.code]) == 0
    said = capsys.readouterr().out
    assert "Đúng" in said and "Sai" in said
    for text in (rule.title, rule.why, rule.fix):
        assert unicodedata.is_normalized("NFC", text)


def test_no_rule_speaks_of_the_book_itself():
    book = Book(find_root())
    said = check.everything(book, set(RULES) - {"G01", "W01", "W02"})
    assert [str(p) for p in said if p.level == "error"] == []


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
    caption = "caption: Hình. Hãy để ý chỗ gãy."
    options = f"---\nmystnb:\n  figure:\n    {caption}\n---\n1"
    mini.file("book/a.png", "")
    mini.page("p", cell(options), prose="![](a.png)\n\n")
    assert [f[2] for f in found(mini)] == ["C03", "C03"]


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("#muc-a", None),
        ("#muc-b", None),  # of another page: the build finds it
        ("b.md", None),
        ("so.ipynb#o-1", None),  # no page: nothing is known of its parts
        ("#khong-co", "không có nhãn khong-co"),
        ("#mục", "không có nhãn mục"),  # the build gives headings no anchor
        ("b.md#khong-co-muc", "không có nhãn khong-co-muc"),
        ("b.md#muc-b", "viết (#muc-b)"),
        ("c.md#muc-b", "không có tệp c.md"),
    ],
)
def test_a_link_to_a_section_needs_its_label(mini, link, said):
    mini.file("book/so.ipynb", "{}")
    mini.page("a", cell("1"), prose=f"[x]({link})\n\n(muc-a)=\n## Mục\n\n")
    mini.page("b", cell("1"), prose="(muc-b)=\n## Mục\n\n")
    whats = [p.what for p in check.everything(mini.book, {"L02"})]
    assert len(whats) == (said is not None)
    assert not said or said in whats[0]


@pytest.mark.parametrize(
    ("remark", "rules"),
    [
        ("% bo-qua: C03", {"C03", "Z01"}),
        ("% bo-qua: C03 ảnh trang trí", set()),
        ("% bo-qua: C03, C09 ảnh trang trí", {"Z02"}),
        ("% bo-qua: C99 ảnh trang trí", {"C03", "Z01"}),
        ("% bo-qua: ảnh trang trí", {"C03", "Z01"}),
        ("% bo-qua: C09 ảnh trang trí", {"C03", "Z02"}),
    ],
)
def test_suppression_needs_a_code_a_reason_and_a_cause(mini, remark, rules):
    mini.file("book/a.svg", "<svg/>")
    mini.page("p", cell("1"), prose=f"{remark}\n![](a.svg)\n\n")
    assert {f[2] for f in found(mini)} == rules


def test_suppression_counts_for_the_paragraph_or_block_under_it(mini):
    long = "\n".join(f"x{i} = {i}" for i in range(30))
    prose = "% bo-qua: C05 lời xưa\nLí lẽ.\nKĩ càng.\n\nLí do.\n\n"
    mini.page("p", "% bo-qua: O01 bảng số\n", cell(long), cell(long), prose=prose)
    assert [f[2] for f in found(mini)] == ["C05", "O01"]


def test_suppression_in_the_head_and_in_other_files(mini):
    mini.page("p", cell("1"), prose="{footcite}`a`\n\n")
    path = mini.root / "book/p.md"
    head = "  # bo-qua: H09 do trang tự tính\n  minutes: 5.5\n"
    mini.file("book/p.md", path.read_text().replace("  minutes: 5\n", head))
    entry = "@misc{a,\n  title = {A}, year = {2020}\n}\n"
    mini.file("book/references.bib", entry)
    assert [f[2] for f in found(mini)] == ["L06"]
    mini.file("book/references.bib", "% bo-qua: L06 bản in tay\n" + entry)
    assert found(mini) == []


def test_the_guide_speaks_of_remarks_and_makes_none(mini):
    rule = RULES["G01"]
    small_book(mini, rule.files(False))
    path = mini.root / "CONTRIBUTING.md"
    path.write_text("viết % bo-qua: C03 rồi lý do\n" + path.read_text("utf-8"))
    assert {p.rule for p in check.everything(mini.book)} == {"G01"}


def test_fix_respects_a_suppression(mini):
    prose = "% bo-qua: C05 tên sách xưa\nLí lẽ.\n\nLí do hoá học.\n\n"
    mini.page("p", cell("1"), prose=prose)
    main(["check", "--fix"])
    text = (mini.root / "book/p.md").read_text("utf-8")
    assert "Lí lẽ." in text and "Lý do hóa học." in text


def test_named_files_only(mini, capsys):
    mini.page("a", cell("1"), prose="Lí do.\n\n")
    mini.page("b", cell("1"), prose="Lí do.\n\n")
    assert main(["check", "book/a.md"]) == 1
    said = capsys.readouterr().err
    assert "book/a.md" in said and "book/b.md" not in said
    assert main(["check", "--fix", "book/a.md"]) == 0
    assert "Lí do" in (mini.root / "book/b.md").read_text("utf-8")
    assert main(["check", "book/mat.md"]) == 1
    assert "E-FILE" in capsys.readouterr().err


def test_a_skeleton_is_told_what_is_missing_and_does_not_fail(mini, capsys):
    mini.page("p", cell("1"))
    path = mini.root / "book/p.md"
    text = path.read_text().replace("kind: guide", "kind: lecture\n  state: skeleton")
    path.write_text(text, "utf-8")
    assert main(["check"]) == 0
    said = capsys.readouterr().out
    assert "thiếu mục «Tóm tắt»" in said and "ghi chú" in said
    assert check.problems(mini.book) == []
    main(["check", "--github"])
    assert "::notice file=book/p.md" in capsys.readouterr().out
    path.write_text(text.replace("skeleton", "draft"), "utf-8")
    assert main(["check"]) == 1


def test_a_rule_is_explained_with_its_examples(capsys):
    assert main(["check", "--explain", "C04"]) == 0
    said = capsys.readouterr().out
    assert "Đúng" in said and "hoá" in said
    assert main(["check", "--only", "C77"]) == 1


def test_command_prints_place_rule_and_remedy_and_fails(mini, capsys):
    mini.file("book/a.png", "")
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


def test_hooks_before_a_commit_run_the_check_on_what_changed(monkeypatch, capsys):
    root = find_root()
    monkeypatch.chdir(root)
    hooks = yaml.safe_load((root / ".pre-commit-config.yaml").read_text())["repos"]
    here, whole = hooks[0]["hooks"][:2]
    page = next(iter(sorted(root.glob("book/dlsys/0*.md")))).relative_to(root)
    assert re.search(here["files"], str(page))
    assert here.get("pass_filenames", True) and not whole["pass_filenames"]
    for name in ("_toc.yml", "book/phu-luc/glossary.csv", "book/references.bib"):
        assert re.search(whole["files"], name) and not re.search(here["files"], name)
    *_, module, verb, option = here["entry"].split()
    assert (module, option) == ("hocsau_build", "--fix")
    assert main([verb, str(page)]) == 0
