"""One chapter → one notebook file, outputs left out, ready for Colab and Binder."""

from __future__ import annotations

import json
from pathlib import Path

from .. import assemble, recordings, syllabus
from ..chapter import Chapter
from ..execute import Plan, plan
from ..layout import Book
from ..repo import repo_info
from ..upstream import credit
from . import exercise as exercises
from . import references
from .blocks import blocks
from .inline import Page, inline
from .labels import book_labels

#: import name → name for pip, where the two differ
PIP = {"sklearn": "scikit-learn", "skimage": "scikit-image", "PIL": "pillow",
       "markdown_it": "markdown-it-py"}  # fmt: skip
#: there already wherever the notebook opens; torch must never be touched
GIVEN = {"torch", "numpy", "matplotlib", "IPython", "ipykernel", "matplotlib_inline"}

SETUP = """\
# Chạy ô này trước. Nó cài gói của sách, đúng bản đã dựng trang,
# và những gói còn thiếu; torch có sẵn được để nguyên.
import importlib.util, os, subprocess, sys

source = os.environ.get("HOCSAU_SOURCE", "{archive}")
missing = [p for m, p in {extra}.items() if not importlib.util.find_spec(m)]
wanted = [] if importlib.util.find_spec("hocsau") else [["--no-deps", source]]
for args in wanted + ([missing] if missing else []):
    subprocess.check_call([sys.executable, "-m", "pip", "install", "-q", *args])
importlib.invalidate_caches()
%load_ext hocsau.live"""


def target(doc: str, book: Book, exercise: bool = False) -> Path:
    """Where the notebook of a page lies, or its exercise version."""
    name = doc.removeprefix("book/") + ("-bai-tap" if exercise else "")
    return book.root / "notebooks" / f"{name}.ipynb"


def build(
    doc: str, book: Book, glue: dict[str, str], pin: str, exercise: bool = False
) -> str:
    """Text of the notebook file of a page, or of its exercise version."""
    work = plan(doc, book)
    page = page_of(doc, book, glue)
    cells = [
        _markdown(opening(work.chapter, page, book)),
        _code(setup(work, book, pin)),
    ]
    sources = [source for source, _ in work.cells]
    if exercise:
        cells.insert(1, _markdown(exercises.INTRO))
        sources = exercises.sources(work.chapter, work.cells)
    seen, number = recordings.look(work.chapter, book), 0
    for node, line in _nodes(work.chapter):
        page.line = line
        if node.cell_type == "code":
            cells += code_cells(node, sources[number], page)
            if number in seen.cells and not _hidden(node):
                cells.append(_markdown(recordings.note(seen, number)))
            number += 1
        elif text := "\n".join(blocks(node.source.splitlines(), page)).strip():
            cells.append(_markdown(text))
    finish(cells, page, book)
    for index, cell in enumerate(cells):
        cell["id"] = f"hs-{index:03d}"
    return json.dumps(
        {"cells": cells, "metadata": metadata(work, glue), "nbformat": 4,
         "nbformat_minor": 5}, ensure_ascii=False, indent=1,
    ) + "\n"  # fmt: skip


def page_of(doc: str, book: Book, glue: dict[str, str]) -> Page:
    """Everything resolving needs: labels of the book, links, results."""
    info = repo_info(book.root)
    site = (book.config.get("html") or {}).get("baseurl") or info.pages
    stamp = sum(book.path(d).stat().st_mtime for d in book.docs)
    bib = book.root / "book" / "references.bib"
    found = references.entries(bib, bib.stat().st_mtime if bib.exists() else 0)
    return Page(
        doc, book.show(book.path(doc)), book_labels(book.root, stamp),
        site.rstrip("/") + "/", info.raw(""), glue,
        authors={k: references.authors(e) for k, e in found.items()},
    )  # fmt: skip


def _nodes(chapter: Chapter):
    return zip(
        chapter.notebook.cells, chapter.notebook.metadata["source_map"], strict=True
    )


