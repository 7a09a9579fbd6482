"""Mạng PyTorch trong vai một bộ phân loại của scikit-learn.

Nhà: nm/10.
"""

import numpy as np
import torch
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import check_is_fitted, validate_data
from torch.nn import functional as F

from hocsau import train
from hocsau.data.batches import Batches
from hocsau.models import MLP
from hocsau.train.explain import explained

# Câu của scikit-learn → câu của sách, như ``hocsau.train.explain``.
# Phần tiếng Anh giữ lại là phần mà bộ kiểm của scikit-learn đòi có.
SAYINGS = {
    r"Input (X|y) contains (?:NaN|inf)": (
        "{0} có số NaN hay vô cùng (inf); bỏ các mẫu ấy, hoặc điền "
        "trung vị của tập huấn luyện (SimpleImputer trong Pipeline)"
    ),
    r"inconsistent numbers of samples: \[(\d+), (\d+)\]": (
        "X có {0} mẫu, y có {1} nhãn; cần bằng nhau"
    ),
    r"Expected 2D array, got 1D array": (
        "X chỉ có một chiều, cần (n, d); một cột thì X.reshape(-1, 1), "
        "một mẫu thì X.reshape(1, -1) (Reshape your data)"
    ),
    r"Found array with 0 sample": (
        "X không có mẫu nào; kiểm tra bước đọc hay lọc dữ liệu"
    ),
    r"Unknown label type: ([\w-]+)": (
        "y không phải nhãn lớp; đổi thành số thứ tự lớp hay tên lớp "
        "(Unknown label type: {0})"
    ),
    r"(X has (\d+) features?, but \w+ is expecting (\d+) .*)": (
        "X có {1} cột, nhưng mô hình đã học với {2} cột; đưa đúng các "
        "cột lúc học ({0})"
    ),
}


class TorchClassifier(ClassifierMixin, BaseEstimator):
    """MLP học bằng entropy chéo và AdamW, dùng như mọi bộ phân loại.

    ``hidden``, ``depth``: số nút và số tầng ẩn; ``depth=0`` là mô hình
    tuyến tính. Cùng ``seed`` và dữ liệu thì cùng kết quả. Không tự
    chuẩn tắc hóa X: đặt ``StandardScaler`` trước nó trong ``Pipeline``.
    Sau ``fit``: ``model_``, ``classes_``, ``history_``.
    """

    def __init__(
        self,
        *,
        hidden=32,
        depth=1,
        lr=0.01,
        weight_decay=0.0,
        dropout=0.0,
        batch_size=32,
        num_epochs=30,
        seed=0,
    ):
        self.hidden, self.depth = hidden, depth
        self.lr, self.weight_decay = lr, weight_decay
        self.dropout = dropout
        self.batch_size, self.num_epochs = batch_size, num_epochs
        self.seed = seed

    def fit(self, X, y):
        """Học từ X (n, d) và y (n,) nhãn bất kỳ; trả về chính nó.

        Lỗi: ``ValueError`` nếu X hay y không dùng được.
        """
        with explained(SAYINGS):
            X, y = validate_data(self, X, y)
            check_classification_targets(y)
        self.classes_, y = unique(y)
        self.history_ = self.learn(to_tensor(X), torch.from_numpy(y))
        return self

    def learn(self, X, y):
        """Dựng mạng rồi huấn luyện, không đụng bộ sinh số toàn cục."""
        hidden = [self.hidden] * self.depth
        sizes = (X.shape[1], *hidden, len(self.classes_))
        rng = torch.Generator().manual_seed(self.seed)
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(self.seed)
            self.model_ = MLP(sizes, dropout=self.dropout)
            optimizer = torch.optim.AdamW(
                self.model_.parameters(),
                lr=self.lr,
                weight_decay=self.weight_decay,
            )
            return train.fit(
                self.model_,
                Batches(X, y, batch_size=self.batch_size, rng=rng),
                F.cross_entropy,
                optimizer,
                num_epochs=self.num_epochs,
            )

    def predict_proba(self, X):
        """Xác suất từng lớp, (n, k), cột theo thứ tự ``classes_``."""
        check_is_fitted(self)
        with explained(SAYINGS):
            X = validate_data(self, X, reset=False)
        self.model_.eval()
        with torch.no_grad():
            logits = self.model_(to_tensor(X)).double()
        return F.softmax(logits, dim=1).numpy()

    def predict(self, X):
        """Lớp có xác suất cao nhất, (n,)."""
        best = self.predict_proba(X).argmax(1)
        return self.classes_[best]


def to_tensor(X):
    """Bảng số (n, d) → tensor float32, một bản chép riêng."""
    return torch.from_numpy(np.array(X, dtype=np.float32))


def unique(y):
    """Các lớp khác nhau, đã xếp, và số thứ tự lớp của từng nhãn."""
    classes, index = np.unique(y, return_inverse=True)
    if len(classes) < 2:
        raise ValueError(
            f"fit: y chỉ có một lớp (class {classes[0]}, n_samples = "
            f"{len(y)}); cần ít nhất hai"
        )
    return classes, index.astype(np.int64)
