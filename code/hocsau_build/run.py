"""Run one page in a fresh kernel, within limits, and say exactly what went wrong."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import (
    CellExecutionError,
    CellTimeoutError,
    DeadKernelError,
)

from .chapter import Chapter, place
from .errors import BookError
from .outputs import address, plain, stderr
from .store import Record

OUTPUT_LIMIT = 2_000_000  # characters printed by one cell
PAGE_SECONDS = 240
SITE = Path(__file__).parent / "kernel_site"

REPORT = """\
import json as _j, os as _o, resource as _r, sys as _s, sitecustomize as _c
_root = {root!r}
_use = _r.getrusage(_r.RUSAGE_SELF)
print(_j.dumps(dict(
    modules=[n for n, m in list(_s.modules.items())
             if (getattr(m, "__file__", None) or "").startswith(_root + "/code/")
             and n != "sitecustomize"],
    files=[p for p in map(_o.path.abspath, list(_c.opened))
           if p.startswith(_root + "/") and not p.endswith((".py", ".pyc"))],
    cpu=_use.ru_utime + _use.ru_stime, peak_mb=_use.ru_maxrss / 1024)))
"""


class Build:
    """How a build treats a page: cells that need a GPU are left out."""

    def limit(self) -> float:
        return float(os.environ.get("HOCSAU_PAGE_SECONDS", PAGE_SECONDS))

    def skips(self, cell) -> bool:
        return bool({"gpu", "skip-execution"} & set(cell.tags))

    async def run(self, client, index: int, cell, go) -> None:
        await go


RUNNING: set = set()
STOPPING = threading.Event()


class PageClient(NotebookClient):
    """nbclient with a bound on what one cell may print."""

    flooded = False
    _printed = 0
    _stop = None  # keeps the interrupting task alive until it ran

    def process_message(self, msg, cell, cell_index):
        content = msg.get("content", {})
        if msg["msg_type"] == "stream":
            self._printed += len(content.get("text", ""))
            if self._printed > OUTPUT_LIMIT:
                if not self.flooded:
                    self.flooded = True
                    self._stop = asyncio.ensure_future(self.km.interrupt_kernel())
                return None
        return super().process_message(msg, cell, cell_index)

    def start_cell(self):
        self._printed = 0


def run_page(chapter: Chapter, sources: list[str], root: Path, stage=None) -> Record:
    """Execute set-up and cells top to bottom; ``sources[0]`` is the set-up cell."""
    # One event loop a page, closed after it (nbclient's own wrappers leave theirs
    # open), in a thread of its own: the caller's may already be running a loop.
    with ThreadPoolExecutor(1) as pool:
        page = _page(chapter, sources, root, stage or Build())
        return pool.submit(asyncio.run, page).result()


async def _page(chapter: Chapter, sources: list[str], root: Path, stage) -> Record:
    limit = stage.limit()
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(s) for s in sources],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
    )
    client = PageClient(
        notebook, timeout=int(limit) + 5, kernel_name="python3",
        resources={"metadata": {"path": str(chapter.path.parent)}},
        extra_arguments=["--HistoryManager.enabled=False", "--log-level=ERROR"],
    )  # fmt: skip
    began = time.time()
    outputs = []
    folder = str(chapter.path.parent)
    async with client.async_setup_kernel(env=kernel_env(root), cwd=folder):
        RUNNING.add(client)
        if STOPPING.is_set():  # asked while this kernel was starting
            raise asyncio.CancelledError
        for index, node in enumerate(notebook.cells):
            cell = chapter.cells[index - 1] if index else None
            if cell is not None and stage.skips(cell):
                outputs.append([])
                continue
            client.timeout = max(1, int(limit - (time.time() - began)) + 1)
            go = _run_cell(client, chapter, cell, node, index, limit)
            await stage.run(client, index, cell, go)
            outputs.append(plain(node.outputs, root))
        with named(client, chapter, cell, index, limit):
            report = json.loads(await silent(client, REPORT.format(root=str(root))))
    RUNNING.discard(client)
    facts = {
        "date": dt.datetime.now(dt.UTC).strftime("%Y-%m-%d"),
        "seconds": round(time.time() - began, 1),
        "cpu": round(report["cpu"], 1),
        "peak_mb": round(report["peak_mb"]),
        "modules": sorted(report["modules"]),
        "files": sorted(report["files"]),
    }
    return Record(chapter.shown, outputs, facts)


def stop_all() -> None:
    """Kill every running kernel, so that the threads waiting for them end."""
    STOPPING.set()
    for client in list(RUNNING):
        process = getattr(client.km.provisioner, "process", None)
        if process is not None:
            process.kill()


def kernel_env(root: Path) -> dict[str, str]:
    """One thread a worker, our code first on the path, no compiled leftovers."""
    threads = {f"{n}_NUM_THREADS": "1" for n in ("OMP", "MKL", "OPENBLAS")}
    given = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    given = [os.path.abspath(p) for p in given if p]  # the page runs in another folder
    path = os.pathsep.join([str(SITE), str(root / "code"), *given])
    extra = {"PYTHONPATH": path, "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"}
    return {**os.environ, **threads, **extra}


async def _run_cell(client, chapter, cell, node, index, limit) -> None:
    client.start_cell()
    allow = cell is not None and "raises-exception" in cell.tags
    client.allow_errors = allow
    with named(client, chapter, cell, index, limit):
        await client.async_execute_cell(node, index)
    if client.flooded:
        raise _flood(chapter, cell, index)
    _check_outputs(chapter, cell, index, node)


@contextmanager
def named(client, chapter, cell, index, limit):
    """What the kernel raises, as an error that names the cell."""
    try:
        yield
    except CellTimeoutError as exc:
        if client.flooded:
            raise _flood(chapter, cell, index) from exc
        raise _fail(
            chapter, cell, index, "E-TIME", f"trang chạy quá {limit:.0f} giây",
            "bớt số bước hoặc cỡ dữ liệu của ô này",
        ) from exc  # fmt: skip
    except DeadKernelError as exc:
        raise _fail(
            chapter, cell, index, "E-KERNEL", "kernel chết giữa chừng",
            "thường là hết bộ nhớ hoặc gọi os._exit; kết quả các trang khác vẫn giữ",
        ) from exc  # fmt: skip
    except CellExecutionError as exc:
        if not client.flooded:
            raise _raised(chapter, cell, index, exc) from exc


def _flood(chapter, cell, index) -> BookError:
    return _fail(
        chapter, cell, index, "E-OUTPUT",
        f"ô in ra hơn {OUTPUT_LIMIT:,} ký tự".replace(",", " "),
        "in ít đi: chỉ vài dòng cho người đọc",
    )  # fmt: skip


def _raised(chapter, cell, index, exc) -> BookError:
    return _fail(
        chapter, cell, index, "E-RUN", f"{exc.ename}: {exc.evalue}\n{_tail(exc)}",
        "sửa ô này, hoặc gắn thẻ raises-exception nếu lỗi là điều muốn cho xem",
        line=_line(chapter, cell, exc),
    )  # fmt: skip


def _check_outputs(chapter, cell, index, node) -> None:
    tags = set(cell.tags) if cell is not None else set()
    text = stderr(node.outputs)
    if text and not {"allow-stderr", "raises-exception"} & tags:
        raise _fail(
            chapter, cell, index, "E-STDERR", f"ô ghi ra stderr: {text[:400]}",
            "sửa nguyên nhân, hoặc gắn thẻ allow-stderr nếu muốn cho người đọc thấy",
        )  # fmt: skip
    if (shown := address(node.outputs)) and not {"remove-cell", "remove-output"} & tags:
        raise _fail(
            chapter, cell, index, "E-ADDRESS", f"đầu ra đổi ở mỗi lần chạy: {shown}",
            "gán dòng cuối cho một tên, thêm dấu ; ở cuối, hoặc in điều cần thấy",
        )  # fmt: skip


def _fail(chapter, cell, index, rule, what, remedy, line=None) -> BookError:
    place = f"ô mã thứ {index}" if index else "ô chuẩn bị"
    line = line or (cell.line if cell else 1)
    return BookError(chapter.shown, line, rule, f"{place}: {what}", remedy)


def _line(chapter, cell, exc) -> int:
    """Line in the chapter where the failing statement of a written cell stands."""
    import re

    if cell is None or cell.embed:
        return cell.line if cell else 1
    plain = re.sub(r"\x1b\[[0-9;]*m", "", exc.traceback)
    hits = re.findall(r"-+> ?(\d+) |Cell In\[\d+\], line (\d+)", plain)
    if not hits:
        return cell.line
    return place(chapter.text, cell, int(next(n for n in hits[0] if n)))


def _tail(exc, lines: int = 6) -> str:
    import re

    plain = re.sub(r"\x1b\[[0-9;]*m", "", exc.traceback).strip().splitlines()
    return "\n".join("    " + line for line in plain[-lines:])


async def silent(client, code: str, seconds: int = 30) -> str:
    """Run code outside the notebook and return what it printed."""
    node = nbformat.v4.new_code_cell(code)
    client.allow_errors, client.timeout = False, seconds
    await client.async_execute_cell(node, 0, store_history=False)
    return "".join(o.text for o in node.outputs if o.output_type == "stream")