def opening(chapter: Chapter, page: Page, book: Book) -> str:
    """Lines that lead back to the page, name the licence and whose text it is."""
    licence = chapter.facts.get("license", "CC-BY-SA-4.0")
    url = f"{page.site}{page.doc}.html"
    return (
        f'Notebook này được viết tự động từ trang [{url}]({url}) của sách "Học sâu" '
        f"(nội dung {licence}, mã MIT). Sửa ở trang gốc, đừng sửa ở đây."
    ) + translated(chapter, book)


def translated(chapter: Chapter, book: Book) -> str:
    """Attribution of a translated page; '' for an original one."""
    if chapter.facts.get("origin") != "translation":
        return ""
    said = credit.sentence(chapter.facts, syllabus.load(book.root / syllabus.PLACE))
    return f"\n\n{said}" if said else ""


def setup(work: Plan, book: Book, pin: str) -> str:
    """First cell: install what is missing, then the drawing style if needed."""
    names = sorted(n for n in work.closure.foreign if _installable(n))
    extra = {n: PIP.get(n, n) for n in names}
    archive = f"{repo_info(book.root).url}/archive/{pin}.zip"
    text = SETUP.replace("{archive}", archive).replace("{extra}", json.dumps(extra))
    draw = work.setup.removeprefix(assemble.LIVE).strip()
    return text if draw in ("", "pass") else f"{text}\n{draw}"


def _installable(name: str) -> bool:
    import sys

    return name not in GIVEN and name not in sys.stdlib_module_names


def _hidden(node) -> bool:
    """Whether the page shows no output of the cell."""
    tags = set(node.metadata.get("tags") or [])
    return bool({"remove-cell", "remove-output"} & tags)


def code_cells(node, source: str, page: Page) -> list[dict]:
    """A code cell, and its caption as text below it."""
    tags = list(node.metadata.get("tags") or [])
    meta = {"tags": tags} if tags else {}
    if {"hide-input", "remove-input", "hide-cell", "remove-cell"} & set(tags):
        meta["jupyter"] = {"source_hidden": True}
    cells = [_code(source, meta)]
    figure = (node.metadata.get("mystnb") or {}).get("figure") or {}
    if caption := figure.get("caption"):
        name = figure.get("name")
        number = f" {page.labels[name].number}" if name in page.labels else ""
        anchor = f'<a id="{name}"></a>' if name else ""
        text = inline(" ".join(caption.split()), page)
        cells.append(_markdown(f"{anchor}**Hình{number}.** {text}"))
    return cells


def finish(cells: list[dict], page: Page, book: Book) -> None:
    """Put the list of cited works where the page asks for it."""
    bib = book.root / "book" / "references.bib"
    found = references.entries(bib, bib.stat().st_mtime if bib.exists() else 0)
    lines = []
    for number, key in enumerate(page.cited, 1):
        if key not in found:
            raise page.fail(
                f"tài liệu {key!r} không có trong book/references.bib", "thêm mục ấy"
            )
        lines.append(f"{number}. {references.reference(found[key])}\n")
    for cell in cells:
        if cell["cell_type"] == "markdown":
            text = "".join(cell["source"])
            if "@@BIBLIOGRAPHY@@" in text:
                cell["source"] = _lines(
                    text.replace("@@BIBLIOGRAPHY@@", "".join(lines).strip())
                )


def metadata(work: Plan, glue: dict[str, str]) -> dict:
    """Kernel, GPU request when the page has GPU cells, and the results in its prose."""
    meta: dict = {
        "kernelspec": {"display_name": "Python 3", "language": "python",
                       "name": "python3"},
        "language_info": {"name": "python"},
        "hocsau": {"glue": glue},
    }  # fmt: skip
    if any("gpu" in cell.tags for cell in work.chapter.cells):
        meta["accelerator"] = "GPU"
        meta["colab"] = {"gpuType": "T4", "provenance": []}
    return meta


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def _markdown(text: str) -> dict:
    return {"cell_type": "markdown", "metadata": {}, "source": _lines(text)}


def _code(text: str, meta: dict | None = None) -> dict:
    return {
        "cell_type": "code", "execution_count": None, "metadata": meta or {},
        "outputs": [], "source": _lines(text),
    }  # fmt: skip
