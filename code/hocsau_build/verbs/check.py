"""Soát mọi luật của sách; in tệp:dòng, mã luật, điều sai và cách sửa.

Ví dụ:  python -m hocsau_build check
        python -m hocsau_build check book/nyu/tuan-01/01-1-*.md   (chỉ các tệp ấy)
        python -m hocsau_build check --fix
        python -m hocsau_build check --only C01,H04 --github
        python -m hocsau_build check --explain V01   (vì sao, ví dụ đúng, ví dụ sai)
        python -m hocsau_build check --table    (viết bảng luật vào CONTRIBUTING.md)
"""

from __future__ import annotations

import sys
from pathlib import Path

from .. import check
from ..check import mend, table
from ..check.rule import RULES
from ..errors import BookError
from ..layout import Book, find_root


def arguments(parser) -> None:
    parser.add_argument("files", nargs="*", help="chỉ soát các tệp này")
    parser.add_argument("--only", help="chỉ các luật này, cách nhau bằng dấu phẩy")
    parser.add_argument("--github", action="store_true", help="in chú giải cho GitHub")
    parser.add_argument(
        "--fix", action="store_true", help="tự sửa chỗ sửa được an toàn"
    )
    parser.add_argument("--explain", metavar="MÃ", help="giảng một luật, có ví dụ")
    parser.add_argument(
        "--table", nargs="?", const="write", choices=("write", "check"),
        help="viết (hoặc chỉ soát) bảng luật trong CONTRIBUTING.md",
    )  # fmt: skip


def main(args) -> int:
    if args.explain:
        print(explained(args.explain))
        return 0
    book = Book(find_root())
    only = asked(args.files, book)
    if args.fix:
        for path in mend.mend(book, only):
            print("  sửa", book.show(path))
    if args.table == "write":
        print("Đã viết lại bảng luật." if table.write(book) else "Bảng luật còn mới.")
        return 0
    if args.table == "check":
        args.only = "G01"
    found = check.everything(book, codes(args.only), only)
    return report(found, args.github)


def asked(names: list[str], book: Book) -> frozenset[str] | None:
    """Files named on the command line, as the book shows them."""
    for name in names:
        if not Path(name).exists():
            raise BookError(name, 1, "E-FILE", "không có tệp này", "sửa tên tệp")
    return frozenset(book.show(Path(name)) for name in names) if names else None


def codes(text: str | None) -> set[str] | None:
    """Codes of ``--only``; an unknown one is an error."""
    found = set(text.split(",")) if text else None
    for code in found or ():
        _known(code)
    return found


def _known(code: str):
    if code not in RULES:
        raise BookError(
            "check", 1, "E-RULE", f"không có luật {code}", "xem bảng ở CONTRIBUTING.md"
        )
    return RULES[code]


def report(found: list, annotate: bool) -> int:
    """Print findings; 1 when something must be mended."""
    errors = [p for p in found if p.level == "error"]
    for problem in found:
        out = sys.stderr if problem in errors else sys.stdout
        print(github(problem) if annotate else said(problem), file=out)
    if errors:
        pages = len({p.path for p in errors})
        print(f"{len(errors)} điều phải sửa, trong {pages} tệp.")
    elif found:
        print(f"Không có gì phải sửa; {len(found)} ghi chú.")
    else:
        print("Không có gì phải sửa.")
    return 1 if errors else 0


def said(problem) -> str:
    """For people: what only tells is said so."""
    return f"{problem}" if problem.level == "error" else f"{problem}  (ghi chú)"


def github(problem) -> str:
    """GitHub's annotation form; newlines must be escaped."""
    text = f"{problem.what} — {problem.remedy}".replace("%", "%25").replace("\n", "%0A")
    place = f"file={problem.path},line={problem.line},title={problem.rule}"
    return f"::{problem.level} {place}::{text}"


def explained(code: str) -> str:
    """A rule with its reason, remedy and examples."""
    rule = _known(code)
    parts = [f"{rule.code}  {rule.title}", f"Vì sao: {rule.why}.", f"Sửa: {rule.fix}."]
    for label, right in (("Đúng", True), ("Sai", False)):
        for name, text in rule.files(right).items():
            if text:
                parts.append(
                    f"{label}{f' ({name})' if name else ''}:\n\n{_inset(text)}"
                )
    return "\n\n".join(parts)


def _inset(text: str) -> str:
    lines = text.rstrip("\n").splitlines()
    if len(lines) > 40:
        lines = [*lines[:40], "…"]
    return "\n".join(f"    {line}".rstrip() for line in lines)
