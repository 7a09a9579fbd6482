"""MNIST thật: bốn tệp IDX trong thư mục lưu, và cách tải chúng về.

Đọc tệp bằng ``kim.data.mnist``. Trang này không bao giờ tự thay MNIST
bằng dữ liệu khác: thiếu tệp là báo lỗi.
Nhà: mit/lab2-1.
"""

from pathlib import Path

import torch

from hocsau.data.download import cache_folder, fetch
from kim.data.mnist import MNIST

URL = "https://ossci-datasets.s3.amazonaws.com/mnist/"
FILES = {  # tên tệp → SHA-256 của tệp nén
    "train-images-idx3-ubyte.gz":
    "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
    "train-labels-idx1-ubyte.gz":
    "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
    "t10k-images-idx3-ubyte.gz":
    "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
    "t10k-labels-idx1-ubyte.gz":
    "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6",
}  # fmt: skip


def download(folder=None, *, url: str = URL, files=None) -> Path:
    """Tải bốn tệp (11.6 MB) vào ``folder``, tiếp được khi bị đứt.

    Mặc định là ``cache_folder("mnist")``. Lỗi: như ``fetch``.
    """
    folder = Path(folder or cache_folder("mnist"))
    for name, sha256 in (files or FILES).items():
        fetch(url + name, folder / name, sha256=sha256)
    return folder


def load(folder=None):
    """Hai phần (X, y): 60 000 ảnh để học, 10 000 ảnh để kiểm tra.

    ``X``: (n, 1, 28, 28) float32 trong [0, 1]; ``y``: (n,) int64.
    Lỗi: ``FileNotFoundError`` nêu tệp thiếu và chỗ đặt nó.
    """
    folder = Path(folder or cache_folder("mnist"))
    parts = []
    for train in (True, False):
        part = MNIST(folder, train=train)
        X = torch.from_numpy(part.images)[:, None]  # (n, 1, 28, 28)
        y = torch.from_numpy(part.labels).long()
        parts.append((X, y))
    return tuple(parts)
