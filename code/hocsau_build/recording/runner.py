"""Record one page: the whole chapter runs, the outputs of its GPU cells are kept."""

from __future__ import annotations

import json
import os
import time

from .. import execute, run
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

    def __init__(self, machine: Machine, say=print):
        self.machine, self.say = machine, say
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
        await self._ask(client, BEFORE)
        client.timeout = limit
        began = time.time()
        await go
        peak = await self._ask(client, AFTER)
        seconds = round(time.time() - began, 1)
        self.costs[index - 1] = seconds, int(peak or 0)
        self.say(f"    ô GPU ở dòng {cell.line}: {seconds} s", flush=True)

    async def _ask(self, client, code: str) -> str:
        """What the device says; the stand-in of the tests has nothing to say."""
        if self.machine.test:
            return ""
        return await run.silent(client, code, seconds=int(self.limit()))


def record(doc: str, book: Book, machine: Machine, say=print) -> Recording:
    """Run a page on the device and replace its recording, all or nothing."""
    chapter = plain.load(book.path(doc), book.show(book.path(doc)))
    work = execute.plan(doc, book, chapter)
    before = [digest.digest(chapter, i, book) for i in digest.gpu_cells(chapter)]
    stage = OnDevice(machine, say)
    sources = [work.setup, *(source for source, _ in work.cells)]
    done = run.run_page(chapter, sources, book.root, stage)
    execute.check_run(work, done, book)
    cells = [
        CellRecord(
            index, was, digest.own_digest(chapter, index), digest.seed(chapter, index),
            *stage.costs.get(index, (0.0, 0)), done.outputs[index + 1],
        )
        for index, was in zip(digest.gpu_cells(chapter), before, strict=True)
    ]  # fmt: skip
    made = Recording(
        doc, done.facts["date"], done.facts["seconds"],
        json.loads(json.dumps(machine.device)), dict(machine.versions), cells,
    )  # fmt: skip
    form.write(made, book)
    return made
