"""Tải một tệp dữ liệu về thư mục lưu, tiếp được khi đứt giữa chừng.

Nhà: mit/lab2-1.
"""

import hashlib
import os
import urllib.error
import urllib.request
from pathlib import Path


def cache_folder(name: str) -> Path:
    """Thư mục lưu dữ liệu ``name``.

    Nằm dưới thư mục mà biến môi trường ``HOCSAU_DATA`` nêu, mặc định là
    ``~/.cache/hocsau``.
    """
    default = Path.home() / ".cache" / "hocsau"
    return Path(os.environ.get("HOCSAU_DATA") or default) / name


def sha256_of(path) -> str:
    """Mã băm SHA-256 của một tệp, 64 chữ số hex."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def fetch(url: str, path, *, sha256: str, timeout: float = 30) -> Path:
    """Tải ``url`` thành ``path``; đã có tệp đúng mã băm thì không tải.

    Phần đã tải nằm ở ``path`` thêm đuôi ``.part``; lần gọi sau xin máy
    chủ phần còn thiếu. Tệp chỉ mang tên thật khi đúng mã băm.
    Lỗi: ``ConnectionError`` khi không tải được, ``ValueError`` khi sai
    mã băm.
    """
    path = Path(path)
    if path.exists() and sha256_of(path) == sha256:
        return path
    part = path.with_name(path.name + ".part")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        receive(url, part, timeout)
    except (OSError, urllib.error.URLError) as exc:
        raise ConnectionError(
            f"fetch: không tải được {url} ({exc}); gọi lại khi có mạng "
            f"để tải tiếp, hoặc tự chép tệp ấy thành {path}"
        ) from exc
    if sha256_of(part) != sha256:
        part.unlink()
        raise ValueError(
            f"fetch: {url} sai mã băm SHA-256 nên đã bị xóa; tệp ở "
            "nguồn đã đổi hoặc bị hỏng trên đường, hãy tải lại"
        )
    os.replace(part, path)
    return path


def receive(url: str, part: Path, timeout: float) -> None:
    """Nối phần còn thiếu vào ``part``; máy chủ từ chối thì tải lại."""
    have = part.stat().st_size if part.exists() else 0
    headers = {"Range": f"bytes={have}-"} if have else {}
    request = urllib.request.Request(url, headers=headers)
    try:
        reply = urllib.request.urlopen(request, timeout=timeout)
    except urllib.error.HTTPError as exc:
        if exc.code == 416:  # đã đủ byte: để bước so mã băm phán xử
            return
        raise
    mode = "ab" if reply.status == 206 else "wb"
    with reply, open(part, mode) as out:
        expected = int(reply.headers.get("Content-Length") or -1)
        got = 0
        while chunk := reply.read(1 << 16):
            out.write(chunk)
            got += len(chunk)
    if 0 <= got < expected:
        raise ConnectionError(f"đứt ở byte {got} trong {expected}")
