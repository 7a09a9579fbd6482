"""Read a recording, believing nothing: every key, type, size and name is checked.

Whatever is not exactly what ``form.write`` writes is refused with its reason, and the
page then says that it has no recording.
"""

from __future__ import annotations

import base64
import json
import re
from ast import literal_eval
from pathlib import Path

from ..layout import Book
from . import clean, form
from .form import CellRecord, Recording, fail

HEX = re.compile(r"[0-9a-f]{64}")
DATE = re.compile(r"\d{4}-\d\d-\d\d")
NAME = re.compile(r"[\w:.-]{1,80}")
NUMBER = (int, float)
CELL = {"number": int, "digest": str, "source": str, "seeds": list,
        "seconds": NUMBER, "peak_mb": int, "outputs": list}  # fmt: skip
FILE = {"format": int, "page": str, "date": str, "seconds": NUMBER, "device": dict,
        "versions": dict, "cells": list, "seal": str}  # fmt: skip
DEVICE = {"name": str, "driver": str, "cuda": str, "test": bool}
VERSIONS = {"python": str, "torch": str}


class _Bad(Exception):
    """Why the file is not taken."""


def test_allowed(book: Book) -> bool:
    """Only a mini-book that says so may show what a stand-in device made.

    The book that carries the workshop in its own ``code/`` is a real one, whatever its
    settings and the environment say.
    """
    real = (book.code / "hocsau_build").exists()
    return not real and book.setting("test_device", False) is True


def read(doc: str, book: Book) -> Recording | None:
    """The recording of a page, None without one; ``BookError`` when it is bad."""
    path = form.place(doc, book)
    try:
        return _whole(json.loads(_text(path)), doc, path, book)
    except FileNotFoundError:
        return None
    except (_Bad, ValueError, SyntaxError, OSError, RecursionError) as exc:
        what = str(exc) if isinstance(exc, _Bad) else f"không đọc được: {exc}"
        raise fail(path, book, f"bản ghi hỏng: {what}") from exc


def picture_names(doc: str, book: Book) -> set[str]:
    """Pictures that the recording of a page refers to; raises when it is bad."""
    if read(doc, book) is None:
        return set()
    return form.pictures(json.loads(_text(form.place(doc, book))))


def _text(path: Path) -> str:
    _plain_file(path, form.MOST_FILE)
    return path.read_text("utf-8")


def _plain_file(path: Path, most: int) -> None:
    if path.is_symlink():
        raise _Bad(f"{path.name} là liên kết mềm")
    if path.stat().st_size > most:
        raise _Bad(f"{path.name} nặng quá {most // 1000} kB")


def _whole(data, doc: str, path: Path, book: Book) -> Recording:
    _keys(data, FILE, "tệp")
    if data["format"] != form.FORMAT:
        raise _Bad(f"định dạng {data['format']}, cần {form.FORMAT}")
    if data["seal"] != form.seal(data):
        raise _Bad("nội dung không khớp dấu niêm (bị cắt, hoặc sửa tay)")
    if data["page"] != doc:
        raise _Bad(f"ghi cho trang khác: {data['page'][:80]}")
    if not DATE.fullmatch(data["date"]):
        raise _Bad("ngày không đúng dạng")
    _keys(data["device"], DEVICE, "device")
    _keys(data["versions"], VERSIONS, "versions")
    facts = [*data["device"].values(), *data["versions"].values()]
    if any(isinstance(f, str) and (len(f) > 100 or "\n" in f) for f in facts):
        raise _Bad("thông tin thiết bị dài quá")
    if data["device"]["test"] and not test_allowed(book):
        raise _Bad("do thiết bị thử tạo ra, không phải GPU thật")
    cells = [_cell(c, path) for c in data["cells"]]
    if len({c.number for c in cells}) != len(cells) or not cells:
        raise _Bad("số thứ tự ô trùng nhau, hoặc không có ô nào")
    rest = {k: data[k] for k in ("page", "date", "seconds", "device", "versions")}
    return Recording(**rest, cells=cells)


