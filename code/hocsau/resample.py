"""Lấy mẫu lại theo mật độ tiềm ẩn: hình hiếm được học nhiều hơn.

Từ trung bình tiềm ẩn của tập mặt ([latent_means]), mỗi chiều cho một
biểu đồ tần suất ([bin_density]); hai luật gộp các chiều thành xác suất
lấy mẫu là [product_rule] (bài báo) và [maximum_rule] (bài lab).
Nguồn: Amini và cộng sự (2019); lab 2 của MIT 6.S191.
Nhà: mit/lab2-2.
"""

import numpy as np
import torch


def latent_means(model, X, *, batch_size: int = 500):
    """μ của từng ảnh, ở chế độ eval, rồi trả lại chế độ cũ: (n, k).

    ``X``: (n, 3, s, s), đúng thang và thứ tự kênh như khi học.
    """
    was_training = model.training
    model.eval()
    device = next(model.parameters()).device
    with torch.no_grad():
        parts = [
            model.encode(x.to(device))[1].cpu()
            for x in X.split(batch_size)
        ]
    model.train(was_training)
    return torch.cat(parts).double().numpy()


def bin_density(values, *, bins: int = 10):
    """Mật độ của ô chứa mỗi giá trị; ``bins`` ô rộng như nhau: (n,)."""
    density, edges = np.histogram(values, bins=bins, density=True)
    cell = np.digitize(values, edges[1:-1])  # 0 … bins − 1
    return density[cell]


def maximum_rule(mu, *, bins: int = 10, alpha: float = 0.001):
    """Luật của bài lab: p ∝ max_i p_i, mỗi p_i ∝ 1/(Q_i + α): (n,)."""
    best = np.zeros(len(mu))
    for values in mu.T:
        p = 1 / (bin_density(values, bins=bins) + alpha)
        best = np.maximum(best, p / p.sum())
    return best / best.sum()


def product_rule(mu, *, bins: int = 10, alpha: float = 0.001):
    """Luật của bài báo: p ∝ Π_i 1/(Q_i + α), tính qua log: (n,)."""
    log_p = np.zeros(len(mu))
    for values in mu.T:
        log_p -= np.log(bin_density(values, bins=bins) + alpha)
    p = np.exp(log_p - log_p.max())
    return p / p.sum()


def oracle(*labels):
    """Xác suất cho mọi tổ hợp nhãn thật có cùng tổng: (n,)."""
    combos = np.stack([np.asarray(v) for v in labels], axis=1)
    _, which, counts = np.unique(
        combos, axis=0, return_inverse=True, return_counts=True
    )
    p = 1.0 / counts[which.ravel()]
    return p / p.sum()


def effective_size(p) -> float:
    """Cỡ mẫu hữu hiệu 1/Σp²: n khi đều, 1 khi dồn vào một mẫu."""
    return float(1 / np.square(p).sum())
