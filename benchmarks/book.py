"""Seconds to build the book: ours against stock Jupyter Book on the same chapters."""

from __future__ import annotations

import os
import re
import resource
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OWN_BLOCK = re.compile(
    r"^`{3,}\{(?:course|glossary|progress)-[a-z]+\}.*?^`{3,}\n", re.M | re.S
)
OWN_ROLE = re.compile(r"\{course-count\}`[^`]*`")
LIMIT = 900


@dataclass
class Run:
    """One build: wall-clock and processor seconds, pages executed, how it ended."""

    seconds: float
    cpu: float
    executed: int
    ok: bool
    tail: str


def copy(target: Path) -> Path:
    """Files that git knows, as they stand now."""
    git = ["git", "-C", str(ROOT), "ls-files", "-z"]
    names = subprocess.run(git, capture_output=True, check=True).stdout.decode()
    for name in filter(None, names.split("\0")):
        source, place = ROOT / name, target / name
        if source.is_file():
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, place)
    drop_drafts(target)
    return target


def drop_drafts(root: Path) -> None:
    """Pages that the table of contents does not have yet are not measured."""
    known = set(pages(root))
    for page in (root / "book").rglob("*.md"):
        if page not in known and not page.parent.name.startswith("_"):
            page.unlink()


def stock(target: Path) -> Path:
    """A copy that plain Jupyter Book builds: same chapters, none of our extensions."""
    import yaml

    copy(target)
    config = yaml.safe_load((target / "_config.yml").read_text("utf-8"))
    config["execute"] = {"execute_notebooks": "cache", "timeout": LIMIT}
    old = config["sphinx"]["config"]
    kept = {
        k: old[k] for k in ("language", "nb_merge_streams", "numfig_format") if k in old
    }
    config["sphinx"] = {
        "extra_extensions": ["sphinx_exercise", "sphinx_proof"],
        "config": {**kept, "bibtex_reference_style": "label"},
    }
    config.get("html", {}).pop("favicon", None)
    (target / "_config.yml").write_text(
        yaml.safe_dump(config, allow_unicode=True), "utf-8"
    )
    for page in pages(target):
        plain(page, target)
    return target


def pages(root: Path) -> list[Path]:
    """Files of the table of contents."""
    from hocsau_build.layout import Book

    book = Book(root)
    return [book.path(doc) for doc in book.docs]


def plain(page: Path, root: Path) -> None:
    """Embeds become plain cells, the set-up cell is written out, own blocks go."""
    from hocsau_build import assemble
    from hocsau_build.chapter import load
    from hocsau_build.layout import Book

    book = Book(root)
    chapter = load(page, book.show(page))
    lines = chapter.text.split("\n")
    cells = list(zip(chapter.cells, assemble.expand(chapter, book), strict=True))
    for cell, (source, parts) in reversed(cells):
        if parts:
            replace(lines, cell, source)
    text = OWN_ROLE.sub("", OWN_BLOCK.sub("", "\n".join(lines)))
    if chapter.is_notebook:
        setup = assemble.setup_source(chapter, book)
        first = f"```{{code-cell}} ipython3\n:tags: [remove-cell]\n{setup}\n```\n\n"
        text = text.replace("```{code-cell}", first + "```{code-cell}", 1)
        text = text.replace("---\n", "---\nfile_format: mystnb\n", 1)
    page.write_text(text, "utf-8")


def replace(lines: list[str], cell, source: str) -> None:
    """One fenced cell, whatever its options, by its tags and a source."""
    start = cell.line - 1
    while not lines[start].startswith("```"):
        start -= 1
    fence = re.match(r"`+", lines[start])[0]
    end = lines.index(fence, start + 1)
    tags = [f":tags: [{', '.join(cell.tags)}]"] if cell.tags else []
    body = ["```{code-cell} ipython3", *tags, *source.split("\n"), "```"]
    lines[start : end + 1] = body


def build(root: Path, ours: bool) -> Run:
    """Build once, cores and threads the same for both."""
    tool = Path(sys.executable).with_name("jupyter-book")
    command = [sys.executable, "-m", "hocsau_build", "book"]
    command = command if ours else [str(tool), "build", "."]
    env = {k: v for k, v in os.environ.items() if not k.startswith("HOCSAU_")}
    env |= {f"{n}_NUM_THREADS": "1" for n in ("OMP", "MKL", "OPENBLAS")}
    env |= {"PYTHONPATH": str(root / "code")}
    began, used = time.perf_counter(), processor()
    done = subprocess.run(
        command, cwd=root, env=env, text=True, timeout=LIMIT,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    seconds = time.perf_counter() - began
    ran, tail = executed(done.stdout, ours), done.stdout[-2000:]
    return Run(seconds, processor() - used, ran, done.returncode == 0, tail)


def processor() -> float:
    """Processor seconds of every process that ended under this one."""
    use = resource.getrusage(resource.RUSAGE_CHILDREN)
    return use.ru_utime + use.ru_stime


def executed(log: str, ours: bool) -> int:
    """Pages that a build ran, by its own account."""
    if ours:
        found = re.search(r"(\d+) cần chạy", log)
        return int(found[1]) if found else 0
    return len(re.findall(r"Executing notebook using", log))


def edit_prose(root: Path) -> str:
    """A sentence more at the end of a chapter that has code."""
    page = chapters(root)[0]
    page.write_text(page.read_text("utf-8") + "\nMột câu thêm vào.\n", "utf-8")
    return page.stem


def edit_module(root: Path, name: str) -> None:
    """A constant more in a module."""
    path = root / "code" / Path(*name.split(".")).with_suffix(".py")
    path.write_text(path.read_text("utf-8") + "\n_MEASURED = 1\n", "utf-8")


def rarest_module(root: Path) -> tuple[str, int]:
    """The module with the fewest dependents, and how many there are."""
    from collections import Counter

    from hocsau_build.execute import plan
    from hocsau_build.layout import Book

    book = Book(root)
    count = Counter(
        name for page in chapters(root)
        for name in plan(book.doc(page), book).closure.modules
        if not name.startswith("hocsau.live")
    )  # fmt: skip
    name = min(sorted(count), key=lambda n: count[n])
    return name, count[name]


def chapters(root: Path) -> list[Path]:
    """Pages that run."""
    return [p for p in pages(root) if "{code-cell}" in p.read_text("utf-8")]
