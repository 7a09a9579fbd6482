"""What a reader sees under a GPU cell: the outputs, and one quiet line about them."""

from __future__ import annotations

from html import escape

from ..chapter import Chapter
from ..layout import Book
from ..repo import repo_info
from . import clean, digest
from .form import CellRecord, Recording

UNKNOWN = "chưa ghi trên GPU"
STALE = (
    "Đầu ra dưới đây đã cũ: mã sinh ra nó đã đổi từ đó, và chưa ai chạy lại trên GPU."
)


def outputs(recording: Recording, cell: CellRecord, stale: bool) -> list:
    """Recorded outputs between a warning, if they are stale, and their provenance."""
    from nbformat import from_dict

    found = [from_dict(dict(o)) for o in cell.outputs]
    warning = [html(f'<p class="hs-gpu hs-gpu-stale">{STALE}</p>')] if stale else []
    return [*warning, *found, html(provenance(recording, cell))]


def missing(chapter: Chapter, index: int, notebook: str, book: Book) -> list:
    """A cell without a recording: says so, links to Colab, leaves no number open."""
    url = escape(repo_info(book.root).colab(notebook))
    line = (
        '<p class="hs-gpu hs-gpu-missing">Ô này chưa ghi trên GPU: nó cần CUDA nên máy '
        f'dựng trang không chạy. <a href="{url}">Mở trên Colab</a> (có GPU) để tự chạy.'
        "</p>"
    )
    return [html(line), *(_glue(name) for name in digest.glued(chapter, index))]


def html(text: str):
    """One output of HTML."""
    from nbformat.v4 import new_output

    return new_output("display_data", data={"text/html": text})


def _glue(name: str):
    """A result that is not known yet, under the name by which the prose asks for it."""
    from nbformat.v4 import new_output

    return new_output(
        "display_data", data={clean.GLUE + "text/plain": repr(UNKNOWN)},
        metadata={"scrapbook": {"name": name, "mime_prefix": clean.GLUE}},
    )  # fmt: skip


def provenance(recording: Recording, cell: CellRecord) -> str:
    """One line; what few ask for opens under it."""
    first, *more = facts(recording, cell)
    mark = " hs-gpu-test" if recording.device["test"] else ""
    rest = " · ".join(escape(m) for m in more)
    return (
        f'<details class="hs-gpu{mark}"><summary>{escape(first)}</summary>'
        f"<p>{rest}</p></details>"
    )


def facts(recording: Recording, cell: CellRecord) -> list[str]:
    """The provenance in words, the line that is always shown first."""
    device, versions = recording.device, recording.versions
    found = [
        f"Ghi trên {device['name']}, {day(recording.date)}, {duration(cell.seconds)}",
        f"Bộ nhớ GPU cao nhất {cell.peak_mb / 1024:.1f} GB",
        f"driver {device['driver']}", f"CUDA {device['cuda']}",
        f"PyTorch {versions['torch']}", f"Python {versions['python']}",
    ]  # fmt: skip
    seeds = ", ".join(map(str, cell.seeds))
    return found + ([f"hạt giống {seeds}"] if seeds else [])


def note(recording: Recording | None, cell: CellRecord | None, state: str) -> str:
    """The same for the exported notebook: a line of Markdown under the cell."""
    if recording is None or cell is None:
        return (
            "*Trên trang, ô này chưa ghi trên GPU. Ở đây hãy bật GPU (Runtime → Change "
            "runtime type) rồi tự chạy.*"
        )
    old = "đã cũ, mã đã đổi từ đó: " if state == "stale" else ""
    return f"*Đầu ra trên trang: {old}{'; '.join(facts(recording, cell))}.*"


def day(iso: str) -> str:
    """``2026-11-30`` → ``30/11/2026``."""
    year, month, date = iso.split("-")
    return f"{int(date)}/{int(month)}/{year}"


def duration(seconds: float) -> str:
    """Seconds, or minutes when there are many."""
    if seconds < 1:
        return "dưới 1 giây"
    return f"{seconds:.0f} giây" if seconds < 120 else f"{seconds / 60:.0f} phút"