def _cell(data, path: Path) -> CellRecord:
    _keys(data, CELL, "ô")
    if not (HEX.fullmatch(data["digest"]) and HEX.fullmatch(data["source"])):
        raise _Bad("mã băm của ô không đúng dạng")
    if not all(0 <= data[k] < 1e9 for k in ("number", "seconds", "peak_mb")):
        raise _Bad("số của ô nằm ngoài khoảng hợp lý")
    if len(data["seeds"]) > 20 or not all(type(s) is int for s in data["seeds"]):
        raise _Bad("hạt giống phải là vài số nguyên")
    outputs = [_output(o, path) for o in data["outputs"]]
    return CellRecord(**{**data, "outputs": outputs})


def _output(data, path: Path) -> dict:
    kind = data.get("output_type") if isinstance(data, dict) else None
    if kind == "stream":
        _keys(data, {"output_type": str, "name": str, "text": list}, "stream")
        if data["name"] not in ("stdout", "stderr"):
            raise _Bad(f"luồng lạ: {data['name'][:40]}")
        return {**data, "text": _joined(data["text"])}
    if kind == "error":
        _keys(data, {"output_type": str, "ename": str, "evalue": str,
                     "traceback": list}, "error")  # fmt: skip
        _joined(data["traceback"])
        return data
    if kind != "display_data":
        raise _Bad(f"loại đầu ra lạ: {str(kind)[:40]}")
    _keys({"metadata": {}, **data},
          {"output_type": str, "data": dict, "metadata": dict}, "display")  # fmt: skip
    shown = {m: _value(m, v, path) for m, v in data["data"].items()}
    return {"output_type": kind, "data": shown, "metadata": _metadata(data, shown)}


def _metadata(data: dict, shown: dict) -> dict:
    """Only what ``glue`` writes, and only beside the value that it names."""
    kept, value = data.get("metadata", {}), shown.get(clean.GLUE + "text/plain")
    if not kept and value is None:
        return {}
    _keys(kept, {"scrapbook": dict}, "metadata")
    _keys(kept["scrapbook"], {"name": str, "mime_prefix": str}, "scrapbook")
    prefix_right = kept["scrapbook"]["mime_prefix"] == clean.GLUE
    if not prefix_right or not NAME.fullmatch(kept["scrapbook"]["name"]):
        raise _Bad("tên kết quả dán không đúng dạng")
    if value is None or len(value) > 300 or not isinstance(literal_eval(value), str):
        raise _Bad("kết quả dán phải là một chuỗi ngắn")
    return kept


def _value(mime: str, value, path: Path) -> str:
    if mime in clean.PICTURES:
        _keys(value, {"file": str}, mime)
        return _picture(mime, value["file"], path)
    if mime not in clean.TEXTS:
        raise _Bad(f"loại nội dung không được phép: {mime[:60]}")
    text = _joined(value)
    if mime == "text/html" and clean.clean_html(text) != text:
        raise _Bad("HTML chứa thẻ hay thuộc tính không được phép")
    return text


def _picture(mime: str, name: str, path: Path) -> str:
    """Bytes of a picture, if its name is the one that its bytes give it."""
    if not form.picture_pattern(path).fullmatch(name):
        raise _Bad(f"tên hình không đúng dạng: {name[:80]!r}")
    file = path.with_name(name)
    if not file.exists():
        raise _Bad(f"thiếu hình {name}")
    _plain_file(file, form.MOST_PICTURE)
    content = file.read_bytes()
    if form.picture_name(path, mime, content) != name:
        raise _Bad(f"hình {name} không phải hình đã ghi")
    if problem := clean.picture_problem(mime, content):
        raise _Bad(f"hình {name}: {problem}")
    return (
        base64.b64encode(content).decode() if mime == "image/png" else content.decode()
    )


def _joined(lines) -> str:
    if not isinstance(lines, list) or not all(isinstance(t, str) for t in lines):
        raise _Bad("chữ phải là danh sách dòng")
    return "".join(lines)


def _keys(data, wanted: dict, where: str) -> None:
    """Exactly these keys, each of its type (a truth value is not a number)."""
    if not isinstance(data, dict) or set(data) != set(wanted):
        raise _Bad(f"{where}: thiếu hoặc thừa khóa")
    for key, kind in wanted.items():
        value = data[key]
        if not isinstance(value, kind) or (
            isinstance(value, bool) and kind is not bool
        ):
            raise _Bad(f"{where}: {key} sai kiểu")
