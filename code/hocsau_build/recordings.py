"""Outputs of cells tagged ``gpu``: until a recording exists, the page says so."""

from __future__ import annotations

from .chapter import Chapter
from .layout import Book

MISSING = (
    '<p class="hs-gpu hs-gpu-missing">Chưa ghi trên GPU: ô này cần CUDA nên máy dựng '
    "trang không chạy. Mở trang trên Colab (có GPU) để tự chạy.</p>"
)


def outputs(chapter: Chapter, index: int, book: Book) -> list:
    """Outputs shown under the GPU cell number ``index`` of a page."""
    from nbformat.v4 import new_output

    return [new_output("display_data", data={"text/html": MISSING})]
