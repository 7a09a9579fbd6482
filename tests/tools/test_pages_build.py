"""Generated parts in a small Sphinx build, and when their pages are read again."""

import html
import io
import re

import pytest
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

COURSE = """\
course: thu
title_en: Test course
title_vi: Khóa thử
audience: Cho người thử.
repository: https://example.org/goc
commit: abcdef1234
licence: CC0
staff: [{name: "Ann <A>", role: Giảng viên}]
assignments: [{id: hw0, title_vi: Ôn tập, lectures: [thu/01], implements: [add]}]
pages:
- id: thu/01
  kind: lecture
  week: 1
  title_en: First
  title_vi: Trang một
  lecturers: [Ann]
  date: "2020-01-27"
  video: https://example.org/v
  slides: [https://example.org/s1, https://example.org/s2]
  notebooks: [https://example.org/blob/01-nb.ipynb]
  source: {path: docs/1.md, commit: abc}
  topics: [a, b, c]
- {id: thu/02, kind: practicum, week: 2, title_en: Two, title_vi: Hai & ba, topics: [a]}
"""
CHAPTER = """\
---
orphan: true
hocsau: {id: thu/01, updated: "2026-11-21"}
---
# Trang một

% topic: 1, 3

Lời văn.
"""
TERMS = """\
english,vietnamese,keep_english,alternates,sources,note,definition
loss,mất mát,no,tổn thất,,,Con số đo độ tệ.
gradient,gradient,yes,độ dốc,,,
derivative,đạo hàm,no,,,,
"""
INDEX = """\
# Trang đầu

{course-count}`thu` trang, {course-count}`thu written` đã viết.

```{course-cards}
```
```{course-table} thu
```
```{course-facts} thu
```
```{course-assignments} thu
```
```{progress-matrix} thu
```
```{glossary-table}
```
```{glossary-english}
```
"""


class Site:
    def __init__(self, root):
        self.root = root
        self.write("_config.yml", "repository: {url: https://github.com/thu/sach}\n")
        self.write("book/_syllabus/thu.yml", COURSE)
        self.write("book/phu-luc/glossary.csv", TERMS)
        self.write("index.md", INDEX)
        self.write("khac.md", "---\norphan: true\n---\n# Khác\n")
        self.write("book/thu/01-mot.md", CHAPTER)

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def build(self) -> set[str]:
        """Build; the documents that were read."""
        read, warning = set(), io.StringIO()
        config = {
            "extensions": ["myst_parser", "hocsau_build.pages"],
            "exclude_patterns": ["out"],
        }
        with docutils_namespace():
            app = Sphinx(
                self.root, None, self.root / "out", self.root / "out/.tree", "html",
                confoverrides=config, status=None, warning=warning,
            )  # fmt: skip
            app.connect("source-read", lambda app, doc, source: read.add(doc))
            app.build()
        assert warning.getvalue() == ""
        return read

    @property
    def html(self) -> str:
        return (self.root / "out/index.html").read_text("utf-8")

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", self.html)))


@pytest.fixture
def site(tmp_path, monkeypatch):
    monkeypatch.delenv("GITHUB_REPOSITORY", raising=False)
    site = Site(tmp_path)
    site.build()
    return site


def test_counts_and_states_come_from_the_files(site):
    assert "2 trang, 1 đã viết." in site.text
    assert "1 / 2 trang đã viết" in site.text
    assert "Bản nháp 2/3 chủ đề" in site.text


def test_a_written_page_is_linked_an_absent_one_can_be_claimed(site):
    assert 'href="book/thu/01-mot.html">Trang một</a>' in site.html
    claim = re.search(
        r'href="(https://github.com/thu/sach/issues/new[^"]+)"', site.html
    )
    assert "thu%2F02" in claim[1]
    assert "template" not in claim[1]


def test_the_claim_uses_the_issue_form_when_the_repository_has_one(site):
    site.write(".github/ISSUE_TEMPLATE/nhan-trang.yml", "name: Nhận trang\n")
    site.build()
    assert "template=nhan-trang.yml" in site.html


def test_materials_of_a_page(site):
    links = re.findall(r'href="(https://example.org/[^"]+)"[^>]*>([^<]+)<', site.html)
    assert ("https://example.org/v", "Video") in links
    assert ("https://example.org/s2", "Slide 2") in links
    assert ("https://example.org/blob/01-nb.ipynb", "01-nb") in links
    assert ("https://example.org/goc/blob/abc/docs/1.md", "Trang gốc") in links
    assert "Ann, 27/1/2020" in site.text


def test_text_is_escaped(site):
    assert "Ann &lt;A&gt;" in site.html
    assert "Hai &amp; ba" in site.html


def test_glossary_order_anchors_and_both_ways(site):
    order = re.findall(r'<dt id="(term-[a-z]+)"', site.html)
    assert order == ["term-derivative", "term-gradient", "term-loss"]
    assert 'href="#term-loss"><span lang="en">loss</span></a>' in site.html
    assert "Con số đo độ tệ." in site.text


def test_nothing_changed_nothing_read(site):
    assert site.build() == set()


def test_prose_of_a_chapter_does_not_reread_the_tables(site):
    site.write("book/thu/01-mot.md", CHAPTER.replace("Lời văn", "Lời khác"))
    assert site.build() == {"book/thu/01-mot"}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("book/_syllabus/thu.yml", COURSE.replace("Trang một", "Trang đầu tiên")),
        ("book/phu-luc/glossary.csv", TERMS.replace("độ tệ", "mức sai")),
    ],
)
def test_a_data_edit_rereads_only_the_pages_that_draw_from_it(site, name, text):
    site.write(name, text)
    assert site.build() == {"index"}


def test_a_new_topic_mark_or_state_reaches_the_tables(site):
    site.write("book/thu/01-mot.md", CHAPTER.replace("1, 3", "1, 2, 3"))
    assert site.build() == {"book/thu/01-mot", "index"}
    assert "3/3 chủ đề" in site.text
    reviewed = CHAPTER.replace("{id:", "{state: reviewed, id:")
    site.write("book/thu/01-mot.md", reviewed)
    site.build()
    assert "Đã duyệt" in site.text


def test_a_removed_chapter_leaves_no_dead_link(site):
    (site.root / "book/thu/01-mot.md").unlink()
    site.build()
    assert "01-mot.html" not in site.html
    assert "2 trang, 0 đã viết." in site.text


def test_an_unknown_course_is_named(site):
    site.write(
        "khac.md", "---\norphan: true\n---\n# Khác\n\n```{course-table} la\n```\n"
    )
    with pytest.raises(AssertionError, match="đang là «la»"):
        site.build()
