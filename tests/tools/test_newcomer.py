"""A newcomer, a fresh clone, CONTRIBUTING alone: a small real page with four mistakes.

The mistakes are of four kinds (characters, head, picture, embedded code). The machine
must name all four, each at its line with what to do, and accept the page once mended.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ID = "nyu/04-1"
PROSE = """\
Một đoạn âm thanh ba giây có hơn sáu vạn con số.
Nếu mỗi con số nối với mỗi nút của tầng sau, một tầng đã có hàng triệu trọng số.
Có cách nào chỉ giữ ba?

```{code-cell} ipython3
import numpy as np

rng = np.random.default_rng(0)
x = rng.normal(size=16)
kernel = np.array([1.0, 0.0, -1.0])
y = np.convolve(x, kernel[::-1], mode="valid")
print(f"vào {x.size} số, ra {y.size} số, dùng {kernel.size} trọng số")
```

## Mục tiêu

- Viết được phép trượt của một bộ lọc ({ref}`ex-nyu-04-1-ma`).

## Một bộ lọc trượt

% topic: 1, 2
Mỗi số ra là tích vô hướng của bộ lọc với ba số vào liền nhau.

![Bộ lọc ba số trượt dọc một dãy mười sáu số](truot.svg)

```{code-cell} ipython3
:embed: hocsau.live_newcomer:slide
```

```{code-cell} ipython3
assert np.allclose(slide(x, kernel), y)
```

## Bài tập

````{exercise-start} ★ · Bước trượt
:label: ex-nyu-04-1-ma
````

Sửa ô trên để bộ lọc nhảy hai bước một.

````{exercise-end}
````

````{solution-start} ex-nyu-04-1-ma
:class: dropdown
````

Lấy mỗi số thứ hai của kết quả.

```{code-cell} ipython3
assert np.allclose(y[::2], slide(x, kernel)[::2])
```

````{solution-end}
````
"""
MODULE = '''\
"""Phép trượt của một bộ lọc.

Nhà: nyu/04-1.
"""

import numpy as np


def slide(x, kernel):
    """Tích vô hướng của bộ lọc với từng đoạn liền nhau của ``x``."""
    width = len(kernel)
    steps = range(len(x) - width + 1)
    return np.array([x[i : i + width] @ kernel for i in steps])
'''
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 3"></svg>\n'
#: kind of mistake → (rule, pattern of the right text, the wrong one)
MISTAKES = {
    "chữ tổ hợp": ("C01", r"liền nhau\.", unicodedata.normalize("NFD", "liền nhau.")),
    "ngày không nháy": ("H03", r'updated: "([\d-]+)"', r"updated: \1"),
    "ảnh không chữ thay thế": ("C03", r"!\[[^\]]+\]\(truot", "![](truot"),
    "nhúng hỏng": ("E01", "newcomer:slide", "newcomer:slid"),
}


class Newcomer:
    """A clone in a folder of its own, and the commands that CONTRIBUTING names."""

    def __init__(self, home: Path):
        self.home = home
        subprocess.run(["git", "clone", "-q", str(ROOT), str(home)], check=True)
        for name in self._edited():  # what is not committed yet counts too
            (home / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, home / name)

    @staticmethod
    def _edited() -> list[str]:
        command = ["git", "-C", str(ROOT), "ls-files", "-z", "-m", "-o"]
        done = subprocess.run(
            [*command, "--exclude-standard"], capture_output=True, text=True, check=True
        )
        return [n for n in done.stdout.split("\0") if n and (ROOT / n).is_file()]

    def run(self, *args: str) -> tuple[int, str]:
        """``python -m hocsau_build …``, as every target of the Makefile calls it."""
        skip = ("HOCSAU_BUILD", "HOCSAU_UPSTREAM", "GITHUB_EVENT_NAME")
        env = {k: v for k, v in os.environ.items() if k not in skip}
        done = subprocess.run(
            [sys.executable, "-m", "hocsau_build", *args],
            cwd=self.home, capture_output=True, text=True, timeout=300,
            env={**env, "PYTHONPATH": str(self.home / "code"), "OMP_NUM_THREADS": "1"},
        )  # fmt: skip
        return done.returncode, done.stdout + done.stderr

    @property
    def page(self) -> Path:
        (path,) = (self.home / "book/nyu/tuan-04").glob("04-1-*.md")
        return path

    def write(self, text: str) -> None:
        self.page.write_text(text, "utf-8")

    def findings(self) -> dict[str, list[tuple[int, str]]]:
        """Rule → lines and remedies, of this page only."""
        _, out = self.run("check")
        shown = re.escape(self.page.relative_to(self.home).as_posix())
        found: dict[str, list] = {}
        for line in out.splitlines():
            if match := re.match(rf"{shown}:(\d+)  (\w+)  .+? — (.+)", line):
                found.setdefault(match[2], []).append((int(match[1]), match[3]))
        return found


@pytest.fixture(scope="module")
def newcomer(tmp_path_factory):
    person = Newcomer(tmp_path_factory.mktemp("nguoi-moi") / "sach")
    code, out = person.run("new", ID, "--module", "hocsau.live_newcomer")
    assert code == 0, out
    person.skeleton = person.page.read_text("utf-8")
    return person


def right(newcomer: Newcomer) -> str:
    """The page as it should be: the skeleton's head, a small body."""
    (newcomer.home / "code/hocsau/live_newcomer.py").write_text(MODULE, "utf-8")
    (newcomer.page.parent / "truot.svg").write_text(SVG, "utf-8")
    head, title = re.match(
        r"(---\n.*?\n---\n)\n(# [^\n]+\n)", newcomer.skeleton, re.DOTALL
    ).groups()
    head = head.replace("  state: skeleton\n", "").replace("Tên bạn", "Lan")
    return f"{head}\n{title}\n{PROSE}"


