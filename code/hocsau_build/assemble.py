"""From a chapter to the notebook that runs: set-up cell first, embeds expanded."""

from __future__ import annotations

from pathlib import Path

from .chapter import Chapter
from .errors import BookError
from .layout import Book

LIVE = "%load_ext hocsau.live"
DRAW = """\
%matplotlib inline
from hocsau.plot import use_style as _use_style
_use_style()
from matplotlib_inline.backend_inline import set_matplotlib_formats as _formats
_formats("svg", bbox_inches=None, metadata={"Date": None})"""


def setup_source(chapter: Chapter, book: Book) -> str:
    """The cell that every page starts with: only what this page needs."""
    lines = []
    if any(cell.embed for cell in chapter.cells):
        lines.append(LIVE)
    if any(_draws(cell.source) for cell in chapter.cells):
        lines.append(book.setting("setup_draw", DRAW))
    return "\n".join(lines) or "pass"


def _draws(source: str) -> bool:
    return "matplotlib" in source or "plot" in source or "plt" in source


def expand(chapter: Chapter, book: Book):
    """Text and parts of each code cell, in order: ``[(source, parts | None)]``."""
    out = []
    for cell in chapter.cells:
        if cell.embed is None:
            if "embed" in cell.options:
                raise _bad(chapter, cell, "tùy chọn :embed: trống")
            out.append((cell.source, None))
            continue
        module, names = cell.embed
        if not names:
            raise _bad(chapter, cell, f":embed: {module} thiếu tên đối tượng")
        rendered = render(module, names, cell.source, book.code, chapter, cell)
        out.append((rendered.text, [_part(p) for p in rendered.parts]))
    return out


def render(module, names, patch, code: Path, chapter, cell):
    """Ask the live-cell package for the current source; name the cell on failure."""
    from hocsau.live import source

    try:
        return source.render(module, names, patch, roots=[code])
    except source.EmbedError as exc:
        raise BookError(
            chapter.shown, cell.line, "E-EMBED", str(exc),
            "sửa tùy chọn :embed: hoặc bản vá của ô này",
        ) from exc  # fmt: skip


def _part(part) -> dict:
    found = part.found
    first, last = found.spans[0][0], found.spans[-1][-1]
    return {
        "path": found.relpath, "name": found.name, "first": first, "last": last,
        "start": part.start_line, "end": part.end_line,
        "changed": list(part.changed_lines), "edited": bool(part.edited),
    }  # fmt: skip


def _bad(chapter: Chapter, cell, what: str) -> BookError:
    return BookError(
        chapter.shown, cell.line, "E-EMBED", what,
        "viết :embed: mo.dun:DoiTuong.phuong_thuc",
    )  # fmt: skip


