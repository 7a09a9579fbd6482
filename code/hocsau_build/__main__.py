"""``python -m hocsau_build <verb>``: every tool of the workshop behind one door."""

from __future__ import annotations

import argparse
import importlib
import sys

from .errors import BookError

#: verb → (module with ``arguments(parser)`` and ``main(args) -> int``, one line)
VERBS = {
    "book": ("verbs.book", "dựng trang web: kiểm tra, thực thi, vẽ"),
    "execute": ("verbs.execute", "chạy các trang mà kho kết quả chưa có"),
    "record": ("verbs.record", "ghi đầu ra của ô GPU trên máy có CUDA"),
    "serve": ("verbs.serve", "xem tại chỗ, tự dựng lại khi sửa"),
    "export": ("verbs.export", "viết notebooks/ cho Colab và Binder"),
    "check": ("verbs.check", "soát mọi luật của sách"),
    "status": ("verbs.status", "tình trạng từng trang"),
    "new": ("verbs.new", "dựng khung một trang mới"),
    "upstream": ("verbs.upstream", "đối chiếu từng trang với bài của khóa gốc"),
    "outline": ("verbs.outline", "ghi dàn ý của bản gốc để soát trang dịch"),
}


def parser(only: str = "") -> argparse.ArgumentParser:
    """Command line with one sub-parser a verb; ``only`` leaves the others unloaded.

    A machine that only records need not have what the other verbs import.
    """
    top = argparse.ArgumentParser("python -m hocsau_build", description=__doc__)
    subs = top.add_subparsers(dest="verb", required=True, metavar="việc")
    for verb, (module, line) in VERBS.items():
        if only in VERBS and verb != only:
            continue
        try:
            tool = importlib.import_module(f".{module}", __package__)
        except ModuleNotFoundError as exc:
            if exc.name and exc.name.startswith(__package__):
                continue
            raise
        sub = subs.add_parser(
            verb, help=line, description=tool.__doc__,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )  # fmt: skip
        tool.arguments(sub)
        sub.set_defaults(main=tool.main)
    return top


def main(argv: list[str] | None = None) -> int:
    """Run one verb; a ``BookError`` ends in its message and code 1."""
    argv = sys.argv[1:] if argv is None else argv
    args = parser(argv[0] if argv else "").parse_args(argv)
    try:
        return args.main(args)
    except BookError as exc:
        print(exc, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        return 141


if __name__ == "__main__":
    sys.exit(main())
