"""Bảng nhân tạo hai lớp của các bài nhập môn, và thế giới sinh ra nó.

Nhà: nm/05.
"""

import torch


def table(n: int = 1000, *, seed: int = 42, fresh: int = 0):
    """X (n, 20) float32 và y (n,) int64 từ ``make_classification``.

    20 cột: 10 có ích, 5 là tổ hợp tuyến tính của chúng, 5 là nhiễu; hai
    lớp xấp xỉ bằng nhau, chừng 1% nhãn gán lại ngẫu nhiên.
    ``fresh`` > 0 thì trả thêm (X, y) của chừng ấy mẫu mới từ cùng phân
    phối. Đổi ``n`` hay ``fresh`` là đổi cả phân phối, nên mọi mẫu phải
    rút trong một lần gọi.
    Nguồn: Guyon (2003), bản của scikit-learn.
    """
    from sklearn.datasets import make_classification

    X, y = make_classification(
        n_samples=n + fresh,
        n_features=20,
        n_informative=10,
        n_redundant=5,
        random_state=seed,
    )
    X = torch.tensor(X, dtype=torch.float32)
    y = torch.tensor(y, dtype=torch.int64)
    parts = (X[:n], y[:n]), (X[n:], y[n:])
    return parts if fresh else parts[0]
