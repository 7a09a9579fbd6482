"""Ghi đầu ra của các ô gpu: chạy cả trang trên máy có CUDA, giữ đầu ra và nguồn gốc.

Máy ấy chỉ cần Python, torch, trình khách Jupyter (nbclient, ipykernel), PyYAML và
những gói mà trang dùng: không cần git, Sphinx hay mạng.

Ví dụ:  python -m hocsau_build record
        python -m hocsau_build record book/mit/lab1-2-sinh-nhac-bang-mang-hoi-tiep.md
        python -m hocsau_build record --only-stale --keep-going
        python -m hocsau_build record --device cuda:1 --dry-run
"""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

from ..errors import BookError
from ..execute import bar, report
from ..layout import Book, find_root
from ..lock import only_one
from ..recording import digest, machine, plain, runner
from ..recordings import WORDS, Look, look
from ..run import STOPPING, stop_all


def arguments(parser) -> None:
    parser.add_argument("pages", nargs="*", help="đường dẫn trang; trống là mọi trang")
    parser.add_argument(
        "--only-stale", action="store_true", help="bỏ qua trang có bản ghi còn mới"
    )
    parser.add_argument(
        "--keep-going", action="store_true", help="một trang hỏng thì vẫn ghi trang sau"
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="chỉ nói sẽ chạy gì (không cần GPU)"
    )
    parser.add_argument(
        "--device", default="cuda", help="cuda (mặc định) hoặc cuda:1, cuda:2…"
    )


def main(args) -> int:
    book = Book(find_root())
    wanted = select(book, args)
    for seen in wanted:
        print("  " + line(seen), flush=True)
    if args.dry_run or not wanted:
        print(f"{len(wanted)} trang sẽ được ghi" if wanted else "Không có gì phải ghi.")
        return 0
    device = machine.find(args.device, book)
    print(f"Ghi {len(wanted)} trang trên {device.device['name']}", flush=True)
    with only_one(book):
        return report(record_all(wanted, book, device, args.keep_going))


def select(book: Book, args) -> list[Look]:
    """Pages with GPU cells among those named (or all), and what is known of each."""
    docs = [book.doc(p) for p in args.pages] or book.docs
    found = []
    for doc in docs:
        page = plain.load(book.path(doc), book.show(book.path(doc)))
        if digest.gpu_cells(page):
            found.append(look(page, book))
        elif args.pages:
            raise BookError(
                page.shown, 1, "R-NONE", "trang này không có ô gpu",
                "gắn tags: [gpu] cho ô cần GPU, hoặc bỏ trang này khỏi lệnh",
            )  # fmt: skip
    return [s for s in found if s.state != "fresh" or not args.only_stale]


def line(seen: Look) -> str:
    """One page: its state, how many cells, what the last recording took."""
    last = ""
    if seen.recording:
        last = f", lần trước {seen.date}, {seen.recording.seconds:.0f} s"
    return f"{seen.chapter.shown}: {WORDS[seen.state]}, {len(seen.cells)} ô gpu{last}"


def record_all(wanted: list[Look], book: Book, device, keep_going: bool) -> list:
    """One page after the other; a page that fails keeps its old recording."""
    errors, spent = [], 0.0
    STOPPING.clear()
    for number, seen in enumerate(wanted, 1):
        doc, began = book.doc(seen.chapter.path), time.time()
        print(f"  … {doc}", flush=True)
        try:
            one(doc, book, device)
            word = ""
        except BookError as exc:
            errors.append(exc)
            word = "HỎNG "
        took = time.time() - began
        spent += took
        print(f"  {bar(number, len(wanted))} {took:6.1f} s  {word}{doc}", flush=True)
        if errors and not keep_going:
            break
    print(f"  tổng thời gian trên thiết bị: {spent:.1f} s", flush=True)
    return errors


def one(doc: str, book: Book, device) -> None:
    """Record in a thread: an interruption kills the kernel, it does not wait."""
    with ThreadPoolExecutor(1) as pool:
        work = pool.submit(runner.record, doc, book, device)
        try:
            work.result()
        except KeyboardInterrupt:
            stop_all()
            print("\nĐã dừng; bản ghi cũ vẫn nguyên.", flush=True)
            raise
