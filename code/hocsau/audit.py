"""Soát một dự án: hàng trùng, cột đáng ngờ, nhãn xáo, niêm phong.

Không phép thử nào ở đây chứng minh là không có rò rỉ; mỗi phép thử bắt
một kiểu rò rỉ, và trang nhà nói kiểu nào lọt lưới.
Nhà: nm/17.
"""

from pathlib import Path

import numpy as np

from hocsau.metrics import auc


def same_rows(A, B) -> list[tuple[int, int]]:
    """Các cặp (i, j) mà hàng i của A giống hệt hàng j của B.

    A: (n, d), B: (m, d), NumPy hay tensor; ảnh thì duỗi thành hàng.
    Chỉ bắt bản sao nguyên vẹn, không bắt ảnh xoay hay thêm nhiễu.
    """
    A, B = flat(A), flat(B)
    seen: dict[bytes, list[int]] = {}
    for j, row in enumerate(B):
        seen.setdefault(row.tobytes(), []).append(j)
    return [
        (i, j)
        for i, row in enumerate(A)
        for j in seen.get(row.tobytes(), [])
    ]


def flat(X) -> np.ndarray:
    """Bảng float64 (n, d) liền nhau; −0.0 thành 0.0."""
    X = np.asarray(X, dtype=np.float64)
    return np.ascontiguousarray(X.reshape(len(X), -1)) + 0.0


def column_auc(X, y) -> np.ndarray:
    """AUC khi chỉ xếp hạng bằng một cột, (d,), từ 0.5 tới 1.

    X: (n, d); y: (n,) gồm 0 và 1, tensor. Cột càng gần 1 càng cần hỏi:
    lúc phải đoán, con số này đã có chưa?
    """
    values = [auc(column, y) for column in X.T]
    return np.array([max(v, 1 - v) for v in values])


def depends_on_others(transform, X) -> float:
    """Hàng đầu đổi bao nhiêu khi biến đổi nó một mình; 0 là tốt.

    ``transform``: hàm (n, d) → (n, k), đã học xong từ tập huấn luyện.
    Khác 0 nghĩa là bước chuẩn bị nhìn các hàng khác của tập được chấm.
    """
    whole = np.asarray(transform(X))[:1]
    alone = np.asarray(transform(X[:1]))
    return float(np.abs(whole - alone).max())


def shuffled_labels(score, y, *, rng, rounds: int = 10) -> np.ndarray:
    """Điểm của cả quy trình khi nhãn chỉ là xổ số, (rounds,).

    ``score``: hàm nhận nhãn (n,), chạy trọn quy trình, từ chọn cột,
    chia, học tới chấm, trả về một số. ``rng``: của NumPy.
    Quy trình sạch thì không hơn nổi đoán mò.
    Nguồn: phép thử hoán vị của Ojala và Garriga (2010).
    """
    y = np.asarray(y)
    return np.array([score(rng.permutation(y)) for _ in range(rounds)])


class Sealed:
    """Tập kiểm tra trong phong bì: mỗi lần mở ghi một dòng vào ``log``.

    Tệp ``log`` còn lại sau khi tắt máy, nên số lần mở không quên được.
    Đây là lời nhắc, không phải ổ khóa: xóa tệp là hết dấu vết.
    """

    def __init__(self, X, y, log):
        self.data, self.log = (X, y), Path(log)

    @property
    def times(self) -> int:
        """Số lần đã mở, kể cả ở những lần chạy trước."""
        if not self.log.exists():
            return 0
        return len(self.log.read_text(encoding="utf-8").splitlines())

    def open(self, reason: str):
        """Trả về (X, y) và ghi lý do; lần thứ hai trở đi thì nhắc.

        Lỗi: ``ValueError`` nếu ``reason`` ngắn hơn 20 chữ cái.
        """
        reason = " ".join(reason.split())
        if len(reason) < 20:
            raise ValueError(
                "open: reason quá ngắn; viết một câu: mở để chấm mô "
                "hình nào, và bạn đoán trước điểm bao nhiêu"
            )
        with self.log.open("a", encoding="utf-8") as file:
            file.write(reason + "\n")
        if self.times > 1:
            print(f"Lần mở thứ {self.times}: phải nói trong báo cáo.")
        return self.data
