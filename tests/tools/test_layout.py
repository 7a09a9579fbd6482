"""The repository is laid out as README says, and imports point one way."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from hocsau_build import layout
from hocsau_build.check import table
from hocsau_build.check.rule import RULES
from hocsau_build.errors import BookError

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text("utf-8")
#: Packages beside the standard library that a package may import anywhere.
ALLOWED = {
    "kim": {"kim", "numpy"},
    # PIL comes with matplotlib, IPython with every notebook.
    "hocsau": {"hocsau", "kim", "torch", "numpy", "matplotlib", "PIL", "IPython"},
}
#: A chapter's data may come from a package that carries or makes it (scipy comes with
#: scikit-learn), asked for when used.
LAZY = {
    "hocsau": {"sklearn", "skimage", "scipy", "optuna", "jinja2", "markdown_it"},
    "kim": set(),
}
#: Modules about these packages: a class has to inherit from theirs when it is defined.
ABOUT = {"search": {"sklearn", "optuna"}}


def tree(text: str) -> set[str]:
    """Entries of the indented list in README."""
    block = text.split("## Trong kho có gì")[1].split("\nGiấy phép")[0]
    return set(re.findall(r"^ {4}(\S+) +\S", block, re.M))


def tracked() -> set[str]:
    """Top-level entries that git knows or would add."""
    command = ["git", "-C", str(ROOT), "ls-files", "-co", "--exclude-standard"]
    done = subprocess.run(command, capture_output=True, text=True)
    names = done.stdout.splitlines()
    if done.returncode or not names:  # a downloaded archive
        return tree(README)
    return {n.split("/")[0] + ("/" if "/" in n else "") for n in names}


def test_every_path_of_the_tree_exists():
    for name in tree(README):
        path = ROOT / name
        assert path.is_dir() if name.endswith("/") else path.is_file(), name


def test_every_top_level_entry_is_in_the_tree():
    assert tracked() <= tree(README)


def test_readme_is_one_screen_with_the_two_commands():
    assert len(README.splitlines()) <= 60
    for command in ("make book", "make test", "-m hocsau_build book", "-m pytest",
                    "python3 code/hocsau_build/environment.py"):  # fmt: skip
        assert command in README


@pytest.mark.parametrize(
    "name", ["README.md", "CONTRIBUTING.md", "code/README.md", ".github/bao-tri.md"]
)
def test_local_links_and_make_targets_are_real(name):
    text = (ROOT / name).read_text("utf-8")
    for link in re.findall(r"(?<!\\)\[[^]]*\]\(([^)#:]+)\)", text):
        assert ((ROOT / name).parent / link).exists(), link
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.M))
    assert set(re.findall(r"`make ([a-z]+)", text)) <= targets


def test_rules_table_holds_every_rule_once_and_notices_change():
    text = f"a\n{table.BEGIN}\n{table.END}\nb\n"
    full = table.filled(text)
    assert full.startswith("a\n") and full.endswith("\nb\n")
    assert all(full.count(f"\n| {code} |") == 1 for code in RULES)
    assert table.filled(full) == full != text


def test_stale_rules_table_is_found_and_written(mini, monkeypatch):
    from hocsau_build.__main__ import main

    mini.file("CONTRIBUTING.md", f"# Góp\n\n{table.BEGIN}\n| cũ |\n{table.END}\n")
    assert main(["check", "--table", "check"]) == 1
    monkeypatch.setenv("GITHUB_EVENT_NAME", "pull_request")
    assert main(["check", "--table", "check"]) == 0
    monkeypatch.delenv("GITHUB_EVENT_NAME")
    assert main(["check", "--table"]) == 0
    assert main(["check", "--table", "check"]) == 0


def test_make_alone_prints_every_target():
    done = subprocess.run(["make", "-C", str(ROOT)], capture_output=True, text=True)
    phony = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(), re.M)[1]
    assert done.returncode == 0
    for target in set(phony.split()) - {"env"}:
        assert re.search(rf"^  make {target} +\S", done.stdout, re.M), target


def imports(path: Path, everywhere: bool) -> set[str]:
    """Top-level names imported by a file, at its top level or everywhere."""
    module = ast.parse(path.read_text("utf-8"))
    nodes = ast.walk(module) if everywhere else module.body
    out = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            out |= {a.name.split(".")[0] for a in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            out.add((node.module or "").split(".")[0])
    return out


@pytest.mark.parametrize("package", sorted(ALLOWED))
def test_library_imports_only_what_it_may(package):
    allowed = ALLOWED[package] | sys.stdlib_module_names
    for path in (ROOT / "code" / package).rglob("*.py"):
        about = ABOUT.get(path.parent.name, set())
        assert imports(path, False) <= allowed | about, path
        assert imports(path, True) <= allowed | LAZY[package], path


def test_nothing_else_needs_the_packages_that_only_search_is_about():
    for path in (ROOT / "code/hocsau").rglob("*.py"):
        if path.parent.name not in ABOUT:
            assert "hocsau.search" not in path.read_text("utf-8"), path


def test_the_workshop_imports_no_library_at_module_level():
    for path in (ROOT / "code/hocsau_build").rglob("*.py"):
        assert not imports(path, False) & {"kim", "hocsau"}, path


def test_code_is_a_source_root_not_a_package():
    assert not (ROOT / "code/__init__.py").exists()
    assert (ROOT / "code/hocsau/__init__.py").read_text() == ""
    assert not list((ROOT / "tests").rglob("__init__.py"))


def test_root_is_found_from_below_and_its_absence_is_explained(mini, tmp_path):
    deep = mini.root / "book/nyu"
    deep.mkdir()
    assert layout.find_root(deep) == mini.root
    outside = tmp_path.parent
    with pytest.raises(BookError, match="E-ROOT"):
        layout.find_root(outside)


def test_broken_yaml_of_the_book_names_its_line(mini):
    mini.file("_toc.yml", "format: jb-book\nroot: [book/index\n")
    with pytest.raises(BookError, match=r"_toc\.yml:3 +E-YAML"):
        mini.book.toc  # noqa: B018


def test_table_of_contents_is_read_in_order(mini):
    mini.file("_toc.yml", "root: a\nparts:\n- chapters:\n  - file: b.md\n"
              "    sections:\n    - file: c\n  - file: d\n")  # fmt: skip
    assert mini.book.toc == ["a", "b", "c", "d"]