def spoiled(newcomer: Newcomer) -> tuple[str, dict[str, int]]:
    """The page with every mistake, and the line of each."""
    text, places = right(newcomer), {}
    for kind, (_, old, new) in MISTAKES.items():
        match = re.search(old, text)
        places[kind] = text[: match.start()].count("\n") + 1
        text = text[: match.start()] + match.expand(new) + text[match.end() :]
    return text, places


def test_contributing_names_every_command_used_here():
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    for command in ("make new ID=nyu/04-1", "make check", "make serve", "MODULE="):
        assert command in text


def test_the_skeleton_says_what_is_still_to_be_written(newcomer):
    newcomer.write(newcomer.skeleton)
    found = newcomer.findings()
    assert len(found["K01"]) == newcomer.skeleton.count("\n% viết:") >= 10
    assert not {"C01", "C03", "E01", "H01", "H02", "H03", "H04"} & set(found)


def test_four_mistakes_of_four_kinds_are_named_with_their_remedies(newcomer):
    wrong, places = spoiled(newcomer)
    newcomer.write(wrong)
    found = newcomer.findings()
    for kind, (rule, *_) in MISTAKES.items():
        assert rule in found, f"{kind}: {sorted(found)}"
        ((line, remedy),) = found[rule]
        assert abs(line - places[kind]) <= 1, (kind, line, places[kind])
        assert len(remedy) > 10, kind


def test_the_build_stops_on_them_and_names_them_too(newcomer):
    newcomer.write(spoiled(newcomer)[0])
    code, out = newcomer.run("book")
    assert code == 1 and "Chưa vẽ trang" in out
    assert all(rule in out for rule, *_ in MISTAKES.values())


def test_mended_the_page_passes_those_rules_and_runs(newcomer):
    newcomer.write(right(newcomer))
    found = newcomer.findings()
    assert not {rule for rule, *_ in MISTAKES.values()} & set(found), found
    assert "K01" not in found and "H01" not in found
    code, out = newcomer.run(
        "execute", newcomer.page.relative_to(newcomer.home).as_posix()
    )
    assert code == 0, out


def test_status_then_counts_the_page(newcomer):
    newcomer.write(right(newcomer))
    code, out = newcomer.run("status", "nyu", "--offline")
    (line,) = (text for text in out.splitlines() if text.startswith("  nyu/04-1 "))
    assert code == 0 and "nháp" in line and "2/13 chủ đề" in line
    assert "chưa commit" in line and "gốc chưa rõ" in line
