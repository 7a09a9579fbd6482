"""A chapter file as data: head, cells, embeds. No Sphinx, no kernel."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from . import gaps
from .errors import BookError

#: Tags that change what running the page does; every other tag is display only.
RUN_TAGS = frozenset({"gpu", "raises-exception", "skip-execution", "allow-stderr"})


@dataclass(frozen=True)
class Cell:
    """One code cell: what is written, or what is embedded and how it is patched."""

    source: str
    line: int
    options: dict = field(default_factory=dict, compare=False)
    raw: str = field(default="", compare=False)  # as written, if marks were taken out
    gaps: tuple[gaps.Gap, ...] = field(default=(), compare=False)

    @property
    def tags(self) -> list[str]:
        return list(self.options.get("tags") or [])

    @property
    def run_tags(self) -> list[str]:
        return sorted(RUN_TAGS & set(self.tags))

    @property
    def embed(self) -> tuple[str, list[str]] | None:
        """``kim.ops:Mul, mul`` → ``("kim.ops", ["Mul", "mul"])``."""
        target = self.options.get("embed")
        if not target:
            return None
        module, _, names = str(target).partition(":")
        return module.strip(), [n.strip() for n in names.split(",") if n.strip()]


@dataclass(frozen=True)
class Chapter:
    """One page: ``text`` as written, ``head`` its front matter, ``cells`` its code."""

    path: Path
    shown: str
    text: str
    head: dict
    notebook: object = field(repr=False, compare=False)
    cells: list[Cell] = field(default_factory=list)

    @property
    def facts(self) -> dict:
        facts = self.head.get("hocsau")
        return facts if isinstance(facts, dict) else {}

    @property
    def is_notebook(self) -> bool:
        return bool(self.cells)

    @property
    def has_gaps(self) -> bool:
        """Whether an exercise notebook is written beside the worked one."""
        return any(cell.gaps for cell in self.cells)


def read_text(path: Path, shown: str) -> str:
    """File text; refuses what is not UTF-8, naming the line."""
    try:
        raw = path.read_bytes()
    except FileNotFoundError as exc:
        raise BookError(
            shown, 1, "E-FILE", "không có tệp này", "sửa _toc.yml hoặc thêm tệp"
        ) from exc
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as exc:
        line = raw[: exc.start].count(b"\n") + 1
        raise BookError(
            shown, line, "E-UTF8", f"byte {raw[exc.start]:#04x} không phải UTF-8",
            "lưu lại tệp bằng mã hóa UTF-8",
        ) from exc  # fmt: skip


def parse(text: str, path: Path, shown: str, config=None) -> Chapter:
    """Split MyST text into cells; every error names file and line."""
    from myst_nb.core.read import MystMetadataParsingError, read_myst_markdown_notebook
    from myst_parser.config.main import MdParserConfig

    # As the site reads it: what stands inside ``:::`` is one block, not cells.
    config = config or MdParserConfig(enable_extensions={"colon_fence"})
    head = parse_head(text, shown)
    try:
        notebook = read_myst_markdown_notebook(
            text, config=config, add_source_map=True, path=str(path)
        )
    except MystMetadataParsingError as exc:
        raise BookError(
            shown, _line_of(str(exc)), "E-CELL", f"tùy chọn của ô mã hỏng: {exc}",
            "xem CONTRIBUTING.md, mục «Ô mã»",
        ) from exc  # fmt: skip
    lines = notebook.metadata["source_map"]
    cells = []
    for node, line in zip(notebook.cells, lines, strict=True):
        if node.cell_type == "code":
            cell = read_cell(node.source, line, dict(node.metadata), text, shown)
            node.source = cell.source
            cells.append(cell)
    return Chapter(path, shown, text, head, notebook, cells)


def read_cell(raw: str, line: int, options: dict, text: str, shown: str) -> Cell:
    """One cell without the marks of its gaps, which nobody else ever sees."""
    try:
        source, found = gaps.read(raw)
        if found and "embed" in options:
            raise gaps.GapProblem(1, "ô nhúng không có chỗ trống được")
    except gaps.GapProblem as exc:
        raise BookError(
            shown, place(text, Cell(raw, line), exc.line), "E-GAP", exc.what,
            "xem CONTRIBUTING.md, mục «Ô mã»",
        ) from exc  # fmt: skip
    return Cell(source, line, options, raw if source != raw else "", found)


def place(text: str, cell: Cell, number: int) -> int:
    """Line of the file where line ``number`` of a cell's source stands."""
    lines, written = text.splitlines(), (cell.raw or cell.source).splitlines()
    for at in range(cell.line, len(lines)):  # first body line after the options
        if lines[at : at + len(written)] == written:
            return at + gaps.raw_line(cell.raw, number)
    return cell.line


def parse_head(text: str, shown: str) -> dict:
    """Front matter as a dict; broken YAML names its line in the file."""
    import yaml

    if not text.startswith("---"):
        return {}
    body = text.split("\n", 1)[1] if "\n" in text else ""
    end = body.find("\n---")
    if end < 0 and not body.startswith("---"):
        raise BookError(
            shown, 1, "E-HEAD", "phần đầu tệp mở bằng --- nhưng không đóng",
            "thêm một dòng --- sau phần đầu",
        )  # fmt: skip
    try:
        head = _load_yaml(body[: max(end, 0)]) or {}
    except yaml.YAMLError as exc:
        mark = getattr(exc, "problem_mark", None)
        raise BookError(
            shown, mark.line + 2 if mark else 1, "E-HEAD",
            f"phần đầu tệp không phải YAML đúng: {getattr(exc, 'problem', exc)}",
            "sửa dòng này (thường là thiếu dấu cách sau dấu hai chấm, hoặc thiếu nháy)",
        ) from exc  # fmt: skip
    if not isinstance(head, dict):
        raise BookError(
            shown, 2, "E-HEAD", "phần đầu tệp phải gồm các cặp «khóa: giá trị»",
            "xem mẫu trong CONTRIBUTING.md",
        )  # fmt: skip
    return head


def _load_yaml(text: str):
    """YAML by the fast loader; the plain one speaks of what is wrong."""
    import yaml

    try:
        return yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError:
        return yaml.safe_load(text)


def load(path: Path, shown: str) -> Chapter:
    """Read and parse one page; the same text is parsed once."""
    return _parsed(read_text(path, shown), path, shown)


@lru_cache(maxsize=512)
def _parsed(text: str, path: Path, shown: str) -> Chapter:
    return parse(text, path, shown)


def _line_of(message: str) -> int:
    words = message.split()
    for before, after in pairwise(words):
        if before == "line" and after.rstrip(":").isdigit():
            return int(after.rstrip(":"))
    return 1
