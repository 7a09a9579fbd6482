"""Executed pages, each in one file named by the key of what it came from.

Writing is atomic (a new file, then a rename), so that an interrupted build or two
builds at once never leave half a record. A record that does not match its own digest
is treated as absent.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import tempfile
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

from .errors import BookError

KEEP_DAYS = 30


@dataclass
class Record:
    """Outputs of every code cell of a page (set-up cell first) and how they came."""

    page: str
    outputs: list[list[dict]]
    facts: dict = field(default_factory=dict)


class Store:
    """Content-addressed folder of records."""

    def __init__(self, folder: Path):
        self.folder = folder

    def path(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}.json"

    def get(self, key: str) -> Record | None:
        """Record of a key, or None when there is none that is whole."""
        path = self.path(key)
        try:
            digest, _, body = path.read_text("utf-8").partition("\n")
            if digest != _digest(body):
                raise ValueError("digest")
            data = json.loads(body)
            record = Record(**data)
        except FileNotFoundError:
            return None
        except (ValueError, TypeError, OSError):
            path.unlink(missing_ok=True)
            return None
        os.utime(path)
        return record

    def put(self, key: str, record: Record) -> None:
        """Write a record so that it is either whole or absent."""
        body = json.dumps(asdict(record), ensure_ascii=False)
        write_atomic(self.path(key), f"{_digest(body)}\n{body}")

    def prune(self, now: float | None = None) -> int:
        """Drop records that no build has used for a month; returns how many."""
        limit = (now or time.time()) - KEEP_DAYS * 86400
        old = [p for p in self.folder.glob("*/*.json") if p.stat().st_mtime < limit]
        for path in old:
            path.unlink(missing_ok=True)
        return len(old)


def write_atomic(path: Path, text: str | bytes) -> None:
    """Replace a file in one step; a full disk leaves the old file whole."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".tmp-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(text.encode() if isinstance(text, str) else text)
            os.replace(name, path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as exc:
        if exc.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise BookError(
            path, 1, "E-DISK", "đĩa đầy, chưa ghi được kết quả",
            "giải phóng chỗ trống rồi chạy lại; các trang đã ghi vẫn còn",
        ) from exc  # fmt: skip


def _digest(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()
