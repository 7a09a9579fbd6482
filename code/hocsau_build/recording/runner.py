"""Record one page: the whole chapter runs, the outputs of its GPU cells are kept."""

from __future__ import annotations

import os
import time

from .. import execute, run
from ..chapter import Chapter
from ..layout import Book
from . import digest, form, plain
from .form import CellRecord, Recording
from .machine import Machine

PAGE_SECONDS = 3600
BEFORE = """\
__import__("torch").cuda.synchronize()
__import__("torch").cuda.reset_peak_memory_stats()
"""
AFTER = """\
__import__("torch").cuda.synchronize()
print(__import__("torch").cuda.max_memory_allocated() // 2**20)
"""


class OnDevice:
    """How a recording treats a page: every cell runs, those of the GPU are measured."""

    def __init__(self, machine: Machine, chapter: Chapter, say=print):
        self.machine, self.chapter, self.say = machine, chapter, say
        self.costs: dict[int, tuple[float, int]] = {}

    def limit(self) -> float:
        return float(os.environ.get("HOCSAU_RECORD_SECONDS", PAGE_SECONDS))

    def skips(self, cell) -> bool:
        return "skip-execution" in cell.tags

    async def run(self, client, index: int, cell, go) -> None:
        if cell is None or "gpu" not in cell.tags:
            await go
            return
        limit = client.timeout
        await self._ask(client, index, cell, BEFORE)
        client.timeout = limit
        began = time.time()
        await go
        peak = await self._ask(client, index, cell, AFTER)
        seconds = round(time.time() - began, 1)
        self.costs[index - 1] = seconds, int(peak or 0)
        self.say(f"    ô GPU ở dòng {cell.line}: {seconds} s", flush=True)

    async def _ask(self, client, index: int, cell, code: str) -> str:
        """What the device says; the stand-in of the tests has nothing to say.

        Here CUDA tells of a fault in what the cell only queued.
        """
        if self.machine.test:
            return ""
        with run.named(client, self.chapter, cell, index, self.limit()):
            return await run.silent(client, code, seconds=int(self.limit()))


def record(doc: str, book: Book, machine: Machine, say=print) -> Recording:
    """Run a page on the device and replace its recording, all or nothing."""
    chapter = plain.load(book.path(doc), book.show(book.path(doc)))
    work = execute.plan(doc, book, chapter)
    before = [digest.digest(chapter, i, book) for i in digest.gpu_cells(chapter)]
    stage = OnDevice(machine, chapter, say)
    sources = [work.setup, *(source for source, _ in work.cells)]
    done = run.run_page(chapter, sources, book.root, stage)
    execute.check_run(work, done, book)
    cells = [
        CellRecord(
            index, was, digest.own_digest(chapter, index), digest.seeds(chapter, index),
            *stage.costs.get(index, (0.0, 0)), done.outputs[index + 1],
        )
        for index, was in zip(digest.gpu_cells(chapter), before, strict=True)
    ]  # fmt: skip
    made = Recording(
        doc, done.facts["date"], done.facts["seconds"],
        dict(machine.device), dict(machine.versions), cells,
    )  # fmt: skip
    form.write(made, book)
    return made
