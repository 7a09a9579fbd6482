"""How long ``check`` takes on a book of a hundred chapters made of the real ones.

    python benchmarks/check.py [CHAPTERS]

Every copy has labels and code of its own, so that nothing is remembered from the page
it was copied from. Prints seconds for the whole command, Python's start included.
"""

from __future__ import annotations

import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LABEL = re.compile(r"(?<![\w-])(ex|fig|eq|tab|muc|sec)-(?=[\w])")
BAR = 5.0


def main(count: int) -> int:
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder)
        size = build(book, count)
        wall, cpu, found = run(book)
    print(f"{count} chương, {size / 1e6:.1f} MB: {wall:.1f} s (CPU {cpu:.1f} s), "
          f"{found} điều tìm thấy; mức {BAR:.0f} s")  # fmt: skip
    return 0 if wall < BAR else 1


def build(book: Path, count: int) -> int:
    """Write the book; bytes of its chapters."""
    for name in ("code", ".github"):
        (book / name).symlink_to(ROOT / name)
    for name in ("_config.yml", "CONTRIBUTING.md"):
        shutil.copy(ROOT / name, book / name)
    shutil.copytree(ROOT / "book", book / "book")
    real = [
        p for p in sorted((ROOT / "book").rglob("*.md"))
        if "kind: lecture" in p.read_text("utf-8")
    ]  # fmt: skip
    docs, size = ["book/index"], 0
    for number in range(count):
        source = real[number % len(real)]
        text = copied(source.read_text("utf-8"), number)
        path = book / source.relative_to(ROOT).with_name(f"c{number}.md")
        path.write_text(text, "utf-8")
        docs.append(path.relative_to(book).as_posix().removesuffix(".md"))
        size += len(text.encode())
    lines = "".join(f"  - file: {doc}\n" for doc in docs[1:])
    toc = f"format: jb-book\nroot: {docs[0]}\nchapters:\n{lines}"
    (book / "_toc.yml").write_text(toc, "utf-8")
    return size


def copied(text: str, number: int) -> str:
    """A chapter with an id, labels and code of its own."""
    text = LABEL.sub(lambda m: f"{m[1]}-c{number}-", text)
    text = re.sub(r"^  id: .*$", f"  id: thu/{number}", text, flags=re.M)
    text = re.sub(
        r"^  (?:source|modules): [^\n]*(?:\n    - .*)*\n", "", text, flags=re.M
    )
    return re.sub(r"^(import \w+)$", rf"\1  # c{number}", text, flags=re.M)


def run(book: Path) -> tuple[float, float, int]:
    """Wall and CPU seconds of the command, and how much it said."""
    env = {**os.environ, "PYTHONPATH": str(ROOT / "code")}
    command = [sys.executable, "-m", "hocsau_build", "check"]
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, cwd=book, env=env, capture_output=True, text=True)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    said = [line for line in done.stderr.splitlines() if "  T02  " not in line]
    rules = sorted({line.split("  ")[1] for line in said if "  " in line})
    print("luật lên tiếng:", ", ".join(rules) or "không", file=sys.stderr)
    return wall, cpu, len(said)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100))
