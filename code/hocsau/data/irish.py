"""Tập nhạc Ireland dạng ABC của khóa MIT 6.S191.

Tệp ``irish.abc`` nằm trong gói ``mitdeeplearning`` (giấy phép MIT):
197 618 byte, 804 bài. Bài lab gốc cắt tệp bằng một biểu thức chính quy
chồng lấn nên đếm được 817: 12 bài bị đếm hai lần, 2 mảnh không có đầu
bài, và bài cuối tệp bị mất. Ở đây mỗi bài được đọc đúng một lần. Mã băm
tính từ gói ``mitdeeplearning`` 0.7.5 trên PyPI.
Nhà: mit/lab1-2.
"""

from pathlib import Path

from hocsau.data.download import cache_folder, fetch, sha256_of

COMMIT = "e44754eac7a61d489fb07a68245bfbb290823228"
URL = (
    "https://raw.githubusercontent.com/MITDeepLearning/"
    f"introtodeeplearning/{COMMIT}/mitdeeplearning/data/irish.abc"
)
SIZE = 197_618
SHA256 = "df3782d5f7b5a2f4c66aa7c13f13008d5f48757b3f5f51620cd6c1ceb2c53023"


def split_tunes(text: str) -> list[str]:
    """Cắt một tệp ABC thành bài; mảnh không có X: nối vào bài trước."""
    tunes: list[str] = []
    for block in text.replace("\r\n", "\n").split("\n\n"):
        block = block.strip("\n")
        if block.startswith("X:") or (block and not tunes):
            tunes.append(block)
        elif block:
            tunes[-1] += "\n" + block
    return tunes


def load(path=None, *, url: str = URL, sha256: str = SHA256) -> list[str]:
    """Các bài trong ``irish.abc``.

    ``path``: tệp đã có sẵn trên máy. Bỏ trống thì tải một lần về thư
    mục lưu, tiếp được khi đứt. Lỗi: ``ValueError`` nếu tệp không phải
    đúng bản đã biết; ``ConnectionError`` khi không có mạng, nêu nơi
    cần chép tệp vào.
    """
    if path is None:
        folder = cache_folder("irish")
        path = fetch(url, folder / "irish.abc", sha256=sha256)
    elif sha256_of(path) != sha256:
        size = Path(path).stat().st_size
        raise ValueError(
            f"irish: {path} có {size} byte và mã băm khác bản đã biết "
            f"({SIZE} byte); hãy lấy lại tệp từ {url}"
        )
    return split_tunes(Path(path).read_text("utf-8"))
