"""A recording on disk: one JSON file a page, its pictures as files beside it.

The file is meant to be read in a review: text as lines, one fact a line. Pictures are
named by their own content, so that a new recording never overwrites the picture of the
old one: pictures are written first, then the file in one step, then the old pictures
go. An interruption at any point leaves a whole recording.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import asdict, dataclass, field
from pathlib import Path

from ..errors import BookError
from ..layout import Book
from ..store import write_atomic
from . import clean

FORMAT = 2
PLACE = "book/_recordings"
MOST_PICTURE, MOST_FILE = 300_000, 600_000


@dataclass
class CellRecord:
    """Outputs of one GPU cell and what they cost; ``number`` counts code cells."""

    number: int
    digest: str
    source: str  # digest of the cell's own text
    seeds: list[int]  # those that the cell sets in so many words
    seconds: float
    peak_mb: int
    outputs: list[dict] = field(default_factory=list)


@dataclass
class Recording:
    """What one run of a page on one device left."""

    page: str
    date: str
    seconds: float
    device: dict  # name, driver, cuda, test
    versions: dict  # python, torch
    cells: list[CellRecord]


def place(doc: str, book: Book) -> Path:
    """File of the recording of a page; it follows from the page, never from a file."""
    return book.root / PLACE / f"{doc.removeprefix('book/')}.json"


def fail(path: Path, book: Book, what: str) -> BookError:
    """One form for everything that is wrong with a recording."""
    shown = path.relative_to(book.root).as_posix()  # of a link itself, not its target
    return BookError(
        shown, 1, "R02", what,
        "ghi lại trang này (python -m hocsau_build record), hoặc xóa tệp",
    )  # fmt: skip


def seal(data: dict) -> str:
    """Digest of everything else in the file: shows an edit by hand."""
    rest = {k: v for k, v in data.items() if k != "seal"}
    text = json.dumps(rest, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def pictures(data: dict) -> set[str]:
    """Names of the pictures that a (valid) file refers to."""
    found = set()
    for cell in data["cells"]:
        for output in cell["outputs"]:
            for value in output.get("data", {}).values():
                if isinstance(value, dict):
                    found.add(value["file"])
    return found


def write(recording: Recording, book: Book) -> Path:
    """Replace the recording of a page, all or nothing."""
    path = place(recording.page, book)
    old = strays(path)
    files: dict[str, bytes] = {}
    data = {"format": FORMAT, **asdict(recording)}
    for cell in data["cells"]:
        cell["outputs"] = [_pack(o, path, book, files) for o in cell["outputs"]]
    data["seal"] = seal(data)
    text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    if len(text.encode()) > MOST_FILE:
        raise fail(path, book, f"đầu ra dài quá {MOST_FILE // 1000} kB: in ít đi")
    for name, content in files.items():
        _put(path.with_name(name), content)
    _put(path, text)
    for name in old - set(files):
        path.with_name(name).unlink(missing_ok=True)
    return path


def strays(path: Path) -> set[str]:
    """Names of all pictures of a page's recording, referred to or not."""
    found = path.parent.iterdir() if path.parent.is_dir() else ()
    return {p.name for p in found if picture_pattern(path).fullmatch(p.name)}


def picture_pattern(path: Path) -> re.Pattern:
    """What the pictures of a page's recording are called."""
    return re.compile(rf"{re.escape(path.stem)}\.[0-9a-f]{{16}}\.(png|svg)")


def _put(path: Path, content: str | bytes) -> None:
    write_atomic(path, content)
    path.chmod(0o644)


def _pack(output: dict, path: Path, book: Book, files: dict[str, bytes]) -> dict:
    """An output of the kernel in the form of the file."""
    kind = output["output_type"]
    if kind == "stream":
        return {"output_type": kind, "name": output["name"],
                "text": _lines(output["text"])}  # fmt: skip
    if kind == "error":
        return {k: output[k] for k in ("output_type", "ename", "evalue", "traceback")}
    data = {}
    for mime, value in output["data"].items():
        text = value if isinstance(value, str) else "".join(value)
        if mime in clean.PICTURES:
            data[mime] = {"file": _picture(mime, text, path, book, files)}
        elif mime in clean.TEXTS:
            text = clean.clean_html(text) if mime == "text/html" else text
            data[mime] = _lines(text)
    if not data:
        kinds = ", ".join(output["data"]) or "không có gì"
        raise fail(path, book, f"đầu ra chỉ có loại không ghi được: {kinds}")
    packed = {"output_type": "display_data", "data": data}
    if glued := (output.get("metadata") or {}).get("scrapbook"):
        packed["metadata"] = {"scrapbook": glued}
    return packed


def _picture(mime, text: str, path: Path, book: Book, files: dict) -> str:
    content = base64.b64decode(text) if mime == "image/png" else text.encode()
    if problem := clean.picture_problem(mime, content):
        raise fail(path, book, problem)
    if len(content) > MOST_PICTURE:
        size = f"{len(content) // 1000} kB"
        raise fail(path, book, f"hình nặng {size}, quá {MOST_PICTURE // 1000} kB")
    name = picture_name(path, mime, content)
    files[name] = content
    return name


def picture_name(path: Path, mime: str, content: bytes) -> str:
    """``<page>.<digest>.png``: the name says what the bytes are."""
    digest = hashlib.sha256(content).hexdigest()[:16]
    return f"{path.stem}.{digest}.{clean.PICTURES[mime]}"


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)
