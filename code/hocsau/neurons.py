"""Nơ-ron của thời đầu: công tắc có ngưỡng, mạch Boole, perceptron, Adaline.

Với mô-đun này ta nối tay các nút có ngưỡng thành mạch ([threshold_unit],
[BooleanCircuit]), cho một nút tự học từ lỗi ([Perceptron], [Adaline]) và
đặt trước nó một tầng ngẫu nhiên cố định ([AssociativeLayer]).
Nhà: nyu/01-1.
"""

import numpy as np


def threshold_unit(x, w, threshold):
    """Nút McCulloch–Pitts: 1 nếu ``x·w ≥ threshold``, ngược lại 0.

    ``x``: (..., d); ``w``: (d,); trả về (...) gồm các số 0 và 1.
    Nguồn: McCulloch và Pitts (1943), dạng có trọng số về sau.
    """
    total = np.asarray(x) @ np.asarray(w)  # (...)
    return (total >= threshold).astype(int)


def and_gate(*inputs):
    """Cổng và: sáng khi mọi đầu vào đều sáng (ngưỡng bằng số đầu vào)."""
    x = np.stack(inputs, axis=-1)
    return threshold_unit(x, np.ones(len(inputs)), len(inputs))


def or_gate(*inputs):
    """Cổng hoặc: sáng khi có ít nhất một đầu vào sáng (ngưỡng 1)."""
    x = np.stack(inputs, axis=-1)
    return threshold_unit(x, np.ones(len(inputs)), 1)


def not_gate(a):
    """Cổng phủ định: trọng số −1, ngưỡng 0."""
    return threshold_unit(np.stack([a], axis=-1), [-1], 0)


def truth_table(n):
    """Mọi tổ hợp của ``n`` bit, theo thứ tự đếm nhị phân: (2ⁿ, n)."""
    return np.arange(2**n)[:, None] >> np.arange(n)[::-1] & 1


class BooleanCircuit:
    """Mạch hai tầng nút có ngưỡng tính đúng một bảng chân trị cho trước.

    Tầng một có một nút cho mỗi hàng mang giá trị 1; nút ấy chỉ sáng ở
    đúng hàng của nó. Tầng hai là một cổng hoặc.

    ``outputs``: (2ⁿ,) cột kết quả, theo thứ tự của ``truth_table(n)``.
    Lỗi: ``ValueError`` nếu số hàng không phải lũy thừa của 2.
    """

    def __init__(self, outputs):
        outputs = np.asarray(outputs)
        n = len(outputs).bit_length() - 1
        if len(outputs) != 2**n:
            raise ValueError(
                f"BooleanCircuit: {len(outputs)} hàng không phải 2 mũ n"
            )
        rows = truth_table(n)[outputs == 1]  # (k, n)
        self.W = 2 * rows - 1  # +1 ở bit cần sáng, −1 ở bit cần tắt
        self.thresholds = rows.sum(axis=1)  # (k,)

    def __call__(self, X):
        """Tính mạch trên ``X``: (m, n); trả về (m,) gồm 0 và 1."""
        hidden = threshold_unit(X, self.W.T, self.thresholds)  # (m, k)
        return threshold_unit(hidden, np.ones(len(self.W)), 1)


class LinearUnit:
    """Phần chung của Perceptron và Adaline: ``sign(x·w + b)``, nhãn ±1.

    ``num_inputs``: số chiều d; ``lr``: tốc độ học.
    """

    def __init__(self, num_inputs, *, lr=1.0):
        self.w = np.zeros(num_inputs)
        self.b = 0.0
        self.lr = lr

    def score(self, X):
        """Tổng có trọng số ``x·w + b``: (n, d) thành (n,)."""
        return X @ self.w + self.b

    def predict(self, X):
        """Nhãn ±1 của từng hàng: (n, d) thành (n,)."""
        return np.where(self.score(X) >= 0, 1, -1)

    def accuracy(self, X, y):
        """Tỷ lệ mẫu đoán đúng trong ``X``: (n, d), ``y``: (n,) gồm ±1."""
        return float(np.mean(self.predict(X) == y))

    def run_epoch(self, X, y, *, rng=None):
        """Đi qua mỗi mẫu một lần (xáo trộn nếu có ``rng``).

        Trả về trung bình của những gì ``step`` trả về.
        """
        order = np.arange(len(X)) if rng is None else rng.permutation(len(X))
        return float(np.mean([self.step(X[i], y[i]) for i in order]))

    def fit(self, X, y, *, num_epochs, rng=None):
        """Học ``num_epochs`` epoch; trả về danh sách kết quả từng epoch.

        Dừng sớm khi một epoch không còn lỗi nào (kết quả đúng bằng 0).
        """
        history = []
        for _ in range(num_epochs):
            history.append(self.run_epoch(X, y, rng=rng))
            if history[-1] == 0:
                break
        return history


class Perceptron(LinearUnit):
    """Perceptron: chỉ sửa trọng số khi đoán sai.

    Khi ``y(x·w + b) ≤ 0``: ``w ← w + lr·y·x`` và ``b ← b + lr·y``.
    Nguồn: Rosenblatt (1958); chứng minh hội tụ: Novikoff (1962).
    """

    def step(self, x, y):
        """Học từ một mẫu ``x``: (d,), ``y`` = ±1; trả về 1 nếu sai."""
        mistake = y * self.score(x) <= 0
        if mistake:
            self.w = self.w + self.lr * y * x
            self.b = self.b + self.lr * y
        return int(mistake)


class Adaline(LinearUnit):
    """Adaline: sửa theo sai số của tổng, đo trước khi qua ngưỡng.

    ``w ← w + lr·(y − x·w − b)·x`` (quy tắc delta), cũng là một bước
    hạ gradient trên nửa bình phương sai số của một mẫu.
    Nguồn: Widrow và Hoff (1960).
    """

    def step(self, x, y):
        """Học từ một mẫu ``x``: (d,); trả về bình phương sai số."""
        error = y - self.score(x)
        self.w = self.w + self.lr * error * x
        self.b = self.b + self.lr * error
        return error**2


class AssociativeLayer:
    """Tầng liên hợp: ``num_units`` nút có ngưỡng, ngẫu nhiên, cố định.

    ``x`` (d,) thành các bit ``1[x·W + c ≥ 0]`` (k,): ``W`` và ``c`` rút
    một lần từ phân phối chuẩn và không bao giờ được học.
    Nguồn: các nút A của Rosenblatt (1958), ở đây nối đầy đủ.
    """

    def __init__(self, num_inputs, num_units, *, rng):
        self.W = rng.normal(size=(num_inputs, num_units))
        self.c = rng.normal(size=num_units)

    def __call__(self, X):
        """``X``: (n, d) thành (n, k) gồm các số 0.0 và 1.0."""
        return (X @ self.W + self.c >= 0).astype(float)
