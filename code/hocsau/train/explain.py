"""Nói lại bằng tiếng Việt những lỗi hay gặp mà PyTorch báo.

Nhà: nm/07.
"""

import re
from contextlib import contextmanager

CAST = "kiểu số của y không hợp với hàm mất mát; "
TYPES = (
    "X và trọng số khác kiểu số; gọi X.float() (mô hình mặc định dùng "
    "float32)"
)
# Câu của PyTorch → câu của sách; {0}, {1} là phần trong ngoặc của mẫu.
SAYINGS = {
    r"Expected more than 1 value per channel": (
        "batch chỉ có một mẫu mà mô hình có BatchNorm ở chế độ train: "
        "một mẫu thì phương sai bằng 0; tăng batch_size, hoặc bỏ batch "
        "lẻ bằng drop_last=True"
    ),
    r"shapes cannot be multiplied \(\d+x(\d+) and (\d+)x": (
        "một tầng Linear nhận {0} cột nhưng chờ {1}; sửa in_features, "
        "hoặc kích thước của X (ảnh thì X.flatten(1))"
    ),
    r"to have (\d+) channels, but got (\d+)": (
        "một tầng Conv2d chờ {0} kênh nhưng nhận {1}; X phải là "
        "(n, c, h, w): ảnh xám thì X[:, None]"
    ),
    r"must have the same dtype": TYPES,
    r"Input type .* and (bias|weight) type": TYPES,
    r"Target (-?\d+) is out of bounds": (
        "y có nhãn {0}, nằm ngoài số đầu ra của mô hình; đánh số lại y "
        "từ 0, hoặc đổi số đầu ra của tầng cuối"
    ),
    r"expected target dtype to be Long": CAST + "gọi y.long()",
    r"expected scalar type Long": CAST + "gọi y.long()",
    r"can't be cast to the desired output type Long": (
        CAST + "gọi y.float()"
    ),
    r"multi-target not supported": (
        "y có hai chiều; entropy chéo cần (n,): gọi y.squeeze(1)"
    ),
    r"Target size \(.*\(\[(.*)\]\)\).*input size \(.*\(\[(.*)\]\)\)": (
        "y có kích thước ({0}), đầu ra của mô hình là ({1}); cần bằng "
        "nhau: y[:, None] hay output.squeeze(1)"
    ),
    r"does not require grad and does not have a grad_fn": (
        "mất mát không nối với tham số nào còn học: mọi tham số đã đóng "
        "băng (đóng băng trước, thay tầng cuối sau), hoặc forward tính "
        "trong no_grad hay gọi detach(), item()"
    ),
    r"not enough values to unpack \(expected 2": (
        "mỗi batch phải là một cặp (X, y); đưa cả y vào Batches hay "
        "TensorDataset"
    ),
}


@contextmanager
def explained(sayings=SAYINGS):
    """Trong khối này, lỗi quen của PyTorch thành ``ValueError`` dễ đọc.

    ``sayings``: mẫu của câu gốc → câu của sách.
    Lỗi gốc vẫn còn ở ``__cause__``; lỗi lạ đi qua nguyên vẹn.
    """
    try:
        yield
    except (RuntimeError, ValueError, IndexError) as exc:
        for pattern, saying in sayings.items():
            if found := re.search(pattern, str(exc)):
                said = saying.format(*found.groups())
                raise ValueError(said) from exc
        raise
